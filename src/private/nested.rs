//! Arrays and `Vec`s of numbers, and of slopes: as a body makes them.

use core::ops::AddAssign;

use super::Lanes;
use crate::differentiable::Differentiable;
use crate::rules::Scalar;

/// What has the shape of this, with the same in every place.
#[inline]
pub fn filled<S: Scalar, X: Differentiable<S>, Z: Clone>(shape: &X, with: Z) -> X::Lifted<Z> {
    shape.lift(&mut |_| with.clone())
}

/// Slopes that others are added to, place by place.
pub trait Sink {
    /// Adds the others.
    fn add(&mut self, others: &Self);
}
impl<S: Scalar> Sink for S {
    #[inline]
    fn add(&mut self, others: &Self) {
        *self += *others;
    }
}
impl<S: Scalar, const R: usize> Sink for Lanes<S, R> {
    #[inline]
    fn add(&mut self, others: &Self) {
        *self += *others;
    }
}
impl<T: Sink, const N: usize> Sink for [T; N] {
    #[inline]
    fn add(&mut self, others: &Self) {
        add_all(self, others);
    }
}
#[cfg(feature = "alloc")]
impl<T: Sink> Sink for super::Vec<T> {
    #[inline]
    fn add(&mut self, others: &Self) {
        add_all(self, others);
    }
}

/// Adds the slopes of a copy to those of what was copied.
#[inline]
pub fn add_all<T: Sink>(places: &mut [T], others: &[T]) {
    for (place, other) in places.iter_mut().zip(others) {
        place.add(other);
    }
}

/// The sum of the slopes of what one value was repeated to.
#[inline]
pub fn sum_of<Z: Copy + AddAssign>(zero: Z, all: &[Z]) -> Z {
    let mut sum = zero;
    for slope in all {
        sum += *slope;
    }
    sum
}

/// The same, so many times.
#[cfg(feature = "alloc")]
#[inline]
pub fn many<Z: Clone>(one: Z, length: usize) -> super::Vec<Z> {
    alloc::vec![one; length]
}

/// What goes back to what was pushed last.
///
/// # Panics
/// If nothing is left: there are as many slopes as there were values.
#[cfg(feature = "alloc")]
#[inline]
pub fn popped<Z>(slopes: &mut super::Vec<Z>) -> Z {
    slopes.pop().expect("a slope for each value")
}
