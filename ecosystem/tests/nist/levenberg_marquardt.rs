//! The crate levenberg-marquardt, with nalgebra's matrices filled from generated gradients; then Gauss-Newton steps from where it stopped.

use levenberg_marquardt::{LeastSquaresProblem, LevenbergMarquardt};
use nalgebra::{Const, DMatrix, DVector, Dyn, OMatrix, OVector, SVector, storage::Owned};

use crate::problem::{self, Problem, digits, for_each_problem};

/// A model with its gradient at parameters, and the data. Value and gradient are computed once for each point that the solver sets.
struct Fit<'a, const N: usize> {
    model: fn([f64; N], f64) -> (f64, [f64; N]),
    data: &'a [(f64, f64)],
    parameters: SVector<f64, N>,
    rows: Vec<(f64, [f64; N])>,
}

impl<const N: usize> LeastSquaresProblem<f64, Dyn, Const<N>> for Fit<'_, N> {
    type ResidualStorage = Owned<f64, Dyn>;
    type JacobianStorage = Owned<f64, Dyn, Const<N>>;
    type ParameterStorage = Owned<f64, Const<N>>;

    fn set_params(&mut self, parameters: &SVector<f64, N>) {
        self.parameters = *parameters;
        let b: [f64; N] = self.parameters.into();
        self.rows = self.data.iter().map(|&(x, _)| (self.model)(b, x)).collect();
    }

    fn params(&self) -> SVector<f64, N> {
        self.parameters
    }

    fn residuals(&self) -> Option<OVector<f64, Dyn>> {
        let pairs = self.rows.iter().zip(self.data);
        let residuals = pairs.map(|((value, _), (_, y))| value - y);
        Some(DVector::from_iterator(self.data.len(), residuals))
    }

    fn jacobian(&self) -> Option<OMatrix<f64, Dyn, Const<N>>> {
        let slopes = self.rows.iter().flat_map(|(_, gradient)| *gradient);
        Some(OMatrix::<f64, Dyn, Const<N>>::from_row_iterator(
            self.data.len(),
            slopes,
        ))
    }
}

impl<const N: usize> Fit<'_, N> {
    /// Steps of Gauss and Newton until they no longer move the parameters.
    fn finish(&mut self) {
        let mut shortest = f64::INFINITY;
        while let (Some(residuals), Some(jacobian)) = (self.residuals(), self.jacobian()) {
            let dynamic: DMatrix<f64> =
                DMatrix::from_fn(self.data.len(), N, |i, j| jacobian[(i, j)]);
            let qr = dynamic.qr();
            let right = qr.q().transpose() * residuals;
            let Some(step) = qr.r().solve_upper_triangular(&right) else {
                return;
            };
            let moves = (0..N).map(|j| (step[j] / self.parameters[j]).abs());
            let length = moves.fold(0.0, f64::max);
            // Also where it is NaN.
            let is_shorter = length < shortest;
            if !is_shorter {
                return;
            }
            shortest = length;
            self.set_params(&SVector::from_fn(|j, _| self.parameters[j] - step[j]));
        }
    }
}

macro_rules! fits_from_both_starts {
    ($model:ident, $name:literal) => {
        #[test]
        fn $model() {
            let file = include_str!(concat!("../../data/nist/", $name, ".dat"));
            let problem = Problem::read($name, file);
            for (start, point) in problem.starts.into_iter().enumerate() {
                let mut fit = Fit {
                    model: problem::$model::value_and_gradient,
                    data: &problem.data,
                    parameters: SVector::from(point),
                    rows: Vec::new(),
                };
                fit.set_params(&SVector::from(point));
                let (mut fit, report) = LevenbergMarquardt::new().minimize(fit);
                let reached = digits(fit.parameters.as_slice(), &problem.parameters);
                fit.finish();
                let finished = digits(fit.parameters.as_slice(), &problem.parameters);
                println!(
                    "{} from start {}: {reached:.1} digits of the parameters by levenberg-marquardt ({:?}, {} evaluations), {finished:.1} after \
                     Gauss-Newton steps",
                    problem.name,
                    start + 1,
                    report.termination,
                    report.number_of_evaluations,
                );
                assert!(finished >= 9.0, "start {}", start + 1);
            }
        }
    };
}
for_each_problem!(fits_from_both_starts);
