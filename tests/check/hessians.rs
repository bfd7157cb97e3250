//! Hessians by second differences.

use chainrule::check::{self, Finding, Verdict};
use chainrule::{Scalar, hessian, second_derivative};

use crate::random::Random;

fn body<S: Scalar<Primal = f64>>([x, y]: [S; 2]) -> S {
    (x * y).sin() * y.sqrt() / (x + y)
}

#[test]
fn right_hessians_are_confirmed() {
    let mut random = Random::new();
    for _ in 0..50 {
        let x = [
            random.power_of_ten(-1.0, 0.7),
            random.power_of_ten(-1.0, 0.7),
        ];
        check::hessian(body::<f64>, |x| hessian(body, x), x).assert();
    }
    for x in [1e-100, 1e-10, 1.0, 1e10, 1e100] {
        check::hessian(f64::ln, |x: f64| -1.0 / x / x, x).assert();
        check::hessian(|x: f64| x.powi(3), |x: f64| 6.0 * x, x).assert();
    }
    let badly_scaled = |[x, y]: [f64; 2]| x * x * y.ln();
    let curvatures =
        |[x, y]: [f64; 2]| [[2.0 * y.ln(), 2.0 * x / y], [2.0 * x / y, -x * x / y / y]];
    check::hessian(badly_scaled, curvatures, [1e8, 1e-8]).assert();
}

#[test]
fn mistakes_are_found() {
    let point = [1.3, 2.1];
    for (i, j) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        for factor in [-1.0, 0.5, 2.0, 1.0 + 1e-6, 0.0] {
            let claim = |x| {
                let mut rows = hessian(body, x);
                rows[i][j] *= factor;
                rows
            };
            let report = check::hessian(body::<f64>, claim, point);
            assert_eq!(report.verdict(), Verdict::Wrong, "{report}");
            let worst = report.worst().unwrap();
            assert_eq!((worst.output, worst.input), (i, j), "{report}");
        }
    }
}

/// The slope of a slope is first-order, and shows smaller mistakes.
#[test]
fn a_gradient_is_a_sharper_oracle() {
    let slope = |x: f64| x.cos();
    let blunt = check::hessian(f64::sin, |x: f64| -x.sin(), 0.7);
    let sharp = check::jacobian(slope, |x: f64| -x.sin(), 0.7);
    assert!(
        sharp.resolution() < 0.1 * blunt.resolution(),
        "{sharp}\n{blunt}"
    );
}

#[test]
fn kinks_of_the_slope_are_conventions() {
    let ramp = |[x, y]: [f64; 2]| (x - y).max(0.0).powi(2);
    for claim in [0.0, 1.0, 2.0] {
        let report = check::hessian(ramp, |_| [[claim, -claim], [-claim, claim]], [1.0, 1.0]);
        assert_eq!(report.verdict(), Verdict::Unclear, "{report}");
        assert!(matches!(
            report.worst().unwrap().finding,
            Some(Finding::Kink { .. })
        ));
    }
    let report = check::hessian(ramp, |_| [[0.0, 3.0], [3.0, 0.0]], [1.0, 1.0]);
    assert_eq!(report.verdict(), Verdict::Wrong, "{report}");
    let bend = |x: f64| x * x.abs();
    check::hessian(bend, |x| second_derivative(|x| x * x.abs(), x), 0.0).assert_plausible();
    assert_eq!(check::hessian(bend, |_| 3.0, 0.0).verdict(), Verdict::Wrong);
}

/// Where there is no slope, there is no curvature to speak of.
#[test]
fn singular_slopes_leave_it_open() {
    for (f, x) in [
        ((|x| x.abs()) as fn(f64) -> f64, 0.0),
        (f64::cbrt, 0.0),
        (f64::floor, 2.0),
        (f64::sqrt, 0.0),
    ] {
        for claim in [0.0, f64::INFINITY, f64::NEG_INFINITY] {
            check::hessian(f, |_| claim, x).assert_plausible();
        }
    }
}

/// Whatever is claimed: the second differences there would be taken for numbers.
#[test]
fn a_kink_or_a_jump_of_the_function_is_named_in_place_of_its_curvature() {
    let finding = |f: fn(f64) -> f64, claim: f64, x: f64| {
        let report = check::hessian(f, |_| claim, x);
        assert_eq!(report.verdict(), Verdict::Unclear, "{report}");
        report.worst().unwrap().finding
    };
    for claim in [0.0, 5.0, -1e9, f64::INFINITY] {
        assert!(matches!(
            finding(|x| x.abs(), claim, 0.0),
            Some(Finding::Kink { .. })
        ));
        assert_eq!(finding(f64::floor, claim, 2.0), Some(Finding::Jump));
        assert_eq!(finding(f64::cbrt, claim, 0.0), Some(Finding::Unbounded));
    }
    // By the input with the kink, and by any other together with it.
    let wall = |x: f64, y: f64| x * x + (y - 3.0).abs();
    let verdicts = |report: check::Report| -> Vec<_> {
        report.components().iter().map(|c| c.verdict).collect()
    };
    let (right, unclear) = (Verdict::Right, Verdict::Unclear);
    let report = check::hessian(
        |[x, y]| wall(x, y),
        |_| [[2.0, 7.0], [7.0, 7.0]],
        [1.0, 3.0],
    );
    assert_eq!(verdicts(report), [right, unclear, unclear, unclear]);
    let report = check::hessian(
        |[y, x]| wall(x, y),
        |_| [[7.0, 7.0], [7.0, 2.0]],
        [3.0, 1.0],
    );
    assert_eq!(verdicts(report), [unclear, unclear, unclear, right]);
}

#[test]
fn single_precision() {
    check::hessian(f32::exp, f32::exp, 1.0).assert_plausible();
    let doubled = check::hessian(f32::exp, |x: f32| 2.0 * x.exp(), 1.0);
    assert_eq!(doubled.verdict(), Verdict::Wrong, "{doubled}");
}
