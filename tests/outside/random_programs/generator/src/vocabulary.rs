//! The functions that programs call: how each is computed on floats, which is what the plain function does, and to
//! thirty digits. Adding a function is adding a row.

use chainrule::Activation;

use crate::double::Double;
use crate::elementary as e;

/// Where a function is safe; arguments are mostly brought there.
#[derive(Clone, Copy, PartialEq)]
pub enum Domain {
    All,
    Positive,
    /// Between -1 and 1.
    Unit,
    AboveOne,
    BelowZero,
    /// Between 0 and 1.
    Share,
    /// Grows so fast that arguments are kept small.
    Small,
}

pub struct Function {
    pub name: &'static str,
    pub arguments: usize,
    pub domain: Domain,
    pub weight: u32,
    /// Not a method of `f64`, but a function of the crate.
    pub is_ours: bool,
    pub plain: fn(&[f64]) -> f64,
    /// The extended value; the last argument is what `plain` gives, for functions constant piece by piece.
    pub precise: fn(&[Double], f64) -> Double,
    /// A number that changes where the function has a kink or a jump.
    pub piece: fn(&[Double]) -> i64,
}

fn smooth(_: &[Double]) -> i64 {
    0
}

fn sign(x: &[Double]) -> i64 {
    x[0].sign()
}

fn order(x: &[Double]) -> i64 {
    x[0].order(x[1])
}

/// Twice the whole part, and one more between whole numbers.
fn whole(x: &[Double]) -> i64 {
    let floor = x[0].floor();
    ((2.0 * floor.high) as i64).wrapping_add((x[0] - floor).sign())
}

fn half(x: &[Double]) -> i64 {
    whole(&[x[0] + Double::new(0.5)])
}

fn quotient(x: &[Double]) -> i64 {
    whole(&[x[0] / x[1]])
}

fn both_signs(x: &[Double]) -> i64 {
    3 * x[0].sign() + x[1].sign()
}

/// The origin and, for atan2, the cut.
fn origin(x: &[Double]) -> i64 {
    if x[1].is_negative() {
        x[0].sign()
    } else {
        i64::from(x[0].sign() == 0 && x[1].sign() == 0)
    }
}

fn clamp_piece(x: &[Double]) -> i64 {
    3 * x[0].order(x[1]) + x[0].order(x[2])
}

macro_rules! functions {
    ($($kind:ident $name:ident $arguments:literal $domain:ident $weight:literal $piece:ident:
        |$x:ident| $plain:expr, |$d:ident, $value:ident| $precise:expr;)*) => {
        pub const FUNCTIONS: &[Function] = &[$(Function {
            name: stringify!($name),
            arguments: $arguments,
            domain: Domain::$domain,
            weight: $weight,
            is_ours: functions!(@$kind),
            plain: |$x| $plain,
            precise: |$d, $value| $precise,
            piece: $piece,
        }),*];
    };
    (@std) => { false };
    (@our) => { true };
}

const ONE: Double = Double::ONE;

fn constant(x: f64) -> Double {
    Double::new(x)
}

/// `x - q y` with the whole number `q` that `plain` has taken.
fn remainder(x: &[Double], value: f64) -> Double {
    let q = ((x[0].high - value) / x[1].high).round();
    x[0] - constant(q) * x[1]
}

