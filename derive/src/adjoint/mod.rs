//! The derivative compiler: from a body to plain code that computes value and gradient together.
//!
//! The tree is lowered to an intermediate form, in which every step that touches a number is one of a few kinds; the
//! form is run forward, as the function itself, and then in reverse, each value handing its adjoint on to what it was
//! made of. Where a loop only adds to what is outside of it, both sweeps run in one pass. The code is generic over its
//! float, so that over `Dual` it gives second derivatives.

mod emit;
mod form;
mod lower;
mod survey;

pub use emit::{Adjoint, input_bar};
pub use lower::Reason;

use crate::emit::Emission;
use crate::kind::Kind;
use crate::parse::Function;
use crate::tree::{Body, Shape};
use crate::walk::Part;

/// The body of `adjoint`, or why the function is left to dual numbers.
pub fn compile(function: &Function, body: &Body, kinds: &[Kind]) -> Result<Adjoint, Reason> {
    let program = lower::lower(function, body, kinds)?;
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
    Ok(emit::emit(emission, body, &program))
}
