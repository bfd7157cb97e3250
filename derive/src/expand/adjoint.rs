//! Value and gradient by the compiled adjoint, and second derivatives by it over dual numbers.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::Type;

use super::Expansion;
use super::plan::Plan;
use crate::adjoint::Adjoint;
use crate::adjoint::parameters::{self, input_bar};
use crate::function::{Form, nested};
use crate::names::{internal, number_type};

impl Expansion<'_> {
    /// The function `adjoint`: as `lift`, with places for the adjoints of the inputs.
    pub fn adjoint_function(&self, adjoint: &Adjoint) -> TokenStream {
        let number = number_type();
        let mut parameters = self.given_parameters();
        parameters.extend(self.bars(&number.to_token_stream()));
        if adjoint.needs_tape {
            let (runtime, tape) = (&self.runtime, parameters::tape());
            parameters.push(quote!(#tape: &mut #runtime::Tape<#number>));
        }
        if !adjoint.summed.is_empty() {
            let total = parameters::total();
            parameters.push(quote!(#total: &mut #number));
        }
        let name = self.function.generated_name("adjoint");
        let (body, used) = (&adjoint.body, self.function.used());
        let head = self.head(&name, &parameters, true);
        quote!(#[doc(hidden)] #head { #used #body })
    }

    /// Parameters for the adjoints of the inputs.
    pub fn bars(&self, number: &TokenStream) -> Vec<TokenStream> {
        let bars = self.layout.pieces().map(|(parameter, input)| {
            let bar = input_bar(&parameter.name);
            let ty = match &input.form {
                Form::Slice => quote!([#number]),
                Form::Array(lengths) => nested(lengths, number),
                _ => number.clone(),
            };
            quote!(#bar: &mut #ty)
        });
        bars.collect()
    }

    /// The function as one that others can call by its compiled gradient, if it is of floats alone.
    pub fn compiled(&self, adjoint: &Adjoint, plan: Plan) -> TokenStream {
        let are_scalars = self.layout.are_scalars()
            && self.layout.pieces().count() == self.function.parameters.len();
        let signature = &self.function.item.sig;
        let by_value = self.function.inputs().all(|(_, input)| !input.is_reference);
        if !are_scalars
            || !by_value
            || !self.function.is_beside()
            || !signature.generics.params.is_empty()
        {
            return TokenStream::new();
        }
        let (runtime, float, number) = (&self.runtime, self.float, number_type());
        let (name, names, count) = (self.function.name(), &self.names, self.names.len());
        let bars: Vec<_> = names.iter().map(input_bar).collect();
        let (value, path) = (internal("value"), self.function.generated_name("adjoint"));
        let tape = adjoint
            .needs_tape
            .then(|| quote!(, &mut #runtime::Tape::new()));
        let conditions = self.function.inherited_attributes();
        // Two copies of one side by side are woven into one by the compiler: of a large one they are slower than two calls.
        let inlining = match adjoint.size > LARGEST_INLINED {
            true => quote!(#[inline(never)]),
            false => quote!(#[inline]),
        };
        let bends = self.bends(plan);
        quote! {
            #(#conditions)*
            #[allow(warnings, unused, clippy::all, clippy::pedantic, clippy::nursery)]
            #[doc(hidden)]
            impl #runtime::Compiled<#float, #count> for #name {
                #inlining
                fn value_and_slopes<#number: #runtime::Scalar<Primal = #float>>(
                    [#(#names),*]: [#number; #count],
                ) -> (#number, [#number; #count]) {
                    #(let mut #bars = #runtime::zero();)*
                    let #value = Self::#path(#(#names,)* #(&mut #bars),* #tape);
                    (#value, [#(#bars),*])
                }
                #bends
            }
        }
    }

    /// The adjoint over a flat run of numbers: the closure that fixed sizes are computed by.
    pub fn adjoint_closure(
        &self,
        adjoint: &Adjoint,
        names: &[Ident],
        is_repeated: bool,
    ) -> TokenStream {
        let (runtime, point) = (&self.runtime, &self.point);
        let arguments = self.layout.arguments(point, names, is_repeated);
        let path = self.function.adjoint_path();
        let bars: Vec<_> = names.iter().map(input_bar).collect();
        // Of a type that is known: many of one that is found out later take the compiler long.
        let zero = internal("zero").into_token_stream();
        let starts = self.zeros(&zero);
        let tape = adjoint
            .needs_tape
            .then(|| quote!(, &mut #runtime::Tape::new()));
        let flat = self.layout.flat_with(&bars, true, &zero);
        let value = internal("value");
        quote! {
            |#point| {
                let #zero = #runtime::zero_of(&#point);
                #(let mut #bars = #starts;)*
                let #value = #path(#(#arguments,)* #(&mut #bars),* #tape);
                (#value, #flat)
            }
        }
    }

    /// The adjoints of all inputs before there are any.
    pub fn zeros(&self, zero: &TokenStream) -> Vec<TokenStream> {
        let zeros = self.layout.pieces().map(|(_, input)| match &input.form {
            Form::Array(lengths) => nested(lengths, zero),
            _ => zero.clone(),
        });
        zeros.collect()
    }

    /// The adjoint over slices, which writes the gradient, of a point and with a tape; beside the value it gives a sum that is finite
    /// only if all it found is. And the function over dual numbers, which is asked otherwise.
    pub fn adjoint_into_closure(
        &self,
        adjoint: &Adjoint,
        names: &[Ident],
        is_repeated: bool,
    ) -> TokenStream {
        let point = &self.point;
        let arguments = self.layout.arguments(point, names, is_repeated);
        let path = self.function.adjoint_path();
        let (gradient, rest, tape, value) = (
            internal("slopes"),
            internal("rest"),
            parameters::tape(),
            internal("value"),
        );
        let (parts, places) = self.slopes_apart(&rest, names);
        let bars: Vec<_> = names.iter().map(input_bar).collect();
        let runtime = &self.runtime;
        let total = parameters::total();
        let pieces = self.layout.pieces().zip(&bars);
        let looked_at =
            pieces.filter(|((parameter, _), _)| !adjoint.summed.contains(&parameter.name));
        let looked_at = looked_at.map(|(_, bar)| quote!(+ #runtime::total(#bar)));
        let last = adjoint.needs_tape.then(|| quote!(, #tape));
        let (start, summed) = match adjoint.summed.is_empty() {
            true => (None, None),
            false => (
                Some(quote!(let mut #total = #runtime::zero();)),
                Some(quote!(, &mut #total)),
            ),
        };
        let summed_up = summed
            .is_some()
            .then(|| quote!(+ #runtime::Scalar::total(&#total)));
        let sum = match adjoint.is_singular {
            true => quote!(#runtime::Scalar::total(&#value) #summed_up #(#looked_at)*),
            false => quote!(#runtime::zero()),
        };
        let careful = self.closure(names, is_repeated);
        quote! {
            |#point, #gradient: &mut [_], #tape| {
                let #rest = #gradient;
                #parts
                #start
                let #value = #path(#(#arguments,)* #(#places),* #last #summed);
                (#value, #sum)
            }, #careful
        }
    }

    /// A flat run of slopes taken apart, and the place for those of each input.
    pub fn slopes_apart(&self, rest: &Ident, names: &[Ident]) -> (TokenStream, Vec<TokenStream>) {
        let runtime = &self.runtime;
        let sizes = self.layout.sizes(names);
        let (mut parts, mut places) = (TokenStream::new(), Vec::new());
        for (((_, input), name), size) in self.layout.pieces().zip(names).zip(&sizes) {
            let bar = input_bar(name);
            parts.extend(quote!(let (#bar, #rest) = #rest.split_at_mut(#size);));
            // Slices are filled where they have to be.
            if !matches!(input.form, Form::Slice) {
                parts.extend(quote!(#bar.fill(#runtime::zero());));
            }
            places.push(match &input.form {
                Form::Array(_) => quote!(#runtime::array_of(#bar)),
                Form::Slice => quote!(&mut *#bar),
                _ => quote!(&mut #bar[0]),
            });
        }
        (parts, places)
    }

    /// What is compiled, if there is an allocator for its tape: the runtime crate knows.
    pub fn with_tape(
        &self,
        adjoint: &Adjoint,
        compiled: TokenStream,
        otherwise: impl FnOnce() -> TokenStream,
    ) -> TokenStream {
        if !adjoint.needs_tape || self.layout.has_slice() || compiled.is_empty() {
            return compiled;
        }
        let (runtime, otherwise) = (&self.runtime, otherwise());
        quote!(#runtime::with_alloc! { { #compiled } { #otherwise } })
    }

    /// Whether the compiled adjoint fits the inputs; else they go through dual numbers.
    pub fn fits_adjoint(&self) -> bool {
        let has_slice = self.layout.has_slice();
        let mut has_nested = false;
        for (_, input) in self.layout.pieces() {
            has_nested |= matches!(&input.form, Form::Array(lengths) if lengths.len() > 1);
        }
        self.can_repeat() && !(has_slice && has_nested)
    }

    /// Whether the constants can go into several runs without being cloned.
    pub fn can_repeat(&self) -> bool {
        self.function.parameters.iter().all(|parameter| {
            parameter.input.is_some() || parameter.is_output || is_plainly_copy(&parameter.ty)
        })
    }
}

/// Values of a function that is inlined where it is called.
const LARGEST_INLINED: usize = 64;

/// Whether a constant of the type can go into several runs without being cloned.
fn is_plainly_copy(ty: &Type) -> bool {
    match ty {
        Type::Reference(reference) => reference.mutability.is_none(),
        Type::Paren(inner) => is_plainly_copy(&inner.elem),
        Type::Group(inner) => is_plainly_copy(&inner.elem),
        Type::Array(array) => is_plainly_copy(&array.elem),
        Type::Tuple(tuple) => tuple.elems.iter().all(is_plainly_copy),
        Type::Path(path) => {
            const PRIMITIVES: &[&str] = &[
                "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8",
                "u16", "u32", "u64", "u128", "usize",
            ];
            PRIMITIVES.iter().any(|name| path.path.is_ident(name))
        }
        _ => false,
    }
}

impl Adjoint {
    /// The result, or that of dual numbers where it may be and is not finite.
    pub fn settled(
        &self,
        runtime: &TokenStream,
        result: &TokenStream,
        careful: &TokenStream,
    ) -> TokenStream {
        match self.is_singular {
            true => quote!(#runtime::settled(#result, || #careful)),
            false => result.clone(),
        }
    }
}
