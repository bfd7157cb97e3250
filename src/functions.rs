//! The activations as free functions, and as functions that `#[differentiate]` can call.

use crate::__private::{Compiled, slopes};
use crate::rules::{Activation, Primitive, Scalar};

macro_rules! define_functions {
    ($trait:ident: $($(#[$doc:meta])* $name:ident($($argument:ident),*);)*) => {
        $(
            $(#[$doc])*
            #[inline]
            pub fn $name<T: $trait>($($argument: T),*) -> T {
                $trait::$name($($argument),*)
            }

            /// The function of the same name for annotated functions, which call its `lift`.
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            pub enum $name {}
            impl $name {
                #[doc(hidden)]
                #[inline]
                pub fn lift<S: Scalar>($($argument: S),*) -> S {
                    $trait::$name($($argument),*)
                }
            }
            compiled_by_row!($name $($argument)*);
        )*
    };
}

/// In a compiled gradient the slopes are those of the row.
macro_rules! compiled_by_row {
    ($name:ident $x:ident) => {
        impl<P: Primitive> Compiled<P, 1> for $name {
            #[inline]
            fn value_and_slopes<S: Scalar<Primal = P>>([x]: [S; 1]) -> (S, [S; 1]) {
                let value = $name::lift(x);
                (value, [slopes::$name::dx(x, value)])
            }
        }
    };
    ($name:ident $x:ident $y:ident) => {
        impl<P: Primitive> Compiled<P, 2> for $name {
            #[inline]
            fn value_and_slopes<S: Scalar<Primal = P>>([x, y]: [S; 2]) -> (S, [S; 2]) {
                let value = $name::lift(x, y);
                (
                    value,
                    [
                        slopes::$name::dx(x, y, value),
                        slopes::$name::dy(x, y, value),
                    ],
                )
            }
        }
    };
}

mod many;
pub use many::*;

// After the macro that it shares.
#[cfg(feature = "special")]
mod special;
#[cfg(feature = "special")]
pub use special::*;

define_functions! { Activation:
    /// The logistic function `1/(1+exp(-x))`; its derivative keeps its digits in both tails.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{derivative, sigmoid};
    /// assert_eq!(sigmoid(1.0), 0.7310585786300049);
    /// assert_eq!(derivative(sigmoid, 50.0), 1.9287498479639178e-22);
    /// ```
    sigmoid(x);
    /// The inverse of [`sigmoid`], `ln(x/(1-x))`, on `[0, 1]`.
    logit(x);
    /// The smooth ramp `ln(1+exp(x))`.
    #[doc(alias = "log1pexp")]
    softplus(x);
    /// The logarithm of [`sigmoid`].
    log_sigmoid(x);
    /// The sigmoid linear unit `x σ(x)`.
    #[doc(alias = "swish")]
    silu(x);
    /// `x/(1+|x|)`
    softsign(x);
    /// `max(x, 0)`, with derivative 0 at 0 and NaN for NaN.
    relu(x);
    /// `sin(x)/x`, 1 at 0.
    sinc(x);
    /// `ln(1-exp(x))` for `x ≤ 0`.
    log1mexp(x);
    /// `ln(exp(x)-1)` for `x ≥ 0`, the inverse of [`softplus`].
    logexpm1(x);
    /// `ln(exp(x)+exp(y))`, without overflow.
    logaddexp(x, y);
    /// `x ln y`, 0 at `x = 0`.
    xlogy(x, y);
    /// `x` where it is positive, else `slope·x`.
    leaky_relu(x, slope);
}

/// The hyperbolic tangent, for code that names its activations; the method of `Float`.
#[inline]
pub fn tanh<T: num_traits::Float>(x: T) -> T {
    x.tanh()
}

/// The function of the same name for annotated functions, which call its `lift`.
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub enum tanh {}
impl tanh {
    #[doc(hidden)]
    #[inline]
    pub fn lift<S: Scalar>(x: S) -> S {
        x.tanh()
    }
}

/// The number with the same value and no derivative: what is computed from it is held constant.
///
/// # Examples
/// ```
/// use chainrule::{constant, derivative};
/// assert_eq!(derivative(|x| x * constant(x), 3.0), 3.0);
/// ```
#[inline]
#[doc(alias = "detach")]
#[doc(alias = "stop_gradient")]
pub fn constant<T: Scalar>(x: T) -> T {
    T::from_primal(x.primal())
}

/// The function of the same name for annotated functions, which call its `lift`.
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub enum constant {}
impl constant {
    #[doc(hidden)]
    #[inline]
    pub fn lift<S: Scalar>(x: S) -> S {
        S::from_primal(x.primal())
    }
}
