//! Some of the problems once more in other styles: generics, structs, recursion, patterns. Each has the value and the
//! derivatives of the form with loops.

use chainrule::differentiate;

use crate::{
    more_variables::*,
    problem::{assert_same, problem},
    three_variables::*,
    two_variables::*,
    variable_coupled::*,
    variable_linear::*,
    variable_separable::*,
};

#[differentiate]
fn extended_rosenbrock_patterns(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for pair in x.chunks_exact(2) {
        if let [odd, even] = pair {
            sum += (10.0 * (even - odd * odd)).powi(2) + (1.0 - odd).powi(2);
        }
    }
    sum
}

#[differentiate]
fn boundary_padded(x: &[f64]) -> f64 {
    let n = x.len();
    let h = 1.0 / (n + 1) as f64;
    let mut padded = vec![0.0];
    padded.extend_from_slice(x);
    padded.push(0.0);
    let mut sum = 0.0;
    for (i, w) in padded.windows(3).enumerate() {
        let t = (i + 1) as f64 * h;
        let r = 2.0 * w[1] - w[0] - w[2] + h * h * (w[1] + t + 1.0).powi(3) / 2.0;
        sum += r * r;
    }
    sum
}

#[differentiate]
fn boundary_options(x: &[f64]) -> f64 {
    let h = 1.0 / (x.len() + 1) as f64;
    let mut sum = 0.0;
    for i in 0..x.len() {
        let right = x.get(i + 1).copied().unwrap_or(0.0);
        let left = if i > 0 { x[i - 1] } else { 0.0 };
        let t = (i + 1) as f64 * h;
        let r = 2.0 * x[i] - left - right + h * h * (x[i] + t + 1.0).powi(3) / 2.0;
        sum += r * r;
    }
    sum
}

#[differentiate]
fn watson_horner<const N: usize>(x: &[f64; N]) -> f64 {
    let mut sum = 0.0;
    for i in 1..30 {
        let t = i as f64 / 29.0;
        let series = x.iter().rev().fold(0.0, |sum, &x| sum * t + x);
        let mut slope = 0.0;
        for j in (1..N).rev() {
            slope = slope * t + j as f64 * x[j];
        }
        sum += (slope - series * series - 1.0).powi(2);
    }
    sum + x[0].powi(2) + (x[1] - x[0].powi(2) - 1.0).powi(2)
}

#[differentiate]
fn rosenbrock_generic<T: num_traits::Float>(x: T, y: T) -> T {
    let (one, ten) = (T::one(), T::from(10.0).unwrap());
    (ten * (y - x.powi(2))).powi(2) + (one - x).powi(2)
}

/// The parameters with names.
#[derive(Clone, Copy, chainrule::Differentiable)]
struct Decay {
    offset: f64,
    scales: [f64; 2],
    rates: [f64; 2],
}

#[differentiate]
fn osborne_struct(x: &[f64; 5]) -> f64 {
    let p = Decay {
        offset: x[0],
        scales: [x[1], x[2]],
        rates: [x[3], x[4]],
    };
    let mut sum = 0.0;
    for (i, y) in crate::more_variables::OSBORNE_1.iter().enumerate() {
        let t = 10.0 * i as f64;
        let model = p.offset
            + p.scales[0] * (-t * p.rates[0]).exp()
            + p.scales[1] * (-t * p.rates[1]).exp();
        sum += (y - model).powi(2);
    }
    sum
}

#[differentiate]
fn meyer_tuple((x1, x2, x3): (f64, f64, f64)) -> f64 {
    let mut sum = 0.0;
    for (i, &y) in crate::three_variables::MEYER.iter().enumerate() {
        let t = 50.0 + 5.0 * i as f64;
        sum += (x1 * (x2 / (t + x3)).exp() - y).powi(2);
    }
    sum
}

#[differentiate]
fn box_steps(x: Vec<f64>) -> f64 {
    let mut sum = 0.0;
    for i in (10..=100).step_by(10) {
        let t = i as f64 / 100.0;
        let r =
            f64::exp(-t * x[0]) - f64::exp(-t * x[1]) - x[2] * (f64::exp(-t) - f64::exp(-10.0 * t));
        sum += f64::powi(r, 2);
    }
    sum
}

#[differentiate]
fn chebyquad_recursive(x: &[f64]) -> f64 {
    let n = x.len();
    let mut sum = 0.0;
    for i in 1..=n {
        let mut mean = 0.0;
        for &xj in x {
            mean += chebyshev(i, 2.0 * xj - 1.0) / n as f64;
        }
        let integral = if i % 2 == 0 {
            -1.0 / ((i * i) as f64 - 1.0)
        } else {
            0.0
        };
        sum += (mean - integral).powi(2);
    }
    sum
}

