//! Calls among annotated functions, by every kind of path, against closed formulas.

use chainrule::differentiate;

use crate::assert_close;

mod geometry {
    use chainrule::differentiate;

    #[differentiate]
    pub fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
        norm([a[0] - b[0], a[1] - b[1]])
    }

    #[differentiate]
    pub(super) fn norm(v: [f64; 2]) -> f64 {
        self::inner::root(v[0] * v[0] + super::square(v[1]))
    }

    pub mod inner {
        #[chainrule::differentiate]
        pub fn root(x: f64) -> f64 {
            x.sqrt()
        }
    }

    pub use inner::root as square_root;
}

#[differentiate]
fn square(x: f64) -> f64 {
    x * x
}

use geometry::distance as d;
use geometry::*;

#[differentiate]
fn by_paths(x: f64, y: f64) -> f64 {
    let origin = [0.0; 2];
    d([x, y], origin)
        + crate::calls::geometry::distance([x, 0.0], [0.0, y])
        + inner::root(x)
        + square_root(y)
        + self::square(x)
        + self::geometry::norm([x, y])
}

#[test]
fn modules_renames_and_globs_are_followed() {
    let (x, y) = (9.0, 12.0);
    assert_eq!(by_paths(x, y), 15.0 * 3.0 + 3.0 + y.sqrt() + 81.0);
    assert_close(
        &by_paths::gradient(x, y),
        &[1.8 + 0.5 / 3.0 + 18.0, 2.4 + 0.5 / y.sqrt()],
    );
}

#[differentiate]
fn factorial_like(x: f64, n: u32) -> f64 {
    match n {
        0 => 1.0,
        n => (x + f64::from(n)) * factorial_like(x, n - 1),
    }
}

#[test]
fn recursion_ends_where_the_function_does() {
    // (x+3)(x+2)(x+1)
    let x = 1.0;
    assert_eq!(factorial_like(x, 3), 24.0);
    assert_eq!(
        factorial_like::value_and_derivatives(x, 3),
        (24.0, 26.0, 18.0)
    );
    let (value, slope) = factorial_like::value_and_gradient(0.5, 0);
    assert_eq!((value, slope), (1.0, 0.0));
}

/// Cosine and sine, halving the angle.
#[differentiate]
fn cosine(x: f64, depth: u32) -> f64 {
    if depth == 0 {
        return 1.0 - 0.5 * x * x;
    }
    let (c, s) = (cosine(0.5 * x, depth - 1), sine(0.5 * x, depth - 1));
    c * c - s * s
}

#[differentiate]
fn sine(x: f64, depth: u32) -> f64 {
    if depth == 0 {
        return x;
    }
    2.0 * sine(0.5 * x, depth - 1) * cosine(0.5 * x, depth - 1)
}

#[test]
fn mutual_recursion_goes_both_ways() {
    let close = |a: f64, b: f64| assert!((a - b).abs() < 2e-4, "{a} is not {b}");
    let (value, first, second) = sine::value_and_derivatives(0.7, 12);
    assert_eq!(value, sine(0.7, 12));
    close(value, 0.7_f64.sin());
    close(first, 0.7_f64.cos());
    close(second, -0.7_f64.sin());
    close(cosine::derivative(0.7, 12), -0.7_f64.sin());
}

/// Gradients in `f32` go through calls as well, and references are passed on.
#[differentiate]
fn weighted(x: &[f32], weights: &[f32; 2]) -> f32 {
    pair(x[0], &x[1]) * pair(weights[0], &weights[1])
}

#[differentiate]
fn pair(x: f32, y: &f32) -> f32 {
    x * *y
}

#[test]
fn references_and_single_precision_are_passed_on() {
    assert_eq!(
        weighted::gradient(&[2.0, 3.0], &[5.0, 7.0]),
        (vec![105.0, 70.0], [42.0, 30.0])
    );
}

struct Circle {
    radius: f64,
}

impl Circle {
    #[differentiate]
    fn height(&self, x: f64) -> f64 {
        square_root(square(self.radius) - square(x))
    }

    /// The method of the free function's name calls the free function.
    #[differentiate]
    fn square(&self, x: f64) -> f64 {
        square(x) * self.radius
    }

    /// Bisection of the angle, by recursion in a method.
    #[differentiate]
    fn arc(&self, angle: f64, depth: u32) -> f64 {
        if depth == 0 {
            self.radius * angle
        } else {
            self.arc(0.5 * angle, depth - 1) + Self::arc(self, 0.5 * angle, depth - 1)
        }
    }
}

#[test]
fn methods_and_functions_of_one_name_are_told_apart() {
    let circle = Circle { radius: 5.0 };
    assert_eq!(circle.height_value_and_derivative(3.0), (4.0, -0.75));
    assert_eq!(circle.square_value_and_derivative(3.0), (45.0, 30.0));
    assert_eq!(circle.arc_value_and_derivative(2.0, 3), (10.0, 5.0));
}

