//! The logarithmic derivatives of the gamma function, and differences of them.

use super::circle::sin_cos_of_pi;
use super::coefficients::{
    DIGAMMA, DIGAMMA_FAR, DIGAMMA_NEAR, DIGAMMA_NEXT, DIGAMMA_ROOT, PI, TRIGAMMA, TRIGAMMA_FAR,
    TRIGAMMA_NEAR,
};
use super::double_double::{DoubleDouble, artanh_rest, two_sum};
use super::elementary::{ceil, floor, ln, ln_1p, round};
use super::gamma::{factorial, stirling_exponent};

/// The derivative of this order of the digamma function.
pub fn polygamma(x: f64, order: i32) -> f64 {
    match order {
        0 => digamma(x),
        1 => trigamma(x),
        _ if x.is_nan() || order < 0 || (x < 0.0 && x == floor(x)) => f64::NAN,
        _ => {
            let size = hurwitz(x, order);
            if order % 2 == 0 { -size } else { size }
        }
    }
}

/// Below it nothing counts beside the pole.
pub const TINY: f64 = 1e-100;

pub fn digamma(x: f64) -> f64 {
    if x.abs() < TINY {
        return -1.0 / x;
    }
    if x < 0.0 && x == floor(x) {
        // −∞ is an integer too.
        return f64::NAN;
    }
    if x < 0.0 {
        // ψ(-x) - 1/x - π cot(πx), DLMF 5.5.2 and 5.5.4
        if x > -1.0 {
            return (DoubleDouble::new(digamma_from_one(-x)) - pi_cotangent(x)).round();
        }
        return (two_sum(digamma(-x), -1.0 / x) - pi_cotangent(x)).round();
    }
    if x < 1.0 {
        let inverse = inverse(x);
        return inverse_and(-inverse, digamma_from_one(x));
    }
    if x < 2.0 {
        return digamma_from_one(x - 1.0);
    }
    if x < 3.0 {
        return from_root(x - 1.0, DIGAMMA_NEXT.precisely_at(x));
    }
    if x == f64::INFINITY {
        return x;
    }
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    let rest = if x < 5.0 {
        DIGAMMA_NEAR.at(square)
    } else {
        DIGAMMA_FAR.at(square)
    };
    ln(x) - (0.5 * inverse + square * rest)
}

/// `ψ(1+x)` for `0 ≤ x ≤ 1`
fn digamma_from_one(x: f64) -> f64 {
    from_root(x, DIGAMMA.precisely_at(x))
}

/// `(1+x - root) ratio`
#[inline]
fn from_root(x: f64, ratio: DoubleDouble) -> f64 {
    // Exact, next to the root above all.
    let distance = x - DIGAMMA_ROOT.high;
    distance * ratio.high + (distance * ratio.low - DIGAMMA_ROOT.low * ratio.high)
}

/// `1/x` and its rounding error.
#[inline]
fn inverse(x: f64) -> DoubleDouble {
    DoubleDouble::ONE.over(DoubleDouble::new(x))
}

#[inline]
fn inverse_and(inverse: DoubleDouble, rest: f64) -> f64 {
    inverse.high + (inverse.low + rest)
}

/// `π cot(πx)`
fn pi_cotangent(x: f64) -> DoubleDouble {
    let (sine, cosine) = sin_cos_of_pi(x);
    (PI * cosine).over(sine)
}

pub fn trigamma(x: f64) -> f64 {
    if x.abs() < TINY {
        return 1.0 / x / x;
    }
    if x < 0.0 {
        if x == floor(x) {
            return f64::NAN;
        }
        // (π/sin(πx))² - ψ'(1-x), DLMF 5.15.6
        let pole = PI.over(sin_cos_of_pi(x).0).square();
        return pole.high + (pole.low - trigamma(1.0 - x));
    }
    if x < 1.0 {
        let inverse = inverse(x).square();
        return inverse_and(inverse, TRIGAMMA.at(x));
    }
    if x < 2.0 {
        return TRIGAMMA.at(x - 1.0);
    }
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    let rest = if x < 4.0 {
        TRIGAMMA_NEAR.at(square)
    } else {
        TRIGAMMA_FAR.at(square)
    };
    inverse + square * (0.5 + inverse * rest)
}

