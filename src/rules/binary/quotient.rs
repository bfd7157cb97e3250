//! The quotient, and others whose denominators would leave the range of floats when squared.

use crate::rules::{Factors, Primitive, Scalar};

/// `-x/y²`, where `u` is `x/y`.
#[inline]
pub fn slope<T: Scalar>(x: T, y: T, u: T) -> T {
    if x.has_digits() || (x.is_exact_zero() && y.recip().all_finite()) {
        plain_slope(y, u)
    } else {
        careful_slope(x, y)
    }
}

/// The same by the reciprocal, which is the quotient's other slope. Where `x` has its digits and is not 0, that leaves the range
/// only where the result does.
#[inline]
pub fn plain_slope<T: Scalar>(y: T, u: T) -> T {
    // In this order the compiler lets the sign cancel with the tangent's.
    -(y.recip() * u)
}

#[cold]
#[inline(never)]
fn careful_slope<T: Scalar>(x: T, y: T) -> T {
    -over_power(x, y, 2)
}

/// Whether the quotient `u`, the reciprocal of `y` and their products of three are in the middle of the range: none leaves it with
/// two tangents before the result does.
#[inline]
pub fn is_moderate<T: Scalar>(x: T, y: T, u: T) -> bool {
    let large = <T::Primal as Primitive>::MODERATE;
    let (y, u) = (
        num_traits::Float::abs(y.primal()),
        num_traits::Float::abs(u.primal()),
    );
    y + num_traits::Float::recip(y) + u < large
        && (u > num_traits::Float::recip(large) || x.is_exact_zero())
}

/// `x/y^n`, by division after division: `y²` over- and underflows. A subnormal quotient has lost digits that the next
/// division would lift, so the numerator is scaled first.
#[inline]
pub fn over_power<T: Scalar>(x: T, y: T, n: usize) -> T {
    let divide = |x: T| (0..n).fold(x, |quotient, _| quotient / y);
    if (x / y).is_subnormal() {
        let up = T::from_primal(<T::Primal as Primitive>::UPSCALE);
        return divide(x * up) / up;
    }
    divide(x)
}

/// `x/y²`
#[inline]
pub fn square<T: Scalar>(x: T, y: T) -> Factors<T> {
    if y.is_subnormal() {
        // Its reciprocal may overflow where the quotient does not.
        let up = T::from_primal(<T::Primal as Primitive>::UPSCALE);
        return Factors(x / y * up, (y * up).recip());
    }
    if is_lifted(x, y) {
        return lifted(x, y, 1);
    }
    Factors(x / y, y.recip())
}

/// `x/y³`
#[inline]
pub fn cube<T: Scalar>(x: T, y: T) -> Factors<T> {
    if is_lifted(x, y) {
        return lifted(x, y, 2);
    }
    Factors(over_power(x, y, 2), y.recip())
}

/// Whether a subnormal `x/y`, which has lost digits, meets a `1/y` that makes them count.
#[inline]
fn is_lifted<T: Scalar>(x: T, y: T) -> bool {
    (x / y).is_subnormal() && y.abs() < T::one()
}

/// `x/y^n` and `1/y`, scaled against each other.
#[inline]
fn lifted<T: Scalar>(x: T, y: T, n: usize) -> Factors<T> {
    let up = T::from_primal(<T::Primal as Primitive>::UPSCALE);
    Factors(over_power(x * up, y, n), y.recip() / up)
}
