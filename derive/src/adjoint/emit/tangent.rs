//! The forward sweep with tangents: beside each value its slopes, in the lanes that it depends on and in no others. Loops
//! stay loops, and nothing is kept.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::arrays::vector;
use super::chain_rule::{Slope, Slopes};
use super::forward::Operand;
use super::{Emitter, Inputs};
use crate::adjoint::form::*;
use crate::adjoint::outputs::length;
use crate::adjoint::places::{each_copied, each_formula, each_step, in_formula};
use crate::adjoint::survey::Facts;
use crate::number::internal;
use crate::parse::Form;
use crate::tree::Variable;

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

/// How many lanes there are for these inputs, or no end of them where only the compiler knows.
pub fn lanes_of(inputs: &Inputs) -> usize {
    let sizes = inputs.iter().map(|(_, form)| match form {
        Form::Scalar => Some(1),
        Form::Array(lengths) => lengths.iter().map(length).product(),
        Form::Slice | Form::Shape => None,
    });
    let all: Option<usize> = sizes.sum();
    all.unwrap_or(usize::MAX)
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

    /// Inputs that change take their tangents along.
    fn directions(&mut self, inputs: &Inputs) -> TokenStream {
        let mut starts = TokenStream::new();
        for (variable, form) in inputs {
            self.depends.insert(*variable, BTreeSet::from([0]));
            if self.emitter.program.mutable.contains(variable) {
                let name = self.tangent_name(*variable, 0);
                let reference = (!matches!(form, Form::Scalar)).then(|| quote!(*));
                starts.extend(quote!(let mut #name = #reference #name;));
            }
        }
        self.find_dependence();
        starts
    }

    /// A lane for each float. Arrays must have been taken apart.
    fn seeded(&mut self, inputs: &Inputs) -> Option<TokenStream> {
        let program = self.emitter.program;
        let (mut floats, mut starts) = (Vec::new(), Vec::new());
        for (variable, form) in inputs {
            match (form, program.pieces.get(variable)) {
                (Form::Scalar, _) => floats.push(*variable),
                (_, Some(elements)) => each_float(elements, &mut floats),
                _ => return None,
            }
        }
        self.lanes = floats.len();
        for (lane, variable) in floats.into_iter().enumerate() {
            if program.mutable.contains(&variable) {
                self.depends.insert(variable, BTreeSet::from([lane]));
                starts.push((variable, lane));
            } else {
                self.seeds.insert(variable, lane);
            }
        }
        self.find_dependence();
        let mut tokens = TokenStream::new();
        for (variable, lane) in starts {
            let seed = Slopes::from([(lane, Slope::one())]);
            self.declare(variable, &seed, &mut tokens);
        }
        Some(tokens)
    }

    /// Until nothing is new: what a loop sets later, it may have read before.
    fn find_dependence(&mut self) {
        let steps = &self.emitter.program.steps;
        loop {
            let mut found = 0;
            each_step(steps, &mut |step| {
                let mut lanes = BTreeSet::new();
                each_copied(step, &mut |place| {
                    lanes.extend(self.lanes_at(place.variable))
                });
                each_formula(step, &mut |formula| {
                    if let FormulaShape::Read(place) = &formula.shape {
                        lanes.extend(self.lanes_at(place.variable));
                    }
                });
                if let Step::Swap { places, .. } = step {
                    let both = places
                        .iter()
                        .flat_map(|place| self.lanes_at(place.variable));
                    lanes.extend(both);
                }
                let variables = match step {
                    Step::Let { variable, .. } | Step::LetArray { variable, .. } => vec![*variable],
                    Step::Set { place, .. }
                    | Step::Add { place, .. }
                    | Step::Push { place, .. } => {
                        vec![place.variable]
                    }
                    Step::Swap { places, .. } => {
                        places.iter().map(|place| place.variable).collect()
                    }
                    Step::Call(called) => {
                        let results = called.results.iter();
                        results.map(|(_, variable)| *variable).collect()
                    }
                    _ => Vec::new(),
                };
                for variable in variables {
                    if !self.seeds.contains_key(&variable) {
                        let known = self.depends.entry(variable).or_default();
                        let count = known.len();
                        known.extend(&lanes);
                        found += known.len() - count;
                    }
                }
            });
            if found == 0 {
                return;
            }
        }
    }

    fn lanes_at(&self, variable: Variable) -> BTreeSet<usize> {
        match self.seeds.get(&variable) {
            Some(lane) => BTreeSet::from([*lane]),
            None => self.depends.get(&variable).cloned().unwrap_or_default(),
        }
    }

    /// The lanes that a formula depends on.
    pub fn lanes_of(&self, formula: &Formula<'a>) -> BTreeSet<usize> {
        let mut lanes = BTreeSet::new();
        in_formula(formula, &mut |part| {
            if let FormulaShape::Read(place) = &part.shape {
                lanes.extend(self.lanes_at(place.variable));
            }
        });
        lanes
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
                dot_name(self.emitter.name(variable))
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

    fn array(&mut self, variable: Variable, content: &'a Content<'a>, out: &mut TokenStream) {
        let lanes = self.lanes_at(variable);
        let (value, tangents) = self.content(content, &lanes, out);
        let (name, mutability) = (
            self.emitter.name(variable).clone(),
            self.emitter.array_mutability(variable, content),
        );
        for (lane, tangent) in lanes.into_iter().zip(tangents) {
            let name = self.tangent_name(variable, lane);
            out.extend(quote!(let #mutability #name = #tangent;));
        }
        out.extend(quote!(let #mutability #name = #value;));
    }

    /// An array, and its tangents in these lanes.
    fn content(
        &mut self,
        content: &'a Content<'a>,
        lanes: &BTreeSet<usize>,
        out: &mut TokenStream,
    ) -> (TokenStream, Vec<TokenStream>) {
        match content {
            Content::Element(value) => {
                let (value, mut slopes) = self.number(value, out);
                let tangents = lanes.iter().map(|lane| self.tokens(slopes.remove(lane)));
                (value, tangents.collect())
            }
            Content::Array(parts) => {
                let parts: Vec<_> = parts
                    .iter()
                    .map(|part| self.content(part, lanes, out))
                    .collect();
                let values = parts.iter().map(|(value, _)| value);
                let of_lane = |at: usize| {
                    let tangents = parts.iter().map(|(_, tangents)| &tangents[at]);
                    quote!([#(#tangents),*])
                };
                let tangents = (0..lanes.len()).map(of_lane).collect();
                (quote!([#(#values),*]), tangents)
            }
            Content::Repeat(part, length) => {
                let (part, tangents) = self.content(part, lanes, out);
                let length = self.emitter.emission.node(length);
                let tangents = tangents
                    .iter()
                    .map(|tangent| quote!([#tangent; #length]))
                    .collect();
                (quote!([#part; #length]), tangents)
            }
            Content::Vector(path, content) => {
                let (value, tangents) = self.content(content, lanes, out);
                let tangents = tangents.iter().map(|tangent| vector(path, tangent));
                let tangents = tangents.collect();
                (vector(path, &value), tangents)
            }
            Content::Copy(copied) => {
                let value = self.emitter.content(content, out);
                let name = self.emitter.temporary();
                out.extend(quote!(let #name = #value;));
                let tangents = lanes
                    .iter()
                    .map(|lane| self.copied(copied, *lane, &name, out));
                let tangents = tangents.collect();
                (name.into_token_stream(), tangents)
            }
            Content::Empty(_) => {
                let value = self.emitter.content(content, out);
                let runtime = &self.emitter.runtime;
                let empty = quote!(#runtime::Vec::new());
                (value, vec![empty; lanes.len()])
            }
        }
    }

    /// The tangents of a copy.
    fn copied(
        &mut self,
        copied: &'a Copied<'a>,
        lane: usize,
        value: &Ident,
        out: &mut TokenStream,
    ) -> TokenStream {
        let Copied {
            node,
            place,
            has_start,
        } = copied;
        if !self.lanes_at(place.variable).contains(&lane) {
            let (runtime, number, zero) = (
                &self.emitter.runtime,
                &self.emitter.number,
                self.emitter.zero(),
            );
            return quote!(#runtime::filled::<#number, _, _>(&#value, #zero));
        }
        let mut indices = self.emitter.indices(place, out);
        let start = has_start.then(|| indices.pop()).flatten();
        let name = self.tangent_name(place.variable, lane).into_token_stream();
        let tangent = self.emitter.place_with(name, &indices);
        match (node, start) {
            (None, _) => quote!(#tangent.clone()),
            (Some(_), None) => quote!(#tangent[..].to_vec()),
            (Some(_), Some(start)) => quote!(#tangent[#start..][..#value.len()].to_vec()),
        }
    }

    /// The tangents of a place.
    fn tangents_at(
        &mut self,
        place: &'a Place<'a>,
        out: &mut TokenStream,
    ) -> Vec<(usize, TokenStream)> {
        let indices = self.emitter.indices(place, out);
        let lanes = self.depends.get(&place.variable).cloned();
        let tangent = |lane| {
            let name = self.tangent_name(place.variable, lane).into_token_stream();
            (lane, self.emitter.place_with(name, &indices))
        };
        lanes.into_iter().flatten().map(tangent).collect()
    }

    pub fn slopes_at(&mut self, place: &'a Place<'a>, out: &mut TokenStream) -> Slopes {
        if let Some(lane) = self.seeds.get(&place.variable) {
            return Slopes::from([(*lane, Slope::one())]);
        }
        let tangents = self.tangents_at(place, out).into_iter();
        tangents
            .map(|(lane, tangent)| (lane, Slope::of(tangent)))
            .collect()
    }

    pub fn tokens(&self, slope: Option<Slope>) -> TokenStream {
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

fn each_float(elements: &Elements, floats: &mut Vec<Variable>) {
    match elements {
        Elements::Variable(variable) => floats.push(*variable),
        Elements::Array(parts) => parts.iter().for_each(|part| each_float(part, floats)),
    }
}

/// The name of the parameter that takes the tangent of an input.
pub fn dot_name(name: &Ident) -> Ident {
    internal(&format!("dot_{name}"))
}
