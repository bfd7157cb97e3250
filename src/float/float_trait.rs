//! `num_traits::Float`, whole: every method goes to its inherent twin.

use core::num::FpCategory;

use num_traits::Float;

use super::members::{constants, for_each_float_constant, for_each_float_method};
use crate::ops::for_each_number;
use crate::rules::Scalar;
use crate::{Dual, HyperDual, Jet};

macro_rules! forward {
    ([$number:ty] $($name:ident($($argument:ident: $type:ty),*) -> $result:ty;)*) => {
        $(
            #[inline]
            fn $name(self $(, $argument: $type)*) -> $result {
                <$number>::$name(self $(, $argument)*)
            }
        )*
    };
}

macro_rules! impl_float {
    ($type:ident [$number:ty] $($generics:tt)*) => {
        impl<T: Scalar, $($generics)*> Float for $number {
            for_each_float_constant!(constants);
            for_each_float_method!(forward [$number]);
            #[inline]
            fn integer_decode(self) -> (u64, i16, i8) {
                self.re.integer_decode()
            }
        }
    };
}

for_each_number!(impl_float);
