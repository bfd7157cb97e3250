//! Functions with several outputs, and with outputs that may be missing, against closed formulas.

use chainrule::differentiate;

use crate::assert_close;

#[differentiate]
fn polar(r: f64, a: f64) -> [f64; 2] {
    [r * a.cos(), r * a.sin()]
}

#[test]
fn an_array_of_outputs_has_a_jacobian() {
    let (r, a) = (2.0_f64, 0.7_f64);
    let rows = [[a.cos(), -r * a.sin()], [a.sin(), r * a.cos()]];
    let jacobian: [[f64; 2]; 2] = polar::jacobian(r, a);
    assert_close(jacobian.as_flattened(), rows.as_flattened());
    let (value, jacobian) = polar::value_and_jacobian(r, a);
    assert_eq!(value, polar(r, a));
    assert_close(jacobian.as_flattened(), rows.as_flattened());
    let (value, slopes) = polar::jvp([r, a], [1.0, 2.0]);
    assert_eq!(value, polar(r, a));
    assert_close(&slopes, &rows.map(|[dr, da]| dr + 2.0 * da));
}

#[differentiate]
fn spiral(t: f64) -> (f64, [f64; 2]) {
    (t * t, [t.cos(), t.sin()])
}

#[test]
fn one_input_has_derivatives_in_the_shape_of_the_outputs() {
    let t = 1.5_f64;
    assert_eq!(spiral::derivative(t), (2.0 * t, [-t.sin(), t.cos()]));
    assert_eq!(
        spiral::value_and_derivative(t),
        (spiral(t), spiral::derivative(t))
    );
    let jacobian: [[f64; 1]; 3] = spiral::jacobian(t);
    assert_eq!(jacobian, [[2.0 * t], [-t.sin()], [t.cos()]]);
    assert_eq!(
        spiral::jvp(t, 2.0).1,
        (4.0 * t, [-2.0 * t.sin(), 2.0 * t.cos()])
    );
}

#[differentiate]
fn residuals(x: &[f64], out: &mut [f64]) {
    for i in 0..out.len() {
        out[i] = x[i] * x[i + 1];
    }
}

#[test]
fn out_parameters_are_outputs() {
    for n in [1, 2, 9, 20] {
        let x: Vec<f64> = (0..n).map(|i| 0.5 + i as f64).collect();
        let (mut plain, mut out) = (vec![0.0; n - 1], vec![0.0; n - 1]);
        residuals(&x, &mut plain);
        let rows: Vec<Vec<f64>> = residuals::jacobian(&x, &mut out);
        assert_eq!(out, plain);
        assert_eq!(rows.len(), n - 1);
        for (i, row) in rows.iter().enumerate() {
            let expected: Vec<f64> = (0..n)
                .map(|j| {
                    if j == i {
                        x[i + 1]
                    } else if j == i + 1 {
                        x[i]
                    } else {
                        0.0
                    }
                })
                .collect();
            assert_eq!(*row, expected);
        }
        assert_eq!(
            residuals::value_and_jacobian(&x, &mut out),
            (plain.clone(), rows)
        );
        let (value, slopes) = residuals::jvp(&x, &vec![1.0; n], &mut out);
        assert_eq!(value, plain);
        assert_eq!(
            slopes,
            x.windows(2)
                .map(|pair| pair[0] + pair[1])
                .collect::<Vec<_>>()
        );
    }
}

#[differentiate]
fn sincos(x: f64, sine: &mut f64, both: &mut [f64; 2]) -> f64 {
    *sine = x.sin();
    both[0] = *sine;
    both[1] = 1.0;
    x.cos()
}

#[test]
fn results_and_out_parameters_stand_together() {
    let (x, mut sine, mut both) = (0.3_f64, 0.0, [0.0; 2]);
    let rows: [[f64; 1]; 4] = sincos::jacobian(x, &mut sine, &mut both);
    assert_eq!(rows, [[-x.sin()], [x.cos()], [x.cos()], [0.0]]);
    assert_eq!((sine, both), (x.sin(), [x.sin(), 1.0]));
    assert_eq!(
        sincos::derivative(x, &mut sine, &mut both),
        (-x.sin(), x.cos(), [x.cos(), 0.0])
    );
}

#[differentiate(wrt(state, dt))]
fn step(state: &mut [f64], dt: f64) {
    for i in 0..state.len() {
        state[i] += dt * state[i];
    }
}

#[test]
fn parameters_may_be_input_and_output() {
    let mut state = [1.0, 2.0];
    let rows = step::jacobian(&mut state, 0.5);
    assert_eq!(state, [1.5, 3.0]);
    assert_eq!(rows, [[1.5, 0.0, 1.0], [0.0, 1.5, 2.0]]);
    let (value, slopes) = step::jvp((&[1.0, 2.0], 0.5), (&[0.0, 0.0], 1.0));
    assert_eq!((value, slopes), (vec![1.5, 3.0], vec![1.0, 2.0]));
}

#[differentiate]
fn root(x: f64, y: f64) -> Option<f64> {
    if x < 0.0 {
        return None;
    }
    Some(x.sqrt() * y)
}

#[test]
fn a_missing_value_has_missing_derivatives() {
    assert_eq!(root::gradient(4.0, 3.0), Some([0.75, 2.0]));
    assert_eq!(root::value_and_gradient(4.0, 3.0), Some((6.0, [0.75, 2.0])));
    assert_eq!(
        root::hessian(4.0, 3.0),
        Some([[-3.0 / 32.0, 0.25], [0.25, 0.0]])
    );
    assert_eq!(root::jvp([4.0, 3.0], [0.0, 1.0]), Some((6.0, 2.0)));
    assert_eq!(root::hvp([4.0, 3.0], [0.0, 1.0]), Some([0.25, 0.0]));
    assert_eq!(root::gradient(-1.0, 3.0), None);
    assert_eq!(root::value_gradient_hessian(-1.0, 3.0), None);
    assert_eq!(root::hvp([-1.0, 3.0], [0.0, 1.0]), None);
}

