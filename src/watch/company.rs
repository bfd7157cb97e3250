//! The traits that go with `Float`.

use core::cmp::Ordering;

use num_traits::{
    Bounded, Euclid, FloatConst, FromPrimitive, Inv, MulAdd, MulAddAssign, Num, NumCast, One, Pow,
    Signed, ToPrimitive, Zero, float::TotalOrder,
};

use super::Watched;
use crate::float::members::{
    constants, for_each_conversion_from, for_each_integer, for_each_named_constant, from_primitive,
};
use crate::rules::{Primitive, Scalar};

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
    for_each_named_constant!(constants);
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
    for_each_integer!(to_integer);
    fn to_f32(&self) -> Option<f32> {
        self.value.to_f32()
    }
    fn to_f64(&self) -> Option<f64> {
        self.value.to_f64()
    }
}

impl<T: Primitive> FromPrimitive for Watched<'_, T> {
    for_each_conversion_from!(from_primitive);
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
