//! Expressions that change something: what they may not change, and that they are evaluated once and in their order.

use super::unsteady::{only_reads, root};
use super::{Lowered, Lowering, unknown};
use crate::adjoint::form::*;
use crate::kind::Kind;
use crate::tree::*;
use crate::walk::Part;

impl<'a> Lowering<'a> {
    /// The node, which changes nothing that carries derivatives and does not leave the function.
    pub fn passive(&self, node: &'a Node) -> Lowered<&'a Node> {
        let mut culprit = None;
        node.walk(&mut |part| {
            if let Part::Node(node) = part
                && self.is_active_effect(node)
            {
                culprit.get_or_insert(node.span);
            }
        });
        match culprit {
            None => Ok(node),
            Some(span) => unknown(span, "a differentiated value changed inside an expression"),
        }
    }

    fn is_active_effect(&self, node: &Node) -> bool {
        match &node.shape {
            Shape::Assign { place, .. } | Shape::AssignBy { place, .. } => place.kind.is_active(),
            Shape::Return { .. } | Shape::Break { .. } | Shape::Continue(_) | Shape::Try(_) => true,
            Shape::Reference { is_mutable, target } => *is_mutable && target.kind.is_active(),
            // It may only be read where nothing is known to change it.
            Shape::Method(method) => {
                method.receiver.kind.is_active()
                    && !matches!(method.meaning, Meaning::Vocabulary | Meaning::Itself)
                    && !matches!(
                        method.name.to_string().as_str(),
                        "len" | "is_empty" | "iter" | "first" | "last" | "get"
                    )
            }
            Shape::Closure(closure) => self.is_live(closure.index),
            // A function over numbers, handed on.
            Shape::Local { variable, .. } => match self.kinds[*variable].target() {
                Kind::Closure(index) => self.is_live(*index),
                kind => matches!(kind, Kind::Function { .. }),
            },
            Shape::Call(call) => call.local.is_some_and(|local| {
                matches!(self.kinds[local].target(), Kind::Closure(index) if self.is_live(*index))
            }),
            _ => false,
        }
    }

    pub fn is_live(&self, index: usize) -> bool {
        let signature = &self.body.signatures[index];
        let is_active = |variable: &Variable| {
            self.kinds[*variable].is_active()
                || matches!(self.kinds[*variable].target(), Kind::Closure(_))
        };
        let mut is_live = is_active(&signature.result) || signature.mentions.iter().any(is_active);
        for pattern in &signature.parameters {
            pattern.each_variable(&mut |variable, _| is_live |= is_active(&variable));
        }
        is_live
    }

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
