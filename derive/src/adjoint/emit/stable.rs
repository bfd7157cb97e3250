//! What gives the same when it is evaluated again, so that nothing need be kept: plain nodes, and the heads of loops.

use syn::Type;

use super::Emitter;
use crate::adjoint::form::*;
use crate::kind::Kind;
use crate::tree::{Node, Shape};

impl<'a> Emitter<'a> {
    /// A plain float or index that costs nothing to evaluate again, and gives the same again.
    pub fn is_stable(&self, node: &Node) -> bool {
        match &node.shape {
            Shape::Literal { .. } | Shape::Path(_) => true,
            Shape::Local { variable, .. } => {
                !self.program.mutable.contains(variable)
                    && !self.hidden.contains(variable)
                    && (self.program.kinds[*variable] == Kind::Plain || self.is_steady(node))
            }
            Shape::Group(inner) | Shape::Negate(inner) | Shape::Cast { value: inner, .. } => {
                self.is_stable(inner)
            }
            Shape::Dereference(inner)
            | Shape::Field { base: inner, .. }
            | Shape::Reference {
                is_mutable: false,
                target: inner,
            } => self.is_stable(inner) && self.is_steady(inner),
            Shape::Binary { left, right, .. } => self.is_stable(left) && self.is_stable(right),
            Shape::Index { base, index } => {
                self.is_stable(base) && self.is_steady(base) && self.is_stable(index)
            }
            Shape::Method(method) => {
                matches!(method.name.to_string().as_str(), "len")
                    && method.arguments.is_empty()
                    && self.is_stable(&method.receiver)
                    && self.is_steady(&method.receiver)
            }
            _ => false,
        }
    }

    /// Whether what the variable holds can be read by the reverse sweep.
    pub fn is_steady(&self, node: &Node) -> bool {
        node.root()
            .is_none_or(|variable| !self.program.unsteady.contains(&variable))
    }

    /// Whether the loop's head can be evaluated again, with the same items.
    pub fn can_run_again(&self, source: &Source) -> bool {
        match source {
            Source::Plain { node, .. } => self.is_stable_source(node),
            Source::Elements {
                sequence, groups, ..
            } => {
                let size = match groups {
                    Groups::One => true,
                    Groups::Windows(size) | Groups::Chunks(size) | Groups::ExactChunks(size) => {
                        self.is_stable(size)
                    }
                };
                size && self.is_length_stable(sequence)
            }
            Source::Zip(left, right) => self.can_run_again(left) && self.can_run_again(right),
            Source::Enumerate(inner, _) => self.can_run_again(inner),
            Source::Adapted(inner, _, count) => {
                self.can_run_again(inner) && count.is_none_or(|count| self.is_stable(count))
            }
        }
    }

    /// Whether the sequence is as long as before: one that is not a `Vec` stays so.
    fn is_length_stable(&self, node: &Node) -> bool {
        match &node.bare().shape {
            Shape::Local { variable, .. } => {
                !self.hidden.contains(variable) && self.is_steady(node)
            }
            Shape::Index { base, index } => {
                let is_stable = match &index.bare().shape {
                    Shape::Range { .. } => self.is_stable_source(index),
                    _ => self.is_stable(index),
                };
                is_stable && self.is_length_stable(base)
            }
            Shape::Reference { target, .. } | Shape::Dereference(target) => {
                self.is_length_stable(target)
            }
            _ => false,
        }
    }

    fn is_stable_source(&self, node: &Node) -> bool {
        match &node.bare().shape {
            Shape::Range { start, end, .. } => [start, end]
                .into_iter()
                .flatten()
                .all(|bound| self.is_stable(bound)),
            Shape::Reference {
                is_mutable: false,
                target,
            } => self.is_stable(target) && self.is_steady(target),
            Shape::Method(method) => {
                let arguments = method
                    .arguments
                    .iter()
                    .all(|argument| self.is_stable(argument) || self.is_stable_source(argument));
                let name = method.name.to_string();
                match name.as_str() {
                    "iter" | "windows" | "chunks" | "chunks_exact" => {
                        arguments
                            && self.is_stable(&method.receiver)
                            && self.is_steady(&method.receiver)
                    }
                    "enumerate" | "zip" | "rev" | "skip" | "take" | "step_by" | "copied"
                    | "cloned" => arguments && self.is_stable_source(&method.receiver),
                    _ => false,
                }
            }
            _ => false,
        }
    }

    /// Whether the loop's head can run backwards.
    pub fn is_reversible(&self, source: &Source<'a>) -> bool {
        match source {
            Source::Plain { node, .. } => {
                matches!(
                    &node.bare().shape,
                    Shape::Range {
                        start: Some(_),
                        end: Some(_),
                        ..
                    }
                ) && self.is_stable_source(node)
            }
            _ => self.has_exact_size(source) && self.can_run_again(source),
        }
    }

    fn has_exact_size(&self, source: &Source) -> bool {
        match source {
            Source::Plain { node, .. } => match &node.bare().shape {
                Shape::Method(method) => {
                    method.name == "iter"
                        && method.arguments.is_empty()
                        && self.is_sequence(&method.receiver)
                }
                _ => false,
            },
            Source::Elements { .. } => true,
            Source::Zip(left, right) => self.has_exact_size(left) && self.has_exact_size(right),
            Source::Enumerate(inner, _) | Source::Adapted(inner, ..) => self.has_exact_size(inner),
        }
    }

    /// Whether it is a parameter that is a slice, an array or a `Vec`: other collections may have no order to go back.
    fn is_sequence(&self, node: &Node) -> bool {
        let Shape::Local { variable, .. } = &node.bare().shape else {
            return false;
        };
        let (name, parameters) = (self.name(*variable), &self.emission.function.parameters);
        let mut parameters = parameters.iter();
        parameters.any(|parameter| parameter.name == *name && is_sequence(&parameter.ty))
    }
}

fn is_sequence(ty: &Type) -> bool {
    match ty {
        Type::Reference(reference) => is_sequence(&reference.elem),
        Type::Slice(_) | Type::Array(_) => true,
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "Vec"),
        _ => false,
    }
}
