//! From the value and the gradient that the macro's code computes over any number, to what users ask for.

mod settled;
#[cfg(feature = "alloc")]
mod slices;

use crate::rules::Scalar;
use crate::{Dual, Jet};
pub use settled::*;
#[cfg(feature = "alloc")]
pub use slices::*;

/// The value, the gradient and the Hessian: the gradient over numbers with a tangent for each input.
#[inline]
#[allow(clippy::type_complexity)]
pub fn adjoint_hessian<T: Scalar, const N: usize>(
    f: impl FnOnce([Dual<T, N>; N]) -> (Dual<T, N>, [Dual<T, N>; N]),
    x: [T; N],
) -> (T, [T; N], [[T; N]; N]) {
    let (value, gradient) = f(Dual::variables(x));
    let mut hessian = gradient.map(|slope| slope.eps);
    for i in 1..N {
        let (above, row) = hessian.split_at_mut(i);
        for j in 0..i {
            row[0][j] = above[j][i];
        }
    }
    (value.re, gradient.map(|slope| slope.re), hessian)
}

/// The Hessian times a direction: the gradient over numbers with one tangent.
#[inline]
pub fn adjoint_hvp<T: Scalar, const N: usize>(
    f: impl FnOnce([Dual<T>; N]) -> (Dual<T>, [Dual<T>; N]),
    x: [T; N],
    v: [T; N],
) -> [T; N] {
    let (_, gradient) = f(core::array::from_fn(|i| Dual::new(x[i], [v[i]])));
    gradient.map(Dual::derivative)
}

/// The function of the argument: the compiler learns the argument's type before it reads the function.
#[inline]
pub fn apply<A, R>(f: impl FnOnce(A) -> R, argument: A) -> R {
    f(argument)
}

/// A number with a tangent along one of the directions.
#[inline]
pub fn direction<T: Scalar, const N: usize>(value: T, direction: usize) -> Dual<T, N> {
    Dual::new(
        value,
        core::array::from_fn(|lane| match lane == direction {
            true => T::one(),
            false => T::zero(),
        }),
    )
}

/// The same with second derivatives.
#[inline]
pub fn bent_direction<T: Scalar, const N: usize>(value: T, direction: usize) -> Jet<T, N> {
    let mut jet = Jet::constant(value);
    jet.gradient[direction] = T::one();
    jet
}
