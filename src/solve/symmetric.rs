//! Symmetric matrices of floats: Cholesky's factors, and eigenvectors by Jacobi's rotations.

use alloc::{vec, vec::Vec};

use crate::rules::Primitive;
use num_traits::Float;

/// The solution of `H x = b`, if `H` is positive definite beyond rounding errors.
pub(super) fn solve_definite<T: Primitive>(hessian: &[T], right: &[T]) -> Option<Vec<T>> {
    let n = right.len();
    let mut lower = hessian.to_vec();
    for j in 0..n {
        let mut pivot = lower[j * n + j];
        let noise = T::round_from((j + 1) as f64) * T::epsilon() * pivot.abs();
        for k in 0..j {
            pivot -= lower[j * n + k] * lower[j * n + k];
        }
        let is_definite = pivot > noise && Float::is_finite(pivot);
        if !is_definite {
            return None;
        }
        let root = Float::sqrt(pivot);
        lower[j * n + j] = root;
        for i in j + 1..n {
            let sum = (0..j).fold(lower[i * n + j], |sum, k| {
                sum - lower[i * n + k] * lower[j * n + k]
            });
            lower[i * n + j] = sum / root;
        }
    }
    let mut x = right.to_vec();
    for i in 0..n {
        let sum = (0..i).fold(x[i], |sum, k| sum - lower[i * n + k] * x[k]);
        x[i] = sum / lower[i * n + i];
    }
    for i in (0..n).rev() {
        let sum = (i + 1..n).fold(x[i], |sum, k| sum - lower[k * n + i] * x[k]);
        x[i] = sum / lower[i * n + i];
    }
    Some(x)
}

/// The eigenvalues, and a matrix whose columns are the eigenvectors.
pub(super) fn eigen<T: Primitive>(matrix: &[T], n: usize) -> (Vec<T>, Vec<T>) {
    let mut matrix = matrix.to_vec();
    let mut vectors = vec![T::zero(); n * n];
    (0..n).for_each(|i| vectors[i * n + i] = T::one());
    let two = T::round_from(2.0);
    // Convergence is quadratic: a dozen sweeps are more than it ever takes.
    for _ in 0..30 {
        let mut is_diagonal = true;
        for p in 0..n {
            for q in p + 1..n {
                let off = matrix[p * n + q];
                let diagonal = (matrix[p * n + p].abs() * matrix[q * n + q].abs()).sqrt();
                let largest = matrix[p * n + p].abs().max(matrix[q * n + q].abs());
                if off.abs() <= T::epsilon() * diagonal.max(T::epsilon() * largest) {
                    continue;
                }
                is_diagonal = false;
                let theta = (matrix[q * n + q] - matrix[p * n + p]) / (two * off);
                let tangent = theta.signum() / (theta.abs() + theta.hypot(T::one()));
                let cosine = T::one() / tangent.hypot(T::one());
                let sine = tangent * cosine;
                for k in 0..n {
                    let (x, y) = (matrix[k * n + p], matrix[k * n + q]);
                    matrix[k * n + p] = cosine * x - sine * y;
                    matrix[k * n + q] = sine * x + cosine * y;
                    let (x, y) = (vectors[k * n + p], vectors[k * n + q]);
                    vectors[k * n + p] = cosine * x - sine * y;
                    vectors[k * n + q] = sine * x + cosine * y;
                }
                for k in 0..n {
                    let (x, y) = (matrix[p * n + k], matrix[q * n + k]);
                    matrix[p * n + k] = cosine * x - sine * y;
                    matrix[q * n + k] = sine * x + cosine * y;
                }
            }
        }
        if is_diagonal {
            break;
        }
    }
    ((0..n).map(|i| matrix[i * n + i]).collect(), vectors)
}
