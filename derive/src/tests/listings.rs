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
    let expanded =
        crate::pipeline::derivatives(crate::parse::parse(keys, function.into_token_stream()));
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

#[test]
fn the_type_says_which_forms_are_of_what() {
    for (source, form) in [
        (
            "#[differentiate] fn f(x: f64) -> f64 { x }",
            "One number by one float has `derivative`",
        ),
        (
            "#[differentiate] fn f(x: f64, y: f64) -> f64 { x * y }",
            "`derivative` is by one float",
        ),
        (
            "#[differentiate] fn f(x: f64) -> [f64; 2] { [x, x] }",
            "Several numbers by one float",
        ),
        (
            "#[differentiate] fn f(x: [f64; 2]) -> [f64; 2] { x }",
            "Several numbers have `jacobian`",
        ),
        (
            "#[differentiate] fn f(g: impl Fn(f64) -> f64, x: f64) -> f64 { g(x) }",
            "there is `lift` alone",
        ),
    ] {
        let file: syn::File = syn::parse2(expansion(source)).unwrap();
        let text = file.items.iter().find_map(|item| match item {
            Item::Enum(name) => Some(quote!(#name).to_string()),
            _ => None,
        });
        assert!(text.unwrap().contains(form), "{source}");
    }
}

/// What the documentation of a generated function says beyond its first words: the way it goes.
fn way_of(source: &str, name: &str) -> String {
    let file: syn::File = syn::parse2(expansion(source)).unwrap();
    let functions = file.items.iter().find_map(|item| match item {
        Item::Impl(functions) => Some(&functions.items),
        _ => None,
    });
    let function = functions.unwrap().iter().find_map(|item| match item {
        ImplItem::Fn(function) if function.sig.ident == name => Some(function),
        _ => None,
    });
    let texts = function.unwrap().attrs.iter().filter_map(|attribute| {
        let meta = attribute.meta.require_name_value().ok()?;
        meta.path
            .is_ident("doc")
            .then(|| meta.value.to_token_stream().to_string())
    });
    let text: String = texts.collect();
    let start = ["Compiled:", "The compiled gradient", "By dual numbers"]
        .iter()
        .find_map(|words| text.find(words));
    start
        .map_or("", |start| &text[start..])
        .trim_matches('"')
        .to_owned()
}

#[test]
fn the_documentation_says_which_way_a_derivative_goes() {
    let smooth = "fn f(x: f64, y: f64) -> f64 { x * x * y }";
    let kept = "fn f(x: &[f64]) -> f64 { let mut s = 1.0; for x in x { s = (s * x).sin(); } s }";
    let search =
        "fn f(x: f64, y: f64) -> f64 { let mut z = x; while z > 1.0 { z = z * 0.5 + y / z; } z }";
    let sorted =
        "fn f(x: &[f64]) -> f64 { let mut x = x.to_vec(); x.sort_by(f64::total_cmp); x[0] }";
    let curve = "fn f(x: f64) -> f64 { x * x }";
    let wide = "fn f(x: f64, y: f64, z: f64) -> [f64; 2] { [x * y, y * z] }";
    let tall = "fn f(x: f64, y: f64) -> [f64; 3] { [x * y, x, y] }";
    // Each closure calls the one before it twice.
    let calls = |i: usize| format!("let f{i} = |t: f64| f{0}(t) + f{0}(t * y);", i - 1);
    let closures: String = (1..14).map(calls).collect();
    let large =
        format!("fn f(x: f64, y: f64) -> f64 {{ let f0 = |t: f64| t * y; {closures} f13(x) }}");
    let many = format!(
        "fn f(x: f64, y: f64) -> [f64; 65] {{ [{}] }}",
        "x * y,".repeat(65)
    );
    let factors: Vec<String> = (0..16).map(|i| format!("x[{i}]")).collect();
    let (product, steps) = (factors.join(" * "), "let t = t * x[0] + x[1];".repeat(500));
    let long = format!(
        "fn f(x: [f64; 16]) -> [f64; 16] {{ let t = {product}; {steps} [{}] }}",
        "t,".repeat(16)
    );

    let by_sweeps = "Compiled: a forward and a reverse sweep of plain code.";
    let by_rows = "Compiled: a forward sweep of plain code, and a reverse sweep for each output.";
    let by_tangents = "Compiled: a forward sweep of plain code, with a tangent for each input that a value depends on.";
    let by_one_tangent = "Compiled: a forward sweep of plain code, with one tangent.";
    let of_second_order = "Compiled: a forward sweep and a reverse sweep of second order.";
    let by_duals = "By dual numbers, because of ";
    for (source, name, start, end) in [
        (smooth, "gradient", by_sweeps, ""),
        (smooth, "hessian", of_second_order, ""),
        (kept, "gradient", by_sweeps, ""),
        (
            kept,
            "hessian",
            "The compiled gradient over dual numbers, because of a loop ",
            ".",
        ),
        (search, "gradient", by_tangents, ""),
        (
            sorted,
            "gradient",
            by_duals,
            "`sort_by` over differentiated values; `mode = adjoint` shows where.",
        ),
        (sorted, "hessian", "By dual numbers.", ""),
        (curve, "gradient", by_one_tangent, ""),
        (curve, "second_derivative", of_second_order, ""),
        (wide, "jacobian", by_rows, ""),
        (tall, "jacobian", by_tangents, ""),
        // What would be too much code.
        (
            &large,
            "gradient",
            by_duals,
            "too large; `mode = adjoint` shows where.",
        ),
        (
            &many,
            "jacobian",
            by_duals,
            "too many results; `mode = adjoint` shows where.",
        ),
        (
            &long,
            "jacobian",
            by_duals,
            "too large a body for a sweep a row; `mode = adjoint` shows where.",
        ),
    ] {
        let way = way_of(&format!("#[differentiate] {source}"), name);
        assert!(
            way.starts_with(start) && way.ends_with(end),
            "{way} {source}"
        );
    }
    for (mode, way) in [
        ("adjoint", by_sweeps),
        ("forward", by_tangents),
        ("dual", ""),
    ] {
        let source = format!("#[differentiate(mode = {mode})] {smooth}");
        assert_eq!(way_of(&source, "gradient"), way, "{source}");
    }
}
