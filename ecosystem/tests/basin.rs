//! basin 3: problems of Moré, Garbow and Hillstrom by BFGS and a trust region, with cost and gradient in one sweep, and their residuals.

use basin::{
    Bfgs, CostFunction, Executor, FirstOrderState, GaussNewton, Gradient, LevenbergMarquardt,
    PointState, TrustRegion,
};
use chainrule::{basin_problem, differentiate};
use chainrule_ecosystem::assert_near;
use chainrule_ecosystem::problems::*;
use nalgebra::dvector;

basin_problem! { struct Rosenbrock {} objective: rosenbrock(), vectors: Vec<f64> }
basin_problem! { struct Beale {} objective: beale_objective(), vectors: Vec<f64> }
basin_problem! { struct Helical {} objective: helical_valley_objective(), vectors: Vec<f64> }
basin_problem! { struct Box3 {} objective: box_objective(), vectors: Vec<f64> }
basin_problem! { struct Powell {} objective: powell_singular_objective(), vectors: Vec<f64> }
basin_problem! { struct Wood {} objective: wood_objective(), vectors: Vec<f64> }
basin_problem! { struct RosenbrockResiduals {} residuals: rosenbrock_residuals(), count: 2, vectors: Vec<f64> }
basin_problem! { struct HelicalResiduals {} residuals: helical_valley(), count: 3, vectors: Vec<f64> }
basin_problem! { struct BoxResiduals {} residuals: box_three_dimensional(), count: 10, vectors: DVector<f64> }
basin_problem! { struct WoodResiduals {} residuals: wood(), count: 6, vectors: DVector<f64> }

/// Each of the problems by a solver. The minimum of all of them is zero.
macro_rules! minimise_all {
    ($solver:expr) => {{
        macro_rules! run {
            ($problem:ident, $start:expr) => {{
                let state = FirstOrderState::new($start.to_vec());
                let result = Executor::new($problem::new(), $solver, state)
                    .max_iter(500)
                    .run()
                    .unwrap();
                let (cost, found) = (result.cost(), result.param());
                assert!(cost < 1e-12, "{cost} at {found:?}");
                found.to_vec()
            }};
        }
        assert_near(&run!(Rosenbrock, [-1.2, 1.0]), &[1.0, 1.0], 1e-8);
        assert_near(&run!(Beale, [1.0, 1.0]), &[3.0, 0.5], 1e-8);
        assert_near(&run!(Helical, [-1.0, 0.0, 0.0]), &[1.0, 0.0, 0.0], 1e-8);
        assert_near(&run!(Wood, [-3.0, -1.0, -3.0, -1.0]), &[1.0; 4], 1e-8);
        let _ = run!(Box3, [0.0, 10.0, 20.0]);
        let _ = run!(Powell, [3.0, -1.0, 0.0, 1.0]);
    }};
}

#[test]
fn by_bfgs() {
    minimise_all!(Bfgs::new().with_absolute_gradient_tolerance(1e-10));
}

#[test]
fn by_trust_regions_with_hessians() {
    minimise_all!(TrustRegion::new());
}

#[test]
fn by_gauss_newton_and_levenberg_marquardt() {
    let result = Executor::new(
        RosenbrockResiduals::new(),
        GaussNewton::new(),
        PointState::new(vec![-1.2, 1.0]),
    )
    .max_iter(20)
    .run()
    .unwrap();
    assert_near(result.param(), &[1.0, 1.0], 1e-12);
    let start = PointState::new(vec![-1.0, 0.0, 0.0]);
    let result = Executor::new(HelicalResiduals::new(), LevenbergMarquardt::new(), start)
        .max_iter(50)
        .run()
        .unwrap();
    assert_near(result.param(), &[1.0, 0.0, 0.0], 1e-9);
    let start = PointState::new(dvector![0.5, 9.0, 2.0]);
    let result = Executor::new(BoxResiduals::new(), LevenbergMarquardt::new(), start)
        .max_iter(50)
        .run()
        .unwrap();
    assert_near(result.param().as_slice(), &[1.0, 10.0, 1.0], 1e-6);
    let start = PointState::new(dvector![-3.0, -1.0, -3.0, -1.0]);
    let result = Executor::new(WoodResiduals::new(), LevenbergMarquardt::new(), start)
        .max_iter(500)
        .run()
        .unwrap();
    assert_near(result.param().as_slice(), &[1.0; 4], 1e-8);
}

#[test]
fn cost_and_gradient_come_from_one_sweep() {
    let (cost, gradient) = Rosenbrock::new()
        .cost_and_gradient(&vec![-1.2, 1.0])
        .unwrap();
    assert_eq!(
        (cost, [gradient[0], gradient[1]]),
        rosenbrock::value_and_gradient(-1.2, 1.0)
    );
    assert_eq!(cost, Rosenbrock::new().cost(&vec![-1.2, 1.0]).unwrap());
}

#[differentiate]
fn logarithms(x: f64, y: f64) -> f64 {
    (x - y).ln() + x * x
}
basin_problem! { struct Logarithms {} objective: logarithms(), vectors: Vec<f64> }

#[test]
fn a_point_outside_the_domain_is_named() {
    let error = Logarithms::new()
        .cost(&vec![1.0, 2.0])
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "the objective is NaN at [1.0, 2.0]; start from, or stay within, the domain of the function"
    );
}
