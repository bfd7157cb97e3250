//! Methods that touch a number.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::GenericArgument;

use super::Emission;
use crate::kind::Kind;
use crate::names::internal;
use crate::tree::*;
use crate::vocabulary::signature;

impl Emission<'_> {
    pub fn method(&mut self, method: &Method, kind: &Kind) -> TokenStream {
        let Method {
            receiver,
            name,
            arguments,
            meaning,
            ..
        } = method;
        match meaning {
            Meaning::AsWritten(wanted) => self.method_as_written(method, wanted, kind),
            Meaning::Vocabulary => {
                let all: Vec<&Node> = std::iter::once(&**receiver).chain(arguments).collect();
                self.known_function(name, &all)
            }
            Meaning::Itself => self.value(receiver),
            Meaning::Annotated => self.lifted_method(method),
            Meaning::Open => {
                let receiver = self.node(receiver);
                let is_direct = |argument: &Node| {
                    argument.kind.is_active()
                        || matches!(argument.bare().shape, Shape::Literal { .. })
                };
                if signature(&name.to_string()).is_some() && arguments.iter().all(is_direct) {
                    let arguments: Vec<_> = arguments
                        .iter()
                        .map(|argument| self.node_as(argument, &Kind::Lifted))
                        .collect();
                    let call = quote_spanned!(name.span()=> #receiver.#name(#(#arguments),*));
                    return self.with_one_meaning(name, call);
                }
                self.passing(
                    arguments,
                    |arguments| quote_spanned!(name.span()=> #receiver.#name(#(#arguments),*)),
                )
            }
        }
    }

    fn method_as_written(&mut self, method: &Method, wanted: &[Kind], kind: &Kind) -> TokenStream {
        let Method {
            receiver,
            name,
            turbofish,
            arguments,
            ..
        } = method;
        if matches!(name.to_string().as_str(), "sum" | "product")
            && receiver.kind.element().may_be_number()
        {
            let (iterator, number) = (self.node(receiver), &self.number);
            let item = internal("item");
            return quote! {
                ::core::iter::Iterator::#name::<#number>(::core::iter::Iterator::map(
                    #iterator,
                    |#item| *::core::borrow::Borrow::<#number>::borrow(&#item),
                ))
            };
        }
        if name == "contains"
            && !receiver.kind.is_active()
            && arguments.iter().any(|argument| argument.kind.is_active())
        {
            let (range, value) = (self.node(receiver), self.primal(&arguments[0]));
            // Whatever else a method of this name gives, it is no number.
            return quote_spanned!(name.span()=> ::core::convert::identity::<bool>(#range.contains(&#value)));
        }
        let turbofish = match turbofish.as_ref().map(|turbofish| turbofish.args.first()) {
            Some(Some(GenericArgument::Type(ty)))
                if (name == "collect" || matches!(kind, Kind::Wrapped(_))) && kind.is_active() =>
            {
                let ty = self.type_over_number(ty, kind);
                quote!(::<#ty>)
            }
            _ => quote!(#turbofish),
        };
        let reads_numbers = arguments
            .iter()
            .any(|argument| self.reads_numbers(argument));
        let arguments: Vec<_> = arguments
            .iter()
            .zip(wanted.iter().skip(1))
            .map(|(argument, wanted)| match &argument.bare().shape {
                // Integers stay, and their type may still be open: the function's own parameter decides.
                Shape::Path(path)
                    if argument.bare().kind.is_function() && receiver.counts(self.integers) =>
                {
                    self.function_value(path, &[])
                }
                _ => self.node_as(argument, wanted),
            })
            .collect();
        let receiver = match wanted.first() {
            Some(wanted) if wanted.is_active() => self.node_as(receiver, wanted),
            _ => self.node(receiver),
        };
        // What an error says has no derivative, if it is an error.
        let receiver = if reads_numbers {
            let runtime = &self.runtime;
            quote_spanned!(name.span()=> #runtime::fallible(#receiver))
        } else {
            receiver
        };
        quote_spanned!(name.span()=> #receiver.#name #turbofish(#(#arguments),*))
    }
}
