//! simba's traits: every method has the value bits of simba's own for floats, and the derivative of the number's method of that name.

use chainrule::{Activation, Dual, HyperDual, Scalar};
use simba::scalar::{ComplexField, RealField, SubsetOf, SupersetOf};
use simba::simd::SimdValue;

type Number = Dual<f64, 2>;

const POINTS: [f64; 14] = [
    -1e300,
    -3.7,
    -1.0,
    -0.6,
    -1e-9,
    -0.0,
    0.0,
    1e-9,
    0.3,
    1.0,
    2.5,
    1e300,
    f64::INFINITY,
    f64::NAN,
];

fn same_bits(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan()
}

fn same_number(a: Number, b: Number) -> bool {
    same_bits(a.re, b.re) && a.eps.iter().zip(b.eps).all(|(a, b)| same_bits(*a, b))
}

macro_rules! assert_methods {
    ($trait:ident: $($name:ident($($argument:expr),*))*) => {
        for x in POINTS {
            let number = Number::new(x, [1.5, 0.0]);
            $({
                let plain = <f64 as $trait>::$name(x $(, $argument)*);
                let ours = <Number as $trait>::$name(number $(, Number::new($argument, [0.25, -2.0]))*);
                let own = Number::$name(number $(, Number::new($argument, [0.25, -2.0]))*);
                assert!(same_bits(ours.re, plain), "{} at {x}: {ours} and {plain}", stringify!($name));
                assert!(same_number(ours, own), "{} at {x}: {ours} and {own}", stringify!($name));
            })*
        }
    };
}

#[test]
fn methods_have_the_bits_of_floats_and_the_derivatives_of_the_numbers() {
    assert_methods!(ComplexField: floor() ceil() round() trunc() fract() abs() signum() recip() sin() cos() tan() asin() acos() atan()
        sinh() cosh() tanh() asinh() acosh() atanh() log2() log10() ln() ln_1p() sqrt() exp() exp2() exp_m1() cbrt()
        mul_add(0.7, -3.0) hypot(-0.7) log(3.0) powf(1.3) powf(2.0));
    assert_methods!(RealField: copysign(-0.0) max(0.3) min(0.3) atan2(-0.7));
}

macro_rules! assert_values {
    ($($name:ident)*) => {
        for x in POINTS {
            let number = Number::new(x, [1.5, 0.0]);
            $(assert!(same_bits(ComplexField::$name(number).re, ComplexField::$name(x)), "{} at {x}", stringify!($name));)*
        }
    };
}

#[test]
fn methods_of_complex_numbers_have_the_bits_of_floats() {
    assert_values!(real imaginary conjugate modulus modulus_squared norm1 argument sinc sinhc cosc coshc);
    for x in POINTS {
        let number = Number::new(x, [1.5, 0.0]);
        let pairs = [
            (number.to_exp(), x.to_exp()),
            (number.to_polar(), x.to_polar()),
            (ComplexField::sin_cos(number), ComplexField::sin_cos(x)),
            (number.sinh_cosh(), x.sinh_cosh()),
        ];
        for (ours, plain) in pairs {
            assert!(
                same_bits(ours.0.re, plain.0) && same_bits(ours.1.re, plain.1),
                "at {x}"
            );
        }
        assert_eq!(
            number.try_sqrt().map(|root| root.re.to_bits()),
            x.try_sqrt().map(f64::to_bits)
        );
        assert_eq!(ComplexField::is_finite(&number), x.is_finite());
        for n in [-3, 0, 1, 2, 7] {
            assert!(same_bits(ComplexField::powi(number, n).re, x.powi(n)));
        }
        assert!(same_bits(
            number.powc(Number::constant(1.3)).re,
            x.powf(1.3)
        ));
        assert!(same_bits(number.scale(number).re, x * x));
        assert!(same_bits(number.unscale(Number::constant(3.0)).re, x / 3.0));
        let clamped = RealField::clamp(number, Number::constant(-1.0), Number::constant(2.0));
        assert!(same_bits(clamped.re, RealField::clamp(x, -1.0, 2.0)));
        assert_eq!(RealField::is_sign_positive(&number), x.is_sign_positive());
        assert_eq!(RealField::is_sign_negative(&number), x.is_sign_negative());
    }
}

macro_rules! assert_constants {
    ($($name:ident)*) => {
        $(
            assert_eq!(<Number as RealField>::$name().re.to_bits(), <f64 as RealField>::$name().to_bits(), stringify!($name));
            assert!(<Number as RealField>::$name().is_constant());
            assert_eq!(<Dual<f32> as RealField>::$name().re.to_bits(), <f32 as RealField>::$name().to_bits(), stringify!($name));
        )*
    };
}

#[test]
fn constants_are_those_of_floats() {
    assert_constants!(pi two_pi frac_pi_2 frac_pi_3 frac_pi_4 frac_pi_6 frac_pi_8 frac_1_pi frac_2_pi frac_2_sqrt_pi e log2_e log10_e
        ln_2 ln_10);
    assert_eq!(
        <Number as RealField>::min_value().map(|x| x.re),
        <f64 as RealField>::min_value()
    );
    assert_eq!(
        <Number as RealField>::max_value().map(|x| x.re),
        <f64 as RealField>::max_value()
    );
}

