//! What differences mean for a claim.

use alloc::vec::Vec;

use super::component::{Finding, Verdict};
use super::differences::Differences;
use super::ladder::{Estimate, SAFETY};

/// By what a derivative is measured, besides the differences.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// Of the function's floats.
    pub epsilon: f64,
    /// The function at the point.
    pub value: f64,
    /// What the derivative would be if the value were its input's doing.
    pub typical: f64,
}

/// What is said of a claim.
#[derive(Clone, Copy, Debug)]
pub struct Judgement {
    pub expected: Estimate,
    pub verdict: Verdict,
    pub finding: Option<Finding>,
}

impl Judgement {
    fn new(expected: Estimate, verdict: Verdict, finding: Option<Finding>) -> Self {
        Self {
            expected,
            verdict,
            finding,
        }
    }

    /// Nothing can be said.
    pub fn unclear(finding: Finding) -> Self {
        let nothing = Estimate {
            value: f64::NAN,
            error: f64::INFINITY,
        };
        Self::new(nothing, Verdict::Unclear, Some(finding))
    }

    pub fn of(claimed: f64, differences: &Differences, scale: Scale) -> Self {
        if !scale.value.is_finite() {
            return Self::of_no_value(claimed, scale.value);
        }
        let around = &differences.around;
        let (judgement, mut oracles) = match Sides::of(differences, claimed) {
            Sides::Jump => return Self::unclear(Finding::Jump),
            Sides::Unbounded { limit, steepest } => {
                return Self::of_unbounded(claimed, limit, steepest);
            }
            Sides::Smooth(None) => return Self::unclear(Finding::Outside),
            Sides::Kink { low, high } => {
                let judgement = Self::at_kink(claimed, low, high);
                (judgement, differences.sides.iter().chain([around]))
            }
            Sides::Smooth(Some(expected)) => {
                let scale = Scale {
                    typical: scale.typical.max(differences.typical),
                    ..scale
                };
                let is_one_sided = around.estimate(claimed).is_none();
                let sides = if is_one_sided {
                    &differences.sides[..]
                } else {
                    &[]
                };
                let judgement = Self::of_estimate(claimed, expected, scale);
                (judgement, sides.iter().chain([around]))
            }
        };
        let is_refuted = judgement.verdict == Verdict::Wrong;
        if is_refuted && oracles.any(|series| series.supports(claimed)) {
            return Self::new(judgement.expected, Verdict::Unclear, Some(Finding::Noise));
        }
        judgement
    }

    /// Where the function is NaN, so are its derivatives, but for zeros; where it is infinite, nothing is known.
    fn of_no_value(claimed: f64, value: f64) -> Self {
        let mut judgement = Self::unclear(Finding::Outside);
        if value.is_nan() && claimed != 0.0 && !claimed.is_nan() {
            judgement.verdict = Verdict::Wrong;
        }
        judgement
    }

    /// Any derivative between those of the sides is a convention that someone may have chosen.
    fn at_kink(claimed: f64, low: Estimate, high: Estimate) -> Self {
        let is_nearer_low = (claimed - low.value).abs() < (claimed - high.value).abs();
        let nearest = if is_nearer_low { low } else { high };
        let is_between = claimed >= low.value - SAFETY * low.error
            && claimed <= high.value + SAFETY * high.error;
        let verdict = if is_between {
            Verdict::Unclear
        } else {
            Verdict::Wrong
        };
        let kink = Finding::Kink {
            low: low.value,
            high: high.value,
        };
        Self::new(nearest, verdict, Some(kink))
    }

    /// The differences grow, up to `steepest` at the smallest step.
    fn of_unbounded(claimed: f64, limit: f64, steepest: f64) -> Self {
        let expected = Estimate {
            value: limit,
            error: 0.0,
        };
        let verdict = if claimed == limit {
            Verdict::Right
        } else if claimed * limit > 0.0 && claimed.abs() > 0.5 * steepest {
            // The slope may end at some height after all.
            Verdict::Unclear
        } else {
            Verdict::Wrong
        };
        Self::new(expected, verdict, Some(Finding::Unbounded))
    }

