//! The column of echidna.

use chainrule_comparison::{Probe, TANH_SLOPE_AT_20, is_right, values_that_differ};
use echidna::{Dual, Scalar, grad, hessian, record, sparse_jacobian};

fn constant(x: f64) -> Dual<f64> {
    Dual::constant(x)
}

fn branches<T: Scalar<Float = f64>>(x: &[T]) -> T {
    match x[0] > T::from_f(0.0) {
        true => x[0] * x[0],
        false => -x[0] * x[0] * x[0],
    }
}

#[test]
fn its_numbers_are_floats() {
    assert!(Probe::<Dual<f64>>::is_float());
}

#[test]
fn a_recorded_tape_freezes_its_branches() {
    let (mut tape, _) = record(branches, &[2.0]);
    assert_eq!(tape.gradient(&[-3.0]), [-6.0]);
    assert_eq!(grad(branches, &[-3.0]), [-27.0]);
}

#[test]
fn it_has_single_precision_hessians_and_sparse_jacobians() {
    assert_eq!(grad(|x| x[0] * x[0], &[3.0_f32]), [6.0]);
    let (_, _, second) = hessian(|x| x[0] * x[0] * x[1], &[2.0, 3.0]);
    assert_eq!(second, [[6.0, 4.0], [4.0, 0.0]]);
    let (_, pattern, _) = sparse_jacobian(|x| vec![x[0] * x[1], x[1] + x[2]], &[1.0, 2.0, 3.0]);
    assert_eq!(pattern.nnz(), 4);
}

#[test]
fn its_values_are_those_of_floats_but_for_constant_integer_powers() {
    let quotient = values_that_differ(|a, b| (constant(a) / constant(b)).re, |a, b| a / b);
    let tan = values_that_differ(|a, _| constant(a).tan().re, |a, _| a.tan());
    let tanh = values_that_differ(|a, _| constant(a).tanh().re, |a, _| a.tanh());
    assert_eq!([quotient, tan, tanh], [0; 3]);
    let power = |exponent: f64| {
        values_that_differ(
            |a, _| constant(a).powf(constant(exponent)).re,
            |a, _| a.powf(exponent),
        )
    };
    assert_eq!(power(2.5), 0);
    assert!(power(3.0) > 1000);
}

#[test]
fn far_out_it_is_right() {
    let slope = Dual::variable(20.0).tanh().eps;
    assert!(is_right(slope, TANH_SLOPE_AT_20), "{slope:e}");
    let slope = Dual::variable(1e200).atan2(constant(1e200)).eps;
    assert!(is_right(slope, 5e-201));
}