#[differentiate]
fn logarithm(x: f64) -> Result<f64, String> {
    if x > 0.0 {
        Ok(x.ln())
    } else {
        Err(format!("no logarithm of {x}"))
    }
}

#[differentiate]
fn mean(xs: &[f64]) -> Result<f64, &'static str> {
    if xs.is_empty() {
        return Err("empty");
    }
    let mut sum = 0.0;
    for x in xs {
        sum += x * x;
    }
    Ok(sum / xs.len() as f64)
}

#[test]
fn an_error_comes_instead_of_derivatives() {
    assert_eq!(logarithm::derivative(2.0), Ok(0.5));
    assert_eq!(
        logarithm::value_and_derivatives(2.0),
        Ok((2.0_f64.ln(), 0.5, -0.25))
    );
    assert_eq!(
        logarithm::gradient(-1.0),
        Err("no logarithm of -1".to_string())
    );
    assert_eq!(logarithm::hessian(2.0), Ok(-0.25));
    assert_eq!(mean::gradient(&[1.0, 2.0]), Ok(vec![1.0, 2.0]));
    assert_eq!(
        mean::hessian(&[1.0, 2.0]),
        Ok(vec![vec![1.0, 0.0], vec![0.0, 1.0]])
    );
    assert_eq!(mean::gradient(&[]), Err("empty"));
    assert_eq!(mean::hessian(&[]), Err("empty"));
    assert_eq!(mean::jvp(&[1.0, 2.0], &[1.0, 1.0]), Ok((2.5, 3.0)));
    assert_eq!(mean::hvp(&[1.0, 2.0], &[1.0, 2.0]), Ok(vec![1.0, 2.0]));
}

#[differentiate]
fn powers(x: f64, n: usize) -> Vec<f64> {
    let mut all = Vec::new();
    let mut power = 1.0;
    for _ in 0..n {
        power *= x;
        all.push(power);
    }
    all
}

#[differentiate]
fn scaled(xs: Vec<f64>, scale: f64) -> Vec<f64> {
    let mut all = xs;
    for i in 0..all.len() {
        all[i] *= scale;
    }
    all
}

#[test]
fn a_vec_of_outputs_has_a_vec_of_rows() {
    let rows: Vec<Vec<f64>> = powers::jacobian(2.0, 3);
    assert_eq!(rows, [[1.0], [4.0], [12.0]]);
    assert_eq!(powers::jacobian(2.0, 0), Vec::<Vec<f64>>::new());
    assert_eq!(powers::derivative(2.0, 3), [1.0, 4.0, 12.0]);
    let rows = scaled::jacobian(vec![1.0, 2.0], 3.0);
    assert_eq!(rows, [[3.0, 0.0, 1.0], [0.0, 3.0, 2.0]]);
}

#[differentiate]
fn in_single(x: f32, y: f32) -> (f32, usize, f32) {
    (x * y, 7, x / y)
}

#[test]
fn single_precision_stays_single() {
    let (value, rows): (_, [[f32; 2]; 2]) = in_single::value_and_jacobian(3.0, 2.0);
    assert_eq!(value, (6.0, 7, 1.5));
    assert_eq!(rows, [[2.0, 3.0], [0.5, -0.75]]);
}

#[differentiate]
fn rate(x: &[f64], p: f64, t: i32, y: &mut [f64]) {
    for i in 1..x.len() {
        y[i] = p * x[i] * x[i - 1] + t as f64;
    }
}

#[test]
fn into_forms_write_to_the_callers_memory() {
    let x = [1.0, 2.0, 3.0];
    let mut workspace = chainrule::Workspace::new();
    // The first output is not written.
    let (mut y, mut jacobian) = ([7.0, 0.0, 0.0], [0.0; 12]);
    let rows = [[0.0; 4], [1.0, 0.5, 0.0, 2.0], [0.0, 1.5, 1.0, 6.0]];
    rate::jacobian_into(&x, 0.5, 4, &mut y, &mut jacobian);
    assert_eq!(y, [7.0, 5.0, 7.0]);
    assert_eq!(jacobian, rows.as_flattened());
    jacobian.fill(0.0);
    rate::jacobian_into_with(&x, 0.5, 4, &mut y, &mut jacobian, &mut workspace);
    assert_eq!(jacobian, rows.as_flattened());
    assert_eq!(rate::jacobian(&x, 0.5, 4, &mut y), rows);

    let (direction, mut slopes) = ([1.0, 0.0, 2.0, 3.0], [9.0; 3]);
    rate::jvp_into(&x, 0.5, 4, &direction, &mut slopes);
    assert_eq!(slopes, [0.0, 7.0, 20.0]);
    slopes.fill(9.0);
    rate::jvp_into_with(&x, 0.5, 4, &direction, &mut slopes, &mut workspace);
    assert_eq!(slopes, [0.0, 7.0, 20.0]);
}

#[test]
#[should_panic(expected = "the Jacobian has length 5, but 2 outputs of 3 inputs need 6")]
fn a_jacobian_of_the_wrong_length_is_told_with_all_numbers() {
    residuals::jacobian_into(&[1.0, 2.0, 3.0], &mut [0.0; 2], &mut [0.0; 5]);
}

#[test]
#[should_panic(expected = "the direction of `x` has length 2, but it has length 3")]
fn a_direction_of_the_wrong_length_is_told_with_both_numbers() {
    residuals::jvp(&[1.0, 2.0, 3.0], &[1.0, 2.0], &mut [0.0; 2]);
}
