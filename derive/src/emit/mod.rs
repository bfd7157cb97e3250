//! The body over the number type: plain parts as the user wrote them, numbers where derivatives travel.

mod call;
mod control;
mod lift;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{BinOp, Type};

use crate::kind::Kind;
use crate::number::number_type;
use crate::parse::Function;
use crate::tree::*;

/// The body of `lift`.
pub fn emit(function: &Function, body: &Body, kinds: Vec<Kind>) -> TokenStream {
    let runtime = &function.options.runtime;
    let mut emission = Emission {
        function,
        kinds,
        runtime: quote!(#runtime::__private),
        number: number_type(),
    };
    let constants = emission.moved_constants(&body.parameters);
    let block = emission.block(&body.root, &function.result);
    let runtime = &emission.runtime;
    quote! {
        use #runtime::KeepArgument as _;
        #constants
        #block
    }
}

struct Emission<'a> {
    function: &'a Function,
    kinds: Vec<Kind>,
    runtime: TokenStream,
    number: Ident,
}

impl Emission<'_> {
    /// Constants to which the body assigns a number become numbers at its start.
    fn moved_constants(&self, patterns: &[Pattern]) -> TokenStream {
        let constants = self
            .function
            .parameters
            .iter()
            .zip(patterns)
            .filter(|(parameter, _)| parameter.input.is_none());
        constants
            .filter(|(_, pattern)| self.bound(pattern).is_active())
            .map(|(parameter, pattern)| {
                let (pattern, value) = (
                    &pattern.original,
                    self.argument(parameter.name.to_token_stream()),
                );
                quote!(let #pattern = #value;)
            })
            .collect()
    }

    /// The node, with the kind that the check found.
    fn node(&mut self, node: &Node) -> TokenStream {
        let span = node.span;
        match &node.shape {
            Shape::Literal { tokens, .. }
            | Shape::Global(tokens)
            | Shape::Opaque { tokens, .. } => tokens.clone(),
            Shape::Local { name, .. } => name.to_token_stream(),
            Shape::Negate(inner) if inner.kind.is_number() => {
                let inner = self.value(inner);
                quote_spanned!(span=> -#inner)
            }
            Shape::Negate(inner) => {
                let inner = self.node(inner);
                quote_spanned!(span=> -#inner)
            }
            Shape::Not(inner) => {
                let inner = self.node(inner);
                quote_spanned!(span=> !#inner)
            }
            Shape::Dereference(inner) => {
                let inner = self.node(inner);
                quote_spanned!(span=> *#inner)
            }
            Shape::Binary {
                left,
                operator,
                right,
            } => self.binary(left, operator, right),
            Shape::Assign { place, value } => {
                let wanted = place.kind.clone();
                let (place, value) = (self.node(place), self.node_as(value, &wanted));
                quote_spanned!(span=> #place = #value)
            }
            Shape::AssignBy {
                place,
                operator,
                value,
            } => self.assign_by(place, operator, value),
            Shape::Cast { value, ty } => self.cast(value, ty, node.kind.is_number()),
            Shape::Index { base, index } => {
                let (base, index) = (self.node(base), self.node(index));
                quote_spanned!(span=> #base[#index])
            }
            Shape::Field { base, member } => {
                let base = self.node(base);
                quote_spanned!(span=> #base.#member)
            }
            Shape::Range { start, limits, end } => {
                let start = start.as_ref().map(|start| self.node(start));
                let end = end.as_ref().map(|end| self.node(end));
                quote!(#start #limits #end)
            }
            Shape::Call(call) => self.call(call),
            Shape::Method(method) => self.method(method),
            Shape::Message(message) => self.message(message),
            Shape::Let { pattern, value } => {
                let (pattern, value) = (&pattern.original, self.node(value));
                quote!(let #pattern = #value)
            }
            Shape::While {
                label,
                condition,
                body,
            } => {
                let (condition, body) = (self.node(condition), self.block(body, &Kind::Plain));
                quote!(#label while #condition { #body })
            }
            Shape::For {
                label,
                pattern,
                source,
                body,
            } => {
                let (pattern, source) = (&pattern.original, self.node(source));
                let body = self.block(body, &Kind::Plain);
                quote!(#label for #pattern in #source { #body })
            }
            Shape::Break {
                label,
                value,
                target,
            } => {
                let wanted = target.map_or(Kind::Plain, |target| self.kinds[target].clone());
                let value = value.as_ref().map(|value| self.node_as(value, &wanted));
                quote_spanned!(span=> break #label #value)
            }
            Shape::Continue(label) => quote_spanned!(span=> continue #label),
            Shape::Return(value) => {
                let result = self.function.result.clone();
                let value = value.as_ref().map(|value| self.node_as(value, &result));
                quote_spanned!(span=> return #value)
            }
            Shape::Group(_)
            | Shape::Reference { .. }
            | Shape::Array(_)
            | Shape::Repeat { .. }
            | Shape::Tuple(_)
            | Shape::Vector { .. }
            | Shape::Block { .. }
            | Shape::If { .. }
            | Shape::Match(_)
            | Shape::Loop { .. } => self.composite(node, &node.kind),
        }
    }

    fn binary(&mut self, left: &Node, operator: &BinOp, right: &Node) -> TokenStream {
        let (left_moves, right_moves) = (left.kind.is_number(), right.kind.is_number());
        if !left_moves && !right_moves {
            let (left, right) = (self.node(left), self.node(right));
            return quote!(#left #operator #right);
        }
        match operator {
            BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_) | BinOp::Rem(_) => {
                let (mut left, right) = (self.value(left), self.value(right));
                if !left_moves {
                    let runtime = &self.runtime;
                    left = quote!(#runtime::Left(#left));
                }
                quote!(#left #operator #right)
            }
            // A comparison looks at the values only.
            _ => {
                let (left, right) = (self.primal(left), self.primal(right));
                quote!(#left #operator #right)
            }
        }
    }

    /// With primitive floats the right side is evaluated first, so it may read what the left side borrows.
    fn assign_by(&mut self, place: &Node, operator: &BinOp, value: &Node) -> TokenStream {
        let is_number = place.kind.is_number();
        let is_simple = matches!(value.shape, Shape::Literal { .. } | Shape::Local { .. });
        let place = self.node(place);
        if !is_number {
            let value = self.node(value);
            return quote!(#place #operator #value);
        }
        let value = self.value(value);
        if is_simple {
            return quote!(#place #operator #value);
        }
        quote!({ let __chainrule_value = #value; #place #operator __chainrule_value; })
    }

    fn cast(&mut self, value: &Node, ty: &Type, is_number: bool) -> TokenStream {
        if is_number {
            return self.value(value);
        }
        let value = if value.kind.is_number() {
            self.primal(value)
        } else {
            self.node(value)
        };
        quote!(#value as #ty)
    }

    fn message(&mut self, message: &Message) -> TokenStream {
        let runtime = self.runtime.clone();
        let path = &message.path;
        let arguments: Vec<_> = message
            .arguments
            .iter()
            .map(|(name, argument)| {
                let value = if argument.kind.is_number() {
                    self.primal(argument)
                } else {
                    self.node(argument)
                };
                match name {
                    Some(name) => quote!(#name = #value),
                    None => value,
                }
            })
            .collect();
        let captures = message
            .captures
            .iter()
            .filter(|(variable, _)| self.kinds[*variable].is_number())
            .map(|(variable, name)| {
                let stars = self.stars(&self.kinds[*variable]);
                quote!(#name = #runtime::Scalar::primal(#stars #name))
            });
        let all = arguments.into_iter().chain(captures);
        quote!(#path!(#(#all),*))
    }
}
