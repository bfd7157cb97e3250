//! `solve::curve_fit`.

use chainrule::solve::curve_fit;

use crate::problem::{self, Problem, digits, for_each_problem};

macro_rules! fits_from_both_starts {
    ($model:ident, $name:literal) => {
        #[test]
        fn $model() {
            let file = include_str!(concat!("../../data/nist/", $name, ".dat"));
            let problem = Problem::read($name, file);
            for (start, point) in problem.starts.into_iter().enumerate() {
                let fit = curve_fit(problem::$model::value_and_gradient, &problem.data, point)
                    .unwrap_or_else(|error| panic!("start {}: {error}", start + 1));
                let parameters = digits(&fit.parameters, &problem.parameters);
                let deviations = digits(&fit.standard_deviations, &problem.deviations);
                let sum = digits(&[fit.residual_sum_of_squares], &[problem.residual_sum_of_squares]);
                println!(
                    "{} from start {}: {parameters:.1} digits of the parameters, {deviations:.1} of the deviations, \
                     {sum:.1} of the sum of squares, {} steps",
                    problem.name,
                    start + 1,
                    fit.steps
                );
                assert!(parameters >= 9.0 && deviations >= 9.0 && sum >= 9.0, "start {}", start + 1);
            }
        }
    };
}
for_each_problem!(fits_from_both_starts);
