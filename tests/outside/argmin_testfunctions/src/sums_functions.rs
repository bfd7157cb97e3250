//! The functions of any number of variables, from their definitions.

use chainrule::differentiate;
use std::f64::consts::PI;

#[differentiate]
#[allow(dead_code)]
pub fn ackley(x: &[f64]) -> f64 {
    ackley_abc(x, 20.0, 0.2, 2.0 * PI)
}

#[differentiate(wrt(x))]
pub fn ackley_abc(x: &[f64], a: f64, b: f64, c: f64) -> f64 {
    let n = x.len() as f64;
    let mut squares = 0.0;
    let mut waves = 0.0;
    for xi in x {
        squares += xi * xi;
        waves += (c * xi).cos();
    }
    -a * (-b * (squares / n).sqrt()).exp() - (waves / n).exp() + a + 1.0_f64.exp()
}

/// As `argmin_testfunctions` has it, with the middle sum from the second variable on.
#[differentiate]
pub fn levy(x: &[f64]) -> f64 {
    let last = x.len() - 1;
    let mut sum = 0.0;
    for (i, &xi) in x.iter().enumerate() {
        let w = 1.0 + (xi - 1.0) / 4.0;
        if i == 0 {
            sum += (PI * w).sin().powi(2);
        } else if i < last {
            sum += (w - 1.0).powi(2) * (1.0 + 10.0 * (PI * w + 1.0).sin().powi(2));
        } else {
            sum += (w - 1.0).powi(2) * (1.0 + (2.0 * PI * w).sin().powi(2));
        }
    }
    sum
}

#[differentiate]
#[allow(dead_code)]
pub fn rastrigin(x: &[f64]) -> f64 {
    rastrigin_a(x, 10.0)
}

#[differentiate(wrt(x))]
pub fn rastrigin_a(x: &[f64], a: f64) -> f64 {
    let mut sum = a * x.len() as f64;
    for &xi in x.iter() {
        sum += xi.powi(2) - a * (2.0 * PI * xi).cos();
    }
    sum
}

#[differentiate]
#[allow(dead_code)]
pub fn rosenbrock(x: &[f64]) -> f64 {
    rosenbrock_ab(x, 1.0, 100.0)
}

#[differentiate(wrt(x))]
pub fn rosenbrock_ab(x: &[f64], a: f64, b: f64) -> f64 {
    let mut sum = 0.0;
    for pair in x.windows(2) {
        sum += (a - pair[0]).powi(2) + b * (pair[1] - pair[0].powi(2)).powi(2);
    }
    sum
}

#[differentiate]
pub fn sphere(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() {
        sum += x[i] * x[i];
    }
    sum
}

#[differentiate]
pub fn styblinski_tang(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for &x in x {
        let square = x * x;
        sum += square * square - 16.0 * square + 5.0 * x;
    }
    sum / 2.0
}

#[differentiate]
pub fn zero(_x: &[f64]) -> f64 {
    0.0
}

/// The same with a fixed number of variables.
macro_rules! fixed {
    ($($fixed:ident: $f:ident),*) => {
        $(
            #[differentiate]
            pub fn $fixed(x: &[f64; 5]) -> f64 {
                $f(x)
            }
        )*
    };
}

fixed!(ackley_5: ackley, rastrigin_5: rastrigin, rosenbrock_5: rosenbrock);
fixed!(levy_5: levy, sphere_5: sphere, styblinski_tang_5: styblinski_tang, zero_5: zero);
