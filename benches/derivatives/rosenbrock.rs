//! Rosenbrock's function of 2 and of 10 variables.

use chainrule::{Dual, differentiate, value_and_gradient};
use criterion::Criterion;
use num_dual::DualNum;

use crate::{Subject, by_direction};

#[differentiate]
fn of_2(x: f64, y: f64) -> f64 {
    (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2)
}

#[differentiate]
fn of_10(x: [f64; 10]) -> f64 {
    let mut sum = 0.0;
    for i in 0..9 {
        sum += (1.0 - x[i]).powi(2) + 100.0 * (x[i + 1] - x[i] * x[i]).powi(2);
    }
    sum
}

/// The slopes of one valley's two terms.
#[inline]
fn by_hand<const N: usize>(x: [f64; N]) -> (f64, [f64; N]) {
    let (mut sum, mut slopes) = (0.0, [0.0; N]);
    for i in 0..N - 1 {
        let (a, b) = (1.0 - x[i], x[i + 1] - x[i] * x[i]);
        sum += a * a + 100.0 * (b * b);
        slopes[i] += -2.0 * a - 400.0 * x[i] * b;
        slopes[i + 1] += 200.0 * b;
    }
    (sum, slopes)
}

#[inline]
fn of_duals<const N: usize>(x: [Dual<f64, N>; N]) -> Dual<f64, N> {
    let mut sum = Dual::constant(0.0);
    for i in 0..N - 1 {
        sum += (1.0 - x[i]).powi(2) + 100.0 * (x[i + 1] - x[i] * x[i]).powi(2);
    }
    sum
}

#[inline]
fn of_num_duals<const N: usize>(x: [num_dual::Dual64; N]) -> num_dual::Dual64 {
    let mut sum = num_dual::Dual64::from_re(0.0);
    for i in 0..N - 1 {
        sum += (-x[i] + 1.0).powi(2) + (x[i + 1] - x[i] * x[i]).powi(2) * 100.0;
    }
    sum
}

pub fn rosenbrock(criterion: &mut Criterion) {
    Subject::new(
        criterion,
        "rosenbrock_of_2",
        [-1.2, 0.7],
        |[x, y]| of_2(x, y),
        by_hand,
    )
    .variant("closure", |x| value_and_gradient(of_duals, x))
    .variant("attribute", |[x, y]| of_2::value_and_gradient(x, y))
    .variant("num_dual", |x| by_direction(of_num_duals, x));
    let x = std::array::from_fn(|i| 0.2 * i as f64 - 0.9);
    Subject::new(criterion, "rosenbrock_of_10", x, of_10, by_hand)
        .variant("closure", |x| value_and_gradient(of_duals, x))
        .variant("attribute", of_10::value_and_gradient)
        .variant("num_dual", |x| by_direction(of_num_duals, x));
}