#[test]
fn functions_inside_functions_call_each_other() {
    #[differentiate]
    fn outer(x: f64) -> f64 {
        2.0 * local(x)
    }
    #[differentiate]
    fn local(x: f64) -> f64 {
        x * x
    }
    assert_eq!(outer::second_derivative(1.0), 4.0);
}

mod series {
    pub mod f64 {
        #[chainrule::differentiate]
        pub fn sin(x: f64) -> f64 {
            x - x * x * x / 6.0
        }
    }
}

#[test]
fn a_module_may_have_the_name_of_a_float() {
    #[differentiate]
    fn f(x: f64) -> f64 {
        series::f64::sin(x) + std::primitive::f64::sin(x)
    }
    let x = 0.75;
    assert_eq!(f::value_and_derivative(x).0.to_bits(), f(x).to_bits());
    assert_close(&[f::derivative(x)], &[1.0 - 0.5 * x * x + x.cos()]);
}

mod graded {
    #[chainrule::differentiate]
    pub fn step(x: f64, is_up: bool) -> f64 {
        if is_up { x * x } else { -x }
    }
}

#[test]
fn comparisons_of_literals_are_passed_as_they_are() {
    #[chainrule::differentiate]
    fn f(x: f64) -> f64 {
        graded::step(x, 2.0 <= 2.0) + graded::step(x, 1.5 < 0.3)
    }
    assert_eq!(f::value_and_derivative(3.0), (9.0 - 3.0, 6.0 - 1.0));
}

#[test]
fn compound_results_of_calls_are_compared_whole() {
    #[chainrule::differentiate]
    fn f(x: f64, n: i32) -> f64 {
        if x < graded::step(x, true) + n as f64 && graded::step(x, true) * 0.5 > 1.0 {
            x * 2.0
        } else {
            ((graded::step(x, true) + 0.5) as i32) as f64 * x
        }
    }
    assert_eq!(f::value_and_derivative(3.0, 1), (6.0, 2.0));
    // The cast is of the whole sum: 1.44 + 0.5 is 1.
    assert_eq!(f::value_and_derivative(1.2, 1), (1.2, 1.0));
}

mod shapes {
    use chainrule::{Differentiable, differentiate};

    #[derive(Clone, Copy, Debug, PartialEq, Differentiable)]
    pub struct Line {
        pub slope: f64,
        pub offset: f64,
        pub count: i32,
    }

    #[differentiate(wrt(line, x))]
    pub fn of_input(line: Line, x: f64) -> f64 {
        line.slope * x * f64::from(line.count + 1) + line.offset
    }

    #[differentiate(wrt(x))]
    pub fn of_constant(line: Line, x: f64) -> f64 {
        line.slope * x + line.offset
    }

    #[differentiate]
    pub fn pair(p: (f64, [f64; 2]), x: f64) -> f64 {
        p.0 * x + p.1[0] + p.1[1] * x * x
    }

    #[differentiate(wrt(x))]
    pub fn counted(p: (f64, usize), x: f64) -> f64 {
        p.0 * x * p.1 as f64
    }

    #[differentiate]
    pub fn scaled(x: f64, scale: Option<f64>) -> f64 {
        x * scale.unwrap_or(1.0)
    }
}

#[test]
fn plain_values_of_every_shape_are_passed_by_value() {
    use shapes::Line;
    #[chainrule::differentiate(wrt(x))]
    fn f(x: f64, line: Line, scale: Option<f64>) -> f64 {
        let p = (2.0, [1.0, 0.5]);
        shapes::of_input(line, x)
            + shapes::of_constant(line, x)
            + shapes::pair(p, x)
            + shapes::counted((4.0, 3), x)
            + shapes::scaled(x, scale)
    }
    let line = Line {
        slope: 3.0,
        offset: -1.0,
        count: 1,
    };
    let (value, slope) = f::value_and_derivative(1.5, line, Some(7.0));
    assert_eq!(value.to_bits(), f(1.5, line, Some(7.0)).to_bits());
    // 6x + 3x + (2 + x) x + 12x + 7x
    assert_eq!(slope, 6.0 + 3.0 + 2.0 + 1.5 + 12.0 + 7.0);
    // An integer field is cast as a whole.
    let gradient = shapes::of_input::gradient(line, 1.5);
    assert_eq!((gradient.0.slope, gradient.1), (3.0, 6.0));
}

#[chainrule::differentiate(wrt(x))]
fn raised(power: usize, x: f64) -> f64 {
    x.powi(power as i32)
}

/// The type of these counters is that of the parameter they go to.
#[test]
fn counters_of_chains_are_passed_as_integers() {
    #[chainrule::differentiate]
    fn f(x: f64, y: f64) -> f64 {
        (1..4).fold(x, |sum, n| sum + raised(n, y))
            + (0..3).rev().map(|n| raised(n, x)).sum::<f64>()
    }
    let (value, gradient) = f::value_and_gradient(2.0, 3.0);
    assert_eq!(value, f(2.0, 3.0));
    assert_eq!(gradient, [1.0 + 1.0 + 4.0, 1.0 + 6.0 + 27.0]);
}
