//! At kinks, jumps, poles and the ends of domains the check says what it sees, and does not call conventions wrong.

use chainrule::check::{self, Finding, Verdict};
use chainrule::{derivative, gradient};

const INF: f64 = f64::INFINITY;

fn verdict(f: fn(f64) -> f64, claim: f64, x: f64) -> (Verdict, Option<Finding>) {
    let report = check::derivative(f, |_| claim, x);
    (report.verdict(), report.worst().unwrap().finding)
}

#[track_caller]
fn assert_kink(f: fn(f64) -> f64, x: f64, low: f64, high: f64) {
    for (claim, wanted) in [
        (low, Verdict::Unclear),
        (0.5 * (low + high), Verdict::Unclear),
        (high, Verdict::Unclear),
        (low - 0.1, Verdict::Wrong),
        (high + 0.1, Verdict::Wrong),
    ] {
        let (verdict, finding) = verdict(f, claim, x);
        let Some(Finding::Kink { low: a, high: b }) = finding else {
            panic!("{claim}: {finding:?}");
        };
        assert!((a - low).abs() < 1e-4 && (b - high).abs() < 1e-4, "{a} {b}");
        assert_eq!(verdict, wanted, "{claim}");
    }
}

#[test]
fn any_slope_between_those_of_the_sides_is_a_convention() {
    assert_kink(|x| x.abs(), 0.0, -1.0, 1.0);
    assert_kink(|x| x.max(0.0), 0.0, 0.0, 1.0);
    assert_kink(
        |x| (x - 3.0).abs() + x.sin(),
        3.0,
        3_f64.cos() - 1.0,
        3_f64.cos() + 1.0,
    );
    assert_kink(|x| x.clamp(-1.0, 2.5), 2.5, 0.0, 1.0);
    // A kink so near that no step falls between.
    assert_kink(|x| (x - 1e-10).abs(), 0.0, -1.0, 1.0);
    // And a slight one.
    assert_kink(
        |x| x.exp() + 1e-3 * (x - 1.0).abs(),
        1.0,
        1_f64.exp() - 1e-3,
        1_f64.exp() + 1e-3,
    );
}

#[test]
fn ties_are_kinks() {
    let f = |[x, y]: [f64; 2]| x.max(y);
    let report = check::gradient(f, |x| gradient(|[x, y]| x.max(y), x), [1.0, 1.0]);
    report.assert_plausible();
    assert_eq!(report.verdict(), Verdict::Unclear);
    let report = check::gradient(f, |_| [-0.5, 0.5], [1.0, 1.0]);
    assert_eq!(report.verdict(), Verdict::Wrong);
}

#[test]
fn a_kink_some_way_off_does_no_harm() {
    for distance in [1e-6, 1e-5, 1e-3, 0.1] {
        let f = |x: f64| (x - 1.0).abs();
        check::derivative(f, |_| -1.0, 1.0 - distance).assert();
        let report = check::derivative(f, |_| 1.0, 1.0 - distance);
        assert_eq!(report.verdict(), Verdict::Wrong, "{report}");
    }
}

#[test]
fn jumps_leave_it_open() {
    assert_eq!(
        verdict(f64::floor, 0.0, 2.0),
        (Verdict::Unclear, Some(Finding::Jump))
    );
    assert_eq!(
        verdict(f64::signum, 0.0, 0.0),
        (Verdict::Unclear, Some(Finding::Jump))
    );
    // Too steep for the smallest step.
    let step = |x: f64| (1e12 * (x - 1.0)).tanh();
    assert_eq!(
        verdict(step, 1e12, 1.0),
        (Verdict::Unclear, Some(Finding::Jump))
    );
    assert_eq!(verdict(f64::floor, 0.0, 2.5), (Verdict::Right, None));
    assert_eq!(verdict(f64::floor, 1.0, 2.5).0, Verdict::Wrong);
}

#[test]
fn slopes_without_bound() {
    for f in [f64::sqrt, f64::cbrt] {
        assert_eq!(
            verdict(f, INF, 0.0),
            (Verdict::Right, Some(Finding::Unbounded))
        );
        for claim in [0.0, 50.0, -INF, f64::NAN] {
            assert_eq!(verdict(f, claim, 0.0).0, Verdict::Wrong, "{claim}");
        }
    }
    assert_eq!(
        verdict(f64::acos, -INF, 1.0),
        (Verdict::Right, Some(Finding::Unbounded))
    );
    // Unbounded on both sides, one up, one down.
    assert_eq!(verdict(|x| x.abs().sqrt(), 0.0, 0.0).0, Verdict::Unclear);
    // Finite after all, though no step shows it.
    assert_eq!(
        verdict(|x| (x + 1e-24).cbrt(), 1e16 / 3.0, 0.0).0,
        Verdict::Unclear
    );
}

#[test]
fn at_the_end_of_a_domain_one_side_is_enough() {
    let f = |x: f64| (x - 2.0).sqrt().powi(3) + x;
    assert_eq!(verdict(f, 2.0, 2.0).0, Verdict::Wrong);
    let half = |x: f64| 0.0 * (2.0 - x).sqrt() + x.exp();
    assert_eq!(verdict(half, 2_f64.exp(), 2.0), (Verdict::Right, None));
    assert_eq!(
        verdict(half, 2_f64.exp() * (1.0 + 1e-7), 2.0),
        (Verdict::Wrong, None)
    );
    // Its rounding is regular next to 1: differences look better than they are.
    let arc = |x: f64| x.acos() * (1.0 - x * x).sqrt();
    assert!(verdict(arc, -2.0, 1.0).0 != Verdict::Wrong);
    assert_eq!(verdict(arc, 2.0, 1.0).0, Verdict::Wrong);
    // Next to the end.
    check::derivative(f64::ln, f64::recip, 1e-300).assert();
    check::derivative(f64::asin, |x| derivative(|x| x.asin(), x), 1.0 - 1e-6).assert();
}

#[test]
fn outside_nothing_is_right() {
    assert_eq!(
        verdict(f64::acosh, 0.204, -5.0),
        (Verdict::Wrong, Some(Finding::Outside))
    );
    assert_eq!(
        verdict(f64::acosh, f64::NAN, -5.0),
        (Verdict::Unclear, Some(Finding::Outside))
    );
    assert_eq!(
        verdict(f64::acosh, 0.0, -5.0),
        (Verdict::Unclear, Some(Finding::Outside))
    );
    assert_eq!(
        verdict(f64::ln, INF, 0.0),
        (Verdict::Unclear, Some(Finding::Outside))
    );
    // Defined at one point.
    assert_eq!(
        verdict(|x| (-x * x).sqrt(), 0.0, 0.0),
        (Verdict::Unclear, Some(Finding::Outside))
    );
}
