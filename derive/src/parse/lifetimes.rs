//! Lifetimes left out of the type of an input get a name: what is generated may return the type.

use proc_macro2::{Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Generics, Lifetime, Type, parse_quote};

use crate::function::{Form, Parameter};

pub fn name(generics: &mut Generics, parameters: &mut [Parameter]) {
    let mut is_needed = false;
    for parameter in parameters {
        if !matches!(&parameter.input, Some(input) if matches!(input.form, Form::Shape)) {
            continue;
        }
        let value = match &mut parameter.ty {
            Type::Reference(reference) => &mut *reference.elem,
            ty => ty,
        };
        let (mut named, tokens) = (false, value.to_token_stream());
        let tokens = with_names(tokens, &mut named);
        if named && let Ok(ty) = syn::parse2(tokens) {
            *value = ty;
            is_needed = true;
        }
    }
    if is_needed {
        let lifetime = Lifetime::new(&format!("'{NAME}"), Span::call_site());
        generics.params.insert(0, parse_quote!(#lifetime));
    }
}

const NAME: &str = "__chainrule";

fn with_names(tokens: TokenStream, named: &mut bool) -> TokenStream {
    let mut tokens = tokens.into_iter().peekable();
    let mut result = Vec::new();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => {
                let content = with_names(group.stream(), named);
                result.push(Group::new(group.delimiter(), content).into());
            }
            TokenTree::Ident(ident) if ident == "_" && is_punct(result.last(), '\'') => {
                *named = true;
                result.push(Ident::new(NAME, ident.span()).into());
            }
            TokenTree::Punct(punct) if punct.as_char() == '&' && !is_punct(tokens.peek(), '\'') => {
                *named = true;
                result.push(punct.into());
                result.push(Punct::new('\'', Spacing::Joint).into());
                result.push(Ident::new(NAME, Span::call_site()).into());
            }
            token => result.push(token),
        }
    }
    result.into_iter().collect()
}

fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}
