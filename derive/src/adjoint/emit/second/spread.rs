//! The chain rule of second order: what is known by a value becomes known by what the value was made of.

use super::Second;
use super::state::{Derivative, State, Taken, Vertex};
use super::values::Amount;
use crate::adjoint::form::Formula;

/// What a value was made of, and the slope by it.
pub struct Operand<'a> {
    pub vertex: Vertex,
    pub slope: Amount,
    /// The formula, if the vertex is not a place but the value of one.
    pub formula: Option<&'a Formula<'a>>,
}

impl<'a> Operand<'a> {
    pub fn of(vertex: Vertex, slope: Amount) -> Self {
        Self {
            vertex,
            slope,
            formula: None,
        }
    }

    pub fn negated(self) -> Self {
        Self {
            slope: self.slope.negated(),
            ..self
        }
    }
}

/// A second derivative of a value by two of its operands, times the slope by the value.
pub struct Bend {
    pub one: Vertex,
    pub other: Vertex,
    pub amount: Amount,
}

impl<'a> Second<'a> {
    /// Hands on what was taken from a value.
    pub fn spread(
        &mut self,
        taken: &Taken,
        operands: &[Operand<'a>],
        bends: &[Bend],
        state: &mut State,
    ) {
        let operands = self.merged(operands);
        for Bend { one, other, amount } in bends {
            self.add(Derivative::edge(*one, *other), *amount, state);
        }
        if let Some(slope) = taken.slope {
            for &(vertex, own) in &operands {
                let part = self.values.product(slope, own);
                self.add(Derivative::Slope(vertex), part, state);
            }
        }
        for &(end, edge) in &taken.others {
            for &(vertex, slope) in &operands {
                let mut part = self.values.product(edge, slope);
                if vertex == end {
                    part = self.values.double(part);
                }
                self.add(Derivative::edge(vertex, end), part, state);
            }
        }
        if let Some(own) = taken.own {
            for (at, &(vertex, slope)) in operands.iter().enumerate() {
                let half = self.values.product(own, slope);
                for &(other, slope) in &operands[at..] {
                    let part = self.values.product(half, slope);
                    self.add(Derivative::edge(vertex, other), part, state);
                }
            }
        }
    }

    /// Each vertex once: the slopes by one that comes twice are added.
    fn merged(&mut self, operands: &[Operand<'a>]) -> Vec<(Vertex, Amount)> {
        let mut merged: Vec<(Vertex, Amount)> = Vec::new();
        for operand in operands {
            let same = |(vertex, _): &&mut (Vertex, Amount)| *vertex == operand.vertex;
            match merged.iter_mut().find(same) {
                Some((_, slope)) => *slope = self.values.sum(*slope, operand.slope),
                None => merged.push((operand.vertex, operand.slope)),
            }
        }
        merged
    }

    fn add(&mut self, derivative: Derivative, part: Amount, state: &mut State) {
        let sum = match state.get(&derivative) {
            Some(before) => self.values.sum(*before, part),
            None => part,
        };
        state.insert(derivative, sum);
    }
}
