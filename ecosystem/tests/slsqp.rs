//! slsqp, NLopt's algorithm in NLopt's interface: an objective and a constraint are handed over as they were generated.

use chainrule::differentiate;
use slsqp::{FailStatus, Func, minimize};

/// Problem 71 of Hock and Schittkowski, with one bound fewer.
#[differentiate]
fn cost(x: [f64; 4]) -> f64 {
    x[0] * x[3] * (x[0] + x[1] + x[2]) + x[2]
}

/// Not positive where the product is at least 25.
#[differentiate]
fn product(x: [f64; 4]) -> f64 {
    25.0 - x[0] * x[1] * x[2] * x[3]
}

/// Not positive where the sum of squares is at least 40.
#[differentiate]
fn below(x: [f64; 4]) -> f64 {
    40.0 - (x[0] * x[0] + x[1] * x[1] + x[2] * x[2] + x[3] * x[3])
}

/// Not positive where it is at most 40.
#[differentiate]
fn above(x: [f64; 4]) -> f64 {
    -below(x)
}

#[test]
fn hock_and_schittkowski_71() {
    let constraints: [&dyn Func<()>; 3] = [
        &|x: &[f64], slopes: Option<&mut [f64]>, _: &mut ()| product::objective(x, slopes),
        &|x: &[f64], slopes: Option<&mut [f64]>, _: &mut ()| below::objective(x, slopes),
        &|x: &[f64], slopes: Option<&mut [f64]>, _: &mut ()| above::objective(x, slopes),
    ];
    // In the last digits it may end with `RoundoffLimited`, which NLopt's documentation calls a useful result.
    let (Ok((_, x, value)) | Err((FailStatus::RoundoffLimited, x, value))) = minimize(
        |x: &[f64], slopes: Option<&mut [f64]>, _: &mut ()| cost::objective(x, slopes),
        &[1.0, 5.0, 5.0, 1.0],
        &[(1.0, 5.0); 4],
        &constraints,
        (),
        200,
        None,
    ) else {
        panic!("no solution")
    };
    // Hock and Schittkowski, "Test examples for nonlinear programming codes", 1981.
    let expected = [1.0, 4.742_999_4, 3.821_150_3, 1.379_408_2];
    assert!((value - 17.014_017_3).abs() < 1e-6, "{value} at {x:?}");
    assert!(
        x.iter().zip(expected).all(|(x, e)| (x - e).abs() < 1e-5),
        "{x:?}"
    );
}
