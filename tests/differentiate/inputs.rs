//! Every shape of inputs, against closed formulas: what is generated and the shape in which it comes.

use chainrule::{Workspace, differentiate};

use crate::assert_close;

#[differentiate]
fn rosenbrock(x: f64, y: f64) -> f64 {
    (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2)
}

#[test]
fn several_scalars_have_an_array_as_gradient() {
    let (x, y) = (1.2, 0.7);
    let gradient = [
        -2.0 * (1.0 - x) - 400.0 * x * (y - x * x),
        200.0 * (y - x * x),
    ];
    let hessian = [
        [2.0 - 400.0 * y + 1200.0 * x * x, -400.0 * x],
        [-400.0 * x, 200.0],
    ];

    assert_close(&rosenbrock::gradient(x, y), &gradient);
    let (value, slopes) = rosenbrock::value_and_gradient(x, y);
    assert_eq!(value, rosenbrock(x, y));
    assert_close(&slopes, &gradient);
    assert_close(
        rosenbrock::hessian(x, y).as_flattened(),
        hessian.as_flattened(),
    );
    let (value, slopes, rows) = rosenbrock::value_gradient_hessian(x, y);
    assert_eq!(value, rosenbrock(x, y));
    assert_close(&slopes, &gradient);
    assert_close(rows.as_flattened(), hessian.as_flattened());
    let (value, slope) = rosenbrock::jvp([x, y], [2.0, -1.0]);
    assert_eq!(value, rosenbrock(x, y));
    assert_close(&[slope], &[2.0 * gradient[0] - gradient[1]]);
    let product = [
        2.0 * hessian[0][0] - hessian[0][1],
        2.0 * hessian[1][0] - hessian[1][1],
    ];
    assert_close(&rosenbrock::hvp([x, y], [2.0, -1.0]), &product);
}

#[test]
fn a_function_is_the_closure_of_the_same_body() {
    let closure =
        |[x, y]: [chainrule::Jet<f64, 2>; 2]| (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2);
    for (x, y) in [(1.2, 0.7), (-3.0, 4.5), (0.0, 0.0)] {
        assert_eq!(
            rosenbrock::value_gradient_hessian(x, y),
            chainrule::value_gradient_hessian(closure, [x, y])
        );
    }
}

#[differentiate]
fn damped(x: f64, n: i32) -> f64 {
    (-x).exp() * x.powi(n)
}

#[test]
fn one_scalar_has_single_numbers() {
    let x = 1.5_f64;
    let decay = (-x).exp();
    let (value, first, second) = (
        decay * x.powi(3),
        decay * (3.0 * x * x - x.powi(3)),
        decay * (6.0 * x - 6.0 * x * x + x.powi(3)),
    );
    assert_eq!(damped(x, 3), value);
    assert_close(
        &[damped::derivative(x, 3), damped::gradient(x, 3)],
        &[first, first],
    );
    assert_close(
        &[damped::second_derivative(x, 3), damped::hessian(x, 3)],
        &[second, second],
    );
    let ((a, b), (c, d)) = (
        damped::value_and_derivative(x, 3),
        damped::value_and_gradient(x, 3),
    );
    assert_close(&[a, b, c, d], &[value, first, value, first]);
    let (a, b, c) = damped::value_and_derivatives(x, 3);
    assert_close(&[a, b, c], &[value, first, second]);
    let (a, b, c) = damped::value_gradient_hessian(x, 3);
    assert_close(&[a, b, c], &[value, first, second]);
    let (a, b) = damped::jvp(x, 2.0, 3);
    assert_close(
        &[a, b, damped::hvp(x, 2.0, 3)],
        &[value, 2.0 * first, 2.0 * second],
    );
}

#[differentiate]
fn by_reference(x: &f64, k: &[f64; 2]) -> f64 {
    x * k[0] * k[1]
}

