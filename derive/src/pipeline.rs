//! From a function as it was read to its derivatives, phase by phase.

use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::adjoint::{self, Compiled, Reason};
use crate::function::Function;
use crate::options::Mode;
use crate::parse::Refused;
use crate::{check, emit, expand, given, lower};

/// The derivatives, or what is wrong. A mistake is none of those who call the derivatives: as far as the types of these
/// are known, they find some.
pub fn derivatives(function: Result<Function, Refused>) -> TokenStream {
    let (function, error) = match function {
        Ok(function) => match body(&function) {
            Ok((lift, compiled)) => {
                return expand::expand(&function, &lift, compiled.as_ref());
            }
            Err(error) => (Some(Box::new(function)), error),
        },
        Err(Refused { error, function }) => (function, error),
    };
    let stand_in =
        |function: Box<_>| expand::expand(&function, &quote!(::core::unreachable!()), None);
    let mut functions = function.map(stand_in).unwrap_or_default();
    functions.extend(error.into_compile_error());
    functions
}

/// The body of `lift`, and what is compiled where there is a body.
fn body(function: &Function) -> syn::Result<Bodies> {
    if let Some(rule) = given::rule(function)? {
        return Ok((rule, None));
    }
    if function.is_generic {
        return Ok((TokenStream::new(), None));
    }
    body_over_numbers(function)
}

type Bodies = (TokenStream, Option<Result<Compiled, Reason>>);

fn body_over_numbers(function: &Function) -> syn::Result<Bodies> {
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
    function: &Function,
    compiled: &Result<Compiled, Reason>,
    mode: Mode,
    span: Span,
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
