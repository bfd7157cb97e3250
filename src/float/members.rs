//! What `num_traits` asks of a float, as lists: every number type of the crate reads them.

/// The methods of `Float`, but for those that make a constant, and `integer_decode`.
macro_rules! for_each_float_method {
    ($apply:ident $($context:tt)*) => { $apply! { $($context)*
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
    } };
}
pub(crate) use for_each_float_method;

/// Those that make one.
macro_rules! for_each_float_constant {
    ($apply:ident) => {
        $apply!(nan infinity neg_infinity neg_zero min_value min_positive_value epsilon max_value);
    };
}
pub(crate) use for_each_float_constant;

/// The members of `FloatConst`.
macro_rules! for_each_named_constant {
    ($apply:ident) => { $apply! {
        E FRAC_1_PI FRAC_1_SQRT_2 FRAC_2_PI FRAC_2_SQRT_PI FRAC_PI_2 FRAC_PI_3 FRAC_PI_4 FRAC_PI_6 FRAC_PI_8
        LN_10 LN_2 LOG10_E LOG2_E PI SQRT_2 TAU LOG10_2 LOG2_10
    } };
}
pub(crate) use for_each_named_constant;

/// The members of `ToPrimitive` that give an integer.
macro_rules! for_each_integer {
    ($apply:ident) => { $apply! {
        to_isize -> isize; to_i8 -> i8; to_i16 -> i16; to_i32 -> i32; to_i64 -> i64; to_i128 -> i128;
        to_usize -> usize; to_u8 -> u8; to_u16 -> u16; to_u32 -> u32; to_u64 -> u64; to_u128 -> u128;
    } };
}
pub(crate) use for_each_integer;

/// The members of `FromPrimitive`.
macro_rules! for_each_conversion_from {
    ($apply:ident) => { $apply! {
        from_isize(isize); from_i8(i8); from_i16(i16); from_i32(i32); from_i64(i64); from_i128(i128);
        from_usize(usize); from_u8(u8); from_u16(u16); from_u32(u32); from_u64(u64); from_u128(u128);
        from_f32(f32); from_f64(f64);
    } };
}
pub(crate) use for_each_conversion_from;

/// Constants, which have no derivative.
macro_rules! constants {
    ($($name:ident)*) => {
        $(
            #[inline]
            fn $name() -> Self {
                Self::constant(T::$name())
            }
        )*
    };
}
pub(crate) use constants;

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
pub(crate) use from_primitive;
