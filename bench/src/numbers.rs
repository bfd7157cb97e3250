//! Results of all shapes as a run of numbers, to compare them.

use nalgebra::{Dim, Matrix, RawStorage};

pub trait Numbers {
    /// Matrices row by row.
    fn append_to(&self, numbers: &mut Vec<f64>);
}

impl Numbers for f64 {
    fn append_to(&self, numbers: &mut Vec<f64>) {
        numbers.push(*self);
    }
}

impl Numbers for () {
    fn append_to(&self, _: &mut Vec<f64>) {}
}

impl<T: Numbers, const N: usize> Numbers for [T; N] {
    fn append_to(&self, numbers: &mut Vec<f64>) {
        self.iter().for_each(|part| part.append_to(numbers));
    }
}

impl<T: Numbers> Numbers for Vec<T> {
    fn append_to(&self, numbers: &mut Vec<f64>) {
        self.iter().for_each(|part| part.append_to(numbers));
    }
}

impl<A: Numbers, B: Numbers> Numbers for (A, B) {
    fn append_to(&self, numbers: &mut Vec<f64>) {
        self.0.append_to(numbers);
        self.1.append_to(numbers);
    }
}

impl<A: Numbers, B: Numbers, C: Numbers> Numbers for (A, B, C) {
    fn append_to(&self, numbers: &mut Vec<f64>) {
        self.0.append_to(numbers);
        self.1.append_to(numbers);
        self.2.append_to(numbers);
    }
}

impl<R: Dim, C: Dim, S: RawStorage<f64, R, C>> Numbers for Matrix<f64, R, C, S> {
    fn append_to(&self, numbers: &mut Vec<f64>) {
        for row in self.row_iter() {
            numbers.extend(row.iter());
        }
    }
}
