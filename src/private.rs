//! What generated code calls. Not part of the public interface: it changes with the macro, which is pinned to this version.

use core::marker::PhantomData;

#[cfg(feature = "alloc")]
pub use alloc::vec::Vec;

pub use crate::differentiable::{Differentiable, total_count};
pub use crate::drivers::shape::*;
#[cfg(feature = "alloc")]
pub use crate::drivers::written::*;
pub use crate::drivers::*;
pub use crate::ops::Left;
pub use crate::rules::{Activation, Partial, Primitive, Scalar};
pub use crate::{Dual, HyperDual, Jet};

#[cfg(feature = "macros")]
pub use chainrule_derive::__vocabulary as vocabulary;

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

macro_rules! define_argument {
    ($($name:ident $borrowed:ident $float:ty;)*) => {
        $(
            /// A plain argument on its way into lifted code: its floats become numbers, anything else stays.
            #[derive(Clone, Copy, Debug)]
            pub struct $name<A, S>(A, PhantomData<S>);

            impl<A, S> $name<A, S> {
                #[inline]
                pub fn new(value: A) -> Self {
                    Self(value, PhantomData)
                }
            }
            impl<S: Scalar<Primal = $float>, A: Differentiable<$float>> $name<A, S> {
                #[inline]
                pub fn lift(self) -> A::Lifted<S> {
                    self.0.lift(&mut S::from_primal)
                }
            }
            impl<A, S> KeepArgument for $name<A, S> {
                type Kept = A;
                #[inline]
                fn lift(self) -> A {
                    self.0
                }
            }

            /// The same behind a reference; what is lifted is a copy.
            #[derive(Clone, Copy, Debug)]
            pub struct $borrowed<'a, A: ?Sized, S>(&'a A, PhantomData<S>);

            impl<'a, A: ?Sized, S> $borrowed<'a, A, S> {
                #[inline]
                pub fn new(value: &'a A) -> Self {
                    Self(value, PhantomData)
                }
            }
            impl<S: Scalar<Primal = $float>, A: Shape<$float> + ?Sized> $borrowed<'_, A, S> {
                #[inline]
                pub fn lift(self) -> <A::Owned as Differentiable<$float>>::Lifted<S> {
                    self.0.replace(&mut S::from_primal)
                }
            }
            impl<'a, A: ?Sized, S> KeepArgument for $borrowed<'a, A, S> {
                type Kept = &'a A;
                #[inline]
                fn lift(self) -> &'a A {
                    self.0
                }
            }
        )*
    };
}
define_argument! {
    Argument Borrowed f64;
    ArgumentF32 BorrowedF32 f32;
}

/// A plain argument by value on its way into a lifted function, whose parameter may be an input or a constant: the
/// parameter's type decides whether the floats become numbers.
#[derive(Clone, Copy, Debug)]
pub struct Passed<A>(pub A);

impl<A: Passable> Passed<A> {
    #[inline]
    pub fn pass(self) -> Liftable<A> {
        Liftable(self.0)
    }
}

/// The way of an argument of any other type.
pub trait PassAny {
    type Same;
    fn pass(self) -> Self::Same;
}
impl<A> PassAny for Passed<A> {
    type Same = Same<A>;
    #[inline]
    fn pass(self) -> Same<A> {
        Same(self.0)
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Liftable<A>(pub A);

#[derive(Clone, Copy, Debug)]
pub struct Same<A>(pub A);

/// What can become a parameter of type `P`.
#[diagnostic::on_unimplemented(
    message = "this argument does not fit the parameter of the differentiated function",
    label = "expected `{P}`"
)]
pub trait IntoParameter<P> {
    fn into_parameter(self) -> P;
}
impl<A> IntoParameter<A> for Same<A> {
    #[inline]
    fn into_parameter(self) -> A {
        self.0
    }
}
impl<A, P: FromPlain<A>> IntoParameter<P> for Liftable<A> {
    #[inline]
    fn into_parameter(self) -> P {
        P::from_plain(self.0)
    }
}

/// The call, with one of its arguments still plain.
#[inline]
pub fn call_with<P, R>(call: impl FnOnce(P) -> R, argument: impl IntoParameter<P>) -> R {
    call(argument.into_parameter())
}

/// Types that become a parameter part by part. What is none, as a type of the user's without floats, goes as it is.
pub trait Passable {}

/// The plain value itself, or with numbers in place of its floats.
pub trait FromPlain<A> {
    fn from_plain(value: A) -> Self;
}

