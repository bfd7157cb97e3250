//! Householder's QR factorisation with column pivoting, and the damped steps of least squares that follow from it.

use alloc::{vec, vec::Vec};

use crate::rules::Primitive;

/// `‖x‖`, scaled so that no square leaves the range.
pub(super) fn norm<T: Primitive>(numbers: impl Iterator<Item = T> + Clone) -> T {
    let scale = numbers
        .clone()
        .fold(T::zero(), |scale, x| scale.max(num_traits::Float::abs(x)));
    if scale == T::zero() || !num_traits::Float::is_finite(scale) {
        return scale;
    }
    let sum = numbers.fold(T::zero(), |sum, x| sum + (x / scale) * (x / scale));
    scale * num_traits::Float::sqrt(sum)
}

/// Makes the matrix upper triangular by reflections, which the right-hand side undergoes too. The longest remaining column comes
/// next, and `columns` tells which it was.
fn triangularize<T: Primitive>(
    matrix: &mut [T],
    width: usize,
    right: &mut [T],
    columns: &mut [usize],
) {
    let height = right.len();
    for k in 0..width.min(height) {
        let length = |matrix: &[T], j: usize| norm((k..height).map(|i| matrix[i * width + j]));
        let mut best = (k, length(matrix, k));
        for j in k + 1..width {
            let length = length(matrix, j);
            if length > best.1 {
                best = (j, length);
            }
        }
        if best.0 != k {
            columns.swap(k, best.0);
            (0..height).for_each(|i| matrix.swap(i * width + k, i * width + best.0));
        }
        let length = length(matrix, k);
        if length == T::zero() {
            continue;
        }
        let diagonal = matrix[k * width + k];
        let alpha = if diagonal > T::zero() {
            -length
        } else {
            length
        };
        // The vector `u = x / -α + e` of the reflection `1 - u uᵀ / u₀`.
        for i in k..height {
            matrix[i * width + k] /= -alpha;
        }
        matrix[k * width + k] += T::one();
        let head = matrix[k * width + k];
        for j in k + 1..width {
            let sum = (k..height).fold(T::zero(), |sum, i| {
                sum + matrix[i * width + k] * matrix[i * width + j]
            });
            let factor = sum / head;
            for i in k..height {
                let u = matrix[i * width + k];
                matrix[i * width + j] -= factor * u;
            }
        }
        let sum = (k..height).fold(T::zero(), |sum, i| sum + matrix[i * width + k] * right[i]);
        let factor = sum / head;
        for i in k..height {
            right[i] -= factor * matrix[i * width + k];
        }
        matrix[k * width + k] = alpha;
        (k + 1..height).for_each(|i| matrix[i * width + k] = T::zero());
    }
}

/// Rotates a row with nothing but this element, on the diagonal, into the triangle. Rotations lose no digits, however large
/// the element is beside the triangle.
fn absorb<T: Primitive>(triangle: &mut [T], right: &mut [T], column: usize, element: T) {
    let n = right.len();
    let (mut row, mut rest) = (vec![T::zero(); n], T::zero());
    row[column] = element;
    for k in column..n {
        let (diagonal, below) = (triangle[k * n + k], row[k]);
        let length = num_traits::Float::hypot(diagonal, below);
        if below == T::zero() || length == T::zero() {
            continue;
        }
        let (cosine, sine) = (diagonal / length, below / length);
        for j in k..n {
            let (x, y) = (triangle[k * n + j], row[j]);
            triangle[k * n + j] = cosine * x + sine * y;
            row[j] = cosine * y - sine * x;
        }
        let (x, y) = (right[k], rest);
        right[k] = cosine * x + sine * y;
        rest = cosine * y - sine * x;
    }
}

/// `J P = Q R` with `Qᵀ r`, for steps `p` that make `‖J p + r‖` small.
pub(super) struct Qr<T> {
    /// Upper triangular, square.
    triangle: Vec<T>,
    /// The first entries of `Qᵀ r`.
    right: Vec<T>,
    /// Which variable a column belongs to.
    columns: Vec<usize>,
}

impl<T: Primitive> Qr<T> {
    /// Of a Jacobian, row by row, of as many rows as there are residuals.
    pub(super) fn new(jacobian: &[T], residuals: &[T], width: usize) -> Self {
        // Fewer equations than variables: the others say nothing.
        let height = residuals.len().max(width);
        let (mut triangle, mut right) = (jacobian.to_vec(), residuals.to_vec());
        triangle.resize(height * width, T::zero());
        right.resize(height, T::zero());
        let mut columns: Vec<usize> = (0..width).collect();
        triangularize(&mut triangle, width, &mut right, &mut columns);
        triangle.truncate(width * width);
        right.truncate(width);
        Self {
            triangle,
            right,
            columns,
        }
    }

