//! Rows of columns: the same derivative computed in several ways, compared first, then timed in turns.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::numbers::Numbers;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// The function alone.
    Primal,
    ByHand,
    Attribute,
    Closure,
    /// The algorithm for floats, run over numbers.
    OverNumbers,
    /// num-dual as its documentation shows it.
    NumDual,
    /// num-dual as somebody who knows it would drive it.
    NumDualAtBest,
}

/// The most that a column may cost, as a multiple of the reference: in time and in instructions.
#[derive(Clone, Copy)]
pub struct Bar {
    pub time: f64,
    pub instructions: f64,
}

impl Bar {
    pub const fn of(ratio: f64) -> Self {
        Self {
            time: ratio,
            instructions: ratio,
        }
    }
}

pub struct Column {
    pub kind: Kind,
    /// Runs it so many times.
    pub calls: Box<dyn FnMut(u64)>,
    result: Vec<f64>,
}

pub struct Row {
    pub name: String,
    /// What the others are multiples of.
    pub reference: Kind,
    pub bars: Vec<(Kind, Bar)>,
    pub columns: Vec<Column>,
}

impl Row {
    /// A row of multiples of the derivative by hand.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            reference: Kind::ByHand,
            bars: Vec::new(),
            columns: Vec::new(),
        }
    }

    /// A row of multiples of the function alone.
    pub fn over_primal(name: impl Into<String>) -> Self {
        Self {
            reference: Kind::Primal,
            ..Self::new(name)
        }
    }

    pub fn bar(mut self, kind: Kind, bar: Bar) -> Self {
        self.bars.push((kind, bar));
        self
    }

    /// A column that gives its results by value.
    pub fn column<I: 'static, V: Numbers>(
        self,
        kind: Kind,
        input: I,
        mut f: impl FnMut(&I) -> V + 'static,
    ) -> Self {
        self.column_into(kind, input, (), move |input, ()| f(input))
    }

    /// A column that writes to a place which it is given, as well.
    pub fn column_into<I: 'static, O: Numbers + 'static, V: Numbers>(
        mut self,
        kind: Kind,
        input: I,
        mut place: O,
        mut f: impl FnMut(&I, &mut O) -> V + 'static,
    ) -> Self {
        let mut result = Vec::new();
        f(&input, &mut place).append_to(&mut result);
        place.append_to(&mut result);
        self.columns.push(Column {
            kind,
            calls: Box::new(move |count| measured_calls(count, &input, &mut place, &mut f)),
            result,
        });
        self
    }

    /// Whether each column gives what is computed by hand, to 1e-12.
    pub fn check(&self) -> Result<(), String> {
        let by_hand = self
            .columns
            .iter()
            .find(|column| column.kind == Kind::ByHand)
            .ok_or_else(|| format!("{}: nothing to compare with", self.name))?;
        for column in &self.columns {
            let mut expected = &by_hand.result[..];
            if column.kind == Kind::Primal {
                expected = &expected[..column.result.len()];
            }
            if column.result.len() != expected.len() {
                return Err(format!(
                    "{}, {:?}: {} numbers instead of {}",
                    self.name,
                    column.kind,
                    column.result.len(),
                    expected.len()
                ));
            }
            // Small entries are differences of large ones.
            let floor = 1e-3 * expected.iter().fold(0.0, |max: f64, x| max.max(x.abs()));
            for (i, (actual, expected)) in column.result.iter().zip(expected).enumerate() {
                let error = (actual - expected).abs() / expected.abs().max(floor);
                // Iterations over numbers end when the values have converged; the derivatives lag behind.
                let tolerance = if column.kind == Kind::OverNumbers {
                    1e-9
                } else {
                    1e-12
                };
                if !(error <= tolerance || actual == expected) {
                    return Err(format!(
                        "{}, {:?}: number {i} is {actual}, not {expected}",
                        self.name, column.kind
                    ));
                }
            }
        }
        Ok(())
    }
}

/// What is timed, and what callgrind counts by this name: calls with the function inlined where the compiler likes to.
#[inline(never)]
fn measured_calls<I, O, V>(
    count: u64,
    input: &I,
    place: &mut O,
    f: &mut impl FnMut(&I, &mut O) -> V,
) {
    for _ in 0..count {
        let value = f(black_box(input), black_box(&mut *place));
        black_box(&value);
    }
}

/// A median between its quartiles.
#[derive(Clone, Copy)]
pub struct Spread {
    pub low: f64,
    pub median: f64,
    pub high: f64,
}

impl Spread {
    fn of(mut samples: Vec<f64>) -> Self {
        samples.sort_by(f64::total_cmp);
        let at = |quarter: usize| samples[(samples.len() - 1) * quarter / 4];
        Self {
            low: at(1),
            median: at(2),
            high: at(3),
        }
    }
}

const ROUNDS: usize = 101;
/// Short beside what a scheduler gives at a time, so that other programs spoil few of the rounds.
const BATCH: Duration = Duration::from_micros(200);

/// The time of a call of the reference in nanoseconds, and each column's multiple of it, round by round.
pub fn time(row: &mut Row) -> (Spread, Vec<Spread>) {
    let counts: Vec<u64> = row
        .columns
        .iter_mut()
        .map(|column| calls_in(column, BATCH))
        .collect();
    let width = row.columns.len();
    let mut rounds = vec![Vec::with_capacity(ROUNDS); width];
    for round in 0..ROUNDS {
        for turn in 0..width {
            // Each round begins with another column.
            let i = (round + turn) % width;
            let start = Instant::now();
            (row.columns[i].calls)(counts[i]);
            rounds[i].push(start.elapsed().as_nanos() as f64 / counts[i] as f64);
        }
    }
    let reference = row
        .columns
        .iter()
        .position(|column| column.kind == row.reference)
        .expect("a reference");
    let ratios = rounds
        .iter()
        .map(|column| {
            let ratios = column.iter().zip(&rounds[reference]);
            Spread::of(ratios.map(|(time, reference)| time / reference).collect())
        })
        .collect();
    (Spread::of(rounds[reference].clone()), ratios)
}

/// How many calls take so long.
fn calls_in(column: &mut Column, duration: Duration) -> u64 {
    let mut count = 1;
    loop {
        // The fastest: an interruption must not pass for a slow column.
        let mut elapsed = Duration::MAX;
        for _ in 0..3 {
            let start = Instant::now();
            (column.calls)(count);
            elapsed = elapsed.min(start.elapsed());
        }
        if elapsed >= duration / 4 {
            let calls = count as f64 * duration.as_secs_f64() / elapsed.as_secs_f64();
            return (calls as u64).max(1);
        }
        count *= 2;
    }
}
