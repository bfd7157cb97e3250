//! The adjoints of places, and what is added to them.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use crate::adjoint::emit::signed::Signed;
use crate::adjoint::emit::{Bar, Emitter};
use crate::adjoint::form::*;
use crate::tree::Variable;

/// What goes to an element of an array.
#[derive(Clone)]
pub struct Pending {
    pub variable: Variable,
    /// The fixed part of its index.
    pub distance: usize,
    /// The place as text: another text may mean the same element, which does no harm.
    pub key: String,
    pub place: TokenStream,
    pub sum: Ident,
    /// Whether the sum is to be subtracted.
    pub is_negative: bool,
}

impl<'a> Emitter<'a> {
    /// Adds what has been gathered to the arrays, or to one of them.
    pub fn flush(&mut self, variable: Option<Variable>, out: &mut TokenStream) {
        let (due, rest) = std::mem::take(&mut self.pending)
            .into_iter()
            .partition(|pending| variable.is_none_or(|variable| pending.variable == variable));
        self.pending = rest;
        let mut due: Vec<Pending> = due;
        if variable.is_none() {
            due = self.pass_on(due, out);
        }
        for Pending {
            place,
            sum,
            is_negative,
            ..
        } in due
        {
            out.extend(match is_negative {
                true => quote!(#place -= #sum;),
                false => quote!(#place += #sum;),
            });
        }
    }

    /// The adjoint of a place as an expression.
    pub fn bar_of(&mut self, place: &'a Place<'a>) -> TokenStream {
        let root = self.bar_root(place.variable);
        let indices: Vec<_> = place
            .indices
            .iter()
            .map(|index| self.index_again(index))
            .collect();
        self.place_with(root, &indices)
    }

    pub fn bar_root(&self, variable: Variable) -> TokenStream {
        match self.inputs.contains(&variable) && !self.is_scalar(variable) {
            true => self.input_bar(variable).into_token_stream(),
            false => self.bar_name(variable).into_token_stream(),
        }
    }

    pub fn index_again(&mut self, index: &'a Index<'a>) -> TokenStream {
        let is_visible = index.terms.iter().all(|term| match term {
            Term::Fixed(_) => true,
            Term::Counter(counter) => !self.hidden_ids.contains(counter),
            Term::Plain(node) => self.is_stable(node),
        });
        if is_visible {
            for term in &index.terms {
                match term {
                    Term::Plain(node) => self.note_reprint(node),
                    Term::Counter(counter) => _ = self.used.insert((*counter, 0)),
                    Term::Fixed(_) => {}
                }
            }
            return self.terms(index);
        }
        if let [Term::Counter(counter)] = index.terms[..] {
            self.used.insert((counter, 0));
            return self.key_name((counter, 0)).into_token_stream();
        }
        self.used.insert((index.id, 0));
        self.key_name((index.id, 0)).into_token_stream()
    }

    pub fn contribute(&mut self, place: &'a Place<'a>, seed: &Signed, out: &mut TokenStream) {
        let value = seed.value.clone().unwrap_or_else(|| self.one());
        if !place.indices.is_empty() {
            self.gather(place, seed.is_negative, &value, out);
            return;
        }
        let bar = self.bar_name(place.variable);
        let signed = match seed.is_negative {
            true => quote!(-#value),
            false => value.clone(),
        };
        out.extend(match (self.bars.get(&place.variable), seed.is_negative) {
            (Some(Bar::Live), true) => quote!(#bar -= #value;),
            (Some(Bar::Live), false) => quote!(#bar += #value;),
            (Some(Bar::Spent), _) => quote!(#bar = #signed;),
            (None, _) => quote!(let mut #bar = #signed;),
        });
        self.bars.insert(place.variable, Bar::Live);
    }

    /// Contributions to one element are summed before they go to memory.
    fn gather(
        &mut self,
        place: &'a Place<'a>,
        is_negative: bool,
        value: &TokenStream,
        out: &mut TokenStream,
    ) {
        let bar = self.bar_of(place);
        let key = bar.to_string();
        if let Some(Pending {
            sum,
            is_negative: other,
            ..
        }) = self.pending.iter().find(|pending| pending.key == key)
        {
            out.extend(match is_negative == *other {
                true => quote!(#sum += #value;),
                false => quote!(#sum -= #value;),
            });
            return;
        }
        let sum = self.temporary();
        out.extend(quote!(let mut #sum = #value;));
        self.pending.push(Pending {
            variable: place.variable,
            distance: place.indices.iter().map(Index::offset).sum(),
            key,
            place: bar,
            sum,
            is_negative,
        });
    }
}
