//! What can go wrong, and what to do about it.

use core::fmt;

/// Why there is no solution.
///
/// The message tells cause and remedy. Positions count from 0. Numbers are of `f64` whatever the problem's own float is.
///
/// # Examples
/// ```
/// use chainrule::solve::{Error, linear_solve};
///
/// let error = linear_solve([[1.0, 2.0], [2.0, 4.0]], [1.0, 1.0]).unwrap_err();
/// assert_eq!(error, Error::Singular { pivot: 1, size: 2 });
/// assert_eq!(
///     error.to_string(),
///     "pivot 1 of a 2 × 2 matrix is zero to rounding, so that the matrix is singular; \
///      look for a column that is a combination of those before it, or for an equation that says what others say"
/// );
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// A matrix that has to be inverted is singular: a pivot consists of nothing but rounding errors.
    Singular {
        /// The first such pivot: its column is a combination of those before it.
        pivot: usize,
        /// The number of rows, and of columns.
        size: usize,
    },
    /// A number is NaN or infinite where the method has to begin, or in a result.
    NotFinite {
        /// What the number is part of.
        what: &'static str,
        /// Its position there; matrices are counted row by row.
        index: usize,
    },
    /// A slice has a length that does not fit the others.
    WrongLength {
        /// Which slice.
        what: &'static str,
        /// The length that it has.
        length: usize,
        /// The length that the others ask for.
        expected: usize,
    },
    /// The point of an implicit derivative is no solution, so that what would be differentiated is another function.
    NotASolution {
        /// The variable that is off most.
        variable: usize,
        /// What it is.
        value: f64,
        /// What a Newton step adds to it.
        step: f64,
    },
    /// No step makes the residuals smaller, and they are not zero.
    NoRoot {
        /// The Euclidean norm of the residuals there.
        residual: f64,
    },
    /// The limit of steps was reached.
    NotConverged {
        /// How many steps were taken.
        steps: usize,
    },
    /// The function does not fall where its derivatives say that it must.
    NoDescent {
        /// How many steps were taken.
        steps: usize,
    },
    /// The function falls to minus infinity.
    Unbounded,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Singular { pivot, size } => write!(
                f,
                "pivot {pivot} of a {size} × {size} matrix is zero to rounding, so that the matrix is singular; look for a \
                 column that is a combination of those before it, or for an equation that says what others say"
            ),
            Self::NotFinite { what, index } => write!(
                f,
                "{what} is NaN or infinite at position {index}; start inside the domain of the function, with finite numbers"
            ),
            Self::WrongLength {
                what,
                length,
                expected,
            } => write!(
                f,
                "{what} has length {length}, but the others need {expected}; pass one of that length"
            ),
            Self::NotASolution {
                variable,
                value,
                step,
            } => write!(
                f,
                "variable {variable} is {value}, but a Newton step would add {step} to it, so that this is not a solution; \
                 solve at these very parameters first"
            ),
            Self::NoRoot { residual } => write!(
                f,
                "no step makes the residuals smaller, and their norm is {residual}: no root is near; start elsewhere, \
                 compare the Jacobian by `check`, or take `least_squares` if there need not be a root"
            ),
            Self::NotConverged { steps } => write!(
                f,
                "no solution after {steps} steps; start nearer to it, and choose units that make the variables moderate"
            ),
            Self::NoDescent { steps } => write!(
                f,
                "after {steps} steps no step is short enough for the function to fall as its derivatives say; look for a kink \
                 or a jump there, and compare the derivatives by `check`"
            ),
            Self::Unbounded => write!(
                f,
                "the function falls to minus infinity from here; check its sign, or start elsewhere"
            ),
        }
    }
}

impl core::error::Error for Error {}

/// The first number that is not finite is an error.
pub(super) fn all_finite<T: crate::Scalar>(what: &'static str, numbers: &[T]) -> Result<(), Error> {
    match numbers.iter().position(|number| !number.all_finite()) {
        Some(index) => Err(Error::NotFinite { what, index }),
        None => Ok(()),
    }
}

/// Another length is an error.
pub(super) fn length_is(what: &'static str, length: usize, expected: usize) -> Result<(), Error> {
    if length == expected {
        Ok(())
    } else {
        Err(Error::WrongLength {
            what,
            length,
            expected,
        })
    }
}
