//! References with more digits than any float, and errors against them in units in the last place.

/// A number of 106 bits or so, `(high + low) 2^exponent` with `1 ≤ |high| < 2`; or `high` alone, which is 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reference {
    pub high: f64,
    pub low: f64,
    pub exponent: i32,
}

impl Reference {
    pub const ZERO: Self = Self {
        high: 0.0,
        low: 0.0,
        exponent: 0,
    };

    /// Infinite where no float is as large.
    pub fn approximation(self) -> f64 {
        scale(self.high, self.exponent)
    }
}

/// A precision to measure in.
pub trait Precision: chainrule::Primitive {
    const DIGITS: i32;
    const SMALLEST_EXPONENT: i32;
    const LARGEST_EXPONENT: i32;
    fn wide(self) -> f64;
    fn narrow(value: f64) -> Self;
}

macro_rules! impl_precision {
    ($($float:ident)*) => {$(
        impl Precision for $float {
            const DIGITS: i32 = $float::MANTISSA_DIGITS as i32 - 1;
            const SMALLEST_EXPONENT: i32 = $float::MIN_EXP - 1;
            const LARGEST_EXPONENT: i32 = $float::MAX_EXP - 1;
            fn wide(self) -> f64 {
                self.into()
            }
            fn narrow(value: f64) -> Self {
                value as $float
            }
        }
    )*};
}
impl_precision!(f32 f64);

/// `x 2^exponent` in steps, since the power alone may be no float.
pub fn scale(mut x: f64, mut exponent: i32) -> f64 {
    while exponent != 0 && x != 0.0 && x.is_finite() {
        let step = exponent.clamp(-500, 500);
        x *= 2f64.powi(step);
        exponent -= step;
    }
    x
}

/// The exponent of the binary digit in front.
fn exponent(x: f64) -> i32 {
    let bits = x.abs().to_bits();
    if bits < 1 << 52 {
        return 63 - bits.leading_zeros() as i32 - 1074;
    }
    (bits >> 52) as i32 - 1023
}

/// The error in ulps of `T`, or of `size` where that is larger; infinite where one side alone is infinite or NaN. A subnormal
/// result has the smallest float for its unit.
pub fn error<T: Precision>(got: T, wanted: Reference, size: f64) -> f64 {
    if got.is_nan() {
        return f64::INFINITY;
    }
    if got.is_infinite() {
        let largest = 2.0 - 2f64.powi(-T::DIGITS - 1);
        let overflows = wanted.exponent > T::LARGEST_EXPONENT
            || wanted.exponent == T::LARGEST_EXPONENT && wanted.high.abs() >= largest;
        let is_right = overflows && (got.wide() > 0.0) == (wanted.high > 0.0);
        return if is_right { 0.0 } else { f64::INFINITY };
    }
    let mut unit = if wanted.high == 0.0 {
        T::SMALLEST_EXPONENT
    } else {
        wanted.exponent.max(T::SMALLEST_EXPONENT)
    };
    if size == f64::INFINITY {
        return 0.0;
    } else if size > 0.0 {
        unit = unit.max(exponent(size));
    }
    let unit = unit - T::DIGITS;
    if wanted.high == 0.0 {
        return scale(got.wide().abs(), -unit);
    }
    let difference = (scale(got.wide(), -wanted.exponent) - wanted.high) - wanted.low;
    scale(difference.abs(), wanted.exponent - unit)
}
