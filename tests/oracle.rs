//! Oracle: references of 106 bits in oracle/table.txt, difference quotients of the bare values taken with hundreds of bits by the
//! package `accuracy`.
//!
//! Every rule is held to them in f64 and f32, by every number and by what the attribute writes. A new rule needs a block in
//! accuracy/src/blocks.rs; a rule without one fails here.

#[path = "oracle/bounds.rs"]
mod bounds;
#[path = "oracle/reference.rs"]
mod reference;
#[path = "oracle/table.rs"]
mod table;
#[path = "oracle/ways.rs"]
mod ways;

use std::fmt::Write;

use bounds::PARTS;
use chainrule::RULES;
use reference::{Precision, error};
use table::Point;
use ways::{NESTED, Rule, WAYS};

macro_rules! rules {
    ({ $($one:tt)* } { $($two:tt)* }) => {
        rules_in!(double f64 { $($one)* } { $($two)* });
        rules_in!(single f32 { $($one)* } { $($two)* });
    };
}
include!("oracle/rules.rs");

fn points() -> Vec<Point> {
    include_str!("oracle/table.txt")
        .lines()
        .map(Point::read)
        .collect()
}

/// What is wrong at a point.
fn failures<T: Precision>(rule: &Rule<T>, point: &Point, text: &mut String) -> usize {
    let mut count = 0;
    let plain = (rule.plain)(point.x, point.y);
    for (name, way) in WAYS.iter().zip(rule.ways) {
        let parts = way(point.x, point.y);
        let value = parts[0].expect("every way gives a value");
        let mut fail = |part: &str, got: T, wanted: f64, ulps: f64| {
            let Point { rule, x, y, .. } = point;
            let _ = writeln!(
                text,
                "{rule} at {x:?}, {y:?}: {part} by {name} {got:e}, not {wanted:e}; {ulps:.1} ulp"
            );
        };
        if value.total_cmp(&plain).is_ne() && !(value.is_nan() && plain.is_nan()) {
            fail("value", value, plain.wide(), f64::NAN);
        }
        for (part, (got, wanted)) in parts.iter().zip(&point.references).enumerate() {
            let (Some(got), Some(wanted)) = (*got, *wanted) else {
                continue;
            };
            let order = bounds::order(rule.arity, part);
            if (order == 0 && !bounds::is_own(rule.name)) || (order == 2 && *name == NESTED) {
                continue;
            }
            count += 1;
            let part = PARTS[rule.arity - 1][part];
            let least = T::min_positive_value().wide();
            let size = bounds::size(rule.name, part, name, (point.x, point.y), least);
            let ulps = error(got, wanted, size);
            let bound = bounds::bound(rule.arity, order, wanted, T::SMALLEST_EXPONENT);
            if ulps.is_nan() || ulps > bound {
                fail(part, got, wanted.approximation(), ulps);
            }
        }
    }
    count
}

/// Checks every point that the precision has exactly, and counts the comparisons.
fn check<T: Precision>(rules: &[Rule<T>]) -> usize {
    let (mut text, mut count) = (String::new(), 0);
    for point in points() {
        let of_arity = |x: f64| T::narrow(x).wide() == x;
        if !of_arity(point.x) || (point.rule != "powi" && !of_arity(point.y)) {
            continue;
        }
        let rule = rules.iter().find(|rule| rule.name == point.rule);
        let rule = rule.unwrap_or_else(|| panic!("oracle/rules.rs lacks `{}`", point.rule));
        count += failures(rule, &point, &mut text);
    }
    assert!(text.is_empty(), "\n{text}");
    count
}

#[test]
fn double_precision_stays_within_the_bounds() {
    let count = check(double::RULES);
    assert!(
        count > 55_000,
        "only {count} comparisons: has table.txt been cut?"
    );
}

#[test]
fn single_precision_stays_within_the_bounds() {
    let count = check(single::RULES);
    assert!(
        count > 28_000,
        "only {count} comparisons: has table.txt been cut?"
    );
}

#[test]
fn every_rule_has_oracle_points() {
    let points = points();
    // The special functions have a table of their own.
    for rule in RULES.iter().filter(|rule| rule.source.is_empty()) {
        let name = rule.name;
        let count = points.iter().filter(|point| point.rule == name).count();
        let is_measured = double::RULES.iter().any(|rule| rule.name == name);
        assert!(
            is_measured && count >= 20,
            "the rule `{name}` has {count} oracle points: add a block with its value and where to measure it to \
             accuracy/src/blocks.rs, and run `accuracy/run --write` (a special function says where it is from, and has its points in \
             tests/special)"
        );
    }
    for rule in double::RULES {
        assert!(
            RULES.iter().any(|other| other.name == rule.name),
            "there is no rule `{}`: remove its block from accuracy/src/blocks.rs, and run `accuracy/run --write`",
            rule.name
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
    for rule in double::RULES
        .iter()
        .filter(|rule| rule.arity == 1 && rule.name != "powi")
    {
        for x in points.into_iter().flat_map(|x| [x, -x]) {
            if !(rule.plain)(x, 0.0).is_nan() {
                continue;
            }
            for (name, way) in WAYS.iter().zip(rule.ways) {
                for (order, part) in way(x, 0.0).into_iter().flatten().enumerate() {
                    assert!(
                        part.is_nan(),
                        "{} at {x} by {name}: order {order} is {part}",
                        rule.name
                    );
                }
            }
        }
    }
}
