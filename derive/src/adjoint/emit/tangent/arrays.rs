//! Arrays of numbers with their tangents.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::Sweep;
use super::slope::Slopes;
use crate::adjoint::emit::arrays::vector;
use crate::adjoint::emit::signed::Signed;
use crate::adjoint::form::*;
use crate::tree::Variable;

impl<'a> Sweep<'a> {
    pub fn array(&mut self, variable: Variable, content: &'a Content<'a>, out: &mut TokenStream) {
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
    pub fn content(
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
    pub fn tangents_at(
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
            return Slopes::from([(*lane, Signed::one())]);
        }
        let tangents = self.tangents_at(place, out).into_iter();
        tangents
            .map(|(lane, tangent)| (lane, Signed::of(tangent)))
            .collect()
    }
}
