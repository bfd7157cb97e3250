//! Whatever tokens it gets, the macro neither panics nor writes what is not Rust: it gives code, or errors as code.
//!
//! The tokens are the functions, blocks and structs of the test programs, changed at random, and soups of words.
//! `PROPTEST_CASES=100000 cargo test -p chainrule-derive --lib spoilt` takes more of them.

mod change;
mod exchange;

use std::path::Path;
use std::sync::LazyLock;

use proc_macro2::TokenStream;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;
use quote::{ToTokens, quote};
use syn::visit::Visit;
use syn::{Attribute, ImplItemFn, ItemFn, ItemImpl, ItemStruct, Meta};

use change::{Change, Shown, change, soup};
use exchange::exchange;

/// The keys and the item, as text: tokens stay in their thread.
type Sample = (String, String);

/// What the macros get in the test programs.
#[derive(Default)]
struct Corpus {
    functions: Vec<Sample>,
    blocks: Vec<Sample>,
    structs: Vec<Sample>,
}

/// Larger items only cost time.
const MOST_BYTES: usize = 1500;

impl Corpus {
    fn of_test_programs() -> Self {
        let mut corpus = Self::default();
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests");
        corpus.directory(&tests.join("differentiate"));
        corpus.directory(&tests.join("programs"));
        corpus
    }

    fn directory(&mut self, path: &Path) {
        for entry in std::fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => self.directory(&path),
                false => {
                    let text = std::fs::read_to_string(&path).unwrap();
                    self.visit_file(&syn::parse_file(&text).unwrap());
                }
            }
        }
    }
}

/// The item without the attribute, and the keys of that.
fn taken(
    attributes: &[Attribute],
    item: impl FnOnce(Vec<Attribute>) -> TokenStream,
) -> Option<Sample> {
    let (ours, others): (Vec<_>, Vec<_>) = attributes
        .iter()
        .cloned()
        .partition(crate::options::is_ours);
    let keys = match &ours.first()?.meta {
        Meta::List(list) => list.tokens.to_string(),
        _ => String::new(),
    };
    let item = item(others).to_string();
    (item.len() <= MOST_BYTES).then_some((keys, item))
}

impl Visit<'_> for Corpus {
    fn visit_item_fn(&mut self, item: &ItemFn) {
        let without = |attrs| {
            ItemFn {
                attrs,
                ..item.clone()
            }
            .into_token_stream()
        };
        self.functions.extend(taken(&item.attrs, without));
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &ImplItemFn) {
        let without = |attrs| {
            ImplItemFn {
                attrs,
                ..item.clone()
            }
            .into_token_stream()
        };
        self.functions.extend(taken(&item.attrs, without));
        syn::visit::visit_impl_item_fn(self, item);
    }

    fn visit_item_impl(&mut self, item: &ItemImpl) {
        let without = |attrs| {
            ItemImpl {
                attrs,
                ..item.clone()
            }
            .into_token_stream()
        };
        self.blocks.extend(taken(&item.attrs, without));
        syn::visit::visit_item_impl(self, item);
    }

    fn visit_item_struct(&mut self, item: &ItemStruct) {
        let text = item.to_token_stream().to_string();
        if text.contains("Differentiable") {
            self.structs.push((String::new(), text));
        }
    }
}

static CORPUS: LazyLock<Corpus> = LazyLock::new(Corpus::of_test_programs);

/// What the attribute does. The item itself stays as it was, whatever it was: the compiler judges it.
fn attribute(keys: TokenStream, item: TokenStream) -> TokenStream {
    match syn::parse2(item.clone()) {
        Ok(block) => crate::block::expand(keys, block),
        Err(_) => crate::pipeline::derivatives(crate::parse::parse(keys, item)),
    }
}

fn derive(item: TokenStream) -> TokenStream {
    crate::differentiable::derive(item).unwrap_or_else(syn::Error::into_compile_error)
}

fn is_code(output: TokenStream) -> Result<(), TestCaseError> {
    match syn::parse2::<syn::File>(output) {
        Ok(_) => Ok(()),
        Err(error) => Err(TestCaseError::fail(format!("no code: {error}"))),
    }
}

fn changed(changes: &[(Index, Change)], item: TokenStream) -> TokenStream {
    changes
        .iter()
        .fold(item, |item, (place, change)| change.at(*place, item))
}

fn changes() -> impl Strategy<Value = Vec<(Index, Change)>> {
    prop::collection::vec((any::<Index>(), change()), 1..4)
}

