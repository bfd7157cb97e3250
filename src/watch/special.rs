//! The special functions of watched numbers: none of them has a kink.

use super::Watched;
use crate::rules::Primitive;
use crate::rules::special::{
    Special, for_each_binary_special, for_each_hidden_special, for_each_indexed_special,
    for_each_special,
};

macro_rules! unary_methods {
    ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal from $source:literal: |$x:ident, $u:ident, $d:ident|
        $f1:expr, $f2:expr $(, $mark:ident)?;)*) => {
        $(
            fn $name(self) -> Self {
                self.made(self.value.$name())
            }
        )*
    };
}

macro_rules! indexed_methods {
    ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal from $source:literal: |$x:ident, $n:ident, $u:ident, $d:ident|
        $f1:expr, $f2:expr;)*) => {
        $(
            fn $name(self, n: i32) -> Self {
                self.made(self.value.$name(n))
            }
        )*
    };
}

macro_rules! binary_methods {
    ($($name:ident $summary:literal $formula:literal on $domain:literal from $source:literal: |$x:ident, $y:ident, $u:ident|
        $dx:expr; $dy:expr; $dxx:expr; $dxy:expr; $dyy:expr;)*) => {
        $(
            fn $name(self, other: Self) -> Self {
                self.made_with(other, self.value.$name(other.value))
            }
        )*
    };
}

impl<T: Primitive> Special for Watched<'_, T> {
    for_each_special!(unary_methods);
    for_each_indexed_special!(indexed_methods);
    for_each_hidden_special!(indexed_methods);
    for_each_binary_special!(binary_methods);
    fn polygamma_difference(self, other: Self, n: i32) -> Self {
        let value = self.value.polygamma_difference(other.value, n);
        self.made_with(other, value)
    }
    fn beta_mixed(self, other: Self) -> Self {
        self.made_with(other, self.value.beta_mixed(other.value))
    }
    fn inv_norm_cdf_slope(self, quantile: Self) -> Self {
        let value = self.value.inv_norm_cdf_slope(quantile.value);
        self.made_with(quantile, value)
    }
}
