//! What a derivative may be off, and the exceptions.

use super::reference::Reference;

/// The parts of a rule of one argument, and of two.
pub const PARTS: [&[&str]; 2] = [
    &["value", "first", "second"],
    &["value", "dx", "dy", "dxx", "dxy", "dyy"],
];

/// The order of a part.
pub fn order(arity: usize, part: usize) -> usize {
    if arity == 1 {
        part
    } else {
        [0, 1, 1, 2, 2, 2][part]
    }
}

/// The rules whose values are this crate's as well.
pub fn is_own(rule: &str) -> bool {
    OWN.contains(&rule)
}

const OWN: &[&str] = &[
    "sigmoid",
    "logit",
    "softplus",
    "log_sigmoid",
    "silu",
    "softsign",
    "relu",
    "sinc",
    "log1mexp",
    "logexpm1",
    "logaddexp",
    "xlogy",
    "leaky_relu",
];

/// The bounds in ulps by arity and order.
pub const BOUNDS: [[f64; 3]; 2] = [[4.0, 2.5, 6.0], [4.0, 4.0, 6.0]];

/// In units of the smallest float.
pub const SUBNORMAL_BOUND: f64 = 2.0;

pub fn bound(arity: usize, order: usize, wanted: Reference, smallest_exponent: i32) -> f64 {
    let bound = BOUNDS[arity - 1][order];
    if wanted.high != 0.0 && wanted.exponent < smallest_exponent {
        bound.min(SUBNORMAL_BOUND)
    } else {
        bound
    }
}

/// Where a bound is not that of all others.
pub struct Exception {
    pub rule: &'static str,
    pub parts: &'static [&'static str],
    /// The one way that is meant, if not all are.
    pub way: Option<&'static str>,
    /// Where and why, for the documentation.
    #[allow(dead_code, reason = "the package accuracy writes it")]
    pub why: &'static str,
    /// Of an argument or two, and of the smallest normal float: what the ulps are counted of instead of the result, most often
    /// the size of the terms that cancel; infinite where no digit is right; 0 where the exception is not meant.
    pub size: fn(f64, f64, f64) -> f64,
}

/// What the exceptions count ulps of, 0 if there is none.
pub fn size(rule: &str, part: &str, way: &str, (x, y): (f64, f64), least: f64) -> f64 {
    let meant = |exception: &&Exception| {
        exception.rule == rule
            && exception.parts.contains(&part)
            && exception.way.is_none_or(|other| other == way)
    };
    EXCEPTIONS
        .iter()
        .filter(meant)
        .fold(0.0, |size, exception| {
            (exception.size)(x, y, least).max(size)
        })
}

fn only(condition: bool, size: f64) -> f64 {
    if condition { size } else { 0.0 }
}

/// Of all doubles the nearest to a multiple of π/2.
const NEXT_TO_A_TURN: f64 = 5.319372648326541e255;

pub const EXCEPTIONS: &[Exception] = &[
    Exception {
        rule: "sin",
        parts: &["first"],
        way: None,
        why: "at ±5.319372648326541e255, next to a multiple of π/2: glibc's own cosine is 8 ulp off there",
        size: |x, _, _| only(x.abs() == NEXT_TO_A_TURN, f64::INFINITY),
    },
    Exception {
        rule: "cos",
        parts: &["second"],
        way: None,
        why: "there as well",
        size: |x, _, _| only(x.abs() == NEXT_TO_A_TURN, f64::INFINITY),
    },
    Exception {
        rule: "tan",
        parts: &["first", "second"],
        way: None,
        why: "there as well: glibc's own tangent is 24 ulp off",
        size: |x, _, _| only(x.abs() == NEXT_TO_A_TURN, f64::INFINITY),
    },
    Exception {
        rule: "sinc",
        parts: &["first"],
        way: None,
        why: "next to its zeros between the waves: ulps of the smaller of 1/|x| and |x|/3",
        size: |x, _, _| (1.0 / x.abs()).min(x.abs() / 3.0),
    },
    Exception {
        rule: "sinc",
        parts: &["second"],
        way: None,
        why: "next to its zeros: ulps of the smaller of 1/|x| and 1/3",
        size: |x, _, _| (1.0 / x.abs()).min(1.0 / 3.0),
    },
    Exception {
        rule: "silu",
        parts: &["first"],
        way: None,
        why: "next to its zero at -1.28, which no float hits: ulps of 0.05, the size of the terms there",
        size: |x, _, _| only((-2.0..-1.0).contains(&x), 0.05),
    },
    Exception {
        rule: "silu",
        parts: &["second"],
        way: None,
        why: "next to its zeros at ±2.4: ulps of 0.15, the size of the terms there",
        size: |x, _, _| only((2.0..3.0).contains(&x.abs()), 0.15),
    },
    Exception {
        rule: "powf",
        parts: &["dxy"],
        way: None,
        why: "next to its zeros, where 1 + y ln x is 0: ulps of the power x^(y-1)",
        size: |x, y, _| only((1.0 + y * x.ln()).abs() < 0.5, x.powf(y - 1.0)),
    },
    Exception {
        rule: "log",
        parts: &["dyy"],
        way: None,
        why: "next to its zeros, where y is exp(-2): ulps of ln x/(y² ln² y)",
        size: |x, y, _| {
            let term = x.ln() / (y * y.ln()).powi(2);
            only((y.ln() + 2.0).abs() < 1.0, term.abs())
        },
    },
    Exception {
        rule: "logaddexp",
        parts: &["value"],
        way: None,
        why: "where the larger argument and the correction cancel: ulps of the larger argument, or of the correction times the \
              difference, whose rounding it carries",
        size: |x, y, _| {
            let difference = (x - y).abs();
            x.max(y).abs().max(difference * (-difference).exp())
        },
    },
    Exception {
        rule: "div",
        parts: &["dy", "dyy"],
        way: Some("attribute, compiled"),
        why: "compiled code multiplies x/y by 1/y, as one would by hand, and the numerator is gone by then: where x/y is \
              subnormal, its missing digits are missing",
        size: |x, y, least| only((x / y).abs() < least, f64::INFINITY),
    },
    Exception {
        rule: "div",
        parts: &["dyy"],
        way: Some("attribute, compiled"),
        why: "the same of second derivatives where 1/y² is subnormal or 0: x and y above 1e154, in `f32` above 1e19",
        size: |_, y, least| only((1.0 / y / y).abs() < least, f64::INFINITY),
    },
];
