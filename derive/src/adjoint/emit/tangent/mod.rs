//! The forward sweep with tangents: beside each value its slopes, in the lanes that it depends on and in no others. Loops
//! stay loops, and nothing is kept.

mod arrays;
mod calls;
mod chain_rule;
mod lanes;
mod slope;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::forward::Operand;
use super::signed::Signed;
use super::{Emitter, Inputs};
use crate::adjoint::form::*;
use crate::adjoint::parameters;
use crate::adjoint::survey::Facts;
use crate::names::internal;
use crate::tree::Variable;
pub use lanes::lanes_of;
use slope::Slopes;

/// The body of a function that gives the value, or the values, and beside each its slopes.
pub struct Tangents {
    pub body: TokenStream,
    /// Whether a slope may be infinite where the values are not.
    pub is_singular: bool,
    /// How many slopes each value has.
    pub lanes: usize,
    /// Which slopes of each value may be anything but zero.
    pub live: Vec<Vec<bool>>,
}

/// What the lanes are.
#[derive(Clone, Copy, PartialEq)]
enum Lanes {
    /// One, along the tangents that the inputs come with.
    Direction,
    /// One for each float of the inputs.
    Inputs,
}

/// The function with one slope, along the tangents of its inputs.
pub fn along(emitter: Emitter, inputs: &Inputs) -> Tangents {
    let mut sweep = Sweep::new(emitter, Lanes::Direction);
    let starts = sweep.directions(inputs);
    sweep.whole(starts)
}

/// The function with a slope by each float of its inputs; none if some input is not made of floats with names.
pub fn by_inputs(emitter: Emitter, inputs: &Inputs) -> Option<Tangents> {
    let mut sweep = Sweep::new(emitter, Lanes::Inputs);
    let starts = sweep.seeded(inputs)?;
    Some(sweep.whole(starts))
}

pub struct Sweep<'a> {
    pub emitter: Emitter<'a>,
    along: Lanes,
    lanes: usize,
    /// The floats of the inputs that have a lane, where nothing changes them.
    seeds: BTreeMap<Variable, usize>,
    /// The lanes that a variable may depend on, wherever it is set.
    depends: BTreeMap<Variable, BTreeSet<usize>>,
    live: Vec<Vec<bool>>,
}

impl<'a> Sweep<'a> {
    fn new(emitter: Emitter<'a>, along: Lanes) -> Self {
        Self {
            emitter,
            along,
            lanes: 1,
            seeds: BTreeMap::new(),
            depends: BTreeMap::new(),
            live: Vec::new(),
        }
    }

