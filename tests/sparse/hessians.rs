use chainrule::sparse::{Pattern, SparseHessian, hessian_pattern};
use chainrule::{Scalar, differentiate, hessian_into};
use proptest::prelude::*;

use crate::dense;

#[differentiate]
fn rosenbrock(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 1..x.len() {
        sum += 100.0 * (x[i] - x[i - 1] * x[i - 1]).powi(2) + (1.0 - x[i - 1]).powi(2);
    }
    sum
}

/// A full first row and column.
#[differentiate]
fn arrow(x: &[f64]) -> f64 {
    let mut sum = x[0].exp();
    for i in 1..x.len() {
        sum += (x[0] * x[i]).sin() + x[i].powi(3);
    }
    sum
}

/// Two diagonals away, and every tenth meets the first.
#[differentiate]
fn mixed(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 2..x.len() {
        sum += x[i] * x[i - 2] * x[i - 2];
        if i % 10 == 0 {
            sum += x[0] * x[i];
        }
    }
    sum
}

macro_rules! check {
    ($f:ident, $n:expr) => {{
        let x: Vec<f64> = (0..$n).map(|i| 0.5 + 0.3 * (i as f64).sin()).collect();
        let sparse = SparseHessian::new(hessian_pattern(|x| $f::lift(x), &x));
        let mut products = 0;
        let entries = sparse.hessian(|v, out| {
            products += 1;
            $f::hvp_into(&x, v, out);
        });
        assert_eq!(products, sparse.colors());
        let (mut slopes, mut rows) = (vec![0.0; $n], vec![0.0; $n * $n]);
        hessian_into(|x| $f::lift(x), &x, &mut slopes, &mut rows);
        for (entry, expected) in dense(sparse.pattern(), &entries).iter().zip(rows) {
            assert!(
                (entry - expected).abs() <= 1e-13 * (1.0 + expected.abs()),
                "{entry}, {expected}"
            );
        }
        sparse.colors()
    }};
}

#[test]
fn the_cost_follows_the_colours_and_not_the_size() {
    assert_eq!(
        [
            check!(rosenbrock, 5),
            check!(rosenbrock, 50),
            check!(rosenbrock, 120)
        ],
        [3; 3]
    );
    assert_eq!(
        [check!(arrow, 5), check!(arrow, 50), check!(arrow, 120)],
        [2; 3]
    );
    assert!(check!(mixed, 50) <= 6 && check!(mixed, 120) <= 6);
}

#[test]
fn large_problems_are_evaluated_in_a_few_products() {
    let x = vec![0.5; 20_000];
    let sparse = SparseHessian::new(hessian_pattern(|x| arrow::lift(x), &x));
    assert_eq!(
        (sparse.colors(), sparse.pattern().len()),
        (2, 3 * 20_000 - 2)
    );
    let entries = sparse.hessian(|v, out| arrow::hvp_into(&x, v, out));
    let (product, at) = (0.25_f64, 0.5_f64);
    let corner = at.exp() - 19_999.0 * at * at * product.sin();
    assert!((entries[0] - corner).abs() < 1e-9 * corner.abs());
    assert!((entries[1] - (product.cos() - at * at * product.sin())).abs() < 1e-15);
}

/// A quadratic form of random couplings, each of its own strength.
fn form<S: Scalar<Primal = f64>>(x: &[S], pairs: &[(usize, usize)]) -> S {
    let mut sum = S::zero();
    for (k, &(i, j)) in pairs.iter().enumerate() {
        sum += x[i] * x[j] * S::from_primal((k + 1) as f64);
    }
    sum
}

proptest! {
    #[test]
    fn random_patterns_are_recovered(pairs in prop::collection::vec((0_usize..14, 0_usize..14), 0..40)) {
        let x = [0.5; 14];
        let sparse = SparseHessian::new(hessian_pattern(|x| form(x, &pairs), &x));
        let (mut slopes, mut rows) = ([0.0; 14], [0.0; 14 * 14]);
        hessian_into(|x| form(x, &pairs), &x, &mut slopes, &mut rows);
        let entries = sparse.hessian(|v: &[f64], out: &mut [f64]| {
            for (i, out) in out.iter_mut().enumerate() {
                *out = (0..14).map(|j| rows[14 * i + j] * v[j]).sum();
            }
        });
        prop_assert_eq!(dense(sparse.pattern(), &entries), rows.to_vec());
    }
}

#[test]
fn in_single_precision() {
    let sparse = SparseHessian::new(Pattern::new(2, [vec![0, 1], vec![0]]));
    let entries = sparse.hessian(|v: &[f32], out: &mut [f32]| {
        out[0] = 2.0 * v[0] + 3.0 * v[1];
        out[1] = 3.0 * v[0];
    });
    assert_eq!(entries, [2.0_f32, 3.0, 3.0]);
}

#[test]
#[should_panic(expected = "the pattern of a Hessian is symmetric, and this one is not")]
fn a_pattern_of_one_half() {
    let _ = SparseHessian::new(Pattern::new(2, [vec![0, 1], vec![1]]));
}
