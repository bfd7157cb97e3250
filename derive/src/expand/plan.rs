//! Which of the compiled forms the derivatives go by, and what the documentation says of it.

use super::Expansion;
use crate::adjoint::outputs::Outputs;
use crate::adjoint::{Adjoint, Compiled, Hessian, Reason, Tangents};
use crate::function::Form;
use crate::kind::literal_length;
use crate::layout::Size;
use crate::options::Mode;

/// What is compiled; by dual numbers goes what is not there.
#[derive(Clone, Copy, Default)]
pub struct Plan<'r> {
    /// Both sweeps, also for those that call the function.
    pub adjoint: Option<&'r Adjoint>,
    /// Both sweeps of second order.
    pub hessian: Option<Result<&'r Hessian, &'static str>>,
    /// Whether the function's own gradient or Jacobian goes by them.
    pub is_reverse: bool,
    /// A tangent for each input.
    pub forward: Option<&'r Tangents>,
    /// One tangent.
    pub along: Option<&'r Tangents>,
}

impl<'r> Plan<'r> {
    /// The sweeps that the gradient or the Jacobian goes by.
    pub fn reverse(&self) -> Option<&'r Adjoint> {
        self.adjoint.filter(|_| self.is_reverse)
    }
}

const BY_ONE_TANGENT: &str = " Compiled: a forward sweep of plain code, with one tangent.";
const BY_TANGENTS: &str = " Compiled: a forward sweep of plain code, with a tangent for each input that a value depends on.";
const BY_SWEEPS: &str = " Compiled: a forward and a reverse sweep of plain code.";
const BY_SECOND_ORDER: &str = " Compiled: a forward sweep and a reverse sweep of second order.";
const BY_ROWS: &str =
    " Compiled: a forward sweep of plain code, and a reverse sweep for each output.";

impl Expansion<'_> {
    /// The forms that cost least, unless the function's attribute says which; and how that is said.
    pub fn plan<'r>(&self, compiled: Option<&'r Result<Compiled, Reason>>) -> (Plan<'r>, String) {
        let Some(compiled) = compiled else {
            return (Plan::default(), String::new());
        };
        let mode = self.function.options.mode.map(|(mode, _)| mode);
        let is_single = self.function.outcome.is_single;
        let fits = match is_single {
            true => self.fits(),
            false => self.fits_rows(),
        };
        // The mode that was not possible tells the token.
        let by_duals = |reason: &Reason, mode: &str| {
            let text = &reason.text;
            format!(" By dual numbers, because of {text}; `mode = {mode}` shows where.")
        };
        let compiled = match compiled {
            Err(reason) => return (Plan::default(), by_duals(reason, "adjoint")),
            Ok(_) if !fits => {
                let misfit = self.misfit();
                let text = format!(" By dual numbers, because of {misfit}.");
                return (Plan::default(), text);
            }
            Ok(compiled) => compiled,
        };
        let adjoint = compiled.adjoint.as_ref();
        let plan = Plan {
            adjoint: adjoint.ok(),
            hessian: adjoint
                .is_ok()
                .then(|| compiled.hessian.as_ref().map_err(|reason| *reason)),
            is_reverse: false,
            forward: None,
            along: Some(&compiled.along),
        };
        let reverse = Plan {
            is_reverse: true,
            ..plan
        };
        let forward = || match &compiled.forward {
            Ok(forward) => {
                let forward = Some(forward);
                (Plan { forward, ..plan }, BY_TANGENTS.to_owned())
            }
            Err(reason) => (plan, by_duals(reason, "forward")),
        };
        match (adjoint, is_single) {
            _ if self.is_curve() && is_single => (plan, BY_ONE_TANGENT.to_owned()),
            _ if mode == Some(Mode::Forward) => forward(),
            (Ok(_), true) if compiled.forward.is_ok() => forward(),
            (Ok(_), true) => (reverse, BY_SWEEPS.to_owned()),
            (Ok(_), false) if mode == Some(Mode::Adjoint) || !self.is_tall() => {
                (reverse, BY_ROWS.to_owned())
            }
            (Ok(_), false) => forward(),
            (Err(_), _) if compiled.forward.is_ok() => forward(),
            (Err(reason), _) => (plan, by_duals(reason, "adjoint")),
        }
    }

    /// The sweeps that the Hessian goes by: along one float, those of second order alone.
    pub fn second<'r>(&self, plan: Plan<'r>) -> Option<&'r Adjoint> {
        match self.is_curve() {
            true => plan.adjoint.filter(|_| matches!(plan.hessian, Some(Ok(_)))),
            false => plan.reverse(),
        }
    }

    /// What the documentation says of second derivatives.
    pub fn second_way(&self, plan: Plan) -> String {
        let is_curve = self.is_curve();
        match plan.hessian.filter(|_| plan.is_reverse || is_curve) {
            _ if !self.function.outcome.is_single => String::new(),
            Some(Ok(_)) => BY_SECOND_ORDER.to_owned(),
            Some(Err(reason)) if is_curve => format!(" By dual numbers, because of {reason}."),
            Some(Err(reason)) => {
                format!(" The compiled gradient over dual numbers, because of {reason}.")
            }
            None => " By dual numbers.".to_owned(),
        }
    }

    /// Whether the one input is one float.
    pub fn is_curve(&self) -> bool {
        matches!(self.layout.only(), Some(Form::Scalar))
    }

    /// Whether there are more outputs than inputs. What is not known here is a const parameter.
    pub fn is_tall(&self) -> bool {
        let inputs = self.layout.pieces().map(|(_, input)| match &input.form {
            Form::Array(lengths) => lengths.iter().map(literal_length).product(),
            _ => Some(1),
        });
        let inputs: Option<usize> = inputs.sum();
        let outputs = Outputs::of(self.function).map(|outputs| outputs.count());
        inputs < outputs && inputs.is_some()
    }

    /// Why the forms of inputs and outputs are not compiled.
    fn misfit(&self) -> &'static str {
        let has = |is_such: fn(&Form) -> bool| {
            let mut pieces = self.layout.pieces();
            pieces.any(|(_, input)| is_such(&input.form))
        };
        match () {
            () if has(|form| matches!(form, Form::Shape)) => {
                "inputs that are no floats, arrays or slices"
            }
            () if !self.function.outcome.is_single && self.layout.has_slice() => {
                "a Jacobian by slices"
            }
            () if !matches!(self.layout.size(), Size::Fixed(_)) && !self.layout.has_slice() => {
                "a number of inputs that the compiler alone knows"
            }
            () if !self.can_repeat() => "a constant that may have to be cloned",
            () => "an array of arrays beside a slice",
        }
    }
}
