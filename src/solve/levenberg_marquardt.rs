//! Levenberg and Marquardt's method as Moré made it robust: steps within a trust region that is scaled by the lengths of the
//! Jacobian's columns. Near the solution its steps are those of Gauss and Newton, and those finish it.
//!
//! Source: J. J. Moré, "The Levenberg-Marquardt algorithm: implementation and theory", Numerical Analysis, Lecture Notes in
//! Mathematics 630 (1978); MINPACK's `lmder`.

use alloc::{vec, vec::Vec};

use super::error::{Error, all_finite};
use super::finish::{gauss_newton, secant};
use super::place::{Evaluate, Place};
use super::qr::{Qr, norm};
use crate::rules::Primitive;

/// Steps after which a problem counts as one without a solution.
pub(super) const MOST_STEPS: usize = 1000;

/// Where the sum of squares is least.
pub(super) struct Solution<T> {
    pub(super) x: Vec<T>,
    pub(super) residuals: Vec<T>,
    pub(super) qr: Qr<T>,
    pub(super) steps: usize,
    /// `‖r‖` at the start.
    pub(super) first_length: T,
    /// Whether the sum of squares is least here; else it does not fall as its derivatives say.
    pub(super) is_stationary: bool,
    /// Whether rounding errors are all that is left of the residuals, though the steps have not come to rest.
    pub(super) is_rounding: bool,
}

/// The point with the least sum of squares that is reached from `start`.
pub(super) fn minimize_squares<T: Primitive>(
    evaluate: &mut Evaluate<'_, T>,
    start: &[T],
    outputs: usize,
) -> Result<Solution<T>, Error> {
    all_finite("the starting point", start)?;
    let mut place = Place::new(evaluate, start.to_vec(), outputs);
    all_finite("the residual at the starting point", &place.residuals)?;
    all_finite("the Jacobian at the starting point", &place.jacobian)?;
    let first_length = place.length;
    let (steps, end) = descend(evaluate, &mut place);
    let is_at_rest = gauss_newton(evaluate, &mut place)
        || (place.is_stationary(start) && secant(evaluate, &mut place));
    let qr = place.qr();
    let is_regular = is_at_rest && qr.has_full_rank();
    let is_rounding = !is_regular
        && end != End::NotConverged
        && (place.is_rounding() || place.is_noise_beside(first_length, evaluate));
    if end == End::NotConverged && !is_at_rest {
        return Err(Error::NotConverged { steps });
    }
    Ok(Solution {
        qr,
        is_stationary: is_at_rest || is_rounding || place.is_stationary(start),
        x: place.x,
        residuals: place.residuals,
        steps,
        first_length,
        is_rounding,
    })
}

/// Why no more steps were taken.
#[derive(PartialEq)]
pub(super) enum End {
    /// The next could not change the function by more than rounding.
    Flat,
    /// None is short enough.
    NoStep,
    /// There were too many.
    NotConverged,
}

