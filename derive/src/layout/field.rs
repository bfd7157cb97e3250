//! Fields as inputs. Their types are not in the source: constants that the compiler evaluates say what they hold.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::size::behind_reference;
use super::{Layout, Piece};

impl Layout<'_> {
    /// The field that is the one input.
    pub fn only_field(&self) -> Option<TokenStream> {
        match &self.pieces[..] {
            [piece] if !piece.field.is_empty() => Some(self.held(piece)),
            _ => None,
        }
    }

    /// An expression of what the field holds, for places where types stand.
    fn form(&self, piece: &Piece) -> TokenStream {
        let (runtime, float, field) = (&self.runtime, self.float, piece.field);
        let ty = behind_reference(&piece.parameter.ty);
        let span = field.last().map_or(Span::call_site(), Spanned::span);
        // What is wrong with the field is said where it stands.
        let form = quote_spanned!(span.resolved_at(Span::call_site())=> #runtime::field_form::<#float, #ty, _>);
        quote!(#form(|__chainrule_of| &__chainrule_of #(.#field)*))
    }

    /// The type that knows the shape of the field's gradient.
    pub(super) fn held(&self, piece: &Piece) -> TokenStream {
        let (runtime, form) = (&self.runtime, self.form(piece));
        quote!(#runtime::Held<{ #form.depth }, { #form.outer }, { #form.inner }>)
    }

    /// A statement that refuses fields without floats. It is said once: the forms stand in many places.
    pub fn check_fields(&self) -> TokenStream {
        let fields = self.pieces.iter().filter(|piece| !piece.field.is_empty());
        fields
            .map(|piece| {
                let span = piece.field.last().map_or(Span::call_site(), Spanned::span);
                let form = self.form(piece);
                quote_spanned! {span.resolved_at(Span::call_site())=>
                    let [] = [(); {
                        ::core::assert!(
                            !::core::matches!(#form.count, ::core::option::Option::Some(0)),
                            "this field holds no floats to differentiate by; name one that does"
                        );
                        0
                    }];
                }
            })
            .collect()
    }

    pub(super) fn field_counts(&self) -> Vec<TokenStream> {
        let fields = self.pieces.iter().filter(|piece| !piece.field.is_empty());
        fields
            .map(|piece| {
                let form = self.form(piece);
                quote!(#form.count)
            })
            .collect()
    }
}