#[rustfmt::skip]
functions! {
    std sin 1 All 12 smooth: |x| x[0].sin(), |d, _v| e::sin(d[0]);
    std cos 1 All 10 smooth: |x| x[0].cos(), |d, _v| e::cos(d[0]);
    std tan 1 Unit 3 smooth: |x| x[0].tan(), |d, _v| e::tan(d[0]);
    std exp 1 Small 10 smooth: |x| x[0].exp(), |d, _v| e::exp(d[0]);
    std exp2 1 Small 2 smooth: |x| x[0].exp2(), |d, _v| e::exp(d[0] * Double::LN_2);
    std exp_m1 1 Small 2 smooth: |x| x[0].exp_m1(), |d, _v| e::exp_m1(d[0]);
    std ln 1 Positive 8 sign: |x| x[0].ln(), |d, _v| e::ln(d[0]);
    std ln_1p 1 Positive 2 smooth: |x| x[0].ln_1p(), |d, _v| e::ln_1p(d[0]);
    std log2 1 Positive 1 sign: |x| x[0].log2(), |d, _v| e::ln(d[0]) / Double::LN_2;
    std log10 1 Positive 1 sign: |x| x[0].log10(), |d, _v| e::ln(d[0]) / Double::LN_10;
    std sqrt 1 Positive 10 sign: |x| x[0].sqrt(), |d, _v| d[0].sqrt();
    std cbrt 1 All 2 sign: |x| x[0].cbrt(), |d, _v| e::cbrt(d[0]);
    std recip 1 Positive 3 sign: |x| x[0].recip(), |d, _v| ONE / d[0];
    std asin 1 Unit 2 smooth: |x| x[0].asin(), |d, _v| e::asin(d[0]);
    std acos 1 Unit 2 smooth: |x| x[0].acos(), |d, _v| e::acos(d[0]);
    std atan 1 All 4 smooth: |x| x[0].atan(), |d, _v| e::atan(d[0]);
    std sinh 1 Small 2 smooth: |x| x[0].sinh(), |d, _v| e::sinh(d[0]);
    std cosh 1 Small 2 smooth: |x| x[0].cosh(), |d, _v| e::cosh(d[0]);
    std tanh 1 All 10 smooth: |x| x[0].tanh(), |d, _v| e::tanh(d[0]);
    std asinh 1 All 2 smooth: |x| x[0].asinh(), |d, _v| e::asinh(d[0]);
    std acosh 1 AboveOne 1 smooth: |x| x[0].acosh(), |d, _v| e::acosh(d[0]);
    std atanh 1 Unit 1 smooth: |x| x[0].atanh(), |d, _v| e::atanh(d[0]);
    std abs 1 All 10 sign: |x| x[0].abs(), |d, _v| d[0].abs();
    std signum 1 All 2 sign: |x| x[0].signum(), |_d, v| constant(v);
    std floor 1 All 2 whole: |x| x[0].floor(), |_d, v| constant(v);
    std ceil 1 All 1 whole: |x| x[0].ceil(), |_d, v| constant(v);
    std trunc 1 All 1 whole: |x| x[0].trunc(), |_d, v| constant(v);
    std round 1 All 1 half: |x| x[0].round(), |_d, v| constant(v);
    std round_ties_even 1 All 1 half: |x| x[0].round_ties_even(), |_d, v| constant(v);
    std fract 1 All 2 whole: |x| x[0].fract(), |d, v| d[0] - constant((d[0].high - v).round());
    std to_degrees 1 All 1 smooth: |x| x[0].to_degrees(), |d, _v| d[0] * constant(180.0) / Double::PI;
    std to_radians 1 All 1 smooth: |x| x[0].to_radians(), |d, _v| d[0] * Double::PI / constant(180.0);
    std powf 2 Positive 6 both_signs: |x| x[0].powf(x[1]), |d, _v| e::powf(d[0], d[1]);
    std log 2 Positive 1 both_signs: |x| x[0].log(x[1]), |d, _v| e::ln(d[0]) / e::ln(d[1]);
    std hypot 2 All 4 origin: |x| x[0].hypot(x[1]), |d, _v| (d[0] * d[0] + d[1] * d[1]).sqrt();
    std atan2 2 All 4 origin: |x| x[0].atan2(x[1]), |d, _v| e::atan2(d[0], d[1]);
    std max 2 All 8 order: |x| x[0].max(x[1]), |d, _v| if d[0].order(d[1]) >= 0 { d[0] } else { d[1] };
    std min 2 All 8 order: |x| x[0].min(x[1]), |d, _v| if d[0].order(d[1]) <= 0 { d[0] } else { d[1] };
    // The sign of a zero is in no long value; `plain` has seen it.
    std copysign 2 All 2 both_signs: |x| x[0].copysign(x[1]), |d, v| if d[0].is_negative() == v.is_sign_negative() { d[0] } else { -d[0] };
    std midpoint 2 All 1 smooth: |x| x[0].midpoint(x[1]), |d, _v| (d[0] + d[1]).scale(0.5);
    std rem_euclid 2 All 1 quotient: |x| x[0].rem_euclid(x[1]), |d, v| remainder(d, v);
    std div_euclid 2 All 1 quotient: |x| x[0].div_euclid(x[1]), |_d, v| constant(v);
    std mul_add 3 All 4 smooth: |x| x[0].mul_add(x[1], x[2]), |d, _v| d[0] * d[1] + d[2];
    std clamp 3 All 6 clamp_piece: |x| x[0].clamp(x[1], x[2]), |d, _v| if d[0].order(d[1]) < 0 { d[1] } else if d[0].order(d[2]) > 0 { d[2] } else { d[0] };
    our sigmoid 1 All 6 smooth: |x| x[0].sigmoid(), |d, _v| if d[0].is_negative() { e::exp(d[0]) / (ONE + e::exp(d[0])) } else { ONE / (ONE + e::exp(-d[0])) };
    our softplus 1 All 2 smooth: |x| x[0].softplus(), |d, _v| e::softplus(d[0]);
    our log_sigmoid 1 All 1 smooth: |x| x[0].log_sigmoid(), |d, _v| -e::softplus(-d[0]);
    our silu 1 All 1 smooth: |x| x[0].silu(), |d, _v| d[0] / (ONE + e::exp(-d[0]));
    our softsign 1 All 1 sign: |x| x[0].softsign(), |d, _v| d[0] / (ONE + d[0].abs());
    our relu 1 All 3 sign: |x| x[0].relu(), |d, _v| if d[0].is_negative() { Double::ZERO } else { d[0] };
    our sinc 1 All 1 smooth: |x| x[0].sinc(), |d, _v| e::sinc(d[0]);
    our logit 1 Share 1 smooth: |x| x[0].logit(), |d, _v| e::ln(d[0] / (ONE - d[0]));
    our log1mexp 1 BelowZero 1 smooth: |x| x[0].log1mexp(), |d, _v| e::ln(-e::exp_m1(d[0]));
    our logexpm1 1 Positive 1 smooth: |x| x[0].logexpm1(), |d, _v| e::ln(e::exp_m1(d[0]));
    our logaddexp 2 All 1 smooth: |x| x[0].logaddexp(x[1]), |d, _v| d[0] + e::softplus(d[1] - d[0]);
    our leaky_relu 2 All 1 sign: |x| x[0].leaky_relu(x[1]), |d, _v| if d[0].is_negative() { d[0] * d[1] } else { d[0] };
    our xlogy 2 Positive 1 both_signs: |x| x[0].xlogy(x[1]), |d, _v| d[0] * e::ln(d[1]);
}

