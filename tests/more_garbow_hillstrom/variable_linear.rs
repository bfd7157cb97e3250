//! Problems 32 to 35: three linear ones, and Chebyquad.

use chainrule::differentiate;

use crate::problem::{Rows, assert_published, problem};

/// 32. Linear, full rank.
#[differentiate]
pub(crate) fn linear_full_rank(x: &[f64], m: usize) -> f64 {
    let n = x.len();
    let mut total = 0.0;
    for xj in x {
        total += xj;
    }
    let mut sum = 0.0;
    for i in 0..m {
        let mean = 2.0 * total / m as f64;
        let r = if i < n {
            x[i] - mean - 1.0
        } else {
            -mean - 1.0
        };
        sum += r * r;
    }
    sum
}

/// The linear problems have one more argument, which the checks do not know.
macro_rules! linear {
    ($f:ident, $m:expr, $rows:expr) => {{
        #[differentiate]
        fn fixed(x: &[f64]) -> f64 {
            $f(x, $m)
        }
        let problem = problem!(fixed(&[]), |x| $rows(x, $m));
        let at = [0.5, -1.0, 2.0, 0.25, -0.75];
        let (value, gradient) = $f::value_and_gradient(&at, $m);
        let (same, slopes) = fixed::value_and_gradient(&at);
        assert_eq!(value, same);
        // One goes back through the loop, the other forward: the sums are rounded in another order.
        let scale = gradient
            .iter()
            .fold(1.0, |scale: f64, slope| scale.max(slope.abs()));
        for (slope, same) in gradient.iter().zip(slopes) {
            assert!(
                (slope - same).abs() <= 8.0 * f64::EPSILON * scale,
                "{slope} is not {same}"
            );
        }
        problem
    }};
}

pub(crate) fn linear_full_rank_rows(x: &[f64], m: usize) -> Rows {
    let share = 2.0 / m as f64;
    let total: f64 = x.iter().sum();
    let row = |i: usize| {
        let mut slopes = vec![-share; x.len()];
        let mut residual = -share * total - 1.0;
        if let Some(x) = x.get(i) {
            residual += x;
            slopes[i] += 1.0;
        }
        (residual, slopes)
    };
    (0..m).map(row).collect()
}

#[test]
fn linear_of_full_rank_is_right() {
    let problem = linear!(linear_full_rank, 14, linear_full_rank_rows);
    for n in [5, 8, 10, 12] {
        // At the start every residual is -1 - 2n/m, and the first n have one more.
        let (m, n_) = (14.0, n as f64);
        let mean = 2.0 * n_ / m;
        let value = n_ * mean * mean + (m - n_) * (1.0 + mean) * (1.0 + mean);
        assert!((linear_full_rank(&vec![1.0; n], 14) - value).abs() < 1e-12);
        problem.check(&vec![1.0; n]);
        let minimiser = vec![-1.0; n];
        assert!((linear_full_rank(&minimiser, 14) - (m - n_)).abs() < 1e-13);
        problem.assert_stationary(&minimiser);
    }
    assert_published(linear_full_rank(&[1.0; 5], 10), "25");
}

/// 33. Linear, rank 1.
#[differentiate]
pub(crate) fn linear_rank_1(x: &[f64], m: usize) -> f64 {
    let mut weighted = 0.0;
    for (j, xj) in x.iter().enumerate() {
        weighted += (j + 1) as f64 * xj;
    }
    let mut sum = 0.0;
    for i in 1..=m {
        sum += (i as f64 * weighted - 1.0).powi(2);
    }
    sum
}

pub(crate) fn linear_rank_1_rows(x: &[f64], m: usize) -> Rows {
    let weighted: f64 = (0..x.len()).map(|j| (j as f64 + 1.0) * x[j]).sum();
    let row = |i: usize| {
        let i = i as f64;
        let slopes = (1..=x.len()).map(|j| i * j as f64).collect();
        (i * weighted - 1.0, slopes)
    };
    (1..=m).map(row).collect()
}

#[test]
fn linear_of_rank_1_is_right() {
    let problem = linear!(linear_rank_1, 14, linear_rank_1_rows);
    for n in [5, 8, 10, 12] {
        problem.check(&vec![1.0; n]);
        // Any point with Σ j x_j = 3 / (2m + 1).
        let mut minimiser = vec![0.0; n];
        minimiser[n - 1] = 3.0 / 29.0 / n as f64;
        let value = linear_rank_1(&minimiser, 14);
        assert!((value - 14.0 * 13.0 / 58.0).abs() < 1e-13);
        problem.assert_stationary(&minimiser);
    }
    assert_published(linear_rank_1(&[1.0; 5], 10), "84985");
    assert_published(
        linear_rank_1(&[0.0, 0.0, 0.0, 0.0, 1.0 / 35.0], 10),
        "2.142857",
    );
}

