//! A copy of the project with the mistakes in its macro.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use quote::ToTokens;

use crate::planter::Planter;
use crate::project_copy::{self, ProjectCopy};

/// Tests of the macro, not the macro.
const TESTS: &str = "tests";

/// The copy is compiled with it: quick enough to expand everything thousands of times.
const PROFILE: &str = "\n[profile.harness]\ninherits = \"test\"\nopt-level = 2\n";

/// Writes the copy and says what is planted in it.
pub fn write() -> (ProjectCopy, Vec<String>) {
    let copy = project_copy::write("mutants_of_macro", PROFILE);
    let root = &copy.root;
    let source = root.join("derive/src");
    let mut planted = Vec::new();
    plant_in_folder(&source, "", &mut planted);
    fs::write(source.join("mistake.rs"), include_str!("choice.rs")).expect("a module more");
    fs::write(source.join("harness.rs"), include_str!("harness.rs")).expect("a module more");
    let library = source.join("lib.rs");
    let text = fs::read_to_string(&library).expect("the library");
    // In the copy lints do not matter.
    let text = format!(
        "#![allow(warnings, clippy::all)]\n{text}\nmod mistake;\n#[cfg(test)] mod harness;\n"
    );
    fs::write(&library, text).expect("the library");
    let manifest = root.join("derive/Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    // The places of errors are compared too.
    let text = text
        .replace(
            "proc-macro2 = \"1\"",
            "proc-macro2 = { version = \"1\", features = [\"span-locations\"] }",
        )
        .replace("chainrule = { path = \"..\" }\n", "");
    fs::write(&manifest, text).expect("a manifest to change");
    (copy, planted)
}

fn plant_in_folder(folder: &Path, place: &str, planted: &mut Vec<String>) {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    for path in paths {
        let stem = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if place.is_empty() && stem == TESTS {
            continue;
        }
        let place = format!("{place}{stem}");
        if path.is_dir() {
            plant_in_folder(&path, &format!("{place}/"), planted);
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source file");
        let mut file = syn::parse_file(&text).expect("Rust");
        for item in &mut file.items {
            plant_in_item(item, &place, planted);
        }
        fs::write(&path, file.into_token_stream().to_string()).expect("a copy to change");
    }
}

fn plant_in_item(item: &mut syn::Item, place: &str, planted: &mut Vec<String>) {
    let mut plant = |signature: &syn::Signature, block: &mut syn::Block| {
        let place = format!("{place}, {}", signature.ident);
        Planter { planted, place }.function(signature, block);
    };
    match item {
        // The compiler calls these.
        syn::Item::Fn(function) if function.attrs.iter().any(is_entry) => {}
        syn::Item::Fn(function) => plant(&function.sig, &mut function.block),
        syn::Item::Impl(block) => {
            for item in &mut block.items {
                if let syn::ImplItem::Fn(function) = item {
                    plant(&function.sig, &mut function.block);
                }
            }
        }
        syn::Item::Trait(block) => {
            for item in &mut block.items {
                if let syn::TraitItem::Fn(function) = item
                    && let Some(block) = &mut function.default
                {
                    plant(&function.sig, block);
                }
            }
        }
        _ => {}
    }
}

fn is_entry(attribute: &syn::Attribute) -> bool {
    let name = attribute.path().get_ident().map(ToString::to_string);
    name.is_some_and(|name| name.starts_with("proc_macro"))
}

/// The macro's unit tests, which hold the harness.
pub fn compile_harness(copy: &ProjectCopy) -> PathBuf {
    let output = Command::new("cargo")
        .args([
            "test",
            "--no-run",
            "--message-format=json",
            "-j1",
            "--profile=harness",
        ])
        .args(["--package=chainrule-derive", "--lib", "--features=special"])
        .current_dir(&copy.root)
        .env("CARGO_TARGET_DIR", &copy.target)
        .output()
        .expect("cargo");
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        let is_error = |line: &&str| line.contains("\"level\":\"error\"");
        let messages: Vec<_> = text.lines().filter(is_error).take(30).collect();
        panic!("the copy does not compile:\n{}", messages.join("\n"));
    }
    let place = text
        .lines()
        .filter_map(|line| line.split_once("\"executable\":\""))
        .next_back();
    let (_, rest) = place.expect("a test program");
    rest.split('"').next().expect("its path").into()
}
