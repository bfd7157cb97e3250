//! A second derivative between two tangents: as one number, or as two factors where one number would leave the range of floats.
//!
//! `ln'' = -1/x²` is infinite at 1e-160 and 0 at 1e170, and yet the second derivative of `ln(1e-160 x)` at 1 is -1.

use super::{Primitive, Scalar};

/// The second derivative that a row states. Which form it takes is known when the row is compiled, so a plain number costs what it
/// did.
pub trait Curvature<T>: Copy {
    /// Whether a plain one tells that the slope of a row of one argument is finite.
    const HAS_SLOPE: bool;
    /// That of an argument that does not move.
    fn none() -> Self;
    /// Outside a function's domain every derivative is NaN.
    fn or_nan(self, value: T) -> Self;
    /// One number that any two tangents can be multiplied by, one after the other, and a zero tangent stays zero; if there is one.
    fn plain(self) -> Option<T>;
    /// The product with two tangents, whatever it takes. Zero if either tangent is.
    fn between(self, a: T, b: T) -> T;
    /// The product with one tangent, where somebody else looks after zeros and what is not finite.
    #[inline]
    fn along(self, tangent: T) -> T
    where
        T: Scalar,
    {
        match self.plain() {
            Some(plain) => tangent * plain,
            None => self.between(tangent, T::one()),
        }
    }
}

impl<T: Scalar> Curvature<T> for T {
    const HAS_SLOPE: bool = false;
    #[inline]
    fn none() -> Self {
        T::zero()
    }
    #[inline]
    fn or_nan(self, value: T) -> Self {
        or_nan(self, value)
    }
    #[inline]
    fn plain(self) -> Option<T> {
        self.all_finite().then_some(self)
    }
    /// One after the other: the product of the tangents alone would over- or underflow long before the result.
    #[inline]
    fn between(self, a: T, b: T) -> T {
        strong(b, strong(a, self))
    }
    #[inline]
    fn along(self, tangent: T) -> T {
        tangent * self
    }
}

/// A second derivative of two arguments and its plain form, computed if what it is taken by moves.
#[inline]
pub fn curvature<T: Scalar, C: Curvature<T>>(
    moves: bool,
    second: impl FnOnce() -> C,
) -> (C, Option<T>) {
    if moves {
        let second = second();
        (second, second.plain())
    } else {
        (C::none(), Some(T::zero()))
    }
}

/// A second derivative that is the product of these two, and may be infinite or 0 where they are not. In a row of one argument the
/// first of them is the slope.
#[derive(Clone, Copy, Debug)]
pub struct Factors<T>(pub T, pub T);

impl<T: Scalar> Factors<T> {
    /// A multiple, by a number that is neither large nor small.
    #[inline]
    pub fn times(self, number: f64) -> Self {
        Self(self.0 * T::literal(number), self.1)
    }
}

impl<T: Scalar> Curvature<T> for Factors<T> {
    const HAS_SLOPE: bool = true;
    #[inline]
    fn none() -> Self {
        Self(T::zero(), T::zero())
    }
    #[inline]
    fn or_nan(self, value: T) -> Self {
        Self(or_nan(self.0, value), or_nan(self.1, value))
    }
    /// The product, from the middle of the range: there it leaves the range with no tangent before their own product does.
    #[inline]
    fn plain(self) -> Option<T> {
        let (up, product) = (<T::Primal as Primitive>::UPSCALE, self.0 * self.1);
        let size = num_traits::Float::abs(product.primal());
        let is_moderate = size < up && size > num_traits::Float::recip(up);
        if T::DEPTH == 0 {
            return (is_moderate || (size.is_exact_zero() && self.has_zero())).then_some(product);
        }
        let is_plain = is_moderate && product.all_finite();
        (is_plain || (product.is_exact_zero() && self.has_zero())).then_some(product)
    }
    /// The smaller tangent meets the larger factor.
    #[inline]
    fn between(self, a: T, b: T) -> T {
        if a.is_exact_zero() || b.is_exact_zero() || self.has_zero() {
            return T::zero();
        }
        let ((small, large), (less, more)) = (by_size(a, b), by_size(self.0, self.1));
        (small * more) * (large * less)
    }
}

impl<T: Scalar> Factors<T> {
    /// Then the second derivative is 0, and be the other factor infinite.
    #[inline]
    fn has_zero(self) -> bool {
        let Self(a, b) = self;
        (a.is_exact_zero() && !b.is_nan()) || (b.is_exact_zero() && !a.is_nan())
    }
}

#[inline]
fn by_size<T: Scalar>(a: T, b: T) -> (T, T) {
    if a.abs() > b.abs() { (b, a) } else { (a, b) }
}

/// A second derivative that is a plain number, except next to a pole.
#[cfg(feature = "special")]
#[derive(Clone, Copy, Debug)]
pub enum Steep<T> {
    Plain(T),
    Factors(Factors<T>),
}

#[cfg(feature = "special")]
impl<T: Scalar> Curvature<T> for Steep<T> {
    const HAS_SLOPE: bool = false;
    #[inline]
    fn none() -> Self {
        Self::Plain(T::zero())
    }
    #[inline]
    fn or_nan(self, value: T) -> Self {
        match self {
            Self::Plain(plain) => Self::Plain(plain.or_nan(value)),
            Self::Factors(factors) => Self::Factors(factors.or_nan(value)),
        }
    }
    #[inline]
    fn plain(self) -> Option<T> {
        match self {
            Self::Plain(plain) => plain.plain(),
            Self::Factors(factors) => factors.plain(),
        }
    }
    #[inline]
    fn between(self, a: T, b: T) -> T {
        match self {
            Self::Plain(plain) => plain.between(a, b),
            Self::Factors(factors) => factors.between(a, b),
        }
    }
}

/// Strong zero: a zero tangent stays zero, whatever the slope.
#[inline]
pub fn strong<T: Scalar>(tangent: T, slope: T) -> T {
    if tangent.is_exact_zero() {
        T::zero()
    } else {
        tangent * slope
    }
}

/// The slope by an argument, computed if that moves.
#[inline]
pub fn slope_by<T: Scalar>(moves: bool, value: T, slope: impl FnOnce() -> T) -> T {
    if moves {
        or_nan(slope(), value)
    } else {
        T::zero()
    }
}

/// Outside a function's domain every slope is NaN, whatever the formula says there.
#[inline]
pub fn or_nan<T: Scalar>(slope: T, value: T) -> T {
    if value.is_nan() { T::nan() } else { slope }
}
