//! The special functions: rows, and values of our own or of `libm`.
//!
//! A row reads as one of the activations, without the value: that is the function `kernel` has, of doubles. Single precision goes
//! through double. The formulas are of the functions themselves, so every order follows by nesting.

pub(crate) mod formula;
mod kernel;
mod scalar;

pub use scalar::Special;

use super::{BinaryRow, Curvature, IndexedRow, RuleInfo, Scalar, UnaryRow, is_told};

/// Rows of one argument: `name "summary" "value" "first" "second" on "domain" from "source": |x, u, d| first, second;`, where `u` is
/// the value and `d` the first derivative; with `, told` as in `for_each_unary`.
macro_rules! for_each_special {
    ($apply:ident $($context:tt)*) => { $apply! { $($context)*
        // The normal distribution
        erf "error function" "2/√π ∫ exp(-t²) dt from 0 to x" "2/√π exp(-x²)" "-4x/√π exp(-x²)" on "(-∞, ∞)" from "DLMF 7.2.1": |x, u, d|
            f::bell(x, 0, T::FRAC_2_SQRT_PI()), f::erf_second(x, d), told;
        erfc "complementary error function" "1 - erf(x)" "-2/√π exp(-x²)" "4x/√π exp(-x²)" on "(-∞, ∞)" from "DLMF 7.2.2": |x, u, d|
            f::bell(x, 0, -T::FRAC_2_SQRT_PI()), f::erf_second(x, d), told;
        norm_pdf "density of the standard normal distribution" "exp(-x²/2)/√(2π)" "-x φ(x)" "(x²-1) φ(x)" on "(-∞, ∞)" from "DLMF 7.1": |x, u, d|
            f::density_times(x, u, -x), f::density_times(x, u, (x - T::one()) * (x + T::one())), told;
        norm_cdf "distribution function of the standard normal distribution" "½ erfc(-x/√2)" "φ(x)" "-x φ(x)" on "(-∞, ∞)" from "DLMF 7.2.2": |x, u, d|
            x.norm_pdf(), f::density_times(x, d, -x), told;
        inv_norm_cdf "quantile of the standard normal distribution" "-√2 erfc⁻¹(2x)" "1/φ(u)" "u/φ(u)²" on "[0, 1]" from "DLMF 7.17": |x, u, d|
            x.inv_norm_cdf_slope(u), Factors(d, u * d), told;
        gelu "Gaussian error linear unit" "x Φ(x)" "Φ(x) + x φ(x)" "(2-x²) φ(x)" on "(-∞, ∞)" from "Hendrycks and Gimpel 2016": |x, u, d|
            x.norm_cdf() + f::density_times(x, x.norm_pdf(), x), f::density_times(x, x.norm_pdf(), T::literal(2.0) - x * x), told;
        gelu_tanh "Gaussian error linear unit in its tanh form" "x/2 (1 + tanh(√(2/π) (x + 0.044715 x³))) = x σ(q)" "σ(q) + x q' σ'(q) with q = 2√(2/π) (x + 0.044715 x³)" "(2q' + x q'') σ'(q) + x q'² σ''(q)" on "(-∞, ∞)" from "Hendrycks and Gimpel 2016": |x, u, d|
            x.gelu_tanh_derivative(1), x.gelu_tanh_derivative(2), told;
        mish "mish" "x tanh(ln(1+exp(x)))" "n/(n+2) + 4x e(e+1)/(n+2)² with e = exp(x), n = e² + 2e" "4e (2(e+1)(n+2) + x (2+2e-3e²-2e³))/(n+2)³" on "(-∞, ∞)" from "Misra 2019": |x, u, d|
            f::mish_first(x), f::mish_second(x), told;
        // The gamma function
        gamma "gamma function" "∫ t^(x-1) exp(-t) dt from 0 to ∞" "Γ(x) ψ(x)" "Γ(x) (ψ(x)² + ψ'(x))" on "x ≠ 0, -1, -2, ..." from "DLMF 5.2.1": |x, u, d|
            f::gamma_first(x, u), f::steep(x, d, 2.0, || f::gamma_second(x, u)), told;
        ln_gamma "logarithm of the absolute value of the gamma function" "ln |Γ(x)|" "ψ(x)" "ψ'(x)" on "x ≠ 0, -1, -2, ..." from "DLMF 5.2.1": |x, u, d|
            x.digamma(), f::steep(x, d, 1.0, || x.trigamma()), told;
        digamma "digamma function, the logarithmic derivative of the gamma function" "ψ(x) = Γ'(x)/Γ(x)" "ψ'(x)" "ψ''(x)" on "x ≠ 0, -1, -2, ..." from "DLMF 5.2.2": |x, u, d|
            x.trigamma(), f::steep(x, d, 2.0, || x.polygamma(2)), told;
        trigamma "trigamma function, the derivative of the digamma function" "ψ'(x)" "ψ''(x)" "ψ'''(x)" on "x ≠ 0, -1, -2, ..." from "DLMF 5.15.1": |x, u, d|
            x.polygamma(2), f::steep(x, d, 3.0, || x.polygamma(3)), told;
        // The exponential integrals
        expint_e1 "exponential integral E₁" "∫ exp(-t)/t dt from x to ∞" "-exp(-x)/x" "exp(-x) (x+1)/x²" on "[0, ∞)" from "DLMF 6.2.1": |x, u, d|
            f::exponential_over(-x.abs()), f::steep(x.abs(), d, 1.0, || -(d * f::one_less_inverse(-x.abs())));
        expint_ei "exponential integral Ei" "-∫ exp(-t)/t dt from -x to ∞, its principal value" "exp(x)/x" "exp(x) (x-1)/x²" on "x ≠ 0" from "DLMF 6.2.5": |x, u, d|
            f::exponential_over(x), f::steep(x, d, 1.0, || d * f::one_less_inverse(x)), told;
        // Bessel functions
        bessel_j0 "Bessel function of the first kind of order 0" "J₀(x)" "-J₁(x)" "(J₂(x) - J₀(x))/2" on "(-∞, ∞)" from "DLMF 10.2.2": |x, u, d|
            -x.bessel_j1(), f::j0_second(x, u, d), told;
        bessel_j1 "Bessel function of the first kind of order 1" "J₁(x)" "(J₀(x) - J₂(x))/2" "(J₃(x) - 3J₁(x))/4" on "(-∞, ∞)" from "DLMF 10.2.2": |x, u, d|
            f::j1_first(x, u), f::j1_second(x, u, d), told;
        bessel_y0 "Bessel function of the second kind of order 0" "Y₀(x)" "-Y₁(x)" "-Y₀(x) + Y₁(x)/x" on "[0, ∞)" from "DLMF 10.8.2": |x, u, d|
            -x.bessel_y1(), f::steep(x.abs(), d, 1.0, || -(u + d / x)), told;
        bessel_y1 "Bessel function of the second kind of order 1" "Y₁(x)" "Y₀(x) - Y₁(x)/x" "-Y₁(x)(1 - 2/x²) - Y₀(x)/x" on "[0, ∞)" from "DLMF 10.8.1": |x, u, d|
            f::y1_first(x, u), f::steep(x.abs(), d, 2.0, || f::order_one_second(x, u, d)), told;
        bessel_i0 "modified Bessel function of the first kind of order 0" "I₀(x)" "I₁(x)" "(I₀(x) + I₂(x))/2" on "(-∞, ∞)" from "DLMF 10.25.2": |x, u, d|
            x.bessel_i1(), f::i0_second(x, u, d), told;
        bessel_i1 "modified Bessel function of the first kind of order 1" "I₁(x)" "(I₀(x) + I₂(x))/2" "(I₃(x) + 3I₁(x))/4" on "(-∞, ∞)" from "DLMF 10.25.2": |x, u, d|
            f::i1_first(x, u), f::i1_second(x, u, d), told;
        spherical_j0 "spherical Bessel function of the first kind of order 0" "sin(x)/x, 1 at 0" "-j₁(x)" "(2j₂(x) - j₀(x))/3" on "(-∞, ∞)" from "DLMF 10.49.3": |x, u, d|
            f::spherical_first(x, 0), f::spherical_second(x, 0), told;
        spherical_j1 "spherical Bessel function of the first kind of order 1" "(sin(x)/x - cos x)/x, 0 at 0" "(j₀(x) - 2j₂(x))/3" "(2j₃(x) - 3j₁(x))/5" on "(-∞, ∞)" from "DLMF 10.49.3": |x, u, d|
            f::spherical_first(x, 1), f::spherical_second(x, 1), told;
        spherical_j2 "spherical Bessel function of the first kind of order 2" "(3/x² - 1) sin(x)/x - 3 cos(x)/x², 0 at 0" "(2j₁(x) - 3j₃(x))/5" "2j₀(x)/15 - 11j₂(x)/21 + 12j₄(x)/35" on "(-∞, ∞)" from "DLMF 10.49.3": |x, u, d|
            f::spherical_first(x, 2), f::spherical_second(x, 2), told;
    } };
}
pub(crate) use for_each_special;

