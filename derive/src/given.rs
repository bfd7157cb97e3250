//! Functions whose body is not read: their derivatives are functions that the user names.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{ReturnType, Type};

use crate::diagnostics::Errors;
use crate::function::{Form, Function, Parameter};
use crate::options::Derivatives;

/// The body of `lift`, if the function's derivatives are given.
pub fn rule(function: &Function) -> syn::Result<Option<TokenStream>> {
    let Some(first) = &function.options.first else {
        return match &function.options.second {
            Some(second) => Err(syn::Error::new(
                second.span,
                "`second(..)` has no meaning alone; give the first derivatives with `first(..)`",
            )),
            None => Ok(None),
        };
    };
    let mut errors = Errors::default();
    check_language(function, first.span, &mut errors);
    let inputs: Vec<_> = function.inputs().collect();
    check_count(first, inputs.len(), FIRST, &mut errors);
    if let Some(second) = &function.options.second {
        let count = inputs.len() * (inputs.len() + 1) / 2;
        check_count(second, count, SECOND, &mut errors);
    }
    for (parameter, input) in &inputs {
        if !matches!(input.form, Form::Scalar) {
            errors.push(
                parameter.ty.span(),
                format!(
                    "`first(..)` takes a derivative by each single float; pass the elements of `{}` one by one, or leave it \
                     out of `wrt(..)`",
                    parameter.name
                ),
            );
        }
    }
    errors.check(Some(body(function, first)))
}

const FIRST: &str = "one for each input in its order";
const SECOND: &str = "the upper triangle row by row: `xx, xy, yy` of two inputs";

fn check_count(given: &Derivatives, wanted: usize, which: &str, errors: &mut Errors) {
    let count = given.paths.len();
    if wanted > 0 && count != wanted {
        let functions = if wanted == 1 {
            "derivative is"
        } else {
            "derivatives are"
        };
        errors.push(
            given.span,
            format!("{wanted} {functions} needed here, not {count}; give {which}"),
        );
    }
}

fn check_language(function: &Function, span: Span, errors: &mut Errors) {
    let signature = &function.item.sig;
    if function.is_generic {
        errors.push(span, "derivatives cannot be given for a function that is generic over its float; write it for `f64`");
    }
    if !function.outcome.is_single || !function.outcome.is_plain() {
        errors.push(
            match &signature.output {
                ReturnType::Type(_, ty) => ty.span(),
                ReturnType::Default => signature.ident.span(),
            },
            "a function with given derivatives returns one float; write one such function for each output",
        );
    }
    if !function.options.calls.is_empty() || !function.options.constant.is_empty() {
        errors.push(span, "the body is not read where the derivatives are given; leave `calls(..)` and `constant(..)` out");
    }
}

fn body(function: &Function, first: &Derivatives) -> TokenStream {
    let runtime = &function.options.runtime;
    let private = quote!(#runtime::__private);
    let number = crate::names::number_type();
    let rule = Ident::new("__chainrule_rule", Span::mixed_site());
    let partial = Ident::new("__chainrule_partial", Span::mixed_site());
    let arguments: Vec<TokenStream> = function.parameters.iter().map(argument).collect();
    let inputs: Vec<&Ident> = function
        .inputs()
        .map(|(parameter, _)| &parameter.name)
        .collect();
    let values = function.inputs().map(|(parameter, input)| {
        let name = &parameter.name;
        if input.is_reference {
            quote!(*#name)
        } else {
            name.to_token_stream()
        }
    });
    let original = function.original();
    let firsts = first
        .paths
        .iter()
        .enumerate()
        .map(|(i, path)| quote!(#private::Partial::First(#i) => #path(#(#arguments),*),));
    let pairs = (0..inputs.len()).flat_map(|i| (i..inputs.len()).map(move |j| (i, j)));
    let seconds = function
        .options
        .second
        .iter()
        .flat_map(|second| &second.paths)
        .zip(pairs)
        .map(|(path, (i, j))| quote!(#private::Partial::Second(#i, #j) => #path(#(#arguments),*),));
    let count = inputs.len();
    let order_check = order_check(function, first.span, &private, &number);
    quote! {
        #order_check
        let #rule = |#partial: #private::Partial, [#(#inputs),*]: [_; #count]| match #partial {
            #private::Partial::Value => #original(#(#arguments),*),
            #(#firsts)*
            #(#seconds)*
            _ => ::core::unreachable!(),
        };
        <#number as #private::Scalar>::apply_rule([#(#values),*], &#rule, #private::Partial::Value)
    }
}

/// The user's functions are called with the user's arguments, each time anew.
fn argument(parameter: &Parameter) -> TokenStream {
    let name = match parameter.is_receiver() {
        true => parameter.pattern.to_token_stream(),
        false => parameter.name.to_token_stream(),
    };
    let is_reference = matches!(parameter.ty, Type::Reference(_));
    match (&parameter.input, is_reference) {
        // A reference to a function is that function too.
        (None, _) if matches!(parameter.ty, Type::ImplTrait(_)) => quote!(&#name),
        (Some(_), true) => quote!(&#name),
        (Some(_), false) | (None, true) => name,
        (None, false) => quote!(::core::clone::Clone::clone(&#name)),
    }
}

/// The compiler evaluates it for every number type that the function is used with.
fn order_check(
    function: &Function,
    span: Span,
    private: &TokenStream,
    number: &Ident,
) -> TokenStream {
    let name = &function.item.sig.ident;
    let (order, message) = match &function.options.second {
        Some(_) => (
            2_usize,
            format!(
                "`{name}` has no third derivative; its derivatives are given up to the second, so take no more than two"
            ),
        ),
        None => (
            1,
            format!("`{name}` has no second derivative; give it with `second(..)`"),
        ),
    };
    quote_spanned! {span=>
        const { ::core::assert!(<#number as #private::Scalar>::ORDER <= #order, #message) };
    }
}
