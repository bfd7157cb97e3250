//! The activations, `tanh` and `constant` as free functions, and as functions that `#[differentiate]` can call. Beside them stand those of many
//! numbers and the special ones.

use crate::__private::{Compiled, slopes};
use crate::rules::{Activation, Primitive, Scalar};

/// What `#[differentiate]` calls in a function's place: a type of its name.
macro_rules! define_sibling {
    ($name:ident: $($lift:tt)*) => {
        /// The function of the same name for annotated functions, which call its `lift`.
        #[doc(hidden)]
        #[allow(non_camel_case_types)]
        pub enum $name {}
        impl $name {
            #[doc(hidden)]
            #[inline]
            $($lift)*
        }
    };
}

macro_rules! define_functions {
    ($trait:ident: $($(#[$doc:meta])* $name:ident($($argument:ident),*);)*) => {
        $(
            $(#[$doc])*
            #[inline]
            pub fn $name<T: $trait>($($argument: T),*) -> T {
                $trait::$name($($argument),*)
            }

            define_sibling! { $name:
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
    /// The logistic function `σ(x) = 1/(1+exp(-x))`.
    ///
    /// Its derivative `σ(x) σ(-x)` keeps its digits in both tails, where `σ(x) (1 - σ(x))` is 0 above 37. `σ(-∞) = 0`, `σ(∞) = 1`,
    /// with slope 0. DLMF 4.28.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{derivative, sigmoid};
    /// assert_eq!(sigmoid(1.0), 0.7310585786300049);
    /// assert_eq!(derivative(sigmoid, 50.0), 1.9287498479639178e-22);
    /// ```
    sigmoid(x);
    /// The inverse of [`sigmoid`], `ln(x/(1-x))`.
    ///
    /// First derivative `1/(x (1-x))`. On `[0, 1]`: `∓∞` at the ends, with slope `∞`; NaN outside. Berkson, *Application of the
    /// logistic function to bio-assay* (1944).
    ///
    /// # Examples
    /// ```
    /// use chainrule::{logit, value_and_derivative};
    /// assert_eq!(value_and_derivative(logit, 0.5), (0.0, 4.0));
    /// assert_eq!(value_and_derivative(logit, 0.0), (f64::NEG_INFINITY, f64::INFINITY));
    /// ```
    logit(x);
    /// The smooth ramp `ln(1+exp(x))`.
    ///
    /// First derivative [`sigmoid`]. Without overflow; 0 at `-∞`, with slope 0; slope 1 at `∞`. Dugas et al., *Incorporating
    /// second-order functional knowledge for better option pricing* (2000).
    ///
    /// # Examples
    /// ```
    /// use chainrule::{softplus, value_and_derivative};
    /// assert_eq!(value_and_derivative(softplus, 0.0), (std::f64::consts::LN_2, 0.5));
    /// assert_eq!(value_and_derivative(softplus, 1000.0), (1000.0, 1.0));
    /// ```
    #[doc(alias = "log1pexp")]
    softplus(x);
    /// The logarithm of [`sigmoid`], `-ln(1+exp(-x))`.
    ///
    /// First derivative `σ(-x)`. Without overflow; 0 at `∞`, with slope 0; slope 1 at `-∞`. It is minus [`softplus`] of `-x`, which
    /// has the source.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{log_sigmoid, value_and_derivative};
    /// assert_eq!(value_and_derivative(log_sigmoid, -1000.0), (-1000.0, 1.0));
    /// ```
    log_sigmoid(x);
    /// The sigmoid linear unit `x σ(x)`, of [`sigmoid`].
    ///
    /// First derivative `σ(x) (1 + x σ(-x))`. 0 at `-∞`, with slope 0; slope 1 at `∞`. Elfwing, Uchibe and Doya, *Sigmoid-weighted
    /// linear units for neural network function approximation in reinforcement learning* (2018).
    ///
    /// # Examples
    /// ```
    /// use chainrule::{silu, value_and_derivatives};
    /// assert_eq!(value_and_derivatives(silu, 0.0), (0.0, 0.5, 0.5));
    /// ```
    #[doc(alias = "swish")]
    silu(x);
    /// The ratio `x/(1+|x|)`, a step with slow tails.
    ///
    /// First derivative `1/(1+|x|)²`; the second jumps at 0, where it is taken to be 0. `±1` at `±∞`, with slope 0. Glorot and
    /// Bengio, *Understanding the difficulty of training deep feedforward neural networks* (2010).
    ///
    /// # Examples
    /// ```
    /// use chainrule::{softsign, value_and_derivatives};
    /// assert_eq!(value_and_derivatives(softsign, -3.0), (-0.75, 0.0625, 0.03125));
    /// assert_eq!(value_and_derivatives(softsign, 0.0), (0.0, 1.0, 0.0));
    /// ```
    softsign(x);
    /// The ramp `max(x, 0)`, also called rectified linear unit.
    ///
    /// First derivative 1 right of 0, else 0: at the kink too, as in PyTorch and JAX. NaN of NaN, unlike `x.max(0.0)`. Nair and
    /// Hinton, *Rectified linear units improve restricted Boltzmann machines* (2010).
    ///
    /// # Examples
    /// ```
    /// use chainrule::{relu, value_and_derivative};
    /// assert_eq!(value_and_derivative(relu, 2.0), (2.0, 1.0));
    /// assert_eq!(value_and_derivative(relu, 0.0), (0.0, 0.0));
    /// ```
    relu(x);
    /// The unnormalised sinc `sin(x)/x`, 1 at 0.
    ///
    /// First derivative `(cos x - sinc x)/x`, 0 at 0; all digits next to 0 too, where these terms cancel. Even; NaN at `±∞`, as the
    /// sine. DLMF 10.49.3.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{sinc, value_and_derivatives};
    /// assert_eq!(value_and_derivatives(sinc, 0.0), (1.0, 0.0, -1.0 / 3.0));
    /// ```
    sinc(x);
    /// The logarithm of one minus an exponential, `ln(1-exp(x))`.
    ///
    /// First derivative `-1/(exp(-x)-1)`. On `[-∞, 0]`: 0 at `-∞`, with slope 0; `-∞` at 0, with slope `-∞`; NaN right of 0. All
    /// digits at both ends. Mächler, *Accurately computing log(1 - exp(-|a|))* (2012).
    ///
    /// # Examples
    /// ```
    /// use chainrule::{log1mexp, value_and_derivative};
    /// assert_eq!(value_and_derivative(log1mexp, -50.0), (-1.9287498479639178e-22, -1.9287498479639178e-22));
    /// ```
    log1mexp(x);
    /// The inverse of [`softplus`], `ln(exp(x)-1)`.
    ///
    /// First derivative `1/(1-exp(-x))`. On `[0, ∞]`: `-∞` at 0, with slope `∞`; slope 1 at `∞`; NaN left of 0. Without overflow; the
    /// source is that of [`log1mexp`].
    ///
    /// # Examples
    /// ```
    /// use chainrule::{logexpm1, value_and_derivative};
    /// assert_eq!(value_and_derivative(logexpm1, 1000.0), (1000.0, 1.0));
    /// ```
    logexpm1(x);
    /// The logarithm of a sum of two exponentials, `ln(exp(x)+exp(y))`.
    ///
    /// The derivatives are the weights `σ(x-y)` and `σ(y-x)`, of [`sigmoid`]; half each at a tie, infinite or not. Without overflow. Of
    /// many numbers, and with the source: [`logsumexp`].
    ///
    /// # Examples
    /// ```
    /// use chainrule::{gradient, logaddexp};
    /// assert_eq!(logaddexp(1000.0, 1000.0), 1000.0 + std::f64::consts::LN_2);
    /// assert_eq!(gradient(|[x, y]| logaddexp(x, y), [0.0, -50.0]), [1.0, 1.9287498479639178e-22]);
    /// ```
    logaddexp(x, y);
    /// The product with a logarithm, `x ln y`, that is 0 where `x` is 0.
    ///
    /// Derivatives `ln y` and `x/y`, the latter 0 at `x = 0`. There the value is 0 for every `y` that is not NaN, 0 too; else NaN where
    /// `y` is negative. It is the term of an entropy, whose limit it takes.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{gradient, xlogy};
    /// assert_eq!(gradient(|[x, y]| xlogy(x, y), [2.0, 1.0]), [0.0, 2.0]);
    /// assert_eq!(xlogy(0.0, 0.0), 0.0);
    /// ```
    xlogy(x, y);
    /// The ramp with a slope on its left as well: `x` where that is positive, else `slope·x`.
    ///
    /// Derivative by `x`: 1 right of 0, else the slope, at the kink too. By the slope: 0 right of 0, else `x`. Maas, Hannun and Ng,
    /// *Rectifier nonlinearities improve neural network acoustic models* (2013).
    ///
    /// # Examples
    /// ```
    /// use chainrule::{gradient, leaky_relu};
    /// assert_eq!(gradient(|[x, slope]| leaky_relu(x, slope), [-2.0, 0.25]), [0.25, -2.0]);
    /// assert_eq!(gradient(|[x, slope]| leaky_relu(x, slope), [0.0, 0.25]), [0.25, 0.0]);
    /// ```
    leaky_relu(x, slope);
}

/// The hyperbolic tangent, as a function for code that names its activations.
///
/// It is the method of `Float`. First derivative `1 - tanh² x`, which keeps its digits in both tails. `±1` at `±∞`, with slope 0. DLMF
/// 4.28.4.
///
/// # Examples
/// ```
/// use chainrule::{derivative, tanh};
/// assert_eq!(derivative(tanh, 0.0), 1.0);
/// assert_eq!(derivative(tanh, 20.0), 1.6993417021166355e-17);
/// ```
#[inline]
pub fn tanh<T: num_traits::Float>(x: T) -> T {
    x.tanh()
}

define_sibling! { tanh:
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

define_sibling! { constant:
    pub fn lift<S: Scalar>(x: S) -> S {
        S::from_primal(x.primal())
    }
}
