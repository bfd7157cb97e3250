//! The crate's own solvers from the standard starting points: the published minima are the oracle, whoever goes down to them.

use chainrule::solve;

use crate::problem::{Problem, assert_published};

impl Problem<'_> {
    /// Both go down to the published value, or to a lower stationary one.
    #[track_caller]
    pub(crate) fn assert_solved(&self, start: &[f64], digits: &str) {
        let minimum = solve::minimize_slice_with_hessian(
            |x, gradient, hessian| {
                let (value, slopes, rows) = (self.second)(x);
                gradient.copy_from_slice(&slopes);
                hessian.copy_from_slice(&rows.concat());
                value
            },
            start,
        );
        let fit = solve::least_squares_slice_with_jacobian(
            |x, residuals, jacobian| {
                for (i, (residual, row)) in (self.rows)(x).into_iter().enumerate() {
                    residuals[i] = residual;
                    jacobian[i * x.len()..][..x.len()].copy_from_slice(&row);
                }
            },
            start,
            (self.rows)(start).len(),
        );
        let points = [minimum.unwrap().point, fit.unwrap().parameters];
        let published: f64 = digits.parse().unwrap();
        for x in points {
            let value = (self.plain)(&x);
            if value > 0.99 * published {
                assert_published(value, digits);
            }
            self.assert_stationary(&x);
        }
    }
}
