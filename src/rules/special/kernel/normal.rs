//! The error function and the normal distribution.
//!
//! Everything in the tails is a bell curve times `½ exp(t²/2) erfc(t/√2)`, which varies slowly: so no rounding of an argument is
//! magnified.

use super::coefficients::{CENTRAL, DENSITY, HALF_ERFCX, HALF_ERFCX_FAR, SQRT_TWO_PI};
use super::double_double::{DoubleDouble, two_product};
use super::elementary::{exp, ln, sqrt};

const HALF: f64 = 0.5;

pub fn erf(x: f64) -> f64 {
    libm::erf(x)
}

pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// `exp(-x²/2^halvings)`
pub fn gauss(x: f64, halvings: i32) -> f64 {
    bell(x, halvings, DoubleDouble::ONE)
}

/// The same times 2^60: it has all digits where the bell curve is subnormal.
pub fn raised_gauss(x: f64, halvings: i32) -> f64 {
    bell(
        x,
        halvings,
        DoubleDouble::new(f64::from(1 << 30) * f64::from(1 << 30)),
    )
}

/// `factor exp(-x²/2^halvings)`, with the rounding error of the square put right.
#[inline]
fn bell(x: f64, halvings: i32, factor: DoubleDouble) -> f64 {
    if x.abs() > FAR {
        return 0.0 * factor.high;
    }
    let scale = if halvings == 0 { -1.0 } else { -HALF };
    two_product(x, x).scale(scale).exp_times(factor)
}

/// Nothing of a bell curve is left there, and its square is still finite.
const FAR: f64 = 1e10;

/// `½ exp(t²/2) erfc(t/√2)` for `t ≥ 0`: the upper tail over the bell curve.
fn half_erfcx(t: f64) -> DoubleDouble {
    match HALF_ERFCX.get(t as usize) {
        Some(polynomial) => polynomial.precisely_at(t),
        None => {
            let square = 1.0 / t / t;
            let lost = square * HALF_ERFCX_FAR.at(square);
            let density = DoubleDouble::sum(DENSITY.high, DENSITY.low - DENSITY.high * lost);
            density.over(DoubleDouble::new(t.min(FAR)))
        }
    }
}

pub fn norm_pdf(x: f64) -> f64 {
    bell(x, 1, DENSITY)
}

/// Up to here from the middle, to the left of it.
const CENTRE: f64 = 0.5;

/// `Φ(x) - ½ - offset` for `|x| ≤ 3/2`
fn central(x: f64, offset: f64) -> f64 {
    let line = two_product(DENSITY.high, x);
    (line.high - offset) + (line.low + x * (DENSITY.low + CENTRAL.beyond_centre(x * x)))
}

pub fn norm_cdf(x: f64) -> f64 {
    if x > CENTRE {
        1.0 - upper_tail(x)
    } else if x < -CENTRE {
        upper_tail(-x)
    } else {
        central(x, -HALF)
    }
}

fn upper_tail(t: f64) -> f64 {
    bell(t, 1, half_erfcx(t))
}

pub fn gelu(x: f64) -> f64 {
    if x < -CENTRE {
        // The tail may be subnormal where the product is not.
        bell(x, 1, half_erfcx(-x) * x.max(-FAR))
    } else {
        x * norm_cdf(x)
    }
}

/// `x n/(n+2)` with `e = exp(x)` and `n = e² + 2e`; right of 0 in powers of `exp(-x)`.
pub fn mish(x: f64) -> f64 {
    let e = exp(-x.abs());
    if x >= 0.0 {
        let above = 1.0 + 2.0 * e;
        x * (above / (above + 2.0 * e * e))
    } else if x < -700.0 {
        let half = exp(HALF * x.max(-FAR));
        half * x.max(-FAR) * half
    } else {
        let n = e * (e + 2.0);
        x * (n / (n + 2.0))
    }
}

/// A quantile by Wichura's PPND7 (1988), which has seven digits, and a step of Halley's method, which has three times as many.
pub fn inv_norm_cdf(p: f64) -> f64 {
    let offset = p - HALF;
    if offset.abs() <= 0.425 {
        let u = central_quantile(offset);
        let error = central(u, offset) / norm_pdf(u);
        return u - error / (1.0 + HALF * u * error);
    }
    let tail = if offset < 0.0 { p } else { 1.0 - p };
    let t = if tail > 0.0 {
        let t = tail_quantile(sqrt(-ln(tail)));
        let scaled = two_product(t, t)
            .scale(HALF)
            .exp_times(DoubleDouble::new(tail));
        let ratio = half_erfcx(t);
        let error = SQRT_TWO_PI.high * ((ratio.high - scaled) + ratio.low);
        t + error / (1.0 - HALF * t * error)
    } else if tail == 0.0 {
        f64::INFINITY
    } else {
        f64::NAN
    };
    t.copysign(offset)
}

fn central_quantile(offset: f64) -> f64 {
    const ABOVE: [f64; 4] = [
        3.387_132_717_9,
        50.434_271_938,
        159.291_132_02,
        59.109_374_720,
    ];
    const BELOW: [f64; 4] = [1.0, 17.895_169_469, 78.757_757_664, 67.187_563_600];
    offset * ratio(ABOVE, BELOW, 0.180_625 - offset * offset)
}

/// Of the square root of the negative logarithm.
fn tail_quantile(root: f64) -> f64 {
    const ABOVE: [[f64; 4]; 2] = [
        [
            1.423_437_277_7,
            2.756_815_390_0,
            1.306_728_481_6,
            0.170_238_211_03,
        ],
        [
            6.657_905_115_0,
            3.081_226_386_0,
            0.428_682_943_37,
            0.017_337_203_997,
        ],
    ];
    const BELOW: [[f64; 4]; 2] = [
        [1.0, 0.737_001_642_50, 0.120_211_329_75, 0.0],
        [1.0, 0.241_978_942_25, 0.012_258_202_635, 0.0],
    ];
    if root <= 5.0 {
        ratio(ABOVE[0], BELOW[0], root - 1.6)
    } else {
        ratio(ABOVE[1], BELOW[1], root - 5.0)
    }
}

fn ratio(above: [f64; 4], below: [f64; 4], x: f64) -> f64 {
    let cubic = |[a, b, c, d]: [f64; 4]| a + x * (b + x * (c + x * d));
    cubic(above) / cubic(below)
}

/// The slope of a quantile, which is `quantile`: from the tail itself, where a bell curve would magnify the quantile's rounding.
pub fn inv_norm_cdf_slope(p: f64, quantile: f64) -> f64 {
    let t = quantile.abs();
    if t < 1.0 {
        return two_product(t, t).scale(HALF).exp_times(SQRT_TWO_PI);
    }
    let tail = if p < HALF { p } else { 1.0 - p };
    if t == f64::INFINITY {
        return t;
    }
    // The smallest tails are lifted: a product of twice the digits needs room.
    let unit = if tail < 1e-150 {
        f64::from_bits((1023 + 500) << 52)
    } else {
        1.0
    };
    let ratio = SQRT_TWO_PI * half_erfcx(t);
    ratio.over(DoubleDouble::new(tail * unit)).round() * unit
}
