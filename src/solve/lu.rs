//! Gaussian elimination of floats, and what solves with it over any number.
//!
//! `A x = b` over numbers: with the primal matrix `A₀ = L U`, the value is `A₀⁻¹ b₀`, and every step
//! `x ← x + A₀⁻¹ (b - A x)` makes the derivatives of one order more exact, since `A - A₀` has no value. So the first step is
//! `x' = A₀⁻¹ (b' - A' x)`, and there are as many steps as orders.

use super::error::{Error, all_finite};
use crate::rules::Scalar;
use num_traits::Float;

/// Row by row into `factors`: `U`, and below it `L` without its diagonal of ones. `order[i]` is the row of the matrix that
/// stands in row `i`.
#[inline]
pub(super) fn factorize<T: Float>(
    matrix: &[T],
    factors: &mut [T],
    order: &mut [usize],
) -> Result<(), Error> {
    let n = order.len();
    factors.copy_from_slice(matrix);
    for (i, row) in order.iter_mut().enumerate() {
        *row = i;
    }
    for k in 0..n {
        let mut best = k;
        for i in k + 1..n {
            if factors[i * n + k].abs() > factors[best * n + k].abs() {
                best = i;
            }
        }
        if best != k {
            order.swap(best, k);
            let (above, below) = factors.split_at_mut(best * n);
            above[k * n..][..n].swap_with_slice(&mut below[..n]);
        }
        let (done, rest) = factors.split_at_mut((k + 1) * n);
        let pivot_row = &done[k * n..];
        let pivot = pivot_row[k];
        // What the pivot was subtracted together from: it may be off by that many roundings.
        let terms = (0..k).fold(matrix[order[k] * n + k].abs(), |sum, i| {
            sum + (pivot_row[i] * done[i * n + k]).abs()
        });
        let noise = T::from(k + 1).unwrap_or_else(T::one) * T::epsilon() * terms;
        // A single element is no noise.
        if pivot == T::zero() || (k > 0 && pivot.abs() <= noise) {
            return Err(Error::Singular { pivot: k, size: n });
        }
        for row in rest.chunks_exact_mut(n) {
            let factor = row[k] / pivot;
            row[k] = factor;
            if factor != T::zero() {
                for j in k + 1..n {
                    row[j] = row[j] - factor * pivot_row[j];
                }
            }
        }
    }
    Ok(())
}

/// `A₀⁻¹ b`, part by part.
#[inline]
pub(super) fn substitute<S: Scalar>(
    factors: &[S::Primal],
    order: &[usize],
    right: &[S],
    x: &mut [S],
) {
    let n = order.len();
    for i in 0..n {
        let mut sum = right[order[i]];
        for j in 0..i {
            sum -= x[j] * factors[i * n + j];
        }
        x[i] = sum;
    }
    for i in (0..n).rev() {
        let mut sum = x[i];
        for j in i + 1..n {
            sum -= x[j] * factors[i * n + j];
        }
        x[i] = sum / factors[i * n + i];
    }
}

/// The factors of the primal matrix, and the order of its rows.
#[inline]
pub(super) fn factorize_primal<S: Scalar>(
    matrix: &[S],
    primal: &mut [S::Primal],
    factors: &mut [S::Primal],
    order: &mut [usize],
) -> Result<(), Error> {
    all_finite("the matrix", matrix)?;
    for (primal, number) in primal.iter_mut().zip(matrix) {
        *primal = number.primal();
    }
    factorize(primal, factors, order)
}

/// The solution of `A x = b`; `residual` and `change` are scratch of the same length.
#[inline]
pub(super) fn solve<S: Scalar>(
    matrix: &[S],
    (factors, order): (&[S::Primal], &[usize]),
    right: &[S],
    x: &mut [S],
    [residual, change]: [&mut [S]; 2],
) -> Result<(), Error> {
    all_finite("the right-hand side", right)?;
    for (constant, number) in residual.iter_mut().zip(right) {
        *constant = S::from_primal(number.primal());
    }
    substitute(factors, order, residual, x);
    for _ in 0..S::ORDER {
        improve(matrix, (factors, order), right, x, [residual, change]);
    }
    all_finite("the solution", x)
}

/// The solution where `right` has derivatives and no value: the first order is there at once.
#[inline]
pub(super) fn solve_without_value<S: Scalar>(
    matrix: &[S],
    (factors, order): (&[S::Primal], &[usize]),
    right: &[S],
    x: &mut [S],
    scratch: [&mut [S]; 2],
) -> Result<(), Error> {
    let [residual, change] = scratch;
    substitute(factors, order, right, x);
    for _ in 1..S::ORDER {
        improve(matrix, (factors, order), right, x, [residual, change]);
    }
    all_finite("the solution", x)
}

/// One order more: `x + A₀⁻¹ (b - A x)`, whose value stays.
#[inline]
fn improve<S: Scalar>(
    matrix: &[S],
    (factors, order): (&[S::Primal], &[usize]),
    right: &[S],
    x: &mut [S],
    [residual, change]: [&mut [S]; 2],
) {
    let n = order.len();
    for i in 0..n {
        let row = matrix[i * n..][..n].iter().zip(&*x);
        let rest = row.fold(right[i], |rest, (&a, &x)| rest - a * x);
        residual[i] = rest.with_primal(num_traits::zero());
    }
    substitute(factors, order, residual, change);
    for (x, &change) in x.iter_mut().zip(&*change) {
        *x = (*x + change).with_primal(x.primal());
    }
}
