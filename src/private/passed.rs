//! Plain arguments on their way into lifted functions that the macro has not seen.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use crate::rules::Scalar;

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
