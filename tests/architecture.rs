//! What each room of the library, and of the macro, may know of the others; DESIGN.md draws it.

use std::path::{Path, PathBuf};

/// Rooms from the bottom up, each with the rooms below it that it may name.
type Rooms = &'static [(&'static str, &'static [&'static str])];

const LIBRARY: Rooms = &[
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
    ("functions", &["private", "rules"]),
];

const MACRO: Rooms = &[
    ("diagnostics", &[]),
    ("vocabulary", &[]),
    ("kind", &[]),
    ("names", &[]),
    ("callee", &[]),
    ("options", &["diagnostics"]),
    ("placement", &["names", "options"]),
    ("function", &["kind", "options", "placement"]),
    ("lifted", &["function", "kind", "names"]),
    ("tree", &["kind"]),
    (
        "parse",
        &["diagnostics", "function", "kind", "options", "placement"],
    ),
    ("given", &["diagnostics", "function", "names", "options"]),
    (
        "lower",
        &[
            "callee",
            "diagnostics",
            "function",
            "kind",
            "names",
            "options",
            "tree",
        ],
    ),
    (
        "check",
        &[
            "callee",
            "diagnostics",
            "function",
            "kind",
            "options",
            "tree",
            "vocabulary",
        ],
    ),
    (
        "emit",
        &[
            "callee",
            "function",
            "kind",
            "lifted",
            "names",
            "tree",
            "vocabulary",
        ],
    ),
    (
        "adjoint",
        &[
            "callee",
            "emit",
            "function",
            "kind",
            "names",
            "options",
            "tree",
            "vocabulary",
        ],
    ),
    ("layout", &["function", "kind"]),
    (
        "expand",
        &[
            "adjoint",
            "function",
            "kind",
            "layout",
            "lifted",
            "names",
            "options",
            "placement",
        ],
    ),
    ("differentiable", &["diagnostics", "kind", "names"]),
    (
        "pipeline",
        &[
            "adjoint", "check", "emit", "expand", "function", "given", "lower", "options", "parse",
        ],
    ),
    (
        "block",
        &["diagnostics", "options", "parse", "pipeline", "placement"],
    ),
];

/// The room that a name at the root of the library is from.
fn room_of_library(name: &str) -> Option<&str> {
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
        _ => LIBRARY.iter().find(|(room, _)| *room == name)?.0,
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

/// Whatever a file below `directory` names that its room may not know. Files at the top of the crate are in no room.
fn faults(
    directory: &str,
    rooms: Rooms,
    tops: &[&str],
    room_of: fn(&str) -> Option<&str>,
) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
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
        if tops.contains(&own) {
            continue;
        }
        let place = format!("{directory}/{}", inside.display());
        let Some((_, allowed)) = rooms.iter().find(|(room, _)| *room == own) else {
            faults.push(format!(
                "{place} is in no room; give it a line in this test, and DESIGN.md a place for it"
            ));
            continue;
        };
        for name in names(&std::fs::read_to_string(&path).unwrap()) {
            let room = room_of(&name);
            if room != Some(own) && !room.is_some_and(|room| allowed.contains(&room)) {
                faults.push(format!(
                    "{place} names `crate::{name}`, which the room `{own}` may not know; it knows {allowed:?}"
                ));
            }
        }
    }
    faults
}

#[test]
fn rooms_of_the_library_know_only_what_is_below_them() {
    let faults = faults("src", LIBRARY, &["lib", "guide"], room_of_library);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Tests know everything.
#[test]
fn rooms_of_the_macro_know_only_what_is_below_them() {
    let room_of = |name: &str| {
        let mut rooms = MACRO.iter().map(|(room, _)| *room);
        rooms.find(|room| *room == name)
    };
    let tops = ["lib", "tests"];
    let faults = faults("derive/src", MACRO, &tops, room_of);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn rooms_are_listed_from_the_bottom_up() {
    for rooms in [LIBRARY, MACRO] {
        let mut below = vec![];
        for (room, allowed) in rooms {
            for known in *allowed {
                assert!(
                    below.contains(known),
                    "`{room}` stands below `{known}`, which it may know"
                );
            }
            below.push(room);
            if *room == "jet" {
                below.push("numbers");
            }
        }
    }
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
