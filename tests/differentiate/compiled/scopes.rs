//! Names that mean one thing inside of a block and another outside. Some of these are left to dual numbers.

use chainrule::differentiate;

const FACTOR: f64 = 2.0;

#[differentiate]
fn constants_of_blocks(x: &[f64]) -> f64 {
    let mut sum = x[1];
    {
        const FACTOR: f64 = 3.0;
        sum += FACTOR * x[0];
    }
    if x[1] > 10.0 {
        return x[0];
    } else {
        const FACTOR: f64 = 5.0;
        sum += FACTOR * x[2];
    }
    let scaled = |t: f64| {
        const FACTOR: f64 = 7.0;
        t * FACTOR
    };
    sum * FACTOR + scaled(x[0]) + scaled(x[1])
}

#[differentiate(mode = adjoint)]
fn constants_after_their_use(x: &[f64]) -> f64 {
    let sum = x[0] * LATE;
    if x[1] > 10.0 {
        return x[0];
    }
    const LATE: f64 = 3.0;
    fn late(k: f64) -> f64 {
        k * LATE
    }
    sum * LATE * x[1] * late(2.0)
}

#[test]
fn items_are_seen_in_their_blocks() {
    let x = [0.7, 1.3, 0.4];
    agree_over_slices!(constants_of_blocks, x);
    agree_over_slices!(constants_after_their_use, x);
}

#[derive(Clone, Copy)]
enum Either {
    First(f64),
    Second(f64),
}

#[differentiate(wrt(x))]
fn patterns_of_blocks(x: &[f64], either: &Either) -> f64 {
    let k = 2.0;
    let mut sum = x[1];
    if x[0] > 100.0 {
        return sum;
    } else {
        let (Either::First(k) | Either::Second(k)) = *either;
        sum *= x[0] * k;
    }
    let scaled = |t: f64| t * k;
    sum *= match *either {
        Either::First(k) => scaled(x[2]) * k,
        Either::Second(k) => x[2] * k,
    };
    sum * k
}

#[differentiate(mode = adjoint, wrt(x))]
fn patterns_of_arms(x: &[f64], either: &Either) -> f64 {
    let mut sum = x[1];
    for v in x {
        sum *= match *either {
            Either::First(k) => v * k,
            Either::Second(k) => v * v * k,
        };
    }
    sum
}

#[test]
fn patterns_give_names_to_blocks() {
    let x = [0.7, 1.3, 0.4];
    for either in [Either::First(3.0), Either::Second(5.0)] {
        agree_over_slices!(patterns_of_blocks, x, &either);
        agree_over_slices!(patterns_of_arms, x, &either);
    }
}

#[differentiate(mode = adjoint)]
fn closures_with_types(x: &[f64]) -> f64 {
    let power = |n: i32, t: f64| t * n.pow(2) as f64;
    let rooted = |w: f64, t: f64| t * w.sqrt();
    let wrapped = |n: u8, t: f64| t * n.wrapping_mul(100) as f64;
    let weighted = |w: &[f64], t: f64| t * w[1];
    power(3, x[0]) + rooted(2.0, x[1]) * wrapped(3, x[0]) * weighted(&[1.0, 2.0], x[2])
}

#[differentiate]
fn closures_of_ranges(x: &[f64]) -> f64 {
    let scaled = |n: u8| x[0] * n.wrapping_mul(100) as f64;
    (0..4)
        .map(|n: u8| x[1] * n.wrapping_mul(100) as f64)
        .sum::<f64>()
        + (1..3).map(scaled).product::<f64>()
}

#[differentiate]
fn closures_of_closures(x: &[f64]) -> f64 {
    let a = |t: f64| (t + 1.0) * (0.5 - t) * 0.3;
    let b = |t: f64| a(t) + a(a(t) * 0.1);
    let c = |t: f64| b(t) + b(b(t) * 0.1);
    let d = |t: f64| c(t) + c(c(t) * 0.1);
    let e = |t: f64| d(t) + d(d(t) * 0.1);
    let f = |t: f64| e(t) + e(e(t) * 0.1);
    let g = |t: f64| f(t) + f(f(t) * 0.1);
    let h = |t: f64| g(t) + g(g(t) * 0.1);
    let i = |t: f64| h(t) + h(h(t) * 0.1);
    let j = |t: f64| i(t) + i(i(t) * 0.1);
    let k = |t: f64| j(t) + j(j(t) * 0.1);
    let l = |t: f64| k(t) + k(k(t) * 0.1);
    let m = |t: f64| l(t) + l(l(t) * 0.1);
    let large = |t: f64| m(t) + m(m(t) * 0.1);
    if x[0] > 10.0 { large(x[0]) } else { a(x[1]) }
}

#[differentiate(mode = adjoint)]
fn plain_closures(x: &[f64]) -> f64 {
    let k = 2.0;
    let k = k + 1.0;
    let scaled = |t: f64| t * k;
    let t = 1.0;
    x[0] * scaled(3.0) * x[1] * t
}

#[test]
fn closures_are_called_with_their_types_and_names() {
    let x = [0.7, 1.3, 0.4];
    agree_over_slices!(closures_with_types, x);
    agree_over_slices!(closures_of_ranges, x);
    agree_over_slices!(closures_of_closures, x);
    agree_over_slices!(plain_closures, x);
}

#[differentiate(mode = adjoint)]
fn arrays_of_closures(x: f64, y: f64, z: f64) -> f64 {
    let moments = |t: f64| {
        let powers = [t, t * t, t * z];
        powers[0] * powers[1] + powers[2]
    };
    let mut product = moments(x) * moments(y);
    for i in 0..3 {
        product += moments(z * i as f64);
    }
    if product > 1.0 {
        product *= moments(product);
    }
    product
}

#[test]
fn an_array_in_a_closure_is_another_in_each_call() {
    agree!(arrays_of_closures, [x, y, z] = [0.7, 1.3, 0.4]);
    agree!(arrays_of_closures, [x, y, z] = [0.2, 0.3, -0.4]);
}

#[differentiate(mode = adjoint)]
fn closures_of_their_own_results(x: f64, y: f64) -> f64 {
    let f = |a: f64, b: f64| a * b + a;
    let g = |a: f64| f(a, y);
    f(y, f(x, x)) + f(x, g(x)) * f(g(y), f(y, g(x)))
}

#[differentiate(mode = adjoint)]
fn maps_of_their_own_results(x: f64, y: f64) -> f64 {
    let a = [x, y, x * y];
    let f = |t: f64| t * t + x;
    a.iter().copied().map(f).map(f).sum::<f64>()
}

/// Left to dual numbers: the closure keeps what the variable was.
#[differentiate]
fn maps_with_copies(x: f64, y: f64) -> f64 {
    let a = [x, y, x * y];
    let mut k = x;
    let f = move |t: f64| t * k;
    k = 2.0 * y;
    a.iter().copied().map(f).sum::<f64>() * k
}

#[test]
fn a_closure_keeps_what_it_copied() {
    let (x, y) = (0.7, -1.3);
    let (value, gradient) = maps_with_copies::value_and_gradient(x, y);
    assert_eq!(value, maps_with_copies(x, y));
    let by_hand = [
        2.0 * y * (2.0 * x + y + 2.0 * x * y),
        2.0 * x * (x + 2.0 * y + 2.0 * x * y),
    ];
    crate::assert_close(&gradient, &by_hand);
}

#[test]
fn a_closure_takes_what_it_gave() {
    agree!(closures_of_their_own_results, [x, y] = [0.7, -1.3]);
    agree!(maps_of_their_own_results, [x, y] = [0.7, -1.3]);
}
