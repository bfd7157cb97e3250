//! Closures over numbers.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ReturnType;

use super::Emission;
use crate::tree::*;

impl Emission<'_> {
    pub fn closure(&mut self, closure: &Closure) -> TokenStream {
        let signature = self.signatures[closure.index].clone();
        let kinds = signature.kinds(&self.kinds);
        let ClosureSignature {
            parameters,
            types,
            output,
            result,
            mentions,
            ..
        } = signature;
        let parameters: Vec<_> = parameters
            .iter()
            .zip(types.iter().zip(&kinds))
            .map(|(pattern, (ty, kind))| {
                let ty = ty.as_ref().map(|ty| {
                    let ty = self.type_over_number(ty, kind);
                    quote!(: #ty)
                });
                (self.pattern(pattern), ty, kind.is_active())
            })
            .collect();
        let result = self.kinds[result].clone();
        let is_live = result.is_active()
            || parameters.iter().any(|(_, _, is_active)| *is_active)
            || mentions.iter().any(|variable| {
                let kind = &self.kinds[*variable];
                kind.is_active() || kind.is_callable()
            });
        let has_renamed = mentions
            .iter()
            .any(|variable| matches!(self.names.get(*variable), Some(Some(_))));
        if !is_live && !has_renamed {
            return closure.original.clone();
        }
        let parameters = parameters
            .iter()
            .map(|(pattern, ty, _)| quote!(#pattern #ty));
        let capture = closure.is_move.then(|| quote!(move));
        let body = self.node_as(&closure.body, &result);
        match &output {
            ReturnType::Default => quote!(#capture |#(#parameters),*| #body),
            ReturnType::Type(arrow, ty) => {
                let ty = self.type_over_number(ty, &result);
                quote!(#capture |#(#parameters),*| #arrow #ty { #body })
            }
        }
    }
}
