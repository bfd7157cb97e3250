//! The special functions as free functions, and as functions that `#[differentiate]` can call.

use crate::__private::{Compiled, slopes};
use crate::rules::{Primitive, Scalar, Special};

define_functions! { Special:
    /// The error function `erf(x) = 2/√π ∫ exp(-t²) dt` from 0 to `x`.
    ///
    /// First derivative `2/√π exp(-x²)`, second `-4x/√π exp(-x²)`.
    /// Odd; `erf(±∞) = ±1`, with slope 0. The slope keeps its digits until it underflows beyond 26. DLMF 7.2.1.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{derivative, erf};
    /// assert_eq!(erf(0.5), 0.5204998778130465);
    /// assert_eq!(derivative(erf, 10.0), 4.197656231354417e-44);
    /// ```
    erf(x);
    /// The complementary error function `erfc(x) = 1 - erf(x)`, with all digits where that is small.
    ///
    /// First derivative `-2/√π exp(-x²)`, second `4x/√π exp(-x²)`.
    /// `erfc(-∞) = 2`, `erfc(∞) = 0`, with slope 0. DLMF 7.2.2.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{derivative, erfc};
    /// assert_eq!(erfc(10.0), 2.088487583762545e-45);
    /// assert_eq!(derivative(erfc, 0.0), -std::f64::consts::FRAC_2_SQRT_PI);
    /// ```
    erfc(x);
    /// The density of the standard normal distribution, `φ(x) = exp(-x²/2)/√(2π)`.
    ///
    /// First derivative `-x φ(x)`, second `(x²-1) φ(x)`.
    /// `φ(±∞) = 0`, with slope 0. DLMF 7.1.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{derivative, norm_pdf};
    /// assert_eq!(norm_pdf(0.0), 0.3989422804014327);
    /// assert_eq!(derivative(norm_pdf, 0.0), 0.0);
    /// ```
    norm_pdf(x);
    /// The distribution function of the standard normal distribution, `Φ(x) = ½ erfc(-x/√2)`.
    ///
    /// First derivative `φ(x)`, second `-x φ(x)`.
    /// `Φ(-∞) = 0`, `Φ(∞) = 1`, with slope 0. The left tail has all its digits: no rounding of an argument is magnified. DLMF 7.2.2.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{norm_cdf, value_and_derivative};
    /// assert_eq!(value_and_derivative(norm_cdf, -20.0), (2.7536241186062337e-89, 5.520948362159764e-88));
    /// ```
    norm_cdf(x);
    /// The quantile of the standard normal distribution, the inverse of [`norm_cdf`].
    ///
    /// First derivative `1/φ(u)`, second `u/φ(u)²`.
    /// On `[0, 1]`: `±∞` at the ends, with infinite slopes; NaN outside. By Wichura's approximation (algorithm AS 241, 1988) and a step of
    /// Halley's method. The slope `1/φ(u)` is taken from the tail, not from the rounded quantile `u`: it keeps its digits down to
    /// the smallest floats. DLMF 7.17.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{inv_norm_cdf, value_and_derivative};
    /// assert_eq!(value_and_derivative(inv_norm_cdf, 1e-300), (-37.0470962993612, 2.697304465042612e298));
    /// ```
    inv_norm_cdf(p);
    /// The Gaussian error linear unit `x Φ(x)`, with the exact distribution function [`norm_cdf`].
    ///
    /// First derivative `Φ(x) + x φ(x)`, second `(2-x²) φ(x)`.
    /// 0 at `-∞`, with slope 0; slope 1 at `∞`. Hendrycks and Gimpel, *Gaussian error linear units* (2016).
    ///
    /// # Examples
    /// ```
    /// use chainrule::{gelu, value_and_derivative};
    /// assert_eq!(value_and_derivative(gelu, 1.0), (0.8413447460685429, 1.0833154705876862));
    /// ```
    gelu(x);
    /// The Gaussian error linear unit in its tanh form, `x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))`.
    ///
    /// First derivative `σ(q) + x q' σ'(q)`, with `q = 2√(2/π) (x + 0.044715 x³)`.
    /// What JAX computes with `approximate=True` and PyTorch with `approximate="tanh"`: within 5e-4 of [`gelu`]. 0 at `-∞`, with slope 0;
    /// slope 1 at `∞`. The left tail has all its digits, where `1 + tanh` has none. Hendrycks and Gimpel, *Gaussian error linear
    /// units* (2016).
    ///
    /// # Examples
    /// ```
    /// use chainrule::{gelu_tanh, value_and_derivative};
    /// assert_eq!(value_and_derivative(gelu_tanh, 1.0), (0.8411919906082768, 1.0829640838457826));
    /// ```
    gelu_tanh(x);
    /// The activation `x tanh(ln(1+exp(x)))`.
    ///
    /// First derivative `n/(n+2) + 4x e(e+1)/(n+2)²`, with `e = exp(x)` and `n = e² + 2e`.
    /// 0 at `-∞`, with slope 0; slope 1 at `∞`. Misra, *Mish: a self regularized non-monotonic activation function* (2019).
    ///
    /// # Examples
    /// ```
    /// use chainrule::{derivative, mish};
    /// assert_eq!(mish(0.0), 0.0);
    /// assert_eq!(derivative(mish, 0.0), 0.6);
    /// ```
    mish(x);
    /// The gamma function `Γ(x)`, the factorial `(x-1)!` of numbers that need not be integers.
    ///
    /// First derivative `Γ(x) ψ(x)`, second `Γ(x) (ψ(x)² + ψ'(x))`.
    /// Also left of 0, up to the poles. At `±0` it is `±∞` and its slope `-∞`; at the negative integers and at `-∞` NaN; above
    /// 171.6 it overflows. DLMF 5.2.1.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{derivative, gamma};
    /// assert_eq!(gamma(5.0), 24.0);
    /// assert_eq!(gamma(-0.5), -3.544907701811032);
    /// assert_eq!(derivative(gamma, 1.0), -0.5772156649015329);
    /// ```
    gamma(x);
    /// The logarithm of the absolute value of the gamma function, `ln |Γ(x)|`.
    ///
    /// First derivative `ψ(x)`, second `ψ'(x)`.
    /// Also left of 0, where the gamma function changes its sign from pole to pole: `gamma(x).signum()`. `∞` at 0, at the negative
    /// integers and at `±∞`. The slope is [`digamma`]: `∓∞` at `±0`, and NaN at the poles left of it. DLMF 5.2.1.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{derivative, ln_gamma};
    /// assert_eq!(ln_gamma(1e6), 12815504.569147611);
    /// assert_eq!(derivative(ln_gamma, 1e6), 13.81551005796419);
    /// ```
    #[doc(alias = "lgamma")]
    ln_gamma(x);
    /// The digamma function `ψ(x) = Γ'(x)/Γ(x)`.
    ///
    /// First derivative `ψ'(x)`, second `ψ''(x)`.
    /// Also left of 0. `∓∞` at `±0`, with slope `∞`; NaN at the negative integers and at `-∞`. DLMF 5.2.2.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{derivative, digamma};
    /// assert_eq!(digamma(1.0), -0.5772156649015329);
    /// assert_eq!(derivative(digamma, 1.0), std::f64::consts::PI.powi(2) / 6.0);
    /// ```
    #[doc(alias = "psi")]
    digamma(x);
    /// The trigamma function `ψ'(x)`, the derivative of [`digamma`].
    ///
    /// First derivative `ψ''(x)`, second `ψ'''(x)`.
    /// Also left of 0. `∞` at `±0`; NaN at the negative integers and at `-∞`. DLMF 5.15.1.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{polygamma, trigamma};
    /// assert_eq!(trigamma(3.5), polygamma(1, 3.5));
    /// ```
    trigamma(x);
    /// The exponential integral `E₁(x) = ∫ exp(-t)/t dt` from `x` to `∞`, for positive numbers.
    ///
    /// First derivative `-exp(-x)/x`, second `exp(-x) (x+1)/x²`.
    /// `∞` at `±0` with slope `-∞`, 0 at `∞`, NaN left of 0. All digits in the tail and next to 0. DLMF 6.2.1.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{expint_e1, value_and_derivative};
    /// assert_eq!(value_and_derivative(expint_e1, 0.5), (0.5597735947761608, -1.2130613194252668));
    /// ```
    #[doc(alias = "exp1")]
    expint_e1(x);
    /// The exponential integral `Ei(x) = -∫ exp(-t)/t dt` from `-x` to `∞`, of which the principal value is taken right of 0.
    ///
    /// First derivative `exp(x)/x`, second `exp(x) (x-1)/x²`.
    /// Left of 0 it is `-E₁(-x)`, [`expint_e1`]. `-∞` at `±0` with slope `±∞`; `∞` at `∞` and beyond 716 by overflow, 0 at `-∞`. All
    /// digits next to its root 0.3725 too. DLMF 6.2.5.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{expint_e1, expint_ei, second_derivative};
    /// assert_eq!(expint_ei(1.0), 1.8951178163559368);
    /// assert_eq!(expint_ei(-2.0), -expint_e1(2.0));
    /// assert_eq!(second_derivative(expint_ei, 1.0), 0.0);
    /// ```
    #[doc(alias = "expi")]
    expint_ei(x);
    /// The beta function `B(x, y) = Γ(x)Γ(y)/Γ(x+y)` of positive numbers.
    ///
    /// Derivatives `B(x, y) (ψ(x) - ψ(x+y))` by `x` and `B(x, y) (ψ(y) - ψ(x+y))` by `y`, of [`digamma`].
    /// `∞` where one of them is 0, 0 where one is infinite, NaN where one is negative. DLMF 5.12.1.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{beta, gradient};
    /// assert_eq!(beta(2.0, 3.0), 1.0 / 12.0);
    /// let [dx, dy] = gradient(|[x, y]| beta(x, y), [2.0_f64, 3.0]);
    /// assert!((dx + 13.0 / 144.0).abs() < 1e-16 && (dy + 7.0 / 144.0).abs() < 1e-16);
    /// ```
    beta(x, y);
    /// The logarithm of the beta function, `ln Γ(x) + ln Γ(y) - ln Γ(x+y)`, without the cancellation of these terms.
    ///
    /// Derivatives `ψ(x) - ψ(x+y)` by `x` and `ψ(y) - ψ(x+y)` by `y`, of [`digamma`].
    /// `∞` where one of them is 0, `-∞` where one is infinite, NaN where one is negative. DLMF 5.12.1.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{gradient, ln_beta};
    /// assert_eq!(gradient(|[x, y]| ln_beta(x, y), [1e10, 1.0]), [-1e-10, -23.603066594891988]);
    /// ```
    ln_beta(x, y);
    /// The Bessel function of the first kind of order 0, `J₀(x)`.
    ///
    /// First derivative `-J₁(x)`, second `(J₂(x) - J₀(x))/2`.
    /// Even; 0 at `±∞`. DLMF 10.2.2.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{bessel_j0, bessel_j1, derivative, second_derivative};
    /// assert_eq!(derivative(bessel_j0, 2.5), -bessel_j1(2.5));
    /// assert_eq!(second_derivative(bessel_j0, 0.0), -0.5);
    /// ```
    #[doc(alias = "j0")]
    bessel_j0(x);
    /// The Bessel function of the first kind of order 1, `J₁(x)`.
    ///
    /// First derivative `(J₀(x) - J₂(x))/2`, second `(J₃(x) - 3J₁(x))/4`.
    /// Odd; 0 at `±∞`. DLMF 10.2.2.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{bessel_j1, value_and_derivative};
    /// assert_eq!(value_and_derivative(bessel_j1, 2.5), (0.49709410246427405, -0.2472214174539076));
    /// ```
    #[doc(alias = "j1")]
    bessel_j1(x);
    /// The Bessel function of the second kind of order 0, `Y₀(x)`, for positive numbers.
    ///
    /// First derivative `-Y₁(x)`, second `-Y₀(x) + Y₁(x)/x`.
    /// `-∞` at 0 with slope `∞`, 0 at `∞`, NaN left of 0. DLMF 10.8.2.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{bessel_y0, bessel_y1, derivative};
    /// assert_eq!(derivative(bessel_y0, 2.5), -bessel_y1(2.5));
    /// ```
    #[doc(alias = "y0")]
    bessel_y0(x);
    /// The Bessel function of the second kind of order 1, `Y₁(x)`, for positive numbers.
    ///
    /// First derivative `Y₀(x) - Y₁(x)/x`, second `-Y₁(x)(1 - 2/x²) - Y₀(x)/x`.
    /// `-∞` at 0 with slope `∞`, 0 at `∞`, NaN left of 0. DLMF 10.8.1.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{bessel_y1, value_and_derivative};
    /// assert_eq!(value_and_derivative(bessel_y1, 2.5), (0.1459181379667858, 0.43970310442851757));
    /// ```
    #[doc(alias = "y1")]
    bessel_y1(x);
    /// The modified Bessel function of the first kind of order 0, `I₀(x)`.
    ///
    /// First derivative `I₁(x)`, second `(I₀(x) + I₂(x))/2`.
    /// Even; `∞` at `±∞`, and beyond 713 by overflow. DLMF 10.25.2.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{bessel_i0, bessel_i1, derivative};
    /// assert_eq!(derivative(bessel_i0, 2.5), bessel_i1(2.5));
    /// ```
    #[doc(alias = "i0")]
    bessel_i0(x);
    /// The modified Bessel function of the first kind of order 1, `I₁(x)`.
    ///
    /// First derivative `(I₀(x) + I₂(x))/2`, second `(I₃(x) + 3I₁(x))/4`.
    /// Odd; `±∞` at `±∞`, and beyond 713 by overflow. DLMF 10.25.2.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{bessel_i1, value_and_derivative};
    /// assert_eq!(value_and_derivative(bessel_i1, 2.5), (2.5167162452886984, 2.283152645934644));
    /// ```
    #[doc(alias = "i1")]
    bessel_i1(x);
    /// The spherical Bessel function of the first kind of order 0, `sin(x)/x`.
    ///
    /// First derivative `-j₁(x)`, second `(2j₂(x) - j₀(x))/3`.
    /// Even; 1 at 0, 0 at `±∞`. DLMF 10.49.3.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{derivative, spherical_j0, spherical_j1};
    /// assert_eq!(derivative(spherical_j0, 0.1), -spherical_j1(0.1));
    /// ```
    spherical_j0(x);
    /// The spherical Bessel function of the first kind of order 1, `(sin(x)/x - cos x)/x`.
    ///
    /// First derivative `(j₀(x) - 2j₂(x))/3`, second `(2j₃(x) - 3j₁(x))/5`.
    /// Odd; 0 at 0 and at `±∞`. DLMF 10.49.3.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{spherical_j1, value_and_derivative};
    /// assert_eq!(value_and_derivative(spherical_j1, 0.0), (0.0, 1.0 / 3.0));
    /// ```
    spherical_j1(x);
    /// The spherical Bessel function of the first kind of order 2, `(3/x² - 1) sin(x)/x - 3 cos(x)/x²`.
    ///
    /// First derivative `(2j₁(x) - 3j₃(x))/5`, second `2j₀(x)/15 - 11j₂(x)/21 + 12j₄(x)/35`.
    /// Even; 0 at 0 and at `±∞`. DLMF 10.49.3.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{second_derivative, spherical_j2};
    /// assert_eq!(second_derivative(spherical_j2, 0.0), 2.0 / 15.0);
    /// ```
    spherical_j2(x);
}

