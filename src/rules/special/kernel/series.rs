//! Power series of Bessel functions about 0, and Hankel's about infinity.

use super::coefficients::{DENSITY, LN_2};
use super::double_double::DoubleDouble;
use super::elementary::powf;
use super::gamma::{factorial, stirling_exponent};

/// Whether the power series of this order has all digits.
pub fn is_short(x: f64, order: f64) -> bool {
    0.25 * x * x <= 0.35 * (order + 1.0)
}

/// `Σ z^k/(k! (order+1)...(order+k))`, DLMF 10.2.2
pub fn power_series(z: f64, order: f64) -> DoubleDouble {
    let mut rest = 0.0;
    let mut k = 15.0;
    while k > 0.0 {
        rest = z / (k * (order + k)) * (1.0 + rest);
        k -= 1.0;
    }
    if rest.abs() < 1.0 {
        DoubleDouble::sum(1.0, rest)
    } else {
        DoubleDouble::sum(rest, 1.0)
    }
}

/// `I(n, x) exp(-x)` for large `x`, DLMF 10.40.1
pub fn growing_series(x: f64, n: u32) -> DoubleDouble {
    let (square, inverse) = (4.0 * f64::from(n) * f64::from(n), 0.125 / x);
    let mut sum = 1.0;
    let mut k = 20.0;
    while k > 0.0 {
        let odd = 2.0 * k - 1.0;
        sum = 1.0 - (square - odd * odd) * inverse / k * sum;
        k -= 1.0;
    }
    (DENSITY * sum).over(DoubleDouble::sqrt(x))
}

/// `(x/2)^n/n!`
pub fn half_power_over_factorial(x: f64, n: u32) -> DoubleDouble {
    if n <= 22 {
        let power = powf(0.5 * x, f64::from(n));
        quotient(power, factorial(n as i32))
    } else {
        let ln = DoubleDouble::new(0.5 * x).ln() * f64::from(n) - ln_factorial(n);
        DoubleDouble::new(ln.exp_times(DoubleDouble::ONE))
    }
}

/// `x^n/(1·3·5···(2n+1))`
pub fn power_over_odd_factorial(x: f64, n: u32) -> DoubleDouble {
    if n <= 16 {
        let product = (1..=n).fold(1.0, |product, k| product * (2.0 * f64::from(k) + 1.0));
        let power = match n {
            0 => 1.0,
            1 => x,
            _ => powf(x, f64::from(n)),
        };
        quotient(power, product)
    } else {
        // (2n+1)!/(2^n n!)
        let product = ln_factorial(2 * n + 1) - ln_factorial(n) - LN_2 * f64::from(n);
        let ln = DoubleDouble::new(x).ln() * f64::from(n) - product;
        DoubleDouble::new(ln.exp_times(DoubleDouble::ONE))
    }
}

/// In twice the digits, unless the result has no room for them.
fn quotient(above: f64, below: f64) -> DoubleDouble {
    if above > 1e-250 {
        DoubleDouble::new(above).over(DoubleDouble::new(below))
    } else {
        DoubleDouble::new(above / below)
    }
}

/// `ln n!` for `n ≥ 7`
fn ln_factorial(n: u32) -> DoubleDouble {
    stirling_exponent(DoubleDouble::new(f64::from(n) + 1.0))
}
