//! simba: our numbers are real fields, so that algorithms over `RealField` or `ComplexField` run on them.
//!
//! Every value is the one that `f64`'s own implementation gives, by the same operations.

use crate::ops::for_each_number;
use crate::rules::{Primitive, Scalar};
use crate::{Dual, HyperDual, Jet};

/// What a plain float becomes, and the way back.
fn lifted<S: Scalar>(value: f64) -> S {
    S::from_primal(S::Primal::round_from(value))
}

/// The methods of `ComplexField` that the numbers have by the same name.
macro_rules! own_methods {
    ([$number:ty] $($name:ident($($argument:ident),*);)*) => {
        $(
            #[inline]
            fn $name(self $(, $argument: Self)*) -> Self {
                <$number>::$name(self $(, $argument)*)
            }
        )*
    };
}

macro_rules! own_constants {
    ($($name:ident = $constant:ident;)*) => {
        $(
            #[inline]
            fn $name() -> Self {
                Self::$constant()
            }
        )*
    };
}

macro_rules! impl_subset {
    ($float:ident $to_float:ident [$number:ty] $($generics:tt)*) => {
        impl<T: Scalar, $($generics)*> SubsetOf<$number> for $float {
            #[inline]
            fn to_superset(&self) -> $number {
                lifted(f64::from(*self))
            }
            #[inline]
            fn from_superset_unchecked(element: &$number) -> Self {
                element.re.$to_float().unwrap_or($float::NAN)
            }
            /// Always, though the float has no derivatives: algorithms ask for the value that they decide by.
            #[inline]
            fn is_in_subset(_: &$number) -> bool {
                true
            }
        }
    };
}

macro_rules! impl_simba {
    ($type:ident [$number:ty] $($generics:tt)*) => {
        // The trait wants methods that are unsafe to call; nothing unsafe is done in them.
        #[allow(unsafe_code)]
        impl<T: Scalar, $($generics)*> SimdValue for $number {
            const LANES: usize = 1;
            type Element = Self;
            type SimdBool = bool;
            #[inline]
            fn splat(element: Self) -> Self {
                element
            }
            #[inline]
            fn extract(&self, _: usize) -> Self {
                *self
            }
            #[inline]
            unsafe fn extract_unchecked(&self, _: usize) -> Self {
                *self
            }
            #[inline]
            fn replace(&mut self, _: usize, element: Self) {
                *self = element;
            }
            #[inline]
            unsafe fn replace_unchecked(&mut self, _: usize, element: Self) {
                *self = element;
            }
            #[inline]
            fn select(self, condition: bool, other: Self) -> Self {
                if condition { self } else { other }
            }
        }
        impl<T: Scalar, $($generics)*> Field for $number {}

        impl<T: Scalar, $($generics)*> SubsetOf<Self> for $number {
            #[inline]
            fn to_superset(&self) -> Self {
                *self
            }
            #[inline]
            fn from_superset_unchecked(element: &Self) -> Self {
                *element
            }
            #[inline]
            fn is_in_subset(_: &Self) -> bool {
                true
            }
        }
        impl_subset!(f32 to_f32 [$number] $($generics)*);
        impl_subset!(f64 to_f64 [$number] $($generics)*);

        impl<T: Scalar + Send + Sync + 'static, $($generics)*> ComplexField for $number {
            type RealField = Self;
            own_methods!([$number]
                floor(); ceil(); round(); trunc(); fract(); abs(); signum(); mul_add(a, b); hypot(other); recip();
                sin(); cos(); tan(); asin(); acos(); atan(); sinh(); cosh(); tanh(); asinh(); acosh(); atanh();
                log(base); log2(); log10(); ln(); ln_1p(); sqrt(); exp(); exp2(); exp_m1(); powf(n); cbrt();
            );
            #[inline]
            fn from_real(re: Self) -> Self {
                re
            }
            #[inline]
            fn real(self) -> Self {
                self
            }
            #[inline]
            fn imaginary(self) -> Self {
                Self::zero()
            }
            #[inline]
            fn conjugate(self) -> Self {
                self
            }
            #[inline]
            fn modulus(self) -> Self {
                <$number>::abs(self)
            }
            #[inline]
            fn norm1(self) -> Self {
                <$number>::abs(self)
            }
            #[inline]
            fn modulus_squared(self) -> Self {
                self * self
            }
            #[inline]
            fn argument(self) -> Self {
                if self >= Self::zero() { Self::zero() } else { Self::PI() }
            }
            #[inline]
            fn to_exp(self) -> (Self, Self) {
                if self >= Self::zero() { (self, Self::one()) } else { (-self, -Self::one()) }
            }
            #[inline]
            fn scale(self, factor: Self) -> Self {
                self * factor
            }
            #[inline]
            fn unscale(self, factor: Self) -> Self {
                self / factor
            }
            #[inline]
            fn sin_cos(self) -> (Self, Self) {
                <$number>::sin_cos(self)
            }
            #[inline]
            fn sinc(self) -> Self {
                Activation::sinc(self)
            }
            #[inline]
            fn sinhc(self) -> Self {
                let (x, u) = (self.re, sinhc::value(self.re));
                self.chain(u, false, || sinhc::first(x, u), |d| sinhc::second(x, u, d))
            }
            /// `cos(x)/x`, and 1 at the pole 0, where there are no derivatives: live ones are NaN.
            #[inline]
            fn cosc(self) -> Self {
                if self.is_zero() { self.at_pole() } else { <$number>::cos(self) / self }
            }
            /// `cosh(x)/x`, and 1 at the pole 0, where there are no derivatives: live ones are NaN.
            #[inline]
            fn coshc(self) -> Self {
                if self.is_zero() { self.at_pole() } else { <$number>::cosh(self) / self }
            }
            #[inline]
            fn powi(self, n: i32) -> Self {
                <$number>::powi(self, n)
            }
            #[inline]
            fn powc(self, n: Self) -> Self {
                <$number>::powf(self, n)
            }
            #[inline]
            fn is_finite(&self) -> bool {
                <$number>::is_finite(*self)
            }
            #[inline]
            fn try_sqrt(self) -> Option<Self> {
                (self >= Self::zero()).then(|| <$number>::sqrt(self))
            }
        }

        impl<T: Scalar + Send + Sync + 'static, $($generics)*> RealField for $number {
            own_methods!([$number] copysign(sign); max(other); min(other); atan2(other););
            own_constants! {
                pi = PI; two_pi = TAU; frac_pi_2 = FRAC_PI_2; frac_pi_3 = FRAC_PI_3; frac_pi_4 = FRAC_PI_4; frac_pi_6 = FRAC_PI_6;
                frac_pi_8 = FRAC_PI_8; frac_1_pi = FRAC_1_PI; frac_2_pi = FRAC_2_PI; frac_2_sqrt_pi = FRAC_2_SQRT_PI;
                e = E; log2_e = LOG2_E; log10_e = LOG10_E; ln_2 = LN_2; ln_10 = LN_10;
            }
            #[inline]
            fn is_sign_positive(&self) -> bool {
                <$number>::is_sign_positive(*self)
            }
            #[inline]
            fn is_sign_negative(&self) -> bool {
                <$number>::is_sign_negative(*self)
            }
            /// As simba's for floats: without the panic of the method of that name.
            #[inline]
            fn clamp(self, min: Self, max: Self) -> Self {
                if self < min {
                    min
                } else if self > max {
                    max
                } else {
                    self
                }
            }
            #[inline]
            fn min_value() -> Option<Self> {
                Some(<Self as Bounded>::min_value())
            }
            #[inline]
            fn max_value() -> Option<Self> {
                Some(<Self as Bounded>::max_value())
            }
        }
    };
}

