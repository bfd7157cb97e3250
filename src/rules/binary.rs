//! The functions of two arguments: one row each.
//!
//! A row reads `name "summary" "formula" on "domain": |x, y, u| dx; dy; dxx; dxy; dyy;` where `u` is the value, which
//! itself is `T`'s own method `name`. The last three are numbers or `Factors`, see `curvature`. A row that ends in `, choice` picks from its arguments: one of slope 0 is left out.

macro_rules! for_each_binary {
    ($apply:ident $($context:tt)*) => { $apply! { $($context)*
        powf "power" "x^y; dx = y x^(y-1), dy = x^y ln x" on "x ≥ 0, or integer y": |x, y, u|
            power::dx(x, y, u); power::dy(x, y, u); power::dxx(x, y, u); power::dxy(x, y, u); power::dyy(x, y, u);
        log "logarithm to a base" "ln x / ln y; dx = 1/(x ln y), dy = -log(x, y)/(y ln y)" on "x ≥ 0, y > 0": |x, y, u|
            y.ln().recip() / x.abs();
            -(u / y.ln() / y);
            Factors(y.ln().recip() / x.abs(), -x.abs().recip());
            logarithm::dxy(x.abs(), y).times(-1.0);
            Factors(u / y.ln() / y, (T::one() + T::literal(2.0) / y.ln()) / y);
        hypot "distance from the origin" "√(x²+y²); dx = x/u, dy = y/u; 0 at the origin" on "(-∞, ∞)²": |x, y, u|
            polar::cosine(x, y);
            polar::cosine(y, x);
            polar::hypot_dxx(x, y);
            polar::hypot_dxy(x, y);
            polar::hypot_dxx(y, x);
        atan2 "angle of the point (other, self)" "atan2(x, y); dx = y/(x²+y²), dy = -x/(x²+y²); NaN at the origin" on "(-∞, ∞)²": |x, y, u|
            polar::over_square(y, x);
            -polar::over_square(x, y);
            polar::angle_curvature(x, y).times(-2.0);
            polar::angle_mixed(x, y);
            polar::angle_curvature(x, y).times(2.0);
        max "larger of two" "1 for the larger, ½ each at a tie; a NaN operand gives way to the other" on "(-∞, ∞)²": |x, y, u|
            extremum::weight(x, y, x > y); extremum::weight(y, x, y > x); T::zero(); T::zero(); T::zero(), choice;
        min "smaller of two" "1 for the smaller, ½ each at a tie; a NaN operand gives way to the other" on "(-∞, ∞)²": |x, y, u|
            extremum::weight(x, y, x < y); extremum::weight(y, x, y < x); T::zero(); T::zero(); T::zero(), choice;
        copysign "magnitude of x with the sign of y" "dx = sign(x) sign(y), dy = 0" on "(-∞, ∞)²": |x, y, u|
            if x.is_sign_negative() == y.is_sign_negative() { T::one() } else { -T::one() };
            T::zero(); T::zero(); T::zero(); T::zero(), choice;
        abs_sub "positive difference" "max(x-y, 0); dx = 1, dy = -1 for x > y, else 0" on "(-∞, ∞)²": |x, y, u|
            if x > y { T::one() } else { T::zero() };
            if x > y { -T::one() } else { T::zero() };
            T::zero(); T::zero(); T::zero(), choice;
        midpoint "midpoint" "(x+y)/2" on "(-∞, ∞)²": |x, y, u|
            T::literal(0.5); T::literal(0.5); T::zero(); T::zero(); T::zero();
        rem_euclid "Euclidean remainder" "x - n y; dx = 1, dy = -n" on "y ≠ 0": |x, y, u|
            T::one(); remainder::dy(x, y, u); T::zero(); T::zero(); T::zero();
        div_euclid "Euclidean quotient" "n; derivatives 0" on "y ≠ 0": |x, y, u|
            T::zero(); T::zero(); T::zero(); T::zero(); T::zero();
    } };
}
pub(crate) use for_each_binary;

/// The operators `/` and `%` are rows as well; they have no method.
macro_rules! for_each_operator {
    ($apply:ident $($context:tt)*) => { $apply! { $($context)*
        div "quotient" "x/y; dx = 1/y, dy = -x/y²" on "y ≠ 0": |x, y, u|
            y.recip();
            quotient::slope(x, y, u);
            T::zero();
            Factors(y.recip(), -y.recip());
            quotient::cube(x, y).times(2.0);
        rem "remainder" "x - n y; dx = 1, dy = -n" on "y ≠ 0": |x, y, u|
            T::one(); remainder::dy(x, y, u); T::zero(); T::zero(); T::zero();
    } };
}
pub(crate) use for_each_operator;

