//! What generated code calls. Not part of the public interface: it changes with the macro, which is pinned to this version.

use core::marker::PhantomData;

#[cfg(feature = "alloc")]
pub use alloc::vec::Vec;

pub use crate::drivers::*;
pub use crate::ops::Left;
pub use crate::rules::{Primitive, Scalar};
pub use crate::{Dual, HyperDual, Jet};

#[cfg(feature = "macros")]
pub use chainrule_derive::__vocabulary as vocabulary;

/// A float literal as a number.
#[inline]
pub fn constant<S: Scalar>(value: S::Primal) -> S {
    S::from_primal(value)
}

macro_rules! define_argument {
    ($($name:ident $float:ty;)*) => {
        $(
            /// A plain argument on its way into lifted code: floats become numbers, anything else stays.
            #[derive(Clone, Copy, Debug)]
            pub struct $name<A, S>(A, PhantomData<S>);

            impl<A, S> $name<A, S> {
                #[inline]
                pub fn new(value: A) -> Self {
                    Self(value, PhantomData)
                }
            }
            impl<S: Scalar<Primal = $float>> $name<$float, S> {
                #[inline]
                pub fn lift(self) -> S {
                    S::from_primal(self.0)
                }
            }
            impl<S: Scalar<Primal = $float>, const N: usize> $name<[$float; N], S> {
                #[inline]
                pub fn lift(self) -> [S; N] {
                    self.0.map(S::from_primal)
                }
            }
            impl<S: Scalar<Primal = $float>, const N: usize, const M: usize> $name<[[$float; N]; M], S> {
                #[inline]
                pub fn lift(self) -> [[S; N]; M] {
                    self.0.map(|row| row.map(S::from_primal))
                }
            }
            impl<A, S> KeepArgument for $name<A, S> {
                type Kept = A;
                #[inline]
                fn lift(self) -> A {
                    self.0
                }
            }
        )*
    };
}
define_argument! {
    Argument f64;
    ArgumentF32 f32;
}

/// The way of an argument that is no float.
pub trait KeepArgument {
    type Kept;
    fn lift(self) -> Self::Kept;
}

/// The vocabulary as functions, so that generated code needs no trait in scope.
pub mod functions {
    use core::cmp::Ordering;

    use num_traits::Float;

    use crate::rules::{
        Activation, Scalar, for_each_activation, for_each_binary, for_each_binary_activation,
        for_each_unary,
    };

    macro_rules! unary_functions {
        ($($name:ident $summary:literal $first:literal $second:literal on $domain:literal: |$x:ident, $u:ident, $d:ident|
            $f1:expr, $f2:expr $(, $choice:ident)?;)*) => {
            $(
                #[inline]
                pub fn $name<S: Scalar>(x: S) -> S {
                    x.$name()
                }
            )*
        };
    }
    for_each_unary!(unary_functions);

    macro_rules! activation_functions {
        ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal: |$x:ident, $u:ident, $d:ident|
            $formula:expr, $f1:expr, $f2:expr $(, $choice:ident)?;)*) => {
            $(
                #[inline]
                pub fn $name<S: Scalar>(x: S) -> S {
                    Activation::$name(x)
                }
            )*
        };
    }
    for_each_activation!(activation_functions);

    macro_rules! binary_functions {
        ($($name:ident $summary:literal $formula:literal on $domain:literal: |$x:ident, $y:ident, $u:ident|
            $dx:expr; $dy:expr; $dxx:expr; $dxy:expr; $dyy:expr $(, $choice:ident)?;)*) => {
            $(
                #[inline]
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
    pub fn clamp<S: Scalar>(x: S, min: S, max: S) -> S {
        Float::clamp(x, min, max)
    }
    #[inline]
    pub fn partial_cmp<S: Scalar>(x: &S, y: &S) -> Option<Ordering> {
        x.partial_cmp(y)
    }
    #[inline]
    pub fn total_cmp<S: Scalar>(x: &S, y: &S) -> Ordering {
        x.total_cmp(y)
    }
}
