//! The functions of one argument: one row each.
//!
//! A row reads `name "summary" "first" "second" on "domain": |x, u, d| first, second;` where `x` is the argument, `u`
//! the value and `d` the first derivative. The value itself is `T`'s own method `name`. A second derivative that leaves the range of
//! floats where the first does not is given as `Factors(a, b)`, most often `d` and the rate at which it falls. A row that ends in
//! `, choice` picks among its argument and constants: where its slope is 0, the argument is left out. In a row that ends in `, told`
//! the slope is NaN wherever the value is, so that nobody need look at the value.

macro_rules! for_each_unary {
    ($apply:ident $($context:tt)*) => { $apply! { $($context)*
        // Exponentials and logarithms
        exp "exponential" "exp(x)" "exp(x)" on "(-∞, ∞)": |x, u, d| u, d, told;
        exp2 "power of two" "ln 2 · 2^x" "ln² 2 · 2^x" on "(-∞, ∞)": |x, u, d|
            f::exp2_power(x, u, 1), if d.is_finite() { d * T::LN_2() } else { f::exp2_power(x, u, 2) }, told;
        exp_m1 "exponential minus one, exp(x) - 1" "exp(x)" "exp(x)" on "(-∞, ∞)": |x, u, d|
            if x > T::literal(-0.5) { u + T::one() } else { x.exp() }, d, told;
        ln "natural logarithm" "1/x" "-1/x²" on "[0, ∞)": |x, u, d| x.abs().recip(), Factors(d, -d);
        ln_1p "natural logarithm of 1 + x" "1/(1+x)" "-1/(1+x)²" on "[-1, ∞)": |x, u, d|
            (T::one() + x).recip(), Factors(d, -d);
        log2 "binary logarithm" "1/(x ln 2)" "-1/(x² ln 2)" on "[0, ∞)": |x, u, d|
            T::LOG2_E() / x.abs(), Factors(d, -x.abs().recip());
        log10 "decimal logarithm" "1/(x ln 10)" "-1/(x² ln 10)" on "[0, ∞)": |x, u, d|
            T::LOG10_E() / x.abs(), Factors(d, -x.abs().recip());
        // Roots and the reciprocal
        sqrt "square root" "1/(2√x)" "-1/(4x√x)" on "[0, ∞)": |x, u, d|
            T::literal(0.5) / u.abs(), Factors(d, T::literal(-0.5) / x.abs()), told;
        cbrt "cube root" "∛x/(3x)" "-2∛x/(9x²)" on "(-∞, ∞)": |x, u, d|
            f::cbrt_first(x, u), Factors(d, T::literal(-2.0 / 3.0) / x), told;
        recip "reciprocal" "-1/x²" "2/x³" on "x ≠ 0": |x, u, d| -(u * u), Factors(d, T::literal(-2.0) * u), told;
        // Trigonometry
        sin "sine" "cos x" "-sin x" on "(-∞, ∞)": |x, u, d| x.cos(), -u, told;
        cos "cosine" "-sin x" "-cos x" on "(-∞, ∞)": |x, u, d| -x.sin(), -u, told;
        tan "tangent" "1 + tan² x" "2 tan x (1 + tan² x)" on "x ≠ π/2 + kπ": |x, u, d|
            T::one() + u * u, T::literal(2.0) * u * d, told;
        asin "arc sine" "1/√(1-x²)" "x/√(1-x²)³" on "[-1, 1]": |x, u, d|
            f::one_minus_square(x).sqrt().recip(), f::arc_second(x), told;
        acos "arc cosine" "-1/√(1-x²)" "-x/√(1-x²)³" on "[-1, 1]": |x, u, d|
            -f::one_minus_square(x).sqrt().recip(), -f::arc_second(x), told;
        atan "arc tangent" "1/(1+x²)" "-2x/(1+x²)²" on "(-∞, ∞)": |x, u, d|
            f::atan_first(x), Factors(d, f::atan_fall(x)), told;
        // Hyperbolic functions
        sinh "hyperbolic sine" "cosh x" "sinh x" on "(-∞, ∞)": |x, u, d| x.cosh(), u, told;
        cosh "hyperbolic cosine" "sinh x" "cosh x" on "(-∞, ∞)": |x, u, d| x.sinh(), u, told;
        tanh "hyperbolic tangent" "1 - tanh² x" "-2 tanh x (1 - tanh² x)" on "(-∞, ∞)": |x, u, d|
            f::tanh_first(x, u), f::tanh_second(x, u, d), told;
        asinh "inverse hyperbolic sine" "1/√(1+x²)" "-x/√(1+x²)³" on "(-∞, ∞)": |x, u, d|
            f::asinh_first(x), Factors(d, f::asinh_fall(x)), told;
        acosh "inverse hyperbolic cosine" "1/√(x²-1)" "-x/√(x²-1)³" on "[1, ∞)": |x, u, d|
            f::acosh_first(x), Factors(d, f::acosh_fall(x));
        atanh "inverse hyperbolic tangent" "1/(1-x²)" "2x/(1-x²)²" on "[-1, 1]": |x, u, d|
            f::one_minus_square(x).recip(), f::atanh_second(x);
        // Pieces of lines
        abs "absolute value" "sign of x, 0 at 0" "0" on "(-∞, ∞)": |x, u, d| f::sign_or_zero(x), T::zero(), told;
        signum "sign" "0" "0" on "(-∞, ∞)": |x, u, d| T::zero(), T::zero(), choice;
        floor "largest integer not above x" "0" "0" on "(-∞, ∞)": |x, u, d| T::zero(), T::zero(), choice;
        ceil "smallest integer not below x" "0" "0" on "(-∞, ∞)": |x, u, d| T::zero(), T::zero(), choice;
        round "nearest integer, ties away from 0" "0" "0" on "(-∞, ∞)": |x, u, d| T::zero(), T::zero(), choice;
        round_ties_even "nearest integer, ties to even" "0" "0" on "(-∞, ∞)": |x, u, d| T::zero(), T::zero(), choice;
        trunc "integer part" "0" "0" on "(-∞, ∞)": |x, u, d| T::zero(), T::zero(), choice;
        fract "fractional part" "1" "0" on "(-∞, ∞)": |x, u, d| T::one(), T::zero();
        to_degrees "angle in degrees" "180/π" "0" on "(-∞, ∞)": |x, u, d| T::one().to_degrees(), T::zero();
        to_radians "angle in radians" "π/180" "0" on "(-∞, ∞)": |x, u, d| T::one().to_radians(), T::zero();
        next_up "next float above" "1" "0" on "(-∞, ∞)": |x, u, d| T::one(), T::zero();
        next_down "next float below" "1" "0" on "(-∞, ∞)": |x, u, d| T::one(), T::zero();
    } };
}
pub(crate) use for_each_unary;
