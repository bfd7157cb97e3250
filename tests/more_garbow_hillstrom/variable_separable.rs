//! Problems 21 to 25: residuals of one, two or four variables each, or of the norm.

use chainrule::differentiate;

use crate::problem::{Rows, assert_published, problem};

fn unit(n: usize, places: &[(usize, f64)]) -> Vec<f64> {
    let mut slopes = vec![0.0; n];
    for &(i, slope) in places {
        slopes[i] = slope;
    }
    slopes
}

/// 21. Extended Rosenbrock.
#[differentiate]
pub(crate) fn extended_rosenbrock(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() / 2 {
        let (odd, even) = (x[2 * i], x[2 * i + 1]);
        sum += (10.0 * (even - odd * odd)).powi(2) + (1.0 - odd).powi(2);
    }
    sum
}

pub(crate) fn extended_rosenbrock_rows(x: &[f64]) -> Rows {
    let n = x.len();
    let pair = |i: usize| {
        let (k, a, b) = (2 * i, x[2 * i], x[2 * i + 1]);
        [
            (
                10.0 * (b - a * a),
                unit(n, &[(k, -20.0 * a), (k + 1, 10.0)]),
            ),
            (1.0 - a, unit(n, &[(k, -1.0)])),
        ]
    };
    (0..n / 2).flat_map(pair).collect()
}

#[test]
fn extended_rosenbrock_is_right() {
    let problem = problem!(extended_rosenbrock(&[]), extended_rosenbrock_rows);
    for (n, value) in [(6, "72.6"), (10, "121"), (12, "145.2")] {
        let start: Vec<f64> = [-1.2, 1.0].into_iter().cycle().take(n).collect();
        assert_published(extended_rosenbrock(&start), value);
        assert_eq!(extended_rosenbrock(&vec![1.0; n]), 0.0);
        problem.check(&start);
        problem.assert_stationary(&vec![1.0; n]);
    }
}

/// 22. Extended Powell singular.
#[differentiate]
pub(crate) fn extended_powell(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for four in x.chunks(4) {
        let f1 = four[0] + 10.0 * four[1];
        let f2 = 5.0_f64.sqrt() * (four[2] - four[3]);
        let f3 = (four[1] - 2.0 * four[2]).powi(2);
        let f4 = 10.0_f64.sqrt() * (four[0] - four[3]).powi(2);
        sum += f1 * f1 + f2 * f2 + f3 * f3 + f4 * f4;
    }
    sum
}

pub(crate) fn extended_powell_rows(x: &[f64]) -> Rows {
    let n = x.len();
    let (five, ten) = (5f64.sqrt(), 10f64.sqrt());
    let four = |k: usize| {
        let (a, b) = (x[k + 1] - 2.0 * x[k + 2], x[k] - x[k + 3]);
        [
            (x[k] + 10.0 * x[k + 1], unit(n, &[(k, 1.0), (k + 1, 10.0)])),
            (
                five * (x[k + 2] - x[k + 3]),
                unit(n, &[(k + 2, five), (k + 3, -five)]),
            ),
            (a * a, unit(n, &[(k + 1, 2.0 * a), (k + 2, -4.0 * a)])),
            (
                ten * b * b,
                unit(n, &[(k, 2.0 * ten * b), (k + 3, -2.0 * ten * b)]),
            ),
        ]
    };
    (0..n).step_by(4).flat_map(four).collect()
}

#[test]
fn extended_powell_is_right() {
    let problem = problem!(extended_powell(&[]), extended_powell_rows);
    for (n, value) in [(8, "430"), (12, "645")] {
        let start: Vec<f64> = [3.0, -1.0, 0.0, 1.0].into_iter().cycle().take(n).collect();
        assert_published(extended_powell(&start), value);
        assert_eq!(
            extended_powell::value_and_gradient(&vec![0.0; n]),
            (0.0, vec![0.0; n])
        );
        problem.check(&start);
    }
}

/// 23. Penalty function I.
#[differentiate]
pub(crate) fn penalty_1(x: &[f64]) -> f64 {
    let mut near = 0.0;
    let mut squares = 0.0;
    for xi in x.iter() {
        near += (xi - 1.0).powi(2);
        squares += xi.powi(2);
    }
    1e-5 * near + (squares - 0.25).powi(2)
}

pub(crate) fn penalty_1_rows(x: &[f64]) -> Rows {
    let n = x.len();
    let root = 1e-5f64.sqrt();
    let one = |i: usize| (root * (x[i] - 1.0), unit(n, &[(i, root)]));
    let squares: f64 = x.iter().map(|x| x * x).sum();
    let mut rows: Rows = (0..n).map(one).collect();
    rows.push((squares - 0.25, x.iter().map(|x| 2.0 * x).collect()));
    rows
}

