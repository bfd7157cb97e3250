//! One variable.

use super::Output;
use crate::rules::Scalar;
use crate::{Dual, HyperDual};

/// The derivative `f'(x)`.
///
/// Exact to rounding. An output in several parts, or a fallible one, gives a derivative of the same shape.
///
/// # Examples
/// ```
/// use chainrule::derivative;
/// let slope = derivative(|x| (2.0 * x).sin() + 1.0, 1.0);
/// assert_eq!(slope, 2.0 * 2.0_f64.cos());
/// ```
#[inline]
pub fn derivative<T: Scalar, O: Output<Dual<T>>>(
    f: impl FnOnce(Dual<T>) -> O,
    x: T,
) -> O::Shape<T> {
    f(Dual::variable(x)).map_numbers(&mut |y| y.derivative())
}

/// The pair `(f(x), f'(x))`, one for each number of the output.
///
/// # Examples
/// ```
/// use chainrule::value_and_derivative;
/// assert_eq!(value_and_derivative(|x| x * x, 3.0), (9.0, 6.0));
/// ```
#[inline]
pub fn value_and_derivative<T: Scalar, O: Output<Dual<T>>>(
    f: impl FnOnce(Dual<T>) -> O,
    x: T,
) -> O::Shape<(T, T)> {
    f(Dual::variable(x)).map_numbers(&mut |y| (y.re, y.derivative()))
}

/// The second derivative `f''(x)`, from each function's own second-derivative formula.
///
/// # Examples
/// ```
/// use chainrule::second_derivative;
/// assert_eq!(second_derivative(|x| x.powi(4), 2.0), 48.0);
/// ```
#[inline]
pub fn second_derivative<T: Scalar, O: Output<HyperDual<T>>>(
    f: impl FnOnce(HyperDual<T>) -> O,
    x: T,
) -> O::Shape<T> {
    f(HyperDual::variable(x)).map_numbers(&mut |y| y.eps1eps2)
}

/// The triple `(f(x), f'(x), f''(x))`, as Halley's method wants it.
///
/// # Examples
/// ```
/// use chainrule::value_and_derivatives;
/// assert_eq!(value_and_derivatives(|x| x.powi(3), 2.0), (8.0, 12.0, 12.0));
/// ```
#[inline]
pub fn value_and_derivatives<T: Scalar, O: Output<HyperDual<T>>>(
    f: impl FnOnce(HyperDual<T>) -> O,
    x: T,
) -> O::Shape<(T, T, T)> {
    f(HyperDual::variable(x)).map_numbers(&mut |y| (y.re, y.eps1, y.eps1eps2))
}
