//! differential-equations over numbers: the parameters carry derivatives, and so does the state at the end. Sensitivities against the
//! solutions on paper.

use chainrule::Dual;
use differential_equations::prelude::*;

/// Two directions: one for each parameter.
type Number = Dual<f64, 2>;

fn tolerance() -> Number {
    Number::constant(1e-12)
}

/// `y' = k y (1 - y/m)`
struct Growth {
    rate: Number,
    capacity: Number,
}

impl ODE<Number, Number> for Growth {
    fn diff(&self, _: Number, y: &Number, slope: &mut Number) {
        *slope = self.rate * *y * (1.0 - *y / self.capacity);
    }
}

/// `x'' = -ω² x - 2 γ x'`
struct Oscillator {
    frequency: Number,
    damping: Number,
}

impl ODE<Number, [Number; 2]> for Oscillator {
    fn diff(&self, _: Number, [x, v]: &[Number; 2], slope: &mut [Number; 2]) {
        *slope = [
            *v,
            -self.frequency * self.frequency * *x - self.damping * 2.0 * *v,
        ];
    }
}

fn assert_near(what: &str, computed: Number, expected: Number, tolerance: f64) {
    assert!(
        (computed.re - expected.re).abs() < tolerance,
        "{what}: {computed}, {expected}"
    );
    for (slope, expected) in computed.eps.iter().zip(expected.eps) {
        assert!(
            (slope - expected).abs() < tolerance,
            "{what}: {computed:e}, {expected:e}"
        );
    }
}

#[test]
fn a_scalar_state_carries_the_sensitivities_of_logistic_growth() {
    let [rate, capacity] = Number::variables([0.8, 10.0]);
    let (start, end) = (Number::constant(0.0), Number::constant(3.0));
    let first = Number::constant(1.5);
    let growth = Growth { rate, capacity };
    // The solution on paper, its derivatives by the rules that the other tests compare with references.
    let expected = capacity / ((capacity / first - 1.0) * (-rate * end).exp() + 1.0);

    let explicit = ExplicitRungeKutta::dop853()
        .rtol(tolerance())
        .atol(tolerance());
    let solution = IVP::ode(&growth, start, end, first)
        .method(explicit)
        .solve()
        .unwrap();
    assert_near("DOP853", *solution.y.last().unwrap(), expected, 1e-10);

    let implicit = ImplicitRungeKutta::radau5()
        .rtol(tolerance())
        .atol(tolerance());
    let solution = IVP::ode(&growth, start, end, first)
        .method(implicit)
        .solve()
        .unwrap();
    assert_near("Radau 5", *solution.y.last().unwrap(), expected, 1e-8);
}

#[test]
fn an_array_carries_the_sensitivities_of_an_oscillator() {
    let [frequency, damping] = Number::variables([2.0, 0.3]);
    let (start, end) = (Number::constant(0.0), Number::constant(4.0));
    let oscillator = Oscillator { frequency, damping };
    let explicit = ExplicitRungeKutta::dop853()
        .rtol(tolerance())
        .atol(tolerance());
    let first = [Number::constant(1.0), Number::constant(0.0)];
    let solution = IVP::ode(&oscillator, start, end, first)
        .method(explicit)
        .solve()
        .unwrap();
    let [x, v] = *solution.y.last().unwrap();

    // e^(-γt) (cos Ωt + γ/Ω sin Ωt) with Ω² = ω² - γ², and its derivative by time.
    let turning = (frequency * frequency - damping * damping).sqrt();
    let decay = (-damping * end).exp();
    let (sin, cos) = (turning * end).sin_cos();
    assert_near("x", x, decay * (cos + damping / turning * sin), 1e-10);
    let pull = frequency * frequency / turning;
    assert_near("v", v, -decay * pull * sin, 1e-10);
}
