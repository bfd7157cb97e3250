//! Slopes by lanes, and their sums.

use std::collections::BTreeMap;

use quote::quote;

use super::Sweep;
use crate::adjoint::emit::forward::Operand;
use crate::adjoint::emit::signed::Signed;

/// By the lane; what is not there is zero.
pub type Slopes = BTreeMap<usize, Signed>;

pub fn negated(slopes: Slopes) -> Slopes {
    let lanes = slopes.into_iter();
    lanes.map(|(lane, slope)| (lane, slope.negated())).collect()
}

impl Sweep<'_> {
    pub fn scaled(&self, slopes: Slopes, factor: &Operand) -> Slopes {
        let lanes = slopes.into_iter().map(|(lane, slope)| {
            let value = match (&slope.value, factor) {
                (Some(value), Operand::Number(factor) | Operand::Plain(factor)) => {
                    quote!((#value * #factor))
                }
                (None, Operand::Number(factor)) => factor.clone(),
                (None, Operand::Plain(factor)) => self.emitter.lifted(factor.clone()),
            };
            let slope = Signed {
                value: Some(value),
                ..slope
            };
            (lane, slope)
        });
        lanes.collect()
    }

    pub fn sum(&self, left: Slopes, right: Slopes) -> Slopes {
        let mut sum = left;
        for (lane, slope) in right {
            let total = match sum.remove(&lane) {
                None => slope,
                Some(other) => {
                    let [left, right] = [&other, &slope].map(|slope| {
                        let value = slope.value.clone();
                        value.unwrap_or_else(|| self.emitter.one())
                    });
                    match (other.is_negative, slope.is_negative) {
                        (true, false) => Signed::of(quote!((#right - #left))),
                        (false, true) => Signed::of(quote!((#left - #right))),
                        (is_negative, _) => Signed {
                            is_negative,
                            value: Some(quote!((#left + #right))),
                        },
                    }
                }
            };
            sum.insert(lane, total);
        }
        sum
    }
}
