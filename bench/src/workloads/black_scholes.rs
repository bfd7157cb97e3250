//! The price of a European call with its five first-order Greeks, and with all of its second-order ones.
//!
//! The normal distribution function is Abramowitz and Stegun's 26.2.17, good to 7.5e-8, and every column differentiates
//! just that. So the identity `spot * density(d1) == strike * discount * density(d2)` does not hold to twelve digits, and
//! nobody may use it.

use chainrule::{Dual, Jet, differentiate, value_and_gradient, value_gradient_hessian};
use nalgebra::{Const, SVector, U1};
use num_dual::{Dual2SVec64, DualNum};

use crate::measure::{Bar, Kind, Row};
use crate::num_duals::in_one_pass;

const B: [f64; 5] = [
    0.319381530,
    -0.356563782,
    1.781477937,
    -1.821255978,
    1.330274429,
];
const P: f64 = 0.2316419;
const INV_SQRT_2_PI: f64 = 0.398_942_280_401_432_7;

#[differentiate]
fn normal(x: f64) -> f64 {
    let t = 1.0 / (1.0 + P * x.abs());
    let density = INV_SQRT_2_PI * (-0.5 * x * x).exp();
    let tail = density * t * (B[0] + t * (B[1] + t * (B[2] + t * (B[3] + t * B[4]))));
    if x < 0.0 { tail } else { 1.0 - tail }
}

#[differentiate]
fn call(spot: f64, strike: f64, rate: f64, volatility: f64, time: f64) -> f64 {
    let width = volatility * time.sqrt();
    let drift = (rate + 0.5 * volatility * volatility) * time;
    let d1 = ((spot / strike).ln() + drift) / width;
    let d2 = d1 - width;
    spot * normal(d1) - strike * (-rate * time).exp() * normal(d2)
}

/// The function and its slope, which is even: both tails share one exponential and one `t`.
#[inline]
fn normal_by_hand(x: f64) -> (f64, f64) {
    let z = x.abs();
    let t = 1.0 / (1.0 + P * z);
    let density = INV_SQRT_2_PI * (-0.5 * x * x).exp();
    let polynomial = t * (B[0] + t * (B[1] + t * (B[2] + t * (B[3] + t * B[4]))));
    let slope = B[0] + t * (2.0 * B[1] + t * (3.0 * B[2] + t * (4.0 * B[3] + t * (5.0 * B[4]))));
    let tail = density * polynomial;
    // The slope of 1 - tail(|x|) by |x|, which is even.
    let first = density * (z * polynomial + P * t * t * slope);
    (if x < 0.0 { tail } else { 1.0 - tail }, first)
}

/// The same with the second derivative.
#[inline]
fn normal_by_hand_to_second(x: f64) -> (f64, f64, f64) {
    let z = x.abs();
    let t = 1.0 / (1.0 + P * z);
    let density = INV_SQRT_2_PI * (-0.5 * x * x).exp();
    let polynomial = t * (B[0] + t * (B[1] + t * (B[2] + t * (B[3] + t * B[4]))));
    let slope = B[0] + t * (2.0 * B[1] + t * (3.0 * B[2] + t * (4.0 * B[3] + t * (5.0 * B[4]))));
    let curvature = 2.0 * B[1] + t * (6.0 * B[2] + t * (12.0 * B[3] + t * (20.0 * B[4])));
    // By |x|, as t' = -P t².
    let by_z = -P * t * t;
    let polynomial_by_z = by_z * slope;
    let polynomial_by_zz = by_z * (by_z * curvature - 2.0 * P * t * slope);
    let tail = density * polynomial;
    let first = density * (z * polynomial - polynomial_by_z);
    let second = -z * first + density * (polynomial + z * polynomial_by_z - polynomial_by_zz);
    let is_left = x < 0.0;
    (
        if is_left { tail } else { 1.0 - tail },
        first,
        if is_left { -second } else { second },
    )
}

