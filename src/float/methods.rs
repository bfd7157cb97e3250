//! Inherent twins of the methods of `f64`, so that code stays unambiguous when two traits offer the same name.

use core::cmp::Ordering;
use core::num::FpCategory;

use crate::ops::{chain_rule, for_each_number};
use crate::rules::{
    self, Activation, Scalar, for_each_activation, for_each_binary, for_each_binary_activation,
    for_each_unary,
};
use crate::{Dual, HyperDual, Jet};

/// Whether a choice with this slope and value leaves its argument out. Then nothing of the argument counts, as in an `if`: not
/// even an infinite tangent, which the slope 0 would turn into NaN.
#[inline]
fn is_left_out<T: Scalar>(slope: T, value: T) -> bool {
    slope.is_exact_zero() && !value.is_nan()
}

/// The chain rule by the row of one argument.
macro_rules! by_row {
    ($number:ident, $name:ident) => {{
        let (x, u) = ($number.re, $number.re.$name());
        if rules::$name::IS_CHOICE && is_left_out(rules::$name::first(x, u), u) {
            return Self::constant(u);
        }
        $number.chain(
            u,
            !rules::$name::IS_TOLD && u.is_nan(),
            || rules::$name::first(x, u),
            |d| rules::$name::second(x, u, d),
        )
    }};
}

macro_rules! unary_methods {
    ($($name:ident $summary:literal $first:literal $second:literal on $domain:literal: |$x:ident, $u:ident, $d:ident|
        $f1:expr, $f2:expr $(, $mark:ident)?;)*) => {
        $(
            #[doc = concat!("The ", $summary, ".")]
            #[doc = ""]
            #[doc = concat!("First derivative `", $first, "`, second `", $second, "`; domain `", $domain, "`.")]
            #[inline]
            #[must_use]
            pub fn $name(self) -> Self {
                by_row!(self, $name)
            }
        )*
    };
}

macro_rules! activation_methods {
    ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal: |$x:ident, $u:ident, $d:ident|
        $formula:expr, $f1:expr, $f2:expr $(, $mark:ident)?;)*) => {
        $(
            #[inline]
            fn $name(self) -> Self {
                by_row!(self, $name)
            }
        )*
    };
}

macro_rules! binary_methods {
    ($($name:ident $summary:literal $formula:literal on $domain:literal: |$x:ident, $y:ident, $u:ident|
        $dx:expr; $dy:expr; $dxx:expr; $dxy:expr; $dyy:expr $(, $mark:ident)?;)*) => {
        $(
            #[doc = concat!("The ", $summary, ".")]
            #[doc = ""]
            #[doc = concat!("With x = self, y = other: `", $formula, "`; domain `", $domain, "`.")]
            #[inline]
            #[must_use]
            pub fn $name(self, other: Self) -> Self {
                let (x, y, u) = (self.re, other.re, self.re.$name(other.re));
                if rules::$name::IS_CHOICE {
                    let left = self.unless(is_left_out(rules::$name::dx(x, y, u), u));
                    let right = other.unless(is_left_out(rules::$name::dy(x, y, u), u));
                    return chain_rule!(left, right, $name(x, y, u));
                }
                chain_rule!(self, other, $name(x, y, u))
            }
        )*
    };
}

macro_rules! binary_activation_methods {
    ($($name:ident $summary:literal $formula:literal on $domain:literal: |$x:ident, $y:ident, $u:ident|
        $value:expr; $dx:expr; $dy:expr; $dxx:expr; $dxy:expr; $dyy:expr;)*) => {
        $(
            #[inline]
            fn $name(self, other: Self) -> Self {
                let (x, y, u) = (self.re, other.re, self.re.$name(other.re));
                chain_rule!(self, other, $name(x, y, u))
            }
        )*
    };
}

macro_rules! predicates {
    ($($name:ident)*) => {
        $(
            #[doc = concat!("As [`f64::", stringify!($name), "`], of the value.")]
            #[inline]
            #[must_use]
            pub fn $name(self) -> bool {
                self.re.$name()
            }
        )*
    };
}

