//! Which lanes there are, and which of them each variable depends on.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::Sweep;
use super::slope::Slopes;
use crate::adjoint::emit::Inputs;
use crate::adjoint::emit::signed::Signed;
use crate::adjoint::form::*;
use crate::adjoint::walk::{each_copied, each_formula, each_step, in_formula};
use crate::function::Form;
use crate::kind::literal_length;
use crate::tree::Variable;

/// How many lanes there are for these inputs, or no end of them where only the compiler knows.
pub fn lanes_of(inputs: &Inputs) -> usize {
    let sizes = inputs.iter().map(|(_, form)| match form {
        Form::Scalar => Some(1),
        Form::Array(lengths) => lengths.iter().map(literal_length).product(),
        Form::Slice | Form::Shape => None,
    });
    let all: Option<usize> = sizes.sum();
    all.unwrap_or(usize::MAX)
}

impl<'a> Sweep<'a> {
    /// Inputs that change take their tangents along.
    pub fn directions(&mut self, inputs: &Inputs) -> TokenStream {
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
    pub fn seeded(&mut self, inputs: &Inputs) -> Option<TokenStream> {
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
            let seed = Slopes::from([(lane, Signed::one())]);
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

    pub fn lanes_at(&self, variable: Variable) -> BTreeSet<usize> {
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
}

fn each_float(elements: &Elements, floats: &mut Vec<Variable>) {
    match elements {
        Elements::Variable(variable) => floats.push(*variable),
        Elements::Array(parts) => parts.iter().for_each(|part| each_float(part, floats)),
    }
}
