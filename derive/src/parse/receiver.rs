//! `self` as a parameter among the others.

use proc_macro2::Ident;
use syn::{Pat, PatIdent, Receiver, Type};

use super::inputs::Reader;
use super::wanted;
use crate::function::{Form, Input, Parameter};
use crate::options::Wanted;
use crate::placement::receiver_name;

impl Reader<'_> {
    /// Takes `self` out of the names that are wanted; only there it is an input.
    pub fn receiver(&mut self, receiver: &Receiver, wanted: &mut Option<Vec<Wanted>>) -> Parameter {
        let name = wanted
            .iter()
            .flatten()
            .map(|wanted| &wanted.parameter)
            .find(|name| *name == "self")
            .cloned();
        let fields = wanted
            .as_mut()
            .and_then(|wanted| wanted::take(wanted, "self"));
        if let Some(name) = name {
            match self.owner {
                None => self.refuse(
                    name.span(),
                    "`self` is an input in an annotated `impl` block alone; put `#[differentiate]` on the block as well",
                ),
                Some(owner) if owner.name().is_none() => self.refuse(
                    name.span(),
                    "`self` is no input in an `impl` block of no struct; put the method in that of a struct with `#[derive(Differentiable)]`",
                ),
                Some(_) => {}
            }
        }
        let behind = match &*receiver.ty {
            Type::Reference(reference) => reference.mutability,
            _ => None,
        };
        if let Some(mutability) = receiver.mutability.or(behind) {
            self.refuse(
                mutability.span,
                "a method that changes `self` cannot be differentiated, as derivatives may run it several times; take `&self`",
            );
        }
        Parameter {
            pattern: Pat::Ident(PatIdent {
                attrs: Vec::new(),
                by_ref: None,
                mutability: None,
                ident: Ident::new("self", receiver.self_token.span),
                subpat: None,
            }),
            name: receiver_name(),
            ty: (*receiver.ty).clone(),
            input: fields.map(|fields| Input {
                is_reference: receiver.reference.is_some(),
                form: Form::Shape,
                fields,
            }),
            function: None,
            is_output: false,
        }
    }
}
