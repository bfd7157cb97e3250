//! Which items have a public path, and which.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{
    Attribute, Fields, ImplItem, Item, ItemImpl, ItemTrait, Macro, TraitItem, Type, UseTree,
};

use crate::documentation::Documented;
use crate::lines::{arms, bounds, enumeration, function, invocation, is_public, line, structure};
use crate::modules::{Module, attributes, conditions_of, is_for_tests, is_hidden, public_name};
use crate::uses::{foreign, picked};

/// Every public item under its public path.
pub struct Interface<'a> {
    root: &'a Module,
    /// An item a line.
    pub lines: BTreeSet<String>,
    /// What has documentation of its own, by its path.
    pub documented: BTreeMap<String, Documented>,
    /// Public paths by the last name.
    types: BTreeMap<String, String>,
    traits: BTreeMap<String, String>,
}

pub fn interface(root: &Module) -> Interface<'_> {
    let mut interface = Interface {
        root,
        lines: BTreeSet::new(),
        documented: BTreeMap::new(),
        types: BTreeMap::new(),
        traits: BTreeMap::new(),
    };
    interface.module(root, "chainrule", &[]);
    interface.macros(root);
    let mut own_traits = BTreeSet::new();
    names_of_traits(root, &mut own_traits);
    interface.impls(root, &own_traits);
    interface
}

impl<'a> Interface<'a> {
    fn document(&mut self, path: &str, attributes: &[Attribute], item: impl ToTokens) {
        let item = Documented::new(attributes, item.to_token_stream());
        self.documented.insert(path.to_owned(), item);
    }

    fn push(&mut self, path: &str, conditions: &[String], signature: &str) {
        let mut conditions = conditions.to_vec();
        conditions.sort();
        conditions.dedup();
        let contradicted = |one: &String| conditions.contains(&format!("not({one})"));
        if conditions.iter().any(contradicted) {
            return;
        }
        let end = match conditions.is_empty() {
            true => String::new(),
            false => format!(" [{}]", conditions.join(", ")),
        };
        self.lines.insert(format!("{path}: {signature}{end}"));
    }

    /// All that a module shows, under this path.
    fn module(&mut self, module: &'a Module, path: &str, conditions: &[String]) {
        let mut all = conditions.to_vec();
        all.extend(module.conditions.iter().cloned());
        for item in &module.items {
            match item {
                Item::Use(item) if is_public(&item.vis) && !is_hidden(&item.attrs) => {
                    let conditions = with(&all, &item.attrs);
                    self.reexport(module, &item.tree, path, &conditions);
                }
                Item::Macro(item) if item.ident.is_none() && !is_error(&item.mac) => {
                    self.push(path, &all, &invocation(&item.mac));
                }
                item => {
                    if let Some(name) = public_name(item) {
                        self.item(module, item, &format!("{path}::{name}"), &all);
                    }
                }
            }
        }
    }

