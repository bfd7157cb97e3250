//! Names of the standard library that the check takes for what they usually are: the compiler proves that they are.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::ExprPath;

use super::Emission;
use crate::callee::{Callee, callee, is_empty_container};
use crate::tree::*;
use crate::vocabulary::own_trait;

impl Emission<'_> {
    /// `replacement`, which stands for the function that the user named, beside a use of the name that compiles only if
    /// it is that of the function it was taken for. A user's module `f64` could hold another `sin`.
    pub fn identified(&self, function: &ExprPath, replacement: &TokenStream) -> TokenStream {
        let Some(known) = self.known(function) else {
            return replacement.clone();
        };
        let runtime = &self.runtime;
        let Some(last) = function.path.segments.last() else {
            return replacement.clone();
        };
        // Functions have a type each. The closure is never called.
        let proof = quote_spanned!(last.ident.span()=> #runtime::is_known(#known, #function));
        quote!(({ let _ = || #proof; #replacement }))
    }

    /// The function that the check takes the path for; none if it is for the compiler to find.
    fn known(&self, function: &ExprPath) -> Option<TokenStream> {
        let runtime = &self.runtime;
        let last = &function.path.segments.last()?.ident;
        let owner = function.path.segments.iter().rev().nth(1);
        let float = || {
            let name = &owner?.ident;
            Some(quote!(::core::primitive::#name))
        };
        Some(match callee(function) {
            Callee::Vocabulary(name) => {
                let float = float()?;
                let written = name.to_string();
                if let Some(own) = own_trait(&written) {
                    let own = format_ident!("{own}");
                    return Some(quote!(<#float as #runtime::#own>::#name));
                }
                match written.as_str() {
                    "partial_cmp" => quote!(<#float as ::core::cmp::PartialOrd<#float>>::#name),
                    // Without the standard library it may be a trait's that is in scope, for both alike.
                    _ => quote!(<#float>::#name),
                }
            }
            Callee::Identity => {
                let float = float()?;
                quote!(<#float as ::core::convert::From<#float>>::from)
            }
            Callee::Constructor if last == "Some" => quote!(::core::option::Option::<()>::Some),
            Callee::Constructor => quote!(::core::result::Result::<(), ()>::Ok),
            Callee::Standard(_) => {
                let arguments = match last.to_string().as_str() {
                    "successors" => quote!(::<(), fn(&()) -> ::core::option::Option<()>>),
                    "zip" => quote!(::<[(); 0], [(); 0]>),
                    "from_fn" => quote!(::<(), 0, fn(usize)>),
                    "from" => {
                        return Some(
                            quote!(<#runtime::Vec<()> as ::core::convert::From<[(); 0]>>::from),
                        );
                    }
                    _ => quote!(::<()>),
                };
                let module = &owner?.ident;
                quote!(::core::#module::#last #arguments)
            }
            Callee::Annotated if last == "Err" => quote!(::core::result::Result::<(), ()>::Err),
            Callee::Annotated if is_empty_container(function) => quote!(#runtime::Vec::<()>::#last),
            Callee::Annotated => return None,
        })
    }

    /// A call as it was written, of a function that is what the check takes it for.
    pub fn call_of_known(&self, function: &ExprPath, arguments: &[TokenStream]) -> TokenStream {
        let function = self.identified(function, &function.to_token_stream());
        quote!(#function(#(#arguments),*))
    }

    /// Whether values are read here that depend on an input.
    pub fn reads_numbers(&self, node: &Node) -> bool {
        match &node.shape {
            Shape::Values { mentions, .. } => mentions
                .iter()
                .any(|(variable, _)| self.kinds[*variable].is_active()),
            _ => false,
        }
    }
}
