//! Mistakes as people make them, and what the report says of each.

use chainrule::check::{self, Finding, Verdict};
use chainrule::differentiate;

#[track_caller]
fn assert_found(report: &check::Report, finding: Option<Finding>) {
    assert_eq!(report.verdict(), Verdict::Wrong, "{report}");
    assert_eq!(report.worst().unwrap().finding, finding, "{report}");
}

#[test]
fn a_missing_chain_factor() {
    let report = check::derivative(|x: f64| (2.0 * x).sin(), |x| (2.0 * x).cos(), 0.7);
    assert_found(&report, Some(Finding::Factor(0.5)));
    let report = check::derivative(|x: f64| (x * x).exp(), |x| (x * x).exp(), 0.7);
    // 1/1.4 is no factor that one would guess.
    assert_found(&report, None);
    let report = check::derivative(
        |x: f64| x.to_radians().sin(),
        |x| x.to_radians().cos(),
        30.0,
    );
    assert_found(&report, Some(Finding::Factor(180.0 / std::f64::consts::PI)));
}

#[test]
fn a_wrong_sign() {
    let report = check::derivative(f64::cos, f64::sin, 0.7);
    assert_found(&report, Some(Finding::Sign));
    let report = check::derivative(|x: f64| (3.0 * x).cos(), |x| (3.0 * x).sin(), 0.7);
    assert_found(&report, Some(Finding::Factor(-1.0 / 3.0)));
}

#[test]
fn exchanged_components() {
    let f = |[x, y, z]: [f64; 3]| x * y.exp() + z;
    let report = check::gradient(f, |[x, y, _]| [x * y.exp(), y.exp(), 1.0], [3.0, 0.5, 7.0]);
    assert_found(&report, Some(Finding::Misplaced(0, 1)));
    let verdicts: Vec<_> = report.components().iter().map(|c| c.verdict).collect();
    assert_eq!(verdicts, [Verdict::Wrong, Verdict::Wrong, Verdict::Right]);
}

#[test]
fn a_transposed_jacobian() {
    let polar = |[r, a]: [f64; 2]| [r * a.cos(), r * a.sin()];
    let transposed = |[r, a]: [f64; 2]| [[a.cos(), a.sin()], [-r * a.sin(), r * a.cos()]];
    let report = check::jacobian(polar, transposed, [2.0, 0.5]);
    assert_found(&report, Some(Finding::Misplaced(0, 1)));
}

#[test]
fn a_dropped_term() {
    let f = |[x, y]: [f64; 2]| x * x * y + 1e-3 * y.sin();
    let report = check::gradient(f, |[x, y]| [2.0 * x * y, x * x], [2.0, 3.0]);
    assert_found(&report, None);
    assert_eq!(report.worst().unwrap().input, 1);
    let report = check::gradient(f, |[x, y]| [0.0, x * x + 1e-3 * y.cos()], [2.0, 3.0]);
    assert_found(&report, Some(Finding::Missing));
}

#[test]
fn a_ten_millionth() {
    let report = check::derivative(f64::tanh, |x| (1.0 - x.tanh().powi(2)) * (1.0 + 1e-7), 0.7);
    assert_found(&report, None);
    let error = report.worst().unwrap().relative_error();
    assert!((0.9e-7..1.1e-7).contains(&error), "{error}");
}

#[test]
fn no_number_where_there_is_one() {
    for claim in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let report = check::derivative(|x: f64| x * x, |_| claim, 1.5);
        assert_found(&report, None);
    }
}

/// The derivative that `first` gives is a claim like any other.
#[test]
fn a_given_derivative() {
    fn slope(x: f64) -> f64 {
        -x.cos()
    }
    #[differentiate(first(slope))]
    fn mistaken(x: f64) -> f64 {
        x.sin()
    }
    let report = check::derivative(mistaken, mistaken::derivative, 0.7);
    assert_eq!(report.verdict(), Verdict::Wrong, "{report}");
}

/// Only by the way: each mistake above lies within what the check could see.
#[test]
fn what_would_have_shown() {
    let report = check::derivative(f64::sin, f64::cos, 0.7);
    assert!(report.resolution() < 1e-10, "{report}");
    let report = check::derivative(f32::sin, f32::cos, 0.7);
    assert!((1e-7..1e-2).contains(&report.resolution()), "{report}");
}
