//! The body over the number type: plain parts as the user wrote them, numbers where derivatives travel.

mod associated;
mod call;
mod closure;
mod control;
mod identity;
mod lift;
mod method;
mod name;
mod operator;
mod plain;
mod structure;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Path, Type};

use crate::function::Function;
use crate::kind::Kind;
use crate::lifted::type_over;
use crate::names::{internal, number_type};
use crate::tree::*;

/// The body of `lift`.
pub fn emit(function: &Function, body: &Body, kinds: Vec<Kind>) -> TokenStream {
    let mut emission = Emission::new(function, body, kinds);
    let constants = emission.moved_constants(&body.parameters);
    let block = emission.block(&body.root, &function.result);
    let definitions = emission.definitions();
    quote!(#definitions #constants #block)
}

#[derive(Clone)]
pub struct Emission<'a> {
    pub function: &'a Function,
    pub kinds: Vec<Kind>,
    /// What the generated functions call the runtime's module: one word, where its path would be five tokens each time.
    pub runtime: Ident,
    /// The number type, or another in a call that carries more derivatives.
    pub number: TokenStream,
    /// What variables are called, where not by their own names.
    pub names: Vec<Option<Ident>>,
    /// Nodes that are variables of their own, by their addresses.
    pub parts: BTreeMap<*const Node, Ident>,
    /// What stands in place of nodes, by their addresses.
    substitutes: Vec<(*const Node, TokenStream)>,
    signatures: Vec<ClosureSignature>,
    /// The lifted forms of the structs that the body names.
    aliases: Vec<(Path, Ident)>,
    integers: &'a BTreeSet<Variable>,
    called: &'a BTreeSet<String>,
}

impl<'a> Emission<'a> {
    pub fn new(function: &'a Function, body: &'a Body, kinds: Vec<Kind>) -> Self {
        Self {
            function,
            kinds,
            runtime: internal("runtime"),
            number: number_type().into_token_stream(),
            names: Vec::new(),
            parts: BTreeMap::new(),
            substitutes: Vec::new(),
            signatures: body.signatures.clone(),
            aliases: Vec::new(),
            integers: &body.integers,
            called: &body.called,
        }
    }
}

impl Emission<'_> {
    /// The type with the number in place of its floats, where `kind` has numbers.
    fn type_over_number(&self, ty: &Type, kind: &Kind) -> TokenStream {
        type_over(self.function, &self.number, ty, kind)
    }

    /// What the body is in need of, whatever has been emitted.
    pub fn definitions(&self) -> TokenStream {
        let (path, aliases) = (&self.function.options.runtime, self.alias_definitions());
        let runtime = &self.runtime;
        quote! {
            use #path::__private::{
                self as #runtime, CastAny as _, KeepArgument as _, PassAny as _, ReadAny as _, RunAny as _,
            };
            #aliases
        }
    }

    /// Constants to which the body assigns a number become numbers at its start.
    fn moved_constants(&self, patterns: &[Pattern]) -> TokenStream {
        let constants = self
            .function
            .parameters
            .iter()
            .zip(patterns)
            .filter(|(parameter, _)| parameter.is_constant());
        constants
            .filter(|(_, pattern)| pattern.bound(&self.kinds).is_active())
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
    pub fn node(&mut self, node: &Node) -> TokenStream {
        if let Some(substitute) = self.substituted(node) {
            return substitute;
        }
        let span = node.span;
        match &node.shape {
            Shape::Literal { tokens, .. } | Shape::Opaque { tokens, .. } => tokens.clone(),
            Shape::Infer => quote!(_),
            Shape::Path(path) => match &node.kind {
                Kind::Function { parameters, .. } => self.function_value(path, parameters),
                _ => path.to_token_stream(),
            },
            Shape::Values { tokens, mentions } => self.values(tokens, mentions),
            Shape::Closure(closure) => self.closure(closure),
            Shape::Try(inner) => {
                let inner = self.node(inner);
                quote_spanned!(span=> #inner?)
            }
            Shape::Local { variable, name } => match self.names.get(*variable) {
                Some(Some(name)) => name.to_token_stream(),
                _ => name.to_token_stream(),
            },
            Shape::Negate(inner) if inner.kind.may_be_number() => {
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
            Shape::Cast { value, ty } if node.kind.is_function() => {
                let (value, ty) = (self.node(value), self.type_over_number(ty, &node.kind));
                quote!(#value as #ty)
            }
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
            Shape::Call(call) => self.call(call, &node.kind),
            Shape::Method(method) => self.method(method, &node.kind),
            Shape::Message(message) => self.message(message),
            Shape::Let { pattern, value } => {
                let value = self.taken_apart(value, &[pattern]);
                let pattern = self.pattern(pattern);
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
                let bound = pattern.bound(&self.kinds);
                let pattern = self.pattern(pattern);
                let source = match source.kind.element() {
                    // The variable itself becomes a number: `for mut term in [1.0, 2.0] { term *= x; .. }`.
                    element if bound.is_active() && !element.is_active() => {
                        let wanted = match source.kind {
                            Kind::Sequence(_) => Kind::sequence(bound),
                            _ => Kind::iterator(bound),
                        };
                        self.node_as(source, &wanted)
                    }
                    _ => self.node(source),
                };
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
            Shape::Return { value, target } => {
                let result = target.map_or_else(
                    || self.function.result.clone(),
                    |target| self.kinds[target].clone(),
                );
                let value = value.as_ref().map(|value| self.node_as(value, &result));
                quote_spanned!(span=> return #value)
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
            | Shape::Loop { .. } => self.composite(node, &node.kind),
        }
    }

    fn message(&mut self, message: &Message) -> TokenStream {
        let path = &message.path;
        let arguments: Vec<_> = message
            .arguments
            .iter()
            .map(|(name, argument)| {
                let value = if argument.kind.may_be_number() {
                    self.primal(argument)
                } else if argument.kind.is_compound() {
                    let value = self.node(argument);
                    self.printed(&value, &argument.kind)
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
            .filter(|(variable, _)| self.kinds[*variable].is_active())
            .map(|(variable, name)| {
                let value = self.printed(&name.to_token_stream(), &self.kinds[*variable]);
                quote!(#name = #value)
            });
        let all = arguments.into_iter().chain(captures);
        quote!(#path!(#(#all),*))
    }
}
