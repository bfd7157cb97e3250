//! Twice the digits of a float, as an unevaluated sum of two: for the places where one is not enough.

use core::ops::{Add, Mul, Neg, Sub};

use super::coefficients::LN_2;
use super::elementary::{exp, ln, sqrt};
use super::polynomial::Polynomial;

/// `high + low`, of which `high` is the rounded sum.
#[derive(Clone, Copy, Debug)]
pub struct DoubleDouble {
    pub high: f64,
    pub low: f64,
}

/// 2^800
const FAR: f64 = f64::from_bits((1023 + 800) << 52);

/// A sum and its rounding error (Knuth's TwoSum).
#[inline]
pub fn two_sum(a: f64, b: f64) -> DoubleDouble {
    let high = a + b;
    let back = high - a;
    DoubleDouble {
        high,
        low: (a - (high - back)) + (b - back),
    }
}

/// The same for a first term that is the larger one (Dekker's Fast2Sum).
#[inline]
fn fast_two_sum(a: f64, b: f64) -> DoubleDouble {
    let high = a + b;
    DoubleDouble {
        high,
        low: b - (high - a),
    }
}

/// A product and its rounding error (Dekker's, by Veltkamp's halves), for factors below 2^996.
#[inline]
pub fn two_product(a: f64, b: f64) -> DoubleDouble {
    let halves = |x: f64| {
        let shifted = 134_217_729.0 * x;
        let upper = shifted - (shifted - x);
        (upper, x - upper)
    };
    let ((a1, a2), (b1, b2)) = (halves(a), halves(b));
    let high = a * b;
    DoubleDouble {
        high,
        low: ((a1 * b1 - high) + a1 * b2 + a2 * b1) + a2 * b2,
    }
}

/// `1/5 + z/7 + z²/9 + ...` for `0 ≤ z < 0.04`
#[inline]
pub fn artanh_rest(z: f64) -> f64 {
    static FURTHER: Polynomial<11> = {
        let mut coefficients = [0.0; 11];
        let mut k = 0;
        while k < coefficients.len() {
            coefficients[k] = 1.0 / (2 * k + 5) as f64;
            k += 1;
        }
        Polynomial {
            centre: 0.0,
            coefficients,
        }
    };
    FURTHER.at(z)
}

impl DoubleDouble {
    pub const ZERO: Self = Self::new(0.0);
    pub const ONE: Self = Self::new(1.0);

    #[inline]
    pub const fn new(high: f64) -> Self {
        Self { high, low: 0.0 }
    }

    #[inline]
    pub fn abs(self) -> Self {
        if self.high < 0.0 { -self } else { self }
    }

    /// The square root of a float.
    #[inline]
    pub fn sqrt(x: f64) -> Self {
        let high = sqrt(x);
        let square = two_product(high, high);
        Self {
            high,
            low: ((x - square.high) - square.low) / (high + high),
        }
    }

    /// Adds a float, of many in a row: the errors gather in the low part.
    #[inline]
    pub fn add_to_low(&mut self, term: f64) {
        let sum = two_sum(self.high, term);
        *self = Self {
            high: sum.high,
            low: self.low + sum.low,
        };
    }

    /// The sum of two floats, of which the first is the larger.
    #[inline]
    pub fn sum(larger: f64, smaller: f64) -> Self {
        fast_two_sum(larger, smaller)
    }

    /// The sum, rounded.
    #[inline]
    pub fn round(self) -> f64 {
        self.high + self.low
    }

    /// Times a power of two.
    #[inline]
    pub fn scale(self, factor: f64) -> Self {
        Self {
            high: self.high * factor,
            low: self.low * factor,
        }
    }

    #[inline]
    pub fn square(self) -> Self {
        self * self
    }

    /// The quotient; its error is a few units of the 105th bit.
    #[inline]
    pub fn over(self, other: Self) -> Self {
        let high = self.high / other.high;
        let product = two_product(high, other.high);
        let rest = (self.high - product.high) - product.low + self.low - high * other.low;
        fast_two_sum(high, rest / other.high)
    }

