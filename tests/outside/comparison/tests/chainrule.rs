//! The column of this crate.

use chainrule::{Dual, HyperDual, Jet, derivative, differentiate, norm_cdf};
use chainrule_comparison::{Probe, TANH_SLOPE_AT_20, is_right, values_that_differ};

type Number = Dual<f64, 1>;

#[test]
fn every_number_is_a_float() {
    assert!(Probe::<Number>::is_float());
    assert!(Probe::<HyperDual<f64>>::is_float());
    assert!(Probe::<Jet<f64, 3>>::is_float());
    assert!(Probe::<Dual<Dual<f32, 1>, 1>>::is_float());
}

#[test]
fn values_are_the_floats_own() {
    let number = Number::constant;
    let differ = values_that_differ(|a, b| (number(a) / number(b)).re, |a, b| a / b);
    assert_eq!(differ, 0);
    assert_eq!(
        values_that_differ(|a, _| number(a).tan().re, |a, _| a.tan()),
        0
    );
    assert_eq!(
        values_that_differ(|a, _| number(a).tanh().re, |a, _| a.tanh()),
        0
    );
    let differ = values_that_differ(|a, b| number(a).powf(number(b)).re, f64::powf);
    assert_eq!(differ, 0);
    let differ = values_that_differ(|a, _| number(a).powf(number(3.0)).re, |a, _| a.powf(3.0));
    assert_eq!(differ, 0);
    let differ = values_that_differ(
        |a, b| number(a).mul_add(number(b), number(a)).re,
        |a, b| a.mul_add(b, a),
    );
    assert_eq!(differ, 0);
}

#[test]
fn slopes_are_right_where_others_are_not() {
    assert!(is_right(derivative(|x| x.tanh(), 20.0), TANH_SLOPE_AT_20));
    let slope = derivative(|y| y.atan2(Number::constant(1e200)), 1e200);
    assert!(is_right(slope, 5e-201));
    assert_eq!(derivative(|x| Dual::constant(1.0).atan2(x), 0.0), -1.0);
    assert!(is_right(norm_cdf(-20.0), 2.753_624_118_606_233_5e-89));
}

#[differentiate]
fn reassigned(x: f64) -> f64 {
    let mut s = x;
    for _ in 0..3 {
        s *= x;
    }
    s
}

#[differentiate]
fn two_smallest(x: &[f64]) -> f64 {
    let mut sorted = x.to_vec();
    sorted.sort_by(|a, b| a.partial_cmp(b).unwrap());
    sorted[0] * sorted[1]
}

#[test]
fn statements_and_sorting_are_differentiated() {
    assert_eq!(reassigned::derivative(3.0), 108.0);
    let x: Vec<f64> = (0..64)
        .map(|i| f64::from((i * 37 + 11) % 64) + 1.0)
        .collect();
    let gradient = two_smallest::gradient(&x);
    for (x, slope) in x.iter().zip(gradient) {
        let expected = match x {
            1.0 => 2.0,
            2.0 => 1.0,
            _ => 0.0,
        };
        assert_eq!(slope, expected);
    }
}