    fn reexport(&mut self, module: &'a Module, tree: &UseTree, path: &str, conditions: &[String]) {
        match tree {
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.reexport(module, tree, path, conditions);
                }
            }
            UseTree::Path(inner) => {
                let name = inner.ident.to_string();
                let next = match name.as_str() {
                    "self" => Some(module),
                    "crate" => Some(self.root),
                    _ => module.child(&name),
                };
                match next {
                    Some(next) => self.reexport(next, &inner.tree, path, conditions),
                    None => {
                        for (shown, whole) in foreign(tree, "") {
                            self.push(
                                &format!("{path}::{shown}"),
                                conditions,
                                &format!("use {whole}"),
                            );
                        }
                    }
                }
            }
            UseTree::Glob(_) => self.module(module, path, conditions),
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                self.named(module, &name, &format!("{path}::{name}"), conditions);
            }
            UseTree::Rename(rename) => {
                let (from, to) = (rename.ident.to_string(), &rename.rename);
                self.named(module, &from, &format!("{path}::{to}"), conditions);
            }
        }
    }

    /// The item of that name in a module, wherever that has it from.
    fn named(&mut self, module: &'a Module, name: &str, path: &str, conditions: &[String]) {
        let mut all = conditions.to_vec();
        all.extend(module.conditions.iter().cloned());
        let mut is_found = false;
        for item in &module.items {
            if public_name(item).is_some_and(|one| one == name) {
                is_found = true;
                self.item(module, item, path, &all);
            }
            if let Item::Use(item) = item
                && let Some(tree) = picked(&item.tree, name)
            {
                is_found = true;
                let conditions = with(&all, &item.attrs);
                let parent = path.rsplit_once("::").unwrap().0;
                self.reexport(module, &tree, parent, &conditions);
            }
        }
        if !is_found {
            let source = format!("{}::{name}", module.name);
            self.push(path, &all, &format!("use {source}, which a macro writes"));
        }
    }

    fn item(&mut self, module: &'a Module, item: &Item, path: &str, conditions: &[String]) {
        let attributes = attributes(item);
        let conditions = with(conditions, attributes);
        if is_hidden(attributes) || is_for_tests(&conditions) {
            return;
        }
        let last = path.rsplit("::").next().unwrap().to_owned();
        let signature = match item {
            Item::Fn(item) => function(&item.attrs, &item.sig),
            Item::Struct(item) => {
                self.name_type(last, path);
                self.fields(&item.fields, path, &conditions);
                structure(item)
            }
            Item::Enum(item) => {
                self.name_type(last, path);
                enumeration(item)
            }
            Item::Trait(item) => {
                self.traits.insert(last, path.to_owned());
                self.members(item, path, &conditions);
                let (name, generics) = (&item.ident, &item.generics);
                let bounds = bounds(&item.supertraits);
                let condition = &item.generics.where_clause;
                line(quote!(trait #name #generics #bounds #condition))
            }
            Item::Mod(item) => {
                let inner = module.child(&item.ident.to_string()).unwrap();
                self.module(inner, path, &conditions);
                format!("mod {last}")
            }
            Item::Const(item) => {
                let (name, ty) = (&item.ident, &item.ty);
                line(quote!(const #name: #ty))
            }
            Item::Static(item) => {
                let (name, ty) = (&item.ident, &item.ty);
                line(quote!(static #name: #ty))
            }
            Item::Type(item) => {
                let (name, generics, ty) = (&item.ident, &item.generics, &item.ty);
                line(quote!(type #name #generics = #ty))
            }
            _ => return,
        };
        // A module's inner documentation stands in its file.
        let inner = match item {
            Item::Mod(item) => &module.child(&item.ident.to_string()).unwrap().attributes,
            _ => &Vec::new(),
        };
        let attributes = [attributes, inner].concat();
        self.document(path, &attributes, item);
        self.push(path, &conditions, &signature);
    }

    /// Blocks find their type by its last name.
    fn name_type(&mut self, last: String, path: &str) {
        let other = self.types.insert(last, path.to_owned());
        let is_clear = other.as_ref().is_none_or(|other| other == path);
        assert!(is_clear, "{other:?} and {path} share a name");
    }

    fn fields(&mut self, fields: &Fields, path: &str, conditions: &[String]) {
        for (position, field) in fields.iter().enumerate() {
            if is_public(&field.vis) && !is_hidden(&field.attrs) {
                let name = field
                    .ident
                    .as_ref()
                    .map_or(position.to_string(), ToString::to_string);
                let conditions = with(conditions, &field.attrs);
                self.push(&format!("{path}::{name}"), &conditions, &line(&field.ty));
            }
        }
    }

    fn members(&mut self, item: &ItemTrait, path: &str, conditions: &[String]) {
        for member in &item.items {
            let (attributes, name, text) = match member {
                TraitItem::Fn(item) => {
                    let signature = function(&item.attrs, &item.sig);
                    let end = if item.default.is_some() {
                        " { .. }"
                    } else {
                        ";"
                    };
                    (&item.attrs, item.sig.ident.to_string(), signature + end)
                }
                TraitItem::Const(item) => {
                    let (name, ty) = (&item.ident, &item.ty);
                    let end = if item.default.is_some() {
                        " = ..;"
                    } else {
                        ";"
                    };
                    (
                        &item.attrs,
                        name.to_string(),
                        line(quote!(const #name: #ty)) + end,
                    )
                }
                TraitItem::Type(item) => {
                    let (name, generics, bounds) =
                        (&item.ident, &item.generics, bounds(&item.bounds));
                    (
                        &item.attrs,
                        name.to_string(),
                        line(quote!(type #name #generics #bounds;)),
                    )
                }
                TraitItem::Macro(item) => (&item.attrs, "..".to_owned(), line(&item.mac)),
                _ => continue,
            };
            if !is_hidden(attributes) {
                let path = format!("{path}::{name}");
                if let TraitItem::Fn(item) = member {
                    self.document(&path, attributes, item);
                }
                self.push(&path, &with(conditions, attributes), &text);
            }
        }
    }

    /// `#[macro_export]` puts a macro at the root, wherever it stands.
    fn macros(&mut self, module: &'a Module) {
        for item in &module.items {
            if let Item::Macro(item) = item
                && let Some(name) = &item.ident
                && item
                    .attrs
                    .iter()
                    .any(|one| one.path().is_ident("macro_export"))
                && !is_hidden(&item.attrs)
            {
                let path = format!("chainrule::{name}!");
                self.document(&path, &item.attrs, TokenStream::new());
                for arm in arms(item.mac.tokens.clone()) {
                    let conditions = with(&module.conditions, &item.attrs);
                    self.push(&path, &conditions, &format!("macro {arm}"));
                }
            }
        }
        for module in &module.modules {
            self.macros(module);
        }
    }

    fn impls(&mut self, module: &'a Module, own_traits: &BTreeSet<String>) {
        for item in &module.items {
            let Item::Impl(block) = item else { continue };
            let conditions = with(&module.conditions, &block.attrs);
            if !is_hidden(&block.attrs) && !is_for_tests(&conditions) {
                self.block(block, &conditions, own_traits);
            }
        }
        for module in &module.modules {
            self.impls(module, own_traits);
        }
    }

    fn block(&mut self, block: &ItemImpl, conditions: &[String], own_traits: &BTreeSet<String>) {
        let owner = last_name(&block.self_ty)
            .and_then(|name| self.types.get(&name))
            .cloned();
        let (generics, ty) = (&block.generics, &block.self_ty);
        let condition = &block.generics.where_clause;
        if let Some((not, path, _)) = &block.trait_ {
            let name = path.segments.last().unwrap().ident.to_string();
            let public = self.traits.get(&name).cloned();
            let is_private = own_traits.contains(&name) && public.is_none();
            if let Some(place) = owner.or(public).filter(|_| !is_private) {
                let text = line(quote!(impl #generics #not #path for #ty #condition));
                self.push(&place, conditions, &text);
            }
            return;
        }
        let Some(owner) = owner else { return };
        let head = line(quote!(impl #generics #ty #condition));
        for item in &block.items {
            let (attributes, name, text) = match item {
                ImplItem::Fn(item) if is_public(&item.vis) => (
                    &item.attrs,
                    &item.sig.ident,
                    function(&item.attrs, &item.sig),
                ),
                ImplItem::Const(item) if is_public(&item.vis) => {
                    let (name, ty) = (&item.ident, &item.ty);
                    (&item.attrs, name, line(quote!(const #name: #ty)))
                }
                _ => continue,
            };
            if !is_hidden(attributes) {
                let conditions = with(conditions, attributes);
                let path = format!("{owner}::{name}");
                self.document(&path, attributes, item);
                self.push(&path, &conditions, &format!("{text} in {head}"));
            }
        }
    }
}

fn is_error(invocation: &Macro) -> bool {
    invocation.path.is_ident("compile_error")
}

fn with(conditions: &[String], attributes: &[Attribute]) -> Vec<String> {
    conditions
        .iter()
        .cloned()
        .chain(conditions_of(attributes))
        .collect()
}

fn last_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => Some(path.path.segments.last()?.ident.to_string()),
        Type::Reference(reference) => last_name(&reference.elem),
        _ => None,
    }
}

fn names_of_traits(module: &Module, names: &mut BTreeSet<String>) {
    for item in &module.items {
        if let Item::Trait(item) = item {
            names.insert(item.ident.to_string());
        }
    }
    for module in &module.modules {
        names_of_traits(module, names);
    }
}