    /// A power with a positive exponent.
    #[inline]
    pub fn power(self, exponent: u32) -> Self {
        let half = match exponent {
            0 | 1 => return self,
            _ => self.power(exponent / 2).square(),
        };
        if exponent.is_multiple_of(2) {
            half
        } else {
            half * self
        }
    }

    /// The exponential times the factor, rounded.
    #[inline]
    pub fn exp_times(self, factor: Self) -> f64 {
        if self.high.abs() < 600.0 {
            let exp = exp(self.high);
            let product = two_product(exp, factor.high);
            product.high + (product.low + exp * (factor.low + factor.high * self.low))
        } else {
            self.far_exp_times(factor)
        }
    }

    /// Where the exponential or a product of twice the digits leaves the range, a power of two is taken out.
    #[cold]
    fn far_exp_times(self, factor: Self) -> f64 {
        const UNIT: f64 = f64::from_bits((1023 + 400) << 52);
        let out = LN_2 * 400.0;
        if (600.0..1000.0).contains(&self.high) {
            (self - out).exp_times(factor) * UNIT
        } else if (-1000.0..=-600.0).contains(&self.high) {
            (self + out).exp_times(factor) / UNIT
        } else {
            exp(self.high) * factor.high
        }
    }

    /// The natural logarithm, to about 2^-65 of itself or of 1.
    pub fn ln(self) -> Self {
        // There both halves are normal, and so is the reciprocal of their exponent.
        if !(1.0 / FAR..FAR).contains(&self.high) {
            return self.far_ln();
        }
        let (mantissa, exponent) = self.parts();
        // 2 artanh(s) with s = (m - 1)/(m + 1)
        let above = mantissa + Self::new(-1.0);
        let below = mantissa + Self::new(1.0);
        (above.over(below).double_artanh()) + LN_2 * exponent
    }

    #[cold]
    fn far_ln(self) -> Self {
        let out = LN_2 * 800.0;
        if !(self.high > 0.0 && self.high < f64::INFINITY) {
            Self::new(ln(self.high))
        } else if self.high > 1.0 {
            self.scale(1.0 / FAR).ln() + out
        } else {
            self.scale(FAR).ln() - out
        }
    }

    /// `2 artanh(s)` for `|s| < 0.2`.
    #[inline]
    pub fn double_artanh(self) -> Self {
        const THIRD: DoubleDouble = DoubleDouble {
            high: 1.0 / 3.0,
            low: 1.850371707708594e-17,
        };
        let square = self.square();
        let rest = THIRD + Self::new(square.high * artanh_rest(square.high));
        (self + self * (square * rest)).scale(2.0)
    }

    /// The mantissa between `√½` and `√2`, and the exponent.
    #[inline]
    fn parts(self) -> (Self, f64) {
        const ONE: u64 = 1023 << 52;
        let bits = self.high.to_bits();
        // What must be added to the bits of √½ to reach 1.
        let exponent =
            ((bits + (ONE - core::f64::consts::FRAC_1_SQRT_2.to_bits())) >> 52) as i64 - 1023;
        let unit = f64::from_bits(ONE.wrapping_add_signed(-exponent << 52));
        (self.scale(unit), exponent as f64)
    }
}

impl Add for DoubleDouble {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        let sum = two_sum(self.high, other.high);
        fast_two_sum(sum.high, sum.low + (self.low + other.low))
    }
}

impl Sub for DoubleDouble {
    type Output = Self;
    #[inline]
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Neg for DoubleDouble {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        self.scale(-1.0)
    }
}

impl Mul for DoubleDouble {
    type Output = Self;
    #[inline]
    fn mul(self, other: Self) -> Self {
        let product = two_product(self.high, other.high);
        fast_two_sum(
            product.high,
            product.low + (self.high * other.low + self.low * other.high),
        )
    }
}

impl Mul<f64> for DoubleDouble {
    type Output = Self;
    #[inline]
    fn mul(self, other: f64) -> Self {
        let product = two_product(self.high, other);
        fast_two_sum(product.high, product.low + self.low * other)
    }
}
