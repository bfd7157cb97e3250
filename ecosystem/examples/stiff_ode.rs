//! A stiff reaction over eleven decades of time, with its sensitivities to the rates: Robertson's, by diffsol's BDF. The products with the
//! Jacobians, by the state and by the rates, are generated from the equations.
//!
//!     cargo run --manifest-path ecosystem/Cargo.toml --example stiff_ode

#[path = "../../examples/picture/mod.rs"]
mod picture;

use std::error::Error;

use chainrule::differentiate;
use diffsol::{MatrixCommon, NalgebraLU, NalgebraMat, OdeBuilder, SensitivitiesOdeSolverMethod};
use plotters::style::{BLUE, GREEN, RED};

#[differentiate(wrt(y))]
#[differentiate(name = by_rates, wrt(k))]
fn robertson(y: &[f64], k: &[f64], _time: f64, out: &mut [f64]) {
    out[0] = -k[0] * y[0] + k[1] * y[1] * y[2];
    out[1] = k[0] * y[0] - k[1] * y[1] * y[2] - k[2] * y[1] * y[1];
    out[2] = k[2] * y[1] * y[1];
}

fn main() -> Result<(), Box<dyn Error>> {
    let start = |_: &[f64], _: f64, y: &mut [f64]| y.copy_from_slice(&[1.0, 0.0, 0.0]);
    let of_start = |_: &[f64], _: f64, _: &[f64], slope: &mut [f64]| slope.fill(0.0);
    let problem = OdeBuilder::<NalgebraMat<f64>>::new()
        .p([0.04, 1e4, 3e7])
        .rtol(1e-8)
        .atol([1e-12, 1e-16, 1e-12])
        .sens_rtol(1e-8)
        .sens_atol([1e-12, 1e-16, 1e-12])
        .rhs_sens_implicit(robertson, robertson::jvp_into, by_rates::jvp_into)
        .init_sens(start, of_start, 3)
        .build()?;

    let decades: Vec<f64> = (0..=110).map(|i| f64::from(i) / 10.0 - 4.0).collect();
    let times: Vec<f64> = decades.iter().map(|decade| 10_f64.powf(*decade)).collect();
    let mut solver = problem.bdf_sens::<NalgebraLU<f64>>()?;
    let (states, slopes, _) = solver.solve_dense_sensitivities(&times)?;
    let y = |i: usize, time: usize| states.inner()[(i, time)];
    let slope = |rate: usize, i: usize, time: usize| slopes[rate].inner()[(i, time)];

    println!("     time         y0         y1         y2    dy0/dk0    dy0/dk1    dy0/dk2");
    for time in (0..times.len()).step_by(10) {
        let all = (0..3)
            .map(|i| y(i, time))
            .chain((0..3).map(|rate| slope(rate, 0, time)));
        let all: String = all.map(|number| format!("{number:11.2e}")).collect();
        println!("{:9.0e}{all}", times[time]);
        // Nothing is lost, whatever the rates.
        assert!((y(0, time) + y(1, time) + y(2, time) - 1.0).abs() < 1e-7);
        assert!((0..3).all(|rate| (0..3).map(|i| slope(rate, i, time)).sum::<f64>().abs() < 1e-6));
        // If all rates are multiplied by c, time runs c times as fast: k·dy/dk is t dy/dt, here of the first.
        let (k, now) = ([0.04, 1e4, 3e7], [y(0, time), y(1, time), y(2, time)]);
        let by_all: f64 = (0..3).map(|rate| k[rate] * slope(rate, 0, time)).sum();
        let mut speed = [0.0; 3];
        robertson(&now, &k, times[time], &mut speed);
        assert!((by_all - times[time] * speed[0]).abs() < 1e-4 * by_all.abs() + 1e-9);
    }
    let curve = |i, scale: f64| {
        (0..times.len())
            .map(|at| (decades[at], scale * y(i, at)))
            .collect()
    };
    picture::draw(
        "stiff_ode.svg",
        "Robertson's reaction by the decade of time: y0 (blue), 20000 y1 (red), y2 (green)",
        [-4.0..7.0, 0.0..1.0],
        vec![
            (BLUE, curve(0, 1.0)),
            (RED, curve(1, 2e4)),
            (GREEN, curve(2, 1.0)),
        ],
        Vec::new(),
    )
}
