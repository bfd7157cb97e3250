//! Oracle: plain `f32` and `f64`. The value of every operation is theirs, bit for bit, on ordinary and awkward inputs.
//!
//! Any NaN equals any NaN, and `max` and `min` may give either zero for zeros of two signs, as the standard library may.

use std::hint::black_box;

use chainrule::{Dual, HyperDual, Jet, Scalar};
use num_traits::{Float, FloatConst, FromPrimitive, Num, NumCast, One, Signed, ToPrimitive, Zero};

/// A number whose every derivative is alive.
trait Live: Scalar {
    fn live(value: Self::Primal) -> Self;
}
macro_rules! live {
    ($($float:ident)*) => {$(
        impl<const N: usize> Live for Dual<$float, N> {
            fn live(value: $float) -> Self {
                Dual::new(value, std::array::from_fn(|lane| 1.5 - lane as $float))
            }
        }
        impl Live for HyperDual<$float> {
            fn live(value: $float) -> Self {
                HyperDual::new(value, 1.5, -0.5, 2.0)
            }
        }
        impl Live for Jet<$float, 2> {
            fn live(value: $float) -> Self {
                Jet::new(value, [1.5, -0.5], [[2.0, 0.25], [0.25, -3.0]])
            }
        }
        impl Live for Dual<Dual<$float>> {
            fn live(value: $float) -> Self {
                Dual::new(Dual::new(value, [1.5]), [Dual::new(-0.5, [2.0])])
            }
        }
    )*};
}
live!(f32 f64);

#[track_caller]
fn same<T: Float + std::fmt::Debug>(name: &str, arguments: &[T], got: T, wanted: T) {
    let loose_zero = matches!(name, "max" | "min") && wanted.is_zero();
    let equal =
        got == wanted && (loose_zero || got.is_sign_negative() == wanted.is_sign_negative());
    assert!(
        equal || (got.is_nan() && wanted.is_nan()),
        "{name}{arguments:?} is {got:?}, not {wanted:?}"
    );
}

macro_rules! points {
    ($float:ident) => {
        [
            0.0,
            -0.0,
            1.0,
            -1.0,
            0.5,
            -0.5,
            1.5,
            -1.5,
            2.5,
            -2.5,
            0.1,
            0.7,
            -0.3,
            3.7,
            -7.3,
            42.0,
            100.25,
            1e-5,
            -1e10,
            16777217.0,
            8388607.5,
            0.49999997,
            1.0 - $float::EPSILON,
            1.0 + $float::EPSILON,
            $float::EPSILON,
            $float::MIN_POSITIVE,
            $float::from_bits(1),
            -$float::from_bits(12345),
            $float::MAX,
            $float::MIN,
            $float::MAX / 3.0,
            $float::INFINITY,
            $float::NEG_INFINITY,
            $float::NAN,
            std::$float::consts::PI,
            std::$float::consts::FRAC_PI_2,
        ]
    };
}

