//! What is generated where the one input is a float.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::plan::Plan;
use super::{Expansion, Head};
use crate::adjoint::Tangents;

impl Expansion<'_> {
    /// The function of its one float, over any number type, and that float.
    fn of_own_float(&self) -> (TokenStream, TokenStream) {
        let [name] = &self.names[..] else {
            return (TokenStream::new(), TokenStream::new());
        };
        let is_reference = self.function.inputs().any(|(_, input)| input.is_reference);
        let (at, of) = if is_reference {
            (quote!(*#name), quote!(&#name))
        } else {
            (quote!(#name), quote!(#name))
        };
        let arguments = self
            .function
            .parameters
            .iter()
            .map(|parameter| match &parameter.input {
                Some(_) => of.clone(),
                None => parameter.name.to_token_stream(),
            });
        let lift = self.function.lift_path();
        (quote!(|#name| #lift(#(#arguments),*)), at)
    }

    /// The value and the derivative by the one float.
    pub fn along_own(&self, along: &Tangents) -> TokenStream {
        let (runtime, (closure, at)) = (&self.runtime, self.of_own_float());
        let by_duals = quote!(#runtime::value_and_derivative(#closure, #at));
        self.directional_by_one(along, &by_duals)
    }

    pub fn of_one_scalar(&self, plan: Plan) -> TokenStream {
        let (runtime, float, own) = (&self.runtime, self.float, self.own());
        let (closure, at) = self.of_own_float();
        let by = |driver: TokenStream| quote!(#runtime::#driver(#closure, #at));
        let (mut value_and_first, mut first) =
            (by(quote!(value_and_derivative)), by(quote!(derivative)));
        if let Some(along) = plan.along {
            value_and_first = self.along_own(along);
            let both = self.call_of("value_and_derivative");
            first = quote!(#both.1);
        }
        let (mut second, mut all) = (
            by(quote!(second_derivative)),
            by(quote!(value_and_derivatives)),
        );
        if self.second(plan).is_some() {
            let compiled = self.second_order(plan);
            let both = self.call_of("value_and_derivatives");
            second = quote!(#both.2);
            all = quote!(let (value, [first], [[second]]) = #compiled; (value, first, second));
        }
        let rows = [
            ("derivative", "The derivative.", quote!(#float), first),
            (
                "value_and_derivative",
                "The value and the derivative.",
                quote!((#float, #float)),
                value_and_first,
            ),
            (
                "second_derivative",
                "The second derivative.",
                quote!(#float),
                second,
            ),
            (
                "value_and_derivatives",
                "The value, the first and the second derivative.",
                quote!((#float, #float, #float)),
                all,
            ),
        ];
        let functions = rows.iter().map(|(name, doc, result, body)| {
            let result = self.function.outcome.wrap(result);
            self.function(&Head { name, doc }, &own, &result, body)
        });
        functions.collect()
    }
}
