//! Calls of annotated functions with several numbers: the value and all slopes at once, by numbers with a tangent for each
//! number that goes in.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::reverse::Seed;
use super::{Bar, Emitter};
use crate::adjoint::form::*;
use crate::adjoint::lower::lanes;
use crate::adjoint::survey::is_active;

impl<'a> Emitter<'a> {
    pub fn forward_call(&mut self, called: &'a Called<'a>, out: &mut TokenStream) {
        let (runtime, number) = (self.runtime.clone(), self.number.clone());
        let count = lanes(&called.arguments);
        let are_asked: Vec<_> = (0..called.results.len())
            .map(|position| self.used.contains(&(called.id, position + 1)))
            .collect();
        let dual = are_asked
            .contains(&true)
            .then(|| quote!(#runtime::Dual::<#number, #count>));
        let mut lane = 0;
        let mut arguments = Vec::new();
        for given in &called.arguments {
            let argument = self.argument(
                &given.content,
                dual.as_ref().map(|dual| (dual, count)),
                &mut lane,
                out,
            );
            let reference = given.is_reference.then(|| quote!(&));
            arguments.push(quote!(#reference #argument));
        }
        let value = self.temporary();
        let call = self
            .emission
            .call_with_numbers(called.call, arguments, dual.as_ref());
        out.extend(quote!(let #value = #call;));
        for (position, (path, variable)) in called.results.iter().enumerate() {
            let (name, mutability) = (self.name(*variable).clone(), self.mutability(*variable));
            let part = part(&value, path);
            let re = dual.as_ref().map(|_| quote!(.re));
            out.extend(quote!(let #mutability #name: #number = #part #re;));
            if !are_asked[position] {
                continue;
            }
            let slopes = self.key_name((called.id, position + 1));
            if self.frame.depth > 0 {
                let zero = self.zero();
                self.frame
                    .hoisted
                    .extend(quote!(let mut #slopes = [#zero; #count];));
                out.extend(quote!(#slopes = #part.eps;));
            } else {
                out.extend(quote!(let #slopes = #part.eps;));
            }
        }
        // Plain code reads the values.
        if let Some(variable) = called.variable
            && self.mentioned.contains(&variable)
        {
            let name = self.name(variable);
            out.extend(match &dual {
                Some(_) => quote! {
                    let #name = #runtime::Output::<#runtime::Dual<#number, #count>>::map_numbers(#value, &mut |#value| #value.re);
                },
                None => quote!(let #name = #value;),
            });
        }
    }

    fn argument(
        &mut self,
        content: &'a Content<'a>,
        dual: Option<(&TokenStream, usize)>,
        lane: &mut usize,
        out: &mut TokenStream,
    ) -> TokenStream {
        match content {
            Content::Element(value) => {
                let number = self.number_value(value, out);
                let Some((dual, count)) = dual else {
                    return number;
                };
                if !is_active(value) {
                    return quote!(#dual::constant(#number));
                }
                let (runtime, own) = (&self.runtime, *lane);
                *lane += 1;
                quote!(#runtime::direction::<_, #count>(#number, #own))
            }
            Content::Array(parts) => {
                let parts: Vec<_> = parts
                    .iter()
                    .map(|part| self.argument(part, dual, lane, out))
                    .collect();
                quote!([#(#parts),*])
            }
            Content::Repeat(part, length) => {
                let (part, length) = (
                    self.argument(part, dual, lane, out),
                    self.emission.node(length),
                );
                quote!([#part; #length])
            }
        }
    }

    pub fn reverse_call(&mut self, called: &'a Called<'a>, out: &mut TokenStream) {
        let mut live = Vec::new();
        for (position, (_, variable)) in called.results.iter().enumerate() {
            if self.bars.remove(variable) == Some(Bar::Live) {
                let key = (called.id, position + 1);
                self.used.insert(key);
                live.push((self.bar_name(*variable), self.key_name(key)));
            }
        }
        if live.is_empty() {
            return;
        }
        let mut lane = 0;
        for given in &called.arguments {
            self.hand_on_argument(&given.content, &live, &mut lane, out);
        }
    }

    fn hand_on_argument(
        &mut self,
        content: &'a Content<'a>,
        live: &[(Ident, Ident)],
        lane: &mut usize,
        out: &mut TokenStream,
    ) {
        match content {
            Content::Element(value) if is_active(value) => {
                let parts = live
                    .iter()
                    .map(|(bar, slopes)| quote!(#bar * #slopes[#lane]));
                let sum = self.temporary();
                out.extend(quote!(let #sum = #(#parts)+*;));
                *lane += 1;
                self.hand_on(value, &Seed::of(sum), out);
            }
            Content::Array(parts) => {
                for part in parts {
                    self.hand_on_argument(part, live, lane, out);
                }
            }
            Content::Element(_) | Content::Repeat(..) => {}
        }
    }
}

fn part(value: &Ident, path: &[Member]) -> TokenStream {
    path.iter()
        .fold(value.to_token_stream(), |part, member| match member {
            Member::Element(position) => quote!(#part[#position]),
            Member::Component(position) => {
                let position = syn::Index::from(*position);
                quote!(#part.#position)
            }
        })
}
