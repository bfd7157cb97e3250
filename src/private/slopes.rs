//! The slopes of the vocabulary, where the values are known.

use crate::rules::{
    self, Scalar, for_each_activation, for_each_binary, for_each_binary_activation,
    for_each_operator, for_each_unary,
};

#[cfg(feature = "special")]
pub use super::special::slopes::*;

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
        }
    };
}
for_each_binary!(binary_slopes);
for_each_operator!(binary_slopes);
for_each_binary_activation!(binary_activation_slopes);

pub mod powi {
    use super::Scalar;
    #[inline]
    pub fn dx<S: Scalar>(x: S, n: i32) -> S {
        x.slope_of_power(n)
    }
}
