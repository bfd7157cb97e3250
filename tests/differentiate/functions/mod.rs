//! Functions that take functions: in `lift` these are over numbers, so annotated functions hand over closures that use
//! their inputs, the names of functions, and functions that they took themselves.

mod compositions;
mod effects;
mod methods;
mod names;
mod shapes;
mod solvers;

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

    #[differentiate]
    pub fn apply(f: impl Fn(f64) -> f64, x: f64) -> f64 {
        f(x)
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
        integrate(|t| x * t, 0.0, 1.0)
            + gauss(&|t| x * t * t, 0.0, 3.0)
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
    assert_close(
        f::hessian(a, b).as_flattened(),
        &[-2.0 * a, 0.0, 0.0, 2.0 * b],
    );
}

#[test]
fn closures_in_variables_are_shared() {
    #[differentiate]
    fn f(x: f64, y: f64) -> f64 {
        let line = |t: f64| x * t + y;
        let plain = |t: f64| t * t;
        let alias = &line;
        gauss(&line, 0.0, 2.0)
            + gauss(alias, 0.0, y)
            + line(3.0)
            + line(x)
            + gauss(&plain, x, 1.0)
            + plain(2.0)
            + plain(y)
            + gauss_by_parameter(plain, 0.0, 1.0) * y
            + gauss_by_parameter(&line, 0.0, 1.0)
    }
    let (x, y) = (0.5, 1.5);
    let (value, gradient) = f::value_and_gradient(x, y);
    assert_eq!(value.to_bits(), f(x, y).to_bits());
    // (2x + 2y) + (x y²/2 + y²) + (3x + y) + (x² + y) + (1 - x³)/3 + 4 + y² + y/3 + (x/2 + y)
    assert_close(
        &gradient,
        &[
            2.0 + 0.5 * y * y + 3.0 + 2.0 * x - x * x + 0.5,
            2.0 + x * y + 2.0 * y + 1.0 + 1.0 + 2.0 * y + 1.0 / 3.0 + 1.0,
        ],
    );
}

#[test]
fn types_of_functions_may_be_written() {
    #[differentiate]
    fn f(x: f64, up: bool) -> f64 {
        let twice: &dyn Fn(f64) -> f64 = &|t| t * 2.0;
        let line: &dyn Fn(f64) -> f64 = &|t| t * x;
        let (a, b) = (|t: f64| t + x, |t| t * 3.0);
        let chosen: &dyn Fn(f64) -> f64 = if up { &a } else { &b };
        let pointer: fn(f64) -> f64 = |t| t * t;
        twice(2.0) * line(3.0)
            + apply(twice, x)
            + apply(&line, 2.0)
            + apply(&a as &dyn Fn(f64) -> f64, 1.0)
            + chosen(x)
            + apply(chosen, 1.0)
            + apply(pointer, x)
            + pointer(3.0)
    }
    // 12x + 2x + 2x + 1 + x + (2x | 3x) + (1 + x | 3) + x²
    let x = 1.5;
    for up in [true, false] {
        assert_eq!(f(x, up), f::value_and_derivative(x, up).0);
    }
    assert_close(
        &[f::derivative(x, true), f::derivative(x, false)],
        &[17.0 + 3.0 + 3.0, 17.0 + 3.0 + 3.0],
    );
}

#[test]
fn parameters_are_stored_composed_and_chosen() {
    #[differentiate]
    fn two(f: impl Fn(f64) -> f64, g: impl Fn(f64) -> f64, x: f64, up: bool) -> f64 {
        let h = &f;
        let mut sum = 0.0;
        let (p, q) = (&f, &g);
        sum += p(x) + q(x) + h(x);
        let composed = |t: f64| f(g(t));
        sum + composed(x)
            + apply(composed, 2.0)
            + apply(|t| g(f(t)), x)
            + if up { f(1.0) } else { g(1.0) }
    }
    #[differentiate]
    fn f(x: f64) -> f64 {
        two(|t| t * x, |t| t + x, 2.0, true)
    }
    // f = t x ; g = t + x: 2x + 2 + x + 2x + (2+x) x + (2 + x) x + 2x + x + x
    let x = 1.5_f64;
    assert_eq!(f(x).to_bits(), f::value_and_derivative(x).0.to_bits());
    assert_close(
        &[f::derivative(x)],
        &[2.0 + 1.0 + 2.0 + 2.0 * (2.0 + 2.0 * x) + 2.0 + 1.0 + 1.0],
    );
}

#[test]
fn closures_lie_in_closures() {
    #[differentiate]
    fn f(x: f64, y: f64) -> f64 {
        apply(|t| apply(|s| s * t * x, t) + apply(|s| s * y, 2.0), x * y)
    }
    // x (xy)^2 + 2y
    let (x, y) = (1.25_f64, 0.5_f64);
    assert_close(
        &f::gradient(x, y),
        &[3.0 * x * x * y * y, 2.0 * x.powi(3) * y + 2.0],
    );
}

#[test]
fn closures_branch_loop_and_return() {
    #[differentiate]
    fn f(x: f64, n: usize) -> Option<f64> {
        let a = apply(
            |t| {
                if t > x {
                    return t * x;
                }
                let mut s = 0.0;
                for i in 0..n {
                    if i == 2 {
                        continue;
                    }
                    s += t * x;
                }
                s
            },
            0.5,
        );
        let b = apply(
            |t| match t {
                t if t < 0.0 => -t,
                _ => t * 2.0,
            },
            x,
        );
        let c = apply(|t| if t < 1.0 { 1.0 } else { 0.0 }, x);
        let d = apply(
            |t: f64| t.max(0.1).min(x) as i32 as f64 + (t as usize) as f64 * x,
            5.0,
        );
        Some(a + b + c + d)
    }
    let x = 1.5;
    assert_eq!(f(x, 4), f::value_and_derivative(x, 4).map(|v| v.0));
    assert_eq!(f::derivative(x, 4), Some(1.5 + 2.0 + 5.0));
    assert_eq!(f::derivative(0.25, 4), Some(0.5 + 2.0 + 5.0));
}

#[test]
fn methods_of_iterators_take_parameters() {
    #[differentiate]
    fn each(f: impl Fn(f64) -> f64, xs: &[f64], n: usize) -> f64 {
        let nodes = [0.25, 0.75];
        xs.iter().map(|x| f(*x)).sum::<f64>()
            + xs.iter().copied().map(&f).fold(0.0, |a, b| a + b)
            + nodes.iter().map(|t| f(*t)).sum::<f64>()
            + (0..n).map(|i| f(i as f64)).sum::<f64>()
            + Some(xs[0]).map(&f).unwrap()
    }
    #[differentiate]
    fn f(x: f64) -> f64 {
        each(|t| t * t * x, &[x, 1.0], 3)
    }
    let x = 1.5_f64;
    assert_eq!(f(x).to_bits(), f::value_and_derivative(x).0.to_bits());
    // 2 (x^3 + x) + x 0.625 + 5 x + x^3
    assert_close(&[f::derivative(x)], &[9.0 * x * x + 2.0 + 0.625 + 5.0]);
}
