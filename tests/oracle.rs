//! Oracle: 106-bit references in oracle/table.txt, difference quotients of the bare values taken with 6000 bits.
//!
//! Every rule is held to them in f64 and f32, first derivatives by `Dual`, second ones by `HyperDual`. A new rule needs a
//! block of points in oracle/generate.py; a rule without one fails here.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::{Div, Rem};

use chainrule::{Activation, Dual, HyperDual, RULES};

#[path = "oracle/table.rs"]
mod table;
use table::{Point, Precision, Reference, error, points};

/// The bounds in units in the last place: of values (activations only, all others are `T`'s own), of first and of second
/// derivatives.
struct Bounds {
    value: f64,
    first: f64,
    second: f64,
}
const ONE_ARGUMENT: Bounds = Bounds {
    value: 4.0,
    first: 2.5,
    second: 6.0,
};
const TWO_ARGUMENTS: Bounds = Bounds {
    value: 4.0,
    first: 4.0,
    second: 6.0,
};

/// The bounds of a rule, and why some rules have their own.
fn bounds(point: &Point) -> Bounds {
    let bounds = if point.references.len() == 6 {
        TWO_ARGUMENTS
    } else {
        ONE_ARGUMENT
    };
    match point.rule {
        // The first derivative is σ' (2.1 ulp at worst) times a sum of three terms: 2.7 ulp measured in 13,000 points.
        "silu" => Bounds {
            first: 3.0,
            ..bounds
        },
        _ => bounds,
    }
}

/// Where a result is a small difference of large terms, an ulp means an ulp of the terms. Every exception stands here.
fn envelope(rule: &str, part: &str, arguments: &[f64]) -> f64 {
    let x = arguments[0];
    match (rule, part) {
        // Zeros of sinc' and sinc'' between the waves: no argument but an exact zero gives them to full precision.
        ("sinc", "first") => (1.0 / x.abs()).min(x.abs() / 3.0),
        ("sinc", "second") => (1.0 / x.abs()).min(1.0 / 3.0),
        // Zeros of silu' at -1.28 and of silu'' at ±2.4, which no float hits: the size of the terms there.
        ("silu", "first") if (-2.0..-1.0).contains(&x) => 0.05,
        ("silu", "second") if (2.0..3.0).contains(&x.abs()) => 0.15,
        // A sum of exponentials near 1: the larger argument and the correction cancel.
        ("logaddexp", "value") => x.max(arguments[1]).abs(),
        _ => 0.0,
    }
}

/// One rule as a function of each number type.
#[derive(Clone, Copy)]
struct One {
    dual: fn(Dual<f64>) -> Dual<f64>,
    hyper: fn(HyperDual<f64>) -> HyperDual<f64>,
    dual32: fn(Dual<f32>) -> Dual<f32>,
    hyper32: fn(HyperDual<f32>) -> HyperDual<f32>,
}
#[derive(Clone, Copy)]
struct Two {
    dual: fn(Dual<f64>, Dual<f64>) -> Dual<f64>,
    hyper: fn(HyperDual<f64>, HyperDual<f64>) -> HyperDual<f64>,
    dual32: fn(Dual<f32>, Dual<f32>) -> Dual<f32>,
    hyper32: fn(HyperDual<f32>, HyperDual<f32>) -> HyperDual<f32>,
}
#[derive(Clone, Copy)]
enum Rule {
    One(One),
    Two(Two),
    IntegerPower,
}

macro_rules! one_argument {
    ($($name:ident)*) => {
        const ONE: &[(&str, Rule)] = &[$((stringify!($name), Rule::One(One {
            dual: |x| x.$name(), hyper: |x| x.$name(), dual32: |x| x.$name(), hyper32: |x| x.$name(),
        }))),*];
    };
}
macro_rules! two_arguments {
    ($($name:ident)*) => {
        const TWO: &[(&str, Rule)] = &[$((stringify!($name), Rule::Two(Two {
            dual: |x, y| x.$name(y), hyper: |x, y| x.$name(y), dual32: |x, y| x.$name(y), hyper32: |x, y| x.$name(y),
        }))),*];
    };
}
include!("oracle/rules.rs");

fn tested_rules() -> BTreeMap<&'static str, Rule> {
    let integer_power = ("powi", Rule::IntegerPower);
    ONE.iter()
        .chain(TWO)
        .copied()
        .chain([integer_power])
        .collect()
}

#[derive(Default)]
struct Report {
    failures: String,
    count: usize,
    largest: BTreeMap<(&'static str, &'static str), (f64, Vec<f64>)>,
}

impl Report {
    fn check<T: Precision + std::fmt::LowerExp>(
        &mut self,
        point: &Point,
        part: &'static str,
        got: T,
        wanted: Option<Reference>,
        bound: f64,
    ) {
        let Some(wanted) = wanted else { return };
        let error = error(got, wanted, envelope(point.rule, part, &point.arguments));
        self.count += 1;
        let largest = self.largest.entry((point.rule, part)).or_default();
        if error > largest.0 {
            *largest = (error, point.arguments.clone());
        }
        if error > bound {
            let Point {
                rule, arguments, ..
            } = point;
            let _ = writeln!(
                self.failures,
                "{rule}{arguments:?} {part}: {got:e}, not {:e}; {error:.1} ulp",
                wanted.high
            );
        }
    }

    fn conclude(self) {
        if std::env::var_os("ORACLE_REPORT").is_some() {
            for ((rule, part), (error, arguments)) in &self.largest {
                println!("{rule:16} {part:6} {error:5.2} ulp at {arguments:?}");
            }
        }
        assert!(self.failures.is_empty(), "\n{}", self.failures);
    }
}

