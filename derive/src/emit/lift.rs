//! Plain values on their way to where numbers are expected.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::Emission;
use crate::kind::Kind;
use crate::tree::*;

impl Emission<'_> {
    pub fn stars(&self, kind: &Kind) -> TokenStream {
        std::iter::repeat_n(quote!(*), kind.reference_depth()).collect()
    }

    /// A scalar without references: a number, or a plain float.
    pub fn value(&mut self, node: &Node) -> TokenStream {
        let tokens = self.node(node);
        let float = &self.function.float;
        match &node.kind {
            Kind::Untyped => quote!((*::core::borrow::Borrow::<#float>::borrow(&(#tokens)))),
            Kind::Reference(_) => {
                let stars = self.stars(&node.kind);
                quote!((#stars #tokens))
            }
            _ => tokens,
        }
    }

    /// A scalar as a number.
    pub fn scalar(&mut self, node: &Node) -> TokenStream {
        let value = self.value(node);
        if node.kind.is_number() {
            value
        } else {
            self.constant(value)
        }
    }

    /// A scalar as a plain float.
    pub fn primal(&mut self, node: &Node) -> TokenStream {
        let value = self.value(node);
        let runtime = &self.runtime;
        if node.kind.is_number() {
            quote!(#runtime::Scalar::primal(#value))
        } else {
            value
        }
    }

    fn constant(&self, value: TokenStream) -> TokenStream {
        let (runtime, number) = (&self.runtime, &self.number);
        quote!(#runtime::constant::<#number>(#value))
    }

    /// A plain value whose type decides whether it becomes a number.
    pub fn argument(&self, value: TokenStream) -> TokenStream {
        let (runtime, number) = (&self.runtime, &self.number);
        let wrapper = if self.function.float == "f32" {
            "ArgumentF32"
        } else {
            "Argument"
        };
        let wrapper = format_ident!("{wrapper}");
        quote!(#runtime::#wrapper::<_, #number>::new(#value).lift())
    }

    /// The node where `wanted` is expected.
    pub fn node_as(&mut self, node: &Node, wanted: &Kind) -> TokenStream {
        let wanted = node.kind.join(wanted);
        match &node.shape {
            _ if !wanted.is_active() => self.node(node),
            Shape::Return(_) | Shape::Break { .. } | Shape::Continue(_) => self.node(node),
            Shape::Message(message) if message.is_diverging => self.node(node),
            Shape::Group(_)
            | Shape::Reference { .. }
            | Shape::Array(_)
            | Shape::Repeat { .. }
            | Shape::Tuple(_)
            | Shape::Vector { .. }
            | Shape::Block { .. }
            | Shape::If { .. }
            | Shape::Match(_)
            | Shape::Loop { .. } => self.composite(node, &wanted),
            _ if wanted == Kind::Number && !node.kind.is_active() => self.scalar(node),
            _ => {
                let tokens = self.node(node);
                self.convert(tokens, &node.kind, &wanted)
            }
        }
    }

    fn convert(&self, tokens: TokenStream, have: &Kind, wanted: &Kind) -> TokenStream {
        if have == wanted || !wanted.is_active() {
            return tokens;
        }
        match wanted {
            Kind::Number => self.constant(tokens),
            Kind::Tuple(parts) => {
                let names: Vec<_> = (0..parts.len())
                    .map(|i| format_ident!("__chainrule_{i}"))
                    .collect();
                let values = names.iter().enumerate().map(|(i, name)| {
                    self.convert(name.to_token_stream(), &have.component(i), &parts[i])
                });
                quote!({ let (#(#names,)*) = #tokens; (#(#values,)*) })
            }
            _ if have.is_active() => tokens,
            _ => self.argument(tokens),
        }
    }

    /// Nodes that pass what is expected on to their parts.
    pub fn composite(&mut self, node: &Node, wanted: &Kind) -> TokenStream {
        let span = node.span;
        match &node.shape {
            Shape::Group(inner) => {
                let inner = self.node_as(inner, wanted);
                quote_spanned!(span=> (#inner))
            }
            Shape::Reference { is_mutable, target } => {
                let wanted = match wanted {
                    Kind::Reference(target) => target,
                    kind => kind,
                };
                let mutability = is_mutable.then(|| quote!(mut));
                // A place must stay a place: what is lifted is a copy.
                let target = if is_temporary(target) {
                    self.node_as(target, wanted)
                } else {
                    self.node(target)
                };
                quote_spanned!(span=> &#mutability #target)
            }
            Shape::Array(elements) => {
                let wanted = wanted.indexed();
                let elements = elements
                    .iter()
                    .map(|element| self.node_as(element, &wanted))
                    .collect::<Vec<_>>();
                quote_spanned!(span=> [#(#elements),*])
            }
            Shape::Repeat { element, length } => {
                let (element, length) =
                    (self.node_as(element, &wanted.indexed()), self.node(length));
                quote_spanned!(span=> [#element; #length])
            }
            Shape::Tuple(parts) => {
                let parts: Vec<_> = parts
                    .iter()
                    .enumerate()
                    .map(|(i, part)| self.node_as(part, &wanted.component(i)))
                    .collect();
                quote_spanned!(span=> (#(#parts,)*))
            }
            Shape::Vector { path, content } => {
                let content = match &content.shape {
                    Shape::Repeat { element, length } => {
                        let (element, length) =
                            (self.node_as(element, &wanted.indexed()), self.node(length));
                        quote!(#element; #length)
                    }
                    Shape::Array(elements) => {
                        let wanted = wanted.indexed();
                        let elements: Vec<_> = elements
                            .iter()
                            .map(|element| self.node_as(element, &wanted))
                            .collect();
                        quote!(#(#elements),*)
                    }
                    _ => self.node(content),
                };
                quote_spanned!(span=> #path![#content])
            }
            _ => self.control(node, wanted),
        }
    }
}

/// Whether a reference to it refers to a temporary value anyway.
fn is_temporary(node: &Node) -> bool {
    match &node.shape {
        Shape::Group(inner) => is_temporary(inner),
        Shape::Literal { .. }
        | Shape::Negate(_)
        | Shape::Array(_)
        | Shape::Repeat { .. }
        | Shape::Tuple(_)
        | Shape::Vector { .. } => true,
        _ => false,
    }
}
