//! Operators, assignments by them, and casts.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{BinOp, Type};

use super::Emission;
use crate::kind::Kind;
use crate::names::internal;
use crate::tree::*;

impl Emission<'_> {
    pub fn binary(&mut self, left: &Node, operator: &BinOp, right: &Node) -> TokenStream {
        let (left_moves, right_moves) = (left.kind.may_be_number(), right.kind.may_be_number());
        let is_compound = left.kind.is_compound() || right.kind.is_compound();
        if !left_moves && !right_moves && !is_compound {
            let (left, right) = (self.node(left), self.node(right));
            return quote!(#left #operator #right);
        }
        match operator {
            BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_) | BinOp::Rem(_) => {
                let is_integer = matches!(
                    left.bare().shape,
                    Shape::Literal {
                        is_float: false,
                        ..
                    }
                );
                let (mut left, right) = (self.value(left), self.value(right));
                if !left_moves && !is_integer {
                    let runtime = &self.runtime;
                    left = quote!(#runtime::Left(#left));
                }
                quote!(#left #operator #right)
            }
            // A comparison looks at the values only.
            _ if left.kind.is_compound() || right.kind.is_compound() => {
                let (left, right) = (self.compared(left), self.compared(right));
                quote!(#left #operator #right)
            }
            _ => {
                let (left, right) = self.sides(left, right);
                quote!(#left #operator #right)
            }
        }
    }

    /// The sides of a comparison of scalars: numbers, which may be watched. Those that only the compiler knows give their values, and
    /// so do those that the other side may change: a number is compared by reference.
    fn sides(&mut self, left: &Node, right: &Node) -> (TokenStream, TokenStream) {
        let is_known = |side: &Node| *side.kind.target() != Kind::Lifted && only_reads(side);
        if is_known(left) && is_known(right) {
            (self.scalar(left), self.scalar(right))
        } else {
            (self.primal(left), self.primal(right))
        }
    }

    /// With primitive floats the right side is evaluated first, so it may read what an index on the left borrows.
    pub fn assign_by(&mut self, place: &Node, operator: &BinOp, value: &Node) -> TokenStream {
        let is_number = place.kind.may_be_number();
        let is_simple = matches!(value.shape, Shape::Literal { .. } | Shape::Local { .. })
            || matches!(place.shape, Shape::Local { .. }) && only_reads(value);
        let place = self.node(place);
        if !is_number {
            let value = self.node(value);
            return quote!(#place #operator #value);
        }
        let value = self.value(value);
        if is_simple {
            return quote!(#place #operator #value);
        }
        let step = internal("step");
        quote!({ let #step = #value; #place #operator #step; })
    }

    pub fn cast(&mut self, value: &Node, ty: &Type, is_number: bool) -> TokenStream {
        if is_number && value.kind.is_number() {
            return self.value(value);
        }
        if is_number {
            let value = self.value(value);
            return self.cast_to_number(&value);
        }
        let value = match value.kind.target() {
            Kind::Number => {
                let runtime = self.runtime_at(value.span);
                let (value, span) = (self.value(value), value.span);
                quote_spanned!(span=> #runtime::Scalar::primal_to_cast(#value))
            }
            Kind::Lifted => self.primal(value),
            _ => self.node(value),
        };
        quote!(#value as #ty)
    }

    /// A value that only the compiler knows, a number or an integer, as a number.
    pub fn cast_to_number(&self, value: &TokenStream) -> TokenStream {
        let (runtime, number) = (&self.runtime, &self.number);
        quote!(#runtime::Cast(&(#value)).to_number::<#number>())
    }
}

/// Whether the expression is plainly one that assigns nothing.
fn only_reads(node: &Node) -> bool {
    match &node.shape {
        Shape::Literal { .. } | Shape::Local { .. } | Shape::Path(_) => true,
        Shape::Group(inner)
        | Shape::Negate(inner)
        | Shape::Dereference(inner)
        | Shape::Cast { value: inner, .. }
        | Shape::Field { base: inner, .. }
        | Shape::Reference {
            is_mutable: false,
            target: inner,
        } => only_reads(inner),
        Shape::Binary { left, right, .. } => only_reads(left) && only_reads(right),
        Shape::Index { base, index } => only_reads(base) && only_reads(index),
        Shape::Call(call) => call.arguments.iter().all(only_reads),
        Shape::Method(method) => {
            only_reads(&method.receiver) && method.arguments.iter().all(only_reads)
        }
        Shape::Closure(_) => true,
        _ => false,
    }
}