#[test]
fn what_simba_builds_from_a_sign_carries_the_derivative() {
    let number = Number::new(-2.0, [3.0, -1.0]);
    let (modulus, sign) = number.to_exp();
    assert_eq!((modulus.eps, sign.eps), ([-3.0, 1.0], [0.0, 0.0]));
    assert_eq!(number.modulus_squared().eps, [-12.0, 4.0]);
    assert_eq!(number.norm1().eps, [-3.0, 1.0]);
    assert_eq!(ComplexField::recip(number).eps, [-0.75, 0.25]);
    assert_eq!(number.scale(Number::new(5.0, [1.0, 0.0])).eps, [13.0, -5.0]);
    assert_eq!(
        number.unscale(Number::new(4.0, [0.0, 2.0])).eps,
        [0.75, 0.0]
    );
}

/// `(f, f', f'')` of a row that only simba has.
fn second_order(f: impl Fn(HyperDual<f64>) -> HyperDual<f64>, x: f64) -> [f64; 3] {
    let y = f(HyperDual::variable(x));
    [y.re, y.eps1, y.eps1eps2]
}

#[test]
fn cardinal_functions_have_derivatives_at_and_near_zero() {
    // sinhc x = 1 + x²/6 + x⁴/120 + x⁶/5040 + …, sinc with alternating signs: that of x² is the sign here.
    type Row = fn(HyperDual<f64>) -> HyperDual<f64>;
    for (row, sign) in [
        (ComplexField::sinhc as Row, 1.0),
        (ComplexField::sinc, -1.0),
    ] {
        for x in [0.0, 1e-12, -1e-5, 1e-3] {
            let [_, first, second] = second_order(row, x);
            let (square, x) = (sign * x * x, sign * x);
            let expected = x * (1.0 / 3.0 + square * (1.0 / 30.0 + square / 840.0));
            assert!(
                (first - expected).abs() <= 4e-16 * x.abs(),
                "{first}, {expected} at {x}"
            );
            let expected = sign * (1.0 / 3.0 + square * (0.1 + square / 168.0));
            assert!(
                (second - expected).abs() <= 1e-15,
                "{second}, {expected} at {x}"
            );
        }
    }
    // Where the series hands over to the closed form, and far out.
    for x in [1.299_999, 1.300_001, -1.299_999, -1.300_001, 0.8, 20.0] {
        let [_, first, second] = second_order(ComplexField::sinhc, x);
        let (sinh, cosh) = (x.sinh(), x.cosh());
        let expected = (x * cosh - sinh) / (x * x);
        assert!(
            (first - expected).abs() < 1e-14 * expected.abs(),
            "{first}, {expected} at {x}"
        );
        let expected = (x * x * sinh - 2.0 * x * cosh + 2.0 * sinh) / x.powi(3);
        assert!(
            (second - expected).abs() < 1e-14 * expected.abs(),
            "{second}, {expected} at {x}"
        );
    }
    // A third order differentiates the formula of the first.
    let third = Dual::<HyperDual<f64>>::variable(HyperDual::variable(1e-4));
    let third = ComplexField::sinhc(third).derivative().eps1eps2;
    assert!((third - 1e-4 / 5.0).abs() < 1e-11, "{third}");
    // The other two have a pole, which simba fills with 1.
    let pole = ComplexField::cosc(Number::new(0.0, [1.0, 0.0]));
    assert!(pole.re == 1.0 && pole.eps[0].is_nan() && pole.eps[1] == 0.0);
    assert!(ComplexField::coshc(Number::constant(0.0)).is_constant());
    assert!(
        Activation::sinc(Number::new(0.5, [1.0, 0.0]))
            .exactly_equals(&ComplexField::sinc(Number::new(0.5, [1.0, 0.0])))
    );
}

#[test]
fn floats_are_part_of_the_numbers() {
    let lifted: Dual<Dual<f32>> = 0.1_f64.to_superset();
    assert!(lifted.re.re == 0.1_f32 && lifted.is_constant());
    let number = Number::new(2.5, [1.0, 0.0]);
    // Algorithms ask for the value that they decide by, and unwrap what they get.
    assert_eq!(SupersetOf::<f64>::to_subset(&number), Some(2.5));
    assert_eq!(SupersetOf::<f32>::to_subset(&number), Some(2.5_f32));
    let itself: Option<Number> = number.to_subset();
    assert!(itself.is_some_and(|itself| itself.exactly_equals(&number)));
}

#[test]
fn a_number_is_one_lane() {
    let (x, y) = (Number::new(1.0, [2.0, 3.0]), Number::new(4.0, [5.0, 6.0]));
    assert_eq!(Number::LANES, 1);
    assert!(Number::splat(x).extract(0).exactly_equals(&x));
    assert!(x.select(false, y).exactly_equals(&y) && x.select(true, y).exactly_equals(&x));
    let mut z = x;
    z.replace(0, y);
    assert!(z.exactly_equals(&y));
    assert!(x.map_lanes(|lane| lane * 2.0).exactly_equals(&(x * 2.0)));
    assert!(x.zip_map_lanes(y, |a, b| a * b).exactly_equals(&(x * y)));
}
