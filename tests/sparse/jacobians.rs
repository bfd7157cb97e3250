use chainrule::sparse::{Pattern, SparseJacobian, jacobian_pattern};
use chainrule::{Dual, Scalar, differentiate, jacobian_into};
use proptest::prelude::*;

use crate::dense;

/// Broyden's tridiagonal function (Moré, Garbow and Hillstrom, problem 30).
#[differentiate]
fn tridiagonal(x: &[f64], out: &mut [f64]) {
    let n = x.len();
    for i in 0..n {
        let mut sum = (3.0 - 2.0 * x[i]) * x[i] + 1.0;
        if i > 0 {
            sum -= x[i - 1];
        }
        if i + 1 < n {
            sum -= 2.0 * x[i + 1];
        }
        out[i] = sum;
    }
}

#[test]
fn a_band_costs_its_width_and_gives_the_dense_entries() {
    for n in [1, 2, 3, 17, 200] {
        let x: Vec<f64> = (0..n).map(|i| (i as f64).sin()).collect();
        let sparse =
            SparseJacobian::new(jacobian_pattern(|x, out| tridiagonal::lift(x, out), &x, n));
        assert_eq!(sparse.colors(), n.min(3));
        let (mut runs, mut value) = (0, vec![0.0; n]);
        let entries = sparse.jacobian(
            |x, out| {
                runs += 1;
                tridiagonal::lift(x, out);
            },
            &x,
            &mut value,
        );
        assert_eq!(runs, 1);
        let (mut same, mut rows) = (vec![0.0; n], vec![0.0; n * n]);
        tridiagonal::jacobian_into(&x, &mut same, &mut rows);
        assert_eq!((&value, dense(sparse.pattern(), &entries)), (&same, rows));
        let by_products = sparse.by_products(|v, out| tridiagonal::jvp_into(&x, v, out));
        assert_eq!(by_products, entries);
    }
}

/// Every output of the three that follow it, and of the last input: more colours than one pass carries, too.
fn wide<S: Scalar>(x: &[S], out: &mut [S], width: usize) {
    for i in 0..out.len() {
        let near = (i..(i + width).min(x.len())).map(|j| x[j].sin());
        out[i] = near.fold(x[x.len() - 1] * x[i], |sum, next| sum + next);
    }
}

#[test]
fn full_columns_and_many_colours() {
    for (n, width) in [(12, 3), (40, 9), (40, 40)] {
        let x: Vec<f64> = (0..n).map(|i| 0.1 * i as f64).collect();
        let pattern = jacobian_pattern(|x, out| wide(x, out, width), &x, n - 1);
        let sparse = SparseJacobian::new(pattern);
        assert!(sparse.colors() >= width.min(n) && sparse.colors() <= width + 1);
        let (mut value, mut same, mut rows) =
            (vec![0.0; n - 1], vec![0.0; n - 1], vec![0.0; n * (n - 1)]);
        let entries = sparse.jacobian(|x, out| wide(x, out, width), &x, &mut value);
        jacobian_into(|x, out| wide(x, out, width), &x, &mut same, &mut rows);
        assert_eq!((value, dense(sparse.pattern(), &entries)), (same, rows));
    }
}

#[test]
fn over_f32_and_over_numbers() {
    let sparse = SparseJacobian::new(Pattern::new(2, [vec![0], vec![0, 1]]));
    let mut value = [0.0_f32; 2];
    let entries = sparse.jacobian(
        |x, out| {
            out[0] = x[0] * x[0];
            out[1] = x[0] * x[1];
        },
        &[3.0_f32, 4.0],
        &mut value,
    );
    assert_eq!((value, entries), ([9.0, 12.0], vec![6.0, 4.0, 3.0]));

    // The derivative of each entry by a parameter p, on which the point (p, 2p) depends.
    let point = [Dual::variable(3.0), Dual::variable(3.0) * 2.0];
    let mut value = [Dual::constant(0.0); 2];
    let entries = sparse.jacobian(
        |x, out| {
            out[0] = x[0] * x[0];
            out[1] = x[0] * x[1];
        },
        &point,
        &mut value,
    );
    let slopes: Vec<f64> = entries.iter().map(|entry| entry.derivative()).collect();
    assert_eq!(slopes, [2.0, 2.0, 1.0]);
}

proptest! {
    /// Random patterns: the entries of a linear function are its coefficients.
    #[test]
    fn random_patterns_are_recovered(
        rows in prop::collection::vec(prop::collection::vec(0_usize..15, 0..6), 1..20)
    ) {
        let pattern = Pattern::new(15, rows);
        let coefficient = |row: usize, column: usize| (1 + row * 15 + column) as f64;
        let expected: Vec<f64> = pattern.iter().map(|(row, column)| coefficient(row, column)).collect();
        let sparse = SparseJacobian::new(pattern.clone());
        let product = |v: &[f64], out: &mut [f64]| {
            out.fill(0.0);
            for (row, column) in pattern.iter() {
                out[row] += coefficient(row, column) * v[column];
            }
        };
        prop_assert_eq!(sparse.by_products(product), expected);
        let widest = (0..pattern.rows()).map(|row| pattern.row(row).len()).max();
        prop_assert!(sparse.colors() >= widest.unwrap_or(0));
    }
}

#[test]
#[should_panic(expected = "the point has length 3, but the pattern has 2 columns")]
fn a_point_of_another_length() {
    let sparse = SparseJacobian::new(Pattern::new(2, [vec![0]]));
    sparse.jacobian(|_, _| {}, &[1.0; 3], &mut [0.0]);
}

#[test]
#[should_panic(expected = "the value has length 2, but the pattern has 1 rows")]
fn a_value_of_another_length() {
    let sparse = SparseJacobian::new(Pattern::new(2, [vec![0]]));
    sparse.jacobian(|_, _| {}, &[1.0; 2], &mut [0.0; 2]);
}
