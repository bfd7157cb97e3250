//! Which parameters are inputs, which are outputs, and of which float.

use proc_macro2::{Ident, Span};
use quote::{ToTokens, format_ident};
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{FnArg, ItemFn, Pat, Type};

use super::generics::has_float_bound;
use super::outputs::holds_nothing;
use super::wanted;
use crate::diagnostics::Errors;
use crate::function::{Form, FunctionType, Input, Parameter, function_type};
use crate::kind::{container, is_float, is_float_free};
use crate::options::Options;
use crate::placement::Owner;

/// What the types of a signature say.
pub struct Reader<'a> {
    /// The type parameter that stands for a float, where the function is generic over it.
    pub number: Option<&'a Ident>,
    /// The type of the annotated block that the function stands in.
    pub owner: Option<&'a Owner>,
    pub errors: &'a mut Errors,
    /// Whether a parameter has been refused, so that there may be no input left.
    pub has_refused: bool,
}

impl Reader<'_> {
    pub fn refuse(&mut self, span: Span, message: impl std::fmt::Display) {
        self.has_refused = true;
        self.errors.push(span, message);
    }

    pub fn parameters(&mut self, item: &ItemFn, options: &Options) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        let mut wanted = options.wrt.clone();
        for (position, argument) in item.sig.inputs.iter().enumerate() {
            let typed = match argument {
                FnArg::Typed(typed) => typed,
                FnArg::Receiver(receiver) => {
                    parameters.push(self.receiver(receiver, &mut wanted));
                    continue;
                }
            };
            if let Some(attribute) = typed.attrs.first() {
                self.refuse(
                    attribute.span(),
                    "attributes on parameters are not supported; move it to the function",
                );
            }
            let name = match &*typed.pat {
                Pat::Ident(ident) => ident.ident.clone(),
                _ => format_ident!("argument_{position}"),
            };
            let fields = wanted
                .as_mut()
                .map(|wanted| wanted::take(wanted, &name.to_string()));
            let is_wanted = fields.as_ref().map(Option::is_some);
            // With given derivatives the body is not read, and functions are its own affair.
            let can_be_function = is_wanted != Some(false) && options.first.is_none();
            let function = can_be_function
                .then(|| self.function(&item.sig.generics, &typed.ty, is_wanted == Some(true)))
                .flatten();
            let is_function = function.is_some();
            let input = match is_function {
                true => None,
                false => self.input(&typed.ty, is_wanted, &name),
            };
            parameters.push(Parameter {
                pattern: (*typed.pat).clone(),
                ty: (*typed.ty).clone(),
                is_output: !is_function && self.is_output(&typed.ty),
                input: input.map(|input| Input {
                    fields: fields.flatten().unwrap_or_default(),
                    ..input
                }),
                function,
                name,
            });
        }
        for wanted in wanted.into_iter().flatten() {
            let name = &wanted.parameter;
            let names: Vec<_> = parameters
                .iter()
                .map(|parameter| format!("`{}`", parameter.written_name()))
                .collect();
            let is_again = parameters
                .iter()
                .any(|parameter| *name == parameter.written_name());
            if is_again {
                let again = wanted.written();
                self.refuse(
                    wanted.span(),
                    format!("`{again}` stands here twice; name each input once"),
                );
                continue;
            }
            self.refuse(
                name.span(),
                format!(
                    "no parameter `{name}` to differentiate; the parameters are {}",
                    names.join(", ")
                ),
            );
        }
        parameters
    }

    /// Whether the body writes numbers through it. Nothing else may be written: gradients run the body several times.
    fn is_output(&mut self, ty: &Type) -> bool {
        let Type::Reference(reference) = ty else {
            return false;
        };
        let Some(mutability) = &reference.mutability else {
            return false;
        };
        let is_output = self.form(&reference.elem, false).is_some()
            && !matches!(*reference.elem, Type::Path(_) if !self.is_float(&reference.elem))
            && !matches!(*reference.elem, Type::Tuple(_));
        if !is_output {
            self.refuse(
                mutability.span,
                "only floats can be written through `&mut`, as `&mut f64`, `&mut [f64; N]` or `&mut [f64]`; return anything \
                 else as a result",
            );
        }
        is_output
    }

    /// `is_wanted` is what `wrt(..)` says of the parameter, if it is there.
    fn input(&mut self, ty: &Type, is_wanted: Option<bool>, name: &Ident) -> Option<Input> {
        let (is_reference, is_mutable, value) = match ty {
            Type::Reference(reference) => (true, reference.mutability.is_some(), &*reference.elem),
            ty => (false, false, ty),
        };
        if is_wanted == Some(false) || (is_mutable && is_wanted.is_none()) {
            return None;
        }
        match self.form(value, is_wanted == Some(true)) {
            Some(form) if is_reference || !matches!(value, Type::Slice(_)) => {
                return Some(Input {
                    is_reference,
                    form: if is_mutable { Form::Shape } else { form },
                    fields: Vec::new(),
                });
            }
            // The output has been refused already.
            _ if is_mutable => {}
            _ if is_wanted == Some(true) => self.refuse(
                ty.span(),
                format!(
                    "`{name}` cannot be an input; inputs are floats, arrays, slices, tuples and `Vec`s of floats, and structs \
                     with `#[derive(Differentiable)]`"
                ),
            ),
            // What a function takes and gives stays a constant.
            _ if matches!(value, Type::ImplTrait(_) | Type::TraitObject(_) | Type::BareFn(_)) => {}
            _ if self.mentions_float(ty) => self.refuse(
                ty.span(),
                format!(
                    "floats inside `{}` cannot be inputs; pass floats, arrays, slices, tuples or `Vec`s, or name the inputs with \
                     `#[differentiate(wrt(..))]`",
                    written(ty)
                ),
            ),
            _ => {}
        }
        None
    }

    /// The form of an input of this type. A name that is not known may be a struct's, if the user says so.
    fn form(&self, ty: &Type, is_wanted: bool) -> Option<Form> {
        if let Some(form) = self.flat_form(ty) {
            return Some(form);
        }
        let element = match ty {
            Type::Slice(slice) => &*slice.elem,
            ty => ty,
        };
        let holds_floats = self.mentions_float(element) || (is_wanted && !holds_nothing(element));
        (holds_floats && self.is_differentiable(element, is_wanted)).then_some(Form::Shape)
    }

    /// Floats that lie one after another by themselves.
    fn flat_form(&self, ty: &Type) -> Option<Form> {
        let mut lengths = Vec::new();
        let mut ty = ty;
        loop {
            match ty {
                Type::Array(array) => {
                    lengths.push(array.len.clone());
                    ty = &array.elem;
                }
                Type::Slice(slice) if lengths.is_empty() && self.is_float(&slice.elem) => {
                    return Some(Form::Slice);
                }
                Type::Paren(paren) => ty = &paren.elem,
                Type::Group(group) => ty = &group.elem,
                ty if self.is_float(ty) => {
                    return Some(if lengths.is_empty() {
                        Form::Scalar
                    } else {
                        Form::Array(lengths)
                    });
                }
                _ => return None,
            }
        }
    }

    pub fn is_float(&self, ty: &Type) -> bool {
        match (self.number, ty) {
            (None, ty) => is_float(ty).is_some(),
            (Some(number), Type::Path(path)) => path.path.is_ident(number),
            _ => false,
        }
    }

    /// Whether the trait of that name can hold for it, as far as can be seen: for unknown names the compiler knows.
    pub fn is_differentiable(&self, ty: &Type, are_names_known: bool) -> bool {
        match ty {
            ty if self.is_float(ty) => true,
            // Floats beside a type parameter that stands for one are something else.
            Type::Path(_) if is_float(ty).is_some() => false,
            Type::Array(array) => self.is_differentiable(&array.elem, are_names_known),
            Type::Paren(paren) => self.is_differentiable(&paren.elem, are_names_known),
            Type::Group(group) => self.is_differentiable(&group.elem, are_names_known),
            Type::Tuple(tuple) => tuple
                .elems
                .iter()
                .all(|ty| self.is_differentiable(ty, are_names_known)),
            Type::Path(path) => match container(ty) {
                Some((_, inner)) => self.is_differentiable(inner, are_names_known),
                None => is_float_free(&path.path) || (are_names_known && !self.mentions_float(ty)),
            },
            _ => false,
        }
    }

    fn floats_in(&self, ty: &Type) -> Vec<Ident> {
        struct Floats<'a>(Option<&'a Ident>, Vec<Ident>);
        impl Visit<'_> for Floats<'_> {
            fn visit_ident(&mut self, ident: &Ident) {
                let is_float = match self.0 {
                    Some(number) => ident == number,
                    None => ident == "f64" || ident == "f32",
                };
                if is_float {
                    self.1.push(ident.clone());
                }
            }
        }
        let mut floats = Floats(self.number, Vec::new());
        floats.visit_type(ty);
        floats.1
    }

    pub fn mentions_float(&self, ty: &Type) -> bool {
        !self.floats_in(ty).is_empty()
    }

    /// The float of a type that is not of this one.
    pub fn other_float(&self, ty: &Type, float: &Ident) -> Option<Ident> {
        self.floats_in(ty).into_iter().find(|other| other != float)
    }

    pub fn float_of_inputs(&mut self, item: &ItemFn, parameters: &[Parameter]) -> Ident {
        let mut types = Vec::new();
        for parameter in parameters {
            if parameter.function.is_some() {
                let signature = function_type(&item.sig.generics, &parameter.ty);
                types.extend(signature.iter().flat_map(FunctionType::types).cloned());
            } else if parameter.input.is_some() {
                types.push(parameter.ty.clone());
            }
        }
        let Some(float) = types
            .iter()
            .find_map(|ty| self.floats_in(ty).into_iter().next())
        else {
            if types.is_empty() {
                self.refuse_no_input(item, parameters);
            }
            return self.float_of_outputs(item, parameters);
        };
        if let Some(other) = types.iter().find_map(|ty| self.other_float(ty, &float)) {
            self.refuse(
                other.span(),
                "inputs of `f32` and `f64` cannot be mixed; use one of them, or name the inputs with `#[differentiate(wrt(..))]`",
            );
        }
        float
    }

    /// Structs do not say of which float they are; the outputs may.
    fn float_of_outputs(&self, item: &ItemFn, parameters: &[Parameter]) -> Ident {
        let result = match &item.sig.output {
            syn::ReturnType::Type(_, ty) => Some(&**ty),
            syn::ReturnType::Default => None,
        };
        let outputs = parameters
            .iter()
            .filter(|parameter| parameter.is_output)
            .map(|parameter| &parameter.ty);
        result
            .into_iter()
            .chain(outputs)
            .find_map(|ty| self.floats_in(ty).into_iter().next())
            .unwrap_or_else(|| Ident::new("f64", Span::call_site()))
    }

    fn refuse_no_input(&mut self, item: &ItemFn, parameters: &[Parameter]) {
        let is_anonymous = |parameter: &Parameter| match &parameter.ty {
            Type::ImplTrait(anonymous) => has_float_bound(&anonymous.bounds),
            _ => false,
        };
        let is_explained = self.has_refused
            || parameters.iter().any(is_anonymous)
            || matches!(item.sig.inputs.first(), Some(FnArg::Receiver(_)));
        if is_explained {
            return;
        }
        let may_be_struct = |ty: &Type| {
            let ty = match ty {
                Type::Reference(reference) => &*reference.elem,
                ty => ty,
            };
            self.form(ty, true).is_some()
        };
        let candidate = parameters
            .iter()
            .find(|parameter| !parameter.is_output && may_be_struct(&parameter.ty));
        let is_generic = |ty: &Type| {
            item.sig
                .generics
                .type_params()
                .any(|generic| matches!(ty, Type::Path(path) if path.path.is_ident(&generic.ident)))
        };
        match candidate {
            Some(parameter) if is_generic(&parameter.ty) => {
                let ty = written(&parameter.ty);
                self.errors.push(
                    parameter.ty.span(),
                    format!(
                        "`{}` is a constant, as `{ty}` may be anything; bound it by `{ty}: Float`, or write `f64`",
                        parameter.name
                    ),
                );
            }
            Some(parameter) => self.errors.push(
                parameter.ty.span(),
                format!(
                    "`{}` is a constant, as its type may hold anything; if it derives `Differentiable`, write \
                     `#[differentiate(wrt({}))]`",
                    parameter.name, parameter.name
                ),
            ),
            None => self.errors.push(
                item.sig.ident.span(),
                "there is no float to differentiate by; take a parameter of type `f64`, `f32`, an array or a slice of them",
            ),
        }
    }
}

/// A type as people write it.
pub fn written(ty: &impl ToTokens) -> String {
    let spaced = ty.to_token_stream().to_string();
    [
        (" ;", ";"),
        ("& ", "&"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        ("( ", "("),
        (" )", ")"),
        (" :: ", "::"),
    ]
    .iter()
    .fold(spaced, |text, (from, to)| text.replace(from, to))
}
