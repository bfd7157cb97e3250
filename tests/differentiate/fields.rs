//! Single fields of a struct as inputs: what is not named stays constant, also where the body uses it.

use chainrule::{Differentiable, differentiate};

use crate::assert_close;

mod model {
    use chainrule::Differentiable;

    #[derive(Clone, Debug, PartialEq, Differentiable)]
    pub struct State {
        pub x: f64,
        pub pose: Pose,
        pub values: [f64; 3],
        pub grid: [[f64; 2]; 2],
        pub log: Vec<f64>,
        pub steps: u32,
        hidden: Hidden,
    }

    #[derive(Clone, Debug, PartialEq, Differentiable)]
    pub struct Pose {
        pub angle: f64,
        pub at: [f64; 2],
    }

    /// Less visible than the struct that holds it.
    #[derive(Clone, Debug, PartialEq, Differentiable)]
    struct Hidden {
        depth: f64,
    }

    pub fn state() -> State {
        State {
            x: 2.0,
            pose: Pose {
                angle: 0.5,
                at: [3.0, 4.0],
            },
            values: [1.0, -2.0, 0.5],
            grid: [[1.0, 2.0], [3.0, 4.0]],
            log: vec![1.5, 2.5],
            steps: 3,
            hidden: Hidden { depth: 7.0 },
        }
    }

    #[chainrule::differentiate(wrt(state.hidden.depth))]
    pub fn deep(state: &State) -> f64 {
        state.hidden.depth.powi(2) * state.x
    }
}

use model::{State, deep, state};

#[differentiate(wrt(state.x, state.pose.angle))]
fn energy(state: &State) -> f64 {
    let [a, b] = state.pose.at;
    state.x * state.x * state.pose.angle.sin() * a + b * state.values[0] * f64::from(state.steps)
}

#[test]
fn floats_one_by_one() {
    let s = state();
    let (x, a) = (2.0, 0.5_f64);
    let (dx, da) = energy::gradient(&s);
    assert_close(&[dx, da], &[2.0 * x * a.sin() * 3.0, x * x * a.cos() * 3.0]);
    let (value, gradient) = energy::value_and_gradient(&s);
    assert_eq!(value, energy(&s));
    assert_eq!(gradient, (dx, da));
    let hessian = [
        [2.0 * a.sin() * 3.0, 2.0 * x * a.cos() * 3.0],
        [2.0 * x * a.cos() * 3.0, -x * x * a.sin() * 3.0],
    ];
    assert_close(energy::hessian(&s).as_flattened(), hessian.as_flattened());
    // The point's fields are taken, and the rest of the struct.
    let (value, slope) = energy::jvp((1.0, 0.0), (1.0, 2.0), &s);
    assert_close(&[value, slope], &[12.0, 0.0 + 2.0 * 3.0]);
    let (hx, ha) = energy::hvp((x, a), (1.0, 0.0), &s);
    assert_close(&[hx, ha], &hessian[0]);
    assert_eq!(energy::value_gradient_hessian(&s).1, (dx, da));
}

#[test]
fn one_float_has_derivatives() {
    let s = state();
    assert_eq!(deep::gradient(&s), 28.0);
    assert_eq!(deep::derivative(&s), 28.0);
    assert_eq!(deep::value_and_derivative(&s), (98.0, 28.0));
    assert_eq!(deep::second_derivative(&s), 4.0);
    assert_eq!(deep::value_and_derivatives(&s), (98.0, 28.0, 4.0));
    assert_eq!(deep::jvp(1.0, 0.5, &s), (2.0, 2.0));
}

#[differentiate(wrt(state.values, state.grid, t, state.log))]
fn mixed(state: State, t: f64, k: f64) -> f64 {
    let sum: f64 = state.values.iter().map(|v| v * v).sum();
    let log: f64 = state.log.iter().sum();
    sum * t * k + state.grid[0][1] * state.grid[1][0] * state.x + log * log
}

#[test]
fn elements_keep_their_shape() {
    let (values, grid, log, t) = mixed::gradient(state(), 10.0, 0.5);
    assert_eq!(values, [10.0, -20.0, 5.0]);
    assert_eq!(grid, [[0.0, 6.0], [4.0, 0.0]]);
    assert_eq!(log, [8.0, 8.0]);
    assert_eq!(t, 5.25 * 0.5);
    let rows: Vec<Vec<f64>> = mixed::hessian(state(), 10.0, 0.5);
    assert_eq!(rows.len(), 3 + 4 + 2 + 1);
    assert_eq!(rows[4][5], 2.0);
    let point = ([0.0; 3], [[0.0, 1.0], [1.0, 0.0]], vec![1.0, 1.0], 0.0);
    let direction = ([0.0; 3], [[0.0, 1.0], [0.0, 0.0]], vec![1.0, 0.0], 1.0);
    let (value, slope) = mixed::jvp(point, direction, state(), 1.0);
    assert_eq!((value, slope), (2.0 + 4.0, 2.0 + 4.0));
}

