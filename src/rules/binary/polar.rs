//! Functions of `x² + y²`, which over- and underflows before they do.

use super::quotient::{cube, over_power};
use crate::rules::{Curvature, Factors, Primitive, Scalar};

/// A formula of `square = x² + y²` where that neither overflows nor loses digits. Elsewhere one of the larger side's size `m`,
/// the smaller side `n` with the sign of `xy`, and `w = 1 + (n/m)²`: then `x² + y² = m² w` and `xy = mn`.
#[inline]
fn by_size<T: Scalar, R>(
    x: T,
    y: T,
    of_square: impl FnOnce(T) -> R,
    of_larger: impl FnOnce(T, T, T) -> R,
) -> R {
    let square = x * x + y * y;
    let small = T::from_primal(<T::Primal as Primitive>::SMALL_SQUARE);
    let large = T::from_primal(<T::Primal as Primitive>::LARGE_SQUARE);
    if square > small && square < large && !x.is_subnormal() && !y.is_subnormal() {
        return of_square(square);
    }
    let (m, n) = if x.abs() < y.abs() {
        (y.abs(), x * y.signum())
    } else {
        (x.abs(), y * x.signum())
    };
    let ratio = n / m;
    of_larger(m, n, T::one() + ratio * ratio)
}

/// `n/(m² rest)` for `|n| ≤ m`; by a subnormal `m` last, where the quotient may overflow before the result does.
#[inline]
fn over_larger_square<T: Scalar>(n: T, m: T, rest: T) -> T {
    if m.is_normal() {
        over_power(n, m, 2) / rest
    } else {
        n / m / rest / m
    }
}

#[inline]
fn is_far<T: Scalar>(x: T, y: T) -> bool {
    x.is_infinite() || y.is_infinite()
}

/// `x/√(x²+y²)`, 0 at the origin; the limits where one side is infinite.
#[inline]
pub fn cosine<T: Scalar>(x: T, y: T) -> T {
    if x.is_zero() && y.is_zero() {
        return T::zero();
    }
    match (x.is_infinite(), y.is_infinite()) {
        (true, true) => x.signum() * T::FRAC_1_SQRT_2(),
        (true, false) => x.signum(),
        (false, true) => T::zero(),
        (false, false) => by_size(x, y, |square| x / square.sqrt(), |m, _, w| x / m / w.sqrt()),
    }
}

/// `x/(x²+y²)`, 0 where a side is infinite; NaN at the origin.
#[inline]
pub fn over_square<T: Scalar>(x: T, y: T) -> T {
    if is_far(x, y) {
        return T::zero();
    }
    by_size(
        x,
        y,
        |square| x / square,
        |m, _, w| over_larger_square(x, m, w),
    )
}

/// `y²/√(x²+y²)³`, 0 where a side is infinite; NaN at the origin.
#[inline]
pub fn hypot_dxx<T: Scalar>(x: T, y: T) -> T {
    if is_far(x, y) {
        return T::zero();
    }
    by_size(
        x,
        y,
        |square| (y / square) * (y / square.sqrt()),
        |m, _, w| {
            let (ratio, rest) = (y / m, y / m / (w * w.sqrt()));
            // Divided first, lest the square underflow; last where the quotient would overflow.
            if m.is_normal() {
                rest / m * ratio
            } else {
                rest * ratio / m
            }
        },
    )
}

/// `-xy/√(x²+y²)³`, 0 where a side is infinite; NaN at the origin.
#[inline]
pub fn hypot_dxy<T: Scalar>(x: T, y: T) -> T {
    if is_far(x, y) {
        return T::zero();
    }
    by_size(
        x,
        y,
        |square| -((x / square) * (y / square.sqrt())),
        |m, n, w| -over_larger_square(n, m, w * w.sqrt()),
    )
}

/// `xy/(x²+y²)²`, 0 where a side is infinite; NaN at the origin.
#[inline]
pub fn angle_curvature<T: Scalar>(x: T, y: T) -> Factors<T> {
    if is_far(x, y) {
        return Factors::none();
    }
    by_size(
        x,
        y,
        |square| Factors(x / square, y / square),
        |m, n, w| {
            let Factors(a, b) = cube(n, m);
            Factors(a / (w * w), b)
        },
    )
}

/// `(x²-y²)/(x²+y²)²`, 0 where a side is infinite; NaN at the origin.
#[inline]
pub fn angle_mixed<T: Scalar>(x: T, y: T) -> Factors<T> {
    if is_far(x, y) {
        return Factors::none();
    }
    by_size(
        x,
        y,
        |square| Factors((x - y) / square, (x + y) / square),
        |m, n, w| {
            let size = (m - n.abs()) / m * (T::one() + n.abs() / m) / (w * w);
            let signed = if x.abs() < y.abs() { -size } else { size };
            Factors(signed / m, m.recip())
        },
    )
}
