//! Functions as values: closures, and the names of functions, applied to what a method hands them.

use proc_macro2::Ident;
use syn::{Generics, ReturnType, Type};

use super::{Callee, Check, callee, starts_upper};
use crate::kind::Kind;
use crate::parse::signature as signature_of;
use crate::tree::*;
use crate::vocabulary::signature;

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

    /// What a parameter that is a function gives; what it writes through `&mut` are numbers.
    pub fn call_function(
        &mut self,
        name: &Ident,
        arguments: &[Node],
        parameters: &[Kind],
        result: &Kind,
    ) -> Kind {
        for (argument, kind) in arguments.iter().zip(parameters) {
            if argument.kind.without_lifted().is_active() && !kind.is_active() {
                let message = format!(
                    "`{name}` takes a plain value here, as its type may hold anything; if it holds floats, name `{name}` in \
                     `#[differentiate(wrt(..))]`"
                );
                self.refuse(argument.span, message);
            }
            self.flow_back(argument, kind);
        }
        result.clone()
    }

    /// A function on its way into a lifted one, which calls it with numbers.
    pub fn hand_over(&mut self, argument: &mut Node) {
        let span = argument.span;
        let kind = match &mut argument.shape {
            Shape::Group(inner) => self.handed_over(inner),
            Shape::Reference { target, .. } => Kind::reference(self.handed_over(target)),
            Shape::Cast { value, .. } => {
                self.hand_over(value);
                return;
            }
            Shape::Block { block, .. } => self.handed_over_tail(block),
            Shape::If {
                then, otherwise, ..
            } => {
                if let Some(otherwise) = otherwise {
                    self.hand_over(otherwise);
                }
                self.handed_over_tail(then)
            }
            Shape::Match(choice) => choice
                .arms
                .iter_mut()
                .map(|arm| self.handed_over(&mut arm.body))
                .fold(Kind::Plain, |all, kind| all.join(&kind)),
            Shape::Closure(closure) => {
                self.take_numbers(closure.index);
                self.closure(closure)
            }
            Shape::Local { variable, .. } => {
                if let Kind::Closure(index) = *self.kinds[*variable].target() {
                    self.take_numbers(index);
                }
                return;
            }
            Shape::Path(path) if is_function_name(path) => {
                match callee(path) {
                    Callee::Annotated => self.note_call(&path.path),
                    Callee::Standard(_) => self.refuse(
                        span,
                        "this function is not known as a value; pass a closure that calls it",
                    ),
                    Callee::Vocabulary(name) if signature(&name.to_string()).is_none() => {
                        let message = format!("`{name}` has no derivative; pass a closure");
                        self.refuse(name.span(), message);
                    }
                    _ => {}
                }
                Kind::named_function()
            }
            _ => return,
        };
        if kind.is_callable() {
            argument.kind = kind;
        }
    }

    fn handed_over(&mut self, argument: &mut Node) -> Kind {
        self.hand_over(argument);
        argument.kind.clone()
    }

    fn handed_over_tail(&mut self, block: &mut Block) -> Kind {
        let tail = block.tail.as_mut();
        tail.map_or(Kind::Plain, |tail| self.handed_over(tail))
    }

    /// A closure where a type such as `&dyn Fn(f64) -> f64` is written: over numbers, that type is.
    pub fn typed_function(&mut self, value: &mut Node, kind: Kind, ty: &Type) -> Kind {
        if !self.is_live_function(&kind) {
            return kind;
        }
        let Some(signature) = signature_of(&Generics::default(), ty) else {
            return kind;
        };
        self.hand_over(value);
        signature.kind(ty, true)
    }

    /// The closure comes to take numbers, as far as its types say; else only the compiler knows. So does its result.
    fn take_numbers(&mut self, index: usize) {
        let ClosureSignature {
            types,
            output,
            result,
            ..
        } = self.signatures[index].clone();
        let arguments: Vec<Kind> = types
            .iter()
            .map(|ty| match ty {
                None | Some(Type::Infer(_)) => Kind::Lifted,
                Some(ty) => Kind::of_type(ty, &Kind::Number),
            })
            .collect();
        self.call_closure(index, &arguments);
        let kind = match &output {
            ReturnType::Default => Kind::Lifted,
            ReturnType::Type(_, ty) => Kind::of_type(ty, &Kind::Number),
        };
        self.join(result, &kind);
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
                argument.kind = Kind::Lifted;
                match callee(path) {
                    Callee::Vocabulary(name) => {
                        let name = name.clone();
                        self.known_function(&name, arguments)
                    }
                    Callee::Identity => Kind::Number,
                    Callee::Constructor => {
                        argument.kind = Kind::Plain;
                        Kind::wrapped(arguments.first().cloned().unwrap_or(Kind::Plain))
                    }
                    Callee::Standard(_) => {
                        self.refuse(
                            span,
                            "this function is not known as a value; pass a closure that calls it",
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
        if !has_numbers && parameters.iter().any(Kind::is_active) {
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

/// Whether the path is that of a function, by the names that Rust's lints ask for: constants are in upper case.
fn is_function_name(path: &syn::ExprPath) -> bool {
    let last = path.path.segments.last();
    path.qself.is_none() && last.is_some_and(|last| !starts_upper(&last.ident.to_string()))
}

/// What elements are collected into, where a type says so.
pub fn collected(ty: &Type, element: Kind) -> Kind {
    match Kind::of_type(ty, &Kind::Number) {
        kind @ Kind::Sequence(_) => kind.join(&Kind::sequence(element)),
        kind if kind.is_active() => kind,
        kind => kind.with_lifted_leaves(),
    }
}
