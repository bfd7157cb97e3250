//! Closures that change what they capture, and the order in which all happens.

use chainrule::differentiate;

use super::tools::*;
use crate::assert_close;

#[test]
fn closures_change_what_they_capture() {
    #[differentiate]
    fn f(x: f64, n: usize) -> f64 {
        let mut power = 1.0;
        let series = sum(
            |_| {
                power *= x;
                power
            },
            n,
        );
        let mut seen = 0.0;
        let mut count = 0;
        let product = visit(
            &mut |t| {
                count += 1;
                seen = seen * 10.0 + t * x;
            },
            x,
            2.0,
        );
        series + power + seen + product * count as f64
    }
    // Σ xᵏ + xⁿ + (x² 100 + 2x 10 + 3x) + 3 · 2x
    let (x, n) = (1.5_f64, 3);
    let (value, first) = f::value_and_derivative(x, n);
    assert_eq!(value.to_bits(), f(x, n).to_bits());
    assert_close(
        &[first],
        &[1.0 + 2.0 * x + 3.0 * x * x + 3.0 * x * x + 200.0 * x + 23.0 + 6.0],
    );
}

#[test]
fn plain_variables_that_a_closure_changes_carry_derivatives() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let mut last = 5.0;
        let mut all = Vec::new();
        let mut keep = |t: f64| {
            last = t;
            all.push(t);
        };
        // The closure itself uses no input.
        let product = visit(&mut keep, x * x, 1.0);
        keep(2.0 * x);
        product + last + all.iter().sum::<f64>()
    }
    // x² + 2x + (x² + 1 + 3 + 2x)
    let x = 1.25;
    assert_eq!(f::value_and_derivative(x).0, f(x));
    assert_close(&[f::derivative(x)], &[4.0 * x + 4.0]);
}

#[test]
fn a_moved_value_is_that_of_the_call() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let mut k = x;
        let first = gauss_by_parameter(move |_| k, 0.0, {
            k += 1.0;
            k
        });
        let mut order = 1.0;
        let second = integrate(
            |_| x,
            {
                order *= 10.0;
                order
            },
            {
                order *= 3.0;
                order
            },
        );
        first + second
    }
    // x (x + 1) + 20 x
    let x = 1.5;
    assert_eq!(f::value_and_derivative(x).0, f(x));
    assert_close(
        &[f(x), f::derivative(x)],
        &[x * (x + 1.0) + 20.0 * x, 2.0 * x + 21.0],
    );
}

#[test]
fn mutable_references_to_functions_are_passed_on() {
    #[differentiate]
    fn walk(f: &mut impl FnMut(f64) -> f64, n: usize, x: f64) -> f64 {
        if n == 0 {
            return f(x);
        }
        let a = f(x);
        a + walk(f, n - 1, a)
    }
    #[differentiate]
    fn dynamic(f: &mut dyn FnMut(f64) -> f64, n: usize, x: f64) -> f64 {
        if n == 0 {
            return f(x);
        }
        let a = f(x);
        a + dynamic(f, n - 1, a)
    }
    #[differentiate]
    fn owned(mut f: impl FnMut(f64) -> f64, x: f64) -> f64 {
        walk(&mut f, 1, x) + dynamic(&mut f, 1, x) + f(x)
    }
    #[differentiate]
    fn f(x: f64) -> f64 {
        let mut k = 0.0;
        let s = owned(
            |t| {
                k += 1.0;
                t * k * x
            },
            1.0,
        );
        s * k
    }
    // k=1: x, walk: f(x) with k=2: 2x²; sum x + 2x²; dynamic: 3x, f(3x): 4*3x*x=12x²; f: 5x
    let x = 1.5_f64;
    assert_eq!(f(x).to_bits(), f::value_and_derivative(x).0.to_bits());
    assert_close(
        &[f(x), f::derivative(x)],
        &[5.0 * (9.0 * x + 14.0 * x * x), 5.0 * (9.0 + 28.0 * x)],
    );
}
