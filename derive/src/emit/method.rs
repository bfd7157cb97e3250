//! Methods that touch a number.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::GenericArgument;

use super::Emission;
use crate::check::is_lifted;
use crate::kind::Kind;
use crate::number::{internal, lifted_type};
use crate::tree::*;
use crate::vocabulary::signature;

impl Emission<'_> {
    pub fn method(&mut self, method: &Method, kind: &Kind) -> TokenStream {
        let Method {
            receiver,
            name,
            arguments,
            wanted,
            ..
        } = method;
        if is_lifted(method) {
            return self.lifted_method(method);
        }
        if *receiver.kind.target() == Kind::Lifted && wanted.is_empty() {
            let receiver = self.node(receiver);
            let is_direct = |argument: &Node| {
                argument.kind.is_active() || matches!(argument.bare().shape, Shape::Literal { .. })
            };
            if signature(&name.to_string()).is_some() && arguments.iter().all(is_direct) {
                let arguments: Vec<_> = arguments
                    .iter()
                    .map(|argument| self.node_as(argument, &Kind::Lifted))
                    .collect();
                let call = quote_spanned!(name.span()=> #receiver.#name(#(#arguments),*));
                return self.with_one_meaning(name, call);
            }
            return self.passing(
                arguments,
                |arguments| quote_spanned!(name.span()=> #receiver.#name(#(#arguments),*)),
            );
        }
        let is_active =
            receiver.kind.is_active() || arguments.iter().any(|argument| argument.kind.is_active());
        let is_vocabulary = signature(&name.to_string()).is_some();
        match receiver.kind.target() {
            Kind::Number if !is_vocabulary => return self.value(receiver),
            Kind::Number => {}
            Kind::Plain | Kind::Untyped if is_active && is_vocabulary => {}
            _ => return self.other_method(method, kind),
        }
        let all: Vec<&Node> = std::iter::once(&**receiver).chain(arguments).collect();
        self.known_function(name, &all)
    }

    fn other_method(&mut self, method: &Method, kind: &Kind) -> TokenStream {
        let Method {
            receiver,
            name,
            turbofish,
            arguments,
            wanted,
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
            return quote_spanned!(name.span()=> #range.contains(&#value));
        }
        let turbofish = match turbofish.as_ref().map(|turbofish| turbofish.args.first()) {
            Some(Some(GenericArgument::Type(ty))) if name == "collect" && kind.is_active() => {
                let ty = lifted_type(self.function, ty, kind);
                quote!(::<#ty>)
            }
            _ => quote!(#turbofish),
        };
        let arguments: Vec<_> = arguments
            .iter()
            .zip(wanted.iter().skip(1))
            .map(|(argument, wanted)| self.node_as(argument, wanted))
            .collect();
        let receiver = match wanted.first() {
            Some(wanted) if wanted.is_active() => self.node_as(receiver, wanted),
            _ => self.node(receiver),
        };
        quote_spanned!(name.span()=> #receiver.#name #turbofish(#(#arguments),*))
    }
}
