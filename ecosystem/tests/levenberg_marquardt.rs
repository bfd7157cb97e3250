//! levenberg-marquardt 0.15: residuals with constants, through the macro.

use chainrule::{differentiate, levenberg_marquardt_problem};
use chainrule_ecosystem::problems::*;
use levenberg_marquardt::{LevenbergMarquardt, TerminationReason};
use nalgebra::dvector;

levenberg_marquardt_problem! { struct Helical {} residuals: helical_valley(), count: 3 }
levenberg_marquardt_problem! { struct Box3 {} residuals: box_three_dimensional(), count: 10 }

#[differentiate(wrt(beta))]
fn decay(beta: &[f64], times: &[f64], measured: &[f64]) -> Vec<f64> {
    let mut residuals = Vec::new();
    for i in 0..times.len() {
        residuals.push(beta[0] * (-beta[1] * times[i]).exp() - measured[i]);
    }
    residuals
}

levenberg_marquardt_problem! {
    /// A decay and its measurements.
    struct Decay<'a> { times: &'a [f64], measured: Vec<f64> }
    residuals: decay(times, measured), count: times.len()
}

#[test]
fn problems_of_known_answers() {
    let (found, report) =
        LevenbergMarquardt::new().minimize(Helical::new(dvector![-1.0, 0.0, 0.0]));
    assert!(report.termination.was_successful(), "{report:?}");
    assert!((&found.__chainrule_point - dvector![1.0, 0.0, 0.0]).norm() < 1e-9);
    let (_, report) = LevenbergMarquardt::new().minimize(Box3::new(dvector![0.0, 10.0, 20.0]));
    assert!(report.objective_function < 1e-20, "{report:?}");
}

#[test]
fn constants_are_fields() {
    use levenberg_marquardt::LeastSquaresProblem;
    let times = [0.0, 0.5, 1.0, 2.0, 4.0];
    let measured = times.iter().map(|t: &f64| 3.0 * (-0.7 * t).exp()).collect();
    let (found, report) =
        LevenbergMarquardt::new().minimize(Decay::new(dvector![1.0, 0.1], &times, measured));
    assert!(report.termination.was_successful(), "{report:?}");
    assert!(
        (found.params() - dvector![3.0, 0.7]).norm() < 1e-12,
        "{}",
        found.params()
    );
}

#[test]
fn what_is_not_a_number_ends_the_run() {
    let (_, report) =
        LevenbergMarquardt::new().minimize(Decay::new(dvector![1.0, 0.1], &[1.0], vec![f64::NAN]));
    assert_eq!(report.termination, TerminationReason::User("residuals"));
}
