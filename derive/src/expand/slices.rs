//! What is generated where a slice is among the inputs.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::plan::Plan;
use super::{Directed, Expansion, Head, declared};
use crate::adjoint::Adjoint;
use crate::function::Parameter;

/// A function that writes to the caller's memory.
struct WritingForm {
    name: &'static str,
    driver: Ident,
    doc: &'static str,
    parameters: Vec<TokenStream>,
    arguments: TokenStream,
    result: TokenStream,
    /// What is left to do with the driver's result.
    after: TokenStream,
}

impl Expansion<'_> {
    pub fn over_slices(&self, plan: Plan) -> TokenStream {
        let adjoint = plan.reverse();
        let (runtime, float, layout) = (&self.runtime, self.float, &self.layout);
        let names = &self.names;
        let closure = match adjoint {
            Some(adjoint) => self.adjoint_into_closure(adjoint, names, true),
            None => self.closure(names, true),
        };
        let gradient_into = driver(adjoint, "gradient_into");
        let (hessian_into, second) = self.second_into(plan);
        let flat = layout.flat(names, false);
        let hessian_type = layout.hessian_type();
        let flat_gradient = format_ident!("__chainrule_gradient");
        let vec = quote!(#runtime::Vec);
        let first = quote!({
            let __chainrule_flat: &[#float] = #flat;
            let mut #flat_gradient = __chainrule_flat.to_vec();
            let __chainrule_value = #runtime::#gradient_into(#closure, __chainrule_flat, &mut #flat_gradient);
            (__chainrule_value, #flat_gradient)
        });
        let second = quote!({
            let __chainrule_flat: &[#float] = #flat;
            let __chainrule_count = __chainrule_flat.len();
            let mut #flat_gradient = __chainrule_flat.to_vec();
            let mut __chainrule_hessian: #vec<#float> = #runtime::zeros(__chainrule_count * __chainrule_count);
            let __chainrule_value =
                #runtime::#hessian_into(#second, __chainrule_flat, &mut #flat_gradient, &mut __chainrule_hessian);
            let __chainrule_rows: #hessian_type = #runtime::rows(&__chainrule_hessian, __chainrule_count);
            (__chainrule_value, #flat_gradient, __chainrule_rows)
        });
        let mut functions = self.orders(&first, &second);
        functions.extend(self.along_slices(&vec, plan));
        functions.extend(self.writing_to_slices(plan));
        functions
    }

    /// The driver of Hessians, and the function as it takes it.
    fn second_into(&self, plan: Plan) -> (Ident, TokenStream) {
        let names = &self.names;
        match (plan.reverse(), plan.hessian) {
            (Some(_), Some(Ok(hessian))) => (
                format_ident!("compiled_hessian_into"),
                self.hessian_into_closure(hessian, names),
            ),
            (Some(adjoint), _) => (
                format_ident!("adjoint_hessian_into"),
                self.adjoint_into_closure(adjoint, names, true),
            ),
            (None, _) => (format_ident!("hessian_into"), self.closure(names, true)),
        }
    }

    /// `jvp` and `hvp`, which take the point and the direction in the shape of the gradient.
    fn along_slices(&self, vec: &TokenStream, plan: Plan) -> TokenStream {
        let adjoint = plan.reverse();
        let (runtime, float, layout) = (&self.runtime, self.float, &self.layout);
        let Directed {
            parameters,
            unpack,
            xs,
            vs,
        } = self.directed(&layout.bundle_type(true));
        let lengths = layout.check_lengths(&xs, &vs);
        let unpack = quote!(#unpack #lengths);
        let (flat_x, flat_v) = (layout.flat(&xs, true), layout.flat(&vs, true));
        let once = self.closure(&xs, false);
        let by_duals = quote!(#runtime::jvp_slice(#once, #flat_x, #flat_v));
        let both = match plan.along {
            Some(along) => self.directional(along, &xs, &vs, &by_duals),
            None => by_duals,
        };
        let repeated = match adjoint {
            Some(adjoint) => self.adjoint_into_closure(adjoint, &xs, true),
            None => self.closure(&xs, true),
        };
        let hvp_into = driver(adjoint, "hvp_into");
        let flat_product = format_ident!("__chainrule_product");
        let product = layout.bundle(&flat_product, &xs);
        let mut functions = self.function(
            &Head {
                name: "jvp",
                doc: "The value and the derivative at a point in a direction.",
            },
            &parameters,
            &quote!((#float, #float)),
            &quote!(#unpack #both),
        );
        functions.extend(self.function(
            &Head {
                name: "hvp",
                doc: "The Hessian at a point times a direction.",
            },
            &parameters,
            &layout.bundle_type(false),
            &quote! {
                #unpack
                let __chainrule_flat: &[#float] = #flat_x;
                let mut #flat_product: #vec<#float> = __chainrule_flat.to_vec();
                #runtime::#hvp_into(#repeated, __chainrule_flat, #flat_v, &mut #flat_product);
                #product
            },
        ));
        functions
    }

    /// The forms that write to the caller's memory, each with a twin that takes the caller's scratch as well.
    fn writing_to_slices(&self, plan: Plan) -> TokenStream {
        let adjoint = plan.reverse();
        let (float, names) = (self.float, &self.names);
        let flat = self.layout.flat(names, false);
        let once = self.closure(names, false);
        let repeated = match adjoint {
            Some(adjoint) => self.adjoint_into_closure(adjoint, names, true),
            None => self.closure(names, true),
        };
        let [gradient, hessian, direction, product, slope] =
            ["gradient", "hessian", "direction", "product", "slope"]
                .map(|name| self.free_name(name));
        let (along, in_direction) = match plan.along {
            Some(along) => ("along_slice", self.along_closure(along, &direction)),
            None => ("jvp_slice", quote!(#once, #flat, #direction)),
        };
        let (hessian_into, second) = self.second_into(plan);
        let with_own = |parameters: &[TokenStream]| [&self.own(), parameters].concat();
        let value = float.to_token_stream();
        let rows = [
            WritingForm {
                name: "gradient_into",
                driver: driver(adjoint, "gradient_into"),
                doc: "Writes the gradient over the inputs in their order; returns the value.",
                parameters: with_own(&[quote!(#gradient: &mut [#float])]),
                arguments: quote!(#repeated, #flat, #gradient),
                result: value.clone(),
                after: TokenStream::new(),
            },
            WritingForm {
                name: "hessian_into",
                driver: hessian_into,
                doc: "Writes the gradient and the Hessian, flat and row by row; returns the value.",
                parameters: with_own(&[
                    quote!(#gradient: &mut [#float]),
                    quote!(#hessian: &mut [#float]),
                ]),
                arguments: quote!(#second, #flat, #gradient, #hessian),
                result: value.clone(),
                after: TokenStream::new(),
            },
            WritingForm {
                name: "jvp_into",
                driver: format_ident!("{along}"),
                doc: "Writes the derivative in a direction over the inputs in their order; returns the value.",
                parameters: with_own(&[quote!(#direction: &[#float]), quote!(#slope: &mut #float)]),
                arguments: in_direction,
                result: value,
                after: quote!(*#slope = __chainrule_result.1; let __chainrule_result = __chainrule_result.0;),
            },
            WritingForm {
                name: "hvp_into",
                driver: driver(adjoint, "hvp_into"),
                doc: "Writes the Hessian times a direction over the inputs in their order.",
                parameters: with_own(&[
                    quote!(#direction: &[#float]),
                    quote!(#product: &mut [#float]),
                ]),
                arguments: quote!(#repeated, #flat, #direction, #product),
                result: quote!(()),
                after: TokenStream::new(),
            },
        ];
        self.writing_forms(rows)
    }

    fn writing_forms(&self, rows: impl IntoIterator<Item = WritingForm>) -> TokenStream {
        let (runtime, float) = (&self.runtime, self.float);
        let workspace = self.free_name("workspace");
        let mut functions = TokenStream::new();
        for WritingForm {
            name,
            driver,
            doc,
            parameters,
            arguments,
            result,
            after,
        } in rows
        {
            let driver_of = |suffix: &str| format_ident!("{driver}{suffix}");
            let plain = driver_of("");
            functions.extend(self.function(
                &Head { name, doc },
                &parameters,
                &result,
                &quote!(let __chainrule_result = #runtime::#plain(#arguments); #after __chainrule_result),
            ));
            let with = driver_of("_with");
            let scratch = quote!(#workspace: &mut #runtime::Workspace<#float>);
            functions.extend(self.function(
                &Head { name: &format!("{name}_with"), doc: &format!("{doc} With the caller's scratch.") },
                &parameters.into_iter().chain([scratch]).collect::<Vec<_>>(),
                &result,
                &quote!(let __chainrule_result = #runtime::#with(#arguments, #workspace); #after __chainrule_result),
            ));
        }
        functions
    }

    /// The forms of a function that writes its outputs to one slice and gives nothing else.
    pub fn writing_outputs(&self) -> TokenStream {
        let (float, names, layout) = (self.float, &self.names, &self.layout);
        let Some(out) = layout.written_slice() else {
            return TokenStream::new();
        };
        let (point, call) = (&self.point, layout.lift_call(&self.point, names, true));
        let closure = quote!(|#point, #out| #call);
        let flat = layout.flat(names, false);
        let [jacobian, direction, slopes] =
            ["jacobian", "direction", "slopes"].map(|name| self.free_name(name));
        let is_other = |parameter: &&Parameter| parameter.name != *out;
        let others = self.function.parameters.iter().filter(is_other);
        self.writing_forms([
            WritingForm {
                name: "jacobian_into",
                driver: format_ident!("written_jacobian"),
                doc: "Writes the outputs, and the Jacobian flat and row by row.",
                parameters: [self.own(), vec![quote!(#jacobian: &mut [#float])]].concat(),
                arguments: quote!(#closure, #flat, #out, #jacobian),
                result: quote!(()),
                after: TokenStream::new(),
            },
            WritingForm {
                name: "jvp_into",
                driver: format_ident!("written_jvp"),
                doc: "Writes the derivatives of the outputs in a direction over the inputs in their order.",
                parameters: others
                    .map(declared)
                    .chain([quote!(#direction: &[#float]), quote!(#slopes: &mut [#float])])
                    .collect(),
                arguments: quote!(#closure, #flat, #direction, #slopes),
                result: quote!(()),
                after: TokenStream::new(),
            },
        ])
    }
}

/// The driver of this name, over the compiled adjoint or over dual numbers.
fn driver(adjoint: Option<&Adjoint>, name: &str) -> Ident {
    match adjoint {
        Some(_) => format_ident!("adjoint_{name}"),
        None => format_ident!("{name}"),
    }
}
