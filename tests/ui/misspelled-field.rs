use chainrule::{Differentiable, differentiate};

#[derive(Clone, Differentiable)]
struct State {
    position: f64,
    values: [f64; 2],
    #[differentiable(constant)]
    scale: f64,
}

#[differentiate(wrt(state.positon))]
fn misspelled(state: &State) -> f64 {
    state.position
}

#[differentiate(wrt(state.values))]
fn several(state: &State) -> f64 {
    state.values[0] * state.scale
}

fn main() {
    let state = State {
        position: 1.0,
        values: [0.0; 2],
        scale: 1.0,
    };
    several::derivative(&state);
}
