//! Many functions, each at many points over a wide range: right slopes are never wrong, and mistakes are seldom missed.

use chainrule::check::{self, Verdict};
use chainrule::{Dual, Scalar, derivative};

use crate::random::Random;

const POINTS: usize = 150;

/// A function, and the powers of ten between which its points lie.
struct Subject {
    name: &'static str,
    plain: fn(f64) -> f64,
    dual: fn(Dual<f64>) -> Dual<f64>,
    range: (f64, f64),
    /// The share of points at which a slope must be confirmed: less than all where rounding hides it.
    confirmed: f64,
}

macro_rules! subjects {
    ($($name:literal $low:literal $high:literal $confirmed:literal |$x:ident| $body:expr;)*) => {
        [$({
            fn body<S: Scalar<Primal = f64>>($x: S) -> S {
                $body
            }
            Subject { name: $name, plain: body, dual: body, range: ($low, $high), confirmed: $confirmed }
        }),*]
    };
}

fn zoo() -> [Subject; 23] {
    subjects! {
        "sine" -6.0 3.0 1.0 |x| x.sin();
        "sine a million times as fast" -6.0 -1.0 0.9 |x| (x * 1e6).sin();
        "exponential" -10.0 2.0 1.0 |x| x.exp();
        "logarithm" -300.0 300.0 1.0 |x| x.ln();
        "root" -300.0 300.0 1.0 |x| x.sqrt();
        "tanh" -10.0 1.3 0.95 |x| x.tanh();
        "sigmoid" -10.0 1.5 0.95 |x| x.sigmoid();
        "seventh power" -40.0 40.0 1.0 |x| x.powi(7);
        "reciprocal" -150.0 150.0 1.0 |x| x.recip();
        "bell" -5.0 0.8 1.0 |x| (-x * x).exp();
        "quotient" -5.0 5.0 0.9 |x| (x * x - 2.0) / (x * x + 1.0);
        "cancellation" -2.0 5.0 1.0 |x| (x + 1e8) - 1e8;
        "waves that crowd at 0" -3.0 3.0 1.0 |x| x * x.recip().sin();
        "a step a thousandth wide" -2.0 0.5 0.95 |x| ((x - 1.0) * 1e3).tanh();
        "distance" -2.0 0.5 1.0 |x| (x - 1.0).abs();
        "ramp" -2.0 0.5 1.0 |x| (x - 1.0).relu() + x.cos();
        "floor" -2.0 1.0 0.95 |x| x.floor() + x * x;
        "saw" -2.0 1.0 0.95 |x| (x * 10.0).fract();
        "polynomial" -5.0 3.0 1.0 |x| (((x * -5.0 - 1e-3) * x + 3.0) * x + 2.0) * x + 1.0;
        "constant" -5.0 3.0 1.0 |x| x * 0.0 + 3.0;
        "next to nothing" -5.0 3.0 1.0 |x| (x * 1e-3).sin() * 1e-200;
        "a large value" -3.0 2.0 0.9 |x| x.sin() + 1e6;
        "angle" -3.0 3.0 1.0 |x| (x - 2.0).atan2(x);
    }
}

/// What comes of the slope, changed somehow, at the points: how many right, unclear, wrong.
fn counts(subject: &Subject, change: impl Fn(f64) -> f64) -> [usize; 3] {
    let mut random = Random::new();
    let mut counts = [0; 3];
    for _ in 0..POINTS {
        let x = random.power_of_ten(subject.range.0, subject.range.1);
        let slope = derivative(subject.dual, x);
        let report = check::derivative(subject.plain, |_| change(slope), x);
        counts[report.verdict() as usize] += 1;
        if change(slope) == slope {
            assert!(
                report.verdict() != Verdict::Wrong,
                "{}: {report}",
                subject.name
            );
        }
    }
    counts
}

#[test]
fn right_slopes_are_confirmed_and_never_called_wrong() {
    for subject in zoo() {
        let [right, unclear, wrong] = counts(&subject, |slope| slope);
        let share = right as f64 / POINTS as f64;
        assert!(
            share >= subject.confirmed,
            "{}: {right} right, {unclear} unclear, {wrong} wrong",
            subject.name
        );
    }
}

/// Rounding hides some in the tails of saturated functions, where the slope hardly moves the value.
#[test]
fn coarse_mistakes_are_found() {
    type Mistake = (&'static str, fn(f64) -> f64);
    let mistakes: [Mistake; 4] = [
        ("sign", |slope| -slope),
        ("factor", |slope| 2.0 * slope),
        ("a hundredth", |slope| 1.01 * slope),
        ("missing", |_| 0.0),
    ];
    // Of the step and the constant nearly all slopes are 0, where nothing has been changed.
    let names = ["constant", "a step a thousandth wide"];
    for subject in zoo()
        .iter()
        .filter(|subject| !names.contains(&subject.name))
    {
        for (mistake, change) in mistakes {
            let [right, unclear, wrong] = counts(subject, change);
            assert!(
                wrong as f64 >= 0.9 * POINTS as f64,
                "{}, {mistake}: {right} right, {unclear} unclear, {wrong} wrong",
                subject.name
            );
        }
    }
}

#[test]
fn mistakes_of_a_ten_millionth_are_found() {
    let everyday = [
        "sine",
        "exponential",
        "logarithm",
        "root",
        "seventh power",
        "reciprocal",
        "bell",
        "distance",
        "ramp",
        "floor",
        "saw",
        "polynomial",
        "angle",
        "next to nothing",
    ];
    for subject in zoo()
        .iter()
        .filter(|subject| everyday.contains(&subject.name))
    {
        let [right, unclear, wrong] = counts(subject, |slope| slope * (1.0 + 1e-7));
        assert!(
            wrong as f64 >= 0.9 * POINTS as f64,
            "{}: {right} right, {unclear} unclear, {wrong} wrong",
            subject.name
        );
    }
}

#[test]
fn single_precision_is_checked_at_its_own() {
    let mut random = Random::new();
    for _ in 0..POINTS {
        let x = random.power_of_ten(-2.0, 1.0) as f32;
        let slope = derivative(|x| x.sin() * x, x);
        check::derivative(|x: f32| x.sin() * x, |_| slope, x).assert_plausible();
        let doubled = check::derivative(|x: f32| x.sin() * x, |_| 2.0 * slope, x);
        assert!(
            slope.abs() < 0.01 || doubled.verdict() == Verdict::Wrong,
            "{doubled}"
        );
    }
    check::derivative(f32::exp, f32::exp, 1.5).assert();
    check::derivative(f32::ln, f32::recip, 1e-30).assert();
    let mistaken = check::derivative(f32::exp, |x| 1.001 * x.exp(), 1.5);
    assert_eq!(mistaken.verdict(), Verdict::Wrong);
}