/// Checks every point that the precision has exactly.
fn check_all<T: Precision + std::fmt::LowerExp + chainrule::Scalar>(
    one: impl Fn(One) -> (fn(Dual<T>) -> Dual<T>, fn(HyperDual<T>) -> HyperDual<T>),
    two: impl Fn(
        Two,
    ) -> (
        fn(Dual<T>, Dual<T>) -> Dual<T>,
        fn(HyperDual<T>, HyperDual<T>) -> HyperDual<T>,
    ),
) -> usize {
    let (rules, mut report) = (tested_rules(), Report::default());
    let (zero, unit) = (T::zero(), T::one());
    for point in points() {
        if point.arguments.iter().any(|&x| T::narrow(x).wide() != x) {
            continue;
        }
        let x = T::narrow(point.arguments[0]);
        let wanted = &point.references;
        let is_activation = chainrule_activations().contains(&point.rule);
        let (first, second);
        match rules[point.rule] {
            Rule::One(rule) => {
                (first, second) = {
                    let (dual, hyper) = one(rule);
                    (dual(Dual::variable(x)), hyper(HyperDual::variable(x)))
                }
            }
            Rule::IntegerPower => {
                (first, second) = {
                    let n = point.arguments[1] as i32;
                    (Dual::variable(x).powi(n), HyperDual::variable(x).powi(n))
                }
            }
            Rule::Two(rule) => {
                let y = T::narrow(point.arguments[1]);
                let (dual, hyper) = two(rule);
                let bounds = bounds(&point);
                if is_activation {
                    report.check(
                        &point,
                        "value",
                        dual(Dual::constant(x), Dual::constant(y)).re,
                        wanted[0],
                        bounds.value,
                    );
                }
                let dx = dual(Dual::variable(x), Dual::constant(y)).derivative();
                report.check(&point, "dx", dx, wanted[1], bounds.first);
                let dy = dual(Dual::constant(x), Dual::variable(y)).derivative();
                report.check(&point, "dy", dy, wanted[2], bounds.first);
                let dxx = hyper(HyperDual::variable(x), HyperDual::constant(y)).eps1eps2;
                report.check(&point, "dxx", dxx, wanted[3], bounds.second);
                let dxy = hyper(
                    HyperDual::new(x, unit, zero, zero),
                    HyperDual::new(y, zero, unit, zero),
                )
                .eps1eps2;
                report.check(&point, "dxy", dxy, wanted[4], bounds.second);
                let dyy = hyper(HyperDual::constant(x), HyperDual::variable(y)).eps1eps2;
                report.check(&point, "dyy", dyy, wanted[5], bounds.second);
                continue;
            }
        }
        let bounds = bounds(&point);
        if is_activation {
            report.check(&point, "value", first.re, wanted[0], bounds.value);
        }
        report.check(&point, "first", first.derivative(), wanted[1], bounds.first);
        report.check(&point, "first", second.eps1, wanted[1], bounds.first);
        report.check(&point, "second", second.eps1eps2, wanted[2], bounds.second);
    }
    let count = report.count;
    report.conclude();
    count
}

/// The rules whose value is ours as well.
fn chainrule_activations() -> &'static [&'static str] {
    &[
        "sigmoid",
        "logit",
        "softplus",
        "log_sigmoid",
        "silu",
        "softsign",
        "relu",
        "sinc",
        "log1mexp",
        "logexpm1",
        "logaddexp",
        "xlogy",
        "leaky_relu",
    ]
}

#[test]
fn double_precision_stays_within_the_bounds() {
    let count = check_all::<f64>(
        |rule| (rule.dual, rule.hyper),
        |rule| (rule.dual, rule.hyper),
    );
    assert!(
        count > 5000,
        "only {count} comparisons: has table.txt been cut?"
    );
}

#[test]
fn single_precision_stays_within_the_bounds() {
    let count = check_all::<f32>(
        |rule| (rule.dual32, rule.hyper32),
        |rule| (rule.dual32, rule.hyper32),
    );
    assert!(
        count > 3500,
        "only {count} comparisons: has table.txt been cut?"
    );
}

#[test]
fn every_rule_has_oracle_points() {
    let (rules, points) = (tested_rules(), points());
    // The special functions have a table of their own.
    for rule in RULES.iter().filter(|rule| rule.source.is_empty()) {
        let (name, block) = (rule.name, ["one", "two"][rule.arity - 1]);
        let count = points.iter().filter(|point| point.rule == name).count();
        assert!(
            rules.contains_key(name) && count >= 8,
            "the rule `{name}` has {count} oracle points: add a block `{block}(\"{name}\", ...)` with its value and a few \
             dozen points to tests/oracle/generate.py, and run that script"
        );
    }
    for name in rules.keys() {
        assert!(
            RULES.iter().any(|rule| rule.name == *name),
            "there is no rule `{name}`: remove its block from tests/oracle/generate.py, and run that script"
        );
    }
}

/// Outside its domain a function has no slope, and some rows promise that their formulas say so.
#[test]
fn where_a_value_is_nan_so_are_its_derivatives() {
    let points = [
        f64::NAN,
        f64::INFINITY,
        5.0,
        2.0,
        1.5,
        1.0,
        0.5,
        f64::from_bits(1),
        0.0,
    ];
    for (name, rule) in ONE {
        let Rule::One(rule) = rule else {
            unreachable!("a rule of one argument")
        };
        for x in points.into_iter().flat_map(|x| [x, -x]) {
            let (first, second) = (
                (rule.dual)(Dual::variable(x)),
                (rule.hyper)(HyperDual::variable(x)),
            );
            if first.re.is_nan() {
                assert!(
                    first.derivative().is_nan() && second.eps1.is_nan(),
                    "{name} at {x}: {first}, {second}"
                );
                assert!(second.eps1eps2.is_nan(), "{name} at {x}: {second}");
            }
        }
    }
}
