//! Calls of functions whose gradients are compiled, and of those that are left to dual numbers.

use core::marker::PhantomData;

use crate::drivers::adjoint::adjoint_hessian;
use crate::rules::{Primitive, Scalar};

/// A function of `N` floats of type `P` and nothing else, with its compiled gradient.
pub trait Compiled<P: Primitive, const N: usize> {
    fn value_and_slopes<S: Scalar<Primal = P>>(x: [S; N]) -> (S, [S; N]);
    /// And the second derivatives, of floats.
    #[inline]
    fn bends_of_floats(x: [P; N]) -> Bent<P, N> {
        adjoint_hessian(Self::value_and_slopes, x)
    }
}

/// Value, gradient and Hessian.
pub type Bent<S, const N: usize> = (S, [S; N], [[S; N]; N]);

/// A call of the function that the type `F` stands for, over the number `S`.
pub struct CallOf<F, S, const N: usize>(PhantomData<(S, F)>);

impl<F, S, const N: usize> CallOf<F, S, N> {
    #[inline]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self(PhantomData)
    }
}

impl<F: Compiled<S::Primal, N>, S: Scalar, const N: usize> CallOf<F, S, N> {
    #[inline]
    pub fn run(self, x: [S; N], _: impl FnOnce([S; N]) -> (S, [S; N])) -> (S, [S; N]) {
        F::value_and_slopes(x)
    }
    #[inline]
    pub fn run_twice(self, x: [S; N], _: impl FnOnce([S; N]) -> Bent<S, N>) -> Bent<S, N>
    where
        S: Primitive,
    {
        F::bends_of_floats(x)
    }
}

/// The way of a function without a compiled gradient.
pub trait RunAny<S, const N: usize> {
    fn run(self, x: [S; N], by_duals: impl FnOnce([S; N]) -> (S, [S; N])) -> (S, [S; N]);
    fn run_twice(self, x: [S; N], by_jets: impl FnOnce([S; N]) -> Bent<S, N>) -> Bent<S, N>;
}
impl<F, S, const N: usize> RunAny<S, N> for CallOf<F, S, N> {
    #[inline]
    fn run(self, x: [S; N], by_duals: impl FnOnce([S; N]) -> (S, [S; N])) -> (S, [S; N]) {
        by_duals(x)
    }
    #[inline]
    fn run_twice(self, x: [S; N], by_jets: impl FnOnce([S; N]) -> Bent<S, N>) -> Bent<S, N> {
        by_jets(x)
    }
}
