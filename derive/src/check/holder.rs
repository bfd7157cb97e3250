//! Which variables hold mutable references, and which expressions give them.

use super::Check;
use crate::tree::*;

impl Check<'_> {
    /// Notes which variables hold mutable references.
    pub fn hold(&mut self, pattern: &Pattern, source: &Node) {
        match (&pattern.shape, &source.bare().shape) {
            (PatternShape::Tuple(patterns), Shape::Tuple(parts)) => {
                for (pattern, part) in patterns.iter().zip(parts) {
                    self.hold(pattern, part);
                }
            }
            _ if self.gives_mutable(source) => self.hold_all(pattern),
            _ => {}
        }
    }

    fn hold_all(&mut self, pattern: &Pattern) {
        match &pattern.shape {
            PatternShape::Bind {
                variable, inner, ..
            } => {
                self.holders.insert(*variable);
                if let Some(inner) = inner {
                    self.hold_all(inner);
                }
            }
            PatternShape::Tuple(parts) | PatternShape::Slice(parts) | PatternShape::Or(parts) => {
                parts.iter().for_each(|part| self.hold_all(part));
            }
            PatternShape::Reference(inner) | PatternShape::Wrapper { inner, .. } => {
                self.hold_all(inner);
            }
            PatternShape::Struct { fields, .. } => {
                fields.iter().for_each(|(_, field)| self.hold_all(field));
            }
            PatternShape::Ignore
            | PatternShape::Rest
            | PatternShape::Constant
            | PatternShape::Plain { .. } => {}
        }
    }

    /// Whether writing through the value changes the place that it was made of.
    pub fn gives_mutable(&self, source: &Node) -> bool {
        let tail = |block: &Block| {
            block
                .tail
                .as_ref()
                .is_some_and(|tail| self.gives_mutable(tail))
        };
        match &source.bare().shape {
            Shape::Reference { is_mutable, .. } => *is_mutable,
            Shape::Local { variable, .. } => self.is_holder(*variable),
            Shape::Block { block, .. } => tail(block),
            Shape::If { then, .. } => tail(then),
            Shape::Match(choice) => choice.arms.iter().any(|arm| self.gives_mutable(&arm.body)),
            Shape::Method(Method { receiver, name, .. }) => {
                let name = name.to_string();
                name.ends_with("_mut") || name == "get_or_insert" || self.gives_mutable(receiver)
            }
            _ => false,
        }
    }

    /// Whether `flow_back` finds the place that the method gives.
    pub fn gives_known_place(&self, method: &Method) -> bool {
        match method.name.to_string().as_str() {
            "get_mut" | "first_mut" | "last_mut" | "as_mut" | "as_mut_slice" | "insert"
            | "get_or_insert" => true,
            "next" | "next_back" | "nth" | "last" | "find" => self.gives_mutable(&method.receiver),
            "unwrap" | "expect" => match &method.receiver.bare().shape {
                Shape::Method(method) => self.gives_known_place(method),
                Shape::Local { variable, .. } => self.is_holder(*variable),
                _ => false,
            },
            _ => false,
        }
    }

    pub fn is_holder(&self, variable: Variable) -> bool {
        self.holders.contains(&variable)
    }
}
