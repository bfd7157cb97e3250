//! Value and gradient of the point that was asked for last.

use alloc::vec::Vec;
use core::fmt;
use std::sync::{Mutex, PoisonError};

use super::evaluate;
use crate::rules::Scalar;

/// The value and the gradient at the last point, for solvers that ask for them one by one.
///
/// Both are computed where either is asked for, and computed again where the point has changed. It may be shared among
/// threads, which then wait for each other.
///
/// # Examples
/// ```
/// use chainrule::{differentiate, problems::Memo};
///
/// #[differentiate]
/// fn bowl(x: f64, y: f64) -> f64 {
///     x * x + 3.0 * y * y
/// }
///
/// let (memo, mut runs) = (Memo::default(), 0);
/// let mut at = |point: &[f64]| {
///     memo.at(point, |slopes| {
///         runs += 1;
///         bowl::objective(point, Some(slopes))
///     })
/// };
/// assert_eq!(at(&[1.0, 2.0])?.0, 13.0);
/// assert_eq!(at(&[1.0, 2.0])?.1, [2.0, 12.0]);
/// assert_eq!(runs, 1);
/// # Ok::<(), chainrule::problems::NotANumber>(())
/// ```
#[derive(Debug)]
pub struct Memo<T> {
    last: Mutex<Option<Last<T>>>,
}

#[derive(Debug)]
struct Last<T> {
    point: Vec<T>,
    value: T,
    gradient: Vec<T>,
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self {
            last: Mutex::new(None),
        }
    }
}

/// Of a copy, nothing is known.
impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl<T: Scalar> Memo<T> {
    /// The value and the gradient at the point: those of the last time if that was the same point, else what `compute` gives and writes.
    ///
    /// # Errors
    /// [`NotANumber`], if one of them is NaN; then nothing is kept.
    pub fn at(
        &self,
        point: &[T],
        compute: impl FnOnce(&mut [T]) -> T,
    ) -> Result<(T, Vec<T>), NotANumber> {
        // What a panic left behind is whole: it is stored in one step.
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = &*last
            && last.point.len() == point.len()
            && last
                .point
                .iter()
                .zip(point)
                .all(|(a, b)| a.exactly_equals(b))
        {
            return Ok((last.value, last.gradient.clone()));
        }
        let (value, gradient) = evaluate::value_and_gradient(point, compute)?;
        *last = Some(Last {
            point: point.to_vec(),
            value,
            gradient: gradient.clone(),
        });
        Ok((value, gradient))
    }
}

/// What a problem gives at a point where its function, or a derivative of it, is NaN.
///
/// Infinite values are passed on: many methods take them for a wall.
///
/// # Examples
/// ```
/// use chainrule::problems::NotANumber;
///
/// assert_eq!(NotANumber::check("the objective", 2.5, &[1.0]), Ok(2.5));
/// let error = NotANumber::check_all("the gradient", &[1.0, f64::NAN], &[-1.0, 2.0]).unwrap_err();
/// assert!(error.to_string().starts_with("the gradient is NaN at [-1.0, 2.0]; start from"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct NotANumber {
    what: &'static str,
    point: Vec<f64>,
}

impl NotANumber {
    /// The value, unless it is NaN.
    ///
    /// # Errors
    /// This error, with what the value is and the point at which it is so.
    pub fn check<T: Scalar>(what: &'static str, value: T, point: &[T]) -> Result<T, Self> {
        if !value.is_nan() {
            return Ok(value);
        }
        let point = point.iter().map(|x| x.to_f64().unwrap_or(f64::NAN));
        Err(Self {
            what,
            point: point.collect(),
        })
    }

    /// Whether none of the values is NaN.
    ///
    /// # Errors
    /// This error, with what they are and the point at which one is NaN.
    pub fn check_all<T: Scalar>(what: &'static str, values: &[T], point: &[T]) -> Result<(), Self> {
        let first = values.iter().find(|value| value.is_nan());
        first.map_or(Ok(()), |&value| Self::check(what, value, point).map(|_| ()))
    }
}

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, point } = self;
        write!(
            f,
            "{what} is NaN at {point:?}; start from, or stay within, the domain of the function"
        )
    }
}

impl core::error::Error for NotANumber {}
