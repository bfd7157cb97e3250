//! How many gradients and Jacobians of the test programs are compiled, and what stands in the way of the others.
//!
//! `cargo test -p chainrule-derive --lib coverage -- --nocapture` prints it, and the test fails where fewer are compiled than were
//! once: a function that falls back to dual numbers is right as before, and so no other test sees it.

use std::collections::BTreeMap;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::Visit;
use syn::{Attribute, ImplItemFn, ItemFn, ItemImpl, Meta};

/// The documentation of each gradient and each Jacobian, under the name of the file.
#[derive(Default)]
struct Census {
    file: String,
    name: String,
    found: Vec<(String, String)>,
}

impl Census {
    fn file(&mut self, path: &Path) {
        self.file = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path).unwrap();
        self.visit_file(&syn::parse_file(&text).unwrap());
    }

    fn directory(&mut self, path: &Path) {
        for entry in std::fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => self.directory(&path),
                false => self.file(&path),
            }
        }
    }

    fn function(&mut self, attributes: &[Attribute], item: &impl ToTokens) {
        if let Some(attribute) = attributes.iter().find(|one| crate::options::is_ours(one)) {
            let item: ItemFn = syn::parse2(item.to_token_stream()).unwrap();
            self.name = item.sig.ident.to_string();
            let item = ItemFn {
                attrs: Vec::new(),
                ..item
            };
            let function = crate::parse::parse(keys(attribute), item.into_token_stream());
            self.expanded(crate::pipeline::derivatives(function));
        }
    }

    /// Notes what the documentation of a gradient or a Jacobian says of the way it goes.
    fn expanded(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.expanded(group.stream()),
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    let is_such = |start: &&&str| text.starts_with(**start);
                    if let Some(start) = STARTS.iter().find(is_such) {
                        let way = text[start.len()..].trim_matches(['"', ' ']);
                        let name = format!("{}::{}", self.file, self.name);
                        self.found.push((name, way.to_owned()));
                    }
                }
                _ => {}
            }
        }
    }
}

/// How the documentation begins.
const STARTS: [&str; 2] = [
    "\"The gradient, in the shape of the inputs.",
    "\"The Jacobian: a row for each output, a column for each input, in their order.",
];

impl Visit<'_> for Census {
    fn visit_item_fn(&mut self, item: &ItemFn) {
        self.function(&item.attrs, item);
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &ImplItemFn) {
        self.function(&item.attrs, item);
        syn::visit::visit_impl_item_fn(self, item);
    }

    fn visit_item_impl(&mut self, item: &ItemImpl) {
        match item.attrs.iter().find(|one| crate::options::is_ours(one)) {
            Some(attribute) => {
                let mut block = item.clone();
                block.attrs.retain(|one| !crate::options::is_ours(one));
                self.expanded(crate::block::expand(keys(attribute), block));
            }
            None => syn::visit::visit_item_impl(self, item),
        }
    }
}

fn keys(attribute: &Attribute) -> TokenStream {
    match &attribute.meta {
        Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    }
}

/// The folders of programs, and how many derivatives at least are compiled there.
const COMPILED: [(&str, usize); 3] = [
    ("programs", 85),
    ("differentiate", 324),
    ("more_garbow_hillstrom", 55),
];

#[test]
fn no_fewer_derivatives_are_compiled_than_once() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests");
    for (directory, least) in COMPILED {
        let mut census = Census::default();
        census.directory(&tests.join(directory));
        let mut ways: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (function, way) in &census.found {
            ways.entry(way).or_default().push(function);
        }
        let is_compiled = |way: &&str| way.starts_with("Compiled: ");
        let compiled = ways.iter().filter(|(way, _)| is_compiled(way));
        let compiled: usize = compiled.map(|(_, functions)| functions.len()).sum();
        let count = census.found.len();
        println!("tests/{directory}: {compiled} of {count} derivatives are compiled");
        let mut ways: Vec<_> = ways.into_iter().collect();
        ways.sort_by_key(|(_, functions)| std::cmp::Reverse(functions.len()));
        for (way, functions) in ways {
            println!("{:5}  {way}  {}", functions.len(), functions.join(" "));
        }
        assert!(
            compiled >= least,
            "{compiled} of {count} derivatives in tests/{directory} are compiled, and {least} were"
        );
    }
}
