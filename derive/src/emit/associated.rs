//! Methods of the user's types, and calls that the user declares constant.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ExprPath;

use super::Emission;
use crate::tree::*;

impl Emission<'_> {
    /// `receiver.energy_lift(..)`, so that the compiler says on that token if the method has no derivatives.
    pub fn lifted_method(&mut self, method: &Method) -> TokenStream {
        let span = method.name.span();
        let is_self =
            matches!(&method.receiver.bare().shape, Shape::Local { name, .. } if name == "self");
        let is_itself = is_self && method.name == self.function.item.sig.ident;
        // The lifted form of a struct has its methods under their own names.
        let suffix = if method.receiver.kind.is_active() {
            ""
        } else {
            "_lift"
        };
        let name = format_ident!(
            "{}{suffix}",
            self.renamed(&method.name, is_itself),
            span = span
        );
        let turbofish = &method.turbofish;
        let receiver = self.node(&method.receiver);
        self.passing(
            &method.arguments,
            |arguments| quote_spanned!(span=> #receiver.#name #turbofish(#(#arguments),*)),
        )
    }

    /// The call over plain values.
    pub fn constant_call(&mut self, function: &ExprPath, arguments: &[Node]) -> TokenStream {
        let arguments: Vec<_> = arguments
            .iter()
            .map(|argument| {
                if !argument.kind.is_active() {
                    return self.node(argument);
                }
                let value = self.primal(argument);
                let references = (0..argument.kind.reference_depth()).map(|_| quote!(&));
                quote!(#(#references)* #value)
            })
            .collect();
        quote!(#function(#(#arguments),*))
    }
}
