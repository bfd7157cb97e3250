//! The column of xad-rs.

use num_traits::Float;
use xad_rs::{Jet1, Real, compute_derivative_fwd, math};

#[test]
fn tanh_is_flat_at_20() {
    let (_, slope) = compute_derivative_fwd(20.0, |x| Real::tanh(x));
    assert_eq!(slope, 0.0);
}

#[test]
fn atan2_is_flat_far_out() {
    let angle = math::fwd::atan2(&Jet1::new(1e200, 1.0), &Jet1::constant(1e200));
    assert_eq!(angle.derivative(), 0.0);
}

#[test]
fn norm_cdf_has_no_lower_tail() {
    let (value, _) = compute_derivative_fwd(-20.0, |x| Real::norm_cdf(x));
    assert_eq!(value, 0.0);
}

#[test]
fn values_are_those_of_floats_but_for_mul_add() {
    let mut fused = 0;
    for i in 1..=10_000 {
        let a = (f64::from(i) * 0.618_033_988_749_894_9).fract() * 10.0;
        let b = (f64::from(i) * 0.414_213_562_373_095).fract() * 10.0;
        let [x, y] = [Jet1::new(a, 1.0), Jet1::new(b, 0.0)];
        let constant = Jet1::constant(2.5);
        for (found, own) in [
            ((x / y).value(), a / b),
            (Float::tan(x).value(), a.tan()),
            (Float::tanh(x).value(), a.tanh()),
            (Float::powf(x, constant).value(), a.powf(2.5)),
            (Float::powi(x, 7).value(), a.powi(7)),
        ] {
            assert_eq!(found.to_bits(), own.to_bits());
        }
        fused += usize::from(Float::mul_add(x, y, x).value() != a.mul_add(b, a));
    }
    assert!(fused > 100, "{fused}");
}
