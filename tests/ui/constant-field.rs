use chainrule::{Differentiable, differentiate};

#[derive(Clone, Differentiable)]
struct State {
    position: f64,
    #[differentiable(constant)]
    scale: f64,
    steps: u32,
}

#[differentiate(wrt(state.scale))]
fn constant(state: &State) -> f64 {
    state.position * state.scale
}

#[differentiate(wrt(state.steps))]
fn integer(state: &State) -> f64 {
    state.position * f64::from(state.steps)
}

fn main() {}
