//! Value, gradient and Hessian by the compiled reverse sweep of second order.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::Expansion;
use super::plan::Plan;
use crate::adjoint::Hessian;
use crate::adjoint::parameters::input_bar;
use crate::layout::Size;
use crate::names::internal;

impl Expansion<'_> {
    /// The function `adjoint_hessian`: of the function's own floats, as its code is long and the compiler reads that of floats
    /// in less time. It writes gradient and Hessian, and gives the value and a number that is finite only if they are.
    pub fn hessian_function(&self, hessian: &Hessian) -> TokenStream {
        let (function, float) = (self.function, self.float);
        let ty = match self.layout.size() {
            Size::Fixed(count) => quote!([[#float; { #count }]; { #count }]),
            _ => quote!([#float]),
        };
        let place = internal("hessian");
        let own = function.parameters.iter().map(|parameter| {
            let (pattern, ty) = (&parameter.pattern, &parameter.ty);
            quote!(#pattern: #ty)
        });
        let parameters = own.chain(self.bars(&float.to_token_stream()));
        let name = function.generated_name("adjoint_hessian");
        let (body, used, generics) = (&hessian.body, function.used(), self.generics());
        let (attributes, visibility) = (function.function_attributes(), &function.item.vis);
        let condition = &generics.where_clause;
        quote! {
            #attributes
            #[doc(hidden)]
            #[inline]
            #visibility fn #name #generics(#(#parameters,)* #place: &mut #ty) -> (#float, #float) #condition {
                #used
                #body
            }
        }
    }

    /// Value, gradient and Hessian at a flat point.
    pub fn by_second_order(
        &self,
        hessian: &Hessian,
        flat: &Ident,
        careful: &TokenStream,
    ) -> TokenStream {
        let Size::Fixed(count) = self.layout.size() else {
            return TokenStream::new();
        };
        let runtime = &self.runtime;
        let arguments = self.layout.arguments(flat, &self.names, true);
        let (run, result) = self.run_second(&arguments, &count);
        match hessian.is_singular {
            true => {
                let [_, _, _, seen] = result_names();
                quote!({ #run #runtime::settled_by_sum((#result, #seen), move || #careful) })
            }
            false => quote!({ #run #result }),
        }
    }

    /// A call of `adjoint_hessian`, and what it leaves: value, flat gradient and Hessian.
    fn run_second(
        &self,
        arguments: &[TokenStream],
        count: &TokenStream,
    ) -> (TokenStream, TokenStream) {
        let runtime = &self.runtime;
        let zero = quote!(#runtime::zero());
        let bars: Vec<_> = self.names.iter().map(input_bar).collect();
        let starts = self.zeros(&zero);
        let [value, _, matrix, seen] = result_names();
        let name = self.function.generated_name("adjoint_hessian");
        let flat = self.layout.flat_with(&bars, true, &zero);
        let run = quote! {
            #(let mut #bars = #starts;)*
            let mut #matrix = [[#zero; { #count }]; { #count }];
            let (#value, #seen) = Self::#name(#(#arguments,)* #(&mut #bars,)* &mut #matrix);
        };
        (run, quote!((#value, #flat, #matrix)))
    }

    /// The same over slices, which writes gradient and Hessian; and the function over dual numbers, which is asked where they
    /// are not finite.
    pub fn hessian_into_closure(&self, hessian: &Hessian, names: &[Ident]) -> TokenStream {
        let point = &self.point;
        let [gradient, matrix, rest] = ["slopes", "hessian", "rest"].map(internal);
        let arguments = self.layout.arguments(point, names, true);
        let (parts, places) = self.slopes_apart(&rest, names);
        let name = self.function.generated_name("adjoint_hessian");
        let (careful, is_singular) = (self.closure(names, true), hessian.is_singular);
        quote! {
            |#point, #gradient: &mut [_], #matrix: &mut [_]| {
                let #rest = #gradient;
                #parts
                Self::#name(#(#arguments,)* #(#places,)* #matrix)
            }, #is_singular, #careful
        }
    }

    /// For others that call the function: as one with slopes and second derivatives.
    pub fn bends(&self, plan: Plan) -> TokenStream {
        if !matches!(plan.hessian, Some(Ok(_))) {
            return TokenStream::new();
        }
        let (runtime, float) = (&self.runtime, self.float);
        let (names, count) = (&self.names, self.names.len());
        let arguments: Vec<_> = names.iter().map(|name| quote!(#name)).collect();
        let (run, result) = self.run_second(&arguments, &quote!(#count));
        quote! {
            #[inline]
            fn bends_of_floats([#(#names),*]: [#float; #count]) -> #runtime::Bent<#float, #count> {
                #run
                #result
            }
        }
    }
}

/// Value, gradient, Hessian, and the sum over them.
fn result_names() -> [Ident; 4] {
    ["value", "gradient", "hessian", "seen"].map(internal)
}
