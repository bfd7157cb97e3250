//! Functions over numbers: parameters, and closures and names on their way into lifted functions.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use syn::{Generics, ReturnType, Type};

use super::Check;
use crate::callee::{Callee, callee, starts_upper};
use crate::function::{Function, function_type};
use crate::kind::Kind;
use crate::tree::*;
use crate::vocabulary::signature;

/// The parameters that are functions and constants.
pub fn constants(function: &Function, patterns: &[Pattern]) -> BTreeSet<Variable> {
    let generics = &function.item.sig.generics;
    let parameters = function.parameters.iter().zip(patterns);
    parameters
        .filter(|(parameter, _)| {
            parameter.is_constant() && function_type(generics, &parameter.ty).is_some()
        })
        .filter_map(|(_, pattern)| match pattern.shape {
            PatternShape::Bind { variable, .. } => Some(variable),
            _ => None,
        })
        .collect()
}

impl Check<'_> {
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
                Kind::named_function(Vec::new())
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
        let Some(signature) = function_type(&Generics::default(), ty) else {
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
}

/// Whether the path is that of a function, by the names that Rust's lints ask for: constants are in upper case.
fn is_function_name(path: &syn::ExprPath) -> bool {
    let last = path.path.segments.last();
    path.qself.is_none() && last.is_some_and(|last| !starts_upper(&last.ident.to_string()))
}
