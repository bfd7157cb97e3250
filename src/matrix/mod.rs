//! What is known of matrices in closed form: the factors come from floats, once, and the derivatives follow from them.
//!
//! Knows slices, column by column, and no crate for matrices. `E` is a matrix whose values are zero, so a product of more of them than
//! the numbers have orders is nothing: each pass of a fixed-point iteration makes one order more exact, and there are as many passes as
//! orders.

mod determinant;
mod eigen;
mod error;
mod singular;
mod solve;

use num_traits::{Float, Zero};

pub(crate) use determinant::{log_of_higher_orders, trace_of_rest};
pub(crate) use eigen::{Eigen, turn};
pub use error::MatrixError;
pub(crate) use singular::{Scratch, Singular};
pub(crate) use solve::{refine, substitute};

use crate::parts::Parts;
use crate::rules::{Primitive, Scalar};

/// A number without its value.
#[inline]
pub(crate) fn rest<S: Scalar>(number: S) -> S {
    number.with_primal(S::Primal::zero())
}

#[inline]
fn sum<S: Scalar>(count: usize, term: impl Fn(usize) -> S) -> S {
    (0..count).fold(S::zero(), |sum, k| sum + term(k))
}

#[inline]
fn fill<S: Scalar>(matrix: &mut [S], rows: usize, entry: impl Fn(usize, usize) -> S) {
    for (at, place) in matrix.iter_mut().enumerate() {
        *place = entry(at % rows, at / rows);
    }
}

/// Rounding errors of as many operations, relative to what they are made of.
fn noise<P: Primitive>(count: usize) -> P {
    P::round_from(8.0 * count as f64) * P::epsilon()
}

/// The first number that is not finite in all its parts is an error.
pub(crate) fn all_finite<S: Scalar>(matrix: &[S], rows: usize) -> Result<(), MatrixError> {
    match matrix.iter().position(|number| !number.all_finite()) {
        Some(at) => Err(MatrixError::NotFinite {
            row: at % rows,
            column: at / rows,
        }),
        None => Ok(()),
    }
}

/// The first of the marked elements that is more than rounding errors: by each part alone, since derivatives may be of different
/// units.
fn first_live<S: Parts>(
    matrix: &[S],
    rows: usize,
    is_marked: impl Fn(usize, usize) -> bool,
) -> Option<(usize, usize)> {
    let marked = || (0..matrix.len()).filter(|at| is_marked(at % rows, at / rows));
    if marked().all(|at| matrix[at].is_exact_zero()) {
        return None;
    }
    (0..S::PARTS).find_map(|part| {
        let size_of = |number: &S| Float::abs(number.part(part));
        let largest = matrix
            .iter()
            .map(size_of)
            .fold(S::Primal::zero(), Float::max);
        let tolerance = noise::<S::Primal>(rows) * largest;
        let live = marked().find(|at| size_of(&matrix[*at]) > tolerance);
        live.map(|at| (at % rows, at / rows))
    })
}
