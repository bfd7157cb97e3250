//! The functions of two arguments: one row each.
//!
//! A row reads `name "summary" "formula" on "domain": |x, y, u| dx; dy; dxx; dxy; dyy;` where `u` is the value, which
//! itself is `T`'s own method `name`. The last three are numbers or `Factors`, see `curvature`. A row that ends in `, choice` picks from its arguments: one of slope 0 is left out.

pub(super) mod extremum;
pub(super) mod integer_power;
pub(super) mod logarithm;
pub(super) mod polar;
pub(super) mod power;
pub(crate) mod quotient;
pub(super) mod remainder;

macro_rules! for_each_binary {
    ($apply:ident $($context:tt)*) => { $apply! { $($context)*
        powf "power" "x^y; dx = y x^(y-1), dy = x^y ln x" on "x ≥ 0, or integer y": |x, y, u|
            power::dx(x, y, u); power::dy(x, y, u); power::dxx(x, y, u); power::dxy(x, y, u); power::dyy(x, y, u);
        log "logarithm to a base" "ln x / ln y; dx = 1/(x ln y), dy = -log(x, y)/(y ln y)" on "x ≥ 0, y > 0": |x, y, u|
            y.ln().recip() / x.abs();
            -(u / y.ln() / y);
            Factors(y.ln().recip() / x.abs(), -x.abs().recip());
            logarithm::dxy(x.abs(), y).times(-1.0);
            Factors(u / y.ln() / y, (T::one() + T::literal(2.0) / y.ln()) / y);
        hypot "distance from the origin" "√(x²+y²); dx = x/u, dy = y/u; 0 at the origin" on "(-∞, ∞)²": |x, y, u|
            polar::cosine(x, y);
            polar::cosine(y, x);
            polar::hypot_dxx(x, y);
            polar::hypot_dxy(x, y);
            polar::hypot_dxx(y, x);
        atan2 "angle of the point (other, self)" "atan2(x, y); dx = y/(x²+y²), dy = -x/(x²+y²); NaN at the origin" on "(-∞, ∞)²": |x, y, u|
            polar::over_square(y, x);
            -polar::over_square(x, y);
            polar::angle_curvature(x, y).times(-2.0);
            polar::angle_mixed(x, y);
            polar::angle_curvature(x, y).times(2.0);
        max "larger of two" "1 for the larger, ½ each at a tie; a NaN operand gives way to the other" on "(-∞, ∞)²": |x, y, u|
            extremum::weight(x, y, x > y); extremum::weight(y, x, y > x); T::zero(); T::zero(); T::zero(), choice;
        min "smaller of two" "1 for the smaller, ½ each at a tie; a NaN operand gives way to the other" on "(-∞, ∞)²": |x, y, u|
            extremum::weight(x, y, x < y); extremum::weight(y, x, y < x); T::zero(); T::zero(); T::zero(), choice;
        copysign "magnitude of x with the sign of y" "dx = sign(x) sign(y), dy = 0" on "(-∞, ∞)²": |x, y, u|
            if x.is_sign_negative() == y.is_sign_negative() { T::one() } else { -T::one() };
            T::zero(); T::zero(); T::zero(); T::zero(), choice;
        abs_sub "positive difference" "max(x-y, 0); dx = 1, dy = -1 for x > y, else 0" on "(-∞, ∞)²": |x, y, u|
            if x > y { T::one() } else { T::zero() };
            if x > y { -T::one() } else { T::zero() };
            T::zero(); T::zero(); T::zero(), choice;
        midpoint "midpoint" "(x+y)/2" on "(-∞, ∞)²": |x, y, u|
            T::literal(0.5); T::literal(0.5); T::zero(); T::zero(); T::zero();
        rem_euclid "Euclidean remainder" "x - n y; dx = 1, dy = -n" on "y ≠ 0": |x, y, u|
            T::one(); remainder::dy(x, y, u); T::zero(); T::zero(); T::zero();
        div_euclid "Euclidean quotient" "n; derivatives 0" on "y ≠ 0": |x, y, u|
            T::zero(); T::zero(); T::zero(); T::zero(); T::zero();
    } };
}
pub(crate) use for_each_binary;

/// The operators `/` and `%` are rows as well; they have no method.
macro_rules! for_each_operator {
    ($apply:ident $($context:tt)*) => { $apply! { $($context)*
        div "quotient" "x/y; dx = 1/y, dy = -x/y²" on "y ≠ 0": |x, y, u|
            y.recip();
            quotient::slope(x, y, u);
            T::zero();
            Factors(y.recip(), -y.recip());
            quotient::cube(x, y).times(2.0);
        rem "remainder" "x - n y; dx = 1, dy = -n" on "y ≠ 0": |x, y, u|
            T::one(); remainder::dy(x, y, u); T::zero(); T::zero(); T::zero();
    } };
}
pub(crate) use for_each_operator;
