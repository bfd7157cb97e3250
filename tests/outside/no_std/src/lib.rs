//! Oracle: derivatives by hand. The library has no standard library; its tests do.
#![no_std]

use chainrule::{Activation, Dual, derivative, differentiate, gradient, hessian};

/// The slope of a pendulum's restoring force.
pub fn stiffness(angle: f64) -> f64 {
    derivative(|angle| -9.81 * angle.sin(), angle)
}

/// The gradient of a neuron with two inputs, in single precision.
pub fn neuron(weights: [f32; 2], x: [f32; 2]) -> [f32; 2] {
    gradient(|[a, b]| (a * x[0] + b * x[1]).sigmoid(), weights)
}

/// The curvature of a saddle.
pub fn saddle(x: [f64; 2]) -> [[f64; 2]; 2] {
    hessian(|[x, y]| x * x * y, x)
}

/// A number by hand.
pub fn area(side: f64) -> Dual<f64> {
    let side = Dual::variable(side);
    side * side
}

/// A compiled gradient that keeps nothing.
#[differentiate]
pub fn ellipse(a: f64, b: f64) -> f64 {
    a * a * (1.0 + b)
}

/// The probability of a score, and its slope far out in the tail.
pub fn probability(score: f64) -> (f64, f64) {
    chainrule::value_and_derivative(chainrule::norm_cdf, score)
}

/// As many rounds as it takes: what the rounds leave for the reverse sweep would go to the heap.
#[differentiate]
pub fn root(a: f64, start: f64) -> f64 {
    let mut x = start;
    while (x * x - a) * (x * x - a) > 1e-30 {
        x -= (x * x - a) / (2.0 * x);
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivatives_need_no_standard_library() {
        // cos(1/3), to 17 digits
        assert!((stiffness(1.0 / 3.0) + 9.81 * 0.944_956_946_314_737_7).abs() < 1e-14);
        let [a, b] = neuron([0.0, 0.0], [2.0, -4.0]);
        assert_eq!((a, b), (0.5, -1.0));
        assert_eq!(saddle([2.0, 3.0]), [[6.0, 4.0], [4.0, 0.0]]);
        assert_eq!(ellipse::gradient(3.0, 0.0), [6.0, 9.0]);
        assert_eq!(
            probability(-20.0),
            (2.7536241186062337e-89, 5.520948362159764e-88)
        );
        assert_eq!(root::gradient(4.0, 2.5)[0], 0.25);
        assert_eq!((area(3.0).re, area(3.0).derivative()), (9.0, 6.0));
    }
}
