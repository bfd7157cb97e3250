//! Names in generated code: of the number type, and of variables.

use proc_macro2::{Ident, Span};

/// The name of the number type in `lift`.
pub fn number_type() -> Ident {
    Ident::new("__ChainruleNumber", Span::call_site())
}

/// A local variable of generated code, which no name of the user's can be mistaken for.
pub fn internal(name: &str) -> Ident {
    Ident::new(&format!("__chainrule_{name}"), Span::mixed_site())
}
