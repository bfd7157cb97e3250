//! Differences at growing steps, extrapolated to step zero: Richardson's table, read with care.

use alloc::vec::Vec;

/// A derivative, and by how much it may be off.
#[derive(Clone, Copy, Debug)]
pub struct Estimate {
    pub value: f64,
    pub error: f64,
}

impl Estimate {
    /// How far apart the two are, if that is more than their errors allow.
    pub fn gap(self, other: Self, safety: f64) -> Option<f64> {
        let gap = (self.value - other.value).abs();
        (gap > safety * (self.error + other.error)).then_some(gap)
    }
}

/// An entry of the table: the extrapolated difference, and what the noise of the function makes of it.
#[derive(Clone, Copy, Debug)]
struct Entry {
    value: f64,
    noise: f64,
}

/// Richardson's table of differences whose error is a series in a power of the step.
///
/// Ridders takes the entry nearest to its neighbours. In a long table some are near by chance, so two things are added. Each entry
/// carries the noise of the function, as the differences magnify it. And steps begin small, where noise is all there is to fear: what larger
/// steps say is believed as far as it lies within what is known already. (Steps from the large end find that `sin` has slope 0
/// wherever they are multiples of its period.)
#[derive(Debug)]
pub struct Ladder {
    power: i32,
    steps: Vec<f64>,
    row: Vec<Entry>,
    /// The two differences at the smallest steps.
    first: [Entry; 2],
    best: Option<Estimate>,
    /// What was best after each step.
    history: Vec<Option<Estimate>>,
    /// All entries.
    candidates: Vec<Estimate>,
    /// For how many steps nothing has been gained.
    stale: usize,
}

/// Beyond it, further columns add noise alone.
const COLUMNS: usize = 7;
/// So many larger steps may fail to improve the estimate.
const PATIENCE: usize = 4;

impl Ladder {
    /// The error of differences is a series in `step^power`.
    pub fn new(power: i32) -> Self {
        Self {
            power,
            steps: Vec::new(),
            row: Vec::new(),
            first: [Entry {
                value: f64::NAN,
                noise: 0.0,
            }; 2],
            best: None,
            history: Vec::new(),
            candidates: Vec::new(),
            stale: 0,
        }
    }

    /// Adds the difference at a step larger than all before, in which the noise of the function is magnified to `noise`.
    pub fn push(&mut self, step: f64, difference: f64, noise: f64) {
        if let Some(first) = self.first.get_mut(self.steps.len()) {
            *first = Entry {
                value: difference,
                noise,
            };
        }
        let before = self.best.map_or(f64::INFINITY, |best| best.error);
        let was_done = self.is_done();
        let mut row = Vec::with_capacity(COLUMNS);
        row.push(Entry {
            value: difference,
            noise,
        });
        let reachable = self.row.len().min(COLUMNS - 1);
        for column in 0..reachable {
            let (finer, coarser) = (self.row[column], row[column]);
            let ratio = step / self.steps[self.steps.len() - 1 - column];
            let weight = (num_traits::Float::powi(ratio, self.power) - 1.0).recip();
            let value = finer.value + (finer.value - coarser.value) * weight;
            let noise = finer.noise * (1.0 + weight) + coarser.noise * weight;
            let distance = (value - finer.value)
                .abs()
                .max((value - coarser.value).abs());
            let candidate = Estimate {
                value,
                error: distance + noise,
            };
            if candidate.error.is_finite() {
                self.candidates.push(candidate);
                if !was_done {
                    self.consider(candidate);
                }
            }
            row.push(Entry { value, noise });
        }
        self.steps.push(step);
        self.row = row;
        let after = self.best.map_or(f64::INFINITY, |best| best.error);
        self.stale = if after < before { 0 } else { self.stale + 1 };
        self.history.push(self.best);
    }

    fn consider(&mut self, candidate: Estimate) {
        let is_better =
            |best: Estimate| candidate.error < best.error && candidate.gap(best, 3.0).is_none();
        if self.best.is_none_or(is_better) {
            self.best = Some(candidate);
        }
    }

    /// Whether the last step has helped.
    pub fn has_gained(&self) -> bool {
        self.stale == 0
    }

    /// Whether larger steps have stopped to help.
    pub fn is_done(&self) -> bool {
        let is_exact = |best: Estimate| best.error <= 16.0 * f64::EPSILON * best.value.abs();
        self.stale >= PATIENCE || self.best.is_some_and(is_exact)
    }

    /// What the table says; nothing before there are two differences.
    pub fn estimate(&self) -> Option<Estimate> {
        self.best
    }

    /// Whether a derivative may be right though the best estimate is far from it: where the steps are too large for the function, where steps
    /// two sizes below the best do not refute it, or where others support it.
    ///
    /// Steps beyond the waves of a function say that it is about zero: next to nothing is not taken from them.
    pub fn supports(&self, derivative: f64, safety: f64) -> bool {
        let agrees =
            |estimate: Estimate| (derivative - estimate.value).abs() <= safety * estimate.error;
        let last = self.history.len().saturating_sub(1 + self.stale);
        let earlier = self.history.get(last.saturating_sub(2)).copied().flatten();
        if !self.is_resolved() || earlier.is_some_and(agrees) {
            return true;
        }
        let gap = self
            .best
            .map_or(0.0, |best| (derivative - best.value).abs());
        derivative.abs() > 1e-3 * gap
            && self
                .candidates
                .iter()
                .any(|candidate| candidate.error * safety <= 0.1 * gap && agrees(*candidate))
    }

    /// Whether the smallest steps come closer to the estimate, as they must once they are small for the function.
    fn is_resolved(&self) -> bool {
        let (Some(best), [first, second]) = (self.best, self.first) else {
            return true;
        };
        let [first_gap, second_gap] = [first, second].map(|entry| (entry.value - best.value).abs());
        first_gap <= 0.5 * second_gap + 2.0 * first.noise + best.error
    }
}
