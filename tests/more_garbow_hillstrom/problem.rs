//! What every problem is asked.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::differences::partial;

/// The residuals and the rows of their Jacobian.
pub(crate) type Rows = Vec<(f64, Vec<f64>)>;

pub(crate) type Second = (f64, Vec<f64>, Vec<Vec<f64>>);

/// A plain function, what the attribute put beside it, and the rows written by hand.
pub(crate) struct Problem<'a> {
    pub(crate) plain: &'a dyn Fn(&[f64]) -> f64,
    pub(crate) first: &'a dyn Fn(&[f64]) -> (f64, Vec<f64>),
    pub(crate) second: &'a dyn Fn(&[f64]) -> Second,
    pub(crate) jvp: &'a dyn Fn(&[f64], &[f64]) -> (f64, f64),
    pub(crate) hvp: &'a dyn Fn(&[f64], &[f64]) -> Vec<f64>,
    pub(crate) rows: &'a dyn Fn(&[f64]) -> Rows,
}

/// `problem!(f(&[]), rows)` for a slice, `f([3])` and `f(&[3])` for arrays, `f(x, y)` for scalars.
macro_rules! problem {
    ($f:ident(&[]), $rows:expr) => {
        &$crate::problem::Problem {
            plain: &|x| $f(x),
            first: &|x| $f::value_and_gradient(x),
            second: &|x| $f::value_gradient_hessian(x),
            jvp: &|x, v| $f::jvp(x, v),
            hvp: &|x, v| $f::hvp(x, v),
            rows: &$rows,
        }
    };
    (@array $f:ident, $n:literal, $x:ident, $point:expr, $rows:expr) => {
        &$crate::problem::Problem {
            plain: &|$x| $f($point),
            first: &|$x| {
                let (value, gradient) = $f::value_and_gradient($point);
                (value, gradient.to_vec())
            },
            second: &|$x| {
                let (value, gradient, rows) = $f::value_gradient_hessian($point);
                (value, gradient.to_vec(), rows.map(|row| row.to_vec()).to_vec())
            },
            jvp: &|x, v| {
                $f::jvp($crate::problem::array::<$n>(x), $crate::problem::array::<$n>(v))
            },
            hvp: &|x, v| {
                $f::hvp($crate::problem::array::<$n>(x), $crate::problem::array::<$n>(v)).to_vec()
            },
            rows: &$rows,
        }
    };
    ($f:ident([$n:literal]), $rows:expr) => {
        $crate::problem::problem!(@array $f, $n, x, $crate::problem::array::<$n>(x), $rows)
    };
    ($f:ident(&[$n:literal]), $rows:expr) => {
        $crate::problem::problem!(@array $f, $n, x, &$crate::problem::array::<$n>(x), $rows)
    };
    ($f:ident($($x:ident),+), $rows:expr) => {
        &$crate::problem::Problem {
            plain: &|x| {
                let [$($x),+] = $crate::problem::array(x);
                $f($($x),+)
            },
            first: &|x| {
                let [$($x),+] = $crate::problem::array(x);
                let (value, gradient) = $f::value_and_gradient($($x),+);
                (value, gradient.to_vec())
            },
            second: &|x| {
                let [$($x),+] = $crate::problem::array(x);
                let (value, gradient, rows) = $f::value_gradient_hessian($($x),+);
                (value, gradient.to_vec(), rows.map(|row| row.to_vec()).to_vec())
            },
            jvp: &|x, v| $f::jvp($crate::problem::array(x), $crate::problem::array(v)),
            hvp: &|x, v| $f::hvp($crate::problem::array(x), $crate::problem::array(v)).to_vec(),
            rows: &$rows,
        }
    };
}
pub(crate) use problem;

pub(crate) fn array<const N: usize>(x: &[f64]) -> [f64; N] {
    x.try_into().unwrap()
}

/// The published digits stand as in the paper; it cuts some numbers off and rounds others, so one unit of the last place is
/// allowed.
#[track_caller]
pub(crate) fn assert_published(actual: f64, digits: &str) {
    let expected: f64 = digits.parse().unwrap();
    let (mantissa, exponent) = digits.split_once('e').unwrap_or((digits, "0"));
    let places = mantissa
        .split_once('.')
        .map_or(0, |(_, places)| places.len());
    let unit = 10f64.powi(exponent.parse::<i32>().unwrap() - places as i32);
    assert!(
        (actual - expected).abs() <= 1.0001 * unit,
        "{actual} is not {digits}"
    );
}

