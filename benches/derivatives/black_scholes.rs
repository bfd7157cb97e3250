//! The price of a European call and its five first-order Greeks. The normal distribution function is the logistic
//! approximation σ(0.07056 x³ + 1.5976 x), which every variant differentiates exactly.

use chainrule::{differentiate, value_and_gradient};
use criterion::Criterion;
use num_dual::DualNum;

use crate::{Subject, by_direction};

#[differentiate]
fn normal(x: f64) -> f64 {
    1.0 / (1.0 + (-(x * x * 0.07056 + 1.5976) * x).exp())
}

#[differentiate]
fn call(spot: f64, strike: f64, rate: f64, volatility: f64, time: f64) -> f64 {
    let width = volatility * time.sqrt();
    let drift = (rate + volatility * volatility * 0.5) * time;
    let d1 = ((spot / strike).ln() + drift) / width;
    let d2 = d1 - width;
    spot * normal(d1) - strike * (-rate * time).exp() * normal(d2)
}

/// The same text over the numbers of both crates.
macro_rules! call_of {
    ($spot:ident, $strike:ident, $rate:ident, $volatility:ident, $time:ident) => {{
        let width = $volatility * $time.sqrt();
        let drift = ($rate + $volatility * $volatility * 0.5) * $time;
        let d1 = (($spot / $strike).ln() + drift) / width;
        let d2 = d1 - width;
        let n1 = ((-(d1 * d1 * 0.07056 + 1.5976) * d1).exp() + 1.0).recip();
        let n2 = ((-(d2 * d2 * 0.07056 + 1.5976) * d2).exp() + 1.0).recip();
        $spot * n1 - $strike * (-$rate * $time).exp() * n2
    }};
}

/// The distribution function and the density from one exponential.
#[inline]
fn normal_by_hand(x: f64) -> (f64, f64) {
    let square = x * x;
    let e = (-(square * 0.07056 + 1.5976) * x).exp();
    let s = 1.0 / (1.0 + e);
    (s, s * s * e * (3.0 * 0.07056 * square + 1.5976))
}

/// From the price back to the inputs: `_of_` reads "derivative of the price with respect to".
#[inline]
fn by_hand([spot, strike, rate, volatility, time]: [f64; 5]) -> (f64, [f64; 5]) {
    let root = time.sqrt();
    let width = volatility * root;
    let growth = rate + volatility * volatility * 0.5;
    let d1 = ((spot / strike).ln() + growth * time) / width;
    let (n1, density1) = normal_by_hand(d1);
    let (n2, density2) = normal_by_hand(d1 - width);
    let discount = (-rate * time).exp();
    let discounted = strike * discount;
    let price = spot * n1 - discounted * n2;

    let by_d2 = -discounted * density2;
    let by_d1 = spot * density1 + by_d2;
    let by_log = by_d1 / width;
    let by_width = -by_d2 - by_log * d1;
    let by_exponent = discounted * n2;
    (
        price,
        [
            n1 + by_log / spot,
            -discount * n2 - by_log / strike,
            time * (by_log + by_exponent),
            volatility * time * by_log + root * by_width,
            growth * by_log + rate * by_exponent + 0.5 * volatility / root * by_width,
        ],
    )
}

pub fn black_scholes(criterion: &mut Criterion) {
    let x = [100.0, 95.0, 0.03, 0.25, 0.75];
    let primal = |[s, k, r, v, t]: [f64; 5]| call(s, k, r, v, t);
    Subject::new(criterion, "black_scholes", x, primal, by_hand)
        .variant("closure", |x| {
            value_and_gradient(|[s, k, r, v, t]| call_of!(s, k, r, v, t), x)
        })
        .variant("attribute", |[s, k, r, v, t]| {
            call::value_and_gradient(s, k, r, v, t)
        })
        .variant("num_dual", |x| {
            by_direction(|[s, k, r, v, t]| call_of!(s, k, r, v, t), x)
        });
}
