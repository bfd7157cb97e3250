//! Public items are documented in the house order: one sentence; what the reader must know; `# Errors` and `# Panics`; an example that asserts.
//!
//! The items are those of the list, and what macros of ours write, as far as it can be seen in their tokens. That there is any documentation
//! at all is the compiler's `missing_docs`.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Expr, Lit, Meta};

use crate::lines::tidy;
use crate::written::written;
use crate::{modules, names};

/// Why there is no example, and the paths of what has none; those that end in `::` are beginnings.
const WITHOUT_EXAMPLE: &[(&str, &[&str])] = &[
    (
        "as the method of `f64` of this name",
        &[
            "chainrule::Scalar::div_euclid",
            "chainrule::Scalar::midpoint",
            "chainrule::Scalar::next_down",
            "chainrule::Scalar::next_up",
            "chainrule::Scalar::rem_euclid",
            "chainrule::Scalar::round_ties_even",
            "chainrule::Scalar::total_cmp",
            "chainrule::float::methods::pub fn classify",
            "chainrule::float::methods::pub fn total_cmp",
            "chainrule::watch::Watched::",
            "chainrule::watch::comparisons::",
            "chainrule::watch::methods::",
        ],
    ),
    (
        "written from the row, which has formulas and a domain",
        &["chainrule::float::methods::pub fn $name"],
    ),
    (
        "needs the crate that it is for; `ecosystem/tests` runs one",
        &[
            "chainrule::argmin_problem!",
            "chainrule::basin_problem!",
            "chainrule::levenberg_marquardt_problem!",
            "chainrule::ode_problem!",
            "chainrule::problems",
        ],
    ),
    (
        "a room whose items have examples",
        &[
            "chainrule::foreign::nalgebra::pub mod $nalgebra",
            "chainrule::guide",
            "chainrule::guide::pub mod $name",
        ],
    ),
];

fn is_excused(path: &str, one: &str) -> bool {
    path == one || (one.ends_with("::") && path.starts_with(one))
}

#[derive(Clone)]
pub struct Documented {
    pub text: String,
    code: TokenStream,
}

impl Documented {
    pub fn new(attributes: &[Attribute], code: TokenStream) -> Self {
        let lines: Vec<String> = attributes.iter().filter_map(documentation).collect();
        Self {
            text: lines.join("\n"),
            code: without_attributes(code),
        }
    }

    /// What the house order misses. `around` is the documentation of the type, trait or module that it is in.
    fn faults(&self, path: &str, around: &str) -> Vec<&'static str> {
        let mut faults = Vec::new();
        let before_example = self.text.split("```").next().unwrap();
        let mut excused = WITHOUT_EXAMPLE.iter().flat_map(|(_, paths)| *paths);
        if !self.has_example(path, around) && !excused.any(|one| is_excused(path, one)) {
            faults.push("no example that asserts");
        }
        if self.returns_result() && !before_example.contains("# Errors") {
            faults.push("a `Result`, and no `# Errors` before the example");
        }
        if names_panic(self.code.clone()) && !before_example.contains("# Panics") {
            faults.push("a panic, and no `# Panics` before the example");
        }
        if !is_sentence(self.text.split("\n\n").next().unwrap()) {
            faults.push("the first paragraph is not one sentence");
        }
        faults
    }

    /// Its own, or one of what it is in that names it.
    fn has_example(&self, path: &str, around: &str) -> bool {
        let name = path.rsplit(':').next().unwrap();
        has_example(&self.text, "") || has_example(around, name)
    }

    fn returns_result(&self) -> bool {
        let text = tidy(&self.code.to_string());
        let head = text.split('{').next().unwrap();
        head.contains("fn ")
            && head
                .rsplit_once("-> ")
                .is_some_and(|(_, result)| result.starts_with("Result<"))
    }
}

fn without_attributes(code: TokenStream) -> TokenStream {
    let mut trees = code.into_iter().peekable();
    let mut rest = TokenStream::new();
    while let Some(tree) = trees.next() {
        let is_attribute = |tree: &TokenTree| matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket);
        match is_sign(&tree, '#') && trees.peek().is_some_and(is_attribute) {
            true => drop(trees.next()),
            false => rest.extend([tree]),
        }
    }
    rest
}

