//! The forward sweep: the function's own operations in their order, with what the reverse sweep needs set aside.

mod head;
mod operand;
mod place;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::names::flag_name;
use super::{Emitter, Store};
use crate::adjoint::form::*;
use crate::names::internal;
pub use operand::{Operand, sign};

impl<'a> Emitter<'a> {
    pub fn forward(&mut self, steps: &'a [Step<'a>]) -> TokenStream {
        let mut out = TokenStream::new();
        for step in steps {
            self.forward_step(step, &mut out);
        }
        self.keep_lengths(steps, &mut out);
        out
    }

    pub fn forward_step(&mut self, step: &'a Step<'a>, out: &mut TokenStream) {
        match step {
            Step::Plain(Plain::Statement(statement)) => {
                out.extend(
                    self.emission
                        .statement(statement, &crate::kind::Kind::Plain),
                );
            }
            Step::Plain(Plain::Expression(node)) => {
                let node = self.emission.node(node);
                out.extend(quote!(#node;));
            }
            Step::Plain(Plain::Binding(pattern, ty, node)) => {
                let (pattern, node) = (self.emission.pattern(pattern), self.emission.node(node));
                let ty = ty.map(|ty| quote!(: #ty));
                out.extend(quote!(let #pattern #ty = #node;));
            }
            Step::Plain(Plain::Type(variable, ty)) => {
                let name = self.name(*variable);
                out.extend(quote!(let _: &#ty = &#name;));
            }
            Step::Declare(variable) => {
                let (name, mutability) = (self.name(*variable).clone(), self.mutability(*variable));
                let number = &self.number;
                out.extend(quote!(let #mutability #name: #number;));
            }
            Step::Let { variable, value } => {
                let value = self.number_value(value, out);
                let (name, mutability) = (self.name(*variable).clone(), self.mutability(*variable));
                let number = &self.number;
                out.extend(quote!(let #mutability #name: #number = #value;));
            }
            Step::LetArray {
                variable, content, ..
            } => {
                let value = self.content(content, out);
                let (name, mutability) = (
                    self.name(*variable).clone(),
                    self.array_mutability(*variable, content),
                );
                out.extend(quote!(let #mutability #name = #value;));
            }
            Step::Push { place, content } => self.forward_push(place, content, out),
            Step::Swap { places, is_within } => {
                let indices = self.both_indices(places, out);
                let roots = places.each_ref().map(|place| self.root(place.variable));
                out.extend(self.swapped(roots, indices, *is_within));
            }
            Step::View { variable, seen } => {
                if self.mentioned.contains(variable) {
                    let view = self.view(seen, out);
                    let name = self.name(*variable).clone();
                    out.extend(quote!(let #name = #view;));
                }
            }
            Step::Set { place, value, .. } => {
                let value = self.number_value(value, out);
                let place = self.place(place, out);
                out.extend(quote!(#place = #value;));
            }
            Step::Add {
                place,
                value,
                is_negative,
            } => {
                let (Operand::Number(mut value) | Operand::Plain(mut value)) =
                    self.operand(value, out);
                // The right side comes first, which a `Vec` does not do by itself.
                if self.program.vectors.contains(&place.variable) {
                    let name = self.temporary();
                    out.extend(quote!(let #name = #value;));
                    value = name.into_token_stream();
                }
                let place = self.place(place, out);
                out.extend(match is_negative {
                    true => quote!(#place -= #value;),
                    false => quote!(#place += #value;),
                });
            }
            Step::Index { id, node } => {
                let (name, node) = (self.key_name((*id, 0)), self.emission.node(node));
                if self.used.contains(&(*id, 0)) {
                    self.set_aside(name, node, Store::Index, out);
                } else {
                    out.extend(quote!(let #name: usize = #node;));
                }
            }
            Step::Flag(id) => {
                let flag = flag_name(*id);
                out.extend(quote!(let mut #flag = false;));
            }
            Step::Raise(id) => {
                let flag = flag_name(*id);
                out.extend(quote!(#flag = true;));
            }
            Step::Branch(branch) => self.forward_branch(branch, out),
            Step::Loop(repeated) => {
                let count = (repeated.id, 0);
                if self.used.contains(&count) {
                    self.declare(self.key_name(count), Store::Index, out);
                }
                if let Some((declared, sized)) = self.arrays.get(&repeated.id).cloned() {
                    match self.frame.depth {
                        0 => out.extend(declared),
                        _ => self.frame.hoisted.extend(declared),
                    }
                    out.extend(sized);
                }
                let tokens = self.loops.get(&repeated.id).cloned().unwrap_or_default();
                out.extend(tokens);
            }
            Step::Result(value) => {
                let value = self.number_value(value, out);
                let result = internal("result");
                out.extend(quote!(#result = #value;));
            }
            Step::Outputs(values) => {
                let values: Vec<_> = values
                    .iter()
                    .map(|value| self.number_value(value, out))
                    .collect();
                let result = internal("result");
                out.extend(quote!(#result = [#(#values),*];));
            }
            Step::Call(called) => self.forward_call(called, out),
        }
    }

    pub fn mutability(&self, variable: usize) -> Option<TokenStream> {
        self.program
            .mutable
            .contains(&variable)
            .then(|| quote!(mut))
    }

    /// The same of an array: one that begins without elements gets some.
    pub fn array_mutability(&self, variable: usize, content: &Content) -> Option<TokenStream> {
        match content {
            Content::Empty(_) => Some(quote!(mut)),
            _ => self.mutability(variable),
        }
    }

    fn forward_branch(&mut self, branch: &'a Branch<'a>, out: &mut TokenStream) {
        if let Some(both) = self.loops.get(&branch.id) {
            out.extend(both.clone());
            return;
        }
        let flag = self
            .used
            .contains(&(branch.id, 0))
            .then(|| self.key_name((branch.id, 0)));
        if let Some(flag) = &flag {
            self.declare(flag.clone(), Store::Index, out);
        }
        self.frame.depth += 1;
        let ways: Vec<_> = branch
            .ways
            .iter()
            .enumerate()
            .map(|(position, way)| {
                let note = flag.as_ref().map(|flag| quote!(#flag = #position;));
                let way = self.forward(way);
                quote!(#note #way)
            })
            .collect();
        self.frame.depth -= 1;
        let tokens = self.ways(&branch.head, &ways);
        out.extend(tokens);
    }

    /// The branch around these ways.
    pub fn ways(&mut self, head: &Head<'a>, ways: &[TokenStream]) -> TokenStream {
        match head {
            Head::Flag(id) => {
                let (flag, then, otherwise) = (flag_name(*id), &ways[0], &ways[1]);
                match then.is_empty() {
                    true => quote!(if !#flag { #otherwise }),
                    false => quote!(if #flag { #then } else { #otherwise }),
                }
            }
            Head::IfLet(pattern, value) => {
                let (pattern, value) = (self.emission.pattern(pattern), self.emission.node(value));
                let (then, otherwise) = (&ways[0], &ways[1]);
                quote!(if let #pattern = #value { #then } else { #otherwise })
            }
            Head::If(condition) => {
                let condition = self.emission.node(condition);
                let (then, otherwise) = (&ways[0], &ways[1]);
                let otherwise = (!otherwise.is_empty()).then(|| quote!(else { #otherwise }));
                quote!(if #condition { #then } #otherwise)
            }
            Head::Match(scrutinee, arms, of_value) => {
                let scrutinee = match of_value {
                    true => self.emission.primal(scrutinee),
                    false => self.emission.node(scrutinee),
                };
                let arms: Vec<_> = arms
                    .iter()
                    .zip(ways)
                    .map(|(arm, way)| {
                        let pattern = self.emission.pattern(&arm.pattern);
                        let guard = arm.guard.as_ref().map(|guard| {
                            let guard = self.emission.node(guard);
                            quote!(if #guard)
                        });
                        quote!(#pattern #guard => { #way })
                    })
                    .collect();
                quote!(match #scrutinee { #(#arms)* })
            }
        }
    }
}
