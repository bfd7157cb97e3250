//! Blocks, branches and loops that have a value.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Item, ItemFn};

use super::Emission;
use crate::function::function_type;
use crate::kind::Kind;
use crate::tree::*;

impl Emission<'_> {
    /// Statements and tail, without braces.
    pub fn block(&mut self, block: &Block, wanted: &Kind) -> TokenStream {
        let mut tokens: TokenStream = block
            .statements
            .iter()
            .map(|statement| self.statement(statement, wanted))
            .collect();
        if let Some(tail) = &block.tail {
            tokens.extend(self.node_as(tail, wanted));
        }
        tokens
    }

    pub fn statement(&mut self, statement: &Statement, wanted: &Kind) -> TokenStream {
        match statement {
            Statement::Item(item) => self.item(item),
            Statement::Expression {
                node,
                has_semicolon,
                conditions,
                is_tail,
            } => {
                let node = if *is_tail {
                    self.node_as(node, wanted)
                } else {
                    self.node(node)
                };
                let semicolon = has_semicolon.then(|| quote!(;));
                if conditions.is_empty() {
                    quote!(#node #semicolon)
                } else {
                    quote!(#conditions { #node #semicolon })
                }
            }
            Statement::Let(binding) => {
                let Let {
                    conditions,
                    pattern,
                    ty,
                    value,
                    otherwise,
                } = &**binding;
                let kind = pattern.bound(&self.kinds);
                let original = self.pattern(pattern);
                let ty = ty.as_ref().map(|ty| {
                    let ty = self.type_over_number(ty, &kind);
                    quote!(: #ty)
                });
                let value = value.as_ref().map(|value| {
                    let value = self.node_as(value, &kind);
                    quote!(= #value)
                });
                let otherwise = otherwise.as_ref().map(|otherwise| {
                    let otherwise = self.block(otherwise, &Kind::Plain);
                    quote!(else { #otherwise })
                });
                quote!(#conditions let #original #ty #value #otherwise;)
            }
        }
    }

    /// An item of the body. A function that is called with a differentiated value has no other reader than this one.
    fn item(&self, item: &Item) -> TokenStream {
        let is_marked = |function: &ItemFn| {
            function
                .attrs
                .iter()
                .filter_map(|attribute| attribute.path().segments.last())
                .any(|last| last.ident == "differentiate")
        };
        match item {
            Item::Fn(function)
                if self.called.contains(&function.sig.ident.to_string())
                    && !is_marked(function) =>
            {
                let runtime = &self.function.options.runtime;
                let inputs = written_inputs(function);
                quote!(#[#runtime::differentiate(crate = #runtime #inputs)] #function)
            }
            item => item.to_token_stream(),
        }
    }

    /// A value with numbers where variables of the patterns become numbers later, as `mut` ones may.
    pub fn taken_apart(&mut self, value: &Node, patterns: &[&Pattern]) -> TokenStream {
        if value.kind.reference_depth() > 0 || *value.kind.target() == Kind::Lifted {
            return self.node(value);
        }
        let wanted = patterns.iter().fold(value.kind.clone(), |wanted, pattern| {
            wanted.join(&pattern.bound(&self.kinds))
        });
        self.node_as(value, &wanted)
    }

    pub fn control(&mut self, node: &Node, wanted: &Kind) -> TokenStream {
        match &node.shape {
            Shape::Block {
                label,
                block,
                result,
            } => {
                self.kinds[*result] = self.kinds[*result].join(wanted);
                let block = self.block(block, wanted);
                quote!(#label { #block })
            }
            Shape::If {
                condition,
                then,
                otherwise,
            } => {
                let (condition, then) = (self.node(condition), self.block(then, wanted));
                let otherwise = otherwise.as_ref().map(|otherwise| {
                    let otherwise = self.node_as(otherwise, wanted);
                    quote!(else #otherwise)
                });
                quote!(if #condition { #then } #otherwise)
            }
            Shape::Match(choice) => {
                let scrutinee = if choice.of_value {
                    self.primal(&choice.scrutinee)
                } else {
                    let patterns: Vec<_> = choice.arms.iter().map(|arm| &arm.pattern).collect();
                    self.taken_apart(&choice.scrutinee, &patterns)
                };
                let arms = choice.arms.iter().map(|arm| {
                    let (conditions, pattern) = (&arm.conditions, self.pattern(&arm.pattern));
                    let guard = arm.guard.as_ref().map(|guard| {
                        let guard = self.node(guard);
                        quote!(if #guard)
                    });
                    let body = self.node_as(&arm.body, wanted);
                    quote!(#conditions #pattern #guard => #body,)
                });
                let arms: Vec<_> = arms.collect();
                quote!(match #scrutinee { #(#arms)* })
            }
            Shape::Loop {
                label,
                body,
                result,
            } => {
                self.kinds[*result] = self.kinds[*result].join(wanted);
                let body = self.block(body, &Kind::Plain);
                quote!(#label loop { #body })
            }
            _ => self.node(node),
        }
    }
}

/// `wrt(..)` with all that holds floats, if something is written through a reference: the function may read it as well.
fn written_inputs(function: &ItemFn) -> TokenStream {
    let mut names = Vec::new();
    let mut is_written = false;
    for parameter in &function.sig.inputs {
        if let syn::FnArg::Typed(typed) = parameter
            && let syn::Pat::Ident(name) = &*typed.pat
            && (holds_floats(&Kind::of_type(&typed.ty, &Kind::Number))
                || function_type(&function.sig.generics, &typed.ty).is_some_and(|signature| {
                    let mut types = signature.types();
                    types.any(|ty| holds_floats(&Kind::of_type(ty, &Kind::Number)))
                }))
        {
            is_written |= matches!(&*typed.ty, syn::Type::Reference(reference) if reference.mutability.is_some());
            names.push(&name.ident);
        }
    }
    if is_written {
        quote!(, wrt(#(#names),*))
    } else {
        TokenStream::new()
    }
}

/// Whether a parameter of this kind is an input unless it is told otherwise.
fn holds_floats(kind: &Kind) -> bool {
    match kind {
        Kind::Number => true,
        Kind::Tuple(parts) => parts.iter().any(holds_floats),
        Kind::Sequence(inner) | Kind::Reference(inner) | Kind::Wrapped(inner) => {
            holds_floats(inner)
        }
        _ => false,
    }
}
