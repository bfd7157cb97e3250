//! What a node tells of itself.

use std::collections::BTreeSet;

use syn::BinOp;

use super::{Method, Node, Shape, Variable};

impl Node {
    /// The node without parentheses.
    pub fn bare(&self) -> &Node {
        match &self.shape {
            Shape::Group(inner) => inner.bare(),
            _ => self,
        }
    }

    /// The variable in which it lies, if it is a place.
    pub fn root(&self) -> Option<Variable> {
        match &self.bare().shape {
            Shape::Local { variable, .. } => Some(*variable),
            Shape::Index { base: inner, .. }
            | Shape::Field { base: inner, .. }
            | Shape::Dereference(inner) => inner.root(),
            _ => None,
        }
    }

    /// The variables that it names itself, and not by its parts.
    pub fn mentions(&self, mentioned: &mut BTreeSet<Variable>) {
        match &self.shape {
            Shape::Local { variable, .. } => _ = mentioned.insert(*variable),
            Shape::Call(call) => mentioned.extend(call.local),
            Shape::Opaque { mentions, .. } => mentioned.extend(mentions),
            Shape::Values { mentions, .. } => {
                mentioned.extend(mentions.iter().map(|(variable, _)| *variable));
            }
            Shape::Message(message) => {
                mentioned.extend(message.captures.iter().map(|(variable, _)| *variable));
            }
            _ => {}
        }
    }

    /// Whether it ends the run, as `panic!` does.
    pub fn is_diverging(&self) -> bool {
        matches!(&self.bare().shape, Shape::Message(message) if message.is_diverging)
    }

    pub fn is_zero(&self) -> bool {
        matches!(&self.bare().shape, Shape::Literal { tokens, .. } if tokens.to_string() == "0")
    }

    /// Whether it is plainly an integer, perhaps of a type that is open yet.
    pub fn is_integer(&self, variables: &BTreeSet<Variable>) -> bool {
        match &self.shape {
            Shape::Literal { tokens, is_float } => {
                let first = tokens.to_string();
                !is_float && first.starts_with(|first: char| first.is_ascii_digit())
            }
            Shape::Local { variable, .. } => variables.contains(variable),
            Shape::Group(inner) | Shape::Negate(inner) | Shape::Not(inner) => {
                inner.is_integer(variables)
            }
            Shape::Binary {
                left,
                operator:
                    BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_) | BinOp::Rem(_),
                right,
            } => left.is_integer(variables) && right.is_integer(variables),
            _ => false,
        }
    }

    /// Whether it is an iterator over integers, as far as can be seen here.
    pub fn counts(&self, variables: &BTreeSet<Variable>) -> bool {
        match &self.bare().shape {
            Shape::Range { .. } => true,
            Shape::Array(elements) => elements.iter().all(|element| element.is_integer(variables)),
            Shape::Repeat { element, .. } => element.is_integer(variables),
            Shape::Method(Method { receiver, name, .. }) => {
                const SAME: &[&str] = &[
                    "iter",
                    "into_iter",
                    "copied",
                    "cloned",
                    "rev",
                    "skip",
                    "take",
                    "step_by",
                    "cycle",
                    "filter",
                    "skip_while",
                    "take_while",
                    "by_ref",
                    "peekable",
                    "inspect",
                    "fuse",
                ];
                SAME.iter().any(|same| name == same) && receiver.counts(variables)
            }
            _ => false,
        }
    }
}
