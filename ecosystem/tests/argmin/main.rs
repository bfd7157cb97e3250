//! argmin 0.11: problems of Moré, Garbow and Hillstrom by BFGS, Newton's method, Gauss-Newton and trust regions.

use std::cell::Cell;

use argmin::core::{
    CostFunction, Executor, Gradient, IterState, Jacobian, Operator, Solver, State,
};
use argmin::solver::gaussnewton::GaussNewton;
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::newton::Newton;
use argmin::solver::quasinewton::BFGS;
use argmin::solver::trustregion::{Steihaug, TrustRegion};
use chainrule::{argmin_problem, differentiate};
use chainrule_ecosystem::assert_near;
use chainrule_ecosystem::problems::*;
use nalgebra::{DMatrix, DVector, dvector};

argmin_problem! { struct Rosenbrock {} objective: rosenbrock(), vectors: Vec<f64> }
argmin_problem! { struct Beale {} objective: beale_objective(), vectors: Vec<f64> }
argmin_problem! { struct Helical {} objective: helical_valley_objective(), vectors: Vec<f64> }
argmin_problem! { struct Box3 {} objective: box_objective(), vectors: Vec<f64> }
argmin_problem! { struct Powell {} objective: powell_singular_objective(), vectors: Vec<f64> }
argmin_problem! { struct Wood {} objective: wood_objective(), vectors: Vec<f64> }

argmin_problem! { struct RosenbrockOfNalgebra {} objective: rosenbrock(), vectors: DVector<f64> }
argmin_problem! { struct RosenbrockResiduals {} residuals: rosenbrock_residuals(), count: 2, vectors: DVector<f64> }
argmin_problem! { struct BealeResiduals {} residuals: beale(), count: 3, vectors: DVector<f64> }
argmin_problem! { struct HelicalResiduals {} residuals: helical_valley(), count: 3, vectors: DVector<f64> }
argmin_problem! { struct BoxResiduals {} residuals: box_three_dimensional(), count: 10, vectors: DVector<f64> }
argmin_problem! { struct WoodResiduals {} residuals: wood(), count: 6, vectors: DVector<f64> }

type Found = IterState<Vec<f64>, Vec<f64>, (), Vec<Vec<f64>>, (), f64>;

/// The minimum of all these problems is zero.
#[track_caller]
fn minimum<O, S: Solver<O, Found>>(
    problem: O,
    solver: S,
    start: &[f64],
    tolerance: f64,
) -> Vec<f64> {
    let count = start.len();
    let identity = (0..count)
        .map(|i| (0..count).map(|j| f64::from(u8::from(i == j))).collect())
        .collect();
    let result = Executor::new(problem, solver)
        .configure(|state| {
            state
                .param(start.to_vec())
                .inv_hessian(identity)
                .max_iters(500)
        })
        .run()
        .unwrap();
    let state = result.state();
    let (cost, found) = (state.get_best_cost(), state.get_best_param().unwrap());
    assert!(cost < tolerance, "{cost} at {found:?}");
    found.clone()
}

/// BFGS ends where its step no longer changes the objective by more than `EPSILON`, before the last digits of the point.
#[test]
fn by_bfgs() {
    let solver = || BFGS::new(MoreThuenteLineSearch::new());
    assert_near(
        &minimum(Rosenbrock::new(), solver(), &[-1.2, 1.0], 1e-14),
        &[1.0, 1.0],
        1e-6,
    );
    assert_near(
        &minimum(Beale::new(), solver(), &[1.0, 1.0], 1e-14),
        &[3.0, 0.5],
        1e-6,
    );
    assert_near(
        &minimum(Helical::new(), solver(), &[-1.0, 0.0, 0.0], 1e-14),
        &[1.0, 0.0, 0.0],
        1e-6,
    );
    assert_near(
        &minimum(Wood::new(), solver(), &[-3.0, -1.0, -3.0, -1.0], 1e-14),
        &[1.0; 4],
        1e-6,
    );
    // A whole set of minima; and one where the Hessian is singular.
    minimum(Box3::new(), solver(), &[0.0, 10.0, 20.0], 1e-14);
    minimum(Powell::new(), solver(), &[3.0, -1.0, 0.0, 1.0], 1e-10);
}

