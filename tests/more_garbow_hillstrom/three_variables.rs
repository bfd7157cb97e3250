//! Problems 7 to 12.

use chainrule::differentiate;
use std::f64::consts::PI;

use crate::problem::{Rows, assert_published, problem};

/// 7. The helical valley.
#[differentiate]
pub(crate) fn helical_valley(x1: f64, x2: f64, x3: f64) -> f64 {
    let f1 = 10.0 * (x3 - 10.0 * theta(x1, x2));
    let f2 = 10.0 * ((x1 * x1 + x2 * x2).sqrt() - 1.0);
    let f3 = x3;
    f1 * f1 + f2 * f2 + f3 * f3
}

/// The angle in turns.
#[differentiate]
pub(crate) fn theta(x1: f64, x2: f64) -> f64 {
    let angle = (x2 / x1).atan() / (2.0 * PI);
    if x1 > 0.0 {
        return angle;
    }
    angle + 0.5
}

pub(crate) fn helical_valley_rows(x: &[f64]) -> Rows {
    let turns = x[1].atan2(x[0]) / (2.0 * PI);
    let turns = if turns < -0.25 { turns + 1.0 } else { turns };
    let (squared, radius) = (x[0].powi(2) + x[1].powi(2), x[0].hypot(x[1]));
    let factor = -100.0 / (2.0 * PI * squared);
    vec![
        (
            10.0 * x[2] - 100.0 * turns,
            vec![-factor * x[1], factor * x[0], 10.0],
        ),
        (
            10.0 * radius - 10.0,
            vec![10.0 * x[0] / radius, 10.0 * x[1] / radius, 0.0],
        ),
        (x[2], vec![0.0, 0.0, 1.0]),
    ]
}

#[test]
fn the_helical_valley_is_right() {
    let problem = problem!(helical_valley(x1, x2, x3), helical_valley_rows);
    assert_published(helical_valley(-1.0, 0.0, 0.0), "2500");
    assert_eq!(helical_valley(1.0, 0.0, 0.0), 0.0);
    problem.check(&[-1.0, 0.0, 0.0]);
    problem.check_at(&[0.7, -1.1, 0.4]);
    problem.assert_stationary(&[1.0, 0.0, 0.0]);
}

pub(crate) const BARD: [f64; 15] = [
    0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39,
];

/// 8. Bard.
#[differentiate]
pub(crate) fn bard(x: &[f64; 3]) -> f64 {
    let mut sum = 0.0;
    for i in 0..BARD.len() {
        let u = (i + 1) as f64;
        let v = 16.0 - u;
        let w = u.min(v);
        let r = BARD[i] - (x[0] + u / (v * x[1] + w * x[2]));
        sum += r * r;
    }
    sum
}

pub(crate) fn bard_rows(x: &[f64]) -> Rows {
    let row = |(i, y): (usize, f64)| {
        let (u, v) = (i as f64 + 1.0, 15.0 - i as f64);
        let w = if i < 8 { u } else { v };
        let d = v * x[1] + w * x[2];
        (
            y - x[0] - u / d,
            vec![-1.0, u * v / (d * d), u * w / (d * d)],
        )
    };
    BARD.into_iter().enumerate().map(row).collect()
}

#[test]
fn bard_is_right() {
    let problem = problem!(bard(&[3]), bard_rows);
    assert_published(bard(&[1.0, 1.0, 1.0]), "41.6817");
    problem.check(&[1.0, 1.0, 1.0]);
    let minimiser = problem.assert_minimum_near(&[0.1, 1.0, 2.0], "8.21487e-3");
    assert_published(minimiser[1], "1.133036");
}

pub(crate) const GAUSSIAN: [f64; 15] = [
    0.0009, 0.0044, 0.0175, 0.0540, 0.1295, 0.2420, 0.3521, 0.3989, 0.3521, 0.2420, 0.1295, 0.0540,
    0.0175, 0.0044, 0.0009,
];

/// 9. The Gaussian.
#[differentiate]
pub(crate) fn gaussian(x: [f64; 3]) -> f64 {
    let mut sum = 0.0;
    for (i, y) in GAUSSIAN.iter().enumerate() {
        let t = (7.0 - i as f64) / 2.0;
        sum += (x[0] * (-x[1] * (t - x[2]).powi(2) / 2.0).exp() - y).powi(2);
    }
    sum
}

pub(crate) fn gaussian_rows(x: &[f64]) -> Rows {
    let row = |(i, y): (usize, f64)| {
        let d = 3.5 - 0.5 * i as f64 - x[2];
        let e = (-0.5 * x[1] * d * d).exp();
        let slopes = vec![e, -0.5 * x[0] * e * d * d, x[0] * e * x[1] * d];
        (x[0] * e - y, slopes)
    };
    GAUSSIAN.into_iter().enumerate().map(row).collect()
}

