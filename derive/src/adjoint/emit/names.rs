//! What the variables of a sweep are called.

use proc_macro2::Ident;
use quote::format_ident;

use super::{Emitter, Sweep};
use crate::adjoint::form::Id;
use crate::adjoint::parameters;
use crate::names::internal;
use crate::tree::Variable;

/// A value, or one of its slopes: 0, then the arguments; then second derivatives.
pub type Key = (Id, usize);

/// A second derivative of a value by two of its arguments.
pub fn curvature_key(id: Id, one: usize, other: usize) -> Key {
    (id, (one + 1) * MOST_ARGUMENTS + other + 1)
}

pub fn is_curvature((_, slot): Key) -> bool {
    slot >= MOST_ARGUMENTS
}

/// More than any call has.
const MOST_ARGUMENTS: usize = 1000;

impl Emitter<'_> {
    pub fn name(&self, variable: Variable) -> &Ident {
        &self.program.names[variable]
    }

    pub fn bar_name(&self, variable: Variable) -> Ident {
        match self.sweep {
            Sweep::Row(row) => internal(&format!("b{variable}_{row}")),
            Sweep::Single | Sweep::All => internal(&format!("b{variable}")),
        }
    }

    pub fn key_name(&self, (id, slot): Key) -> Ident {
        match slot {
            0 => internal(&format!("v{id}")),
            slot => internal(&format!("d{id}_{slot}")),
        }
    }

    pub fn temporary(&mut self) -> Ident {
        self.steps += 1;
        internal(&format!("r{}", self.steps))
    }

    /// Where the adjoint of an input goes in the end.
    pub fn input_bar(&self, variable: Variable) -> Ident {
        let bar = parameters::input_bar(&self.program.names[variable]);
        match self.sweep {
            Sweep::Row(row) => format_ident!("{bar}_{row}", span = bar.span()),
            Sweep::Single | Sweep::All => bar,
        }
    }
}

pub fn flag_name(id: Id) -> Ident {
    internal(&format!("f{id}"))
}

pub fn zero_name() -> Ident {
    internal("zero")
}
