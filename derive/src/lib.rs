//! The attribute `#[differentiate]` of the crate `chainrule`, which documents it and re-exports it.
//!
//! One phase, one file: `parse` (the function and its inputs), `lower` (the body as a tree with names resolved),
//! `check` (which values depend on an input, and that everything touching them is known), `emit` (the body over a
//! number type), `adjoint` (the gradient as plain code), `expand` (the type beside the function). The macro knows syntax, names and arities,
//! not calculus. What users read of the attribute is in `docs/`.

mod adjoint;
mod block;
mod callee;
#[cfg(test)]
mod census;
mod check;
mod diagnostics;
mod differentiable;
mod emit;
mod expand;
#[cfg(test)]
mod expansions;
mod function;
mod given;
mod kind;
mod layout;
mod lifted;
mod lower;
mod names;
mod options;
mod parse;
mod placement;
#[cfg(test)]
mod soup;
mod tree;
mod vocabulary;

use options::Mode;
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
    output.extend(TokenStream::from(derivatives(function)));
    output
}

/// The derivatives, or what is wrong. A mistake is none of those who call the derivatives: as far as the types of these
/// are known, they find some.
fn derivatives(function: Result<function::Function, parse::Refused>) -> proc_macro2::TokenStream {
    let (function, error) = match function {
        Ok(function) => match body(&function) {
            Ok((lift, compiled)) => {
                return expand::expand(&function, &lift, compiled.as_ref());
            }
            Err(error) => (Some(Box::new(function)), error),
        },
        Err(parse::Refused { error, function }) => (function, error),
    };
    let stand_in =
        |function: Box<_>| expand::expand(&function, &quote!(::core::unreachable!()), None);
    let mut functions = function.map(stand_in).unwrap_or_default();
    functions.extend(error.into_compile_error());
    functions
}

/// The body of `lift`, and what is compiled where there is a body.
fn body(function: &function::Function) -> syn::Result<Bodies> {
    if let Some(rule) = given::rule(function)? {
        return Ok((rule, None));
    }
    if function.is_generic {
        return Ok((proc_macro2::TokenStream::new(), None));
    }
    body_over_numbers(function)
}

type Bodies = (
    proc_macro2::TokenStream,
    Option<Result<adjoint::Compiled, adjoint::Reason>>,
);

fn body_over_numbers(function: &function::Function) -> syn::Result<Bodies> {
    let mut body = lower::lower(function)?;
    let kinds = check::check(function, &mut body)?;
    let mode = function.options.mode;
    let compiled = match mode {
        Some((Mode::Dual, _)) => None,
        _ => {
            let wants_forward = expand::prefers_forward(function);
            Some(adjoint::compile(function, &body, &kinds, wants_forward))
        }
    };
    if let (Some((mode @ (Mode::Adjoint | Mode::Forward), span)), Some(compiled)) =
        (mode, &compiled)
    {
        must_be_compiled(function, compiled, mode, span)?;
    }
    Ok((emit::emit(function, &body, kinds), compiled))
}

/// `mode = adjoint` and `mode = forward` take no dual numbers for an answer.
fn must_be_compiled(
    function: &function::Function,
    compiled: &Result<adjoint::Compiled, adjoint::Reason>,
    mode: Mode,
    span: proc_macro2::Span,
) -> syn::Result<()> {
    let is_single = function.outcome.is_single;
    let key = match mode {
        Mode::Forward => "mode = forward",
        _ => "mode = adjoint",
    };
    let reason = match (compiled, mode) {
        (Err(reason), _) => Some(reason),
        (Ok(compiled), Mode::Forward) => compiled.forward.as_ref().err(),
        (Ok(compiled), _) => compiled.adjoint.as_ref().err(),
    };
    if let Some(reason) = reason {
        let what = if is_single { "gradient" } else { "Jacobian" };
        let message = format!(
            "this keeps the {what} from being compiled: {}; write it in another way, or leave `{key}` out",
            reason.text
        );
        return Err(syn::Error::new(reason.span, message));
    }
    if !expand::can_be_compiled(function, mode) {
        let what = match is_single {
            true => "a compiled gradient is that of one float by several floats, arrays and slices",
            false => {
                "a compiled Jacobian is that of floats, arrays and tuples by floats and arrays"
            }
        };
        let message = format!("{what}; leave `{key}` out");
        return Err(syn::Error::new(span, message));
    }
    Ok(())
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
