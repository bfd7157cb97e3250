//! From tokens to the function and the roles of its parameters.

mod generics;
mod inputs;
mod lifetimes;
mod outputs;
mod reads;

use proc_macro2::{Ident, Span, TokenStream};
use syn::parse::{Parse, ParseStream};
use syn::visit::Visit;
use syn::{Expr, FnArg, ItemFn, Pat, ReturnType, Type};

use crate::diagnostics::Errors;
use crate::kind::Kind;
use crate::options::Options;
use inputs::Reader;
pub use outputs::{Outcome, Wrapper, owned_type};

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
}

pub struct Parameter {
    pub pattern: Pat,
    /// What the generated functions call it.
    pub name: Ident,
    pub ty: Type,
    /// What it is to the derivative; constants have no input.
    pub input: Option<Input>,
    /// Floats behind `&mut`: what the body leaves in them is an output.
    pub is_output: bool,
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
    /// Anything else that is `Differentiable`.
    Shape,
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
        let leaf = if self.is_constant() {
            Kind::Plain
        } else {
            Kind::Number
        };
        Kind::of_type(&self.ty, &leaf)
    }

    pub fn is_constant(&self) -> bool {
        self.input.is_none() && !self.is_output
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
        Target::Function(mut item) => {
            check_qualifiers(&item, &mut errors);
            check_place(&item, &mut errors);
            let number = generics::float_parameter(&item, &mut errors).cloned();
            let mut reader = Reader {
                number: number.as_ref(),
                errors: &mut errors,
            };
            let mut parameters = reader.parameters(&item, &options);
            let float = reader.float_of_inputs(&item, &parameters);
            let outcome = reader.outcome(&item, &parameters, &float);
            reads::check(&item, &parameters, &mut errors);
            lifetimes::name(&mut item.sig.generics, &mut parameters);
            let result = match &item.sig.output {
                ReturnType::Type(_, ty) => Kind::of_type(ty, &Kind::Number),
                ReturnType::Default => Kind::Plain,
            };
            return errors.check(Function {
                item: *item,
                result,
                options,
                float,
                is_generic: number.is_some(),
                parameters,
                outcome,
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
