//! The column of symdiff: what its attribute takes, and what it leaves out without a word.

use statements::*;

// The semicolons after blocks are what this is about: without them the attribute refuses.
#[rustfmt::skip]
#[allow(unused_assignments, unused_variables, dead_code, clippy::all)]
mod statements {
    use symdiff::gradient;

    #[gradient(var = x, dim = 1)]
    pub fn square(x: &[f64]) -> f64 {
        x[0] * x[0]
    }

    #[gradient(var = x, dim = 1)]
    pub fn reassigned(x: &[f64]) -> f64 {
        let mut s = x[0];
        s = s * s;
        s
    }

    #[gradient(var = x, dim = 1)]
    pub fn fourth_power(x: &[f64]) -> f64 {
        let mut s = x[0];
        for _ in 0..3 { s = s * x[0]; };
        s
    }

    #[gradient(var = x, dim = 1)]
    pub fn early_return(x: &[f64]) -> f64 {
        if x[0] < 0.0 { return 0.0; };
        x[0] * x[0]
    }
}

#[test]
fn formulas_are_right() {
    assert_eq!(square_gradient(&[3.0]), [6.0]);
}

#[test]
fn statements_are_left_out() {
    assert_eq!(reassigned(&[3.0]), 9.0);
    assert_eq!(reassigned_gradient(&[3.0]), [1.0], "6 is right");
    assert_eq!(fourth_power(&[3.0]), 81.0);
    assert_eq!(fourth_power_gradient(&[3.0]), [1.0], "108 is right");
    assert_eq!(early_return(&[-3.0]), 0.0);
    assert_eq!(early_return_gradient(&[-3.0]), [-6.0], "0 is right");
}
