//! Hessians: a reverse sweep of second order, made here, where the steps are known.
//!
//! It goes back through the steps as the reverse sweep of a gradient does, and knows at each point the first and the second
//! derivatives of the rest of the function by the values that are there: the adjoints, and an edge for each two values by
//! which the rest has a second derivative at all (Gower and Mello's edge pushing). Each of these is a local variable of the
//! generated code, so what is zero by structure is not there, and each pair is there once.

mod blocks;
mod curve;
mod ends;
mod reverse;
mod scatter;
mod spread;
mod state;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, Key, inputs};
use crate::adjoint::lower::Program;
use crate::adjoint::survey::Facts;
use crate::emit::Emission;
use crate::number::internal;
use crate::parse::Form;
use crate::tree::{Body, Variable};
use scatter::Element;
use state::State;

/// A function whose Hessian is compiled.
pub struct Hessian {
    pub body: TokenStream,
    /// Whether a derivative may be infinite, or leave the range of floats, where the values are finite.
    pub is_singular: bool,
    /// How many products and sums the reverse sweep has.
    pub size: usize,
}

/// What has a second-order reverse sweep, or what keeps it from having one.
pub type Covered<T> = Result<T, &'static str>;

pub fn not_covered<T>(reason: &'static str) -> Covered<T> {
    Err(reason)
}

/// Products and sums of the reverse sweep: beyond it the code would be larger than it is worth.
const MOST_UPDATES: usize = 2000;

pub struct Second<'a> {
    emitter: Emitter<'a>,
    /// The elements of inputs that have been met.
    elements: Vec<Element<'a>>,
    inputs: Vec<(Variable, &'a Form)>,
    /// Where each input begins among all of them.
    offsets: Vec<(Variable, TokenStream)>,
    updates: usize,
    /// Whether second derivatives of values are asked for.
    is_bent: bool,
    /// Whether the derivatives have to be looked at.
    is_singular: bool,
    /// Whether the Hessian is added to in memory, since positions go through an input.
    is_written: bool,
    /// Whether it is one long slice there.
    is_slice: bool,
    /// Whether all steps have been reversed, so that variables hold what they began with.
    is_at_end: bool,
    /// How many inputs there are.
    total: TokenStream,
}

pub fn emit<'a>(
    emission: Emission<'a>,
    body: &'a Body,
    program: &'a Program<'a>,
) -> Covered<Hessian> {
    let inputs = inputs(emission.function, body);
    let facts = Facts::of(&program.steps);
    let is_singular = facts.is_singular || facts.may_leave_range;
    let mut second = Second {
        emitter: Emitter::new(emission, &inputs, program, true),
        elements: Vec::new(),
        inputs,
        offsets: Vec::new(),
        updates: 0,
        is_bent: true,
        is_singular,
        is_written: false,
        is_slice: false,
        is_at_end: false,
        total: TokenStream::new(),
    };
    second.lay_out();
    let mut state = State::default();
    let (prologue, steps) = program.steps.split_at(program.prologue);
    let sweeps = second.block(steps, &mut state)?;
    let ends = second.ends(state)?;
    let starts = second.opening();
    let prologue = second.emitter.forward(prologue);
    let hoisted = std::mem::take(&mut second.emitter.frame.hoisted);
    let (result, definitions) = (internal("result"), second.emitter.emission.definitions());
    Ok(Hessian {
        body: quote! {
            #definitions
            let #result;
            #starts
            #hoisted
            #prologue
            #sweeps
            #ends
        },
        is_singular,
        size: second.updates,
    })
}

/// How far the emission has come.
#[derive(Clone)]
struct Mark {
    used: BTreeSet<Key>,
    reprinted: BTreeSet<Variable>,
    steps: usize,
    updates: usize,
}

impl Second<'_> {
    fn mark(&self) -> Mark {
        Mark {
            used: self.emitter.used.clone(),
            reprinted: self.emitter.reprinted.clone(),
            steps: self.emitter.steps,
            updates: self.updates,
        }
    }

    fn back_to(&mut self, mark: Mark) {
        self.emitter.used = mark.used;
        self.emitter.reprinted = mark.reprinted;
        self.emitter.steps = mark.steps;
        self.updates = mark.updates;
    }

    fn check_size(&self) -> Covered<()> {
        match self.updates > MOST_UPDATES {
            true => not_covered("too many second derivatives on its way"),
            false => Ok(()),
        }
    }
}
