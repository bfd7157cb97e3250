//! Our numbers as arguments of foreign functions: the chain rule for any number of arguments.
//!
//! As in `chain2`, the partials of constant arguments are never computed, and a zero tangent stays zero. Value and partials
//! are taken at the inner number, which differentiates them once more where it carries derivatives itself.

use crate::rules::{Partial, Scalar, or_nan, slope_by, strong};
use crate::{Dual, HyperDual, Jet};

/// What a number asks of the function: its value and its derivatives at the inner numbers.
struct Taylor<T, const N: usize> {
    value: T,
    first: [T; N],
    /// Row `i` holds the derivatives by `i` and `j ≥ i`, zeros before.
    second: [[T; N]; N],
    /// Then no product can make a live tangent of a zero one.
    is_finite: bool,
}

impl<T: Scalar, const N: usize> Taylor<T, N> {
    fn first_order(
        values: [T; N],
        moves: [bool; N],
        rule: &impl Fn(Partial, [T::Primal; N]) -> T::Primal,
        partial: Partial,
    ) -> Self {
        let value = T::apply_rule(values, rule, partial);
        let first = core::array::from_fn(|i| {
            slope_by(moves[i], value, || {
                T::apply_rule(values, rule, partial.by(i))
            })
        });
        Self {
            value,
            first,
            second: [[T::zero(); N]; N],
            is_finite: first.iter().all(T::all_finite),
        }
    }

    fn second_order(
        values: [T; N],
        moves: [bool; N],
        rule: &impl Fn(Partial, [T::Primal; N]) -> T::Primal,
        partial: Partial,
    ) -> Self {
        let mut taylor = Self::first_order(values, moves, rule, partial);
        for i in (0..N).filter(|i| moves[*i]) {
            for j in (i..N).filter(|j| moves[*j]) {
                let part = T::apply_rule(values, rule, partial.by(i).by(j));
                taylor.second[i][j] = or_nan(part, taylor.value);
                taylor.is_finite &= taylor.second[i][j].all_finite();
            }
        }
        taylor
    }

    fn times(&self, tangent: T, slope: T) -> T {
        if self.is_finite {
            tangent * slope
        } else {
            strong(tangent, slope)
        }
    }

    /// `Σ dᵢ tᵢ`
    fn along(&self, tangent: impl Fn(usize) -> T) -> T {
        sum((0..N).map(|i| self.times(tangent(i), self.first[i])))
    }

    /// `Σ dᵢᵢ xᵢ yᵢ + Σ dᵢⱼ (xᵢ yⱼ + yᵢ xⱼ)` over `i < j`
    fn curved(&self, x: impl Fn(usize) -> T, y: impl Fn(usize) -> T) -> T {
        sum((0..N)
            .flat_map(|i| (i..N).map(move |j| (i, j)))
            .map(|(i, j)| {
                let part = self.second[i][j];
                // One after the other: the product of the tangents alone may leave the range.
                let between = |a: T, b: T| self.times(b, self.times(a, part));
                let straight = between(x(i), y(j));
                if i == j {
                    straight
                } else {
                    straight + between(x(j), y(i))
                }
            }))
    }
}

fn sum<T: Scalar>(terms: impl Iterator<Item = T>) -> T {
    terms.reduce(|sum, term| sum + term).unwrap_or_else(T::zero)
}

impl<T: Scalar, const N: usize> Dual<T, N> {
    /// How many derivatives it takes of what it is applied to, above those of its parts.
    pub(crate) const ORDER_ADDED: usize = 1;

    #[inline]
    pub(crate) fn apply_rule<const M: usize>(
        arguments: [Self; M],
        rule: &impl Fn(Partial, [T::Primal; M]) -> T::Primal,
        partial: Partial,
    ) -> Self {
        let moves = arguments.map(|argument| !argument.is_constant());
        let taylor = Taylor::first_order(arguments.map(|x| x.re), moves, rule, partial);
        Self {
            re: taylor.value,
            eps: core::array::from_fn(|lane| taylor.along(|i| arguments[i].eps[lane])),
        }
    }
}

impl<T: Scalar> HyperDual<T> {
    pub(crate) const ORDER_ADDED: usize = 2;

    #[inline]
    pub(crate) fn apply_rule<const M: usize>(
        arguments: [Self; M],
        rule: &impl Fn(Partial, [T::Primal; M]) -> T::Primal,
        partial: Partial,
    ) -> Self {
        let moves = arguments.map(|argument| !argument.is_constant());
        let taylor = Taylor::second_order(arguments.map(|x| x.re), moves, rule, partial);
        let (eps1, eps2) = (|i: usize| arguments[i].eps1, |i: usize| arguments[i].eps2);
        Self {
            re: taylor.value,
            eps1: taylor.along(eps1),
            eps2: taylor.along(eps2),
            eps1eps2: taylor.along(|i| arguments[i].eps1eps2) + taylor.curved(eps1, eps2),
        }
    }
}

impl<T: Scalar, const N: usize> Jet<T, N> {
    pub(crate) const ORDER_ADDED: usize = 2;

    #[inline]
    pub(crate) fn apply_rule<const M: usize>(
        arguments: [Self; M],
        rule: &impl Fn(Partial, [T::Primal; M]) -> T::Primal,
        partial: Partial,
    ) -> Self {
        let moves = arguments.map(|argument| !argument.is_constant());
        let taylor = Taylor::second_order(arguments.map(|x| x.re), moves, rule, partial);
        let gradient = core::array::from_fn(|lane| taylor.along(|i| arguments[i].gradient[lane]));
        Self::from_lower(taylor.value, gradient, |row, column| {
            taylor.along(|i| arguments[i].lower(row, column))
                + taylor.curved(
                    |i| arguments[i].gradient[row],
                    |i| arguments[i].gradient[column],
                )
        })
    }
}
