//! Which parameters are inputs, and of which float.

use proc_macro2::{Ident, Span};
use quote::{ToTokens, format_ident};
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{FnArg, ItemFn, Pat, Type};

use super::{Form, Input, Parameter};
use crate::diagnostics::Errors;
use crate::kind::is_float;
use crate::options::Options;

pub fn parameters(item: &ItemFn, options: &Options, errors: &mut Errors) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    let mut wanted = options.wrt.clone();
    for (position, argument) in item.sig.inputs.iter().enumerate() {
        let FnArg::Typed(typed) = argument else {
            continue;
        };
        if let Some(attribute) = typed.attrs.first() {
            errors.push(
                attribute.span(),
                "attributes on parameters are not supported; move it to the function",
            );
        }
        let name = match &*typed.pat {
            Pat::Ident(ident) => ident.ident.clone(),
            _ => format_ident!("argument_{position}"),
        };
        let is_wanted = wanted.as_mut().map(|names| {
            let found = names.iter().position(|wanted| *wanted == name);
            found.map(|at| names.remove(at)).is_some()
        });
        let input = input_of(&typed.ty, is_wanted, &name, errors);
        parameters.push(Parameter {
            pattern: (*typed.pat).clone(),
            name,
            ty: (*typed.ty).clone(),
            input,
        });
    }
    for name in wanted.into_iter().flatten() {
        let names: Vec<_> = parameters
            .iter()
            .map(|parameter| format!("`{}`", parameter.name))
            .collect();
        errors.push(
            name.span(),
            format!(
                "no parameter `{name}` to differentiate; the parameters are {}",
                names.join(", ")
            ),
        );
    }
    parameters
}

/// `is_wanted` is what `wrt(..)` says of the parameter, if it is there.
fn input_of(
    ty: &Type,
    is_wanted: Option<bool>,
    name: &Ident,
    errors: &mut Errors,
) -> Option<Input> {
    if let Type::Reference(reference) = ty
        && let Some(mutability) = &reference.mutability
    {
        errors.push(
            mutability.span,
            "`&mut` parameters are not supported yet; return the result as a float",
        );
        return None;
    }
    if let Type::ImplTrait(_) = ty {
        errors.push(
            ty.span(),
            "`impl Trait` parameters are not supported yet; write the type out",
        );
        return None;
    }
    if is_wanted == Some(false) {
        return None;
    }
    let (is_reference, value) = match ty {
        Type::Reference(reference) => (true, &*reference.elem),
        ty => (false, ty),
    };
    match form_of(value) {
        Some(form) if is_reference || !matches!(form, Form::Slice) => {
            Some(Input { is_reference, form })
        }
        _ if is_wanted == Some(true) => {
            errors.push(ty.span(), format!("`{name}` cannot be an input; inputs are floats, arrays of floats and slices `&[f64]`"));
            None
        }
        _ => {
            if mentions_float(ty) {
                errors.push(
                    ty.span(),
                    format!(
                        "floats inside `{}` cannot be inputs yet; pass floats, arrays or slices, or name the inputs with \
                         `#[differentiate(wrt(..))]`",
                        written(ty)
                    ),
                );
            }
            None
        }
    }
}

fn form_of(ty: &Type) -> Option<Form> {
    let mut lengths = Vec::new();
    let mut ty = ty;
    loop {
        match ty {
            Type::Array(array) => {
                lengths.push(array.len.clone());
                ty = &array.elem;
            }
            Type::Slice(slice) if lengths.is_empty() && is_float(&slice.elem).is_some() => {
                return Some(Form::Slice);
            }
            Type::Paren(paren) => ty = &paren.elem,
            Type::Group(group) => ty = &group.elem,
            ty if is_float(ty).is_some() => {
                return Some(if lengths.is_empty() {
                    Form::Scalar
                } else {
                    Form::Array(lengths)
                });
            }
            _ => return None,
        }
    }
}

fn floats_in(ty: &Type) -> Vec<Ident> {
    struct Floats(Vec<Ident>);
    impl Visit<'_> for Floats {
        fn visit_ident(&mut self, ident: &Ident) {
            if ident == "f64" || ident == "f32" {
                self.0.push(ident.clone());
            }
        }
    }
    let mut floats = Floats(Vec::new());
    floats.visit_type(ty);
    floats.0
}

pub fn mentions_float(ty: &Type) -> bool {
    !floats_in(ty).is_empty()
}

pub fn float_of_inputs(item: &ItemFn, parameters: &[Parameter], errors: &mut Errors) -> Ident {
    let mut floats = parameters
        .iter()
        .filter(|parameter| parameter.input.is_some())
        .flat_map(|parameter| floats_in(&parameter.ty));
    let Some(float) = floats.next() else {
        let is_explained = parameters
            .iter()
            .any(|parameter| mentions_float(&parameter.ty));
        if !is_explained && !matches!(item.sig.inputs.first(), Some(FnArg::Receiver(_))) {
            let message = "there is no float to differentiate by; take a parameter of type `f64`, `f32`, an array or a slice of them";
            errors.push(item.sig.ident.span(), message);
        }
        return Ident::new("f64", Span::call_site());
    };
    if let Some(other) = floats.find(|other| *other != float) {
        errors.push(
            other.span(),
            "inputs of `f32` and `f64` cannot be mixed; use one of them, or name the inputs with `#[differentiate(wrt(..))]`",
        );
    }
    float
}

/// A type as people write it.
pub fn written(ty: &impl ToTokens) -> String {
    let spaced = ty.to_token_stream().to_string();
    [
        (" ;", ";"),
        ("& ", "&"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        ("( ", "("),
        (" )", ")"),
        (" :: ", "::"),
    ]
    .iter()
    .fold(spaced, |text, (from, to)| text.replace(from, to))
}
