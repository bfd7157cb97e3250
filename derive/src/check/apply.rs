//! Functions as values: closures, and the names of functions, applied to what a method hands them.

use syn::{ReturnType, Type};

use super::{Callee, Check, callee, starts_upper};
use crate::kind::Kind;
use crate::tree::*;

impl Check<'_> {
    pub fn closure(&mut self, closure: &mut Closure) -> Kind {
        let ClosureSignature {
            parameters, result, ..
        } = self.signatures[closure.index].clone();
        for (pattern, ty) in parameters.iter().zip(&closure.types) {
            if let Some(ty) = ty {
                self.bind(pattern, &Kind::of_type(ty, &Kind::Plain));
                let bound = pattern.bound(&self.kinds);
                self.check_type(ty, &bound);
            }
        }
        let kind = self.node(&mut closure.body);
        self.join(result, &kind);
        if let ReturnType::Type(_, ty) = &closure.output {
            let kind = self.kinds[result].clone();
            self.check_type(ty, &kind);
        }
        Kind::Closure(closure.index)
    }

    /// Whether the closure touches anything that depends on an input.
    pub fn is_live(&self, index: usize) -> bool {
        let ClosureSignature {
            parameters,
            result,
            mentions,
        } = &self.signatures[index];
        let is_active = |variable: &Variable| match self.kinds[*variable].target() {
            Kind::Closure(inner) if *inner != index => self.is_live(*inner),
            kind => kind.is_active(),
        };
        is_active(result)
            || mentions.iter().any(is_active)
            || parameters
                .iter()
                .any(|pattern| pattern.bound(&self.kinds).is_active())
    }

    /// Whether the value is a closure that touches anything that depends on an input.
    pub fn is_live_closure(&self, kind: &Kind) -> bool {
        matches!(kind.target(), Kind::Closure(index) if self.is_live(*index))
    }

    /// A call of the closure with arguments of these kinds.
    pub fn call_closure(&mut self, index: usize, arguments: &[Kind]) -> Kind {
        let signature = self.signatures[index].clone();
        for (pattern, kind) in signature.parameters.iter().zip(arguments) {
            self.bind(pattern, kind);
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
            Shape::Local { variable, .. } => match *self.kinds[*variable].target() {
                Kind::Closure(index) => self.call_closure(index, arguments),
                _ if arguments.iter().any(Kind::is_active) => {
                    self.refuse(span, "this variable cannot be called with a differentiated value; pass a closure");
                    Kind::Plain
                }
                _ => Kind::Untyped,
            },
            Shape::Path(path) if arguments.iter().any(Kind::is_active) => {
                argument.kind = Kind::Lifted;
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
