//! Values of several numbers, chains of any stages, and arrays that a body makes: what of them is compiled, and that the rest is
//! left to dual numbers.

use chainrule::differentiate;

use super::{agree, assert_left};

#[differentiate]
fn tuples(x: f64, y: f64, z: f64) -> f64 {
    let (a, b) = if x > y { (x * z, y * 2.0) } else { (y, x + z) };
    let pair = (a * b, [z, a]);
    let mut state = (pair.0, x);
    if state.0 > 1.0 {
        state.1 += state.0 * pair.1[1];
    }
    state = (state.1 * b, state.0 - state.1 * a);
    let spread = |t: f64| (t.sin(), t.cos() * x);
    let (s, c) = match (x * 3.0) as i32 {
        0 => spread(a),
        1 => spread(y * z),
        _ => (state.0, b * state.1),
    };
    s * c + state.0 * state.1
}

#[differentiate]
fn midpoint(x: f64, v: f64, k: f64) -> f64 {
    let slope = |[x, v]: [f64; 2]| [v, -k * x.sin()];
    let along = |y: [f64; 2], h: f64, d: [f64; 2]| [y[0] + h * d[0], y[1] + h * d[1]];
    let start = [x, v];
    let rate = slope(start);
    let middle = start;
    let end = along(middle, 0.2, rate);
    end[0] * end[1]
}

#[differentiate]
fn square(x: f64) -> f64 {
    x * x + x.exp()
}

#[differentiate]
fn chains(x: &[f64], t: f64) -> f64 {
    let positive: f64 = x.iter().copied().filter(|&v| v > 0.0).map(square).sum();
    let angles: f64 = [0.3, 0.6]
        .iter()
        .zip(x)
        .map(|(a, v)| a * v)
        .filter(|a| *a < 0.5)
        .map(f64::sin)
        .sum();
    positive + 2.0 * angles - t
}

#[test]
fn values_of_several_numbers_and_chains_are_compiled() {
    agree!(
        tuples,
        [x, y, z],
        [
            [0.3, 0.5, 1.2],
            [0.5, -0.3, 0.4],
            [1.7, 0.2, -0.6],
            [0.2, 0.1, 3.0]
        ]
    );
    agree!(midpoint, [x, v, k], [[0.3, 0.5, 1.2], [1.7, 0.2, -0.6]]);
    let _ = chains::adjoint_hessian;
    let flat = [0.7, 1.3, -0.4, 0.9];
    let by_duals = chainrule::value_gradient_hessian(|v| chains::lift(&v[..3], v[3]), flat);
    let (value, (x, t), hessian) = chains::value_gradient_hessian(&flat[..3], flat[3]);
    let rows = std::array::from_fn(|i| hessian[i][..].try_into().unwrap());
    super::assert_same((value, [x[0], x[1], x[2], t], rows), by_duals);
}

#[differentiate]
fn copied(x: &[f64]) -> f64 {
    let copy = x.to_vec();
    let squares = vec![copy[0] * copy[0]; 2];
    copy[0] * copy[1] * squares[1]
}

#[differentiate]
fn collected(x: &[f64]) -> f64 {
    let powers: Vec<f64> = x.iter().map(|v| v.exp()).collect();
    powers.iter().map(|p| p * p).sum::<f64>() * powers[0]
}

#[differentiate]
fn pushed(x: &[f64]) -> f64 {
    let mut orbit = Vec::new();
    for v in x {
        orbit.push(v * v);
        if *v > 0.5 {
            orbit.push(v.sin());
        }
    }
    orbit.iter().zip(x).map(|(o, v)| o * v).sum()
}

#[differentiate]
fn filled(x: &[f64]) -> f64 {
    let mut work = vec![x[0]; x.len()];
    for i in 1..x.len() {
        work[i] = work[i - 1] * x[i] + x[i];
    }
    work[x.len() - 1]
}

