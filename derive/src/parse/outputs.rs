//! What the function gives: its result, whole or inside `Option` or `Result`, and what it writes through `&mut`.

use proc_macro2::Ident;
use syn::spanned::Spanned;
use syn::{ItemFn, ReturnType, Type};

use super::inputs::{Reader, written};
use crate::function::{Outcome, Parameter, Wrapper};
use crate::kind::{container, is_float_free};

impl Reader<'_> {
    pub fn outcome(&mut self, item: &ItemFn, parameters: &[Parameter], float: &Ident) -> Outcome {
        let has_outputs = parameters.iter().any(|parameter| parameter.is_output);
        let has_wrong_outputs = !has_outputs
            && parameters.iter().any(|parameter| {
                matches!(&parameter.ty, Type::Reference(reference) if reference.mutability.is_some())
            });
        let result = match &item.sig.output {
            ReturnType::Type(_, ty) => Some(&**ty).filter(|ty| !is_unit(ty)),
            ReturnType::Default => None,
        };
        let (wrapper, value) = match result.and_then(|ty| Some((ty, container(ty)?))) {
            Some((Type::Path(path), ("Option", inner))) => {
                (Wrapper::Option(path.clone()), Some(inner))
            }
            Some((Type::Path(path), ("Result", inner))) => {
                (Wrapper::Result(path.clone()), Some(inner))
            }
            _ => (Wrapper::None, result),
        };
        let value = value.filter(|ty| !is_unit(ty));
        let is_refused = match value {
            Some(ty) => !self.check_value(ty, has_outputs, float),
            None if has_wrong_outputs => false,
            None if !has_outputs => {
                self.errors.push(
                    result.map_or(item.sig.ident.span(), Spanned::span),
                    "there is no result to differentiate; return `f64` or `f32`",
                );
                true
            }
            None => false,
        };
        Outcome {
            is_refused,
            is_single: !has_outputs && value.is_some_and(|ty| self.is_float(ty)),
            value: value.cloned(),
            wrapper,
        }
    }

    /// Whether it can be differentiated.
    fn check_value(&mut self, ty: &Type, has_outputs: bool, float: &Ident) -> bool {
        let message = if !self.mentions_float(ty) && holds_nothing(ty) {
            if has_outputs {
                return true;
            }
            format!(
                "the result `{}` is not a float; return `{float}`",
                written(ty)
            )
        } else if let Some(other) = self.other_float(ty, float) {
            format!("the result is `{other}` where the inputs are `{float}`; return `{float}`")
        } else if !self.is_differentiable(ty, true) {
            format!(
                "the result `{}` cannot be differentiated; return floats, or arrays, tuples, `Vec`s or structs of them, \
                 whole or in one `Option` or `Result`",
                written(ty)
            )
        } else {
            return true;
        };
        self.errors.push(ty.span(), message);
        false
    }
}

fn is_unit(ty: &Type) -> bool {
    matches!(ty, Type::Tuple(tuple) if tuple.elems.is_empty())
}

/// Whether everyone knows that no float is in it.
pub fn holds_nothing(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => match container(ty) {
            Some((_, inner)) => holds_nothing(inner),
            None => is_float_free(&path.path),
        },
        Type::Tuple(tuple) => tuple.elems.iter().all(holds_nothing),
        Type::Array(array) => holds_nothing(&array.elem),
        Type::Paren(paren) => holds_nothing(&paren.elem),
        Type::Group(group) => holds_nothing(&group.elem),
        _ => false,
    }
}
