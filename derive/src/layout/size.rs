//! How many floats there are, as far as the types say.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Type;

use super::sum::{Length, Sum};
use crate::function::Function;
use crate::kind::{container, is_float, is_float_free};

#[derive(Clone)]
pub enum Size {
    /// An expression that the compiler can evaluate.
    Fixed(TokenStream),
    /// The compiler knows, by the constants `COUNT`, whether there is a fixed number at all, and which.
    Typed {
        conditions: Vec<TokenStream>,
        counts: Vec<TokenStream>,
    },
    /// Any number.
    Open,
}

impl Size {
    pub fn of<'t>(function: &Function, types: impl Iterator<Item = &'t Type>) -> Self {
        Self::with_fields(function, types, Vec::new())
    }

    /// The same, where parts of other types are counted as well.
    pub fn with_fields<'t>(
        function: &Function,
        types: impl Iterator<Item = &'t Type>,
        fields: Vec<TokenStream>,
    ) -> Self {
        let types: Vec<&Type> = types.map(behind_reference).collect();
        if let [Type::Array(array)] = types[..]
            && fields.is_empty()
            && is_leaf(function, &array.elem)
        {
            let length = array.len.to_token_stream();
            let is_name = length.clone().into_iter().count() == 1;
            // A lone const parameter is the one generic length that the compiler takes.
            if is_name || !function.mentions_generics(&length) {
                return Self::Fixed(length);
            }
        }
        let known: Option<Vec<_>> = types.iter().map(|ty| count(function, ty)).collect();
        match known {
            Some(counts) if fields.is_empty() => Self::Fixed(Sum::of(counts).into_token_stream()),
            _ if types.iter().any(|ty| is_open(function, ty)) => Self::Open,
            _ => {
                let (runtime, float) = (&function.options.runtime, &function.float);
                let counts: Vec<_> = types
                    .iter()
                    .map(|ty| quote!(<#ty as #runtime::Differentiable<#float>>::COUNT))
                    .chain(fields)
                    .collect();
                Self::Typed {
                    conditions: counts.clone(),
                    counts,
                }
            }
        }
    }

    /// Both sizes, fixed only where both are.
    pub fn together(self, other: Self) -> (Self, Self) {
        match (self, other) {
            (Self::Open, _) | (_, Self::Open) => (Self::Open, Self::Open),
            (Self::Fixed(left), Self::Fixed(right)) => (Self::Fixed(left), Self::Fixed(right)),
            (left, right) => {
                let (left, right) = (left.counts(), right.counts());
                let conditions: Vec<_> = left.iter().chain(&right).cloned().collect();
                let typed = |counts| Self::Typed {
                    conditions: conditions.clone(),
                    counts,
                };
                (typed(left), typed(right))
            }
        }
    }

    fn counts(self) -> Vec<TokenStream> {
        match self {
            Self::Fixed(count) => vec![quote!(::core::option::Option::Some(#count))],
            Self::Typed { counts, .. } => counts,
            Self::Open => Vec::new(),
        }
    }

    /// The type that drives the passes.
    pub fn driver(&self, runtime: &TokenStream) -> TokenStream {
        match self {
            Self::Fixed(count) => quote!(#runtime::Size<true, { #count }>),
            Self::Typed { conditions, counts } => quote! {
                #runtime::Size<
                    { #runtime::total_count(&[#(#conditions),*]).is_some() },
                    { #runtime::fixed_count(&[#(#counts),*]) }
                >
            },
            Self::Open => quote!(#runtime::Size<false, 0>),
        }
    }

    /// The type of a row with an element for each float.
    pub fn row(&self, element: &TokenStream, runtime: &TokenStream) -> TokenStream {
        match self {
            Self::Fixed(count) => quote!([#element; #count]),
            Self::Typed { .. } => {
                let driver = self.driver(runtime);
                quote!(<#driver as #runtime::Storage>::Row<#element>)
            }
            Self::Open => quote!(#runtime::Vec<#element>),
        }
    }
}

pub fn behind_reference(ty: &Type) -> &Type {
    match ty {
        Type::Reference(reference) => &reference.elem,
        ty => ty,
    }
}

/// Whether it is the float of the function.
pub fn is_leaf(function: &Function, ty: &Type) -> bool {
    if function.is_generic {
        matches!(ty, Type::Path(path) if path.path.is_ident(&function.float))
    } else {
        is_float(ty).is_some()
    }
}

/// The number of floats, where the type is made of floats, arrays and tuples.
fn count(function: &Function, ty: &Type) -> Option<Length> {
    match ty {
        ty if is_leaf(function, ty) => Some(Length::Known(1)),
        Type::Path(path) => is_float_free(&path.path).then_some(Length::Known(0)),
        Type::Array(array) => {
            let (element, length) = (count(function, &array.elem)?, &array.len);
            (!function.mentions_generics(&length.to_token_stream()))
                .then(|| Length::of(length).times(element))
        }
        Type::Tuple(tuple) => {
            let parts: Option<Vec<_>> = tuple.elems.iter().map(|ty| count(function, ty)).collect();
            Some(Sum::of(parts?).length())
        }
        Type::Paren(paren) => count(function, &paren.elem),
        Type::Group(group) => count(function, &group.elem),
        _ => None,
    }
}

/// Whether the number is known only as the program runs, or the compiler does not evaluate it for generic code.
fn is_open(function: &Function, ty: &Type) -> bool {
    let is_container = match ty {
        Type::Slice(_) => true,
        Type::Array(array) => is_open(function, &array.elem),
        Type::Tuple(tuple) => tuple.elems.iter().any(|ty| is_open(function, ty)),
        Type::Paren(paren) => is_open(function, &paren.elem),
        Type::Group(group) => is_open(function, &group.elem),
        ty => container(ty).is_some(),
    };
    is_container || function.mentions_generics(&ty.to_token_stream())
}
