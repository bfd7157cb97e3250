//! What is generated where a slice is among the inputs.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::heads::{HVP, JVP};
use super::plan::Plan;
use super::{Directed, Expansion, Head, declared};
use crate::adjoint::Adjoint;
use crate::function::Parameter;

/// A function that writes to the caller's memory.
struct WritingForm<'a> {
    name: &'static str,
    /// It takes scratch after `arguments`.
    driver: Ident,
    doc: &'static str,
    own: Vec<&'a Parameter>,
    /// What follows the function's own parameters.
    memory: Vec<(&'a Ident, TokenStream)>,
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
        let (vec, scratch) = (quote!(#runtime::Vec), self.scratch());
        let first = quote!({
            let __chainrule_flat: &[#float] = #flat;
            let mut #flat_gradient = __chainrule_flat.to_vec();
            let __chainrule_value = #runtime::#gradient_into(#closure, __chainrule_flat, &mut #flat_gradient, #scratch);
            (__chainrule_value, #flat_gradient)
        });
        let second = quote!({
            let __chainrule_flat: &[#float] = #flat;
            let __chainrule_count = __chainrule_flat.len();
            let mut #flat_gradient = __chainrule_flat.to_vec();
            let mut __chainrule_hessian: #vec<#float> = #runtime::zeros(__chainrule_count * __chainrule_count);
            let __chainrule_value =
                #runtime::#hessian_into(#second, __chainrule_flat, &mut #flat_gradient, &mut __chainrule_hessian, #scratch);
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
                format_ident!("compiled_hessian_into_with"),
                self.hessian_into_closure(hessian, names),
            ),
            (Some(adjoint), _) => (
                format_ident!("adjoint_hessian_into_with"),
                self.adjoint_into_closure(adjoint, names, true),
            ),
            (None, _) => (
                format_ident!("hessian_into_with"),
                self.closure(names, true),
            ),
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
        let (hvp_into, scratch) = (driver(adjoint, "hvp_into"), self.scratch());
        let flat_product = format_ident!("__chainrule_product");
        let product = layout.bundle(&flat_product, &xs);
        let mut functions = self.function(
            &JVP,
            &parameters,
            &quote!((#float, #float)),
            &quote!(#unpack #both),
        );
        functions.extend(self.function(
            &HVP,
            &parameters,
            &layout.bundle_type(false),
            &quote! {
                #unpack
                let __chainrule_flat: &[#float] = #flat_x;
                let mut #flat_product: #vec<#float> = __chainrule_flat.to_vec();
                #runtime::#hvp_into(#repeated, __chainrule_flat, #flat_v, &mut #flat_product, #scratch);
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
            Some(along) => ("along_slice_with", self.along_closure(along, &direction)),
            None => ("jvp_slice_with", quote!(#once, #flat, #direction)),
        };
        let (hessian_into, second) = self.second_into(plan);
        let own = || self.function.parameters.iter().collect();
        let (read, written) = (quote!(&[#float]), quote!(&mut [#float]));
        let value = float.to_token_stream();
        let rows = [
            WritingForm {
                name: "gradient_into",
                driver: driver(adjoint, "gradient_into"),
                doc: "Writes the gradient over the inputs in their order; returns the value.",
                own: own(),
                memory: vec![(&gradient, written.clone())],
                arguments: quote!(#repeated, #flat, #gradient),
                result: value.clone(),
                after: TokenStream::new(),
            },
            WritingForm {
                name: "hessian_into",
                driver: hessian_into,
                doc: "Writes the gradient and the Hessian, flat and row by row; returns the value.",
                own: own(),
                memory: vec![(&gradient, written.clone()), (&hessian, written.clone())],
                arguments: quote!(#second, #flat, #gradient, #hessian),
                result: value.clone(),
                after: TokenStream::new(),
            },
            WritingForm {
                name: "jvp_into",
                driver: format_ident!("{along}"),
                doc: "Writes the derivative in a direction over the inputs in their order; returns the value.",
                own: own(),
                memory: vec![(&direction, read.clone()), (&slope, quote!(&mut #float))],
                arguments: in_direction,
                result: value,
                after: quote!(*#slope = __chainrule_result.1; let __chainrule_result = __chainrule_result.0;),
            },
            WritingForm {
                name: "hvp_into",
                driver: driver(adjoint, "hvp_into"),
                doc: "Writes the Hessian times a direction over the inputs in their order.",
                own: own(),
                memory: vec![(&direction, read), (&product, written)],
                arguments: quote!(#repeated, #flat, #direction, #product),
                result: quote!(()),
                after: TokenStream::new(),
            },
        ];
        self.writing_forms(rows)
    }

    /// Scratch of its own for the one call.
    fn scratch(&self) -> TokenStream {
        let runtime = &self.runtime;
        quote!(&mut #runtime::Workspace::new())
    }

    fn writing_forms<'f>(&self, rows: impl IntoIterator<Item = WritingForm<'f>>) -> TokenStream {
        let (runtime, float, own_scratch) = (&self.runtime, self.float, self.scratch());
        let workspace = self.free_name("workspace");
        let mut functions = TokenStream::new();
        for WritingForm {
            name,
            driver,
            doc,
            own,
            memory,
            arguments,
            result,
            after,
        } in rows
        {
            let name_with = format!("{name}_with");
            let with = self.function.generated_name(&name_with);
            let names = own.iter().map(|parameter| &parameter.name);
            let names = names.chain(memory.iter().map(|(name, _)| *name));
            let call = quote!(Self::#with(#(#names,)* #own_scratch));
            let memory = memory.iter().map(|(name, ty)| quote!(#name: #ty));
            let mut parameters: Vec<_> = own.iter().copied().map(declared).chain(memory).collect();
            functions.extend(self.function(&Head { name, doc }, &parameters, &result, &call));
            parameters.push(quote!(#workspace: &mut #runtime::Workspace<#float>));
            functions.extend(self.function(
                &Head {
                    name: &name_with,
                    doc: &format!("{doc} With the caller's scratch."),
                },
                &parameters,
                &result,
                &quote!(let __chainrule_result = #runtime::#driver(#arguments, #workspace); #after __chainrule_result),
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
        let written = quote!(&mut [#float]);
        self.writing_forms([
            WritingForm {
                name: "jacobian_into",
                driver: format_ident!("written_jacobian_with"),
                doc: "Writes the outputs, and the Jacobian flat and row by row.",
                own: self.function.parameters.iter().collect(),
                memory: vec![(&jacobian, written.clone())],
                arguments: quote!(#closure, #flat, #out, #jacobian),
                result: quote!(()),
                after: TokenStream::new(),
            },
            WritingForm {
                name: "jvp_into",
                driver: format_ident!("written_jvp_with"),
                doc: "Writes the derivatives of the outputs in a direction over the inputs in their order.",
                own: others.collect(),
                memory: vec![(&direction, quote!(&[#float])), (&slopes, written)],
                arguments: quote!(#closure, #flat, #direction, #slopes),
                result: quote!(()),
                after: TokenStream::new(),
            },
        ])
    }
}

/// The driver of this name that takes scratch, over the compiled adjoint or over dual numbers.
fn driver(adjoint: Option<&Adjoint>, name: &str) -> Ident {
    match adjoint {
        Some(_) => format_ident!("adjoint_{name}_with"),
        None => format_ident!("{name}_with"),
    }
}
