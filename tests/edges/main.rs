//! Oracle: the published page of conventions, docs/edges.md, row by row: values, first and second derivatives where calculus is
//! silent.
//!
//! The list of cases on the page is the list of tests here, and its table is made of their rows: with `CHAINRULE_BLESS=1` the test
//! of the page writes it.

use chainrule::{
    Dual, HyperDual, Jet, Primitive, Scalar, gradient, hessian, second_derivative,
    value_and_derivative,
};
use num_traits::NumCast;

mod apart;
mod page;
#[allow(deprecated, unused_braces)]
mod rows;

/// A function of one number that is checked with every number type.
trait Function {
    fn call<S: Scalar>(&self, x: S) -> S;
}

/// A function at a point, and what it gives there.
struct Row {
    /// As it is written.
    function: &'static str,
    at: f64,
    /// The value, the first and the second derivative.
    wanted: [f64; 3],
}

impl Row {
    #[track_caller]
    fn check<P: Primitive>(&self, way: &str, got: impl IntoIterator<Item = P>) {
        let Self { function, at, .. } = self;
        for (order, got) in got.into_iter().enumerate() {
            let wanted = self.wanted[order];
            let rounded = <P as NumCast>::from(wanted).expect("a float");
            // Nothing is close to an infinity: `inf <= inf` would pass anything.
            let close = wanted.is_finite()
                && (got - rounded).abs() <= rounded.abs() * P::epsilon() * P::literal(4.0);
            assert!(
                got == rounded || close || (got.is_nan() && wanted.is_nan()),
                "{function} at {at} by {way}: order {order} is {got}, not {wanted}"
            );
        }
    }

    fn check_numbers<P: Primitive>(&self, f: &impl Function) {
        let x = <P as NumCast>::from(self.at).expect("a float");
        let dual = f.call(Dual::variable(x));
        self.check("Dual", [dual.re, dual.derivative()]);
        let hyper = f.call(HyperDual::variable(x));
        self.check("HyperDual", [hyper.re, hyper.eps1, hyper.eps1eps2]);
        let [jet] = Jet::variables([x]);
        let jet = f.call(jet);
        self.check("Jet", [jet.re, jet.gradient[0], jet.hessian()[0][0]]);
        let nested = f.call(Dual::variable(Dual::<P>::variable(x)));
        self.check("Dual<Dual>", [nested.re.re, nested.derivative().re]);
        // A nested number differentiates the formula of the first derivative, which may be NaN on the way to a limit, or a
        // constant at a point.
        let second = nested.derivative().derivative();
        let is_constant = ["hypot", "logaddexp"]
            .iter()
            .any(|name| self.function.contains(name));
        if !second.is_nan() && !is_constant {
            self.check("Dual<Dual>", [nested.re.re, nested.derivative().re, second]);
        }
    }

    fn check_drivers(&self, f: &impl Function) {
        let (value, first) = value_and_derivative(|x| f.call(x), self.at);
        let second = second_derivative(|x| f.call(x), self.at);
        self.check("drivers of one number", [value, first, second]);
        let [first] = gradient(|[x]| f.call(x), [self.at]);
        let [[second]] = hessian(|[x]| f.call(x), [self.at]);
        self.check("drivers of arrays", [value, first, second]);
    }

    fn check_attribute(
        &self,
        (value, first, second): (f64, f64, f64),
        (compiled, gradient): (f64, [f64; 2]),
        hessian: [[f64; 2]; 2],
    ) {
        self.check("the attribute over dual numbers", [value, first, second]);
        self.check("compiled code", [compiled, gradient[0], hessian[0][0]]);
    }
}

/// Cases with a test each, of functions and of what they give where.
#[macro_export]
macro_rules! cases {
    ($($case:literal $test:ident {
        $(|$x:ident, $c:ident| $body:tt { $($at:expr => $value:expr, $first:expr, $second:expr);+ })*
    })*) => {
        pub fn cases() -> Vec<(&'static str, Vec<$crate::Row>)> {
            vec![$(($case, vec![$($($crate::Row {
                function: stringify!($body),
                at: $at,
                wanted: [$value, $first, $second],
            }),+),*])),*]
        }

        $(
            #[test]
            fn $test() {
                $({
                    struct Case;
                    impl $crate::Function for Case {
                        fn call<S: chainrule::Scalar>(&self, $x: S) -> S {
                            #[allow(unused)]
                            let $c = |value: f64| <S as num_traits::NumCast>::from(value).unwrap();
                            $body
                        }
                    }
                    #[chainrule::differentiate]
                    fn lifted($x: f64) -> f64 $body
                    #[chainrule::differentiate(mode = adjoint)]
                    fn compiled($x: f64, _idle: f64) -> f64 $body
                    for (at, wanted) in [$(($at, [$value, $first, $second])),+] {
                        let row = $crate::Row { function: stringify!($body), at, wanted };
                        row.check_numbers::<f64>(&Case);
                        row.check_numbers::<f32>(&Case);
                        row.check_drivers(&Case);
                        row.check_attribute(
                            lifted::value_and_derivatives(at),
                            compiled::value_and_gradient(at, 0.0),
                            compiled::hessian(at, 0.0),
                        );
                    }
                })*
            }
        )*
    };
}

/// A constant, in functions with the attribute.
fn c(value: f64) -> f64 {
    value
}
