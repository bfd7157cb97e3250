//! Noise lowers the trust in a check. It does not raise false alarms.

use chainrule::check::{self, Verdict};

use crate::random::{Random, scatter};

const POINTS: usize = 150;

/// How the slope `x.cos()` of a sine with noise is judged, and its double.
fn counts(f: impl Fn(f64) -> f64, slope: impl Fn(f64) -> f64) -> ([usize; 3], [usize; 3]) {
    let mut random = Random::new();
    let mut all = ([0; 3], [0; 3]);
    for _ in 0..POINTS {
        let x = random.power_of_ten(-2.0, 1.0);
        let report = check::derivative(&f, &slope, x);
        assert!(report.verdict() != Verdict::Wrong, "{report}");
        all.0[report.verdict() as usize] += 1;
        let doubled = check::derivative(&f, |x| 2.0 * slope(x), x);
        all.1[doubled.verdict() as usize] += 1;
    }
    all
}

#[test]
fn scattered_values() {
    for (noise, is_known) in [
        (1e-14, true),
        (1e-10, true),
        (1e-8, true),
        (1e-6, false),
        (1e-4, false),
        (1e-2, false),
        (1.0, false),
    ] {
        let (right, doubled) = counts(|x| x.sin() + noise * scatter(x), f64::cos);
        let [confirmed, ..] = right;
        assert_eq!(2 * confirmed > POINTS, is_known, "{noise}: {right:?}");
        // Up to a hundredth of the value a factor of two still shows, mostly.
        let found = doubled[2] as f64 / POINTS as f64;
        let wanted = if noise < 1e-5 { 0.9 } else { 0.7 };
        assert!(noise > 1e-3 || found > wanted, "{noise}: {doubled:?}");
        assert!(noise < 1e-1 || doubled[0] == 0, "{noise}: {doubled:?}");
    }
}

/// A function rounded to so many digits is constant almost everywhere, and yet nobody means that.
#[test]
fn rounded_values() {
    for step in [1e-14, 1e-12, 1e-10, 1e-8, 1e-6] {
        let rounded = |y: f64| (y / step).round() * step;
        let (_, doubled) = counts(|x| rounded(x.sin()), f64::cos);
        assert!(10 * doubled[2] > 9 * POINTS, "{step}: {doubled:?}");
    }
}

#[test]
fn half_of_it_in_single_precision() {
    let f = |x: f64| x + f64::from((x as f32).sin());
    let (right, doubled) = counts(f, |x| 1.0 + x.cos());
    assert!(10 * doubled[2] > 9 * POINTS, "{right:?} {doubled:?}");
}

/// An iteration that stops where it no longer moves. (If it stopped at `1e-9`, its slope would be as far from that of the solution, and the
/// check says so.)
#[test]
fn a_solver() {
    let kepler = |mean: f64| {
        let mut x = mean;
        for _ in 0..1000 {
            let next = mean + 0.7 * x.sin();
            if next == x {
                break;
            }
            x = next;
        }
        x
    };
    let exact = |mean: f64| {
        let mut x = mean;
        for _ in 0..1000 {
            x -= (x - 0.7 * x.sin() - mean) / (1.0 - 0.7 * x.cos());
        }
        (1.0 - 0.7 * x.cos()).recip()
    };
    let (_, doubled) = counts(kepler, exact);
    assert!(10 * doubled[2] > 9 * POINTS, "{doubled:?}");
}

/// What lies below the rounding of the value is said to.
#[test]
fn a_slope_that_rounding_hides() {
    let report = check::derivative(f64::tanh, |x| x.cosh().powi(-2), 20.0);
    assert!(report.resolution() > 1.0, "{report}");
    assert!(
        report
            .to_string()
            .contains("no difference can tell it from zero"),
        "{report}"
    );
}