macro_rules! impl_from_plain_float {
    ($($float:ident)*) => {
        $(
            impl Passable for $float {}
            impl<S: Scalar<Primal = $float>> FromPlain<$float> for S {
                #[inline]
                fn from_plain(value: $float) -> S {
                    S::from_primal(value)
                }
            }
        )*
    };
}
impl_from_plain_float!(f32 f64);

macro_rules! impl_from_plain_without_floats {
    ($($type:ty)*) => {
        $(
            impl Passable for $type {}
            impl FromPlain<$type> for $type {
                #[inline]
                fn from_plain(value: $type) -> Self {
                    value
                }
            }
        )*
    };
}
impl_from_plain_without_floats!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize bool char);

impl<A: Passable, const N: usize> Passable for [A; N] {}
impl<A, B: FromPlain<A>, const N: usize> FromPlain<[A; N]> for [B; N] {
    #[inline]
    fn from_plain(value: [A; N]) -> Self {
        value.map(B::from_plain)
    }
}
#[cfg(feature = "alloc")]
impl<A: Passable> Passable for Vec<A> {}
#[cfg(feature = "alloc")]
impl<A, B: FromPlain<A>> FromPlain<Vec<A>> for Vec<B> {
    #[inline]
    fn from_plain(value: Vec<A>) -> Self {
        value.into_iter().map(B::from_plain).collect()
    }
}
impl<A: Passable> Passable for Option<A> {}
impl<A, B: FromPlain<A>> FromPlain<Option<A>> for Option<B> {
    #[inline]
    fn from_plain(value: Option<A>) -> Self {
        value.map(B::from_plain)
    }
}

macro_rules! impl_from_plain_tuple {
    ($($plain:ident $lifted:ident $index:tt)*) => {
        impl<$($plain: Passable),*> Passable for ($($plain,)*) {}
        impl<$($plain,)* $($lifted: FromPlain<$plain>),*> FromPlain<($($plain,)*)> for ($($lifted,)*) {
            #[inline]
            fn from_plain(value: ($($plain,)*)) -> Self {
                ($($lifted::from_plain(value.$index),)*)
            }
        }
    };
}
impl_from_plain_tuple!(A0 B0 0);
impl_from_plain_tuple!(A0 B0 0 A1 B1 1);
impl_from_plain_tuple!(A0 B0 0 A1 B1 1 A2 B2 2);
impl_from_plain_tuple!(A0 B0 0 A1 B1 1 A2 B2 2 A3 B3 3);
impl_from_plain_tuple!(A0 B0 0 A1 B1 1 A2 B2 2 A3 B3 3 A4 B4 4);
impl_from_plain_tuple!(A0 B0 0 A1 B1 1 A2 B2 2 A3 B3 3 A4 B4 4 A5 B5 5);
impl_from_plain_tuple!(A0 B0 0 A1 B1 1 A2 B2 2 A3 B3 3 A4 B4 4 A5 B5 5 A6 B6 6);
impl_from_plain_tuple!(A0 B0 0 A1 B1 1 A2 B2 2 A3 B3 3 A4 B4 4 A5 B5 5 A6 B6 6 A7 B7 7);

/// The way of an argument that is no float.
pub trait KeepArgument {
    type Kept;
    fn lift(self) -> Self::Kept;
}

/// A value of a type that only the compiler knows, on its way to a plain one: a number gives its value.
#[derive(Debug)]
pub struct Read<'a, T>(pub &'a T);

impl<S: Scalar> Read<'_, S> {
    #[inline]
    pub fn read(&self) -> S::Primal {
        self.0.primal()
    }
}

/// The way of a value that is no number.
pub trait ReadAny {
    type Value;
    fn read(&self) -> Self::Value;
}
impl<T: Clone> ReadAny for Read<'_, T> {
    type Value = T;
    #[inline]
    fn read(&self) -> T {
        self.0.clone()
    }
}

/// A value of a type that only the compiler knows, cast to a float: a number stays as it is.
#[derive(Debug)]
pub struct Cast<'a, T>(pub &'a T);

impl<S: Scalar> Cast<'_, S> {
    #[inline]
    pub fn to_number<N>(&self) -> S {
        *self.0
    }
}

/// The way of an integer.
pub trait CastAny {
    fn to_number<S: Scalar>(&self) -> S;
}

macro_rules! define_integers {
    ($($integer:ident)*) => {
        $(
            impl CastAny for Cast<'_, $integer> {
                #[inline]
                fn to_number<S: Scalar>(&self) -> S {
                    // Every integer has a nearest float.
                    <S::Primal as num_traits::NumCast>::from(*self.0).map_or_else(S::nan, S::from_primal)
                }
            }
        )*
    };
}
define_integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

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
