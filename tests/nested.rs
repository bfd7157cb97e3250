//! Oracle: derivatives of higher order by hand, taken with numbers inside numbers.
//!
//! That a captured variable needs an explicit lift is a `compile_fail` example on `Dual`.

use chainrule::{
    Activation, Dual, HyperDual, Jet, Scalar, derivative, gradient, hessian, second_derivative,
};

fn close(got: f64, wanted: f64) {
    assert!(
        (got - wanted).abs() <= 1e-13 * wanted.abs().max(1e-3),
        "{got}, not {wanted}"
    );
}

#[test]
fn perturbations_are_not_confused() {
    // d/dx (x * d/dy (x + y)) = d/dx (x * 1) = 1; numbers that share one ε say 2.
    assert_eq!(
        derivative(|x| x * derivative(|y| Dual::constant(x) + y, x), 1.0),
        1.0
    );
    // d/dx (x * d/dy (x * y)) = d/dx x² = 2x.
    assert_eq!(
        derivative(|x| x * derivative(|y| Dual::constant(x) * y, x), 5.0),
        10.0
    );
    // d/dx d/dy (x² y³) = 6 x y².
    assert_eq!(
        derivative(
            |x| derivative(|y| Dual::constant(x * x) * y * y * y, Dual::constant(2.0)),
            3.0
        ),
        72.0
    );
}

#[test]
fn the_order_of_nesting_does_not_matter() {
    fn f<S: Scalar>(x: S) -> S {
        (x * x).sin() * x.exp()
    }
    let x = 0.8_f64;
    let (s, c) = (x * x).sin_cos();
    // With g = sin x²: f''' = e^x (g + 3g' + 3g'' + g'''), collected by sine and cosine.
    let third =
        x.exp() * (s * (1.0 - 12.0 * x - 12.0 * x * x) + c * (6.0 + 6.0 * x - 8.0 * x * x * x));
    let three = f(Dual::variable(Dual::variable(Dual::variable(x))));
    close(three.eps[0].eps[0].eps[0], third);
    let outer = f(Dual::new(
        HyperDual::variable(x),
        [HyperDual::constant(1.0)],
    ));
    close(outer.eps[0].eps1eps2, third);
    let inner = f(HyperDual::new(
        Dual::variable(x),
        Dual::constant(1.0),
        Dual::constant(1.0),
        Dual::constant(0.0),
    ));
    close(inner.eps1eps2.eps[0], third);
    let jet = f(Jet::<_, 1>::variables([Dual::<f64>::variable(x)])[0]);
    close(jet.hessian()[0][0].eps[0], third);
    let [variable] = Jet::<f64, 1>::variables([x]);
    let dual = f(Dual::new(variable, [Jet::constant(1.0)]));
    close(dual.eps[0].hessian()[0][0], third);
}

#[test]
fn third_derivatives_of_activations() {
    let third = |f: fn(HyperDual<Dual<f64>>) -> HyperDual<Dual<f64>>, x: f64| {
        derivative(|x| second_derivative(f, x), x)
    };
    let x = 0.7_f64;
    let s = 1.0 / (1.0 + (-x).exp());
    close(
        third(|x| x.sigmoid(), x),
        s * (1.0 - s) * (1.0 - 6.0 * s + 6.0 * s * s),
    );
    let t = x.tanh();
    close(third(|x| x.tanh(), x), (1.0 - t * t) * (6.0 * t * t - 2.0));
    close(third(|x| x.powi(5), x), 60.0 * x * x);
    close(third(|x| x.ln(), x), 2.0 / (x * x * x));
}

#[test]
fn fourth_derivatives_by_two_hyper_duals() {
    let unit = HyperDual::constant(1.0);
    let x = HyperDual::new(
        HyperDual::variable(1.3_f64),
        unit,
        unit,
        HyperDual::constant(0.0),
    );
    close(x.sin().eps1eps2.eps1eps2, 1.3_f64.sin());
    close(x.exp().eps1eps2.eps1eps2, 1.3_f64.exp());
    close(x.powi(6).eps1eps2.eps1eps2, 360.0 * 1.3 * 1.3);
}

#[test]
fn a_gradient_of_a_gradient_is_the_hessian() {
    fn f<S: Scalar>([x, y]: [S; 2]) -> S {
        (x * y).sin() + x.powi(3) / y
    }
    let point = [0.6, 1.7];
    let rows = gradient(|z| gradient(f, z), point);
    let wanted = hessian(f, point);
    for i in 0..2 {
        for j in 0..2 {
            close(rows[i][j], wanted[i][j]);
        }
    }
}

#[test]
fn inner_tangents_survive_a_zero_value() {
    // The tangent is 0 with a live inner derivative: strong zero must look at all parts.
    let tangent = Dual::new(0.0, [1.0]);
    let x = Dual::new(Dual::constant(4.0), [tangent]).sqrt();
    assert_eq!(x.eps[0].eps[0], 0.25);
    assert!(!x.is_constant());
    let zero = Dual::new(Dual::new(0.0, [1.0]), [Dual::constant(0.0)]);
    assert!(zero == Dual::constant(Dual::constant(0.0)) && !zero.is_exact_zero());
}
