//! Formulas too long for a row. Each is accurate over the whole domain; the comment says what the textbook form loses.

use num_traits::One;

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

/// `e/(1+e)²` for `0 ≤ e ≤ 1`, the rounding of `1+e` put right by Fast2Sum.
#[inline]
fn over_square_of_one_plus<T: Scalar>(e: T) -> T {
    let w = T::one() + e;
    let lost = e - (w - T::one());
    let ratio = e / w / w;
    ratio - ratio * (lost + lost) / w
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
/// can be found at once.
#[inline]
pub fn sign_or_zero<T: Scalar>(x: T) -> T {
    let (scale, one) = (<T::Primal as Primitive>::UPSCALE, T::Primal::one());
    let far = x.primal() * scale * scale;
    let below = if far > one { one } else { far };
    T::from_primal(if below < -one { -one } else { below })
}

/// `exp(-|x|)`, the one exponential that every logistic formula needs; it never overflows.
#[inline]
pub fn decay<T: Scalar>(x: T) -> T {
    // 0 is on the side on which the functions below have it: numbers differentiate these branches.
    if x < T::zero() { x.exp() } else { (-x).exp() }
}

/// `1/(1+exp(-x))`
#[inline]
pub fn sigmoid<T: Scalar>(x: T) -> T {
    let e = decay(x);
    let w = T::one() + e;
    if x < T::zero() { e / w } else { w.recip() }
}

/// `σ(x) σ(-x)`: `s(1-s)` is 0 above 37.
#[inline]
pub fn sigmoid_first<T: Scalar>(x: T) -> T {
    over_square_of_one_plus(decay(x))
}

/// `ln(x/(1-x))`; around 1/2 by `2 artanh(2x-1)`, where the quotient rounds to 1.
#[inline]
pub fn logit<T: Scalar>(x: T) -> T {
    let offset = x + x - T::one();
    if offset.abs() < T::literal(0.5) {
        let size = offset.abs();
        ((size + size) / (T::one() - size)).ln_1p().copysign(offset)
    } else {
        (x / (T::one() - x)).ln()
    }
}

/// `x(1-x)`, its sign positive at both ends.
#[inline]
pub fn logit_denominator<T: Scalar>(x: T) -> T {
    x.abs() * (T::one() - x)
}

/// `x σ(x)`, and the limit 0 at `-∞`.
#[inline]
pub fn silu<T: Scalar>(x: T) -> T {
    let e = decay(x);
    let w = T::one() + e;
    if x >= T::zero() {
        x * w.recip()
    } else if e.has_digits() {
        x * (e / w)
    } else {
        faded_times(x, x)
    }
}

/// `σ(x)(1 + x σ(-x))`, left of 0 as `e (1 + x + e)/(1+e)²`, where `1 + x` is exact next to the zero at -1.28.
#[inline]
pub fn silu_first<T: Scalar>(x: T) -> T {
    let e = decay(x);
    let w = T::one() + e;
    if x >= T::zero() {
        // At +∞ the product of x and e has no value, only the limit 0.
        let rest = if e.is_zero() { e } else { x * (e / w) };
        w.recip() * (T::one() + rest)
    } else if e.has_digits() {
        over_square_of_one_plus(e) * (T::one() + x + e)
    } else {
        faded_times(x, T::one() + x)
    }
}

/// `σ'(x)(2 - x tanh(x/2))` as `e (2 - |x| + e (2 + |x|))/(1+e)³`, where `2 - |x|` is exact next to the zeros at ±2.4.
#[inline]
pub fn silu_second<T: Scalar>(x: T) -> T {
    let e = decay(x);
    if e.has_digits() {
        let (two, size) = (T::literal(2.0), x.abs());
        let numerator = (two - size) + e * (two + size);
        over_square_of_one_plus(e) * (numerator / (T::one() + e))
    } else {
        faded_times(x, T::literal(2.0) - x.abs())
    }
}

/// `exp(-|x|) factor` where the exponential alone is subnormal or 0: by its square root, which still has its digits.
#[inline]
fn faded_times<T: Scalar>(x: T, factor: T) -> T {
    squared_times((T::literal(-0.5) * x.abs()).exp(), factor)
}

/// `exp(-2|x|) factor` there.
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

/// `x/(1+|x|)`, and its limits.
#[inline]
pub fn softsign<T: Scalar>(x: T) -> T {
    if x.is_infinite() {
        x.signum()
    } else {
        x / (T::one() + x.abs())
    }
}

/// `1/(1+|x|)²`, the rounding of `1+|x|` put right by Fast2Sum.
#[inline]
pub fn softsign_first<T: Scalar>(x: T) -> T {
    let size = x.abs();
    let w = T::one() + size;
    let ratio = w.recip() / w;
    if ratio.is_zero() {
        return ratio;
    }
    let lost = if size < T::one() {
        size - (w - T::one())
    } else {
        T::one() - (w - size)
    };
    ratio - ratio * (lost + lost) / w
}

/// Below it the derivatives of sinc come from their series: `(cos x - u)/x` loses every digit near 0.
const SINC_SERIES: f64 = 1.3;

/// `Σ (-1)^k c(k) x^(2k-2) / (2k+1)!` from `k = 1`, by Horner.
#[inline]
fn sinc_series<T: Scalar>(x: T, coefficient: impl Fn(f64) -> f64) -> T {
    const TERMS: i32 = 11;
    let square = x * x;
    let mut factorial = 1.0;
    for k in 2..=(2 * TERMS + 1) {
        factorial *= k as f64;
    }
    let mut sum = T::zero();
    for k in (1..=TERMS).rev() {
        let k = k as f64;
        let sign = if k % 2.0 == 0.0 { 1.0 } else { -1.0 };
        sum = sum * square + T::literal(sign * coefficient(k) / factorial);
        factorial /= (2.0 * k + 1.0) * (2.0 * k);
    }
    sum
}

/// `(cos x - sinc x)/x`
#[inline]
pub fn sinc_first<T: Scalar>(x: T, u: T) -> T {
    if x.abs() < T::literal(SINC_SERIES) {
        x * sinc_series(x, |k| 2.0 * k)
    } else {
        (x.cos() - u) / x
    }
}

/// `-sinc x - 2 sinc'(x)/x`
#[inline]
pub fn sinc_second<T: Scalar>(x: T, u: T, first: T) -> T {
    if x.abs() < T::literal(SINC_SERIES) {
        sinc_series(x, |k| 2.0 * k * (2.0 * k - 1.0))
    } else {
        -u - T::literal(2.0) * first / x
    }
}

/// `ln(1 - exp(x))`, by the branch that keeps its digits (Mächler 2012).
#[inline]
pub fn log1mexp<T: Scalar>(x: T) -> T {
    if x > -T::LN_2() {
        (-x.exp_m1()).ln()
    } else {
        (-x.exp()).ln_1p()
    }
}

/// `-1/(exp(-x)-1)`; far from 0 by `exp(x)`, which does not overflow.
#[inline]
pub fn log1mexp_first<T: Scalar>(x: T) -> T {
    if x < T::literal(-1.0) {
        let e = x.exp();
        -(e / (T::one() - e))
    } else {
        // `abs` gives -0 and +0 the same one-sided limit.
        -(x.abs().exp_m1()).recip()
    }
}

/// `ln(exp(x) - 1)`, without the overflow of `exp(x)`; near its zero by `exp(x) - 2 = 2 (exp(x - ln 2) - 1)`.
#[inline]
pub fn logexpm1<T: Scalar>(x: T) -> T {
    let offset = x - T::LN_2();
    if offset.abs() < T::literal(0.3) {
        // What `LN_2` lacks, in the precision at hand.
        let ln_2 = T::LN_2().to_f64().unwrap_or(core::f64::consts::LN_2);
        let lost = core::f64::consts::LN_2 - ln_2 + 2.319_046_813_846_299_6e-17;
        let offset = (offset - T::literal(lost)).exp_m1();
        (offset + offset).ln_1p()
    } else if x < T::literal(30.0) {
        x.exp_m1().ln()
    } else {
        x + (-(-x).exp()).ln_1p()
    }
}

/// `ln(exp(x) + exp(y))`
#[inline]
pub fn logaddexp<T: Scalar>(x: T, y: T) -> T {
    if x == y {
        return x + T::LN_2();
    }
    x.max(y) + (-(x - y).abs()).exp().ln_1p()
}

/// `σ(x-y)`, the rounding error of the difference put back to first order where it counts: where the exponential is the weight.
#[inline]
pub fn logaddexp_weight<T: Scalar>(x: T, y: T) -> T {
    if x.is_infinite() && y.is_infinite() && x == y {
        return T::literal(0.5);
    }
    let difference = x - y;
    if difference >= T::zero() {
        return (T::one() + (-difference).exp()).recip();
    }
    // TwoSum; an infinite difference is exact.
    let back = x - difference;
    let error = if difference.is_finite() {
        (x - (difference + back)) + (back - y)
    } else {
        T::zero()
    };
    let e = difference.exp() * (T::one() + error);
    e / (T::one() + e)
}
