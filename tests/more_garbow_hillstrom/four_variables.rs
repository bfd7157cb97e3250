//! Problems 13 to 16.

use chainrule::differentiate;

use crate::problem::{Rows, assert_published, problem};

/// 13. Powell's singular function.
#[differentiate]
pub(crate) fn powell_singular(x1: f64, x2: f64, x3: f64, x4: f64) -> f64 {
    let f1 = x1 + 10.0 * x2;
    let f2 = 5f64.sqrt() * (x3 - x4);
    let f3 = (x2 - 2.0 * x3).powi(2);
    let f4 = 10f64.sqrt() * (x1 - x4).powi(2);
    f1.powi(2) + f2.powi(2) + f3.powi(2) + f4.powi(2)
}

pub(crate) fn powell_singular_rows(x: &[f64]) -> Rows {
    let (a, b) = (x[1] - 2.0 * x[2], x[0] - x[3]);
    let (five, ten) = (5f64.sqrt(), 10f64.sqrt());
    vec![
        (x[0] + 10.0 * x[1], vec![1.0, 10.0, 0.0, 0.0]),
        (five * (x[2] - x[3]), vec![0.0, 0.0, five, -five]),
        (a * a, vec![0.0, 2.0 * a, -4.0 * a, 0.0]),
        (ten * b * b, vec![2.0 * ten * b, 0.0, 0.0, -2.0 * ten * b]),
    ]
}

#[test]
fn powells_singular_function_is_right() {
    let problem = problem!(powell_singular(x1, x2, x3, x4), powell_singular_rows);
    assert_published(powell_singular(3.0, -1.0, 0.0, 1.0), "215");
    problem.check(&[3.0, -1.0, 0.0, 1.0]);
    assert_eq!(
        powell_singular::value_and_gradient(0.0, 0.0, 0.0, 0.0),
        (0.0, [0.0; 4])
    );
    // Rank two, hence the name.
    let rows = [
        [2.0, 20.0, 0.0, 0.0],
        [20.0, 200.0, 0.0, 0.0],
        [0.0, 0.0, 10.0, -10.0],
        [0.0, 0.0, -10.0, 10.0],
    ];
    let hessian = powell_singular::hessian(0.0, 0.0, 0.0, 0.0);
    for (a, e) in hessian.as_flattened().iter().zip(rows.as_flattened()) {
        assert!((a - e).abs() <= 1e-14 * e.abs());
    }
}

/// 14. Wood.
#[differentiate]
pub(crate) fn wood(x: [f64; 4]) -> f64 {
    let [x1, x2, x3, x4] = x;
    100.0 * (x2 - x1.powi(2)).powi(2)
        + (1.0 - x1).powi(2)
        + 90.0 * (x4 - x3.powi(2)).powi(2)
        + (1.0 - x3).powi(2)
        + 10.0 * (x2 + x4 - 2.0).powi(2)
        + (x2 - x4).powi(2) / 10.0
}

pub(crate) fn wood_rows(x: &[f64]) -> Rows {
    let (ninety, ten) = (90f64.sqrt(), 10f64.sqrt());
    vec![
        (
            10.0 * (x[1] - x[0] * x[0]),
            vec![-20.0 * x[0], 10.0, 0.0, 0.0],
        ),
        (1.0 - x[0], vec![-1.0, 0.0, 0.0, 0.0]),
        (
            ninety * (x[3] - x[2] * x[2]),
            vec![0.0, 0.0, -2.0 * ninety * x[2], ninety],
        ),
        (1.0 - x[2], vec![0.0, 0.0, -1.0, 0.0]),
        (ten * (x[1] + x[3] - 2.0), vec![0.0, ten, 0.0, ten]),
        ((x[1] - x[3]) / ten, vec![0.0, 1.0 / ten, 0.0, -1.0 / ten]),
    ]
}

#[test]
fn wood_is_right() {
    let problem = problem!(wood([4]), wood_rows);
    assert_published(wood([-3.0, -1.0, -3.0, -1.0]), "19192");
    assert_eq!(wood([1.0; 4]), 0.0);
    problem.check(&[-3.0, -1.0, -3.0, -1.0]);
    problem.assert_stationary(&[1.0; 4]);
}

pub(crate) const RATES: [f64; 11] = [
    0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246,
];
pub(crate) const DOSES: [f64; 11] = [
    4.0, 2.0, 1.0, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625,
];

/// 15. Kowalik and Osborne.
#[differentiate]
pub(crate) fn kowalik_osborne(x: &[f64; 4]) -> f64 {
    let mut sum = 0.0;
    for (&y, &u) in RATES.iter().zip(DOSES.iter()) {
        let model = x[0] * (u * u + u * x[1]) / (u * u + u * x[2] + x[3]);
        let r = y - model;
        sum += r * r;
    }
    sum
}

pub(crate) fn kowalik_osborne_rows(x: &[f64]) -> Rows {
    let row = |(y, u): (f64, f64)| {
        let (above, below) = (u * (u + x[1]), u * (u + x[2]) + x[3]);
        let slope = x[0] * above / (below * below);
        (
            y - x[0] * above / below,
            vec![-above / below, -x[0] * u / below, u * slope, slope],
        )
    };
    RATES.into_iter().zip(DOSES).map(row).collect()
}

#[test]
fn kowalik_and_osborne_is_right() {
    let problem = problem!(kowalik_osborne(&[4]), kowalik_osborne_rows);
    let start = [0.25, 0.39, 0.415, 0.39];
    assert_published(kowalik_osborne(&start), "5.31317e-3");
    problem.check(&start);
    problem.assert_minimum_near(&[0.19, 0.19, 0.12, 0.13], "3.07505e-4");
}

/// 16. Brown and Dennis, with 20 residuals.
#[differentiate]
pub(crate) fn brown_dennis(x1: f64, x2: f64, x3: f64, x4: f64) -> f64 {
    let mut total = 0.0;
    for i in 1..=20 {
        let t = i as f64 / 5.0;
        let first = (x1 + t * x2 - t.exp()).powi(2);
        let second = (x3 + x4 * t.sin() - t.cos()).powi(2);
        total += (first + second).powi(2);
    }
    total
}

pub(crate) fn brown_dennis_rows(x: &[f64]) -> Rows {
    let row = |i: usize| {
        let t = i as f64 / 5.0;
        let (a, b) = (x[0] + t * x[1] - t.exp(), x[2] + x[3] * t.sin() - t.cos());
        (
            a * a + b * b,
            vec![2.0 * a, 2.0 * a * t, 2.0 * b, 2.0 * b * t.sin()],
        )
    };
    (1..=20).map(row).collect()
}

#[test]
fn brown_and_dennis_is_right() {
    let problem = problem!(brown_dennis(x1, x2, x3, x4), brown_dennis_rows);
    assert_published(brown_dennis(25.0, 5.0, -5.0, -1.0), "7926693.3");
    problem.check(&[25.0, 5.0, -5.0, -1.0]);
    let minimiser = problem.assert_minimum_near(&[25.0, 5.0, -5.0, -1.0], "85822.2");
    assert_published(minimiser[0], "-11.594");
}
