//! Types, casts, operators and printed values.

use proc_macro2::Span;
use syn::{BinOp, Type};

use super::Check;
use crate::kind::{Kind, container, is_float, is_float_free};
use crate::tree::*;

const INTEGERS: &[&str] = &[
    "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize",
];

impl Check<'_> {
    /// The type must be written out where numbers go, so that they can be put in place of the floats.
    pub fn check_type(&mut self, ty: &Type, kind: &Kind) {
        if !kind.is_active() {
            return;
        }
        let span = syn::spanned::Spanned::span(ty);
        match (ty, kind) {
            (Type::Infer(_), _) => {}
            (Type::Paren(paren), _) => self.check_type(&paren.elem, kind),
            (Type::Group(group), _) => self.check_type(&group.elem, kind),
            (Type::Array(array), Kind::Sequence(element)) => self.check_type(&array.elem, element),
            (Type::Slice(slice), Kind::Sequence(element)) => self.check_type(&slice.elem, element),
            (Type::Reference(reference), Kind::Reference(target)) => {
                self.check_type(&reference.elem, target)
            }
            (Type::Tuple(tuple), Kind::Tuple(parts)) => {
                for (ty, kind) in tuple.elems.iter().zip(parts) {
                    self.check_type(ty, kind);
                }
            }
            (Type::Path(_), Kind::Number | Kind::Lifted)
                if is_float(ty).is_some_and(|name| *name == self.float) => {}
            (Type::Path(_), Kind::Sequence(inner) | Kind::Wrapped(inner))
                if container(ty).is_some() =>
            {
                if let Some((_, ty)) = container(ty) {
                    self.check_type(ty, inner);
                }
            }
            // A struct or an alias; the compiler checks that it can be lifted to what is there.
            (Type::Path(path), _)
                if container(ty).is_none()
                    && is_float(ty).is_none()
                    && !is_float_free(&path.path) => {}
            _ => {
                let float = &self.float;
                let message = format!(
                    "this type cannot hold a differentiated value; write it with `{float}`, `[{float}; N]`, `Vec<{float}>`, \
                     references and tuples, or leave it out"
                );
                self.refuse(span, message);
            }
        }
    }

    pub fn literal(&mut self, literal: &mut Literal) -> Kind {
        let mut is_active = false;
        for (_, value) in &mut literal.fields {
            is_active |= self.node(value).is_active();
        }
        if let Some(rest) = &mut literal.rest {
            is_active |= self.node(rest).is_active();
        }
        if literal.is_call {
            self.check_constructor(literal, is_active);
        }
        if is_active { Kind::Lifted } else { Kind::Plain }
    }

    /// A call of a constructor: structs of the standard library are none of ours, and only the compiler knows others.
    fn check_constructor(&mut self, literal: &Literal, is_active: bool) {
        const FOREIGN: &[&str] = &[
            "Box",
            "Rc",
            "Arc",
            "Cell",
            "RefCell",
            "Wrapping",
            "Saturating",
            "Reverse",
        ];
        let path = &literal.path;
        let Some(last) = path.segments.last() else {
            return;
        };
        if is_active && FOREIGN.iter().any(|name| last.ident == name) {
            self.refuse_holder(path);
        }
        for (_, value) in &literal.fields {
            if self.is_live_function(&value.kind) {
                self.refuse(value.span, "a struct cannot hold a closure over differentiated values; call the closure, or write its body here");
            }
        }
    }

    pub fn refuse_holder(&mut self, path: &syn::Path) {
        let span = path
            .segments
            .last()
            .map_or_else(Span::call_site, |last| last.ident.span());
        let path = quote::quote!(#path).to_string().replace(" :: ", "::");
        self.refuse(span, format!("`{path}` cannot hold a differentiated value; use a struct with `#[derive(Differentiable)]`, an array or a tuple"));
    }

    /// What the compiler refuses of floats as well is told once, and not for each sweep.
    pub fn check_operands(&mut self, sides: [&Node; 2], kinds: &[Kind; 2], operator: &BinOp) {
        if !kinds.iter().any(Kind::is_number) {
            return;
        }
        if let BinOp::BitAnd(_)
        | BinOp::BitOr(_)
        | BinOp::BitXor(_)
        | BinOp::Shl(_)
        | BinOp::Shr(_) = operator
        {
            self.refuse(
                syn::spanned::Spanned::span(operator),
                "this operator has no derivative; use `+ - * / %`",
            );
        }
        for side in sides {
            if let Shape::Literal {
                tokens,
                is_float: false,
            } = &side.bare().shape
                && let text = tokens.to_string()
                && text.bytes().all(|digit| digit.is_ascii_digit())
            {
                let message =
                    format!("an integer stands beside a differentiated float; write `{text}.0`");
                self.refuse(side.span, message);
            }
        }
    }

    pub fn binary(&mut self, span: Span, left: &Kind, operator: &BinOp, right: &Kind) -> Kind {
        if !left.is_active() && !right.is_active() {
            return Kind::Plain;
        }
        let are_scalar = [left, right]
            .iter()
            .all(|kind| kind.may_be_number() || !kind.is_active());
        let is_arithmetic = matches!(
            operator,
            BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_) | BinOp::Rem(_)
        );
        let is_comparison = matches!(
            operator,
            BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_)
        );
        if !are_scalar && is_comparison {
            self.check_printed(span, left);
            self.check_printed(span, right);
            let is_plain = !left.is_active() || !right.is_active();
            if is_plain && (left.target().holds_reference() || right.target().holds_reference()) {
                self.refuse(
                    span,
                    "references to differentiated values cannot be compared with plain ones; add `.copied()`",
                );
            }
        } else if !are_scalar {
            self.refuse(
                span,
                "operators take one number a side; compute with the elements",
            );
        }
        match (left.target(), right.target()) {
            _ if !is_arithmetic => Kind::Plain,
            (Kind::Number, _) | (_, Kind::Number) => Kind::Number,
            _ => Kind::Lifted,
        }
    }

    pub fn cast(&mut self, span: Span, kind: &Kind, ty: &Type) -> Kind {
        if !kind.is_active() {
            return Kind::Plain;
        }
        let name = match ty {
            Type::Path(path) => path
                .path
                .get_ident()
                .map(ToString::to_string)
                .unwrap_or_default(),
            _ => String::new(),
        };
        if name == self.float && kind.may_be_number() {
            return Kind::Number;
        }
        if !INTEGERS.contains(&name.as_str()) || !kind.may_be_number() {
            let message = format!(
                "this cast of a differentiated value is not known; cast to `{}` or to an integer",
                self.float
            );
            self.refuse(span, message);
        }
        Kind::Plain
    }

    pub fn message(&mut self, message: &mut Message) {
        for (_, argument) in &mut message.arguments {
            let kind = self.node(argument);
            self.check_printed(argument.span, &kind);
        }
        for (variable, name) in &message.captures {
            let kind = self.kinds[*variable].clone();
            self.check_printed(name.span(), &kind);
        }
    }

    pub fn check_printed(&mut self, span: Span, kind: &Kind) {
        if kind.is_active() && kind.holds_iterator() {
            self.refuse(
                span,
                "an iterator over differentiated values cannot be printed or compared; collect it",
            );
        } else if kind.is_active()
            && let Kind::Sequence(element) = kind.target()
            && element.holds_reference()
        {
            self.refuse(
                span,
                "references to differentiated values cannot be printed or compared together; copy the values",
            );
        }
    }
}
