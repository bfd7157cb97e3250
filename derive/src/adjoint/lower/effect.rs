//! Plain expressions that change something: they are evaluated once, and in their order.

use super::unsteady::{only_reads, root};
use super::{Lowered, Lowering, unknown};
use crate::adjoint::form::*;
use crate::tree::*;

impl<'a> Lowering<'a> {
    /// Whether evaluating the plain node may change a variable.
    pub fn has_effect(&self, node: &Node) -> bool {
        node.any(&mut |node| match &node.shape {
            Shape::Assign { .. }
            | Shape::AssignBy { .. }
            | Shape::Reference {
                is_mutable: true, ..
            } => true,
            Shape::Method(method) if !only_reads(method) => {
                root(&method.receiver).is_some_and(|variable| self.mutable.contains(&variable))
            }
            Shape::Call(call) => call
                .local
                .is_some_and(|local| self.mutable.contains(&local)),
            _ => false,
        })
    }

    pub fn without_effect(&self, node: &'a Node) -> Lowered<&'a Node> {
        match self.has_effect(node) {
            true => unknown(
                node.span,
                "an expression that changes something, in this place",
            ),
            false => Ok(node),
        }
    }

    /// The node, which may be evaluated more than once.
    pub fn evaluated_again(&self, node: &'a Node) -> Lowered<&'a Node> {
        match self.is_evaluated_once(node) {
            true => unknown(
                node.span,
                "an expression that is evaluated once, in this place",
            ),
            false => Ok(node),
        }
    }

    /// Whether the plain node may change something, or call what may.
    fn is_evaluated_once(&self, node: &Node) -> bool {
        let calls = node.any(&mut |node| match &node.shape {
            Shape::Call(_) | Shape::Opaque { .. } => true,
            Shape::Method(method) => !only_reads(method),
            _ => false,
        });
        calls || self.has_effect(node)
    }

    /// The index, evaluated here if it may not be evaluated again.
    pub fn index_term(&mut self, node: &'a Node) -> Term<'a> {
        if !self.is_evaluated_once(node) {
            return Term::Plain(node);
        }
        let id = self.id();
        self.steps.push(Step::Index { id, node });
        Term::Counter(id)
    }
}
