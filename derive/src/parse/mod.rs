//! From tokens to the function and the roles of its parameters.

mod functions;
mod generics;
mod inputs;
mod lifetimes;
mod outputs;
mod reads;
mod receiver;
mod wanted;

use proc_macro2::{Span, TokenStream};
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Attribute, ItemFn, Meta, ReturnType, parse_quote};

use crate::diagnostics::Errors;
use crate::function::{Function, Outcome, Parameter};
use crate::kind::Kind;
use crate::options::{Options, is_ours};
use crate::placement::{Owner, Placement};
use inputs::Reader;

/// A function, or at least what was there instead of one.
enum Target {
    Function(Box<ItemFn>),
    Bodiless(Span),
    Other(Span),
}

impl Parse for Target {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        if let Ok(bodiless) = input.fork().parse::<syn::TraitItemFn>()
            && bodiless.default.is_none()
        {
            input.parse::<syn::TraitItemFn>()?;
            return Ok(Self::Bodiless(bodiless.sig.ident.span()));
        }
        if input.fork().parse::<ItemFn>().is_ok() {
            return Ok(Self::Function(input.parse()?));
        }
        let span = input.span();
        input.parse::<TokenStream>()?;
        Ok(Self::Other(span))
    }
}

/// What is wrong, and the function as far as its signature was understood.
pub struct Refused {
    pub error: syn::Error,
    pub function: Option<Box<Function>>,
}

impl From<syn::Error> for Refused {
    fn from(error: syn::Error) -> Self {
        Self {
            error,
            function: None,
        }
    }
}

pub fn parse(arguments: TokenStream, item: TokenStream) -> Result<Function, Refused> {
    let (span, message) = match syn::parse2(item)? {
        Target::Function(item) => return function(arguments, *item, None),
        Target::Bodiless(span) => (
            span,
            "a function without a body cannot be differentiated; put `#[differentiate]` on one with a body",
        ),
        Target::Other(span) => (
            span,
            "`#[differentiate]` takes a function or an `impl` block of a type; put it there",
        ),
    };
    let mut errors = Errors::default();
    Options::parse(arguments, &mut errors);
    errors.push(span, message);
    Err(errors.check(()).unwrap_err().into())
}

/// A function of an annotated `impl` block.
pub fn associated(
    arguments: TokenStream,
    item: ItemFn,
    owner: &Owner,
) -> Result<Function, Refused> {
    function(arguments, item, Some(owner))
}

fn function(
    arguments: TokenStream,
    mut item: ItemFn,
    owner: Option<&Owner>,
) -> Result<Function, Refused> {
    let mut errors = Errors::default();
    let mut options = Options::parse(arguments, &mut errors);
    check_qualifiers(&item, &mut errors);
    let again = again(&item, &options, owner);
    if let Some(span) = again {
        errors.push(
            span,
            "`#[differentiate]` stands here twice; write it once, with all its keys, or give each a `name = ..`",
        );
    }
    if let Some(owner) = owner {
        owner.name_self(&mut item, &mut options);
    }
    let number = generics::float_parameter(&item, &mut errors).cloned();
    let mut reader = Reader {
        number: number.as_ref(),
        owner,
        errors: &mut errors,
        has_refused: options.is_malformed,
    };
    let mut parameters = reader.parameters(&item, &options);
    let float = reader.float_of_inputs(&item, &parameters);
    let mut outcome = reader.outcome(&item, &parameters, &float);
    let are_inputs_known = !reader.has_refused
        && again.is_none()
        && number.is_none()
        && parameters.iter().any(|parameter| parameter.input.is_some());
    if outcome.is_refused {
        // What is left to those who call the derivatives: they meant a float.
        item.sig.output = parse_quote!(-> #float);
        outcome = Outcome::of_float(&float);
    }
    // The body of a function with given derivatives is its own affair.
    if options.first.is_none() {
        reads::check(&item, &parameters, &mut errors);
    } else {
        hide_names(&mut parameters);
    }
    lifetimes::name(&mut item.sig.generics, &mut parameters);
    let result = match &item.sig.output {
        ReturnType::Type(_, ty) => Kind::of_type(ty, &Kind::Number),
        ReturnType::Default => Kind::Plain,
    };
    let function = Function {
        placement: Placement::of(&item, owner),
        item,
        result,
        options,
        float,
        is_generic: number.is_some(),
        parameters,
        outcome,
    };
    let are_fields_known = wanted::check(&function, &mut errors);
    match errors.check(()) {
        Ok(()) => Ok(function),
        Err(error) => Err(Refused {
            error,
            function: (are_inputs_known && are_fields_known).then(|| Box::new(function)),
        }),
    }
}

/// Where the attribute stands once more for the same generated functions. In a block each function has one.
fn again(item: &ItemFn, options: &Options, owner: Option<&Owner>) -> Option<Span> {
    let own = &item.sig.ident;
    let is_same = |attribute: &&Attribute| {
        let arguments = match &attribute.meta {
            Meta::List(list) => list.tokens.clone(),
            _ => TokenStream::new(),
        };
        let other = Options::parse(arguments, &mut Errors::default());
        owner.is_some()
            || other.name.as_ref().unwrap_or(own) == options.name.as_ref().unwrap_or(own)
    };
    let mut ours = item.attrs.iter().filter(|attribute| is_ours(attribute));
    Some(ours.find(is_same)?.path().span())
}

/// A parameter may have the name of a function that gives a derivative: what the macro declares stays out of its way.
fn hide_names(parameters: &mut [Parameter]) {
    for parameter in parameters {
        if !parameter.is_receiver() {
            parameter.name.set_span(Span::mixed_site());
            let name = &parameter.name;
            parameter.pattern = syn::parse_quote!(#name);
        }
    }
}

/// The body runs over another number type, so it must be ordinary safe code with Rust's own calling convention.
fn check_qualifiers(item: &ItemFn, errors: &mut Errors) {
    let signature = &item.sig;
    let form = "take a plain `fn` with float parameters and a float result";
    if let Some(asyncness) = &signature.asyncness {
        errors.push(
            asyncness.span,
            format!("an `async` function cannot be differentiated; {form}"),
        );
    }
    if let Some(unsafety) = &signature.unsafety {
        errors.push(
            unsafety.span,
            format!("an `unsafe` function cannot be differentiated; {form}"),
        );
    }
    if let Some(abi) = &signature.abi {
        errors.push(
            abi.extern_token.span,
            format!("an `extern` function cannot be differentiated; {form}"),
        );
    }
    if let Some(variadic) = &signature.variadic {
        errors.push(
            variadic.dots.spans[0],
            format!("a variadic function cannot be differentiated; {form}"),
        );
    }
}
