//! Approximate comparison: of values, as `==` compares, and under a name of its own of all parts.

use approx::{AbsDiffEq, RelativeEq, UlpsEq};

use crate::ops::for_each_number;
use crate::parts::Parts;
use crate::rules::Scalar;
use crate::{Dual, HyperDual, Jet};

macro_rules! impl_approx {
    ($type:ident [$number:ty] $($generics:tt)*) => {
        /// Compares values only, as `==` does, by the value of `epsilon`; [`AllParts`] compares derivatives too.
        impl<T: Scalar, $($generics)*> AbsDiffEq for $number {
            /// The type itself, since simba asks for it.
            type Epsilon = Self;
            #[inline]
            fn default_epsilon() -> Self {
                Self::from_primal(T::Primal::default_epsilon())
            }
            #[inline]
            fn abs_diff_eq(&self, other: &Self, epsilon: Self) -> bool {
                self.primal().abs_diff_eq(&other.primal(), epsilon.primal())
            }
        }
        /// Compares values only.
        impl<T: Scalar, $($generics)*> RelativeEq for $number {
            #[inline]
            fn default_max_relative() -> Self {
                Self::from_primal(T::Primal::default_max_relative())
            }
            #[inline]
            fn relative_eq(&self, other: &Self, epsilon: Self, max_relative: Self) -> bool {
                let (epsilon, max_relative) = (epsilon.primal(), max_relative.primal());
                self.primal().relative_eq(&other.primal(), epsilon, max_relative)
            }
        }
        /// Compares values only.
        impl<T: Scalar, $($generics)*> UlpsEq for $number {
            #[inline]
            fn default_max_ulps() -> u32 {
                T::Primal::default_max_ulps()
            }
            #[inline]
            fn ulps_eq(&self, other: &Self, epsilon: Self, max_ulps: u32) -> bool {
                self.primal().ulps_eq(&other.primal(), epsilon.primal(), max_ulps)
            }
        }
    };
}
for_each_number!(impl_approx);

/// A number that compares in all its parts, the value and every derivative, in `==` and in `approx`'s macros.
///
/// The number's own `==`, `abs_diff_eq!` and so on look at the value, as control flow does.
///
/// # Examples
/// ```
/// use approx::{assert_relative_eq, relative_eq};
/// use chainrule::{AllParts, Dual};
///
/// let (x, y) = (Dual::new(1.0, [2.0]), Dual::new(1.0, [2.5]));
/// assert!(relative_eq!(x, y));
/// assert!(!relative_eq!(AllParts(x), AllParts(y)));
/// assert_relative_eq!(AllParts(x), AllParts(y), max_relative = 0.2);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct AllParts<S>(pub S);

impl<S: Scalar> PartialEq for AllParts<S> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.0.exactly_equals(&other.0)
    }
}

impl<S: Parts> AllParts<S> {
    fn all(&self, other: &Self, equal: impl Fn(S::Primal, S::Primal) -> bool) -> bool {
        self.0
            .parts()
            .zip(other.0.parts())
            .all(|(a, b)| equal(a, b))
    }
}

impl<S: Parts> AbsDiffEq for AllParts<S> {
    type Epsilon = S::Primal;
    #[inline]
    fn default_epsilon() -> S::Primal {
        S::Primal::default_epsilon()
    }
    #[inline]
    fn abs_diff_eq(&self, other: &Self, epsilon: S::Primal) -> bool {
        self.all(other, |a, b| a.abs_diff_eq(&b, epsilon))
    }
}

impl<S: Parts> RelativeEq for AllParts<S> {
    #[inline]
    fn default_max_relative() -> S::Primal {
        S::Primal::default_max_relative()
    }
    #[inline]
    fn relative_eq(&self, other: &Self, epsilon: S::Primal, max_relative: S::Primal) -> bool {
        self.all(other, |a, b| a.relative_eq(&b, epsilon, max_relative))
    }
}

impl<S: Parts> UlpsEq for AllParts<S> {
    #[inline]
    fn default_max_ulps() -> u32 {
        S::Primal::default_max_ulps()
    }
    #[inline]
    fn ulps_eq(&self, other: &Self, epsilon: S::Primal, max_ulps: u32) -> bool {
        self.all(other, |a, b| a.ulps_eq(&b, epsilon, max_ulps))
    }
}