pub(crate) mod quotient {
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
}

pub(super) mod remainder {
    use crate::rules::Scalar;

    /// `-n`, with `n` the integer for which `x - n y` is the remainder `u`. It is a constant: no part of it moves.
    #[inline]
    pub fn dy<T: Scalar>(x: T, y: T, u: T) -> T {
        use num_traits::Float;
        let (x, y, u) = (x.primal(), y.primal(), u.primal());
        if y.is_infinite() {
            return T::zero();
        }
        T::from_primal(-Float::round((x - u) / y))
    }
}

pub(super) mod logarithm {
    use crate::rules::{Factors, Primitive, Scalar};

    /// `1/(x y ln² y)`: one factor an argument, scaled against each other where a large one makes up for a small one.
    #[inline]
    pub fn dxy<T: Scalar>(x: T, y: T) -> Factors<T> {
        let rate = y.ln().recip();
        let factors = Factors(rate / x, rate / y);
        if factors.0.is_normal() && factors.1.is_normal() {
            return factors;
        }
        let up = T::from_primal(<T::Primal as Primitive>::UPSCALE);
        let (a, b) = if x < y {
            (up, up.recip())
        } else {
            (up.recip(), up)
        };
        Factors(rate / (x * a), rate / (y * b))
    }
}

pub(super) mod extremum {
    use crate::rules::Scalar;

    /// The weight of `x` in a choice between `x` and `y`, which `x` has `won` outright or not.
    ///
    /// A tie is shared: the min-norm subgradient of `max(x, x)` would be any split, and half each keeps `max` symmetric
    /// and `max(x, x)' = x'`. PyTorch and JAX share as well; Ceres gives all to one side.
    #[inline]
    pub fn weight<T: Scalar>(x: T, y: T, won: bool) -> T {
        if won || (y.is_nan() && !x.is_nan()) {
            T::one()
        } else if x == y {
            T::literal(0.5)
        } else {
            T::zero()
        }
    }
}

pub(super) mod polar {
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
}

pub(super) mod power {
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
}

pub(super) mod integer_power {
    use crate::rules::{Factors, Scalar};

    /// `x^n` for the exponents that the derivatives of `powi` ask for: exact products where they are short, `powf` beyond,
    /// since repeated squaring loses half an ulp a step.
    #[inline]
    fn power<T: Scalar>(x: T, n: i64) -> T {
        match n {
            0 => T::one(),
            1 => x,
            2 => x * x,
            3 => x * x * x,
            -1 => x.recip(),
            -2 => x.recip() / x,
            _ => {
                let exponent = T::literal(n as f64);
                if exponent.to_i64() == Some(n) {
                    return x.powf(exponent);
                }
                // `f32` has not every exponent, and a rounded one has lost its parity.
                let low = n % 128;
                x.powf(T::literal((n - low) as f64)) * x.powf(T::literal(low as f64))
            }
        }
    }

    /// `factor x^n`, where a large factor can lift the product out of the subnormal numbers: there in two halves.
    #[inline]
    fn multiple<T: Scalar>(factor: f64, x: T, n: i64) -> T {
        let power_of_x = power(x, n);
        // Up to `x` itself there is nothing to halve.
        if n == 0 || n == 1 || power_of_x.is_normal() {
            return T::literal(factor) * power_of_x;
        }
        let half = n / 2;
        T::literal(factor) * power(x, half) * power(x, n - half)
    }

    /// `n x^(n-1)`, 0 for `n = 0`
    #[inline]
    pub fn first<T: Scalar>(x: T, n: i32) -> T {
        if n == 0 {
            return T::zero();
        }
        multiple(n as f64, x, n as i64 - 1)
    }

    /// `n (n-1) x^(n-2)` for `n ≥ 0`: it leaves the range of floats after the first derivative.
    #[inline]
    pub fn second<T: Scalar>(x: T, n: i32) -> T {
        if n == 0 || n == 1 {
            return T::zero();
        }
        multiple(n as f64 * (n as f64 - 1.0), x, n as i64 - 2)
    }

    /// The same for `n < 0`: it leaves the range before the first derivative.
    #[inline]
    pub fn falling<T: Scalar>(x: T, n: i32, first: T) -> Factors<T> {
        let rate = T::literal(n as f64 - 1.0) / x;
        // A subnormal slope has lost digits, which a large exponent would lift; one of 0, all of them.
        if !first.has_digits() && rate.abs() > T::one() {
            return faded(x, n);
        }
        Factors(first, rate)
    }

    #[cold]
    #[inline(never)]
    fn faded<T: Scalar>(x: T, n: i32) -> Factors<T> {
        Factors(second(x, n), T::one())
    }
}
