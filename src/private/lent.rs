//! Plain arguments behind references: passed on as they are to a constant, else the numbers are a copy that lives until
//! the call returns.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use super::passed::FromPlain;
#[cfg(feature = "alloc")]
use super::passed::{ByValue, Passable};
use crate::rules::{Family, Scalar};

/// What a reference to a plain `A` can come to refer to.
pub trait Lend<A: ?Sized> {
    /// Holds the copy, if one is made.
    type Slot: Default;
    fn lend<'t>(plain: &'t A, slot: &'t mut Self::Slot) -> &'t Self;
}

/// The thing itself.
struct Itself;
impl Family for Itself {
    type Of<T> = T;
}

#[inline]
fn lend_sized<'t, A, B: FromPlain<A>>(plain: &'t A, slot: &'t mut Option<B>) -> &'t B {
    match B::same::<Itself>(plain) {
        Some(same) => same,
        None => slot.insert(B::copied(plain)),
    }
}

macro_rules! impl_lend_sized {
    ($([$($generics:tt)*] $plain:ty => $lifted:ty;)*) => {
        $(
            impl<$($generics)*> Lend<$plain> for $lifted {
                type Slot = Option<Self>;
                #[inline]
                fn lend<'t>(plain: &'t $plain, slot: &'t mut Option<Self>) -> &'t Self {
                    lend_sized(plain, slot)
                }
            }
        )*
    };
}
impl_lend_sized! {
    [S: Scalar<Primal = f32>] f32 => S;
    [S: Scalar<Primal = f64>] f64 => S;
    [A, B: FromPlain<A>, const N: usize] [A; N] => [B; N];
    [A, B: FromPlain<A>] Option<A> => Option<B>;
}
#[cfg(feature = "alloc")]
impl_lend_sized! {
    [A, B: FromPlain<A>] Vec<A> => Vec<B>;
}

macro_rules! impl_lend_without_floats {
    ($($type:ty)*) => {
        $(
            impl Lend<$type> for $type {
                type Slot = ();
                #[inline]
                fn lend<'t>(plain: &'t $type, (): &'t mut ()) -> &'t Self {
                    plain
                }
            }
        )*
    };
}
impl_lend_without_floats!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize bool char);

/// References to references become what is behind them, as in any call.
impl<A: ?Sized, B: Lend<A> + ?Sized> Lend<&A> for B {
    type Slot = B::Slot;
    #[inline]
    fn lend<'t>(plain: &'t &A, slot: &'t mut B::Slot) -> &'t Self {
        B::lend(*plain, slot)
    }
}

#[cfg(feature = "alloc")]
struct Slice;
#[cfg(feature = "alloc")]
impl Family for Slice {
    type Of<T> = [T];
}
#[cfg(feature = "alloc")]
impl<A: Passable<Way = ByValue>> Passable for [A] {
    type Way = ByValue;
}

#[cfg(feature = "alloc")]
macro_rules! impl_lend_slice {
    ($([$($generics:tt)*] $plain:ty;)*) => {
        $(
            impl<A, B: FromPlain<A> $($generics)*> Lend<$plain> for [B] {
                type Slot = Vec<B>;
                #[inline]
                fn lend<'t>(plain: &'t $plain, slot: &'t mut Vec<B>) -> &'t [B] {
                    match B::same::<Slice>(plain) {
                        Some(same) => same,
                        None => {
                            slot.extend(plain.iter().map(B::copied));
                            slot
                        }
                    }
                }
            }
        )*
    };
}
#[cfg(feature = "alloc")]
impl_lend_slice! {
    [] [A];
    [] Vec<A>;
    [, const N: usize] [A; N];
}
