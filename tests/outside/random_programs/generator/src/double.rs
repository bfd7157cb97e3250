//! Double-double arithmetic: about 31 digits, as an unevaluated sum of two floats. Enough for central differences
//! with 20 digits, and quick.

use std::ops::{Add, Div, Mul, Neg, Sub};

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Double {
    pub high: f64,
    pub low: f64,
}

/// `a + b` and its rounding error (Knuth).
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let part = sum - a;
    (sum, (a - (sum - part)) + (b - part))
}

/// The same where `|a| >= |b|` (Dekker).
fn quick_two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    (sum, b - (sum - a))
}

fn two_product(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    (product, a.mul_add(b, -product))
}

impl Double {
    pub const ZERO: Self = Self::from_parts(0.0, 0.0);
    pub const ONE: Self = Self::from_parts(1.0, 0.0);
    pub const PI: Self = Self::from_parts(std::f64::consts::PI, 1.2246467991473532e-16);
    pub const LN_2: Self = Self::from_parts(std::f64::consts::LN_2, 2.3190468138462996e-17);
    pub const LN_10: Self = Self::from_parts(std::f64::consts::LN_10, -2.1707562233822494e-16);

    pub const fn from_parts(high: f64, low: f64) -> Self {
        Self { high, low }
    }

    pub const fn new(value: f64) -> Self {
        Self::from_parts(value, 0.0)
    }

    pub fn is_negative(self) -> bool {
        self.high < 0.0 || self.high == 0.0 && self.low < 0.0
    }

    pub fn abs(self) -> Self {
        if self.is_negative() { -self } else { self }
    }

    /// -1, 0 or 1 as `self` is below, at or above `other`.
    pub fn order(self, other: Self) -> i64 {
        let difference = self - other;
        let sign = if difference.high == 0.0 {
            difference.low
        } else {
            difference.high
        };
        i64::from(sign > 0.0) - i64::from(sign < 0.0)
    }

    pub fn sign(self) -> i64 {
        self.order(Self::ZERO)
    }

    pub fn floor(self) -> Self {
        let high = self.high.floor();
        if high == self.high {
            let (high, low) = quick_two_sum(high, self.low.floor());
            Self { high, low }
        } else {
            Self::new(high)
        }
    }

    /// Exact for powers of two.
    pub fn scale(self, factor: f64) -> Self {
        Self::from_parts(self.high * factor, self.low * factor)
    }

    pub fn sqrt(self) -> Self {
        if self.high == 0.0 && self.low == 0.0 {
            return Self::ZERO;
        }
        let root = Self::new(self.high.sqrt());
        root + (self - root * root) / root.scale(2.0)
    }
}

impl Add for Double {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let (high, error) = two_sum(self.high, other.high);
        let (low, rest) = two_sum(self.low, other.low);
        let (high, error) = quick_two_sum(high, error + low);
        let (high, low) = quick_two_sum(high, error + rest);
        Self { high, low }
    }
}

impl Neg for Double {
    type Output = Self;
    fn neg(self) -> Self {
        Self::from_parts(-self.high, -self.low)
    }
}

impl Sub for Double {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Double {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let (high, error) = two_product(self.high, other.high);
        let (high, low) = quick_two_sum(
            high,
            error + (self.high * other.low + self.low * other.high),
        );
        Self { high, low }
    }
}

impl Div for Double {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let first = self.high / other.high;
        let rest = self - other * Self::new(first);
        let second = rest.high / other.high;
        let rest = rest - other * Self::new(second);
        let third = rest.high / other.high;
        let (high, low) = quick_two_sum(first, second);
        Self { high, low } + Self::new(third)
    }
}
