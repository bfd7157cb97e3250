//! Functions and derivatives in all the shapes that `#[differentiate]` has.

use chainrule::check::{self, Verdict};
use chainrule::{Differentiable, derivative, differentiate, gradient, jacobian};

#[differentiate]
fn saddle(x: f64, y: f64) -> f64 {
    x * x - (x * y).sin()
}

#[differentiate]
fn norm(x: [f64; 3]) -> f64 {
    (x[0] * x[0] + x[1] * x[1] + x[2] * x[2]).sqrt()
}

#[differentiate(wrt(weights))]
fn loss(weights: &[f64], targets: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..weights.len() {
        sum += (weights[i] - targets[i]).powi(2) * weights[i].exp();
    }
    sum
}

#[derive(Clone, Debug, Differentiable)]
struct State {
    position: [f64; 2],
    #[differentiable(constant)]
    charge: i32,
    mass: f64,
}

#[differentiate(wrt(state))]
fn energy(state: State) -> f64 {
    let [x, y] = state.position;
    0.5 * state.mass * (x * x + y * y) + f64::from(state.charge) * x.sin()
}

#[differentiate]
fn rotated(x: f64, y: f64, angle: f64) -> (f64, f64) {
    (
        x * angle.cos() - y * angle.sin(),
        x * angle.sin() + y * angle.cos(),
    )
}

#[differentiate]
fn root(x: f64) -> Option<f64> {
    if x < 0.0 { None } else { Some(x.sqrt() * x) }
}

#[test]
fn scalars_arrays_slices_and_structs() {
    check::gradient(
        |[x, y]| saddle(x, y),
        |[x, y]| saddle::gradient(x, y),
        [1.2, 0.7],
    )
    .assert();
    check::gradient(
        |(x, y)| saddle(x, y),
        |(x, y)| saddle::gradient(x, y),
        (1.2, 0.7),
    )
    .assert();
    check::hessian(
        |[x, y]| saddle(x, y),
        |[x, y]| saddle::hessian(x, y),
        [1.2, 0.7],
    )
    .assert();
    check::gradient(norm, norm::gradient, [1.0, -2.0, 0.5]).assert();
    check::hessian(norm, norm::hessian, [1.0, -2.0, 0.5]).assert();
    check::jacobian(norm::gradient, norm::hessian, [1.0, -2.0, 0.5]).assert();
    let targets = [0.5, 0.1, -2.0];
    check::gradient(
        |weights: Vec<f64>| loss(&weights, &targets),
        |weights| loss::gradient(&weights, &targets),
        vec![1.0, 2.0, 3.0],
    )
    .assert();
    let state = State {
        position: [0.3, -1.2],
        charge: 2,
        mass: 3.0,
    };
    let report = check::gradient(energy, energy::gradient, state);
    report.assert();
    assert_eq!(report.components().len(), 3);
    check::jacobian(
        |[x, y, a]| rotated(x, y, a),
        |[x, y, a]| rotated::jacobian(x, y, a),
        [1.0, 2.0, 0.3],
    )
    .assert();
}

#[test]
fn closures() {
    let f = |[x, y]: [f64; 2]| x * x * y;
    check::gradient(f, |x| gradient(|[x, y]| x * x * y, x), [2.0, 3.0]).assert();
    check::jacobian(
        |x: f64| [x, x * x],
        |x| jacobian(|[x]| [x, x * x], [x]),
        2.0,
    )
    .assert();
    check::derivative(|x: f64| [x, x * x], |x| derivative(|x| [x, x * x], x), 2.0).assert();
}

/// A function without a value a step away ends there, as one that is NaN.
#[test]
fn missing_values_are_the_end_of_a_domain() {
    check::derivative(root, root::derivative, 0.01).assert();
    let report = check::derivative(root, |_| Some(1.0), 0.0);
    assert_eq!(report.verdict(), Verdict::Wrong, "{report}");
    let report = check::derivative(root, root::derivative, -1.0);
    assert_eq!(report.verdict(), Verdict::Unclear, "nothing to compare");
    assert!(report.worst().is_none());
}

#[test]
fn two_ways_agree() {
    let by_lift = |x| gradient(|[x, y]| saddle::lift(x, y), x);
    let report = check::agreement(|[x, y]| saddle::gradient(x, y), by_lift, [1.2, 0.7]);
    report.assert();
    let mistaken = check::agreement(
        |x| {
            let [a, b]: [f64; 2] = by_lift(x);
            [a, b * (1.0 + 1e-12)]
        },
        by_lift,
        [1.2, 0.7],
    );
    assert_eq!(mistaken.verdict(), Verdict::Wrong, "{mistaken}");
    // A cancelled entry is measured by its row, and one of the next row is not.
    let reference = |_: [f64; 2]| [[1.0, 1e-20], [1e-20, 1e-20]];
    let rows =
        |a: f64, b: f64| check::agreement(move |_| [[1.0, a], [1e-20, b]], reference, [0.0, 0.0]);
    assert_eq!(rows(2e-20, 1e-20).verdict(), Verdict::Right);
    assert_eq!(rows(1e-20, 2e-20).verdict(), Verdict::Wrong);
    let one = |claim: f64, reference: f64| {
        check::agreement(move |_| claim, move |_| reference, 0.0).verdict()
    };
    assert_eq!(one(f64::NAN, f64::NAN), Verdict::Right);
    assert_eq!(one(f64::INFINITY, f64::INFINITY), Verdict::Right);
    assert_eq!(one(f64::NAN, 1.0), Verdict::Unclear);
    assert_eq!(one(f64::INFINITY, f64::NEG_INFINITY), Verdict::Unclear);
}

mod wrong_shapes {
    use chainrule::check;

    #[test]
    #[should_panic = "the gradient has 3 numbers, but 1 rows of 2 make 2"]
    fn too_many_numbers() {
        let _ = check::gradient(|[x, y]: [f64; 2]| x * y, |_| [1.0, 2.0, 3.0], [1.0, 2.0]);
    }

    #[test]
    #[should_panic = "a gradient is of one output, and there are 2"]
    fn too_many_outputs() {
        let _ = check::gradient(|x: [f64; 2]| x, |_| [1.0, 2.0], [1.0, 2.0]);
    }

    #[test]
    #[should_panic = "a derivative is by one input, and there are 2"]
    fn too_many_inputs() {
        let _ = check::derivative(|[x, _]: [f64; 2]| x, |_| [1.0, 0.0], [1.0, 2.0]);
    }
}
