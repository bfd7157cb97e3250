//! The rows as text.

use crate::measure::{Bar, Kind, Row, Spread};

/// What the noise of a shared machine may add to a ratio of times.
const SLACK: f64 = 0.05;

const KINDS: [(Kind, &str); 7] = [
    (Kind::ByHand, "by hand"),
    (Kind::Primal, "primal"),
    (Kind::Attribute, "attribute"),
    (Kind::Closure, "closure"),
    (Kind::OverNumbers, "over numbers"),
    (Kind::NumDual, "num-dual"),
    (Kind::NumDualAtBest, "num-dual at best"),
];

pub struct Measured {
    pub nanoseconds: Spread,
    pub times: Vec<Spread>,
    /// Of each column; none without callgrind.
    pub instructions: Option<Vec<f64>>,
}

pub fn head(reference: Kind) -> String {
    let titles: Vec<_> = KINDS
        .iter()
        .filter(|(kind, _)| *kind != reference)
        .map(|(_, title)| *title)
        .collect();
    format!(
        "| row | {} | {} | bars, met |\n|---|---|{}---|",
        name(reference),
        titles.join(" | "),
        "---|".repeat(titles.len())
    )
}

pub fn line(row: &Row, measured: &Measured) -> String {
    let position = |kind| row.columns.iter().position(|column| column.kind == kind);
    let instructions = |i: usize| {
        let counts = measured.instructions.as_ref()?;
        Some(counts[i] / counts[position(row.reference)?])
    };
    let mut cells = vec![row.name.clone(), duration(measured.nanoseconds.median)];
    for (kind, _) in KINDS {
        if kind == row.reference {
            continue;
        }
        cells.push(position(kind).map_or(String::new(), |i| {
            let Spread { low, median, high } = measured.times[i];
            let counted =
                instructions(i).map_or(String::new(), |ratio| format!(" i{}", short(ratio)));
            format!(
                "{} [{}-{}]{counted}",
                short(median),
                short(low),
                short(high)
            )
        }));
    }
    let verdicts: Vec<_> = row
        .bars
        .iter()
        .filter_map(|&(kind, bar)| {
            let i = position(kind)?;
            let is_met = is_met(bar, measured.times[i].median, instructions(i));
            Some(format!(
                "{} {}: {}",
                name(kind),
                limit(bar),
                if is_met { "met" } else { "NOT MET" }
            ))
        })
        .collect();
    cells.push(verdicts.join("; "));
    format!("| {} |", cells.join(" | "))
}

fn is_met(bar: Bar, time: f64, instructions: Option<f64>) -> bool {
    time <= bar.time + SLACK || instructions.is_some_and(|ratio| ratio <= bar.instructions)
}

fn limit(bar: Bar) -> String {
    if bar.time == bar.instructions {
        bar.time.to_string()
    } else {
        format!("{} (i{})", bar.time, bar.instructions)
    }
}

fn name(kind: Kind) -> &'static str {
    KINDS
        .iter()
        .find(|(other, _)| *other == kind)
        .map_or("", |(_, name)| name)
}

fn short(ratio: f64) -> String {
    match ratio {
        ..10.0 => format!("{ratio:.2}"),
        10.0..100.0 => format!("{ratio:.1}"),
        _ => format!("{ratio:.0}"),
    }
}

fn duration(nanoseconds: f64) -> String {
    match nanoseconds {
        ..1e3 => format!("{nanoseconds:.1} ns"),
        1e3..1e6 => format!("{:.2} µs", nanoseconds / 1e3),
        _ => format!("{:.2} ms", nanoseconds / 1e6),
    }
}
