//! Jacobians by columns of one colour.

use alloc::vec::Vec;

use super::{Pattern, coloring::Coloring};
use crate::Dual;
use crate::drivers::CHUNK;
use crate::rules::Scalar;

/// A Jacobian of known pattern, evaluated with one direction for each colour of its columns.
///
/// The colours are found once, in [`new`](Self::new); then any number of points are evaluated.
///
/// # Examples
/// ```
/// use chainrule::sparse::{Pattern, SparseJacobian};
///
/// let sparse = SparseJacobian::new(Pattern::new(3, [vec![0, 1], vec![2]]));
/// assert_eq!(sparse.colors(), 2);
/// let mut outputs = [0.0; 2];
/// let entries = sparse.jacobian(
///     |x, out| {
///         out[0] = x[0] * x[1];
///         out[1] = x[2].exp();
///     },
///     &[2.0, 3.0, 0.0],
///     &mut outputs,
/// );
/// assert_eq!((outputs, entries), ([6.0, 1.0], vec![3.0, 2.0, 1.0]));
/// assert!(sparse.pattern().iter().eq([(0, 0), (0, 1), (1, 2)]));
/// ```
#[derive(Clone, Debug)]
pub struct SparseJacobian {
    pattern: Pattern,
    coloring: Coloring,
}

impl SparseJacobian {
    /// Colours the columns.
    ///
    /// It takes time as the sum of the squares of the rows' lengths.
    #[must_use]
    pub fn new(pattern: Pattern) -> Self {
        let coloring = Coloring::of_columns(&pattern);
        Self { pattern, coloring }
    }

    /// The pattern, in whose order the entries come.
    #[must_use]
    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// How many directions an evaluation takes.
    #[must_use]
    pub fn colors(&self) -> usize {
        self.coloring.count
    }

    /// The outputs of `f` at `x`, and the entries of the Jacobian in the order of the pattern.
    ///
    /// `f` is run over dual numbers of [`CHUNK`] directions, once for each [`CHUNK`] colours, and once at least. Entries outside the pattern are
    /// taken for zero: where they are not, others are wrong.
    ///
    /// # Panics
    /// If `x` or `value` has another length than the pattern.
    #[track_caller]
    pub fn jacobian<T: Scalar>(
        &self,
        mut f: impl FnMut(&[Dual<T, CHUNK>], &mut [Dual<T, CHUNK>]),
        x: &[T],
        value: &mut [T],
    ) -> Vec<T> {
        self.check("the point", x.len(), self.pattern.columns(), "columns");
        self.check("the value", value.len(), self.pattern.rows(), "rows");
        let colors = &self.coloring.colors;
        let mut entries = alloc::vec![T::zero(); self.pattern.len()];
        let mut outputs = alloc::vec![Dual::constant(T::zero()); value.len()];
        for first in (0..self.colors().max(1)).step_by(CHUNK) {
            let seeded = x.iter().zip(colors).map(|(&x, &color)| {
                let mut number = Dual::constant(x);
                if let Some(eps) = color
                    .checked_sub(first)
                    .and_then(|lane| number.eps.get_mut(lane))
                {
                    *eps = T::one();
                }
                number
            });
            let point: Vec<_> = seeded.collect();
            outputs.fill(Dual::constant(T::zero()));
            f(&point, &mut outputs);
            for (entry, (row, column)) in entries.iter_mut().zip(self.pattern.iter()) {
                let lane = colors[column].checked_sub(first);
                if let Some(slope) = lane.and_then(|lane| outputs[row].eps.get(lane)) {
                    *entry = *slope;
                }
            }
        }
        for (value, output) in value.iter_mut().zip(&outputs) {
            *value = output.re;
        }
        entries
    }

    /// The entries by products of the Jacobian with directions, such as an annotated function's `jvp_into` writes.
    ///
    /// `product(v, out)` is called once for each colour. Entries outside the pattern are taken for zero: where they are not, others are
    /// wrong.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{differentiate, sparse::{SparseJacobian, jacobian_pattern}};
    ///
    /// #[differentiate]
    /// fn squares(x: &[f64], out: &mut [f64]) {
    ///     for i in 0..x.len() {
    ///         out[i] = x[i] * x[i];
    ///     }
    /// }
    ///
    /// let x = [1.0, 2.0, 3.0];
    /// let sparse = SparseJacobian::new(jacobian_pattern(|x, out| squares::lift(x, out), &x, 3));
    /// let entries = sparse.by_products(|v, out| squares::jvp_into(&x, v, out));
    /// assert_eq!((sparse.colors(), entries), (1, vec![2.0, 4.0, 6.0]));
    /// ```
    pub fn by_products<T: Scalar>(&self, mut product: impl FnMut(&[T], &mut [T])) -> Vec<T> {
        let colors = &self.coloring.colors;
        let mut entries = alloc::vec![T::zero(); self.pattern.len()];
        let mut slopes = alloc::vec![T::zero(); self.pattern.rows()];
        for color in 0..self.colors() {
            product(&direction(colors, color), &mut slopes);
            for (entry, (row, column)) in entries.iter_mut().zip(self.pattern.iter()) {
                if colors[column] == color {
                    *entry = slopes[row];
                }
            }
        }
        entries
    }

    #[track_caller]
    fn check(&self, what: &str, length: usize, wanted: usize, of: &str) {
        assert!(
            length == wanted,
            "{what} has length {length}, but the pattern has {wanted} {of}"
        );
    }
}

/// The sum of the unit vectors of a colour.
pub(super) fn direction<T: Scalar>(colors: &[usize], color: usize) -> Vec<T> {
    let own = |&other: &usize| match other == color {
        true => T::one(),
        false => T::zero(),
    };
    colors.iter().map(own).collect()
}
