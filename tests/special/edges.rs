//! What the documentation says of the edges: poles, zeros of either sign, infinity, NaN.

// The names that the standard library plans for itself are called as methods of floats here.
#![allow(unstable_name_collisions)]

use chainrule::{Dual, HyperDual, Special, watch};

use crate::oracle::{NAMES, TWO, call};

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

fn same(a: f64, b: f64) -> bool {
    a == b || (a.is_nan() && b.is_nan())
}

/// A function by two number types, and rows `x => value, first, second`.
macro_rules! edges {
    ($($name:ident { $($function:ident $arguments:tt { $($x:expr => $value:expr, $first:expr, $second:expr;)* })* })*) => {
        /// The functions, each with a point.
        const ROWS: &[(&str, f64)] = &[$($($((stringify!($function), $x)),*),*),*];

        $(
            #[test]
            fn $name() {
                $($({
                    let x: f64 = $x;
                    let dual = Dual::<f64>::variable(x).$function $arguments;
                    let hyper = HyperDual::variable(x).$function $arguments;
                    let got = [dual.re, dual.derivative(), hyper.eps1eps2];
                    let wanted: [f64; 3] = [$value, $first, $second];
                    let context = format!("{} at {x:e}: {got:?}, not {wanted:?}", stringify!($function));
                    assert!(got.iter().zip(wanted).all(|(&got, wanted)| same(got, wanted)), "{context}");
                    assert!(same(x.$function $arguments, dual.re) && same(hyper.re, dual.re), "{context}");
                    assert!(same(hyper.eps1, dual.derivative()), "{context}");
                })*)*
            }
        )*
    };
}
edges! {
    the_normal_distribution_ends {
        erf() { INF => 1.0, 0.0, 0.0; -INF => -1.0, 0.0, 0.0; NAN => NAN, NAN, NAN; 40.0 => 1.0, 0.0, 0.0;
        }
        erfc() { INF => 0.0, 0.0, 0.0; -INF => 2.0, 0.0, 0.0; NAN => NAN, NAN, NAN; 1e300 => 0.0, 0.0, 0.0;
        }
        norm_pdf() { INF => 0.0, 0.0, 0.0; -INF => 0.0, 0.0, 0.0; NAN => NAN, NAN, NAN; -1e200 => 0.0, 0.0, 0.0;
        }
        norm_cdf() { INF => 1.0, 0.0, 0.0; -INF => 0.0, 0.0, 0.0; NAN => NAN, NAN, NAN; -1e200 => 0.0, 0.0, 0.0;
        }
        gelu() { INF => INF, 1.0, 0.0; -INF => 0.0, 0.0, 0.0; NAN => NAN, NAN, NAN; 0.0 => 0.0, 0.5, 0.797_884_560_802_865_4;
        }
        gelu_tanh() { INF => INF, 1.0, 0.0; -INF => 0.0, 0.0, 0.0; NAN => NAN, NAN, NAN; 0.0 => 0.0, 0.5, 0.797_884_560_802_865_4;
            -0.0 => -0.0, 0.5, 0.797_884_560_802_865_4; 30.0 => 30.0, 1.0, 0.0; -30.0 => 0.0, 0.0, 0.0; -1e200 => 0.0, 0.0, 0.0;
        }
        mish() { INF => INF, 1.0, 0.0; -INF => 0.0, 0.0, 0.0; NAN => NAN, NAN, NAN; 0.0 => 0.0, 0.6, 0.64; -1e200 => 0.0, 0.0, 0.0;
        }
        inv_norm_cdf() { 0.0 => -INF, INF, -INF; -0.0 => -INF, INF, -INF; 1.0 => INF, INF, INF; 0.5 => 0.0, 2.506_628_274_631_000_7, 0.0;
            -0.1 => NAN, NAN, NAN; 1.1 => NAN, NAN, NAN; NAN => NAN, NAN, NAN; INF => NAN, NAN, NAN;
        }
    }
    the_gamma_function_has_poles {
        gamma() { 0.0 => INF, -INF, INF; -0.0 => -INF, -INF, -INF; -1.0 => NAN, NAN, NAN; -2.0 => NAN, NAN, NAN; -1e300 => NAN, NAN, NAN;
            INF => INF, INF, INF; -INF => NAN, NAN, NAN; NAN => NAN, NAN, NAN; 172.0 => INF, INF, INF; 1e300 => INF, INF, INF;
            -200.5 => 0.0, 0.0, 0.0; -180.5 => 0.0, 0.0, 0.0;
        }
        ln_gamma() { 0.0 => INF, -INF, INF; -0.0 => INF, INF, INF; -1.0 => INF, NAN, NAN; -3.0 => INF, NAN, NAN;
            INF => INF, INF, 0.0; -INF => INF, NAN, NAN; NAN => NAN, NAN, NAN; 1.0 => 0.0, -0.577_215_664_901_532_9, 1.644_934_066_848_226_4;
            2.0 => 0.0, 0.422_784_335_098_467_13, 0.644_934_066_848_226_4;
        }
        digamma() { 0.0 => -INF, INF, -INF; -0.0 => INF, INF, INF; -1.0 => NAN, NAN, NAN; INF => INF, 0.0, 0.0; -INF => NAN, NAN, NAN; NAN => NAN, NAN, NAN;
        }
        trigamma() { 0.0 => INF, -INF, INF; -0.0 => INF, INF, INF; -1.0 => NAN, NAN, NAN; INF => 0.0, 0.0, 0.0; -INF => NAN, NAN, NAN; NAN => NAN, NAN, NAN;
        }
        polygamma(2) { 0.0 => -INF, INF, -INF; -0.0 => INF, INF, INF; -4.0 => NAN, NAN, NAN; INF => 0.0, 0.0, 0.0; -INF => NAN, NAN, NAN; NAN => NAN, NAN, NAN;
        }
        polygamma(-1) { 2.5 => NAN, NAN, NAN;
        }
    }
    the_exponential_integrals_end {
        expint_e1() { 0.0 => INF, -INF, INF; -0.0 => INF, -INF, INF; INF => 0.0, 0.0, 0.0; -1.0 => NAN, NAN, NAN; -INF => NAN, NAN, NAN;
            NAN => NAN, NAN, NAN; 800.5 => 0.0, 0.0, 0.0;
        }
        expint_ei() { 0.0 => -INF, INF, -INF; -0.0 => -INF, -INF, -INF; INF => INF, INF, INF; -INF => 0.0, 0.0, 0.0; NAN => NAN, NAN, NAN;
            720.0 => INF, INF, INF; -800.5 => 0.0, 0.0, 0.0; 1.0 => 1.895_117_816_355_936_8, std::f64::consts::E, 0.0;
        }
    }
    bessel_functions_end {
        bessel_j0() { 0.0 => 1.0, 0.0, -0.5; INF => 0.0, 0.0, 0.0; -INF => 0.0, 0.0, 0.0; NAN => NAN, NAN, NAN;
        }
        bessel_j1() { 0.0 => 0.0, 0.5, 0.0; INF => 0.0, 0.0, 0.0; -INF => 0.0, 0.0, 0.0; NAN => NAN, NAN, NAN;
        }
        bessel_jn(2) { 0.0 => 0.0, 0.0, 0.25; INF => 0.0, 0.0, 0.0; -INF => 0.0, 0.0, 0.0; NAN => NAN, NAN, NAN;
        }
        bessel_jn(300) { 1e-3 => 0.0, 0.0, 0.0;
        }
        bessel_y0() { 0.0 => -INF, INF, -INF; -0.0 => -INF, INF, -INF; INF => 0.0, 0.0, 0.0; -1.0 => NAN, NAN, NAN; NAN => NAN, NAN, NAN;
        }
        bessel_y1() { 0.0 => -INF, INF, -INF; -0.0 => -INF, INF, -INF; INF => 0.0, 0.0, 0.0; -1.0 => NAN, NAN, NAN; NAN => NAN, NAN, NAN;
        }
        bessel_yn(3) { 0.0 => -INF, INF, -INF; 1e-200 => -INF, INF, -INF; INF => 0.0, 0.0, 0.0; -1.0 => NAN, NAN, NAN; NAN => NAN, NAN, NAN;
        }
        bessel_yn(20) { 1e-16 => -INF, INF, -INF;
        }
        bessel_yn(-3) { 0.0 => INF, -INF, INF;
        }
        bessel_i0() { 0.0 => 1.0, 0.0, 0.5; INF => INF, INF, INF; -INF => INF, -INF, INF; 800.0 => INF, INF, INF; NAN => NAN, NAN, NAN;
        }
        bessel_i1() { 0.0 => 0.0, 0.5, 0.0; INF => INF, INF, INF; -INF => -INF, INF, -INF; -800.0 => -INF, INF, -INF; NAN => NAN, NAN, NAN;
        }
        bessel_in(2) { 0.0 => 0.0, 0.0, 0.25; INF => INF, INF, INF; -INF => INF, -INF, INF; 800.0 => INF, INF, INF; NAN => NAN, NAN, NAN;
        }
        spherical_j0() { 0.0 => 1.0, 0.0, -1.0 / 3.0; INF => 0.0, 0.0, 0.0; -INF => 0.0, 0.0, 0.0; NAN => NAN, NAN, NAN;
        }
        spherical_j1() { 0.0 => 0.0, 1.0 / 3.0, 0.0; INF => 0.0, 0.0, 0.0; -INF => 0.0, 0.0, 0.0; NAN => NAN, NAN, NAN;
        }
        spherical_j2() { 0.0 => 0.0, 0.0, 2.0 / 15.0; INF => 0.0, 0.0, 0.0; -INF => 0.0, 0.0, 0.0; NAN => NAN, NAN, NAN;
        }
        spherical_jn(3) { 0.0 => 0.0, 0.0, 0.0; INF => 0.0, 0.0, 0.0; -INF => 0.0, 0.0, 0.0; NAN => NAN, NAN, NAN;
        }
        spherical_jn(-1) { 1.0 => NAN, NAN, NAN;
        }
    }
}

