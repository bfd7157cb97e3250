//! Methods of the user's types, and calls that the user declares constant.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{ExprPath, Path};

use super::Emission;
use super::call::{lift_name, takes_functions};
use crate::tree::*;

impl Emission<'_> {
    /// `receiver.energy_lift(..)`, so that the compiler says on that token if the method has no derivatives.
    pub fn lifted_method(&mut self, method: &Method) -> TokenStream {
        let (receiver, name) = (&method.receiver, &method.name);
        let is_itself = is_self(receiver) && *name == self.function.item.sig.ident;
        let (name, told) = self.method_name(name, receiver, is_itself, &method.arguments);
        let (receiver, turbofish) = (self.node(receiver), &method.turbofish);
        self.passing(
            &method.arguments,
            |arguments| quote_spanned!(name.span()=> #receiver.#name #turbofish(#told #(#arguments),*)),
        )
    }

    /// The name, and what goes before the arguments.
    fn method_name(
        &self,
        name: &Ident,
        receiver: &Node,
        is_itself: bool,
        arguments: &[Node],
    ) -> (Ident, Option<TokenStream>) {
        // The lifted form of a struct has its methods under their own names, and the number in its type.
        if receiver.kind.is_active() {
            return (name.clone(), None);
        }
        let lift = lift_name(takes_functions(arguments));
        let renamed = self.renamed(name, is_itself);
        let name = format_ident!("{renamed}_{lift}", span = name.span());
        (name, self.told(arguments))
    }

    /// Whether it is `Self::energy(self, ..)`: the same as a call of the method, which never lifts `self`.
    pub fn is_own_receiver(&self, path: &Path, argument: &Node) -> bool {
        let owner = path.segments.iter().rev().nth(1);
        is_self(argument)
            && owner.is_some_and(|owner| self.function.placement.is_owner(&owner.ident))
    }

    pub fn own_method(&mut self, path: &Path, receiver: &Node, arguments: &[Node]) -> TokenStream {
        let Some(last) = path.segments.last() else {
            return path.to_token_stream();
        };
        let is_itself = self.function.is_itself(path);
        let (name, told) = self.method_name(&last.ident, receiver, is_itself, arguments);
        let receiver = self.node(receiver);
        self.passing(
            arguments,
            |arguments| quote_spanned!(name.span()=> #receiver.#name(#told #(#arguments),*)),
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

fn is_self(node: &Node) -> bool {
    matches!(&node.bare().shape, Shape::Local { name, .. } if name == "self")
}
