//! Functions as values: closures, and the names of functions, applied to what a method hands them.

use proc_macro2::Ident;
use syn::{ReturnType, Type};

use super::Check;
use crate::callee::{Callee, callee, starts_upper};
use crate::kind::Kind;
use crate::tree::*;

impl Check<'_> {
    pub fn closure(&mut self, closure: &mut Closure) -> Kind {
        let signature = self.signatures[closure.index].clone();
        for (pattern, ty) in signature.parameters.iter().zip(&signature.types) {
            if let Some(ty) = ty {
                self.bind(pattern, &Kind::of_type(ty, &Kind::Plain));
            }
        }
        for (ty, kind) in signature.types.iter().zip(signature.kinds(&self.kinds)) {
            if let Some(ty) = ty {
                self.check_type(ty, &kind);
            }
        }
        let kind = self.node(&mut closure.body);
        let result = signature.result;
        self.join(result, &kind);
        if let ReturnType::Type(_, ty) = &signature.output {
            let kind = self.kinds[result].clone();
            self.check_type(ty, &kind);
        }
        Kind::Closure(closure.index)
    }

    /// Whether the closure touches anything that depends on an input.
    pub fn is_live(&self, index: usize) -> bool {
        let signature = &self.signatures[index];
        let is_active = |variable: &Variable| match self.kinds[*variable].target() {
            Kind::Closure(inner) if *inner != index => self.is_live(*inner),
            kind => kind.is_active() || kind.is_function(),
        };
        is_active(&signature.result)
            || signature.mentions.iter().any(is_active)
            || signature.kinds(&self.kinds).iter().any(Kind::is_active)
    }

    /// Whether the value is a function over numbers: a closure that touches anything that depends on an input, or a
    /// parameter.
    pub fn is_live_function(&self, kind: &Kind) -> bool {
        match kind.target() {
            Kind::Closure(index) => self.is_live(*index),
            kind => kind.is_function(),
        }
    }

    /// Whether such a function is anywhere in the value.
    pub fn holds_live_function(&self, kind: &Kind) -> bool {
        match kind {
            Kind::Tuple(parts) => parts.iter().any(|part| self.holds_live_function(part)),
            Kind::Sequence(inner)
            | Kind::Reference(inner)
            | Kind::Iterator(inner)
            | Kind::Wrapped(inner) => self.holds_live_function(inner),
            kind => self.is_live_function(kind),
        }
    }

    /// A call of the closure with arguments of these kinds.
    pub fn call_closure(&mut self, index: usize, arguments: &[Kind]) -> Kind {
        let signature = self.signatures[index].clone();
        for (position, kind) in arguments
            .iter()
            .enumerate()
            .take(signature.parameters.len())
        {
            self.bind(&signature.parameters[position], kind);
            let given = &mut self.signatures[index].given[position];
            *given = given.join(kind);
        }
        self.kinds[signature.result].clone()
    }

    /// What the function in `argument` gives for arguments of these kinds.
    pub fn apply(&mut self, argument: &mut Node, arguments: &[Kind]) -> Kind {
        let span = argument.span;
        match &mut argument.shape {
            Shape::Group(inner) => self.apply(inner, arguments),
            Shape::Reference { target, .. } => self.apply(target, arguments),
            Shape::Closure(closure) => {
                self.call_closure(closure.index, arguments);
                self.closure(closure);
                let result = self.signatures[closure.index].result;
                self.kinds[result].clone()
            }
            Shape::Local { variable, name } => match self.kinds[*variable].target().clone() {
                Kind::Closure(index) => {
                    let result = self.call_closure(index, arguments);
                    let parameters = self.signatures[index].kinds(&self.kinds);
                    self.check_handed(name, arguments, &parameters);
                    result
                }
                Kind::Function { parameters, result } => {
                    self.check_handed(name, arguments, &parameters);
                    *result
                }
                _ if arguments.iter().any(Kind::is_active) => {
                    self.refuse(span, "this variable cannot be called with a differentiated value; pass a closure");
                    Kind::Plain
                }
                _ => Kind::Untyped,
            },
            Shape::Path(path) if arguments.iter().any(Kind::is_active) => {
                argument.kind = Kind::named_function(arguments.to_vec());
                match callee(path) {
                    Callee::Vocabulary(name) => {
                        let name = name.clone();
                        self.known_function(&name, arguments)
                    }
                    Callee::Identity => Kind::Number,
                    Callee::Constructor => {
                        Kind::wrapped(arguments.first().cloned().unwrap_or(Kind::Plain))
                    }
                    Callee::Standard(_) => {
                        self.refuse(
                            span,
                            "this function is not known as a value; pass a closure that calls it",
                        );
                        Kind::Plain
                    }
                    Callee::Annotated if names_type(&path.path) => {
                        self.refuse(
                            span,
                            "a constructor cannot be handed on as a function; pass a closure that calls it",
                        );
                        Kind::Plain
                    }
                    Callee::Annotated => {
                        self.note_call(&path.path);
                        Kind::Lifted
                    }
                }
            }
            _ if arguments.iter().any(Kind::is_active) => {
                self.refuse(span, "a differentiated value cannot be handed to this function; pass a closure or the function's name");
                Kind::Plain
            }
            _ => Kind::Untyped,
        }
    }

    /// A function over numbers is handed some: only in a call do plain values become numbers.
    fn check_handed(&mut self, name: &Ident, arguments: &[Kind], parameters: &[Kind]) {
        let has_numbers = arguments.iter().any(Kind::is_active);
        let lacks_number =
            |(argument, parameter): (&Kind, &Kind)| !argument.is_active() && parameter.is_number();
        if !has_numbers && parameters.iter().any(Kind::is_active)
            || arguments.iter().zip(parameters).any(lacks_number)
        {
            let message = format!(
                "`{name}` takes numbers here, and these values are plain; pass a closure that calls it"
            );
            self.refuse(name.span(), message);
        }
    }

    /// The same, where the result must be able to hold `wanted`.
    pub fn apply_for(&mut self, argument: &mut Node, arguments: &[Kind], wanted: &Kind) -> Kind {
        let kind = self.apply(argument, arguments).join(wanted);
        if let Shape::Closure(closure) = &argument.shape {
            let result = self.signatures[closure.index].result;
            self.join(result, &kind);
        }
        kind
    }
}

fn names_type(path: &syn::Path) -> bool {
    path.segments
        .last()
        .is_some_and(|last| starts_upper(&last.ident.to_string()))
}

/// What elements are collected into, where a type says so.
pub fn collected(ty: &Type, element: Kind) -> Kind {
    match Kind::of_type(ty, &Kind::Number) {
        kind @ Kind::Sequence(_) => kind.join(&Kind::sequence(element)),
        kind if kind.is_active() => kind,
        kind => kind.with_lifted_leaves(),
    }
}
