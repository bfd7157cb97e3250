//! Oracle: functions of scaled arguments, `f(s·x, r·y)`, whose second derivatives are ordinary numbers by an identity of `f`, such as
//! `ln(s x) = ln s + ln x`, though the rule's own second derivative at `s·x` over- or underflows.
//!
//! The closed forms are of the identity, in f64, at an ordinary point; no rule stands behind them.

use chainrule::{Activation, Dual, HyperDual, Jet, Primitive, Scalar, differentiate, hessian};
use num_traits::{Float, NumCast};

const POINT: [f64; 2] = [1.25, 0.8];

/// A function of two numbers, each with its scale.
trait Function {
    fn call<S: Scalar>(&self, x: S, y: S) -> S;
}

fn narrow<P: Primitive>(x: f64) -> P {
    <P as NumCast>::from(x).unwrap()
}

/// The three second derivatives by each number type, each against the closed form.
fn check<P: Primitive>(what: &str, f: &impl Function, scales: [f64; 2], wanted: [f64; 3]) {
    let [s, r] = scales.map(narrow::<P>);
    let point = POINT.map(narrow::<P>);
    let jet = {
        let [x, y] = Jet::variables(point);
        f.call(x * s, y * r).hessian()
    };
    let hyper = |a: [f64; 2], b: [f64; 2]| {
        let [a, b] = [a.map(narrow), b.map(narrow)];
        let number = |i: usize| HyperDual::<P>::new(point[i], a[i], b[i], P::zero());
        f.call(number(0) * s, number(1) * r).eps1eps2
    };
    let ([along, across], names) = ([[1.0, 0.0], [0.0, 1.0]], ["xx", "xy", "yy"]);
    let rows = [
        ("Jet", [jet[0][0], jet[1][0], jet[1][1]]),
        (
            "HyperDual",
            [
                hyper(along, along),
                hyper(along, across),
                hyper(across, across),
            ],
        ),
        (
            "HyperDual, exchanged",
            [
                hyper(along, along),
                hyper(across, along),
                hyper(across, across),
            ],
        ),
    ];
    let tolerance = 16.0 * P::epsilon().to_f64().unwrap();
    for (number, got) in rows {
        for ((got, wanted), name) in got.into_iter().zip(wanted).zip(names) {
            let (got, wanted) = (got.to_f64().unwrap(), narrow::<P>(wanted).to_f64().unwrap());
            assert!(
                (got - wanted).abs() <= tolerance * wanted.abs(),
                "{what} by {number} at scales {scales:?}: {name} is {got:e}, not {wanted:e}"
            );
        }
    }
}

/// A test a group: `|x, y| function, [scales], [scales in f32], |s, r, x, y| [dxx, dxy, dyy]`. A single scale is that of both.
macro_rules! scaled {
    ($($(#[$doc:meta])* $test:ident { $(|$x:ident, $y:ident| $f:expr, [$($wide:expr),*], [$($narrow:expr),*],
        |$s:ident, $r:ident, $a:ident, $b:ident| $wanted:expr;)* })*) => {
        $(
            $(#[$doc])*
            #[test]
            fn $test() {
                $({
                    struct Row;
                    impl Function for Row {
                        #[allow(unused_variables)]
                        fn call<S: Scalar>(&self, $x: S, $y: S) -> S { $f }
                    }
                    #[allow(unused_variables)]
                    let wanted = |[$s, $r]: [f64; 2]| {
                        let [$a, $b] = POINT;
                        $wanted
                    };
                    for scales in [$($wide),*] {
                        check::<f64>(stringify!($f), &Row, scales, wanted(scales));
                    }
                    for scales in [$($narrow),*] {
                        check::<f32>(stringify!($f), &Row, scales, wanted(scales));
                    }
                })*
            }
        )*
    };
}

const fn both(scale: f64) -> [f64; 2] {
    [scale, scale]
}

/// The float as a number.
fn c<S: Scalar>(value: f64) -> S {
    <S as NumCast>::from(value).unwrap()
}

const LN_2: f64 = std::f64::consts::LN_2;
const LN_10: f64 = std::f64::consts::LN_10;

