//! From tokens to the function and the roles of its parameters.

mod inputs;

use proc_macro2::{Ident, Span, TokenStream};
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Expr, FnArg, GenericParam, ItemFn, Pat, ReturnType, Type};

use crate::diagnostics::Errors;
use crate::kind::{Kind, is_float};
use crate::options::Options;
use inputs::{float_of_inputs, mentions_float, parameters, written};

pub struct Function {
    pub item: ItemFn,
    pub options: Options,
    /// `f64` or `f32`: of the inputs and of the result.
    pub float: Ident,
    pub parameters: Vec<Parameter>,
    /// What the body must give.
    pub result: Kind,
}

pub struct Parameter {
    pub pattern: Pat,
    /// What the generated functions call it.
    pub name: Ident,
    pub ty: Type,
    /// What it is to the derivative; constants have no input.
    pub input: Option<Input>,
}

pub struct Input {
    pub is_reference: bool,
    pub form: Form,
}

pub enum Form {
    Scalar,
    /// The lengths, outermost first.
    Array(Vec<Expr>),
    Slice,
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
}

impl Parameter {
    pub fn kind(&self) -> Kind {
        let leaf = if self.input.is_some() {
            Kind::Number
        } else {
            Kind::Plain
        };
        Kind::of_type(&self.ty, &leaf)
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

pub fn parse(arguments: TokenStream, item: TokenStream) -> syn::Result<Function> {
    let mut errors = Errors::default();
    let options = Options::parse(arguments, &mut errors);
    match syn::parse2(item)? {
        Target::Bodiless(span) => {
            errors.push(span, "a function without a body cannot be differentiated; put `#[differentiate]` on a free function");
        }
        Target::Other(span) => {
            errors.push(span, "`#[differentiate]` takes a free function; put it on a `fn` outside `impl` and `trait`");
        }
        Target::Function(item) => {
            check_qualifiers(&item, &mut errors);
            check_generics(&item, &mut errors);
            check_place(&item, &mut errors);
            let parameters = parameters(&item, &options, &mut errors);
            let float = float_of_inputs(&item, &parameters, &mut errors);
            check_result(&item, &float, &mut errors);
            let result = match &item.sig.output {
                ReturnType::Type(_, ty) => Kind::of_type(ty, &Kind::Number),
                ReturnType::Default => Kind::Plain,
            };
            return errors.check(Function {
                item: *item,
                result,
                options,
                float,
                parameters,
            });
        }
    }
    Err(errors.check(()).unwrap_err())
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

/// Lifetimes pass through; the number type is the only type parameter that `lift` can have so far.
fn check_generics(item: &ItemFn, errors: &mut Errors) {
    for parameter in &item.sig.generics.params {
        if !matches!(parameter, GenericParam::Lifetime(_)) {
            errors.push(parameter.span(), "generic functions are not supported yet; write the types out: `f64`, `[f64; 3]`, `&[f64]`");
        }
    }
}

/// In an `impl` block no type can be declared beside the function.
fn check_place(item: &ItemFn, errors: &mut Errors) {
    let form = "methods are not supported yet; put `#[differentiate]` on a free function";
    if let Some(FnArg::Receiver(receiver)) = item.sig.inputs.first() {
        return errors.push(receiver.self_token.span, form);
    }
    struct FindSelf(Option<Span>);
    impl Visit<'_> for FindSelf {
        fn visit_ident(&mut self, ident: &Ident) {
            if ident == "Self" {
                self.0.get_or_insert(ident.span());
            }
        }
    }
    let mut found = FindSelf(None);
    found.visit_signature(&item.sig);
    found.visit_block(&item.block);
    if let Some(span) = found.0 {
        errors.push(span, form);
    }
}

fn check_result(item: &ItemFn, float: &Ident, errors: &mut Errors) {
    let ReturnType::Type(_, ty) = &item.sig.output else {
        return errors.push(
            item.sig.ident.span(),
            "there is no result to differentiate; return `f64` or `f32`",
        );
    };
    match is_float(ty) {
        Some(result) if result == float => {}
        Some(result) => errors.push(
            ty.span(),
            format!("the result is `{result}` where the inputs are `{float}`; return `{float}`"),
        ),
        None if mentions_float(ty) => errors.push(
            ty.span(),
            format!(
                "the result `{}` is not supported yet; return one `f64` or `f32`",
                written(ty)
            ),
        ),
        None => errors.push(
            ty.span(),
            format!(
                "the result `{}` is not a float; return `f64` or `f32`",
                written(ty)
            ),
        ),
    }
}
