//! Calls of functions of arrays, or with several results: with a way back, for `R` results of the caller at once.

// A type that is told by what it does has no name.
#![allow(clippy::type_complexity)]

use super::{CallOf, Lanes};
use crate::rules::{Primitive, Scalar};

/// A function of `N` floats, in arrays or by themselves, with its compiled sweeps.
pub trait Reversed<const N: usize> {
    type Primal: Primitive;
    type Outputs<S: Scalar>: Copy;
    /// The outputs; the way back, from slopes by them to slopes by the inputs; and outputs that are zero.
    fn value_and_back<S: Scalar<Primal = Self::Primal>, const R: usize>(
        x: [S; N],
    ) -> (
        Self::Outputs<S>,
        impl FnOnce([Self::Outputs<S>; R]) -> [Lanes<S, R>; N],
        Self::Outputs<S>,
    );
}

impl<F: Reversed<N, Primal = S::Primal>, S: Scalar, const N: usize> CallOf<F, S, N> {
    /// The `K` numbers that `take` finds in the outputs, and the way back from slopes by them, which `put` puts in their
    /// places. `plain` is never called: it says what the outputs are.
    #[inline]
    pub fn run_back<const K: usize, const R: usize>(
        self,
        x: [S; N],
        _plain: impl FnOnce([S; N]) -> F::Outputs<S>,
        _by_duals: impl FnOnce([S; N]) -> ([S; K], [[S; N]; K]),
        take: impl FnOnce(&F::Outputs<S>) -> [S; K],
        put: impl Fn(F::Outputs<S>, [S; K]) -> F::Outputs<S>,
    ) -> ([S; K], impl FnOnce([[S; K]; R]) -> [Lanes<S, R>; N]) {
        let (value, back, zeros) = F::value_and_back(x);
        let back = move |slopes: [[S; K]; R]| back(slopes.map(|slopes| put(zeros, slopes)));
        (take(&value), back)
    }
}

/// The way of a function without compiled sweeps: by the rows that dual numbers find.
pub trait RunAnyBack<S, const N: usize> {
    fn run_back<V, const K: usize, const R: usize>(
        self,
        x: [S; N],
        plain: impl FnOnce([S; N]) -> V,
        by_duals: impl FnOnce([S; N]) -> ([S; K], [[S; N]; K]),
        take: impl FnOnce(&V) -> [S; K],
        put: impl Fn(V, [S; K]) -> V,
    ) -> ([S; K], impl FnOnce([[S; K]; R]) -> [Lanes<S, R>; N]);
}
impl<F, S: Scalar, const N: usize> RunAnyBack<S, N> for CallOf<F, S, N> {
    #[inline]
    fn run_back<V, const K: usize, const R: usize>(
        self,
        x: [S; N],
        _plain: impl FnOnce([S; N]) -> V,
        by_duals: impl FnOnce([S; N]) -> ([S; K], [[S; N]; K]),
        _take: impl FnOnce(&V) -> [S; K],
        _put: impl Fn(V, [S; K]) -> V,
    ) -> ([S; K], impl FnOnce([[S; K]; R]) -> [Lanes<S, R>; N]) {
        let (values, rows) = by_duals(x);
        (values, move |slopes| sums(&rows, &slopes))
    }
}

/// The rows, each times its slope.
#[inline]
fn sums<S: Scalar, const N: usize, const K: usize, const R: usize>(
    rows: &[[S; N]; K],
    slopes: &[[S; K]; R],
) -> [Lanes<S, R>; N] {
    let sum = |input: usize, slopes: &[S; K]| {
        let products = rows
            .iter()
            .zip(slopes)
            .map(|(row, &slope)| slope * row[input]);
        products.reduce(|sum, product| sum + product)
    };
    core::array::from_fn(|input| {
        Lanes(core::array::from_fn(|lane| {
            sum(input, &slopes[lane]).unwrap_or_else(S::zero)
        }))
    })
}