scaled! {
    logarithms_shift {
        |x, y| x.ln(), [both(1e-160), both(1e-300), both(1e170), both(1e300)], [both(1e-25), both(1e-35), both(1e30)],
            |s, r, x, y| [-1.0 / (x * x), 0.0, 0.0];
        |x, y| x.log2(), [both(1e-160), both(1e-300), both(1e170), both(1e300)], [both(1e-25), both(1e-35), both(1e30)],
            |s, r, x, y| [-1.0 / (x * x * LN_2), 0.0, 0.0];
        |x, y| x.log10(), [both(1e-160), both(1e-300), both(1e170), both(1e300)], [both(1e-25), both(1e-35), both(1e30)],
            |s, r, x, y| [-1.0 / (x * x * LN_10), 0.0, 0.0];
        |x, y| x.log(c(3.0)), [both(1e-160), both(1e-300), both(1e170), both(1e300)], [both(1e-25), both(1e-35), both(1e30)],
            |s, r, x, y| [-1.0 / (x * x * 3f64.ln()), 0.0, 0.0];
        |x, y| x.ln_1p(), [both(1e170), both(1e300)], [both(1e30)],
            |s, r, x, y| [-1.0 / (x * x), 0.0, 0.0];
        |x, y| (x * x).ln(), [both(1e-90), both(1e-150), both(1e100), both(1e150)], [both(1e-15), both(1e18)],
            |s, r, x, y| [-2.0 / (x * x), 0.0, 0.0];
    }
    /// `ln(x)` and `ln(2x)` but for terms that no float holds.
    what_ends_in_a_logarithm_shifts_there {
        |x, y| x.asinh(), [both(1e170), both(1e300)], [both(1e30)],
            |s, r, x, y| [-1.0 / (x * x), 0.0, 0.0];
        |x, y| (-x).asinh(), [both(1e170), both(1e300)], [both(1e30)],
            |s, r, x, y| [1.0 / (x * x), 0.0, 0.0];
        |x, y| x.acosh(), [both(1e170), both(1e300)], [both(1e30)],
            |s, r, x, y| [-1.0 / (x * x), 0.0, 0.0];
        |x, y| x.logit(), [both(1e-160), both(1e-300)], [both(1e-25), both(1e-35)],
            |s, r, x, y| [-1.0 / (x * x), 0.0, 0.0];
        |x, y| (-x).log1mexp(), [both(1e-160), both(1e-300)], [both(1e-25), both(1e-35)],
            |s, r, x, y| [-1.0 / (x * x), 0.0, 0.0];
        |x, y| x.logexpm1(), [both(1e-160), both(1e-300)], [both(1e-25), both(1e-35)],
            |s, r, x, y| [-1.0 / (x * x), 0.0, 0.0];
    }
    /// `(s x)^y = s^y x^y`
    powers_come_apart {
        |x, y| x.sqrt(), [both(1e-220), both(1e-300), both(1e220), both(1e300)], [both(1e-30), both(1e-36), both(1e36)],
            |s, r, x, y| [-0.25 * (s.sqrt() / (x * x.sqrt())), 0.0, 0.0];
        |x, y| x.cbrt(), [both(1e-200), both(1e-300), both(1e200), both(1e300)], [both(1e-27), both(1e-36), both(1e36)],
            |s, r, x, y| [-2.0 / 9.0 * (s.cbrt() * x.cbrt() / (x * x)), 0.0, 0.0];
        |x, y| x.recip(), [both(1e-120), both(1e-150), both(1e120), both(1e150)], [both(1e-16), both(1e16)],
            |s, r, x, y| [2.0 / (x * x * x) / s, 0.0, 0.0];
        |x, y| x.powi(-1), [both(1e-120), both(1e-150), both(1e120), both(1e150)], [both(1e-16), both(1e16)],
            |s, r, x, y| [2.0 / (x * x * x) / s, 0.0, 0.0];
        |x, y| x.powi(-4), [both(1e-60), both(1e60)], [both(1e-7), both(1e7)],
            |s, r, x, y| [20.0 / x.powi(6) / s.powi(4), 0.0, 0.0];
        |x, y| x.powi(3), [both(1e-90), both(1e100)], [both(1e-12), both(1e12)],
            |s, r, x, y| [6.0 * x * s.powi(3), 0.0, 0.0];
        |x, y| x.powf(c(0.5)), [both(1e-220), both(1e-300), both(1e220), both(1e300)], [both(1e-30), both(1e-36), both(1e36)],
            |s, r, x, y| [-0.25 * (s.sqrt() / (x * x.sqrt())), 0.0, 0.0];
        |x, y| x.powf(c(-0.625)), [both(1e-200), both(1e200)], [both(1e-25), both(1e25)],
            |s, r, x, y| [1.015625 * (s.powf(-0.625) * x.powf(-0.625) / (x * x)), 0.0, 0.0];
        |x, y| x.powf(c(-1.0)), [both(1e-120), both(1e-150), both(1e120), both(1e150)], [both(1e-16), both(1e16)],
            |s, r, x, y| [2.0 / (x * x * x) / s, 0.0, 0.0];
        |x, y| x.powf(-y), [[1e-160, 1.0], [1e-170, 1.0], [1e160, 1.0]], [[1e-18, 1.0], [1e20, 1.0]],
            |s, r, x, y| {
                let (power, ln) = (s.powf(-y) * x.powf(-y), s.ln() + x.ln());
                [y * (y + 1.0) * (power / (x * x)), power / x * (y * ln - 1.0), power * ln * ln]
            };
    }
    /// `π/2 - 1/x`, `1 - 1/x` but for terms that no float holds.
    what_levels_off_falls_as_the_reciprocal {
        |x, y| x.atan(), [both(1e110), both(1e150)], [both(1e16)], |s, r, x, y| [-2.0 / (x * x * x) / s, 0.0, 0.0];
        |x, y| (-x).atan(), [both(1e110), both(1e150)], [both(1e16)], |s, r, x, y| [2.0 / (x * x * x) / s, 0.0, 0.0];
        |x, y| x.softsign(), [both(1e110), both(1e150)], [both(1e16)], |s, r, x, y| [-2.0 / (x * x * x) / s, 0.0, 0.0];
    }
    /// `sx/ry = s/r · x/y`
    quotients_come_apart {
        |x, y| x / y, [both(1e-200), both(1e200), both(1e-300), both(1e300), [1e200, 1e150], [1e-200, 1e-150], [1e-120, 1e-200]],
            [both(1e-25), both(1e25), [1e-15, 1e-20]],
            |s, r, x, y| [0.0, -1.0 / (y * y) * (s / r), 2.0 * x / (y * y * y) * (s / r)];
        |x, y| c::<S>(2.0) / y, [both(1e-120), both(1e-150), both(1e120), both(1e150)], [both(1e-16), both(1e16)],
            |s, r, x, y| [0.0, 0.0, 4.0 / (y * y * y) / r];
    }
    angles_have_no_scale_and_distances_one {
        |x, y| x.atan2(y), [both(1e-120), both(1e-200), both(1e-300), both(1e160), both(1e300)], [both(1e-30), both(1e30)],
            |s, r, x, y| {
                let square = x * x + y * y;
                let (a, b) = (2.0 * x * y / (square * square), (x - y) * (x + y) / (square * square));
                [-a, b, a]
            };
        |x, y| y.atan2(x), [[1e100, 1e-100], [1e120, 1e-20]], [[1e12, 1e-10]],
            // The angle is `ry/sx`.
            |s, r, x, y| [2.0 * y / (x * x * x) * (r / s), -1.0 / (x * x) * (r / s), -2.0 * (y / x).powi(3) / (y * y) * (r / s).powi(3)];
        |x, y| x.hypot(y), [both(1e-200), both(1e-300), both(1e-307), both(1e200), both(1e300)], [both(1e-30), both(1e30)],
            |s, r, x, y| {
                let cube = (x * x + y * y) * x.hypot(y);
                [y * y / cube * s, -(x * y) / cube * s, x * x / cube * s]
            };
    }
    factors_beside_logarithms {
        |x, y| x.xlogy(y), [[1.0, 1e-160], [1.0, 1e-300], [1.0, 1e170], [1e-100, 1e-250], [1e100, 1e250]],
            [[1.0, 1e-25], [1e10, 1e30]],
            |s, r, x, y| [0.0, s / y, -(s * x) / (y * y)];
        |x, y| c::<S>(3.0).log(y), [both(1e-160), both(1e-300), both(1e170), both(1e300)], [both(1e-25), both(1e30)],
            |s, r, x, y| {
                let ln = r.ln() + y.ln();
                [0.0, 0.0, 3f64.ln() / (ln * ln * y * y) * (1.0 + 2.0 / ln)]
            };
        |x, y| x.log(y), [[1e-160, 1e170], [1e-300, 1e-300], [1e250, 1e200]], [[1e-25, 1e30], [1e25, 1e30]],
            |s, r, x, y| {
                let (ln_x, ln) = (s.ln() + x.ln(), r.ln() + y.ln());
                [-1.0 / (x * x * ln), -1.0 / (x * y * ln * ln), ln_x / (ln * ln * y * y) * (1.0 + 2.0 / ln)]
            };
    }
    /// `f'' = f`, and tangents that are tiny beside it, or huge.
    exponentials_carry_their_tangents {
        |x, y| (x + c::<S>(700.0)).exp(), [both(1e-150), both(1e-160)], [], |s, r, x, y| [700f64.exp() * s * s, 0.0, 0.0];
        |x, y| (x + c::<S>(80.0)).exp(), [], [both(1e-18)], |s, r, x, y| [80f64.exp() * s * s, 0.0, 0.0];
        |x, y| (x + c::<S>(700.0)).exp_m1(), [both(1e-150), both(1e-160)], [], |s, r, x, y| [700f64.exp() * s * s, 0.0, 0.0];
        |x, y| (x + c::<S>(700.0)).sinh(), [both(1e-150), both(1e-160)], [], |s, r, x, y| [700f64.sinh() * s * s, 0.0, 0.0];
        |x, y| (x + c::<S>(700.0)).cosh(), [both(1e-150), both(1e-160)], [], |s, r, x, y| [700f64.cosh() * s * s, 0.0, 0.0];
        |x, y| (x + c::<S>(1000.0)).exp2(), [both(1e-150), both(1e-160)], [], |s, r, x, y| [1000f64.exp2() * s * s * (LN_2 * LN_2), 0.0, 0.0];
    }
    /// One float off the end the second derivatives are as large as they get: `x/(h (2-h))^(3/2)` and the like, `h` the distance.
    ends_of_the_domain_carry_tiny_tangents {
        |x, y| (x + c::<S>(1.0 - H)).asin(), [both(1e-160)], [both(1e-20)], |s, r, x, y| [at_end(1.0 - H, 1.5, s), 0.0, 0.0];
        |x, y| (x + c::<S>(1.0 - H)).acos(), [both(1e-160)], [both(1e-20)], |s, r, x, y| [-at_end(1.0 - H, 1.5, s), 0.0, 0.0];
        |x, y| (x + c::<S>(1.0 - H)).atanh(), [both(1e-160)], [both(1e-20)], |s, r, x, y| [2.0 * at_end(1.0 - H, 2.0, s), 0.0, 0.0];
        |x, y| (x + c::<S>(1.0 + H)).acosh(), [both(1e-160)], [both(1e-20)], |s, r, x, y| [-at_end(1.0 + H, 1.5, s), 0.0, 0.0];
    }
}

