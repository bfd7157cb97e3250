//! Eigenvalues and eigenvectors of a symmetric matrix beyond their values.
//!
//! With the eigenvectors `Q₀` and eigenvalues `Λ₀` of the values, `Q₀ᵀ A Q₀ = Λ₀ + E`. Sought are `Q = Q₀ (1 + W)` and `Λ = Λ₀ + D`:
//! from `(Λ₀ + E)(1 + W) = (1 + W)(Λ₀ + D)` follow, with `C = W D - E - E W`,
//!
//! `dᵢ = -cᵢᵢ`, `wᵢⱼ = cᵢⱼ / (λᵢ - λⱼ)`, and from `QᵀQ = 1` `wᵢᵢ = -½ Σ wₖᵢ²`.
//!
//! Where `λᵢ = λⱼ`, there is no `wᵢⱼ`. Eigenvalues have derivatives all the same if `cᵢⱼ` is zero; eigenvectors have not, unless
//! the matrix is constant.

use num_traits::{Float, Zero};

use super::{MatrixError, fill, first_live, noise, rest, sum};
use crate::parts::Parts;
use crate::rules::Scalar;

/// A symmetric matrix, of which the lower triangle is read, and the factors of its values.
pub(crate) struct Eigen<'a, S: Scalar> {
    matrix: &'a [S],
    vectors: &'a [S::Primal],
    values: &'a [S::Primal],
    /// Eigenvalues that differ by no more are equal to rounding.
    tolerance: S::Primal,
}

impl<'a, S: Parts> Eigen<'a, S> {
    pub(crate) fn new(matrix: &'a [S], vectors: &'a [S::Primal], values: &'a [S::Primal]) -> Self {
        let largest = values.iter().fold(S::Primal::zero(), |largest, value| {
            Float::max(largest, Float::abs(*value))
        });
        Self {
            matrix,
            vectors,
            values,
            tolerance: noise::<S::Primal>(values.len()) * largest,
        }
    }

    /// The eigenvalues into `values` where one order suffices: no eigenvalue is repeated, and no vectors are wanted.
    pub(crate) fn differentiate_once(&self, values: &mut [S]) -> bool {
        if S::ORDER > 1 || self.first_repeated().is_some() {
            return false;
        }
        let n = self.values.len();
        for (value, vector) in values.iter_mut().zip(self.vectors.chunks_exact(n)) {
            let mut moved = S::zero();
            for (k, column) in self.matrix.chunks_exact(n).enumerate() {
                let twice = vector[k] + vector[k];
                moved += column[k] * (vector[k] * vector[k]);
                for (&element, &q) in column.iter().zip(vector).skip(k + 1) {
                    moved += element * (twice * q);
                }
            }
            *value = moved.with_primal(value.primal());
        }
        true
    }

    /// The eigenvalues into `values`, which are constants yet, and with `W` wanted that into `w`; `e` and `c` are scratch of the size of the matrix.
    pub(crate) fn differentiate(
        &self,
        values: &mut [S],
        wants_vectors: bool,
        [e, c, w]: [&mut [S]; 3],
    ) -> Result<(), MatrixError> {
        let n = self.values.len();
        let is_constant = self.lower().all(|number| rest(number).is_exact_zero());
        if is_constant {
            return Ok(());
        }
        let repeated = self.first_repeated();
        if let (true, Some((first, second))) = (wants_vectors, repeated) {
            return Err(MatrixError::RepeatedEigenvalues { first, second });
        }
        self.times_vectors(c);
        for j in 0..n {
            for i in 0..=j {
                let element = sum(n, |k| c[k + j * n] * self.vectors[k + i * n]);
                (e[i + j * n], e[j + i * n]) = (element, element);
            }
        }
        for pass in 1..=S::ORDER {
            Self::right_side(e, w, values, c);
            for (i, value) in values.iter_mut().enumerate() {
                *value = (-c[i + i * n]).with_primal(self.values[i]);
            }
            if wants_vectors || pass < S::ORDER {
                self.next_vectors(c, w);
            }
        }
        // Before the last pass the higher orders of `C` are not yet right.
        if repeated.is_some() {
            let live = first_live(c, n, |i, j| i != j && self.is_repeated(i, j));
            if let Some((second, first)) = live {
                return Err(MatrixError::RepeatedEigenvalues { first, second });
            }
        }
        Ok(())
    }

    fn lower(&self) -> impl Iterator<Item = S> {
        let n = self.values.len();
        (0..n).flat_map(move |j| (j..n).map(move |i| self.matrix[i + j * n]))
    }

    fn is_repeated(&self, i: usize, j: usize) -> bool {
        Float::abs(self.values[i] - self.values[j]) <= self.tolerance
    }

    fn first_repeated(&self) -> Option<(usize, usize)> {
        let mut pairs = (0..self.values.len()).flat_map(|j| (0..j).map(move |i| (i, j)));
        pairs.find(|&(i, j)| self.is_repeated(i, j))
    }

    /// `A Q₀`, without its values.
    fn times_vectors(&self, product: &mut [S]) {
        let n = self.values.len();
        product.fill(S::zero());
        for (product, vector) in product
            .chunks_exact_mut(n)
            .zip(self.vectors.chunks_exact(n))
        {
            for k in 0..n {
                let column = &self.matrix[k * n..][..n];
                product[k] += rest(column[k]) * vector[k];
                for i in k + 1..n {
                    let element = rest(column[i]);
                    product[i] += element * vector[k];
                    product[k] += element * vector[i];
                }
            }
        }
    }

    /// `C = W D - E - E W`
    fn right_side(e: &[S], w: &[S], values: &[S], c: &mut [S]) {
        let n = values.len();
        fill(c, n, |i, j| {
            let at = i + j * n;
            if S::ORDER == 1 {
                return -e[at];
            }
            w[at] * rest(values[j]) - e[at] - sum(n, |k| e[i + k * n] * w[k + j * n])
        });
    }

    fn next_vectors(&self, c: &mut [S], w: &mut [S]) {
        let n = self.values.len();
        let half = S::literal(-0.5);
        for (at, place) in c.iter_mut().enumerate() {
            let (i, j) = (at % n, at / n);
            if i == j || self.is_repeated(i, j) {
                *place = half * sum(n, |k| w[k + i * n] * w[k + j * n]);
            } else {
                *place /= self.values[i] - self.values[j];
            }
        }
        w.copy_from_slice(c);
    }
}

/// `Q₀ W`, what turns the eigenvectors.
pub(crate) fn turn<S: Scalar>(vectors: &[S::Primal], w: &[S], size: usize, turned: &mut [S]) {
    turned.fill(S::zero());
    for (turned, w) in turned.chunks_exact_mut(size).zip(w.chunks_exact(size)) {
        for (vector, &w) in vectors.chunks_exact(size).zip(w) {
            turned
                .iter_mut()
                .zip(vector)
                .for_each(|(t, &q)| *t += w * q);
        }
    }
}
