//! Residuals written to `out: &mut [f64]`. The Jacobian is the one written by hand.

use chainrule::differentiate;

use crate::problem::Rows;
use crate::residuals::*;
use crate::{
    four_variables::*, more_variables::*, three_variables::*, variable_coupled::*,
    variable_linear::*, variable_separable::*,
};

// 10.
#[differentiate]
fn meyer_residuals(x: &[f64; 3], out: &mut [f64; 16]) {
    for i in 0..16 {
        let t = 50.0 + 5.0 * i as f64;
        out[i] = x[0] * (x[1] / (t + x[2])).exp() - MEYER[i];
    }
}

// 15.
#[differentiate]
fn kowalik_osborne_residuals(x: &[f64], out: &mut [f64]) {
    for (i, r) in out.iter_mut().enumerate() {
        let u = DOSES[i];
        *r = RATES[i] - x[0] * (u * u + u * x[1]) / (u * u + u * x[2] + x[3]);
    }
}

// 20.
#[differentiate]
fn watson_residuals(x: &[f64], out: &mut [f64]) {
    for i in 0..29 {
        let t = (i + 1) as f64 / 29.0;
        let (mut slope, mut series, mut power) = (0.0, x[0], 1.0);
        for j in 1..x.len() {
            slope += j as f64 * x[j] * power;
            power *= t;
            series += x[j] * power;
        }
        out[i] = slope - series * series - 1.0;
    }
    out[29] = x[0];
    out[30] = x[1] - x[0].powi(2) - 1.0;
}

// 21.
#[differentiate]
fn extended_rosenbrock_residuals(x: &[f64], out: &mut [f64]) {
    for (pair, f) in x.chunks(2).zip(out.chunks_mut(2)) {
        f[0] = 10.0 * (pair[1] - pair[0] * pair[0]);
        f[1] = 1.0 - pair[0];
    }
}

// 26. The outputs are written twice, and read in between.
#[differentiate]
fn trigonometric_residuals(x: &[f64], out: &mut [f64]) {
    let n = x.len();
    let mut total = 0.0;
    for i in 0..n {
        out[i] = x[i].cos();
        total += out[i];
    }
    for i in 0..n {
        out[i] = n as f64 - total + (i + 1) as f64 * (1.0 - out[i]) - x[i].sin();
    }
}

// 28.
#[differentiate]
fn discrete_boundary_value_residuals(x: &[f64], out: &mut [f64]) {
    let n = x.len();
    let h = 1.0 / (n + 1) as f64;
    for k in 0..n {
        let t = h * (k + 1) as f64;
        out[k] = 2.0 * x[k] + 0.5 * h * h * (x[k] + t + 1.0).powi(3);
        if k > 0 {
            out[k] -= x[k - 1];
        }
        if k + 1 < n {
            out[k] -= x[k + 1];
        }
    }
}

// 30.
#[differentiate]
fn broyden_tridiagonal_residuals(x: &[f64], out: &mut [f64]) {
    let n = x.len();
    for i in 0..n {
        let before = if i == 0 { 0.0 } else { x[i - 1] };
        let after = if i == n - 1 { 0.0 } else { x[i + 1] };
        out[i] = (3.0 - 2.0 * x[i]) * x[i] - before - 2.0 * after + 1.0;
    }
}

// 35. The outputs are sums.
#[differentiate]
fn chebyquad_residuals(x: &[f64], out: &mut [f64]) {
    let n = x.len();
    out.fill(0.0);
    for &xj in x {
        let (mut previous, mut current) = (1.0, 2.0 * xj - 1.0);
        let twice = 2.0 * current;
        for f in out.iter_mut() {
            *f += current / n as f64;
            (previous, current) = (current, twice * current - previous);
        }
    }
    for i in (1..n).step_by(2) {
        let degree = (i + 1) as f64;
        out[i] += 1.0 / (degree.powi(2) - 1.0);
    }
}

/// What programs do with such a function: the objective calls it.
#[differentiate]
fn broyden_tridiagonal_by_residuals(x: &[f64]) -> f64 {
    let mut residuals = vec![0.0; x.len()];
    broyden_tridiagonal_residuals(x, &mut residuals);
    let mut sum = 0.0;
    for r in &residuals {
        sum += r * r;
    }
    sum
}

