//! What is generated for one float by floats and arrays: by the compiled sweeps that there are, else by dual numbers.

use proc_macro2::TokenStream;
use quote::quote;

use super::heads::{GRADIENT, HESSIAN, HVP, JVP, VALUE_AND_GRADIENT, VALUE_GRADIENT_HESSIAN};
use super::plan::Plan;
use super::{Directed, Expansion};
use crate::names::internal;

impl Expansion<'_> {
    pub fn over_arrays(&self, plan: Plan) -> TokenStream {
        let first = self.first_order(plan);
        let second = self.second_order(plan);
        [self.orders(&first, &second), self.jvp(plan), self.hvp(plan)]
            .into_iter()
            .collect()
    }

    /// The gradient and the Hessian, each alone and with what is found on the way. `first` gives the value and the flat
    /// gradient, `second` the Hessian as well.
    pub fn orders(&self, first: &TokenStream, second: &TokenStream) -> TokenStream {
        let (float, layout) = (self.float, &self.layout);
        let [value, gradient, hessian] = ["value", "gradient", "hessian"].map(internal);
        let (shape, rows) = (layout.bundle_type(false), layout.hessian_type());
        let bundle = layout.bundle(&gradient, &self.names);
        let corner = self.is_curve().then(|| quote!([0][0]));
        // The compiler reads each run once: what leaves something out is a call of what gives all.
        let [all_first, all_second] =
            ["value_and_gradient", "value_gradient_hessian"].map(|name| self.call_of(name));
        let functions = [
            (GRADIENT, shape.clone(), quote!(#all_first.1)),
            (
                VALUE_AND_GRADIENT,
                quote!((#float, #shape)),
                quote!(let (#value, #gradient) = #first; (#value, #bundle)),
            ),
            (HESSIAN, rows.clone(), quote!(#all_second.2)),
            (
                VALUE_GRADIENT_HESSIAN,
                quote!((#float, #shape, #rows)),
                quote!(let (#value, #gradient, #hessian) = #second; (#value, #bundle, #hessian #corner)),
            ),
        ];
        let functions = functions
            .iter()
            .map(|(head, result, body)| self.function(head, &self.own(), result, body));
        functions.collect()
    }

    /// A call of another of the generated functions by the function's own arguments.
    pub fn call_of(&self, name: &str) -> TokenStream {
        let name = self.function.generated_name(name);
        let parameters = self.function.parameters.iter();
        let arguments = parameters.map(|parameter| &parameter.name);
        quote!(Self::#name(#(#arguments),*))
    }

    /// The value and the flat gradient.
    fn first_order(&self, plan: Plan) -> TokenStream {
        let (runtime, names) = (&self.runtime, &self.names);
        let (point, flat) = (internal("flat"), self.layout.flat(names, false));
        if let Some(adjoint) = plan.reverse() {
            let (compiled, lifted) = (
                self.adjoint_closure(adjoint, names, true),
                self.closure(names, true),
            );
            let settled = adjoint.settled(
                runtime,
                &quote!(#runtime::apply(#compiled, #point)),
                &quote!(#runtime::value_and_gradient(#lifted, #point)),
            );
            return quote!({ let #point = #flat; #settled });
        }
        let lifted = self.closure(names, false);
        let by_duals = quote!(#runtime::value_and_gradient(#lifted, #flat));
        match (plan.forward, plan.along) {
            (Some(forward), _) => self.gradient_by_inputs(forward, &by_duals),
            (None, Some(_)) if self.is_curve() => {
                let (both, [value, slope]) = (
                    self.call_of("value_and_derivative"),
                    ["value", "slope"].map(internal),
                );
                quote!({ let (#value, #slope) = #both; (#value, [#slope]) })
            }
            _ => by_duals,
        }
    }

    /// The value, the flat gradient and the Hessian.
    pub fn second_order(&self, plan: Plan) -> TokenStream {
        let (runtime, names) = (&self.runtime, &self.names);
        let (point, flat) = (internal("flat"), self.layout.flat(names, false));
        let Some(adjoint) = self.second(plan) else {
            let lifted = self.closure(names, false);
            return quote!(#runtime::value_gradient_hessian(#lifted, #flat));
        };
        let lifted = self.closure(names, true);
        let careful = quote!(#runtime::value_gradient_hessian(#lifted, #point));
        let settled = match plan.hessian {
            Some(Ok(hessian)) => self.by_second_order(hessian, &point, &careful),
            _ => {
                let compiled = self.adjoint_closure(adjoint, names, true);
                let found = quote!(#runtime::adjoint_hessian(#compiled, #point));
                adjoint.settled(runtime, &found, &careful)
            }
        };
        quote!({ let #point = #flat; #settled })
    }

    /// The derivative in a direction.
    fn jvp(&self, plan: Plan) -> TokenStream {
        let (runtime, float, layout) = (&self.runtime, self.float, &self.layout);
        let Directed {
            parameters,
            unpack,
            xs,
            vs,
        } = self.directed(&layout.bundle_type(true));
        let (x, v) = (layout.flat(&xs, true), layout.flat(&vs, true));
        let lifted = self.closure(&xs, false);
        let by_duals = quote!(#runtime::jvp(#lifted, #x, #v));
        let both = match plan.along {
            Some(along) => self.directional(along, &xs, &vs, &by_duals),
            None => by_duals,
        };
        self.function(
            &JVP,
            &parameters,
            &quote!((#float, #float)),
            &quote!(#unpack #both),
        )
    }

    /// The Hessian times a direction.
    fn hvp(&self, plan: Plan) -> TokenStream {
        let (runtime, layout) = (&self.runtime, &self.layout);
        let Directed {
            parameters,
            unpack,
            xs,
            vs,
        } = self.directed(&layout.bundle_type(true));
        let (x, v) = (layout.flat(&xs, true), layout.flat(&vs, true));
        let [point, direction, product] = ["flat", "along", "product"].map(internal);
        let lifted = self.closure(&xs, true);
        let by_duals = quote!(#runtime::hvp(#lifted, #point, #direction));
        let found = match plan.reverse() {
            Some(adjoint) => {
                let compiled = self.adjoint_closure(adjoint, &xs, true);
                quote!(#runtime::settled(#runtime::adjoint_hvp(#compiled, #point, #direction), || #by_duals))
            }
            None => by_duals,
        };
        let shaped = layout.bundle(&product, &xs);
        self.function(
            &HVP,
            &parameters,
            &layout.bundle_type(false),
            &quote! {
                #unpack
                let (#point, #direction) = (#x, #v);
                let #product = #found;
                #shaped
            },
        )
    }
}
