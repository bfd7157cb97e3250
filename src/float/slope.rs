//! The slopes of rows, as numbers that carry derivatives themselves.
//!
//! They are for compiled gradients, which look at their results: where one is not finite, dual numbers decide. So nothing is
//! tested here.

use crate::rules::{self, BinaryRow, Curvature, IndexedRow, Scalar, UnaryRow};
use crate::{Dual, HyperDual, Jet};

impl<T: Scalar, const N: usize> Dual<T, N> {
    #[inline]
    pub(crate) fn total_of(&self) -> T::Primal {
        self.eps
            .iter()
            .fold(self.re.total(), |sum, eps| sum + eps.total())
    }

    /// A slope whose tangents are second derivatives.
    #[inline]
    fn slope_along<C: Curvature<T>>(self, re: T, second: impl FnOnce() -> C) -> Self {
        let second = second();
        Self {
            re,
            eps: self.eps.map(|eps| second.along(eps)),
        }
    }

    #[inline]
    pub(crate) fn slope_of<R: UnaryRow>(self, value: Self) -> Self {
        let (x, u) = (self.re, value.re);
        let slope = R::first(x, u);
        self.slope_along(slope, || R::second(x, u, slope))
    }

    #[inline]
    pub(crate) fn slope_at_index<R: IndexedRow>(self, n: i32, value: Self) -> Self {
        let (x, u) = (self.re, value.re);
        let slope = R::first(x, n, u);
        self.slope_along(slope, || R::second(x, n, u, slope))
    }

    #[inline]
    pub(crate) fn slope_of_powi(self, n: i32) -> Self {
        let x = self.re;
        let slope = rules::powi::first(x, n);
        if n < 0 {
            self.slope_along(slope, || rules::powi::falling(x, n, slope))
        } else {
            self.slope_along(slope, || rules::powi::second(x, n))
        }
    }

    #[inline]
    pub(crate) fn first_slope_of<R: BinaryRow>(self, other: Self, value: Self) -> Self {
        let (x, y, u) = (self.re, other.re, value.re);
        let slope = R::dx(x, y, u);
        let own = self.slope_along(slope, || R::dxx(x, y, u));
        own + other.slope_along(T::zero(), || R::dxy(x, y, u))
    }

    #[inline]
    pub(crate) fn second_slope_of<R: BinaryRow>(self, other: Self, value: Self) -> Self {
        let (x, y, u) = (self.re, other.re, value.re);
        let slope = R::dy(x, y, u);
        let own = other.slope_along(slope, || R::dyy(x, y, u));
        own + self.slope_along(T::zero(), || R::dxy(x, y, u))
    }
}

/// The other numbers take slopes by numbers of one order more.
macro_rules! impl_slopes_by_order {
    ($([$number:ty] [$($generics:tt)*])*) => {
        $(
            impl<T: Scalar, $($generics)*> $number {
                #[inline]
                pub(crate) fn total_of(&self) -> T::Primal {
                    if self.all_finite() {
                        num_traits::Zero::zero()
                    } else {
                        num_traits::Float::nan()
                    }
                }

                #[inline]
                pub(crate) fn slope_of<R: UnaryRow>(self, _: Self) -> Self {
                    R::value(Dual::<Self>::variable(self)).derivative()
                }

                #[inline]
                pub(crate) fn slope_at_index<R: IndexedRow>(self, n: i32, _: Self) -> Self {
                    R::value(Dual::<Self>::variable(self), n).derivative()
                }

                #[inline]
                pub(crate) fn slope_of_powi(self, n: i32) -> Self {
                    Dual::<Self>::variable(self).powi(n).derivative()
                }

                #[inline]
                pub(crate) fn first_slope_of<R: BinaryRow>(self, other: Self, _: Self) -> Self {
                    R::value(Dual::<Self>::variable(self), Dual::constant(other)).derivative()
                }

                #[inline]
                pub(crate) fn second_slope_of<R: BinaryRow>(self, other: Self, _: Self) -> Self {
                    R::value(Dual::<Self>::constant(self), Dual::variable(other)).derivative()
                }
            }
        )*
    };
}
impl_slopes_by_order! {
    [HyperDual<T>] []
    [Jet<T, N>] [const N: usize]
}