/// One that asserts, and says this word.
fn has_example(text: &str, word: &str) -> bool {
    let is_letter = |c: char| c == '_' || c.is_alphanumeric();
    let says = |code: &str| word.is_empty() || code.split(|c| !is_letter(c)).any(|one| one == word);
    let mut examples = text.split("```").skip(1).step_by(2);
    examples.any(|code| code.contains("assert") && says(code))
}

fn is_sentence(text: &str) -> bool {
    let text = text.trim();
    let goes_on = |(at, _): (usize, &str)| text[at + 2..].starts_with(char::is_uppercase);
    text.ends_with(['.', ':']) && !text.match_indices(". ").any(goes_on)
}

/// Calls of functions that panic are not seen.
fn names_panic(code: TokenStream) -> bool {
    let trees: Vec<TokenTree> = code.into_iter().collect();
    trees.iter().enumerate().any(|(at, tree)| match tree {
        TokenTree::Group(group) => names_panic(group.stream()),
        TokenTree::Ident(name) => {
            let next = trees
                .get(at + 1)
                .map(ToString::to_string)
                .unwrap_or_default();
            match name.to_string().as_str() {
                "panic" | "assert" | "assert_eq" | "assert_ne" | "unreachable" => next == "!",
                "unwrap" | "expect" => next.starts_with('('),
                _ => false,
            }
        }
        _ => false,
    })
}

/// A line of it; of what is put together from pieces, the pieces.
fn documentation(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => Some(match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => text
                    .value()
                    .strip_prefix(' ')
                    .map_or(text.value(), str::to_owned),
                _ => return None,
            },
            other => pieces(other.to_token_stream()),
        }),
        Meta::List(list) if list.path.is_ident("cfg_attr") => Some(pieces(list.tokens.clone())),
        _ => None,
    }
}

fn pieces(tokens: TokenStream) -> String {
    let piece = |tree: TokenTree| match tree {
        TokenTree::Literal(literal) => match syn::parse_str::<Lit>(&literal.to_string()) {
            Ok(Lit::Str(text)) => text.value(),
            _ => String::new(),
        },
        TokenTree::Group(group) => pieces(group.stream()),
        _ => String::new(),
    };
    tokens.into_iter().map(piece).collect()
}

pub fn is_sign(tree: &TokenTree, sign: char) -> bool {
    matches!(tree, TokenTree::Punct(one) if one.as_char() == sign)
}

/// Every public item, and the documentation of what it is in.
fn all() -> Vec<(String, Documented, String)> {
    let root = modules::read();
    let documented = names::interface(&root).documented;
    let around = |path: &str| {
        let (parent, _) = path.rsplit_once("::").unwrap();
        documented
            .get(parent)
            .map_or(String::new(), |one| one.text.clone())
    };
    let named = documented
        .iter()
        .map(|(path, item)| (path.clone(), item.clone(), around(path)));
    let written = written(&root)
        .into_iter()
        .map(|(path, item)| (path, item, String::new()));
    named.chain(written).collect()
}

#[test]
fn public_items_are_documented_in_the_house_order() {
    let mut text = String::new();
    for (path, item, around) in all() {
        for fault in item.faults(&path, &around) {
            text += &format!("{path}: {fault}\n");
        }
    }
    assert!(
        text.is_empty(),
        "CONTRIBUTING.md has the order:\n{text}Methods may also be called in the example of their type; \
         what can have no example stands in tests/public_api/documentation.rs, with the reason."
    );
}

#[test]
fn nothing_is_excused_that_needs_no_excuse() {
    let without: BTreeSet<String> = all()
        .into_iter()
        .filter(|(path, item, around)| !item.has_example(path, around))
        .map(|(path, ..)| path)
        .collect();
    for one in WITHOUT_EXAMPLE.iter().flat_map(|(_, paths)| *paths) {
        assert!(without.iter().any(|path| is_excused(path, one)), "{one}");
    }
}