#[test]
fn by_trust_regions_with_hessians() {
    let solver = || TrustRegion::new(Steihaug::new());
    assert_near(
        &minimum(Rosenbrock::new(), solver(), &[-1.2, 1.0], 1e-20),
        &[1.0, 1.0],
        1e-9,
    );
    assert_near(
        &minimum(Beale::new(), solver(), &[1.0, 1.0], 1e-20),
        &[3.0, 0.5],
        1e-9,
    );
    assert_near(
        &minimum(Helical::new(), solver(), &[-1.0, 0.0, 0.0], 1e-20),
        &[1.0, 0.0, 0.0],
        1e-9,
    );
    assert_near(
        &minimum(Wood::new(), solver(), &[-3.0, -1.0, -3.0, -1.0], 1e-20),
        &[1.0; 4],
        1e-9,
    );
    minimum(Box3::new(), solver(), &[0.0, 10.0, 20.0], 1e-18);
    // The Hessian is singular at the minimum, and convergence linear.
    minimum(Powell::new(), solver(), &[3.0, -1.0, 0.0, 1.0], 1e-12);
}

#[test]
fn by_newton() {
    let result = Executor::new(RosenbrockOfNalgebra::new(), Newton::<f64>::new())
        .configure(|state| state.param(dvector![-1.2, 1.0]).max_iters(10))
        .run()
        .unwrap();
    assert_near(
        result.state().get_param().unwrap().as_slice(),
        &[1.0, 1.0],
        1e-14,
    );
}

#[track_caller]
fn fitted<O>(problem: O, start: &[f64]) -> Vec<f64>
where
    O: Operator<Param = DVector<f64>, Output = DVector<f64>>
        + Jacobian<Param = DVector<f64>, Jacobian = DMatrix<f64>>,
{
    let start = DVector::from_row_slice(start);
    let result = Executor::new(problem, GaussNewton::<f64>::new())
        .configure(|state| state.param(start).max_iters(60))
        .run()
        .unwrap();
    result.state().get_param().unwrap().as_slice().to_vec()
}

#[test]
fn by_gauss_newton() {
    assert_near(
        &fitted(RosenbrockResiduals::new(), &[-1.2, 1.0]),
        &[1.0, 1.0],
        1e-12,
    );
    assert_near(
        &fitted(BealeResiduals::new(), &[2.5, 0.3]),
        &[3.0, 0.5],
        1e-10,
    );
    assert_near(
        &fitted(HelicalResiduals::new(), &[-1.0, 0.0, 0.0]),
        &[1.0, 0.0, 0.0],
        1e-10,
    );
    assert_near(
        &fitted(BoxResiduals::new(), &[0.5, 9.0, 2.0]),
        &[1.0, 10.0, 1.0],
        1e-8,
    );
    assert_near(
        &fitted(WoodResiduals::new(), &[1.2, 1.2, 0.9, 0.9]),
        &[1.0; 4],
        1e-10,
    );
}

#[differentiate]
fn logarithms(x: f64, y: f64) -> f64 {
    (x - y).ln() + x * x
}
argmin_problem! { struct Logarithms {} objective: logarithms(), vectors: Vec<f64> }

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

thread_local!(static RUNS: Cell<usize> = const { Cell::new(0) });

/// The square root, which counts how often its derivative is taken.
fn counted_slope(x: f64) -> f64 {
    RUNS.set(RUNS.get() + 1);
    0.5 / x.sqrt()
}

#[differentiate(first(counted_slope))]
fn counted(x: f64) -> f64 {
    x.sqrt()
}

/// Of constants, one by value.
#[differentiate(wrt(x))]
fn spread(x: &[f64], centres: &[f64], power: i32) -> f64 {
    let mut sum = 0.0;
    for i in 0..centres.len() {
        sum += counted(1.0 + (x[i] - centres[i]).powi(power));
    }
    sum
}
argmin_problem! {
    /// With constants of its own, and of others.
    pub(crate) struct Spread<'a> { centres: &'a [f64], power: i32 }
    objective: spread(centres, *power), vectors: Vec<f64>
}

#[test]
fn value_and_gradient_are_computed_once_at_a_point() {
    let problem = Spread::new(&[1.0, 2.0], 2);
    let (x, y) = (vec![1.5, 2.5], vec![0.5, 2.5]);
    let (cost, gradient) = (problem.cost(&x).unwrap(), problem.gradient(&x).unwrap());
    assert_eq!((cost, RUNS.get()), (spread(&x, &[1.0, 2.0], 2), 2));
    assert_eq!(gradient, spread::gradient(&x, &[1.0, 2.0], 2));
    RUNS.set(0);
    problem.gradient(&y).unwrap();
    problem.cost(&y).unwrap();
    problem.cost(&x).unwrap();
    assert_eq!(RUNS.get(), 4);
}
