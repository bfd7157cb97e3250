//! Derivatives by the compiled forward sweep.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::shapes::Run;
use super::{Directed, Expansion, Head};
use crate::adjoint::Tangents;
use crate::adjoint::outputs::Outputs;
use crate::adjoint::parameters::input_dot;
use crate::function::{Form, nested};
use crate::lifted::lifted_type;
use crate::names::{internal, number_type};

impl Expansion<'_> {
    /// The function `forward`: as `lift`, with a tangent for each input; it gives the value and its derivative along those.
    pub fn along_function(&self, along: &Tangents) -> TokenStream {
        let number = number_type();
        let mut parameters = self.given_parameters();
        for (parameter, input) in self.layout.pieces() {
            let dot = input_dot(&parameter.name);
            let ty = match &input.form {
                Form::Slice => quote!(&[#number]),
                Form::Array(lengths) => {
                    let array = nested(lengths, &number);
                    quote!(&#array)
                }
                _ => quote!(#number),
            };
            parameters.push(quote!(#dot: #ty));
        }
        // The compiler learns that what is in range of the one is in range of the other.
        let lengths = self.layout.pieces().filter_map(|(parameter, input)| {
            let (name, dot) = (&parameter.name, input_dot(&parameter.name));
            matches!(input.form, Form::Slice).then(|| quote!(let #dot = &#dot[..#name.len()];))
        });
        let (ty, body) = (self.flat_type(&number), &along.body);
        let result = quote!(-> (#ty, #ty));
        self.hidden("forward", &parameters, &result, &quote!(#(#lengths)* #body))
    }

    /// The function `forward_rows`: the value and its derivative by each input.
    pub fn forward_function(&self, forward: &Tangents) -> TokenStream {
        let (number, lanes) = (number_type(), forward.lanes);
        let (ty, slopes) = (
            self.flat_type(&number),
            self.flat_type(&quote!([#number; #lanes])),
        );
        let result = quote!(-> (#ty, #slopes));
        self.hidden(
            "forward_rows",
            &self.given_parameters(),
            &result,
            &forward.body,
        )
    }

    /// One for each output, in an array if there are several.
    fn flat_type(&self, one: &impl ToTokens) -> TokenStream {
        match Outputs::of(self.function).filter(|_| !self.function.outcome.is_single) {
            Some(outputs) => {
                let count = outputs.count();
                quote!([#one; #count])
            }
            None => one.to_token_stream(),
        }
    }

    fn hidden(
        &self,
        name: &str,
        parameters: &[TokenStream],
        result: &TokenStream,
        body: &TokenStream,
    ) -> TokenStream {
        let (name, used) = (self.function.generated_name(name), self.function.used());
        let head = self.head_of(&name, parameters, true, result);
        quote!(#[doc(hidden)] #head { #used #body })
    }

    /// The parameters over numbers, without those that are outputs alone.
    pub fn given_parameters(&self) -> Vec<TokenStream> {
        let parameters = self.given().map(|parameter| {
            let pattern = &parameter.pattern;
            let ty = match parameter.is_receiver() {
                true => parameter.ty.to_token_stream(),
                false => lifted_type(self.function, &parameter.ty, &parameter.kind()),
            };
            quote!(#pattern: #ty)
        });
        parameters.collect()
    }

    /// The value, or the values in an array, and their derivatives along a direction; both of the shape of the inputs, by
    /// value.
    pub fn directional(
        &self,
        along: &Tangents,
        xs: &[Ident],
        vs: &[Ident],
        careful: &TokenStream,
    ) -> TokenStream {
        let dots = self.layout.pieces().zip(vs).map(|((_, input), v)| {
            let reference = matches!(input.form, Form::Array(_)).then(|| quote!(&));
            quote!(#reference #v)
        });
        let mut names = xs.iter();
        let arguments = self.given().map(|parameter| match &parameter.input {
            Some(input) => {
                let name = names.next().unwrap_or(&parameter.name);
                let is_borrowed = input.is_reference && !matches!(input.form, Form::Slice);
                let reference = is_borrowed.then(|| quote!(&));
                quote!(#reference #name)
            }
            None => parameter.name.to_token_stream(),
        });
        let path = self.function.generated_name("forward");
        let found = quote!(Self::#path(#(#arguments,)* #(#dots),*));
        self.checked(along, &found, careful)
    }

    /// What the driver along slices takes: the function along a flat direction, the same by dual numbers, and that
    /// direction with the length that it must have.
    pub fn along_closure(&self, along: &Tangents, direction: &Ident) -> TokenStream {
        let (runtime, layout, names) = (&self.runtime, &self.layout, &self.names);
        let [dots, rest, workspace] = ["dots", "rest", "workspace"].map(internal);
        let (mut parts, mut vs) = (TokenStream::new(), Vec::new());
        for ((parameter, input), size) in layout.pieces().zip(layout.sizes(names)) {
            let dot = input_dot(&parameter.name);
            parts.extend(quote!(let (#dot, #rest) = #rest.split_at(#size);));
            vs.push(match &input.form {
                Form::Array(_) => quote!(#runtime::array_at(#dot)),
                Form::Slice => dot.to_token_stream(),
                _ => quote!(#dot[0]),
            });
        }
        let arguments = self.given().map(|parameter| &parameter.name);
        let path = self.function.generated_name("forward");
        let (closure, flat) = (self.closure(names, false), layout.flat(names, false));
        let (count, is_singular) = (layout.count(names), along.is_singular);
        quote! {
            |#dots: &[_]| {
                let #rest = #dots;
                #parts
                Self::#path(#(#arguments,)* #(#vs),*)
            },
            #is_singular,
            |#workspace: &mut _| #runtime::jvp_slice_with(#closure, #flat, #direction, #workspace),
            #count,
            #direction
        }
    }

    /// The value and its derivative by the one input, which is a float.
    pub fn directional_by_one(&self, along: &Tangents, careful: &TokenStream) -> TokenStream {
        let runtime = &self.runtime;
        let arguments = self.given().map(|parameter| &parameter.name);
        let path = self.function.generated_name("forward");
        let found = quote!(Self::#path(#(#arguments,)* #runtime::one()));
        self.checked(along, &found, careful)
    }

    /// The value and the gradient.
    pub fn gradient_by_inputs(&self, forward: &Tangents, careful: &TokenStream) -> TokenStream {
        let arguments = self.given().map(|parameter| &parameter.name);
        let path = self.function.generated_name("forward_rows");
        self.checked(forward, &quote!(Self::#path(#(#arguments),*)), careful)
    }

    fn checked(
        &self,
        tangents: &Tangents,
        found: &TokenStream,
        careful: &TokenStream,
    ) -> TokenStream {
        let runtime = &self.runtime;
        match tangents.is_singular {
            true => quote!(#runtime::settled(#found, || #careful)),
            false => found.clone(),
        }
    }

    /// `jvp` of several outputs.
    pub fn along_of_several(
        &self,
        along: &Tangents,
        head: &Head,
        driver: &TokenStream,
    ) -> TokenStream {
        let layout = &self.layout;
        let [value, slopes, flat, flat_direction] =
            ["value", "slopes", "flat", "direction"].map(internal);
        let Directed {
            parameters,
            unpack,
            xs,
            vs,
        } = self.directed(&layout.shaped_type(true));
        let collected = [
            layout.collected(&flat, &xs, true),
            layout.collected(&flat_direction, &vs, true),
        ];
        let closure = layout.shaped_closure(&xs, true);
        let run = self.run(&Run {
            driver: driver.clone(),
            arguments: quote!(#closure, &#flat[..], &#flat_direction[..]),
            pattern: quote!((#value, #slopes)),
            result: self.both_flat(&value, &slopes),
        });
        let both = self.directional(along, &xs, &vs, &quote!({ #(#collected)* #run }));
        let both = self.both_shaped(&both);
        let (all, write_back) = (layout.output_type(), layout.write_back(&value, true));
        self.function(
            head,
            &parameters,
            &quote!((#all, #all)),
            &quote! {
                #unpack
                let (#value, #slopes) = #both;
                #write_back
                (#value, #slopes)
            },
        )
    }

    /// Outputs and slopes, each in an array.
    pub fn both_flat(&self, value: &Ident, slopes: &Ident) -> TokenStream {
        let Some(outputs) = Outputs::of(self.function) else {
            return TokenStream::new();
        };
        let [values, slopes] = [value, slopes].map(|all| outputs.paths(&all.to_token_stream()));
        quote!(([#(#values),*], [#(#slopes),*]))
    }

    /// The pair of outputs and slopes in the shape of the outputs.
    pub fn both_shaped(&self, pair: &TokenStream) -> TokenStream {
        let [value, slopes] = ["values", "slopes"].map(internal);
        let (outputs, derivatives) = (self.shaped(&value), self.shaped(&slopes));
        quote!({ let (#value, #slopes) = #pair; (#outputs, #derivatives) })
    }
}
