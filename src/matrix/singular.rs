//! Singular values beyond their values.
//!
//! With the singular vectors of the values, `U₀ᵀ A V₀ = Σ₀ + E`, and `F = (1 - U₀ U₀ᵀ) A V₀` is what `U₀` leaves out where there are
//! more rows than columns. Sought are `U = U₀ (1 + P) + Y`, `V = V₀ (1 + W)` and `Σ = Σ₀ + D`: from `A V = U Σ` and `Aᵀ U = V Σ` follow, with
//! `α = P D - E - E W`, `β = W D - Eᵀ - Eᵀ P - Fᵀ Y`, `s = α + β` and `t = α - β`,
//!
//! `dᵢ = -½ sᵢᵢ`, `wᵢⱼ, pᵢⱼ = ½ (sᵢⱼ / (σᵢ - σⱼ) ± tᵢⱼ / (σᵢ + σⱼ))`, `Y = (F + F W - Y D) Σ₀⁻¹`,
//!
//! and from `UᵀU = VᵀV = 1` the symmetric parts, `W + Wᵀ = -WᵀW` and `P + Pᵀ = -PᵀP - YᵀY`. These are taken on the diagonal, and where
//! `σᵢ = σⱼ`: there the equations say `sᵢⱼ = 0`, and leave the symmetric part open. Where `σᵢ = σⱼ = 0`, they say `αᵢⱼ = βᵢⱼ = 0`, and the column of `Y`
//! that is divided by zero must be zero.

use num_traits::{Float, Zero};

use super::{MatrixError, fill, first_live, noise, rest, sum};
use crate::parts::Parts;
use crate::rules::{Primitive, Scalar};

/// A matrix with at least as many rows as columns, and the factors of its values; elements are asked for by row and column.
pub(crate) struct Singular<'a, S: Scalar, A, U, V> {
    matrix: A,
    left: U,
    right: V,
    values: &'a [S::Primal],
    rows: usize,
    /// Singular values that differ by no more are equal to rounding.
    tolerance: S::Primal,
}

