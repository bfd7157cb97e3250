//! Every special function against the multi-precision table: values, first and second derivatives, in f64 and f32, by `Dual`,
//! `HyperDual`, `Jet` and nested numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use chainrule::{Dual, HyperDual, Jet, RULES, Special};

use crate::reference::{Precision, Reference, error};
use crate::table::{Point, points};

macro_rules! functions {
    (one $($one:ident)*; ordered $($ordered:ident)*; two $($two:ident)*;) => {
        /// The function of this name, over any number.
        pub fn call<S: Special>(name: &str, x: S, y: S, n: i32) -> S {
            match name {
                $(stringify!($one) => x.$one(),)*
                $(stringify!($ordered) => x.$ordered(n),)*
                $(stringify!($two) => x.$two(y),)*
                _ => panic!("add `{name}` to the list of functions in tests/special/oracle.rs"),
            }
        }
        pub const NAMES: &[&str] = &[$(stringify!($one),)* $(stringify!($ordered),)* $(stringify!($two),)*];
        // The test of edges reads it.
        #[allow(dead_code)]
        pub const TWO: &[&str] = &[$(stringify!($two)),*];
        const ORDERED: &[&str] = &[$(stringify!($ordered)),*];
    };
}
functions! {
    one erf erfc norm_pdf norm_cdf inv_norm_cdf gelu gelu_tanh mish gamma ln_gamma digamma trigamma
        expint_e1 expint_ei
        bessel_j0 bessel_j1 bessel_y0 bessel_y1 bessel_i0 bessel_i1 spherical_j0 spherical_j1 spherical_j2;
    ordered polygamma bessel_jn bessel_yn bessel_in spherical_jn;
    two beta ln_beta;
}

/// The bounds in units in the last place of values, of first and of second derivatives.
struct Bounds {
    value: f64,
    first: f64,
    second: f64,
    /// Of a first derivative that was differentiated.
    nested: f64,
}

/// The bounds of a function, and why some have their own.
fn bounds(name: &str) -> Bounds {
    let common = Bounds {
        value: 4.0,
        first: 2.5,
        second: 6.0,
        nested: 6.0,
    };
    match name {
        // An exponential times a quotient of sums.
        "mish" => Bounds {
            first: 3.0,
            ..common
        },
        // A product of two rounded values, in place of a second evaluation at ten times the cost.
        "gamma" => Bounds {
            first: 3.0,
            ..common
        },
        // Two arguments.
        "beta" | "ln_beta" => Bounds {
            first: 4.0,
            ..common
        },
        // A mean of two values of neighbouring orders, each of which is up to 2.5 ulp off.
        _ if ORDERED.contains(&name) => Bounds {
            first: 3.0,
            ..common
        },
        _ => common,
    }
}

/// The size of the terms where a result is a small difference of larger ones: an error is measured in ulps of them. Every
/// exception stands here.
fn terms(point: &Point, order: usize) -> f64 {
    let (x, size) = (point.arguments[0], point.arguments[0].abs());
    let n = point.arguments.get(1).copied().unwrap_or(0.0);
    // Waves have zeros from about their order on, and no argument but an exact zero gives those to full precision.
    let first = if order == 2 { 0.7 * n } else { 0.9 * n };
    let wave = |first: f64, amplitude: f64| {
        if size > first.max(0.6) {
            amplitude
        } else {
            0.0
        }
    };
    let cylinder = (2.0 / (std::f64::consts::PI * size)).sqrt();
    // Left of 0 derivatives of even order of the digamma function, and itself, go from ∞ to -∞ between two poles.
    let polygamma = |n: usize| match n {
        _ if x > 0.0 || n % 2 == 1 => 0.0,
        0 => (2.0 + size).ln(),
        _ => (1..=n).fold(2.0, |product, k| product * 2.0 * k as f64),
    };
    match point.name {
        // Zeros of Φ(x) + xφ(x) at -0.75, and of its slope at ±√2.
        "gelu" | "gelu_tanh" if order == 1 && (-2.5..0.0).contains(&x) => {
            0.4 * (-0.5 * x * x).exp() * size.max(0.8)
        }
        "gelu" | "gelu_tanh" if order == 2 && (1.2..1.7).contains(&size) => 0.2,
        // Zeros of the slope at -1.19, and of its slope at -2.26 and 1.49.
        "mish" if order == 1 && (-5.0..0.0).contains(&x) => size * x.exp(),
        "mish" if order == 2 && (-5.0..0.0).contains(&x) => size.max(1.0) * x.exp(),
        "mish" if order == 2 && (0.0..5.0).contains(&x) => {
            8.0 * x * (-2.0 * x).exp() / (1.0 + 2.0 * (-x).exp()).powi(3)
        }
        "digamma" => polygamma(order),
        "trigamma" => polygamma(1 + order),
        "polygamma" => polygamma(n as usize + order),
        // Zeros between the poles.
        "ln_gamma" if order == 0 && x < 0.0 => 1.0,
        "ln_gamma" if order > 0 => polygamma(order - 1),
        "gamma" if order == 1 && x < 0.0 => {
            point.references[0].approximation().abs() * polygamma(0)
        }
        "bessel_j0" | "bessel_j1" => wave(0.9, cylinder),
        "bessel_y0" | "bessel_y1" => wave(0.0, cylinder),
        "bessel_jn" | "bessel_yn" => wave(first, cylinder),
        "spherical_j0" | "spherical_j1" => wave(0.9, 1.0 / size),
        "spherical_j2" => wave(1.4, 1.0 / size),
        "spherical_jn" => wave(first, 1.0 / size),
        // B(x, y) = 1 on a curve.
        "ln_beta" if order == 0 => 0.5,
        _ => 0.0,
    }
}

