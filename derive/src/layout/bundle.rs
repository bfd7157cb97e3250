//! A bundle: all inputs as one argument or one result, a tuple where they differ.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{Layout, Piece};
use crate::function::{Form, nested};

impl Layout<'_> {
    /// The type of [`bundle`](Self::bundle), or of an argument of that shape.
    pub fn bundle_type(&self, is_argument: bool) -> TokenStream {
        let float = self.float;
        if self.only().is_none() && self.are_scalars() {
            let count = self.pieces.len();
            return quote!([#float; #count]);
        }
        let mut types = self.pieces.iter().map(|piece| match &piece.input.form {
            Form::Scalar => quote!(#float),
            Form::Slice if is_argument => quote!(&[#float]),
            Form::Slice => {
                let vec = &self.vec;
                quote!(#vec<#float>)
            }
            Form::Array(lengths) => nested(lengths, float),
            Form::Shape => TokenStream::new(),
        });
        if self.only().is_some() {
            types.next().unwrap_or_default()
        } else {
            quote!((#(#types),*))
        }
    }

    /// Takes an argument of the bundle's shape apart: the pattern, and the names in it.
    pub fn bundle_pattern(&self, prefix: &str) -> (TokenStream, Vec<Ident>) {
        let names: Vec<_> = (0..self.pieces.len())
            .map(|i| format_ident!("__chainrule_{prefix}_{i}"))
            .collect();
        let pattern = match self.only() {
            Some(_) => quote!(#(#names)*),
            None if self.are_scalars() => quote!([#(#names),*]),
            None => quote!((#(#names),*)),
        };
        (pattern, names)
    }

    /// Slices of a direction must match theirs one by one, not only in their sum.
    pub fn check_lengths(&self, point: &[Ident], direction: &[Ident]) -> TokenStream {
        let checks = self
            .pieces
            .iter()
            .zip(point.iter().zip(direction))
            .filter_map(
                |(
                    Piece {
                        parameter, input, ..
                    },
                    (x, v),
                )| {
                    let message = format!(
                        "the direction of `{}` has length {{}}, but it has length {{}}",
                        parameter.name
                    );
                    matches!(input.form, Form::Slice).then(
                    || quote!(::core::assert!(#v.len() == #x.len(), #message, #v.len(), #x.len());),
                )
                },
            );
        quote!(#(#checks)*)
    }
}
