//! What a rule may ask of a number: `num_traits::Float` and the little it lacks.

use core::cmp::Ordering;
use core::fmt::{Debug, Display, LowerExp};
use core::iter::{Product, Sum};
use core::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Rem, RemAssign, Sub, SubAssign};

use num_traits::{Float, FloatConst, NumAssign};

use super::{Activation, BinaryRow, IndexedRow, Partial, Special, UnaryRow};

/// A real number that the rules can be evaluated on: `f32`, `f64`, or a number of this crate over one.
///
/// It adds to [`Float`] what a rule needs and `Float` lacks: the type of the innermost float
/// ([`Primal`](Scalar::Primal)), tests over **all** parts (value and every derivative), and the methods of `f64`
/// that `Float` leaves out. Comparisons, `is_zero` and `is_finite` look at the value only, as in plain code.
///
/// # Examples
/// ```
/// use chainrule::{Dual, Scalar};
/// let x = Dual::new(0.0, [1.0]);
/// assert!(x == Dual::constant(0.0) && !x.is_exact_zero());
///
/// /// A polynomial over any number, with its coefficients as plain floats.
/// fn horner<S: Scalar>(coefficients: &[S::Primal], x: S) -> S {
///     coefficients.iter().rev().fold(S::zero(), |sum, &c| sum * x + c)
/// }
/// assert_eq!(horner(&[1.0, 0.0, 2.0], Dual::variable(3.0)).derivative(), 12.0);
/// assert_eq!(horner(&[1.0, 0.0, 2.0], 3.0), 19.0);
/// ```
#[diagnostic::on_unimplemented(
    message = "there are no derivatives over `{Self}`",
    note = "take `f64` or `f32` (`3.0`, not `3`), or a number of this crate"
)]
pub trait Scalar:
    Float
    + FloatConst
    + NumAssign
    + Activation
    + Special
    + Add<<Self as Scalar>::Primal, Output = Self>
    + Sub<<Self as Scalar>::Primal, Output = Self>
    + Mul<<Self as Scalar>::Primal, Output = Self>
    + Div<<Self as Scalar>::Primal, Output = Self>
    + Rem<<Self as Scalar>::Primal, Output = Self>
    + AddAssign<<Self as Scalar>::Primal>
    + SubAssign<<Self as Scalar>::Primal>
    + MulAssign<<Self as Scalar>::Primal>
    + DivAssign<<Self as Scalar>::Primal>
    + RemAssign<<Self as Scalar>::Primal>
    + Sum
    + Product
    + Default
    + Debug
    + Display
    + LowerExp
{
    /// The float at the bottom: `f32` or `f64`.
    type Primal: Primitive;
    /// How many levels of derivatives stand above the primal: 0 for a float.
    const DEPTH: usize;
    /// The number with this value and no derivative.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{Dual, Scalar};
    /// assert!(Dual::<Dual<f64>>::from_primal(2.0).exactly_equals(&Dual::constant(Dual::constant(2.0))));
    /// ```
    fn from_primal(value: Self::Primal) -> Self;
    /// The value, stripped of every derivative.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{Dual, Scalar};
    /// assert_eq!(Dual::variable(Dual::variable(2.0)).primal(), 2.0);
    /// ```
    fn primal(self) -> Self::Primal;
    /// Whether the value and every derivative are zero.
    fn is_exact_zero(&self) -> bool;
    /// Whether the value and every derivative are finite.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{Dual, Scalar};
    /// let root = Dual::variable(0.0).sqrt();
    /// assert!(root.is_finite() && !root.all_finite());
    /// ```
    fn all_finite(&self) -> bool;
    /// Whether the values and all derivatives are equal, where `==` compares values only.
    ///
    /// NaN equals nothing, and `-0.0` equals `0.0`, as floats do.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{Dual, Scalar};
    /// let (x, c) = (Dual::variable(2.0), Dual::constant(2.0));
    /// assert!(x == c && !x.exactly_equals(&c));
    /// ```
    fn exactly_equals(&self, other: &Self) -> bool;
    /// As [`f64::rem_euclid`].
    fn rem_euclid(self, divisor: Self) -> Self;
    /// As [`f64::div_euclid`].
    fn div_euclid(self, divisor: Self) -> Self;
    /// As [`f64::round_ties_even`].
    fn round_ties_even(self) -> Self;
    /// As [`f64::midpoint`].
    fn midpoint(self, other: Self) -> Self;
    /// As [`f64::next_up`].
    fn next_up(self) -> Self;
    /// As [`f64::next_down`].
    fn next_down(self) -> Self;
    /// As [`f64::total_cmp`], of the values.
    fn total_cmp(&self, other: &Self) -> Ordering;

    /// The value, which is about to be cast to an integer: whoever watches numbers looks here.
    #[doc(hidden)]
    #[inline]
    fn primal_to_cast(self) -> Self::Primal {
        self.primal()
    }
    /// The same derivatives under another value.
    #[doc(hidden)]
    fn with_primal(self, value: Self::Primal) -> Self;

    /// The quotient of a plain number and this one.
    #[doc(hidden)]
    fn under(self, numerator: Self::Primal) -> Self;

    /// How many times a function is differentiated to evaluate it here: 0 for a float.
    #[doc(hidden)]
    const ORDER: usize;
    /// A function of floats and its derivatives, of which `partial` is wanted, applied to numbers.
    #[doc(hidden)]
    fn apply_rule<const N: usize>(
        arguments: [Self; N],
        rule: &impl Fn(Partial, [Self::Primal; N]) -> Self::Primal,
        partial: Partial,
    ) -> Self;

    /// What is made of primals, as made of these numbers, if they are primals themselves.
    #[doc(hidden)]
    #[inline]
    fn same_as_primal<F: Family>(_: &F::Of<Self::Primal>) -> Option<&F::Of<Self>> {
        None
    }

    /// The sum of the value and every derivative, which is finite only if each of them is: one test then does for many numbers,
    /// where [`all_finite`](Self::all_finite) takes one for each.
    #[doc(hidden)]
    fn total(&self) -> Self::Primal;
    /// The slope of a row here, where it has this value, whatever that is. It carries the second derivative that the row states.
    #[doc(hidden)]
    fn slope<R: UnaryRow>(self, value: Self) -> Self;
    /// The slope of a row of two arguments by the first of them.
    #[doc(hidden)]
    fn slope_by_first<R: BinaryRow>(self, other: Self, value: Self) -> Self;
    /// And by the second, which is `other`.
    #[doc(hidden)]
    fn slope_by_second<R: BinaryRow>(self, other: Self, value: Self) -> Self;
    /// The slope of a row of one argument and an integer.
    #[doc(hidden)]
    fn slope_at<R: IndexedRow>(self, n: i32, value: Self) -> Self;
    /// The slope of an integer power.
    #[doc(hidden)]
    fn slope_of_power(self, n: i32) -> Self;

    /// Whether the value is as large as a normal float at least: neither 0 nor subnormal nor NaN.
    #[doc(hidden)]
    #[inline]
    fn has_digits(self) -> bool {
        Float::abs(self.primal()) >= Float::min_positive_value()
    }

    /// A constant of the rules, rounded to the primal.
    #[doc(hidden)]
    #[inline]
    fn literal(value: f64) -> Self {
        Self::from_primal(Self::Primal::round_from(value))
    }
}

