//! `num_traits::Float`, whole: every method goes to its inherent twin.

use core::num::FpCategory;

use num_traits::Float;

use super::Watched;
use crate::rules::Primitive;

macro_rules! forward {
    ($($name:ident($($argument:ident: $type:ty),*) -> $result:ty;)*) => {
        $(
            #[track_caller]
            fn $name(self $(, $argument: $type)*) -> $result {
                Watched::$name(self $(, $argument)*)
            }
        )*
    };
}

macro_rules! constants {
    ($($name:ident)*) => {
        $(
            fn $name() -> Self {
                Self::constant(T::$name())
            }
        )*
    };
}

impl<T: Primitive> Float for Watched<'_, T> {
    constants!(nan infinity neg_infinity neg_zero min_value min_positive_value epsilon max_value);
    forward! {
        is_nan() -> bool;
        is_infinite() -> bool;
        is_finite() -> bool;
        is_normal() -> bool;
        is_subnormal() -> bool;
        is_sign_positive() -> bool;
        is_sign_negative() -> bool;
        classify() -> FpCategory;
        floor() -> Self;
        ceil() -> Self;
        round() -> Self;
        trunc() -> Self;
        fract() -> Self;
        abs() -> Self;
        signum() -> Self;
        mul_add(a: Self, b: Self) -> Self;
        recip() -> Self;
        powi(n: i32) -> Self;
        powf(n: Self) -> Self;
        sqrt() -> Self;
        exp() -> Self;
        exp2() -> Self;
        ln() -> Self;
        log(base: Self) -> Self;
        log2() -> Self;
        log10() -> Self;
        to_degrees() -> Self;
        to_radians() -> Self;
        max(other: Self) -> Self;
        min(other: Self) -> Self;
        clamp(min: Self, max: Self) -> Self;
        abs_sub(other: Self) -> Self;
        cbrt() -> Self;
        hypot(other: Self) -> Self;
        sin() -> Self;
        cos() -> Self;
        tan() -> Self;
        asin() -> Self;
        acos() -> Self;
        atan() -> Self;
        atan2(other: Self) -> Self;
        sin_cos() -> (Self, Self);
        exp_m1() -> Self;
        ln_1p() -> Self;
        sinh() -> Self;
        cosh() -> Self;
        tanh() -> Self;
        asinh() -> Self;
        acosh() -> Self;
        atanh() -> Self;
        copysign(sign: Self) -> Self;
    }
    fn integer_decode(self) -> (u64, i16, i8) {
        Float::integer_decode(self.value)
    }
}
