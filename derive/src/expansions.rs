//! What the attribute makes of a few functions, kept where a reader can see it: each file in `expansions/` holds a
//! function, and below the line what stands beside it. The listing is simplified for the eye (no paths of ours, no
//! attributes, of all but `lift` and `adjoint` the heads alone) and compared with the real thing.
//!
//! `CHAINRULE_BLESS=1 cargo test -p chainrule-derive` writes the listings anew.

use std::path::Path;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{ImplItem, Item};

const LINE: &str = "// ---- expands to ----\n";

fn expansion(source: &str) -> TokenStream {
    let mut function: syn::ItemFn = syn::parse_str(source).unwrap();
    let attribute = function.attrs.remove(0);
    let keys = match attribute.meta {
        syn::Meta::List(list) => list.tokens,
        _ => TokenStream::new(),
    };
    let expanded = crate::derivatives(crate::parse::parse(keys, function.into_token_stream()));
    assert!(!expanded.to_string().contains("compile_error"));
    expanded
}

/// The type beside the function: `lift` and `adjoint` whole, of all others the head.
fn listing(expanded: TokenStream) -> String {
    let mut file: syn::File = syn::parse2(expanded).unwrap();
    for item in &mut file.items {
        match item {
            Item::Enum(name) => name.attrs.clear(),
            Item::Impl(functions) => {
                functions.attrs.clear();
                for function in &mut functions.items {
                    let ImplItem::Fn(function) = function else {
                        continue;
                    };
                    function.attrs.clear();
                    let is_whole = ["lift", "adjoint"]
                        .iter()
                        .any(|name| function.sig.ident == name);
                    if !is_whole {
                        function.block = syn::parse_quote!({});
                    }
                }
            }
            _ => {}
        }
    }
    prettyplease::unparse(&file)
}

/// Without the paths and prefixes that keep generated names apart.
fn simplified(expanded: &TokenStream) -> TokenStream {
    let simple = expanded
        .to_string()
        .replace(":: chainrule :: __private ::", "")
        .replace(":: chainrule ::", "")
        .replace(":: core :: iter :: Iterator ::", "Iterator::")
        .replace(":: core :: default :: Default ::", "Default::")
        .replace(":: core :: borrow :: Borrow ::", "Borrow::")
        .replace("__ChainruleNumber", "S")
        .replace("__CHAINRULE_LANES", "LANES")
        .replace("__ChainruleStruct", "Struct")
        .replace("__ChainruleAny", "T")
        .replace("__chainrule_", "");
    simple.parse().unwrap()
}

#[test]
fn listings_show_the_real_expansions() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("expansions");
    let bless = std::env::var_os("CHAINRULE_BLESS").is_some();
    let mut count = 0;
    for entry in std::fs::read_dir(&directory).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let (source, shown) = text.split_once(LINE).unwrap_or((&text, ""));
        let real = listing(simplified(&expansion(source)));
        if bless {
            let text = format!("{}\n\n{LINE}\n{real}", source.trim_end());
            std::fs::write(&path, text).unwrap();
        } else {
            assert_eq!(
                shown.trim(),
                real.trim(),
                "{} is out of date",
                path.display()
            );
        }
        count += 1;
    }
    assert!(
        count >= 3,
        "the listings are gone from {}",
        directory.display()
    );
}

#[test]
fn the_listed_expansions_are_valid_code() {
    let tokens = expansion("#[differentiate] fn f(x: f64) -> f64 { x * x }");
    let file: syn::File = syn::parse2(quote!(#tokens)).unwrap();
    // The type, what it offers, and that others can call it by its compiled gradient.
    assert_eq!(file.items.len(), 3);
}