macro_rules! impl_methods {
    ($type:ident [$number:ty] $($generics:tt)*) => {
        impl<T: Scalar, $($generics)*> $number {
            for_each_unary!(unary_methods);
            for_each_binary!(binary_methods);
            predicates!(is_nan is_infinite is_finite is_normal is_subnormal is_sign_positive is_sign_negative);

            /// The integer power `self^n`.
            ///
            /// First derivative `n x^(n-1)`, second `n (n-1) x^(n-2)`, both 0 for `n = 0`; any `n`, `i32::MIN` too.
            ///
            /// # Examples
            /// ```
            /// use chainrule::value_and_derivatives;
            /// assert_eq!(value_and_derivatives(|x| x.powi(3), 2.0), (8.0, 12.0, 12.0));
            /// assert_eq!(value_and_derivatives(|x| x.powi(0), 0.0), (1.0, 0.0, 0.0));
            /// ```
            // The sign of a constant exponent is decided before the compiler weighs the rest for inlining.
            #[inline(always)]
            #[must_use]
            pub fn powi(self, n: i32) -> Self {
                if n < 0 { self.negative_powi(n) } else { self.positive_powi(n) }
            }

            #[inline]
            fn positive_powi(self, n: i32) -> Self {
                let x = self.re;
                self.chain(x.powi(n), false, || rules::powi::first(x, n), |_| rules::powi::second(x, n))
            }

            #[inline]
            fn negative_powi(self, n: i32) -> Self {
                let x = self.re;
                self.chain(x.powi(n), false, || rules::powi::first(x, n), |d| rules::powi::falling(x, n, d))
            }

            /// The product and sum `self * a + b` with one rounding of the value, as [`f64::mul_add`].
            ///
            /// Derivatives are those of `self * a + b`, `a` by `self`, `self` by `a`, and 1 by `b`.
            ///
            /// # Examples
            /// ```
            /// use chainrule::gradient;
            /// assert_eq!(gradient(|[x, a, b]| x.mul_add(a, b), [2.0, 3.0, 4.0]), [3.0, 2.0, 1.0]);
            /// ```
            #[inline]
            #[must_use]
            pub fn mul_add(self, a: Self, b: Self) -> Self {
                (self * a + b).with_value(self.re.mul_add(a.re, b.re))
            }

            /// Sine and cosine at once, as [`f64::sin_cos`].
            ///
            /// # Examples
            /// ```
            /// use chainrule::derivative;
            /// assert_eq!(derivative(|x| x.sin_cos(), 0.0), (1.0, 0.0));
            /// ```
            #[inline]
            #[must_use]
            pub fn sin_cos(self) -> (Self, Self) {
                let (sin, cos) = self.re.sin_cos();
                (self.chain(sin, false, || cos, |_| -sin), self.chain(cos, false, || -sin, |_| -cos))
            }

            /// The number, moved between `min` and `max` where it lies outside.
            ///
            /// At an end point its derivative is that from inside; outside it is that of the end. NaN stays NaN.
            ///
            /// # Panics
            /// As [`f64::clamp`]: if `min > max`, or either is NaN.
            ///
            /// # Examples
            /// ```
            /// use chainrule::derivative;
            /// let slope = |x| derivative(|x| (3.0 * x).clamp(0.0.into(), 6.0.into()), x);
            /// assert_eq!((slope(1.0), slope(2.0), slope(2.5)), (3.0, 3.0, 0.0));
            /// ```
            #[inline]
            #[must_use]
            pub fn clamp(self, min: Self, max: Self) -> Self {
                assert!(
                    min <= max,
                    "clamp needs min <= max, both numbers; min = {:?}, max = {:?}", min.re, max.re
                );
                if self < min {
                    min
                } else if self > max {
                    max
                } else {
                    self
                }
            }

            /// The number, or its value alone where a choice leaves it out.
            #[inline]
            fn unless(self, left_out: bool) -> Self {
                if left_out { Self::constant(self.re) } else { self }
            }

            /// As [`f64::classify`], of the value.
            #[inline]
            #[must_use]
            pub fn classify(self) -> FpCategory {
                self.re.classify()
            }

            /// As [`f64::total_cmp`], of the values.
            #[inline]
            #[must_use]
            pub fn total_cmp(&self, other: &Self) -> Ordering {
                self.re.total_cmp(&other.re)
            }
        }

        impl<T: Scalar, $($generics)*> Activation for $number {
            for_each_activation!(activation_methods);
            for_each_binary_activation!(binary_activation_methods);
        }
    };
}

for_each_number!(impl_methods);
