//! `self` as a parameter among the others.

use proc_macro2::Ident;
use syn::{Pat, PatIdent, Receiver};

use super::Parameter;
use super::inputs::Reader;
use crate::placement::receiver_name;

impl Reader<'_> {
    /// Takes `self` out of the names that are wanted.
    pub fn receiver(&mut self, receiver: &Receiver, wanted: &mut Option<Vec<Ident>>) -> Parameter {
        if let Some(names) = wanted
            && let Some(position) = names.iter().position(|name| name == "self")
        {
            let name = names.remove(position);
            self.errors.push(
                name.span(),
                "`self` cannot be an input yet; write a function that takes the struct as a parameter",
            );
        }
        if let Some(mutability) = &receiver.mutability {
            self.errors.push(
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
            input: None,
            is_output: false,
        }
    }
}

impl Parameter {
    pub fn is_receiver(&self) -> bool {
        matches!(&self.pattern, Pat::Ident(pattern) if pattern.ident == "self")
    }
}
