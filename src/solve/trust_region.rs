//! Newton's method for minima within a trust region: where the Hessian is positive definite and Newton's step short enough,
//! it is taken; else the exact minimum of the quadratic model within the region, which is found along the Hessian's
//! eigenvectors, also where the Hessian is indefinite or singular. A saddle is left along the direction that bends down.
//!
//! Source: J. J. Moré and D. C. Sorensen, "Computing a trust region step", SIAM J. Sci. Stat. Comput. 4 (1983).

use alloc::{vec, vec::Vec};

use super::error::{Error, all_finite};
use super::levenberg_marquardt::{End, MOST_STEPS};
use super::qr::norm;
use super::solution::{Scale, check_step};
use super::symmetric::{eigen, solve_definite};
use crate::rules::Primitive;
use num_traits::Float;

/// Writes gradient and Hessian at a point, and gives the value.
pub(super) type Evaluate<'f, T> = dyn FnMut(&[T], &mut [T], &mut [T]) -> T + 'f;

/// A point, and what the function is there.
pub(super) struct Place<T> {
    pub(super) x: Vec<T>,
    pub(super) value: T,
    pub(super) gradient: Vec<T>,
    pub(super) hessian: Vec<T>,
}

impl<T: Primitive> Place<T> {
    fn new(evaluate: &mut Evaluate<'_, T>, x: Vec<T>) -> Self {
        let mut gradient = vec![T::zero(); x.len()];
        let mut hessian = vec![T::zero(); x.len() * x.len()];
        Self {
            value: evaluate(&x, &mut gradient, &mut hessian),
            x,
            gradient,
            hessian,
        }
    }

    fn next(&self, evaluate: &mut Evaluate<'_, T>, step: &[T]) -> Self {
        let x = self.x.iter().zip(step).map(|(&x, &step)| x + step);
        Self::new(evaluate, x.collect())
    }

    fn is_finite(&self) -> bool {
        let mut numbers = self.gradient.iter().chain(&self.hessian);
        Float::is_finite(self.value) && numbers.all(|number| Float::is_finite(*number))
    }

    /// `-(g·s + s·H s / 2)`
    fn predicted(&self, step: &[T]) -> T {
        let rows = self.hessian.chunks_exact(step.len().max(1));
        let half = T::round_from(0.5);
        rows.zip(&self.gradient)
            .zip(step)
            .fold(T::zero(), |sum, ((row, &slope), &step_here)| {
                let bend: T = row.iter().zip(step).map(|(&h, &s)| h * s).sum();
                sum - step_here * (slope + half * bend)
            })
    }

    fn newton_step(&self) -> Option<Vec<T>> {
        let downhill: Vec<T> = self.gradient.iter().map(|&slope| -slope).collect();
        solve_definite(&self.hessian, &downhill)
    }
}

/// The minimum that is reached from `start`, and the number of steps.
pub(super) fn minimize<T: Primitive>(
    evaluate: &mut Evaluate<'_, T>,
    start: &[T],
) -> Result<(Place<T>, usize), Error> {
    all_finite("the starting point", start)?;
    let mut place = Place::new(evaluate, start.to_vec());
    all_finite("the value at the starting point", &[place.value])?;
    all_finite("the gradient at the starting point", &place.gradient)?;
    all_finite("the Hessian at the starting point", &place.hessian)?;
    let (steps, end) = descend(evaluate, &mut place)?;
    finish(evaluate, &mut place);
    let scale = Scale::of(start.iter().chain(&place.x).copied());
    let is_solution = place
        .newton_step()
        .is_some_and(|step| check_step(&place.x, &step, scale).is_ok());
    match end {
        End::NotConverged if !is_solution => Err(Error::NotConverged { steps }),
        End::NoStep if !is_solution => Err(Error::NoDescent { steps }),
        _ => Ok((place, steps)),
    }
}

fn descend<T: Primitive>(
    evaluate: &mut Evaluate<'_, T>,
    place: &mut Place<T>,
) -> Result<(usize, End), Error> {
    let number = T::round_from;
    let n = place.x.len();
    let mut scale = vec![T::zero(); n];
    let (mut radius, mut first_radius) = (T::zero(), T::zero());
    let first_value = place.value.abs();
    for steps in 0..MOST_STEPS {
        rescale(&mut scale, &place.hessian);
        let scaled = |x: &[T]| norm(x.iter().zip(&scale).map(|(&x, &scale)| x * scale));
        let of_point = scaled(&place.x);
        if steps == 0 {
            radius = if of_point > T::zero() {
                of_point
            } else {
                T::one()
            };
            first_radius = radius;
        }
        if !Float::is_finite(radius) {
            return Err(Error::Unbounded);
        }
        let (step, is_newton) = match place.newton_step() {
            Some(step) if scaled(&step) <= radius => (step, true),
            _ => (step_within(place, &scale, radius, of_point), false),
        };
        let (length, predicted) = (scaled(&step), place.predicted(&step));
        // Less than the value's own rounding: what is left, Newton's last steps do. Where the value falls to zero there is no
        // such limit, but a value and a step that are nothing beside the first ones end it.
        let is_short = length <= T::epsilon().sqrt() * of_point.max(first_radius);
        let nothing = T::epsilon() * T::epsilon() * first_value;
        let is_worth_it =
            predicted > T::epsilon() * place.value.abs() && !(is_short && predicted <= nothing);
        if !is_worth_it {
            // Else a short step may only be all that wrong derivatives leave.
            let is_free = is_newton || radius > T::epsilon().sqrt() * first_radius;
            let is_free = is_free && !Float::is_nan(predicted);
            return Ok((steps, if is_free { End::Flat } else { End::NoStep }));
        }
        let next = place.next(evaluate, &step);
        if next.value == T::neg_infinity() {
            return Err(Error::Unbounded);
        }
        let ratio = if next.is_finite() {
            (place.value - next.value) / predicted
        } else {
            -T::one()
        };
        if ratio < number(0.25) {
            radius = number(0.25) * length.min(radius);
        } else if ratio > number(0.75) && length >= number(0.9) * radius {
            radius *= number(3.0);
        }
        if ratio >= number(1e-4) {
            *place = next;
        } else if length <= T::epsilon() * of_point {
            return Ok((steps, End::NoStep));
        }
    }
    Ok((MOST_STEPS, End::NotConverged))
}

