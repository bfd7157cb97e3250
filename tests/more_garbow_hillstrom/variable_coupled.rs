//! Problems 26 to 31: every residual has several or all variables.

use chainrule::differentiate;

use crate::problem::{Rows, assert_published, problem};

/// 26. Trigonometric.
#[differentiate]
pub(crate) fn trigonometric(x: &[f64]) -> f64 {
    let n = x.len();
    let mut cosines = 0.0;
    for j in 0..n {
        cosines += x[j].cos();
    }
    let mut sum = 0.0;
    for i in 0..n {
        let r = n as f64 - cosines + (i + 1) as f64 * (1.0 - x[i].cos()) - x[i].sin();
        sum += r * r;
    }
    sum
}

pub(crate) fn trigonometric_rows(x: &[f64]) -> Rows {
    let n = x.len();
    let bends: f64 = x.iter().map(|x| 1.0 - x.cos()).sum();
    let row = |i: usize| {
        let weight = i as f64 + 1.0;
        let mut slopes: Vec<f64> = x.iter().map(|x| x.sin()).collect();
        slopes[i] += weight * x[i].sin() - x[i].cos();
        (bends + weight * (1.0 - x[i].cos()) - x[i].sin(), slopes)
    };
    (0..n).map(row).collect()
}

#[test]
fn trigonometric_is_right() {
    let problem = problem!(trigonometric(&[]), trigonometric_rows);
    for n in [6, 10, 12] {
        let start = vec![1.0 / n as f64; n];
        if n == 10 {
            assert_published(trigonometric(&start), "7.0758e-3");
            // The local minimum most methods reach from there.
            problem.assert_minimum_near(&start, "2.79506e-5");
        }
        assert_eq!(trigonometric(&vec![0.0; n]), 0.0);
        problem.check(&start);
        problem.assert_stationary(&vec![0.0; n]);
    }
}

/// 27. Brown almost-linear.
#[differentiate]
pub(crate) fn brown_almost_linear(x: &[f64]) -> f64 {
    let n = x.len();
    let total: f64 = x.iter().sum();
    let product: f64 = x.iter().product();
    let mut sum = 0.0;
    for &xi in &x[..n - 1] {
        sum += (xi + total - (n + 1) as f64).powi(2);
    }
    sum + (product - 1.0).powi(2)
}

pub(crate) fn brown_almost_linear_rows(x: &[f64]) -> Rows {
    let n = x.len();
    let total: f64 = x.iter().sum();
    let row = |i: usize| {
        let mut slopes = vec![1.0; n];
        slopes[i] = 2.0;
        (x[i] + total - (n as f64 + 1.0), slopes)
    };
    let others = |i: usize| (0..n).filter(|&j| j != i).map(|j| x[j]).product();
    let mut rows: Rows = (0..n - 1).map(row).collect();
    rows.push((
        x.iter().product::<f64>() - 1.0,
        (0..n).map(others).collect(),
    ));
    rows
}

#[test]
fn brown_almost_linear_is_right() {
    let problem = problem!(brown_almost_linear(&[]), brown_almost_linear_rows);
    for n in [6, 10, 12] {
        let start = vec![0.5; n];
        if n == 10 {
            assert_published(brown_almost_linear(&start), "273.248");
        }
        problem.check(&start);
        assert_eq!(brown_almost_linear(&vec![1.0; n]), 0.0);
        problem.assert_stationary(&vec![1.0; n]);
        // The local minimum, of value 1, where the product of the others is zero.
        let mut local = vec![0.0; n];
        local[n - 1] = n as f64 + 1.0;
        assert_eq!(brown_almost_linear(&local), 1.0);
        problem.assert_stationary(&local);
        problem.check_at(&local);
    }
}

