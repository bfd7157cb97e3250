//! Newton's method twice: for a root, with the exact derivative; for a minimum, with gradient and Hessian.
//!
//!     cargo run --release --example newton

use chainrule::differentiate;

/// Kepler's equation: the eccentric anomaly `x` of a planet at the mean anomaly `mean`.
#[differentiate(wrt(x))]
fn kepler(x: f64, eccentricity: f64, mean: f64) -> f64 {
    x - eccentricity * x.sin() - mean
}

#[differentiate]
fn rosenbrock(x: f64, y: f64) -> f64 {
    (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2)
}

fn main() {
    println!("the root of x - 0.9 sin x = 1");
    let root = root(|x| kepler::value_and_derivative(x, 0.9, 1.0), 2.0);
    assert!((root - 1.862_086_686_874_532_3).abs() <= 2.0 * f64::EPSILON * root);
    assert!(kepler(root, 0.9, 1.0).abs() <= 4.0 * f64::EPSILON);

    println!("\nthe minimum of Rosenbrock's function, from (-1.2, 1)");
    let minimum = minimum(
        |[x, y]| rosenbrock::value_gradient_hessian(x, y),
        [-1.2, 1.0],
    );
    assert_eq!(minimum, [1.0, 1.0]);
}

/// Steps until they no longer move `x` by more than rounding.
fn root(f: impl Fn(f64) -> (f64, f64), mut x: f64) -> f64 {
    for step in 0..20 {
        let (value, slope) = f(x);
        println!("  {step:2}  x = {x:<20} f = {value:10.3e}");
        let next = x - value / slope;
        if (next - x).abs() <= f64::EPSILON * x.abs() {
            return next;
        }
        x = next;
    }
    panic!("no root found from here");
}

/// Newton steps, halved while they do not descend; along the gradient where the Hessian is not positive definite.
fn minimum(f: impl Fn([f64; 2]) -> (f64, [f64; 2], [[f64; 2]; 2]), mut x: [f64; 2]) -> [f64; 2] {
    for step in 0..50 {
        let (value, gradient, hessian) = f(x);
        println!(
            "  {step:2}  x = [{:.15}, {:.15}]  f = {value:9.3e}",
            x[0], x[1]
        );
        if gradient.iter().all(|slope| slope.abs() <= 1e-14) {
            return x;
        }
        let direction = newton_direction(gradient, hessian);
        let slope = direction[0] * gradient[0] + direction[1] * gradient[1];
        let mut length = 1.0;
        x = loop {
            let next = [x[0] + length * direction[0], x[1] + length * direction[1]];
            if f(next).0 <= value + 1e-4 * length * slope {
                break next;
            }
            length *= 0.5;
        };
    }
    panic!("no minimum found from here");
}

/// The solution `d` of `H d = -g`.
fn newton_direction([g0, g1]: [f64; 2], [[a, b], [_, c]]: [[f64; 2]; 2]) -> [f64; 2] {
    let determinant = a * c - b * b;
    if a <= 0.0 || determinant <= 0.0 {
        return [-g0, -g1];
    }
    [
        (b * g1 - c * g0) / determinant,
        (b * g0 - a * g1) / determinant,
    ]
}
