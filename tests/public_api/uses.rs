//! What a `use` shows.

use syn::UseTree;

/// The one branch of a `use` that shows this name.
pub fn picked(tree: &UseTree, name: &str) -> Option<UseTree> {
    match tree {
        UseTree::Name(one) => (one.ident == name).then(|| tree.clone()),
        UseTree::Rename(one) => (one.rename == name).then(|| tree.clone()),
        UseTree::Path(one) => {
            let mut one = one.clone();
            *one.tree = picked(&one.tree, name)?;
            Some(UseTree::Path(one))
        }
        UseTree::Group(group) => group.items.iter().find_map(|tree| picked(tree, name)),
        UseTree::Glob(_) => None,
    }
}

/// The names that a `use` of another crate shows, and their paths there.
pub fn foreign(tree: &UseTree, before: &str) -> Vec<(String, String)> {
    match tree {
        UseTree::Path(one) => foreign(&one.tree, &format!("{before}{}::", one.ident)),
        UseTree::Name(one) => vec![(one.ident.to_string(), format!("{before}{}", one.ident))],
        UseTree::Rename(one) => vec![(one.rename.to_string(), format!("{before}{}", one.ident))],
        UseTree::Glob(_) => vec![("*".to_owned(), format!("{before}*"))],
        UseTree::Group(group) => group
            .items
            .iter()
            .flat_map(|tree| foreign(tree, before))
            .collect(),
    }
}