macro_rules! contract {
    ($d:tt $($module:ident: $float:ident $number:ty;)*) => {$(mod $module {
        use super::*;
        type N = $number;
        const POINTS: [$float; 36] = points!($float);

        fn live(value: $float) -> N {
            N::live(black_box(value))
        }

        macro_rules! one_argument {
            ($d($d name:ident)*) => {$d(for x in POINTS {
                same(stringify!($d name), &[x], live(x).$d name().primal(), black_box(x).$d name());
                same(stringify!($d name), &[x], Float::$d name(live(x)).primal(), Float::$d name(black_box(x)));
            })*};
        }
        macro_rules! extra_argument {
            ($d($d name:ident)*) => {$d(for x in POINTS {
                same(stringify!($d name), &[x], live(x).$d name().primal(), black_box(x).$d name());
            })*};
        }

        #[test]
        #[allow(deprecated, unstable_name_collisions)]
        fn functions_of_one_argument_have_the_plain_value() {
            one_argument!(floor ceil round trunc fract abs signum recip sqrt exp exp2 ln log2 log10 cbrt sin cos tan asin acos
                atan exp_m1 ln_1p sinh cosh tanh asinh acosh atanh to_degrees to_radians);
            extra_argument!(round_ties_even next_up next_down);
            for x in POINTS {
                let (sin, cos) = live(x).sin_cos();
                let (plain_sin, plain_cos) = black_box(x).sin_cos();
                same("sin_cos", &[x], sin.primal(), plain_sin);
                same("sin_cos", &[x], cos.primal(), plain_cos);
                same("neg", &[x], (-live(x)).primal(), -x);
                for n in [0, 1, -1, 2, 3, -2, 10, -33, i32::MAX, i32::MIN] {
                    same("powi", &[x, n as $float], live(x).powi(black_box(n)).primal(), black_box(x).powi(black_box(n)));
                }
            }
        }

        #[test]
        #[allow(deprecated)]
        fn functions_of_two_arguments_have_the_plain_value() {
            macro_rules! two_arguments {
                ($d($d name:ident)*) => {$d(for x in POINTS { for y in POINTS {
                    same(stringify!($d name), &[x, y], live(x).$d name(live(y)).primal(), black_box(x).$d name(black_box(y)));
                }})*};
            }
            two_arguments!(powf log hypot atan2 max min copysign abs_sub midpoint rem_euclid div_euclid);
            for x in POINTS {
                for y in POINTS {
                    let (a, b, plain) = (live(x), live(y), black_box(y));
                    same("+", &[x, y], (a + b).primal(), x + plain);
                    same("-", &[x, y], (a - b).primal(), x - plain);
                    same("*", &[x, y], (a * b).primal(), x * plain);
                    same("/", &[x, y], (a / b).primal(), x / plain);
                    same("%", &[x, y], (a % b).primal(), x % plain);
                    same("+", &[x, y], (a + plain).primal(), x + plain);
                    same("-", &[x, y], (a - plain).primal(), x - plain);
                    same("*", &[x, y], (a * plain).primal(), x * plain);
                    same("/", &[x, y], (a / plain).primal(), x / plain);
                    same("%", &[x, y], (a % plain).primal(), x % plain);
                    for z in [0.0, -1.5, y, $float::MAX, $float::NAN] {
                        same("mul_add", &[x, y, z], a.mul_add(b, live(z)).primal(), x.mul_add(plain, black_box(z)));
                        if y <= z {
                            same("clamp", &[x, y, z], a.clamp(b, live(z)).primal(), x.clamp(plain, z));
                        }
                    }
                }
            }
        }

        #[test]
        fn predicates_and_comparisons_look_at_the_value() {
            for x in POINTS {
                let a = live(x);
                assert_eq!(a.is_nan(), x.is_nan());
                assert_eq!(a.is_infinite(), x.is_infinite());
                assert_eq!(a.is_finite(), x.is_finite());
                assert_eq!(a.is_normal(), x.is_normal());
                assert_eq!(a.is_subnormal(), x.is_subnormal());
                assert_eq!(a.is_sign_positive(), x.is_sign_positive());
                assert_eq!(a.is_sign_negative(), x.is_sign_negative());
                assert_eq!((a.is_zero(), a.is_one()), (x.is_zero(), x.is_one()));
                assert_eq!((Signed::is_positive(&a), Signed::is_negative(&a)), (Signed::is_positive(&x), Signed::is_negative(&x)));
                assert_eq!(a.classify(), x.classify());
                assert_eq!(a.integer_decode(), x.integer_decode());
                for y in POINTS {
                    let b = live(y);
                    assert_eq!((a == b, a < b, a <= b, a > b, a >= b), (x == y, x < y, x <= y, x > y, x >= y));
                    assert_eq!((a == y, a < y, a <= y, a > y, a >= y), (x == y, x < y, x <= y, x > y, x >= y));
                    assert_eq!(a.partial_cmp(&b), x.partial_cmp(&y));
                    assert_eq!(a.total_cmp(&b), x.total_cmp(&y));
                }
            }
        }

        #[test]
        fn conversions_are_those_of_the_value() {
            for x in POINTS {
                let a = live(x);
                assert_eq!((a.to_i8(), a.to_i32(), a.to_i64(), a.to_i128()), (x.to_i8(), x.to_i32(), x.to_i64(), x.to_i128()));
                assert_eq!((a.to_u8(), a.to_u32(), a.to_u64(), a.to_usize()), (x.to_u8(), x.to_u32(), x.to_u64(), x.to_usize()));
                same("to_f64", &[x], a.to_f64().unwrap() as $float, x);
                same("NumCast", &[x], <N as NumCast>::from(x).unwrap().primal(), x);
                let rounded = <N as NumCast>::from(a).unwrap();
                assert!(rounded.is_constant(), "a cast is a constant");
            }
            assert_eq!(N::from_i32(-7).unwrap().primal(), -7.0);
            assert_eq!(N::from_u64(1 << 60).unwrap().primal(), (1u64 << 60) as $float);
            assert_eq!(N::from_f32(0.1).unwrap().primal(), 0.1f32 as $float);
            assert_eq!(N::from_str_radix("1.5", 10).unwrap().primal(), 1.5);
            assert!(N::from_str_radix("one", 10).is_err());
        }

        #[test]
        fn constants_are_those_of_plain_floats() {
            macro_rules! constants {
                ($d($d name:ident)*) => {$d(
                    same(stringify!($d name), &[], N::$d name().primal(), <$float>::$d name());
                    assert!(N::$d name().is_constant());
                )*};
            }
            constants!(nan infinity neg_infinity neg_zero min_value min_positive_value epsilon max_value zero one
                E FRAC_1_PI FRAC_1_SQRT_2 FRAC_2_PI FRAC_2_SQRT_PI FRAC_PI_2 FRAC_PI_3 FRAC_PI_4 FRAC_PI_6 FRAC_PI_8
                LN_10 LN_2 LOG10_E LOG2_E PI SQRT_2 TAU LOG10_2 LOG2_10);
            same("default", &[], N::default().primal(), 0.0);
        }

        #[test]
        fn sums_and_products_are_those_of_plain_floats() {
            for length in 0..=4 {
                let values = &[-0.0, 0.1, 0.7, -3.7][..length];
                let numbers: Vec<N> = values.iter().map(|&x| live(x)).collect();
                same("sum", values, numbers.iter().sum::<N>().primal(), values.iter().sum());
                same("sum", values, numbers.iter().copied().sum::<N>().primal(), values.iter().sum());
                same("product", values, numbers.iter().product::<N>().primal(), values.iter().product());
                same("product", values, numbers.iter().copied().product::<N>().primal(), values.iter().product());
            }
        }

        #[test]
        fn clamp_panics_where_the_plain_one_does() {
            for (min, max) in [(1.0, 0.0), ($float::NAN, 1.0), (0.0, $float::NAN)] {
                let outcome = std::panic::catch_unwind(|| live(0.5).clamp(live(min), live(max)));
                assert!(outcome.is_err(), "clamp({min}, {max}) must panic");
            }
        }
    })*};
}

contract! { $
    dual_f64: f64 Dual<f64>;
    dual_f32: f32 Dual<f32>;
    dual3_f64: f64 Dual<f64, 3>;
    dual3_f32: f32 Dual<f32, 3>;
    hyper_f64: f64 HyperDual<f64>;
    hyper_f32: f32 HyperDual<f32>;
    jet_f64: f64 Jet<f64, 2>;
    jet_f32: f32 Jet<f32, 2>;
    nested_f64: f64 Dual<Dual<f64>>;
    nested_f32: f32 Dual<Dual<f32>>;
}