const H: f64 = f32::EPSILON as f64;

/// `s² x/|1 - x²|^power` for `x` within `H` of 1.
fn at_end(x: f64, power: f64, s: f64) -> f64 {
    x * s / (H * (1.0 + x)).powf(power) * s
}

/// A tangent of exactly 0 stays so beside factors and tangents that overflow together.
#[test]
fn zero_tangents_stay_zero_beside_factors_that_overflow() {
    for x in [1e-300, 1e-160, 1.0, 1e160] {
        for large in [1.0, 1e-300, 1e300] {
            for (a, b) in [(0.0, large), (large, 0.0)] {
                let x = HyperDual::new(x, a, b, 0.0);
                let y = HyperDual::new(1.0, 0.0, 0.0, 0.0);
                for f in [
                    x.ln(),
                    x.sqrt(),
                    x.cbrt(),
                    x.recip(),
                    x.powi(-2),
                    y / x,
                    x.atan2(y),
                    x.hypot(y),
                    x.powf(-y),
                ] {
                    assert_eq!(f.eps1eps2, 0.0, "{x:e} gives {f:e}");
                }
            }
        }
    }
    let gradient = [0.0, 1e-160, 0.0];
    let ln = Jet::new(1e-160, gradient, [[0.0; 3]; 3]).ln().hessian();
    assert_eq!(
        ln.map(|row| row.map(f64::round)),
        [[0.0; 3], [0.0, -1.0, 0.0], [0.0; 3]]
    );
}