#[test]
fn the_gaussian_is_right() {
    let problem = problem!(gaussian([3]), gaussian_rows);
    assert_published(gaussian([0.4, 1.0, 0.0]), "3.88810e-6");
    problem.check(&[0.4, 1.0, 0.0]);
    problem.assert_minimum_near(&[0.4, 1.0, 0.0], "1.12793e-8");
}

pub(crate) const MEYER: [f64; 16] = [
    34780.0, 28610.0, 23650.0, 19630.0, 16370.0, 13720.0, 11540.0, 9744.0, 8261.0, 7030.0, 6005.0,
    5147.0, 4427.0, 3820.0, 3307.0, 2872.0,
];

/// 10. Meyer.
#[differentiate]
pub(crate) fn meyer(x1: f64, x2: f64, x3: f64) -> f64 {
    let mut sum = 0.0;
    let mut t = 45.0;
    for y in MEYER {
        t += 5.0;
        let r = x1 * (x2 / (t + x3)).exp() - y;
        sum += r * r;
    }
    sum
}

pub(crate) fn meyer_rows(x: &[f64]) -> Rows {
    let row = |(i, y): (usize, f64)| {
        let d = 50.0 + 5.0 * i as f64 + x[2];
        let e = (x[1] / d).exp();
        (
            x[0] * e - y,
            vec![e, x[0] * e / d, -x[0] * e * x[1] / (d * d)],
        )
    };
    MEYER.into_iter().enumerate().map(row).collect()
}

#[test]
fn meyer_is_right() {
    let problem = problem!(meyer(x1, x2, x3), meyer_rows);
    assert_published(meyer(0.02, 4000.0, 250.0), "1.69360e9");
    problem.check(&[0.02, 4000.0, 250.0]);
    problem.assert_minimum_near(&[0.0056, 6181.4, 345.2], "87.9458");
}

/// 11. Gulf research and development, with 99 residuals. (The paper misprints `y - x2` as a product.)
#[differentiate]
pub(crate) fn gulf(x: [f64; 3]) -> f64 {
    let mut sum = 0.0;
    for i in 1..100 {
        let t = i as f64 / 100.0;
        let y = 25.0 + (-50.0 * t.ln()).powf(2.0 / 3.0);
        let r = (-(y - x[1]).abs().powf(x[2]) / x[0]).exp() - t;
        sum += r * r;
    }
    sum
}

pub(crate) fn gulf_rows(x: &[f64]) -> Rows {
    let row = |i: usize| {
        let t = i as f64 / 100.0;
        let d = 25.0 + (-50.0 * t.ln()).powf(2.0 / 3.0) - x[1];
        let power = d.abs().powf(x[2]);
        let e = (-power / x[0]).exp();
        let slopes = vec![
            e * power / (x[0] * x[0]),
            e * x[2] * power / (d * x[0]),
            -e * power * d.abs().ln() / x[0],
        ];
        (e - t, slopes)
    };
    (1..100).map(row).collect()
}

#[test]
fn gulf_is_right() {
    let problem = problem!(gulf([3]), gulf_rows);
    assert_published(gulf([5.0, 2.5, 0.15]), "12.1107");
    assert!(gulf([50.0, 25.0, 1.5]) < 1e-28);
    problem.check(&[5.0, 2.5, 0.15]);
    // Also where y - x2 changes its sign from residual to residual, at a power that leaves no kink there.
    problem.check_at(&[1e6, 30.0, 6.0]);
    problem.assert_stationary(&[50.0, 25.0, 1.5]);
}

/// 12. Box's function of three variables, with 10 residuals.
#[differentiate]
pub(crate) fn box_three(x1: f64, x2: f64, x3: f64) -> f64 {
    let mut sum = 0.0;
    let mut i = 1;
    while i <= 10 {
        let t = 0.1 * i as f64;
        let scale = (-t).exp() - (-10.0 * t).exp();
        sum += ((-t * x1).exp() - (-t * x2).exp() - x3 * scale).powi(2);
        i += 1;
    }
    sum
}

pub(crate) fn box_three_rows(x: &[f64]) -> Rows {
    let row = |i: usize| {
        let t = 0.1 * i as f64;
        let (a, b) = ((-t * x[0]).exp(), (-t * x[1]).exp());
        let scale = (-t).exp() - (-10.0 * t).exp();
        (a - b - x[2] * scale, vec![-t * a, t * b, -scale])
    };
    (1..=10).map(row).collect()
}

#[test]
fn boxs_function_is_right() {
    let problem = problem!(box_three(x1, x2, x3), box_three_rows);
    assert_published(box_three(0.0, 10.0, 20.0), "1031.15");
    problem.check(&[0.0, 10.0, 20.0]);
    for [x1, x2, x3] in [[1.0, 10.0, 1.0], [10.0, 1.0, -1.0], [2.5, 2.5, 0.0]] {
        assert!(box_three(x1, x2, x3) < 1e-28);
        problem.assert_stationary(&[x1, x2, x3]);
    }
}
