//! Powers with a real exponent.
//!
//! The cases at base 0 follow from evaluating `y x^(y-1)` there with the primal's own `powf`, so that nested numbers
//! keep their inner derivatives; only the indeterminate products are written out.

use crate::rules::{Curvature, Factors, Scalar};

/// `|x|^(y/2)`: its square is the power, where the power itself over- or underflows.
#[inline]
fn half_power<T: Scalar>(x: T, y: T) -> T {
    x.abs().powf(y * T::literal(0.5))
}

/// The product, and 0 where a power that vanishes meets a factor that is infinite: no exponent and no logarithm outgrows it.
#[inline]
fn outgrown<T: Scalar>(factor: T, power: T) -> T {
    if power.is_zero() && factor.is_infinite() {
        return T::zero();
    }
    factor * power
}

// Where even the square root of `x^y` is not normal, a derivative can be so for exponents below 4 alone: there `y - 1` and
// `y - 2` lose nothing.

/// The sign of `x^y`: negative for odd integer powers of negative numbers, -0 among them.
#[inline]
fn sign<T: Scalar>(x: T, y: T) -> T {
    let odd = y.fract().is_zero() && !(y * T::literal(0.5)).fract().is_zero();
    if x.is_sign_negative() && odd {
        -T::one()
    } else {
        T::one()
    }
}

/// `y x^(y-1)`; that form itself loses 650 ulp.
#[inline]
pub fn dx<T: Scalar>(x: T, y: T, u: T) -> T {
    if y.is_exact_zero() {
        return T::zero();
    }
    if x.is_zero() {
        return if y.is_zero() {
            T::zero()
        } else {
            outgrown(y, x.powf(y - T::one()))
        };
    }
    if x.is_infinite() {
        return outgrown(y, x.powf(y - T::one()));
    }
    if u.is_normal() {
        let ratio = u / x;
        return if ratio.is_normal() {
            y * ratio
        } else {
            u * y / x
        };
    }
    let half = half_power(x, y);
    if !half.is_normal() {
        return outgrown(y, x.powf(y - T::one()));
    }
    ((half / x.abs()) * y) * half * sign(x, y - T::one())
}

/// `x^y ln x`
#[inline]
pub fn dy<T: Scalar>(x: T, y: T, u: T) -> T {
    if x.is_zero() {
        return if y > T::zero() {
            T::zero()
        } else {
            T::neg_infinity()
        };
    }
    if u.is_normal() || x < T::zero() {
        return u * x.ln();
    }
    let half = half_power(x, y);
    half * outgrown(x.ln(), half)
}

/// `y (y-1) x^(y-2)`
#[inline]
pub fn dxx<T: Scalar>(x: T, y: T, u: T) -> Factors<T> {
    let below = y - T::one();
    if y.is_exact_zero() || below.is_exact_zero() {
        return Factors::none();
    }
    if x.is_zero() {
        return if y.is_zero() || below.is_zero() {
            Factors::none()
        } else {
            Factors(y * below, x.abs().powf(y - T::literal(2.0)) * sign(x, y))
        };
    }
    if u.is_normal() && (u / x).is_normal() {
        return Factors(y * (u / x), below / x);
    }
    let half = half_power(x, y);
    if !half.is_normal() {
        let power = half_power(x, y - T::literal(2.0));
        return Factors(outgrown(y, power), outgrown(below, power) * sign(x, y));
    }
    Factors((half / x) * y, (half / x) * below * sign(x, y))
}

/// `x^(y-1) (1 + y ln x)`
#[inline]
pub fn dxy<T: Scalar>(x: T, y: T, u: T) -> Factors<T> {
    if x.is_zero() {
        return if y > T::one() {
            Factors::none()
        } else if y > T::zero() {
            Factors(T::neg_infinity(), T::one())
        } else {
            Factors(T::infinity(), T::one())
        };
    }
    if u.is_normal() && (u / x).is_normal() {
        return Factors(u / x, T::one() + y * x.ln());
    }
    let slope = T::one() + outgrown(x.ln(), y);
    let half = half_power(x, y);
    if !half.is_normal() {
        let power = half_power(x, y - T::one());
        return Factors(outgrown(slope, power), power);
    }
    Factors((half / x) * slope, half)
}

/// `x^y ln² x`
#[inline]
pub fn dyy<T: Scalar>(x: T, y: T, u: T) -> Factors<T> {
    if x.is_zero() {
        return if y > T::zero() {
            Factors::none()
        } else {
            Factors(T::infinity(), T::one())
        };
    }
    let ln = x.ln();
    if u.is_normal() || x < T::zero() {
        return Factors(u * ln, ln);
    }
    let half = half_power(x, y);
    Factors(outgrown(ln, half), outgrown(ln, half))
}
