//! What macros of ours write, read from their tokens.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{Attribute, Item};

use crate::documentation::{Documented, is_sign};
use crate::lines::tidy;
use crate::modules::{Module, is_hidden};

/// What macros of ours write into public places: documented functions and modules, in definitions and in what is given to them.
pub fn written(root: &Module) -> Vec<(String, Documented)> {
    let mut found = Vec::new();
    collect(root, "chainrule", &mut found);
    found
}

fn collect(module: &Module, path: &str, found: &mut Vec<(String, Documented)>) {
    for item in &module.items {
        if let Item::Macro(item) = item
            && !is_hidden(&item.attrs)
        {
            scan(item.mac.tokens.clone(), path, found);
        }
    }
    for inner in &module.modules {
        if inner.name != "__private" {
            collect(inner, &format!("{path}::{}", inner.name), found);
        }
    }
}

fn scan(tokens: TokenStream, path: &str, found: &mut Vec<(String, Documented)>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut attributes = TokenStream::new();
    let mut at = 0;
    while at < trees.len() {
        if is_sign(&trees[at], '#')
            && let Some(TokenTree::Group(group)) = trees.get(at + 1)
            && group.delimiter() == Delimiter::Bracket
        {
            attributes.extend(trees[at..at + 2].iter().cloned());
            at += 2;
            continue;
        }
        if !attributes.is_empty() {
            let end = (at..trees.len())
                .find(|&end| is_end(&trees[end]))
                .map_or(trees.len(), |end| end + 1);
            let code: TokenStream = trees[at..end].iter().cloned().collect();
            add(std::mem::take(&mut attributes), code, path, found);
        }
        if let TokenTree::Group(group) = &trees[at] {
            scan(group.stream(), path, found);
        }
        at += 1;
    }
}

fn is_end(tree: &TokenTree) -> bool {
    is_sign(tree, ';')
        || matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

fn add(
    attributes: TokenStream,
    code: TokenStream,
    path: &str,
    found: &mut Vec<(String, Documented)>,
) {
    // `$(#[$doc])*` and the like are no attributes yet.
    let Ok(attributes) = syn::parse::Parser::parse2(Attribute::parse_outer, attributes) else {
        return;
    };
    let item = Documented::new(&attributes, code.clone());
    if item.text.is_empty() || is_hidden(&attributes) {
        return;
    }
    let head = tidy(&code.to_string());
    let name = head.split(['(', '<', '{', ';']).next().unwrap().trim();
    let is_given = !name.contains(' ') && head.ends_with(';');
    if is_given || name.starts_with("pub ") {
        found.push((format!("{path}::{name}"), item));
    }
}
