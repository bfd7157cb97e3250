//! The names of functions in the place of closures, and names that could be mistaken for others.

use chainrule::differentiate;

use super::tools::*;
use crate::assert_close;

#[test]
fn names_of_functions_stand_for_closures() {
    #[differentiate]
    fn square(t: f64) -> f64 {
        t * t
    }
    #[differentiate]
    fn f(x: f64) -> f64 {
        gauss(&square, 0.0, x)
            + gauss_by_parameter(square, 0.0, x)
            + once(f64::sin, x)
            + at_pointer(f64::exp, x)
            + at_pointer(square, x)
            + gauss(&square, 0.0, 1.0) * 2.0
            + once(more::at_three, x)
    }
    let x = 0.5_f64;
    let (value, first) = f::value_and_derivative(x);
    assert_eq!(value.to_bits(), f(x).to_bits());
    assert_close(
        &[first],
        &[2.0 * x * x + x.cos() + 2.0 * x.exp() + 4.0 * x + 3.0],
    );
}

mod more {
    #[chainrule::differentiate]
    pub fn at_three(x: f64) -> f64 {
        3.0 * x
    }
}

#[test]
fn names_of_functions_are_chosen() {
    #[differentiate]
    fn f(x: f64, up: bool) -> f64 {
        apply(if up { f64::sin } else { f64::cos }, x)
    }
    assert_close(
        &[f::derivative(1.0, true), f::derivative(1.0, false)],
        &[1.0_f64.cos(), -1.0_f64.sin()],
    );
}

/// Named as its parameter.
// parameter named as the function
#[differentiate]
fn same(same: impl Fn(f64) -> f64, x: f64) -> f64 {
    same(x) * same(2.0)
}

#[differentiate]
fn helper(x: f64) -> f64 {
    x * x
}

#[test]
fn names_of_locals_parameters_and_functions_may_clash() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        let helper = |t: f64| t * 3.0 * x;
        apply(helper, 2.0) + apply(&helper, x) + same(|same| same * x, 1.0)
    }
    // 6x + 3x^2 + x * 2x
    assert_close(&[f::derivative(1.5)], &[6.0 + 6.0 * 1.5 + 4.0 * 1.5]);
    #[differentiate]
    fn g(x: f64) -> f64 {
        let x2 = x;
        {
            let x = 2.0;
            apply(|t| t * x * x2, x) + apply(|x| x * x, x2)
        }
    }
    assert_close(&[g::derivative(1.5)], &[4.0 + 3.0]);
}

#[test]
fn nested_functions_are_read_with_the_function() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        fn inner(g: impl Fn(f64) -> f64, a: f64) -> f64 {
            g(a) + g(1.0)
        }
        fn sq(t: f64) -> f64 {
            t * t
        }
        fn fill(g: &dyn Fn(f64) -> f64, out: &mut [f64]) {
            out[0] = g(2.0);
        }
        let mut out = [0.0; 2];
        fill(&|t| t * x, &mut out);
        inner(|t| t * x, 2.0) + inner(sq, x) + inner(|t| sq(t) * x, 2.0) + out[0]
    }
    // 3x + x² + 1 + 5x + 2x
    assert_close(&[f::derivative(1.5)], &[3.0 + 3.0 + 5.0 + 2.0]);
}

mod integral {
    use chainrule::differentiate;
    #[differentiate(name = integral_ad)]
    pub fn integral(f: impl Fn(f64) -> f64, a: f64) -> f64 {
        f(a) * a
    }
    pub mod integral {}
    #[differentiate(name = cube_ad)]
    pub fn cube(x: f64) -> f64 {
        x * x * x
    }
}

#[test]
fn functions_under_other_names_take_closures() {
    #[differentiate(calls(integral = integral_ad, cube = cube_ad))]
    fn f(x: f64) -> f64 {
        integral::integral(|t| t * x, x) + integral::integral(integral::cube, x)
    }
    let x = 1.25_f64;
    assert_close(&[f::derivative(x)], &[3.0 * x * x + 4.0 * x * x * x]);
}
