//! Structs whose floats are numbers: their literals and their patterns.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

use super::Emission;
use crate::kind::Kind;
use crate::tree::*;

impl Emission<'_> {
    pub fn literal(&mut self, literal: &Literal, wanted: &Kind) -> TokenStream {
        let is_lifted = wanted.is_active();
        let part = if is_lifted { Kind::Lifted } else { Kind::Plain };
        let fields: Vec<_> = literal
            .fields
            .iter()
            .map(|(member, value)| {
                let value = self.node_as(value, &part);
                quote!(#member: #value)
            })
            .collect();
        let rest = literal.rest.as_ref().map(|rest| {
            let rest = self.node_as(rest, &part);
            quote!(..#rest)
        });
        let path = self.path_of(&literal.path, is_lifted);
        if literal.is_call && !is_lifted {
            let values: Vec<_> = literal
                .fields
                .iter()
                .map(|(_, value)| self.node(value))
                .collect();
            return quote!(#path(#(#values),*));
        }
        let braced = quote!(#path { #(#fields,)* #rest });
        // A call stands where a literal cannot, as in `match Point(x, y) { .. }`.
        match literal.is_call {
            true => quote!((#braced)),
            false => braced,
        }
    }

    /// The pattern as it was written, but for the structs in it that are lifted.
    pub fn pattern(&mut self, pattern: &Pattern) -> TokenStream {
        if !self.names_lifted_struct(pattern) && !self.has_renamed(pattern) {
            return pattern.original.to_token_stream();
        }
        match &pattern.shape {
            PatternShape::Struct {
                path,
                fields,
                has_rest,
            } => {
                let fields: Vec<_> = fields
                    .iter()
                    .map(|(member, field)| {
                        let field = self.pattern(field);
                        quote!(#member: #field)
                    })
                    .collect();
                let rest = has_rest.then(|| quote!(..));
                let path = self.path_of(path, true);
                quote!(#path { #(#fields,)* #rest })
            }
            PatternShape::Tuple(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.pattern(part)).collect();
                quote!((#(#parts,)*))
            }
            PatternShape::Slice(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.pattern(part)).collect();
                quote!([#(#parts),*])
            }
            PatternShape::Reference(inner) => {
                let inner = self.pattern(inner);
                quote!(&#inner)
            }
            PatternShape::Or(cases) => {
                let cases: Vec<_> = cases.iter().map(|case| self.pattern(case)).collect();
                quote!((#(#cases)|*))
            }
            PatternShape::Wrapper { inner, .. } => {
                let inner = self.pattern(inner);
                match &pattern.original {
                    syn::Pat::TupleStruct(wrapper) => {
                        let path = &wrapper.path;
                        quote!(#path(#inner))
                    }
                    original => original.to_token_stream(),
                }
            }
            PatternShape::Bind {
                variable,
                is_reference,
                inner,
            } => match (self.names.get(*variable), &pattern.original) {
                (Some(Some(name)), syn::Pat::Ident(original)) => {
                    let (name, mutability) = (name.clone(), &original.mutability);
                    let reference = is_reference.then(|| quote!(ref));
                    let inner = inner.as_ref().map(|inner| {
                        let inner = self.pattern(inner);
                        quote!(@ #inner)
                    });
                    quote!(#reference #mutability #name #inner)
                }
                _ => pattern.original.to_token_stream(),
            },
            PatternShape::Ignore
            | PatternShape::Rest
            | PatternShape::Constant
            | PatternShape::Plain { .. } => pattern.original.to_token_stream(),
        }
    }

    fn has_renamed(&self, pattern: &Pattern) -> bool {
        let mut has_renamed = false;
        pattern.each_variable(&mut |variable, _| {
            has_renamed |= matches!(self.names.get(variable), Some(Some(_)));
        });
        has_renamed
    }

    fn names_lifted_struct(&self, pattern: &Pattern) -> bool {
        match &pattern.shape {
            PatternShape::Struct { .. } => pattern.bound(&self.kinds).is_active(),
            PatternShape::Tuple(parts) | PatternShape::Slice(parts) | PatternShape::Or(parts) => {
                parts.iter().any(|part| self.names_lifted_struct(part))
            }
            PatternShape::Reference(inner) | PatternShape::Wrapper { inner, .. } => {
                self.names_lifted_struct(inner)
            }
            PatternShape::Bind { .. }
            | PatternShape::Ignore
            | PatternShape::Rest
            | PatternShape::Constant
            | PatternShape::Plain { .. } => false,
        }
    }

    /// The struct's own path, or an alias of its lifted form: a projection cannot stand in an expression.
    fn path_of(&mut self, path: &Path, is_lifted: bool) -> TokenStream {
        if !is_lifted {
            return path.to_token_stream();
        }
        // What is wrong with the struct is said where it stands.
        let span = path.span().resolved_at(Span::call_site());
        let number = self.number.clone().into_iter();
        let number: TokenStream = number
            .map(|mut token| {
                token.set_span(span);
                token
            })
            .collect();
        let written = path.to_token_stream().to_string();
        let is_same = |known: &Path| known.to_token_stream().to_string() == written;
        let name = match self.aliases.iter().find(|(known, _)| is_same(known)) {
            Some((_, name)) => name.clone(),
            None => {
                let name = format_ident!("__ChainruleStruct{}", self.aliases.len(), span = span);
                self.aliases.push((path.clone(), name.clone()));
                name
            }
        };
        quote_spanned!(span=> #name::<#number>)
    }

    pub fn alias_definitions(&self) -> TokenStream {
        let (runtime, float) = (&self.runtime, &self.function.float);
        self.aliases
            .iter()
            .map(|(path, name): &(Path, Ident)| {
                let span = name.span();
                // Signatures are checked before bodies: a missing derive is told before what follows from it.
                quote_spanned! {span=>
                    type #name<__ChainruleAny> = <#path as #runtime::Differentiable<#float>>::Lifted<__ChainruleAny>;
                    const _: ::core::option::Option<#name<#float>> = ::core::option::Option::None;
                }
            })
            .collect()
    }
}