#[test]
fn references_are_inputs_like_values() {
    assert_eq!(
        by_reference::gradient(&2.0, &[3.0, 5.0]),
        (15.0, [10.0, 6.0])
    );
    assert_eq!(
        by_reference::jvp((2.0, [3.0, 5.0]), (1.0, [1.0, 0.0])),
        (30.0, 25.0)
    );
    assert_eq!(
        by_reference::hessian(&2.0, &[3.0, 5.0]),
        [[0.0, 5.0, 3.0], [5.0, 0.0, 2.0], [3.0, 2.0, 0.0]]
    );

    #[differentiate]
    fn cube(x: &f64) -> f64 {
        x * x * x
    }
    assert_eq!(cube::value_and_derivatives(&2.0), (8.0, 12.0, 12.0));
    assert_eq!(cube::gradient(&2.0), 12.0);
}

const SIZE: usize = 3;

#[differentiate]
fn norm(xs: [f64; SIZE]) -> f64 {
    let mut sum = 0.0;
    for x in xs {
        sum += x * x;
    }
    sum.sqrt()
}

#[test]
fn one_array_has_an_array_as_gradient() {
    assert_close(
        &norm::gradient([2.0, 3.0, 6.0]),
        &[2.0 / 7.0, 3.0 / 7.0, 6.0 / 7.0],
    );
    let (value, slope) = norm::jvp([2.0, 3.0, 6.0], [7.0, 0.0, 7.0]);
    assert_close(&[value, slope], &[7.0, 8.0]);
    let [row, ..] = norm::hessian([2.0, 3.0, 6.0]);
    assert_close(&row, &[45.0 / 343.0, -6.0 / 343.0, -12.0 / 343.0]);
    assert_close(
        &norm::hvp([2.0, 3.0, 6.0], [343.0, 0.0, 0.0]),
        &[45.0, -6.0, -12.0],
    );
}

#[differentiate]
fn quadratic_form(m: [[f64; 2]; 3], u: &[f64; 3], v: [f64; 2], scale: f64) -> f64 {
    let mut sum = 0.0;
    for i in 0..3 {
        for j in 0..2 {
            sum += u[i] * m[i][j] * v[j];
        }
    }
    scale * sum
}

#[test]
fn a_mixture_has_a_tuple_as_gradient() {
    let (m, u, v) = (
        [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]],
        [1.0, -1.0, 2.0],
        [3.0, 0.5],
    );
    let (dm, du, dv, ds) = quadratic_form::gradient(m, &u, v, 2.0);
    assert_eq!(dm, u.map(|u| v.map(|v| 2.0 * u * v)));
    assert_eq!(du, m.map(|row| 2.0 * (row[0] * v[0] + row[1] * v[1])));
    assert_eq!(dv, [2.0 * (1.0 - 3.0 + 10.0), 2.0 * (2.0 - 4.0 + 12.0)]);
    assert_eq!(2.0 * ds, quadratic_form(m, &u, v, 2.0));
    let zeros = ([[0.0; 2]; 3], [0.0; 3], [0.0; 2], 1.0);
    assert_eq!(quadratic_form::jvp((m, u, v, 2.0), zeros).1, ds);
    let (hm, ..) = quadratic_form::hvp((m, u, v, 2.0), zeros);
    assert_eq!(hm, dm.map(|row| row.map(|slope| slope / 2.0)));
    assert_eq!(
        quadratic_form::hessian(m, &u, v, 2.0)[11][..6],
        hm.as_flattened()[..]
    );
}

#[differentiate]
fn coupled(xs: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 1..xs.len() {
        sum += xs[i - 1] * xs[i].sin();
    }
    sum
}

fn coupled_gradient(xs: &[f64]) -> Vec<f64> {
    let n = xs.len();
    let left = |i: usize| if i > 0 { xs[i - 1] * xs[i].cos() } else { 0.0 };
    let right = |i: usize| if i + 1 < n { xs[i + 1].sin() } else { 0.0 };
    (0..n).map(|i| left(i) + right(i)).collect()
}

