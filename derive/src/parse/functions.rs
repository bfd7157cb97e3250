//! Parameters that are functions themselves.

use syn::spanned::Spanned;
use syn::{Generics, Type};

use super::inputs::{Reader, written};
use super::outputs::holds_nothing;
use crate::function::function_type;
use crate::kind::Kind;

impl Reader<'_> {
    /// The parameter as a function over numbers, if it is one of floats.
    pub fn function(&mut self, generics: &Generics, ty: &Type, is_wanted: bool) -> Option<Kind> {
        let signature = function_type(generics, ty)?;
        let has_floats = signature.types().any(|ty| self.mentions_float(ty));
        if !has_floats && (!is_wanted || signature.types().all(holds_nothing)) {
            return None;
        }
        for part in signature.types() {
            if !self.mentions_float(part) {
                continue;
            }
            let value = match part {
                Type::Reference(reference) => &*reference.elem,
                ty => ty,
            };
            let value = match value {
                Type::Slice(slice) => &*slice.elem,
                ty => ty,
            };
            if !self.is_differentiable(value, true) {
                self.refuse(
                    part.span(),
                    format!(
                        "a function of `{}` cannot be an input; let it take and give floats, arrays, slices, tuples or `Vec`s, or \
                         name the inputs with `#[differentiate(wrt(..))]`",
                        written(part)
                    ),
                );
            }
        }
        Some(signature.kind(ty, is_wanted))
    }
}
