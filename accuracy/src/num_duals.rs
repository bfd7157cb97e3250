//! The same functions by num-dual.

use num_dual::{Dual2_64, Dual64, DualNum, HyperDual64};

use crate::ways::{Parts, Way};

/// The way's name.
pub const THEIRS: &str = "num-dual";

fn one(dual: fn(Dual64) -> Dual64, dual2: fn(Dual2_64) -> Dual2_64, x: f64) -> Parts<f64> {
    let first = dual(Dual64::from_re(x).derivative());
    let second = dual2(Dual2_64::from_re(x).derivative());
    [
        Some(first.re),
        Some(first.eps),
        Some(second.v2),
        None,
        None,
        None,
    ]
}

fn two(
    dual: fn(Dual64, Dual64) -> Dual64,
    hyper: fn(HyperDual64, HyperDual64) -> HyperDual64,
    x: f64,
    y: f64,
) -> Parts<f64> {
    let slope = |x: Dual64, y: Dual64| dual(x, y).eps;
    let [a, b] = [x, y].map(Dual64::from_re);
    let (dx, dy) = (slope(a.derivative(), b), slope(a, b.derivative()));
    let [a, b] = [x, y].map(HyperDual64::from_re);
    let bend = |x: HyperDual64, y: HyperDual64| hyper(x, y).eps1eps2;
    let dxx = bend(a.derivative1().derivative2(), b);
    let dxy = bend(a.derivative1(), b.derivative2());
    let dyy = bend(a, b.derivative1().derivative2());
    let value = dual(Dual64::from_re(x), Dual64::from_re(y)).re;
    [
        Some(value),
        Some(dx),
        Some(dy),
        Some(dxx),
        Some(dxy),
        Some(dyy),
    ]
}

macro_rules! ways {
    ({ $($one:ident $(= $theirs:ident)?),* } { $($two:ident |$x:ident, $y:ident| $g:tt),* }) => {
        /// How num-dual computes a rule, if it has the function.
        pub fn way(rule: &str) -> Option<Way<f64>> {
            Some(match rule {
                $(stringify!($one) => |x, _| {
                    one(|x| method!(x $one $($theirs)?), |x| method!(x $one $($theirs)?), x)
                },)*
                $(stringify!($two) => |x, y| two(|$x, $y| $g, |$x, $y| $g, x, y),)*
                "powi" => |x, n| {
                    let first = Dual64::from_re(x).derivative().powi(n as i32);
                    let second = Dual2_64::from_re(x).derivative().powi(n as i32);
                    [Some(first.re), Some(first.eps), Some(second.v2), None, None, None]
                },
                _ => return None,
            })
        }
    };
}

macro_rules! method {
    ($x:ident $name:ident) => {
        $x.$name()
    };
    ($x:ident $name:ident $theirs:ident) => {
        $x.$theirs()
    };
}

ways! {
    {
        exp, exp2, exp_m1, ln, ln_1p, log2, log10, sqrt, cbrt, recip, sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh,
        acosh, atanh, sinc = sph_j0
    }
    {
        powf |x, y| { x.powd(y) },
        log |x, y| { x.ln() / y.ln() },
        atan2 |x, y| { x.atan2(y) },
        div |x, y| { x / y },
        hypot |x, y| { (x * x + y * y).sqrt() }
    }
}
