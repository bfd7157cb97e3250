//! The special functions for generated code: as functions, and their slopes where the values are known.

pub mod functions {
    use crate::rules::Scalar;
    use crate::rules::special::{
        for_each_binary_special, for_each_indexed_special, for_each_special,
    };

    macro_rules! unary_functions {
        ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal from $source:literal: |$x:ident, $u:ident, $d:ident|
            $f1:expr, $f2:expr $(, $mark:ident)?;)*) => {
            $(
                #[inline]
                pub fn $name<S: Scalar>(x: S) -> S {
                    x.$name()
                }
            )*
        };
    }
    for_each_special!(unary_functions);

    macro_rules! indexed_functions {
        ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal from $source:literal: |$x:ident, $n:ident, $u:ident, $d:ident|
            $f1:expr, $f2:expr;)*) => {
            $(
                #[inline]
                pub fn $name<S: Scalar>(x: S, n: i32) -> S {
                    x.$name(n)
                }
            )*
        };
    }
    for_each_indexed_special!(indexed_functions);

    macro_rules! binary_functions {
        ($($name:ident $summary:literal $formula:literal on $domain:literal from $source:literal: |$x:ident, $y:ident, $u:ident|
            $dx:expr; $dy:expr; $dxx:expr; $dxy:expr; $dyy:expr;)*) => {
            $(
                #[inline]
                pub fn $name<S: Scalar>(x: S, y: S) -> S {
                    x.$name(y)
                }
            )*
        };
    }
    for_each_binary_special!(binary_functions);
}

pub mod slopes {
    use super::super::slopes::{binary_slope, plain, unary_slope};
    use crate::rules::Scalar;
    use crate::rules::special::{
        self as rules, for_each_binary_special, for_each_indexed_special, for_each_special,
    };

    macro_rules! unary_slopes {
        ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal from $source:literal: |$x:ident, $u:ident, $d:ident|
            $f1:expr, $f2:expr $(, $mark:ident)?;)*) => {
            $(unary_slope!($name);)*
        };
    }
    for_each_special!(unary_slopes);

    macro_rules! indexed_slopes {
        ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal from $source:literal: |$x:ident, $n:ident, $u:ident, $d:ident|
            $f1:expr, $f2:expr;)*) => {
            $(
                pub mod $name {
                    use super::{Scalar, plain, rules};
                    #[inline]
                    pub fn dx<S: Scalar>(x: S, n: i32, value: S) -> S {
                        x.slope_at::<rules::$name::Row>(n, value)
                    }
                    #[inline]
                    pub fn dxx<S: Scalar>(x: S, n: i32, slope: S) -> S {
                        plain(rules::$name::second(x, n, x.$name(n), slope))
                    }
                }
            )*
        };
    }
    for_each_indexed_special!(indexed_slopes);

    macro_rules! binary_slopes {
        ($($name:ident $summary:literal $formula:literal on $domain:literal from $source:literal: |$x:ident, $y:ident, $u:ident|
            $dx:expr; $dy:expr; $dxx:expr; $dxy:expr; $dyy:expr;)*) => {
            $(binary_slope!($name);)*
        };
    }
    for_each_binary_special!(binary_slopes);
}
