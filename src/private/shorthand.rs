//! What generated code says often: a short call takes the compiler less time than a path through a trait.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use crate::rules::Scalar;

/// So many zeros.
#[cfg(feature = "alloc")]
pub fn zeros<T: Scalar>(length: usize) -> Vec<T> {
    alloc::vec![T::zero(); length]
}

/// A flat matrix as rows of this width.
#[cfg(feature = "alloc")]
pub fn rows<T: Scalar>(flat: &[T], width: usize) -> Vec<Vec<T>> {
    flat.chunks(width.max(1)).map(<[T]>::to_vec).collect()
}

/// A float literal as a number.
#[inline]
pub fn constant<S: Scalar>(value: S::Primal) -> S {
    S::from_primal(value)
}

/// Zero.
#[inline]
pub fn zero<S: Scalar>() -> S {
    S::zero()
}

/// Zero, as what is in the array.
#[inline]
pub fn zero_of<S: Scalar, const N: usize>(_: &[S; N]) -> S {
    S::zero()
}

/// The reciprocal.
#[inline]
pub fn recip<T: num_traits::Float>(x: T) -> T {
    x.recip()
}

/// How many items there are: of ranges and of what runs over slices it is known.
#[inline]
pub fn rounds(items: &impl Iterator) -> usize {
    items.size_hint().0
}

/// The first elements, as many as there are of so many.
#[inline]
pub fn at_most<T>(elements: &[T], count: usize) -> &[T] {
    &elements[..count.min(elements.len())]
}

/// One.
#[inline]
pub fn one<T: Scalar>() -> T {
    T::one()
}

/// The run of numbers as an array.
#[inline]
pub fn array_of<S: Scalar, const N: usize>(run: &mut [S]) -> &mut [S; N] {
    let length = run.len();
    run.try_into()
        .unwrap_or_else(|_| panic!("a run of {length} numbers for an array of {N}"))
}

/// The run of numbers as an array, to read.
#[inline]
pub fn array_at<S: Scalar, const N: usize>(run: &[S]) -> &[S; N] {
    let length = run.len();
    run.try_into()
        .unwrap_or_else(|_| panic!("a run of {length} numbers for an array of {N}"))
}