/// 28. Discrete boundary value.
#[differentiate]
pub(crate) fn discrete_boundary_value(x: &[f64]) -> f64 {
    let n = x.len();
    let h = 1.0 / (n + 1) as f64;
    let mut sum = 0.0;
    for i in 0..n {
        let left = if i == 0 { 0.0 } else { x[i - 1] };
        let right = if i + 1 < n { x[i + 1] } else { 0.0 };
        let t = (i + 1) as f64 * h;
        let r = 2.0 * x[i] - left - right + h * h * (x[i] + t + 1.0).powi(3) / 2.0;
        sum += r * r;
    }
    sum
}

pub(crate) fn discrete_boundary_value_rows(x: &[f64]) -> Rows {
    let n = x.len();
    let h = 1.0 / (n as f64 + 1.0);
    let row = |i: usize| {
        let c = x[i] + h * (i as f64 + 1.0) + 1.0;
        let mut residual = 2.0 * x[i] + 0.5 * h * h * c * c * c;
        let mut slopes = vec![0.0; n];
        slopes[i] = 2.0 + 1.5 * h * h * c * c;
        if i > 0 {
            residual -= x[i - 1];
            slopes[i - 1] = -1.0;
        }
        if i + 1 < n {
            residual -= x[i + 1];
            slopes[i + 1] = -1.0;
        }
        (residual, slopes)
    };
    (0..n).map(row).collect()
}

/// The starting point of 28 and 29.
pub(crate) fn parabola(n: usize) -> Vec<f64> {
    let h = 1.0 / (n + 1) as f64;
    let t = (1..=n).map(|i| i as f64 * h);
    t.map(|t| t * (t - 1.0)).collect()
}

/// The paper has the solution of 28 for n = 5 in a reference only; these are the digits others print.
const BOUNDARY_5: [&str; 5] = [
    "-0.075022",
    "-0.131976",
    "-0.164848",
    "-0.164664",
    "-0.117417",
];

#[test]
fn discrete_boundary_value_is_right() {
    let problem = problem!(discrete_boundary_value(&[]), discrete_boundary_value_rows);
    for n in [5, 8, 12] {
        problem.check(&parabola(n));
        let zero = problem.descend_from(&parabola(n));
        assert!(discrete_boundary_value(&zero) < 1e-30);
        problem.assert_stationary(&zero);
        if n == 5 {
            for (x, digits) in zero.iter().zip(BOUNDARY_5) {
                assert_published(*x, digits);
            }
        }
    }
}

/// 29. Discrete integral equation.
#[differentiate]
pub(crate) fn discrete_integral_equation(x: &[f64]) -> f64 {
    let n = x.len();
    let h = 1.0 / (n + 1) as f64;
    let mut total = 0.0;
    for i in 1..=n {
        let t = i as f64 * h;
        let mut below = 0.0;
        for j in 1..=i {
            let s = j as f64 * h;
            below += s * (x[j - 1] + s + 1.0).powi(3);
        }
        let mut above = 0.0;
        for j in i + 1..=n {
            let s = j as f64 * h;
            above += (1.0 - s) * (x[j - 1] + s + 1.0).powi(3);
        }
        let r = x[i - 1] + h * ((1.0 - t) * below + t * above) / 2.0;
        total += r * r;
    }
    total
}

pub(crate) fn discrete_integral_equation_rows(x: &[f64]) -> Rows {
    let n = x.len();
    let h = 1.0 / (n as f64 + 1.0);
    let row = |i: usize| {
        let t = h * (i as f64 + 1.0);
        let mut residual = x[i];
        let mut slopes = vec![0.0; n];
        slopes[i] = 1.0;
        for j in 0..n {
            let s = h * (j as f64 + 1.0);
            let kernel = 0.5 * h * (s.min(t) * (1.0 - s.max(t)));
            let c = x[j] + s + 1.0;
            residual += kernel * c * c * c;
            slopes[j] += 3.0 * kernel * c * c;
        }
        (residual, slopes)
    };
    (0..n).map(row).collect()
}

