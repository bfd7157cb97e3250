//! Formulas too long for a row.

use crate::rules::{Factors, Scalar, Steep};

/// `factor exp(-x²/2^halvings)`
#[inline]
pub fn bell<T: Scalar>(x: T, halvings: i32, factor: T) -> T {
    let whole = x.gauss(halvings);
    if whole.is_normal() {
        factor * whole
    } else {
        faded_bell(x, halvings, factor)
    }
}

/// The same where the exponential has lost its digits.
#[inline]
fn faded_bell<T: Scalar>(x: T, halvings: i32, factor: T) -> T {
    let raised = x.raised_gauss(halvings);
    if raised.is_zero() {
        // It vanishes faster than any factor of ours grows.
        return raised;
    }
    factor * raised * T::literal(2.0).powi(-60)
}

/// `-2x` times the slope of the error function or its complement.
#[inline]
pub fn erf_second<T: Scalar>(x: T, slope: T) -> T {
    let factor = T::literal(-2.0) * x;
    if slope.is_normal() {
        factor * slope
    } else {
        faded_bell(x, 0, factor * T::FRAC_2_SQRT_PI().copysign(slope))
    }
}

/// `factor φ(x)`, of which `density` is `φ(x)`.
#[inline]
pub fn density_times<T: Scalar>(x: T, density: T, factor: T) -> T {
    if density.is_normal() {
        factor * density
    } else {
        faded_bell(x, 1, factor * T::literal(0.398_942_280_401_432_7))
    }
}

/// How `exp(-x²/2^halvings)` falls: its slope over itself.
#[inline]
pub fn fall<T: Scalar>(x: T, halvings: i32) -> T {
    if halvings == 0 { -(x + x) } else { -x }
}

/// The same for the second derivative.
#[inline]
pub fn second_fall<T: Scalar>(x: T, halvings: i32) -> T {
    let fall = fall(x, halvings);
    fall * fall - T::literal(if halvings == 0 { 2.0 } else { 1.0 })
}

/// `exp(-|x|)`, and whether it has lost its digits.
#[inline]
fn decay<T: Scalar>(x: T) -> (T, bool) {
    let e = crate::rules::formula::decay(x);
    (e, !e.is_normal() && !e.is_nan())
}

/// `exp(-|x|) factor`, where the exponential alone has lost its digits.
#[inline]
fn faded<T: Scalar>(x: T, factor: T) -> T {
    let half = (T::literal(-0.5) * x.abs()).exp();
    if half.is_zero() {
        return half;
    }
    half * factor * half
}

/// `n/(n+2) + 4x e(e+1)/(n+2)²` with `e = exp(x)` and `n = e² + 2e`; right of 0 in powers of `exp(-x)`. Where `e` is small, so is its
/// share in every sum.
#[inline]
pub fn mish_first<T: Scalar>(x: T) -> T {
    let (one, two) = (T::one(), T::literal(2.0));
    let (e, is_faded) = decay(x);
    if x >= T::zero() {
        if is_faded {
            return one;
        }
        let d = one + two * e * (one + e);
        return one + two * e * e * (two * x * (one + e) - d) / (d * d);
    }
    if is_faded {
        return faded(x, one + x);
    }
    let above = (one + x) + e * (x + T::literal(1.5) + e * (one + T::literal(0.25) * e));
    let below = one + e * (two + e * (two + e * (one + T::literal(0.25) * e)));
    e * above / below
}

/// `4e (2(e+1)(n+2) + x (2+2e-3e²-2e³))/(n+2)³`, likewise.
#[inline]
pub fn mish_second<T: Scalar>(x: T) -> T {
    let (one, two, three) = (T::one(), T::literal(2.0), T::literal(3.0));
    let (e, is_faded) = decay(x);
    if x >= T::zero() {
        if is_faded {
            return faded(x, T::zero());
        }
        let by_x = T::literal(1.5) - e * (one + e);
        let above = (one - x) + e * (three + two * e * (two + e) - x * by_x);
        let below = one + two * e * (one + e);
        let rest = T::literal(8.0) * above / (below * below * below);
        // The square of the exponential may be subnormal where its product is not.
        let square = (-(x + x)).exp();
        return if square.is_normal() {
            rest * square
        } else {
            e * rest * e
        };
    }
    if is_faded {
        return faded(x, two + x);
    }
    let by_x = one - e * (T::literal(1.5) + e);
    let above = (two + x) + e * (T::literal(4.0) + e * (three + e) + x * by_x);
    let below = one + e * (one + T::literal(0.5) * e);
    e * above / (below * below * below)
}

