//! Functions of arrays, or with several results, as others call them: with a way back.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::Expansion;
use crate::adjoint::Adjoint;
use crate::adjoint::outputs::Outputs;
use crate::adjoint::parameters::{lanes, seed};
use crate::layout::Size;
use crate::lifted::lifted_type;
use crate::names::{internal, number_type};

impl Expansion<'_> {
    /// Whether the function is one of numbers and arrays of them alone, with a type beside it.
    fn is_of_numbers(&self) -> bool {
        let function = self.function;
        function.inputs().all(|(_, input)| !input.is_reference)
            && self.layout.pieces().count() == function.parameters.len()
            && function.is_beside()
            && function.item.sig.generics.params.is_empty()
    }

    /// A function with one result as one that others can call by its compiled gradient, if it takes arrays.
    pub fn reversed_gradient(&self, adjoint: &Adjoint) -> TokenStream {
        let Size::Fixed(count) = self.layout.size() else {
            return TokenStream::new();
        };
        if self.layout.are_scalars() || self.layout.has_slice() || !self.is_of_numbers() {
            return TokenStream::new();
        }
        let (runtime, number, lanes) = (&self.runtime, number_type(), lanes());
        let [point, value, gradient] = ["flat", "value", "gradient"].map(internal);
        let closure = self.adjoint_closure(adjoint, &self.names, true);
        self.reversed_of(
            &count,
            &number.to_token_stream(),
            &quote! {
                let (#value, #gradient) = #runtime::apply(#closure, #point);
                let back = move |__chainrule_slopes: [#number; #lanes]| {
                    #gradient.map(|slope| #runtime::Lanes(__chainrule_slopes.map(|own| own * slope)))
                };
                (#value, back, #runtime::zero::<#number>())
            },
        )
    }

    fn reversed_of(
        &self,
        count: &TokenStream,
        ty: &TokenStream,
        body: &TokenStream,
    ) -> TokenStream {
        let (runtime, float, number, lanes) = (&self.runtime, self.float, number_type(), lanes());
        let (name, point) = (self.function.name(), internal("flat"));
        let conditions = self.function.inherited_attributes();
        quote! {
            #(#conditions)*
            #[allow(warnings, unused, clippy::all, clippy::pedantic, clippy::nursery)]
            #[doc(hidden)]
            impl #runtime::Reversed<{ #count }> for #name {
                type Primal = #float;
                type Outputs<#number: #runtime::Scalar> = #ty;
                #[inline]
                fn value_and_back<#number: #runtime::Scalar<Primal = #float>, const #lanes: usize>(
                    #point: [#number; #count],
                ) -> (
                    #ty,
                    impl ::core::ops::FnOnce([#ty; #lanes]) -> [#runtime::Lanes<#number, #lanes>; #count],
                    #ty,
                ) {
                    #body
                }
            }
        }
    }

    /// The function as one that others can call by its compiled sweeps, if it is of numbers alone.
    pub fn reversed(&self, rows: &Adjoint) -> TokenStream {
        let function = self.function;
        let (Size::Fixed(count), Some(outputs), Some(all)) =
            (self.layout.size(), Outputs::of(function), &rows.all)
        else {
            return TokenStream::new();
        };
        if !self.is_of_numbers() {
            return TokenStream::new();
        }
        let (runtime, number) = (&self.runtime, number_type());
        let [point, result] = ["flat", "result"].map(internal);
        let arguments = self.layout.arguments(&point, &self.names, false);
        let parameters = function.parameters.iter().map(|parameter| {
            let ty = lifted_type(function, &parameter.ty, &parameter.kind());
            let pattern = &parameter.pattern;
            quote!(#pattern: #ty)
        });
        let (lanes, lane, slopes) = (lanes(), internal("lane"), internal("slopes"));
        let ways_back = quote!(#runtime::Lanes::<#number, #lanes>);
        let (body, sweep) = (&rows.body, &all.sweep);
        let row = self.row(all, &quote!(#ways_back::zero()));
        let (ty, value) = (outputs.ty(&number), outputs.rebuilt(&result));
        let zeros = outputs.of_parts(&mut |_| quote!(#runtime::zero::<#number>()));
        let seeds = outputs.paths(&quote!(#slopes[#lane])).into_iter().enumerate().map(|(at, path)| {
            let seed = seed(at);
            quote!(let #seed = #runtime::Lanes(::core::array::from_fn::<_, #lanes, _>(|#lane| #path));)
        });
        self.reversed_of(
            &count,
            &ty,
            &quote! {
                #(let #parameters = #arguments;)*
                #body
                let back = move |#slopes: [#ty; #lanes]| {
                    #(#seeds)*
                    #sweep
                    #row
                };
                (#value, back, #zeros)
            },
        )
    }
}
