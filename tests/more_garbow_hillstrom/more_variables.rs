//! Problems 17 to 20.

use chainrule::differentiate;

use crate::problem::{Rows, assert_published, problem};

pub(crate) const OSBORNE_1: [f64; 33] = [
    0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.850, 0.818, 0.784, 0.751, 0.718, 0.685,
    0.658, 0.628, 0.603, 0.580, 0.558, 0.538, 0.522, 0.506, 0.490, 0.478, 0.467, 0.457, 0.448,
    0.438, 0.431, 0.424, 0.420, 0.414, 0.411, 0.406,
];

/// 17. Osborne 1.
#[differentiate]
pub(crate) fn osborne_1(x: &[f64; 5]) -> f64 {
    let mut sum = 0.0;
    for i in 0..33 {
        let t = 10.0 * i as f64;
        let model = x[0] + x[1] * (-t * x[3]).exp() + x[2] * (-t * x[4]).exp();
        sum += (OSBORNE_1[i] - model).powi(2);
    }
    sum
}

pub(crate) fn osborne_1_rows(x: &[f64]) -> Rows {
    let row = |(i, y): (usize, f64)| {
        let t = 10.0 * i as f64;
        let (a, b) = ((-t * x[3]).exp(), (-t * x[4]).exp());
        (
            y - x[0] - x[1] * a - x[2] * b,
            vec![-1.0, -a, -b, t * x[1] * a, t * x[2] * b],
        )
    };
    OSBORNE_1.into_iter().enumerate().map(row).collect()
}

#[test]
fn osbornes_first_function_is_right() {
    let problem = problem!(osborne_1(&[5]), osborne_1_rows);
    let start = [0.5, 1.5, -1.0, 0.01, 0.02];
    assert_published(osborne_1(&start), "0.879026");
    problem.check(&start);
    problem.assert_minimum_near(&[0.375, 1.94, -1.47, 0.0128, 0.0221], "5.46489e-5");
}

/// 18. Biggs' function of six exponentials, with 13 residuals.
#[differentiate]
pub(crate) fn biggs_exp6(x: [f64; 6]) -> f64 {
    let mut sum = 0.0;
    for i in 1..14 {
        let t = 0.1 * i as f64;
        let y = (-t).exp() - 5.0 * (-10.0 * t).exp() + 3.0 * (-4.0 * t).exp();
        let model = x[2] * (-t * x[0]).exp() - x[3] * (-t * x[1]).exp() + x[5] * (-t * x[4]).exp();
        sum += (model - y) * (model - y);
    }
    sum
}

pub(crate) fn biggs_exp6_rows(x: &[f64]) -> Rows {
    let row = |i: usize| {
        let t = 0.1 * i as f64;
        let y = (-t).exp() - 5.0 * (-10.0 * t).exp() + 3.0 * (-4.0 * t).exp();
        let [a, b, c] = [0, 1, 4].map(|k| (-t * x[k]).exp());
        let slopes = vec![-t * x[2] * a, t * x[3] * b, a, -b, -t * x[5] * c, c];
        (x[2] * a - x[3] * b + x[5] * c - y, slopes)
    };
    (1..14).map(row).collect()
}

#[test]
fn biggs_exponentials_are_right() {
    let problem = problem!(biggs_exp6([6]), biggs_exp6_rows);
    let start = [1.0, 2.0, 1.0, 1.0, 1.0, 1.0];
    assert_published(biggs_exp6(start), "0.779070");
    problem.check(&start);
    for zero in [
        [1.0, 10.0, 1.0, 5.0, 4.0, 3.0],
        [4.0, 10.0, 3.0, 5.0, 1.0, 1.0],
    ] {
        assert!(biggs_exp6(zero) < 1e-28);
        problem.assert_stationary(&zero);
    }
    let local = [1.711, 17.68, 1.163, 5.187, 1.711, 1.163];
    problem.assert_minimum_near(&local, "5.65565e-3");
}

pub(crate) const OSBORNE_2: [f64; 65] = [
    1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847, 0.786, 0.725, 0.746, 0.679, 0.608,
    0.655, 0.616, 0.606, 0.602, 0.626, 0.651, 0.724, 0.649, 0.649, 0.694, 0.644, 0.624, 0.661,
    0.612, 0.558, 0.533, 0.495, 0.500, 0.423, 0.395, 0.375, 0.372, 0.391, 0.396, 0.405, 0.428,
    0.429, 0.523, 0.562, 0.607, 0.653, 0.672, 0.708, 0.633, 0.668, 0.645, 0.632, 0.591, 0.559,
    0.597, 0.625, 0.739, 0.710, 0.729, 0.720, 0.636, 0.581, 0.428, 0.292, 0.162, 0.098, 0.054,
];

