//! The product of all inputs, where each slope needs all other inputs.

use chainrule::{differentiate, value_and_gradient};
use nalgebra::SVector;
use num_dual::DualSVec64;

use super::spread;
use crate::measure::{Bar, Kind, Row};
use crate::num_duals::in_one_pass;

#[differentiate]
fn of_8(x: [f64; 8]) -> f64 {
    x.iter().product()
}

#[differentiate]
fn of_64(x: [f64; 64]) -> f64 {
    x.iter().product()
}

#[differentiate]
pub fn of_slice(x: &[f64]) -> f64 {
    x.iter().product()
}

/// The product of what comes before, then times that of what comes after.
#[inline]
pub fn by_hand(x: &[f64], gradient: &mut [f64]) -> f64 {
    let mut before = 1.0;
    for (slope, &x) in gradient.iter_mut().zip(x) {
        *slope = before;
        before *= x;
    }
    let mut after = 1.0;
    for (slope, &x) in gradient.iter_mut().zip(x).rev() {
        *slope *= after;
        after *= x;
    }
    before
}

/// Around 1, so that the product of thousands is a number.
pub fn point(n: usize) -> impl Iterator<Item = f64> {
    spread(n).map(|x| 1.0 + x / 128.0)
}

/// Both products at once, for fixed lengths: neither waits for the other.
#[inline]
fn by_hand_of_array<const N: usize>(x: &[f64; N]) -> (f64, [f64; N]) {
    let (mut slopes, mut rest) = ([0.0; N], [0.0; N]);
    let (mut before, mut after) = (1.0, 1.0);
    for i in 0..N {
        slopes[i] = before;
        before *= x[i];
        let j = N - 1 - i;
        rest[j] = after;
        after *= x[j];
    }
    for (slope, rest) in slopes.iter_mut().zip(&rest) {
        *slope *= rest;
    }
    (before, slopes)
}

macro_rules! row {
    ($n:literal, $f:ident, $bar:literal) => {{
        let x: [f64; $n] = std::array::from_fn(|i| point($n).nth(i).unwrap_or(1.0));
        Row::new(concat!("product of ", $n))
            .bar(Kind::Attribute, Bar::of(1.05))
            .bar(Kind::Closure, Bar::of($bar))
            .column(Kind::Primal, x, |&x| $f(x))
            .column(Kind::ByHand, x, by_hand_of_array)
            .column(Kind::Attribute, x, |&x| $f::value_and_gradient(x))
            .column(Kind::Closure, x, |&x| {
                value_and_gradient(|x| x.iter().product::<chainrule::Dual<f64, $n>>(), x)
            })
            .column(Kind::NumDual, SVector::from(x), |x| {
                num_dual::gradient(|x| x.iter().product::<DualSVec64<$n>>(), x)
            })
            .column(Kind::NumDualAtBest, x, |&x| {
                in_one_pass(|x| x.iter().product::<DualSVec64<$n>>(), x)
            })
    }};
}

pub fn rows() -> Vec<Row> {
    vec![row!(8, of_8, 5.0), row!(64, of_64, 28.0)]
}
