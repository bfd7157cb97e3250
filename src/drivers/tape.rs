//! What the forward sweep of a loop leaves for its reverse sweep.

use alloc::vec::Vec;

use num_traits::Float;

/// Two stacks: of numbers, and of indices, counts and ways taken.
#[derive(Clone, Debug)]
pub struct Tape<S> {
    numbers: Vec<S>,
    indices: Vec<usize>,
}

impl<S> Default for Tape<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> Tape<S> {
    /// An empty tape; it grows on first use.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            numbers: Vec::new(),
            indices: Vec::new(),
        }
    }
}

impl<S: Float> Tape<S> {
    /// Leaves a number.
    #[inline]
    pub fn push(&mut self, number: S) {
        self.numbers.push(number);
    }

    /// The reverse sweep takes what the forward sweep has left, so that there always is one.
    #[inline]
    pub fn pop(&mut self) -> S {
        self.numbers.pop().unwrap_or_else(S::nan)
    }

    /// Leaves an index.
    #[inline]
    pub fn push_index(&mut self, index: usize) {
        self.indices.push(index);
    }

    /// The last index.
    #[inline]
    pub fn pop_index(&mut self) -> usize {
        self.indices.pop().unwrap_or(usize::MAX)
    }
}
