//! What a differentiated closure may return.

use crate::rules::Scalar;
use crate::{Dual, HyperDual, Jet};

/// A number, or numbers inside arrays, tuples, `Option`, `Result` and `Vec`; the drivers keep the shape.
///
/// `S` is the number. A driver maps every number of the output to what it computes, so a fallible closure gives
/// `Option` or `Result` of derivatives, and an array of outputs an array of them.
///
/// # Examples
/// ```
/// use chainrule::derivative;
/// let slope = |x| derivative(|x| if x > 0.0 { Some(x.ln()) } else { None }, x);
/// assert_eq!(slope(4.0), Some(0.25));
/// assert_eq!(slope(-4.0), None);
/// assert_eq!(derivative(|x| (x * x, [x.exp(), -x]), 0.0), (0.0, [1.0, -1.0]));
/// ```
#[diagnostic::on_unimplemented(
    message = "the result `{Self}` carries no derivative",
    label = "this closure gives `{Self}`, not `{S}`",
    note = "give a number that is computed from those of the closure: a function of plain floats is called by its `lift`, with `#[differentiate]` on it, and a constant is made a number by `.into()`"
)]
pub trait Output<S> {
    /// The same shape with `U` in place of each number.
    type Shape<U>;
    /// Maps each number, first to last.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{Dual, Output};
    /// let outputs = (Dual::variable(2.0), Some(Dual::variable(3.0) * 5.0));
    /// assert_eq!(outputs.map_numbers(&mut |y: Dual<f64>| y.eps[0]), (1.0, Some(5.0)));
    /// ```
    fn map_numbers<U>(self, map: &mut impl FnMut(S) -> U) -> Self::Shape<U>;
}

macro_rules! impl_output_for_number {
    ([$number:ty] $($generics:tt)*) => {
        impl<T: Scalar, $($generics)*> Output<$number> for $number {
            type Shape<U> = U;
            #[inline]
            fn map_numbers<U>(self, map: &mut impl FnMut(Self) -> U) -> U {
                map(self)
            }
        }
    };
}
impl_output_for_number!([Dual<T, N>] const N: usize);
impl_output_for_number!([HyperDual<T>]);
impl_output_for_number!([Jet<T, N>] const N: usize);

impl<S, O: Output<S>, const M: usize> Output<S> for [O; M] {
    type Shape<U> = [O::Shape<U>; M];
    #[inline]
    fn map_numbers<U>(self, map: &mut impl FnMut(S) -> U) -> Self::Shape<U> {
        self.map(|output| output.map_numbers(map))
    }
}

impl<S, O: Output<S>> Output<S> for Option<O> {
    type Shape<U> = Option<O::Shape<U>>;
    #[inline]
    fn map_numbers<U>(self, map: &mut impl FnMut(S) -> U) -> Self::Shape<U> {
        self.map(|output| output.map_numbers(map))
    }
}

impl<S, O: Output<S>, E> Output<S> for Result<O, E> {
    type Shape<U> = Result<O::Shape<U>, E>;
    #[inline]
    fn map_numbers<U>(self, map: &mut impl FnMut(S) -> U) -> Self::Shape<U> {
        self.map(|output| output.map_numbers(map))
    }
}

#[cfg(feature = "alloc")]
impl<S, O: Output<S>> Output<S> for alloc::vec::Vec<O> {
    type Shape<U> = alloc::vec::Vec<O::Shape<U>>;
    #[inline]
    fn map_numbers<U>(self, map: &mut impl FnMut(S) -> U) -> Self::Shape<U> {
        self.into_iter()
            .map(|output| output.map_numbers(map))
            .collect()
    }
}

macro_rules! impl_output_for_tuple {
    ($($name:ident)*) => {
        impl<S, $($name: Output<S>),*> Output<S> for ($($name,)*) {
            type Shape<U> = ($($name::Shape<U>,)*);
            #[inline]
            #[allow(non_snake_case)]
            fn map_numbers<U>(self, map: &mut impl FnMut(S) -> U) -> Self::Shape<U> {
                let ($($name,)*) = self;
                ($($name.map_numbers(map),)*)
            }
        }
    };
}
impl_output_for_tuple!(A);
impl_output_for_tuple!(A B);
impl_output_for_tuple!(A B C);
impl_output_for_tuple!(A B C D);
impl_output_for_tuple!(A B C D E);
impl_output_for_tuple!(A B C D E F);
