//! Calls of annotated functions, whatever way these are differentiated.

use chainrule::differentiate;

use super::{agree, assert_left};

#[differentiate]
fn bend(x: f64) -> f64 {
    let t = 1.0 / (1.0 + x.abs());
    if x < 0.0 { t * t } else { 2.0 - t * t * t }
}

#[differentiate]
fn mixed(x: f64, y: f64) -> f64 {
    x * y.exp() / (1.0 + x * x)
}

/// Its Hessian is that of the compiled gradient over dual numbers.
#[differentiate]
fn repeated(x: f64, y: f64) -> f64 {
    let mut t = x;
    for _ in 0..3 {
        t = t * y + x.sin();
    }
    t
}

#[differentiate(mode = dual)]
fn by_duals(x: f64, y: f64) -> f64 {
    (x * y).sin() + y
}

#[differentiate(wrt(x))]
fn with_constant(x: f64, n: i32, scale: f64) -> f64 {
    x.powi(n) * scale
}

#[differentiate(mode = adjoint)]
fn caller(x: f64, y: f64) -> f64 {
    let a = bend(x * y) + bend(x - y) * mixed(x, y * y);
    let b = mixed(2.0 * a, y - bend(y)) - repeated(x, a);
    b * by_duals(y, x) + mixed(x, x) + with_constant(a, 3, 0.5)
}

#[differentiate]
fn in_ways(x: f64, y: f64) -> f64 {
    let a = if x > y {
        mixed(x, y)
    } else {
        by_duals(y, x) * repeated(x, y)
    };
    a * a
}

#[differentiate]
fn in_rounds(x: [f64; 4]) -> f64 {
    let mut sum = 0.0;
    for i in 0..3 {
        sum += mixed(x[i], x[i + 1]) * bend(x[i]);
    }
    sum
}

#[test]
fn calls_bring_their_second_derivatives() {
    assert_left!(repeated);
    assert_left!(by_duals);
    agree!(
        caller,
        [x, y],
        [[0.7, 0.3], [-0.4, 1.2], [0.2, -0.9], [-0.6, -0.5]]
    );
    agree!(in_ways, [x, y], [[0.7, 0.3], [-0.4, 1.2]]);
    let _ = in_rounds::adjoint_hessian;
    super::agree_over_arrays!(in_rounds, [[0.7, 0.3, -0.4, 1.2]]);
}
