//! The start and the end of the function: where gradient and Hessian go.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::scatter::{count, hessian, seen};
use super::state::{Derivative, State, Vertex};
use super::{Covered, Second};
use crate::adjoint::form::Elements;
use crate::function::Form;
use crate::names::internal;

impl Second<'_> {
    /// Finds out where each input lies, and whether there are arrays that positions go through.
    pub fn lay_out(&mut self) {
        let program = self.emitter.program;
        let mut offset = TokenStream::new();
        for (variable, form) in &self.inputs {
            let name = self.emitter.name(*variable);
            let size = match form {
                Form::Array(lengths) => lengths
                    .iter()
                    .map(|length| quote!((#length)))
                    .reduce(|size, length| quote!(#size * #length))
                    .unwrap_or_default(),
                Form::Slice => quote!(#name.len()),
                _ => quote!(1),
            };
            self.is_slice |= matches!(form, Form::Slice);
            match program.pieces.get(variable) {
                Some(elements) => {
                    for (at, piece) in elements.variables().into_iter().enumerate() {
                        self.offsets.push((piece, sum(&offset, &quote!(#at))));
                    }
                }
                None => {
                    self.is_written |= !matches!(form, Form::Scalar);
                    self.offsets.push((*variable, offset.clone()));
                }
            }
            offset = sum(&offset, &size);
        }
        self.total = offset;
    }

    /// What stands at the start of the function.
    pub fn opening(&self) -> TokenStream {
        let zero = self.emitter.zero();
        let mut out = TokenStream::new();
        for (variable, form) in &self.inputs {
            if let Form::Slice = form {
                let (name, bar) = (
                    self.emitter.name(*variable),
                    self.emitter.input_bar(*variable),
                );
                let is_covered = self.emitter.covered.contains(variable);
                let fill = (!is_covered).then(|| quote!(#bar.fill(#zero);));
                // The compiler learns that what is in range of the one is in range of the other.
                out.extend(quote!(let #bar = &mut #bar[..#name.len()]; #fill));
            }
        }
        if self.is_slice {
            let (count, total) = (count(), &self.total);
            out.extend(quote!(let #count = #total;));
        }
        if self.is_written {
            let seen = seen();
            let number = &self.emitter.number;
            out.extend(quote!(let mut #seen: #number = #zero;));
        }
        out
    }

    /// Writes what is known by the inputs. The result is the value, and a sum that is finite only if all is.
    pub fn ends(&mut self, mut state: State) -> Covered<TokenStream> {
        self.is_at_end = true;
        let mut out = TokenStream::new();
        if self.is_written {
            self.scatter_round(&mut state, &mut out)?;
        }
        let amounts: Vec<_> = state.values().copied().collect();
        let names = self.values.named(&amounts, &mut out);
        let written: Written = state.keys().copied().zip(names).collect();
        let mut vertices = Vec::new();
        for (variable, form) in &self.inputs {
            let bar = self.emitter.input_bar(*variable);
            let slopes = match (form, self.emitter.program.pieces.get(variable)) {
                (_, Some(elements)) => self.slopes(elements, &written, &mut vertices),
                (Form::Scalar, None) => {
                    let vertex = Vertex::Variable(*variable);
                    vertices.push(vertex);
                    self.entry_of(Derivative::Slope(vertex), &written)
                }
                _ => continue,
            };
            out.extend(quote!(*#bar = #slopes;));
        }
        let (seen, zero, result) = (seen(), self.emitter.zero(), internal("result"));
        if self.is_written {
            self.scatter_all(&state, &mut out)?;
        } else {
            let rows = vertices.iter().map(|row| {
                let entry =
                    |column: &Vertex| self.entry_of(Derivative::edge(*row, *column), &written);
                let entries = vertices.iter().map(entry);
                quote!([#(#entries),*])
            });
            let hessian = hessian();
            out.extend(quote!(*#hessian = [#(#rows),*];));
            if self.is_singular {
                let parts: Vec<_> = written.values().cloned().collect();
                let sum = balanced(&parts, &zero);
                out.extend(quote!(let #seen = #sum;));
            }
        }
        out.extend(match self.is_singular {
            true => quote!((#result, #seen + #result)),
            false => quote!((#result, #zero)),
        });
        Ok(out)
    }

    fn entry_of(&self, derivative: Derivative, written: &Written) -> TokenStream {
        let entry = written.get(&derivative).cloned();
        entry.unwrap_or_else(|| self.emitter.zero())
    }

    fn slopes(
        &self,
        elements: &Elements,
        written: &Written,
        vertices: &mut Vec<Vertex>,
    ) -> TokenStream {
        match elements {
            Elements::Variable(variable) => {
                let vertex = Vertex::Variable(*variable);
                vertices.push(vertex);
                self.entry_of(Derivative::Slope(vertex), written)
            }
            Elements::Array(parts) => {
                let parts = parts
                    .iter()
                    .map(|part| self.slopes(part, written, vertices));
                quote!([#(#parts),*])
            }
        }
    }
}

/// What is known at the start of the function, as it is written.
type Written = BTreeMap<Derivative, TokenStream>;

/// The sum of two numbers of elements, of which the first may be none.
fn sum(offset: &TokenStream, size: &TokenStream) -> TokenStream {
    match offset.is_empty() {
        true => size.clone(),
        false => quote!(#offset + #size),
    }
}

/// A sum whose terms wait for one another as little as can be.
fn balanced(terms: &[TokenStream], zero: &TokenStream) -> TokenStream {
    match terms {
        [] => zero.clone(),
        [term] => term.to_token_stream(),
        _ => {
            let (left, right) = terms.split_at(terms.len() / 2);
            let (left, right) = (balanced(left, zero), balanced(right, zero));
            quote!((#left + #right))
        }
    }
}
