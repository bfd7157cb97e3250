//! Structs as inputs and outputs, against closed formulas.

use chainrule::{Differentiable, Dual, differentiate};

use crate::assert_close;

#[derive(Clone, Copy, Debug, PartialEq, Differentiable)]
struct State {
    x: f64,
    v: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Model {
    Linear,
    Quadratic,
}

#[derive(Clone, Debug, PartialEq, Differentiable)]
struct System {
    states: [State; 2],
    springs: Vec<f64>,
    pair: (f64, usize),
    name: String,
    #[differentiable(constant)]
    model: Model,
    #[differentiable(constant)]
    damping: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Differentiable)]
pub(crate) struct Grid<'a, const N: usize> {
    values: [f64; N],
    label: &'a str,
}

#[differentiate(wrt(state, mass))]
fn energy(state: State, mass: f64) -> f64 {
    let copy = state;
    0.5 * mass * copy.v * copy.v + state.x * state.x
}

#[test]
fn the_gradient_has_the_shape_of_the_struct() {
    let state = State { x: 3.0, v: 2.0 };
    assert_eq!(
        energy::gradient(state, 5.0),
        (State { x: 6.0, v: 10.0 }, 2.0)
    );
    let (value, _) = energy::value_and_gradient(state, 5.0);
    assert_eq!(value, energy(state, 5.0));
    let hessian: [[f64; 3]; 3] = energy::hessian(state, 5.0);
    assert_eq!(hessian, [[2.0, 0.0, 0.0], [0.0, 5.0, 2.0], [0.0, 2.0, 0.0]]);
    let direction = (State { x: 1.0, v: 0.0 }, 2.0);
    assert_eq!(energy::jvp((state, 5.0), direction), (19.0, 10.0));
    assert_eq!(
        energy::hvp((state, 5.0), direction),
        (State { x: 2.0, v: 4.0 }, 0.0)
    );
}

#[differentiate(wrt(system))]
fn potential(system: &System, scale: f64) -> f64 {
    let mut sum = system.pair.0 * system.pair.1 as f64;
    for k in 0..system.springs.len() {
        let stretch = system.states[k % 2].x;
        sum += match system.model {
            Model::Linear => system.springs[k] * stretch,
            Model::Quadratic => 0.5 * system.springs[k] * stretch * stretch,
        };
    }
    scale * sum - system.damping
}

#[test]
fn nested_structs_carry_the_rest_along() {
    let system = System {
        states: [State { x: 1.0, v: 2.0 }, State { x: 3.0, v: 4.0 }],
        springs: vec![5.0, 6.0, 7.0],
        pair: (8.0, 9),
        name: "rig".to_string(),
        model: Model::Quadratic,
        damping: 0.25,
    };
    let gradient = potential::gradient(&system, 2.0);
    let expected = System {
        states: [
            State {
                x: 2.0 * 12.0,
                v: 0.0,
            },
            State {
                x: 2.0 * 18.0,
                v: 0.0,
            },
        ],
        springs: vec![1.0, 9.0, 1.0],
        pair: (18.0, 9),
        ..system.clone()
    };
    assert_eq!(gradient, expected);
    let hessian: Vec<Vec<f64>> = potential::hessian(&system, 2.0);
    assert_eq!(hessian.len(), 8);
    assert_eq!(hessian[0], [24.0, 0.0, 0.0, 0.0, 2.0, 0.0, 2.0, 0.0]);
    let (value, slope) = potential::jvp(system.clone(), gradient.clone(), 2.0);
    assert_eq!(value, potential(&system, 2.0));
    let squares = 24.0_f64.powi(2) + 36.0_f64.powi(2) + 1.0 + 81.0 + 1.0 + 18.0_f64.powi(2);
    assert_close(&[slope], &[squares]);
}

#[test]
#[should_panic(expected = "the direction of `system` has length 6, but it has length 5")]
fn directions_of_another_size_are_refused() {
    let system = |springs| System {
        states: [State { x: 1.0, v: 2.0 }; 2],
        springs,
        pair: (8.0, 9),
        name: String::new(),
        model: Model::Linear,
        damping: 0.25,
    };
    potential::jvp(system(vec![]), system(vec![1.0]), 2.0);
}

#[differentiate(wrt(state, dt))]
fn step(state: State, dt: f64) -> State {
    State {
        x: state.x + dt * state.v,
        v: state.v - dt * state.x,
    }
}

