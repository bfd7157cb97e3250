//! Expands what the attribute and the derive get in the project, once for each mistake; in the copy, `crate::harness`.
//!
//! `MUTATE_FROM` is the first mistake, `MUTATE_TO` the one after the last, `MUTATE_ROOT` the project, `MUTATE_OUT` the file of the answers.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc;
use std::time::Duration;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::Visit;
use syn::{Attribute, ImplItemFn, ItemFn, ItemImpl, ItemStruct, Meta};

use crate::mistake::{CHOSEN, MOST, REACHED, RECORDS};

const MOST_CHANGED: usize = 4;

#[derive(Clone, Copy)]
enum Of {
    Attribute,
    Derive,
}

struct Sample {
    file: String,
    of: Of,
    keys: String,
    item: String,
}

#[derive(Default)]
struct Corpus {
    file: String,
    samples: Vec<Sample>,
}

impl Corpus {
    fn directory(&mut self, path: &Path) {
        let mut paths: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            let end = path.extension().map(|end| end.to_string_lossy().into_owned());
            if path.ends_with("target") {
                continue;
            } else if path.is_dir() {
                self.directory(&path);
            } else if end.as_deref() == Some("rs") {
                self.file(&path, false);
                self.file(&path, true);
            } else if end.as_deref() == Some("md") {
                self.file(&path, true);
            }
        }
    }

    /// The code of a file, or that in its documentation.
    fn file(&mut self, path: &Path, documentation: bool) {
        let text = fs::read_to_string(path).unwrap();
        self.file = path.display().to_string();
        if !documentation {
            self.text(&text);
            return;
        }
        let is_code = path.extension().is_some_and(|end| end == "rs");
        let (mut example, mut is_inside) = (String::new(), false);
        for line in text.lines() {
            let line = line.trim_start();
            let line = match (is_code, line.strip_prefix("//!").or(line.strip_prefix("///"))) {
                (true, None) => continue,
                (true, Some(line)) => line.strip_prefix(' ').unwrap_or(line),
                (false, _) => line,
            };
            if line.starts_with("```") {
                if is_inside {
                    let text = std::mem::take(&mut example);
                    self.text(&format!("fn main() {{ {text} }}"));
                }
                is_inside = !is_inside;
            } else if is_inside {
                example += line.strip_prefix("# ").unwrap_or(line);
                example += "\n";
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Ok(file) = syn::parse_file(text) {
            self.visit_file(&file);
        }
    }

    fn taken(&mut self, attributes: &[Attribute], item: impl FnOnce(Vec<Attribute>) -> TokenStream) {
        let Some(first) = attributes.iter().position(crate::options::is_ours) else {
            return;
        };
        let mut others = attributes.to_vec();
        let keys = match others.remove(first).meta {
            Meta::List(list) => list.tokens.to_string(),
            _ => String::new(),
        };
        self.samples.push(Sample { file: self.file.clone(), of: Of::Attribute, keys, item: item(others).to_string() });
    }
}

impl Visit<'_> for Corpus {
    fn visit_item_fn(&mut self, item: &ItemFn) {
        self.taken(&item.attrs, |attrs| ItemFn { attrs, ..item.clone() }.into_token_stream());
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &ImplItemFn) {
        self.taken(&item.attrs, |attrs| ImplItemFn { attrs, ..item.clone() }.into_token_stream());
        syn::visit::visit_impl_item_fn(self, item);
    }

    fn visit_item_impl(&mut self, item: &ItemImpl) {
        let count = self.samples.len();
        self.taken(&item.attrs, |attrs| ItemImpl { attrs, ..item.clone() }.into_token_stream());
        // What is marked in a marked block is not expanded for itself.
        if self.samples.len() == count {
            syn::visit::visit_item_impl(self, item);
        }
    }

    fn visit_item_struct(&mut self, item: &ItemStruct) {
        let text = item.to_token_stream().to_string();
        if text.contains("Differentiable") {
            self.samples.push(Sample { file: self.file.clone(), of: Of::Derive, keys: String::new(), item: text });
        }
    }
}

impl Sample {
    /// What comes of it as text; of errors also where they point to.
    fn expanded(&self) -> String {
        let result = catch_unwind(|| {
            let item: TokenStream = self.item.parse().unwrap();
            match self.of {
                Of::Derive => crate::differentiable::derive(item).unwrap_or_else(syn::Error::into_compile_error),
                Of::Attribute => {
                    let keys = self.keys.parse().unwrap();
                    match syn::parse2(item.clone()) {
                        Ok(block) => crate::block::expand(keys, block),
                        Err(_) => crate::pipeline::derivatives(crate::parse::parse(keys, item)),
                    }
                }
            }
        });
        let Ok(tokens) = result else {
            return "panic".into();
        };
        let mut text = tokens.to_string();
        if text.contains("compile_error") {
            places(tokens, false, &mut text);
        }
        text
    }
}

