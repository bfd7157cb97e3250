//! Jacobians: one forward sweep, and for each output a reverse sweep that begins with it alone.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::{Adjoint, Bar, Emitter};
use crate::adjoint::form::*;
use crate::adjoint::survey::Facts;
use crate::number::internal;
use crate::parse::Form;
use crate::tree::Variable;

/// A row of the Jacobian, or a sum of multiples of its rows.
pub struct Row {
    /// The reverse sweep. If there is no `flat`, it leaves the adjoint of each input under its own name.
    pub sweep: TokenStream,
    /// What the row holds, where the lengths of all inputs are known here.
    pub flat: Option<TokenStream>,
}

impl<'a> Emitter<'a> {
    /// The forward sweep, which leaves `result`, and the rows.
    pub fn rows(&mut self, inputs: &[(Variable, &Form)], count: usize) -> Adjoint {
        self.note_calls(&self.program.steps);
        // What the forward sweep keeps is what any row asks for: known after the first time through.
        for output in 0..count {
            self.row(inputs, Some(output));
        }
        let rows = (0..count)
            .map(|output| self.row(inputs, Some(output)))
            .collect();
        let all = self.row(inputs, None);
        let forward = self.forward(&self.program.steps);
        let hoisted = std::mem::take(&mut self.frame.hoisted);
        let facts = Facts::of(&self.program.steps);
        let (result, definitions) = (internal("result"), self.emission.definitions());
        Adjoint {
            body: quote! {
                #definitions
                let #result;
                #hoisted
                #forward
            },
            needs_tape: self.needs_tape,
            is_lost: self.is_lost,
            is_singular: facts.is_singular,
            size: facts.ids.len(),
            rows,
            all: Some(all),
        }
    }

    /// The reverse sweep of one output, or that of all of them, which begins with a number for each.
    fn row(&mut self, inputs: &[(Variable, &Form)], output: Option<usize>) -> Row {
        self.output = output;
        self.bars.clear();
        let program = self.program;
        let steps = &program.steps[program.prologue..];
        let mut sweep = TokenStream::new();
        for (variable, form) in inputs {
            if let (Form::Array(lengths), None) = (form, program.pieces.get(variable)) {
                let (bar, zero) = (self.input_bar(*variable), self.zero());
                let zeros = lengths
                    .iter()
                    .rev()
                    .fold(zero, |inner, length| quote!([#inner; #length]));
                sweep.extend(quote!(let mut #bar = #zeros;));
            }
        }
        sweep.extend(self.arrays(steps));
        sweep.extend(self.reverse(&steps.iter().collect::<Vec<_>>()));
        let mut all = Some(Vec::new());
        let mut named = TokenStream::new();
        for (variable, form) in inputs {
            let bar = self.input_bar(*variable);
            let value = match (form, program.pieces.get(variable)) {
                (Form::Scalar, _) => self.bar_or_zero(*variable),
                (_, Some(elements)) => self.bars_of(elements),
                _ => {
                    all = None;
                    continue;
                }
            };
            named.extend(quote!(let #bar = #value;));
            if let Some(all) = &mut all {
                match program.pieces.get(variable) {
                    Some(elements) => self.flat_bars(elements, all),
                    None => all.push(value),
                }
            }
        }
        if all.is_none() {
            sweep.extend(named);
        }
        Row {
            sweep,
            flat: all.map(|all| quote!([#(#all),*])),
        }
    }

    fn bar_or_zero(&self, variable: Variable) -> TokenStream {
        match self.bars.get(&variable) {
            Some(Bar::Live) => self.bar_name(variable).into_token_stream(),
            _ => self.zero(),
        }
    }

    fn bars_of(&self, elements: &Elements) -> TokenStream {
        match elements {
            Elements::Variable(variable) => self.bar_or_zero(*variable),
            Elements::Array(parts) => {
                let parts = parts.iter().map(|part| self.bars_of(part));
                quote!([#(#parts),*])
            }
        }
    }

    fn flat_bars(&self, elements: &Elements, all: &mut Vec<TokenStream>) {
        match elements {
            Elements::Variable(variable) => all.push(self.bar_or_zero(*variable)),
            Elements::Array(parts) => parts.iter().for_each(|part| self.flat_bars(part, all)),
        }
    }

    /// An array of variables.
    pub fn gathered(&self, elements: &Elements) -> TokenStream {
        match elements {
            Elements::Variable(variable) => self.name(*variable).to_token_stream(),
            Elements::Array(parts) => {
                let parts = parts.iter().map(|part| self.gathered(part));
                quote!([#(#parts),*])
            }
        }
    }

    /// The forward sweep of a loop, where one row keeps of it what another does not ask for.
    pub fn leave_forward(&mut self, id: Id, forward: TokenStream, keeps: bool) {
        if keeps {
            self.keeping.insert(id);
        } else if self.keeping.contains(&id) {
            return;
        }
        self.loops.insert(id, forward);
    }
}