/// 19. Osborne 2.
#[differentiate]
pub(crate) fn osborne_2(x: &[f64; 11]) -> f64 {
    let mut sum = 0.0;
    for (i, &y) in OSBORNE_2.iter().enumerate() {
        let t = i as f64 / 10.0;
        let mut model = x[0] * (-t * x[4]).exp();
        for k in 1..4 {
            model += x[k] * (-(t - x[k + 7]).powi(2) * x[k + 4]).exp();
        }
        let r = y - model;
        sum += r * r;
    }
    sum
}

pub(crate) fn osborne_2_rows(x: &[f64]) -> Rows {
    let row = |(i, y): (usize, f64)| {
        let t = i as f64 / 10.0;
        let decay = (-t * x[4]).exp();
        let mut slopes = vec![0.0; 11];
        let mut residual = y - x[0] * decay;
        (slopes[0], slopes[4]) = (-decay, t * x[0] * decay);
        for k in 1..4 {
            let d = t - x[k + 7];
            let bell = (-d * d * x[k + 4]).exp();
            residual -= x[k] * bell;
            slopes[k] = -bell;
            slopes[k + 4] = x[k] * bell * d * d;
            slopes[k + 7] = -2.0 * x[k] * bell * d * x[k + 4];
        }
        (residual, slopes)
    };
    OSBORNE_2.into_iter().enumerate().map(row).collect()
}

#[test]
fn osbornes_second_function_is_right() {
    let problem = problem!(osborne_2(&[11]), osborne_2_rows);
    let start = [1.3, 0.65, 0.65, 0.7, 0.6, 3.0, 5.0, 7.0, 2.0, 4.5, 5.5];
    assert_published(osborne_2(&start), "2.09342");
    problem.check(&start);
    let near = [
        1.31, 0.43, 0.63, 0.6, 0.75, 0.9, 1.37, 4.82, 2.4, 4.57, 5.68,
    ];
    problem.assert_minimum_near(&near, "4.01377e-2");
}

/// 20. Watson.
#[differentiate]
pub(crate) fn watson(x: &[f64]) -> f64 {
    let n = x.len();
    let mut sum = 0.0;
    for i in 1..30 {
        let t = i as f64 / 29.0;
        let mut slope = 0.0;
        let mut power = 1.0;
        for j in 1..n {
            slope += j as f64 * x[j] * power;
            power *= t;
        }
        let mut series = 0.0;
        power = 1.0;
        for xj in x {
            series += xj * power;
            power *= t;
        }
        let r = slope - series * series - 1.0;
        sum += r * r;
    }
    let last = x[1] - x[0] * x[0] - 1.0;
    sum + x[0] * x[0] + last * last
}

pub(crate) fn watson_rows(x: &[f64]) -> Rows {
    let row = |i: usize| {
        let t = i as f64 / 29.0;
        let power = |k: usize| t.powi(k as i32);
        let series: f64 = x.iter().enumerate().map(|(j, x)| x * power(j)).sum();
        let slope: f64 = (1..x.len()).map(|j| j as f64 * x[j] * power(j - 1)).sum();
        let by = |j: usize| {
            let first = if j == 0 { 0.0 } else { j as f64 * power(j - 1) };
            first - 2.0 * series * power(j)
        };
        (
            slope - series * series - 1.0,
            (0..x.len()).map(by).collect(),
        )
    };
    let unit = |scale: f64, j: usize| {
        let mut slopes = vec![0.0; x.len()];
        slopes[j] = scale;
        slopes
    };
    let mut last = unit(1.0, 1);
    last[0] = -2.0 * x[0];
    let mut rows: Rows = (1..30).map(row).collect();
    rows.push((x[0], unit(1.0, 0)));
    rows.push((x[1] - x[0] * x[0] - 1.0, last));
    rows
}

#[test]
fn watson_is_right() {
    let problem = problem!(watson(&[]), watson_rows);
    for (n, minimum) in [(6, "2.28767e-3"), (9, "1.39976e-6"), (12, "4.72238e-10")] {
        let start = vec![0.0; n];
        assert_published(watson(&start), "30");
        problem.check(&start);
        let minimiser = problem.assert_minimum_near(&start, minimum);
        if n == 6 {
            let published = [
                "-0.015725",
                "1.012435",
                "-0.232992",
                "1.260430",
                "-1.513729",
                "0.992996",
            ];
            for (x, digits) in minimiser.iter().zip(published) {
                assert_published(*x, digits);
            }
        }
    }
}
