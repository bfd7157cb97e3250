//! Names of functions in the place of closures.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::ExprPath;

use super::Emission;
use crate::callee::{Callee, callee};
use crate::kind::Kind;
use crate::names::internal;
use crate::vocabulary::{Signature, signature};

impl Emission<'_> {
    /// The name of a function, where arguments of these kinds are handed to it: all of them numbers if there are none.
    pub fn function_value(&self, function: &ExprPath, arguments: &[Kind]) -> TokenStream {
        let runtime = &self.runtime;
        match callee(function) {
            Callee::Vocabulary(name) => {
                let known = quote_spanned!(name.span()=> #runtime::functions::#name);
                let known = self.identified(function, &known);
                let Some(signature) = signature(&name.to_string()) else {
                    return known;
                };
                let has_plain = |(position, kind): (usize, &Kind)| {
                    !kind.is_active() && takes_float(signature, position)
                };
                if arguments.iter().enumerate().any(has_plain) {
                    self.of_mixed_floats(&known, signature, arguments)
                } else {
                    known
                }
            }
            Callee::Identity => self.identified(function, &quote!(::core::convert::identity)),
            Callee::Constructor | Callee::Standard(_) => {
                self.identified(function, &function.to_token_stream())
            }
            Callee::Annotated => {
                let lifted = self.lifted_path(&function.path, false).into_token_stream();
                if arguments.iter().all(is_all_numbers) {
                    lifted
                } else {
                    self.of_mixed_values(&lifted, arguments)
                }
            }
        }
    }

    /// A method of floats that takes some plain ones, with these as numbers.
    fn of_mixed_floats(
        &self,
        known: &TokenStream,
        signature: Signature,
        arguments: &[Kind],
    ) -> TokenStream {
        let float = &self.function.float;
        let float = quote!(::core::primitive::#float);
        let (parameters, values): (Vec<_>, Vec<_>) = arguments
            .iter()
            .enumerate()
            .map(|(position, kind)| {
                let name = internal(&position.to_string());
                if kind.is_active() || !takes_float(signature, position) {
                    return (quote!(#name), quote!(#name));
                }
                if signature == Signature::Comparison {
                    let number = self.constant(quote!(*#name));
                    return (quote!(#name: &#float), quote!(&#number));
                }
                (quote!(#name: #float), self.constant(quote!(#name)))
            })
            .unzip();
        quote!(|#(#parameters),*| #known(#(#values),*))
    }

    /// An annotated function that takes some plain values: its own parameters decide what becomes of them.
    fn of_mixed_values(&self, lifted: &TokenStream, arguments: &[Kind]) -> TokenStream {
        let runtime = &self.runtime;
        let names: Vec<_> = (0..arguments.len())
            .map(|position| internal(&position.to_string()))
            .collect();
        let values = names.iter().zip(arguments).map(|(name, kind)| {
            if kind.is_active() {
                self.convert(quote!(#name), kind, &kind.with_lifted_leaves())
            } else {
                quote! {
                    #runtime::Passed(#name).pass().into_parameter(&mut ::core::default::Default::default())
                }
            }
        });
        quote!(|#(#names),*| #lifted(#(#values),*))
    }
}

/// Whether the argument at this position is a float, not an exponent of `powi`.
fn takes_float(signature: Signature, position: usize) -> bool {
    signature != Signature::Indexed || position == 0
}

fn is_all_numbers(kind: &Kind) -> bool {
    *kind == kind.with_lifted_leaves()
}