fn written(f: impl Fn(&mut [f64]), rows: &Rows) -> Vec<f64> {
    let mut out = vec![f64::NAN; rows.len()];
    f(&mut out);
    out
}

#[test]
fn outputs_are_those_by_hand() {
    let mut meyer = [0.0; 16];
    meyer_residuals(&[0.02, 4000.0, 250.0], &mut meyer);
    assert_residuals(&meyer, &meyer_rows(&[0.02, 4000.0, 250.0]));
    assert!((broyden_tridiagonal_by_residuals(&TEN) - broyden_tridiagonal(&TEN)).abs() < 1e-12);

    type Residuals = fn(&[f64], &mut [f64]);
    let rest: [(Residuals, fn(&[f64]) -> Rows, &[f64]); 7] = [
        (kowalik_osborne_residuals, kowalik_osborne_rows, &FOUR),
        (watson_residuals, watson_rows, &TEN),
        (
            extended_rosenbrock_residuals,
            extended_rosenbrock_rows,
            &TEN,
        ),
        (trigonometric_residuals, trigonometric_rows, &TEN),
        (
            discrete_boundary_value_residuals,
            discrete_boundary_value_rows,
            &TEN,
        ),
        (
            broyden_tridiagonal_residuals,
            broyden_tridiagonal_rows,
            &TEN,
        ),
        (chebyquad_residuals, chebyquad_rows, &TEN),
    ];
    for (residuals, rows, x) in rest {
        let rows = rows(x);
        assert_residuals(&written(|out| residuals(x, out), &rows), &rows);
    }
}

#[test]
fn jacobians_of_outputs_are_those_by_hand() {
    macro_rules! check {
        ($f:ident, $rows:ident, $x:expr) => {
            let rows = $rows($x);
            // What stands in the outputs before is no input.
            let mut out = vec![99.0; rows.len()];
            let jacobian = $f::jacobian($x, &mut out);
            let plain = written(|out| $f($x, out), &rows);
            assert_jacobian(&out, &plain, &jacobian, &rows);
            let all = $f::value_and_jacobian($x, &mut out);
            assert_eq!(all, (plain.clone(), jacobian.clone()));
            let v: Vec<f64> = (0..$x.len()).map(|i| 1.0 - 0.3 * i as f64).collect();
            let (value, slopes) = $f::jvp($x, &v, &mut out);
            assert_eq!(value, plain);
            for (slope, row) in slopes.iter().zip(&jacobian) {
                let along: f64 = row.iter().zip(&v).map(|(r, v)| r * v).sum();
                let size: f64 = row.iter().zip(&v).map(|(r, v)| (r * v).abs()).sum();
                assert!(
                    (slope - along).abs() <= 1e-13 * size,
                    "{slope} is not {along}"
                );
            }
        };
    }
    check!(kowalik_osborne_residuals, kowalik_osborne_rows, &FOUR);
    check!(watson_residuals, watson_rows, &TEN);
    check!(
        extended_rosenbrock_residuals,
        extended_rosenbrock_rows,
        &TEN
    );
    check!(trigonometric_residuals, trigonometric_rows, &TEN);
    check!(
        discrete_boundary_value_residuals,
        discrete_boundary_value_rows,
        &TEN
    );
    check!(
        broyden_tridiagonal_residuals,
        broyden_tridiagonal_rows,
        &TEN
    );
    check!(chebyquad_residuals, chebyquad_rows, &TEN);
    let x = [0.02, 4000.0, 250.0];
    let (mut out, mut plain) = ([99.0; 16], [0.0; 16]);
    let jacobian = meyer_residuals::jacobian(&x, &mut out);
    meyer_residuals(&x, &mut plain);
    assert_jacobian(&out, &plain, &jacobian, &meyer_rows(&x));
}

#[test]
fn objectives_may_call_their_residuals() {
    let problem = crate::problem::problem!(
        broyden_tridiagonal_by_residuals(&[]),
        broyden_tridiagonal_rows
    );
    problem.check(&TEN);
}
