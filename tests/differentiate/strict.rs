//! Users may deny whatever they like: the generated code keeps quiet.
#![deny(
    warnings,
    missing_docs,
    unused,
    unreachable_pub,
    nonstandard_style,
    clippy::all,
    clippy::pedantic
)]

#[chainrule::differentiate]
#[must_use]
#[inline]
pub(crate) fn documented(x: f64, ys: &[f64]) -> f64 {
    let mut y = x;
    y += ys[0];
    y
}

/// Documented.
#[derive(chainrule::Differentiable)]
pub(crate) struct Oscillator {
    /// Documented.
    pub(crate) stiffness: f64,
}

#[chainrule::differentiate]
impl Oscillator {
    /// Documented.
    #[chainrule::differentiate(wrt(self, x))]
    #[must_use]
    pub(crate) fn energy(&self, x: f64) -> f64 {
        0.5 * self.stiffness * x * x
    }

    /// Documented; used by its derivatives alone.
    #[chainrule::differentiate]
    fn force(&self, x: f64) -> f64 {
        self.stiffness * x
    }
}

impl Oscillator {
    /// Documented.
    #[chainrule::differentiate]
    #[must_use]
    pub(crate) fn power(&self, x: f64) -> f64 {
        self.force(x) * x
    }
}

/// Documented.
#[chainrule::differentiate(first(double))]
#[must_use]
pub(crate) fn square(x: f64) -> f64 {
    x * x
}

fn double(x: f64) -> f64 {
    2.0 * x
}

#[test]
fn it_compiles_under_strict_lints() {
    assert_eq!(documented::gradient(1.0, &[2.0]), (1.0, vec![1.0]));
}

/// A state with a counter.
#[derive(Clone, Copy, Debug, chainrule::Differentiable)]
pub(crate) struct State {
    /// The place.
    pub x: f64,
    pub(crate) v: [f64; 2],
    steps: u32,
}

/// Over a struct.
#[chainrule::differentiate(wrt(state))]
#[must_use]
pub(crate) fn energy(state: &State, mass: f64) -> Option<f64> {
    (state.steps > 0).then_some(mass * state.x * state.v[0])
}

/// Through a reference.
#[chainrule::differentiate]
pub(crate) fn squares(x: &[f64], out: &mut [f64]) {
    for i in 0..x.len() {
        out[i] = x[i] * x[i];
    }
}

#[chainrule::differentiate]
pub(crate) fn generic<T: num_traits::Float>(x: T, y: T) -> (T, T) {
    (x + y, x * y)
}

/// Of a function.
#[chainrule::differentiate]
pub(crate) fn applied<F>(f: &F, x: f64) -> f64
where
    F: Fn(f64) -> f64 + ?Sized,
{
    f(x)
}

impl Oscillator {
    /// Of a function.
    #[chainrule::differentiate]
    pub(crate) fn driven(&self, f: &(dyn Fn(f64) -> f64 + Sync), x: f64) -> f64 {
        self.stiffness * f(x)
    }
}

/// With functions and tables.
#[chainrule::differentiate]
pub(crate) fn applying(x: f64, oscillator: &Oscillator, table: &[f64]) -> f64 {
    applied(&|t| t * x, table[0]) + oscillator.driven(&|t| t * x, 2.0) + applied(&square, x)
}

#[test]
fn structs_and_outputs_compile_under_strict_lints() {
    let state = State {
        x: 1.0,
        v: [2.0, 3.0],
        steps: 1,
    };
    assert_eq!(
        energy::hessian(&state, 2.0),
        Some([[0.0, 2.0, 0.0], [2.0, 0.0, 0.0], [0.0; 3]])
    );
    assert_eq!(squares::jacobian(&[1.0], &mut [0.0]), [[2.0]]);
    assert_eq!(generic::jacobian(2.0, 3.0), [[1.0, 1.0], [3.0, 2.0]]);
    let oscillator = Oscillator { stiffness: 3.0 };
    assert!((oscillator.energy_gradient(2.0).1 - oscillator.force(2.0)).abs() < 1e-15);
    assert!((oscillator.force_gradient(2.0) - 3.0).abs() < 1e-15);
    assert!((oscillator.power_gradient(2.0) - 12.0).abs() < 1e-15);
    let slope = applying::gradient(1.5, &oscillator, &[5.0]).0;
    assert!((slope - (5.0 + 6.0 + 3.0)).abs() < 1e-15);
    assert!((square::gradient(3.0) - 6.0).abs() < 1e-15);
}
