//! Parameters that are functions themselves: closures, trait objects, function pointers, and type parameters that stand
//! for them.

use proc_macro2::Ident;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{
    GenericParam, Generics, PathArguments, ReturnType, Token, Type, TypeParamBound, WherePredicate,
};

use super::inputs::{Reader, written};
use super::outputs::holds_nothing;
use crate::kind::Kind;

/// What a function takes and gives.
pub struct Signature {
    pub inputs: Vec<Type>,
    pub output: Option<Type>,
}

impl Signature {
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        self.inputs.iter().chain(&self.output)
    }

    /// The function over numbers, behind the references that `ty` has. Names that are not known are structs with floats
    /// where `are_names_known`, else they stay what they are.
    pub fn kind(&self, ty: &Type, are_names_known: bool) -> Kind {
        let part = |ty: &Type| match Kind::of_type(ty, &Kind::Number) {
            kind if are_names_known => kind,
            kind => kind.without_lifted(),
        };
        let function = Kind::Function {
            parameters: self.inputs.iter().map(part).collect(),
            result: Box::new(self.output.as_ref().map_or(Kind::Plain, part)),
        };
        behind(ty, function)
    }
}

fn behind(ty: &Type, kind: Kind) -> Kind {
    match ty {
        Type::Reference(reference) => Kind::reference(behind(&reference.elem, kind)),
        Type::Paren(paren) => behind(&paren.elem, kind),
        Type::Group(group) => behind(&group.elem, kind),
        _ => kind,
    }
}

impl Reader<'_> {
    /// The parameter as a function over numbers, if it is one of floats.
    pub fn function(&mut self, generics: &Generics, ty: &Type, is_wanted: bool) -> Option<Kind> {
        let signature = signature(generics, ty)?;
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

/// What a parameter of this type takes and gives, if it is a function.
pub fn signature(generics: &Generics, ty: &Type) -> Option<Signature> {
    match ty {
        Type::Reference(reference) => signature(generics, &reference.elem),
        Type::Paren(paren) => signature(generics, &paren.elem),
        Type::Group(group) => signature(generics, &group.elem),
        Type::ImplTrait(anonymous) => of_bounds(&anonymous.bounds),
        Type::TraitObject(object) => of_bounds(&object.bounds),
        Type::BareFn(function) => Some(Signature {
            inputs: function
                .inputs
                .iter()
                .map(|input| input.ty.clone())
                .collect(),
            output: returned(&function.output),
        }),
        Type::Path(path) => of_parameter(generics, path.path.get_ident()?),
        _ => None,
    }
}

/// The type parameter that stands for the function.
pub fn parameter_of(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::Reference(reference) => parameter_of(&reference.elem),
        Type::Paren(paren) => parameter_of(&paren.elem),
        Type::Group(group) => parameter_of(&group.elem),
        Type::Path(path) => path.path.get_ident(),
        _ => None,
    }
}

fn of_parameter(generics: &Generics, name: &Ident) -> Option<Signature> {
    let parameter = generics
        .params
        .iter()
        .find_map(|parameter| match parameter {
            GenericParam::Type(parameter) if parameter.ident == *name => Some(parameter),
            _ => None,
        })?;
    let conditions = generics.where_clause.iter();
    conditions
        .flat_map(|condition| &condition.predicates)
        .filter_map(|condition| match condition {
            WherePredicate::Type(condition)
                if parameter_of(&condition.bounded_ty) == Some(name) =>
            {
                Some(&condition.bounds)
            }
            _ => None,
        })
        .chain([&parameter.bounds])
        .find_map(of_bounds)
}

fn of_bounds(bounds: &Punctuated<TypeParamBound, Token![+]>) -> Option<Signature> {
    bounds.iter().find_map(|bound| {
        let TypeParamBound::Trait(bound) = bound else {
            return None;
        };
        let last = bound.path.segments.last()?;
        let is_function = ["Fn", "FnMut", "FnOnce"]
            .iter()
            .any(|name| last.ident == name);
        match &last.arguments {
            PathArguments::Parenthesized(arguments) if is_function => Some(Signature {
                inputs: arguments.inputs.iter().cloned().collect(),
                output: returned(&arguments.output),
            }),
            _ => None,
        }
    })
}

fn returned(output: &ReturnType) -> Option<Type> {
    match output {
        ReturnType::Type(_, ty) => Some((**ty).clone()),
        ReturnType::Default => None,
    }
}
