//! The last steps to the least sum of squares, where differences of the sum are lost in rounding errors and slopes are not.

use alloc::{vec, vec::Vec};

use super::place::{Evaluate, Place};
use super::qr::norm;
use crate::rules::Primitive;

/// Steps of Gauss and Newton until they no longer move the point, as long as each is shorter than the one before. Whether
/// they came to rest.
pub(super) fn gauss_newton<T: Primitive>(
    evaluate: &mut Evaluate<'_, T>,
    place: &mut Place<T>,
) -> bool {
    let half_of_digits = T::epsilon().sqrt();
    let (mut step, mut promise) = place.newton_step();
    loop {
        let length = relative_length(&step, &place.x);
        if length <= at_rest() || place.length == T::zero() {
            return true;
        }
        let next = place.next(evaluate, &step);
        let is_better = next.length <= place.length * (T::one() + half_of_digits);
        if !next.is_finite() || !(is_better || length <= half_of_digits) {
            return false;
        }
        let (next_step, next_promise) = next.newton_step();
        let is_shorter = next_promise < T::round_from(0.9) * promise;
        if !is_shorter {
            return false;
        }
        *place = next;
        (step, promise) = (next_step, next_promise);
    }
}

/// Steps that learn the curvature of the residuals, which those of Gauss and Newton leave out, from slopes (the symmetric
/// secant update of rank one). Whether they came to rest.
///
/// In the variables `w = R x`, in which `JᵀJ` is 1 where they begin; slightly damped, since it may be singular just because
/// the residuals bend.
pub(super) fn secant<T: Primitive>(evaluate: &mut Evaluate<'_, T>, place: &mut Place<T>) -> bool {
    let qr = place.qr();
    let n = place.x.len();
    let (_, triangle) = qr.step(T::epsilon().sqrt().sqrt(), &place.scale());
    let mut inverse = vec![T::zero(); n * n];
    (0..n).for_each(|i| inverse[i * n + i] = T::one());
    let times = |inverse: &[T], v: &[T]| -> Vec<T> {
        let rows = inverse.chunks_exact(n.max(1));
        rows.map(|row| dot(row, v)).collect()
    };
    let mut slope = qr.behind(&triangle, &place.gradient());
    let (mut shortest, mut failures) = (T::infinity(), 0);
    for _ in 0..20 * (n + 1) {
        if failures > 2 * n + 2 {
            break;
        }
        let step: Vec<T> = times(&inverse, &slope).into_iter().map(|s| -s).collect();
        let step_of_x = qr.before(&triangle, &step);
        shortest = shortest.min(relative_length(&step_of_x, &place.x));
        if shortest <= at_rest() {
            return true;
        }
        let next = place.next(evaluate, &step_of_x);
        if !next.is_finite() {
            break;
        }
        let next_slope = qr.behind(&triangle, &next.gradient());
        let change: Vec<T> = next_slope
            .iter()
            .zip(&slope)
            .map(|(&a, &b)| a - b)
            .collect();
        let explained = times(&inverse, &change);
        let rest: Vec<T> = step.iter().zip(&explained).map(|(&s, &e)| s - e).collect();
        let along = dot(&rest, &change);
        if along.abs() > T::epsilon().sqrt() * size(&rest) * size(&change) {
            for i in 0..n {
                for j in 0..n {
                    inverse[i * n + j] += rest[i] * rest[j] / along;
                }
            }
        }
        if size(&next_slope) < size(&slope) {
            failures = 0;
            (*place, slope) = (next, next_slope);
        } else {
            failures += 1;
        }
    }
    shortest <= T::epsilon().sqrt()
}

/// A few roundings, in units of a variable.
fn at_rest<T: Primitive>() -> T {
    T::round_from(4.0) * T::epsilon()
}

fn dot<T: Primitive>(x: &[T], y: &[T]) -> T {
    x.iter().zip(y).map(|(&x, &y)| x * y).sum()
}

fn size<T: Primitive>(x: &[T]) -> T {
    norm(x.iter().copied())
}

/// The greatest step in units of its variable.
fn relative_length<T: Primitive>(step: &[T], x: &[T]) -> T {
    step.iter().zip(x).fold(T::zero(), |length, (&step, &x)| {
        if step == T::zero() {
            length
        } else {
            length.max((step / x).abs())
        }
    })
}
