//! The types of parameters that are functions themselves: closures, trait objects, function pointers, and type parameters that
//! stand for them.

use proc_macro2::Ident;
use syn::punctuated::Punctuated;
use syn::{
    GenericParam, Generics, PathArguments, ReturnType, Token, Type, TypeParamBound, WherePredicate,
};

use crate::kind::Kind;

/// What a function takes and gives.
pub struct FunctionType {
    pub inputs: Vec<Type>,
    pub output: Option<Type>,
}

impl FunctionType {
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

/// What a parameter of this type takes and gives, if it is a function.
pub fn function_type(generics: &Generics, ty: &Type) -> Option<FunctionType> {
    match ty {
        Type::Reference(reference) => function_type(generics, &reference.elem),
        Type::Paren(paren) => function_type(generics, &paren.elem),
        Type::Group(group) => function_type(generics, &group.elem),
        Type::ImplTrait(anonymous) => of_bounds(&anonymous.bounds),
        Type::TraitObject(object) => of_bounds(&object.bounds),
        Type::BareFn(function) => Some(FunctionType {
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
pub fn type_parameter(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::Reference(reference) => type_parameter(&reference.elem),
        Type::Paren(paren) => type_parameter(&paren.elem),
        Type::Group(group) => type_parameter(&group.elem),
        Type::Path(path) => path.path.get_ident(),
        _ => None,
    }
}

fn of_parameter(generics: &Generics, name: &Ident) -> Option<FunctionType> {
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
                if type_parameter(&condition.bounded_ty) == Some(name) =>
            {
                Some(&condition.bounds)
            }
            _ => None,
        })
        .chain([&parameter.bounds])
        .find_map(of_bounds)
}

fn of_bounds(bounds: &Punctuated<TypeParamBound, Token![+]>) -> Option<FunctionType> {
    bounds.iter().find_map(|bound| {
        let TypeParamBound::Trait(bound) = bound else {
            return None;
        };
        let last = bound.path.segments.last()?;
        let is_function = ["Fn", "FnMut", "FnOnce"]
            .iter()
            .any(|name| last.ident == name);
        match &last.arguments {
            PathArguments::Parenthesized(arguments) if is_function => Some(FunctionType {
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
