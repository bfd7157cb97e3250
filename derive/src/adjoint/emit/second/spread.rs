//! The chain rule of second order: what is known by a value becomes known by what the value was made of.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::Second;
use super::state::{State, Taken, Vertex, edge};
use crate::adjoint::emit::reverse::{Factor, Seed};
use crate::adjoint::form::Formula;

/// What a value was made of, and the slope by it.
pub struct Operand<'a> {
    pub vertex: Vertex,
    pub slope: Seed,
    /// The formula, if the vertex is not a place but the value of one.
    pub formula: Option<&'a Formula<'a>>,
}

impl<'a> Operand<'a> {
    /// A vertex and the slope by it.
    pub fn of(vertex: Vertex, slope: Seed, formula: Option<&'a Formula<'a>>) -> Self {
        Self {
            vertex,
            slope,
            formula,
        }
    }

    pub fn negated(self) -> Self {
        let slope = self.slope.negated();
        Self { slope, ..self }
    }
}

impl<'a> Second<'a> {
    /// Hands on what was taken from a value. `bends`: second derivatives of the value itself, each times its slope.
    pub fn spread(
        &mut self,
        taken: Taken,
        operands: Vec<Operand<'a>>,
        bends: Vec<(Vertex, Vertex, Seed)>,
        state: &mut State,
        out: &mut TokenStream,
    ) {
        let operands = self.merged(operands, out);
        for (one, other, seed) in bends {
            self.add_edge(one, other, seed, state, out);
        }
        if let Some(slope) = &taken.slope {
            for operand in &operands {
                let part = self.product(slope, &operand.slope, out);
                self.add_slope(operand.vertex, part, state, out);
            }
        }
        for (end, seed) in &taken.others {
            for operand in &operands {
                let part = self.product(seed, &operand.slope, out);
                let part = match operand.vertex == *end {
                    true => self.doubled(part, out),
                    false => part,
                };
                self.add_edge(operand.vertex, *end, part, state, out);
            }
        }
        if let Some(own) = &taken.own {
            for (position, operand) in operands.iter().enumerate() {
                let half = self.product(own, &operand.slope, out);
                for other in &operands[position..] {
                    let part = self.product(&half, &other.slope, out);
                    self.add_edge(operand.vertex, other.vertex, part, state, out);
                }
            }
        }
    }

    /// One operand for each vertex: the slopes by a vertex that comes twice are added.
    fn merged(&mut self, operands: Vec<Operand<'a>>, out: &mut TokenStream) -> Vec<Operand<'a>> {
        let mut merged: Vec<Operand<'a>> = Vec::new();
        for operand in operands {
            let same = merged
                .iter_mut()
                .find(|other| other.vertex == operand.vertex);
            let Some(same) = same else {
                merged.push(operand);
                continue;
            };
            same.slope = self.sum(same.slope.clone(), operand.slope, out);
        }
        merged
    }

    pub fn times(&mut self, seed: &Seed, factor: Factor, out: &mut TokenStream) -> Seed {
        self.updates += 1;
        self.emitter.scaled(seed, factor, out)
    }

    pub fn add_slope(
        &mut self,
        vertex: Vertex,
        part: Seed,
        state: &mut State,
        out: &mut TokenStream,
    ) {
        let sum = match state.slopes.remove(&vertex) {
            Some(before) => self.sum(before, part, out),
            None => part,
        };
        state.slopes.insert(vertex, sum);
    }

    /// Adds a second derivative by two vertices; `one` and `other` may be the same.
    fn add_edge(
        &mut self,
        one: Vertex,
        other: Vertex,
        part: Seed,
        state: &mut State,
        out: &mut TokenStream,
    ) {
        let edge = edge(one, other);
        let sum = match state.edges.remove(&edge) {
            Some(before) => self.sum(before, part, out),
            None => part,
        };
        state.edges.insert(edge, sum);
    }

    /// The sum of those that are there.
    pub fn sum_of(
        &mut self,
        parts: impl IntoIterator<Item = Option<Seed>>,
        out: &mut TokenStream,
    ) -> Option<Seed> {
        let parts = parts.into_iter().flatten();
        parts.reduce(|left, right| self.sum(left, right, out))
    }

    /// The product of two seeds, of which either may be 1.
    pub fn product(&mut self, left: &Seed, right: &Seed, out: &mut TokenStream) -> Seed {
        let signed = left
            .clone()
            .with_sign(left.is_negative != right.is_negative);
        match &right.value {
            Some(right) => self.times(&signed, Factor::Number(right.clone()), out),
            None => signed,
        }
    }

    pub fn doubled(&mut self, seed: Seed, out: &mut TokenStream) -> Seed {
        self.sum(seed.clone(), seed, out)
    }

    fn sum(&mut self, left: Seed, right: Seed, out: &mut TokenStream) -> Seed {
        self.updates += 1;
        let is_negative = left.is_negative;
        let minus = left.is_negative != right.is_negative;
        let [left, right] = [left, right].map(|seed| self.number_of(&seed));
        let (sum, ty) = (self.emitter.temporary(), self.emitter.ty());
        out.extend(match minus {
            true => quote!(let #sum #ty = #left - #right;),
            false => quote!(let #sum #ty = #left + #right;),
        });
        Seed::of(sum).with_sign(is_negative)
    }

    /// The seed without its sign.
    pub fn number_of(&self, seed: &Seed) -> TokenStream {
        seed.value.clone().unwrap_or_else(|| self.emitter.one())
    }

    /// The seed as an expression.
    pub fn signed(&self, seed: &Seed) -> TokenStream {
        let number = self.number_of(seed);
        match seed.is_negative {
            true => quote!(-#number),
            false => number.into_token_stream(),
        }
    }

    pub fn signed_or_zero(&self, seed: Option<&Seed>) -> TokenStream {
        match seed {
            Some(seed) => self.signed(seed),
            None => self.emitter.zero(),
        }
    }
}
