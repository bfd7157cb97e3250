//! Any order by nesting: third and fourth derivatives against closed forms.

// The names that the standard library plans for itself are called as methods of floats here.
#![allow(unstable_name_collisions)]

use chainrule::{Dual, HyperDual, Scalar, Special};

use crate::oracle::{NAMES, call};

type Third = Dual<Dual<Dual<f64>>>;
type Fourth = Dual<Dual<Dual<Dual<f64>>>>;

fn third(f: impl Fn(Third) -> Third, x: f64) -> f64 {
    let x = Dual::variable(Dual::variable(Dual::variable(x)));
    f(x).derivative().derivative().derivative()
}

fn fourth(f: impl Fn(Fourth) -> Fourth, x: f64) -> f64 {
    let x = Dual::variable(Dual::variable(Dual::variable(Dual::variable(x))));
    f(x).derivative().derivative().derivative().derivative()
}

#[track_caller]
fn assert_close(got: f64, wanted: f64, tolerance: f64) {
    assert!(
        (got - wanted).abs() <= tolerance * wanted.abs(),
        "{got:e}, not {wanted:e}"
    );
}

/// By dual numbers alone, and by hyper-dual ones outside and inside: each asks other formulas.
#[test]
fn the_order_of_nesting_does_not_matter() {
    for name in NAMES {
        // Where they are not what they are in the middle: in the tails, and left of 0.
        let elsewhere: &[f64] = match *name {
            "erf" | "erfc" => &[-1.3, 26.7],
            "norm_pdf" | "norm_cdf" | "gelu" => &[-1.3, 37.8, -37.8],
            "gelu_tanh" => &[-1.3, -21.5],
            "gamma" | "expint_ei" | "bessel_j1" => &[-0.7],
            _ => &[],
        };
        for &x in [0.3, 0.8].iter().chain(elsewhere) {
            let three = Dual::variable(Dual::variable(Dual::<f64>::variable(x)));
            let outside = HyperDual::variable(Dual::<f64>::variable(x));
            let inside = Dual::variable(HyperDual::<f64>::variable(x));
            let three = call(name, three, three * three, 3);
            let three = three.derivative().derivative().derivative();
            let outside = call(name, outside, outside * outside, 3)
                .eps1eps2
                .derivative();
            let inside = call(name, inside, inside * inside, 3).derivative().eps1eps2;
            for got in [outside, inside] {
                assert!(
                    (got - three).abs() <= 1e-11 * three.abs(),
                    "{name} at {x}: {got:e}, not {three:e}"
                );
            }
        }
    }
}

#[test]
fn bell_curves() {
    for x in [-3.0_f64, -0.4, 0.7, 5.5, 12.0] {
        let slope = std::f64::consts::FRAC_2_SQRT_PI * (-x * x).exp();
        // Hermite polynomials.
        assert_close(third(|x| x.erf(), x), (4.0 * x * x - 2.0) * slope, 1e-13);
        assert_close(
            fourth(|x| x.erf(), x),
            -(8.0 * x.powi(3) - 12.0 * x) * slope,
            1e-13,
        );
        assert_close(third(|x| x.erfc(), x), -(4.0 * x * x - 2.0) * slope, 1e-13);
        let density = x.norm_pdf();
        assert_close(third(|x| x.norm_cdf(), x), (x * x - 1.0) * density, 1e-13);
        assert_close(
            third(|x| x.norm_pdf(), x),
            (3.0 * x - x.powi(3)) * density,
            1e-13,
        );
        assert_close(
            fourth(|x| x.norm_cdf(), x),
            (3.0 * x - x.powi(3)) * density,
            1e-13,
        );
        assert_close(
            third(|x| x.gelu(), x),
            (x.powi(3) - 4.0 * x) * density,
            1e-13,
        );
    }
    for p in [1e-20, 0.03, 0.4, 0.9] {
        let (w, slope) = (
            p.inv_norm_cdf(),
            chainrule::derivative(|p| p.inv_norm_cdf(), p),
        );
        assert_close(
            third(|p| p.inv_norm_cdf(), p),
            (1.0 + 2.0 * w * w) * slope.powi(3),
            1e-12,
        );
        let wanted = w * (7.0 + 6.0 * w * w) * slope.powi(4);
        assert_close(fourth(|p| p.inv_norm_cdf(), p), wanted, 1e-12);
    }
}

#[test]
fn gamma_functions() {
    for x in [-2.3, -0.6, 0.25, 1.8, 7.5, 30.25] {
        let [p0, p1, p2, p3] = [0, 1, 2, 3].map(|n| x.polygamma(n));
        assert_close(third(|x| x.ln_gamma(), x), p2, 1e-14);
        assert_close(fourth(|x| x.ln_gamma(), x), p3, 1e-14);
        assert_close(third(|x| x.digamma(), x), p3, 1e-14);
        assert_close(fourth(|x| x.polygamma(2), x), x.polygamma(6), 1e-14);
        let ratio = p0.powi(3) + 3.0 * p0 * p1 + p2;
        assert_close(third(|x| x.gamma(), x), x.gamma() * ratio, 1e-12);
        let ratio = p0.powi(4) + 6.0 * p0 * p0 * p1 + 3.0 * p1 * p1 + 4.0 * p0 * p2 + p3;
        assert_close(fourth(|x| x.gamma(), x), x.gamma() * ratio, 1e-12);
    }
}

