//! From tokens to the function and the roles of its parameters.

mod functions;
mod generics;
mod inputs;
mod lifetimes;
mod outputs;
mod reads;
mod receiver;
mod wanted;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ItemFn, Member, Meta, Pat, ReturnType, Type, parse_quote};

use crate::diagnostics::Errors;
use crate::foreign;
use crate::kind::Kind;
use crate::options::Options;
use crate::placement::{Owner, Placement};
pub use functions::{parameter_of, signature};
use inputs::Reader;
pub use outputs::{Outcome, Wrapper, owned_type};
pub use wanted::Wanted;

pub struct Function {
    pub item: ItemFn,
    pub options: Options,
    /// `f64`, `f32`, or the type parameter that stands for one: of the inputs and of the outputs.
    pub float: Ident,
    /// Whether the function is generic over its float, so that it is its own `lift`.
    pub is_generic: bool,
    pub parameters: Vec<Parameter>,
    /// What the body must give.
    pub result: Kind,
    pub outcome: Outcome,
    pub placement: Placement,
}

pub struct Parameter {
    pub pattern: Pat,
    /// What the generated functions call it.
    pub name: Ident,
    pub ty: Type,
    /// What it is to the derivative; constants have no input.
    pub input: Option<Input>,
    /// A function, which `lift` takes over numbers.
    pub function: Option<Kind>,
    /// Floats behind `&mut`: what the body leaves in them is an output.
    pub is_output: bool,
}

pub struct Input {
    pub is_reference: bool,
    pub form: Form,
    /// The paths of the fields that are inputs, if not all of it is.
    pub fields: Vec<Vec<Member>>,
}

pub enum Form {
    Scalar,
    /// The lengths, outermost first.
    Array(Vec<Expr>),
    Slice,
    /// Anything else that is `Differentiable`.
    Shape,
}

/// A type or a value in arrays of these lengths, outermost first.
pub fn nested(lengths: &[Expr], inmost: impl ToTokens) -> TokenStream {
    lengths.iter().rev().fold(
        inmost.to_token_stream(),
        |inner, length| quote!([#inner; #length]),
    )
}

impl Function {
    /// The name that carries the generated functions.
    pub fn name(&self) -> &Ident {
        self.options.name.as_ref().unwrap_or(&self.item.sig.ident)
    }

    pub fn inputs(&self) -> impl Iterator<Item = (&Parameter, &Input)> {
        self.parameters
            .iter()
            .filter_map(|parameter| Some((parameter, parameter.input.as_ref()?)))
    }

    /// Whether `lift` takes functions over numbers. No closure is one over every number type, so nothing else can be
    /// generated.
    pub fn takes_functions(&self) -> bool {
        self.parameters
            .iter()
            .any(|parameter| parameter.function.is_some())
    }
}

impl Parameter {
    pub fn kind(&self) -> Kind {
        if let Some(function) = &self.function {
            return function.clone();
        }
        let leaf = if self.is_constant() {
            Kind::Plain
        } else {
            Kind::Number
        };
        Kind::of_type(&self.ty, &leaf)
    }

    /// Whether the point does not say all of it.
    pub fn is_needed_whole(&self) -> bool {
        self.input
            .as_ref()
            .is_none_or(|input| !input.fields.is_empty())
    }

    pub fn is_constant(&self) -> bool {
        self.input.is_none() && !self.is_output && self.function.is_none()
    }
}

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
        foreign::hide_names(&mut parameters);
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
    let mut ours = item
        .attrs
        .iter()
        .filter(|attribute| crate::block::is_ours(attribute));
    Some(ours.find(is_same)?.path().span())
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