#[differentiate(wrt(state))]
fn simulate(state: &State, dt: f64, n: usize) -> State {
    let mut now = *state;
    for _ in 0..n {
        now = step(now, dt);
    }
    now
}

#[test]
fn structs_are_outputs_too() {
    let state = State { x: 1.0, v: 2.0 };
    let jacobian: [[f64; 3]; 2] = step::jacobian(state, 0.5);
    assert_eq!(jacobian, [[1.0, 0.5, 2.0], [-0.5, 1.0, -1.0]]);
    let (value, slopes) = step::jvp((state, 0.5), (State { x: 0.0, v: 1.0 }, 0.0));
    assert_eq!(
        (value, slopes),
        (step(state, 0.5), State { x: 0.5, v: 1.0 })
    );
    let (value, jacobian): (State, [[f64; 2]; 2]) = simulate::value_and_jacobian(&state, 0.5, 2);
    assert_eq!(value, simulate(&state, 0.5, 2));
    // [[1, h], [-h, 1]] squared
    assert_eq!(jacobian, [[0.75, 1.0], [-1.0, 0.75]]);
}

#[differentiate(wrt(grid))]
fn total<const N: usize>(grid: &Grid<'_, N>) -> f64 {
    let mut sum = 0.0;
    for i in 0..N {
        sum += grid.values[i] * grid.values[i];
    }
    sum
}

#[test]
fn lifetimes_and_lengths_are_parameters() {
    let grid = Grid {
        values: [1.0, 2.0, 3.0],
        label: "grid",
    };
    assert_eq!(
        total::gradient(&grid),
        Grid {
            values: [2.0, 4.0, 6.0],
            label: "grid"
        }
    );
    assert_eq!(total::hessian(&grid)[2], [0.0, 0.0, 2.0]);
}

#[derive(Clone, Copy, Debug, PartialEq, Differentiable)]
struct Single {
    x: f32,
    ys: [f32; 2],
}

#[derive(Clone, Debug, PartialEq, Differentiable)]
#[differentiable(float = f32)]
struct Singles {
    all: Vec<Single>,
}

#[differentiate(wrt(s))]
fn in_single(s: Single) -> f32 {
    s.x * s.ys[0] + s.ys[1]
}

#[differentiate(wrt(all))]
fn of_singles(all: &Singles) -> f32 {
    let mut sum = 0.0;
    for i in 0..all.all.len() {
        sum += all.all[i].x * all.all[i].x;
    }
    sum
}

#[test]
fn single_precision_stays_single() {
    let single = Single {
        x: 2.0,
        ys: [3.0, 4.0],
    };
    assert_eq!(
        in_single::gradient(single),
        Single {
            x: 3.0,
            ys: [2.0, 1.0]
        }
    );
    let gradient = of_singles::gradient(&Singles {
        all: vec![single; 2],
    });
    assert_eq!(
        gradient.all[1],
        Single {
            x: 4.0,
            ys: [0.0, 0.0]
        }
    );
}

#[test]
fn the_lifted_struct_is_what_the_struct_is() {
    fn is_copy<T: Copy>(_: &T) {}
    let lifted = State { x: 1.0, v: 2.0 }.lift(&mut |x| Dual::new(x, [1.0]));
    is_copy(&lifted);
    assert_eq!(format!("{:?}", lifted.v.re), "2.0");
    assert!(format!("{lifted:?}").starts_with("State { x: "));
    let owned = System {
        states: [State { x: 1.0, v: 2.0 }; 2],
        springs: vec![1.0],
        pair: (8.0, 9),
        name: "rig".to_string(),
        model: Model::Linear,
        damping: 0.25,
    };
    let lifted = owned.lift(&mut Dual::<f64>::constant);
    assert_eq!(lifted.clone().states[0].v.re, 2.0);
    assert_eq!(System::lower(&lifted, &mut |x: &Dual<f64>| x.re), owned);
    assert_eq!(
        (owned.count(), System::COUNT, State::COUNT),
        (6, None, Some(2))
    );
}

type Real = f64;
type Pair = (Real, State);

#[differentiate(wrt(x, pair))]
fn of_aliases(x: Real, pair: Pair) -> f64 {
    x * pair.0 * pair.1.x
}

#[test]
fn aliases_are_inputs_by_name() {
    let pair = (3.0, State { x: 4.0, v: 5.0 });
    let gradient = (12.0, (8.0, State { x: 6.0, v: 0.0 }));
    assert_eq!(of_aliases::gradient(2.0, pair), gradient);
}
