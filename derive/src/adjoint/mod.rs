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
pub mod parameters;
mod regularity;
mod split;
mod survey;
mod walk;

pub use emit::{Adjoint, Hessian, Row, Tangents};
pub use lower::Reason;

use proc_macro2::Span;

use crate::emit::Emission;
use crate::function::Function;
use crate::kind::Kind;
use crate::options::Mode;
use crate::tree::{Body, Part, Shape};
use emit::{Emitter, Inputs};
use lower::Program;

/// A function as plain code.
pub struct Compiled {
    /// Whether the body makes `Vec`s.
    pub has_heap: bool,
    /// A forward and a reverse sweep, or why there are none.
    pub adjoint: Result<Adjoint, Reason>,
    /// Beside them, a reverse sweep of second order, or why there is none.
    pub hessian: Result<Hessian, &'static str>,
    /// A forward sweep with one tangent.
    pub along: Tangents,
    /// A forward sweep with a tangent for each input that a value depends on, where that was wanted.
    pub forward: Result<Tangents, Reason>,
}

/// The function as plain code, or why it is left to dual numbers.
pub fn compile(
    function: &Function,
    body: &Body,
    kinds: &[Kind],
    wants_forward: bool,
) -> Result<Compiled, Reason> {
    let program = lower::lower(function, body, kinds)?;
    let program = match program.outputs {
        Some(_) => split::split(function, body, program),
        None => program,
    };
    no_text_names(body, &program)?;
    no_divided_whole(&program)?;
    let (sweep, inputs) = emitter(function, body, kinds, &program);
    let along = emit::along(sweep, &inputs);
    let adjoint = match program.outputs {
        Some(outputs) if outputs > MOST_ROWS => {
            lower::unknown(Span::call_site(), "too many results")
        }
        Some(outputs) if program.ids * outputs > MOST_VALUES_OF_ROWS => {
            lower::unknown(Span::call_site(), "too large a body for a sweep a row")
        }
        _ => {
            let (sweep, inputs) = emitter(function, body, kinds, &program);
            sound(emit::emit(sweep, &inputs), &program)
        }
    };
    let hessian = match function.outcome.is_single && adjoint.is_ok() {
        true => {
            let program = split::split(function, body, lower::lower(function, body, kinds)?);
            let emission = Emission::new(function, body, kinds.to_vec());
            emit::hessian(emission, body, &program)
        }
        false => Err("several results"),
    };
    let most = match &adjoint {
        _ if wants_forward => usize::MAX,
        _ if matches!(function.options.mode, Some((Mode::Adjoint, _))) => 0,
        Ok(adjoint) if program.outputs.is_none() => adjoint.most_tangents(),
        Ok(_) => 0,
        Err(_) => usize::MAX,
    };
    let forward = match (most, program.outputs) {
        // What would be too many is not written first.
        _ if most < emit::lanes_of(&emit::inputs(function, body)) => costs_less(),
        (_, Some(_)) => by_inputs(function, body, kinds, &program),
        (_, None) => {
            let program = split::split(function, body, lower::lower(function, body, kinds)?);
            by_inputs(function, body, kinds, &program)
        }
    };
    Ok(Compiled {
        has_heap: !program.vectors.is_empty(),
        adjoint,
        hessian,
        along,
        forward,
    })
}

fn emitter<'p>(
    function: &'p Function,
    body: &'p Body,
    kinds: &[Kind],
    program: &'p Program<'p>,
) -> (Emitter<'p>, Inputs<'p>) {
    let inputs = emit::inputs(function, body);
    let emission = Emission::new(function, body, kinds.to_vec());
    (Emitter::new(emission, &inputs, program, false), inputs)
}

fn costs_less<T>() -> Result<T, Reason> {
    lower::unknown(Span::call_site(), "a reverse sweep that costs less")
}

impl Adjoint {
    /// Up to how many inputs tangents cost less than what the reverse sweep keeps, as measured.
    fn most_tangents(&self) -> usize {
        match (self.needs_tape, self.keeps_arrays) {
            (true, _) => 4,
            (false, true) => 2,
            (false, false) => 0,
        }
    }
}

/// A tangent for each input, if that is not too much code.
fn by_inputs(
    function: &Function,
    body: &Body,
    kinds: &[Kind],
    program: &Program,
) -> Result<Tangents, Reason> {
    let (sweep, inputs) = emitter(function, body, kinds, program);
    match emit::by_inputs(sweep, &inputs) {
        Some(tangents) if program.ids * tangents.lanes <= MOST_VALUES_OF_ROWS => Ok(tangents),
        Some(_) => lower::unknown(Span::call_site(), "too large a body for a tangent an input"),
        None => lower::unknown(
            Span::call_site(),
            "a slice, or an array whose elements are not named by numbers",
        ),
    }
}

/// The sweeps, if they have a place for all that they keep.
fn sound(adjoint: Adjoint, program: &Program) -> Result<Adjoint, Reason> {
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
    Ok(adjoint)
}

/// Refuses variables that are renamed, where text mentions them.
fn no_text_names(body: &Body, program: &Program) -> Result<(), Reason> {
    if program.renamed.is_empty() {
        return Ok(());
    }
    let mut culprit = None;
    body.root.walk(&mut |part| {
        if let Part::Node(node) = part
            && let Shape::Opaque { .. } | Shape::Values { .. } | Shape::Message(_) | Shape::Call(_) =
                node.shape
        {
            let mut mentioned = Default::default();
            node.mentions(&mut mentioned);
            if !mentioned.is_disjoint(&program.renamed) {
                culprit.get_or_insert(node.span);
            }
        }
    });
    match culprit {
        Some(span) => lower::unknown(
            span,
            "a name that is used twice, inside of a macro or of a call",
        ),
        None => Ok(()),
    }
}

/// Refuses text that mentions a variable as a whole that is nothing but its parts.
fn no_divided_whole(program: &Program) -> Result<(), Reason> {
    if program.divided.is_empty() {
        return Ok(());
    }
    let facts = survey::Facts::of(&program.steps);
    let mut nodes = facts.nodes.iter();
    let culprit = nodes.find_map(|node| whole(Part::Node(node), program));
    match culprit {
        Some(span) => lower::unknown(span, "a value of several numbers that is read as a whole"),
        None => Ok(()),
    }
}

fn whole(part: Part, program: &Program) -> Option<Span> {
    if let Part::Node(node) = part {
        if program.texts.contains_key(&std::ptr::from_ref(node)) {
            return None;
        }
        let mut mentioned = Default::default();
        node.mentions(&mut mentioned);
        if !mentioned.is_disjoint(&program.divided) {
            return Some(node.span);
        }
    }
    let mut found = None;
    part.each_part(&mut |inner| {
        if found.is_none() {
            found = whole(inner, program);
        }
    });
    found
}

/// Values times rows, or times lanes: beyond it the code would be larger than it is worth.
const MOST_VALUES_OF_ROWS: usize = 6000;

/// More rows than these are not worth their code.
const MOST_ROWS: usize = 16;
