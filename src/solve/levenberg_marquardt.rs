//! Levenberg and Marquardt's method as Moré made it robust: steps within a trust region that is scaled by the lengths of the Jacobian's columns.
//! Near the solution its steps are those of Gauss and Newton, and those finish it.
//!
//! Source: J. J. Moré, "The Levenberg-Marquardt algorithm: implementation and theory", Numerical Analysis, Lecture Notes in Mathematics 630
//! (1978); MINPACK's `lmder`.

use alloc::{vec, vec::Vec};

use super::error::{Error, all_finite};
use super::qr::{Qr, norm};
use crate::rules::Primitive;
use num_traits::Float;

/// Steps after which a problem counts as one without a solution.
pub(super) const MOST_STEPS: usize = 1000;

/// Writes the residuals and their Jacobian, row by row, at a point.
pub(super) type Evaluate<'f, T> = dyn FnMut(&[T], &mut [T], &mut [T]) + 'f;

/// Where the sum of squares is least.
pub(super) struct Solution<T> {
    pub(super) x: Vec<T>,
    pub(super) residuals: Vec<T>,
    pub(super) qr: Qr<T>,
    pub(super) steps: usize,
}

/// A point, and what the residuals are there.
struct Place<T> {
    x: Vec<T>,
    residuals: Vec<T>,
    jacobian: Vec<T>,
    /// `‖r‖`
    length: T,
}

impl<T: Primitive> Place<T> {
    fn new(evaluate: &mut Evaluate<'_, T>, x: Vec<T>, outputs: usize) -> Self {
        let mut residuals = vec![T::zero(); outputs];
        let mut jacobian = vec![T::zero(); outputs * x.len()];
        evaluate(&x, &mut residuals, &mut jacobian);
        Self {
            length: norm(residuals.iter().copied()),
            x,
            residuals,
            jacobian,
        }
    }

    fn is_finite(&self) -> bool {
        let mut numbers = self.residuals.iter().chain(&self.jacobian);
        numbers.all(|number| Float::is_finite(*number)) && Float::is_finite(self.length)
    }

    fn qr(&self) -> Qr<T> {
        Qr::new(&self.jacobian, &self.residuals, self.x.len())
    }

    /// The step of Gauss and Newton, and what it promises in units of the residuals.
    fn newton_step(&self) -> (Vec<T>, T) {
        let qr = self.qr();
        let (step, _) = qr.step(T::zero(), &[]);
        let promise = qr.predicted(&step);
        (step, promise)
    }

    fn column(&self, j: usize) -> impl Iterator<Item = T> + Clone {
        self.jacobian
            .iter()
            .skip(j)
            .step_by(self.x.len().max(1))
            .copied()
    }

    fn next(&self, evaluate: &mut Evaluate<'_, T>, step: &[T]) -> Self {
        let x = self.x.iter().zip(step).map(|(&x, &step)| x + step);
        Self::new(evaluate, x.collect(), self.residuals.len())
    }

    /// Whether the residuals are orthogonal to the columns, or no column can change their length where its variable moves as much as the variable
    /// is or was; to a third of the digits, since rounding errors end the descent.
    fn is_stationary(&self, start: &[T]) -> bool {
        let slope = |j: usize| {
            let size = self.x[j].abs().max(start[j].abs());
            let size = if size > T::zero() { size } else { T::one() };
            let pairs = self.column(j).zip(&self.residuals);
            let product = pairs.fold(T::zero(), |sum, (slope, &residual)| {
                sum + size * slope / self.length * (residual / self.length)
            });
            product.abs()
        };
        let few_digits = T::epsilon().cbrt();
        self.greatest_cosine() <= few_digits || (0..start.len()).all(|j| slope(j) <= few_digits)
    }

    /// The greatest cosine of an angle between the residuals and a column: zero at a stationary point.
    fn greatest_cosine(&self) -> T {
        (0..self.x.len()).fold(T::zero(), |greatest, j| {
            let length = norm(self.column(j));
            if length == T::zero() || self.length == T::zero() {
                return greatest;
            }
            let cosine = self
                .column(j)
                .zip(&self.residuals)
                .fold(T::zero(), |sum, (slope, &residual)| {
                    sum + (slope / length) * (residual / self.length)
                });
            greatest.max(cosine.abs())
        })
    }
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
    let (steps, end) = descend(evaluate, &mut place);
    let is_at_rest = finish(evaluate, &mut place);
    if !is_at_rest {
        match end {
            End::NotConverged => return Err(Error::NotConverged { steps }),
            _ if !place.is_stationary(start) => return Err(Error::NoDescent { steps }),
            _ => {}
        }
    }
    Ok(Solution {
        qr: place.qr(),
        x: place.x,
        residuals: place.residuals,
        steps,
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
        for (j, scale) in scale.iter_mut().enumerate() {
            let length = norm(place.column(j));
            *scale = scale.max(length);
            if *scale == T::zero() {
                *scale = T::one();
            }
        }
        if place.length == T::zero() || place.greatest_cosine() <= T::epsilon() {
            return (steps, End::Flat);
        }
        let qr = place.qr();
        let of_point = scaled_norm(&place.x, &scale);
        if steps == 0 {
            radius = number(100.0)
                * if of_point > T::zero() {
                    of_point
                } else {
                    T::one()
                };
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
                if ratio_of_lengths >= number(10.0) || !(factor >= number(0.1)) {
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
            if !(radius > T::epsilon() * scaled_norm(&place.x, &scale)) {
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
        let slope = qr.norm_behind(triangle, &direction);
        (length - radius) / slope / slope
    };
    // `φ` is convex: Newton's step from 0 does not go too far.
    let mut lower = if qr.has_full_rank() {
        newton(&step, &triangle, length) / length
    } else {
        T::zero()
    };
    let mut upper = qr.gradient_length(scale) / radius;
    if !(upper > T::zero()) {
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

/// Steps of Gauss and Newton until they no longer move the point, as long as each is shorter than the one before. Whether they came to
/// rest.
fn finish<T: Primitive>(evaluate: &mut Evaluate<'_, T>, place: &mut Place<T>) -> bool {
    let at_rest = T::round_from(4.0) * T::epsilon();
    let half_of_digits = T::epsilon().sqrt();
    let (mut step, mut promise) = place.newton_step();
    loop {
        let length = relative_length(&step, &place.x);
        if length <= at_rest || place.length == T::zero() {
            return true;
        }
        let next = place.next(evaluate, &step);
        let is_better = next.length <= place.length * (T::one() + half_of_digits);
        if !next.is_finite() || !(is_better || length <= half_of_digits) {
            return false;
        }
        let (next_step, next_promise) = next.newton_step();
        if !(next_promise < T::round_from(0.9) * promise) {
            return length <= half_of_digits;
        }
        *place = next;
        (step, promise) = (next_step, next_promise);
    }
}

/// The greatest step in units of its variable.
pub(super) fn relative_length<T: Primitive>(step: &[T], x: &[T]) -> T {
    step.iter().zip(x).fold(T::zero(), |length, (&step, &x)| {
        if step == T::zero() {
            length
        } else {
            length.max((step / x).abs())
        }
    })
}
