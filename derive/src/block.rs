//! `#[differentiate] impl Type { .. }`: the block as it was, and a second one with the derivatives of its marked functions.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::{ImplItem, ImplItemFn, ItemFn, ItemImpl, Meta};

use crate::diagnostics::Errors;
use crate::options::{Options, is_ours};
use crate::parse;
use crate::pipeline;
use crate::placement::{Owner, inherited};

/// The block without the attribute on its functions, and what it stood for.
pub fn expand(arguments: TokenStream, mut block: ItemImpl) -> TokenStream {
    let marked = take_marked(&mut block);
    let mut output = block.to_token_stream();
    output.extend(
        derivatives(arguments, &block, marked).unwrap_or_else(syn::Error::into_compile_error),
    );
    output
}

/// The functions that the block's attribute is asked to differentiate, with their keys.
fn take_marked(block: &mut ItemImpl) -> Vec<(TokenStream, ImplItemFn)> {
    let mut marked = Vec::new();
    for item in &mut block.items {
        let ImplItem::Fn(function) = item else {
            continue;
        };
        let Some(position) = function.attrs.iter().position(is_ours) else {
            continue;
        };
        let attribute = function.attrs.remove(position);
        let keys = match attribute.meta {
            Meta::List(list) => list.tokens,
            _ => TokenStream::new(),
        };
        marked.push((keys, function.clone()));
    }
    marked
}

fn derivatives(
    arguments: TokenStream,
    block: &ItemImpl,
    marked: Vec<(TokenStream, ImplItemFn)>,
) -> syn::Result<TokenStream> {
    let mut errors = Errors::default();
    let runtime = Options::of_block(arguments, &mut errors);
    if let Some((_, of_trait, _)) = &block.trait_ {
        errors.push(of_trait.span(), "the `impl` of a trait cannot hold derivatives; put the function in an `impl` block of the type and call it from here");
        return errors.check(TokenStream::new());
    }
    if marked.is_empty() {
        errors.push(block.self_ty.span(), "no function of this `impl` block is marked; put `#[differentiate]` on those to differentiate as well");
    }
    let owner = Owner::of(block);
    let mut output = TokenStream::new();
    for (keys, function) in marked {
        // Keys of the function stand last: they may say otherwise.
        let keys = match &runtime {
            Some(runtime) if keys.is_empty() => quote!(crate = #runtime),
            Some(runtime) if !has_runtime(&keys) => quote!(crate = #runtime, #keys),
            _ => keys,
        };
        let mut item = ItemFn {
            attrs: function.attrs,
            vis: function.vis,
            sig: function.sig,
            block: Box::new(function.block),
        };
        item.attrs.extend(inherited(&block.attrs).cloned());
        output.extend(pipeline::derivatives(parse::associated(keys, item, &owner)));
    }
    // The functions without a mistake stay: their callers have made none.
    if let Err(error) = errors.check(()) {
        output.extend(error.into_compile_error());
    }
    Ok(output)
}

fn has_runtime(keys: &TokenStream) -> bool {
    keys.clone()
        .into_iter()
        .any(|token| matches!(token, proc_macro2::TokenTree::Ident(name) if name == "crate"))
}
