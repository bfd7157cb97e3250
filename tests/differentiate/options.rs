//! The keys of the attribute, and calls among annotated functions.

use chainrule as renamed;
use chainrule::differentiate;

use crate::assert_close;

#[differentiate(wrt(x, z))]
fn partly(x: f64, k: f64, z: f64, table: Vec<f64>) -> f64 {
    x * k + z.powf(k) * table[0]
}

#[test]
fn wrt_picks_the_inputs() {
    assert_eq!(partly::gradient(1.0, 3.0, 2.0, vec![10.0]), [3.0, 120.0]);
    assert_eq!(
        partly::jvp([1.0, 2.0], [0.0, 1.0], 3.0, vec![10.0]),
        (83.0, 120.0)
    );
    assert_eq!(
        partly::hvp([1.0, 2.0], [0.0, 1.0], 3.0, vec![10.0]),
        [0.0, 120.0]
    );
}

#[differentiate(crate = renamed)]
fn elsewhere(x: f64) -> f64 {
    2.0 * x
}

/// `gamma` is a module already, so that the derivatives need a name of their own.
mod gamma {
    #[chainrule::differentiate(name = gamma_ad)]
    pub fn gamma(x: f64) -> f64 {
        if x > 2.0 {
            (x - 1.0) * gamma(x - 1.0)
        } else {
            x
        }
    }
}
use gamma::{gamma, gamma_ad};

#[differentiate(calls(gamma = gamma_ad), name = other)]
fn with_gamma(x: f64) -> f64 {
    3.0 * gamma(x) + gamma(2.0) * x
}

#[test]
fn names_and_paths_are_the_callers_choice() {
    assert_eq!(elsewhere::derivative(1.0), 2.0);
    // (x - 1) (x - 2)²
    assert_eq!(
        gamma_ad::value_and_derivative(3.5),
        (2.5 * 2.25, 2.25 + 7.5)
    );
    assert_eq!(
        other::value_and_derivative(3.5),
        (with_gamma(3.5), 3.0 * 9.75 + 2.0)
    );
}

mod geometry {
    #[chainrule::differentiate]
    pub fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
        (a[0] - b[0]).hypot(a[1] - b[1])
    }

    #[chainrule::differentiate]
    pub fn scaled(x: f64, factor: f64, n: usize) -> f64 {
        let mut y = x;
        for _ in 0..n {
            y *= factor;
        }
        y
    }

    pub fn constant(n: u32) -> f64 {
        f64::from(n)
    }
}

use geometry::scaled as stretched;

#[differentiate]
fn path(x: f64, y: f64) -> f64 {
    let half = 0.5;
    let there = geometry::distance([x, y], [0.0, half - 0.5]);
    there
        + stretched(x, 2.0, 3)
        + stretched(y, half, 1)
        + geometry::constant(3) * stretched(1.0, 1.0, 0)
}

#[test]
fn annotated_functions_call_each_other_by_path() {
    assert_eq!(path(3.0, 4.0), 5.0 + 24.0 + 2.0 + 3.0);
    assert_close(&path::gradient(3.0, 4.0), &[0.6 + 8.0, 0.8 + 0.5]);
}

#[test]
fn recursion_goes_through_lift() {
    #[differentiate]
    fn power(x: f64, n: u32) -> f64 {
        if n == 0 { 1.0 } else { x * power(x, n - 1) }
    }
    assert_eq!(power::value_and_derivatives(3.0, 4), (81.0, 108.0, 108.0));
}

#[test]
fn activations_of_the_crate_are_called_by_path() {
    #[differentiate]
    fn neuron(w: f64, b: f64) -> f64 {
        chainrule::sigmoid(2.0 * w + b)
    }
    let slope = chainrule::sigmoid(1.0_f64) * chainrule::sigmoid(-1.0);
    assert_close(&neuron::gradient(0.25, 0.5), &[2.0 * slope, slope]);
}

mod kinematics {
    use chainrule::differentiate;

    #[differentiate(wrt(angle))]
    pub fn joint(angle: f32, length: f32, offsets: [f32; 2], name: &str) -> f32 {
        assert!(!name.is_empty());
        length * angle.cos() + offsets[0] * angle + offsets[1]
    }

    #[differentiate]
    pub fn reach(angle: f32, length: f32) -> f32 {
        length * angle.cos()
    }
}

#[test]
fn constants_of_the_callee_stay_plain() {
    #[derive(Clone, Copy)]
    enum Side {
        Left,
        Right,
    }
    #[differentiate(wrt(x))]
    fn signed(x: f32, side: Side) -> f32 {
        match side {
            Side::Left => -x,
            Side::Right => x,
        }
    }
    #[differentiate(wrt(a, b))]
    fn hand(a: f32, b: f32, length: f32, side: Side) -> f32 {
        let offsets = [0.5, -1.0];
        let near = kinematics::joint(a, length, offsets, "near");
        let far = kinematics::joint(a + b, 2.0, [length, -0.5], "far");
        let input = kinematics::reach(b, 1.0 / 4.0) + kinematics::reach(b, length);
        near + far + input + signed(b, side) + signed(a, Side::Right)
    }
    let (a, b, length) = (0.3_f32, 0.5_f32, 1.5_f32);
    let far = -2.0 * (a + b).sin() + length;
    let expected = [
        -length * a.sin() + 0.5 + far + 1.0,
        far - 0.25 * b.sin() - length * b.sin() - 1.0,
    ];
    let (value, gradient) = hand::value_and_gradient(a, b, length, Side::Left);
    assert_eq!(value.to_bits(), hand(a, b, length, Side::Left).to_bits());
    for (got, wanted) in gradient.iter().zip(expected) {
        assert!((got - wanted).abs() < 1e-6, "{got} is not {wanted}");
    }
}
