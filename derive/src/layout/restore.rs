//! From one flat run of floats back to the inputs: as the arguments of `lift`, and as a bundle.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Expr;

use super::sum::{Length, Sum};
use super::{Layout, written_length};
use crate::function::Form;

impl Layout<'_> {
    /// The arguments of `lift`, and of its kin.
    pub fn arguments(&self, flat: &Ident, names: &[Ident], is_repeated: bool) -> Vec<TokenStream> {
        let mut offsets = self.offsets(names).into_iter();
        let mut names = names.iter();
        self.function
            .parameters
            .iter()
            .map(|parameter| {
                let constant = &parameter.name;
                let Some(input) = &parameter.input else {
                    let is_copied = matches!(parameter.ty, syn::Type::Reference(_));
                    return if is_repeated && !is_copied {
                        quote!(::core::clone::Clone::clone(&#constant))
                    } else {
                        quote!(#constant)
                    };
                };
                let (offset, name) = (offsets.next(), names.next());
                let name = name.unwrap_or(constant);
                let value = match (&input.form, self.only()) {
                    (Form::Slice, Some(_)) => return quote!(#flat),
                    (Form::Slice, None) => return quote!(&#flat[#offset..][..#name.len()]),
                    (Form::Array(lengths), Some(_)) if lengths.len() == 1 => quote!(#flat),
                    (form, _) => part(form, flat, &offset.unwrap_or_default()),
                };
                if input.is_reference {
                    quote!(&#value)
                } else {
                    value
                }
            })
            .collect()
    }

    /// A call of `lift` with the inputs taken from `flat`. A body that is run several times gets clones.
    pub fn lift_call(&self, flat: &Ident, names: &[Ident], is_repeated: bool) -> TokenStream {
        let arguments = self.arguments(flat, names, is_repeated);
        let lift = self.function.lift_path();
        quote!(#lift(#(#arguments),*))
    }

    /// A flat run of floats in the shape of the inputs.
    pub fn bundle(&self, flat: &Ident, names: &[Ident]) -> TokenStream {
        match self.only() {
            Some(Form::Slice) => return flat.to_token_stream(),
            Some(Form::Array(lengths)) if lengths.len() == 1 => return flat.to_token_stream(),
            None if self.are_scalars() => return flat.to_token_stream(),
            _ => {}
        }
        let offsets = self.offsets(names);
        let mut parts =
            self.pieces
                .iter()
                .zip(names)
                .zip(&offsets)
                .map(|((piece, name), offset)| match &piece.input.form {
                    Form::Slice => quote!(#flat[#offset..][..#name.len()].to_vec()),
                    form => part(form, flat, offset),
                });
        if self.only().is_some() {
            parts.next().unwrap_or_default()
        } else {
            quote!((#(#parts),*))
        }
    }
}

/// The scalar or array that starts at `offset`.
fn part(form: &Form, flat: &Ident, offset: &Sum) -> TokenStream {
    let Form::Array(lengths) = form else {
        return quote!(#flat[#offset]);
    };
    // Each closure takes the compiler as long as several lines.
    if let Some(length) = written_length(lengths) {
        let positions = (0..length).map(|position| {
            let mut at = offset.clone();
            at.add(Length::Known(position));
            at
        });
        return quote!([#(#flat[#positions]),*]);
    }
    let indices: Vec<_> = (0..lengths.len())
        .map(|depth| format_ident!("__chainrule_i{depth}"))
        .collect();
    let position = lengths.iter().zip(&indices).fold(
        None,
        |position: Option<TokenStream>, (length, index): (&Expr, _)| match position {
            Some(position) => Some(quote!((#position) * (#length) + #index)),
            None => Some(quote!(#index)),
        },
    );
    indices.iter().rev().fold(
        quote!(#flat[#offset + #position]),
        |inner, index| quote!(::core::array::from_fn(|#index| #inner)),
    )
}