    fn width(&self) -> usize {
        self.columns.len()
    }

    /// Whether the columns are independent to rounding.
    pub(super) fn has_full_rank(&self) -> bool {
        (0..self.width()).all(|i| self.is_independent(i))
    }

    /// Whether more than rounding errors is left of a column when those before it are taken away.
    fn is_independent(&self, i: usize) -> bool {
        let n = self.width();
        let length = norm((0..=i).map(|k| self.triangle[k * n + i]));
        let left = num_traits::Float::abs(self.triangle[i * n + i]);
        left > T::epsilon() * T::round_from(n as f64) * length
    }

    /// The step that makes `‖J p + r‖² + λ ‖D p‖²` least, and the triangle it was found with.
    pub(super) fn step(&self, damping: T, scale: &[T]) -> (Vec<T>, Vec<T>) {
        let n = self.width();
        let (mut triangle, mut right) = (self.triangle.clone(), self.right.clone());
        if damping > T::zero() {
            let root = num_traits::Float::sqrt(damping);
            for (j, &column) in self.columns.iter().enumerate() {
                absorb(&mut triangle, &mut right, j, root * scale[column]);
            }
        }
        for i in (0..n).rev() {
            let sum = (i + 1..n).fold(right[i], |sum, j| sum - triangle[i * n + j] * right[j]);
            let pivot = triangle[i * n + i];
            // Without damping, a variable that does what others do stays.
            let moves = damping > T::zero() || self.is_independent(i);
            right[i] = if moves && pivot != T::zero() {
                sum / pivot
            } else {
                T::zero()
            };
        }
        let mut step = vec![T::zero(); n];
        for (&column, &z) in self.columns.iter().zip(&right) {
            step[column] = -z;
        }
        (step, triangle)
    }

    /// `‖J p‖`
    pub(super) fn predicted(&self, step: &[T]) -> T {
        let n = self.width();
        let product = |i: usize| {
            (i..n).fold(T::zero(), |sum, j| {
                sum + self.triangle[i * n + j] * step[self.columns[j]]
            })
        };
        norm((0..n).map(product))
    }

    /// `‖D⁻¹ Jᵀ r‖`
    pub(super) fn gradient_length(&self, scale: &[T]) -> T {
        let n = self.width();
        let slope = |j: usize| {
            let sum = (0..=j).fold(T::zero(), |sum, i| {
                sum + self.triangle[i * n + j] * self.right[i]
            });
            sum / scale[self.columns[j]]
        };
        norm((0..n).map(slope))
    }

    /// `R⁻ᵀ Pᵀ v` by the triangle of a step.
    pub(super) fn behind(&self, triangle: &[T], v: &[T]) -> Vec<T> {
        let n = self.width();
        let mut w: Vec<T> = self.columns.iter().map(|&column| v[column]).collect();
        for i in 0..n {
            let sum = (0..i).fold(w[i], |sum, j| sum - triangle[j * n + i] * w[j]);
            w[i] = sum / triangle[i * n + i];
        }
        w
    }

    /// `P R⁻¹ w` by the triangle of a step.
    pub(super) fn before(&self, triangle: &[T], w: &[T]) -> Vec<T> {
        let n = self.width();
        let (mut z, mut step) = (w.to_vec(), w.to_vec());
        for i in (0..n).rev() {
            let sum = (i + 1..n).fold(z[i], |sum, j| sum - triangle[i * n + j] * z[j]);
            z[i] = sum / triangle[i * n + i];
            step[self.columns[i]] = z[i];
        }
        step
    }

    /// `(JᵀJ)⁻¹ = P R⁻¹ R⁻ᵀ Pᵀ`, flat, or nothing if `J` has not full rank.
    pub(super) fn inverse_information(&self) -> Option<Vec<T>> {
        if !self.has_full_rank() {
            return None;
        }
        let n = self.width();
        let mut inverse = vec![T::zero(); n * n];
        for j in 0..n {
            inverse[j * n + j] = T::one() / self.triangle[j * n + j];
            for i in (0..j).rev() {
                let sum = (i + 1..=j).fold(T::zero(), |sum, k| {
                    sum + self.triangle[i * n + k] * inverse[k * n + j]
                });
                inverse[i * n + j] = -sum / self.triangle[i * n + i];
            }
        }
        let mut information = vec![T::zero(); n * n];
        for (i, &row) in self.columns.iter().enumerate() {
            for (j, &column) in self.columns.iter().enumerate() {
                information[row * n + column] = (i.max(j)..n).fold(T::zero(), |sum, k| {
                    sum + inverse[i * n + k] * inverse[j * n + k]
                });
            }
        }
        Some(information)
    }
}