/// The traits of one version.
macro_rules! impl_version {
    ($version:ident) => {
        mod $version {
            use num_traits::{Bounded, FloatConst, One, Zero};
            use $version::scalar::{ComplexField, Field, RealField, SubsetOf};
            use $version::simd::SimdValue;

            use super::{lifted, sinhc};
            use crate::ops::for_each_number;
            use crate::rules::{Activation, Scalar};
            use crate::{Dual, HyperDual, Jet};

            for_each_number!(impl_simba);
        }
    };
}
#[cfg(feature = "simba_v0_10")]
impl_version!(simba_v0_10);
#[cfg(feature = "simba_v0_9")]
impl_version!(simba_v0_9);

macro_rules! impl_pole {
    ($type:ident [$number:ty] $($generics:tt)*) => {
        impl<T: Scalar, $($generics)*> $number {
            #[inline]
            fn at_pole(self) -> Self {
                self.scaled(T::one(), T::nan())
            }
        }
    };
}
for_each_number!(impl_pole);

/// `sinh(x)/x`, a row that simba asks for.
mod sinhc {
    use crate::rules::Scalar;

    /// As far as the series is more accurate than the closed form, which loses all digits near 0.
    fn is_small<T: Scalar>(x: T) -> bool {
        x.abs() < T::literal(1.3)
    }

    /// `Σ c(k) x^(2k-2) / (2k+1)!` from `k = 1` on.
    fn series<T: Scalar>(x: T, coefficient: impl Fn(f64) -> f64) -> T {
        const TERMS: u32 = 13;
        let square = x * x;
        let mut sum = T::zero();
        for k in (1..=TERMS).rev() {
            let k = f64::from(k);
            // The quotient of this term and the one before.
            sum =
                (T::literal(coefficient(k)) + square * sum) / T::literal(2.0 * k * (2.0 * k + 1.0));
        }
        sum
    }

    pub fn value<T: Scalar>(x: T) -> T {
        if x.is_exact_zero() {
            T::one()
        } else {
            x.sinh() / x
        }
    }

    pub fn first<T: Scalar>(x: T, u: T) -> T {
        if is_small(x) {
            x * series(x, |k| 2.0 * k)
        } else {
            (x.cosh() - u) / x
        }
    }

    pub fn second<T: Scalar>(x: T, u: T, first: T) -> T {
        if is_small(x) {
            series(x, |k| 2.0 * k * (2.0 * k - 1.0))
        } else {
            u - (first + first) / x
        }
    }
}