/// Lengths are measured by the greatest curvature that was seen along each axis.
fn rescale<T: Primitive>(scale: &mut [T], hessian: &[T]) {
    let n = scale.len();
    let curvature = |i: usize| Float::sqrt(hessian[i * n + i].abs());
    let greatest = (0..n).fold(T::zero(), |greatest, i| greatest.max(curvature(i)));
    for (i, scale) in scale.iter_mut().enumerate() {
        // An axis without curvature is not for free.
        let least = T::round_from(1e-4) * greatest;
        *scale = scale.max(curvature(i)).max(least);
        if *scale == T::zero() {
            *scale = T::one();
        }
    }
}

/// The minimum of the quadratic model where `‖D s‖` is at most the radius.
///
/// Along the eigenvectors of `D⁻¹ H D⁻¹` it is `-cᵢ / (λᵢ + μ)`, with the least `μ` that makes it short enough.
fn step_within<T: Primitive>(place: &Place<T>, scale: &[T], radius: T, of_point: T) -> Vec<T> {
    let n = scale.len();
    let hessian: Vec<T> = (0..n * n)
        .map(|k| place.hessian[k] / scale[k / n] / scale[k % n])
        .collect();
    let (mut values, vectors) = eigen(&hessian, n);
    let mut slopes: Vec<T> = (0..n)
        .map(|i| {
            (0..n)
                .map(|k| vectors[k * n + i] * place.gradient[k] / scale[k])
                .sum()
        })
        .collect();
    let largest = values
        .iter()
        .fold(T::zero(), |largest, value| largest.max(value.abs()));
    // Curvatures that rounding errors leave of zero, and slopes that they leave.
    let noise = T::round_from(4.0 * (n + 1) as f64) * T::epsilon() * largest;
    for (value, slope) in values.iter_mut().zip(&mut slopes) {
        if value.abs() <= noise {
            *value = T::zero();
            if slope.abs() <= noise * of_point {
                *slope = T::zero();
            }
        }
    }
    let lowest = (0..n).fold(0, |lowest, i| {
        if values[i] < values[lowest] {
            i
        } else {
            lowest
        }
    });
    let steepest = norm(slopes.iter().copied());
    // What is above it is positive, however roundings fall, also where nothing is curved.
    let floor = T::zero().max(-values[lowest]) + T::epsilon() * largest.max(steepest / radius);
    let part = |i: usize, shift: T| {
        // Where nothing is to be gained the curvature does not count; else, if it is zero, the way is infinite.
        if slopes[i] == T::zero() {
            T::zero()
        } else {
            -slopes[i] / (values[i] + shift)
        }
    };
    let length = |shift: T| norm((0..n).map(|i| part(i, shift)));
    let mut parts: Vec<T>;
    if length(floor) <= radius {
        parts = (0..n).map(|i| part(i, floor)).collect();
        if values[lowest] < T::zero() {
            // The hard case: downhill along the lowest eigenvector as far as there is room.
            let short = length(floor) / radius;
            let along = radius * Float::sqrt((T::one() - short * short).max(T::zero()));
            let side = if parts[lowest] < T::zero() {
                -along
            } else {
                along
            };
            parts[lowest] += side;
        }
    } else {
        let (mut lower, mut upper) = (floor, floor + steepest / radius);
        for _ in 0..100 {
            let middle = T::round_from(0.5) * (lower + upper);
            if length(middle) > radius {
                lower = middle;
            } else {
                upper = middle;
            }
            if upper - lower <= T::round_from(1e-3) * (upper - floor) {
                break;
            }
        }
        parts = (0..n).map(|i| part(i, upper)).collect();
    }
    (0..n)
        .map(|k| (0..n).map(|i| vectors[k * n + i] * parts[i]).sum::<T>() / scale[k])
        .collect()
}

/// Newton steps as long as each is much shorter than the one before: in the end rounding errors are all that moves the point.
fn finish<T: Primitive>(evaluate: &mut Evaluate<'_, T>, place: &mut Place<T>) {
    while let Some(step) = place.newton_step() {
        let next = place.next(evaluate, &step);
        let Some(next_step) = next.newton_step() else {
            return;
        };
        // By what they promise, which does not depend on units.
        let promise = next.predicted(&next_step);
        let is_shorter = promise < T::round_from(0.25) * place.predicted(&step);
        if !next.is_finite() || !is_shorter {
            return;
        }
        *place = next;
    }
}
