//! The special functions of our numbers.

use crate::ops::{chain_rule, for_each_number};
use crate::rules::Scalar;
use crate::rules::special::{
    self as rules, Special, for_each_binary_special, for_each_hidden_special,
    for_each_indexed_special, for_each_special, formula,
};
use crate::{Dual, HyperDual, Jet};

macro_rules! unary_methods {
    ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal from $source:literal: |$x:ident, $u:ident, $d:ident|
        $f1:expr, $f2:expr $(, $mark:ident)?;)*) => {
        $(
            #[inline]
            fn $name(self) -> Self {
                let (x, u) = (self.re, self.re.$name());
                self.chain(
                    u,
                    !rules::$name::IS_TOLD && u.is_nan(),
                    || rules::$name::first(x, u),
                    |d| rules::$name::second(x, u, d),
                )
            }
        )*
    };
}

macro_rules! indexed_methods {
    ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal from $source:literal: |$x:ident, $n:ident, $u:ident, $d:ident|
        $f1:expr, $f2:expr;)*) => {
        $(
            #[inline]
            fn $name(self, n: i32) -> Self {
                let (x, u) = (self.re, self.re.$name(n));
                self.chain(u, u.is_nan(), || rules::$name::first(x, n, u), |d| rules::$name::second(x, n, u, d))
            }
        )*
    };
}

macro_rules! binary_methods {
    ($($name:ident $summary:literal $formula:literal on $domain:literal from $source:literal: |$x:ident, $y:ident, $u:ident|
        $dx:expr; $dy:expr; $dxx:expr; $dxy:expr; $dyy:expr;)*) => {
        $(
            #[inline]
            fn $name(self, other: Self) -> Self {
                let (x, y, u) = (self.re, other.re, self.re.$name(other.re));
                chain_rule!(self, other, $name(x, y, u))
            }
        )*
    };
}

macro_rules! impl_special {
    ($type:ident [$number:ty] $($generics:tt)*) => {
        impl<T: Scalar, $($generics)*> Special for $number {
            for_each_special!(unary_methods);
            for_each_indexed_special!(indexed_methods);
            for_each_hidden_special!(indexed_methods);
            for_each_binary_special!(binary_methods);

            #[inline]
            fn polygamma_difference(self, other: Self, n: i32) -> Self {
                use rules::polygamma_difference as row;
                let (x, y) = (self.re, other.re);
                self.chain2(
                    other,
                    x.polygamma_difference(y, n),
                    || row::dx(x, y, n),
                    || row::dy(x, y, n),
                    (|| row::dxx(x, y, n), || row::dy_again(x, y, n), || row::dy_again(x, y, n)),
                )
            }

            #[inline]
            fn beta_mixed(self, other: Self) -> Self {
                formula::beta_mixed(self, other).with_value(self.re.beta_mixed(other.re))
            }

            #[inline]
            fn inv_norm_cdf_slope(self, quantile: Self) -> Self {
                let (x, u) = (self.re, quantile.re);
                let slope = x.inv_norm_cdf_slope(u);
                let first = || u * slope * slope;
                let second = |_| (T::one() + T::literal(2.0) * u * u) * slope * slope * slope;
                self.chain(slope, slope.is_nan(), first, second)
            }
        }
    };
}
for_each_number!(impl_special);
