//! Maximum likelihood with standard errors: Weibull's distribution for the lives of ball bearings. The Hessian of the negative
//! log-likelihood at its minimum is the observed information; its inverse is the covariance of the parameters.
//!
//!     cargo run --release --example maximum_likelihood

use std::error::Error;

use chainrule::{differentiate, solve};

/// Millions of revolutions before failure (J. Lieblein and M. Zelen, J. Res. Nat. Bur. Standards 57 (1956), 273-316).
const LIVES: [f64; 23] = [
    17.88, 28.92, 33.00, 41.52, 42.12, 45.60, 48.48, 51.84, 51.96, 54.12, 55.56, 67.80, 68.64,
    68.64, 68.88, 84.12, 93.12, 98.64, 105.12, 105.84, 127.92, 128.04, 173.40,
];

/// Shape and scale as logarithms: then every number is allowed.
#[differentiate]
fn negative_log_likelihood(logs: [f64; 2]) -> f64 {
    let (shape, scale) = (logs[0].exp(), logs[1].exp());
    let mut sum = 0.0;
    for life in LIVES {
        let power = (life / scale).powf(shape);
        sum -= (shape / life).ln() + power.ln() - power;
    }
    sum
}

fn main() -> Result<(), Box<dyn Error>> {
    let minimum =
        solve::minimize_with_hessian(negative_log_likelihood::value_gradient_hessian, [0.0, 0.0])?;
    let [shape, scale] = minimum.point.map(f64::exp);
    let covariance = solve::inverse(minimum.hessian)?;
    // d exp(x) = exp(x) dx takes the deviations from the logarithms to the parameters.
    let errors = [
        shape * covariance[0][0].sqrt(),
        scale * covariance[1][1].sqrt(),
    ];

    println!("found in {} steps", minimum.steps);
    println!("  shape {shape:8.4} ± {:.4}", errors[0]);
    println!("  scale {scale:8.4} ± {:.4}", errors[1]);
    println!("  log-likelihood {:.4}", -minimum.value);
    println!(
        "  correlation {:.4}",
        covariance[0][1] / (covariance[0][0] * covariance[1][1]).sqrt()
    );

    // J. F. Lawless, Statistical Models and Methods for Lifetime Data, gives 2.10, 81.88 and -113.691.
    assert_eq!(
        format!("{shape:.2} {scale:.2} {:.3}", -minimum.value),
        "2.10 81.88 -113.691"
    );
    // For many data the error of the shape tends to √(6/n)/π times the shape.
    let expected = shape * (6.0 / LIVES.len() as f64).sqrt() / std::f64::consts::PI;
    assert!((errors[0] / expected - 1.0).abs() < 0.05, "{expected}");
    Ok(())
}
