//! Hessians by a star colouring.

use alloc::vec::Vec;

use super::{Pattern, coloring::Coloring, jacobian::direction};
use crate::rules::Scalar;

/// A Hessian of known pattern, evaluated with one product for each colour of its inputs.
///
/// Symmetry is made use of: an arrow-shaped Hessian of any size has two colours. The colours are found once, in [`new`](Self::new).
///
/// # Examples
/// ```
/// use chainrule::{differentiate, sparse::{SparseHessian, hessian_pattern}};
///
/// /// All inputs meet the first.
/// #[differentiate]
/// fn star(x: &[f64]) -> f64 {
///     let mut sum = 0.0;
///     for i in 1..x.len() {
///         sum += x[0] * x[i] * x[i];
///     }
///     sum
/// }
///
/// let x = [2.0, 3.0, 4.0];
/// let sparse = SparseHessian::new(hessian_pattern(|x| star::lift(x), &x));
/// assert_eq!(sparse.pattern().to_string(), "· × ×\n× × ·\n× · ×\n");
/// assert_eq!(sparse.colors(), 2);
/// let entries = sparse.hessian(|v, out| star::hvp_into(&x, v, out));
/// assert_eq!(entries, [6.0, 8.0, 6.0, 4.0, 8.0, 4.0]);
/// ```
#[derive(Clone, Debug)]
pub struct SparseHessian {
    pattern: Pattern,
    coloring: Coloring,
    /// Of each entry, at which row and in the product of which colour it stands by itself.
    sources: Vec<(usize, usize)>,
}

impl SparseHessian {
    /// Colours the inputs.
    ///
    /// # Panics
    /// If the pattern is not symmetric.
    #[must_use]
    pub fn new(pattern: Pattern) -> Self {
        assert!(
            pattern == pattern.transpose(),
            "the pattern of a Hessian is symmetric, and this one is not; take its union with its transpose"
        );
        let coloring = Coloring::of_symmetric(&pattern);
        let colors = &coloring.colors;
        let is_alone = |row: usize, column: usize| {
            let others = pattern.row(row).iter().filter(|&&other| other != column);
            others
                .into_iter()
                .all(|&other| colors[other] != colors[column])
        };
        let sources = pattern.iter().map(|(row, column)| {
            if is_alone(row, column) {
                (row, colors[column])
            } else {
                (column, colors[row])
            }
        });
        let sources = sources.collect();
        Self {
            pattern,
            coloring,
            sources,
        }
    }

    /// The pattern, in whose order the entries come: both halves of the Hessian.
    #[must_use]
    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// How many products an evaluation takes.
    #[must_use]
    pub fn colors(&self) -> usize {
        self.coloring.count
    }

    /// The entries by products of the Hessian with directions, such as an annotated function's `hvp_into` writes.
    ///
    /// `product(v, out)` is called once for each colour. Entries outside the pattern are taken for zero: where they are not, others are
    /// wrong.
    pub fn hessian<T: Scalar>(&self, mut product: impl FnMut(&[T], &mut [T])) -> Vec<T> {
        let mut entries = alloc::vec![T::zero(); self.pattern.len()];
        let mut found = alloc::vec![T::zero(); self.pattern.rows()];
        for color in 0..self.colors() {
            product(&direction(&self.coloring.colors, color), &mut found);
            for (entry, &(row, source)) in entries.iter_mut().zip(&self.sources) {
                if source == color {
                    *entry = found[row];
                }
            }
        }
        entries
    }
}
