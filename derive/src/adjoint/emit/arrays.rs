//! Arrays and `Vec`s that a body makes: they are filled forward, and what was put into them gets its part of their adjoints.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::signed::Signed;
use super::{Bar, Emitter, Store};
use crate::adjoint::form::*;
use crate::kind::Kind;
use crate::tree::Variable;

impl<'a> Emitter<'a> {
    pub fn content(&mut self, content: &'a Content<'a>, out: &mut TokenStream) -> TokenStream {
        match content {
            Content::Element(value) => self.number_value(value, out),
            Content::Array(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.content(part, out)).collect();
                quote!([#(#parts),*])
            }
            Content::Repeat(part, length) => {
                let (part, length) = (self.content(part, out), self.emission.node(length));
                quote!([#part; #length])
            }
            Content::Vector(path, content) => {
                let content = self.content(content, out);
                vector(path, &content)
            }
            Content::Copy(Copied {
                node: Some(node), ..
            })
            | Content::Empty(Some(node)) => self.emission.node(node),
            Content::Copy(Copied { place, .. }) => {
                let place = self.place(place, out);
                quote!(#place.clone())
            }
            Content::Empty(None) => {
                let (runtime, number) = (&self.runtime, &self.number);
                quote!(#runtime::Vec::<#number>::new())
            }
        }
    }

    /// The lengths that the reverse sweep asks for, of arrays that end with these steps.
    pub fn keep_lengths(&mut self, steps: &'a [Step<'a>], out: &mut TokenStream) {
        for step in steps {
            if let Step::LetArray { variable, id, .. } = step
                && self.used.contains(&(*id, 0))
            {
                let (name, length) = (self.name(*variable), self.key_name((*id, 0)));
                let value = quote!(#name.len());
                self.set_aside(length, value, Store::Index, out);
            }
        }
    }

    /// The adjoints of the arrays that the steps declare. `is_seen`: the arrays are still there.
    pub fn arrays(&mut self, steps: &[&'a Step<'a>], is_seen: bool) -> TokenStream {
        let mut out = TokenStream::new();
        for step in steps {
            if let Step::LetArray {
                variable,
                content,
                id,
            } = step
            {
                let bar = self.bar_name(*variable);
                let zeros = match is_seen && content.is_open() {
                    true => self.zeros_like(*variable),
                    false => self.zeros_again(*variable, content, *id),
                };
                out.extend(quote!(let mut #bar = #zeros;));
                self.bars.insert(*variable, Bar::Live);
            }
        }
        out
    }

    fn zeros_like(&mut self, variable: Variable) -> TokenStream {
        let (runtime, number, zero) = (&self.runtime, &self.number, self.no_slope());
        let name = self.name(variable);
        quote!(#runtime::filled::<#number, _, _>(&#name, #zero))
    }

    /// The same where the array is gone, but for its length.
    fn zeros_again(&mut self, variable: Variable, content: &'a Content<'a>, id: Id) -> TokenStream {
        let inner = match content {
            content if !content.is_open() => return self.zeros(content),
            Content::Vector(_, inner) => match &**inner {
                Content::Repeat(part, _) if !part.is_open() => self.zeros(part),
                inner if !inner.is_open() => return self.zeros(inner),
                _ => return self.lost(),
            },
            _ if self.program.kinds[variable] == Kind::sequence(Kind::Number) => self.no_slope(),
            _ => return self.lost(),
        };
        self.used.insert((id, 0));
        let (runtime, length) = (&self.runtime, self.key_name((id, 0)));
        quote!(#runtime::many(#inner, #length))
    }

    /// What the adjoint holds for the array that was declared before under the same name, and has the same form.
    pub fn zeros_for_next(&mut self, content: &'a Content<'a>) -> TokenStream {
        match content.is_open() {
            true => self.lost(),
            false => self.zeros(content),
        }
    }

    fn lost(&mut self) -> TokenStream {
        self.is_lost = true;
        TokenStream::new()
    }

    /// No slopes, for an array of a known structure.
    fn zeros(&mut self, content: &'a Content<'a>) -> TokenStream {
        match content {
            Content::Array(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.zeros(part)).collect();
                quote!([#(#parts),*])
            }
            Content::Repeat(part, length) => {
                let (part, length) = (self.zeros(part), self.emission.node(length));
                quote!([#part; #length])
            }
            _ => self.no_slope(),
        }
    }

    /// Hands the adjoint of an array on to what it was made of.
    pub fn hand_on_content(
        &mut self,
        content: &'a Content<'a>,
        bar: &TokenStream,
        out: &mut TokenStream,
    ) {
        match content {
            Content::Element(value) => self.hand_on(value, &Signed::of(bar), out),
            Content::Array(parts) => {
                for (position, part) in parts.iter().enumerate() {
                    self.hand_on_content(part, &quote!(#bar[#position]), out);
                }
            }
            Content::Repeat(part, _) => {
                if let Content::Element(value) = &**part
                    && crate::adjoint::regularity::is_active(value)
                {
                    let (runtime, zero, sum) =
                        (self.runtime.clone(), self.no_slope(), self.temporary());
                    out.extend(quote!(let #sum = #runtime::sum_of(#zero, &#bar[..]);));
                    self.hand_on(value, &Signed::of(sum), out);
                }
            }
            Content::Vector(_, content) => self.hand_on_content(content, bar, out),
            Content::Copy(copied) => {
                let (runtime, place) = (self.runtime.clone(), self.bar_of_copied(copied));
                out.extend(quote!(#runtime::add_all(&mut #place, &#bar[..]);));
            }
            Content::Empty(_) => {}
        }
    }

    /// The adjoints of what was copied, from the first element on.
    fn bar_of_copied(&mut self, copied: &'a Copied<'a>) -> TokenStream {
        if !copied.has_start {
            let bar = self.bar_of(&copied.place);
            return quote!(#bar[..]);
        }
        let Some((start, indices)) = copied.place.indices.split_last() else {
            return TokenStream::new();
        };
        let start = self.index_again(start);
        let indices: Vec<_> = indices
            .iter()
            .map(|index| self.index_again(index))
            .collect();
        let root = self.bar_root(copied.place.variable);
        let bar = self.place_with(root, &indices);
        quote!(#bar[#start..])
    }

    pub fn forward_push(
        &mut self,
        place: &'a Place<'a>,
        content: &'a Content<'a>,
        out: &mut TokenStream,
    ) {
        let value = self.content(content, out);
        let place = self.place(place, out);
        out.extend(quote!(#place.push(#value);));
    }

    /// Last in, first out: the adjoint of what was pushed is the last that there is by now.
    pub fn reverse_push(
        &mut self,
        place: &'a Place<'a>,
        content: &'a Content<'a>,
        out: &mut TokenStream,
    ) {
        self.flush(Some(place.variable), out);
        let (bar, popped, runtime) = (self.bar_of(place), self.temporary(), self.runtime.clone());
        out.extend(quote!(let #popped = #runtime::popped(&mut #bar);));
        self.hand_on_content(content, &popped.into_token_stream(), out);
    }
}

impl<'a> Emitter<'a> {
    pub fn both_indices(
        &mut self,
        places: &'a [Place<'a>; 2],
        out: &mut TokenStream,
    ) -> [Vec<TokenStream>; 2] {
        places.each_ref().map(|place| self.indices(place, out))
    }

    /// Two places, given by what they are in and their indices, exchange what they hold.
    pub fn swapped(
        &self,
        roots: [TokenStream; 2],
        indices: [Vec<TokenStream>; 2],
        is_within: bool,
    ) -> TokenStream {
        let [left, right] = roots;
        let [mut outer, mut others] = indices;
        match (is_within, outer.pop(), others.pop()) {
            (true, Some(first), Some(second)) => {
                let sequence = self.place_with(left, &outer);
                quote!(#sequence.swap(#first, #second);)
            }
            // Arrays as a whole have no indices.
            _ => quote!(::core::mem::swap(&mut #left, &mut #right);),
        }
    }

    pub fn reverse_swap(
        &mut self,
        places: &'a [Place<'a>; 2],
        is_within: bool,
        out: &mut TokenStream,
    ) {
        for place in places {
            self.flush(Some(place.variable), out);
        }
        let indices = places.each_ref().map(|place| {
            let indices = place.indices.iter();
            indices.map(|index| self.index_again(index)).collect()
        });
        let roots = places.each_ref().map(|place| self.bar_root(place.variable));
        out.extend(self.swapped(roots, indices, is_within));
    }
}

/// `vec!` with what stands in the brackets of an array.
pub fn vector(path: &syn::Path, array: &TokenStream) -> TokenStream {
    quote!(#path! #array)
}