macro_rules! define_indexed_functions {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[inline]
            pub fn $name<T: Special>(n: i32, x: T) -> T {
                x.$name(n)
            }

            define_sibling! { $name:
                pub fn lift<S: Scalar>(n: i32, x: S) -> S {
                    x.$name(n)
                }
            }
        )*
    };
}

define_indexed_functions! {
    /// The polygamma function `ψ⁽ⁿ⁾(x)`, the derivative of order `n` of [`digamma`]; the method has the order last, `x.polygamma(n)`.
    ///
    /// First derivative `ψ⁽ⁿ⁺¹⁾(x)`, second `ψ⁽ⁿ⁺²⁾(x)`.
    /// Also left of 0. At `±0` infinite; NaN at the negative integers, at `-∞`, and for negative `n`. DLMF 5.15.1.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{derivative, polygamma};
    /// assert_eq!(derivative(|x| polygamma(2, x), 0.5), polygamma(3, 0.5));
    /// ```
    polygamma;
    /// The Bessel function of the first kind of integer order, `Jₙ(x)`; the method has the order last, `x.bessel_jn(n)`.
    ///
    /// First derivative `(Jₙ₋₁(x) - Jₙ₊₁(x))/2`, second `(Jₙ₋₂(x) - 2Jₙ(x) + Jₙ₊₂(x))/4`.
    /// Of any order: `J₋ₙ(x) = (-1)ⁿ Jₙ(x)`, and `Jₙ(-x)` is the same. 0 at `±∞`. Takes as many steps as the larger of `n` and some
    /// thirty. DLMF 10.2.2.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{bessel_jn, derivative};
    /// let slope = derivative(|x| bessel_jn(3, x), 2.5);
    /// assert_eq!(slope, 0.5 * (bessel_jn(2, 2.5) - bessel_jn(4, 2.5)));
    /// ```
    #[doc(alias = "jn")]
    bessel_jn;
    /// The Bessel function of the second kind of integer order, `Yₙ(x)`, for positive numbers; the method has the order last,
    /// `x.bessel_yn(n)`.
    ///
    /// First derivative `(Yₙ₋₁(x) - Yₙ₊₁(x))/2`, second `(Yₙ₋₂(x) - 2Yₙ(x) + Yₙ₊₂(x))/4`.
    /// Of any order: `Y₋ₙ(x) = (-1)ⁿ Yₙ(x)`. Infinite at 0, 0 at `∞`, NaN left of 0. DLMF 10.8.1.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{bessel_yn, derivative};
    /// assert_eq!(bessel_yn(3, 2.5), -0.756055496753671);
    /// let slope = derivative(|x| bessel_yn(3, x), 2.5);
    /// assert_eq!(slope, 0.5 * (bessel_yn(2, 2.5) - bessel_yn(4, 2.5)));
    /// ```
    #[doc(alias = "yn")]
    bessel_yn;
    /// The modified Bessel function of the first kind of integer order, `Iₙ(x)`; the method has the order last, `x.bessel_in(n)`.
    ///
    /// First derivative `(Iₙ₋₁(x) + Iₙ₊₁(x))/2`, second `(Iₙ₋₂(x) + 2Iₙ(x) + Iₙ₊₂(x))/4`.
    /// Of any order: `I₋ₙ(x) = Iₙ(x)`, and `Iₙ(-x) = (-1)ⁿ Iₙ(x)`. Infinite at `±∞`. DLMF 10.25.2.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{bessel_in, derivative};
    /// assert_eq!(bessel_in(3, 2.5), 0.4743704087780356);
    /// let slope = derivative(|x| bessel_in(3, x), 2.5);
    /// assert_eq!(slope, 0.5 * (bessel_in(2, 2.5) + bessel_in(4, 2.5)));
    /// ```
    #[doc(alias = "in")]
    bessel_in;
    /// The spherical Bessel function of the first kind, `jₙ(x) = √(π/(2x)) J(n+½, x)`; the method has the order last,
    /// `x.spherical_jn(n)`.
    ///
    /// First derivative `(n jₙ₋₁(x) - (n+1) jₙ₊₁(x))/(2n+1)`.
    /// `jₙ(-x) = (-1)ⁿ jₙ(x)`; 0 at `±∞`; NaN for negative `n`. DLMF 10.47.3.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{derivative, spherical_jn};
    /// assert_eq!(spherical_jn(3, 2.5), 0.10392046970240394);
    /// assert_eq!(derivative(|x| spherical_jn(1, x), 0.0), 1.0 / 3.0);
    /// ```
    spherical_jn;
}