#[test]
fn slices_of_any_length_have_a_vec_as_gradient() {
    for n in [0, 1, 2, 7, 8, 9, 17, 64] {
        let xs: Vec<f64> = (0..n).map(|i| 0.3 + i as f64).collect();
        let expected = coupled_gradient(&xs);
        assert_close(&coupled::gradient(&xs), &expected);
        let (value, gradient) = coupled::value_and_gradient(&xs);
        assert_eq!(value, coupled(&xs));
        assert_close(&gradient, &expected);
        let (value, gradient, hessian) = coupled::value_gradient_hessian(&xs);
        assert_eq!(value, coupled(&xs));
        assert_close(&gradient, &expected);
        assert_eq!(hessian, coupled::hessian(&xs));
        assert_eq!(hessian.len(), n);
        for (i, row) in hessian.iter().enumerate() {
            assert_eq!(row.len(), n);
            for (j, entry) in row.iter().enumerate() {
                let expected = match i.abs_diff(j) {
                    0 if i > 0 => -xs[i - 1] * xs[i].sin(),
                    1 => xs[i.max(j)].cos(),
                    _ => 0.0,
                };
                assert_close(&[*entry], &[expected]);
            }
        }
        let ones = vec![1.0; n];
        let (value, slope) = coupled::jvp(&xs, &ones);
        assert_eq!(value, coupled(&xs));
        assert_close(&[slope], &[expected.iter().sum()]);
        let sums: Vec<f64> = hessian.iter().map(|row| row.iter().sum()).collect();
        assert_close(&coupled::hvp(&xs, &ones), &sums);
    }
}

#[test]
fn into_forms_write_to_the_callers_memory() {
    let xs = [0.5, 1.5, -2.0];
    let mut workspace = Workspace::new();
    let (mut gradient, mut hessian) = ([0.0; 3], [0.0; 9]);
    assert_eq!(coupled::gradient_into(&xs, &mut gradient), coupled(&xs));
    assert_eq!(gradient[..], coupled::gradient(&xs));
    gradient.fill(0.0);
    assert_eq!(
        coupled::gradient_into_with(&xs, &mut gradient, &mut workspace),
        coupled(&xs)
    );
    assert_eq!(gradient[..], coupled::gradient(&xs));
    assert_eq!(
        coupled::hessian_into_with(&xs, &mut gradient, &mut hessian, &mut workspace),
        coupled(&xs)
    );
    assert_eq!(hessian[..], coupled::hessian(&xs).concat());
    hessian.fill(0.0);
    coupled::hessian_into(&xs, &mut gradient, &mut hessian);
    assert_eq!(hessian[..], coupled::hessian(&xs).concat());
    let (direction, mut slope, mut product) = ([1.0, 2.0, 3.0], 0.0, [0.0; 3]);
    let value = coupled::jvp_into(&xs, &direction, &mut slope);
    assert_eq!((value, slope), coupled::jvp(&xs, &direction));
    let value = coupled::jvp_into_with(&xs, &direction, &mut slope, &mut workspace);
    assert_eq!((value, slope), coupled::jvp(&xs, &direction));
    coupled::hvp_into(&xs, &direction, &mut product);
    assert_eq!(product[..], coupled::hvp(&xs, &direction));
    product.fill(0.0);
    coupled::hvp_into_with(&xs, &direction, &mut product, &mut workspace);
    assert_eq!(product[..], coupled::hvp(&xs, &direction));
}

#[test]
#[should_panic(expected = "the gradient has length 2, but there are 3 inputs")]
fn a_wrong_length_is_told_with_both_numbers() {
    coupled::gradient_into(&[1.0, 2.0, 3.0], &mut [0.0; 2]);
}

#[differentiate]
fn model(t: f64, weights: &[f64], bias: [f64; 2], names: Vec<&str>, others: &[f64]) -> f64 {
    let mut sum = bias[0] * bias[1];
    for (w, o) in weights.iter().zip(others) {
        sum += w * o * t;
    }
    sum * names.len() as f64
}