/// Rows of one argument and an integer: `|x, n, u, d| first, second;`
macro_rules! for_each_indexed_special {
    ($apply:ident $($context:tt)*) => { $apply! { $($context)*
        polygamma "polygamma function of order n" "ψ⁽ⁿ⁾(x)" "ψ⁽ⁿ⁺¹⁾(x)" "ψ⁽ⁿ⁺²⁾(x)" on "x ≠ 0, -1, -2, ..., n ≥ 0" from "DLMF 5.15.1": |x, n, u, d|
            x.polygamma(n.saturating_add(1)),
            f::steep(x, d, f64::from(n) + 2.0, || x.polygamma(n.saturating_add(2)));
        bessel_jn "Bessel function of the first kind of order n" "Jₙ(x)" "(Jₙ₋₁(x) - Jₙ₊₁(x))/2" "(Jₙ₋₂(x) - 2Jₙ(x) + Jₙ₊₂(x))/4" on "(-∞, ∞)" from "DLMF 10.2.2": |x, n, u, d|
            f::bessel_first(x, n, -1.0, T::bessel_jn), f::bessel_second(x, n, u, -1.0, T::bessel_jn);
        bessel_yn "Bessel function of the second kind of order n" "Yₙ(x)" "(Yₙ₋₁(x) - Yₙ₊₁(x))/2" "(Yₙ₋₂(x) - 2Yₙ(x) + Yₙ₊₂(x))/4" on "[0, ∞)" from "DLMF 10.8.1": |x, n, u, d|
            f::yn_first(x, n, u), f::yn_second(x, n, u, d);
        bessel_in "modified Bessel function of the first kind of order n" "Iₙ(x)" "(Iₙ₋₁(x) + Iₙ₊₁(x))/2" "(Iₙ₋₂(x) + 2Iₙ(x) + Iₙ₊₂(x))/4" on "(-∞, ∞)" from "DLMF 10.25.2": |x, n, u, d|
            f::bessel_first(x, n, 1.0, T::bessel_in), f::bessel_second(x, n, u, 1.0, T::bessel_in);
        spherical_jn "spherical Bessel function of the first kind of order n" "jₙ(x)" "(n jₙ₋₁(x) - (n+1) jₙ₊₁(x))/(2n+1)" "the same, twice" on "(-∞, ∞), n ≥ 0" from "DLMF 10.47.3": |x, n, u, d|
            f::spherical_first(x, n), f::spherical_second(x, n);
    } };
}
pub(crate) use for_each_indexed_special;

