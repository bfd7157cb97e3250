//! The beta function `Γ(x)Γ(y)/Γ(x+y)` of positive arguments, from its logarithm in twice the digits.

use super::coefficients::HALF_LN_TWO_PI;
use super::double_double::{DoubleDouble, two_sum};
use super::gamma::{STIRLING_FROM, below_stirling, between_one_and_two, stirling_rest};
use super::polygamma::{digamma, mean_trigamma_excess, polygamma_difference};

pub fn beta(x: f64, y: f64) -> f64 {
    match end(x, y) {
        Some(ln) if ln > 0.0 => f64::INFINITY,
        Some(ln) if ln < 0.0 => 0.0,
        Some(nan) => nan,
        None => logarithm(x.min(y), x.max(y)).exp_times(DoubleDouble::ONE),
    }
}

pub fn ln_beta(x: f64, y: f64) -> f64 {
    end(x, y).unwrap_or_else(|| logarithm(x.min(y), x.max(y)).round())
}

/// The mixed second derivative over the function, `(ψ(x) - ψ(x+y)) (ψ(y) - ψ(x+y)) - ψ'(x+y)`, of terms that are all positive.
pub fn beta_mixed(x: f64, y: f64) -> f64 {
    if !(x > 0.0 && y > 0.0) {
        return f64::NAN;
    }
    let (a, b, sum) = (1.0 + x, 1.0 + y, x + y);
    let slopes = polygamma_difference(a, y, 0) * polygamma_difference(b, x, 0);
    slopes + (x / sum * mean_trigamma_excess(a, y) + y / sum * mean_trigamma_excess(b, x))
}

/// The logarithm at the ends of the domain, and NaN outside.
fn end(x: f64, y: f64) -> Option<f64> {
    let (smaller, larger) = (x.min(y), x.max(y));
    if x.is_nan() || y.is_nan() || smaller < 0.0 || (smaller == 0.0 && larger == f64::INFINITY) {
        Some(f64::NAN)
    } else if smaller == 0.0 {
        Some(f64::INFINITY)
    } else if larger == f64::INFINITY {
        Some(f64::NEG_INFINITY)
    } else {
        None
    }
}

/// Of `0 < x ≤ y`.
fn logarithm(x: f64, y: f64) -> DoubleDouble {
    let sum = two_sum(y, x);
    if y < STIRLING_FROM {
        let ratio = (above_pole(x) * below_stirling(y)).over(gamma_of_sum(sum));
        return ratio.ln() - pole(x);
    }
    let ln_of_sum = sum.ln();
    let rests = stirling_rest(y) - stirling_rest(sum.high);
    if x < STIRLING_FROM {
        let of_x = above_pole(x).ln() - pole(x);
        let ratio = x / y;
        let fall = if ratio < 1e-20 {
            // Of (y - ½) ln(1 + x/y) - x nothing is left.
            DoubleDouble::ZERO
        } else {
            ln_of_ratio(y, x, sum) * two_sum(y, -0.5) + DoubleDouble::new(x)
        };
        return of_x + (fall - ln_of_sum * x) + DoubleDouble::new(rests);
    }
    let share = |part: f64, other: f64| ln_of_ratio(part, other, sum) * two_sum(part, -0.5);
    share(x, y) + share(y, x) - ln_of_sum.scale(0.5)
        + HALF_LN_TWO_PI
        + DoubleDouble::new(stirling_rest(x) + rests)
}

/// `ln(part/sum)`, where the sum is of this part and another.
fn ln_of_ratio(part: f64, other: f64, sum: DoubleDouble) -> DoubleDouble {
    if other < 0.25 * part {
        let half = DoubleDouble::new(other).over(sum + DoubleDouble::new(part));
        -half.double_artanh()
    } else {
        DoubleDouble::new(part).over(sum).ln()
    }
}

/// `x Γ(x)` near the pole at 0, and `Γ(x)` itself from 1 on.
fn above_pole(x: f64) -> DoubleDouble {
    if x < 1.0 {
        between_one_and_two(x)
    } else {
        below_stirling(x)
    }
}

/// `ln x` near the pole.
fn pole(x: f64) -> DoubleDouble {
    if x < 1.0 {
        DoubleDouble::new(x).ln()
    } else {
        DoubleDouble::ZERO
    }
}

fn gamma_of_sum(sum: DoubleDouble) -> DoubleDouble {
    let slope = digamma(sum.high) * sum.low;
    let gamma = below_stirling(sum.high);
    gamma + DoubleDouble::new(gamma.high * slope)
}
