//! Slopes of several results at once: what goes back through a function that was called.

use core::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use crate::rules::Scalar;

/// A slope for each of `R` results.
#[derive(Clone, Copy, Debug)]
pub struct Lanes<S, const R: usize>(pub [S; R]);

impl<S: Scalar, const R: usize> Lanes<S, R> {
    /// No slopes.
    #[inline]
    #[must_use]
    pub fn zero() -> Self {
        Self([S::zero(); R])
    }

    #[inline]
    fn with(mut self, other: Self, operation: impl Fn(S, S) -> S) -> Self {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own = operation(*own, other);
        }
        self
    }

    #[inline]
    fn each(mut self, operation: impl Fn(S) -> S) -> Self {
        for own in &mut self.0 {
            *own = operation(*own);
        }
        self
    }
}

impl<S: Scalar, const R: usize> Add for Lanes<S, R> {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        self.with(other, |own, other| own + other)
    }
}
impl<S: Scalar, const R: usize> Sub for Lanes<S, R> {
    type Output = Self;
    #[inline]
    fn sub(self, other: Self) -> Self {
        self.with(other, |own, other| own - other)
    }
}
impl<S: Scalar, const R: usize> AddAssign for Lanes<S, R> {
    #[inline]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}
impl<S: Scalar, const R: usize> SubAssign for Lanes<S, R> {
    #[inline]
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}
impl<S: Scalar, const R: usize> Neg for Lanes<S, R> {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        self.each(|own| -own)
    }
}
impl<S: Scalar, const R: usize> Mul<S> for Lanes<S, R> {
    type Output = Self;
    #[inline]
    fn mul(self, factor: S) -> Self {
        self.each(|own| own * factor)
    }
}
impl<S: Scalar, const R: usize> Div<S> for Lanes<S, R> {
    type Output = Self;
    #[inline]
    fn div(self, divisor: S) -> Self {
        self.each(|own| own / divisor)
    }
}