/// `n! Σ (x+k)^-(n+1)` over `k ≥ 0`, for `n ≥ 1`: the Hurwitz zeta function, DLMF 25.11.1.
fn hurwitz(x: f64, n: i32) -> f64 {
    if x == 0.0 {
        return if n % 2 == 1 { f64::INFINITY } else { 1.0 / x };
    }
    if x == f64::INFINITY {
        return 0.0;
    }
    if x > 0.0 {
        return hurwitz_of_positive(DoubleDouble::new(x), n);
    }
    // The terms on either side of the pole that is nearest.
    let nearest = round(x);
    let distance = x - nearest;
    let pole = power_term(DoubleDouble::new(distance.abs()), n);
    let right = hurwitz_of_positive(two_sum(1.0, distance), n);
    let left = if nearest == 0.0 {
        0.0
    } else {
        hurwitz_of_positive(two_sum(1.0, -distance), n) - hurwitz_of_positive(two_sum(1.0, -x), n)
    };
    if n % 2 == 1 {
        pole + (right + left)
    } else {
        pole.copysign(distance) + (right - left)
    }
}

/// `B(2j)/(2j)!` from `j = 1`
const BERNOULLI: [f64; 13] = [
    1.0 / 12.0,
    -1.0 / 720.0,
    1.0 / 30_240.0,
    -1.0 / 1_209_600.0,
    1.0 / 47_900_160.0,
    -691.0 / 1_307_674_368_000.0,
    1.0 / 74_724_249_600.0,
    -3_617.0 / 10_670_622_842_880_000.0,
    43_867.0 / 5_109_094_217_170_944_000.0,
    -174_611.0 / 802_857_662_698_291_200_000.0,
    77_683.0 / 14_101_100_039_391_805_440_000.0,
    -236_364_091.0 / 1_693_824_136_731_743_669_452_800_000.0,
    657_931.0 / 186_134_520_519_971_831_808_000_000.0,
];

/// Where the Euler-Maclaurin sum takes over.
fn asymptotic_from(n: i32) -> f64 {
    8.0 + f64::from(n)
}

fn hurwitz_of_positive(x: DoubleDouble, n: i32) -> f64 {
    let count = ceil((asymptotic_from(n) - x.high).max(0.0));
    let far = x + DoubleDouble::new(count);
    let inverse = 1.0 / far.high;
    let square = inverse * inverse;
    let order = f64::from(n);
    let (mut factor, mut at, mut rest) = ((order + 1.0) * inverse, order + 2.0, 0.5);
    for bernoulli in BERNOULLI {
        rest += bernoulli * factor;
        factor *= at * (at + 1.0) * square;
        at += 2.0;
    }
    let mut sum = power_term(far, n - 1) * (1.0 + order * inverse * rest);
    let mut k = count;
    while k > 0.0 {
        k -= 1.0;
        sum += power_term(x + DoubleDouble::new(k), n);
    }
    sum
}

/// `n!/x^(n+1)`
fn power_term(x: DoubleDouble, n: i32) -> f64 {
    let exponent = n as u32 + 1;
    // The power must stay far from both ends of the range.
    if exponent <= 16 && (1e-15..1e15).contains(&x.high) {
        return DoubleDouble::new(factorial(n))
            .over(x.power(exponent))
            .round();
    }
    let x = if x.high > 1e290 { x.scale(1e-20) } else { x };
    let factorial = if n < 8 {
        DoubleDouble::new(factorial(n)).ln()
    } else {
        stirling_exponent(DoubleDouble::new(f64::from(n) + 1.0))
    };
    (factorial - x.ln() * f64::from(exponent)).exp_times(DoubleDouble::ONE)
}

