//! Hessians: a reverse sweep of second order, made here, where the steps are known.
//!
//! It goes back through the steps as the reverse sweep of a gradient does, and knows at each point the first and the second
//! derivatives of the rest of the function by the values that are there: the adjoints, and an edge for each two values by
//! which the rest has a second derivative at all (Gower and Mello's edge pushing). Each of these is a number in the
//! generated code, so what is zero by structure is not there, and each pair is there once.

mod blocks;
mod curve;
mod ends;
mod reverse;
mod scatter;
mod spread;
mod state;
mod values;

use proc_macro2::TokenStream;
use quote::quote;

use super::names::{Key, curvature_key};
use super::reverse::Factor;
use super::{Emitter, inputs};
use crate::adjoint::form::*;
use crate::adjoint::lower::Program;
use crate::adjoint::survey::Facts;
use crate::emit::Emission;
use crate::function::Form;
use crate::names::internal;
use crate::tree::{Body, Variable};
use scatter::Element;
use state::State;
use values::{Amount, Values};

/// A function whose Hessian is compiled.
pub struct Hessian {
    pub body: TokenStream,
    /// Whether a derivative may be infinite, or leave the range of floats, where the values are finite.
    pub is_singular: bool,
}

/// What has a second-order reverse sweep, or what keeps it from having one.
pub type Covered<T> = Result<T, &'static str>;

pub fn not_covered<T>(reason: &'static str) -> Covered<T> {
    Err(reason)
}

/// Operations of the reverse sweep: beyond it the code would be larger than it is worth.
const LARGEST: usize = 2000;

struct Second<'a> {
    emitter: Emitter<'a>,
    values: Values,
    /// The elements of inputs that have been met.
    elements: Vec<Element<'a>>,
    inputs: Vec<(Variable, &'a Form)>,
    /// Where each input begins among all of them.
    offsets: Vec<(Variable, TokenStream)>,
    /// How many inputs there are.
    total: TokenStream,
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
}

pub fn emit<'a>(
    emission: Emission<'a>,
    body: &'a Body,
    program: &'a Program<'a>,
) -> Covered<Hessian> {
    let inputs = inputs(emission.function, body);
    let facts = Facts::of(&program.steps);
    let is_singular = facts.is_singular;
    let mut second = Second {
        emitter: Emitter::new(emission, &inputs, program, true),
        values: Values::new(),
        elements: Vec::new(),
        inputs,
        offsets: Vec::new(),
        total: TokenStream::new(),
        is_bent: true,
        is_singular,
        is_written: false,
        is_slice: false,
        is_at_end: false,
    };
    second.lay_out();
    let mut state = State::new();
    let (prologue, steps) = program.steps.split_at(program.prologue);
    let sweeps = second.block(steps, &mut state)?;
    let ends = second.ends(state)?;
    second.check_size()?;
    let starts = second.opening();
    let prologue = second.emitter.forward(prologue);
    let hoisted = std::mem::take(&mut second.emitter.frame.hoisted);
    let (result, definitions) = (internal("result"), second.emitter.definitions());
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
    })
}

impl<'a> Second<'a> {
    fn check_size(&self) -> Covered<()> {
        match self.values.len().max(self.values.size) > LARGEST {
            true => not_covered("too many second derivatives on its way"),
            false => Ok(()),
        }
    }

    /// A value of the forward sweep.
    fn value(&mut self, formula: &'a Formula<'a>) -> Amount {
        let (Factor::Number(value) | Factor::Plain(value)) = self.emitter.value_again(formula);
        self.values.leaf(value)
    }

    /// A value of the forward sweep that is kept for this.
    fn known(&mut self, key: Key) -> Amount {
        let name = self.emitter.slope_again(key);
        self.values.leaf(name)
    }

    /// The slope by an argument that the rules state.
    fn slope(&mut self, id: Id, position: usize) -> Amount {
        self.known((id, position + 1))
    }

    /// The second derivative by two arguments that the rules state.
    fn bend(&mut self, id: Id, one: usize, other: usize) -> Amount {
        self.known(curvature_key(id, one, other))
    }
}