fn words(most: usize) -> impl Strategy<Value = Shown> {
    let words = prop::collection::vec(soup(2), 0..most);
    words.prop_map(|words| Shown(words.into_iter().map(|one| one.0).collect()))
}

/// One of the items, changed.
fn spoilt(items: fn(&Corpus) -> &[Sample]) -> impl Strategy<Value = (Shown, Shown)> {
    (
        any::<Index>(),
        changes(),
        prop::option::weighted(0.1, words(4)),
    )
        .prop_map(move |(item, changes, others)| {
            let (keys, item) = item.get(items(&CORPUS));
            let keys = others.map_or_else(|| tokens(keys), |others| others.0);
            (Shown(keys), Shown(changed(&changes, tokens(item))))
        })
}

/// The seeds are not kept, since the test programs change: what was found stands in [`FOUND`].
/// The usual number of cases is the same ones each time; whoever asks for a number gets others.
fn configuration() -> ProptestConfig {
    let rng_seed = match std::env::var_os("PROPTEST_CASES") {
        Some(_) => RngSeed::Random,
        None => RngSeed::Fixed(1),
    };
    ProptestConfig {
        rng_seed,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(configuration())]

    #[test]
    fn soup_for_keys(keys in words(6)) {
        let item = tokens("fn f(x: f64, y: [f64; 2], n: usize) -> f64 { x.powi(2) * y[0] + y[n] }");
        is_code(attribute(keys.0, item))?;
    }

    #[test]
    fn soup_for_a_body(body in words(12)) {
        let body = body.0;
        is_code(attribute(TokenStream::new(), quote!(fn f(x: f64, y: &[f64]) -> f64 { #body })))?;
    }

    #[test]
    fn spoilt_functions((keys, item) in spoilt(|corpus| &corpus.functions)) {
        is_code(attribute(keys.0, item.0))?;
    }

    #[test]
    fn exchanged_expressions(item in any::<Index>(), exchanges in prop::collection::vec(exchange(), 1..4)) {
        let (keys, item) = item.get(&CORPUS.functions);
        // Methods are no functions for themselves.
        if let Ok(mut function) = syn::parse_str(item) {
            for exchange in &exchanges {
                exchange.apply(&mut function);
            }
            let text = Shown(function.to_token_stream());
            let result = std::panic::catch_unwind(|| is_code(attribute(tokens(keys), text.0.clone())));
            prop_assert!(matches!(result, Ok(Ok(()))), "{text:?}");
        }
    }

    #[test]
    fn spoilt_blocks((keys, item) in spoilt(|corpus| &corpus.blocks)) {
        is_code(attribute(keys.0, item.0))?;
    }

    #[test]
    fn spoilt_structs((_, item) in spoilt(|corpus| &corpus.structs)) {
        is_code(derive(item.0))?;
    }
}

/// What was found, without what has no part in it.
const FOUND: &[(&str, &str)] = &[
    (
        "",
        "fn g(x: f64) -> f64 { let x2 = x; { let x = 2.0; (|t| t * x * x2)(|t| t * x * x2, x) + apply(|x| x * x, x2) } }",
    ),
    (
        "",
        "impl (Point) { #[differentiate(wrt(self))] fn square(&self) -> f64 { self.x * self.x } }",
    ),
    ("", "fn f(x: f64) -> f64 { r#type(x) }"),
    (
        "",
        "fn f(x: f64) -> f64 { match Point(x, x) { Point(a, b) => a * b } }",
    ),
    (
        "",
        "fn f(x: f64) -> f64 { match (Point { x }) { Point { x } => x } }",
    ),
    (
        "",
        "fn f(x: f64) -> f64 { if let Point(a) = Point(x) { a } else { x } }",
    ),
    (
        "",
        "fn f(x: [f64; 3]) -> f64 { x.iter().map(r#type).sum() }",
    ),
    (
        "wrt(r#type)",
        "fn r#fn(r#type: f64, r#for: usize) -> f64 { let r#let = r#type * r#fn(r#type, r#for); r#let }",
    ),
];

#[test]
fn what_was_found_is_mended() {
    for (keys, item) in FOUND {
        is_code(attribute(tokens(keys), tokens(item))).unwrap();
    }
}

fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap()
}

#[test]
fn there_are_test_programs_to_spoil() {
    let Corpus {
        functions,
        blocks,
        structs,
    } = &*CORPUS;
    let counts = [functions, blocks, structs].map(Vec::len);
    assert!(
        counts[0] > 300 && counts[1] > 10 && counts[2] > 20,
        "{counts:?}"
    );
}
