//! The traits that go with `Float`.

use core::cmp::Ordering;

use num_traits::{
    Bounded, Euclid, FloatConst, FromPrimitive, Inv, MulAdd, MulAddAssign, Num, NumCast, One, Pow,
    Signed, ToPrimitive, Zero, float::TotalOrder,
};

use super::Watched;
use crate::rules::{Primitive, Scalar};

macro_rules! constants {
    ($($name:ident)*) => {
        $(
            fn $name() -> Self {
                Self::constant(T::$name())
            }
        )*
    };
}

impl<T: Primitive> Zero for Watched<'_, T> {
    constants!(zero);
    #[track_caller]
    fn is_zero(&self) -> bool {
        self.decide_alone("is_zero", T::zero());
        self.value.is_zero()
    }
}

impl<T: Primitive> One for Watched<'_, T> {
    constants!(one);
    #[track_caller]
    fn is_one(&self) -> bool {
        self.decide_alone("is_one", T::one());
        self.value.is_one()
    }
}

impl<T: Primitive> Bounded for Watched<'_, T> {
    constants!(min_value max_value);
}

impl<T: Primitive> FloatConst for Watched<'_, T> {
    constants! {
        E FRAC_1_PI FRAC_1_SQRT_2 FRAC_2_PI FRAC_2_SQRT_PI FRAC_PI_2 FRAC_PI_3 FRAC_PI_4 FRAC_PI_6 FRAC_PI_8
        LN_10 LN_2 LOG10_E LOG2_E PI SQRT_2 TAU LOG10_2 LOG2_10
    }
}

impl<T: Primitive> Num for Watched<'_, T> {
    type FromStrRadixErr = T::FromStrRadixErr;
    fn from_str_radix(text: &str, radix: u32) -> Result<Self, Self::FromStrRadixErr> {
        T::from_str_radix(text, radix).map(Self::constant)
    }
}

impl<T: Primitive> NumCast for Watched<'_, T> {
    fn from<P: ToPrimitive>(n: P) -> Option<Self> {
        <T as NumCast>::from(n).map(Self::constant)
    }
}

macro_rules! to_integer {
    ($($name:ident -> $type:ty;)*) => {
        $(
            #[track_caller]
            fn $name(&self) -> Option<$type> {
                self.primal_to_cast().$name()
            }
        )*
    };
}

impl<T: Primitive> ToPrimitive for Watched<'_, T> {
    to_integer! {
        to_isize -> isize; to_i8 -> i8; to_i16 -> i16; to_i32 -> i32; to_i64 -> i64; to_i128 -> i128;
        to_usize -> usize; to_u8 -> u8; to_u16 -> u16; to_u32 -> u32; to_u64 -> u64; to_u128 -> u128;
    }
    fn to_f32(&self) -> Option<f32> {
        self.value.to_f32()
    }
    fn to_f64(&self) -> Option<f64> {
        self.value.to_f64()
    }
}

macro_rules! from_primitive {
    ($($name:ident($type:ty);)*) => {
        $(
            fn $name(n: $type) -> Option<Self> {
                <T as NumCast>::from(n).map(Self::constant)
            }
        )*
    };
}

impl<T: Primitive> FromPrimitive for Watched<'_, T> {
    from_primitive! {
        from_isize(isize); from_i8(i8); from_i16(i16); from_i32(i32); from_i64(i64); from_i128(i128);
        from_usize(usize); from_u8(u8); from_u16(u16); from_u32(u32); from_u64(u64); from_u128(u128);
        from_f32(f32); from_f64(f64);
    }
}

impl<T: Primitive> Signed for Watched<'_, T> {
    #[track_caller]
    fn abs(&self) -> Self {
        Watched::abs(*self)
    }
    #[track_caller]
    fn abs_sub(&self, other: &Self) -> Self {
        Watched::abs_sub(*self, *other)
    }
    #[track_caller]
    fn signum(&self) -> Self {
        Watched::signum(*self)
    }
    #[track_caller]
    fn is_positive(&self) -> bool {
        self.is_sign_positive()
    }
    #[track_caller]
    fn is_negative(&self) -> bool {
        self.is_sign_negative()
    }
}

impl<T: Primitive> Inv for Watched<'_, T> {
    type Output = Self;
    fn inv(self) -> Self {
        self.recip()
    }
}

impl<T: Primitive> MulAdd for Watched<'_, T> {
    type Output = Self;
    fn mul_add(self, a: Self, b: Self) -> Self {
        Watched::mul_add(self, a, b)
    }
}

impl<T: Primitive> MulAddAssign for Watched<'_, T> {
    fn mul_add_assign(&mut self, a: Self, b: Self) {
        *self = Watched::mul_add(*self, a, b);
    }
}

impl<T: Primitive> Euclid for Watched<'_, T> {
    #[track_caller]
    fn div_euclid(&self, divisor: &Self) -> Self {
        Watched::div_euclid(*self, *divisor)
    }
    #[track_caller]
    fn rem_euclid(&self, divisor: &Self) -> Self {
        Watched::rem_euclid(*self, *divisor)
    }
}

impl<T: Primitive> TotalOrder for Watched<'_, T> {
    #[track_caller]
    fn total_cmp(&self, other: &Self) -> Ordering {
        Watched::total_cmp(self, other)
    }
}

impl<T: Primitive> Pow<Self> for Watched<'_, T> {
    type Output = Self;
    fn pow(self, exponent: Self) -> Self {
        self.powf(exponent)
    }
}

impl<T: Primitive> Pow<T> for Watched<'_, T> {
    type Output = Self;
    fn pow(self, exponent: T) -> Self {
        self.powf(Self::constant(exponent))
    }
}

macro_rules! impl_pow_by_integer {
    ($($integer:ty)*) => {
        $(
            impl<T: Primitive> Pow<$integer> for Watched<'_, T> {
                type Output = Self;
                fn pow(self, n: $integer) -> Self {
                    self.powi(n.into())
                }
            }
        )*
    };
}
impl_pow_by_integer!(i8 u8 i16 u16 i32);

macro_rules! impl_from_float {
    ($($float:ty)*) => {
        $(
            impl From<$float> for Watched<'_, $float> {
                fn from(value: $float) -> Self {
                    Self::constant(value)
                }
            }
        )*
    };
}
impl_from_float!(f32 f64);
