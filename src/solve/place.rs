//! A point on the way to the least sum of squares.

use alloc::{vec, vec::Vec};

use super::qr::{Qr, norm};
use crate::rules::Primitive;
use num_traits::Float;

/// Writes the residuals and their Jacobian, row by row, at a point.
pub(super) type Evaluate<'f, T> = dyn FnMut(&[T], &mut [T], &mut [T]) + 'f;

/// A point, and what the residuals are there.
pub(super) struct Place<T> {
    pub(super) x: Vec<T>,
    pub(super) residuals: Vec<T>,
    pub(super) jacobian: Vec<T>,
    /// `‖r‖`
    pub(super) length: T,
}

impl<T: Primitive> Place<T> {
    pub(super) fn new(evaluate: &mut Evaluate<'_, T>, x: Vec<T>, outputs: usize) -> Self {
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

    pub(super) fn is_finite(&self) -> bool {
        let mut numbers = self.residuals.iter().chain(&self.jacobian);
        numbers.all(|number| Float::is_finite(*number)) && Float::is_finite(self.length)
    }

    pub(super) fn qr(&self) -> Qr<T> {
        Qr::new(&self.jacobian, &self.residuals, self.x.len())
    }

    /// The step of Gauss and Newton, and what it promises in units of the residuals.
    pub(super) fn newton_step(&self) -> (Vec<T>, T) {
        let qr = self.qr();
        let (step, _) = qr.step(T::zero(), &[]);
        let promise = qr.predicted(&step);
        (step, promise)
    }

    /// The lengths of the Jacobian's columns; 1 for one of zeros.
    pub(super) fn scale(&self) -> Vec<T> {
        let length = |j: usize| norm(self.column(j));
        let or_one = |length| {
            if length == T::zero() {
                T::one()
            } else {
                length
            }
        };
        (0..self.x.len()).map(length).map(or_one).collect()
    }

    /// `Jᵀ r`
    pub(super) fn gradient(&self) -> Vec<T> {
        let product = |j: usize| {
            self.column(j)
                .zip(&self.residuals)
                .map(|(slope, &residual)| slope * residual)
                .sum()
        };
        (0..self.x.len()).map(product).collect()
    }

    pub(super) fn column(&self, j: usize) -> impl Iterator<Item = T> + Clone {
        self.jacobian
            .iter()
            .skip(j)
            .step_by(self.x.len().max(1))
            .copied()
    }

    pub(super) fn next(&self, evaluate: &mut Evaluate<'_, T>, step: &[T]) -> Self {
        let x = self.x.iter().zip(step).map(|(&x, &step)| x + step);
        Self::new(evaluate, x.collect(), self.residuals.len())
    }

    /// Whether the residuals are what rounding errors of the variables make of zero.
    pub(super) fn is_rounding(&self) -> bool {
        let terms = self.x.iter().zip(self.scale()).map(|(&x, scale)| x * scale);
        self.length <= T::epsilon() * norm(terms.collect::<Vec<_>>().into_iter())
    }

    /// Whether the residuals are nothing beside the first ones, and change as much as they are where the last few of the point's
    /// digits change.
    pub(super) fn is_noise_beside(&self, first: T, evaluate: &mut Evaluate<'_, T>) -> bool {
        let number = T::round_from;
        if self.length > number(64.0) * T::epsilon() * first {
            return false;
        }
        let moved = |evaluate: &mut Evaluate<'_, T>, ulps: f64| {
            let steps = self.x.iter().enumerate().map(|(i, &x)| {
                // No two variables together.
                let factor = if i % 2 == 0 { ulps } else { -ulps } * (1 + i % 3) as f64;
                x * T::epsilon() * number(factor)
            });
            let beside = self.next(evaluate, &steps.collect::<Vec<_>>());
            let pairs = beside.residuals.iter().zip(&self.residuals);
            norm(pairs.map(|(&a, &b)| a - b).collect::<Vec<_>>().into_iter())
        };
        let ulps = [1.0, -3.0, 17.0, -53.0, 211.0, -997.0, 4001.0, -9973.0];
        ulps.iter()
            .any(|&ulps| moved(evaluate, ulps) >= number(0.1) * self.length)
    }

    /// Whether the residuals are orthogonal to the columns, or no column can change their length where its variable moves as
    /// much as the variable is or was; to a third of the digits, since rounding errors end the descent.
    pub(super) fn is_stationary(&self, start: &[T]) -> bool {
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
    pub(super) fn greatest_cosine(&self) -> T {
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
