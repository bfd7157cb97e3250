//! One block a rule: its value in many digits, and where to measure it. A new rule needs a block here.

use crate::differences::Length::{self, Argument, Large, One, Unit};
use crate::pairs::{self, Maker, Pairs};
use crate::points::Domain;
use crate::real::Real;

/// What the oracle knows of a rule.
pub enum Block {
    One {
        name: &'static str,
        value: fn(&Real) -> Real,
        length: Length,
        domain: Domain,
    },
    /// An argument and an integer exponent.
    Power { makers: &'static [Maker] },
    Two {
        name: &'static str,
        value: fn(&Real, &Real) -> Real,
        lengths: (Length, Length),
        pairs: Pairs,
    },
}

impl Block {
    pub fn name(&self) -> &'static str {
        match self {
            Self::One { name, .. } | Self::Two { name, .. } => name,
            Self::Power { .. } => "powi",
        }
    }
}

macro_rules! blocks {
    (
        one { $($one:ident |$x:ident| $f:tt = $value:expr, $length:ident, $domain:expr;)* }
        two { $($two:ident |$a:ident, $b:ident| $g:tt = $value2:expr, $length_a:ident $length_b:ident, $pairs:expr;)* }
    ) => {
        pub fn blocks() -> Vec<Block> {
            vec![
                $(Block::One { name: stringify!($one), value: $value, length: $length, domain: $domain },)*
                Block::Power { makers: pairs::POWERS },
                $(Block::Two {
                    name: stringify!($two), value: $value2, lengths: ($length_a, $length_b), pairs: $pairs,
                },)*
            ]
        }

        /// What the test in the crate measures, for `tests/oracle/rules.rs`.
        pub fn rules() -> String {
            let mut text = String::from("// Written by `accuracy/run --write`: the rules that have points in table.txt.\n\nrules! {\n    {\n");
            $(text += concat!("        ", stringify!($one), " |", stringify!($x), "| ", stringify!($f), "\n");)*
            text += "    }\n    {\n";
            $(text += concat!("        ", stringify!($two), " |", stringify!($a), ", ", stringify!($b), "| ", stringify!($g), "\n");)*
            text += "    }\n}\n";
            text
        }

        $crate::rules_in!(double f64 { $($one |$x| $f)* } { $($two |$a, $b| $g)* });
        $crate::rules_in!(single f32 { $($one |$x| $f)* } { $($two |$a, $b| $g)* });
    };
}

use crate::{reference, ways};

fn sigmoid(x: &Real) -> Real {
    1.0 / (1.0 + (-x).exp())
}

/// `ln(1 + exp(x))`
fn softplus(x: &Real) -> Real {
    logaddexp(x, &Real::from(0.0))
}

fn logaddexp(x: &Real, y: &Real) -> Real {
    let (high, low) = if x < y { (y, x) } else { (x, y) };
    high + ln_1p(&(low - high).exp())
}

/// `exp(x) - 1`
fn exp_m1(x: &Real) -> Real {
    if *x < Real::from(-1e6) {
        return x.exp() - 1.0;
    }
    let half = x * 0.5;
    half.sinh() * half.exp() * 2.0
}

fn tanh(x: &Real) -> Real {
    let twice = x.abs() * -2.0;
    x.sign() * -exp_m1(&twice) / (1.0 + twice.exp())
}

/// `ln(1 + x)`
fn ln_1p(x: &Real) -> Real {
    (x / (x + 2.0)).atanh() * 2.0
}

fn round(x: &Real) -> Real {
    (x.abs() + 0.5).floor() * x.sign()
}

fn atan2(y: &Real, x: &Real) -> Real {
    if x.abs() < y.abs() {
        return Real::pi() * y.sign() * 0.5 - (x / y).atan();
    }
    let angle = (y / x).atan();
    if x.is_negative() {
        angle + Real::pi() * y.sign()
    } else {
        angle
    }
}

fn is_whole(x: f64) -> bool {
    x.fract() == 0.0
}

const REAL: Domain = Domain::REAL;
const POSITIVE: Domain = Domain::POSITIVE;
const INSIDE: Domain = Domain::between(-1.0, 1.0).near(&[0.5, -0.5]);
/// Where exponentials leave the range of floats, and where their derivatives do.
const EXPONENTIAL: Domain = REAL.span(750.0).near(&[
    709.78, -708.4, -745.1, 88.72, -87.3, -103.9, 354.9, -354.9, 372.5, -372.5, 44.4, 51.9, -0.5,
    36.7, -36.7, 17.3,
]);
/// The argument is the double nearest to a multiple of π/2, and some C libraries are 8 ulp off there.
const CIRCLE: Domain = REAL.turning().near(&[5.319372648326541e255]);
const STEPS: Domain = REAL.near(&[1.0, -1.0, 1.5, 2.5, -2.5]).but(is_whole);

