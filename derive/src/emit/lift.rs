//! Plain values on their way to where numbers are expected.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::BinOp;

use super::Emission;
use crate::callee::{Callee, callee, is_empty_container};
use crate::kind::Kind;
use crate::names::internal;
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
        if node.kind.may_be_number() {
            value
        } else {
            self.constant(value)
        }
    }

    /// A scalar as a plain float.
    pub fn primal(&mut self, node: &Node) -> TokenStream {
        let value = self.value(node);
        self.read(value, &node.kind)
    }

    /// A value without references as a plain one.
    pub fn read(&self, value: TokenStream, kind: &Kind) -> TokenStream {
        let runtime = &self.runtime;
        match kind.target() {
            Kind::Number => quote!(#runtime::Scalar::primal(#value)),
            Kind::Lifted => quote!(#runtime::Read(&(#value)).read()),
            _ => value,
        }
    }

    /// The tokens as the user wrote them, over the plain values of what they mention.
    pub fn values(&self, tokens: &TokenStream, mentions: &[(Variable, Ident)]) -> TokenStream {
        let closure: Option<syn::ExprClosure> = syn::parse2(tokens.clone()).ok();
        let parameters = closure
            .as_ref()
            .map(|closure| closure.inputs.to_token_stream());
        let reads: Vec<_> = mentions
            .iter()
            .filter(|(variable, _)| self.kinds[*variable].is_active())
            .filter(|(_, name)| !parameters.iter().any(|tokens| names(tokens.clone(), name)))
            .map(|(variable, name)| {
                let kind = &self.kinds[*variable];
                if kind.is_compound() && kind.reference_depth() > 0 {
                    let (stars, runtime, whole) = (self.stars(kind), &self.runtime, internal("whole"));
                    return quote!(let #whole = #runtime::owned(&#stars #name); let #name = &*#whole;);
                }
                let value = self.printed(&name.to_token_stream(), kind);
                quote!(let #name = #value;)
            })
            .collect();
        match closure {
            _ if reads.is_empty() => tokens.clone(),
            // The values must live as long as the closure.
            Some(mut closure) => {
                let body = &closure.body;
                *closure.body = syn::parse_quote!({ #(#reads)* #body });
                closure.into_token_stream()
            }
            None => quote!({ #(#reads)* #tokens }),
        }
    }

    pub fn constant(&self, value: TokenStream) -> TokenStream {
        let first = value.clone().into_iter().next();
        let span = first.map_or_else(Span::call_site, |first| first.span());
        let (runtime, number) = (self.runtime_at(span), &self.number);
        quote_spanned!(span=> #runtime::constant::<#number>(#value))
    }

    /// A plain value whose type decides whether it becomes a number.
    pub fn argument(&self, value: TokenStream) -> TokenStream {
        self.wrapped("Argument", &value)
    }

    /// The same for a reference: it comes to refer to a copy.
    pub fn borrowed_argument(&self, value: TokenStream) -> TokenStream {
        let argument = self.wrapped("Borrowed", &value);
        quote!(&#argument)
    }

    fn wrapped(&self, wrapper: &str, value: &TokenStream) -> TokenStream {
        let (runtime, number) = (&self.runtime, &self.number);
        let suffix = if self.function.float == "f32" {
            "F32"
        } else {
            ""
        };
        let wrapper = format_ident!("{wrapper}{suffix}");
        quote!(#runtime::#wrapper::<_, #number>::new(#value).lift())
    }

    /// What stands in place of the node, if anything does.
    pub fn substituted(&self, node: &Node) -> Option<TokenStream> {
        let address: *const Node = node;
        let mut substitutes = self.substitutes.iter();
        let found = substitutes.find(|(other, _)| *other == address);
        match found {
            Some((_, tokens)) => Some(tokens.clone()),
            None => self.parts.get(&address).map(ToTokens::to_token_stream),
        }
    }

    /// The node where `wanted` is expected.
    pub fn node_as(&mut self, node: &Node, wanted: &Kind) -> TokenStream {
        if (node.kind.is_active() || self.parts.contains_key(&std::ptr::from_ref(node)))
            && let Some(substitute) = self.substituted(node)
        {
            return substitute;
        }
        let wanted = node.kind.join(wanted);
        match &node.shape {
            _ if !wanted.is_active() => self.node(node),
            Shape::Return { .. } | Shape::Break { .. } | Shape::Continue(_) => self.node(node),
            Shape::Message(message) if message.is_diverging => self.node(node),
            // Without a float there is nothing to lift.
            Shape::Literal {
                is_float: false, ..
            } => self.node(node),
            _ if !node.kind.is_active() && node.is_integer(self.integers) => self.node(node),
            Shape::Path(path) if path.path.is_ident("None") => self.node(node),
            Shape::Call(Call {
                function,
                arguments,
                local: None,
                ..
            }) if is_empty_container(function) => {
                let arguments: Vec<_> = arguments
                    .iter()
                    .map(|argument| self.node(argument))
                    .collect();
                self.call_of_known(function, &arguments)
            }
            Shape::Call(call) if call.function.path.is_ident("Err") => self.node(node),
            Shape::Call(Call {
                function,
                arguments,
                local: None,
                ..
            }) if matches!(callee(function), Callee::Constructor) => {
                let arguments: Vec<_> = arguments
                    .iter()
                    .map(|argument| self.node_as(argument, &wanted.unwrapped()))
                    .collect();
                self.call_of_known(function, &arguments)
            }
            Shape::Method(Method {
                receiver,
                name,
                turbofish: None,
                ..
            }) if name == "collect" && !node.kind.is_active() => {
                let iterator = self.node_as(receiver, &Kind::iterator(wanted.indexed()));
                quote_spanned!(name.span()=> ::core::iter::Iterator::collect(#iterator))
            }
            Shape::Group(_)
            | Shape::Reference { .. }
            | Shape::Array(_)
            | Shape::Repeat { .. }
            | Shape::Tuple(_)
            | Shape::Vector { .. }
            | Shape::Struct(_)
            | Shape::Block { .. }
            | Shape::If { .. }
            | Shape::Match(_)
            | Shape::Loop { .. } => self.composite(node, &wanted),
            _ if wanted == Kind::Number && !node.kind.is_active() => self.scalar(node),
            _ if wanted == Kind::Lifted && is_float_literal(node) => self.scalar(node),
            _ => {
                let tokens = self.node(node);
                self.convert(tokens, &node.kind, &wanted)
            }
        }
    }

    pub fn convert(&self, tokens: TokenStream, have: &Kind, wanted: &Kind) -> TokenStream {
        // The compiler sees to it that a lifted value has the shape that is wanted.
        if have == wanted || !wanted.is_active() || *have.target() == Kind::Lifted {
            return tokens;
        }
        match wanted {
            Kind::Number => self.constant(tokens),
            Kind::Tuple(parts) => {
                let names: Vec<_> = (0..parts.len()).map(|i| internal(&i.to_string())).collect();
                let values = names.iter().enumerate().map(|(i, name)| {
                    self.convert(name.to_token_stream(), &have.component(i), &parts[i])
                });
                quote!({ let (#(#names,)*) = #tokens; (#(#values,)*) })
            }
            Kind::Iterator(element) if !have.is_active() => {
                let item = internal("item");
                let value = match **element {
                    Kind::Number => {
                        let float = &self.function.float;
                        self.constant(quote!(*::core::borrow::Borrow::<#float>::borrow(&#item)))
                    }
                    _ => self.argument(quote!(#item)),
                };
                quote!(::core::iter::Iterator::map(::core::iter::IntoIterator::into_iter(#tokens), |#item| #value))
            }
            _ if have.is_active() => tokens,
            Kind::Reference(_) => self.borrowed_argument(tokens),
            _ if matches!(have, Kind::Reference(_)) => self.borrowed_argument(tokens),
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
                if !is_mutable
                    && wanted.is_active()
                    && !target.kind.is_active()
                    && !is_temporary(target)
                {
                    let target = self.node(target);
                    return self.borrowed_argument(quote!(&#target));
                }
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
            Shape::Struct(literal) => self.literal(literal, wanted),
            _ => self.control(node, wanted),
        }
    }
}

fn names(tokens: TokenStream, name: &Ident) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *name,
        TokenTree::Group(group) => names(group.stream(), name),
        _ => false,
    })
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
        | Shape::Struct(_)
        | Shape::Vector { .. } => true,
        _ => false,
    }
}

/// Whether the type of the value is that of its literals, which may still be open.
pub fn is_float_literal(node: &Node) -> bool {
    match &node.bare().shape {
        Shape::Literal { is_float, .. } => *is_float,
        Shape::Negate(inner) => is_float_literal(inner),
        Shape::Binary {
            left,
            operator: BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_) | BinOp::Rem(_),
            right,
        } => is_float_literal(left) && is_float_literal(right),
        _ => false,
    }
}