/// Tangents of unlike sizes, where each order of multiplication fails for one of them.
#[test]
fn tangents_of_unlike_sizes_meet_the_factor_that_suits_them() {
    let root = |a, b| HyperDual::new(1e-300, a, b, 0.0).sqrt().eps1eps2;
    // -1/(4 x√x) is -0.25e450, and the product of the tangents 1e-200.
    for (a, b) in [(1e100, 1e-300), (1e-100, 1e-100), (1e-200, 1.0)] {
        let (got, wanted) = (root(a, b), -0.25e250);
        assert!(
            (got / wanted - 1.0).abs() < 1e-14,
            "{a:e}, {b:e}: {got:e}, not {wanted:e}"
        );
        assert_eq!(got, root(b, a), "the order of the directions");
    }
    let sum = hessian(|[x, y]| (x * 1e-160 + y * 1e-200).ln(), [1.0, 1.0]);
    for (got, wanted) in [(sum[0][0], -1.0), (sum[1][0], -1e-40), (sum[1][1], -1e-80)] {
        assert!(
            (got / wanted - 1.0).abs() < 1e-14,
            "{got:e}, not {wanted:e}"
        );
    }
}

/// Powers of two, which are exact where they are subnormal.
#[test]
fn subnormal_numbers_are_divided_exactly() {
    let two = |power: i32| 2f64.powi(power + 500) * 2f64.powi(-500);
    let second = |x: f64, y: f64, f: fn(HyperDual<f64>, HyperDual<f64>) -> HyperDual<f64>| {
        f(HyperDual::constant(x), HyperDual::new(y, y, y, 0.0)).eps1eps2
    };
    // -x/y² between two tangents y.
    let got = second(two(-1000), two(-1030), |x, y| x.xlogy(y));
    assert_eq!(got, -two(-1000));
    // 2x/y³ likewise: neither x/y² · 2^600 nor 1/y³ is a float.
    let got = second(two(-1030), two(-730), |x, y| x / y);
    assert_eq!(got, two(-299));
}