fn descend<T: Primitive>(evaluate: &mut Evaluate<'_, T>, place: &mut Place<T>) -> (usize, End) {
    let number = T::round_from;
    let n = place.x.len();
    let mut scale = vec![T::zero(); n];
    let mut radius = T::zero();
    let mut damping = T::zero();
    let mut steps = 0;
    loop {
        for (scale, length) in scale.iter_mut().zip(place.scale()) {
            *scale = scale.max(length);
        }
        if place.length == T::zero() || place.greatest_cosine() <= T::epsilon() {
            return (steps, End::Flat);
        }
        let qr = place.qr();
        let of_point = scaled_norm(&place.x, &scale);
        if steps == 0 {
            // A point near zero says nothing of the way to go, but the residuals do.
            radius = (number(100.0) * of_point).max(qr.gradient_length(&scale));
        }
        loop {
            if steps == MOST_STEPS {
                return (steps, End::NotConverged);
            }
            let step;
            (damping, step) = step_within(&qr, &scale, radius, damping);
            let step_length = scaled_norm(&step, &scale);
            if steps == 0 {
                radius = radius.min(step_length);
            }
            steps += 1;
            let next = place.next(evaluate, &step);
            let ratio_of_lengths = if next.is_finite() {
                next.length / place.length
            } else {
                T::infinity()
            };
            // Ten times as long is as good as infinite.
            let actual = if ratio_of_lengths < number(10.0) {
                T::one() - ratio_of_lengths * ratio_of_lengths
            } else {
                -T::one()
            };
            let linear = (qr.predicted(&step) / place.length).powi(2);
            let damped = damping * (step_length / place.length).powi(2);
            let predicted = linear + damped + damped;
            let ratio = if predicted > T::zero() {
                actual / predicted
            } else {
                T::zero()
            };
            if ratio <= number(0.25) {
                let slope = -(linear + damped);
                let mut factor = if actual >= T::zero() {
                    number(0.5)
                } else {
                    number(0.5) * slope / (slope + number(0.5) * actual)
                };
                // Also where it is NaN.
                factor = factor.max(number(0.1));
                if ratio_of_lengths >= number(10.0) {
                    factor = number(0.1);
                }
                radius = factor * radius.min(step_length / number(0.1));
                damping /= factor;
            } else if damping == T::zero() || ratio >= number(0.75) {
                radius = step_length / number(0.5);
                damping *= number(0.5);
            }
            let is_better = ratio >= number(1e-4);
            if is_better {
                *place = next;
            }
            let is_flat =
                actual.abs() <= T::epsilon() && predicted <= T::epsilon() && ratio <= number(2.0);
            if is_flat {
                return (steps, End::Flat);
            }
            let has_room = radius > T::epsilon() * scaled_norm(&place.x, &scale);
            if !has_room {
                return (steps, End::NoStep);
            }
            if is_better {
                break;
            }
        }
    }
}

fn scaled_norm<T: Primitive>(x: &[T], scale: &[T]) -> T {
    norm(x.iter().zip(scale).map(|(&x, &scale)| x * scale))
}

/// The damping `λ` and the step with `‖D p‖` within a tenth of the radius; without damping if that step is short enough.
fn step_within<T: Primitive>(qr: &Qr<T>, scale: &[T], radius: T, guess: T) -> (T, Vec<T>) {
    let number = T::round_from;
    let near = number(0.1) * radius;
    let (mut step, mut triangle) = qr.step(T::zero(), scale);
    let mut length = scaled_norm(&step, scale);
    if length - radius <= near {
        return (T::zero(), step);
    }
    // With `φ(λ) = ‖D p‖ - radius`, this is `-‖D p‖ φ/φ'`.
    let newton = |step: &[T], triangle: &[T], length: T| {
        let parts = step.iter().zip(scale);
        let direction: Vec<T> = parts.map(|(&p, &d)| d * (d * p / length)).collect();
        let slope = norm(qr.behind(triangle, &direction).into_iter());
        (length - radius) / slope / slope
    };
    // `φ` is convex: Newton's step from 0 does not go too far.
    let mut lower = if qr.has_full_rank() {
        newton(&step, &triangle, length) / length
    } else {
        T::zero()
    };
    let mut upper = qr.gradient_length(scale) / radius;
    if upper <= T::zero() {
        upper = T::min_positive_value() / radius.min(near);
    }
    let mut damping = guess.max(lower).min(upper);
    if damping == T::zero() {
        damping = qr.gradient_length(scale) / length;
    }
    for _ in 0..10 {
        if damping == T::zero() {
            damping = T::min_positive_value().max(number(0.001) * upper);
        }
        (step, triangle) = qr.step(damping, scale);
        length = scaled_norm(&step, scale);
        if (length - radius).abs() <= near {
            break;
        }
        // Hebden's: Newton's for `1/‖D p‖`, which is nearly straight.
        let correction = newton(&step, &triangle, length) / radius;
        if length > radius {
            lower = lower.max(damping);
        } else {
            upper = upper.min(damping);
        }
        damping = lower.max(damping + correction);
    }
    (damping, step)
}