/// The same of the formula of the first derivative, differentiated.
fn nested_terms(point: &Point) -> f64 {
    match point.name {
        // exp(x)/x - (exp(x)/x)/x, which has a zero at 1.
        "expint_ei" if (0.5..2.0).contains(&point.arguments[0]) => {
            point.references[1].approximation()
        }
        _ => terms(point, 2),
    }
}

#[derive(Default)]
struct Report {
    failures: String,
    count: usize,
    largest: BTreeMap<(&'static str, &'static str), (f64, Vec<f64>)>,
}

impl Report {
    /// A part of this order of differentiation.
    fn check<T: Precision>(
        &mut self,
        point: &Point,
        (part, order): (&'static str, usize),
        got: T,
        wanted: Reference,
        bound: f64,
    ) {
        self.check_beside(terms(point, order), point, part, got, wanted, bound);
    }

    /// In ulps of the terms, if they are larger than the result.
    fn check_beside<T: Precision>(
        &mut self,
        terms: f64,
        point: &Point,
        part: &'static str,
        got: T,
        wanted: Reference,
        bound: f64,
    ) {
        let Point {
            name, arguments, ..
        } = point;
        let error = error(got, wanted, terms);
        self.count += 1;
        let largest = self.largest.entry((name, part)).or_default();
        if error > largest.0 {
            *largest = (error, arguments.clone());
        }
        if error > bound {
            let wanted = wanted.approximation();
            let _ = writeln!(
                self.failures,
                "{name}{arguments:?} {part}: {got:e}, not {wanted:e}; {error:.1} ulp"
            );
        }
    }

    fn conclude(self) {
        if std::env::var_os("ORACLE_REPORT").is_some() {
            for ((name, part), (error, arguments)) in &self.largest {
                println!("{name:16} {part:14} {error:5.2} ulp at {arguments:?}");
            }
        }
        assert!(self.failures.is_empty(), "\n{}", self.failures);
    }
}

fn check_one<T: Precision>(report: &mut Report, point: &Point, x: T) {
    let (bounds, n) = (
        bounds(point.name),
        point.arguments.get(1).map_or(0, |&n| n as i32),
    );
    let [value, first, second] = [0, 1, 2].map(|order| point.references[order]);
    let plain = call(point.name, x, x, n);
    report.check(point, ("value", 0), plain, value, bounds.value);

    let dual = call(point.name, Dual::<T>::variable(x), Dual::constant(x), n);
    report.check(point, ("first", 1), dual.derivative(), first, bounds.first);

    let hyper = call(
        point.name,
        HyperDual::variable(x),
        HyperDual::constant(x),
        n,
    );
    report.check(point, ("first", 1), hyper.eps1, first, bounds.first);
    report.check(point, ("second", 2), hyper.eps1eps2, second, bounds.second);

    let [variable] = Jet::variables([x]);
    let jet = call(point.name, variable, variable, n);
    report.check(point, ("first", 1), jet.gradient[0], first, bounds.first);
    report.check(
        point,
        ("second", 2),
        jet.hessian()[0][0],
        second,
        bounds.second,
    );

    let variable = Dual::variable(Dual::<T>::variable(x));
    let nested = call(point.name, variable, variable, n).derivative();
    report.check(point, ("first", 1), nested.re, first, bounds.first);
    // Where the formula of the first derivative leaves the range, its own derivative does so before it should.
    if nested.re.is_finite() && T::narrow(second.approximation()).is_normal() {
        report.check_beside(
            nested_terms(point),
            point,
            "second, nested",
            nested.derivative(),
            second,
            bounds.nested,
        );
    }

    for value in [dual.re, hyper.re, jet.re] {
        assert!(
            value == plain || (value.is_nan() && plain.is_nan()),
            "{} at {x}",
            point.name
        );
    }
}

fn check_two<T: Precision>(report: &mut Report, point: &Point, x: T, y: T) {
    let (bounds, name) = (bounds(point.name), point.name);
    let [value, dx, dy, dxx, dxy, dyy] = [0, 1, 2, 3, 4, 5].map(|part| point.references[part]);
    let plain = call(name, x, y, 0);
    report.check(point, ("value", 0), plain, value, bounds.value);

    let [left, right] = Dual::variables([x, y]);
    let dual = call(name, left, right, 0);
    report.check(point, ("dx", 1), dual.eps[0], dx, bounds.first);
    report.check(point, ("dy", 1), dual.eps[1], dy, bounds.first);

    let [left, right] = Jet::variables([x, y]);
    let jet = call(name, left, right, 0);
    let hessian = jet.hessian();
    report.check(point, ("dx", 1), jet.gradient[0], dx, bounds.first);
    report.check(point, ("dy", 1), jet.gradient[1], dy, bounds.first);
    report.check(point, ("dxx", 2), hessian[0][0], dxx, bounds.second);
    report.check(point, ("dxy", 2), hessian[0][1], dxy, bounds.second);
    report.check(point, ("dyy", 2), hessian[1][1], dyy, bounds.second);

    let (unit, zero) = (T::one(), T::zero());
    let (left, right) = (
        HyperDual::new(x, unit, zero, zero),
        HyperDual::new(y, zero, unit, zero),
    );
    let hyper = call(name, left, right, 0);
    report.check(point, ("dx", 1), hyper.eps1, dx, bounds.first);
    report.check(point, ("dy", 1), hyper.eps2, dy, bounds.first);
    report.check(point, ("dxy", 2), hyper.eps1eps2, dxy, bounds.second);

    let [left, right] = Dual::variables(Dual::<T, 2>::variables([x, y]));
    let nested = call(name, left, right, 0);
    report.check(point, ("dx", 1), nested.eps[0].re, dx, bounds.first);
    report.check(point, ("dy", 1), nested.eps[1].re, dy, bounds.first);
    // The formula of the first derivative, differentiated: two terms that may cancel.
    let [x_slope, y_slope, size] = [dx, dy, value].map(Reference::approximation);
    let crossing = (x_slope * y_slope / size).abs();
    for (part, row, column, wanted) in [
        ("dxx, nested", 0, 0, dxx),
        ("dxy, nested", 0, 1, dxy),
        ("dyy, nested", 1, 1, dyy),
    ] {
        let are_finite = nested.eps.iter().all(|slope| slope.re.is_finite());
        if are_finite && T::narrow(wanted.approximation()).is_finite() {
            let terms = if row == column { 0.0 } else { crossing };
            let got = nested.eps[row].eps[column];
            report.check_beside(terms, point, part, got, wanted, bounds.nested);
        }
    }
}

/// Checks every point that the precision has exactly.
fn check_all<T: Precision>() -> usize {
    let mut report = Report::default();
    for point in points() {
        let is_ordered = ORDERED.contains(&point.name);
        let numbers = if is_ordered {
            &point.arguments[..1]
        } else {
            &point.arguments
        };
        if numbers.iter().any(|&x| T::narrow(x).wide() != x) {
            continue;
        }
        match *numbers {
            [x] => check_one(&mut report, &point, T::narrow(x)),
            [x, y] => check_two(&mut report, &point, T::narrow(x), T::narrow(y)),
            _ => unreachable!("one or two numbers"),
        }
    }
    let count = report.count;
    report.conclude();
    count
}

#[test]
fn double_precision_stays_within_the_bounds() {
    let count = check_all::<f64>();
    assert!(
        count > 12_000,
        "only {count} comparisons: has table.txt been cut?"
    );
}

#[test]
fn single_precision_stays_within_the_bounds() {
    let count = check_all::<f32>();
    assert!(
        count > 12_000,
        "only {count} comparisons: has table.txt been cut?"
    );
}

#[test]
fn every_special_function_has_oracle_points() {
    let points = points();
    let special = RULES.iter().filter(|rule| !rule.source.is_empty());
    let rules: BTreeSet<&str> = special.map(|rule| rule.name).collect();
    for name in &rules {
        let count = points.iter().filter(|point| point.name == *name).count();
        assert!(
            NAMES.contains(name) && count >= 20,
            "`{name}` has {count} oracle points: add a block with its value and a few dozen points to \
             tests/special/generate.py, run that script, and add the name to the list in tests/special/oracle.rs"
        );
    }
    for name in NAMES {
        assert!(
            rules.contains(name),
            "there is no rule `{name}`: remove its block from tests/special/generate.py"
        );
    }
}
