//! Oracle: the published table of conventions, row by row: values, first and second derivatives where calculus is silent.
//!
//! First derivatives by `Dual` and by `Dual<Dual>`, second ones by `HyperDual`, in both precisions.

use chainrule::{
    Activation, Dual, HyperDual, Jet, Primitive, Scalar, derivative, hessian, second_derivative,
};
use num_traits::Float;

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

/// A function of one number that is checked with every number type.
trait Function {
    fn call<S: Scalar>(&self, x: S) -> S;
}

#[track_caller]
fn check_in<P: Primitive>(what: &str, f: &impl Function, x: f64, wanted: [f64; 3]) {
    let x = <P as num_traits::NumCast>::from(x).unwrap();
    let dual = f.call(Dual::variable(x));
    let hyper = f.call(HyperDual::variable(x));
    let nested = f.call(Dual::variable(Dual::<P>::constant(x)));
    let got = [
        ("value", dual.re, 0),
        ("value", hyper.re, 0),
        ("value", nested.re.re, 0),
        ("first derivative", dual.derivative(), 1),
        ("first derivative", hyper.eps1, 1),
        ("first derivative", nested.derivative().re, 1),
        ("second derivative", hyper.eps1eps2, 2),
    ];
    for (part, got, order) in got {
        let wanted = <P as num_traits::NumCast>::from(wanted[order]).unwrap();
        // Nothing is close to an infinity: `inf <= inf` would pass anything.
        let close = wanted.is_finite()
            && (got - wanted).abs()
                <= wanted.abs() * P::epsilon() * <P as num_traits::NumCast>::from(4.0).unwrap();
        assert!(
            got == wanted || close || (got.is_nan() && wanted.is_nan()),
            "{what} at {x}: {part} {got}, not {wanted}"
        );
    }
}

