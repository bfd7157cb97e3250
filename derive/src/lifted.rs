//! Types with numbers in place of their floats.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{PathArguments, ReturnType, Token, Type, TypeParamBound};

use crate::function::Function;
use crate::kind::{Kind, container, is_float};
use crate::names::number_type;

/// The type with the number of `lift` in place of its floats, where `kind` has numbers.
pub fn lifted_type(function: &Function, ty: &Type, kind: &Kind) -> TokenStream {
    type_over(function, &number_type().into_token_stream(), ty, kind)
}

/// The same with this number.
pub fn type_over(function: &Function, number: &TokenStream, ty: &Type, kind: &Kind) -> TokenStream {
    let lifted = |ty: &Type, kind: &Kind| type_over(function, number, ty, kind);
    match (ty, kind) {
        (_, kind) if !kind.is_active() && !kind.is_function() => ty.to_token_stream(),
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
        (Type::ImplTrait(anonymous), Kind::Function { .. }) => {
            let mut anonymous = anonymous.clone();
            bounds_over(function, number, &mut anonymous.bounds, kind);
            anonymous.to_token_stream()
        }
        // Behind a reference, where several bounds stand in parentheses.
        (Type::TraitObject(object), Kind::Function { .. }) => {
            let mut object = object.clone();
            bounds_over(function, number, &mut object.bounds, kind);
            quote!((#object))
        }
        (Type::BareFn(pointer), Kind::Function { parameters, result }) => {
            let mut pointer = pointer.clone();
            for (input, kind) in pointer.inputs.iter_mut().zip(parameters) {
                input.ty = Type::Verbatim(lifted(&input.ty, kind));
            }
            result_over(function, number, &mut pointer.output, result);
            pointer.to_token_stream()
        }
        (Type::Paren(paren), kind) => lifted(&paren.elem, kind),
        (Type::Group(group), kind) => lifted(&group.elem, kind),
        (ty, Kind::Number | Kind::Lifted) if is_float(ty).is_some() => number.clone(),
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
        (Type::Path(_), Kind::Function { .. }) => ty.to_token_stream(),
        (Type::Path(_), _) if is_float(ty).is_none() => {
            let (runtime, float) = (&function.options.runtime, &function.float);
            quote!(<#ty as #runtime::Differentiable<#float>>::Lifted<#number>)
        }
        (ty, _) => ty.to_token_stream(),
    }
}

/// The bounds of a function, over the number of `lift`.
pub fn lift_bounds(
    function: &Function,
    bounds: &mut Punctuated<TypeParamBound, Token![+]>,
    kind: &Kind,
) {
    bounds_over(function, &number_type().into_token_stream(), bounds, kind);
}

/// The same over this number: numbers cross no threads, and a closure that captures some lives no longer.
fn bounds_over(
    function: &Function,
    number: &TokenStream,
    bounds: &mut Punctuated<TypeParamBound, Token![+]>,
    kind: &Kind,
) {
    let Kind::Function { parameters, result } = kind.target() else {
        return;
    };
    *bounds = bounds
        .iter()
        .filter(|bound| !is_of_plain_captures(bound))
        .cloned()
        .collect();
    for bound in bounds {
        if let TypeParamBound::Trait(bound) = bound
            && let Some(PathArguments::Parenthesized(arguments)) = bound
                .path
                .segments
                .last_mut()
                .map(|last| &mut last.arguments)
        {
            for (input, kind) in arguments.inputs.iter_mut().zip(parameters) {
                *input = Type::Verbatim(type_over(function, number, input, kind));
            }
            result_over(function, number, &mut arguments.output, result);
        }
    }
}

/// Bounds that captured floats meet, and numbers need not.
fn is_of_plain_captures(bound: &TypeParamBound) -> bool {
    match bound {
        TypeParamBound::Trait(bound) => ["Send", "Sync"].iter().any(|name| {
            let last = bound.path.segments.last();
            last.is_some_and(|last| last.ident == name)
        }),
        TypeParamBound::Lifetime(lifetime) => lifetime.ident == "static",
        _ => false,
    }
}

fn result_over(function: &Function, number: &TokenStream, output: &mut ReturnType, kind: &Kind) {
    if let ReturnType::Type(_, ty) = output {
        **ty = Type::Verbatim(type_over(function, number, ty, kind));
    }
}
