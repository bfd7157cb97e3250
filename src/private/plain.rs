//! Compound values on their way to plain ones, to be printed and compared: a number gives its value.

use core::borrow::Borrow;
use core::ops::Deref;

#[cfg(feature = "alloc")]
use alloc::{string::String, vec::Vec};

use crate::differentiable::{for_each_tuple, for_each_type_without_floats};
use crate::rules::Scalar;

/// What has plain values in place of its numbers.
#[diagnostic::on_unimplemented(
    message = "the values of the differentiated numbers in this cannot be taken out, to be printed or compared",
    label = "holds more than numbers, integers and text",
    note = "take its parts, or put `#[derive(Differentiable)]` on the struct"
)]
pub trait ToPlain {
    type Plain: Borrow<Self::View>;
    /// What a reference to the plain value is a reference to.
    type View: ?Sized;
    fn to_plain(&self) -> Self::Plain;
}

/// What is plain in parts. Integers are not: the type of a literal is often open, and any trait of theirs would close it.
pub trait InParts: ToPlain {}

/// The plain value.
#[inline]
pub fn plain<T: ToPlain + ?Sized>(value: &T) -> T::Plain {
    value.to_plain()
}

/// The plain value of what stood behind a reference.
#[inline]
pub fn owned<T: ToPlain + ?Sized>(value: &T) -> Owned<T> {
    Owned(value.to_plain())
}

#[derive(Debug)]
pub struct Owned<T: ToPlain + ?Sized>(T::Plain);

impl<T: ToPlain + ?Sized> Deref for Owned<T> {
    type Target = T::View;
    #[inline]
    fn deref(&self) -> &T::View {
        self.0.borrow()
    }
}

macro_rules! impl_to_plain {
    ($([$($generics:tt)*] $type:ty => $plain:ty, $view:ty: |$value:ident| $body:expr;)*) => {
        $(
            impl<$($generics)*> ToPlain for $type {
                type Plain = $plain;
                type View = $view;
                #[inline]
                fn to_plain(&self) -> $plain {
                    let $value = self;
                    $body
                }
            }
            impl<$($generics)*> InParts for $type {}
        )*
    };
}
impl_to_plain! {
    [S: Scalar] S => S::Primal, S::Primal: |value| value.primal();
    [T: ToPlain, const N: usize] [T; N] => [T::Plain; N], [T::Plain; N]: |value| value.each_ref().map(T::to_plain);
    [T: ToPlain] Option<T> => Option<T::Plain>, Option<T::Plain>: |value| value.as_ref().map(T::to_plain);
    [T: ToPlain, E: ToPlain] Result<T, E> => Result<T::Plain, E::Plain>, Result<T::Plain, E::Plain>:
        |value| value.as_ref().map(T::to_plain).map_err(E::to_plain);
}
#[cfg(feature = "alloc")]
impl_to_plain! {
    [T: ToPlain] [T] => Vec<T::Plain>, [T::Plain]: |value| value.iter().map(T::to_plain).collect();
    [T: ToPlain] Vec<T> => Vec<T::Plain>, Vec<T::Plain>: |value| value.iter().map(T::to_plain).collect();
}

macro_rules! impl_to_plain_tuple {
    ($($name:ident $index:tt)*) => {
        impl_to_plain! {
            [$($name: ToPlain),*] ($($name,)*) => ($($name::Plain,)*), ($($name::Plain,)*):
                |value| ($(value.$index.to_plain(),)*);
        }
    };
}
for_each_tuple!(impl_to_plain_tuple);

macro_rules! impl_itself {
    ($($type:ty,)*) => {
        $(
            impl ToPlain for $type {
                type Plain = Self;
                type View = Self;
                #[inline]
                fn to_plain(&self) -> Self {
                    self.clone()
                }
            }
        )*
    };
}
for_each_type_without_floats!(impl_itself);
impl_itself!(core::cmp::Ordering,);
#[cfg(feature = "alloc")]
impl ToPlain for str {
    type Plain = String;
    type View = str;
    #[inline]
    fn to_plain(&self) -> String {
        self.into()
    }
}
