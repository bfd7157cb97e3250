//! The Gaussian error linear unit in its tanh form and its derivatives: `x s` with `s = σ(q)` and `q = 2√(2/π) (x + 0.044715 x³)`.
//!
//! The derivatives by the power series of `s`, in twice the digits, left of 0 where `s` has all its own; right of 0 by
//! `f(x) = x + f(-x)`.

use super::coefficients::{GATE, GATE_CUBE};
use super::double_double::{DoubleDouble, two_product};

/// Left of it the function underflows, with all its derivatives.
const FAR: f64 = -25.0;

/// `s` is taken times it, a power of two: left of -20 it would be subnormal.
const RAISED: f64 = (1_u64 << 60) as f64;

pub fn gelu_tanh(x: f64) -> f64 {
    if x > 0.0 {
        x * (1.0 - raised_gate(-x).high / RAISED)
    } else {
        (raised_gate(x) * x.max(FAR)).round() / RAISED
    }
}

/// The derivative of this order.
pub fn gelu_tanh_derivative(x: f64, order: i32) -> f64 {
    if order == 0 {
        return gelu_tanh(x);
    }
    let order = order.unsigned_abs() as usize;
    if x > 0.0 {
        let of_mirrored = left_derivative(-x, order);
        match order {
            1 => 1.0 - of_mirrored,
            _ if order.is_multiple_of(2) => of_mirrored,
            _ => -of_mirrored,
        }
    } else {
        left_derivative(x, order)
    }
}

/// `2⁶⁰ s` for `x ≤ 0`
fn raised_gate(x: f64) -> DoubleDouble {
    if x < FAR {
        return DoubleDouble::ZERO;
    }
    let exponent = (GATE + GATE_CUBE * two_product(x, x)) * x;
    let e = DoubleDouble::new(exponent.exp_times(DoubleDouble::new(RAISED)));
    e.over(DoubleDouble::ONE + e.scale(1.0 / RAISED))
}

/// More orders than that are not to be had.
const ORDERS: usize = 64;

/// For `x ≤ 0`
fn left_derivative(x: f64, order: usize) -> f64 {
    if order < 3 {
        left_derivative_among::<3>(x, order)
    } else if order < ORDERS {
        left_derivative_among::<ORDERS>(x, order)
    } else {
        f64::NAN
    }
}

/// By `s' = q' s (1-s)`, coefficient by coefficient.
fn left_derivative_among<const N: usize>(x: f64, order: usize) -> f64 {
    let gate = raised_gate(x);
    if gate.high == 0.0 {
        return 0.0;
    }
    let slopes = [
        GATE + GATE_CUBE * two_product(x, x) * 3.0,
        GATE_CUBE * 6.0 * x,
        GATE_CUBE * 3.0,
    ];
    let (mut gates, mut products) = ([gate; N], [gate; N]);
    for n in 0..order {
        // s (1-s), and then the next coefficient of s.
        let square = (0..=n).fold(DoubleDouble::ZERO, |sum, k| {
            sum + gates[k] * gates[n - k].scale(1.0 / RAISED)
        });
        products[n] = gates[n] - square;
        let terms = slopes.iter().zip(products[..=n].iter().rev());
        let sum = terms.fold(DoubleDouble::ZERO, |sum, (slope, product)| {
            sum + *slope * *product
        });
        gates[n + 1] = sum.over(DoubleDouble::new((n + 1) as f64));
    }
    let coefficient = gates[order] * x + gates[order - 1];
    let factorial = (2..=order).fold(1.0, |product, k| product * k as f64);
    (coefficient * factorial).round() / RAISED
}
