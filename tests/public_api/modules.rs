//! The modules of the crate, read from their files.

use std::path::{Path, PathBuf};

use crate::lines::is_public;
use syn::{Attribute, Expr, Item, Lit, Meta};

pub struct Module {
    pub name: String,
    /// On which it is there.
    pub conditions: Vec<String>,
    /// Those in its own file.
    pub attributes: Vec<Attribute>,
    pub items: Vec<Item>,
    pub modules: Vec<Module>,
}

impl Module {
    pub fn child(&self, name: &str) -> Option<&Module> {
        self.modules.iter().find(|module| module.name == name)
    }
}

pub fn read() -> Module {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    module(
        "chainrule".to_owned(),
        &[],
        file(&root.join("lib.rs")),
        &root,
    )
}

fn file(path: &Path) -> syn::File {
    let text = std::fs::read_to_string(path).unwrap();
    syn::parse_file(&text).unwrap()
}

/// `directory` holds the files of the modules inside.
fn module(name: String, conditions: &[String], text: syn::File, directory: &Path) -> Module {
    let mut modules = Vec::new();
    for item in &text.items {
        let Item::Mod(inner) = item else { continue };
        let mut conditions = conditions.to_vec();
        conditions.extend(conditions_of(&inner.attrs));
        if is_for_tests(&conditions) {
            continue;
        }
        let name = inner.ident.to_string();
        let (text, place) = match (&inner.content, path_of(&inner.attrs)) {
            (Some((_, items)), _) => {
                let items = items.clone();
                let text = syn::File {
                    shebang: None,
                    attrs: Vec::new(),
                    items,
                };
                (text, directory.join(&name))
            }
            (None, Some(path)) => {
                let path = directory.join(path);
                (file(&path), path.parent().unwrap().to_owned())
            }
            (None, None) => (file(&file_of(directory, &name)), directory.join(&name)),
        };
        modules.push(module(name, &conditions, text, &place));
    }
    Module {
        name,
        conditions: conditions.to_vec(),
        attributes: text.attrs,
        items: text.items,
        modules,
    }
}

fn file_of(directory: &Path, name: &str) -> PathBuf {
    let file = directory.join(format!("{name}.rs"));
    match file.exists() {
        true => file,
        false => directory.join(name).join("mod.rs"),
    }
}

fn path_of(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| {
        let Meta::NameValue(pair) = &attribute.meta else {
            return None;
        };
        match &pair.value {
            Expr::Lit(literal) if pair.path.is_ident("path") => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        }
    })
}

pub fn conditions_of(attributes: &[Attribute]) -> impl Iterator<Item = String> {
    attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::List(list) if list.path.is_ident("cfg") => {
                Some(crate::lines::tidy(&list.tokens.to_string()))
            }
            _ => None,
        })
}

pub fn is_for_tests(conditions: &[String]) -> bool {
    conditions
        .iter()
        .any(|condition| condition == "test" || condition.contains("doctest"))
}

pub fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) => list.path.is_ident("doc") && list.tokens.to_string() == "hidden",
        _ => false,
    })
}

/// Its name, where the item is marked as public.
pub fn public_name(item: &Item) -> Option<String> {
    let (visibility, name) = match item {
        Item::Fn(item) => (&item.vis, &item.sig.ident),
        Item::Struct(item) => (&item.vis, &item.ident),
        Item::Enum(item) => (&item.vis, &item.ident),
        Item::Trait(item) => (&item.vis, &item.ident),
        Item::Mod(item) => (&item.vis, &item.ident),
        Item::Const(item) => (&item.vis, &item.ident),
        Item::Static(item) => (&item.vis, &item.ident),
        Item::Type(item) => (&item.vis, &item.ident),
        _ => return None,
    };
    is_public(visibility).then(|| name.to_string())
}

pub fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Fn(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Const(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        _ => &[],
    }
}
