//! Differences at growing steps, extrapolated to step zero: Richardson's table, read with care.

use alloc::vec::Vec;

/// The error of an estimate is an estimate too: so many times that is taken to be possible.
pub const SAFETY: f64 = 10.0;

/// A derivative, and by how much it may be off.
#[derive(Clone, Copy, Debug)]
pub struct Estimate {
    pub value: f64,
    pub error: f64,
}

impl Estimate {
    /// Whether the two are different derivatives.
    pub fn is_apart(self, other: Self) -> bool {
        self.value != other.value && self.exceeds(other, SAFETY)
    }

    /// Whether the two are farther apart than so many times their errors.
    fn exceeds(self, other: Self, times: f64) -> bool {
        (self.value - other.value).abs() > times * (self.error + other.error)
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
            |best: Estimate| candidate.error < best.error && !candidate.exceeds(best, 3.0);
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
    pub fn supports(&self, derivative: f64) -> bool {
        let agrees =
            |estimate: Estimate| (derivative - estimate.value).abs() <= SAFETY * estimate.error;
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
                .any(|candidate| candidate.error * SAFETY <= 0.1 * gap && agrees(*candidate))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Of central differences without noise, the smallest step first.
    fn ladder(differences: &[f64]) -> Ladder {
        noisy(differences, |_| 0.0)
    }

    fn noisy(differences: &[f64], noise: impl Fn(f64) -> f64) -> Ladder {
        let mut ladder = Ladder::new(2);
        let mut step = 1e-6;
        for difference in differences {
            ladder.push(step, *difference, noise(step));
            step *= 4.0;
        }
        ladder
    }

    /// The differences of waves shorter than every step are about zero, and say nothing of the slope.
    #[test]
    fn steps_too_large_for_the_function_refute_nothing() {
        let waves = ladder(&[40.0, -13.0, 2.5, -0.6, 0.15, -0.04, 0.01]);
        assert!(waves.supports(1e6));
        assert!(waves.supports(-1e6));
        let smooth = ladder(&[0.1, 0.2, 0.3, 0.4].map(|step: f64| 2.0 + step * step));
        assert!(!smooth.supports(1e6));
        assert!(!smooth.supports(-1e6));
    }

    #[test]
    fn steps_two_sizes_smaller_may_tell_another_story() {
        let ladder = noisy(&[1.0; 6], |step| 1e-7 / step);
        let last = ladder.history.len() - 1;
        let [here, earlier, earlier_still] =
            [0, 2, 3].map(|sizes| ladder.history[last - sizes].expect("an estimate").error);
        assert!(ladder.has_gained() && 8.0 * here < earlier && 2.0 * earlier < earlier_still);
        assert!(ladder.supports(1.0 + 0.9 * SAFETY * earlier));
        assert!(!ladder.supports(1.0 + 1.1 * SAFETY * earlier));
    }
}
