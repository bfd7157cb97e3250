//! What can be wrong with a matrix, and what to do about it.

use core::fmt;

/// Why a function of a matrix, or its derivative, is not there.
///
/// The message tells cause and remedy. Positions count from 0.
///
/// # Examples
/// ```
/// use chainrule::MatrixError;
/// let error = MatrixError::NotSquare { rows: 2, columns: 3 };
/// assert_eq!(error.to_string(), "the matrix is 2 × 3; pass a square one");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MatrixError {
    /// The function is one of square matrices.
    NotSquare {
        /// The number of rows.
        rows: usize,
        /// The number of columns.
        columns: usize,
    },
    /// The right-hand side has not as many rows as the matrix.
    WrongRows {
        /// What it has.
        rows: usize,
        /// What the matrix has.
        expected: usize,
    },
    /// There is no element.
    Empty,
    /// A value or a derivative is NaN or infinite.
    NotFinite {
        /// Its row.
        row: usize,
        /// Its column.
        column: usize,
    },
    /// The matrix has no inverse.
    Singular,
    /// The factorisation of the values did not come to an end.
    NotConverged,
    /// Two eigenvalues are equal to rounding, and derivatives pull them apart: they have a kink there, and eigenvectors are arbitrary.
    RepeatedEigenvalues {
        /// The position of one.
        first: usize,
        /// The position of the other.
        second: usize,
    },
    /// Two singular values are equal to rounding, and derivatives pull them apart: they have a kink there.
    RepeatedSingularValues {
        /// The position of one.
        first: usize,
        /// The position of the other.
        second: usize,
    },
    /// A singular value is zero to rounding, and derivatives move it: it has a kink there, as `|x|` has at 0.
    ZeroSingularValue {
        /// Its position.
        index: usize,
    },
}

impl fmt::Display for MatrixError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSquare { rows, columns } => {
                write!(f, "the matrix is {rows} × {columns}; pass a square one")
            }
            Self::WrongRows { rows, expected } => write!(
                f,
                "the right-hand side has {rows} rows, but the matrix has {expected}; pass one of as many"
            ),
            Self::Empty => write!(f, "the matrix has no elements; pass one that has"),
            Self::NotFinite { row, column } => write!(
                f,
                "the matrix has a value or derivative in row {row}, column {column} that is NaN or infinite; look where it comes from"
            ),
            Self::Singular => write!(
                f,
                "the matrix is singular; look for a column that is a combination of others"
            ),
            Self::NotConverged => write!(
                f,
                "the factorisation did not converge; scale the matrix to moderate numbers"
            ),
            Self::RepeatedEigenvalues { first, second } => write!(
                f,
                "eigenvalues {first} and {second} are equal and have no derivative there; differentiate a symmetric function of \
                 them, such as their sum, by the matrix itself"
            ),
            Self::RepeatedSingularValues { first, second } => write!(
                f,
                "singular values {first} and {second} are equal and have no derivative there; differentiate a symmetric function \
                 of them, such as the sum of their squares, by the matrix itself"
            ),
            Self::ZeroSingularValue { index } => write!(
                f,
                "singular value {index} is zero and has no derivative there; differentiate its square, an eigenvalue of `AᵀA`"
            ),
        }
    }
}

impl core::error::Error for MatrixError {}
