//! The activations and their companions: functions that neither `f64` nor `Float` has, so each row brings its value.

use super::formula as f;

/// Rows of one argument: `name "summary" "value" "first" "second" on "domain": |x, u, d| value, first, second;`, with
/// `Factors`, `, choice` and `, told` as in `for_each_unary`.
macro_rules! for_each_activation {
    ($apply:ident $($context:tt)*) => { $apply! { $($context)*
        sigmoid "logistic function" "1/(1+exp(-x))" "σ(x) σ(-x)" "-σ'(x) tanh(x/2)" on "(-∞, ∞)": |x, u, d|
            f::sigmoid(x), f::sigmoid_first(x), -d * (T::literal(0.5) * x).tanh(), told;
        logit "inverse of the logistic function" "ln(x/(1-x))" "1/(x(1-x))" "(2x-1)/(x(1-x))²" on "[0, 1]": |x, u, d|
            f::logit(x), f::logit_denominator(x).recip(), Factors(d, (x + x - T::one()) / f::logit_denominator(x));
        softplus "smooth ramp, also called log1pexp" "ln(1+exp(x))" "σ(x)" "σ'(x)" on "(-∞, ∞)": |x, u, d|
            x.max(T::zero()) + f::decay(x).ln_1p(), f::sigmoid(x), f::sigmoid_first(x), told;
        log_sigmoid "logarithm of the logistic function" "-ln(1+exp(-x))" "σ(-x)" "-σ'(x)" on "(-∞, ∞)": |x, u, d|
            x.min(T::zero()) - f::decay(x).ln_1p(), f::sigmoid(-x), -f::sigmoid_first(x), told;
        silu "sigmoid linear unit, also called swish" "x σ(x)" "σ(x)(1 + x σ(-x))" "σ'(x)(2 - x tanh(x/2))" on "(-∞, ∞)": |x, u, d|
            f::silu(x), f::silu_first(x), f::silu_second(x), told;
        softsign "softsign" "x/(1+|x|)" "1/(1+|x|)²" "-2 sign(x)/(1+|x|)³, 0 at 0" on "(-∞, ∞)": |x, u, d|
            f::softsign(x), f::softsign_first(x),
            Factors(d, T::literal(-2.0) * f::sign_or_zero(x) / (T::one() + x.abs()));
        relu "rectified linear unit" "max(x, 0)" "1 for x > 0, else 0" "0" on "(-∞, ∞)": |x, u, d|
            if x <= T::zero() { T::zero() } else { x },
            if x > T::zero() { T::one() } else { T::zero() }, T::zero(), choice;
        sinc "unnormalised sinc" "sin(x)/x, 1 at 0" "(cos x - sinc x)/x" "-sinc x - 2 sinc'(x)/x" on "(-∞, ∞)": |x, u, d|
            if x.is_exact_zero() { T::one() } else { x.sin() / x }, f::sinc_first(x, u), f::sinc_second(x, u, d), told;
        log1mexp "logarithm of one minus an exponential" "ln(1-exp(x))" "-1/(exp(-x)-1)" "d - d²" on "(-∞, 0]": |x, u, d|
            f::log1mexp(x), f::log1mexp_first(x), Factors(d, T::one() - d);
        logexpm1 "inverse of softplus" "ln(exp(x)-1)" "1/(1-exp(-x))" "-exp(-x)/(1-exp(-x))²" on "[0, ∞)": |x, u, d|
            f::logexpm1(x), -(-x.abs()).exp_m1().recip(), Factors(d, -(-x).exp() * d);
    } };
}
pub(crate) use for_each_activation;

