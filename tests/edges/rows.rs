//! The rows: a function, and at which point it has which value, first and second derivative.

use chainrule::Activation;

#[allow(unused_imports)]
use crate::c;

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

crate::cases! {
    "a slope that is infinite, with a live tangent" infinite_slopes_are_one_sided_limits_with_a_live_tangent {
        |x, c| { x.sqrt() } { 0.0 => 0.0, INF, -INF; -0.0 => 0.0, INF, -INF }
        |x, c| { x.cbrt() } { 0.0 => 0.0, INF, -INF; -0.0 => 0.0, INF, INF }
        |x, c| { x.ln() } { 0.0 => -INF, INF, -INF; -0.0 => -INF, INF, -INF }
        |x, c| { x.asin() } { 1.0 => 1f64.asin(), INF, INF; -1.0 => -1f64.asin(), INF, -INF }
        |x, c| { x.acos() } { 1.0 => 0.0, -INF, -INF }
        |x, c| { x.acosh() } { 1.0 => 0.0, INF, -INF }
        |x, c| { x.atanh() } { 1.0 => INF, INF, INF }
        |x, c| { x.logexpm1() } { 0.0 => -INF, INF, -INF; -0.0 => -INF, INF, -INF }
        |x, c| { x.log1mexp() } { 0.0 => -INF, -INF, -INF; -0.0 => -INF, -INF, -INF }
        |x, c| { x.log2() } { 0.0 => -INF, INF, -INF }
        |x, c| { x.log10() } { 0.0 => -INF, INF, -INF }
        |x, c| { x.ln_1p() } { -1.0 => -INF, INF, -INF }
        |x, c| { x.acos() } { -1.0 => std::f64::consts::PI, -INF, INF }
        |x, c| { x.atanh() } { -1.0 => -INF, INF, -INF }
        |x, c| { x.logit() } { 0.0 => -INF, INF, -INF; 1.0 => INF, INF, INF }
        |x, c| { x.recip() } { 0.0 => INF, -INF, INF; -0.0 => -INF, -INF, -INF }
        |x, c| { c(1.0) / x } { 0.0 => INF, -INF, INF; -0.0 => -INF, -INF, -INF }
    }
    "the value is NaN" outside_the_domain_live_tangents_are_nan {
        |x, c| { x.acosh() } { -5.0 => NAN, NAN, NAN; 0.5 => NAN, NAN, NAN }
        |x, c| { x.sqrt() } { -1.0 => NAN, NAN, NAN }
        |x, c| { x.ln() } { -1.0 => NAN, NAN, NAN }
        |x, c| { x.log2() } { -1.0 => NAN, NAN, NAN }
        |x, c| { x.log10() } { -1.0 => NAN, NAN, NAN }
        |x, c| { x.ln_1p() } { -2.0 => NAN, NAN, NAN }
        |x, c| { x.asin() } { 1.5 => NAN, NAN, NAN }
        |x, c| { x.acos() } { -1.5 => NAN, NAN, NAN }
        |x, c| { x.atanh() } { 2.0 => NAN, NAN, NAN }
        |x, c| { x.sin() } { INF => NAN, NAN, NAN }
        |x, c| { x.logit() } { 1.5 => NAN, NAN, NAN }
        |x, c| { x.log1mexp() } { 1.0 => NAN, NAN, NAN }
        |x, c| { x.logexpm1() } { -1.0 => NAN, NAN, NAN }
        |x, c| { x / x } { 0.0 => NAN, NAN, NAN }
        |x, c| { x % c(0.0) } { 1.0 => NAN, NAN, NAN }
        |x, c| { x.log(c(-2.0)) } { 1.0 => NAN, NAN, NAN }
        |x, c| { c(2.0).xlogy(x) } { -1.0 => NAN, NAN, NAN }
        |x, c| { x.exp() + x.floor() } { NAN => NAN, NAN, NAN }
    }
    "limits at infinity" limits_at_infinity {
        |x, c| { x.exp() } { -INF => 0.0, 0.0, 0.0; INF => INF, INF, INF }
        |x, c| { x.exp2() } { -INF => 0.0, 0.0, 0.0; INF => INF, INF, INF }
        |x, c| { x.exp_m1() } { -INF => -1.0, 0.0, 0.0; INF => INF, INF, INF }
        |x, c| { x.ln() } { INF => INF, 0.0, 0.0 }
        |x, c| { x.ln_1p() } { INF => INF, 0.0, 0.0 }
        |x, c| { x.sqrt() } { INF => INF, 0.0, 0.0 }
        |x, c| { x.cbrt() } { INF => INF, 0.0, 0.0; -INF => -INF, 0.0, 0.0 }
        |x, c| { x.recip() } { INF => 0.0, 0.0, 0.0; -INF => 0.0, 0.0, 0.0 }
        |x, c| { x.sinh() } { INF => INF, INF, INF; -INF => -INF, INF, -INF }
        |x, c| { x.cosh() } { INF => INF, INF, INF; -INF => INF, -INF, INF }
        |x, c| { x.tanh() } { INF => 1.0, 0.0, 0.0; -INF => -1.0, 0.0, 0.0 }
        |x, c| { x.asinh() } { INF => INF, 0.0, 0.0; -INF => -INF, 0.0, 0.0 }
        |x, c| { x.acosh() } { INF => INF, 0.0, 0.0 }
        |x, c| { x.atan() } { INF => std::f64::consts::FRAC_PI_2, 0.0, 0.0; -INF => -std::f64::consts::FRAC_PI_2, 0.0, 0.0 }
        |x, c| { x.softplus() } { INF => INF, 1.0, 0.0; -INF => 0.0, 0.0, 0.0 }
        |x, c| { x.log_sigmoid() } { INF => 0.0, 0.0, 0.0; -INF => -INF, 1.0, 0.0 }
        |x, c| { x.softsign() } { INF => 1.0, 0.0, 0.0; -INF => -1.0, 0.0, 0.0 }
        |x, c| { x.logexpm1() } { INF => INF, 1.0, 0.0 }
        |x, c| { x.log1mexp() } { -INF => 0.0, 0.0, 0.0 }
        |x, c| { x.logaddexp(c(0.0)) } { INF => INF, 1.0, 0.0; -INF => 0.0, 0.0, 0.0 }
    }
    "kinks of activations" kinks_of_activations_are_those_of_pytorch_and_jax {
        |x, c| { x.relu() } { 0.0 => 0.0, 0.0, 0.0; -0.0 => 0.0, 0.0, 0.0; 2.0 => 2.0, 1.0, 0.0; -2.0 => 0.0, 0.0, 0.0 }
        |x, c| { x.leaky_relu(c(0.25)) } { 0.0 => 0.0, 0.25, 0.0; -4.0 => -1.0, 0.25, 0.0; 4.0 => 4.0, 1.0, 0.0 }
        |x, c| { x.softsign() } { 0.0 => 0.0, 1.0, 0.0; -0.0 => 0.0, 1.0, 0.0 }
        |x, c| { x.sinc() } { 0.0 => 1.0, 0.0, -1.0 / 3.0 }
        |x, c| { x.silu() } { 0.0 => 0.0, 0.5, 0.5; INF => INF, 1.0, 0.0; -INF => 0.0, 0.0, 0.0 }
        |x, c| { x.sigmoid() } { INF => 1.0, 0.0, 0.0; -INF => 0.0, 0.0, 0.0 }
        |x, c| { x.leaky_relu(c(0.25)) } { -0.0 => 0.0, 0.25, 0.0 }
    }
    "`xlogy` where a factor is 0" xlogy_is_zero_at_a_zero_factor {
        |x, c| { c(0.0).xlogy(x) } { 0.0 => 0.0, 0.0, 0.0; 2.0 => 0.0, 0.0, 0.0 }
        |x, c| { x.xlogy(c(2.0)) } { 0.0 => 0.0, std::f64::consts::LN_2, 0.0 }
        |x, c| { x.xlogy(c(0.0)) } { 0.0 => 0.0, -INF, 0.0 }
    }
    "`logaddexp` at a tie and at -∞" weights_of_logaddexp_are_halves_at_a_tie {
        |x, c| { x.logaddexp(c(-INF)) } { -INF => -INF, 0.5, 0.25 }
        |x, c| { c(-INF).logaddexp(x) } { -INF => -INF, 0.5, 0.25 }
        |x, c| { x.logaddexp(c(1.0)) } { 1.0 => 1.0 + std::f64::consts::LN_2, 0.5, 0.25 }
        |x, c| { x.logaddexp(c(-INF)) } { 3.0 => 3.0, 1.0, 0.0 }
    }
    "`abs` at 0, `signum`" absolute_value_has_the_smallest_subgradient {
        |x, c| { x.abs() } { 0.0 => 0.0, 0.0, 0.0; -0.0 => 0.0, 0.0, 0.0; -3.0 => 3.0, -1.0, 0.0; 3.0 => 3.0, 1.0, 0.0 }
        |x, c| { x.signum() } { 0.0 => 1.0, 0.0, 0.0; -0.0 => -1.0, 0.0, 0.0; -3.0 => -1.0, 0.0, 0.0 }
    }
    "`max` and `min` at a tie, or of NaN" a_tie_is_shared_and_nan_gives_way {
        |x, c| { x.max(c(1.0)) } { 1.0 => 1.0, 0.5, 0.0; 2.0 => 2.0, 1.0, 0.0; 0.0 => 1.0, 0.0, 0.0 }
        |x, c| { x.min(c(1.0)) } { 1.0 => 1.0, 0.5, 0.0; 2.0 => 1.0, 0.0, 0.0; 0.0 => 0.0, 1.0, 0.0 }
        |x, c| { x.max(x) } { 1.0 => 1.0, 1.0, 0.0 }
        |x, c| { x.min(x) } { -1.0 => -1.0, 1.0, 0.0 }
        |x, c| { x.max(c(NAN)) } { 1.0 => 1.0, 1.0, 0.0 }
        |x, c| { c(NAN).max(x) } { 1.0 => 1.0, 1.0, 0.0 }
        |x, c| { x.min(c(NAN)) } { 1.0 => 1.0, 1.0, 0.0 }
        |x, c| { x.max(c(1.0)) } { NAN => 1.0, 0.0, 0.0 }
        |x, c| { x.abs_sub(c(1.0)) } { 1.0 => 0.0, 0.0, 0.0; 2.0 => 1.0, 1.0, 0.0 }
    }
    "`clamp` at an end" clamp_has_the_inner_slope_at_its_ends {
        |x, c| { x.clamp(c(0.0), c(1.0)) } { 0.0 => 0.0, 1.0, 0.0; 1.0 => 1.0, 1.0, 0.0; 0.5 => 0.5, 1.0, 0.0; 2.0 => 1.0, 0.0, 0.0; -1.0 => 0.0, 0.0, 0.0 }
    }
    "steps" steps_are_flat_and_fract_climbs {
        |x, c| { x.floor() } { 2.0 => 2.0, 0.0, 0.0; -2.5 => -3.0, 0.0, 0.0 }
        |x, c| { x.ceil() } { 2.0 => 2.0, 0.0, 0.0; -2.5 => -2.0, 0.0, 0.0 }
        |x, c| { x.round() } { 2.5 => 3.0, 0.0, 0.0 }
        |x, c| { x.round_ties_even() } { 2.5 => 2.0, 0.0, 0.0 }
        |x, c| { x.trunc() } { -2.5 => -2.0, 0.0, 0.0 }
        |x, c| { x.fract() } { -2.5 => -0.5, 1.0, 0.0; 2.0 => 0.0, 1.0, 0.0 }
        |x, c| { x.div_euclid(c(2.0)) } { 4.0 => 2.0, 0.0, 0.0; -1.0 => -1.0, 0.0, 0.0 }
    }
    "remainders" remainders_have_the_integer_that_gave_them {
        |x, c| { x % c(3.0) } { -5.0 => -2.0, 1.0, 0.0 }
        |x, c| { c(-5.0) % x } { 3.0 => -2.0, 1.0, 0.0 }
        |x, c| { c(7.0) % x } { -2.0 => 1.0, 3.0, 0.0 }
        |x, c| { c(5.0) % x } { INF => 5.0, 0.0, 0.0 }
        |x, c| { x.rem_euclid(c(3.0)) } { -5.0 => 1.0, 1.0, 0.0 }
        |x, c| { c(-5.0).rem_euclid(x) } { 3.0 => 1.0, 2.0, 0.0 }
        |x, c| { c(-5.0).rem_euclid(x) } { -3.0 => 1.0, -2.0, 0.0 }
        |x, c| { c(5.0).rem_euclid(x) } { INF => 5.0, 0.0, 0.0 }
        |x, c| { c(-5.0).rem_euclid(x) } { INF => INF, 0.0, 0.0 }
        |x, c| { c(-5.0).div_euclid(x) } { 3.0 => -2.0, 0.0, 0.0 }
    }
    "`copysign`" copysign_follows_the_sign_bits {
        |x, c| { x.copysign(c(-1.0)) } { 2.0 => -2.0, -1.0, 0.0; -2.0 => -2.0, 1.0, 0.0 }
        |x, c| { x.copysign(c(-0.0)) } { 2.0 => -2.0, -1.0, 0.0; 0.0 => 0.0, -1.0, 0.0; -0.0 => 0.0, 1.0, 0.0 }
        |x, c| { c(2.0).copysign(x) } { -0.0 => -2.0, 0.0, 0.0 }
    }
    "`hypot` and `atan2` at the origin and at infinity" the_origin_of_hypot_and_atan2 {
        |x, c| { x.hypot(c(0.0)) } { 0.0 => 0.0, 0.0, NAN; 2.0 => 2.0, 1.0, 0.0; -2.0 => 2.0, -1.0, 0.0 }
        |x, c| { x.atan2(c(0.0)) } { 0.0 => 0.0, NAN, NAN }
        |x, c| { x.hypot(x) } { 0.0 => 0.0, 0.0, NAN }
        |x, c| { x.atan2(c(3.0)) } { INF => std::f64::consts::FRAC_PI_2, 0.0, 0.0 }
        |x, c| { c(3.0).atan2(x) } { INF => 0.0, 0.0, 0.0 }
        |x, c| { x.hypot(c(3.0)) } { INF => INF, 1.0, 0.0; -INF => INF, -1.0, 0.0 }
        |x, c| { x.hypot(c(INF)) } { 3.0 => INF, 0.0, 0.0 }
    }
    "`powf`, base 0" base_zero_to_a_constant_power {
        |x, c| { x.powf(c(2.5)) } { 0.0 => 0.0, 0.0, 0.0 }
        |x, c| { x.powf(c(2.0)) } { 0.0 => 0.0, 0.0, 2.0; -0.0 => 0.0, 0.0, 2.0 }
        |x, c| { x.powf(c(1.5)) } { 0.0 => 0.0, 0.0, INF; -0.0 => 0.0, 0.0, INF }
        |x, c| { x.powf(c(1.0)) } { 0.0 => 0.0, 1.0, 0.0; -0.0 => 0.0, 1.0, 0.0 }
        |x, c| { x.powf(c(0.5)) } { 0.0 => 0.0, INF, -INF; -0.0 => 0.0, INF, -INF }
        |x, c| { x.powf(c(0.0)) } { 0.0 => 1.0, 0.0, 0.0; -0.0 => 1.0, 0.0, 0.0 }
        |x, c| { x.powf(c(-0.5)) } { 0.0 => INF, -INF, INF; -0.0 => INF, -INF, INF }
        |x, c| { x.powf(c(-1.0)) } { 0.0 => INF, -INF, INF; -0.0 => -INF, -INF, -INF }
        |x, c| { x.powf(c(-2.0)) } { 0.0 => INF, -INF, INF; -0.0 => INF, INF, INF }
        |x, c| { x.powf(c(3.0)) } { -0.0 => 0.0, 0.0, 0.0 }
    }
    "`powf` of and to infinity" powers_of_and_to_infinity {
        |x, c| { x.powf(c(INF)) } { 0.5 => 0.0, 0.0, 0.0; 0.0 => 0.0, 0.0, 0.0; -0.5 => 0.0, 0.0, 0.0; 2.0 => INF, INF, INF }
        |x, c| { x.powf(c(-INF)) } { 2.0 => 0.0, 0.0, 0.0; INF => 0.0, 0.0, 0.0; 0.5 => INF, -INF, INF }
        |x, c| { x.powf(c(-1.0)) } { INF => 0.0, 0.0, 0.0; -INF => 0.0, 0.0, 0.0 }
        |x, c| { x.powf(c(0.5)) } { INF => INF, 0.0, 0.0 }
        |x, c| { x.powf(c(2.0)) } { INF => INF, INF, 2.0; -INF => INF, -INF, 2.0 }
        |x, c| { c(INF).powf(x) } { -1.0 => 0.0, 0.0, 0.0; -0.5 => 0.0, 0.0, 0.0; -INF => 0.0, 0.0, 0.0; 0.0 => 1.0, INF, INF; 1.0 => INF, INF, INF }
        |x, c| { c(2.0).powf(x) } { -INF => 0.0, 0.0, 0.0; INF => INF, INF, INF }
        |x, c| { c(0.5).powf(x) } { INF => 0.0, 0.0, 0.0; -INF => INF, -INF, INF }
        |x, c| { c(-INF).powf(x) } { -1.0 => 0.0, NAN, NAN }
    }
    "`powf`, base 0, by the exponent" base_zero_to_a_live_power {
        |x, c| { c(0.0).powf(x) } { 2.0 => 0.0, 0.0, 0.0; 0.5 => 0.0, 0.0, 0.0; 0.0 => 1.0, -INF, INF; -1.0 => INF, -INF, INF }
    }
    "`powf`, base below 0" negative_bases_take_integer_powers {
        |x, c| { x.powf(c(3.0)) } { -2.0 => -8.0, 12.0, -12.0 }
        |x, c| { x.powf(c(-1.0)) } { -2.0 => -0.5, -0.25, -0.25 }
        |x, c| { x.powf(c(0.5)) } { -2.0 => NAN, NAN, NAN }
        |x, c| { c(-2.0).powf(x) } { 3.0 => -8.0, NAN, NAN }
    }
    "`powi`, any exponent" integer_powers_never_overflow_their_exponent {
        |x, c| { x.powi(0) } { 0.0 => 1.0, 0.0, 0.0; 5.0 => 1.0, 0.0, 0.0; INF => 1.0, 0.0, 0.0 }
        |x, c| { x.powi(1) } { 0.0 => 0.0, 1.0, 0.0 }
        |x, c| { x.powi(2) } { 0.0 => 0.0, 0.0, 2.0 }
        |x, c| { x.powi(i32::MIN) } { 1.0 => 1.0, -2147483648.0, 2147483648.0 * 2147483649.0 }
        |x, c| { x.powi(i32::MIN) } { 2.0 => 0.0, 0.0, 0.0 }
        |x, c| { x.powi(i32::MAX) } { 1.0 => 1.0, 2147483647.0, 2147483647.0 * 2147483646.0 }
        |x, c| { x.powi(-1) } { 0.0 => INF, -INF, INF }
    }
    "a zero tangent, whatever the slope" zero_tangents_stay_zero {
        |x, c| { x * x + c(0.0).sqrt() + c(0.0).cbrt() + c(1.0).acos() + c(0.0).hypot(c(0.0)) } { 3.0 => 9.0, 6.0, 2.0 }
        |x, c| { x + c(0.0).sqrt().powi(2) + c(0.0).powf(c(0.5)) + c(0.0).atan2(c(0.0)) } { 3.0 => 3.0, 1.0, 0.0 }
        |x, c| { (x - x).sqrt() } { 3.0 => 0.0, 0.0, 0.0 }
    }
}