#[differentiate]
fn chebyshev(degree: usize, x: f64) -> f64 {
    match degree {
        0 => 1.0,
        1 => x,
        _ => 2.0 * x * chebyshev(degree - 1, x) - chebyshev(degree - 2, x),
    }
}

#[test]
fn every_style_is_the_same_function() {
    assert_same(
        extended_rosenbrock_patterns(&[-1.2, 1.0, 0.5, 2.0, -0.7, 0.1]),
        extended_rosenbrock(&[-1.2, 1.0, 0.5, 2.0, -0.7, 0.1]),
    );
    assert_same(
        boundary_padded(&[-0.1, -0.2, -0.3, 0.1]),
        discrete_boundary_value(&[-0.1, -0.2, -0.3, 0.1]),
    );
    assert_same(
        boundary_options(&[-0.1, -0.2, -0.3, 0.1]),
        discrete_boundary_value(&[-0.1, -0.2, -0.3, 0.1]),
    );
    assert_same(
        watson_horner(&[0.1, -0.2, 0.3, 0.5, -0.4, 0.2]),
        watson(&[0.1, -0.2, 0.3, 0.5, -0.4, 0.2]),
    );
    assert_same(rosenbrock_generic(-1.2, 1.0), rosenbrock(-1.2, 1.0));
    assert_same(
        osborne_struct(&[0.5, 1.5, -1.0, 0.01, 0.02]),
        osborne_1(&[0.5, 1.5, -1.0, 0.01, 0.02]),
    );
    assert_same(
        chebyquad_recursive(&[0.2, 0.35, 0.5, 0.7, 0.9]),
        chebyquad(&[0.2, 0.35, 0.5, 0.7, 0.9]),
    );
    assert_same(
        meyer_tuple((0.02, 4000.0, 250.0)),
        meyer(0.02, 4000.0, 250.0),
    );
    assert_same(box_steps(vec![0.5, 10.0, 20.0]), box_three(0.5, 10.0, 20.0));
}

#[test]
fn extended_rosenbrock_patterns_is_right() {
    let problem = problem!(extended_rosenbrock_patterns(&[]), extended_rosenbrock_rows);
    problem.check(&[-1.2, 1.0, 0.5, 2.0, -0.7, 0.1]);
}

#[test]
fn boundary_padded_is_right() {
    let problem = problem!(boundary_padded(&[]), discrete_boundary_value_rows);
    problem.check(&[-0.1, -0.2, -0.3, 0.1]);
}

#[test]
fn boundary_options_is_right() {
    let problem = problem!(boundary_options(&[]), discrete_boundary_value_rows);
    problem.check(&[-0.1, -0.2, -0.3, 0.1]);
}

#[test]
fn watson_horner_is_right() {
    let problem = problem!(watson_horner(&[6]), watson_rows);
    problem.check(&[0.1, -0.2, 0.3, 0.5, -0.4, 0.2]);
}

#[test]
fn rosenbrock_generic_is_right() {
    let problem = problem!(rosenbrock_generic(x, y), rosenbrock_rows);
    problem.check(&[-1.2, 1.0]);
}

#[test]
fn osborne_struct_is_right() {
    let problem = problem!(osborne_struct(&[5]), osborne_1_rows);
    problem.check(&[0.5, 1.5, -1.0, 0.01, 0.02]);
}

#[test]
fn chebyquad_recursive_is_right() {
    let problem = problem!(chebyquad_recursive(&[]), chebyquad_rows);
    problem.check(&[0.2, 0.35, 0.5, 0.7, 0.9]);
}

#[test]
fn meyer_tuple_is_right() {
    let (value, (a, b, c)) = meyer_tuple::value_and_gradient((0.02, 4000.0, 250.0));
    let (expected, gradient) = meyer::value_and_gradient(0.02, 4000.0, 250.0);
    assert_same(value, expected);
    for (a, e) in [a, b, c].into_iter().zip(gradient) {
        assert_same(a.abs(), e.abs());
    }
}

#[test]
fn box_steps_is_right() {
    let (value, slopes) = box_steps::value_and_gradient(vec![0.5, 10.0, 20.0]);
    let (expected, gradient) = box_three::value_and_gradient(0.5, 10.0, 20.0);
    assert_same(value, expected);
    for (a, e) in slopes.into_iter().zip(gradient) {
        assert_same(a.abs(), e.abs());
    }
}
