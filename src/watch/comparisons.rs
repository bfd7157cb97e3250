//! Comparisons, and what else gives no number: each looks whether it was close.

use core::cmp::Ordering;
use core::num::FpCategory;

use super::Watched;
use crate::rules::Primitive;

macro_rules! impl_comparisons {
    ([$($parameters:tt)*] $other:ty, |$side:ident| $number:expr) => {
        impl<$($parameters)*> PartialEq<$other> for Watched<'_, T> {
            #[track_caller]
            fn eq(&self, $side: &$other) -> bool {
                let other = $number;
                self.decide(other, "==", self.value, other.value);
                self.value == other.value
            }
            // By itself it would be met in the standard library.
            #[allow(clippy::partialeq_ne_impl)]
            #[track_caller]
            fn ne(&self, $side: &$other) -> bool {
                let other = $number;
                self.decide(other, "!=", self.value, other.value);
                self.value != other.value
            }
        }
        impl<$($parameters)*> PartialOrd<$other> for Watched<'_, T> {
            #[track_caller]
            fn partial_cmp(&self, $side: &$other) -> Option<Ordering> {
                let other = $number;
                self.decide(other, "partial_cmp", self.value, other.value);
                self.value.partial_cmp(&other.value)
            }
            impl_comparisons!(@ordered $other, |$side| $number, lt "<", le "<=", gt ">", ge ">=");
        }
    };
    (@ordered $other:ty, |$side:ident| $number:expr, $($method:ident $operator:literal),*) => {
        $(
            #[track_caller]
            fn $method(&self, $side: &$other) -> bool {
                let other = $number;
                self.decide(other, $operator, self.value, other.value);
                self.value.$method(&other.value)
            }
        )*
    };
}
impl_comparisons!([T: Primitive] Self, |other| *other);
impl_comparisons!([T: Primitive] T, |other| Watched::constant(*other));

macro_rules! predicates {
    ($($name:ident)*) => {
        $(
            #[doc = concat!("As [`f64::", stringify!($name), "`].")]
            pub fn $name(self) -> bool {
                self.value.$name()
            }
        )*
    };
    (at zero $($name:ident -> $result:ty;)*) => {
        $(
            #[doc = concat!("As [`f64::", stringify!($name), "`]; 0 is its edge.")]
            #[track_caller]
            pub fn $name(self) -> $result {
                self.decide_alone(stringify!($name), T::zero());
                self.value.$name()
            }
        )*
    };
}

impl<T: Primitive> Watched<'_, T> {
    predicates!(is_nan is_infinite is_finite);
    predicates! {
        at zero
        is_normal -> bool;
        is_subnormal -> bool;
        is_sign_positive -> bool;
        is_sign_negative -> bool;
        classify -> FpCategory;
    }

    /// As [`f64::total_cmp`].
    #[track_caller]
    pub fn total_cmp(&self, other: &Self) -> Ordering {
        self.decide(*other, "total_cmp", self.value, other.value);
        self.value.total_cmp(&other.value)
    }
}
