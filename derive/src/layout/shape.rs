//! The inputs through the trait `Differentiable`, where they do not lie flat by themselves.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Type;
use syn::spanned::Spanned;

use super::size::{Size, behind_reference};
use super::{Layout, Piece};
use crate::function::{Form, Input, Wrapper, owned_type};
use crate::kind::container;

impl Layout<'_> {
    pub fn size(&self) -> Size {
        let wholes = self.pieces.iter().filter(|piece| piece.field.is_empty());
        Size::with_fields(
            self.function,
            wholes.map(|piece| &piece.parameter.ty),
            self.field_counts(),
        )
    }

    /// What the trait is asked about: the value, or the elements behind a reference. `is_bundle`: a part of a bundle.
    fn subject(&self, piece: &Piece, name: &Ident, is_bundle: bool) -> TokenStream {
        let Piece {
            parameter,
            input,
            field,
        } = piece;
        let is_reference = match is_bundle {
            _ if !field.is_empty() => false,
            true => is_row(&parameter.ty),
            false => input.is_reference,
        };
        if !is_bundle {
            let reference = is_reference.then(|| quote!(*));
            return quote!(&#reference #name #(.#field)*);
        }
        if is_reference {
            quote!(&*#name)
        } else {
            quote!(&#name)
        }
    }

    fn subjects(&self, names: &[Ident], is_bundle: bool) -> Vec<TokenStream> {
        self.pieces
            .iter()
            .zip(names)
            .map(|(piece, name)| self.subject(piece, name, is_bundle))
            .collect()
    }

    /// Statements that write all floats into a row called `flat`.
    pub fn collected(&self, flat: &Ident, names: &[Ident], is_bundle: bool) -> TokenStream {
        let (runtime, float) = (&self.runtime, self.float);
        let (driver, subjects) = (self.size().driver(runtime), self.subjects(names, is_bundle));
        quote! {
            let mut #flat = <#driver as #runtime::Storage>::row::<#float>(
                0 #(+ #runtime::Shape::<#float>::floats(#subjects))*,
                |_| ::core::default::Default::default(),
            );
            {
                let mut __chainrule_places = #flat.iter_mut();
                #(#runtime::write::<#float>(#subjects, &mut __chainrule_places);)*
            }
        }
    }

    /// Numbers in, outputs out: a call of `lift` with everything rebuilt around the numbers of a point.
    pub fn shaped_closure(&self, names: &[Ident], is_bundle: bool) -> TokenStream {
        let (runtime, float) = (&self.runtime, self.float);
        let mut subjects = self.subjects(names, is_bundle).into_iter();
        let mut names = names.iter();
        let mut bindings = TokenStream::new();
        let (mut arguments, mut outputs) = (Vec::new(), Vec::new());
        for parameter in &self.function.parameters {
            let name = &parameter.name;
            let is_reference = matches!(parameter.ty, Type::Reference(_));
            if let Some(Input { fields, .. }) = &parameter.input
                && !fields.is_empty()
            {
                let local = format_ident!("{name}_with_inputs");
                let reference = is_reference.then(|| quote!(*));
                bindings.extend(quote! {
                    let mut #local = #runtime::constants::<#float, _, _>(&#reference #name);
                });
                for field in fields {
                    let span = field.last().map_or(Span::call_site(), Spanned::span);
                    let span = span.resolved_at(Span::call_site());
                    // What is wrong with the field is said where it stands.
                    let put = quote! {
                        #runtime::put(
                            #runtime::read::<#float, _, _>(&#name #(.#field)*, &mut __chainrule_numbers),
                            &mut #local #(.#field)*,
                        )
                    };
                    bindings.extend(put.into_iter().map(|mut token| {
                        token.set_span(span);
                        token
                    }));
                    bindings.extend(quote!(;));
                    subjects.next();
                    names.next();
                }
                let reference = is_reference.then(|| quote!(&));
                arguments.push(quote!(#reference #local));
            } else if parameter.input.is_some() {
                let (subject, source) = (subjects.next(), names.next());
                let local = source.unwrap_or(name);
                bindings.extend(quote! {
                    let mut #local = #runtime::read::<#float, _, _>(#subject, &mut __chainrule_numbers);
                });
                arguments.push(match (parameter.is_output, is_reference) {
                    (true, _) => {
                        outputs.push(local.to_token_stream());
                        quote!(&mut #local)
                    }
                    (false, true) => quote!(&#local),
                    (false, false) => local.to_token_stream(),
                });
            } else if parameter.is_output {
                bindings
                    .extend(quote!(let mut #name = #runtime::constants::<#float, _, _>(&*#name);));
                outputs.push(name.to_token_stream());
                arguments.push(quote!(&mut #name));
            } else if is_reference {
                arguments.push(name.to_token_stream());
            } else {
                arguments.push(quote!(::core::clone::Clone::clone(&#name)));
            }
        }
        let lift = self.function.lift_path();
        let call = quote!(#lift(#(#arguments),*));
        let call = match self.function.outcome.wrapper {
            Wrapper::None => {
                quote!(::core::result::Result::Ok::<_, ::core::convert::Infallible>(#call))
            }
            Wrapper::Option(_) => quote!(#call.ok_or(())),
            Wrapper::Result(_) => call,
        };
        let call = if outputs.is_empty() {
            call
        } else {
            let result = self
                .function
                .outcome
                .value
                .as_ref()
                .map(|_| quote!(__chainrule_result));
            let all = bundled(result.into_iter().chain(outputs));
            quote!(#call.map(|__chainrule_result| #all))
        };
        quote! {
            |__chainrule_point: &[_]| {
                let mut __chainrule_numbers = __chainrule_point.iter();
                #bindings
                #call
            }
        }
    }

    /// A flat run of floats in the shape of the inputs.
    pub fn reshaped(&self, flat: &Ident, names: &[Ident], is_bundle: bool) -> TokenStream {
        let (runtime, float) = (&self.runtime, self.float);
        let subjects = self.subjects(names, is_bundle);
        let parts = self.pieces.iter().zip(subjects).map(|(piece, subject)| {
            if piece.field.is_empty() {
                return quote!(#runtime::reshape::<#float, _>(#subject, &mut __chainrule_floats));
            }
            let held = self.held(piece);
            quote! {
                <#held as #runtime::Holder>::hold::<#float>(
                    #runtime::Shape::<#float>::floats(#subject),
                    &mut __chainrule_floats,
                )
            }
        });
        let bundle = if self.only().is_none() && self.are_scalars() {
            quote!([#(#parts),*])
        } else {
            bundled(parts)
        };
        quote!({ let mut __chainrule_floats = #flat.iter(); #bundle })
    }

    /// The type of [`reshaped`](Self::reshaped), or of an argument of that shape.
    pub fn shaped_type(&self, is_argument: bool) -> TokenStream {
        let float = self.float;
        if self.only().is_none() && self.are_scalars() {
            let count = self.pieces.len();
            return quote!([#float; #count]);
        }
        bundled(self.pieces.iter().map(|piece| {
            let (runtime, parameter) = (&self.runtime, piece.parameter);
            if !piece.field.is_empty() {
                let held = self.held(piece);
                return quote!(<#held as #runtime::Holder>::Of<#float>);
            }
            let value = behind_reference(&parameter.ty);
            match row_element(value) {
                Some(element) if is_argument => quote!(&[#element]),
                _ => owned_type(&parameter.ty, &self.vec),
            }
        }))
    }

    /// Parts of a direction must match theirs one by one, not only in their sum.
    pub fn check_shapes(&self, point: &[Ident], direction: &[Ident]) -> TokenStream {
        let (runtime, float) = (&self.runtime, self.float);
        let (xs, vs) = (self.subjects(point, true), self.subjects(direction, true));
        let count = |subject: &TokenStream| quote!(#runtime::Shape::<#float>::floats(#subject));
        let mut checks = TokenStream::new();
        for (piece, (x, v)) in self.pieces.iter().zip(xs.iter().zip(&vs)) {
            let name = written(piece);
            let (x, v) = (count(x), count(v));
            if matches!(piece.input.form, Form::Slice | Form::Shape) {
                let message =
                    format!("the direction of `{name}` has length {{}}, but it has length {{}}");
                checks.extend(quote!(::core::assert!(#v == #x, #message, #v, #x);));
            }
            if !piece.field.is_empty() {
                let own = count(&self.subject(piece, &piece.parameter.name, false));
                let message = format!(
                    "the point's `{name}` has length {{}}, but that of the struct has length {{}}"
                );
                checks.extend(quote!(::core::assert!(#x == #own, #message, #x, #own);));
            }
        }
        checks
    }

    /// All outputs as one value: the result, and what is written through `&mut`.
    pub fn output_types(&self) -> Vec<TokenStream> {
        let written = self
            .function
            .parameters
            .iter()
            .filter(|parameter| parameter.is_output);
        let value = self
            .function
            .outcome
            .value
            .iter()
            .map(ToTokens::to_token_stream);
        value
            .chain(written.map(|parameter| owned_type(&parameter.ty, &self.vec)))
            .collect()
    }

    pub fn output_type(&self) -> TokenStream {
        bundled(self.output_types().into_iter())
    }

    pub fn output_size(&self) -> Size {
        let written = self
            .function
            .parameters
            .iter()
            .filter(|parameter| parameter.is_output);
        Size::of(
            self.function,
            self.function
                .outcome
                .value
                .iter()
                .chain(written.map(|parameter| &parameter.ty)),
        )
    }

    /// Statements that write `value`, all outputs as one, to where the function itself writes.
    pub fn write_back(&self, value: &Ident, is_directed: bool) -> TokenStream {
        let outputs = self
            .function
            .parameters
            .iter()
            .filter(|parameter| parameter.is_output);
        let first = usize::from(self.function.outcome.value.is_some());
        let is_alone = self.output_types().len() == 1;
        outputs
            .enumerate()
            .filter(|(_, parameter)| !(is_directed && parameter.input.is_some()))
            .map(|(position, parameter)| {
                let (name, index) = (&parameter.name, syn::Index::from(first + position));
                let part = if is_alone {
                    quote!(#value)
                } else {
                    quote!(#value.#index)
                };
                match behind_reference(&parameter.ty) {
                    Type::Slice(_) => quote!(#name.clone_from_slice(&#part);),
                    _ => quote!(*#name = ::core::clone::Clone::clone(&#part);),
                }
            })
            .collect()
    }
}

/// What the user calls the input.
fn written(piece: &Piece) -> String {
    let fields = piece
        .field
        .iter()
        .map(|member| format!(".{}", member.to_token_stream()));
    std::iter::once(piece.parameter.written_name())
        .chain(fields)
        .collect()
}

/// One part alone, several as a tuple.
fn bundled(parts: impl Iterator<Item = TokenStream>) -> TokenStream {
    let parts: Vec<_> = parts.collect();
    match &parts[..] {
        [part] => part.clone(),
        _ => quote!((#(#parts),*)),
    }
}

/// A slice or a `Vec`: as an argument of ours it comes as a slice.
fn is_row(ty: &Type) -> bool {
    row_element(behind_reference(ty)).is_some()
}

fn row_element(value: &Type) -> Option<&Type> {
    match value {
        Type::Slice(slice) => Some(&slice.elem),
        Type::Paren(paren) => row_element(&paren.elem),
        Type::Group(group) => row_element(&group.elem),
        ty => match container(ty) {
            Some(("Vec", element)) => Some(element),
            _ => None,
        },
    }
}