/// Value, dx, dy, dxx, dxy, dyy.
#[test]
fn the_beta_function_has_edges() {
    let beta = |x: f64, y: f64| {
        let [x, y] = chainrule::Jet::variables([x, y]);
        let b = x.beta(y);
        let [[dxx, _], [dxy, dyy]] = b.hessian();
        [b.re, b.gradient[0], b.gradient[1], dxx, dxy, dyy]
    };
    assert_eq!(beta(0.0, 2.0)[..2], [INF, -INF]);
    assert_eq!(beta(3.0, 0.0)[0], INF);
    assert_eq!(beta(3.0, INF)[0], 0.0);
    assert!(beta(-1.0, 2.5).iter().all(|part| part.is_nan()));
    assert!(beta(f64::NAN, 2.5).iter().all(|part| part.is_nan()));
    assert!(0.0.beta(INF).is_nan());
    assert_eq!((0.0.ln_beta(1.0), 1.0.ln_beta(INF)), (INF, -INF));
    assert!((-0.5_f64).ln_beta(1.0).is_nan());
}

/// A zero tangent stays zero, also at a pole.
#[test]
fn constants_stay_constants() {
    let zero = Dual::<f64, 2>::new(0.0, [0.0, 1.0]);
    assert_eq!(zero.gamma().eps, [0.0, -INF]);
    assert_eq!(zero.bessel_y0().eps, [0.0, INF]);
    let outside = Dual::<f64, 2>::new(-1.0, [0.0, 1.0]).inv_norm_cdf();
    assert!(outside.eps[0] == 0.0 && outside.eps[1].is_nan());
}

