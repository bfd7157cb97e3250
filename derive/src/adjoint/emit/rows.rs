//! Jacobians: one forward sweep, and for each output a reverse sweep that begins with it alone; all of them go back in step.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::reverse::Pending;
use super::{Adjoint, Bar, Emitter, Sweep};
use crate::adjoint::form::*;
use crate::adjoint::survey::Facts;
use crate::function::Form;
use crate::names::internal;
use crate::tree::Variable;

/// A row of the Jacobian, or a sum of multiples of its rows.
pub struct Row {
    /// The reverse sweep, of the sum.
    pub sweep: TokenStream,
    /// The names of the adjoints of the inputs, if there is no `flat`.
    pub bars: Vec<Ident>,
    /// What the row holds, where the lengths of all inputs are known here.
    pub flat: Option<TokenStream>,
    /// Which of that may be anything but zero.
    pub live: Vec<bool>,
}

/// The adjoints of a row, and what is still to be added to them.
pub type State = (BTreeMap<Variable, Bar>, Vec<Pending>);

impl<'a> Emitter<'a> {
    /// The forward sweep, which leaves `result`, and the rows.
    pub fn rows(&mut self, inputs: &[(Variable, &Form)], count: usize) -> Adjoint {
        self.note_calls(&self.program.steps);
        // What the forward sweep keeps is what any row asks for: known after the first time through.
        self.in_step(inputs, count);
        let (sweep, rows) = self.in_step(inputs, count);
        let all = self.all(inputs);
        let forward = self.forward(&self.program.steps);
        let hoisted = std::mem::take(&mut self.frame.hoisted);
        let facts = Facts::of(&self.program.steps);
        let (result, definitions) = (internal("result"), self.definitions());
        Adjoint {
            body: quote! {
                #definitions
                let #result;
                #hoisted
                #forward
            },
            needs_tape: self.needs_tape,
            keeps_arrays: !self.arrays.is_empty(),
            is_lost: self.is_lost,
            is_singular: facts.is_singular,
            summed: BTreeSet::new(),
            size: facts.ids.len(),
            rows,
            sweep,
            all: Some(all),
        }
    }

    /// The reverse sweeps of all rows, step by step, so that a function that was called goes back once for all of them; and
    /// the rows.
    fn in_step(&mut self, inputs: &[(Variable, &Form)], count: usize) -> (TokenStream, Vec<Row>) {
        let mut out = TokenStream::new();
        let mut states = vec![(BTreeMap::new(), Vec::new()); count];
        self.each_row(&mut states, |this| this.begin(inputs, &mut out));
        let program = self.program;
        for step in program.steps[program.prologue..].iter().rev() {
            if let Step::Call(called) = step {
                self.reverse_call_of_rows(called, &mut states, &mut out);
            } else {
                self.each_row(&mut states, |this| this.reverse_top(step, &mut out));
            }
        }
        let mut rows = Vec::new();
        self.each_row(&mut states, |this| {
            this.flush(None, &mut out);
            rows.push(this.end(inputs, &mut out));
        });
        (out, rows)
    }

    /// What is to be done for each row, with its own adjoints.
    pub fn each_row(&mut self, states: &mut [State], mut act: impl FnMut(&mut Self)) {
        for (row, state) in states.iter_mut().enumerate() {
            self.sweep = Sweep::Row(row);
            (self.bars, self.pending) = std::mem::take(state);
            act(self);
            *state = (
                std::mem::take(&mut self.bars),
                std::mem::take(&mut self.pending),
            );
        }
    }

    /// The reverse sweep with slopes by all outputs.
    fn all(&mut self, inputs: &[(Variable, &Form)]) -> Row {
        (self.sweep, self.bars) = (Sweep::All, BTreeMap::new());
        let (program, mut out) = (self.program, TokenStream::new());
        self.begin(inputs, &mut out);
        for step in program.steps[program.prologue..].iter().rev() {
            self.reverse_top(step, &mut out);
        }
        self.flush(None, &mut out);
        let row = self.end(inputs, &mut out);
        Row { sweep: out, ..row }
    }

    /// The adjoints that begin as zeros.
    fn begin(&mut self, inputs: &[(Variable, &Form)], out: &mut TokenStream) {
        let program = self.program;
        for (variable, form) in inputs {
            if let (Form::Array(lengths), None) = (form, program.pieces.get(variable)) {
                let (bar, zero) = (self.input_bar(*variable), self.no_slope());
                let zeros = lengths
                    .iter()
                    .rev()
                    .fold(zero, |inner, length| quote!([#inner; #length]));
                out.extend(quote!(let mut #bar = #zeros;));
            }
        }
        let steps: Vec<_> = program.steps[program.prologue..].iter().collect();
        out.extend(self.arrays(&steps, true));
    }

    /// What a row holds in the end.
    fn end(&mut self, inputs: &[(Variable, &Form)], out: &mut TokenStream) -> Row {
        let program = self.program;
        let mut flat = Some(Vec::new());
        let (mut bars, mut named) = (Vec::new(), TokenStream::new());
        for (variable, form) in inputs {
            let bar = self.input_bar(*variable);
            bars.push(bar.clone());
            let value = match (form, program.pieces.get(variable)) {
                (Form::Scalar, _) => self.bar_or_zero(*variable),
                (_, Some(elements)) => self.bars_of(elements),
                _ => {
                    flat = None;
                    continue;
                }
            };
            named.extend(quote!(let #bar = #value;));
            if let Some(flat) = &mut flat {
                match program.pieces.get(variable) {
                    Some(elements) => self.flat_bars(elements, flat),
                    None => flat.push(value),
                }
            }
        }
        if flat.is_none() {
            out.extend(named);
        }
        Row {
            sweep: TokenStream::new(),
            bars,
            live: live_in(flat.as_deref().unwrap_or_default(), &self.no_slope()),
            flat: flat.map(|flat| quote!([#(#flat),*])),
        }
    }

    fn bar_or_zero(&self, variable: Variable) -> TokenStream {
        match self.bars.get(&variable) {
            Some(Bar::Live) => self.bar_name(variable).into_token_stream(),
            _ => self.no_slope(),
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

/// What is not written as zero.
fn live_in(flat: &[TokenStream], zero: &TokenStream) -> Vec<bool> {
    let zero = zero.to_string();
    flat.iter().map(|part| part.to_string() != zero).collect()
}
