//! What a row of the rules table brings along for its readers: words for the documentation, a free function, a line of measurements.

use std::collections::BTreeSet;

use chainrule::RULES;
use proc_macro2::{TokenStream, TokenTree};
use syn::Item;

use crate::modules::{self, Module};
use crate::written::written;

/// The tables of functions that floats do not have, which need a free function each.
const OWN: &[&str] = &[
    "for_each_activation",
    "for_each_binary_activation",
    "for_each_special",
    "for_each_indexed_special",
    "for_each_binary_special",
];

/// The names of the rows of such a table: each is followed by its summary.
fn rows(module: &Module, table: &str, found: &mut BTreeSet<String>) {
    for item in &module.items {
        if let Item::Macro(item) = item
            && item.ident.as_ref().is_some_and(|name| name == table)
        {
            names(item.mac.tokens.clone(), found);
        }
    }
    for inner in &module.modules {
        rows(inner, table, found);
    }
}

fn names(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, tree) in trees.iter().enumerate() {
        match (tree, trees.get(at + 1)) {
            (TokenTree::Group(group), _) => names(group.stream(), found),
            (TokenTree::Ident(name), Some(TokenTree::Literal(_)))
                if !["on", "from"].iter().any(|word| name == word) =>
            {
                found.insert(name.to_string());
            }
            _ => (),
        }
    }
}

#[test]
fn every_function_of_the_crate_itself_is_a_free_function_too() {
    let root = modules::read();
    let mut own = BTreeSet::new();
    for table in OWN {
        let before = own.len();
        rows(&root, table, &mut own);
        assert!(own.len() > before, "the table `{table}` is not found");
    }
    let functions = written(&root)
        .into_iter()
        .filter(|(path, _)| path.starts_with("chainrule::functions::"));
    let mut free = BTreeSet::new();
    for (path, function) in functions {
        let text = function.text.to_lowercase();
        assert!(
            text.contains("derivative"),
            "{path}: the documentation says nothing of the derivative"
        );
        free.insert(path.rsplit(':').next().unwrap().to_owned());
    }
    let unlike: Vec<_> = own.symmetric_difference(&free).collect();
    assert!(
        unlike.is_empty(),
        "{unlike:?}: a row of these tables needs a function with documentation and an example in src/functions.rs or src/functions/special.rs, \
         and each of these a row"
    );
}

#[test]
fn every_row_has_the_words_that_its_documentation_is_made_of() {
    for rule in RULES {
        let words = [rule.summary, rule.formula, rule.domain];
        assert!(
            words.iter().all(|text| !text.trim().is_empty()),
            "complete the row `{}`",
            rule.name
        );
    }
    let mut special = BTreeSet::new();
    for table in &OWN[2..] {
        rows(&modules::read(), table, &mut special);
    }
    for rule in RULES {
        let has_source = !rule.source.is_empty();
        assert_eq!(
            has_source,
            special.contains(rule.name),
            "the source of the row `{}`",
            rule.name
        );
    }
}

/// The special functions' bounds are in the documentation of `Special`.
#[test]
fn every_row_has_a_line_on_the_page_of_measurements() {
    let page = include_str!("../../docs/accuracy.md");
    for rule in RULES.iter().filter(|rule| rule.source.is_empty()) {
        let start = format!("| `{}` |", rule.name);
        assert!(
            page.lines().any(|line| line.starts_with(&start)),
            "docs/accuracy.md has no line for `{}`; `accuracy/run --write` writes it",
            rule.name
        );
    }
}
