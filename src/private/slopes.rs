//! The slopes of the vocabulary, where the values are known.

use crate::rules::{
    self, Curvature, Scalar, for_each_activation, for_each_binary, for_each_binary_activation,
    for_each_operator, for_each_unary,
};

#[cfg(feature = "special")]
pub use super::special::slopes::*;

/// A second derivative as one number. Where none will do for all adjoints and slopes that it may meet, it is NaN, and dual
/// numbers decide.
#[inline]
pub(super) fn plain<S: Scalar>(second: impl Curvature<S>) -> S {
    second.plain().unwrap_or_else(S::nan)
}

macro_rules! unary_slopes {
    ($($name:ident $summary:literal $first:literal $second:literal on $domain:literal: |$x:ident, $u:ident, $d:ident|
        $f1:expr, $f2:expr $(, $mark:ident)?;)*) => {
        $(unary_slope!($name);)*
    };
}

macro_rules! activation_slopes {
    ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal: |$x:ident, $u:ident, $d:ident|
        $formula:expr, $f1:expr, $f2:expr $(, $mark:ident)?;)*) => {
        $(unary_slope!($name);)*
    };
}

macro_rules! unary_slope {
    ($name:ident) => {
        pub mod $name {
            use super::{Scalar, rules};
            #[inline]
            pub fn dx<S: Scalar>(x: S, value: S) -> S {
                x.slope::<rules::$name::Row>(value)
            }
            #[inline]
            pub fn dxx<S: Scalar>(x: S, value: S, slope: S) -> S {
                super::plain(rules::$name::second(x, value, slope))
            }
        }
    };
}
for_each_unary!(unary_slopes);
for_each_activation!(activation_slopes);

macro_rules! binary_slopes {
    ($($name:ident $summary:literal $formula:literal on $domain:literal: |$x:ident, $y:ident, $u:ident|
        $dx:expr; $dy:expr; $dxx:expr; $dxy:expr; $dyy:expr $(, $mark:ident)?;)*) => {
        $(binary_slope!($name);)*
    };
}

macro_rules! binary_activation_slopes {
    ($($name:ident $summary:literal $formula:literal on $domain:literal: |$x:ident, $y:ident, $u:ident|
        $value:expr; $dx:expr; $dy:expr; $dxx:expr; $dxy:expr; $dyy:expr;)*) => {
        $(binary_slope!($name);)*
    };
}

macro_rules! binary_slope {
    ($name:ident) => {
        pub mod $name {
            use super::{Scalar, rules};
            #[inline]
            pub fn dx<S: Scalar>(x: S, y: S, value: S) -> S {
                x.slope_by_first::<rules::$name::Row>(y, value)
            }
            #[inline]
            pub fn dy<S: Scalar>(x: S, y: S, value: S) -> S {
                x.slope_by_second::<rules::$name::Row>(y, value)
            }
            #[inline]
            pub fn dxx<S: Scalar>(x: S, y: S, value: S) -> S {
                super::plain(rules::$name::dxx(x, y, value))
            }
            #[inline]
            pub fn dxy<S: Scalar>(x: S, y: S, value: S) -> S {
                super::plain(rules::$name::dxy(x, y, value))
            }
            #[inline]
            pub fn dyy<S: Scalar>(x: S, y: S, value: S) -> S {
                super::plain(rules::$name::dyy(x, y, value))
            }
        }
    };
}
for_each_binary!(binary_slopes);
for_each_operator!(binary_slopes);
for_each_binary_activation!(binary_activation_slopes);

pub mod powi {
    use super::{Scalar, rules};
    #[inline]
    pub fn dx<S: Scalar>(x: S, n: i32) -> S {
        x.slope_of_power(n)
    }
    #[inline]
    pub fn dxx<S: Scalar>(x: S, n: i32, slope: S) -> S {
        if n < 0 {
            super::plain(rules::powi::falling(x, n, slope))
        } else {
            rules::powi::second(x, n)
        }
    }
}
