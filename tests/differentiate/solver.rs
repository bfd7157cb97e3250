//! The forms that solvers ask for: a flat point, and a place for the derivatives that may be absent.

use chainrule::differentiate;

#[differentiate]
fn rosenbrock(x: f64, y: f64) -> f64 {
    (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2)
}

#[differentiate(wrt(weights))]
fn loss(weights: &[f64], targets: &[f64], scale: f64) -> f64 {
    let mut sum = 0.0;
    for i in 0..weights.len() {
        sum += scale * (weights[i] - targets[i]).powi(2);
    }
    sum
}

#[differentiate]
fn cubic(x: f64) -> f64 {
    2.0 * x * x * x
}

#[differentiate(wrt(a, b))]
fn mixed(a: &[f64; 2], objective: f64, b: [[f64; 2]; 2]) -> f64 {
    objective * a[0] * b[0][1] + a[1] * b[1][0] * b[1][0] + b[0][0]
}

#[test]
fn the_value_alone_or_with_the_gradient() {
    let mut slopes = [0.0; 2];
    assert_eq!(
        rosenbrock::objective(&[1.5, 2.0], None),
        rosenbrock(1.5, 2.0)
    );
    let value = rosenbrock::objective(&[1.5, 2.0], Some(&mut slopes));
    assert_eq!(value, rosenbrock(1.5, 2.0));
    assert_eq!(slopes, rosenbrock::gradient(1.5, 2.0));

    assert_eq!(loss::objective(&[1.0, 2.0], None, &[0.0, 5.0], 2.0), 20.0);
    let value = loss::objective(&[1.0, 2.0], Some(&mut slopes), &[0.0, 5.0], 2.0);
    assert_eq!((value, slopes), (20.0, [4.0, -12.0]));

    let mut slope = [0.0];
    assert_eq!(cubic::objective(&[2.0], Some(&mut slope)), 16.0);
    assert_eq!(slope, [24.0]);

    // The point is flat; a constant bears the name of the form.
    let (point, mut slopes) = ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [0.0; 6]);
    let value = mixed::objective(&point, Some(&mut slopes), 7.0);
    assert_eq!(value, mixed(&[1.0, 2.0], 7.0, [[3.0, 4.0], [5.0, 6.0]]));
    assert_eq!(value, mixed::objective(&point, None, 7.0));
    assert_eq!(slopes, [28.0, 25.0, 1.0, 7.0, 20.0, 0.0]);
}

#[test]
fn the_hessian_row_by_row() {
    let (mut slopes, mut rows) = ([0.0; 2], [0.0; 4]);
    let value = rosenbrock::objective_with_hessian(&[1.5, 2.0], &mut slopes, &mut rows);
    let (same, gradient, hessian) = rosenbrock::value_gradient_hessian(1.5, 2.0);
    assert_eq!(
        (value, slopes, &rows[..]),
        (same, gradient, hessian.as_flattened())
    );
    let value = loss::objective_with_hessian(&[1.0, 2.0], &mut slopes, &mut rows, &[0.0, 5.0], 2.0);
    assert_eq!(
        (value, slopes, rows),
        (20.0, [4.0, -12.0], [4.0, 0.0, 0.0, 4.0])
    );
    let (mut slope, mut curvature) = ([0.0], [0.0]);
    cubic::objective_with_hessian(&[2.0], &mut slope, &mut curvature);
    assert_eq!((slope, curvature), ([24.0], [24.0]));
    let (mut slopes, mut rows) = ([0.0; 6], [0.0; 36]);
    mixed::objective_with_hessian(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &mut slopes, &mut rows, 7.0);
    let expected = mixed::hessian(&[1.0, 2.0], 7.0, [[3.0, 4.0], [5.0, 6.0]]);
    assert_eq!(rows, expected.as_flattened());
}

/// Outputs in each of the forms that lie flat.
#[differentiate(wrt(beta))]
fn decay(beta: [f64; 2], times: [f64; 3]) -> [f64; 3] {
    [
        beta[0] * (-beta[1] * times[0]).exp(),
        beta[0] * (-beta[1] * times[1]).exp(),
        beta[0] * (-beta[1] * times[2]).exp(),
    ]
}

#[differentiate(wrt(beta))]
fn decays(beta: &[f64], times: &[f64]) -> Vec<f64> {
    let mut all = Vec::new();
    for t in times {
        all.push(beta[0] * (-beta[1] * t).exp());
    }
    all
}

#[differentiate(wrt(beta))]
fn decays_into(beta: &[f64], out: &mut [f64], times: &[f64]) {
    for i in 0..times.len() {
        out[i] = beta[0] * (-beta[1] * times[i]).exp();
    }
}

