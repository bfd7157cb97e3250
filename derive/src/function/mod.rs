//! The function as it was read: its parameters, which of them are inputs, and what it gives.

mod function_type;
mod generated;
mod outcome;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Expr, GenericParam, ItemFn, Member, Pat, Type};

use crate::kind::Kind;
use crate::options::Options;
use crate::placement::Placement;
pub use function_type::{FunctionType, function_type, type_parameter};
pub use outcome::{Outcome, Wrapper};

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

    /// Whether the name is that of a parameter, of the function or of its block, which the compiler does not compute with.
    pub fn is_generic_name(&self, name: &Ident) -> bool {
        let of_block = match &self.placement {
            Placement::Block(owner) => Some(&owner.generics),
            _ => None,
        };
        let is_generic_self =
            name == "Self" && of_block.is_some_and(|generics| !generics.params.is_empty());
        let all = of_block.into_iter().chain([&self.item.sig.generics]);
        is_generic_self
            || all
                .flat_map(|generics| &generics.params)
                .any(|parameter| match parameter {
                    GenericParam::Type(parameter) => parameter.ident == *name,
                    GenericParam::Const(parameter) => parameter.ident == *name,
                    GenericParam::Lifetime(_) => false,
                })
    }

    /// Whether the tokens mention a generic parameter.
    pub fn mentions_generics(&self, tokens: &TokenStream) -> bool {
        tokens.clone().into_iter().any(|token| match token {
            TokenTree::Group(group) => self.mentions_generics(&group.stream()),
            TokenTree::Punct(punct) => punct.as_char() == '\'' || punct.as_char() == '&',
            TokenTree::Ident(name) => self.is_generic_name(&name),
            TokenTree::Literal(_) => false,
        })
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

    /// What the user calls it.
    pub fn written_name(&self) -> String {
        if self.is_receiver() {
            "self".to_owned()
        } else {
            self.name.to_string()
        }
    }

    pub fn is_receiver(&self) -> bool {
        matches!(&self.pattern, Pat::Ident(pattern) if pattern.ident == "self")
    }
}

/// A type or a value in arrays of these lengths, outermost first.
pub fn nested(lengths: &[Expr], inmost: impl ToTokens) -> TokenStream {
    lengths.iter().rev().fold(
        inmost.to_token_stream(),
        |inner, length| quote!([#inner; #length]),
    )
}

/// What a parameter holds behind its reference, as a value.
pub fn owned_type(ty: &Type, vec: &TokenStream) -> TokenStream {
    let value = match ty {
        Type::Reference(reference) => &*reference.elem,
        ty => ty,
    };
    match value {
        Type::Slice(slice) => {
            let element = &slice.elem;
            quote!(#vec<#element>)
        }
        value => value.to_token_stream(),
    }
}
