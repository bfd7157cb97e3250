//! Sine and cosine of multiples of π, in a little more than a float: what reflection formulas need.

use super::coefficients::{COSINE_OF_PI, PI, SINE_OF_PI};
use super::double_double::{DoubleDouble, two_sum};
use super::elementary::{floor, round};

/// `sin(πx)` and `cos(πx)`
pub fn sin_cos_of_pi(x: f64) -> (DoubleDouble, DoubleDouble) {
    // The nearest multiple of a half, and the quadrant that it begins.
    let halves = round(2.0 * x);
    let rest = x - 0.5 * halves;
    let square = rest * rest;
    let sine = PI * rest + DoubleDouble::new(rest * SINE_OF_PI.beyond_centre(square));
    let cosine = two_sum(1.0, COSINE_OF_PI.beyond_centre(square));
    match halves - 4.0 * floor(0.25 * halves) {
        0.0 => (sine, cosine),
        1.0 => (cosine, -sine),
        2.0 => (-sine, -cosine),
        _ => (-cosine, sine),
    }
}
