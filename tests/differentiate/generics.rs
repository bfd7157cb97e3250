//! Functions with generic parameters, and inputs that take the trait to lie flat, against closed formulas.

use std::ops::Mul;

use chainrule::{Dual, differentiate};
use num_traits::Float;

use crate::assert_close;

#[differentiate]
fn hypotenuse<T: Float>(x: T, y: T) -> T {
    (x * x + y * y).sqrt()
}

#[differentiate]
fn weighted<T>(xs: &[T], weights: &[f64], scale: T) -> T
where
    T: Float + Mul<f64, Output = T>,
{
    let mut sum = T::zero();
    for (x, w) in xs.iter().zip(weights) {
        sum = sum + *x * *x * *w;
    }
    sum * scale
}

#[differentiate]
fn cube<T: num_traits::Float + std::fmt::Debug>(x: T) -> T {
    x * x * x
}

#[differentiate]
fn rotated<T: Float>(p: [T; 2], angle: T) -> (T, T) {
    let (sine, cosine) = angle.sin_cos();
    (p[0] * cosine - p[1] * sine, p[0] * sine + p[1] * cosine)
}

#[test]
fn a_generic_function_is_its_own_lift() {
    assert_close(&hypotenuse::gradient(3.0, 4.0), &[0.6, 0.8]);
    let [dx, dy]: [f32; 2] = hypotenuse::gradient(3.0_f32, 4.0);
    assert!((dx - 0.6).abs() + (dy - 0.8).abs() < 1e-6);
    assert_eq!(cube::value_and_derivatives(2.0), (8.0, 12.0, 12.0));
    let (xs, weights) = ([1.0, 2.0], [3.0, 4.0]);
    assert_eq!(
        weighted::gradient(&xs, &weights, 2.0),
        (vec![12.0, 32.0], 19.0)
    );
    assert_eq!(weighted::hessian(&xs, &weights, 2.0)[0], [12.0, 0.0, 6.0]);
    let jacobian: [[f64; 3]; 2] = rotated::jacobian([1.0, 2.0], 0.0);
    assert_eq!(jacobian, [[1.0, 0.0, -2.0], [0.0, 1.0, 1.0]]);
}

#[test]
fn derivatives_of_generic_functions_nest() {
    let third = cube::value_and_derivatives(Dual::variable(2.0))
        .2
        .derivative();
    assert_eq!(third, 6.0);
}

#[differentiate]
fn calls_generic(x: f64) -> f64 {
    2.0 * cube(x)
}

#[test]
fn annotated_functions_call_generic_ones() {
    assert_eq!(calls_generic::derivative(2.0), 24.0);
}

#[differentiate]
fn dot<const N: usize>(x: [f64; N], y: &[f64; N]) -> f64 {
    let mut sum = 0.0;
    for i in 0..N {
        sum += x[i] * y[i];
    }
    sum
}

#[differentiate]
fn norm<const N: usize>(x: [f64; N]) -> f64 {
    let mut sum = 0.0;
    for x in x {
        sum += x * x;
    }
    sum
}

#[differentiate]
fn squares<const N: usize>(x: [f64; N]) -> [f64; N] {
    let mut y = [0.0; N];
    for i in 0..N {
        y[i] = x[i] * x[i];
    }
    y
}

#[test]
fn lengths_may_be_parameters() {
    assert_eq!(
        dot::gradient([1.0, 2.0], &[3.0, 4.0]),
        ([3.0, 4.0], [1.0, 2.0])
    );
    let hessian: Vec<Vec<f64>> = dot::hessian([1.0, 2.0], &[3.0, 4.0]);
    assert_eq!(hessian[0], [0.0, 0.0, 1.0, 0.0]);
    let gradient: [f64; 3] = norm::gradient([1.0, 2.0, 3.0]);
    assert_eq!(gradient, [2.0, 4.0, 6.0]);
    let hessian: [[f64; 2]; 2] = norm::hessian([1.0, 2.0]);
    assert_eq!(hessian, [[2.0, 0.0], [0.0, 2.0]]);
    let jacobian: [[f64; 2]; 2] = squares::jacobian([1.0, 2.0]);
    assert_eq!(jacobian, [[2.0, 0.0], [0.0, 4.0]]);
}

#[differentiate(wrt(x))]
fn with_constants<K: Into<f64>>(x: f64, k: K, map: impl Fn(f64) -> f64) -> f64 {
    let k = k.into();
    x * x * k + map(2.0)
}

#[test]
fn other_parameters_are_passed_along() {
    assert_eq!(with_constants(3.0, 2_u8, |x| x), 20.0);
    assert_eq!(with_constants::derivative(3.0, 2_i32, |x| x), 12.0);
    assert_eq!(with_constants::hvp(3.0, 1.0, 2.0_f32, |x| x), 4.0);
}

#[differentiate]
fn of_tuples(p: (f64, (f64, usize)), (q, r): (f64, [f64; 2])) -> f64 {
    p.0 * p.1.0 * p.1.1 as f64 + q * r[0] - r[1]
}

#[differentiate]
fn of_vec(weights: Vec<f64>, rows: &[[f64; 2]], owned: &Vec<f64>) -> f64 {
    let mut sum = 0.0;
    for i in 0..rows.len() {
        sum += weights[i] * rows[i][0] * rows[i][1];
    }
    sum * owned[0]
}

#[test]
fn tuples_and_vecs_are_inputs() {
    let (p, q) = ((2.0, (3.0, 4)), (5.0, [6.0, 7.0]));
    assert_eq!(
        of_tuples::gradient(p, q),
        ((12.0, (8.0, 4)), (6.0, [5.0, -1.0]))
    );
    let hessian: [[f64; 5]; 5] = of_tuples::hessian(p, q);
    assert_eq!((hessian[0][1], hessian[2][3]), (4.0, 1.0));
    assert_eq!(of_tuples::jvp((p, q), (p, q)).1, 48.0 + 60.0 - 7.0);

    let (weights, rows, owned) = (vec![1.0, 2.0], [[3.0, 4.0], [5.0, 6.0]], vec![7.0]);
    let (dw, dr, downed) = of_vec::gradient(weights.clone(), &rows, &owned);
    assert_eq!(
        (dw, dr),
        (vec![84.0, 210.0], vec![[28.0, 21.0], [84.0, 70.0]])
    );
    assert_eq!(downed, [72.0]);
    let point = (&weights[..], &rows[..], &owned[..]);
    let direction = (&[0.0; 2][..], &[[0.0; 2]; 2][..], &[1.0][..]);
    assert_eq!(of_vec::jvp(point, direction), (504.0, 72.0));
    let (hw, hr, howned) = of_vec::hvp(point, direction);
    assert_close(&hw, &[12.0, 30.0]);
    assert_close(hr.as_flattened(), &[4.0, 3.0, 12.0, 10.0]);
    assert_eq!(howned, [0.0]);
}
