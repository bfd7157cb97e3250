//! The start and the end of the function: where gradient and Hessian go.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::scatter::{count, hessian, seen};
use super::state::{State, Vertex, edge};
use super::{Covered, Second};
use crate::adjoint::form::Elements;
use crate::number::internal;
use crate::parse::Form;

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
                let (name, bar) = (self.emitter.name(*variable), self.emitter.input_bar(*variable));
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
            let ty = self.emitter.ty();
            out.extend(quote!(let mut #seen #ty = #zero;));
        }
        out
    }

    /// Writes what is known by the inputs. The result is the value, and a sum that is finite only if all is.
    pub fn ends(&mut self, mut state: State) -> Covered<TokenStream> {
        let mut out = TokenStream::new();
        match self.is_written {
            true => self.scatter_all(&mut state, &mut out)?,
            false => self.matrix(&state, &mut out),
        }
        let (result, seen) = (internal("result"), seen());
        out.extend(match self.is_singular {
            true => quote!((#result, #seen + #result)),
            false => {
                let zero = self.emitter.zero();
                quote!((#result, #zero))
            }
        });
        Ok(out)
    }

    fn scatter_all(&mut self, state: &mut State, out: &mut TokenStream) -> Covered<()> {
        self.is_at_end = true;
        self.scatter_round(state, out)?;
        for ((one, other), seed) in std::mem::take(&mut state.edges) {
            self.scatter(one, other, &seed, out)?;
        }
        for (variable, form) in &self.inputs {
            let bar = self.emitter.input_bar(*variable);
            let slope = match (form, self.emitter.program.pieces.get(variable)) {
                (_, Some(elements)) => self.slopes(elements, state, &mut Vec::new()),
                (Form::Scalar, _) => {
                    self.signed_or_zero(state.slopes.get(&Vertex::Variable(*variable)))
                }
                _ => continue,
            };
            out.extend(quote!(*#bar = #slope;));
        }
        if self.is_singular {
            let seen = seen();
            let terms = state.slopes.values().filter_map(|seed| seed.value.clone());
            out.extend(quote!(#(#seen += #terms;)*));
        }
        Ok(())
    }

    /// All inputs are scalars, or arrays of variables: the matrix is written out.
    fn matrix(&self, state: &State, out: &mut TokenStream) {
        let mut vertices = Vec::new();
        for (variable, form) in &self.inputs {
            let bar = self.emitter.input_bar(*variable);
            let slopes = match (form, self.emitter.program.pieces.get(variable)) {
                (_, Some(elements)) => self.slopes(elements, state, &mut vertices),
                _ => {
                    vertices.push(Vertex::Variable(*variable));
                    self.signed_or_zero(state.slopes.get(&Vertex::Variable(*variable)))
                }
            };
            out.extend(quote!(*#bar = #slopes;));
        }
        let rows = vertices.iter().map(|row| {
            let entries = vertices.iter().map(|column| {
                let seed = state.edges.get(&edge(*row, *column));
                self.signed_or_zero(seed)
            });
            quote!([#(#entries),*])
        });
        let hessian = hessian();
        out.extend(quote!(*#hessian = [#(#rows),*];));
        if self.is_singular {
            let seeds = state.slopes.values().chain(state.edges.values());
            let terms: Vec<_> = seeds
                .filter_map(|seed| seed.value.clone())
                .collect();
            let (sum, seen) = (balanced(&terms, &self.emitter.zero()), seen());
            let ty = self.emitter.ty();
            out.extend(quote!(let #seen #ty = #sum;));
        }
    }

    fn slopes(
        &self,
        elements: &Elements,
        state: &State,
        vertices: &mut Vec<Vertex>,
    ) -> TokenStream {
        match elements {
            Elements::Variable(variable) => {
                let vertex = Vertex::Variable(*variable);
                vertices.push(vertex);
                self.signed_or_zero(state.slopes.get(&vertex))
            }
            Elements::Array(parts) => {
                let parts = parts.iter().map(|part| self.slopes(part, state, vertices));
                quote!([#(#parts),*])
            }
        }
    }
}

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
