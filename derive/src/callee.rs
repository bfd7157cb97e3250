//! What a path that is called with a differentiated argument means, as far as it says.

use proc_macro2::Ident;
use syn::ExprPath;

/// What a call with a differentiated argument means.
pub enum Callee<'a> {
    /// `f64::sin` and its like: a method in path form.
    Vocabulary(&'a Ident),
    /// `f64::from` of a float of the same type.
    Identity,
    /// `Some` and `Ok`.
    Constructor,
    /// A function of the standard library that moves values about.
    Standard(&'static str),
    /// A function with `#[differentiate]`.
    Annotated,
}

/// The functions of the standard library that the check knows, by owner and name.
const STANDARD: &[(&str, &str)] = &[
    ("iter", "once"),
    ("iter", "repeat"),
    ("iter", "repeat_n"),
    ("iter", "successors"),
    ("iter", "zip"),
    ("array", "from_fn"),
    ("mem", "swap"),
    ("mem", "replace"),
    ("mem", "take"),
    ("Vec", "from"),
];

pub fn callee(function: &ExprPath) -> Callee<'_> {
    let segments = &function.path.segments;
    let mut last_two = segments.iter().rev();
    match (last_two.next(), last_two.next()) {
        // Not of a module of that name: `tables::f64::sin`.
        (Some(name), Some(owner))
            if (owner.ident == "f64" || owner.ident == "f32")
                && (segments.len() == 2 || is_standard(&segments[0].ident)) =>
        {
            if name.ident == "from" {
                Callee::Identity
            } else {
                Callee::Vocabulary(&name.ident)
            }
        }
        (Some(name), None) if name.ident == "Some" || name.ident == "Ok" => Callee::Constructor,
        (Some(name), Some(owner)) => STANDARD
            .iter()
            .find(|(module, function)| owner.ident == module && name.ident == function)
            .map_or(Callee::Annotated, |(_, function)| {
                Callee::Standard(function)
            }),
        _ => Callee::Annotated,
    }
}

/// Whether the path is plainly one of the standard library, where nothing is annotated.
pub fn is_of_standard_library(path: &syn::Path) -> bool {
    const FUNCTIONS: &[(&str, &str)] = &[
        ("iter", "from_fn"),
        ("iter", "repeat_with"),
        ("thread", "spawn"),
        ("thread", "scope"),
    ];
    let mut last_two = path.segments.iter().rev();
    is_standard(&path.segments[0].ident)
        || matches!((last_two.next(), last_two.next()), (Some(name), Some(owner))
            if FUNCTIONS.iter().any(|(module, function)| owner.ident == module && name.ident == function))
}

fn is_standard(name: &Ident) -> bool {
    name == "std" || name == "core"
}

/// `Vec::new()` and `Vec::with_capacity(n)` hold nothing yet, and so suit whatever is wanted.
pub fn is_empty_container(function: &ExprPath) -> bool {
    let mut segments = function.path.segments.iter().rev();
    let (name, owner) = (segments.next(), segments.next());
    owner.is_some_and(|owner| owner.ident == "Vec")
        && name.is_some_and(|name| name.ident == "new" || name.ident == "with_capacity")
}

pub fn starts_upper(name: &str) -> bool {
    name.starts_with(|first: char| first.is_uppercase())
}
