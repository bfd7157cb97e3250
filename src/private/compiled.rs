//! Calls of functions whose gradients are compiled, and of those that are left to dual numbers.

use core::marker::PhantomData;

use crate::rules::{Primitive, Scalar};

/// A function of `N` floats and nothing else, with its compiled gradient.
pub trait Compiled<const N: usize> {
    type Primal: Primitive;
    fn value_and_slopes<S: Scalar<Primal = Self::Primal>>(x: [S; N]) -> (S, [S; N]);
}

/// A call of the function that the type `F` stands for, over the number `S`.
pub struct CallOf<F, S, const N: usize>(PhantomData<(S, F)>);

impl<F, S, const N: usize> CallOf<F, S, N> {
    #[inline]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self(PhantomData)
    }
}

impl<F: Compiled<N, Primal = S::Primal>, S: Scalar, const N: usize> CallOf<F, S, N> {
    #[inline]
    pub fn run(self, x: [S; N], _: impl FnOnce([S; N]) -> (S, [S; N])) -> (S, [S; N]) {
        F::value_and_slopes(x)
    }
}

/// The way of a function without a compiled gradient.
pub trait RunAny<S, const N: usize> {
    fn run(self, x: [S; N], by_duals: impl FnOnce([S; N]) -> (S, [S; N])) -> (S, [S; N]);
}
impl<F, S, const N: usize> RunAny<S, N> for CallOf<F, S, N> {
    #[inline]
    fn run(self, x: [S; N], by_duals: impl FnOnce([S; N]) -> (S, [S; N])) -> (S, [S; N]) {
        by_duals(x)
    }
}

/// A function of `N` floats in arrays or by themselves that gives several, with its compiled sweeps.
pub trait Reversed<const N: usize> {
    type Primal: Primitive;
    type Outputs<S: Scalar>;
    /// The outputs, as many zeros, and what goes back from slopes by the outputs to slopes by the inputs.
    #[allow(clippy::type_complexity)]
    fn value_and_back<S: Scalar<Primal = Self::Primal>>(
        x: [S; N],
    ) -> (
        Self::Outputs<S>,
        Self::Outputs<S>,
        impl Fn(Self::Outputs<S>) -> [S; N],
    );
}

impl<F: Reversed<N, Primal = S::Primal>, S: Scalar, const N: usize> CallOf<F, S, N> {
    /// The `K` numbers that `take` finds in the outputs, and the way back from slopes by them, which `put` puts in their
    /// places. `plain` is never called: it says what the outputs are.
    #[inline]
    pub fn run_back<const K: usize>(
        self,
        x: [S; N],
        _: impl FnOnce([S; N]) -> F::Outputs<S>,
        _: impl FnOnce([S; N]) -> ([S; K], [[S; N]; K]),
        take: impl FnOnce(&F::Outputs<S>) -> [S; K],
        put: impl Fn(F::Outputs<S>, [S; K]) -> F::Outputs<S>,
    ) -> ([S; K], impl Fn([S; K]) -> [S; N])
    where
        F::Outputs<S>: Copy,
    {
        let (value, zeros, back) = F::value_and_back(x);
        (take(&value), move |slopes| back(put(zeros, slopes)))
    }
}

/// The way of a function without compiled sweeps: by the rows that dual numbers find.
pub trait RunAnyBack<S, const N: usize> {
    fn run_back<V, const K: usize>(
        self,
        x: [S; N],
        plain: impl FnOnce([S; N]) -> V,
        by_duals: impl FnOnce([S; N]) -> ([S; K], [[S; N]; K]),
        take: impl FnOnce(&V) -> [S; K],
        put: impl Fn(V, [S; K]) -> V,
    ) -> ([S; K], impl Fn([S; K]) -> [S; N]);
}
impl<F, S: Scalar, const N: usize> RunAnyBack<S, N> for CallOf<F, S, N> {
    #[inline]
    fn run_back<V, const K: usize>(
        self,
        x: [S; N],
        _: impl FnOnce([S; N]) -> V,
        by_duals: impl FnOnce([S; N]) -> ([S; K], [[S; N]; K]),
        _: impl FnOnce(&V) -> [S; K],
        _: impl Fn(V, [S; K]) -> V,
    ) -> ([S; K], impl Fn([S; K]) -> [S; N]) {
        let (values, rows) = by_duals(x);
        let back = move |slopes: [S; K]| {
            let slope = |input: usize| {
                let products = rows.iter().zip(slopes).map(|(row, slope)| slope * row[input]);
                products.reduce(|sum, product| sum + product)
            };
            core::array::from_fn(|input| slope(input).unwrap_or_else(S::zero))
        };
        (values, back)
    }
}