/// 34. Linear, rank 1, with zero columns and rows.
#[differentiate]
pub(crate) fn linear_rank_1_zeros(x: &[f64], m: usize) -> f64 {
    let n = x.len();
    let mut weighted = 0.0;
    for j in 2..n {
        weighted += j as f64 * x[j - 1];
    }
    let mut sum = 0.0;
    for i in 1..=m {
        let r = match i {
            1 => -1.0,
            i if i == m => -1.0,
            _ => (i - 1) as f64 * weighted - 1.0,
        };
        sum += r * r;
    }
    sum
}

pub(crate) fn linear_rank_1_zeros_rows(x: &[f64], m: usize) -> Rows {
    let n = x.len();
    let weights: Vec<f64> = (1..=n)
        .map(|j| if j == 1 || j == n { 0.0 } else { j as f64 })
        .collect();
    let weighted: f64 = weights.iter().zip(x).map(|(w, x)| w * x).sum();
    let row = |i: usize| {
        let i = if i == m - 1 { 0.0 } else { i as f64 };
        (i * weighted - 1.0, weights.iter().map(|w| i * w).collect())
    };
    (0..m).map(row).collect()
}

#[test]
fn linear_of_rank_1_with_zeros_is_right() {
    let problem = linear!(linear_rank_1_zeros, 14, linear_rank_1_zeros_rows);
    for n in [5, 8, 10, 12] {
        problem.check(&vec![1.0; n]);
        // Any point with Σ j x_j = 3 / (2m - 3).
        let mut minimiser = vec![7.0; n];
        minimiser[1..n - 1].fill(0.0);
        minimiser[1] = 3.0 / 25.0 / 2.0;
        let value = linear_rank_1_zeros(&minimiser, 14);
        assert!((value - (14.0 * 14.0 + 42.0 - 6.0) / 50.0).abs() < 1e-13);
        problem.assert_stationary(&minimiser);
        // Zero columns: the ends have no influence.
        let (_, gradient) = linear_rank_1_zeros::value_and_gradient(&vec![1.0; n], 14);
        assert_eq!((gradient[0], gradient[n - 1]), (0.0, 0.0));
    }
    assert_published(linear_rank_1_zeros(&[1.0; 5], 10), "15886");
}

/// 35. Chebyquad, with as many residuals as variables.
#[differentiate]
pub(crate) fn chebyquad(x: &[f64]) -> f64 {
    let n = x.len();
    let mut sums = vec![0.0; n];
    for &xj in x {
        let mut previous = 1.0;
        let mut current = 2.0 * xj - 1.0;
        let twice = 2.0 * current;
        for i in 0..n {
            sums[i] += current;
            let next = twice * current - previous;
            previous = current;
            current = next;
        }
    }
    let mut total = 0.0;
    for i in 0..n {
        let mut r = sums[i] / n as f64;
        if i % 2 == 1 {
            let degree = (i + 1) as f64;
            r += 1.0 / (degree * degree - 1.0);
        }
        total += r * r;
    }
    total
}

/// By the closed forms: `T_i(cos a) = cos(i a)`, with the slope `i sin(i a) / sin(a)`.
pub(crate) fn chebyquad_rows(x: &[f64]) -> Rows {
    let n = x.len() as f64;
    let angles: Vec<f64> = x.iter().map(|x| (2.0 * x - 1.0).acos()).collect();
    let row = |i: usize| {
        let degree = i as f64;
        let integral = if i % 2 == 0 {
            1.0 / (degree * degree - 1.0)
        } else {
            0.0
        };
        let values = angles.iter().map(|a| (degree * a).cos());
        let slopes = angles
            .iter()
            .map(|a| 2.0 * degree * (degree * a).sin() / a.sin() / n);
        (values.sum::<f64>() / n + integral, slopes.collect())
    };
    (1..=x.len()).map(row).collect()
}

#[test]
fn chebyquad_is_right() {
    let problem = problem!(chebyquad(&[]), chebyquad_rows);
    for (n, value, minimum) in [
        (6, None, None),
        (8, Some("3.86176e-2"), Some("3.51687e-3")),
        (9, None, None),
        (10, None, Some("6.50395e-3")),
        (12, None, None),
    ] {
        let start: Vec<f64> = (1..=n).map(|j| j as f64 / (n + 1) as f64).collect();
        // Strictly inside (0, 1), where the closed forms hold.
        for by in [0.0, 1.0, -1.5] {
            let shifts = [0.01, -0.007, 0.004].into_iter().cycle();
            let moved: Vec<f64> = start.iter().zip(shifts).map(|(x, s)| x + by * s).collect();
            problem.check_at(&moved);
        }
        if let Some(value) = value {
            assert_published(chebyquad(&start), value);
        }
        match minimum {
            Some(minimum) => {
                problem.assert_minimum_near(&start, minimum);
            }
            None if n < 10 => {
                let zero = problem.descend_from(&start);
                assert!(chebyquad(&zero) < 1e-28);
                problem.assert_stationary(&zero);
            }
            None => {}
        }
    }
}
