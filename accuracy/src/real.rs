//! Real numbers of any precision: the functions that values are made of, and nothing of derivatives.

use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::ops::{Add, Div, Mul, Neg, Sub};

use astro_float_num::{BigFloat, Consts, RoundingMode, Sign};

use crate::reference::Reference;

const ROUNDING: RoundingMode = RoundingMode::None;

thread_local! {
    static PRECISION: Cell<usize> = const { Cell::new(256) };
    static CONSTANTS: RefCell<Consts> = RefCell::new(Consts::new().expect("memory for constants"));
}

/// The bits that operations keep from here on.
pub fn set_precision(bits: usize) {
    PRECISION.set(bits);
}

fn bits() -> usize {
    PRECISION.get()
}

#[derive(Clone, Debug)]
pub struct Real(BigFloat);

impl From<f64> for Real {
    /// Exact.
    fn from(value: f64) -> Self {
        if value.is_subnormal() {
            // The library would lose bits.
            let mut scaled = BigFloat::from_f64(value * 2f64.powi(100), 64);
            let exponent = scaled.exponent().expect("a finite number");
            scaled.set_exponent(exponent - 100);
            return Self(scaled);
        }
        Self(BigFloat::from_f64(value, 64))
    }
}

macro_rules! functions {
    ($($name:ident)*) => {$(
        pub fn $name(&self) -> Self {
            CONSTANTS.with_borrow_mut(|constants| Self(self.0.$name(bits(), ROUNDING, constants)))
        }
    )*};
}

macro_rules! constants {
    ($($name:ident)*) => {$(
        pub fn $name() -> Self {
            CONSTANTS.with_borrow_mut(|constants| Self(constants.$name(bits(), ROUNDING)))
        }
    )*};
}

impl Real {
    functions!(exp ln sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh);

    constants!(pi ln_2 ln_10);

    /// `2^exponent`, exact.
    pub fn power_of_two(exponent: i32) -> Self {
        let mut one = BigFloat::from_f64(0.5, 64);
        one.set_exponent(exponent + 1);
        Self(one)
    }

    pub fn sqrt(&self) -> Self {
        Self(self.0.sqrt(bits(), ROUNDING))
    }

    pub fn cbrt(&self) -> Self {
        Self(self.0.cbrt(bits(), ROUNDING))
    }

    pub fn powi(&self, n: i32) -> Self {
        let power = self.0.powi(n.unsigned_abs() as usize, bits(), ROUNDING);
        if n < 0 {
            Self::from(1.0) / Self(power)
        } else {
            Self(power)
        }
    }

    pub fn abs(&self) -> Self {
        Self(self.0.abs())
    }

    /// The integer part.
    pub fn trunc(&self) -> Self {
        Self(self.0.int())
    }

    pub fn floor(&self) -> Self {
        Self(self.0.floor())
    }

    /// -1, 0 or 1
    pub fn sign(&self) -> Self {
        if self.is_zero() {
            Self::from(0.0)
        } else {
            Self::from(if self.0.is_negative() { -1.0 } else { 1.0 })
        }
    }

    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    pub fn is_finite(&self) -> bool {
        !self.0.is_inf() && !self.0.is_nan()
    }

    pub fn is_negative(&self) -> bool {
        self.0.is_negative() && !self.is_zero()
    }

    /// `n` for which `2^(n-1) ≤ |x| < 2^n`.
    pub fn exponent(&self) -> i32 {
        self.0.exponent().expect("a finite number")
    }

    /// The sum with every bit of both.
    pub fn plus_exactly(&self, other: &Self) -> Self {
        // The library would keep no bit.
        if self.is_zero() {
            return other.clone();
        }
        Self(self.0.add_full_prec(&other.0))
    }

    pub fn rounded(&self) -> Reference {
        let Some((digits, _, sign, exponent, _)) = self.0.as_raw_parts() else {
            panic!("a value that is not finite: {:?}", self.0);
        };
        if self.is_zero() {
            return Reference::ZERO;
        }
        let digit = |place: usize| digits.len().checked_sub(place).map_or(0, |i| digits[i]);
        let top = (u128::from(digit(1)) << 64) | u128::from(digit(2));
        const REST: u32 = 128 - 53;
        let sign = if sign == Sign::Neg { -1.0 } else { 1.0 };
        let high = (top >> REST) as f64 * 2f64.powi(-52);
        let low = (top & ((1 << REST) - 1)) as f64 * 2f64.powi(-52 - REST as i32);
        Reference {
            high: sign * high,
            low: sign * low,
            exponent: exponent - 1,
        }
    }
}

impl PartialEq for Real {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Real {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.0.cmp(&other.0).map(|order| order.cmp(&0))
    }
}

impl Neg for Real {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.neg())
    }
}

impl Neg for &Real {
    type Output = Real;
    fn neg(self) -> Real {
        -self.clone()
    }
}

macro_rules! operators {
    ($($trait:ident $method:ident $big:ident;)*) => {$(
        impl $trait<&Real> for &Real {
            type Output = Real;
            fn $method(self, other: &Real) -> Real {
                Real(self.0.$big(&other.0, bits(), ROUNDING))
            }
        }
        impl $trait<Real> for &Real {
            type Output = Real;
            fn $method(self, other: Real) -> Real {
                self.$method(&other)
            }
        }
        impl $trait<&Real> for Real {
            type Output = Real;
            fn $method(self, other: &Real) -> Real {
                (&self).$method(other)
            }
        }
        impl $trait for Real {
            type Output = Real;
            fn $method(self, other: Real) -> Real {
                (&self).$method(&other)
            }
        }
        impl $trait<f64> for &Real {
            type Output = Real;
            fn $method(self, other: f64) -> Real {
                self.$method(&Real::from(other))
            }
        }
        impl $trait<f64> for Real {
            type Output = Real;
            fn $method(self, other: f64) -> Real {
                (&self).$method(&Real::from(other))
            }
        }
        impl $trait<&Real> for f64 {
            type Output = Real;
            fn $method(self, other: &Real) -> Real {
                (&Real::from(self)).$method(other)
            }
        }
        impl $trait<Real> for f64 {
            type Output = Real;
            fn $method(self, other: Real) -> Real {
                (&Real::from(self)).$method(&other)
            }
        }
    )*};
}
operators! {
    Add add add;
    Sub sub sub;
    Mul mul mul;
    Div div div;
}
