//! Functions with given derivatives, and calls declared constant, against closed formulas.

use chainrule::{Dual, HyperDual, Jet, Scalar, derivative, differentiate};

use crate::assert_close;

/// Functions that nobody can annotate.
mod library {
    /// `x² y³`
    pub fn product(x: f64, y: f64) -> f64 {
        x * x * y * y * y
    }

    pub fn table(n: usize) -> f64 {
        [0.0, 1.0, 4.0][n]
    }
}

/// `exp(-rate x)`, with a body that the macro could not read.
#[differentiate(wrt(x), first(decay_slope), second(decay_curvature))]
fn decay(x: f64, rate: f64, label: String) -> f64 {
    let place = &raw const x;
    assert_eq!(label, "decay");
    [x].map(|x| (-rate * x).exp())[usize::from(place.is_null())]
}
fn decay_slope(x: f64, rate: f64, label: String) -> f64 {
    -rate * decay(x, rate, label)
}
fn decay_curvature(x: f64, rate: f64, label: String) -> f64 {
    rate * rate * decay(x, rate, label)
}

#[test]
fn one_argument_has_all_the_usual_functions() {
    let label = || "decay".to_owned();
    let (x, rate) = (0.5, 3.0);
    let value = (-1.5_f64).exp();
    assert_eq!(decay(x, rate, label()), value);
    assert_eq!(decay::gradient(x, rate, label()), -3.0 * value);
    assert_eq!(decay::second_derivative(x, rate, label()), 9.0 * value);
    assert_eq!(
        decay::value_and_derivatives(x, rate, label()),
        (value, -3.0 * value, 9.0 * value)
    );
    assert_eq!(decay::hessian(x, rate, label()), 9.0 * value);
    assert_eq!(decay::jvp(x, 2.0, rate, label()), (value, -6.0 * value));
    assert_eq!(decay::hvp(x, 2.0, rate, label()), 18.0 * value);
}

/// The names of derivatives may be those of parameters, and derivatives may be of other modules.
#[differentiate(first(slopes::dx, slopes::dy), second(slopes::dxx, slopes::dxy, dyy))]
fn product(x: f64, dyy: &f64) -> f64 {
    library::product(x, *dyy)
}
mod slopes {
    pub fn dx(x: f64, y: &f64) -> f64 {
        2.0 * x * y.powi(3)
    }
    pub fn dy(x: f64, y: &f64) -> f64 {
        3.0 * x * x * y * y
    }
    pub fn dxx(_: f64, y: &f64) -> f64 {
        2.0 * y.powi(3)
    }
    pub fn dxy(x: f64, y: &f64) -> f64 {
        6.0 * x * y * y
    }
}
fn dyy(x: f64, y: &f64) -> f64 {
    6.0 * x * x * y
}

#[test]
fn several_arguments_have_the_upper_triangle() {
    let (x, y) = (2.0, 3.0);
    assert_eq!(product(x, &y), 108.0);
    assert_eq!(product::gradient(x, &y), [108.0, 108.0]);
    assert_eq!(product::hessian(x, &y), [[54.0, 108.0], [108.0, 72.0]]);
    assert_eq!(product::hvp([x, y], [1.0, 10.0]), [1134.0, 828.0]);
}

/// `x² y³` by the rules of this crate.
fn by_hand<S: Scalar<Primal = f64>>(x: S, y: S) -> S {
    x * x * y.powi(3)
}

#[track_caller]
fn assert_same<S: Scalar<Primal = f64>>(actual: S, expected: S) {
    assert!(
        actual.exactly_equals(&expected),
        "{actual} is not {expected}"
    );
}

#[test]
fn every_number_type_takes_the_rule() {
    let [x, y] = Dual::variables([2.0, 3.0]);
    assert_same(product::lift(x, &y), by_hand(x, y));
    let (x, y) = (
        HyperDual::new(2.0, 1.0, 3.0, 5.0),
        HyperDual::new(3.0, 2.0, 0.0, 1.0),
    );
    assert_same(product::lift(x, &y), by_hand(x, y));
    let [x, y] = Jet::variables([2.0, 3.0]);
    let (x, y) = (x * y, y - x);
    assert_same(product::lift(x, &y), by_hand(x, y));
    let [x, y] = Dual::variables(Dual::variables([2.0, 3.0]));
    assert_same(product::lift(x, &y), by_hand(x, y));
    assert_eq!(product::lift(2.0, &3.0), 108.0);
}

#[differentiate]
fn caller(x: f64, y: f64) -> f64 {
    let y = y + 1.0;
    product(x * y, &y) - 2.0 * product(x, &1.0)
}

#[test]
fn annotated_functions_call_it_as_any_other() {
    // x² (y+1)⁵ - 2 x²
    let (x, y) = (2.0, 1.0);
    assert_eq!(caller(x, y), 120.0);
    assert_eq!(caller::gradient(x, y), [120.0, 320.0]);
    assert_eq!(caller::hessian(x, y), [[60.0, 320.0], [320.0, 640.0]]);
}

/// Without `second` the first order is all there is, and nothing else has to compile.
#[differentiate(first(cube_slope))]
pub fn cube(x: f32) -> f32 {
    x * x * x
}
fn cube_slope(x: f32) -> f32 {
    3.0 * x * x
}

#[differentiate]
pub fn twice_cubed(x: f32, y: f32) -> f32 {
    cube(2.0 * x) + y
}