/// Rows of two arguments, as in `for_each_binary`.
macro_rules! for_each_binary_special {
    ($apply:ident $($context:tt)*) => { $apply! { $($context)*
        beta "beta function" "Γ(x)Γ(y)/Γ(x+y); dx = B(x, y) (ψ(x) - ψ(x+y)), dy likewise" on "[0, ∞)²" from "DLMF 5.12.1": |x, y, u|
            u * x.polygamma_difference(y, 0);
            u * y.polygamma_difference(x, 0);
            f::beta_second(x, y, u);
            u * x.beta_mixed(y);
            f::beta_second(y, x, u);
        ln_beta "logarithm of the beta function" "ln B(x, y); dx = ψ(x) - ψ(x+y), dy likewise" on "[0, ∞)²" from "DLMF 5.12.1": |x, y, u|
            x.polygamma_difference(y, 0);
            y.polygamma_difference(x, 0);
            f::ln_beta_second(x, y);
            -(x + y).trigamma();
            f::ln_beta_second(y, x);
    } };
}
pub(crate) use for_each_binary_special;

/// Functions that the rows need and nobody else: not in [`RULES`](crate::RULES).
macro_rules! for_each_hidden_special {
    ($apply:ident $($context:tt)*) => { $apply! { $($context)*
        gauss "bell curve" "exp(-x²/2ⁿ)" "-2¹⁻ⁿ x exp(-x²/2ⁿ)" "(4¹⁻ⁿ x² - 2¹⁻ⁿ) exp(-x²/2ⁿ)" on "(-∞, ∞), n = 0 or 1" from "": |x, n, u, d|
            f::bell(x, n, f::fall(x, n)), f::bell(x, n, f::second_fall(x, n));
        raised_gauss "bell curve times 2⁶⁰" "2⁶⁰ exp(-x²/2ⁿ)" "-2¹⁻ⁿ x exp(-x²/2ⁿ)" "(4¹⁻ⁿ x² - 2¹⁻ⁿ) exp(-x²/2ⁿ)" on "(-∞, ∞), n = 0 or 1" from "": |x, n, u, d|
            f::fall(x, n) * u, f::second_fall(x, n) * u;
        gelu_tanh_derivative "derivative of order n of the tanh form of the Gaussian error linear unit" "f⁽ⁿ⁾(x)" "f⁽ⁿ⁺¹⁾(x)" "f⁽ⁿ⁺²⁾(x)" on "(-∞, ∞)" from "": |x, n, u, d|
            x.gelu_tanh_derivative(n.saturating_add(1)), x.gelu_tanh_derivative(n.saturating_add(2));
        gamma_derivative "derivative of order n of the gamma function" "Γ⁽ⁿ⁾(x)" "Γ⁽ⁿ⁺¹⁾(x)" "Γ⁽ⁿ⁺²⁾(x)" on "x ≠ 0, -1, -2, ..." from "": |x, n, u, d|
            x.gamma_derivative(n.saturating_add(1)), x.gamma_derivative(n.saturating_add(2));
    } };
}
pub(crate) use for_each_hidden_special;

