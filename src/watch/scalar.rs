//! A watched number is a [`Scalar`]: `lift` runs over it.

use core::cmp::Ordering;

use super::Watched;
use crate::rules::{BinaryRow, IndexedRow, Partial, Primitive, Scalar, UnaryRow};

impl<T: Primitive> Scalar for Watched<'_, T> {
    type Primal = T;
    const DEPTH: usize = 0;
    fn from_primal(value: T) -> Self {
        Self::constant(value)
    }
    fn primal(self) -> T {
        self.value
    }
    fn is_exact_zero(&self) -> bool {
        self.value == T::zero()
    }
    fn all_finite(&self) -> bool {
        self.value.is_finite()
    }
    fn exactly_equals(&self, other: &Self) -> bool {
        self.value == other.value
    }
    #[track_caller]
    fn rem_euclid(self, divisor: Self) -> Self {
        Watched::rem_euclid(self, divisor)
    }
    #[track_caller]
    fn div_euclid(self, divisor: Self) -> Self {
        Watched::div_euclid(self, divisor)
    }
    #[track_caller]
    fn round_ties_even(self) -> Self {
        Watched::round_ties_even(self)
    }
    fn midpoint(self, other: Self) -> Self {
        Watched::midpoint(self, other)
    }
    fn next_up(self) -> Self {
        Watched::next_up(self)
    }
    fn next_down(self) -> Self {
        Watched::next_down(self)
    }
    #[track_caller]
    fn total_cmp(&self, other: &Self) -> Ordering {
        Watched::total_cmp(self, other)
    }
    fn with_primal(self, value: T) -> Self {
        self.made(value)
    }
    fn under(self, numerator: T) -> Self {
        Self::constant(numerator) / self
    }
    #[track_caller]
    fn primal_to_cast(self) -> T {
        self.look("as");
        self.value
    }

    const ORDER: usize = 0;
    fn apply_rule<const N: usize>(
        arguments: [Self; N],
        rule: &impl Fn(Partial, [T; N]) -> T,
        partial: Partial,
    ) -> Self {
        let value = rule(partial, arguments.map(|argument| argument.value));
        let nothing = Self::constant(value);
        arguments
            .into_iter()
            .fold(nothing, |made, argument| made.made_with(argument, value))
    }
    fn total(&self) -> T {
        self.value.total()
    }
    fn slope_at<R: IndexedRow>(self, n: i32, value: Self) -> Self {
        self.made(self.value.slope_at::<R>(n, value.value))
    }
    fn slope<R: UnaryRow>(self, value: Self) -> Self {
        self.made(self.value.slope::<R>(value.value))
    }
    fn slope_by_first<R: BinaryRow>(self, other: Self, value: Self) -> Self {
        let slope = self.value.slope_by_first::<R>(other.value, value.value);
        self.made_with(other, slope)
    }
    fn slope_by_second<R: BinaryRow>(self, other: Self, value: Self) -> Self {
        let slope = self.value.slope_by_second::<R>(other.value, value.value);
        self.made_with(other, slope)
    }
    fn slope_of_power(self, n: i32) -> Self {
        self.made(self.value.slope_of_power(n))
    }
}
