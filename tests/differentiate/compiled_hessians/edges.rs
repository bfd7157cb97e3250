//! Where derivatives are infinite, or leave the range of floats: dual numbers are asked.

use chainrule::{Activation, differentiate};

use super::agree;

/// Both NaN, or the same to rounding.
#[track_caller]
fn assert_alike(found: &[f64], by_duals: &[f64]) {
    for (part, same) in found.iter().zip(by_duals) {
        let is_same = part == same || (part.is_nan() && same.is_nan());
        assert!(
            is_same || (part - same).abs() <= 1e-13 * same.abs(),
            "{found:?} is not {by_duals:?}"
        );
    }
}

#[differentiate]
fn distance(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}

#[differentiate]
fn power(x: f64, y: f64) -> f64 {
    x.powf(y) + x * y.ln()
}

#[test]
fn singular_points_are_those_of_dual_numbers() {
    agree!(distance, [x, y], [[3.0, 4.0], [1e-8, 0.0]]);
    agree!(power, [x, y], [[3.0, 4.0], [0.5, 0.25]]);
    let points = [
        0.0,
        -0.0,
        1.0,
        -2.0,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
    ];
    for x in points {
        for y in points {
            for (found, by_duals) in [
                (
                    distance::hessian(x, y),
                    chainrule::hessian(|[x, y]| distance::lift(x, y), [x, y]),
                ),
                (
                    power::hessian(x, y),
                    chainrule::hessian(|[x, y]| power::lift(x, y), [x, y]),
                ),
            ] {
                assert_alike(found.as_flattened(), by_duals.as_flattened());
            }
        }
    }
}

macro_rules! of_scaled {
    ($($name:ident($scale:literal);)*) => {
        #[test]
        fn seconds_outside_of_the_range_are_found_inside_of_a_product() {
            $({
                #[differentiate]
                fn scaled(x: f64, y: f64) -> f64 {
                    ($scale * x).$name() * y
                }
                let _ = scaled::adjoint_hessian;
                for x in [1.0, 1.5] {
                    let by_duals = chainrule::hessian(|[x, y]| scaled::lift(x, y), [x, 2.0_f64]);
                    assert!(by_duals[0][0] != 0.0 && by_duals[0][0].is_finite());
                    assert_alike(scaled::hessian(x, 2.0).as_flattened(), by_duals.as_flattened());
                }
            })*
        }
    };
}

// The second derivative by the argument is 0 or infinite as a float, and that by `x` is neither.
of_scaled! {
    ln(1e200); ln(1e-200); log10(1e200); ln_1p(1e200); sqrt(1e250); sqrt(1e-250); cbrt(1e250); cbrt(1e-220);
    recip(1e150); atan(1e120); asinh(1e200); acosh(1e200);
}

#[test]
fn a_closed_form_far_out() {
    #[differentiate]
    fn logarithm(x: f64, y: f64) -> f64 {
        (1e200 * x).ln() * y
    }
    assert_eq!(logarithm::hessian(1.0, 2.0), [[-2.0, 1.0], [1.0, 0.0]]);
    #[differentiate]
    fn slope(x: f64, y: f64) -> f64 {
        (1e120 * x).softsign() + y
    }
    let hessian = slope::hessian(1.0, 2.0);
    assert_alike(&hessian[0], &[-2e-120, 0.0]);
}

#[test]
fn strong_zeros_are_kept() {
    #[differentiate]
    fn of_constant(x: f64, y: f64) -> f64 {
        let zero = 0.0 * y;
        (x * 0.0).sqrt() * 2.0 + zero.abs() + x * y
    }
    let by_duals = chainrule::hessian(|[x, y]| of_constant::lift(x, y), [1.0, 2.0]);
    assert_alike(
        of_constant::hessian(1.0, 2.0).as_flattened(),
        by_duals.as_flattened(),
    );
}
