//! differential-equations 0.7: stiff problems by Radau's method with the generated Jacobian.

use chainrule::{differentiate, ode_problem};
use differential_equations::prelude::*;

/// Van der Pol's oscillator, in the time of the stiff form.
#[differentiate(wrt(y))]
fn van_der_pol(y: &[f64], mu: f64, out: &mut [f64]) {
    out[0] = y[1];
    out[1] = ((1.0 - y[0] * y[0]) * y[1] - y[0]) / mu;
}

ode_problem! {
    /// A stiff one.
    struct VanDerPol { mu: f64 }
    rates(t): van_der_pol(*mu), state: [f64; 2]
}

#[test]
fn van_der_pol_by_radau() {
    let found = IVP::ode(&VanDerPol::new(1e-6), 0.0, 2.0, [2.0, -0.66])
        .method(
            ImplicitRungeKutta::radau5()
                .rtol(1e-10)
                .atol(1e-10)
                .h0(1e-6),
        )
        .solve()
        .unwrap();
    // To the accuracy of this Radau: it is 3e-7 off at these tolerances, also with its own differences for the Jacobian.
    // Hairer and Wanner, "Solving Ordinary Differential Equations II", IV.8.
    let expected = [1.706_167_732_170_483, -0.892_809_701_025_054_4];
    let y = found.y.last().unwrap();
    assert!(
        y.iter().zip(expected).all(|(y, e)| (y - e).abs() < 1e-6),
        "{y:?}"
    );
    assert!(found.evals.jacobian > 0);
}

/// Forced, so that the rates know the time.
#[differentiate(wrt(y))]
fn forced(y: [f64; 1], t: f64, rate: f64) -> [f64; 1] {
    [-rate * (y[0] - t.cos()) - t.sin()]
}
ode_problem! { struct Forced { rate: f64 } rates(t): forced(t, *rate), state: [f64; 1] }

#[test]
fn the_time_and_the_jacobian() {
    // The solution is cos t.
    let found = IVP::ode(&Forced::new(1e4), 0.0, 3.0, [1.0])
        .method(ImplicitRungeKutta::radau5().rtol(1e-9).atol(1e-9))
        .solve()
        .unwrap();
    let y = found.y.last().unwrap()[0];
    assert!((y - 3.0_f64.cos()).abs() < 1e-6, "{y}");
    let mut matrix = Matrix::zeros(1, 1);
    Forced::new(50.0).jacobian(0.5, &[0.3], &mut matrix);
    assert_eq!(matrix[(0, 0)], -50.0);
}
