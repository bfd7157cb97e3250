//! The number type of lifted code, and types with it in place of their floats.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Type;

use crate::kind::{Kind, container, is_float};
use crate::parse::Function;

/// The name of the number type in `lift`.
pub fn number_type() -> Ident {
    Ident::new("__ChainruleNumber", Span::call_site())
}

/// A local variable of generated code, which no name of the user's can be mistaken for.
pub fn internal(name: &str) -> Ident {
    Ident::new(&format!("__chainrule_{name}"), Span::mixed_site())
}

/// The type with the number in place of its floats, where `kind` has numbers.
pub fn lifted_type(function: &Function, ty: &Type, kind: &Kind) -> TokenStream {
    let lifted = |ty: &Type, kind: &Kind| lifted_type(function, ty, kind);
    match (ty, kind) {
        (_, kind) if !kind.is_active() => ty.to_token_stream(),
        (Type::Array(array), Kind::Sequence(element)) => {
            let (element, length) = (lifted(&array.elem, element), &array.len);
            quote!([#element; #length])
        }
        (Type::Slice(slice), Kind::Sequence(element)) => {
            let element = lifted(&slice.elem, element);
            quote!([#element])
        }
        (Type::Reference(reference), Kind::Reference(target)) => {
            let target = lifted(&reference.elem, target);
            let (lifetime, mutability) = (&reference.lifetime, &reference.mutability);
            quote!(&#lifetime #mutability #target)
        }
        (Type::Tuple(tuple), Kind::Tuple(parts)) => {
            let parts = tuple
                .elems
                .iter()
                .zip(parts)
                .map(|(ty, kind)| lifted(ty, kind));
            quote!((#(#parts,)*))
        }
        (Type::Paren(paren), kind) => lifted(&paren.elem, kind),
        (Type::Group(group), kind) => lifted(&group.elem, kind),
        (ty, Kind::Number | Kind::Lifted) if is_float(ty).is_some() => {
            number_type().into_token_stream()
        }
        (Type::Path(path), Kind::Sequence(inner) | Kind::Wrapped(inner))
            if container(ty).is_some() =>
        {
            let inner = container(ty)
                .map(|(_, ty)| lifted(ty, inner))
                .unwrap_or_default();
            let mut path = path.path.clone();
            if let Some(syn::PathArguments::AngleBracketed(arguments)) =
                path.segments.last_mut().map(|last| &mut last.arguments)
                && let Some(first) = arguments.args.first_mut()
            {
                *first = syn::GenericArgument::Type(Type::Verbatim(inner));
            }
            path.to_token_stream()
        }
        (Type::Path(_), _) if is_float(ty).is_none() => {
            let (runtime, float, number) =
                (&function.options.runtime, &function.float, number_type());
            quote!(<#ty as #runtime::Differentiable<#float>>::Lifted<#number>)
        }
        (ty, _) => ty.to_token_stream(),
    }
}
