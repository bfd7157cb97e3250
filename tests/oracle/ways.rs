//! The ways of differentiating, and every rule by each of them.

use chainrule::{Dual, HyperDual, Jet};

use super::reference::Precision;

/// The parts of a rule at a point, in the order of `PARTS`; none where the way does not give it.
pub type Parts<T> = [Option<T>; 6];

pub type Way<T> = fn(f64, f64) -> Parts<T>;

/// The names of the ways. The seconds of the one named `NESTED` differentiate the formula of the first derivative.
pub const WAYS: [&str; 6] = [
    "Dual",
    "HyperDual",
    "Jet",
    NESTED,
    "attribute, compiled",
    "attribute, dual",
];
pub const NESTED: &str = "Dual<Dual>";

/// A rule in one precision.
pub struct Rule<T: 'static> {
    pub name: &'static str,
    pub arity: usize,
    /// The function over plain floats.
    pub plain: fn(f64, f64) -> T,
    pub ways: [Way<T>; WAYS.len()],
}

fn of_one<T>(value: T, first: T, second: Option<T>) -> Parts<T> {
    [Some(value), Some(first), second, None, None, None]
}

fn of_two<T: Copy>(value: T, [dx, dy]: [T; 2], seconds: Option<[[T; 2]; 2]>) -> Parts<T> {
    let second = |i: usize, j: usize| seconds.map(|rows| rows[i][j]);
    let (dxx, dxy, dyy) = (second(0, 0), second(0, 1), second(1, 1));
    [Some(value), Some(dx), Some(dy), dxx, dxy, dyy]
}

pub mod one {
    use super::*;

    pub fn dual<T: Precision>(f: impl Fn(Dual<T>) -> Dual<T>, x: f64) -> Parts<T> {
        let y = f(Dual::variable(T::narrow(x)));
        of_one(y.re, y.derivative(), None)
    }

    pub fn hyper<T: Precision>(f: impl Fn(HyperDual<T>) -> HyperDual<T>, x: f64) -> Parts<T> {
        let y = f(HyperDual::variable(T::narrow(x)));
        of_one(y.re, y.eps1, Some(y.eps1eps2))
    }

    pub fn jet<T: Precision>(f: impl Fn(Jet<T, 1>) -> Jet<T, 1>, x: f64) -> Parts<T> {
        let [x] = Jet::variables([T::narrow(x)]);
        let y = f(x);
        of_one(y.re, y.gradient[0], Some(y.hessian()[0][0]))
    }

    pub fn nested<T: Precision>(f: impl Fn(Dual<Dual<T>>) -> Dual<Dual<T>>, x: f64) -> Parts<T> {
        let y = f(Dual::variable(Dual::variable(T::narrow(x))));
        let slope = y.derivative();
        of_one(y.re.re, slope.re, Some(slope.derivative()))
    }

    pub fn generated<T>((value, first): (T, T), second: T) -> Parts<T> {
        of_one(value, first, Some(second))
    }

    /// Of a second argument that is not used.
    pub fn compiled<T: Copy>((value, gradient): (T, [T; 2]), hessian: [[T; 2]; 2]) -> Parts<T> {
        of_one(value, gradient[0], Some(hessian[0][0]))
    }
}

pub mod two {
    use super::*;

    pub fn dual<T: Precision>(f: impl Fn(Dual<T>, Dual<T>) -> Dual<T>, x: f64, y: f64) -> Parts<T> {
        let (x, y) = (T::narrow(x), T::narrow(y));
        let along_x = f(Dual::variable(x), Dual::constant(y));
        let along_y = f(Dual::constant(x), Dual::variable(y));
        let slopes = [along_x.derivative(), along_y.derivative()];
        of_two(along_x.re, slopes, None)
    }

    pub fn hyper<T: Precision>(
        f: impl Fn(HyperDual<T>, HyperDual<T>) -> HyperDual<T>,
        x: f64,
        y: f64,
    ) -> Parts<T> {
        let (x, y, zero, one) = (T::narrow(x), T::narrow(y), T::zero(), T::one());
        let along_x = f(HyperDual::variable(x), HyperDual::constant(y));
        let along_y = f(HyperDual::constant(x), HyperDual::variable(y));
        let along_both = f(
            HyperDual::new(x, one, zero, zero),
            HyperDual::new(y, zero, one, zero),
        );
        let mixed = along_both.eps1eps2;
        let seconds = [[along_x.eps1eps2, mixed], [mixed, along_y.eps1eps2]];
        of_two(along_x.re, [along_x.eps1, along_y.eps2], Some(seconds))
    }

    pub fn jet<T: Precision>(
        f: impl Fn(Jet<T, 2>, Jet<T, 2>) -> Jet<T, 2>,
        x: f64,
        y: f64,
    ) -> Parts<T> {
        let [x, y] = Jet::variables([T::narrow(x), T::narrow(y)]);
        let z = f(x, y);
        of_two(z.re, z.gradient, Some(z.hessian()))
    }