/// The second derivative of `f(1e-160 x)` at 1 is what it is, though that of `f` there is out of the range of floats.
#[test]
fn curvature_next_to_a_pole_meets_small_tangents() {
    let scaled = HyperDual::new(1e-160, 1e-160, 1e-160, 0.0);
    let second = |f: fn(HyperDual<f64>) -> HyperDual<f64>| f(scaled).eps1eps2;
    assert_eq!(second(|x| x.ln_gamma()), 1.0);
    assert_eq!(second(|x| x.expint_e1()), 1.0);
    assert_eq!(second(|x| x.expint_ei()), -1.0);
    assert_eq!(second(|x| x.bessel_y0()), -2.0 / std::f64::consts::PI);
    assert_eq!(second(|x| x.ln_beta(HyperDual::constant(2.0))), 1.0);
    // Of functions with an order: -2/x³, and -4/π/x².
    let scaled = HyperDual::new(1e-20, 1e-20, 1e-20, 0.0);
    for (got, wanted) in [
        (scaled.polygamma(2), -24e60),
        (scaled.bessel_yn(2), -24e40 / std::f64::consts::PI),
    ] {
        assert!((got.eps1eps2 / wanted - 1.0).abs() < 1e-14, "{got:e}");
    }
}

#[test]
fn every_special_function_has_its_edges_here() {
    for name in NAMES.iter().filter(|name| !TWO.contains(name)) {
        let points = || ROWS.iter().filter(|(row, _)| row == name).map(|row| row.1);
        assert!(
            points().any(f64::is_nan) && points().any(|x| x == INF),
            "say in tests/special/edges.rs what `{name}` gives at the ends of its domain, at zeros of either sign, at infinity and at NaN"
        );
    }
    let text = include_str!("edges.rs");
    for name in TWO {
        assert!(
            text.contains(&format!("0.{name}(")),
            "say in tests/special/edges.rs what `{name}` gives where one argument is 0"
        );
    }
}

/// So that nothing need be said of them in src/watch/edge.rs.
#[test]
fn no_special_function_has_a_kink() {
    for name in NAMES {
        for x in [-1.0, 0.0, 0.5, 1.0, 2.0, 3.0] {
            let kinks = watch::kinks(|[x]| call(name, x, x, 2), [x]);
            assert!(kinks.is_empty(), "{name} at {x}: {kinks}");
        }
    }
}
