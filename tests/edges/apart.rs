//! Cases that one function of one variable cannot show: several variables, lanes, tangents that are 0 or NaN.

use std::hint::black_box;

use chainrule::{
    Activation, Dual, HyperDual, Jet, Scalar, derivative, differentiate, gradient, hessian,
    second_derivative,
};

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

macro_rules! apart {
    ($($case:literal $test:ident $body:block)*) => {
        /// The cases, as the page lists them.
        pub const CASES: &[&str] = &[$($case),*];
        $(
            #[test]
            fn $test() $body
        )*
    };
}

/// The Hessian of a function of two variables, by each way.
macro_rules! mixed {
    (|$x:ident, $y:ident| $body:tt, $at:expr) => {{
        #[differentiate(mode = adjoint)]
        fn compiled($x: f64, $y: f64) -> f64 $body
        #[differentiate(mode = dual)]
        fn lifted($x: f64, $y: f64) -> f64 $body
        let [x, y]: [f64; 2] = $at;
        let hyper = {
            let f = |$x: HyperDual<f64>, $y: HyperDual<f64>| $body;
            f(HyperDual::new(x, 1.0, 0.0, 0.0), HyperDual::new(y, 0.0, 1.0, 0.0)).eps1eps2
        };
        let others = [
            hessian(|[$x, $y]| $body, $at)[0][1],
            compiled::hessian(x, y)[0][1],
            lifted::hessian(x, y)[0][1],
        ];
        for other in others {
            assert!(other == hyper || (other.is_nan() && hyper.is_nan()), "{x}, {y}: {hyper}, {others:?}");
        }
        hyper
    }};
}

/// The gradient of a function of two variables, by each way.
macro_rules! slopes {
    (|$x:ident, $y:ident| $body:tt, $at:expr) => {{
        #[differentiate(mode = adjoint)]
        fn compiled($x: f64, $y: f64) -> f64 $body
        #[differentiate(mode = dual)]
        fn lifted($x: f64, $y: f64) -> f64 $body
        let [x, y]: [f64; 2] = $at;
        let slopes = gradient(|[$x, $y]| $body, $at);
        for other in [compiled::gradient(x, y), lifted::gradient(x, y)] {
            let same = |i: usize| other[i] == slopes[i] || (other[i].is_nan() && slopes[i].is_nan());
            assert!(same(0) && same(1), "{x}, {y}: {slopes:?}, {other:?}");
        }
        slopes
    }};
}

