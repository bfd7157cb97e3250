//! The logarithm to a base.

use crate::rules::{Factors, Primitive, Scalar};

/// `1/(x y ln² y)`: one factor an argument, scaled against each other where a large one makes up for a small one.
#[inline]
pub fn dxy<T: Scalar>(x: T, y: T) -> Factors<T> {
    let rate = y.ln().recip();
    let factors = Factors(rate / x, rate / y);
    if factors.0.is_normal() && factors.1.is_normal() {
        return factors;
    }
    let up = T::from_primal(<T::Primal as Primitive>::UPSCALE);
    let (a, b) = if x < y {
        (up, up.recip())
    } else {
        (up.recip(), up)
    };
    Factors(rate / (x * a), rate / (y * b))
}
