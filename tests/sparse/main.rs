//! Patterns against what the mathematics says, and compressed evaluation against dense derivatives.

// Indices, as in the formulas.
#![allow(clippy::needless_range_loop)]

mod hessians;
mod jacobians;
mod patterns;

use chainrule::sparse::Pattern;

/// Entries as a dense matrix, row by row.
fn dense<T: Copy + Default>(pattern: &Pattern, entries: &[T]) -> Vec<T> {
    assert_eq!(entries.len(), pattern.len());
    let mut all = vec![T::default(); pattern.rows() * pattern.columns()];
    for ((row, column), entry) in pattern.iter().zip(entries) {
        all[row * pattern.columns() + column] = *entry;
    }
    all
}