#[test]
fn penalty_function_1_is_right() {
    let problem = problem!(penalty_1(&[]), penalty_1_rows);
    for (n, value, minimum) in [
        (4, "885.063", "2.24997e-5"),
        (10, "148032.56", "7.08765e-5"),
    ] {
        let start: Vec<f64> = (1..=n).map(|i| i as f64).collect();
        assert_published(penalty_1(&start), value);
        problem.check(&start);
        problem.assert_minimum_near(&start, minimum);
    }
}

/// 24. Penalty function II.
#[differentiate]
pub(crate) fn penalty_2(x: &[f64]) -> f64 {
    let n = x.len();
    let a = 1e-5_f64;
    let mut sum = (x[0] - 0.2).powi(2);
    for i in 1..n {
        let y = ((i + 1) as f64 / 10.0).exp() + (i as f64 / 10.0).exp();
        let r = (x[i] / 10.0).exp() + (x[i - 1] / 10.0).exp() - y;
        sum += a * r * r;
    }
    for i in n..2 * n - 1 {
        let r = (x[i - n + 1] / 10.0).exp() - (-0.1f64).exp();
        sum += a * r * r;
    }
    let mut norm = -1.0;
    for (j, xj) in x.iter().enumerate() {
        norm += (n - j) as f64 * xj * xj;
    }
    sum + norm * norm
}

pub(crate) fn penalty_2_rows(x: &[f64]) -> Rows {
    let n = x.len();
    let root = 1e-5f64.sqrt();
    let e: Vec<f64> = x.iter().map(|x| root * (0.1 * x).exp()).collect();
    let mut rows = vec![(x[0] - 0.2, unit(n, &[(0, 1.0)]))];
    for i in 1..n {
        let y = (0.1 * i as f64).exp() + (0.1 * (i as f64 + 1.0)).exp();
        let slopes = unit(n, &[(i - 1, 0.1 * e[i - 1]), (i, 0.1 * e[i])]);
        rows.push((e[i - 1] + e[i] - root * y, slopes));
    }
    for i in 1..n {
        rows.push((e[i] - root * (-0.1f64).exp(), unit(n, &[(i, 0.1 * e[i])])));
    }
    let weighted = |power: i32| move |(j, x): (usize, &f64)| (n - j) as f64 * x.powi(power);
    let norm: f64 = x.iter().enumerate().map(weighted(2)).sum();
    let slopes = x.iter().enumerate().map(weighted(1)).map(|s| 2.0 * s);
    rows.push((norm - 1.0, slopes.collect()));
    rows
}

#[test]
fn penalty_function_2_is_right() {
    let problem = problem!(penalty_2(&[]), penalty_2_rows);
    for (n, value, minimum) in [(4, "2.34000", "9.37629e-6"), (10, "162.652", "2.93660e-4")] {
        let start = vec![0.5; n];
        assert_published(penalty_2(&start), value);
        problem.check(&start);
        problem.assert_minimum_near(&start, minimum);
    }
}

/// 25. Variably dimensioned.
#[differentiate]
pub(crate) fn variably_dimensioned(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    let mut weighted = 0.0;
    for (j, &xj) in x.iter().enumerate() {
        sum += (xj - 1.0).powi(2);
        weighted += (j + 1) as f64 * (xj - 1.0);
    }
    sum + weighted.powi(2) + weighted.powi(4)
}

pub(crate) fn variably_dimensioned_rows(x: &[f64]) -> Rows {
    let n = x.len();
    let one = |i: usize| (x[i] - 1.0, unit(n, &[(i, 1.0)]));
    let sum: f64 = (0..n).map(|j| (j + 1) as f64 * (x[j] - 1.0)).sum();
    let slopes = |scale: f64| (1..=n).map(|j| scale * j as f64).collect();
    let mut rows: Rows = (0..n).map(one).collect();
    rows.push((sum, slopes(1.0)));
    rows.push((sum * sum, slopes(2.0 * sum)));
    rows
}

#[test]
fn variably_dimensioned_is_right() {
    let problem = problem!(variably_dimensioned(&[]), variably_dimensioned_rows);
    for n in [6, 10, 12] {
        let start: Vec<f64> = (1..=n).map(|j| 1.0 - j as f64 / n as f64).collect();
        if n == 10 {
            // 3.85 + 38.5² + 38.5⁴
            assert_published(variably_dimensioned(&start), "2198551.1625");
        }
        assert_eq!(variably_dimensioned(&vec![1.0; n]), 0.0);
        problem.check(&start);
        problem.assert_stationary(&vec![1.0; n]);
    }
}