blocks! {
    one {
        // Exponentials and logarithms
        exp |x| (x.exp()) = Real::exp, One, EXPONENTIAL;
        exp2 |x| (x.exp2()) = |x| (x * Real::ln_2()).exp(), One,
            REAL.span(1080.0).near(&[1024.0, 1023.5, 1025.0, -1022.0, -1074.5, 128.0, 129.0, -126.0, -149.5]);
        exp_m1 |x| (x.exp_m1()) = exp_m1, One, EXPONENTIAL;
        ln |x| (x.ln()) = Real::ln, Argument, POSITIVE.near(&[1.0]);
        ln_1p |x| (x.ln_1p()) = ln_1p, Unit, Domain::between(-1.0, f64::INFINITY);
        log2 |x| (x.log2()) = |x| x.ln() / Real::ln_2(), Argument, POSITIVE.near(&[1.0]);
        log10 |x| (x.log10()) = |x| x.ln() / Real::ln_10(), Argument, POSITIVE.near(&[1.0]);
        // Roots and the reciprocal
        sqrt |x| (x.sqrt()) = Real::sqrt, Argument, POSITIVE.near(&[1.0]);
        cbrt |x| (x.cbrt()) = |x| x.abs().cbrt() * x.sign(), Argument, REAL.but(|x| x == 0.0);
        recip |x| (x.recip()) = |x| 1.0 / x, Argument, REAL.near(&[1e154, 1e-154, 1e103, 1e-103, 1e19, 1e-19, 5.6e-309, 2.9e-39]).but(|x| x == 0.0);
        // Trigonometry
        sin |x| (x.sin()) = Real::sin, One, CIRCLE;
        cos |x| (x.cos()) = Real::cos, One, CIRCLE;
        tan |x| (x.tan()) = |x| x.sin() / x.cos(), One, CIRCLE;
        asin |x| (x.asin()) = Real::asin, One, INSIDE;
        acos |x| (x.acos()) = Real::acos, One, INSIDE;
        atan |x| (x.atan()) = Real::atan, Argument, REAL.near(&[268_435_456.0, 8192.0, 1e154, 1e19]);
        // Hyperbolic functions
        sinh |x| (x.sinh()) = Real::sinh, One, EXPONENTIAL;
        cosh |x| (x.cosh()) = Real::cosh, One, EXPONENTIAL;
        tanh |x| (x.tanh()) = tanh, One, EXPONENTIAL.near(&[0.55, -0.55, 1.0, 19.0, 372.0, -354.0, 44.0, 52.0, 9.0]);
        asinh |x| (x.asinh()) = Real::asinh, Argument, REAL.near(&[268_435_456.0, 8192.0, 1e154, 1e19]);
        acosh |x| (x.acosh()) = Real::acosh, Argument, Domain::between(1.0, f64::INFINITY).near(&[2.0, 268_435_456.0, 8192.0, 1e154, 1e19]);
        atanh |x| (x.atanh()) = Real::atanh, One, INSIDE;
        // Pieces of lines
        abs |x| (x.abs()) = Real::abs, Argument, REAL.but(|x| x == 0.0);
        signum |x| (x.signum()) = Real::sign, Argument, REAL.but(|x| x == 0.0);
        floor |x| (x.floor()) = Real::floor, Unit, STEPS;
        ceil |x| (x.ceil()) = |x| -(-x).floor(), Unit, STEPS;
        round |x| (x.round()) = round, Unit, STEPS.but(|x| is_whole(2.0 * x));
        round_ties_even |x| (x.round_ties_even()) = round, Unit, STEPS.but(|x| is_whole(2.0 * x));
        trunc |x| (x.trunc()) = Real::trunc, Unit, STEPS;
        fract |x| (x.fract()) = |x| x - x.trunc(), Unit, STEPS;
        to_degrees |x| (x.to_degrees()) = |x| x * 180.0 / Real::pi(), Argument, REAL;
        to_radians |x| (x.to_radians()) = |x| x * Real::pi() / Real::from(180.0), Argument, REAL;
        // A step to the next float moves with the float.
        next_up |x| (x.next_up()) = Real::clone, Argument, REAL;
        next_down |x| (x.next_down()) = Real::clone, Argument, REAL;
        // Activations
        sigmoid |x| (x.sigmoid()) = sigmoid, One, EXPONENTIAL;
        logit |x| (x.logit()) = |x| (x / (1.0 - x)).ln(), Unit, Domain::between(0.0, 1.0).near(&[0.25, 0.5, 0.75]);
        softplus |x| (x.softplus()) = softplus, One, EXPONENTIAL;
        log_sigmoid |x| (x.log_sigmoid()) = |x| -softplus(&-x), One, EXPONENTIAL;
        silu |x| (x.silu()) = |x| x * sigmoid(x), One, EXPONENTIAL.near(&[-1.278464542761074, 2.399357280520547, -2.399357280520547, -708.4, -745.1, -751.0, -87.3, -103.9, -108.0, 708.4, 745.1, 751.0]);
        softsign |x| (x.softsign()) = |x| x / (1.0 + x.abs()), Argument, REAL.near(&[1.0, -1.0]).but(|x| x == 0.0);
        relu |x| (x.relu()) = |x| if x.is_negative() { Real::from(0.0) } else { x.clone() }, Argument, REAL.but(|x| x == 0.0);
        sinc |x| (x.sinc()) = |x| if x.is_zero() { Real::from(1.0) } else { x.sin() / x }, One, REAL.turning().near(&[1.3, -1.3, 4.493409457909064, 2.0815759778181]);
        log1mexp |x| (x.log1mexp()) = |x| (-exp_m1(x)).ln(), Unit, Domain::between(f64::NEG_INFINITY, 0.0).span(750.0).near(&[-std::f64::consts::LN_2, -1.0, -708.4, -745.1, -87.3, -103.9, -36.7]);
        logexpm1 |x| (x.logexpm1()) = |x| x + (-exp_m1(&-x)).ln(), Unit, POSITIVE.span(750.0).near(&[std::f64::consts::LN_2, 0.39, 0.99, 30.0, 708.4, 745.1, 87.3, 103.9, 36.7]);
    }
    two {
        powf |x, y| (x.powf(y)) = pairs::power, Argument One, pairs::POWF;
        log |x, y| (x.log(y)) = |x, y| x.ln() / y.ln(), Argument Argument, pairs::LOG;
        hypot |x, y| (x.hypot(y)) = |x, y| (x * x + y * y).sqrt(), Argument Argument, pairs::PLANE;
        atan2 |x, y| (x.atan2(y)) = atan2, Argument Argument, pairs::PLANE;
        max |x, y| (x.max(y)) = |x, y| if x > y { x.clone() } else { y.clone() }, Argument Argument, pairs::UNEQUAL;
        min |x, y| (x.min(y)) = |x, y| if x < y { x.clone() } else { y.clone() }, Argument Argument, pairs::UNEQUAL;
        copysign |x, y| (x.copysign(y)) = |x, y| x.abs() * y.sign(), Argument Argument, pairs::PLANE;
        abs_sub |x, y| (x.abs_sub(y)) = |x, y| if x > y { x - y } else { Real::from(0.0) }, Argument Argument, pairs::UNEQUAL;
        midpoint |x, y| (x.midpoint(y)) = |x, y| (x + y) * 0.5, Argument Argument, pairs::PLANE;
        rem |x, y| (x % y) = |x, y| x - y * (x / y).trunc(), Argument Argument, pairs::STEPS;
        rem_euclid |x, y| (x.rem_euclid(y)) = |x, y| x - y.abs() * (x / y.abs()).floor(), Argument Argument, pairs::STEPS;
        div_euclid |x, y| (x.div_euclid(y)) = |x, y| y.sign() * (x / y.abs()).floor(), Argument Argument, pairs::STEPS;
        div |x, y| (x / y) = |x, y| x / y, Argument Argument, pairs::QUOTIENT;
        logaddexp |x, y| (x.logaddexp(y)) = logaddexp, One One, pairs::EXPONENTS;
        xlogy |x, y| (x.xlogy(y)) = |x, y| x * y.ln(), Large Argument, pairs::XLOGY;
        leaky_relu |x, y| (x.leaky_relu(y)) = |x, y| if x.is_negative() { x * y } else { x.clone() }, Argument Argument, pairs::PLANE;
    }
}