apart! {
    "the value of any operation" values_are_the_plain_ones {
        for x in [0.3, -0.0, 1e300, 5e-324, INF, NAN].map(black_box) {
            let pairs = [
                ((x.powf(0.3)), Dual::variable(x).powf(Dual::constant(0.3)).re),
                (x / 0.7, (Dual::variable(x) / 0.7).re),
                (x.tan(), Dual::variable(x).tan().re),
            ];
            for (plain, value) in pairs {
                assert!(plain.to_bits() == value.to_bits() || plain.is_nan() && value.is_nan());
            }
        }
    }
    "`==`, `<`, `is_nan`, `is_zero`" comparisons_look_at_the_value_alone {
        let (x, y) = (Dual::new(0.0, [1.0]), Dual::new(0.0, [NAN]));
        assert!(x == y && x >= y && !y.is_nan() && num_traits::Zero::is_zero(&x));
        assert!(!x.exactly_equals(&y) && !x.is_exact_zero() && !x.is_constant() && !y.all_finite());
    }
    "a zero tangent in a lane" tangents_are_strong_lane_by_lane {
        let x = Dual::new(0.0, [1.0, 0.0, NAN]).sqrt();
        assert_eq!(x.eps[..2], [INF, 0.0]);
        assert!(x.eps[2].is_nan(), "a NaN tangent stays in its lane");
        let y = Dual::new(4.0, [1.0, 0.0, NAN]).sqrt();
        assert_eq!(y.eps[..2], [0.25, 0.0]);
        assert!(y.eps[2].is_nan());
    }
    "a zero tangent of a value that is NaN" zero_tangents_survive_a_nan_value {
        assert_eq!(Dual::new(-1.0, [0.0]).ln().eps, [0.0]);
        assert_eq!(Dual::new(NAN, [0.0]).sin().eps, [0.0]);
        let x = HyperDual::constant(-5.0).acosh();
        assert_eq!((x.eps1, x.eps2, x.eps1eps2), (0.0, 0.0, 0.0));
    }
    "a tie of two variables" the_tie_of_two_variables_is_shared {
        assert_eq!(slopes!(|x, y| { x.max(y) }, [1.0, 1.0]), [0.5, 0.5]);
        assert_eq!(slopes!(|x, y| { x.min(y) }, [1.0, 1.0]), [0.5, 0.5]);
        assert_eq!(slopes!(|x, y| { x.logaddexp(y) }, [-INF, -INF]), [0.5, 0.5]);
    }
    "what a choice leaves out" a_choice_ignores_what_it_leaves_out {
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
    "the origin and infinity, in two variables" the_origin_of_two_variables {
        assert_eq!(slopes!(|x, y| { x.hypot(y) }, [0.0, 0.0]), [0.0, 0.0]);
        assert!(slopes!(|x, y| { x.atan2(y) }, [0.0, 0.0]).iter().all(|slope| slope.is_nan()));
        assert!(mixed!(|x, y| { x.hypot(y) }, [0.0, 0.0]).is_nan());
        assert_eq!(slopes!(|x, y| { x.xlogy(y) }, [0.0, 0.0]), [-INF, 0.0]);
        let diagonal = std::f64::consts::FRAC_1_SQRT_2;
        assert_eq!(slopes!(|x, y| { x.hypot(y) }, [INF, -INF]), [diagonal, -diagonal]);
    }
    "`powf`, base below 0, an exponent that moves" an_exponent_that_moves_has_no_slope_below_zero {
        let [by_base, by_exponent] = slopes!(|x, y| { x.powf(y) }, [-2.0, 2.0]);
        assert_eq!(by_base, -4.0);
        assert!(by_exponent.is_nan(), "only in the lane in which the exponent moves");
    }
    "`powf`, base 0, mixed" the_mixed_derivative_of_a_power_at_base_zero {
        let mixed = |e: f64| mixed!(|x, y| { x.powf(y) }, [0.0, e]);
        assert_eq!([2.0, 1.0, 0.5, 0.0, -1.0].map(mixed), [0.0, -INF, -INF, INF, INF]);
    }
    "`powf` of and to infinity, mixed" the_mixed_derivative_of_a_power_at_infinity {
        let mixed = |x: f64, e: f64| mixed!(|x, y| { x.powf(y) }, [x, e]);
        let of_infinity = [2.0, 1.0, 0.5, 0.0, -1.0, -INF].map(|e| mixed(INF, e));
        assert_eq!(of_infinity, [INF, INF, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!([(0.5, INF), (2.0, -INF)].map(|(x, e)| mixed(x, e)), [0.0; 2]);
        assert!(mixed(-INF, -1.0).is_nan(), "no logarithm of a negative base");
    }
    "tails" tails_keep_their_derivatives {
        assert_eq!(derivative(|x| x.sigmoid(), 50.0), 1.9287498479639178e-22);
        assert_eq!(derivative(|x| x.tanh(), 25.0), 7.714999391855671e-22);
        assert!(second_derivative(|x| x.sigmoid(), 50.0) < 0.0);
    }
    "a second derivative under an inner scale" curvature_survives_an_inner_scale {
        // The product of two tangents leaves the range of floats long before the second derivative does.
        let close = |got: f64, wanted: f64| assert!((got / wanted - 1.0).abs() < 1e-15, "{got:e}");
        close(second_derivative(|x| (x * 1e-200).sqrt(), 1.0), -0.25e-100);
        let jet = hessian(|[x]| (x * 1e-200).sqrt(), [1.0]);
        close(jet[0][0], -0.25e-100);
        assert_eq!(second_derivative(|x| (x * 1e200).abs() / 2.0, 1.0), 0.0);
        let maximum = hessian(|[x, y]| (x * 1e200).max(y) - y, [1.0, 2.0]);
        assert_eq!(maximum, [[0.0; 2]; 2]);
    }
    "a Hessian" hessians_are_symmetric_to_the_last_bit {
        let rows: [[f64; 3]; 3] = hessian(|[x, y, z]| (x * y).sin() * z / (x + y * z), [0.3, 0.7, -1.1]);
        for (i, j) in [(0, 1), (0, 2), (1, 2)] {
            assert_eq!(rows[i][j].to_bits(), rows[j][i].to_bits());
        }
    }
    "`+=`, `*=` with a float" assigning_operators_with_floats_keep_the_tangent {
        let mut x = Dual::variable(3.0);
        x += 1.0;
        x *= 2.0;
        x -= 0.5;
        x /= 4.0;
        assert_eq!((x.re, x.derivative()), (1.875, 0.5));
    }
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
