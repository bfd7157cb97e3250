//! Places forward: variables, elements, and what is seen under another name.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::adjoint::emit::{Emitter, Store};
use crate::adjoint::form::*;

impl<'a> Emitter<'a> {
    pub fn terms(&mut self, index: &'a Index<'a>) -> TokenStream {
        let offset: usize = index.offset();
        let mut terms: Vec<_> = index
            .terms
            .iter()
            .filter(|term| !matches!(term, Term::Fixed(_)))
            .map(|term| match term {
                Term::Fixed(_) => TokenStream::new(),
                Term::Counter(counter) => self.key_name((*counter, 0)).into_token_stream(),
                Term::Plain(node) => {
                    let node = self.emission.node(node);
                    match &index.terms[..] {
                        [_] => node,
                        _ => quote!((#node)),
                    }
                }
            })
            .collect();
        if offset > 0 || terms.is_empty() {
            terms.push(proc_macro2::Literal::usize_unsuffixed(offset).into_token_stream());
        }
        quote!(#(#terms)+*)
    }

    pub fn place(&mut self, place: &'a Place<'a>, out: &mut TokenStream) -> TokenStream {
        let indices = self.indices(place, out);
        self.place_with(self.root(place.variable), &indices)
    }

    pub fn indices(&mut self, place: &'a Place<'a>, out: &mut TokenStream) -> Vec<TokenStream> {
        let indices = place.indices.iter();
        indices.map(|index| self.index(index, out)).collect()
    }

    fn index(&mut self, index: &'a Index<'a>, out: &mut TokenStream) -> TokenStream {
        let terms = self.terms(index);
        if !self.used.contains(&(index.id, 0)) {
            return terms;
        }
        let name = self.key_name((index.id, 0));
        self.set_aside(name.clone(), terms, Store::Index, out);
        name.into_token_stream()
    }

    pub fn view(&mut self, seen: &'a Seen<'a>, out: &mut TokenStream) -> TokenStream {
        match seen {
            Seen::Value(node) => self.emission.node(node),
            Seen::Elements(elements) => self.gathered(elements),
            Seen::Place(place) => {
                let place = self.place(place, out);
                quote!(&#place)
            }
            Seen::Window(place, size) => {
                let (rest, size) = (self.rest_of(place, out), self.emission.node(size));
                quote!(&#rest[..#size])
            }
            Seen::Chunk(place, size) => {
                let (rest, size) = (self.rest_of(place, out), self.emission.node(size));
                let runtime = &self.runtime;
                quote!(#runtime::at_most(&#rest, #size))
            }
        }
    }

    /// All from the last index on.
    fn rest_of(&mut self, place: &'a Place<'a>, out: &mut TokenStream) -> TokenStream {
        let Some((last, indices)) = place.indices.split_last() else {
            return self.root(place.variable);
        };
        let indices: Vec<_> = indices.iter().map(|index| self.index(index, out)).collect();
        let (whole, start) = (
            self.place_with(self.root(place.variable), &indices),
            self.terms(last),
        );
        quote!(#whole[#start..])
    }
}
