//! The derivative compiler: from a body to plain code that computes value and gradient together.
//!
//! The tree is lowered to an intermediate form, in which every step that touches a number is one of a few kinds; the
//! form is run forward, as the function itself, and then in reverse, each value handing its adjoint on to what it was
//! made of. Where a loop only adds to what is outside of it, both sweeps run in one pass. The code is generic over its
//! float, so that over `Dual` it gives second derivatives.

mod emit;
mod form;
mod lower;
pub mod outputs;
mod places;
mod split;
mod survey;

pub use emit::{Adjoint, Hessian, Row, input_bar, lanes, seed};
pub use lower::Reason;

use proc_macro2::Span;

use crate::emit::Emission;
use crate::kind::Kind;
use crate::parse::Function;
use crate::tree::{Body, Shape};
use crate::walk::Part;

/// The body of `adjoint`, or why the function is left to dual numbers.
pub fn compile(function: &Function, body: &Body, kinds: &[Kind]) -> Result<Adjoint, Reason> {
    let mut program = lower::lower(function, body, kinds)?;
    if let Some(outputs) = program.outputs {
        if program.ids * outputs > MOST_VALUES_OF_ROWS {
            return lower::unknown(Span::call_site(), "too large a body for a sweep a row");
        }
        program = split::split(function, body, program);
    }
    let mut culprit = None;
    body.root.walk(&mut |part| {
        if let Part::Node(node) = part {
            let names_by_text = matches!(
                node.shape,
                Shape::Opaque { .. } | Shape::Values { .. } | Shape::Message(_) | Shape::Call(_)
            );
            let mut mentioned = Default::default();
            survey::mentions(node, &mut mentioned);
            if names_by_text && !mentioned.is_disjoint(&program.renamed) {
                culprit.get_or_insert(node.span);
            }
        }
    });
    if let Some(span) = culprit {
        return lower::unknown(
            span,
            "a name that is used twice, inside of a macro or of a call",
        );
    }
    let emission = Emission::new(function, body, kinds.to_vec());
    let mut adjoint = emit::emit(emission, body, &program);
    if adjoint.needs_tape && program.outputs.is_some() {
        return lower::unknown(
            Span::call_site(),
            "a loop that leaves for the reverse sweep what no array holds",
        );
    }
    if adjoint.is_lost {
        return lower::unknown(
            Span::call_site(),
            "a call that takes or gives arrays, in a loop that has to keep its slopes",
        );
    }
    if function.outcome.is_single {
        let program = lower::lower(function, body, kinds)?;
        let program = split::split(function, body, program);
        let emission = Emission::new(function, body, kinds.to_vec());
        adjoint.hessian = emit::hessian(emission, body, &program);
    }
    Ok(adjoint)
}

/// Values times rows: beyond it the code would be larger than it is worth.
const MOST_VALUES_OF_ROWS: usize = 6000;
