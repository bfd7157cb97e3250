//! The forms that solvers ask for: a flat point, and a place for the derivatives that may be absent.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::Type;

use super::{Expansion, Head, declared};
use crate::function::{Form, Parameter};
use crate::layout::Size;
use crate::names::internal;

/// The function's arguments, out of a flat point.
struct Flat {
    point: Ident,
    unpack: TokenStream,
    /// All arguments but for the outputs, and the constants among the parameters.
    arguments: Vec<TokenStream>,
    receiver: Vec<TokenStream>,
    constants: Vec<TokenStream>,
}

/// The names that carry a point of any length, so that a wrong one is the caller's.
pub const FORMS: [&str; 3] = ["objective", "objective_with_hessian", "residuals"];

impl Expansion<'_> {
    pub fn for_solvers(&self) -> TokenStream {
        let outcome = &self.function.outcome;
        let Some(flat) = outcome.is_plain().then(|| self.flat_point()).flatten() else {
            return TokenStream::new();
        };
        match outcome.is_single {
            true => [self.objective(&flat), self.objective_with_hessian(&flat)]
                .into_iter()
                .collect(),
            false => self.residuals(&flat).unwrap_or_default(),
        }
    }

    /// There is none where the point's length does not tell its parts apart.
    fn flat_point(&self) -> Option<Flat> {
        let layout = &self.layout;
        let are_flat = layout
            .pieces()
            .all(|(_, input)| !matches!(input.form, Form::Shape));
        let is_slice = matches!(layout.only(), Some(Form::Slice));
        let (runtime, float, point) = (&self.runtime, self.float, self.free_name("point"));
        let (pattern, mut names) = layout.bundle_pattern("x");
        let unpack = match layout.size() {
            _ if !are_flat => return None,
            _ if is_slice => {
                names = vec![point.clone()];
                TokenStream::new()
            }
            Size::Fixed(count) if !layout.has_slice() => {
                let flat = internal("flat");
                let bundle = layout.bundle(&flat, &names);
                quote! {
                    let #flat: [#float; #count] = #runtime::fixed_point(#point);
                    let #pattern = #bundle;
                }
            }
            _ => return None,
        };
        let mut inputs = names.iter();
        let of = |parameter: &Parameter| match &parameter.input {
            None => Some(parameter.name.to_token_stream()),
            Some(input) => inputs.next().map(|name| {
                match input.is_reference && !matches!(input.form, Form::Slice) {
                    true => quote!(&#name),
                    false => name.to_token_stream(),
                }
            }),
        };
        let parameters = self.function.parameters.iter();
        let arguments = parameters
            .clone()
            .filter(|parameter| !parameter.is_output)
            .filter_map(of)
            .collect();
        let (receiver, constants) = parameters
            .filter(|parameter| parameter.is_constant())
            .partition::<Vec<_>, _>(|parameter| parameter.is_receiver());
        let all = |parameters: Vec<_>| parameters.into_iter().map(declared).collect();
        Some(Flat {
            point,
            unpack,
            arguments,
            receiver: all(receiver),
            constants: all(constants),
        })
    }

    /// A function of the point, of these places, and of the constants.
    fn at_flat_point(
        &self,
        flat: &Flat,
        head: &Head,
        places: &[TokenStream],
        result: &TokenStream,
        body: &TokenStream,
    ) -> TokenStream {
        let (float, point, unpack) = (self.float, &flat.point, &flat.unpack);
        let point = [quote!(#point: &[#float])];
        let parameters = [&flat.receiver[..], &point, places, &flat.constants].concat();
        self.function(head, &parameters, result, &quote!(#unpack #body))
    }

    fn objective(&self, flat: &Flat) -> TokenStream {
        let (runtime, float, layout) = (&self.runtime, self.float, &self.layout);
        let (place, value) = (self.free_name("gradient"), internal("value"));
        let (lift, arguments) = (self.function.lift_path(), &flat.arguments);
        let derived = |name| self.function.generated_name(name);
        let with_gradient = if layout.has_slice() {
            let gradient_into = derived("gradient_into");
            quote!(Self::#gradient_into(#(#arguments,)* #place))
        } else {
            let value_and_gradient = derived("value_and_gradient");
            let (pattern, slopes) = layout.bundle_pattern("slope");
            let slopes = layout.flat(&slopes, true);
            quote!({
                let (#value, #pattern) = Self::#value_and_gradient(#(#arguments),*);
                #runtime::write_gradient(#place, &#slopes);
                #value
            })
        };
        self.at_flat_point(
            flat,
            &Head {
                name: "objective",
                doc: "The value at a flat point; with a place for the gradient, that too, in the order of the inputs. \
                      Constants follow. It panics where a length is wrong.",
            },
            &[quote!(#place: ::core::option::Option<&mut [#float]>)],
            &float.to_token_stream(),
            &quote! {
                match #place {
                    ::core::option::Option::None => #lift(#(#arguments),*),
                    ::core::option::Option::Some(#place) => #with_gradient,
                }
            },
        )
    }

    fn objective_with_hessian(&self, flat: &Flat) -> TokenStream {
        let (runtime, float, layout) = (&self.runtime, self.float, &self.layout);
        let [gradient, hessian] = ["gradient", "hessian"].map(|name| self.free_name(name));
        let [value, rows] = ["value", "rows"].map(internal);
        let arguments = &flat.arguments;
        let derived = |name| self.function.generated_name(name);
        let body = if layout.has_slice() {
            let hessian_into = derived("hessian_into");
            quote!(Self::#hessian_into(#(#arguments,)* #gradient, #hessian))
        } else {
            let all = derived("value_gradient_hessian");
            let (pattern, slopes) = layout.bundle_pattern("slope");
            let slopes = layout.flat(&slopes, true);
            let elements = match layout.only() {
                Some(Form::Scalar) => quote!(&[#rows]),
                _ => quote!(#rows.as_flattened()),
            };
            quote! {
                let (#value, #pattern, #rows) = Self::#all(#(#arguments),*);
                #runtime::write_gradient(#gradient, &#slopes);
                #runtime::write_hessian(#hessian, #elements);
                #value
            }
        };
        self.at_flat_point(
            flat,
            &Head {
                name: "objective_with_hessian",
                doc: "The value at a flat point; writes the gradient in the order of the inputs, and the Hessian row by row. \
                      Constants follow. It panics where a length is wrong.",
            },
            &[
                quote!(#gradient: &mut [#float]),
                quote!(#hessian: &mut [#float]),
            ],
            &float.to_token_stream(),
            &body,
        )
    }

    /// Of a function that writes to one slice, or gives an array or a `Vec` of floats.
    fn residuals(&self, flat: &Flat) -> Option<TokenStream> {
        let (runtime, float, layout) = (&self.runtime, self.float, &self.layout);
        let [out, place] = ["residuals", "jacobian"].map(|name| self.free_name(name));
        let [values, rows] = ["values", "rows"].map(internal);
        let (lift, arguments) = (self.function.lift_path(), &flat.arguments);
        let derived = |name| self.function.generated_name(name);
        let (plain, with_jacobian) = if let Some(written) = layout.written_slice() {
            let jacobian_into = derived("jacobian_into");
            let of = |extra: Option<TokenStream>| {
                let mut given = arguments.iter();
                let parameters = self.function.parameters.iter();
                let own: Vec<_> = parameters
                    .filter_map(|parameter| match parameter.name == *written {
                        true => Some(quote!(&mut *#out)),
                        false => given.next().cloned(),
                    })
                    .chain(extra)
                    .collect();
                quote!((#(#own),*))
            };
            let (plain, with) = (of(None), of(Some(place.to_token_stream())));
            (
                quote!({ #lift #plain; }),
                quote!({ Self::#jacobian_into #with; }),
            )
        } else if layout.output_types().len() == 1 && self.gives_a_row() {
            let value_and_jacobian = derived("value_and_jacobian");
            (
                quote!({ #runtime::write_residuals(#out, ::core::convert::AsRef::<[#float]>::as_ref(&#lift(#(#arguments),*))); }),
                quote!({
                    let (#values, #rows) = Self::#value_and_jacobian(#(#arguments),*);
                    #runtime::write_residuals(#out, ::core::convert::AsRef::<[#float]>::as_ref(&#values));
                    #runtime::write_jacobian(#place, &#rows);
                }),
            )
        } else {
            return None;
        };
        Some(self.at_flat_point(
            flat,
            &Head {
                name: "residuals",
                doc: "Writes the outputs at a flat point; with a place for the Jacobian, that too, row by row. Constants follow. \
                      It panics where a length is wrong.",
            },
            &[
                quote!(#out: &mut [#float]),
                quote!(#place: ::core::option::Option<&mut [#float]>),
            ],
            &quote!(()),
            &quote! {
                match #place {
                    ::core::option::Option::None => #plain,
                    ::core::option::Option::Some(#place) => #with_jacobian,
                }
            },
        ))
    }

    /// Whether the result is an array or a `Vec` of floats.
    fn gives_a_row(&self) -> bool {
        let is_row = |ty: &Type| match ty {
            Type::Array(array) => crate::layout::is_leaf(self.function, &array.elem),
            ty => {
                matches!(crate::kind::container(ty), Some(("Vec", element)) if crate::layout::is_leaf(self.function, element))
            }
        };
        self.function.outcome.value.as_ref().is_some_and(is_row)
    }
}
