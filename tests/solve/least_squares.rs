//! Least squares. NIST's data sets are fitted in the package `ecosystem`.

use chainrule::solve::{
    Error, curve_fit, least_squares, least_squares_slice, least_squares_slice_with_jacobian,
};
use chainrule::{Dual, differentiate};

use super::assert_close;

#[differentiate(wrt(b))]
fn parabola(b: [f64; 3], x: f64) -> f64 {
    b[0] + x * (b[1] + x * b[2])
}

#[test]
fn a_linear_model_has_the_deviations_of_the_textbook() {
    // With x = -2..2 the columns of x are 1, x, x²; JᵀJ = [[5, 0, 10], [0, 10, 0], [10, 0, 34]].
    let y = [4.0, 0.0, -1.0, 1.0, 2.0];
    let data: Vec<(f64, f64)> = (-2..=2).map(f64::from).zip(y).collect();
    let fit = curve_fit(parabola::value_and_gradient, &data, [0.0; 3]).unwrap();
    // Jᵀy = [6, -3, 25]: b = ((34·6 - 10·25)/70, -3/10, (5·25 - 10·6)/70).
    let expected = [-46.0 / 70.0, -0.3, 65.0 / 70.0];
    // yᵀy - bᵀJᵀy
    let sum = 22.0 - (expected[0] * 6.0 + expected[1] * -3.0 + expected[2] * 25.0);
    assert_close(fit.residual_sum_of_squares, sum, 1e-13);
    assert_eq!(fit.degrees_of_freedom, 2);
    let inverse = [
        [34.0 / 70.0, 0.0, -10.0 / 70.0],
        [0.0, 0.1, 0.0],
        [-10.0 / 70.0, 0.0, 5.0 / 70.0],
    ];
    for i in 0..3 {
        assert_close(fit.parameters[i], expected[i], 1e-14);
        assert_close(
            fit.standard_deviations[i],
            (sum / 2.0 * inverse[i][i]).sqrt(),
            1e-14,
        );
        for j in 0..3 {
            assert!((fit.covariance[i][j] - sum / 2.0 * inverse[i][j]).abs() < 1e-14);
        }
    }
}

#[test]
fn a_fit_does_not_depend_on_the_units() {
    let model = |b: [f64; 2], x: f64| {
        let e = (-b[1] * x).exp();
        (b[0] * e, [e, -b[0] * x * e])
    };
    let times = [0.0_f64, 1.0, 2.0, 3.0, 4.0];
    let data = times.map(|x| (x, 5.0 * (-0.7 * x).exp() + 0.01 * (3.0 * x).sin()));
    let fit = curve_fit(model, &data, [1.0, 0.1]).unwrap();
    let scaled = data.map(|(x, y)| (x * 1e9, y * 1e-12));
    let scaled = curve_fit(model, &scaled, [1e-12, 1e-10]).unwrap();
    assert_close(scaled.parameters[0], 1e-12 * fit.parameters[0], 1e-13);
    assert_close(scaled.parameters[1], 1e-9 * fit.parameters[1], 1e-13);
    assert_close(
        scaled.standard_deviations[1],
        1e-9 * fit.standard_deviations[1],
        1e-12,
    );
}

#[test]
fn what_the_data_do_not_determine_has_infinite_deviation() {
    // Only the sum of the two parameters is seen.
    let residuals = |[x, y]: [Dual<f64, 2>; 2], r: &mut [Dual<f64, 2>]| {
        for (i, r) in r.iter_mut().enumerate() {
            *r = x + y - i as f64;
        }
    };
    let fit = least_squares(residuals, [0.0, 0.0], 5).unwrap();
    assert_close(fit.parameters[0] + fit.parameters[1], 2.0, 1e-14);
    assert_eq!(fit.standard_deviations, [f64::INFINITY; 2]);

    let exact = least_squares(|[x], r| r[0] = x * x - 2.0, [1.0], 1).unwrap();
    assert_close(exact.parameters[0], 2.0_f64.sqrt(), 1e-15);
    assert_eq!(
        (exact.degrees_of_freedom, exact.covariance),
        (0, [[f64::INFINITY]])
    );
}

#[test]
fn fewer_residuals_than_parameters_are_solved() {
    let fit = least_squares(|[x, y, z], r| r[0] = x * y + z - 6.0, [1.0, 1.0, 1.0], 1).unwrap();
    let [x, y, z] = fit.parameters;
    assert!((x * y + z - 6.0_f64).abs() < 1e-14);
}

#[test]
fn closures_over_slices_and_compiled_jacobians_agree() {
    #[differentiate]
    fn residuals(x: &[f64], r: &mut [f64]) {
        for i in 0..r.len() {
            r[i] = x[0] * (x[1] * i as f64).exp() - (i * i) as f64;
        }
    }
    let start = [1.0, 0.1];
    let compiled = least_squares_slice_with_jacobian(residuals::jacobian_into, &start, 6).unwrap();
    let by_duals = least_squares_slice(residuals::lift, &start, 6).unwrap();
    for i in 0..2 {
        assert_close(compiled.parameters[i], by_duals.parameters[i], 1e-13);
        assert_close(
            compiled.standard_deviations[i],
            by_duals.standard_deviations[i],
            1e-12,
        );
    }
}

#[test]
fn minima_where_the_jacobian_vanishes_are_found() {
    let fit = least_squares(|[x], r| r[0] = x * x + 1.0, [2.0_f64], 1).unwrap();
    assert!(fit.parameters[0].abs() < 1e-7, "{fit:?}");
    assert_close(fit.residual_sum_of_squares, 1.0, 1e-15);
}

#[test]
fn wrong_derivatives_are_an_error() {
    let mistaken = curve_fit(
        |[b]: [f64; 1], x: f64| (b * x, [-x]),
        &[(1.0, 2.0), (2.0, 3.9)],
        [0.5],
    );
    assert!(
        matches!(mistaken, Err(Error::NoDescent { .. })),
        "{mistaken:?}"
    );
}

#[test]
fn single_precision_fits() {
    let data = [(0.0_f32, 1.0), (1.0, 3.0), (2.0, 5.5), (3.0, 7.0)];
    let fit = curve_fit(
        |[a, b]: [f32; 2], x: f32| (a + b * x, [1.0, x]),
        &data,
        [0.0, 0.0],
    );
    let fit = fit.unwrap();
    assert!((fit.parameters[0] - 1.05).abs() < 1e-5 && (fit.parameters[1] - 2.05).abs() < 1e-5);
}
