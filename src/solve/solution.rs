//! When a point counts as a solution.

use super::error::Error;
use crate::rules::{Primitive, to_f64};

/// The size of the numbers that go into a problem: rounding errors of them move a variable that is zero.
#[derive(Clone, Copy)]
pub(super) struct Scale<T>(T);

impl<T: Primitive> Scale<T> {
    pub(super) fn of(numbers: impl Iterator<Item = T>) -> Self {
        Self(numbers.fold(T::zero(), |scale, x| scale.max(x.abs())))
    }

    /// Whether a step changes less than half of the digits of numbers of this size.
    pub(super) fn hides(self, step: &[T]) -> bool {
        step.iter()
            .all(|step| step.abs() <= T::epsilon().sqrt() * self.0)
    }
}

/// At a solution Newton's step moves each variable by no more than half of its digits, or by what rounding errors of the
/// other numbers can do.
pub(super) fn check_step<T: Primitive>(x: &[T], step: &[T], scale: Scale<T>) -> Result<(), Error> {
    let slack = T::round_from(64.0) * T::epsilon() * scale.0;
    // The sign of a NaN may be either.
    let excess = |i: usize| (step[i] / (T::epsilon().sqrt() * x[i].abs() + slack)).abs();
    // A step of zero moves nothing, however small its limit is.
    let moving = (0..x.len()).filter(|&i| step[i] != T::zero());
    let worst = moving.max_by(|&i, &j| excess(i).total_cmp(&excess(j)));
    match worst {
        Some(variable) if excess(variable).is_nan() || excess(variable) > T::one() => {
            Err(Error::NotASolution {
                variable,
                value: to_f64(x[variable]),
                step: to_f64(step[variable]),
            })
        }
        _ => Ok(()),
    }
}
