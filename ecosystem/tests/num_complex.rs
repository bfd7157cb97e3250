//! Complex numbers whose parts carry derivatives: `d/dx |exp(ix)·(x + 2i)|²` is `2x`, since `|exp(ix)| = 1`.

use chainrule::{Dual, derivative};
use num_complex::Complex;

#[test]
fn complex_numbers_over_duals_carry_derivatives() {
    for x in [-1.5, 0.25, 3.0] {
        let slope = derivative(
            |x: Dual<f64>| {
                let turn = Complex::new(Dual::constant(0.0), x).exp();
                (turn * Complex::new(x, Dual::constant(2.0))).norm_sqr()
            },
            x,
        );
        assert!((slope - 2.0 * x).abs() < 1e-14, "{slope} at {x}");
    }
}
