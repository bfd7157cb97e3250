//! Formulas too long for a row. Each is accurate over the whole domain; the comment says what the textbook form loses.

mod activation;

use num_traits::One;

pub use self::activation::*;
use super::{Primitive, Scalar};

/// `ln^n 2 · 2^x`, finite although `2^x` itself (`u`) may have overflowed.
#[inline]
pub fn exp2_power<T: Scalar>(x: T, u: T, n: i32) -> T {
    let factor = if n == 1 {
        T::LN_2()
    } else {
        T::LN_2() * T::LN_2()
    };
    if u.is_infinite() && x.is_finite() {
        let step = T::literal(n as f64);
        T::literal(2.0).powi(n) * (factor * (x - step).exp2())
    } else {
        factor * u
    }
}

/// `∛x / (3x)`: `1/(3u²)` would cost 3 ulp and overflow.
#[inline]
pub fn cbrt_first<T: Scalar>(x: T, u: T) -> T {
    if x.is_zero() {
        T::infinity()
    } else if x.is_infinite() {
        T::zero()
    } else {
        u / x / T::literal(3.0)
    }
}

/// `1 - x²`: in factors near 1, where squaring first loses every digit.
#[inline]
pub fn one_minus_square<T: Scalar>(x: T) -> T {
    if x.abs() < T::literal(0.5) {
        T::one() - x * x
    } else {
        (T::one() - x.abs()) * (T::one() + x.abs())
    }
}

/// `x / √(1-x²)³`
#[inline]
pub fn arc_second<T: Scalar>(x: T) -> T {
    let square = one_minus_square(x);
    x / (square * square.sqrt())
}

#[inline]
fn large<T: Scalar>() -> T {
    T::from_primal(<T::Primal as Primitive>::LARGE)
}

/// `1/(1+x²)`, without the overflow of `x²`.
#[inline]
pub fn atan_first<T: Scalar>(x: T) -> T {
    if x.abs() > large() {
        x.recip() / x
    } else {
        (T::one() + x * x).recip()
    }
}

/// `-2x/(1+x²)`
#[inline]
pub fn atan_fall<T: Scalar>(x: T) -> T {
    if x.abs() > large() {
        T::literal(-2.0) / x
    } else {
        T::literal(-2.0) * x / (T::one() + x * x)
    }
}

/// `4e/(1+e)²` with `e = exp(-2|x|)`: `1 - u²` is 0 above 19. The rounding of `1+e` is put right by Fast2Sum.
#[inline]
pub fn tanh_first<T: Scalar>(x: T, u: T) -> T {
    if x.abs() < T::literal(0.55) {
        return T::one() - u * u;
    }
    let e = (T::literal(-2.0) * x.abs()).exp();
    if e.has_digits() {
        T::literal(4.0) * over_square_of_one_plus(e)
    } else {
        faded_square_times(x, T::literal(4.0))
    }
}

/// `-2u (1-u²)`; the doubled rounding of a subnormal slope would be two units.
#[inline]
pub fn tanh_second<T: Scalar>(x: T, u: T, first: T) -> T {
    if first.has_digits() {
        T::literal(-2.0) * u * first
    } else {
        faded_square_times(x, T::literal(-8.0) * u)
    }
}

/// `e/(1+e)²` for `0 ≤ e ≤ 1`, the rounding of `1+e` put right by Fast2Sum. Where `e` is small it is `e` less a small number, which is
/// rounded once: two quotients are up to 2.8 ulp off there.
#[inline]
fn over_square_of_one_plus<T: Scalar>(e: T) -> T {
    let w = T::one() + e;
    if e < T::literal(0.125) {
        return e - e * e * (T::literal(2.0) + e) / (w * w);
    }
    let lost = e - (w - T::one());
    let ratio = e / w / w;
    ratio - ratio * (lost + lost) / w
}

/// `exp(-2|x|) factor` where the exponential alone is subnormal or 0: by its square root, which still has its digits.
#[cold]
#[inline(never)]
fn faded_square_times<T: Scalar>(x: T, factor: T) -> T {
    squared_times((-x.abs()).exp(), factor)
}

/// `root² factor`, where the square alone is subnormal or 0.
#[inline]
fn squared_times<T: Scalar>(root: T, factor: T) -> T {
    if root.is_zero() {
        root * factor.signum()
    } else {
        root * factor * root
    }
}

/// `1/√(1+x²)`
#[inline]
pub fn asinh_first<T: Scalar>(x: T) -> T {
    if x.abs() > large() {
        x.abs().recip()
    } else {
        (T::one() + x * x).sqrt().recip()
    }
}

/// `-x/(1+x²)`
#[inline]
pub fn asinh_fall<T: Scalar>(x: T) -> T {
    if x.abs() > large() {
        -x.recip()
    } else {
        -(x / (T::one() + x * x))
    }
}

/// `x² - 1`: in factors near 1.
#[inline]
fn square_minus_one<T: Scalar>(x: T) -> T {
    if x < T::literal(2.0) {
        (x - T::one()) * (x + T::one())
    } else {
        x * x - T::one()
    }
}

/// `1/√(x²-1)`
#[inline]
pub fn acosh_first<T: Scalar>(x: T) -> T {
    if x > large() {
        x.recip()
    } else {
        square_minus_one(x).sqrt().recip()
    }
}

/// `-x/(x²-1)`
#[inline]
pub fn acosh_fall<T: Scalar>(x: T) -> T {
    if x > large() {
        -x.recip()
    } else {
        -(x / square_minus_one(x))
    }
}

/// `2x/(1-x²)²`
#[inline]
pub fn atanh_second<T: Scalar>(x: T) -> T {
    let square = one_minus_square(x);
    T::literal(2.0) * x / (square * square)
}

/// The min-norm subgradient of the absolute value: what is scaled up leaves [-1, 1], unless it is 0 or NaN. Clamped so, several
/// can be found at once. Scaled once, the smallest subnormal numbers would still be below 1; twice at once, the scale would overflow.
#[inline]
pub fn sign_or_zero<T: Scalar>(x: T) -> T {
    let (scale, one) = (<T::Primal as Primitive>::UPSCALE, T::Primal::one());
    let far = x.primal() * scale * scale;
    let below = if far > one { one } else { far };
    T::from_primal(if below < -one { -one } else { below })
}
