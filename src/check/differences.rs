//! What differences say of one derivative: those around the point, and those on each side of it alone.

use alloc::vec::Vec;

use super::ladder::{Estimate, Ladder};

/// From step to step. Twice as much noise more or less decides little; a finer ladder costs more of the user's evaluations.
pub const RATIO: f64 = 4.0;
/// After so many steps that change nothing the function may be constant here, and after so many it is: they reach to a hundredth of
/// the input.
const STILL: usize = 4;
const LONG: usize = 10;
/// So many steps must agree on how fast differences grow.
const GROWING: usize = 6;

/// The differences of one output, taken one way.
#[derive(Debug)]
pub struct Series {
    ladder: Ladder,
    /// For how many steps from the first nothing has changed.
    still: usize,
    /// What noise may have hidden meanwhile.
    hidden: f64,
    /// Whether more has changed then than was hidden.
    is_plateau: bool,
    /// Whether the function has left its domain, or the range of floats.
    is_over: bool,
    /// The differences, by growing steps.
    differences: Vec<f64>,
}

impl Series {
    /// The error of the differences is a series in `step^power`.
    pub fn new(power: i32) -> Self {
        Self {
            ladder: Ladder::new(power),
            still: 0,
            hidden: 0.0,
            is_plateau: true,
            is_over: false,
            differences: Vec::new(),
        }
    }

    /// Adds what has changed, in units of `unit`, at a step larger than all before. Noise makes up to `noise` of it.
    pub fn push(&mut self, step: f64, unit: f64, change: f64, noise: f64) {
        let difference = change / unit;
        if self.is_over || !difference.is_finite() {
            self.is_over = true;
            return;
        }
        let noise = (noise / unit).abs();
        let is_first_change = self.still == self.differences.len();
        self.differences.push(difference);
        if is_first_change && change == 0.0 {
            self.still += 1;
            self.hidden = noise;
            return;
        }
        if is_first_change {
            self.is_plateau = self.still >= STILL && difference.abs() > self.hidden;
        }
        self.ladder.push(step, difference, noise);
    }

    /// Whether larger steps will tell nothing more.
    pub fn is_done(&self) -> bool {
        self.is_over || self.ladder.is_done()
    }

    /// Whether the last step has helped.
    pub fn has_gained(&self) -> bool {
        !self.is_over && self.ladder.has_gained()
    }

    /// What the differences say of a claim.
    pub fn estimate(&self, claimed: f64) -> Option<Estimate> {
        if self.is_constant(claimed) {
            return Some(Estimate {
                value: 0.0,
                error: self.hidden,
            });
        }
        self.ladder.estimate()
    }

    /// Whether nothing changes here. To a claim of zero a short plateau is enough.
    fn is_constant(&self, claimed: f64) -> bool {
        let has_changed = self.still < self.differences.len();
        let is_plateau = self.is_plateau && (self.still >= LONG || claimed == 0.0);
        self.still > 0 && (is_plateau || !has_changed)
    }

    /// Whether a claim may be right though it is far from the estimate.
    pub fn supports(&self, claimed: f64, safety: f64) -> bool {
        !self.is_constant(claimed) && self.ladder.supports(claimed, safety)
    }

    /// How the differences grow as the steps shrink, if that is all they do.
    pub fn growth(&self) -> Option<Growth> {
        let mut powers = (f64::INFINITY, f64::NEG_INFINITY);
        for two in self.differences.windows(2).take(GROWING) {
            let power = num_traits::Float::ln(two[0] / two[1]) / num_traits::Float::ln(RATIO);
            // Differences of unlike sign have none.
            if power.is_nan() {
                return None;
            }
            powers = (powers.0.min(power), powers.1.max(power));
        }
        let (low, high) = powers;
        let grows = self.differences.len() > GROWING && low > 0.1 && high - low < 0.1;
        grows.then(|| Growth {
            last: self.differences[0],
            power: 0.5 * (low + high),
        })
    }
}

/// Differences that grow with a power of the shrinking step.
#[derive(Clone, Copy, Debug)]
pub struct Growth {
    /// The difference at the smallest step.
    pub last: f64,
    /// Of which power of the step they are the reciprocal: 1 at a jump, 1/2 of a square root at 0.
    pub power: f64,
}

/// What differences say of one derivative.
#[derive(Debug)]
pub struct Differences {
    /// Around the point: the most accurate ones.
    pub around: Series,
    /// On one side each, two sides or four quadrants. At a kink they differ.
    pub sides: Vec<Series>,
    /// How large those on a side are, where those around the point help most.
    pub typical: f64,
}

impl Differences {
    pub fn new(sides: usize) -> Self {
        Self {
            around: Series::new(2),
            sides: (0..sides).map(|_| Series::new(1)).collect(),
            typical: 0.0,
        }
    }

    pub fn is_done(&self) -> bool {
        self.around.is_done() && self.sides.iter().all(Series::is_done)
    }
}
