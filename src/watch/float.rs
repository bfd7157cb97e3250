//! `num_traits::Float`, whole: every method goes to its inherent twin.

use core::num::FpCategory;

use num_traits::Float;

use super::Watched;
use crate::float::members::{constants, for_each_float_constant, for_each_float_method};
use crate::rules::Primitive;

macro_rules! forward {
    ($($name:ident($($argument:ident: $type:ty),*) -> $result:ty;)*) => {
        $(
            #[track_caller]
            fn $name(self $(, $argument: $type)*) -> $result {
                Watched::$name(self $(, $argument)*)
            }
        )*
    };
}

impl<T: Primitive> Float for Watched<'_, T> {
    for_each_float_constant!(constants);
    for_each_float_method!(forward);
    fn integer_decode(self) -> (u64, i16, i8) {
        Float::integer_decode(self.value)
    }
}
