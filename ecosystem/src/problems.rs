//! Problems of Moré, Garbow and Hillstrom ("Testing unconstrained optimization software", 1981), numbered as there.

// Indices as in the paper.
#![allow(clippy::needless_range_loop)]

use chainrule::differentiate;

/// Problem 1, Rosenbrock's, as a function of two numbers.
#[differentiate]
pub fn rosenbrock(x: f64, y: f64) -> f64 {
    (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2)
}

#[differentiate]
pub fn rosenbrock_residuals(x: [f64; 2]) -> [f64; 2] {
    [10.0 * (x[1] - x[0] * x[0]), 1.0 - x[0]]
}

/// Problem 5, Beale's.
#[differentiate]
pub fn beale(x: [f64; 2]) -> [f64; 3] {
    [
        1.5 - x[0] * (1.0 - x[1]),
        2.25 - x[0] * (1.0 - x[1].powi(2)),
        2.625 - x[0] * (1.0 - x[1].powi(3)),
    ]
}

/// Problem 7, the helical valley.
#[differentiate]
pub fn helical_valley(x: [f64; 3]) -> [f64; 3] {
    let turn = x[1].atan2(x[0]) / std::f64::consts::TAU;
    [
        10.0 * (x[2] - 10.0 * turn),
        10.0 * ((x[0] * x[0] + x[1] * x[1]).sqrt() - 1.0),
        x[2],
    ]
}

/// Problem 12, Box's in three dimensions, with ten residuals.
#[differentiate]
pub fn box_three_dimensional(x: &[f64], out: &mut [f64]) {
    for i in 0..10 {
        let t = 0.1 * (i + 1) as f64;
        out[i] = (-t * x[0]).exp() - (-t * x[1]).exp() - x[2] * ((-t).exp() - (-10.0 * t).exp());
    }
}

/// Problem 13, Powell's singular function.
#[differentiate]
pub fn powell_singular(x: [f64; 4]) -> [f64; 4] {
    [
        x[0] + 10.0 * x[1],
        5.0_f64.sqrt() * (x[2] - x[3]),
        (x[1] - 2.0 * x[2]).powi(2),
        10.0_f64.sqrt() * (x[0] - x[3]).powi(2),
    ]
}

/// Problem 14, Wood's.
#[differentiate]
pub fn wood(x: [f64; 4]) -> [f64; 6] {
    [
        10.0 * (x[1] - x[0] * x[0]),
        1.0 - x[0],
        90.0_f64.sqrt() * (x[3] - x[2] * x[2]),
        1.0 - x[2],
        10.0_f64.sqrt() * (x[1] + x[3] - 2.0),
        (x[1] - x[3]) / 10.0_f64.sqrt(),
    ]
}

/// Half the sum of squares of each, as objectives.
macro_rules! halves {
    ($($name:ident, $residuals:ident, $count:literal;)*) => { $(
        #[differentiate]
        pub fn $name(x: [f64; $count]) -> f64 {
            let residuals = $residuals(x);
            let mut sum = 0.0;
            for residual in residuals {
                sum += residual * residual;
            }
            0.5 * sum
        }
    )* };
}
halves! {
    beale_objective, beale, 2;
    helical_valley_objective, helical_valley, 3;
    powell_singular_objective, powell_singular, 4;
    wood_objective, wood, 4;
}

/// A slice in, a slice of residuals out, and their squares.
#[differentiate]
pub fn box_objective(x: &[f64]) -> f64 {
    let mut out = [0.0; 10];
    box_three_dimensional(x, &mut out);
    let mut sum = 0.0;
    for residual in out {
        sum += residual * residual;
    }
    0.5 * sum
}
