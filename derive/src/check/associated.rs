//! Methods of the user's types, and calls that the user declares constant.

use super::Check;
use crate::kind::Kind;
use crate::tree::*;
use crate::vocabulary::signature;

/// Whether the method is to be an annotated one, if it takes a number.
pub fn is_annotated(method: &Method) -> bool {
    let takes_number = method
        .arguments
        .iter()
        .any(|argument| argument.kind.is_active());
    takes_number && (is_of_self(method) || may_be_annotated(method))
}

/// `self` is never a float, a sequence or an iterator.
pub fn is_of_self(method: &Method) -> bool {
    let receiver = &method.receiver.bare().shape;
    matches!(receiver, Shape::Local { name, .. } if name == "self")
}

/// Whether the receiver can be a struct, and the method is none of the standard library's.
pub fn may_be_annotated(method: &Method) -> bool {
    let receiver = method.receiver.bare();
    let may_be_struct = matches!(receiver.kind.target(), Kind::Plain | Kind::Untyped)
        && matches!(
            receiver.shape,
            Shape::Local { .. }
                | Shape::Path(_)
                | Shape::Field { .. }
                | Shape::Index { .. }
                | Shape::Dereference(_)
                | Shape::Call(_)
                | Shape::Method(_)
                | Shape::Struct(_)
        );
    let name = method.name.to_string();
    may_be_struct && signature(&name).is_none() && !STANDARD.contains(&name.as_str())
}

/// Methods of the standard library that take a number or a closure beside a plain receiver.
const STANDARD: &[&str] = &[
    "push",
    "push_back",
    "push_front",
    "insert",
    "resize",
    "fill",
    "fill_with",
    "resize_with",
    "extend",
    "extend_from_slice",
    "append",
    "copy_from_slice",
    "clone_from_slice",
    "zip",
    "chain",
    "map",
    "for_each",
    "filter",
    "filter_map",
    "fold",
    "try_fold",
    "scan",
    "unwrap_or",
    "map_or",
    "then_some",
    "or",
    "swap",
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "cmp",
    "partial_cmp",
    "contains",
];

impl Check<'_> {
    /// A call that is evaluated with plain values, whatever goes in.
    pub fn constant_call(&mut self, arguments: &[Node]) -> Kind {
        for argument in arguments {
            if self.is_live_function(&argument.kind) {
                self.refuse(
                    argument.span,
                    "a constant call takes no closure over differentiated values; let it use plain values",
                );
            }
            if argument.kind.is_active() && !is_scalar(argument) {
                self.refuse(
                    argument.span,
                    "a constant call takes single differentiated values; pass them one by one",
                );
            }
        }
        Kind::Plain
    }
}

fn is_scalar(argument: &Node) -> bool {
    match &argument.bare().shape {
        Shape::Reference { is_mutable, .. } => !is_mutable && argument.kind.may_be_number(),
        _ => argument.kind.may_be_number(),
    }
}