/// The third derivative of `ln(s x)` is `2/x³`; at 1e-120 the rule's own is 2e360.
#[test]
fn numbers_inside_numbers_keep_to_the_range() {
    let f = |s: f64| {
        let x = Dual::variable(1.25);
        (HyperDual::<Dual<f64>>::variable(x) * s).ln().eps1eps2
    };
    for s in [1e-120, 1e-90, 1.0, 1e120] {
        let got = f(s);
        for (got, wanted) in [(got.re, -1.0 / 1.5625), (got.derivative(), 2.0 / 1.953125)] {
            assert!(
                (got / wanted - 1.0).abs() < 1e-14,
                "at {s:e}: {got:e}, not {wanted:e}"
            );
        }
    }
}

/// `x²/y`, told by its derivatives.
#[differentiate(first(ratio_dx, ratio_dy), second(ratio_dxx, ratio_dxy, ratio_dyy))]
fn ratio(x: f64, y: f64) -> f64 {
    x * (x / y)
}
fn ratio_dx(x: f64, y: f64) -> f64 {
    2.0 * (x / y)
}
fn ratio_dy(x: f64, y: f64) -> f64 {
    -(x / y) * (x / y)
}
fn ratio_dxx(_: f64, y: f64) -> f64 {
    2.0 / y
}
fn ratio_dxy(x: f64, y: f64) -> f64 {
    -2.0 * (x / y) / y
}
fn ratio_dyy(x: f64, y: f64) -> f64 {
    2.0 * (x / y) * (x / y) / y
}

/// The product of two tangents of 1e-200 is 0, and that of 1e200 infinite.
#[test]
fn given_derivatives_take_tangents_one_after_the_other() {
    for s in [1e-200, 1e200] {
        let h = hessian(|[x, y]| ratio::lift(x * s, y * s), [1.25, 0.8]);
        let wanted = [2.0 / 0.8, -2.0 * 1.25 / 0.64, 2.0 * 1.5625 / 0.512].map(|part| part * s);
        for (got, wanted) in [h[0][0], h[1][0], h[1][1]].into_iter().zip(wanted) {
            assert!(
                (got / wanted - 1.0).abs() < 1e-14,
                "at {s:e}: {got:e}, not {wanted:e}"
            );
        }
    }
}
