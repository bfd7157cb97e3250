//! Values that are printed and compared: plain ones, whatever carries derivatives in them.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::Emission;
use crate::kind::Kind;
use crate::names::internal;
use crate::tree::*;

impl Emission<'_> {
    /// The plain value. A compound one is behind a reference if it was, but for what is in its parts.
    pub fn printed(&self, value: &TokenStream, kind: &Kind) -> TokenStream {
        let stars = self.stars(kind);
        if !kind.is_compound() {
            return self.read(quote!(#stars #value), kind);
        }
        let item = internal("item");
        match kind.target() {
            Kind::Wrapped(inner) if inner.holds_reference() => {
                let inner = self.part(&item.to_token_stream(), inner);
                return quote!((#stars #value).as_ref().map(|#item| #inner));
            }
            Kind::Tuple(parts) if kind.target().holds_reference() => {
                let names: Vec<_> = (0..parts.len())
                    .map(|i| internal(&format!("part_{i}")))
                    .collect();
                let parts = names
                    .iter()
                    .zip(parts)
                    .map(|(name, part)| self.part(&name.to_token_stream(), part));
                return quote!({ let (#(#names,)*) = &(#stars #value); (#(#parts,)*) });
            }
            _ => {}
        }
        match kind.reference_depth() {
            0 => self.told_at("plain", value, quote!(#value)),
            depth => {
                let references = (0..depth).map(|_| quote!(&));
                let owned = self.told_at("owned", value, quote!(#stars #value));
                quote!((#(#references)* *#owned))
            }
        }
    }

    /// A call of the runtime crate. What is wrong with `value` is said where that stands.
    fn told_at(&self, name: &str, value: &TokenStream, target: TokenStream) -> TokenStream {
        let (runtime, name) = (&self.runtime, format_ident!("{name}"));
        let first = value.clone().into_iter().next();
        let span = first.map_or_else(Span::call_site, |first| {
            first.span().resolved_at(Span::call_site())
        });
        let function = quote!(#runtime::#name).into_iter().map(|mut token| {
            token.set_span(span);
            token
        });
        let function: TokenStream = function.collect();
        quote_spanned!(span=> #function(&(#target)))
    }

    /// What `reference` refers to.
    fn part(&self, reference: &TokenStream, kind: &Kind) -> TokenStream {
        let runtime = &self.runtime;
        match kind {
            kind if !kind.is_active() => quote!(::core::clone::Clone::clone(#reference)),
            kind if kind.holds_reference() => {
                self.printed(reference, &Kind::reference(kind.clone()))
            }
            _ => quote!(#runtime::plain(#reference)),
        }
    }

    /// One side of a comparison with a compound value.
    pub fn compared(&mut self, side: &Node) -> TokenStream {
        let value = self.node(side);
        let (runtime, stars) = (&self.runtime, self.stars(&side.kind));
        match side.kind.reference_depth() {
            _ if !side.kind.is_active() => value,
            _ if side.kind.is_compound() => self.printed(&value, &side.kind),
            // As deep as it was: the other side has the same type.
            0 => quote!(#runtime::plain(&(#value))),
            depth => {
                let references = (0..depth).map(|_| quote!(&));
                quote!((#(#references)* *#runtime::owned(&#stars #value)))
            }
        }
    }
}