#[differentiate]
fn in_rounds(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 1..x.len() {
        let pair = vec![x[i] * x[i - 1], x[i]];
        let copy = x[i - 1..].to_vec();
        sum += pair[0] * pair[1] * copy[0];
    }
    sum
}

#[differentiate]
fn exchanged(x: &[f64]) -> f64 {
    let mut rod = x.to_vec();
    let mut next = vec![0.0; rod.len()];
    for _ in 0..3 {
        next[0] = rod[0];
        for i in 1..rod.len() {
            next[i] = rod[i] * rod[i - 1];
        }
        std::mem::swap(&mut rod, &mut next);
    }
    rod.iter().map(|v| v * v).sum::<f64>() + next[1] * rod[0]
}

#[differentiate]
fn swapped(mut x: f64, mut y: f64) -> f64 {
    y *= x;
    if x < y {
        std::mem::swap(&mut x, &mut y);
    }
    let before = std::mem::replace(&mut x, y * y);
    x * before.sin() - y
}

#[differentiate]
fn turned(p: [f64; 3], t: f64) -> f64 {
    let mut v = p;
    v[1] *= p[0];
    v.swap(0, 1);
    if t > 0.5 {
        v.swap(1, 2);
        v[1] = v[1] * v[0];
    }
    let w = v;
    v.swap(0, 2);
    v[0] * v[1] + v[2].exp() * p[0] * t + w[0] * w[1].sin()
}

#[differentiate]
fn turned_outputs(x: f64, y: f64, z: f64) -> [f64; 3] {
    let mut a = [x * y, y, z];
    a.swap(0, 2);
    let copy = a;
    a[1] *= x;
    [a[0] * a[1], copy[1] * a[2].sin(), a[2]]
}

#[test]
fn what_is_swapped_takes_its_second_derivatives_along() {
    agree!(
        swapped,
        [x, y],
        [[0.7, 1.3], [0.7, 2.3], [-0.4, 0.9], [2.0, 0.3]]
    );
    let _ = turned::adjoint_hessian;
    for flat in [[1.0, 2.0, 3.0, 0.2], [0.3, -0.7, 0.4, 0.9]] {
        let [a, b, c, t] = flat;
        let by_duals =
            chainrule::value_gradient_hessian(|[a, b, c, t]| turned::lift([a, b, c], t), flat);
        let (value, (p, slope), hessian) = turned::value_gradient_hessian([a, b, c], t);
        assert_eq!(value.to_bits(), turned([a, b, c], t).to_bits());
        super::assert_same((value, [p[0], p[1], p[2], slope], hessian), by_duals);
    }
    let jacobian = turned_outputs::jacobian(0.7, 1.3, -0.4);
    let by_duals = chainrule::jacobian(|[x, y, z]| turned_outputs::lift(x, y, z), [0.7, 1.3, -0.4]);
    for (row, same) in jacobian.iter().zip(by_duals) {
        crate::assert_close(row, &same);
    }
}

/// Of a function of one slice whose gradient is compiled, and the Hessian not.
macro_rules! agree_by_duals {
    ($f:ident, $points:expr) => {{
        assert_left!($f);
        for point in $points {
            let by_duals = chainrule::value_gradient_hessian(|x| $f::lift(&x), point);
            let (value, gradient, hessian) = $f::value_gradient_hessian(&point);
            assert_eq!(value.to_bits(), by_duals.0.to_bits());
            crate::assert_close(&gradient, &by_duals.1);
            assert_eq!(hessian.len(), by_duals.2.len());
            for (row, same) in hessian.iter().zip(&by_duals.2) {
                crate::assert_close(row, same);
            }
        }
    }};
}

#[test]
fn arrays_that_are_made_are_left_to_dual_numbers() {
    let points = [[0.7, 1.3, -0.4, 0.9], [0.2, -0.3, 1.1, 0.6]];
    agree_by_duals!(copied, points);
    agree_by_duals!(collected, points);
    agree_by_duals!(pushed, points);
    agree_by_duals!(filled, points);
    agree_by_duals!(in_rounds, points);
    agree_by_duals!(exchanged, points);
}
