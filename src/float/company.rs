//! The traits that go with `Float`: comparison, conversion, constants, and the rest of `num_traits`.

use core::cmp::Ordering;

use num_traits::{
    Bounded, Euclid, FloatConst, FromPrimitive, Inv, MulAdd, MulAddAssign, Num, NumCast, One, Pow,
    Signed, ToPrimitive, Zero, float::TotalOrder,
};

use crate::ops::for_each_number;
use crate::rules::{Primitive, Scalar};
use crate::{Dual, HyperDual, Jet};

macro_rules! float_constants {
    ($($name:ident)*) => {
        $(
            #[inline]
            fn $name() -> Self {
                Self::constant(T::$name())
            }
        )*
    };
}

macro_rules! impl_pow_by_integer {
    ($integer:ty: [$number:ty] $($generics:tt)*) => {
        impl<T: Scalar, $($generics)*> Pow<$integer> for $number {
            type Output = Self;
            #[inline]
            fn pow(self, n: $integer) -> Self {
                self.powi(n.into())
            }
        }
    };
}

macro_rules! to_primitive {
    ($($name:ident -> $type:ty;)*) => {
        $(
            #[inline]
            fn $name(&self) -> Option<$type> {
                self.re.$name()
            }
        )*
    };
}

macro_rules! from_primitive {
    ($($name:ident($type:ty);)*) => {
        $(
            #[inline]
            fn $name(n: $type) -> Option<Self> {
                <T as NumCast>::from(n).map(Self::constant)
            }
        )*
    };
}

/// As the floats compare: by an `Ordering` it would take them two comparisons.
macro_rules! compare {
    (($self:ident, $other:ident: $type:ty) $left:expr, $right:expr; $($name:ident)*) => {
        $(
            #[inline]
            fn $name(&$self, $other: $type) -> bool {
                $left.$name(&$right)
            }
        )*
    };
}

