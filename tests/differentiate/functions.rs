//! Functions that take functions: in `lift` these are over numbers, so annotated functions hand over closures that use
//! their inputs, the names of functions, and functions that they took themselves.

use chainrule::differentiate;

use crate::assert_close;

mod tools {
    use chainrule::differentiate;

    /// The midpoint rule: exact for straight lines.
    #[differentiate]
    pub fn integrate(f: impl Fn(f64) -> f64, a: f64, b: f64) -> f64 {
        let n = 4;
        let h = (b - a) / n as f64;
        let mut sum = 0.0;
        for i in 0..n {
            sum += f(a + (i as f64 + 0.5) * h);
        }
        sum * h
    }

    /// Two-point Gauss: exact for cubics.
    #[differentiate]
    pub fn gauss(f: &dyn Fn(f64) -> f64, a: f64, b: f64) -> f64 {
        let (middle, half) = (0.5 * (a + b), 0.5 * (b - a));
        let node = half / 3.0_f64.sqrt();
        half * (f(middle - node) + f(middle + node))
    }

    #[differentiate]
    pub fn gauss_by_parameter<F: Fn(f64) -> f64>(f: F, a: f64, b: f64) -> f64 {
        gauss(&f, a, b)
    }

    #[differentiate]
    pub fn gauss_by_condition<F>(f: &F, a: f64, b: f64) -> f64
    where
        F: Fn(f64) -> f64,
    {
        gauss_by_parameter(f, a, b)
    }

    #[differentiate]
    pub fn sum(mut f: impl FnMut(usize) -> f64, n: usize) -> f64 {
        let mut total = 0.0;
        for i in 0..n {
            total += f(i);
        }
        total
    }

    #[differentiate]
    pub fn visit(f: &mut dyn FnMut(f64), a: f64, b: f64) -> f64 {
        f(a);
        f(b);
        f(3.0);
        a * b
    }

    #[differentiate]
    pub fn once(f: impl FnOnce(f64) -> f64, x: f64) -> f64 {
        f(x)
    }

    #[differentiate]
    pub fn at_pointer(f: fn(f64) -> f64, x: f64) -> f64 {
        2.0 * f(x)
    }

    /// Takes no float of its own.
    #[differentiate]
    pub fn at_two(f: impl Fn(f64) -> f64) -> f64 {
        f(2.0)
    }
}

use tools::*;

#[test]
fn closures_capture_inputs() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        integrate(|t| x * t, 0.0, 1.0) + gauss(&|t| x * t * t, 0.0, 3.0)
            + gauss_by_parameter(|t: f64| t.powi(2) * x.sin(), 0.0, 3.0)
            + gauss_by_condition(&|_: f64| -> f64 { x }, 0.0, 2.0)
            + at_two(|t| x.powf(t))
    }
    let x = 0.75_f64;
    let (value, first, second) = f::value_and_derivatives(x);
    assert_eq!(value.to_bits(), f(x).to_bits());
    assert_close(
        &[value, first, second],
        &[
            0.5 * x + 9.0 * x + 9.0 * x.sin() + 2.0 * x + x * x,
            11.5 + 9.0 * x.cos() + 2.0 * x,
            -9.0 * x.sin() + 2.0,
        ],
    );
}

#[test]
fn bounds_are_differentiated_and_the_closure_need_not_be() {
    #[differentiate]
    fn f(a: f64, b: f64) -> f64 {
        gauss(&|t| t * t, a, b) + integrate(|_t: f64| 3.0, a, 7.0) + integrate(|_| 2.0, 1.0, b)
    }
    let (a, b) = (0.5, 2.0);
    let (value, gradient) = f::value_and_gradient(a, b);
    assert_eq!(value.to_bits(), f(a, b).to_bits());
    assert_close(&gradient, &[-a * a - 3.0, b * b + 2.0]);
    assert_close(f::hessian(a, b).as_flattened(), &[-2.0 * a, 0.0, 0.0, 2.0 * b]);
}

#[test]
fn names_of_functions_stand_for_closures() {
    #[differentiate]
    fn square(t: f64) -> f64 {
        t * t
    }
    #[differentiate]
    fn f(x: f64) -> f64 {
        gauss(&square, 0.0, x) + gauss_by_parameter(square, 0.0, x) + once(f64::sin, x)
            + at_pointer(f64::exp, x)
            + at_pointer(square, x)
            + gauss(&square, 0.0, 1.0) * 2.0
            + once(more::at_three, x)
    }
    let x = 0.5_f64;
    let (value, first) = f::value_and_derivative(x);
    assert_eq!(value.to_bits(), f(x).to_bits());
    assert_close(&[first], &[2.0 * x * x + x.cos() + 2.0 * x.exp() + 4.0 * x + 3.0]);
}

mod more {
    #[chainrule::differentiate]
    pub fn at_three(x: f64) -> f64 {
        3.0 * x
    }
}