macro_rules! define_special {
    ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal from $source:literal: |$x:ident, $u:ident, $d:ident|
        $f1:expr, $f2:expr $(, $mark:ident)?;)*) => {
        $(
            #[allow(unused_imports, unused_variables)]
            pub(crate) mod $name {
                use super::{Curvature, Scalar, Special, formula as f};
                use crate::rules::Factors;
                unary_formulas!(|$x, $u, $d| $f1, $f2 $(, $mark)?);
                unary_row!(|x| Special::$name(x));
            }
        )*
        pub const UNARY: &[RuleInfo] = &[$(RuleInfo {
            name: stringify!($name), summary: $summary, arity: 1,
            formula: concat!($first, "; ", $second), domain: $domain, source: $source,
        }),*];
    };
}
for_each_special!(define_special);

macro_rules! indexed_formulas {
    (|$x:ident, $n:ident, $u:ident, $d:ident| $f1:expr, $f2:expr) => {
        use super::{Curvature, Scalar, formula as f};
        #[inline]
        pub fn first<T: Scalar>($x: T, $n: i32, $u: T) -> T {
            $f1
        }
        #[inline]
        pub fn second<T: Scalar>($x: T, $n: i32, $u: T, $d: T) -> impl Curvature<T> {
            $f2
        }
    };
}

