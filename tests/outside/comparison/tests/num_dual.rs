//! The column of num-dual.

use chainrule_comparison::{NoFloat as _, Probe, TANH_SLOPE_AT_20, is_right, values_that_differ};
use num_dual::{Dual32, Dual64, DualNum, first_derivative, second_derivative, third_derivative};

fn constant(x: f64) -> Dual64 {
    Dual64::from_re(x)
}

#[test]
fn its_numbers_are_no_floats() {
    assert!(!Probe::<Dual64>::is_float());
}

#[test]
fn it_has_single_precision_and_three_orders() {
    let (_, slope) = first_derivative(|x: Dual32| x * x, 3.0);
    assert_eq!(slope, 6.0);
    let (_, _, second) = second_derivative(|x| x * x * x, 2.0);
    assert_eq!(second, 12.0);
    let (_, _, _, third) = third_derivative(|x| x * x * x, 2.0);
    assert_eq!(third, 6.0);
}

#[test]
fn its_values_are_not_those_of_floats() {
    let quotient = values_that_differ(|a, b| (constant(a) / constant(b)).re, |a, b| a / b);
    let tan = values_that_differ(|a, _| constant(a).tan().re, |a, _| a.tan());
    let tanh = values_that_differ(|a, _| constant(a).tanh().re, |a, _| a.tanh());
    let powf = values_that_differ(|a, _| constant(a).powf(2.5).re, |a, _| a.powf(2.5));
    for differ in [quotient, tan, tanh, powf] {
        assert!(differ > 1000, "{quotient} {tan} {tanh} {powf}");
    }
}

#[test]
fn tanh_is_flat_at_20() {
    let (_, slope) = first_derivative(|x| x.tanh(), 20.0);
    assert!(!is_right(slope, TANH_SLOPE_AT_20));
    assert_eq!(slope, 0.0);
}

#[test]
fn atan2_is_right_far_out_and_nan_on_the_axis() {
    let (_, slope) = first_derivative(|y| y.atan2(constant(1e200)), 1e200);
    assert!(is_right(slope, 5e-201));
    let (_, slope) = first_derivative(|x| constant(1.0).atan2(x), 0.0);
    assert!(slope.is_nan());
}
