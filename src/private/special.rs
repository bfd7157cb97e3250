//! The special functions for generated code: as functions, and their slopes where the values are known.

use crate::rules::special::{for_each_binary_special, for_each_indexed_special, for_each_special};

macro_rules! define_unary {
    ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal from $source:literal: |$x:ident, $u:ident, $d:ident|
        $f1:expr, $f2:expr $(, $mark:ident)?;)*) => {
        /// Of one argument.
        mod unary {
            pub mod functions {
                use crate::rules::Scalar;
                $(
                    #[inline]
                    pub fn $name<S: Scalar>(x: S) -> S {
                        x.$name()
                    }
                )*
            }
            pub mod slopes {
                $(
                    pub mod $name {
                        use super::super::super::super::slopes::plain;
                        use crate::rules::{Scalar, special};
                        #[inline]
                        pub fn dx<S: Scalar>(x: S, value: S) -> S {
                            x.slope::<special::$name::Row>(value)
                        }
                        #[inline]
                        pub fn dxx<S: Scalar>(x: S, value: S, slope: S) -> S {
                            plain(special::$name::second(x, value, slope))
                        }
                    }
                )*
            }
        }
    };
}
for_each_special!(define_unary);

macro_rules! define_indexed {
    ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal from $source:literal: |$x:ident, $n:ident, $u:ident, $d:ident|
        $f1:expr, $f2:expr;)*) => {
        /// Of one argument and an integer.
        mod indexed {
            pub mod functions {
                use crate::rules::Scalar;
                $(
                    #[inline]
                    pub fn $name<S: Scalar>(x: S, n: i32) -> S {
                        x.$name(n)
                    }
                )*
            }
            pub mod slopes {
                $(
                    pub mod $name {
                        use super::super::super::super::slopes::plain;
                        use crate::rules::{Scalar, special};
                        #[inline]
                        pub fn dx<S: Scalar>(x: S, n: i32, value: S) -> S {
                            x.slope_at::<special::$name::Row>(n, value)
                        }
                        #[inline]
                        pub fn dxx<S: Scalar>(x: S, n: i32, slope: S) -> S {
                            plain(special::$name::second(x, n, x.$name(n), slope))
                        }
                    }
                )*
            }
        }
    };
}
for_each_indexed_special!(define_indexed);

macro_rules! define_binary {
    ($($name:ident $summary:literal $formula:literal on $domain:literal from $source:literal: |$x:ident, $y:ident, $u:ident|
        $dx:expr; $dy:expr; $dxx:expr; $dxy:expr; $dyy:expr;)*) => {
        /// Of two arguments.
        mod binary {
            pub mod functions {
                use crate::rules::Scalar;
                $(
                    #[inline]
                    pub fn $name<S: Scalar>(x: S, y: S) -> S {
                        x.$name(y)
                    }
                )*
            }
            pub mod slopes {
                $(
                    pub mod $name {
                        use super::super::super::super::slopes::plain;
                        use crate::rules::{Scalar, special};
                        #[inline]
                        pub fn dx<S: Scalar>(x: S, y: S, value: S) -> S {
                            x.slope_by_first::<special::$name::Row>(y, value)
                        }
                        #[inline]
                        pub fn dy<S: Scalar>(x: S, y: S, value: S) -> S {
                            x.slope_by_second::<special::$name::Row>(y, value)
                        }
                        #[inline]
                        pub fn dxx<S: Scalar>(x: S, y: S, value: S) -> S {
                            plain(special::$name::dxx(x, y, value))
                        }
                        #[inline]
                        pub fn dxy<S: Scalar>(x: S, y: S, value: S) -> S {
                            plain(special::$name::dxy(x, y, value))
                        }
                        #[inline]
                        pub fn dyy<S: Scalar>(x: S, y: S, value: S) -> S {
                            plain(special::$name::dyy(x, y, value))
                        }
                    }
                )*
            }
        }
    };
}
for_each_binary_special!(define_binary);

pub mod functions {
    pub use super::binary::functions::*;
    pub use super::indexed::functions::*;
    pub use super::unary::functions::*;
}
pub mod slopes {
    pub use super::binary::slopes::*;
    pub use super::indexed::slopes::*;
    pub use super::unary::slopes::*;
}
