//! Oracle: the crate num-dual, in the range where its formulas are accurate.

use chainrule::{Scalar, derivative, hessian, second_derivative};
use num_dual::DualNum;
use proptest::prelude::*;

fn close(what: &str, x: f64, got: f64, wanted: f64) {
    assert!(
        (got - wanted).abs() <= 1e-12 * (1.0 + wanted.abs()),
        "{what} at {x}: {got}, not {wanted}"
    );
}

macro_rules! agree {
    ($x:expr; $($name:ident($($argument:expr),*))*) => {$(
        let x: f64 = $x;
        let (_, first) = num_dual::first_derivative(|x| x.$name($($argument),*), x);
        let (_, _, second) = num_dual::second_derivative(|x| x.$name($($argument),*), x);
        close(stringify!($name), x, derivative(|x| x.$name($($argument),*), x), first);
        close(stringify!($name), x, second_derivative(|x| x.$name($($argument),*), x), second);
    )*};
}

proptest! {
    #[test]
    fn functions_of_every_real_agree(x in -3.0..3.0) {
        agree!(x; exp() exp2() sin() cos() sinh() cosh() tanh() asinh() atan() powi(3) powi(-2));
    }

    #[test]
    fn functions_of_positive_numbers_agree(x in 0.2..5.0) {
        agree!(x; ln() log2() log10() ln_1p() sqrt() recip() exp_m1());
    }

    #[test]
    fn functions_on_intervals_agree(x in -0.8..0.8) {
        agree!(x; asin() acos() atanh() tan());
        agree!(x + 3.0; acosh());
    }

    #[test]
    fn compositions_agree(x in 0.1..3.0) {
        let (_, first, second) = num_dual::second_derivative(|x| (x * x).sin() / (x.exp() + 1.0) + (x.ln() * x).tanh(), x);
        close("composition", x, derivative(|x| (x * x).sin() / (x.exp() + 1.0) + (x.ln() * x).tanh(), x), first);
        close("composition", x, second_derivative(|x| (x * x).sin() / (x.exp() + 1.0) + (x.ln() * x).tanh(), x), second);
    }

    #[test]
    fn mixed_derivatives_agree(x in 0.2..3.0, y in 0.2..3.0) {
        fn theirs<D: DualNum + Copy>(x: D, y: D) -> D {
            (x * y).sin() * y.sqrt() / (x + y)
        }
        fn ours<S: Scalar>([x, y]: [S; 2]) -> S {
            (x * y).sin() * y.sqrt() / (x + y)
        }
        let (_, _, _, mixed) = num_dual::second_partial_derivative(|(x, y)| theirs(x, y), (x, y));
        close("mixed", x, hessian(ours, [x, y])[0][1], mixed);
    }
}