#[test]
fn exponential_integrals() {
    for x in [-3.5_f64, -0.6, 0.25, 1.8, 7.5] {
        // exp(x)/x, differentiated twice and three times.
        let wanted = x.exp() * (x * x - 2.0 * x + 2.0) / x.powi(3);
        assert_close(third(|x| x.expint_ei(), x), wanted, 1e-14);
        let wanted = x.exp() * (x.powi(3) - 3.0 * x * x + 6.0 * x - 6.0) / x.powi(4);
        assert_close(fourth(|x| x.expint_ei(), x), wanted, 1e-13);
        assert_close(
            third(|x| x.expint_e1(), x.abs()),
            third(|x| -(-x).expint_ei(), x.abs()),
            1e-15,
        );
    }
}

/// Of `x σ(q)`, written with the rows of the sigmoid and the polynomial `q`.
#[test]
fn the_tanh_form_of_gelu() {
    fn plain<S: Scalar>(x: S) -> S {
        let factor = S::literal(2.0 * (2.0 / std::f64::consts::PI).sqrt());
        x * (factor * (x + S::literal(0.044715) * x * x * x)).sigmoid()
    }
    for x in [-5.25, -1.5, -0.1, 0.0, 0.3, 2.0, 4.5] {
        assert_close(third(|x| x.gelu_tanh(), x), third(plain, x), 1e-12);
        assert_close(fourth(|x| x.gelu_tanh(), x), fourth(plain, x), 1e-11);
        // By the second derivative of the factor, which nested numbers never ask for.
        let hyper = HyperDual::variable(Dual::<f64>::variable(x));
        let got = hyper.gelu_tanh().eps1eps2.derivative();
        assert_close(got, third(plain, x), 1e-12);
    }
}

/// By the differential equations of the functions, differentiated.
#[test]
fn bessel_functions() {
    for x in [0.3, 1.7, 4.5, 11.0] {
        let [y, d, dd] = [
            x.bessel_j0(),
            -x.bessel_j1(),
            chainrule::second_derivative(|x| x.bessel_j0(), x),
        ];
        let wanted = -d - dd / x + d / (x * x);
        assert!((third(|x| x.bessel_j0(), x) - wanted).abs() < 1e-14 * (1.0 + 1.0 / (x * x)));
        let wanted = 0.125 * (3.0 * y - 4.0 * x.bessel_jn(2) + x.bessel_jn(4));
        assert!((fourth(|x| x.bessel_j0(), x) - wanted).abs() < 1e-13, "{x}");
        let wanted = 0.125 * (3.0 * x.bessel_i0() + 4.0 * x.bessel_in(2) + x.bessel_in(4));
        assert_close(fourth(|x| x.bessel_i0(), x), wanted, 1e-13);
        let wanted = 0.125
            * (x.bessel_yn(-1) - 3.0 * x.bessel_yn(1) + 3.0 * x.bessel_yn(3) - x.bessel_yn(5));
        assert!(
            (third(|x| x.bessel_yn(2), x) - wanted).abs() < 1e-13 * (1.0 + wanted.abs()),
            "{x}"
        );
    }
    // At 0, where quotients by x are no help: the coefficients of the power series.
    assert_eq!(fourth(|x| x.bessel_j0(), 0.0), 0.375);
    assert_eq!(third(|x| x.bessel_j1(), 0.0), -0.375);
    assert_eq!(fourth(|x| x.bessel_i0(), 0.0), 0.375);
    assert_close(fourth(|x| x.spherical_j0(), 0.0), 0.2, 1e-15);
    assert_close(third(|x| x.spherical_j1(), 0.0), -0.2, 1e-15);
}

#[test]
fn beta_functions() {
    fn mixed<S: Scalar>(f: impl Fn(Dual<S, 2>, Dual<S, 2>) -> Dual<S, 2>, x: S, y: S) -> S {
        let [x, y] = Dual::variables([x, y]);
        f(x, y).eps[1]
    }
    // d³/dx²dy ln B = -ψ''(x+y)
    let (x, y) = (2.5_f64, 1.25);
    let got = mixed(
        |x, y| x.ln_beta(y),
        HyperDual::variable(x),
        HyperDual::constant(y),
    )
    .eps1eps2;
    assert_close(got, -(x + y).polygamma(2), 1e-14);
    // B (a² b + a' b - 2a ψ' - ψ'') with the differences a and b of digamma functions
    let sum = x + y;
    let (a, b) = (x.digamma() - sum.digamma(), y.digamma() - sum.digamma());
    let wanted =
        (a * a + x.trigamma() - sum.trigamma()) * b - 2.0 * a * sum.trigamma() - sum.polygamma(2);
    let got = mixed(
        |x, y| x.beta(y),
        HyperDual::variable(x),
        HyperDual::constant(y),
    )
    .eps1eps2;
    assert_close(got, x.beta(y) * wanted, 1e-13);
}

/// The slope of the gamma function in `HyperDual` over `Dual<f32>`: two ways to nest.
#[test]
fn single_precision_nests_too() {
    let x = HyperDual::variable(Dual::<f32>::variable(1.75));
    let y = x.gamma();
    let wanted = third(|x| x.gamma(), 1.75);
    assert!((f64::from(y.eps1eps2.derivative()) - wanted).abs() < 1e-5);
}
