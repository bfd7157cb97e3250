//! The numbers that a function gives, or that an argument holds, as far as types say.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Type;

use crate::function::{Function, Parameter, Wrapper};
use crate::kind::{is_float, literal_length};

/// A number, or so many in arrays and tuples.
#[derive(Clone, Debug, PartialEq)]
pub enum Outputs {
    Number,
    Array(usize, Box<Outputs>),
    Tuple(Vec<Outputs>),
}

impl Outputs {
    /// All that the function gives, in the order of the Jacobian's rows: its result, and what it writes.
    pub fn of(function: &Function) -> Option<Self> {
        if !matches!(function.outcome.wrapper, Wrapper::None) {
            return None;
        }
        let written = function.parameters.iter().filter_map(Self::written);
        let types = function.outcome.value.iter().map(Self::of_type);
        let mut parts = types.chain(written).collect::<Option<Vec<_>>>()?;
        match parts.len() {
            1 => parts.pop(),
            _ => Some(Self::Tuple(parts)),
        }
    }

    /// What an output parameter holds: none for other parameters, and nothing where that is not known.
    pub fn written(parameter: &Parameter) -> Option<Option<Self>> {
        let Type::Reference(reference) = &parameter.ty else {
            return parameter.is_output.then_some(None);
        };
        parameter.is_output.then(|| Self::of_type(&reference.elem))
    }

    pub fn of_type(ty: &Type) -> Option<Self> {
        match ty {
            ty if is_float(ty).is_some() => Some(Self::Number),
            Type::Paren(paren) => Self::of_type(&paren.elem),
            Type::Group(group) => Self::of_type(&group.elem),
            Type::Array(array) => Some(Self::Array(
                literal_length(&array.len)?,
                Box::new(Self::of_type(&array.elem)?),
            )),
            Type::Tuple(tuple) if !tuple.elems.is_empty() => Some(Self::Tuple(
                tuple
                    .elems
                    .iter()
                    .map(Self::of_type)
                    .collect::<Option<_>>()?,
            )),
            _ => None,
        }
    }

    pub fn count(&self) -> usize {
        match self {
            Self::Number => 1,
            Self::Array(length, element) => length * element.count(),
            Self::Tuple(parts) => parts.iter().map(Self::count).sum(),
        }
    }

    /// The value in its own shape, of a flat run of its numbers.
    pub fn rebuilt(&self, flat: &Ident) -> TokenStream {
        self.of_parts(&mut |at| quote!(#flat[#at]))
    }

    /// An expression, a pattern or a type of this shape: `part` gives that of each number, first to last.
    pub fn of_parts(&self, part: &mut dyn FnMut(usize) -> TokenStream) -> TokenStream {
        self.from(&mut 0, part)
    }

    fn from(&self, next: &mut usize, part: &mut dyn FnMut(usize) -> TokenStream) -> TokenStream {
        match self {
            Self::Number => {
                *next += 1;
                part(*next - 1)
            }
            Self::Array(length, element) => {
                let parts = (0..*length).map(|_| element.from(next, part));
                quote!([#(#parts),*])
            }
            Self::Tuple(parts) => {
                let parts = parts.iter().map(|inner| inner.from(next, part));
                quote!((#(#parts,)*))
            }
        }
    }

    /// Where in a value of this shape its numbers are, first to last.
    pub fn paths(&self, value: &TokenStream) -> Vec<TokenStream> {
        match self {
            Self::Number => vec![value.clone()],
            Self::Array(length, element) => (0..*length)
                .flat_map(|at| element.paths(&quote!(#value[#at])))
                .collect(),
            Self::Tuple(parts) => parts
                .iter()
                .enumerate()
                .flat_map(|(at, part)| {
                    let at = syn::Index::from(at);
                    part.paths(&quote!(#value.#at))
                })
                .collect(),
        }
    }

    /// The type over this number.
    pub fn ty(&self, number: &Ident) -> TokenStream {
        match self {
            Self::Number => quote!(#number),
            Self::Array(length, element) => {
                let element = element.ty(number);
                quote!([#element; #length])
            }
            Self::Tuple(parts) => {
                let parts = parts.iter().map(|part| part.ty(number));
                quote!((#(#parts,)*))
            }
        }
    }
}