/// From the price back to the inputs: `by_` reads "derivative of the price by".
#[inline]
fn by_hand([spot, strike, rate, volatility, time]: [f64; 5]) -> (f64, [f64; 5]) {
    let root = time.sqrt();
    let width = volatility * root;
    let growth = rate + 0.5 * volatility * volatility;
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

/// In closed form, from the derivatives of `d1` and `width`; the zeros among them are left out.
#[inline]
fn hessian_by_hand(
    [spot, strike, rate, volatility, time]: [f64; 5],
) -> (f64, [f64; 5], [[f64; 5]; 5]) {
    let root = time.sqrt();
    let width = volatility * root;
    let growth = rate + 0.5 * volatility * volatility;
    let d1 = ((spot / strike).ln() + growth * time) / width;
    let (n1, density1, slope1) = normal_by_hand_to_second(d1);
    let (n2, density2, slope2) = normal_by_hand_to_second(d1 - width);
    let discount = (-rate * time).exp();
    let discounted = strike * discount;

    let (by_spot, by_strike) = (1.0 / spot, 1.0 / strike);
    let (by_width, by_volatility, half_by_time) = (1.0 / width, 1.0 / volatility, 0.5 / time);
    let half_by_root = half_by_time * root;
    // First derivatives: of width by volatility and time, of d1 by all, of d2 = d1 - width.
    let w_v = root;
    let w_t = volatility * half_by_root;
    let d_s = by_width * by_spot;
    let d_k = -by_width * by_strike;
    let d_r = time * by_width;
    let d_v = root - d1 * by_volatility;
    let d_t = growth * by_width - d1 * half_by_time;
    let (e_v, e_t) = (d_v - w_v, d_t - w_t);
    // First derivatives of the discounted strike by strike, rate, time.
    let (a_k, a_r, a_t) = (discount, -time * discounted, -rate * discounted);
    // Second derivatives of width and d1.
    let w_vt = half_by_root;
    let w_tt = -half_by_time * w_t;
    let d_ss = -d_s * by_spot;
    let d_kk = -d_k * by_strike;
    let (d_sv, d_kv, d_rv) = (
        -d_s * by_volatility,
        -d_k * by_volatility,
        -d_r * by_volatility,
    );
    let (d_st, d_kt) = (-d_s * half_by_time, -d_k * half_by_time);
    let d_rt = 0.5 * by_width;
    let d_vv = (d1 * by_volatility - d_v) * by_volatility;
    let d_vt = half_by_root - d_t * by_volatility;
    let d_tt = half_by_time * (d1 * half_by_time * 2.0 - d_t) - growth * by_width * half_by_time;

    // The price is spot n1(d1) - discounted n2(d2).
    let (p, q) = (spot * density1, discounted * density2);
    let by_d = p - q;
    let (pp, qq) = (spot * slope1, discounted * slope2);
    let price = spot * n1 - discounted * n2;
    let gradient = [
        n1 + by_d * d_s,
        by_d * d_k - a_k * n2,
        by_d * d_r - a_r * n2,
        by_d * d_v + q * w_v,
        by_d * d_t + q * w_t - a_t * n2,
    ];
    let both = pp - qq;
    let cross = density1 * d_s;
    let (k2, r2, t2) = (a_k * density2, a_r * density2, a_t * density2);
    let ss = both * d_s * d_s + by_d * d_ss + 2.0 * cross;
    let sk = both * d_s * d_k + density1 * d_k - k2 * d_s;
    let sr = both * d_s * d_r + density1 * d_r - r2 * d_s;
    let sv = d_s * (pp * d_v - qq * e_v) + by_d * d_sv + density1 * d_v;
    let st = d_s * (pp * d_t - qq * e_t) + by_d * d_st + density1 * d_t - t2 * d_s;
    let kk = both * d_k * d_k + by_d * d_kk - 2.0 * k2 * d_k;
    let kr = both * d_k * d_r - k2 * d_r - r2 * d_k + time * discount * n2;
    let kv = d_k * (pp * d_v - qq * e_v) + by_d * d_kv - k2 * e_v;
    let kt = d_k * (pp * d_t - qq * e_t) + by_d * d_kt - k2 * e_t - t2 * d_k + rate * discount * n2;
    let rr = both * d_r * d_r - 2.0 * r2 * d_r + time * a_r * n2;
    let rv = d_r * (pp * d_v - qq * e_v) + by_d * d_rv - r2 * e_v;
    let rt = d_r * (pp * d_t - qq * e_t) + by_d * d_rt - r2 * e_t - t2 * d_r
        + (discounted + time * a_t) * n2;
    let vv = pp * d_v * d_v - qq * e_v * e_v + by_d * d_vv;
    let vt = pp * d_v * d_t - qq * e_v * e_t + by_d * d_vt + q * w_vt - t2 * e_v;
    let tt =
        pp * d_t * d_t - qq * e_t * e_t + by_d * d_tt + q * w_tt - 2.0 * t2 * e_t + rate * a_t * n2;
    (
        price,
        gradient,
        [
            [ss, sk, sr, sv, st],
            [sk, kk, kr, kv, kt],
            [sr, kr, rr, rv, rt],
            [sv, kv, rv, vv, vt],
            [st, kt, rt, vt, tt],
        ],
    )
}

/// The same text over the numbers of this crate.
macro_rules! define_over_numbers {
    ($number:ident, $normal:ident, $call:ident) => {
        #[inline]
        fn $normal(x: $number<f64, 5>) -> $number<f64, 5> {
            let t = 1.0 / (1.0 + P * x.abs());
            let density = INV_SQRT_2_PI * (-0.5 * x * x).exp();
            let tail = density * t * (B[0] + t * (B[1] + t * (B[2] + t * (B[3] + t * B[4]))));
            if x < 0.0 { tail } else { 1.0 - tail }
        }

        #[inline]
        fn $call(x: [$number<f64, 5>; 5]) -> $number<f64, 5> {
            let [spot, strike, rate, volatility, time] = x;
            let width = volatility * time.sqrt();
            let drift = (rate + 0.5 * volatility * volatility) * time;
            let d1 = ((spot / strike).ln() + drift) / width;
            let d2 = d1 - width;
            spot * $normal(d1) - strike * (-rate * time).exp() * $normal(d2)
        }
    };
}
define_over_numbers!(Dual, normal_of_dual, call_of_duals);
define_over_numbers!(Jet, normal_of_jet, call_of_jets);

fn normal_of_num_dual<D: DualNum<Primitive = f64> + Copy>(x: D) -> D {
    let t = (x.abs() * P + 1.0).recip();
    let density = (x * x * -0.5).exp() * INV_SQRT_2_PI;
    let tail = density * t * ((((t * B[4] + B[3]) * t + B[2]) * t + B[1]) * t + B[0]);
    if x < 0.0 { tail } else { -tail + 1.0 }
}

fn call_of_num_duals<D: DualNum<Primitive = f64> + Copy>(x: [D; 5]) -> D {
    let [spot, strike, rate, volatility, time] = x;
    let width = volatility * time.sqrt();
    let drift = (rate + volatility * volatility * 0.5) * time;
    let d1 = ((spot / strike).ln() + drift) / width;
    let d2 = d1 - width;
    spot * normal_of_num_dual(d1) - strike * (-rate * time).exp() * normal_of_num_dual(d2)
}

pub fn rows() -> Vec<Row> {
    let x = [100.0, 110.0, 0.03, 0.25, 0.75];
    let greeks = Row::new("Black-Scholes gradient, 5")
        .bar(Kind::Attribute, Bar::of(1.2))
        .bar(Kind::Closure, Bar::of(1.6))
        .column(Kind::Primal, x, |&[s, k, r, v, t]| call(s, k, r, v, t))
        .column(Kind::ByHand, x, |&x| by_hand(x))
        .column(Kind::Attribute, x, |&[s, k, r, v, t]| {
            call::value_and_gradient(s, k, r, v, t)
        })
        .column(Kind::Closure, x, |&x| value_and_gradient(call_of_duals, x))
        .column(Kind::NumDual, SVector::from(x), |x| {
            num_dual::gradient(|x| call_of_num_duals(x.into()), x)
        })
        .column(Kind::NumDualAtBest, x, |&x| {
            in_one_pass(|&x| call_of_num_duals(x), x)
        });
    let hessian = Row::new("Black-Scholes Hessian, 5")
        .bar(Kind::Attribute, Bar::of(1.5))
        .bar(Kind::Closure, Bar::of(2.2))
        .column(Kind::Primal, x, |&[s, k, r, v, t]| call(s, k, r, v, t))
        .column(Kind::ByHand, x, |&x| hessian_by_hand(x))
        .column(Kind::Attribute, x, |&[s, k, r, v, t]| {
            call::value_gradient_hessian(s, k, r, v, t)
        })
        .column(Kind::Closure, x, |&x| {
            value_gradient_hessian(call_of_jets, x)
        })
        .column(Kind::NumDual, SVector::from(x), |x| {
            num_dual::hessian(|x| call_of_num_duals(x.into()), x)
        })
        .column(Kind::NumDualAtBest, x, |x| {
            let y = call_of_num_duals(std::array::from_fn(|i| {
                Dual2SVec64::from_re(x[i]).derivative(i)
            }));
            let size = Const::<5>;
            (
                y.re,
                y.v1.unwrap_generic(U1, size),
                y.v2.unwrap_generic(size, size),
            )
        });
    vec![greeks, hessian]
}
