//! Calls and methods that touch a number.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Path;

use super::Emission;
use crate::check::{Callee, callee, starts_upper};
use crate::kind::Kind;
use crate::tree::*;
use crate::vocabulary::{Signature, signature};

impl Emission<'_> {
    pub fn call(&mut self, call: &Call) -> TokenStream {
        let Call {
            function,
            arguments,
            ..
        } = call;
        if !arguments.iter().any(|argument| argument.kind.is_active()) {
            let arguments: Vec<_> = arguments
                .iter()
                .map(|argument| self.node(argument))
                .collect();
            return quote!(#function(#(#arguments),*));
        }
        match callee(function) {
            Callee::Vocabulary(name) => {
                self.known_function(name, &arguments.iter().collect::<Vec<_>>())
            }
            Callee::Identity => self.value(&arguments[0]),
            Callee::Annotated => {
                let path = self.lifted_path(&function.path);
                let arguments: Vec<_> = arguments
                    .iter()
                    .map(|argument| self.passed(argument))
                    .collect();
                quote!(#path(#(#arguments),*))
            }
        }
    }

    /// `path::lift`, or the sibling `Owner::path_lift` where no type can stand beside the function.
    fn lifted_path(&self, path: &Path) -> Path {
        let mut path = path.clone();
        let is_itself = path.get_ident() == Some(&self.function.item.sig.ident);
        let owner = path
            .segments
            .iter()
            .rev()
            .nth(1)
            .map(|owner| owner.ident.to_string());
        let Some(last) = path.segments.last_mut() else {
            return path;
        };
        let span = last.ident.span();
        if is_itself {
            last.ident = Ident::new(&self.function.name().to_string(), span);
        } else if let Some(renaming) = self
            .function
            .options
            .calls
            .iter()
            .find(|renaming| last.ident == renaming.from)
        {
            last.ident = Ident::new(&renaming.to.to_string(), span);
        }
        if owner.is_some_and(|owner| starts_upper(&owner)) {
            last.ident = format_ident!("{}_lift", last.ident);
        } else {
            path.segments.push(Ident::new("lift", span).into());
        }
        path
    }

    /// An argument of an annotated function: its floats are numbers there, and nothing else is known.
    fn passed(&mut self, node: &Node) -> TokenStream {
        match &node.shape {
            _ if node.kind.is_active() => self.node(node),
            Shape::Literal { is_float: true, .. } => self.scalar(node),
            Shape::Literal { .. } => self.node(node),
            Shape::Group(inner) => self.passed(inner),
            Shape::Array(elements) => {
                let elements: Vec<_> = elements
                    .iter()
                    .map(|element| self.passed(element))
                    .collect();
                quote!([#(#elements),*])
            }
            Shape::Reference {
                is_mutable: false,
                target,
            } if matches!(target.shape, Shape::Array(_)) => {
                let target = self.passed(target);
                quote!(&#target)
            }
            Shape::Reference { .. } => self.node(node),
            _ => {
                let tokens = self.node(node);
                self.argument(tokens)
            }
        }
    }

    pub fn method(&mut self, method: &Method) -> TokenStream {
        let Method {
            receiver,
            name,
            turbofish,
            arguments,
        } = method;
        let moves = |node: &Node| node.kind.is_number();
        let is_stored = matches!(receiver.kind.target(), Kind::Sequence(_));
        if receiver.kind.is_number() || (arguments.iter().any(moves) && !is_stored) {
            if signature(&name.to_string()).is_none() {
                return self.value(receiver);
            }
            let all: Vec<&Node> = std::iter::once(&**receiver).chain(arguments).collect();
            return self.known_function(name, &all);
        }
        if matches!(name.to_string().as_str(), "sum" | "product")
            && receiver.kind.element().is_number()
        {
            let (iterator, number) = (self.node(receiver), &self.number);
            return quote! {
                ::core::iter::Iterator::#name::<#number>(::core::iter::Iterator::map(
                    #iterator,
                    |__chainrule_value| *::core::borrow::Borrow::<#number>::borrow(&__chainrule_value),
                ))
            };
        }
        let element = if is_stored {
            receiver.kind.indexed()
        } else {
            Kind::Plain
        };
        let is_element = |position: usize| match name.to_string().as_str() {
            "push" | "fill" => position == 0,
            "resize" => position == 1,
            _ => false,
        };
        let arguments: Vec<_> = arguments
            .iter()
            .enumerate()
            .map(|(position, argument)| {
                if is_element(position) {
                    self.node_as(argument, &element)
                } else {
                    self.node(argument)
                }
            })
            .collect();
        let receiver = self.node(receiver);
        quote_spanned!(name.span()=> #receiver.#name #turbofish(#(#arguments),*))
    }

    fn known_function(&mut self, name: &Ident, arguments: &[&Node]) -> TokenStream {
        let runtime = self.runtime.clone();
        let signature = signature(&name.to_string());
        let mut arguments =
            arguments
                .iter()
                .enumerate()
                .map(|(position, argument)| match signature {
                    Some(Signature::IntegerPower) if position == 1 => self.node(argument),
                    Some(Signature::Comparison) => {
                        let value = self.scalar(argument);
                        quote!(&#value)
                    }
                    _ => self.scalar(argument),
                });
        let arguments: Vec<_> = arguments.by_ref().collect();
        quote_spanned!(name.span()=> #runtime::functions::#name(#(#arguments),*))
    }
}
