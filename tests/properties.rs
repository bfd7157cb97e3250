//! Oracle: the textbook derivatives, put together here by the chain, product and quotient rules in plain `f64`.
//!
//! Inner slopes and tangents are never 1, so that a missing factor shows.

use chainrule::{Activation, Dual, HyperDual, Jet};
use proptest::prelude::*;

fn s(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[track_caller]
fn close(what: &str, got: f64, wanted: f64, scale: f64) {
    assert!(
        (got - wanted).abs() <= 1e-11 * scale.abs().max(wanted.abs()),
        "{what}: {got}, not {wanted}"
    );
}

/// `f(ax + b)` with tangents `t`, `u` and a curvature `v` of `x`, against `f'` and `f''` given by hand.
macro_rules! rules_of_one_argument {
    ($($name:ident($($argument:expr),*) on $domain:expr => |$z:ident| $first:expr, $second:expr;)*) => {$(
        proptest! {
            #[test]
            #[allow(unused_variables)]
            fn $name(z in $domain, a in prop_oneof![-3.0..-0.3f64, 0.3..3.0f64], t in 0.5..4.0, u in -4.0..-0.5, v in -2.0..2.0) {
                let (x, b): (f64, f64) = (0.6, z - a * 0.6);
                let $z: f64 = 0.6 * a + b;
                let (first, second): (f64, f64) = ($first, $second);
                let what = format!("{}({z})", stringify!($name));
                let dual = (Dual::new(x, [t, u]) * a + b).$name($($argument),*);
                close(&what, dual.eps[0], first * a * t, first);
                close(&what, dual.eps[1], first * a * u, first);
                let (curved, scale) = (second * a * a * t * u + first * a * v, second.abs() * 10.0 + first.abs());
                let hyper = (HyperDual::new(x, t, u, v) * a + b).$name($($argument),*);
                close(&what, hyper.eps1, first * a * t, first);
                close(&what, hyper.eps2, first * a * u, first);
                close(&what, hyper.eps1eps2, curved, scale);
                let jet = (Jet::new(x, [t, u], [[1.0, v], [v, 2.0]]) * a + b).$name($($argument),*);
                close(&what, jet.gradient[1], first * a * u, first);
                close(&what, jet.hessian()[0][1], curved, scale);
                close(&what, jet.hessian()[1][1], second * a * a * u * u + first * a * 2.0, scale);
            }
        }
    )*};
}
rules_of_one_argument! {
    exp() on -3.0..3.0 => |z| z.exp(), z.exp();
    exp2() on -3.0..3.0 => |z| 2f64.ln() * z.exp2(), 2f64.ln().powi(2) * z.exp2();
    exp_m1() on -3.0..3.0 => |z| z.exp(), z.exp();
    ln() on 0.2..5.0 => |z| 1.0 / z, -1.0 / (z * z);
    ln_1p() on -0.8..5.0 => |z| 1.0 / (1.0 + z), -1.0 / (1.0 + z).powi(2);
    log2() on 0.2..5.0 => |z| 1.0 / (z * 2f64.ln()), -1.0 / (z * z * 2f64.ln());
    log10() on 0.2..5.0 => |z| 1.0 / (z * 10f64.ln()), -1.0 / (z * z * 10f64.ln());
    sqrt() on 0.2..5.0 => |z| 0.5 / z.sqrt(), -0.25 / z.powf(1.5);
    cbrt() on 0.2..5.0 => |z| z.powf(-2.0 / 3.0) / 3.0, -2.0 / 9.0 * z.powf(-5.0 / 3.0);
    recip() on 0.2..5.0 => |z| -1.0 / (z * z), 2.0 / (z * z * z);
    sin() on -6.0..6.0 => |z| z.cos(), -z.sin();
    cos() on -6.0..6.0 => |z| -z.sin(), -z.cos();
    tan() on -1.3..1.3 => |z| z.cos().powi(-2), 2.0 * z.sin() * z.cos().powi(-3);
    asin() on -0.9..0.9 => |z| (1.0 - z * z).powf(-0.5), z * (1.0 - z * z).powf(-1.5);
    acos() on -0.9..0.9 => |z| -(1.0 - z * z).powf(-0.5), -z * (1.0 - z * z).powf(-1.5);
    atan() on -5.0..5.0 => |z| 1.0 / (1.0 + z * z), -2.0 * z / (1.0 + z * z).powi(2);
    sinh() on -3.0..3.0 => |z| z.cosh(), z.sinh();
    cosh() on -3.0..3.0 => |z| z.sinh(), z.cosh();
    tanh() on -3.0..3.0 => |z| z.cosh().powi(-2), -2.0 * z.tanh() * z.cosh().powi(-2);
    asinh() on -5.0..5.0 => |z| (1.0 + z * z).powf(-0.5), -z * (1.0 + z * z).powf(-1.5);
    acosh() on 1.2..5.0 => |z| (z * z - 1.0).powf(-0.5), -z * (z * z - 1.0).powf(-1.5);
    atanh() on -0.8..0.8 => |z| 1.0 / (1.0 - z * z), 2.0 * z / (1.0 - z * z).powi(2);
    powi(7) on 0.3..3.0 => |z| 7.0 * z.powi(6), 42.0 * z.powi(5);
    abs() on -5.0..-0.1 => |z| -1.0, 0.0;
    fract() on 1.1..1.9 => |z| 1.0, 0.0;
    floor() on 1.1..1.9 => |z| 0.0, 0.0;
    to_degrees() on -5.0..5.0 => |z| 180.0 / std::f64::consts::PI, 0.0;
    to_radians() on -5.0..5.0 => |z| std::f64::consts::PI / 180.0, 0.0;
    sigmoid() on -6.0..6.0 => |z| s(z) * s(-z), s(z) * s(-z) * (1.0 - 2.0 * s(z));
    logit() on 0.1..0.9 => |z| 1.0 / z + 1.0 / (1.0 - z), (1.0 - z).powi(-2) - z.powi(-2);
    softplus() on -6.0..6.0 => |z| s(z), s(z) * s(-z);
    log_sigmoid() on -6.0..6.0 => |z| s(-z), -s(z) * s(-z);
    silu() on -6.0..6.0 => |z| s(z) + z * s(z) * s(-z), s(z) * s(-z) * (2.0 + z * (1.0 - 2.0 * s(z)));
    softsign() on 0.1..5.0 => |z| (1.0 + z).powi(-2), -2.0 * (1.0 + z).powi(-3);
    relu() on 0.1..5.0 => |z| 1.0, 0.0;
    sinc() on 0.5..6.0 => |z| (z * z.cos() - z.sin()) / (z * z), -z.sin() / z - 2.0 * (z * z.cos() - z.sin()) / z.powi(3);
    log1mexp() on -5.0..-0.2 => |z| -1.0 / ((-z).exp() - 1.0), -(-z).exp() / ((-z).exp() - 1.0).powi(2);
    logexpm1() on 0.2..5.0 => |z| 1.0 / (1.0 - (-z).exp()), -(-z).exp() / (1.0 - (-z).exp()).powi(2);
}

/// `f(x, y)` where both arguments move in both directions, against the five slopes given by hand.
macro_rules! rules_of_two_arguments {
    ($($name:ident $call:expr, $($slope:expr),*;)*) => {$(
        proptest! {
            #[test]
            fn $name(x in 0.4..3.0, y in 1.3..4.0, t in [0.5..4.0, -4.0..-0.5, 0.5..2.0, -3.0..-0.5], v in -2.0..2.0, w in -2.0..2.0) {
                let slopes: [fn(f64, f64) -> f64; 5] = [$($slope),*];
                let [dx, dy, dxx, dxy, dyy] = slopes.map(|slope| slope(x, y));
                let what = format!("{}({x}, {y})", stringify!($name));
                let scale = 10.0 * [dx, dy, dxx, dxy, dyy].iter().fold(0.1f64, |sum, slope| sum + slope.abs());
                let call: fn(HyperDual<f64>, HyperDual<f64>) -> HyperDual<f64> = $call;
                let hyper = call(HyperDual::new(x, t[0], t[1], v), HyperDual::new(y, t[2], t[3], w));
                close(&what, hyper.eps1, dx * t[0] + dy * t[2], scale);
                close(&what, hyper.eps2, dx * t[1] + dy * t[3], scale);
                let mixed = dxx * t[0] * t[1] + dxy * (t[0] * t[3] + t[1] * t[2]) + dyy * t[2] * t[3] + dx * v + dy * w;
                close(&what, hyper.eps1eps2, mixed, scale);
                let call: fn(Dual<f64, 2>, Dual<f64, 2>) -> Dual<f64, 2> = $call;
                let dual = call(Dual::new(x, [t[0], t[1]]), Dual::new(y, [t[2], t[3]]));
                close(&what, dual.eps[0], dx * t[0] + dy * t[2], scale);
                close(&what, dual.eps[1], dx * t[1] + dy * t[3], scale);
                let call: fn(Jet<f64, 2>, Jet<f64, 2>) -> Jet<f64, 2> = $call;
                let jet = call(Jet::new(x, [t[0], t[1]], [[0.0, v], [v, 0.0]]), Jet::new(y, [t[2], t[3]], [[0.0, w], [w, 0.0]]));
                close(&what, jet.hessian()[0][1], mixed, scale);
            }
        }
    )*};
}
rules_of_two_arguments! {
    powf |x, y| x.powf(y), |x, y| y * x.powf(y - 1.0), |x, y| x.powf(y) * x.ln(), |x, y| y * (y - 1.0) * x.powf(y - 2.0),
        |x, y| x.powf(y - 1.0) * (1.0 + y * x.ln()), |x, y| x.powf(y) * x.ln() * x.ln();
    log |x, y| x.log(y), |x, y| 1.0 / (x * y.ln()), |x, y| -x.ln() / (y * y.ln().powi(2)), |x, y| -1.0 / (x * x * y.ln()),
        |x, y| -1.0 / (x * y * y.ln().powi(2)), |x, y| x.ln() * (y.ln() + 2.0) / (y * y * y.ln().powi(3));
    hypot |x, y| x.hypot(y), |x, y| x / (x * x + y * y).sqrt(), |x, y| y / (x * x + y * y).sqrt(), |x, y| y * y / (x * x + y * y).powf(1.5),
        |x, y| -x * y / (x * x + y * y).powf(1.5), |x, y| x * x / (x * x + y * y).powf(1.5);
    atan2 |x, y| x.atan2(y), |x, y| y / (x * x + y * y), |x, y| -x / (x * x + y * y), |x, y| -2.0 * x * y / (x * x + y * y).powi(2),
        |x, y| (x * x - y * y) / (x * x + y * y).powi(2), |x, y| 2.0 * x * y / (x * x + y * y).powi(2);
    multiplication |x, y| x * y, |_, y| y, |x, _| x, |_, _| 0.0, |_, _| 1.0, |_, _| 0.0;
    division |x, y| x / y, |_, y| 1.0 / y, |x, y| -x / (y * y), |_, _| 0.0, |_, y| -1.0 / (y * y), |x, y| 2.0 * x / (y * y * y);
    remainder |x, y| x % y, |_, _| 1.0, |x, y| -(x / y).trunc(), |_, _| 0.0, |_, _| 0.0, |_, _| 0.0;
    mul_add |x, y| x.mul_add(y, x), |_, y| y + 1.0, |x, _| x, |_, _| 0.0, |_, _| 1.0, |_, _| 0.0;
    midpoint |x, y| x.midpoint(y), |_, _| 0.5, |_, _| 0.5, |_, _| 0.0, |_, _| 0.0, |_, _| 0.0;
    abs_sub |x, y| y.abs_sub(x), |x, y| if y > x { -1.0 } else { 0.0 }, |x, y| if y > x { 1.0 } else { 0.0 }, |_, _| 0.0, |_, _| 0.0, |_, _| 0.0;
    max |x, y| x.max(y), |x, y| (x > y) as i32 as f64, |x, y| (y > x) as i32 as f64, |_, _| 0.0, |_, _| 0.0, |_, _| 0.0;
    min |x, y| x.min(y), |x, y| (x < y) as i32 as f64, |x, y| (y < x) as i32 as f64, |_, _| 0.0, |_, _| 0.0, |_, _| 0.0;
    copysign |x, y| x.copysign(-y), |_, _| -1.0, |_, _| 0.0, |_, _| 0.0, |_, _| 0.0, |_, _| 0.0;
    logaddexp |x, y| x.logaddexp(y), |x, y| s(x - y), |x, y| s(y - x), |x, y| s(x - y) * s(y - x), |x, y| -s(x - y) * s(y - x), |x, y| s(x - y) * s(y - x);
    xlogy |x, y| x.xlogy(y), |_, y| y.ln(), |x, y| x / y, |_, _| 0.0, |_, y| 1.0 / y, |x, y| -x / (y * y);
    leaky_relu |x, y| (-x).leaky_relu(y), |_, y| -y, |x, _| -x, |_, _| 0.0, |_, _| -1.0, |_, _| 0.0;
}