    fn of_estimate(claimed: f64, expected: Estimate, scale: Scale) -> Self {
        // What central differences reach by themselves. Extrapolation gains digits, and its estimates of them are lucky at times.
        let floor = num_traits::Float::powf(scale.epsilon, 2.0 / 3.0) * expected.value.abs();
        let expected = Estimate {
            error: expected.error.max(floor / SAFETY),
            ..expected
        };
        let margin = SAFETY * expected.error;
        let quarter_of_digits = num_traits::Float::powf(scale.epsilon, 0.25);
        if !claimed.is_finite() {
            let is_known = margin <= quarter_of_digits * expected.value.abs().max(scale.typical);
            return if is_known {
                Self::new(expected, Verdict::Wrong, None)
            } else {
                Self::new(expected, Verdict::Unclear, Some(Finding::Noise))
            };
        }
        let of_rounding = 1e3 * scale.epsilon * scale.typical;
        if (claimed - expected.value).abs() > margin {
            Self::new(expected, Verdict::Wrong, None)
        } else if margin <= quarter_of_digits * claimed.abs().max(expected.value.abs()) {
            Self::new(expected, Verdict::Right, None)
        } else if margin <= of_rounding {
            let finding = (claimed != 0.0).then_some(Finding::Negligible);
            Self::new(expected, Verdict::Right, finding)
        } else {
            Self::new(expected, Verdict::Unclear, Some(Finding::Noise))
        }
    }
}

/// What the sides of the point say together.
#[derive(Clone, Copy, Debug)]
pub enum Sides {
    /// The same derivative, if any.
    Smooth(Option<Estimate>),
    Kink {
        low: Estimate,
        high: Estimate,
    },
    Unbounded {
        limit: f64,
        steepest: f64,
    },
    Jump,
}

impl Sides {
    pub fn of(differences: &Differences, claimed: f64) -> Self {
        let mut sides = Vec::new();
        let mut steepest = 0.0_f64;
        for side in &differences.sides {
            let limit = match side.growth() {
                Some(growth) if growth.is_jump() => return Self::Jump,
                Some(growth) => {
                    steepest = steepest.max(growth.last.abs());
                    Some(growth.limit())
                }
                None => side.estimate(claimed),
            };
            sides.extend(limit);
        }
        let around = differences.around.estimate(claimed);
        sides.sort_by(|a, b| a.value.total_cmp(&b.value));
        let (Some(low), Some(high)) = (sides.first(), sides.last()) else {
            return Self::Smooth(around);
        };
        if low.is_apart(*high) && is_mean(around, &sides) {
            let (low, high) = (*low, *high);
            return Self::Kink { low, high };
        }
        if low.value.is_infinite() {
            let limit = low.value;
            return Self::Unbounded { limit, steepest };
        }
        Self::Smooth(around.or(Some(*low)))
    }

    /// What forbids derivatives of higher order here.
    pub fn singularity(self) -> Option<Finding> {
        match self {
            Self::Smooth(_) => None,
            Self::Kink { low, high } => Some(Finding::Kink {
                low: low.value,
                high: high.value,
            }),
            Self::Unbounded { .. } => Some(Finding::Unbounded),
            Self::Jump => Some(Finding::Jump),
        }
    }
}

/// Whether what is seen around the point is the mean of what is seen on its sides, as it is at a kink. Where a side is infinite, or
/// nothing is seen around the point, nothing speaks against one.
fn is_mean(around: Option<Estimate>, sides: &[Estimate]) -> bool {
    let mean =
        |part: fn(&Estimate) -> f64| sides.iter().map(part).sum::<f64>() / sides.len() as f64;
    let mean = Estimate {
        value: mean(|side| side.value),
        error: mean(|side| side.error),
    };
    match around {
        Some(around) if mean.value.is_finite() => !around.is_apart(mean),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A slope that rounding hides is right as far as that reaches, a thousand roundings, and no farther.
    #[test]
    fn rounding_hides_a_thousand_times_itself() {
        for epsilon in [f64::EPSILON, f64::from(f32::EPSILON)] {
            let scale = Scale {
                epsilon,
                value: 2.0,
                typical: 3.0,
            };
            let judged = |share: f64, claimed: f64| {
                let expected = Estimate {
                    value: 0.0,
                    error: share * 1e3 * epsilon * scale.typical / SAFETY,
                };
                let judgement = Judgement::of_estimate(claimed, expected, scale);
                (judgement.verdict, judgement.finding)
            };
            let claimed = epsilon * scale.typical;
            let hidden = Some(Finding::Negligible);
            assert_eq!(judged(0.99, claimed), (Verdict::Right, hidden));
            assert_eq!(judged(0.99, 0.0), (Verdict::Right, None));
            let noise = (Verdict::Unclear, Some(Finding::Noise));
            assert_eq!(judged(1.01, claimed), noise);
            assert_eq!(judged(1.01, 0.0), noise);
        }
    }
}
