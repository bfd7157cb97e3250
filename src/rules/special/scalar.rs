//! The special functions as methods, and of floats.

use super::{
    for_each_binary_special, for_each_hidden_special, for_each_indexed_special, for_each_special,
    kernel,
};
use crate::rules::Primitive;

macro_rules! declare_unary {
    ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal from $source:literal: |$x:ident, $u:ident, $d:ident|
        $f1:expr, $f2:expr $(, $mark:ident)?;)*) => {
        $(
            #[doc = concat!("The ", $summary, ": `", $value, "`.")]
            #[doc = ""]
            #[doc = concat!("First derivative `", $first, "`, second `", $second, "`; domain `", $domain, "`. ", $source, ".")]
            fn $name(self) -> Self;
        )*
    };
}

macro_rules! declare_indexed {
    ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal from $source:literal: |$x:ident, $n:ident, $u:ident, $d:ident|
        $f1:expr, $f2:expr;)*) => {
        $(
            #[doc = concat!("The ", $summary, ": `", $value, "`.")]
            #[doc = ""]
            #[doc = concat!("First derivative `", $first, "`, second `", $second, "`; domain `", $domain, "`. ", $source, ".")]
            fn $name(self, n: i32) -> Self;
        )*
    };
}

macro_rules! declare_hidden {
    ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal from $source:literal: |$x:ident, $n:ident, $u:ident, $d:ident|
        $f1:expr, $f2:expr;)*) => {
        $(
            #[doc(hidden)]
            fn $name(self, n: i32) -> Self;
        )*
    };
}

macro_rules! declare_binary {
    ($($name:ident $summary:literal $formula:literal on $domain:literal from $source:literal: |$x:ident, $y:ident, $u:ident|
        $dx:expr; $dy:expr; $dxx:expr; $dxy:expr; $dyy:expr;)*) => {
        $(
            #[doc = concat!("The ", $summary, ".")]
            #[doc = ""]
            #[doc = concat!("With x = self, y = other: `", $formula, "`; domain `", $domain, "`. ", $source, ".")]
            fn $name(self, other: Self) -> Self;
        )*
    };
}

/// The special functions as methods of `f32`, `f64` and every number of this crate.
///
/// The free functions of the same names say more about each, and where its edges are. The standard library plans methods of floats
/// named `erf`, `erfc`, `gamma` and `ln_gamma`; the compiler says so (`unstable_name_collisions`) where a plain float's method is called.
/// The functions have no such neighbours.
///
/// # Accuracy
///
/// Values are within 4 ulp, in single precision within 1. First derivatives are within 2.5 ulp, of [`gamma`](crate::gamma()),
/// [`mish`](crate::mish()) and functions with an order within 3, of two arguments within 4; second ones within 6. Where a result is
/// a small difference of larger terms the error is measured in ulps of those:
///
/// * Bessel functions and their derivatives of the first and second kind, from about their order on: of the waves' amplitude
///   `√(2/(πx))`, and `1/x` for spherical ones;
/// * next to zeros of derivatives of `gelu` and `gelu_tanh` (-0.75, ±√2) and `mish` (-1.19, -2.26, 1.49);
/// * left of 0, next to zeros of `ln_gamma`, of the derivative of `gamma`, and of polygamma functions of even order;
/// * `ln_beta` next to the curve on which it is 0.
///
/// Nested numbers have the accuracy of first derivatives in theirs, and their second ones come out within 6 ulp as well, but for those
/// of `expint_ei` next to 1 and the mixed derivative of `beta`, whose two terms may cancel.
///
/// # Examples
/// ```
/// use chainrule::{Special, derivative, second_derivative};
/// assert_eq!(0.5_f64.norm_cdf(), 0.691_462_461_274_013_1);
/// assert_eq!(derivative(|x| x.norm_cdf(), -30.0), 1.473_646_134_878_547_4e-196);
/// assert_eq!(second_derivative(|x| x.bessel_j0(), 0.0), -0.5);
/// ```
pub trait Special: Sized {
    for_each_special!(declare_unary);
    for_each_indexed_special!(declare_indexed);
    for_each_binary_special!(declare_binary);
    for_each_hidden_special!(declare_hidden);
    /// `ψ⁽ⁿ⁾(self) - ψ⁽ⁿ⁾(self + other)`, without the cancellation.
    #[doc(hidden)]
    fn polygamma_difference(self, other: Self, n: i32) -> Self;
    /// The mixed second derivative of the beta function, over the function.
    #[doc(hidden)]
    fn beta_mixed(self, other: Self) -> Self;
    /// The slope of the quantile function here, where it has this value.
    #[doc(hidden)]
    fn inv_norm_cdf_slope(self, quantile: Self) -> Self;
}

macro_rules! unary_of_float {
    ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal from $source:literal: |$x:ident, $u:ident, $d:ident|
        $f1:expr, $f2:expr $(, $mark:ident)?;)*) => {
        $(
            #[inline]
            fn $name(self) -> Self {
                Self::round_from(kernel::$name(self.into()))
            }
        )*
    };
}

macro_rules! indexed_of_float {
    ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal from $source:literal: |$x:ident, $n:ident, $u:ident, $d:ident|
        $f1:expr, $f2:expr;)*) => {
        $(
            #[inline]
            fn $name(self, n: i32) -> Self {
                Self::round_from(kernel::$name(self.into(), n))
            }
        )*
    };
}

macro_rules! binary_of_float {
    ($($name:ident $summary:literal $formula:literal on $domain:literal from $source:literal: |$x:ident, $y:ident, $u:ident|
        $dx:expr; $dy:expr; $dxx:expr; $dxy:expr; $dyy:expr;)*) => {
        $(
            #[inline]
            fn $name(self, other: Self) -> Self {
                Self::round_from(kernel::$name(self.into(), other.into()))
            }
        )*
    };
}

macro_rules! impl_special_for_float {
    ($float:ident) => {
        impl Special for $float {
            for_each_special!(unary_of_float);
            for_each_indexed_special!(indexed_of_float);
            for_each_binary_special!(binary_of_float);
            for_each_hidden_special!(indexed_of_float);
            #[inline]
            fn polygamma_difference(self, other: Self, n: i32) -> Self {
                Self::round_from(kernel::polygamma_difference(self.into(), other.into(), n))
            }
            #[inline]
            fn beta_mixed(self, other: Self) -> Self {
                Self::round_from(kernel::beta_mixed(self.into(), other.into()))
            }
            #[inline]
            fn inv_norm_cdf_slope(self, quantile: Self) -> Self {
                Self::round_from(kernel::inv_norm_cdf_slope(self.into(), quantile.into()))
            }
        }
    };
}
impl_special_for_float!(f32);
impl_special_for_float!(f64);
