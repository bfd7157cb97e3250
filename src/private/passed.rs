//! Plain arguments on their way into lifted functions that the macro has not seen.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use super::lent::Lend;
use crate::rules::{Family, Scalar};

/// A plain argument on its way into a lifted function, whose parameter may be an input or a constant: the parameter's
/// type decides whether the floats become numbers.
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

impl<A> Same<A> {
    #[inline]
    pub fn into_parameter(self, (): &mut ()) -> A {
        self.0
    }
}
impl<A: Passable> Liftable<A> {
    /// The parameter; what it refers to may be a copy, which `slot` holds.
    #[inline]
    pub fn into_parameter<'t, P>(self, slot: &'t mut <A::Way as Convert<'t, A, P>>::Slot) -> P
    where
        A::Way: Convert<'t, A, P>,
    {
        A::Way::convert(self.0, slot)
    }
}

/// Types that become a parameter part by part. What is none, as a type of the user's without floats, goes as it is.
pub trait Passable {
    /// [`ByValue`] or [`ByReference`].
    type Way;
}
#[derive(Clone, Copy, Debug)]
pub struct ByValue;
#[derive(Clone, Copy, Debug)]
pub struct ByReference;

/// How an argument `A` becomes a parameter `P`.
#[diagnostic::on_unimplemented(
    message = "this argument does not fit the parameter of the differentiated function",
    label = "expected `{P}`"
)]
pub trait Convert<'t, A, P> {
    type Slot: Default;
    fn convert(argument: A, slot: &'t mut Self::Slot) -> P;
}
impl<A, P: FromPlain<A>> Convert<'_, A, P> for ByValue {
    type Slot = ();
    #[inline]
    fn convert(argument: A, (): &mut ()) -> P {
        P::from_plain(argument)
    }
}
impl<'t, 'a: 't, A: ?Sized, P: Lend<A> + ?Sized> Convert<'t, &'a A, &'t P> for ByReference {
    type Slot = P::Slot;
    #[inline]
    fn convert(argument: &'a A, slot: &'t mut P::Slot) -> &'t P {
        P::lend(argument, slot)
    }
}
impl<A: Passable + ?Sized> Passable for &A {
    type Way = ByReference;
}

/// The plain value itself, or with numbers in place of its floats.
pub trait FromPlain<A>: Sized {
    fn from_plain(value: A) -> Self;
    /// The same of a value that stays where it is.
    fn copied(value: &A) -> Self;
    /// What is made of `A`s, as made of what they become, if that is the same.
    #[inline]
    fn same<F: Family>(_: &F::Of<A>) -> Option<&F::Of<Self>> {
        None
    }
}

macro_rules! impl_from_plain_float {
    ($($float:ident)*) => {
        $(
            impl Passable for $float {
                type Way = ByValue;
            }
            impl<S: Scalar<Primal = $float>> FromPlain<$float> for S {
                #[inline]
                fn from_plain(value: $float) -> S {
                    S::from_primal(value)
                }
                #[inline]
                fn copied(value: &$float) -> S {
                    S::from_primal(*value)
                }
                #[inline]
                fn same<F: Family>(plain: &F::Of<$float>) -> Option<&F::Of<S>> {
                    S::same_as_primal::<F>(plain)
                }
            }
        )*
    };
}
impl_from_plain_float!(f32 f64);

macro_rules! impl_from_plain_without_floats {
    ($($type:ty)*) => {
        $(
            impl Passable for $type {
                type Way = ByValue;
            }
            impl FromPlain<$type> for $type {
                #[inline]
                fn from_plain(value: $type) -> Self {
                    value
                }
                #[inline]
                fn copied(value: &$type) -> Self {
                    *value
                }
                #[inline]
                fn same<F: Family>(plain: &F::Of<$type>) -> Option<&F::Of<$type>> {
                    Some(plain)
                }
            }
        )*
    };
}
impl_from_plain_without_floats!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize bool char);

/// What is made of arrays.
struct Arrays<F, const N: usize>(core::marker::PhantomData<F>);
impl<F: Family, const N: usize> Family for Arrays<F, N> {
    type Of<T> = F::Of<[T; N]>;
}
impl<A: Passable<Way = ByValue>, const N: usize> Passable for [A; N] {
    type Way = ByValue;
}
impl<A, B: FromPlain<A>, const N: usize> FromPlain<[A; N]> for [B; N] {
    #[inline]
    fn from_plain(value: [A; N]) -> Self {
        value.map(B::from_plain)
    }
    #[inline]
    fn copied(value: &[A; N]) -> Self {
        value.each_ref().map(B::copied)
    }
    #[inline]
    fn same<F: Family>(plain: &F::Of<[A; N]>) -> Option<&F::Of<Self>> {
        B::same::<Arrays<F, N>>(plain)
    }
}

macro_rules! impl_from_plain_container {
    ($container:ident $family:ident $what:literal: |$value:ident| $iterator:expr; |$borrowed:ident| $by_reference:expr) => {
        #[doc = $what]
        struct $family<F>(core::marker::PhantomData<F>);
        impl<F: Family> Family for $family<F> {
            type Of<T> = F::Of<$container<T>>;
        }
        impl<A: Passable<Way = ByValue>> Passable for $container<A> {
            type Way = ByValue;
        }
        impl<A, B: FromPlain<A>> FromPlain<$container<A>> for $container<B> {
            #[inline]
            fn from_plain($value: $container<A>) -> Self {
                $iterator
            }
            #[inline]
            fn copied($borrowed: &$container<A>) -> Self {
                $by_reference
            }
            #[inline]
            fn same<F: Family>(plain: &F::Of<$container<A>>) -> Option<&F::Of<Self>> {
                B::same::<$family<F>>(plain)
            }
        }
    };
}
#[cfg(feature = "alloc")]
impl_from_plain_container!(Vec Vectors "What is made of vectors.":
    |value| value.into_iter().map(B::from_plain).collect();
    |value| value.iter().map(B::copied).collect());
impl_from_plain_container!(Option Options "What is made of options.":
    |value| value.map(B::from_plain);
    |value| value.as_ref().map(B::copied));

macro_rules! impl_from_plain_tuple {
    ($($plain:ident $lifted:ident $index:tt)*) => {
        impl<$($plain: Passable<Way = ByValue>),*> Passable for ($($plain,)*) {
            type Way = ByValue;
        }
        impl<$($plain,)* $($lifted: FromPlain<$plain>),*> FromPlain<($($plain,)*)> for ($($lifted,)*) {
            #[inline]
            fn from_plain(value: ($($plain,)*)) -> Self {
                ($($lifted::from_plain(value.$index),)*)
            }
            #[inline]
            fn copied(value: &($($plain,)*)) -> Self {
                ($($lifted::copied(&value.$index),)*)
            }
        }
        impl<$($plain,)* $($lifted: FromPlain<$plain>),*> Lend<($($plain,)*)> for ($($lifted,)*) {
            type Slot = Option<Self>;
            #[inline]
            fn lend<'t>(plain: &'t ($($plain,)*), slot: &'t mut Option<Self>) -> &'t Self {
                slot.insert(Self::copied(plain))
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
