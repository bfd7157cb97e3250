//! Problems 1 to 6.

use chainrule::differentiate;

use crate::problem::{Rows, assert_published, problem};

/// 1. Rosenbrock.
#[differentiate]
pub(crate) fn rosenbrock(x1: f64, x2: f64) -> f64 {
    let f1 = 10.0 * (x2 - x1.powi(2));
    let f2 = 1.0 - x1;
    f1.powi(2) + f2.powi(2)
}

pub(crate) fn rosenbrock_rows(x: &[f64]) -> Rows {
    vec![
        (10.0 * (x[1] - x[0] * x[0]), vec![-20.0 * x[0], 10.0]),
        (1.0 - x[0], vec![-1.0, 0.0]),
    ]
}

#[test]
fn rosenbrock_is_right() {
    let problem = problem!(rosenbrock(x1, x2), rosenbrock_rows);
    assert_published(rosenbrock(-1.2, 1.0), "24.2");
    assert_eq!(rosenbrock(1.0, 1.0), 0.0);
    problem.check(&[-1.2, 1.0]);
    problem.assert_stationary(&[1.0, 1.0]);
    let [x, y] = [-1.2_f64, 1.0];
    let rows = [
        [1200.0 * x * x - 400.0 * y + 2.0, -400.0 * x],
        [-400.0 * x, 200.0],
    ];
    for (a, e) in rosenbrock::hessian(x, y)
        .as_flattened()
        .iter()
        .zip(rows.as_flattened())
    {
        assert!((a - e).abs() <= 1e-12 * e.abs());
    }
}

/// 2. Freudenstein and Roth.
#[differentiate]
pub(crate) fn freudenstein_roth(x1: f64, x2: f64) -> f64 {
    let f1 = -13.0 + x1 + ((5.0 - x2) * x2 - 2.0) * x2;
    let f2 = -29.0 + x1 + ((x2 + 1.0) * x2 - 14.0) * x2;
    f1 * f1 + f2 * f2
}

pub(crate) fn freudenstein_roth_rows(x: &[f64]) -> Rows {
    let y = x[1];
    vec![
        (
            x[0] - 13.0 + 5.0 * y * y - y * y * y - 2.0 * y,
            vec![1.0, 10.0 * y - 3.0 * y * y - 2.0],
        ),
        (
            x[0] - 29.0 + y * y * y + y * y - 14.0 * y,
            vec![1.0, 3.0 * y * y + 2.0 * y - 14.0],
        ),
    ]
}

#[test]
fn freudenstein_and_roth_is_right() {
    let problem = problem!(freudenstein_roth(x1, x2), freudenstein_roth_rows);
    assert_published(freudenstein_roth(0.5, -2.0), "400.5");
    assert_eq!(freudenstein_roth(5.0, 4.0), 0.0);
    problem.check(&[0.5, -2.0]);
    problem.assert_stationary(&[5.0, 4.0]);
    let minimiser = problem.assert_minimum_near(&[0.5, -2.0], "48.9842");
    assert_published(minimiser[0], "11.41");
    assert_published(minimiser[1], "-0.8968");
}

/// 3. Powell's badly scaled function.
#[differentiate]
pub(crate) fn powell_badly_scaled(x: [f64; 2]) -> f64 {
    let [x1, x2] = x;
    let f1 = 1e4 * x1 * x2 - 1.0;
    let f2 = (-x1).exp() + (-x2).exp() - 1.0001;
    f1 * f1 + f2 * f2
}

pub(crate) fn powell_badly_scaled_rows(x: &[f64]) -> Rows {
    vec![
        (1e4 * x[0] * x[1] - 1.0, vec![1e4 * x[1], 1e4 * x[0]]),
        (
            (-x[0]).exp() + (-x[1]).exp() - 1.0001,
            vec![-(-x[0]).exp(), -(-x[1]).exp()],
        ),
    ]
}

