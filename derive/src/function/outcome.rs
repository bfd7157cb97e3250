//! What the function gives.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{GenericArgument, PathArguments, Type, TypePath, parse_quote};

/// The result of the function.
pub struct Outcome {
    pub wrapper: Wrapper,
    /// What is inside the wrapper, if there is a result.
    pub value: Option<Type>,
    /// Whether one float is all that the function gives.
    pub is_single: bool,
    /// Whether there is no result, or none that can be differentiated.
    pub is_refused: bool,
}

pub enum Wrapper {
    None,
    Option(TypePath),
    Result(TypePath),
}

impl Outcome {
    pub fn of_float(float: &Ident) -> Self {
        Self {
            wrapper: Wrapper::None,
            value: Some(parse_quote!(#float)),
            is_single: true,
            is_refused: true,
        }
    }

    /// A type in the place of the value's.
    pub fn wrap(&self, ty: &TokenStream) -> TokenStream {
        let (Wrapper::Option(path) | Wrapper::Result(path)) = &self.wrapper else {
            return ty.clone();
        };
        let mut path = path.clone();
        if let Some(PathArguments::AngleBracketed(arguments)) = path
            .path
            .segments
            .last_mut()
            .map(|last| &mut last.arguments)
            && let Some(first) = arguments.args.first_mut()
        {
            *first = GenericArgument::Type(Type::Verbatim(ty.clone()));
        }
        path.to_token_stream()
    }

    pub fn is_plain(&self) -> bool {
        matches!(self.wrapper, Wrapper::None)
    }
}