#[test]
fn slices_mix_with_everything_else() {
    let names = || vec!["one", "two"];
    let (weights, others) = ([1.0, 2.0, 3.0], [4.0, 5.0]);
    let (dt, dw, db, dothers) = model::gradient(0.5, &weights, [6.0, 7.0], names(), &others);
    assert_eq!((dt, db), (28.0, [14.0, 12.0]));
    assert_eq!((dw, dothers), (vec![4.0, 5.0, 0.0], vec![1.0, 2.0]));
    assert_eq!(
        model::value_and_gradient(0.5, &weights, [6.0, 7.0], names(), &others).0,
        98.0
    );
    let hessian = model::hessian(0.5, &weights, [6.0, 7.0], names(), &others);
    assert_eq!(hessian.len(), 8);
    assert_eq!(hessian[0], [0.0, 8.0, 10.0, 0.0, 0.0, 0.0, 2.0, 4.0]);
    let direction = (1.0, &[0.0; 3][..], [0.0; 2], &[0.0; 2][..]);
    let point = (0.5, &weights[..], [6.0, 7.0], &others[..]);
    assert_eq!(model::jvp(point, direction, names()), (98.0, 28.0));
    let (ht, hw, ..) = model::hvp(point, direction, names());
    assert_eq!((ht, hw), (0.0, vec![8.0, 10.0, 0.0]));
    let mut flat = [0.0; 8];
    model::gradient_into(0.5, &weights, [6.0, 7.0], names(), &others, &mut flat);
    assert_eq!(flat, [28.0, 4.0, 5.0, 0.0, 14.0, 12.0, 1.0, 2.0]);
}

#[test]
#[should_panic(expected = "the direction of `weights` has length 2, but it has length 3")]
fn directions_are_compared_slice_by_slice() {
    let point = (0.5, &[1.0, 2.0, 3.0][..], [6.0, 7.0], &[4.0, 5.0][..]);
    let direction = (1.0, &[0.0; 2][..], [0.0; 2], &[0.0; 3][..]);
    model::jvp(point, direction, Vec::new());
}

#[differentiate]
fn single(x: f32, ys: [f32; 2]) -> f32 {
    let k = 2.0;
    k * x * ys[0].max(1.5) + 0.5 / ys[1]
}

#[differentiate]
fn single_slice(xs: &[f32], p: f32) -> f32 {
    let mut sum = 0.0;
    for &x in xs {
        sum += x.powf(p);
    }
    sum
}

#[test]
fn single_precision_stays_single() {
    let (dx, dys): (f32, [f32; 2]) = single::gradient(3.0, [2.0, 4.0]);
    assert_eq!((dx, dys), (4.0, [6.0, -0.03125]));
    let (gradient, dp): (Vec<f32>, f32) = single_slice::gradient(&[2.0, 1.0], 2.0);
    assert_eq!(gradient, [4.0, 2.0]);
    assert!((dp - 4.0 * 2.0_f32.ln()).abs() < 1e-6);
}

/// Parameters may have any names, also those of our own outputs.
#[differentiate]
fn crowded(
    gradient: &[f64],
    direction: f64,
    workspace: f64,
    _: i32,
    [point, lift]: [f64; 2],
) -> f64 {
    gradient[0] * direction + workspace * point - lift
}

#[test]
fn no_parameter_name_collides() {
    let mut slopes = [0.0; 5];
    assert_eq!(
        crowded::gradient_into(&[2.0], 3.0, 4.0, 0, [5.0, 6.0], &mut slopes),
        20.0
    );
    assert_eq!(slopes, [3.0, 2.0, 5.0, 4.0, -1.0]);
    let direction = (&[1.0][..], 0.0, 0.0, [0.0; 2]);
    assert_eq!(
        crowded::jvp((&[2.0], 3.0, 4.0, [5.0, 6.0]), direction, 0),
        (20.0, 3.0)
    );
}
