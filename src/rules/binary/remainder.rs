//! The remainders.

use crate::rules::Scalar;

/// `-n`, with `n` the integer for which `x - n y` is the remainder `u`. It is a constant: no part of it moves.
#[inline]
pub fn dy<T: Scalar>(x: T, y: T, u: T) -> T {
    use num_traits::Float;
    let (x, y, u) = (x.primal(), y.primal(), u.primal());
    if y.is_infinite() {
        return T::zero();
    }
    T::from_primal(-Float::round((x - u) / y))
}
