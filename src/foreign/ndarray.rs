//! ndarray: a number may stand right of an operator whose left is an array.

use ndarray_v0_17::ScalarOperand;

use crate::ops::for_each_number;
use crate::{Dual, HyperDual, Jet};

macro_rules! impl_scalar_operand {
    ($type:ident [$number:ty] $($generics:tt)*) => {
        impl<T: Clone + 'static, $($generics)*> ScalarOperand for $number {}
    };
}
for_each_number!(impl_scalar_operand);
