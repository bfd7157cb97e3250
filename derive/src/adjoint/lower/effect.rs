//! Expressions that change something: what they may not change, and that they are evaluated once and in their order.

use proc_macro2::Span;

use super::unsteady::only_reads;
use super::{Lowered, Lowering, unknown};
use crate::adjoint::form::*;
use crate::kind::Kind;
use crate::tree::*;

impl<'a> Lowering<'a> {
    /// The node, which changes nothing that carries derivatives and does not leave the function.
    pub fn passive(&self, node: &'a Node) -> Lowered<&'a Node> {
        match self.active_effect(Part::Node(node)) {
            None => Ok(node),
            Some(span) => unknown(span, "a differentiated value changed inside an expression"),
        }
    }

    fn active_effect(&self, part: Part) -> Option<Span> {
        if let Part::Node(node) = part {
            if self.spelled.contains_key(&std::ptr::from_ref(node)) {
                return None;
            }
            if self.is_active_effect(node) {
                return Some(node.span);
            }
        }
        let mut found = None;
        part.each_part(&mut |inner| {
            if found.is_none() {
                found = self.active_effect(inner);
            }
        });
        found
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
                    && !READING.contains(&method.name.to_string().as_str())
            }
            // It may read numbers; what is in it is looked at by itself.
            Shape::Closure(closure) => {
                self.kinds[self.body.signatures[closure.index].result].is_active()
            }
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
            Shape::Method(method) if !only_reads(method) => method
                .receiver
                .root()
                .is_some_and(|variable| self.mutable.contains(&variable)),
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

/// Methods of sequences and iterators that change nothing, and give nothing that carries a derivative out of text.
const READING: &[&str] = &[
    "all",
    "any",
    "chunks",
    "chunks_exact",
    "cloned",
    "contains",
    "copied",
    "count",
    "enumerate",
    "filter",
    "first",
    "get",
    "is_empty",
    "is_none",
    "is_some",
    "is_sorted_by",
    "iter",
    "last",
    "len",
    "partition_point",
    "position",
    "rev",
    "rposition",
    "skip",
    "skip_while",
    "step_by",
    "take",
    "take_while",
    "windows",
    "zip",
];
