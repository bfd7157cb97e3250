//! Fields as inputs: what none is, on its token.

use chainrule::{Differentiable, differentiate};

#[derive(Clone, Differentiable)]
struct State<const N: usize> {
    x: f64,
    values: [f64; N],
}

#[differentiate(wrt(state.x, state.y))]
fn generic<const N: usize>(state: &State<N>) -> f64 {
    state.x * state.values[0]
}

#[differentiate(wrt(x.re, values.len))]
fn without_fields(x: f64, values: &[f64]) -> f64 {
    x * values[0]
}

#[differentiate(wrt(state.x, state, state.x, state.values))]
fn twice(state: &State<2>) -> f64 {
    state.x
}

#[differentiate(wrt(stat.x))]
fn unknown(state: &State<2>) -> f64 {
    state.x
}

#[differentiate(wrt(state.values[0]))]
fn element(state: &State<2>) -> f64 {
    state.values[0]
}

fn main() {}
