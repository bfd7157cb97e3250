//! Logistic regression on real data: which of the space shuttle's first flights came back with damaged O-rings, by the temperature at
//! the start. The Hessian gives the standard errors. The fit is drawn, down to the temperature of Challenger's last morning.
//!
//!     cargo run --release --example logistic_regression

mod picture;

use std::error::Error;

use chainrule::{Activation, differentiate, sigmoid, solve};
use plotters::style::BLUE;

/// Degrees Fahrenheit, of flights with damage and without (S. Dalal, E. Fowlkes and B. Hoadley, J. Am. Stat. Assoc. 84 (1989), 945-957).
const DAMAGED: [f64; 7] = [53.0, 57.0, 58.0, 63.0, 70.0, 70.0, 75.0];
const WHOLE: [f64; 16] = [
    66.0, 67.0, 67.0, 67.0, 68.0, 69.0, 70.0, 70.0, 72.0, 73.0, 75.0, 76.0, 76.0, 78.0, 79.0, 81.0,
];

/// `-ln P` of what was seen, at these log-odds: intercept and slope.
#[differentiate]
fn negative_log_likelihood(b: [f64; 2]) -> f64 {
    let mut sum = 0.0;
    for temperature in DAMAGED {
        sum += (-b[0] - b[1] * temperature).softplus();
    }
    for temperature in WHOLE {
        sum += (b[0] + b[1] * temperature).softplus();
    }
    sum
}

fn main() -> Result<(), Box<dyn Error>> {
    let minimum =
        solve::minimize_with_hessian(negative_log_likelihood::value_gradient_hessian, [0.0; 2])?;
    let [intercept, slope] = minimum.point;
    let covariance = solve::inverse(minimum.hessian)?;
    let errors = [covariance[0][0].sqrt(), covariance[1][1].sqrt()];
    let challenger = sigmoid(intercept + slope * 31.0);

    println!(
        "found in {} steps; deviance {:.3}",
        minimum.steps,
        2.0 * minimum.value
    );
    println!("  intercept {intercept:8.4} ± {:.4}", errors[0]);
    println!("  slope     {slope:8.4} ± {:.4}", errors[1]);
    println!("  probability of damage at 31 °F: {challenger:.4}");
    // What R's glm prints for these data.
    let printed =
        [intercept, errors[0], slope, errors[1], 2.0 * minimum.value].map(|x| format!("{x:.4}"));
    assert_eq!(
        printed,
        ["15.0429", "7.3786", "-0.2322", "0.1082", "20.3152"]
    );

    let xs = (60..=170).map(|i| 0.5 * f64::from(i));
    let curve = xs.map(|x| (x, sigmoid(intercept + slope * x)));
    let damaged = DAMAGED.iter().map(|&x| (x, 1.0));
    let flights = damaged.chain(WHOLE.iter().map(|&x| (x, 0.0)));
    picture::draw(
        "logistic_regression.svg",
        "Damage of O-rings, by the temperature at the start (°F)",
        [30.0..85.0, -0.05..1.05],
        vec![(BLUE, curve.collect())],
        flights.collect(),
    )
}
