//! diffsol 0.18: Robertson's reaction by BDF through the generated products, and its forward sensitivities against differences.

use chainrule::differentiate;
use diffsol::{
    MatrixCommon, NalgebraLU, NalgebraMat, OdeBuilder, OdeSolverMethod,
    SensitivitiesOdeSolverMethod,
};

/// By the state, as the implicit method asks; by the rates, as the sensitivities do.
#[differentiate(wrt(y))]
#[differentiate(name = robertson_by_rates, wrt(k))]
fn robertson(y: &[f64], k: &[f64], _time: f64, out: &mut [f64]) {
    out[0] = -k[0] * y[0] + k[1] * y[1] * y[2];
    out[1] = k[0] * y[0] - k[1] * y[1] * y[2] - k[2] * y[1] * y[1];
    out[2] = k[2] * y[1] * y[1];
}

type Matrix = NalgebraMat<f64>;
type LU = NalgebraLU<f64>;

const RATES: [f64; 3] = [0.04, 1.0e4, 3.0e7];

fn start(_rates: &[f64], _time: f64, y: &mut [f64]) {
    y.copy_from_slice(&[1.0, 0.0, 0.0]);
}

/// The states at these times.
fn states(rates: [f64; 3], times: &[f64]) -> Vec<Vec<f64>> {
    let problem = OdeBuilder::<Matrix>::new()
        .p(rates)
        .rtol(1e-9)
        .atol([1e-14, 1e-20, 1e-12])
        .rhs_implicit(robertson, robertson::jvp_into)
        .init(start, 3)
        .build()
        .unwrap();
    let (found, _) = problem.bdf::<LU>().unwrap().solve_dense(times).unwrap();
    (0..times.len())
        .map(|i| found.inner().column(i).as_slice().to_vec())
        .collect()
}

/// The reference solution of the "Test set for initial value problem solvers" (Mazzia and Magherini, 2008), problem ROBER.
#[test]
fn robertson_through_the_generated_product() {
    let expected = [
        0.208_334_014_970_125_5e-7,
        0.833_336_077_033_471_3e-13,
        0.999_999_979_166_505,
    ];
    let found = &states(RATES, &[1e11])[0];
    for (y, e) in found.iter().zip(expected) {
        assert!((y - e).abs() <= 1e-5 * e, "{found:?} is not {expected:?}");
    }
}

#[test]
fn sensitivities_through_the_generated_products() {
    let problem = OdeBuilder::<Matrix>::new()
        .p(RATES)
        .rtol(1e-9)
        .atol([1e-14, 1e-20, 1e-12])
        .sens_rtol(1e-9)
        .sens_atol([1e-14, 1e-20, 1e-12])
        .rhs_sens_implicit(robertson, robertson::jvp_into, robertson_by_rates::jvp_into)
        .init_sens(
            start,
            |_: &[f64], _, _: &[f64], y: &mut [f64]| y.fill(0.0),
            3,
        )
        .build()
        .unwrap();
    let times = [0.4, 40.0, 4e3];
    let (_, slopes, _) = problem
        .bdf_sens::<LU>()
        .unwrap()
        .solve_dense_sensitivities(&times)
        .unwrap();
    for (i, slopes) in slopes.iter().enumerate() {
        let step = 1e-3 * RATES[i];
        let moved = |by: f64| {
            let mut rates = RATES;
            rates[i] += by;
            states(rates, &times)
        };
        let (far, near) = (
            (moved(2.0 * step), moved(-2.0 * step)),
            (moved(step), moved(-step)),
        );
        for time in 0..times.len() {
            for y in 0..3 {
                let central = |(a, b): &(Vec<Vec<f64>>, Vec<Vec<f64>>), width: f64| {
                    (a[time][y] - b[time][y]) / width
                };
                let differences =
                    (4.0 * central(&near, 2.0 * step) - central(&far, 4.0 * step)) / 3.0;
                let slope = slopes.inner()[(y, time)];
                // The solver's own error, of 1e-9 a step, over the width of the differences.
                assert!(
                    (slope - differences).abs() <= 1e-4 * differences.abs(),
                    "dy[{y}]/dk[{i}] at {}: {slope}, by differences {differences}",
                    times[time]
                );
            }
        }
    }
}