/// `ψ⁽ⁿ⁾(x) - ψ⁽ⁿ⁾(x+y)` for positive `x` and `y`, without the cancellation.
pub fn polygamma_difference(x: f64, y: f64, n: i32) -> f64 {
    if !(x >= 0.0 && y >= 0.0) || n < 0 {
        return f64::NAN;
    }
    if x == 0.0 {
        // The pole, unless the sum is there too.
        let pole = if n % 2 == 0 {
            f64::NEG_INFINITY
        } else {
            f64::INFINITY
        };
        return if y > 0.0 { pole } else { f64::NAN };
    }
    // Far apart nothing cancels.
    if n <= 1 && y > x {
        let (here, there) = (polygamma(x, n), polygamma(x + y, n));
        let (smaller, larger) = if here.abs() < there.abs() {
            (here, there)
        } else {
            (there, here)
        };
        if smaller / larger < 0.25 {
            return here - there;
        }
    }
    let count = ceil((asymptotic_from(n) - x).max(0.0));
    let mut sum = DoubleDouble::new(far_difference(x + count, y, n));
    let mut k = count;
    while k > 0.0 {
        k -= 1.0;
        sum.add_to_low(difference_of_powers(x + k, y, n));
    }
    let size = sum.round() * factorial(n);
    if n % 2 == 0 { -size } else { size }
}

/// `(ψ(x+y) - ψ(x))/y - ψ'(x+y)` for `x ≥ 1` and positive `y`: the sum of `y/((x+k) (x+y+k)²)`.
pub fn mean_trigamma_excess(x: f64, y: f64) -> f64 {
    let count = ceil((asymptotic_from(0) - x).max(0.0));
    let mut sum = far_excess(x + count, y);
    let mut k = count;
    while k > 0.0 {
        k -= 1.0;
        let (a, b) = (x + k, x + k + y);
        sum += y / b / a / b;
    }
    sum
}

/// The Euler-Maclaurin sum of these terms from `x` on.
fn far_excess(x: f64, y: f64) -> f64 {
    let sum = x + y;
    let (a, b, share) = (1.0 / x, 1.0 / sum, y / sum);
    let integral = if share < 0.3 {
        // (-ln(1-v) - v)/y with the logarithm as 2 artanh(v/(2-v)), of which v is a part.
        let part = share / (2.0 - share);
        let square = part * part;
        let rest = 1.0 / 3.0 + square * artanh_rest(square);
        b / (2.0 - share) * (share + 2.0 * square * rest)
    } else {
        (ln_1p(y / x) - share) / y
    };
    // Derivatives of 1/(x (x+y)²), up to their sign and the factorial.
    let (mut derivative, mut power) = (a * b * b, b * b);
    let half = 0.5 * derivative;
    let (mut factorial, mut at, mut rest) = (1.0, 0.0, 0.0);
    for bernoulli in BERNOULLI {
        at += 1.0;
        power *= b;
        derivative = a * derivative + (at + 1.0) * a * power;
        rest += bernoulli * factorial * derivative;
        at += 1.0;
        power *= b;
        derivative = a * derivative + (at + 1.0) * a * power;
        factorial *= at * (at + 1.0);
    }
    integral + y * (half + rest)
}

/// `x^-(n+1) - (x+y)^-(n+1)`
fn difference_of_powers(x: f64, y: f64, n: i32) -> f64 {
    let sum = x + y;
    let first = y / sum / x;
    if n == 0 {
        return first;
    }
    let (a, b) = (1.0 / x, 1.0 / sum);
    let (mut powers, mut power) = (1.0, 1.0);
    for _ in 0..n {
        power *= b;
        powers = powers * a + power;
    }
    first * powers
}

/// The Euler-Maclaurin sum of these differences from `x` on.
fn far_difference(x: f64, y: f64, n: i32) -> f64 {
    let sum = x + y;
    let (a, b) = (1.0 / x, 1.0 / sum);
    let order = f64::from(n);
    let first = y / sum * a;
    // a^p - b^p and b^p, upwards from p = 1
    let (mut difference, mut power) = (first, b);
    let mut next = |steps: i32| {
        for _ in 0..steps {
            difference = a * difference + power * first;
            power *= b;
        }
        difference
    };
    let main = if n == 0 {
        ln_1p(y / x)
    } else {
        next(n - 1) / order
    };
    let half = next(n.min(1)) * 0.5;
    let (mut factor, mut at, mut rest) = (order + 1.0, order + 2.0, 0.0);
    for bernoulli in BERNOULLI {
        rest += bernoulli * factor * next(if at == order + 2.0 { 1 } else { 2 });
        factor *= at * (at + 1.0);
        at += 2.0;
    }
    main + (half + rest)
}