/// Places for matrices: of the shape of the matrix, and square.
pub(crate) struct Scratch<'a, S> {
    pub tall: [&'a mut [S]; 3],
    pub square: [&'a mut [S]; 5],
}

impl<'a, S: Parts, A, U, V> Singular<'a, S, A, U, V>
where
    A: Fn(usize, usize) -> S,
    U: Fn(usize, usize) -> S::Primal,
    V: Fn(usize, usize) -> S::Primal,
{
    pub(crate) fn new(rows: usize, matrix: A, left: U, values: &'a [S::Primal], right: V) -> Self {
        let largest = values.iter().copied().fold(S::Primal::zero(), Float::max);
        Self {
            matrix,
            left,
            right,
            values,
            rows,
            tolerance: noise::<S::Primal>(rows) * largest,
        }
    }

    /// The singular values into `values` where one order suffices, and none is repeated or zero.
    pub(crate) fn differentiate_once(&self, values: &mut [S]) -> bool {
        if S::ORDER > 1 || !self.is_simple() {
            return false;
        }
        let (m, n) = (self.rows, self.values.len());
        for (i, value) in values.iter_mut().enumerate() {
            let along = |l: usize| {
                let v = (self.right)(l, i);
                sum(m, |k| (self.matrix)(k, l) * ((self.left)(k, i) * v))
            };
            *value = sum(n, along).with_primal(value.primal());
        }
        true
    }

    /// The singular values into `values`, which are constants yet.
    pub(crate) fn differentiate(
        &self,
        values: &mut [S],
        scratch: Scratch<'_, S>,
    ) -> Result<(), MatrixError> {
        let (m, n) = (self.rows, self.values.len());
        let mut elements = (0..n).flat_map(|j| (0..m).map(move |i| (i, j)));
        if elements.all(|(i, j)| rest((self.matrix)(i, j)).is_exact_zero()) {
            return Ok(());
        }

        let [av, f, y] = scratch.tall;
        let [e, s, t, p, w] = scratch.square;
        fill(av, m, |i, j| {
            sum(n, |k| rest((self.matrix)(i, k)) * (self.right)(k, j))
        });
        let projected = |i: usize, j: usize| sum(m, |k| av[k + j * m] * (self.left)(k, i));
        fill(e, n, projected);
        let is_simple = self.is_simple();
        if m > n {
            fill(f, m, |i, j| {
                av[i + j * m] - sum(n, |k| e[k + j * n] * (self.left)(i, k))
            });
        }
        for pass in 1..=S::ORDER {
            self.right_sides(values, [e, f, y, p, w], [s, t]);
            for (i, value) in values.iter_mut().enumerate() {
                let moved = s[i + i * n] * S::literal(-0.5);
                *value = moved.with_primal(self.values[i]);
            }
            let is_last = pass == S::ORDER;
            if m > n && !(is_last && is_simple) {
                self.next_outside(values, [f, w], is_last, y, av);
            }
            if !is_last {
                self.next_vectors([s, t], y, [p, w]);
            }
        }
        // Before the last pass the higher orders are not yet right.
        if is_simple {
            Ok(())
        } else {
            self.check_repeated([s, t, y])
        }
    }

    fn is_simple(&self) -> bool {
        let n = self.values.len();
        (0..n).all(|j| (0..=j).all(|i| !self.is_repeated(i, j)))
    }

    fn is_zero(&self, i: usize) -> bool {
        self.values[i] <= self.tolerance
    }

    /// Whether these are one singular value; a zero is so with itself, since its negative is one too.
    fn is_repeated(&self, i: usize, j: usize) -> bool {
        let difference = Float::abs(self.values[i] - self.values[j]);
        difference <= self.tolerance && (i != j || self.is_zero(i))
    }

    /// `s = α + β` and `t = α - β`.
    fn right_sides(&self, values: &[S], [e, f, y, p, w]: [&[S]; 5], [s, t]: [&mut [S]; 2]) {
        let (m, n) = (self.rows, values.len());
        for at in 0..n * n {
            let (i, j) = (at % n, at / n);
            let moved = rest(values[j]);
            let alpha = p[at] * moved - e[at] - sum(n, |k| e[i + k * n] * w[k + j * n]);
            let mut beta = w[at] * moved - e[j + i * n] - sum(n, |k| e[k + i * n] * p[k + j * n]);
            if m > n {
                beta -= sum(m, |k| f[k + i * m] * y[k + j * m]);
            }
            (s[at], t[at]) = (alpha + beta, alpha - beta);
        }
    }

    /// `Y`. A column that would be divided by zero is zero, and as it was before the division when it is to be looked at.
    fn next_outside(
        &self,
        values: &[S],
        [f, w]: [&[S]; 2],
        is_looked_at: bool,
        y: &mut [S],
        next: &mut [S],
    ) {
        let (m, n) = (self.rows, values.len());
        fill(next, m, |i, j| {
            let at = i + j * m;
            let moved = f[at] + sum(n, |k| f[i + k * m] * w[k + j * n]) - y[at] * rest(values[j]);
            match (self.is_zero(j), is_looked_at) {
                (false, _) => moved / self.values[j],
                (true, true) => moved,
                (true, false) => S::zero(),
            }
        });
        y.copy_from_slice(next);
    }

    fn check_repeated(&self, [s, t, y]: [&[S]; 3]) -> Result<(), MatrixError> {
        let n = self.values.len();
        let are_zero = |i, j| self.is_zero(i) && self.is_zero(j);
        let in_square = first_live(s, n, are_zero).or_else(|| first_live(t, n, are_zero));
        let outside = || first_live(y, self.rows, |_, j| self.is_zero(j));
        if let Some((_, index)) = in_square.or_else(outside) {
            return Err(MatrixError::ZeroSingularValue { index });
        }
        match first_live(s, n, |i, j| self.is_repeated(i, j)) {
            Some((i, j)) => Err(MatrixError::RepeatedSingularValues {
                first: i.min(j),
                second: i.max(j),
            }),
            None => Ok(()),
        }
    }

    /// `P` and `W`, by way of the places of `s` and `t`.
    fn next_vectors(&self, [s, t]: [&mut [S]; 2], y: &[S], [p, w]: [&mut [S]; 2]) {
        let (m, n) = (self.rows, self.values.len());
        let half = S::Primal::round_from(0.5);
        for at in 0..n * n {
            let (i, j) = (at % n, at / n);
            if j > i {
                continue;
            }
            let across = j + i * n;
            let (apart, together) = (
                self.values[i] - self.values[j],
                self.values[i] + self.values[j],
            );
            let (sides, turns) = ([s[at], s[across]], [t[at], t[across]]);
            if i == j || self.is_repeated(i, j) {
                let turn = if together <= self.tolerance {
                    S::zero()
                } else {
                    (turns[0] - turns[1]) * half * half / together
                };
                let of_w = sum(n, |k| w[k + i * n] * w[k + j * n]) * -half;
                let of_p = sum(n, |k| p[k + i * n] * p[k + j * n])
                    + sum(m, |k| y[k + i * m] * y[k + j * m]);
                let of_p = of_p * -half;
                (s[at], s[across]) = (of_w + turn, of_w - turn);
                (t[at], t[across]) = (of_p - turn, of_p + turn);
            } else {
                let [a, b] = [sides[0] * half / apart, turns[0] * half / together];
                let [c, d] = [sides[1] * -half / apart, turns[1] * half / together];
                (s[at], s[across]) = (a + b, c + d);
                (t[at], t[across]) = (a - b, c - d);
            }
        }
        w.copy_from_slice(s);
        p.copy_from_slice(t);
    }
}
