//! The exponential integrals.
//!
//! Next to 0 by the logarithm and a power series (DLMF 6.6.1), next to the root by the distance from it, elsewhere an exponential
//! over `x` times what varies slowly.

use super::coefficients::{
    E1_SCALED, E1_SCALED_FAR, EI_NEAR_ROOT, EI_ROOT, EI_SCALED, EI_SCALED_FAR, EI_SERIES, EULER,
};
use super::double_double::DoubleDouble;
use super::polynomial::piece;

/// Beyond it one function has underflowed, the other overflowed.
const FAR: f64 = 800.0;

pub fn expint_e1(x: f64) -> f64 {
    if x.is_nan() || x < 0.0 {
        f64::NAN
    } else if x <= 1.0 {
        -near_zero(-x)
    } else if x > FAR {
        0.0
    } else {
        const ENDS: [f64; 4] = [2.0, 3.0, 5.0, 8.0];
        let scaled = match piece(&E1_SCALED, ENDS, x) {
            Some(piece) => piece.precisely_at(x),
            None => E1_SCALED_FAR.precisely_at(1.0 / x),
        };
        DoubleDouble::new(-x).exp_times(scaled.over(DoubleDouble::new(x)))
    }
}

pub fn expint_ei(x: f64) -> f64 {
    if x < 0.0 {
        -expint_e1(-x)
    } else if (0.3..0.45).contains(&x) {
        let (distance, ratio) = (x - EI_ROOT.high, EI_NEAR_ROOT.precisely_at(x));
        distance * ratio.high + (distance * ratio.low - EI_ROOT.low * ratio.high)
    } else if x <= 3.0 {
        near_zero(x)
    } else if x > FAR {
        f64::INFINITY
    } else {
        const ENDS: [f64; 5] = [5.0, 8.0, 12.0, 20.0, 32.0];
        let scaled = match piece(&EI_SCALED, ENDS, x) {
            Some(piece) => piece.precisely_at(x),
            None => EI_SCALED_FAR.precisely_at(1.0 / x),
        };
        DoubleDouble::new(x).exp_times(scaled.over(DoubleDouble::new(x)))
    }
}

/// `Ei(x)` on `[-1, 3]`
fn near_zero(x: f64) -> f64 {
    if x == 0.0 {
        return f64::NEG_INFINITY;
    }
    let line = DoubleDouble::new(x.abs()).ln() + EULER + DoubleDouble::new(x);
    line.high + (line.low + x * x * EI_SERIES.at(x))
}
