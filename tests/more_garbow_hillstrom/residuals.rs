//! Residuals as functions of several outputs, arrays and tuples. The Jacobian is the one written by hand.

use chainrule::differentiate;
use std::f64::consts::PI;

use crate::problem::Rows;
use crate::{four_variables::*, more_variables::*, three_variables::*, two_variables::*};

#[track_caller]
pub(crate) fn assert_residuals(residuals: &[f64], rows: &Rows) {
    assert_eq!(residuals.len(), rows.len());
    for (r, (expected, _)) in residuals.iter().zip(rows) {
        assert!(
            (r - expected).abs() <= 1e-12 * (1.0 + expected.abs()),
            "{r} is not {expected}"
        );
    }
}

#[track_caller]
pub(crate) fn assert_jacobian<R: AsRef<[f64]>>(
    value: &[f64],
    plain: &[f64],
    jacobian: &[R],
    rows: &Rows,
) {
    assert_eq!((value.len(), jacobian.len()), (rows.len(), rows.len()));
    for k in 0..rows.len() {
        assert_eq!(value[k].to_bits(), plain[k].to_bits());
        let (slopes, expected) = (jacobian[k].as_ref(), &rows[k].1);
        assert_eq!(slopes.len(), expected.len());
        for (slope, by_hand) in slopes.iter().zip(expected) {
            assert!(
                (slope - by_hand).abs() <= 1e-12 * (1.0 + by_hand.abs()),
                "row {k}: {slope} is not {by_hand}"
            );
        }
    }
}

// 1.
#[differentiate]
fn rosenbrock_residuals(x1: f64, x2: f64) -> [f64; 2] {
    [10.0 * (x2 - x1.powi(2)), 1.0 - x1]
}

// 2.
#[differentiate]
fn freudenstein_roth_residuals(x: [f64; 2]) -> [f64; 2] {
    let [a, b] = x;
    let mut f = [a - 13.0, a - 29.0];
    f[0] += ((5.0 - b) * b - 2.0) * b;
    f[1] += ((b + 1.0) * b - 14.0) * b;
    f
}

// 5.
#[differentiate]
fn beale_residuals(x: f64, y: f64) -> (f64, f64, f64) {
    (
        1.5 - x * (1.0 - y),
        2.25 - x * (1.0 - y.powi(2)),
        2.625 - x * (1.0 - y.powi(3)),
    )
}

// 7.
#[differentiate]
fn helical_valley_residuals(x: &[f64; 3]) -> [f64; 3] {
    let mut turns = (x[1] / x[0]).atan() / (2.0 * PI);
    if x[0] < 0.0 {
        turns += 0.5;
    }
    let radius = x[0].hypot(x[1]);
    [10.0 * (x[2] - 10.0 * turns), 10.0 * (radius - 1.0), x[2]]
}

// 8.
#[differentiate]
fn bard_residuals(x: &[f64; 3]) -> [f64; 15] {
    let mut f = BARD;
    for (i, r) in f.iter_mut().enumerate() {
        let u = (i + 1) as f64;
        let v = 16.0 - u;
        *r -= x[0] + u / (v * x[1] + u.min(v) * x[2]);
    }
    f
}

// 14.
#[differentiate]
fn wood_residuals(x: &[f64; 4]) -> [f64; 6] {
    let ten = 10.0_f64.sqrt();
    [
        10.0 * (x[1] - x[0] * x[0]),
        1.0 - x[0],
        90.0_f64.sqrt() * (x[3] - x[2] * x[2]),
        1.0 - x[2],
        ten * (x[1] + x[3] - 2.0),
        (x[1] - x[3]) / ten,
    ]
}

// 16.
#[differentiate]
fn brown_dennis_residuals(x: [f64; 4]) -> [f64; 20] {
    let mut out = [0.0; 20];
    for i in 0..20 {
        let t = (i + 1) as f64 / 5.0;
        let (a, b) = (x[0] + t * x[1] - t.exp(), x[2] + x[3] * t.sin() - t.cos());
        out[i] = a * a + b * b;
    }
    out
}

