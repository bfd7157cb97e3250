//! The Bessel functions of orders 0 and 1, of the first and second kind, and modified.
//!
//! Up to 2 by their power series (DLMF 10.2.2, 10.8.1), up to 8 (16 for the modified ones) by polynomials, and beyond by Hankel's
//! expansions (DLMF 10.17.3, 10.40.1).

use core::f64::consts::FRAC_2_PI;

use super::coefficients as c;
use super::double_double::{DoubleDouble, two_sum};
use super::elementary::{exp, ln, sin_cos, sqrt};
use super::polynomial::{self, Polynomial};

/// Up to here the power series.
const SMALL: f64 = 2.0;

pub fn bessel_j0(x: f64) -> f64 {
    let x = x.abs();
    if x <= SMALL {
        let square = 0.25 * x * x;
        1.0 + square * c::J0_SMALL.at(square)
    } else if let Some(piece) = piece(&c::J0, x) {
        piece
    } else {
        Waves::at(x, &c::COSINE0, &c::SINE0).0
    }
}

pub fn bessel_j1(x: f64) -> f64 {
    let size = x.abs();
    let of_size = if size <= SMALL {
        let (half, square) = (0.5 * size, 0.25 * x * x);
        half + half * square * c::J1_SMALL.at(square)
    } else if let Some(piece) = piece(&c::J1, size) {
        piece
    } else {
        Waves::at(size, &c::COSINE1, &c::SINE1).1
    };
    if x.is_sign_negative() {
        -of_size
    } else {
        of_size
    }
}

pub fn bessel_y0(x: f64) -> f64 {
    if let Some(end) = end(x) {
        end
    } else if x <= SMALL {
        let square = 0.25 * x * x;
        FRAC_2_PI * ln(x) * bessel_j0(x) + c::Y0_SMALL.at(square)
    } else if let Some(piece) = piece(&c::Y0, x) {
        piece
    } else {
        Waves::at(x, &c::COSINE0, &c::SINE0).1
    }
}

pub fn bessel_y1(x: f64) -> f64 {
    if let Some(end) = end(x) {
        end
    } else if x <= SMALL {
        let square = 0.25 * x * x;
        let regular = FRAC_2_PI * ln(x) * bessel_j1(x) + x * c::Y1_SMALL.at(square);
        let pole = c::INVERSE_PI.scale(2.0).over(DoubleDouble::new(x));
        (regular - pole.low) - pole.high
    } else if let Some(piece) = piece(&c::Y1, x) {
        piece
    } else {
        -Waves::at(x, &c::COSINE1, &c::SINE1).0
    }
}

/// Functions of the second kind at the ends of their domain, and NaN outside.
pub fn end(x: f64) -> Option<f64> {
    if x == 0.0 {
        Some(f64::NEG_INFINITY)
    } else if x > 0.0 {
        None
    } else {
        Some(f64::NAN)
    }
}

/// The polynomial between 2 and 8.
#[inline]
fn piece<const N: usize>(pieces: &[Polynomial<N>; 6], x: f64) -> Option<f64> {
    // NaN is taken to 0, and comes out again.
    Some(pieces.get((x - SMALL) as usize)?.at(x))
}

/// `(P (cos x + sin x) - Q (sin x - cos x))/√(πx)` and `(P (sin x - cos x) + Q (cos x + sin x))/√(πx)`.
struct Waves(f64, f64);

impl Waves {
    #[inline]
    fn at(x: f64, cosine: &Polynomial<13>, sine: &Polynomial<13>) -> Self {
        if x == f64::INFINITY {
            return Self(0.0, 0.0);
        }
        let inverse = 1.0 / x;
        let square = inverse * inverse;
        // What P has beyond 1, and Q.
        let (p, q) = (square * cosine.at(square), inverse * sine.at(square));
        let (s, c) = sin_cos(x);
        let (sum, difference) = (two_sum(c, s), two_sum(s, -c));
        let first = sum.high + (sum.low + (p * sum.high - q * difference.high));
        let second = difference.high + (difference.low + (p * difference.high + q * sum.high));
        let size = sqrt(c::INVERSE_PI.high / x);
        Self(size * first, size * second)
    }
}

/// From here on the modified functions of orders 0 and 1 overflow.
const OVERFLOW: f64 = 720.0;

pub fn bessel_i0(x: f64) -> f64 {
    let x = x.abs();
    if x <= SMALL {
        let square = 0.25 * x * x;
        1.0 + square * c::I0_SMALL.at(square)
    } else if x > OVERFLOW {
        f64::INFINITY
    } else {
        DoubleDouble::new(x).exp_times(scaled_i0(x))
    }
}

pub fn bessel_i1(x: f64) -> f64 {
    let size = x.abs();
    let of_size = if size <= SMALL {
        let (half, square) = (0.5 * size, 0.25 * x * x);
        half + half * square * c::I1_SMALL.at(square)
    } else if size > OVERFLOW {
        f64::INFINITY
    } else {
        DoubleDouble::new(size).exp_times(scaled_i1(size))
    };
    if x.is_sign_negative() {
        -of_size
    } else {
        of_size
    }
}

/// `exp(-x) I0(x)` for `x ≥ 0`
pub fn scaled_i0(x: f64) -> DoubleDouble {
    if x <= SMALL {
        DoubleDouble::new(exp(-x) * bessel_i0(x))
    } else {
        scaled(x, &c::I0, &c::I0_FAR)
    }
}

/// `exp(-x) I1(x)` for `x > 2`
fn scaled_i1(x: f64) -> DoubleDouble {
    scaled(x, &c::I1, &c::I1_FAR)
}

#[inline]
fn scaled<const N: usize, const M: usize>(
    x: f64,
    pieces: &[Polynomial<N>; 4],
    far: &Polynomial<M>,
) -> DoubleDouble {
    const ENDS: [f64; 4] = [5.0, 8.0, 12.0, 16.0];
    match polynomial::piece(pieces, ENDS, x) {
        Some(piece) => DoubleDouble::new(piece.at(x)),
        None => DoubleDouble::new(far.at(1.0 / x)).over(DoubleDouble::sqrt(x)),
    }
}