macro_rules! define_indexed_special {
    ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal from $source:literal: |$x:ident, $n:ident, $u:ident, $d:ident|
        $f1:expr, $f2:expr;)*) => {
        $(
            #[allow(unused_imports, unused_variables)]
            pub(crate) mod $name {
                indexed_formulas!(|$x, $n, $u, $d| $f1, $f2);
                pub struct Row;
                impl super::IndexedRow for Row {
                    #[inline]
                    fn value<T: Scalar>(x: T, n: i32) -> T { x.$name(n) }
                    #[inline]
                    fn first<T: Scalar>(x: T, n: i32, u: T) -> T { first(x, n, u) }
                    #[inline]
                    fn second<T: Scalar>(x: T, n: i32, u: T, d: T) -> impl Curvature<T> { second(x, n, u, d) }
                }
            }
        )*
        pub const INDEXED: &[RuleInfo] = &[$(RuleInfo {
            name: stringify!($name), summary: $summary, arity: 1,
            formula: concat!($first, "; ", $second), domain: $domain, source: $source,
        }),*];
    };
}
for_each_indexed_special!(define_indexed_special);

macro_rules! define_hidden_special {
    ($($name:ident $summary:literal $value:literal $first:literal $second:literal on $domain:literal from $source:literal: |$x:ident, $n:ident, $u:ident, $d:ident|
        $f1:expr, $f2:expr;)*) => {
        $(
            #[allow(unused_imports, unused_variables)]
            pub(crate) mod $name {
                indexed_formulas!(|$x, $n, $u, $d| $f1, $f2);
            }
        )*
    };
}
for_each_hidden_special!(define_hidden_special);

macro_rules! define_binary_special {
    ($($name:ident $summary:literal $formula:literal on $domain:literal from $source:literal: |$x:ident, $y:ident, $u:ident|
        $dx:expr; $dy:expr; $dxx:expr; $dxy:expr; $dyy:expr;)*) => {
        $(
            #[allow(unused_variables)]
            pub(crate) mod $name {
                use super::{Curvature, Scalar, Special, formula as f};
                define_slopes! {
                    (dx |$x, $y, $u| $dx) -> T; (dy |$x, $y, $u| $dy) -> T;
                    (dxx |$x, $y, $u| $dxx) -> impl Curvature<T>;
                    (dxy |$x, $y, $u| $dxy) -> impl Curvature<T>;
                    (dyy |$x, $y, $u| $dyy) -> impl Curvature<T>;
                }
                binary_row!(|x, y| Special::$name(x, y));
            }
        )*
        pub const BINARY: &[RuleInfo] = &[$(RuleInfo {
            name: stringify!($name), summary: $summary, arity: 2, formula: $formula, domain: $domain, source: $source,
        }),*];
    };
}
for_each_binary_special!(define_binary_special);

/// `ψ⁽ⁿ⁾(x) - ψ⁽ⁿ⁾(x+y)`, the one row with two arguments and an integer.
pub(crate) mod polygamma_difference {
    use super::{Curvature, Scalar};
    #[inline]
    pub fn dx<T: Scalar>(x: T, y: T, n: i32) -> T {
        x.polygamma_difference(y, n.saturating_add(1))
    }
    #[inline]
    pub fn dy<T: Scalar>(x: T, y: T, n: i32) -> T {
        -(x + y).polygamma(n.saturating_add(1))
    }
    #[inline]
    pub fn dxx<T: Scalar>(x: T, y: T, n: i32) -> impl Curvature<T> {
        x.polygamma_difference(y, n.saturating_add(2))
    }
    /// By both, and twice by the second.
    #[inline]
    pub fn dy_again<T: Scalar>(x: T, y: T, n: i32) -> impl Curvature<T> {
        -(x + y).polygamma(n.saturating_add(2))
    }
}

/// `1/φ(u)` at the quantile `u`, which moves with its own slope.
pub(crate) mod inv_norm_cdf_slope {
    use super::Scalar;
    /// `u/φ(u)²`
    #[inline]
    pub fn first<T: Scalar>(u: T, slope: T) -> T {
        u * slope * slope
    }
    /// `(1+2u²)/φ(u)³`
    #[inline]
    pub fn second<T: Scalar>(u: T, slope: T) -> T {
        (T::one() + T::literal(2.0) * u * u) * slope * slope * slope
    }
}
