//! rayon: sums that do not depend on the number of threads.

use alloc::vec::Vec;
use core::iter::Sum;
use core::ops::Add;

use rayon::iter::{IndexedParallelIterator, ParallelIterator};

/// So many terms are added one after the other, by one thread.
const RUN: usize = 1024;

/// The sum of what a parallel iterator yields, added in an order that depends on nothing but the number of terms.
///
/// `((t₀ + t₁ + …) + (t₁₀₂₄ + …)) + …`: runs of 1024 terms, whose sums are added in their order. rayon's own `sum` adds in an order that
/// depends on which thread was free, so its last digits change from run to run; these do not, whatever the number of threads. The
/// numbers of this crate are `Send`, `Sync` and `Sum`, so they go through either.
///
/// An empty sum is that of `S`: -0 for floats.
///
/// # Examples
/// ```
/// use chainrule::{Dual, sum_in_order};
/// use rayon::prelude::*;
///
/// let rate = Dual::variable(0.5);
/// let sum: Dual<f64> = sum_in_order((0..5000_u32).into_par_iter().map(|n| (rate * f64::from(n)).sin()));
/// let again = sum_in_order((0..5000_u32).into_par_iter().map(|n| (rate * f64::from(n)).sin()));
/// assert_eq!(sum.derivative().to_bits(), again.derivative().to_bits());
/// ```
pub fn sum_in_order<I, S>(terms: I) -> S
where
    I: IndexedParallelIterator<Item = S>,
    S: Add<Output = S> + Sum + Send,
{
    let empty = || core::iter::empty().sum::<S>();
    let runs: Vec<S> = terms
        .fold_chunks(RUN, empty, |sum, term| sum + term)
        .collect();
    runs.into_iter().sum()
}
