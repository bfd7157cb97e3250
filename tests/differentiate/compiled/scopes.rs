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
