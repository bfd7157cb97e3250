//! Every rule by every way against its references.

use crate::blocks::Block;
use crate::bounds::{self, PARTS};
use crate::cache::cached;
use crate::hard;
use crate::reference::{Precision, Reference, error};
use crate::sample::references;
use crate::table::Point;
use crate::ways::{NESTED, Parts, Rule, WAYS};

/// What the errors of some parts are.
#[derive(Clone, Default)]
pub struct Errors {
    /// In ulps, sorted when all are there.
    ulps: Vec<f64>,
    /// Where the bound is broken.
    pub failures: Vec<Place>,
    pub worst: Option<Place>,
}

/// A point, a part of the rule, and its error there.
#[derive(Clone)]
pub struct Place {
    pub ulps: f64,
    pub part: &'static str,
    pub point: Point,
}

impl Errors {
    fn add(&mut self, ulps: f64, bound: f64, point: &Point, part: &'static str) {
        self.ulps.push(ulps);
        let place = || Place {
            ulps,
            part,
            point: point.clone(),
        };
        if ulps > bound {
            self.failures.push(place());
        }
        if self.worst.as_ref().is_none_or(|worst| ulps > worst.ulps) {
            self.worst = Some(place());
        }
    }

    /// Where the truth is too large for a float: no ulps, but a failure if the result is another.
    fn expect_overflow(&mut self, ulps: f64, bound: f64, point: &Point, part: &'static str) {
        if ulps > bound {
            self.failures.push(Place {
                ulps,
                part,
                point: point.clone(),
            });
        }
    }

    pub fn count(&self) -> usize {
        self.ulps.len()
    }

    pub fn max(&self) -> Option<f64> {
        self.worst.as_ref().map(|worst| worst.ulps)
    }

    pub fn percentile_99(&self) -> Option<f64> {
        let rank = (self.ulps.len() * 99).div_ceil(100);
        self.ulps.get(rank.checked_sub(1)?).copied()
    }
}

/// The errors of one way, by order of derivative.
#[derive(Clone)]
pub struct Measured {
    pub way: &'static str,
    pub orders: [Errors; 3],
    /// Second derivatives of nested numbers in ulps of the larger of themselves and the first over the argument (at least 1).
    pub cancelling: Errors,
    /// Values that are not bit for bit those of the plain function.
    pub values: usize,
}

impl Measured {
    fn new(way: &'static str) -> Self {
        Self {
            way,
            orders: Default::default(),
            cancelling: Errors::default(),
            values: 0,
        }
    }

    /// Whether the bounds hold for this order.
    pub fn is_bounded(&self, order: usize) -> bool {
        self.way != NESTED || order < 2
    }

    pub fn failures(&self) -> impl Iterator<Item = &Place> {
        let orders = (0..3).filter(|&order| self.is_bounded(order));
        orders.flat_map(|order| &self.orders[order].failures)
    }

    pub fn failed(&self) -> usize {
        self.values + self.failures().count()
    }
}

/// A rule in one precision.
pub struct Subject {
    pub rule: &'static str,
    pub arity: usize,
    pub precision: &'static str,
    pub points: Vec<Vec<Point>>,
    pub ways: Vec<Measured>,
}

impl Subject {
    /// How often this crate breaks a bound.
    pub fn failed(&self) -> usize {
        self.ways
            .iter()
            .take(WAYS.len())
            .map(Measured::failed)
            .sum()
    }

    pub fn count(&self) -> usize {
        self.points.iter().map(Vec::len).sum()
    }
}

/// Measures one rule, `more` ways beside this crate's.
pub fn measure<T: Precision>(
    block: &Block,
    rule: &Rule<T>,
    more: &[(&'static str, crate::ways::Way<T>)],
    share: usize,
) -> Subject {
    let subject = format!("{} {} {share}", block.name(), std::any::type_name::<T>());
    let mut points = cached(&subject, || references::<T>(block, share));
    points.push(hard::points::<T>(block));
    let ways = WAYS.iter().copied().zip(rule.ways.iter().copied());
    let ways = ways.chain(more.iter().copied()).map(|(name, way)| {
        let mut measured = Measured::new(name);
        for point in points.iter().flatten() {
            let parts = way(point.x, point.y);
            let plain = (rule.plain)(point.x, point.y);
            record(&mut measured, rule.arity, point, plain, &parts);
        }
        for errors in measured.orders.iter_mut().chain([&mut measured.cancelling]) {
            errors.ulps.sort_by(f64::total_cmp);
        }
        measured
    });
    let ways = ways.collect();
    Subject {
        rule: rule.name,
        arity: rule.arity,
        precision: std::any::type_name::<T>(),
        points,
        ways,
    }
}

fn record<T: Precision>(
    measured: &mut Measured,
    arity: usize,
    point: &Point,
    plain: T,
    parts: &Parts<T>,
) {
    let same = |a: T, b: T| a.total_cmp(&b).is_eq() || (a.is_nan() && b.is_nan());
    measured.values += usize::from(!parts[0].is_some_and(|value| same(value, plain)));
    for (part, (got, wanted)) in parts.iter().zip(&point.references).enumerate() {
        let (Some(got), Some(wanted)) = (*got, *wanted) else {
            continue;
        };
        if part == 0 && !bounds::is_own(&point.rule) {
            continue;
        }
        let name = PARTS[arity - 1][part];
        let order = bounds::order(arity, part);
        let least = T::min_positive_value().wide();
        let size = bounds::size(&point.rule, name, measured.way, (point.x, point.y), least);
        let bound = bounds::bound(arity, order, wanted, T::SMALLEST_EXPONENT);
        let errors = &mut measured.orders[order];
        if T::narrow(wanted.approximation()).is_infinite() {
            errors.expect_overflow(error(got, wanted, size), bound, point, name);
            continue;
        }
        errors.add(error(got, wanted, size), bound, point, name);
        if measured.way == NESTED && order == 2 && arity == 1 {
            let first = point.references[1].map_or(0.0, Reference::approximation);
            let scale = size.max(first.abs() / point.x.abs().max(1.0));
            let scale = scale.clamp(f64::MIN_POSITIVE, f64::MAX);
            measured
                .cancelling
                .add(error(got, wanted, scale), bound, point, name);
        }
    }
}