    pub fn nested<T: Precision>(
        f: impl Fn(Dual<Dual<T, 2>, 2>, Dual<Dual<T, 2>, 2>) -> Dual<Dual<T, 2>, 2>,
        x: f64,
        y: f64,
    ) -> Parts<T> {
        let [x, y] = Dual::variables([T::narrow(x), T::narrow(y)]);
        let [x, y] = Dual::variables([x, y]);
        let z = f(x, y);
        of_two(
            z.re.re,
            z.eps.map(|slope| slope.re),
            Some(z.eps.map(|slope| slope.eps)),
        )
    }

    pub fn generated<T: Precision>(
        (value, gradient): (T, [T; 2]),
        mut hessian: [[T; 2]; 2],
    ) -> Parts<T> {
        // One of the two mixed derivatives is compared; should they differ, neither is right.
        let [[_, upper], [lower, _]] = hessian;
        if upper != lower {
            hessian[0][1] = T::nan();
        }
        of_two(value, gradient, Some(hessian))
    }
}

/// Every rule by every way in one precision, as `RULES` in a module. A rule reads `name |x, y| (expression)`.
#[macro_export]
macro_rules! rules_in {
    ($module:ident $float:ident
        { $($one:ident |$x:ident| $f:tt)* } { $($two:ident |$a:ident, $b:ident| $g:tt)* }) => {
        #[allow(missing_docs, unused_parens, deprecated)]
        pub mod $module {
            use super::ways::{Rule, one, two};
            use super::reference::Precision;
            use chainrule::Activation;

            /// Gradients are compiled where there are several inputs.
            mod compiled {
                #[allow(unused_imports)]
                use chainrule::{Activation, differentiate};
                $(
                    #[differentiate(mode = adjoint)]
                    pub fn $one($x: $float, _idle: $float) -> $float { $f }
                )*
                $(
                    #[differentiate(mode = adjoint)]
                    pub fn $two($a: $float, $b: $float) -> $float { $g }
                )*
                #[differentiate(mode = adjoint)]
                pub fn powi(x: $float, _idle: $float, n: i32) -> $float { x.powi(n) }
            }

            mod lifted {
                #[allow(unused_imports)]
                use chainrule::{Activation, differentiate};
                $(
                    #[differentiate]
                    pub fn $one($x: $float) -> $float { $f }
                )*
                $(
                    #[differentiate(mode = dual)]
                    pub fn $two($a: $float, $b: $float) -> $float { $g }
                )*
                #[differentiate]
                pub fn powi(x: $float, n: i32) -> $float { x.powi(n) }
            }

            pub const RULES: &[Rule<$float>] = &[
                $(Rule {
                    name: stringify!($one),
                    arity: 1,
                    plain: |x, _| { let $x = $float::narrow(x); $f },
                    ways: [
                        |x, _| one::dual(|$x| $f, x),
                        |x, _| one::hyper(|$x| $f, x),
                        |x, _| one::jet(|$x| $f, x),
                        |x, _| one::nested(|$x| $f, x),
                        |x, _| { let x = $float::narrow(x); one::compiled(compiled::$one::value_and_gradient(x, 0.0), compiled::$one::hessian(x, 0.0)) },
                        |x, _| one::generated(lifted::$one::value_and_derivative($float::narrow(x)), lifted::$one::second_derivative($float::narrow(x))),
                    ],
                },)*
                $(Rule {
                    name: stringify!($two),
                    arity: 2,
                    plain: |x, y| { let ($a, $b) = ($float::narrow(x), $float::narrow(y)); $g },
                    ways: [
                        |x, y| two::dual(|$a, $b| $g, x, y),
                        |x, y| two::hyper(|$a, $b| $g, x, y),
                        |x, y| two::jet(|$a, $b| $g, x, y),
                        |x, y| two::nested(|$a, $b| $g, x, y),
                        |x, y| { let (x, y) = ($float::narrow(x), $float::narrow(y)); two::generated(compiled::$two::value_and_gradient(x, y), compiled::$two::hessian(x, y)) },
                        |x, y| { let (x, y) = ($float::narrow(x), $float::narrow(y)); two::generated(lifted::$two::value_and_gradient(x, y), lifted::$two::hessian(x, y)) },
                    ],
                },)*
                Rule {
                    name: "powi",
                    arity: 1,
                    plain: |x, n| $float::narrow(x).powi(n as i32),
                    ways: [
                        |x, n| one::dual(|x| x.powi(n as i32), x),
                        |x, n| one::hyper(|x| x.powi(n as i32), x),
                        |x, n| one::jet(|x| x.powi(n as i32), x),
                        |x, n| one::nested(|x| x.powi(n as i32), x),
                        |x, n| { let (x, n) = ($float::narrow(x), n as i32); one::compiled(compiled::powi::value_and_gradient(x, 0.0, n), compiled::powi::hessian(x, 0.0, n)) },
                        |x, n| { let (x, n) = ($float::narrow(x), n as i32); one::generated(lifted::powi::value_and_derivative(x, n), lifted::powi::second_derivative(x, n)) },
                    ],
                },
            ];
        }
    };
}
