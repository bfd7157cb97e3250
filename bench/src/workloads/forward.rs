//! What goes forward: along one input, in one direction, and by fewer inputs than there are outputs.

use chainrule::{Dual, Workspace, differentiate, jvp_slice_with};

use super::{rosenbrock, spread};
use crate::measure::{Kind, Row};

/// Kepler's equation by ten steps of Newton's method.
#[differentiate(wrt(eccentricity))]
fn anomaly(eccentricity: f64, mean: f64) -> f64 {
    let mut e = mean;
    for _ in 0..10 {
        e -= (e - eccentricity * e.sin() - mean) / (1.0 - eccentricity * e.cos());
    }
    e
}

#[inline]
fn anomaly_by_hand(eccentricity: f64, mean: f64) -> (f64, f64) {
    let (mut e, mut de) = (mean, 0.0);
    for _ in 0..10 {
        let (sine, cosine) = e.sin_cos();
        let slope = 1.0 - eccentricity * cosine;
        let step = (e - eccentricity * sine - mean) / slope;
        let (d_residual, d_slope) = (de * slope - sine, eccentricity * sine * de - cosine);
        e -= step;
        de -= (d_residual - step * d_slope) / slope;
    }
    (e, de)
}

#[inline]
fn anomaly_of_dual(eccentricity: Dual<f64>, mean: f64) -> Dual<f64> {
    let mut e = Dual::constant(mean);
    for _ in 0..10 {
        e -= (e - eccentricity * e.sin() - mean) / (1.0 - eccentricity * e.cos());
    }
    e
}

#[inline]
fn directional_by_hand(x: &[f64], v: &[f64]) -> (f64, f64) {
    let (mut sum, mut slope) = (0.0, 0.0);
    for (x, v) in x.windows(2).zip(v.windows(2)) {
        let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
        sum += a * a + 100.0 * (b * b);
        slope += 200.0 * b * (v[1] - 2.0 * x[0] * v[0]) - 2.0 * a * v[0];
    }
    (sum, slope)
}

/// A surface in six coordinates, each of which depends on one parameter or on both.
#[differentiate]
fn surface(u: f64, v: f64) -> [f64; 6] {
    let (s, c) = u.sin_cos();
    let w = (-v * v).exp();
    [c * w, s * w, w * v, u * u, v.ln() * u, s * c]
}

#[inline]
fn surface_by_hand(u: f64, v: f64) -> ([f64; 6], [[f64; 2]; 6]) {
    let (s, c) = u.sin_cos();
    let w = (-v * v).exp();
    let (dw, l) = (-2.0 * v * w, v.ln());
    (
        [c * w, s * w, w * v, u * u, l * u, s * c],
        [
            [-s * w, c * dw],
            [c * w, s * dw],
            [0.0, w + v * dw],
            [2.0 * u, 0.0],
            [l, u / v],
            [c * c - s * s, 0.0],
        ],
    )
}

#[inline]
fn surface_of_duals([u, v]: [Dual<f64, 2>; 2]) -> [Dual<f64, 2>; 6] {
    let (s, c) = u.sin_cos();
    let w = (-v * v).exp();
    [c * w, s * w, w * v, u * u, v.ln() * u, s * c]
}

pub fn rows() -> Vec<Row> {
    let (at, point) = ((0.3, 1.2), [0.3, 1.2]);
    let x: Vec<f64> = spread(100).collect();
    let v: Vec<f64> = spread(100).map(|x| 1.0 - x).collect();
    let mut workspace = Workspace::new();
    vec![
        Row::new("Kepler's equation, derivative")
            .column(Kind::Primal, at, |&(k, m)| anomaly(k, m))
            .column(Kind::ByHand, at, |&(k, m)| anomaly_by_hand(k, m))
            .column(Kind::Attribute, at, |&(k, m)| {
                anomaly::value_and_derivative(k, m)
            })
            .column(Kind::Closure, at, |&(k, m)| {
                chainrule::value_and_derivative(|k| anomaly_of_dual(k, m), k)
            }),
        Row::new("Rosenbrock in a direction, 100")
            .column(Kind::Primal, x.clone(), |x| rosenbrock::of_slice(x))
            .column(Kind::ByHand, (x.clone(), v.clone()), |(x, v)| {
                directional_by_hand(x, v)
            })
            .column(Kind::Attribute, (x.clone(), v.clone()), |(x, v)| {
                rosenbrock::of_slice::jvp(x, v)
            })
            .column(Kind::Closure, (x, v), move |(x, v)| {
                jvp_slice_with(rosenbrock::of_duals, x, v, &mut workspace)
            }),
        Row::new("surface, Jacobian, 6 × 2")
            .column(Kind::Primal, at, |&(u, v)| surface(u, v))
            .column(Kind::ByHand, at, |&(u, v)| surface_by_hand(u, v))
            .column(Kind::Attribute, at, |&(u, v)| {
                surface::value_and_jacobian(u, v)
            })
            .column(Kind::Closure, point, |&point| {
                chainrule::value_and_jacobian(surface_of_duals, point)
            }),
    ]
}
