//! A plain function as one of numbers in a row, whatever shapes it takes and gives.

use alloc::vec::Vec;

use crate::Differentiable;
use crate::rules::Primitive;

/// The numbers in a value, first to last.
pub fn flat<T: Primitive, V: Differentiable<T>>(value: &V) -> Vec<f64> {
    let mut numbers = Vec::new();
    // What stands in place of the numbers is nobody's concern.
    let _: V::Lifted<()> = value.lift(&mut |x: T| numbers.push(to_f64(x)));
    numbers
}

/// The same value once more: closures take it whole.
pub fn copy<T: Primitive, V: Differentiable<T>>(value: &V) -> V {
    V::lower(&value.lift(&mut |x: T| x), &mut |x: &T| *x)
}

/// The distance of a claim from a number, in units in its last place.
pub fn ulps<T: Primitive>(claimed: f64, number: f64) -> f64 {
    let size = T::round_from(number).abs();
    (claimed - number).abs() / to_f64(size.next_up() - size)
}

/// Exact: `f32` is part of `f64`.
pub fn to_f64<T: Primitive>(x: T) -> f64 {
    x.to_f64().unwrap_or(f64::NAN)
}

/// A function of numbers, and the point around which it is looked at.
pub trait Plain {
    fn inputs(&self) -> usize;
    /// The outputs at the point.
    fn value(&self) -> &[f64];
    /// How large an input is: what its steps are measured by.
    fn size(&self, input: usize) -> f64;
    /// The distance of the function's floats at 1.
    fn epsilon(&self) -> f64;
    /// The smallest step in which first differences are more than rounding.
    fn first_step(&self, input: usize) -> f64 {
        // Not a fraction of the input that a user would choose, lest steps and periods meet.
        0.7 * num_traits::Float::sqrt(self.epsilon()) * self.size(input)
    }
    /// By how much each of some inputs has moved (floats do not take every step), and the outputs there. What is missing is NaN, as when
    /// a function gives `None`.
    fn moved<const N: usize>(&mut self, moves: [(usize, f64); N]) -> ([f64; N], Vec<f64>);
}

/// A user's function.
pub struct Function<T: Primitive, A: Differentiable<T>, F> {
    f: F,
    /// The point, in the shape that the function takes.
    shape: A::Lifted<T>,
    point: Vec<T>,
    value: Vec<f64>,
}

impl<T, A, O, F> Function<T, A, F>
where
    T: Primitive,
    A: Differentiable<T>,
    O: Differentiable<T>,
    F: FnMut(A) -> O,
{
    pub fn new(f: F, point: &A) -> Self {
        let mut numbers = Vec::new();
        let shape = point.lift(&mut |x: T| {
            numbers.push(x);
            x
        });
        let mut function = Self {
            f,
            shape,
            point: numbers,
            value: Vec::new(),
        };
        function.value = function.call(&[]);
        function
    }

    pub fn point(&self) -> Vec<f64> {
        self.point.iter().copied().map(to_f64).collect()
    }

    fn call(&mut self, moves: &[(usize, T)]) -> Vec<f64> {
        let mut input = 0;
        let argument = A::lower(&self.shape, &mut |x: &T| {
            let moved = moves.iter().find(|(at, _)| *at == input);
            input += 1;
            moved.map_or(*x, |(_, x)| *x)
        });
        flat(&(self.f)(argument))
    }
}

impl<T, A, O, F> Plain for Function<T, A, F>
where
    T: Primitive,
    A: Differentiable<T>,
    O: Differentiable<T>,
    F: FnMut(A) -> O,
{
    fn inputs(&self) -> usize {
        self.point.len()
    }

    fn value(&self) -> &[f64] {
        &self.value
    }

    fn size(&self, input: usize) -> f64 {
        let size = to_f64(self.point[input].abs());
        if size == 0.0 || !size.is_finite() {
            1.0
        } else {
            // Steps of subnormal numbers might be no floats.
            size.max(to_f64(T::min_positive_value()))
        }
    }

    fn epsilon(&self) -> f64 {
        to_f64(T::epsilon())
    }

    fn moved<const N: usize>(&mut self, moves: [(usize, f64); N]) -> ([f64; N], Vec<f64>) {
        let moves = moves.map(|(input, step)| {
            let x = T::round_from(to_f64(self.point[input]) + step);
            (input, x)
        });
        let steps = moves.map(|(input, x)| to_f64(x) - to_f64(self.point[input]));
        let mut outputs = self.call(&moves);
        if outputs.len() != self.value.len() {
            outputs = alloc::vec![f64::NAN; self.value.len()];
        }
        (steps, outputs)
    }
}