#[test]
fn residuals_alone_or_with_the_jacobian() {
    let (beta, times) = ([2.0, 0.5], [0.5, 1.0, 3.0]);
    let expected: Vec<f64> = times
        .iter()
        .flat_map(|t: &f64| [(-0.5 * t).exp(), -2.0 * t * (-0.5 * t).exp()])
        .collect();
    let values = decay(beta, times);
    let check = |all: &dyn Fn(&mut [f64], Option<&mut [f64]>)| {
        let (mut outputs, mut jacobian) = ([0.0; 3], [0.0; 6]);
        all(&mut outputs, None);
        assert_eq!(outputs, values);
        let mut outputs = [0.0; 3];
        all(&mut outputs, Some(&mut jacobian));
        assert_eq!(outputs, values);
        crate::assert_close(&jacobian, &expected);
    };
    check(&|outputs, jacobian| decay::residuals(&beta, outputs, jacobian, times));
    check(&|outputs, jacobian| decays::residuals(&beta, outputs, jacobian, &times));
    check(&|outputs, jacobian| decays_into::residuals(&beta, outputs, jacobian, &times));
}

struct Spring {
    stiffness: f64,
}

#[differentiate]
impl Spring {
    #[differentiate(wrt(x))]
    fn energy(&self, x: f64, length: f64) -> f64 {
        0.5 * self.stiffness * (x - length).powi(2)
    }
}

#[test]
fn methods_have_them_under_their_names() {
    let (spring, mut slope) = (Spring { stiffness: 3.0 }, [0.0]);
    let value = spring.energy_objective(&[2.0], Some(&mut slope), 1.5);
    assert_eq!((value, slope), (0.375, [1.5]));
    assert_eq!(spring.energy_objective(&[2.0], None, 1.5), 0.375);
}

#[differentiate]
fn single(x: f32, y: f32) -> f32 {
    x * y + y
}

#[differentiate]
fn generic<T: num_traits::Float>(x: T, y: T) -> T {
    x * y + y
}

#[test]
fn in_either_float() {
    let mut slopes = [0.0_f32; 2];
    assert_eq!(single::objective(&[2.0, 3.0], Some(&mut slopes)), 9.0);
    assert_eq!(slopes, [3.0, 3.0]);
    let mut slopes = [0.0_f64; 2];
    assert_eq!(generic::objective(&[2.0, 3.0], Some(&mut slopes)), 9.0);
    assert_eq!(slopes, [3.0, 3.0]);
}

#[test]
#[should_panic(expected = "the point has length 3, but there are 2 inputs")]
fn a_point_of_another_length() {
    rosenbrock::objective(&[1.0, 2.0, 3.0], None);
}

#[test]
#[should_panic(expected = "the gradient has length 1, but there are 2 inputs")]
fn a_gradient_of_another_length() {
    rosenbrock::objective(&[1.0, 2.0], Some(&mut [0.0]));
}

#[test]
#[should_panic(expected = "the Hessian has length 3, but it has 4 entries")]
fn a_hessian_of_another_length() {
    rosenbrock::objective_with_hessian(&[1.0, 2.0], &mut [0.0; 2], &mut [0.0; 3]);
}

#[test]
#[should_panic(expected = "the place for the residuals has length 2, but there are 3 outputs")]
fn residuals_of_another_length() {
    decay::residuals(&[1.0, 2.0], &mut [0.0; 2], None, [1.0; 3]);
}

#[test]
#[should_panic(expected = "the Jacobian has length 5, but it has 6 entries")]
fn a_jacobian_of_another_length() {
    decay::residuals(&[1.0, 2.0], &mut [0.0; 3], Some(&mut [0.0; 5]), [1.0; 3]);
}

/// A reaction, by its state and by its rates: one attribute for each, and a name for the second.
#[differentiate(wrt(y))]
#[differentiate(name = reaction_by_rates, wrt(rates))]
fn reaction(y: &[f64], rates: &[f64], _time: f64, out: &mut [f64]) {
    out[0] = -rates[0] * y[0] + rates[1] * y[1] * y[1];
    out[1] = rates[0] * y[0] - rates[1] * y[1] * y[1];
}

/// What a solver of differential equations asks for: the product with a direction in the state, and one in the parameters.
fn product(
    jvp_into: impl Fn(&[f64], &[f64], f64, &[f64], &mut [f64]),
    direction: &[f64],
) -> [f64; 2] {
    let mut slopes = [0.0; 2];
    jvp_into(&[2.0, 3.0], &[0.5, 0.25], 0.0, direction, &mut slopes);
    slopes
}

#[test]
fn one_function_by_its_state_and_by_its_parameters() {
    assert_eq!(product(reaction::jvp_into, &[1.0, 10.0]), [14.5, -14.5]);
    assert_eq!(
        product(reaction_by_rates::jvp_into, &[1.0, 10.0]),
        [88.0, -88.0]
    );
    let mut out = [0.0; 2];
    reaction(&[2.0, 3.0], &[0.5, 0.25], 0.0, &mut out);
    assert_eq!(out, [1.25, -1.25]);
}
