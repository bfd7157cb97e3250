//! The vocabulary as functions, so that generated code needs no trait in scope. They track their callers for numbers that tell where
//! they have been.

use core::cmp::Ordering;

use num_traits::Float;

use crate::rules::{
    Activation, Scalar, for_each_activation, for_each_binary, for_each_binary_activation,
    for_each_unary,
};

#[cfg(feature = "special")]
pub use super::special::functions::*;

macro_rules! unary_functions {
    ($($name:ident $summary:literal $first:literal $second:literal on $domain:literal: |$x:ident, $u:ident, $d:ident|
        $f1:expr, $f2:expr $(, $mark:ident)?;)*) => {
        $(
            #[inline]
            #[track_caller]
            pub fn $name<S: Scalar>(x: S) -> S {
                x.$name()
            }
        )*
    };
}
for_each_unary!(unary_functions);

macro_rules! activation_functions {
    ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal: |$x:ident, $u:ident, $d:ident|
        $formula:expr, $f1:expr, $f2:expr $(, $mark:ident)?;)*) => {
        $(
            #[inline]
            #[track_caller]
            pub fn $name<S: Scalar>(x: S) -> S {
                Activation::$name(x)
            }
        )*
    };
}
for_each_activation!(activation_functions);

macro_rules! binary_functions {
    ($($name:ident $summary:literal $formula:literal on $domain:literal: |$x:ident, $y:ident, $u:ident|
        $dx:expr; $dy:expr; $dxx:expr; $dxy:expr; $dyy:expr $(, $mark:ident)?;)*) => {
        $(
            #[inline]
            #[track_caller]
            pub fn $name<S: Scalar>(x: S, y: S) -> S {
                x.$name(y)
            }
        )*
    };
}
for_each_binary!(binary_functions);

macro_rules! binary_activation_functions {
    ($($name:ident $summary:literal $formula:literal on $domain:literal: |$x:ident, $y:ident, $u:ident|
        $value:expr; $dx:expr; $dy:expr; $dxx:expr; $dxy:expr; $dyy:expr;)*) => {
        $(
            #[inline]
            #[track_caller]
            pub fn $name<S: Scalar>(x: S, y: S) -> S {
                Activation::$name(x, y)
            }
        )*
    };
}
for_each_binary_activation!(binary_activation_functions);

macro_rules! predicates {
    ($($name:ident)*) => {
        $(
            #[inline]
            #[track_caller]
            pub fn $name<S: Scalar>(x: S) -> bool {
                x.$name()
            }
        )*
    };
}
predicates!(is_nan is_infinite is_finite is_normal is_subnormal is_sign_positive is_sign_negative);

#[inline]
pub fn powi<S: Scalar>(x: S, n: i32) -> S {
    x.powi(n)
}
#[inline]
pub fn mul_add<S: Scalar>(x: S, a: S, b: S) -> S {
    x.mul_add(a, b)
}
#[inline]
pub fn sin_cos<S: Scalar>(x: S) -> (S, S) {
    x.sin_cos()
}
#[inline]
#[track_caller]
pub fn clamp<S: Scalar>(x: S, min: S, max: S) -> S {
    Float::clamp(x, min, max)
}
#[inline]
#[track_caller]
pub fn partial_cmp<S: Scalar>(x: &S, y: &S) -> Option<Ordering> {
    x.partial_cmp(y)
}
#[inline]
#[track_caller]
pub fn total_cmp<S: Scalar>(x: &S, y: &S) -> Ordering {
    x.total_cmp(y)
}