/// A second derivative that is `-order/x` times the first, `first`, next to a pole at 0 of that order of the first.
#[inline]
pub fn steep<T: Scalar>(x: T, first: T, order: f64, second: impl FnOnce() -> T) -> Steep<T> {
    if x.abs() < T::epsilon() {
        Steep::Factors(Factors(first, T::literal(-order) / x))
    } else {
        Steep::Plain(second())
    }
}

/// `Γ(x) ψ(x)`; left of 0 from the kernel, where the function may be subnormal.
#[inline]
pub fn gamma_first<T: Scalar>(x: T, u: T) -> T {
    if x > T::zero() && u.is_finite() {
        u * x.digamma()
    } else {
        x.gamma_derivative(1)
    }
}

/// `Γ(x) (ψ(x)² + ψ'(x))`
#[inline]
pub fn gamma_second<T: Scalar>(x: T, u: T) -> T {
    if x > T::zero() && u.is_finite() {
        let digamma = x.digamma();
        u * (digamma * digamma + x.trigamma())
    } else {
        x.gamma_derivative(2)
    }
}

/// `exp(x)/x`
#[inline]
pub fn exponential_over<T: Scalar>(x: T) -> T {
    let exponential = x.exp();
    if exponential.is_finite() {
        exponential / x
    } else if x.is_infinite() {
        x
    } else {
        // The quotient may be a float where the exponential is not.
        let half = (T::literal(0.5) * x).exp();
        half / x * half
    }
}

/// `1 - 1/x`, with all digits next to 1.
#[inline]
pub fn one_less_inverse<T: Scalar>(x: T) -> T {
    if x.is_infinite() {
        T::one()
    } else {
        (x - T::one()) / x
    }
}

/// Up to here the neighbours of higher order have more digits than a quotient by `x`.
#[inline]
fn is_small<T: Scalar>(x: T) -> bool {
    x.abs() < T::literal(2.0)
}

/// The same for modified functions, of which the series is longer.
#[inline]
fn is_moderate<T: Scalar>(x: T) -> bool {
    x.abs() < T::literal(4.0)
}

#[inline]
pub fn j0_second<T: Scalar>(x: T, u: T, first: T) -> T {
    if is_small(x) {
        T::literal(0.5) * (x.bessel_jn(2) - u)
    } else {
        -(u + first / x)
    }
}

#[inline]
pub fn j1_first<T: Scalar>(x: T, u: T) -> T {
    if is_small(x) {
        T::literal(0.5) * (x.bessel_j0() - x.bessel_jn(2))
    } else {
        x.bessel_j0() - u / x
    }
}

#[inline]
pub fn j1_second<T: Scalar>(x: T, u: T, first: T) -> T {
    if is_small(x) {
        T::literal(0.25) * (x.bessel_jn(3) - T::literal(3.0) * u)
    } else {
        order_one_second(x, u, first)
    }
}

/// `-u'/x - (1 - 1/x²) u`: Bessel's equation of order 1.
#[inline]
pub fn order_one_second<T: Scalar>(x: T, u: T, first: T) -> T {
    let ratio = u / x;
    -((first - ratio) / x + u)
}

#[inline]
pub fn y1_first<T: Scalar>(x: T, u: T) -> T {
    if u.is_infinite() {
        return -u;
    }
    x.bessel_y0() - u / x
}

#[inline]
pub fn i0_second<T: Scalar>(x: T, u: T, first: T) -> T {
    if is_moderate(x) {
        T::literal(0.5) * (x.bessel_in(2) + u)
    } else if u.is_infinite() {
        u
    } else {
        u - first / x
    }
}

#[inline]
pub fn i1_first<T: Scalar>(x: T, u: T) -> T {
    if is_moderate(x) {
        T::literal(0.5) * (x.bessel_i0() + x.bessel_in(2))
    } else if u.is_infinite() {
        u.abs()
    } else {
        x.bessel_i0() - u / x
    }
}

