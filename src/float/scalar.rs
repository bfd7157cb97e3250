//! Our numbers are [`Scalar`]s themselves: that is what nests them.

use core::cmp::Ordering;

use crate::ops::for_each_number;
use crate::rules::{BinaryRow, IndexedRow, Partial, Scalar, UnaryRow};
use crate::{Dual, HyperDual, Jet};

macro_rules! impl_scalar {
    ($type:ident [$number:ty] $($generics:tt)*) => {
        impl<T: Scalar, $($generics)*> Scalar for $number {
            type Primal = T::Primal;
            const DEPTH: usize = T::DEPTH + 1;
            #[inline]
            fn from_primal(value: T::Primal) -> Self {
                Self::constant(T::from_primal(value))
            }
            #[inline]
            fn primal(self) -> T::Primal {
                self.re.primal()
            }
            #[inline]
            fn is_exact_zero(&self) -> bool {
                self.parts_are(T::is_exact_zero)
            }
            #[inline]
            fn all_finite(&self) -> bool {
                self.parts_are(T::all_finite)
            }
            #[inline]
            fn exactly_equals(&self, other: &Self) -> bool {
                self.parts_match(other, T::exactly_equals)
            }
            #[inline]
            fn rem_euclid(self, divisor: Self) -> Self {
                <$number>::rem_euclid(self, divisor)
            }
            #[inline]
            fn div_euclid(self, divisor: Self) -> Self {
                <$number>::div_euclid(self, divisor)
            }
            #[inline]
            fn round_ties_even(self) -> Self {
                <$number>::round_ties_even(self)
            }
            #[inline]
            fn midpoint(self, other: Self) -> Self {
                <$number>::midpoint(self, other)
            }
            #[inline]
            fn next_up(self) -> Self {
                <$number>::next_up(self)
            }
            #[inline]
            fn next_down(self) -> Self {
                <$number>::next_down(self)
            }
            #[inline]
            fn total_cmp(&self, other: &Self) -> Ordering {
                <$number>::total_cmp(self, other)
            }
            #[inline]
            fn with_primal(self, value: T::Primal) -> Self {
                self.with_value(self.re.with_primal(value))
            }
            #[inline]
            fn under(self, numerator: T::Primal) -> Self {
                <$number>::under(self, numerator)
            }
            const ORDER: usize = T::ORDER + <$number>::ORDER_ADDED;
            #[inline]
            fn apply_rule<const M: usize>(
                arguments: [Self; M],
                rule: &impl Fn(Partial, [T::Primal; M]) -> T::Primal,
                partial: Partial,
            ) -> Self {
                <$number>::apply_rule(arguments, rule, partial)
            }
            #[inline]
            fn total(&self) -> T::Primal {
                <$number>::total_of(self)
            }
            #[inline]
            fn slope<R: UnaryRow>(self, value: Self) -> Self {
                self.slope_of::<R>(value)
            }
            #[inline]
            fn slope_by_first<R: BinaryRow>(self, other: Self, value: Self) -> Self {
                self.first_slope_of::<R>(other, value)
            }
            #[inline]
            fn slope_by_second<R: BinaryRow>(self, other: Self, value: Self) -> Self {
                self.second_slope_of::<R>(other, value)
            }
            #[inline]
            fn slope_at<R: IndexedRow>(self, n: i32, value: Self) -> Self {
                self.slope_at_index::<R>(n, value)
            }
            #[inline]
            fn slope_of_power(self, n: i32) -> Self {
                self.slope_of_powi(n)
            }
        }
    };
}

for_each_number!(impl_scalar);
