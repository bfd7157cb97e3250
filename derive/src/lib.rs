//! The attribute `#[differentiate]` of the crate `chainrule`, which documents it and re-exports it.
//!
//! `pipeline` runs the phases, each a room of its own: `parse` (the `function` and its inputs), `lower` (the body as a `tree` with
//! names resolved), `check` (which values depend on an input, and that everything touching them is known), `emit` (the body over a
//! number type), `adjoint` (the gradient as plain code), `expand` (the type beside the function, with the inputs in their `layout`).
//! The macro knows syntax, names and arities, not calculus. What users read of the attribute is in `docs/`.

mod adjoint;
mod block;
mod callee;
mod check;
mod diagnostics;
mod differentiable;
mod emit;
mod expand;
mod function;
mod given;
mod kind;
mod layout;
mod lifted;
mod lower;
mod names;
mod options;
mod parse;
mod pipeline;
mod placement;
#[cfg(test)]
mod tests;
mod tree;
mod vocabulary;

use proc_macro::TokenStream;
use quote::quote;

/// Generates the derivatives of a function, from its body.
///
/// The function itself stays as it is. Beside it stands a type of the same name (functions and types have separate
/// namespaces, so one `use` brings both) with the derivatives as associated functions.
///
/// ```
/// use chainrule::differentiate;
///
/// #[differentiate]
/// fn rosenbrock(x: f64, y: f64) -> f64 {
///     (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2)
/// }
///
/// assert_eq!(rosenbrock(1.0, 2.0), 100.0);
/// assert_eq!(rosenbrock::gradient(1.0, 2.0), [-400.0, 200.0]);
/// assert_eq!(rosenbrock::hessian(1.0, 2.0), [[402.0, -400.0], [-400.0, 200.0]]);
/// ```
///
#[doc = include_str!("../docs/emitted.md")]
#[doc = include_str!("../docs/compiled.md")]
#[doc = include_str!("../docs/language.md")]
#[doc = include_str!("../docs/items.md")]
#[proc_macro_attribute]
pub fn differentiate(arguments: TokenStream, item: TokenStream) -> TokenStream {
    if let Ok(block) = syn::parse(item.clone()) {
        return block::expand(arguments.into(), block).into();
    }
    let mut output = item.clone();
    let function = parse::parse(arguments.into(), item.into());
    output.extend(TokenStream::from(pipeline::derivatives(function)));
    output
}

/// Lets a struct be an input or an output of a function with `#[differentiate]`.
///
/// It generates the struct with numbers in place of its floats, `Lifted` and its name, and implements the trait
/// `Differentiable`. Tuple structs are taken as well, and in bodies their patterns `Point(x, y)` and calls `Point(x, y)`;
/// such a call is no function to be handed on (`map(Point)`). Fields are floats, arrays, tuples, `Vec`s and `Option`s of them and other structs with this derive;
/// integers, `bool`, `char` and text are carried along, and so is whatever is marked `#[differentiable(constant)]`, if
/// it is `Clone`. The generated struct is `Clone`, `Copy` and `Debug` where the struct is.
///
/// ```
/// use chainrule::{Differentiable, differentiate};
///
/// #[derive(Clone, Copy, Debug, PartialEq, Differentiable)]
/// struct Spring {
///     stiffness: f64,
///     length: f64,
///     windings: u32,
/// }
///
/// #[differentiate(wrt(spring))]
/// fn energy(spring: &Spring, x: f64) -> f64 {
///     0.5 * spring.stiffness * (x - spring.length).powi(2)
/// }
///
/// let spring = Spring { stiffness: 3.0, length: 1.0, windings: 10 };
/// assert_eq!(energy::gradient(&spring, 3.0), Spring { stiffness: 2.0, length: -6.0, windings: 10 });
/// ```
///
/// # Keys
///
/// * `constant`, on a field: it is carried along, also if it holds floats.
/// * `float = f32`: the float of a struct that only holds other structs, if not `f64`.
/// * `crate = path`: where the crate is found, if not at `::chainrule`.
#[proc_macro_derive(Differentiable, attributes(differentiable))]
pub fn derive_differentiable(item: TokenStream) -> TokenStream {
    differentiable::derive(item.into())
        .unwrap_or_else(|e| e.into_compile_error())
        .into()
}

/// The names that must have a row in the rules table, for the test that compares them.
#[doc(hidden)]
#[proc_macro]
pub fn __vocabulary(_: TokenStream) -> TokenStream {
    let names = vocabulary::words()
        .filter(|(signature, _)| signature.is_rule())
        .flat_map(|(_, names)| names.iter().copied());
    quote!(&[#(#names),*]).into()
}