#[test]
fn discrete_integral_equation_is_right() {
    let rows = discrete_integral_equation_rows;
    let problem = problem!(discrete_integral_equation(&[]), rows);
    for n in [5, 8, 12] {
        problem.check(&parabola(n));
        let zero = problem.descend_from(&parabola(n));
        assert!(discrete_integral_equation(&zero) < 1e-30);
        problem.assert_stationary(&zero);
        // The quadrature is the Green's function of the difference equation: both problems have one solution.
        assert!(discrete_boundary_value(&zero) < 1e-28);
    }
}

/// 30. Broyden tridiagonal.
#[differentiate]
pub(crate) fn broyden_tridiagonal(x: &[f64]) -> f64 {
    let n = x.len();
    let mut sum = 0.0;
    for i in 0..n {
        let mut r = (3.0 - 2.0 * x[i]) * x[i] + 1.0;
        if i > 0 {
            r -= x[i - 1];
        }
        if i < n - 1 {
            r -= 2.0 * x[i + 1];
        }
        sum += r.powi(2);
    }
    sum
}

pub(crate) fn broyden_tridiagonal_rows(x: &[f64]) -> Rows {
    let n = x.len();
    let at = |i: Option<usize>| i.and_then(|i| x.get(i)).copied().unwrap_or(0.0);
    let row = |i: usize| {
        let mut slopes = vec![0.0; n];
        for (j, slope) in slopes.iter_mut().enumerate() {
            *slope = match j as i64 - i as i64 {
                -1 => -1.0,
                0 => 3.0 - 4.0 * x[i],
                1 => -2.0,
                _ => 0.0,
            };
        }
        let curve = 3.0 * x[i] - 2.0 * x[i] * x[i];
        (
            curve - at(i.checked_sub(1)) - 2.0 * at(Some(i + 1)) + 1.0,
            slopes,
        )
    };
    (0..n).map(row).collect()
}

#[test]
fn broyden_tridiagonal_is_right() {
    let problem = problem!(broyden_tridiagonal(&[]), broyden_tridiagonal_rows);
    for (n, value) in [(6, "17"), (10, "21"), (12, "23")] {
        let start = vec![-1.0; n];
        assert_published(broyden_tridiagonal(&start), value);
        problem.check(&start);
        let zero = problem.descend_from(&start);
        assert!(broyden_tridiagonal(&zero) < 1e-28);
        problem.assert_stationary(&zero);
    }
}

/// 31. Broyden banded: five neighbours below, one above.
#[differentiate]
pub(crate) fn broyden_banded(x: &[f64]) -> f64 {
    let n = x.len();
    let mut sum = 0.0;
    for i in 0..n {
        let mut neighbours = 0.0;
        for j in i.saturating_sub(5)..=(i + 1).min(n - 1) {
            if j == i {
                continue;
            }
            neighbours += x[j] * (1.0 + x[j]);
        }
        let r = x[i] * (2.0 + 5.0 * x[i].powi(2)) + 1.0 - neighbours;
        sum += r * r;
    }
    sum
}

pub(crate) fn broyden_banded_rows(x: &[f64]) -> Rows {
    let n = x.len();
    let row = |i: usize| {
        let mut residual = 2.0 * x[i] + 5.0 * x[i] * x[i] * x[i] + 1.0;
        let mut slopes = vec![0.0; n];
        slopes[i] = 2.0 + 15.0 * x[i] * x[i];
        for j in 0..n {
            if j != i && j + 5 >= i && j <= i + 1 {
                residual -= x[j] + x[j] * x[j];
                slopes[j] = -1.0 - 2.0 * x[j];
            }
        }
        (residual, slopes)
    };
    (0..n).map(row).collect()
}

#[test]
fn broyden_banded_is_right() {
    let problem = problem!(broyden_banded(&[]), broyden_banded_rows);
    for (n, value) in [(6, "216"), (10, "360"), (12, "432")] {
        let start = vec![-1.0; n];
        assert_published(broyden_banded(&start), value);
        problem.check(&start);
        let zero = problem.descend_from(&start);
        assert!(broyden_banded(&zero) < 1e-28);
        problem.assert_stationary(&zero);
    }
}