#[track_caller]
pub(crate) fn assert_same(actual: f64, expected: f64) {
    assert!(
        (actual - expected).abs() <= 1e-12 * expected,
        "{actual} is not {expected}"
    );
}

fn moved(x: &[f64], by: f64) -> Vec<f64> {
    // Neither a pattern nor a symmetry of the point survives.
    let shift = |(i, &x): (usize, &f64)| {
        let size = if x == 0.0 { 0.5 } else { x.abs() };
        x + by * size * (0.6 + ((i * i + 3 * i) % 7) as f64 / 10.0) * [1.0, -1.0][i % 2]
    };
    x.iter().enumerate().map(shift).collect()
}

impl Problem<'_> {
    /// The derivatives at the standard starting point and at two points beside it.
    #[track_caller]
    pub(crate) fn check(&self, start: &[f64]) {
        self.check_at(start);
        self.check_at(&moved(start, 0.07));
        self.check_at(&moved(start, -0.11));
    }

    #[track_caller]
    pub(crate) fn check_at(&self, x: &[f64]) {
        let n = x.len();
        let value = (self.plain)(x);
        let (first_value, gradient) = (self.first)(x);
        let (second_value, second_gradient, hessian) = (self.second)(x);
        let v: Vec<f64> = (0..n).map(|i| 1.0 - 0.3 * i as f64).collect();
        let (jvp_value, slope) = (self.jvp)(x, &v);
        for of in [first_value, second_value, jvp_value] {
            assert_eq!(of.to_bits(), value.to_bits(), "{of} is not {value}");
        }
        assert_eq!((gradient.len(), hessian.len()), (n, n));

        let rows = (self.rows)(x);
        let sum: f64 = rows.iter().map(|(r, _)| r * r).sum();
        assert!((sum - value).abs() <= 1e-12 * value, "{sum} is not {value}");

        let (mut along, mut along_size) = (0.0, 0.0);
        for i in 0..n {
            let (by_hand, size) = slope_by_hand(&rows, i);
            // A residual near zero still has the rounding of its terms.
            let rounding = 1e-15 * column_size(&rows, i);
            for slope in [gradient[i], second_gradient[i]] {
                assert!(
                    (slope - by_hand).abs() <= 1e-12 * size + rounding,
                    "at {x:?} slope {i} is {slope}, by hand {by_hand}"
                );
            }
            let (quotient, error) = partial(self.plain, x, i);
            assert!(
                (gradient[i] - quotient).abs() <= 1e-7 * size + 4.0 * error,
                "at {x:?} slope {i} is {}, by differences {quotient} ± {error}",
                gradient[i]
            );
            assert!(
                error <= 1e-4 * size + 1e-9 * value,
                "differences give {quotient} ± {error} at {x:?}"
            );
            along += v[i] * by_hand;
            along_size += v[i].abs() * (size + 1e3 * rounding);
        }
        assert!((slope - along).abs() <= 1e-12 * along_size);
        self.check_hessian(x, &hessian);

        let product = (self.hvp)(x, &v);
        for i in 0..n {
            let (mut along, mut along_size) = (0.0, 0.0);
            for j in 0..n {
                along += hessian[i][j] * v[j];
                along_size += (hessian[i][j] * v[j]).abs();
            }
            let size = along_size + curvature_size(&rows, i, i) * v[i].abs();
            assert!(
                (product[i] - along).abs() <= 1e-11 * size,
                "at {x:?} product {i} is {}, row by row {along}",
                product[i]
            );
        }
    }

    /// Against differences of the gradient by hand.
    #[track_caller]
    fn check_hessian(&self, x: &[f64], hessian: &[Vec<f64>]) {
        let n = x.len();
        let rows = (self.rows)(x);
        for j in 0..n {
            // One row after another asks for the gradient at the same points.
            let known = RefCell::new(HashMap::<u64, Vec<f64>>::new());
            let gradient = |x: &[f64]| {
                let rows = (self.rows)(x);
                (0..n).map(|i| slope_by_hand(&rows, i).0).collect()
            };
            for i in 0..n {
                assert_eq!(hessian[i][j].to_bits(), hessian[j][i].to_bits());
                let along = |x: &[f64]| {
                    let mut known = known.borrow_mut();
                    known.entry(x[j].to_bits()).or_insert_with(|| gradient(x))[i]
                };
                let (quotient, error) = partial(along, x, j);
                let size = curvature_size(&rows, i, j).max(hessian[i][j].abs());
                // A slope near zero still has the rounding of its terms, which the differences divide by the step.
                let terms = slope_by_hand(&rows, i).1;
                let step = if x[j] == 0.0 { 1.0 } else { x[j].abs() };
                let rounding = 1e2 * f64::EPSILON * terms / step;
                assert!(
                    (hessian[i][j] - quotient).abs() <= 1e-8 * size + 4.0 * error + rounding,
                    "at {x:?} entry {i} {j} is {}, by differences {quotient} ± {error}",
                    hessian[i][j]
                );
                assert!(
                    error <= 1e-5 * size + 1e-9 * terms,
                    "differences give {quotient} ± {error} at {x:?}"
                );
            }
        }
    }

    /// The gradient vanishes at `x`, up to the rounding of the residuals.
    #[track_caller]
    pub(crate) fn assert_stationary(&self, x: &[f64]) {
        let (_, gradient) = (self.first)(x);
        let rows = (self.rows)(x);
        for (i, slope) in gradient.iter().enumerate() {
            let size = 1e-9 * slope_by_hand(&rows, i).1 + 1e-13 * column_size(&rows, i);
            assert!(slope.abs() <= size, "at {x:?} slope {i} is {slope}");
        }
    }

    /// From `x` down by Newton's method with the attribute's derivatives; the value there has the published digits, and
    /// the gradient vanishes.
    #[track_caller]
    pub(crate) fn assert_minimum_near(&self, x: &[f64], digits: &str) -> Vec<f64> {
        self.assert_solved(x, digits);
        let x = self.descend_from(x);
        assert_published((self.plain)(&x), digits);
        self.assert_stationary(&x);
        x
    }

    pub(crate) fn descend_from(&self, start: &[f64]) -> Vec<f64> {
        let mut x = start.to_vec();
        let mut damping = 1e-3;
        let mut still = 0;
        for _ in 0..3000 {
            let (value, gradient, mut matrix) = (self.second)(&x);
            for i in 0..x.len() {
                let diagonal = matrix[i][i].abs().max(1e-12);
                matrix[i][i] += damping * diagonal;
            }
            let step = solve(matrix, &gradient);
            let downhill: f64 = step.iter().zip(&gradient).map(|(s, g)| s * g).sum();
            let next: Vec<f64> = x.iter().zip(&step).map(|(x, s)| x - s).collect();
            let lower = (self.plain)(&next);
            // At the bottom the value no longer tells; full steps then make the slopes small.
            let flat = (lower - value).abs() <= 1e-14 * value.abs();
            if downhill >= 0.0 && (lower < value || flat) {
                x = next;
                damping = if damping < 1e-9 { 0.0 } else { damping / 5.0 };
                still = if flat { still + 1 } else { 0 };
                if still > 5 || lower == 0.0 {
                    break;
                }
            } else {
                damping = (damping * 4.0).max(1e-6);
            }
        }
        x
    }
}

