//! How an item looks in one line.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Fields, ItemStruct, Macro, Pat, Signature, Token, TypeParamBound, Visibility,
};

/// Tokens with spaces where people put them.
pub fn tidy(text: &str) -> String {
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (from, to) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" ::", "::"),
        ("& ", "&"),
        ("&'", "&'"),
        (" < ", "<"),
        ("< ", "<"),
        (" <", "<"),
        (" >", ">"),
        ("( ", "("),
        (" (", "("),
        (" )", ")"),
        ("[ ", "["),
        (" ]", "]"),
        (" ,", ","),
        ("(,)", "(\u{1},\u{1})"),
        (",)", ")"),
        (",>", ">"),
        (", }", " }"),
        ("\u{1}", ""),
        (" ;", ";"),
        (" :", ":"),
        ("$ ", "$"),
        (" ?", "?"),
        ("->(", "-> ("),
        ("=(", "= ("),
        ("->", " -> "),
        (" !", "!"),
        ("# [", "#["),
        ("#[", "#["),
    ] {
        text = text.replace(from, to);
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim_end_matches(',').to_owned()
}

pub fn line(tokens: impl ToTokens) -> String {
    tidy(&tokens.to_token_stream().to_string())
}

pub fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// What users rely on besides the item itself.
fn relied_on(attributes: &[Attribute]) -> TokenStream {
    let names = ["derive", "non_exhaustive", "repr", "must_use"];
    let relied_on = attributes
        .iter()
        .filter(|attribute| names.iter().any(|name| attribute.path().is_ident(name)));
    quote!(#(#relied_on)*)
}

/// Names of parameters are not part of it, but say what they are.
pub fn function(attributes: &[Attribute], signature: &Signature) -> String {
    let attributes = relied_on(attributes);
    let mut signature = signature.clone();
    for input in &mut signature.inputs {
        match input {
            syn::FnArg::Receiver(receiver) => {
                receiver.attrs.clear();
                receiver.mutability = receiver.mutability.filter(|_| receiver.reference.is_some());
            }
            syn::FnArg::Typed(typed) => {
                typed.attrs.clear();
                if let Pat::Ident(name) = &mut *typed.pat {
                    name.mutability = None;
                }
            }
        }
    }
    line(quote!(#attributes #signature))
}

/// Without its fields, of which the public ones have lines of their own.
pub fn structure(item: &ItemStruct) -> String {
    let (attributes, name) = (relied_on(&item.attrs), &item.ident);
    let (generics, condition) = (&item.generics, &item.generics.where_clause);
    let is_closed = item.fields.iter().any(|field| !is_public(&field.vis));
    let fields = match (&item.fields, is_closed) {
        (_, true) => quote!({ private }),
        (Fields::Named(_), false) => quote!({}),
        (Fields::Unnamed(_), false) => quote!(()),
        (Fields::Unit, false) => quote!(;),
    };
    line(quote!(#attributes struct #name #generics #condition #fields))
}

pub fn enumeration(item: &syn::ItemEnum) -> String {
    let mut item = item.clone();
    let attributes = relied_on(&item.attrs);
    item.attrs.clear();
    item.vis = Visibility::Inherited;
    for variant in &mut item.variants {
        variant.attrs.clear();
        for field in &mut variant.fields {
            field.attrs.clear();
        }
    }
    line(quote!(#attributes #item))
}

/// A colon, where bounds follow.
pub fn bounds(bounds: &Punctuated<TypeParamBound, Token![+]>) -> Option<TokenStream> {
    (!bounds.is_empty()).then(|| quote!(: #bounds))
}

/// What a macro of ours gets, without documentation and bodies.
pub fn invocation(invocation: &Macro) -> String {
    let (path, tokens) = (&invocation.path, without_bodies(invocation.tokens.clone()));
    line(quote!(#path! { #tokens }))
}

fn without_bodies(tokens: TokenStream) -> TokenStream {
    let mut trees = tokens.into_iter().peekable();
    let mut output = TokenStream::new();
    while let Some(tree) = trees.next() {
        match (&tree, trees.peek()) {
            (TokenTree::Punct(sign), Some(TokenTree::Group(attribute)))
                if sign.as_char() == '#' && attribute.delimiter() == Delimiter::Bracket =>
            {
                trees.next();
            }
            (TokenTree::Group(body), _) if body.delimiter() == Delimiter::Brace => {
                output.extend(quote!({ .. }));
            }
            _ => output.extend([tree]),
        }
    }
    output
}

/// What each arm of a macro takes; those that begin with `@` are its own affair.
pub fn arms(tokens: TokenStream) -> Vec<String> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let is_arm = |window: &&[TokenTree]| {
        matches!(&window[1], TokenTree::Punct(one) if one.as_char() == '=')
            && matches!(&window[2], TokenTree::Punct(one) if one.as_char() == '>')
    };
    let arms = trees
        .windows(3)
        .filter(is_arm)
        .map(|window| line(&window[0]));
    arms.filter(|arm| !arm.starts_with("(@")).collect()
}