/// Rows of two arguments, as in `for_each_binary`, with the value in front.
macro_rules! for_each_binary_activation {
    ($apply:ident $($context:tt)*) => { $apply! { $($context)*
        logaddexp "logarithm of a sum of exponentials" "ln(exp(x)+exp(y)); weights σ(x-y), σ(y-x)" on "(-∞, ∞)²": |x, y, u| f::logaddexp(x, y);
            f::logaddexp_weight(x, y);
            f::logaddexp_weight(y, x);
            f::logaddexp_weight(x, y) * f::logaddexp_weight(y, x);
            -(f::logaddexp_weight(x, y) * f::logaddexp_weight(y, x));
            f::logaddexp_weight(x, y) * f::logaddexp_weight(y, x);
        xlogy "product with a logarithm" "x ln y, 0 at x = 0" on "y ≥ 0": |x, y, u|
            if x.is_exact_zero() && !y.is_nan() { T::zero() } else { x * y.ln() };
            y.ln();
            if x.is_exact_zero() { T::zero() } else { x / y };
            T::zero();
            y.recip();
            if x.is_exact_zero() { Factors::none() } else { quotient::square(x, y).times(-1.0) };
        leaky_relu "leaky rectified linear unit" "x for x > 0, else slope·x" on "(-∞, ∞)²": |x, y, u|
            if x > T::zero() { x } else { y * x };
            if x > T::zero() { T::one() } else { y };
            if x > T::zero() { T::zero() } else { x };
            T::zero();
            if x > T::zero() { T::zero() } else { T::one() };
            T::zero();
    } };
}
pub(crate) use for_each_binary_activation;

macro_rules! declare_activation {
    ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal: |$x:ident, $u:ident, $d:ident|
        $formula:expr, $f1:expr, $f2:expr $(, $mark:ident)?;)*) => {
        /// The activations and their companions as methods of `f32`, `f64` and every number of this crate.
        ///
        /// # Examples
        /// ```
        /// use chainrule::{Activation, derivative};
        /// assert_eq!(1.0_f64.sigmoid(), 0.7310585786300049);
        /// assert_eq!(derivative(|x| x.sigmoid(), 50.0), 1.9287498479639178e-22);
        /// ```
        pub trait Activation: Sized {
            $(
                #[doc = concat!("The ", $summary, ": `", $value, "`.")]
                #[doc = ""]
                #[doc = concat!("First derivative `", $first, "`, second `", $second, "`; domain `", $domain, "`.")]
                fn $name(self) -> Self;
            )*
            /// Logarithm of a sum of exponentials: `ln(exp(self) + exp(other))`, without overflow.
            ///
            /// Its derivatives are the weights `σ(x-y)` and `σ(y-x)`, half each at `x = y`, infinite or not.
            fn logaddexp(self, other: Self) -> Self;
            /// `self · ln y`, and 0 where `self` is 0 (`y = 0` too).
            ///
            /// Derivatives `ln y` and `x/y`, the latter 0 where `x` is 0.
            fn xlogy(self, y: Self) -> Self;
            /// `self` where it is positive, else `slope · self`.
            ///
            /// At 0 the derivative is the slope.
            fn leaky_relu(self, slope: Self) -> Self;
        }

        macro_rules! impl_activation_for_float {
            ($float:ty) => {
                impl Activation for $float {
                    $(
                        #[inline]
                        fn $name(self) -> Self {
                            #[allow(dead_code)]
                            type T = $float;
                            let $x = self;
                            $formula
                        }
                    )*
                    #[inline]
                    fn logaddexp(self, other: Self) -> Self {
                        crate::rules::logaddexp::value(self, other)
                    }
                    #[inline]
                    fn xlogy(self, y: Self) -> Self {
                        crate::rules::xlogy::value(self, y)
                    }
                    #[inline]
                    fn leaky_relu(self, slope: Self) -> Self {
                        crate::rules::leaky_relu::value(self, slope)
                    }
                }
            };
        }
    };
}
for_each_activation!(declare_activation);

#[allow(unused_imports)]
mod primal {
    use super::*;
    use crate::rules::Scalar;
    use num_traits::{Float, One, Zero};
    impl_activation_for_float!(f32);
    impl_activation_for_float!(f64);
}
