//! Fields of a struct as inputs: the shape of what they hold, where no type can be written.

use core::array;

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use crate::differentiable::{Differentiable, Form};

/// What the field holds that the closure points at. It is evaluated where types are.
#[must_use]
pub const fn field_form<F, P, T: Differentiable<F>>(_: fn(&P) -> &T) -> Form {
    T::FORM.counted(T::COUNT)
}

/// A place for the lifted form of a field.
#[diagnostic::on_unimplemented(
    message = "this field is carried along as a constant, and cannot be an input",
    label = "constant in the lifted struct",
    note = "take `#[differentiable(constant)]` off the field, or name another one"
)]
pub trait PlaceOf<V> {
    fn put(&mut self, value: V);
}
impl<V> PlaceOf<V> for V {
    #[inline]
    fn put(&mut self, value: V) {
        *self = value;
    }
}

/// Puts numbers where constants were.
#[inline]
pub fn put<V>(value: V, place: &mut impl PlaceOf<V>) {
    place.put(value);
}

/// The shape of a gradient by a field: a float, an array, rows of arrays, and a `Vec` where the number is open.
#[derive(Clone, Copy, Debug)]
pub struct Held<const DEPTH: usize, const OUTER: usize, const INNER: usize>;

/// The value of that shape.
pub trait Holder {
    type Of<T>;
    /// The next `count` floats.
    fn hold<'a, T: Copy + 'a>(
        count: usize,
        floats: &mut impl Iterator<Item = &'a T>,
    ) -> Self::Of<T>;
}

const MISSING: &str = "a float for each place";

impl<const OUTER: usize, const INNER: usize> Holder for Held<0, OUTER, INNER> {
    type Of<T> = T;
    #[inline]
    fn hold<'a, T: Copy + 'a>(_: usize, floats: &mut impl Iterator<Item = &'a T>) -> T {
        *floats.next().expect(MISSING)
    }
}

impl<const OUTER: usize, const INNER: usize> Holder for Held<1, OUTER, INNER> {
    type Of<T> = [T; OUTER];
    #[inline]
    fn hold<'a, T: Copy + 'a>(_: usize, floats: &mut impl Iterator<Item = &'a T>) -> [T; OUTER] {
        array::from_fn(|_| *floats.next().expect(MISSING))
    }
}

impl<const OUTER: usize, const INNER: usize> Holder for Held<2, OUTER, INNER> {
    type Of<T> = [[T; INNER]; OUTER];
    #[inline]
    fn hold<'a, T: Copy + 'a>(
        _: usize,
        floats: &mut impl Iterator<Item = &'a T>,
    ) -> [[T; INNER]; OUTER] {
        array::from_fn(|_| array::from_fn(|_| *floats.next().expect(MISSING)))
    }
}

#[cfg(feature = "alloc")]
impl<const OUTER: usize, const INNER: usize> Holder for Held<3, OUTER, INNER> {
    type Of<T> = Vec<T>;
    #[inline]
    fn hold<'a, T: Copy + 'a>(count: usize, floats: &mut impl Iterator<Item = &'a T>) -> Vec<T> {
        floats.take(count).copied().collect()
    }
}

/// A single float, by which there are derivatives of functions of one variable.
#[diagnostic::on_unimplemented(
    message = "the field is not a single float, and so there is no one derivative; take `gradient`, or `jacobian` of several outputs",
    label = "by a field of several floats"
)]
pub trait OneFloat<'a> {}
impl<const OUTER: usize, const INNER: usize> OneFloat<'_> for Held<0, OUTER, INNER> {}
