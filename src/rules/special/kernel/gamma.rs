//! The gamma function and its derivatives.
//!
//! Right of 8 by Stirling's series, the exponent in twice the digits (DLMF 5.11.1); below from the interval [1, 2] by the
//! recurrence (DLMF 5.5.1); left of 0 by reflection (DLMF 5.5.3).

use super::circle::sin_cos_of_pi;
use super::coefficients::{GAMMA, GAMMA_MIDDLE, HALF_LN_TWO_PI, PI, STIRLING};
use super::double_double::DoubleDouble;
use super::elementary::{floor, ln};
use super::polygamma::{TINY, polygamma};

/// From here on Stirling's series has all digits.
pub const STIRLING_FROM: f64 = 8.0;

/// Beyond it the function overflows on the right, and all its derivatives underflow on the left.
const FAR: f64 = 200.0;

pub fn gamma(x: f64) -> f64 {
    gamma_derivative(x, 0)
}

/// The derivative of this order.
pub fn gamma_derivative(x: f64, order: i32) -> f64 {
    if x.is_nan() || (x < 0.0 && x == floor(x)) {
        // −∞ is an integer too.
        return f64::NAN;
    }
    if x == f64::INFINITY {
        return x;
    }
    if x.abs() < TINY {
        // (-1)^n n!/x^(n+1)
        return (1..=order).fold(1.0 / x, |pole, k| pole / x * -f64::from(k));
    }
    if x.abs() > FAR {
        return if x > 0.0 {
            f64::INFINITY
        } else {
            0.0 * sin_cos_of_pi(x).0.high
        };
    }
    let ratio = derivative_over_gamma(x, order);
    if x > 0.0 {
        positive(x).times(ratio)
    } else {
        reflected(x).times(ratio)
    }
}

/// A value of the gamma function: a factor and an exponential.
struct Split {
    factor: DoubleDouble,
    exponent: DoubleDouble,
}

impl Split {
    fn times(&self, ratio: f64) -> f64 {
        let Self { factor, exponent } = self;
        if exponent.high == 0.0 {
            // No product of twice the digits: near the pole it would leave the range before the result does.
            factor.high * ratio + factor.low * ratio
        } else {
            exponent.exp_times(*factor * ratio)
        }
    }
}

/// Of a positive number.
fn positive(x: f64) -> Split {
    if x >= STIRLING_FROM {
        Split {
            factor: DoubleDouble::ONE,
            exponent: stirling_exponent(DoubleDouble::new(x)),
        }
    } else {
        Split {
            factor: below_stirling(x),
            exponent: DoubleDouble::ZERO,
        }
    }
}

/// `Γ(x)` for `0 < x < 8`.
pub fn below_stirling(x: f64) -> DoubleDouble {
    let whole = floor(x);
    let from_one = between_one_and_two(x - whole);
    if whole == 0.0 {
        let inverse = 1.0 / x;
        return if inverse > 1e100 {
            // Nothing counts beside the pole.
            DoubleDouble::new(inverse)
        } else {
            from_one.over(DoubleDouble::new(x))
        };
    }
    let (mut product, mut step) = (from_one, 1.0);
    while step < whole {
        product = product * (x - step);
        step += 1.0;
    }
    product
}

/// `Γ(1+x)` for `0 ≤ x ≤ 1`
pub fn between_one_and_two(x: f64) -> DoubleDouble {
    GAMMA_MIDDLE + DoubleDouble::new(GAMMA.beyond_centre(x))
}

/// `ln Γ(x)` for `x ≥ 8`, in twice the digits.
pub fn stirling_exponent(x: DoubleDouble) -> DoubleDouble {
    let slope = x + DoubleDouble::new(-0.5);
    slope * x.ln() - x + HALF_LN_TWO_PI + DoubleDouble::new(stirling_rest(x.high))
}

/// The sum of Stirling's series.
pub fn stirling_rest(x: f64) -> f64 {
    let inverse = 1.0 / x;
    inverse * STIRLING.at(inverse * inverse)
}

/// `-π/(x sin(πx) Γ(-x))` for `x < 0`
fn reflected(x: f64) -> Split {
    let Split { factor, exponent } = positive(-x);
    Split {
        factor: PI.over(factor * (sin_cos_of_pi(x).0 * -x)),
        exponent: -exponent,
    }
}

/// `Γ⁽ⁿ⁾(x)/Γ(x)`, by `Γ' = ψΓ` and Leibniz' rule.
fn derivative_over_gamma(x: f64, order: i32) -> f64 {
    match order {
        0 => 1.0,
        1 => polygamma(x, 0),
        2 => {
            let digamma = polygamma(x, 0);
            digamma * digamma + polygamma(x, 1)
        }
        _ => higher_derivative_over_gamma(x, order as usize),
    }
}

/// So many derivatives, and no nesting of numbers that anybody has seen asks for more.
const ORDERS: usize = 64;

fn higher_derivative_over_gamma(x: f64, order: usize) -> f64 {
    if order >= ORDERS {
        return f64::NAN;
    }
    let (mut ratios, mut polygammas) = ([1.0; ORDERS], [0.0; ORDERS]);
    for n in 1..=order {
        polygammas[n - 1] = polygamma(x, n as i32 - 1);
        let (mut sum, mut binomial) = (0.0, 1.0);
        for k in 0..n {
            sum += binomial * ratios[k] * polygammas[n - 1 - k];
            binomial *= (n - 1 - k) as f64 / (k + 1) as f64;
        }
        ratios[n] = sum;
    }
    ratios[order]
}

/// The product of the positive integers up to `n`, rounded once up to 22.
pub fn factorial(n: i32) -> f64 {
    if n <= 22 {
        (2..=n).fold(1.0, |product, k| product * f64::from(k))
    } else {
        gamma(f64::from(n) + 1.0)
    }
}

/// `ln |Γ(x)|`
pub fn ln_gamma(x: f64) -> f64 {
    if x == floor(x) && x <= 0.0 {
        // −∞ is an integer too.
        return f64::INFINITY;
    }
    if (-TINY..TINY).contains(&x) {
        return -ln(x.abs());
    }
    if x < 0.0 {
        let Split { factor, exponent } = reflected(x);
        return (factor.abs().ln() + exponent).round();
    }
    libm::lgamma(x)
}
