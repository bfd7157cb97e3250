//! Values whose types only the compiler knows, on their way back to plain ones.

use super::plain::InParts;
use crate::rules::Scalar;

/// A value of a type that only the compiler knows, on its way to a plain one: numbers in it give their values.
#[derive(Debug)]
pub struct Read<'a, T: ?Sized>(pub &'a T);

impl<T: InParts + ?Sized> Read<'_, T> {
    #[inline]
    pub fn read(&self) -> T::Plain {
        self.0.to_plain()
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