macro_rules! impl_traits {
    ($type:ident [$number:ty] $($generics:tt)*) => {
        /// Compares values only, so that control flow goes where plain floats would; see
        /// [`Scalar::exactly_equals`] for all parts.
        impl<T: Scalar, $($generics)*> PartialEq for $number {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.re == other.re
            }
        }
        impl<T: Scalar, $($generics)*> PartialOrd for $number {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                self.re.partial_cmp(&other.re)
            }
            compare! { (self, other: &Self) self.re, other.re; lt le gt ge }
        }
        impl<P: Primitive, T: Scalar<Primal = P>, $($generics)*> PartialEq<P> for $number {
            #[inline]
            fn eq(&self, other: &P) -> bool {
                self.primal() == *other
            }
        }
        impl<P: Primitive, T: Scalar<Primal = P>, $($generics)*> PartialOrd<P> for $number {
            #[inline]
            fn partial_cmp(&self, other: &P) -> Option<Ordering> {
                self.primal().partial_cmp(other)
            }
            compare! { (self, other: &P) self.primal(), *other; lt le gt ge }
        }
        impl<T: Scalar, $($generics)*> TotalOrder for $number {
            #[inline]
            fn total_cmp(&self, other: &Self) -> Ordering {
                <$number>::total_cmp(self, other)
            }
        }
        impl<T: Scalar, $($generics)*> Default for $number {
            #[inline]
            fn default() -> Self {
                Self::zero()
            }
        }

        impl<T: Scalar, $($generics)*> Zero for $number {
            #[inline]
            fn zero() -> Self {
                Self::constant(T::zero())
            }
            #[inline]
            fn is_zero(&self) -> bool {
                self.re.is_zero()
            }
        }
        impl<T: Scalar, $($generics)*> One for $number {
            #[inline]
            fn one() -> Self {
                Self::constant(T::one())
            }
            #[inline]
            fn is_one(&self) -> bool {
                self.re.is_one()
            }
        }
        impl<T: Scalar, $($generics)*> Num for $number {
            type FromStrRadixErr = T::FromStrRadixErr;
            fn from_str_radix(text: &str, radix: u32) -> Result<Self, Self::FromStrRadixErr> {
                T::from_str_radix(text, radix).map(Self::constant)
            }
        }
        impl<T: Scalar, $($generics)*> NumCast for $number {
            #[inline]
            fn from<P: ToPrimitive>(n: P) -> Option<Self> {
                <T as NumCast>::from(n).map(Self::constant)
            }
        }
        impl<T: Scalar, $($generics)*> ToPrimitive for $number {
            to_primitive! {
                to_isize -> isize; to_i8 -> i8; to_i16 -> i16; to_i32 -> i32; to_i64 -> i64; to_i128 -> i128;
                to_usize -> usize; to_u8 -> u8; to_u16 -> u16; to_u32 -> u32; to_u64 -> u64; to_u128 -> u128;
                to_f32 -> f32; to_f64 -> f64;
            }
        }
        impl<T: Scalar, $($generics)*> FromPrimitive for $number {
            from_primitive! {
                from_isize(isize); from_i8(i8); from_i16(i16); from_i32(i32); from_i64(i64); from_i128(i128);
                from_usize(usize); from_u8(u8); from_u16(u16); from_u32(u32); from_u64(u64); from_u128(u128);
                from_f32(f32); from_f64(f64);
            }
        }
        impl<T: Scalar, $($generics)*> Bounded for $number {
            #[inline]
            fn min_value() -> Self {
                Self::constant(T::min_value())
            }
            #[inline]
            fn max_value() -> Self {
                Self::constant(T::max_value())
            }
        }
        impl<T: Scalar, $($generics)*> FloatConst for $number {
            float_constants! {
                E FRAC_1_PI FRAC_1_SQRT_2 FRAC_2_PI FRAC_2_SQRT_PI FRAC_PI_2 FRAC_PI_3 FRAC_PI_4 FRAC_PI_6 FRAC_PI_8
                LN_10 LN_2 LOG10_E LOG2_E PI SQRT_2 TAU LOG10_2 LOG2_10
            }
        }
        impl<T: Scalar, $($generics)*> Signed for $number {
            #[inline]
            fn abs(&self) -> Self {
                <$number>::abs(*self)
            }
            #[inline]
            fn abs_sub(&self, other: &Self) -> Self {
                <$number>::abs_sub(*self, *other)
            }
            #[inline]
            fn signum(&self) -> Self {
                <$number>::signum(*self)
            }
            #[inline]
            fn is_positive(&self) -> bool {
                self.is_sign_positive()
            }
            #[inline]
            fn is_negative(&self) -> bool {
                self.is_sign_negative()
            }
        }
        impl<T: Scalar, $($generics)*> Inv for $number {
            type Output = Self;
            #[inline]
            fn inv(self) -> Self {
                self.recip()
            }
        }
        impl<T: Scalar, $($generics)*> MulAdd for $number {
            type Output = Self;
            #[inline]
            fn mul_add(self, a: Self, b: Self) -> Self {
                <$number>::mul_add(self, a, b)
            }
        }
        impl<T: Scalar, $($generics)*> MulAddAssign for $number {
            #[inline]
            fn mul_add_assign(&mut self, a: Self, b: Self) {
                *self = <$number>::mul_add(*self, a, b);
            }
        }
        impl<T: Scalar, $($generics)*> Euclid for $number {
            #[inline]
            fn div_euclid(&self, divisor: &Self) -> Self {
                <$number>::div_euclid(*self, *divisor)
            }
            #[inline]
            fn rem_euclid(&self, divisor: &Self) -> Self {
                <$number>::rem_euclid(*self, *divisor)
            }
        }
        impl<T: Scalar, $($generics)*> Pow<$number> for $number {
            type Output = Self;
            #[inline]
            fn pow(self, exponent: Self) -> Self {
                self.powf(exponent)
            }
        }
        impl<P: Primitive, T: Scalar<Primal = P>, $($generics)*> Pow<P> for $number {
            type Output = Self;
            #[inline]
            fn pow(self, exponent: P) -> Self {
                self.powf(Self::from_primal(exponent))
            }
        }
        impl_pow_by_integer!(i8: [$number] $($generics)*);
        impl_pow_by_integer!(u8: [$number] $($generics)*);
        impl_pow_by_integer!(i16: [$number] $($generics)*);
        impl_pow_by_integer!(u16: [$number] $($generics)*);
        impl_pow_by_integer!(i32: [$number] $($generics)*);
    };
}

for_each_number!(impl_traits);

macro_rules! impl_from_float {
    ($($float:ty)*) => {
        $(
            impl<const N: usize> From<$float> for Dual<$float, N> {
                #[inline]
                fn from(value: $float) -> Self {
                    Self::constant(value)
                }
            }
            impl From<$float> for HyperDual<$float> {
                #[inline]
                fn from(value: $float) -> Self {
                    Self::constant(value)
                }
            }
            impl<const N: usize> From<$float> for Jet<$float, N> {
                #[inline]
                fn from(value: $float) -> Self {
                    Self::constant(value)
                }
            }
        )*
    };
}
impl_from_float!(f32 f64);
