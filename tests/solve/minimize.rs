//! Minima.

use chainrule::solve::{Error, minimize, minimize_slice, minimize_with_hessian};
use chainrule::{Jet, differentiate};

use super::assert_close;

#[differentiate]
fn rosenbrock(x: [f64; 2]) -> f64 {
    (1.0 - x[0]).powi(2) + 100.0 * (x[1] - x[0] * x[0]).powi(2)
}

#[test]
fn minima_of_the_literature_are_found_from_their_starts() {
    assert_eq!(
        minimize(rosenbrock::lift, [-1.2, 1.0]).unwrap().point,
        [1.0, 1.0]
    );
    let compiled = minimize_with_hessian(rosenbrock::value_gradient_hessian, [-1.2, 1.0]);
    assert_eq!(compiled.unwrap().point, [1.0, 1.0]);

    let beale = |[x, y]: [Jet<f64, 2>; 2]| {
        (1.5 - x * (1.0 - y)).powi(2)
            + (2.25 - x * (1.0 - y.powi(2))).powi(2)
            + (2.625 - x * (1.0 - y.powi(3))).powi(2)
    };
    let [x, y] = minimize(beale, [1.0, 1.0]).unwrap().point;
    assert_close(x, 3.0, 1e-15);
    assert_close(y, 0.5, 1e-15);

    // Brown's badly scaled function: the minimum is at (1e6, 2e-6).
    let brown =
        |[x, y]: [Jet<f64, 2>; 2]| (x - 1e6).powi(2) + (y - 2e-6).powi(2) + (x * y - 2.0).powi(2);
    let [x, y] = minimize(brown, [1.0, 1.0]).unwrap().point;
    assert_close(x, 1e6, 1e-14);
    assert_close(y, 2e-6, 1e-10);

    let wood = |[w, x, y, z]: [Jet<f64, 4>; 4]| {
        100.0 * (x - w * w).powi(2)
            + (1.0 - w).powi(2)
            + 90.0 * (z - y * y).powi(2)
            + (1.0 - y).powi(2)
            + 10.0 * (x + z - 2.0).powi(2)
            + 0.1 * (x - z).powi(2)
    };
    for x in minimize(wood, [-3.0, -1.0, -3.0, -1.0]).unwrap().point {
        assert_close(x, 1.0, 1e-14);
    }
}

#[test]
fn the_chained_valley_of_many_variables_is_followed() {
    let minimum = minimize_slice(
        |x| {
            x.windows(2).fold(x[0] * 0.0, |sum, pair| {
                sum + (1.0 - pair[0]).powi(2) + 100.0 * (pair[1] - pair[0] * pair[0]).powi(2)
            })
        },
        &[-1.2_f64, 1.0].repeat(10),
    )
    .unwrap();
    // There is another local minimum near (-1, 1, 1, ..), of value about 4.
    assert!(minimum.gradient.iter().all(|slope| slope.abs() < 1e-11));
    assert!(
        minimum.value < 1e-20 || (3.9..4.1).contains(&minimum.value),
        "{}",
        minimum.value
    );
}

#[test]
fn saddles_and_maxima_are_left() {
    let saddle = minimize(|[x, y]| x * x - y * y + y.powi(4), [0.0_f64, 0.0]).unwrap();
    assert!(
        (saddle.point[1].abs() - 0.5_f64.sqrt()).abs() < 1e-15,
        "{saddle:?}"
    );
    assert_close(saddle.value, -0.25, 1e-15);
    let [x] = minimize(|[x]| x.cos(), [0.0_f64]).unwrap().point;
    assert_close(x.cos(), -1.0, 1e-15);
}

#[test]
fn minima_without_curvature_are_found() {
    let minimum = minimize(|[x, y]| (x - 1.0).powi(4) + (y + 2.0).powi(2), [3.0, 3.0]).unwrap();
    assert_close(minimum.point[0], 1.0, 1e-4);
    assert_close(minimum.point[1], -2.0, 1e-12);
    assert!(minimum.value < 1e-15);
    // A valley with a flat floor.
    let valley = minimize(|[x, y]| (x + y - 1.0).powi(2), [3.0_f64, 4.0]).unwrap();
    assert!((valley.point[0] + valley.point[1] - 1.0).abs() < 1e-14);
}

#[test]
fn the_inverse_hessian_comes_with_the_minimum() {
    let minimum = minimize(|[x, y]| x * x * 2.0 + x * y + y * y, [1.0, 5.0]).unwrap();
    assert_eq!(minimum.hessian, [[4.0, 1.0], [1.0, 2.0]]);
    assert_eq!(minimum.gradient, [0.0, 0.0]);
}

#[test]
fn a_bottomless_function_is_an_error() {
    assert_eq!(minimize(|[x]| -x * x, [1.0]), Err(Error::Unbounded));
    assert_eq!(minimize(|[x]| x * 3.0, [1.0]), Err(Error::Unbounded));
    assert_eq!(minimize(|[x]| x * 3.0, [1.0_f32]), Err(Error::Unbounded));
    assert_eq!(
        minimize(|[x, y]| x * x - y.powi(3), [1.0, 1.0]),
        Err(Error::Unbounded)
    );
}

#[test]
fn points_outside_the_domain_are_stepped_back_from() {
    let minimum = minimize(|[x]| x - x.ln(), [50.0]).unwrap();
    assert_close(minimum.point[0], 1.0, 1e-15);
}

#[test]
fn kinks_without_curvature_are_an_error() {
    for start in [3.0, -0.1] {
        let kink = minimize(|[x]| x.abs(), [start]);
        assert!(matches!(kink, Err(Error::NoDescent { .. })), "{kink:?}");
    }
}

#[test]
fn a_constant_is_at_its_minimum() {
    assert_eq!(minimize(|[x]| x * 0.0 + 3.0, [2.0]).unwrap().point, [2.0]);
}

#[test]
fn wrong_derivatives_are_an_error() {
    let mistaken = minimize_with_hessian(
        |[x]: [f64; 1]| ((x - 3.0).powi(2), [-2.0 * (x - 3.0)], [[2.0]]),
        [0.0],
    );
    assert!(
        matches!(mistaken, Err(Error::NoDescent { .. })),
        "{mistaken:?}"
    );
}

#[test]
fn single_precision_finds_minima() {
    let minimum = minimize(
        |[x, y]: [Jet<f32, 2>; 2]| (x - 1.0).powi(2) + (y - x * x).powi(2) * 100.0,
        [-1.2_f32, 1.0],
    );
    let [x, y] = minimum.unwrap().point;
    assert!((x - 1.0).abs() < 1e-6 && (y - 1.0).abs() < 1e-6, "{x} {y}");
}
