//! What the parameters of the generated sweeps are called: `adjoint` prints their bodies, `expand` their signatures and calls.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;

use crate::names::internal;

/// What takes the adjoint of an input.
pub fn input_bar(name: &Ident) -> Ident {
    internal(&format!("bar_{}", name.unraw()))
}

/// What takes the tangent of an input.
pub fn input_dot(name: &Ident) -> Ident {
    internal(&format!("dot_{}", name.unraw()))
}

/// The sum of all that is stored in adjoints of slices.
pub fn total() -> Ident {
    internal("total")
}

/// What loops leave for the reverse sweep.
pub fn tape() -> Ident {
    internal("tape")
}

/// The const parameter that says how many results of a caller there are.
pub fn lanes() -> Ident {
    Ident::new("__CHAINRULE_LANES", Span::call_site())
}

/// What a row is multiplied by.
pub fn seed(output: usize) -> Ident {
    internal(&format!("seed_{output}"))
}
