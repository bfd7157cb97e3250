//! What `accuracy/run` prints.

use crate::measure::{Errors, Place, Subject};
use crate::num_duals::THEIRS;
use crate::table::Point;
use crate::ways::NESTED;

/// An error in two digits.
pub fn ulps(error: Option<f64>) -> String {
    match error {
        None => String::new(),
        Some(error) if error == f64::INFINITY => "∞".into(),
        Some(error) if error < 99.95 => format!("{error:.1}"),
        Some(error) => format!("{error:.1e}"),
    }
}

pub const HEAD: &str = "rule             float points way                    value        first        second       cancelling   failures  worst first; worst second";

fn cell(errors: &Errors) -> String {
    if errors.count() == 0 {
        return String::new();
    }
    format!("{} ({})", ulps(errors.max()), ulps(errors.percentile_99()))
}

fn place(place: &Place, arity: usize) -> String {
    let Point { x, y, .. } = &place.point;
    match (arity, place.point.rule.as_str()) {
        (1, "powi") => format!("{x:?}, {y:?}"),
        (1, _) => format!("{x:?}"),
        _ => format!("{} {x:?}, {y:?}", place.part),
    }
}

/// A line a way: maximum and, in brackets, 99th percentile of the errors in ulps. Below it some of the points that break a bound.
pub fn lines(subject: &Subject) -> String {
    let worst = |errors: &Errors| {
        let worst = errors.worst.as_ref();
        worst.map_or(String::new(), |worst| place(worst, subject.arity))
    };
    let mut text = String::new();
    for measured in &subject.ways {
        let [value, first, second] = &measured.orders;
        let cancelling = if measured.way == NESTED {
            cell(&measured.cancelling)
        } else {
            String::new()
        };
        text += &format!(
            "{:16} {:5} {:6} {:20}   {:12} {:12} {:12} {:12} {:8}  {}; {}\n",
            subject.rule,
            subject.precision,
            subject.count(),
            measured.way,
            cell(value),
            cell(first),
            cell(second),
            cancelling,
            measured.failed(),
            worst(first),
            worst(second),
        );
        if measured.way == THEIRS {
            continue;
        }
        for failure in measured.failures().take(8) {
            let at = place(failure, subject.arity);
            text += &format!("    {} at {at}: {:.1} ulp\n", failure.part, failure.ulps);
        }
    }
    text
}