/// `%`, which is no method.
pub const REMAINDER: Function = Function {
    name: "%",
    arguments: 2,
    domain: Domain::All,
    weight: 0,
    is_ours: false,
    plain: |x| x[0] % x[1],
    precise: remainder,
    piece: |x| {
        if (x[0] / x[1]).abs().high < 1.0 {
            0
        } else {
            quotient(x)
        }
    },
};

pub fn find(name: &str) -> &'static Function {
    FUNCTIONS
        .iter()
        .find(|function| function.name == name)
        .unwrap_or_else(|| panic!("there is no function {name}"))
}

const fn operator(
    name: &'static str,
    plain: fn(&[f64]) -> f64,
    precise: fn(&[Double], f64) -> Double,
) -> Function {
    Function {
        name,
        arguments: 2,
        domain: Domain::All,
        weight: 0,
        is_ours: false,
        plain,
        precise,
        piece: smooth,
    }
}

pub const ADD: Function = operator("+", |x| x[0] + x[1], |d, _| d[0] + d[1]);
pub const SUBTRACT: Function = operator("-", |x| x[0] - x[1], |d, _| d[0] - d[1]);
pub const MULTIPLY: Function = operator("*", |x| x[0] * x[1], |d, _| d[0] * d[1]);
pub const DIVIDE: Function = operator("/", |x| x[0] / x[1], |d, _| d[0] / d[1]);
/// The second argument is a whole number that depends on no input.
pub const POWER: Function = operator(
    "powi",
    |x| x[0].powi(x[1] as i32),
    |d, _| e::powi(d[0], d[1].high as i128),
);
pub const SINE: Function = operator("sin_cos.0", |x| x[0].sin_cos().0, |d, _| e::sin(d[0]));
pub const COSINE: Function = operator("sin_cos.1", |x| x[0].sin_cos().1, |d, _| e::cos(d[0]));
pub const NEGATE: Function = operator("negate", |x| -x[0], |d, _| -d[0]);
