//! Where a matrix can be other than zero.

use alloc::vec::Vec;
use core::fmt::{self, Display, Formatter, Write};

/// The places of a matrix that can be other than zero, row by row; each row's columns ascend.
///
/// The form is that of compressed sparse rows (CSR): entry `k` of row `i` is entry `offsets()[i] + k` of all, in the order in which
/// [`SparseJacobian`](super::SparseJacobian) and [`SparseHessian`](super::SparseHessian) give their values. `Display` draws it.
///
/// # Examples
/// ```
/// use chainrule::sparse::Pattern;
///
/// let arrow = Pattern::new(3, [vec![0, 1, 2], vec![0, 1], vec![2, 0]]);
/// assert_eq!((arrow.rows(), arrow.columns(), arrow.len()), (3, 3, 7));
/// assert_eq!(arrow.row(2), [0, 2]);
/// assert!(arrow.contains(1, 0) && !arrow.contains(1, 2));
/// assert_eq!(arrow.to_string(), "× × ×\n× × ·\n× · ×\n");
///
/// assert_eq!((arrow.offsets(), arrow.indices()), (&[0, 3, 5, 7][..], &[0, 1, 2, 0, 1, 0, 2][..]));
/// assert_eq!(arrow.iter().last(), Some((2, 2)));
/// assert!(arrow.transpose() == arrow && !arrow.is_empty());
///
/// let corner = Pattern::new(3, [vec![], vec![2], vec![]]);
/// assert_eq!(arrow.union(&corner).row(1), [0, 1, 2]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    columns: usize,
    offsets: Vec<usize>,
    indices: Vec<usize>,
}

impl Pattern {
    /// A pattern with so many columns, of the columns of each row; these may come in any order, and more than once.
    ///
    /// # Panics
    /// If a row names a column that is not there.
    #[must_use]
    pub fn new(columns: usize, rows: impl IntoIterator<Item = Vec<usize>>) -> Self {
        let (mut offsets, mut indices) = (alloc::vec![0], Vec::new());
        for (row, mut own) in rows.into_iter().enumerate() {
            own.sort_unstable();
            own.dedup();
            if let Some(&last) = own.last() {
                assert!(
                    last < columns,
                    "row {row} names column {last}, but there are {columns} columns"
                );
            }
            indices.extend(own);
            offsets.push(indices.len());
        }
        Self {
            columns,
            offsets,
            indices,
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.offsets.len() - 1
    }

    /// How many columns there are.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.indices.len()
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.indices.is_empty()
    }

    /// The columns of a row.
    ///
    /// # Panics
    /// If there is no such row.
    #[must_use]
    pub fn row(&self, row: usize) -> &[usize] {
        assert!(
            row < self.rows(),
            "row {row} is asked for, but there are {} rows",
            self.rows()
        );
        &self.indices[self.offsets[row]..self.offsets[row + 1]]
    }

    /// Where each row starts among all entries, and how many entries there are: one number more than rows.
    #[must_use]
    pub fn offsets(&self) -> &[usize] {
        &self.offsets
    }

    /// The columns of all entries, row by row.
    #[must_use]
    pub fn indices(&self) -> &[usize] {
        &self.indices
    }

    /// Row and column of each entry, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        (0..self.rows()).flat_map(|row| self.row(row).iter().map(move |&column| (row, column)))
    }

    /// Whether the entry is in the pattern.
    #[must_use]
    pub fn contains(&self, row: usize, column: usize) -> bool {
        row < self.rows() && self.row(row).binary_search(&column).is_ok()
    }

    /// What is in either.
    ///
    /// # Panics
    /// If the sizes differ.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        assert!(
            (self.rows(), self.columns) == (other.rows(), other.columns),
            "one pattern is {} × {}, the other {} × {}",
            self.rows(),
            self.columns,
            other.rows(),
            other.columns
        );
        let rows = (0..self.rows()).map(|row| [self.row(row), other.row(row)].concat());
        Self::new(self.columns, rows)
    }

    /// Rows for columns.
    #[must_use]
    pub fn transpose(&self) -> Self {
        let mut rows = alloc::vec![Vec::new(); self.columns];
        for (row, column) in self.iter() {
            rows[column].push(row);
        }
        Self::new(self.rows(), rows)
    }
}

impl Display for Pattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for row in 0..self.rows() {
            let mut own = self.row(row).iter().peekable();
            for column in 0..self.columns {
                if column > 0 {
                    f.write_char(' ')?;
                }
                let is_there = own.next_if_eq(&&column).is_some();
                f.write_char(if is_there { '×' } else { '·' })?;
            }
            f.write_char('\n')?;
        }
        Ok(())
    }
}
