//! From the inputs to one flat run of their floats.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::sum::Length;
use super::{Layout, Piece, size, written_length};
use crate::function::Form;

/// Up to so many floats are written one by one.
const MOST_WRITTEN: usize = 24;

impl Layout<'_> {
    /// All inputs as an array, or as a slice where there are slices among them. `is_bundle`: they came by value.
    pub fn flat(&self, names: &[Ident], is_bundle: bool) -> TokenStream {
        self.flat_with(names, is_bundle, &self.zero())
    }

    /// The same of other numbers, of which one is `zero`.
    pub fn flat_with(&self, names: &[Ident], is_bundle: bool, zero: &TokenStream) -> TokenStream {
        let parts: Vec<_> = self
            .pieces
            .iter()
            .zip(names)
            .map(|(Piece { input, .. }, name)| {
                if input.is_reference && !is_bundle && !matches!(input.form, Form::Slice) {
                    quote!((*#name))
                } else {
                    quote!(#name)
                }
            })
            .collect();
        match self.only() {
            Some(Form::Slice) => return quote!(#(#parts)*),
            Some(Form::Array(lengths)) if lengths.len() == 1 => return quote!(#(#parts)*),
            _ if self.are_scalars() => return quote!([#(#parts),*]),
            _ => {}
        }
        if let Some(elements) = self.written_out(&parts) {
            return quote!([#(#elements),*]);
        }
        let run = |piece: &Piece, part: &TokenStream| match &piece.input.form {
            Form::Scalar => quote!(&[#part]),
            Form::Slice | Form::Shape => part.clone(),
            Form::Array(lengths) => {
                let flattened = lengths.iter().skip(1).map(|_| quote!(.as_flattened()));
                quote!(&#part #(#flattened)*)
            }
        };
        let (pieces, count) = (self.pieces.iter().zip(&parts), self.count(names));
        if self.has_slice() {
            let (float, vec) = (self.float, &self.vec);
            let runs = pieces.map(|(piece, part)| run(piece, part));
            return quote! {
                &{
                    let mut __chainrule_flat = #vec::<#float>::with_capacity(#count);
                    #(__chainrule_flat.extend_from_slice(#runs);)*
                    __chainrule_flat
                }[..]
            };
        }
        let copies = pieces.zip(names).zip(self.offsets(names));
        let copies = copies.map(|(((piece, part), name), offset)| match &piece.input.form {
            Form::Scalar => quote!(__chainrule_flat[#offset] = #part;),
            form => {
                let mut end = offset.clone();
                end.add(size(form, name));
                let run = run(piece, part);
                quote!(__chainrule_flat[#offset..#end].copy_from_slice(#run);)
            }
        });
        quote! {
            {
                let mut __chainrule_flat = [#zero; #count];
                #(#copies)*
                __chainrule_flat
            }
        }
    }

    /// All floats of inputs of these names one by one, if they are few.
    fn written_out(&self, names: &[TokenStream]) -> Option<Vec<TokenStream>> {
        let mut elements = Vec::new();
        for (piece, name) in self.pieces.iter().zip(names) {
            match &piece.input.form {
                Form::Scalar => elements.push(name.clone()),
                Form::Array(lengths) => {
                    let length = written_length(lengths)?;
                    let positions = (0..length).map(Length::Known);
                    elements.extend(positions.map(|position| quote!(#name[#position])));
                }
                Form::Slice | Form::Shape => return None,
            }
        }
        (elements.len() <= MOST_WRITTEN).then_some(elements)
    }
}