/// A line: a function, and at which point it has which value, first and second derivative.
macro_rules! kinks {
    ($($(#[$note:meta])* $test:ident { $(|$x:ident, $c:ident| $body:expr, { $($at:expr => $value:expr, $first:expr, $second:expr);+ };)* })*) => {$(
        $(#[$note])*
        #[test]
        fn $test() {
            $({
                struct Case;
                impl Function for Case {
                    fn call<S: Scalar>(&self, $x: S) -> S {
                        #[allow(unused)]
                        let $c = |value: f64| <S as num_traits::NumCast>::from(value).unwrap();
                        $body
                    }
                }
                $(
                    check_in::<f64>(stringify!($body), &Case, $at, [$value, $first, $second]);
                    check_in::<f32>(stringify!($body), &Case, $at, [$value, $first, $second]);
                )+
            })*
        }
    )*};
}

kinks! {
    infinite_slopes_are_one_sided_limits_with_a_live_tangent {
        |x, c| x.sqrt(), { 0.0 => 0.0, INF, -INF; -0.0 => 0.0, INF, -INF };
        |x, c| x.cbrt(), { 0.0 => 0.0, INF, -INF; -0.0 => 0.0, INF, INF };
        |x, c| x.ln(), { 0.0 => -INF, INF, -INF; -0.0 => -INF, INF, -INF };
        |x, c| x.asin(), { 1.0 => 1f64.asin(), INF, INF; -1.0 => -1f64.asin(), INF, -INF };
        |x, c| x.acos(), { 1.0 => 0.0, -INF, -INF };
        |x, c| x.acosh(), { 1.0 => 0.0, INF, -INF };
        |x, c| x.atanh(), { 1.0 => INF, INF, INF };
        |x, c| x.logexpm1(), { 0.0 => -INF, INF, -INF; -0.0 => -INF, INF, -INF };
        |x, c| x.log1mexp(), { 0.0 => -INF, -INF, -INF; -0.0 => -INF, -INF, -INF };
    }
    outside_the_domain_live_tangents_are_nan {
        |x, c| x.acosh(), { -5.0 => NAN, NAN, NAN; 0.5 => NAN, NAN, NAN };
        |x, c| x.sqrt(), { -1.0 => NAN, NAN, NAN };
        |x, c| x.ln(), { -1.0 => NAN, NAN, NAN };
        |x, c| x.log2(), { -1.0 => NAN, NAN, NAN };
        |x, c| x.log10(), { -1.0 => NAN, NAN, NAN };
        |x, c| x.ln_1p(), { -2.0 => NAN, NAN, NAN };
        |x, c| x.asin(), { 1.5 => NAN, NAN, NAN };
        |x, c| x.acos(), { -1.5 => NAN, NAN, NAN };
        |x, c| x.atanh(), { 2.0 => NAN, NAN, NAN };
        |x, c| x.sin(), { INF => NAN, NAN, NAN };
        |x, c| x.logit(), { 1.5 => NAN, NAN, NAN };
    }
    kinks_of_activations_are_those_of_pytorch_and_jax {
        |x, c| x.relu(), { 0.0 => 0.0, 0.0, 0.0; -0.0 => 0.0, 0.0, 0.0; 2.0 => 2.0, 1.0, 0.0; -2.0 => 0.0, 0.0, 0.0 };
        |x, c| x.leaky_relu(c(0.25)), { 0.0 => 0.0, 0.25, 0.0; -4.0 => -1.0, 0.25, 0.0; 4.0 => 4.0, 1.0, 0.0 };
        |x, c| x.softsign(), { 0.0 => 0.0, 1.0, 0.0; -0.0 => 0.0, 1.0, 0.0 };
        |x, c| x.sinc(), { 0.0 => 1.0, 0.0, -1.0 / 3.0 };
        |x, c| x.silu(), { 0.0 => 0.0, 0.5, 0.5; INF => INF, 1.0, 0.0; -INF => 0.0, 0.0, 0.0 };
        |x, c| x.sigmoid(), { INF => 1.0, 0.0, 0.0; -INF => 0.0, 0.0, 0.0 };
    }
    xlogy_is_zero_at_a_zero_factor {
        |x, c| c(0.0).xlogy(x), { 0.0 => 0.0, 0.0, 0.0; 2.0 => 0.0, 0.0, 0.0 };
        |x, c| x.xlogy(c(2.0)), { 0.0 => 0.0, std::f64::consts::LN_2, 0.0 };
        |x, c| x.xlogy(c(0.0)), { 0.0 => 0.0, -INF, 0.0 };
    }
    weights_of_logaddexp_are_halves_at_a_tie {
        |x, c| x.logaddexp(c(-INF)), { -INF => -INF, 0.5, 0.25 };
        |x, c| c(-INF).logaddexp(x), { -INF => -INF, 0.5, 0.25 };
        |x, c| x.logaddexp(c(1.0)), { 1.0 => 1.0 + std::f64::consts::LN_2, 0.5, 0.25 };
        |x, c| x.logaddexp(c(-INF)), { 3.0 => 3.0, 1.0, 0.0 };
    }
    absolute_value_has_the_smallest_subgradient {
        |x, c| x.abs(), { 0.0 => 0.0, 0.0, 0.0; -0.0 => 0.0, 0.0, 0.0; -3.0 => 3.0, -1.0, 0.0; 3.0 => 3.0, 1.0, 0.0 };
        |x, c| x.signum(), { 0.0 => 1.0, 0.0, 0.0; -0.0 => -1.0, 0.0, 0.0; -3.0 => -1.0, 0.0, 0.0 };
    }
    a_tie_is_shared_and_nan_gives_way {
        |x, c| x.max(c(1.0)), { 1.0 => 1.0, 0.5, 0.0; 2.0 => 2.0, 1.0, 0.0; 0.0 => 1.0, 0.0, 0.0 };
        |x, c| x.min(c(1.0)), { 1.0 => 1.0, 0.5, 0.0; 2.0 => 1.0, 0.0, 0.0; 0.0 => 0.0, 1.0, 0.0 };
        |x, c| x.max(x), { 1.0 => 1.0, 1.0, 0.0 };
        |x, c| x.min(x), { -1.0 => -1.0, 1.0, 0.0 };
        |x, c| x.max(c(NAN)), { 1.0 => 1.0, 1.0, 0.0 };
        |x, c| c(NAN).max(x), { 1.0 => 1.0, 1.0, 0.0 };
        |x, c| x.min(c(NAN)), { 1.0 => 1.0, 1.0, 0.0 };
        |x, c| x.max(c(1.0)), { NAN => 1.0, 0.0, 0.0 };
    }
    clamp_has_the_inner_slope_at_its_ends {
        |x, c| Float::clamp(x, c(0.0), c(1.0)), { 0.0 => 0.0, 1.0, 0.0; 1.0 => 1.0, 1.0, 0.0; 0.5 => 0.5, 1.0, 0.0; 2.0 => 1.0, 0.0, 0.0; -1.0 => 0.0, 0.0, 0.0 };
    }
    steps_are_flat_and_fract_climbs {
        |x, c| x.floor(), { 2.0 => 2.0, 0.0, 0.0; -2.5 => -3.0, 0.0, 0.0 };
        |x, c| x.ceil(), { 2.0 => 2.0, 0.0, 0.0; -2.5 => -2.0, 0.0, 0.0 };
        |x, c| x.round(), { 2.5 => 3.0, 0.0, 0.0 };
        |x, c| x.round_ties_even(), { 2.5 => 2.0, 0.0, 0.0 };
        |x, c| x.trunc(), { -2.5 => -2.0, 0.0, 0.0 };
        |x, c| x.fract(), { -2.5 => -0.5, 1.0, 0.0; 2.0 => 0.0, 1.0, 0.0 };
    }
    remainders_have_the_integer_that_gave_them {
        |x, c| x % c(3.0), { -5.0 => -2.0, 1.0, 0.0 };
        |x, c| c(-5.0) % x, { 3.0 => -2.0, 1.0, 0.0 };
        |x, c| c(7.0) % x, { -2.0 => 1.0, 3.0, 0.0 };
        |x, c| c(5.0) % x, { INF => 5.0, 0.0, 0.0 };
        |x, c| x.rem_euclid(c(3.0)), { -5.0 => 1.0, 1.0, 0.0 };
        |x, c| c(-5.0).rem_euclid(x), { 3.0 => 1.0, 2.0, 0.0 };
        |x, c| c(-5.0).rem_euclid(x), { -3.0 => 1.0, -2.0, 0.0 };
        |x, c| c(5.0).rem_euclid(x), { INF => 5.0, 0.0, 0.0 };
        |x, c| c(-5.0).rem_euclid(x), { INF => INF, 0.0, 0.0 };
        |x, c| c(-5.0).div_euclid(x), { 3.0 => -2.0, 0.0, 0.0 };
    }
    copysign_follows_the_sign_bits {
        |x, c| x.copysign(c(-1.0)), { 2.0 => -2.0, -1.0, 0.0; -2.0 => -2.0, 1.0, 0.0 };
        |x, c| x.copysign(c(-0.0)), { 2.0 => -2.0, -1.0, 0.0; 0.0 => 0.0, -1.0, 0.0; -0.0 => 0.0, 1.0, 0.0 };
        |x, c| c(2.0).copysign(x), { -0.0 => -2.0, 0.0, 0.0 };
    }
    the_origin_of_hypot_and_atan2 {
        |x, c| x.hypot(c(0.0)), { 0.0 => 0.0, 0.0, NAN; 2.0 => 2.0, 1.0, 0.0; -2.0 => 2.0, -1.0, 0.0 };
        |x, c| x.atan2(c(0.0)), { 0.0 => 0.0, NAN, NAN };
        |x, c| x.hypot(x), { 0.0 => 0.0, 0.0, NAN };
        |x, c| x.atan2(c(3.0)), { INF => std::f64::consts::FRAC_PI_2, 0.0, 0.0 };
        |x, c| c(3.0).atan2(x), { INF => 0.0, 0.0, 0.0 };
        |x, c| x.hypot(c(3.0)), { INF => INF, 1.0, 0.0; -INF => INF, -1.0, 0.0 };
        |x, c| x.hypot(c(INF)), { 3.0 => INF, 0.0, 0.0 };
    }
    base_zero_to_a_constant_power {
        |x, c| x.powf(c(2.5)), { 0.0 => 0.0, 0.0, 0.0 };
        |x, c| x.powf(c(2.0)), { 0.0 => 0.0, 0.0, 2.0; -0.0 => 0.0, 0.0, 2.0 };
        |x, c| x.powf(c(1.5)), { 0.0 => 0.0, 0.0, INF; -0.0 => 0.0, 0.0, INF };
        |x, c| x.powf(c(1.0)), { 0.0 => 0.0, 1.0, 0.0; -0.0 => 0.0, 1.0, 0.0 };
        |x, c| x.powf(c(0.5)), { 0.0 => 0.0, INF, -INF; -0.0 => 0.0, INF, -INF };
        |x, c| x.powf(c(0.0)), { 0.0 => 1.0, 0.0, 0.0; -0.0 => 1.0, 0.0, 0.0 };
        |x, c| x.powf(c(-0.5)), { 0.0 => INF, -INF, INF; -0.0 => INF, -INF, INF };
        |x, c| x.powf(c(-1.0)), { 0.0 => INF, -INF, INF; -0.0 => -INF, -INF, -INF };
        |x, c| x.powf(c(-2.0)), { 0.0 => INF, -INF, INF; -0.0 => INF, INF, INF };
        |x, c| x.powf(c(3.0)), { -0.0 => 0.0, 0.0, 0.0 };
    }
    /// A power that vanishes outgrows the exponent and the logarithm beside it.
    powers_of_and_to_infinity {
        |x, c| x.powf(c(INF)), { 0.5 => 0.0, 0.0, 0.0; 0.0 => 0.0, 0.0, 0.0; -0.5 => 0.0, 0.0, 0.0; 2.0 => INF, INF, INF };
        |x, c| x.powf(c(-INF)), { 2.0 => 0.0, 0.0, 0.0; INF => 0.0, 0.0, 0.0; 0.5 => INF, -INF, INF };
        |x, c| x.powf(c(-1.0)), { INF => 0.0, 0.0, 0.0; -INF => 0.0, 0.0, 0.0 };
        |x, c| x.powf(c(0.5)), { INF => INF, 0.0, 0.0 };
        |x, c| x.powf(c(2.0)), { INF => INF, INF, 2.0; -INF => INF, -INF, 2.0 };
        |y, c| c(INF).powf(y), { -1.0 => 0.0, 0.0, 0.0; -0.5 => 0.0, 0.0, 0.0; -INF => 0.0, 0.0, 0.0; 0.0 => 1.0, INF, INF; 1.0 => INF, INF, INF };
        |y, c| c(2.0).powf(y), { -INF => 0.0, 0.0, 0.0; INF => INF, INF, INF };
        |y, c| c(0.5).powf(y), { INF => 0.0, 0.0, 0.0; -INF => INF, -INF, INF };
        |y, c| c(-INF).powf(y), { -1.0 => 0.0, NAN, NAN };
    }
    base_zero_to_a_live_power {
        |y, c| c(0.0).powf(y), { 2.0 => 0.0, 0.0, 0.0; 0.5 => 0.0, 0.0, 0.0; 0.0 => 1.0, -INF, INF; -1.0 => INF, -INF, INF };
    }
    negative_bases_take_integer_powers {
        |x, c| x.powf(c(3.0)), { -2.0 => -8.0, 12.0, -12.0 };
        |x, c| x.powf(c(-1.0)), { -2.0 => -0.5, -0.25, -0.25 };
        |x, c| x.powf(c(0.5)), { -2.0 => NAN, NAN, NAN };
        |y, c| c(-2.0).powf(y), { 3.0 => -8.0, NAN, NAN };
    }
    integer_powers_never_overflow_their_exponent {
        |x, c| x.powi(0), { 0.0 => 1.0, 0.0, 0.0; 5.0 => 1.0, 0.0, 0.0; INF => 1.0, 0.0, 0.0 };
        |x, c| x.powi(1), { 0.0 => 0.0, 1.0, 0.0 };
        |x, c| x.powi(2), { 0.0 => 0.0, 0.0, 2.0 };
        |x, c| x.powi(i32::MIN), { 1.0 => 1.0, -2147483648.0, 2147483648.0 * 2147483649.0 };
        |x, c| x.powi(i32::MIN), { 2.0 => 0.0, 0.0, 0.0 };
        |x, c| x.powi(i32::MAX), { 1.0 => 1.0, 2147483647.0, 2147483647.0 * 2147483646.0 };
        |x, c| x.powi(-1), { 0.0 => INF, -INF, INF };
    }
    /// A constant contributes exactly nothing, however infinite the slope.
    zero_tangents_stay_zero {
        |x, c| x * x + c(0.0).sqrt() + c(0.0).cbrt() + c(1.0).acos() + c(0.0).hypot(c(0.0)), { 3.0 => 9.0, 6.0, 2.0 };
        |x, c| x + c(0.0).sqrt().powi(2) + c(0.0).powf(c(0.5)) + c(0.0).atan2(c(0.0)), { 3.0 => 3.0, 1.0, 0.0 };
        |x, c| (x - x).sqrt(), { 3.0 => 0.0, 0.0, 0.0 };
    }
}

#[test]
fn the_mixed_derivative_of_a_power_at_base_zero() {
    let mixed = |e: f64| {
        HyperDual::new(0.0, 1.0, 0.0, 0.0)
            .powf(HyperDual::new(e, 0.0, 1.0, 0.0))
            .eps1eps2
    };
    assert_eq!(
        [2.0, 1.0, 0.5, 0.0, -1.0].map(mixed),
        [0.0, -INF, -INF, INF, INF]
    );
}

#[test]
fn the_mixed_derivative_of_a_power_at_infinity() {
    let mixed = |x: f64, e: f64| {
        HyperDual::new(x, 1.0, 0.0, 0.0)
            .powf(HyperDual::new(e, 0.0, 1.0, 0.0))
            .eps1eps2
    };
    let of_infinity = [2.0, 1.0, 0.5, 0.0, -1.0, -INF].map(|e| mixed(INF, e));
    assert_eq!(of_infinity, [INF, INF, 0.0, 0.0, 0.0, 0.0]);
    assert_eq!(
        [(0.5, INF), (2.0, -INF)].map(|(x, e)| mixed(x, e)),
        [0.0; 2]
    );
    assert!(
        mixed(-INF, -1.0).is_nan(),
        "no logarithm of a negative base"
    );
}

#[test]
fn the_tie_of_two_variables_is_shared() {
    let [x, y] = Dual::variables([1.0, 1.0]);
    assert_eq!((x.max(y).eps, x.min(y).eps), ([0.5, 0.5], [0.5, 0.5]));
}

#[test]
fn tangents_are_strong_lane_by_lane() {
    let x = Dual::new(0.0, [1.0, 0.0, NAN]).sqrt();
    assert_eq!(x.eps[..2], [INF, 0.0]);
    assert!(x.eps[2].is_nan(), "a NaN tangent stays in its lane");
    let y = Dual::new(4.0, [1.0, 0.0, NAN]).sqrt();
    assert_eq!(y.eps[..2], [0.25, 0.0]);
    assert!(y.eps[2].is_nan());
    let base = Dual::new(-2.0, [1.0, 0.0]).powf(Dual::new(2.0, [0.0, 1.0]));
    assert_eq!((base.re, base.eps[0]), (4.0, -4.0));
    assert!(
        base.eps[1].is_nan(),
        "only the lane in which the exponent moves"
    );
}

#[test]
fn zero_tangents_survive_a_nan_value() {
    assert_eq!(Dual::new(-1.0, [0.0]).ln().eps, [0.0]);
    assert_eq!(Dual::new(NAN, [0.0]).sin().eps, [0.0]);
    let x = HyperDual::constant(-5.0).acosh();
    assert_eq!((x.eps1, x.eps2, x.eps1eps2), (0.0, 0.0, 0.0));
}

#[test]
fn tails_keep_their_derivatives() {
    assert_eq!(derivative(|x| x.sigmoid(), 50.0), 1.9287498479639178e-22);
    assert_eq!(derivative(|x| x.tanh(), 25.0), 7.714999391855671e-22);
    assert!(second_derivative(|x| x.sigmoid(), 50.0) < 0.0);
}

/// The product of two tangents leaves the range of floats long before the second derivative does.
#[test]
fn curvature_survives_an_inner_scale() {
    let close = |got: f64, wanted: f64| assert!((got / wanted - 1.0).abs() < 1e-15, "{got:e}");
    close(second_derivative(|x| (x * 1e-200).sqrt(), 1.0), -0.25e-100);
    let jet = hessian(|[x]| (x * 1e-200).sqrt(), [1.0]);
    close(jet[0][0], -0.25e-100);
    assert_eq!(second_derivative(|x| (x * 1e200).abs() / 2.0, 1.0), 0.0);
    let maximum = hessian(|[x, y]| (x * 1e200).max(y) - y, [1.0, 2.0]);
    assert_eq!(maximum, [[0.0; 2]; 2]);
}

/// As an `if` would: the operand that is not chosen counts for nothing, whatever its tangents.
#[test]
fn a_choice_ignores_what_it_leaves_out() {
    fn check<S: Scalar>(f: impl Fn(S) -> S, x: S, wanted: S) {
        let got = f(x);
        assert!(got.exactly_equals(&wanted), "{got}, not {wanted}");
    }
    fn check_all<S: Scalar>(at: impl Fn(f64) -> S) {
        let c = |value: f64| <S as num_traits::NumCast>::from(value).unwrap();
        check(|x: S| x.sqrt().max(c(1.0)), at(0.0), c(1.0));
        check(|x: S| c(-5.0).max(x.ln()), at(0.0), c(-5.0));
        check(|x: S| x.recip().min(c(1.0)), at(0.0), c(1.0));
        check(|x: S| x.ln().max(c(1.0)), at(-1.0), c(1.0));
        check(|x: S| x.ln().relu(), at(0.0), c(0.0));
        check(|x: S| x.ln().abs_sub(c(1.0)), at(0.0), c(0.0));
        check(|x: S| c(2.0).copysign(x.sqrt()), at(0.0), c(2.0));
        check(|x: S| (x.sqrt() + c(0.5)).floor(), at(0.0), c(0.0));
        check(|x: S| x.ln().signum(), at(0.0), c(-1.0));
        let live = at(0.0).relu().max(at(3.0));
        assert!(
            live.exactly_equals(&at(3.0)),
            "the chosen one keeps its own"
        );
    }
    check_all(Dual::<f64>::variable);
    check_all(HyperDual::<f64>::variable);
    check_all(|x| Jet::variables([x, 1.0])[0]);
    check_all(|x| Dual::variable(Dual::<f64>::variable(x)));
}

#[test]
fn a_root_of_a_constant_zero_has_derivative_zero() {
    let root = |zero: Dual<f64>| zero.sqrt() * zero.sqrt();
    assert_eq!(root(Dual::constant(0.0)).derivative(), 0.0);
    assert_eq!(
        derivative(|x| x + Dual::constant(0.0).sqrt().powi(2), 1.0),
        1.0
    );
    assert_eq!(
        second_derivative(|x| x + HyperDual::constant(0.0).sqrt().powi(2), 1.0),
        0.0
    );
}

#[test]
fn assigning_operators_with_floats_keep_the_tangent() {
    let mut x = Dual::variable(3.0);
    x += 1.0;
    x *= 2.0;
    x -= 0.5;
    x /= 4.0;
    assert_eq!((x.re, x.derivative()), (1.875, 0.5));
}

/// `(|x| + x²)²` is `x² + 2|x|³ + x⁴`, whose second derivative at 0 is 2. What is made of `abs'(0) = 0` cannot know.
#[test]
fn a_choice_at_a_kink_can_miss_a_bend() {
    let squared = |x: chainrule::HyperDual<f64>| (x.abs() + x * x).powi(2);
    assert_eq!(chainrule::second_derivative(squared, 0.0), 0.0);
    let beside = chainrule::second_derivative(squared, 1e-9);
    assert!((beside - 2.0).abs() < 1e-7, "{beside}");
}

/// Few lanes and many take different ways; each lane must be what it would be alone.
#[test]
fn many_lanes_are_as_many_numbers_of_one() {
    const TANGENTS: [f64; 8] = [0.0, 1.0, -0.0, INF, NAN, 1e-300, -3.0, 1e300];
    const VALUES: [f64; 12] = [
        0.0, 1.0, -2.5, 3.0, INF, NAN, 1e-300, 3e-310, 5e-324, 1e300, -1e308, -INF,
    ];
    fn functions<const N: usize>(x: Dual<f64, N>, y: Dual<f64, N>) -> Vec<Dual<f64, N>> {
        let of_two = [x / y, x % y, x.hypot(y), x.atan2(y), x.max(y)];
        let of_one = [
            x.sqrt(),
            x.ln(),
            x.exp(),
            x.recip(),
            x.abs(),
            x.acosh(),
            x.powi(2),
            x.powi(-3),
            x.relu(),
            x.sigmoid(),
        ];
        let of_float = [
            x / 3.0,
            x / 0.0,
            1.0 / x,
            -0.5 / x,
            0.0 / x,
            3e-310 / x,
            INF / x,
            x % 0.7,
        ];
        [&of_two[..], &of_one, &of_float].concat()
    }
    for (x, y) in VALUES.into_iter().flat_map(|x| VALUES.map(|y| (x, y))) {
        let mut other = TANGENTS;
        for shift in 0..TANGENTS.len() {
            other.rotate_left(usize::from(shift > 0));
            let many = functions(Dual::new(x, TANGENTS), Dual::new(y, other));
            for lane in 0..TANGENTS.len() {
                let one = functions(Dual::new(x, [TANGENTS[lane]]), Dual::new(y, [other[lane]]));
                for (i, (many, one)) in many.iter().zip(one).enumerate() {
                    let (got, wanted) = (many.eps[lane], one.derivative());
                    assert!(
                        got == wanted || (got.is_nan() && wanted.is_nan()),
                        "function {i} of {x} + {}ε, {y} + {}ε: {got}, not {wanted}",
                        TANGENTS[lane],
                        other[lane]
                    );
                }
            }
        }
    }
}
