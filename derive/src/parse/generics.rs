//! Functions that are generic over their float.

use proc_macro2::Ident;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{GenericParam, ItemFn, Token, Type, TypeParamBound, WherePredicate};

use crate::diagnostics::Errors;

/// Traits of floats that our numbers implement.
const FLOATS: &[&str] = &["Float", "Scalar", "Real", "Activation"];

/// The type parameter that stands for a float. All other parameters are passed along.
pub fn float_parameter<'a>(item: &'a ItemFn, errors: &mut Errors) -> Option<&'a Ident> {
    for argument in &item.sig.inputs {
        if let syn::FnArg::Typed(typed) = argument
            && let Type::ImplTrait(anonymous) = &*typed.ty
            && has_float_bound(&anonymous.bounds)
        {
            errors.push(
                typed.ty.span(),
                "the float of a generic function needs a name; write `fn f<T: Float>(x: T)`",
            );
        }
    }
    let mut floats = item.sig.generics.params.iter().filter_map(|parameter| {
        let GenericParam::Type(parameter) = parameter else {
            return None;
        };
        let conditions = item
            .sig
            .generics
            .where_clause
            .iter()
            .flat_map(|condition| &condition.predicates);
        let is_float = has_float_bound(&parameter.bounds)
            || conditions.into_iter().any(|condition| match condition {
                WherePredicate::Type(condition) => {
                    matches!(&condition.bounded_ty, Type::Path(path) if path.path.is_ident(&parameter.ident))
                        && has_float_bound(&condition.bounds)
                }
                _ => false,
            });
        is_float.then_some(&parameter.ident)
    });
    let first = floats.next();
    if let Some(second) = floats.next() {
        errors.push(
            second.span(),
            "a function can be differentiated over one float type; use the same type parameter for all floats",
        );
    }
    first
}

pub fn has_float_bound(bounds: &Punctuated<TypeParamBound, Token![+]>) -> bool {
    bounds.iter().any(|bound| match bound {
        TypeParamBound::Trait(bound) => bound
            .path
            .segments
            .last()
            .is_some_and(|last| FLOATS.iter().any(|name| last.ident == name)),
        _ => false,
    })
}