#[inline]
pub fn i1_second<T: Scalar>(x: T, u: T, first: T) -> T {
    if is_moderate(x) {
        T::literal(0.25) * (x.bessel_in(3) + T::literal(3.0) * u)
    } else if u.is_infinite() {
        u
    } else {
        u - (first - u / x) / x
    }
}

/// `(f(n-1) ± f(n+1))/2`
#[inline]
pub fn bessel_first<T: Scalar>(x: T, n: i32, sign: f64, f: impl Fn(T, i32) -> T) -> T {
    T::literal(0.5) * (f(x, n.saturating_sub(1)) + T::literal(sign) * f(x, n.saturating_add(1)))
}

/// `(f(n-2) ± 2f(n) + f(n+2))/4`
#[inline]
pub fn bessel_second<T: Scalar>(x: T, n: i32, u: T, sign: f64, f: impl Fn(T, i32) -> T) -> T {
    let others = f(x, n.saturating_sub(2)) + f(x, n.saturating_add(2));
    T::literal(0.25) * (others + T::literal(2.0 * sign) * u)
}

#[inline]
pub fn yn_first<T: Scalar>(x: T, n: i32, u: T) -> T {
    if u.is_infinite() {
        return -u;
    }
    bessel_first(x, n, -1.0, T::bessel_yn)
}

#[inline]
pub fn yn_second<T: Scalar>(x: T, n: i32, u: T, first: T) -> Steep<T> {
    let order = f64::from(n).abs() + 1.0;
    steep(x.abs(), first, order, || {
        // Where the neighbours have left the range, on either side of a difference.
        if first.is_infinite() {
            return -first;
        }
        bessel_second(x, n, u, -1.0, T::bessel_yn)
    })
}

/// `(n f(n-1) - (n+1) f(n+1))/(2n+1)`
#[inline]
pub fn spherical_first<T: Scalar>(x: T, n: i32) -> T {
    let (order, sum) = (f64::from(n), 2.0 * f64::from(n) + 1.0);
    let above = T::literal((order + 1.0) / sum) * x.spherical_jn(n.saturating_add(1));
    if n == 0 {
        return -above;
    }
    T::literal(order / sum) * x.spherical_jn(n.saturating_sub(1)) - above
}

/// The same, twice.
#[inline]
pub fn spherical_second<T: Scalar>(x: T, n: i32) -> T {
    let order = f64::from(n);
    let (below, above) = (2.0 * order - 1.0, 2.0 * order + 3.0);
    let term = |factor: f64, n: i32| {
        // An order below 0 has the factor 0.
        if factor == 0.0 {
            T::zero()
        } else {
            T::literal(factor) * x.spherical_jn(n)
        }
    };
    let sum = term(order * (order - 1.0) / below, n.saturating_sub(2))
        - term(
            order * order / below + (order + 1.0) * (order + 1.0) / above,
            n,
        )
        + term((order + 1.0) * (order + 2.0) / above, n.saturating_add(2));
    sum / T::literal(2.0 * order + 1.0)
}

/// `B(x, y) ((ψ(x) - ψ(x+y))² + ψ'(x) - ψ'(x+y))`
#[inline]
pub fn beta_second<T: Scalar>(x: T, y: T, u: T) -> Steep<T> {
    let slope = x.polygamma_difference(y, 0);
    steep(x, u * slope, 2.0, || {
        u * (slope * slope + x.polygamma_difference(y, 1))
    })
}

/// `ψ'(x) - ψ'(x+y)`
#[inline]
pub fn ln_beta_second<T: Scalar>(x: T, y: T) -> Steep<T> {
    steep(x, x.polygamma_difference(y, 0), 1.0, || {
        x.polygamma_difference(y, 1)
    })
}

/// `(ψ(x) - ψ(x+y)) (ψ(y) - ψ(x+y)) - ψ'(x+y)`: the derivatives of the sum that the kernel takes without this one's cancellation.
#[inline]
pub fn beta_mixed<T: Scalar>(x: T, y: T) -> T {
    x.polygamma_difference(y, 0) * y.polygamma_difference(x, 0) - (x + y).trigamma()
}
