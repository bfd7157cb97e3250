//! What a second-order reverse sweep knows at a point: the derivatives of the rest of the function, first and second, by
//! the values that are there.

use std::collections::BTreeMap;

use super::values::Amount;
use crate::adjoint::form::Id;
use crate::tree::Variable;

/// A value that the rest of the function is differentiated by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vertex {
    Variable(Variable),
    /// An element of an input, by its place in the list of them.
    Element(usize),
    /// A value inside of a formula.
    Value(Id),
}

/// A derivative of the rest of the function.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Derivative {
    Slope(Vertex),
    /// By two vertices, the lesser first.
    Edge(Vertex, Vertex),
}

impl Derivative {
    pub fn edge(one: Vertex, other: Vertex) -> Self {
        Self::Edge(one.min(other), one.max(other))
    }

    /// What it is by: a vertex twice, or two that may be the same.
    pub fn ends(self) -> [Vertex; 2] {
        match self {
            Self::Slope(vertex) => [vertex, vertex],
            Self::Edge(one, other) => [one, other],
        }
    }
}

/// The derivatives that are not zero by structure.
pub type State = BTreeMap<Derivative, Amount>;

/// What there was by a value before it was handed on.
#[derive(Clone, Default)]
pub struct Taken {
    pub slope: Option<Amount>,
    /// By the value and itself.
    pub own: Option<Amount>,
    pub others: Vec<(Vertex, Amount)>,
}

impl Taken {
    /// The slope alone.
    pub fn of(slope: Amount) -> Self {
        Self {
            slope: Some(slope),
            ..Self::default()
        }
    }

    /// All that there is by a value, which is not there any more then.
    pub fn from(state: &mut State, value: Vertex) -> Self {
        let mut taken = Self {
            slope: state.remove(&Derivative::Slope(value)),
            own: state.remove(&Derivative::edge(value, value)),
            others: Vec::new(),
        };
        state.retain(|derivative, amount| match *derivative {
            Derivative::Edge(one, other) if one == value || other == value => {
                let end = if one == value { other } else { one };
                taken.others.push((end, *amount));
                false
            }
            _ => true,
        });
        taken
    }

    pub fn is_empty(&self) -> bool {
        self.slope.is_none() && !self.has_edges()
    }

    pub fn has_edges(&self) -> bool {
        self.own.is_some() || !self.others.is_empty()
    }
}
