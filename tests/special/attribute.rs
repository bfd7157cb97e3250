//! The special functions under `#[differentiate]`: as methods, as paths of the float and as functions, compiled and by `lift`.

// The names that the standard library plans for itself are called as methods of floats here.
#![allow(unstable_name_collisions)]

use chainrule::{Special, bessel_jn, beta, differentiate, erf, norm_cdf, polygamma};

#[differentiate(mode = adjoint)]
fn by_methods(x: f64, y: f64) -> f64 {
    let order = 2;
    (x * y).erf() + x.ln_gamma() * y.bessel_j0() - x.beta(y).ln()
        + y.bessel_jn(order) * x.polygamma(1)
        - x.bessel_in(3).recip()
        + y.spherical_jn(2) * x.bessel_yn(1)
}

#[differentiate(mode = adjoint)]
fn by_paths(x: f64, y: f64) -> f64 {
    let order = 2;
    f64::erf(x * y) + f64::ln_gamma(x) * f64::bessel_j0(y) - f64::beta(x, y).ln()
        + f64::bessel_jn(y, order) * f64::polygamma(x, 1)
        - f64::bessel_in(x, 3).recip()
        + f64::spherical_jn(y, 2) * f64::bessel_yn(x, 1)
}

#[differentiate(mode = adjoint)]
fn by_functions(x: f64, y: f64) -> f64 {
    let order = 2;
    erf(x * y) + chainrule::ln_gamma(x) * chainrule::bessel_j0(y) - f64::ln(beta(x, y))
        + bessel_jn(order, y) * polygamma(1, x)
        - f64::recip(chainrule::bessel_in(3, x))
        + chainrule::spherical_jn(2, y) * chainrule::bessel_yn(1, x)
}

/// The same over any number.
fn by_numbers<S: chainrule::Scalar>([x, y]: [S; 2]) -> S {
    (x * y).erf() + x.ln_gamma() * y.bessel_j0() - x.beta(y).ln() + y.bessel_jn(2) * x.polygamma(1)
        - x.bessel_in(3).recip()
        + y.spherical_jn(2) * x.bessel_yn(1)
}

fn assert_close(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() <= tolerance * b.abs().max(1.0), "{a} and {b}");
}

const POINTS: [(f64, f64); 4] = [(0.7, 1.9), (2.5, 0.3), (6.25, 11.0), (0.04, 3.0)];

#[test]
fn all_ways_of_writing_are_the_same() {
    for (x, y) in POINTS {
        let value = by_methods(x, y);
        assert_eq!(by_numbers([x, y]), value);
        assert_eq!(by_paths(x, y), value);
        assert_eq!(by_functions(x, y), value);
        let wanted = chainrule::gradient(by_numbers, [x, y]);
        for (got, gradient) in [
            by_methods::value_and_gradient(x, y),
            by_paths::value_and_gradient(x, y),
            by_functions::value_and_gradient(x, y),
        ] {
            assert_eq!(got, value);
            for (slope, wanted) in gradient.into_iter().zip(wanted) {
                assert_close(slope, wanted, 1e-15);
            }
        }
        let wanted = chainrule::hessian(by_numbers, [x, y]);
        for hessian in [
            by_methods::hessian(x, y),
            by_paths::hessian(x, y),
            by_functions::hessian(x, y),
        ] {
            for (row, wanted) in hessian.iter().flatten().zip(wanted.iter().flatten()) {
                assert_close(*row, *wanted, 1e-13);
            }
        }
    }
}

/// A single function keeps the accuracy of its row: these are what the table of references says, to the last bit but one.
#[test]
fn tails_keep_their_digits() {
    #[differentiate]
    fn tail(x: f64) -> f64 {
        norm_cdf(x)
    }
    assert_eq!(
        tail::value_and_derivative(-20.0),
        (2.7536241186062337e-89, 5.520948362159764e-88)
    );
    assert_eq!(tail::second_derivative(-20.0), 20.0 * 5.520948362159764e-88);
}

#[test]
fn single_precision_has_them_too() {
    #[differentiate]
    fn single(x: f32) -> f32 {
        x.gamma() + erf(x) * 2.0 + bessel_jn(3, x)
    }
    let wanted = chainrule::derivative(
        |x: chainrule::Dual<f64>| x.gamma() + erf(x) * 2.0 + bessel_jn(3, x),
        1.5,
    );
    assert!((f64::from(single::derivative(1.5)) - wanted).abs() < 1e-7);
}

#[test]
fn names_go_where_closures_go() {
    #[differentiate]
    fn sum(x: [f64; 3]) -> f64 {
        x.iter().copied().map(f64::digamma).sum::<f64>()
            + x.iter().copied().map(norm_cdf).sum::<f64>()
    }
    let slopes = sum::gradient([0.5, 1.5, 2.5]);
    for (slope, x) in slopes.into_iter().zip([0.5_f64, 1.5, 2.5]) {
        assert_close(slope, x.trigamma() + x.norm_pdf(), 1e-15);
    }
}

/// A likelihood as people write it.
#[test]
fn a_probit_likelihood_is_compiled() {
    #[differentiate(wrt(weights), mode = adjoint)]
    fn probit(weights: &[f64], rows: &[[f64; 2]], signs: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..rows.len() {
            let score = weights[0] * rows[i][0] + weights[1] * rows[i][1];
            sum -= (signs[i] * score).norm_cdf().ln();
        }
        sum
    }
    let rows = [[1.0, 0.5], [1.0, -1.5], [1.0, 2.25], [1.0, -20.0]];
    let signs = [1.0, -1.0, 1.0, 1.0];
    let weights = [0.3, 0.8];
    let slopes = probit::gradient(&weights, &rows, &signs);
    for (k, slope) in slopes.into_iter().enumerate() {
        let terms = rows.iter().zip(signs).map(|(row, sign)| {
            let score = sign * (weights[0] * row[0] + weights[1] * row[1]);
            -sign * row[k] * score.norm_pdf() / score.norm_cdf()
        });
        assert_close(slope, terms.sum(), 1e-14);
    }
}