    fn whole(mut self, starts: TokenStream) -> Tangents {
        let program = self.emitter.program;
        let steps = self.steps(&program.steps);
        let definitions = self.emitter.definitions();
        let [result, slopes] = ["result", "slopes"].map(internal);
        Tangents {
            body: quote! {
                #definitions
                let (#result, #slopes);
                #starts
                #steps
                (#result, #slopes)
            },
            is_singular: Facts::of(&program.steps).is_singular,
            lanes: self.lanes,
            live: self.live,
        }
    }

    fn steps(&mut self, steps: &'a [Step<'a>]) -> TokenStream {
        let mut out = TokenStream::new();
        for step in steps {
            self.step(step, &mut out);
        }
        out
    }

    fn step(&mut self, step: &'a Step<'a>, out: &mut TokenStream) {
        match step {
            Step::Declare(variable) => {
                self.emitter.forward_step(step, out);
                let number = self.emitter.number.clone();
                for lane in self.lanes_at(*variable) {
                    let (name, mutability) = self.declared(*variable, lane);
                    out.extend(quote!(let #mutability #name: #number;));
                }
            }
            Step::Let { variable, value } => {
                let (value, slopes) = self.number(value, out);
                let (name, number) = (self.emitter.name(*variable).clone(), &self.emitter.number);
                let mutability = self.emitter.mutability(*variable);
                out.extend(quote!(let #mutability #name: #number = #value;));
                if !self.seeds.contains_key(variable) {
                    self.declare(*variable, &slopes, out);
                }
            }
            Step::LetArray {
                variable, content, ..
            } => self.array(*variable, content, out),
            Step::Push { place, content } => {
                let lanes = self.lanes_at(place.variable);
                let (value, tangents) = self.content(content, &lanes, out);
                let places = self.tangents_at(place, out);
                for ((_, place), tangent) in places.into_iter().zip(tangents) {
                    out.extend(quote!(#place.push(#tangent);));
                }
                let place = self.emitter.place(place, out);
                out.extend(quote!(#place.push(#value);));
            }
            Step::Set { place, value, .. } => {
                let (value, mut slopes) = self.number(value, out);
                for (lane, tangent) in self.tangents_at(place, out) {
                    let slope = self.tokens(slopes.remove(&lane));
                    out.extend(quote!(#tangent = #slope;));
                }
                let place = self.emitter.place(place, out);
                out.extend(quote!(#place = #value;));
            }
            Step::Add {
                place,
                value,
                is_negative,
            } => {
                let (value, mut slopes) = self.operand(value, out);
                let is_vector = self.emitter.program.vectors.contains(&place.variable);
                for (lane, tangent) in self.tangents_at(place, out) {
                    let Some(slope) = slopes.remove(&lane) else {
                        continue;
                    };
                    let mut amount = slope.value.clone().unwrap_or_else(|| self.emitter.one());
                    if is_vector {
                        let name = self.emitter.temporary();
                        out.extend(quote!(let #name = #amount;));
                        amount = name.into_token_stream();
                    }
                    out.extend(match *is_negative == slope.is_negative {
                        true => quote!(#tangent += #amount;),
                        false => quote!(#tangent -= #amount;),
                    });
                }
                let (Operand::Number(mut value) | Operand::Plain(mut value)) = value;
                if is_vector {
                    let name = self.emitter.temporary();
                    out.extend(quote!(let #name = #value;));
                    value = name.into_token_stream();
                }
                let place = self.emitter.place(place, out);
                out.extend(match is_negative {
                    true => quote!(#place -= #value;),
                    false => quote!(#place += #value;),
                });
            }
            Step::Swap { places, is_within } => {
                let indices = self.emitter.both_indices(places, out);
                let variables = places.each_ref().map(|place| place.variable);
                for lane in self.lanes_at(variables[0]) {
                    let roots = variables
                        .map(|variable| self.tangent_name(variable, lane).into_token_stream());
                    out.extend(self.emitter.swapped(roots, indices.clone(), *is_within));
                }
                self.emitter.forward_step(step, out);
            }
            Step::Branch(branch) => {
                let ways: Vec<_> = branch.ways.iter().map(|way| self.steps(way)).collect();
                out.extend(self.emitter.ways(&branch.head, &ways));
            }
            Step::Loop(repeated) => {
                let body = self.steps(&repeated.body);
                let head = self.emitter.head(&repeated.head);
                let leave = self.emitter.leave(repeated);
                out.extend(quote!(#head { #body #leave }));
            }
            Step::Result(value) => {
                let (value, slopes) = self.number(value, out);
                let slopes = self.row(slopes);
                self.give(&value, &slopes, out);
            }
            Step::Outputs(values) => {
                let (mut numbers, mut rows) = (Vec::new(), Vec::new());
                self.live.resize(values.len(), vec![false; self.lanes]);
                for (output, value) in values.iter().enumerate() {
                    let (value, slopes) = self.number(value, out);
                    for lane in slopes.keys() {
                        self.live[output][*lane] = true;
                    }
                    numbers.push(value);
                    rows.push(self.row(slopes));
                }
                self.give(&quote!([#(#numbers),*]), &quote!([#(#rows),*]), out);
            }
            Step::Call(called) => self.called(called, out),
            Step::Plain(_)
            | Step::View { .. }
            | Step::Index { .. }
            | Step::Flag(_)
            | Step::Raise(_) => self.emitter.forward_step(step, out),
        }
    }

    fn give(&self, value: &TokenStream, slopes: &TokenStream, out: &mut TokenStream) {
        let names = ["result", "slopes"].map(internal);
        let [result, all] = names;
        out.extend(quote!(#all = #slopes; #result = #value;));
    }

    /// The slopes of an output: along a direction one, else one for each lane.
    fn row(&self, mut slopes: Slopes) -> TokenStream {
        let mut all = (0..self.lanes).map(|lane| self.tokens(slopes.remove(&lane)));
        match self.along {
            Lanes::Direction => all.next().unwrap_or_default(),
            Lanes::Inputs => quote!([#(#all),*]),
        }
    }

    /// What carries the tangent of a variable.
    fn tangent_name(&self, variable: Variable, lane: usize) -> Ident {
        match self.along {
            Lanes::Direction if self.emitter.inputs.contains(&variable) => {
                parameters::input_dot(self.emitter.name(variable))
            }
            _ => internal(&format!("e{variable}_{lane}")),
        }
    }

    fn declared(&self, variable: Variable, lane: usize) -> (Ident, Option<TokenStream>) {
        let mutability = self.emitter.mutability(variable);
        (self.tangent_name(variable, lane), mutability)
    }

    /// The tangents of a new variable.
    pub fn declare(&self, variable: Variable, slopes: &Slopes, out: &mut TokenStream) {
        let number = &self.emitter.number;
        for lane in self.lanes_at(variable) {
            let slope = self.tokens(slopes.get(&lane).cloned());
            let (name, mutability) = self.declared(variable, lane);
            out.extend(quote!(let #mutability #name: #number = #slope;));
        }
    }

    pub fn tokens(&self, slope: Option<Signed>) -> TokenStream {
        let Some(slope) = slope else {
            return self.emitter.zero();
        };
        let value = slope.value.unwrap_or_else(|| self.emitter.one());
        match slope.is_negative {
            true => quote!((-#value)),
            false => value,
        }
    }
}