#[test]
fn gradients_need_no_second_derivative() {
    assert_eq!(cube::value_and_gradient(2.0), (8.0, 12.0));
    assert_eq!(twice_cubed::gradient(1.0, 1.0), [24.0, 1.0]);
    assert_eq!(twice_cubed::jvp([1.0, 1.0], [1.0, 1.0]), (9.0, 25.0));
}

/// `|x|^½ + y`, with an infinite slope and a second argument of its own.
#[differentiate(first(root_dx, root_dy), second(root_dxx, zero, zero))]
fn root(x: f64, y: f64) -> f64 {
    x.sqrt() + y
}
fn root_dx(x: f64, _: f64) -> f64 {
    0.5 / x.sqrt()
}
fn root_dy(_: f64, _: f64) -> f64 {
    1.0
}
fn root_dxx(x: f64, _: f64) -> f64 {
    -0.25 / (x * x.sqrt())
}
fn zero(_: f64, _: f64) -> f64 {
    0.0
}

#[test]
fn a_zero_tangent_stays_zero_where_the_slope_is_infinite() {
    let (x, y) = (0.0, 2.0);
    assert_eq!(root::gradient(x, y), [f64::INFINITY, 1.0]);
    assert_eq!(root::jvp([x, y], [0.0, 1.0]), (2.0, 1.0));
    assert_eq!(
        root::lift(Dual::new(0.0, [0.0, 1.0]), Dual::new(2.0, [1.0, 0.0])).eps,
        [1.0, f64::INFINITY]
    );
    let second = root::lift(HyperDual::new(0.0, 1.0, 0.0, 0.0), HyperDual::constant(2.0));
    assert_eq!(
        (second.eps1, second.eps2, second.eps1eps2),
        (f64::INFINITY, 0.0, 0.0)
    );
    let [x, y] = Jet::variables([0.0, 2.0]);
    let jet = root::lift(x, y);
    assert_eq!(jet.gradient, [f64::INFINITY, 1.0]);
    assert_eq!(jet.hessian(), [[-f64::INFINITY, 0.0], [0.0, 0.0]]);
}

#[test]
fn outside_the_domain_live_slopes_are_nan() {
    let [dx, dy] = root::gradient(-1.0, 2.0);
    assert!(dx.is_nan() && dy.is_nan());
    assert_eq!(
        root::lift(Dual::new(-1.0, [0.0]), Dual::new(2.0, [0.0])).eps,
        [0.0]
    );
}

#[differentiate(first(refuse, root_dy))]
fn half_known(x: f64, y: f64) -> f64 {
    x + y
}
fn refuse(_: f64, _: f64) -> f64 {
    unreachable!("nobody asked for the derivative of a constant")
}

#[test]
fn slopes_of_constant_arguments_are_not_computed() {
    let y = Dual::variable(2.0);
    assert_eq!(half_known::lift(Dual::constant(1.0), y).eps, [1.0]);
}

fn frozen(x: f64) -> f64 {
    x
}

mod grid {
    pub fn cell(x: &f64, n: usize) -> usize {
        (*x as usize).min(n)
    }
}

/// A step function of `x` and a constant of `y`.
#[differentiate(constant(frozen, grid::cell))]
fn stepped(x: f64, y: f64) -> f64 {
    let height = library::table(grid::cell(&x, 2));
    let weight = frozen(x * y) + frozen(2.0);
    height * x + weight * y
}

#[test]
fn constant_calls_carry_no_derivative() {
    let (x, y) = (1.5, 3.0);
    assert_eq!(stepped(x, y), 1.5 + 6.5 * 3.0);
    assert_eq!(stepped::gradient(x, y), [1.0, 6.5]);
    assert_eq!(stepped::hessian(x, y), [[0.0; 2]; 2]);
}

#[differentiate]
fn detached(x: f64) -> f64 {
    x * chainrule::constant(x * x)
}

#[test]
fn arguments_are_held_constant_by_a_function() {
    assert_eq!(chainrule::constant(2.0), 2.0);
    assert_eq!(detached::value_and_derivatives(3.0), (27.0, 9.0, 0.0));
    assert_eq!(derivative(|x| x * chainrule::constant(x), 3.0), 3.0);
}

struct Gas {
    constant: f64,
}

#[differentiate]
impl Gas {
    #[differentiate(first(Self::slope, Gas::slope_by_volume))]
    fn pressure(&self, temperature: f64, volume: f64) -> f64 {
        self.constant * temperature / volume
    }
    fn slope(&self, _temperature: f64, volume: f64) -> f64 {
        self.constant / volume
    }
    fn slope_by_volume(&self, temperature: f64, volume: f64) -> f64 {
        -self.constant * temperature / (volume * volume)
    }

    #[differentiate(constant(Self::rounded))]
    fn work(&self, volume: f64) -> f64 {
        self.pressure(300.0, volume) * Self::rounded(volume)
    }
    fn rounded(volume: f64) -> f64 {
        volume.round()
    }
}

#[test]
fn methods_have_given_derivatives_too() {
    let gas = Gas { constant: 8.0 };
    assert_eq!(gas.pressure_gradient(300.0, 2.0), [4.0, -600.0]);
    assert_eq!(gas.work_value_and_gradient(2.0), (2400.0, -1200.0));
    assert_close(&[gas.pressure(300.0, 2.0)], &[1200.0]);
}