/// A type with a hole for the type of its parts.
pub trait Family {
    /// The type with parts of type `T`.
    type Of<T>: ?Sized;
}

mod sealed {
    /// With the feature `approx`, what that asks of the values that it compares.
    #[cfg(feature = "approx")]
    pub trait Sealed: approx::RelativeEq<Epsilon = Self> + approx::UlpsEq {}
    #[cfg(not(feature = "approx"))]
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

/// A float of the language: `f32` or `f64`.
///
/// It is sealed: what else is a number, is one of this crate over these.
///
/// # Examples
/// ```
/// use chainrule::{Primitive, derivative};
///
/// fn slope_at_zero<T: Primitive>(f: impl Fn(chainrule::Dual<T>) -> chainrule::Dual<T>) -> T {
///     derivative(f, T::zero())
/// }
/// assert_eq!(slope_at_zero::<f64>(|x| x.sin()), 1.0);
/// assert_eq!(slope_at_zero::<f32>(|x| x.sin()), 1.0);
/// ```
pub trait Primitive: Scalar<Primal = Self> + sealed::Sealed {
    /// Above it, `1 + x²` rounds to `x²` with room to spare.
    #[doc(hidden)]
    const LARGE: Self;
    /// Below it a sum of two squares may have lost digits.
    #[doc(hidden)]
    const SMALL_SQUARE: Self;
    /// Above it a sum of two squares may overflow next.
    #[doc(hidden)]
    const LARGE_SQUARE: Self;
    /// A power of two that lifts subnormal numbers into the middle of the range.
    #[doc(hidden)]
    const UPSCALE: Self;
    /// Its cube is still far from the end of the range.
    #[doc(hidden)]
    const MODERATE: Self;
    #[doc(hidden)]
    fn round_from(value: f64) -> Self;
}

/// Exact: `f32` is part of `f64`.
#[cfg(feature = "alloc")]
pub(crate) fn to_f64<T: Primitive>(x: T) -> f64 {
    x.to_f64().unwrap_or(f64::NAN)
}

macro_rules! impl_scalar_for_float {
    ($float:ident, $large:expr, $small_square:expr, $large_square:expr, $upscale:expr, $moderate:expr) => {
        impl Scalar for $float {
            type Primal = $float;
            const DEPTH: usize = 0;
            #[inline]
            fn from_primal(value: $float) -> Self {
                value
            }
            #[inline]
            fn primal(self) -> $float {
                self
            }
            #[inline]
            fn same_as_primal<F: Family>(plain: &F::Of<$float>) -> Option<&F::Of<$float>> {
                Some(plain)
            }
            #[inline]
            fn is_exact_zero(&self) -> bool {
                *self == 0.0
            }
            #[inline]
            fn all_finite(&self) -> bool {
                $float::is_finite(*self)
            }
            #[inline]
            fn exactly_equals(&self, other: &Self) -> bool {
                self == other
            }
            #[inline]
            fn rem_euclid(self, divisor: Self) -> Self {
                num_traits::Euclid::rem_euclid(&self, &divisor)
            }
            #[inline]
            fn div_euclid(self, divisor: Self) -> Self {
                num_traits::Euclid::div_euclid(&self, &divisor)
            }
            #[inline]
            fn round_ties_even(self) -> Self {
                #[cfg(feature = "std")]
                return $float::round_ties_even(self);
                #[cfg(not(feature = "std"))]
                if Float::fract(self).abs() == 0.5 {
                    2.0 * Float::round(self / 2.0)
                } else {
                    Float::round(self)
                }
            }
            #[inline]
            fn midpoint(self, other: Self) -> Self {
                $float::midpoint(self, other)
            }
            #[inline]
            fn next_up(self) -> Self {
                $float::next_up(self)
            }
            #[inline]
            fn next_down(self) -> Self {
                $float::next_down(self)
            }
            #[inline]
            fn total_cmp(&self, other: &Self) -> Ordering {
                $float::total_cmp(self, other)
            }
            #[inline]
            fn with_primal(self, value: Self) -> Self {
                value
            }
            #[inline]
            fn under(self, numerator: Self) -> Self {
                numerator / self
            }
            const ORDER: usize = 0;
            #[inline]
            fn apply_rule<const N: usize>(
                arguments: [Self; N],
                rule: &impl Fn(Partial, [Self; N]) -> Self,
                partial: Partial,
            ) -> Self {
                rule(partial, arguments)
            }
            #[inline]
            fn total(&self) -> Self {
                *self
            }
            #[inline]
            fn slope<R: UnaryRow>(self, value: Self) -> Self {
                R::first(self, value)
            }
            #[inline]
            fn slope_by_first<R: BinaryRow>(self, other: Self, value: Self) -> Self {
                R::dx(self, other, value)
            }
            #[inline]
            fn slope_by_second<R: BinaryRow>(self, other: Self, value: Self) -> Self {
                R::dy(self, other, value)
            }
            #[inline]
            fn slope_at<R: IndexedRow>(self, n: i32, value: Self) -> Self {
                R::first(self, n, value)
            }
            #[inline]
            fn slope_of_power(self, n: i32) -> Self {
                super::powi::first(self, n)
            }
        }

        impl Primitive for $float {
            const LARGE: Self = $large;
            const SMALL_SQUARE: Self = $small_square;
            const LARGE_SQUARE: Self = $large_square;
            const UPSCALE: Self = $upscale;
            const MODERATE: Self = $moderate;
            #[inline]
            fn round_from(value: f64) -> Self {
                value as $float
            }
        }
    };
}

// 2^28 and 2^13; 2^600 and 2^75; 2^200 and 2^25.
impl_scalar_for_float!(
    f64,
    268_435_456.0,
    1e-290,
    1e300,
    f64::from_bits((1023 + 600) << 52),
    f64::from_bits((1023 + 200) << 52)
);
impl_scalar_for_float!(
    f32,
    8192.0,
    1e-30,
    1e36,
    f32::from_bits((127 + 75) << 23),
    f32::from_bits((127 + 25) << 23)
);