/// `2 Jᵀ F` at place `i`, and the size of its terms.
fn slope_by_hand(rows: &Rows, i: usize) -> (f64, f64) {
    let terms = rows.iter().map(|(r, slopes)| 2.0 * r * slopes[i]);
    terms.fold((0.0, 0.0), |(sum, size), t| (sum + t, size + t.abs()))
}

/// The size of `2 JᵀJ`, which is what an entry of the Hessian near zero is compared with.
fn curvature_size(rows: &Rows, i: usize, j: usize) -> f64 {
    let terms = rows
        .iter()
        .map(|(_, slopes)| (2.0 * slopes[i] * slopes[j]).abs());
    terms.sum()
}

fn column_size(rows: &Rows, i: usize) -> f64 {
    rows.iter().map(|(_, slopes)| slopes[i].abs()).sum()
}

/// Gaussian elimination with pivoting.
fn solve(mut matrix: Vec<Vec<f64>>, right: &[f64]) -> Vec<f64> {
    let n = right.len();
    for (row, &r) in matrix.iter_mut().zip(right) {
        row.push(r);
    }
    for i in 0..n {
        let pivot = (i..n).max_by(|&a, &b| matrix[a][i].abs().total_cmp(&matrix[b][i].abs()));
        matrix.swap(i, pivot.unwrap());
        for k in 0..n {
            if k != i {
                let factor = matrix[k][i] / matrix[i][i];
                for j in i..=n {
                    let change = factor * matrix[i][j];
                    matrix[k][j] -= change;
                }
            }
        }
    }
    (0..n).map(|i| matrix[i][n] / matrix[i][i]).collect()
}