// 19.
#[differentiate]
fn osborne_2_residuals(x: &[f64; 11]) -> [f64; 65] {
    let mut f = [0.0; 65];
    for i in 0..65 {
        let t = i as f64 / 10.0;
        f[i] = OSBORNE_2[i]
            - (x[0] * (-t * x[4]).exp()
                + x[1] * (-(t - x[8]).powi(2) * x[5]).exp()
                + x[2] * (-(t - x[9]).powi(2) * x[6]).exp()
                + x[3] * (-(t - x[10]).powi(2) * x[7]).exp());
    }
    f
}

#[differentiate]
fn bard_by_residuals(x: &[f64; 3]) -> f64 {
    let mut sum = 0.0;
    for r in bard_residuals(x) {
        sum += r.powi(2);
    }
    sum
}

/// Points where no residual and no slope is special.
pub(crate) const TWO: [f64; 2] = [-1.1, 0.7];
pub(crate) const THREE: [f64; 3] = [-0.7, 0.4, 1.3];
pub(crate) const POSITIVE: [f64; 3] = [0.7, 1.4, 0.9];
pub(crate) const FOUR: [f64; 4] = [0.25, 0.39, 0.415, 0.37];
pub(crate) const ELEVEN: [f64; 11] = [1.3, 0.65, 0.6, 0.7, 0.6, 3.0, 5.0, 7.0, 2.0, 4.5, 5.5];
/// More than the eight directions of a pass.
pub(crate) const TEN: [f64; 10] = [0.1, 0.2, 0.35, 0.4, 0.45, 0.55, 0.6, 0.75, 0.8, 0.95];

#[test]
fn residuals_are_those_by_hand() {
    assert_residuals(
        &rosenbrock_residuals(TWO[0], TWO[1]),
        &rosenbrock_rows(&TWO),
    );
    assert_residuals(
        &freudenstein_roth_residuals(TWO),
        &freudenstein_roth_rows(&TWO),
    );
    let (a, b, c) = beale_residuals(TWO[0], TWO[1]);
    assert_residuals(&[a, b, c], &beale_rows(&TWO));
    assert_residuals(
        &helical_valley_residuals(&THREE),
        &helical_valley_rows(&THREE),
    );
    assert_residuals(&bard_residuals(&POSITIVE), &bard_rows(&POSITIVE));
    assert_residuals(&wood_residuals(&FOUR), &wood_rows(&FOUR));
    assert_residuals(&brown_dennis_residuals(FOUR), &brown_dennis_rows(&FOUR));
    assert_residuals(&osborne_2_residuals(&ELEVEN), &osborne_2_rows(&ELEVEN));
    assert!((bard_by_residuals(&POSITIVE) - bard(&POSITIVE)).abs() < 1e-12);
}

#[test]
fn jacobians_of_arrays_are_those_by_hand() {
    macro_rules! check {
        ($f:ident($($x:expr),+), $rows:expr) => {
            let (value, jacobian) = $f::value_and_jacobian($($x),+);
            assert_jacobian(&value, &$f($($x),+), &jacobian, &$rows);
            assert_eq!($f::jacobian($($x),+), jacobian);
        };
    }
    check!(rosenbrock_residuals(TWO[0], TWO[1]), rosenbrock_rows(&TWO));
    check!(
        freudenstein_roth_residuals(TWO),
        freudenstein_roth_rows(&TWO)
    );
    check!(
        helical_valley_residuals(&THREE),
        helical_valley_rows(&THREE)
    );
    check!(bard_residuals(&POSITIVE), bard_rows(&POSITIVE));
    check!(wood_residuals(&FOUR), wood_rows(&FOUR));
    check!(brown_dennis_residuals(FOUR), brown_dennis_rows(&FOUR));
    check!(osborne_2_residuals(&ELEVEN), osborne_2_rows(&ELEVEN));
}

#[test]
fn jacobians_of_tuples_are_those_by_hand() {
    let ((a, b, c), jacobian) = beale_residuals::value_and_jacobian(TWO[0], TWO[1]);
    let (d, e, f) = beale_residuals(TWO[0], TWO[1]);
    assert_jacobian(&[a, b, c], &[d, e, f], &jacobian, &beale_rows(&TWO));
}

#[test]
fn objectives_may_add_up_an_array_of_residuals() {
    crate::problem::problem!(bard_by_residuals(&[3]), bard_rows).check(&POSITIVE);
}
