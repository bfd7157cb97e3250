//! The larger and the smaller of two.

use crate::rules::Scalar;

/// The weight of `x` in a choice between `x` and `y`, which `x` has `won` outright or not.
///
/// A tie is shared: the min-norm subgradient of `max(x, x)` would be any split, and half each keeps `max` symmetric
/// and `max(x, x)' = x'`. PyTorch and JAX share as well; Ceres gives all to one side.
#[inline]
pub fn weight<T: Scalar>(x: T, y: T, won: bool) -> T {
    if won || (y.is_nan() && !x.is_nan()) {
        T::one()
    } else if x == y {
        T::literal(0.5)
    } else {
        T::zero()
    }
}
