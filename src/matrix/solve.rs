//! `A X = B` by the factors of the values: each step `X ← X + A₀⁻¹ (B - A X)` makes one order more exact.

use super::rest;
use crate::rules::Scalar;

/// The derivatives of `x`, whose values solve the system of the values. `solve_values` applies `A₀⁻¹`, part by part, to one column.
pub(crate) fn refine<S: Scalar>(
    matrix: &[S],
    right: &[S],
    x: &mut [S],
    residual: &mut [S],
    mut solve_values: impl FnMut(&mut [S]),
) {
    let n = residual.len();
    for (x, right) in x.chunks_exact_mut(n).zip(right.chunks_exact(n)) {
        for order in 0..S::ORDER {
            residual.copy_from_slice(right);
            for (column, &x) in matrix.chunks_exact(n).zip(&*x) {
                if order == 0 {
                    // The solution has no derivatives yet.
                    let x = x.primal();
                    residual
                        .iter_mut()
                        .zip(column)
                        .for_each(|(r, &a)| *r -= a * x);
                } else {
                    residual
                        .iter_mut()
                        .zip(column)
                        .for_each(|(r, &a)| *r -= a * x);
                }
            }
            residual.iter_mut().for_each(|r| *r = rest(*r));
            solve_values(residual);
            for (x, &change) in x.iter_mut().zip(&*residual) {
                *x = (*x + change).with_primal(x.primal());
            }
        }
    }
}

/// `(L U)⁻¹`, of floats, applied to a column of numbers; `L` has ones on its diagonal.
pub(crate) fn substitute<S: Scalar>(lower: &[S::Primal], upper: &[S::Primal], x: &mut [S]) {
    let n = x.len();
    for (j, column) in lower.chunks_exact(n).enumerate() {
        let (done, below) = x.split_at_mut(j + 1);
        below
            .iter_mut()
            .zip(&column[j + 1..])
            .for_each(|(x, &l)| *x -= done[j] * l);
    }
    for (j, column) in upper.chunks_exact(n).enumerate().rev() {
        x[j] /= column[j];
        let (above, from) = x.split_at_mut(j);
        above
            .iter_mut()
            .zip(column)
            .for_each(|(x, &u)| *x -= from[0] * u);
    }
}