fn places(tokens: TokenStream, mut is_error: bool, text: &mut String) {
    for token in tokens {
        if matches!(&token, TokenTree::Ident(name) if name == "compile_error") {
            is_error = true;
        }
        if is_error {
            let span = token.span();
            write!(text, " {:?}{:?}", span.start(), span.end()).unwrap();
        }
        if let TokenTree::Group(group) = token {
            places(group.stream(), is_error, text);
            is_error = false;
        }
    }
}

/// In which way a changed expansion is noticed without compiling it, if it is.
fn noticed(sample: &Sample, before: &str, after: &str) -> Option<&'static str> {
    let fails = |text: &str| text.contains("compile_error");
    let is_code = |text: &str| syn::parse_file(text).is_ok();
    if after == "panic" {
        Some("panics")
    } else if fails(after) && !fails(before) {
        Some("is refused")
    } else if fails(before) && sample.file.contains("/ui/") {
        Some("another message")
    } else if sample.file.contains("/expansions/") {
        Some("another listing")
    } else if !fails(before) && is_code(before) && !is_code(after) {
        Some("is no Rust")
    } else {
        None
    }
}

#[test]
fn run() {
    let value = |name: &str| std::env::var(name).unwrap();
    let root = PathBuf::from(value("MUTATE_ROOT"));
    std::panic::set_hook(Box::new(|_| {}));
    let mut corpus = Corpus::default();
    for name in ["derive/expansions", "tests/ui", "tests", "examples", "benches", "docs", "src", "derive/src"] {
        corpus.directory(&root.join(name));
    }
    corpus.file(&root.join("README.md"), true);
    let samples = Arc::new(corpus.samples);
    CHOSEN.store(0, Relaxed);
    RECORDS.store(true, Relaxed);
    let mut reached = vec![Vec::new(); MOST];
    let expected: Vec<String> = samples
        .iter()
        .enumerate()
        .map(|(i, sample)| {
            let text = sample.expanded();
            for (number, flag) in REACHED.iter().enumerate() {
                if flag.swap(false, Relaxed) {
                    reached[number].push(i);
                }
            }
            text
        })
        .collect();
    RECORDS.store(false, Relaxed);
    let mut out = fs::OpenOptions::new().create(true).append(true).open(value("MUTATE_OUT")).unwrap();
    for (sample, before) in samples.iter().zip(&expected) {
        assert!(sample.expanded() == *before, "not the same twice: {}", sample.item);
    }
    let expected = Arc::new(expected);
    let (from, to): (usize, usize) = (value("MUTATE_FROM").parse().unwrap(), value("MUTATE_TO").parse().unwrap());
    writeln!(out, "# {} items", samples.len()).unwrap();
    let every: usize = value("MUTATE_EVERY").parse().unwrap();
    for number in (from..to).filter(|number| number % every == 0) {
        writeln!(out, "{number} begun").unwrap();
        let reached = std::mem::take(&mut reached[number]);
        CHOSEN.store(number, Relaxed);
        let (send, receive) = mpsc::channel();
        let (samples, expected) = (samples.clone(), expected.clone());
        std::thread::Builder::new().stack_size(64 << 20).spawn(move || send.send(answer(&samples, &expected, &reached))).unwrap();
        let answer = receive.recv_timeout(Duration::from_secs(30)).unwrap_or("hangs".into());
        writeln!(out, "{number} {answer}").unwrap();
        if answer == "hangs" {
            std::process::exit(1);
        }
    }
    writeln!(out, "# done").unwrap();
}

fn answer(samples: &[Sample], expected: &[String], reached: &[usize]) -> String {
    if reached.is_empty() {
        return "unreached".into();
    }
    let mut changed: HashMap<&str, usize> = HashMap::new();
    let mut example = None;
    for &i in reached {
        let (sample, before) = (&samples[i], &expected[i]);
        let after = sample.expanded();
        if after == *before {
            continue;
        }
        if let Some(way) = noticed(sample, before, &after) {
            return format!("noticed: {way} {}", sample.file);
        }
        *changed.entry(&sample.file).or_default() += 1;
        example.get_or_insert(&sample.item);
        // More of them are seldom noticed in another way.
        if changed.values().sum::<usize>() == MOST_CHANGED {
            break;
        }
    }
    let Some(example) = example else {
        return format!("same, reached by {}", reached.len());
    };
    let mut files: Vec<_> = changed.into_iter().map(|(file, count)| format!("{file}={count}")).collect();
    files.sort();
    let example: String = example.chars().take(200).collect();
    format!("changed {} | {}", files.join(" "), example.replace('\n', " "))
}
