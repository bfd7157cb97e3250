//! What `wrt(..)` names: parameters, and fields of them.

use quote::ToTokens;
use syn::{Member, Type};

use crate::diagnostics::Errors;
use crate::function::Function;
use crate::kind::container;
use crate::options::Wanted;

/// Takes the parameter out of what is wanted: the fields of it that are, or none where the whole is. What names the same
/// thing again is left.
pub fn take(wanted: &mut Vec<Wanted>, parameter: &str) -> Option<Vec<Vec<Member>>> {
    let mut taken: Vec<Vec<Member>> = Vec::new();
    wanted.retain(|wanted| {
        let is_new =
            wanted.parameter == parameter && !taken.iter().any(|field| wanted.overlaps(field));
        if is_new {
            taken.push(wanted.field.clone());
        }
        !is_new
    });
    match &taken[..] {
        [] => None,
        [whole] if whole.is_empty() => Some(Vec::new()),
        _ => Some(taken),
    }
}

/// Fields are read by name from a value of a type that is known where constants are. Whether all are right.
pub fn check(function: &Function, errors: &mut Errors) -> bool {
    let mut is_right = true;
    for wanted in function.options.wrt.iter().flatten() {
        let parameter = function
            .parameters
            .iter()
            .find(|parameter| wanted.parameter == parameter.written_name());
        let Some(parameter) = parameter.filter(|_| !wanted.field.is_empty()) else {
            continue;
        };
        let name = &wanted.parameter;
        let value = match &parameter.ty {
            Type::Reference(reference) => &*reference.elem,
            ty => ty,
        };
        let has_no_fields = matches!(value, Type::Array(_) | Type::Slice(_))
            || container(value).is_some()
            || crate::kind::is_float(value).is_some();
        let is_generic = function.mentions_generics(&value.to_token_stream());
        is_right &= !has_no_fields && !is_generic;
        if has_no_fields {
            errors.push(
                wanted.span(),
                format!("`{name}` has no fields to differentiate by; write `wrt({name})`"),
            );
        } else if is_generic {
            errors.push(
                wanted.span(),
                format!("a field of a type with parameters cannot be an input by itself; write `wrt({name})`"),
            );
        }
    }
    is_right
}