#[test]
fn powells_badly_scaled_function_is_right() {
    let problem = problem!(powell_badly_scaled([2]), powell_badly_scaled_rows);
    // (-1)² + (e⁻¹ - 0.0001)²
    assert_published(powell_badly_scaled([0.0, 1.0]), "1.13526");
    problem.check(&[0.0, 1.0]);
    let minimiser = problem.descend_from(&[1.098e-5, 9.106]);
    assert!(powell_badly_scaled([minimiser[0], minimiser[1]]) < 1e-24);
    assert_published(minimiser[0], "1.098e-5");
    assert_published(minimiser[1], "9.106");
    problem.assert_stationary(&minimiser);
}

/// 4. Brown's badly scaled function.
#[differentiate]
pub(crate) fn brown_badly_scaled(x: &[f64; 2]) -> f64 {
    let residuals = [x[0] - 1e6, x[1] - 2e-6, x[0] * x[1] - 2.0];
    let mut sum = 0.0;
    for r in residuals {
        sum += r * r;
    }
    sum
}

pub(crate) fn brown_badly_scaled_rows(x: &[f64]) -> Rows {
    vec![
        (x[0] - 1e6, vec![1.0, 0.0]),
        (x[1] - 2e-6, vec![0.0, 1.0]),
        (x[0] * x[1] - 2.0, vec![x[1], x[0]]),
    ]
}

#[test]
fn browns_badly_scaled_function_is_right() {
    let problem = problem!(brown_badly_scaled(&[2]), brown_badly_scaled_rows);
    // (1 - 10⁶)² + (1 - 2·10⁻⁶)² + 1
    assert_published(brown_badly_scaled(&[1.0, 1.0]), "9.99998000003e11");
    assert_eq!(brown_badly_scaled(&[1e6, 2e-6]), 0.0);
    problem.check(&[1.0, 1.0]);
    problem.assert_stationary(&[1e6, 2e-6]);
}

/// 5. Beale.
#[differentiate]
pub(crate) fn beale(x1: f64, x2: f64) -> f64 {
    const Y: [f64; 3] = [1.5, 2.25, 2.625];
    let mut sum = 0.0;
    for (i, y) in Y.iter().enumerate() {
        sum += (y - x1 * (1.0 - x2.powi(i as i32 + 1))).powi(2);
    }
    sum
}

pub(crate) fn beale_rows(x: &[f64]) -> Rows {
    let row = |y: f64, i: i32| {
        let power = x[1].powi(i - 1);
        let slope = f64::from(i) * x[0] * power;
        (
            y - x[0] + x[0] * power * x[1],
            vec![power * x[1] - 1.0, slope],
        )
    };
    vec![row(1.5, 1), row(2.25, 2), row(2.625, 3)]
}

#[test]
fn beale_is_right() {
    let problem = problem!(beale(x1, x2), beale_rows);
    assert_published(beale(1.0, 1.0), "14.203125");
    assert_eq!(beale(3.0, 0.5), 0.0);
    problem.check(&[1.0, 1.0]);
    problem.check_at(&[-1.5, 2.0]);
    problem.assert_stationary(&[3.0, 0.5]);
}

/// 6. Jennrich and Sampson, with 10 residuals.
#[differentiate]
pub(crate) fn jennrich_sampson(x1: f64, x2: f64) -> f64 {
    let mut sum = 0.0;
    for i in 1..=10 {
        let i = i as f64;
        let r = 2.0 + 2.0 * i - ((i * x1).exp() + (i * x2).exp());
        sum += r * r;
    }
    sum
}

pub(crate) fn jennrich_sampson_rows(x: &[f64]) -> Rows {
    let row = |i: usize| {
        let i = i as f64;
        let (a, b) = ((i * x[0]).exp(), (i * x[1]).exp());
        (2.0 + 2.0 * i - a - b, vec![-i * a, -i * b])
    };
    (1..=10).map(row).collect()
}

#[test]
fn jennrich_and_sampson_is_right() {
    let problem = problem!(jennrich_sampson(x1, x2), jennrich_sampson_rows);
    assert_published(jennrich_sampson(0.3, 0.4), "4171.30");
    problem.check(&[0.3, 0.4]);
    let minimiser = problem.assert_minimum_near(&[0.25, 0.26], "124.362");
    assert_published(minimiser[0], "0.2578");
    assert_published(minimiser[1], "0.2578");
}