#[test]
#[should_panic = "the point's `state.log` has length 1, but that of the struct has length 2"]
fn points_have_the_length_of_the_struct() {
    let point = || ([0.0; 3], [[0.0; 2]; 2], vec![1.0], 0.0);
    mixed::jvp(point(), point(), state(), 1.0);
}

#[differentiate(wrt(state.pose))]
fn placed(state: &State) -> Option<f64> {
    (state.x > 0.0).then(|| state.pose.at[0] * state.pose.angle * state.x)
}

#[test]
fn a_field_of_several_floats_lies_flat() {
    let gradient: Option<[f64; 3]> = placed::gradient(&state());
    assert_eq!(gradient, Some([6.0, 1.0, 0.0]));
}

#[differentiate(wrt(state.x))]
fn curve(state: &State, out: &mut [f64; 2]) -> f64 {
    *out = [state.x * state.pose.angle, state.x.powi(3)];
    state.x * state.x
}

#[test]
fn several_outputs_by_one_field() {
    let mut out = [0.0; 2];
    assert_eq!(curve::jacobian(&state(), &mut out), [[4.0], [0.5], [12.0]]);
    assert_eq!(out, [1.0, 8.0]);
    assert_eq!(curve::derivative(&state(), &mut out), (4.0, [0.5, 12.0]));
    assert_eq!(
        curve::jvp(1.0, 2.0, &state(), &mut out).1,
        (4.0, [1.0, 6.0])
    );
}

#[derive(Clone, Copy, Debug, PartialEq, Differentiable)]
struct Body {
    mass: f64,
    velocity: [f64; 2],
}

#[differentiate]
impl Body {
    #[differentiate(wrt(self.mass))]
    fn kinetic(&self, scale: f64) -> f64 {
        scale * 0.5 * self.mass * self.mass * self.speed()
    }

    #[differentiate(wrt(self.velocity, self.mass, factor))]
    fn momentum(self, factor: f64) -> f64 {
        self.mass * self.velocity[0] * factor
    }

    #[differentiate(wrt(self))]
    fn speed(&self) -> f64 {
        self.velocity[0].hypot(self.velocity[1])
    }
}

#[test]
fn fields_of_self() {
    let body = Body {
        mass: 2.0,
        velocity: [3.0, 4.0],
    };
    assert_eq!(body.kinetic_gradient(10.0), 100.0);
    assert_eq!(body.kinetic_derivative(10.0), 100.0);
    assert_eq!(body.kinetic_second_derivative(10.0), 50.0);
    assert_eq!(body.momentum_gradient(0.5), ([1.0, 0.0], 1.5, 6.0));
    assert_eq!(
        body.momentum_jvp(([1.0, 0.0], 1.0, 1.0), ([1.0, 0.0], 0.0, 0.0)),
        (1.0, 1.0)
    );
}

/// A caller that differentiates by more gets it all: the derivative of the whole.
#[differentiate(wrt(body))]
fn doubled(body: &Body) -> f64 {
    2.0 * light(body)
}

#[differentiate(wrt(body.mass))]
fn light(body: &Body) -> f64 {
    body.mass * body.velocity[0]
}

#[test]
fn callers_see_all_inputs() {
    let body = Body {
        mass: 2.0,
        velocity: [3.0, 4.0],
    };
    assert_eq!(light::gradient(&body), 3.0);
    let all = doubled::gradient(&body);
    assert_eq!((all.mass, all.velocity), (6.0, [4.0, 0.0]));
}

#[differentiate(wrt(pair.1, nested.0.1))]
fn of_tuples(pair: (f64, f64), nested: ((f64, f64), f64)) -> f64 {
    pair.0 * pair.1 * pair.1 + nested.0.0 * nested.0.1 * nested.1
}

#[test]
fn parts_of_tuples() {
    assert_eq!(
        of_tuples::gradient((2.0, 3.0), ((5.0, 7.0), 11.0)),
        (12.0, 55.0)
    );
}
