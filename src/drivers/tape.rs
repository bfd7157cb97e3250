//! What the forward sweep of a loop leaves for its reverse sweep.

use alloc::vec::Vec;

use num_traits::Float;

/// Two stacks: of numbers, and of indices, counts and ways taken; and arrays of both that loops of known length borrow.
#[derive(Clone, Debug)]
pub struct Tape<S> {
    numbers: Vec<S>,
    indices: Vec<usize>,
    spare_numbers: Vec<Vec<S>>,
    spare_indices: Vec<Vec<usize>>,
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
            spare_numbers: Vec::new(),
            spare_indices: Vec::new(),
        }
    }
}

impl<S: Float> Tape<S> {
    /// Leaves numbers.
    #[inline]
    pub fn push<const N: usize>(&mut self, numbers: [S; N]) {
        self.numbers.extend_from_slice(&numbers);
    }

    /// The last numbers. The reverse sweep takes what the forward sweep has left, so that there always are so many.
    #[inline]
    pub fn pop<const N: usize>(&mut self) -> [S; N] {
        match self.numbers.split_last_chunk() {
            Some((rest, &last)) => {
                let count = rest.len();
                self.numbers.truncate(count);
                last
            }
            None => [S::nan(); N],
        }
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

    /// An array of this length. What is in it has no meaning.
    #[inline]
    pub fn lend(&mut self, length: usize) -> Vec<S> {
        lend(&mut self.spare_numbers, length, S::zero())
    }

    /// Takes an array back: the one that was lent last first, so that each goes where it went before.
    #[inline]
    pub fn take_back(&mut self, array: Vec<S>) {
        self.spare_numbers.push(array);
    }

    /// The same, of indices.
    #[inline]
    pub fn lend_indices(&mut self, length: usize) -> Vec<usize> {
        lend(&mut self.spare_indices, length, 0)
    }

    /// The same, of indices.
    #[inline]
    pub fn take_indices_back(&mut self, array: Vec<usize>) {
        self.spare_indices.push(array);
    }
}

#[inline]
fn lend<T: Copy>(spare: &mut Vec<Vec<T>>, length: usize, any: T) -> Vec<T> {
    let mut array = spare.pop().unwrap_or_default();
    array.resize(length, any);
    array
}
