//! What each room of the library may know of the others; DESIGN.md draws it.

use std::path::{Path, PathBuf};

/// Rooms, and the rooms below that they may name. Nothing points up.
const ROOMS: &[(&str, &[&str])] = &[
    ("rules", &[]),
    ("lanes", &["rules"]),
    ("dual", &["lanes", "rules"]),
    ("hyper_dual", &["rules"]),
    ("jet", &["lanes", "rules"]),
    ("differentiable", &["rules"]),
    ("ops", &["numbers", "rules"]),
    ("float", &["numbers", "ops", "rules"]),
    ("parts", &["numbers", "rules"]),
    ("drivers", &["differentiable", "numbers", "rules"]),
    ("functions", &["private", "rules"]),
    ("matrix", &["parts", "rules"]),
    ("foreign", &["matrix", "numbers", "ops", "parts", "rules"]),
    ("check", &["differentiable", "rules"]),
    ("watch", &["differentiable", "float", "rules"]),
    ("solve", &["drivers", "numbers", "rules"]),
    ("sparse", &["drivers", "numbers", "rules", "watch"]),
    ("problems", &["rules"]),
    (
        "private",
        &["differentiable", "drivers", "numbers", "ops", "rules"],
    ),
];

/// The room that a name at the root of the crate is from.
fn room_of(name: &str) -> Option<&str> {
    let room = match name {
        "Dual" | "HyperDual" | "Jet" => "numbers",
        "Differentiable" => "differentiable",
        "Scalar" | "Primitive" | "Activation" => "rules",
        "CHUNK" | "Workspace" => "drivers",
        "__private" | "__with_alloc" => "private",
        _ if name.ends_with("_into") || name.ends_with("_into_with") => "drivers",
        "gradient"
        | "jacobian"
        | "hessian"
        | "value_and_gradient"
        | "value_and_jacobian"
        | "value_gradient_hessian" => "drivers",
        _ => ROOMS.iter().find(|(room, _)| *room == name)?.0,
    };
    Some(room)
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(directory).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| match path.is_dir() {
            true => files(&path),
            false => vec![path],
        })
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .collect()
}

/// The names that follow `crate::` in code; in macros, `$crate` is of those who call.
fn names(text: &str) -> Vec<String> {
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c == '$' || c == '_' || c.is_alphanumeric()) {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        let list = match rest.strip_prefix('{') {
            Some(list) => &list[..list.find('}').unwrap()],
            None => rest
                .split(|c: char| c != '_' && !c.is_alphanumeric())
                .next()
                .unwrap(),
        };
        let first = |item: &str| item.trim().split("::").next().unwrap().to_owned();
        found.extend(list.split(',').map(first).filter(|name| !name.is_empty()));
    }
    found
}

#[test]
fn rooms_know_only_what_is_below_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    for path in files(&root) {
        let inside = path.strip_prefix(&root).unwrap();
        let first = inside
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap();
        let own = first.trim_end_matches(".rs");
        if ["lib", "guide"].contains(&own) {
            continue;
        }
        let place = inside.display();
        let Some((_, allowed)) = ROOMS.iter().find(|(room, _)| *room == own) else {
            faults.push(format!("src/{place} is in no room; give it a line in this test, and DESIGN.md a place for it"));
            continue;
        };
        for name in names(&std::fs::read_to_string(&path).unwrap()) {
            let room = room_of(&name);
            if room != Some(own) && !room.is_some_and(|room| allowed.contains(&room)) {
                faults.push(format!(
                    "src/{place} names `crate::{name}`, which the room `{own}` may not know; it knows {allowed:?}"
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The macro knows syntax, names and arities: it depends on nothing of the library.
#[test]
fn the_macro_does_not_depend_on_the_library() {
    let manifest = include_str!("../derive/Cargo.toml");
    let (_, dependencies) = manifest.split_once("[dependencies]").unwrap();
    let dependencies = dependencies.split("\n[").next().unwrap();
    let names: Vec<_> = dependencies
        .lines()
        .filter_map(|line| line.split_once(" ="))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["proc-macro2", "quote", "syn"]);
}
