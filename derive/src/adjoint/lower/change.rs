//! Functions and methods that change what they are given: pushes, swaps, fills, copies.

use super::{Lowered, Lowering, unknown};
use crate::adjoint::form::*;
use crate::callee::{Callee, callee};
use crate::kind::Kind;
use crate::tree::*;

impl<'a> Lowering<'a> {
    /// A method that changes a sequence of numbers; none of the others.
    pub fn changing_method(&mut self, method: &'a Method) -> Option<Lowered<()>> {
        let receiver = &*method.receiver;
        if !receiver.kind.is_active() || !matches!(receiver.kind.target(), Kind::Sequence(_)) {
            return None;
        }
        match (&*method.name.to_string(), &method.arguments[..]) {
            ("push", [value]) => Some(self.push(receiver, value)),
            ("swap", [left, right]) => Some(self.swap_elements(receiver, [left, right])),
            _ => None,
        }
    }

    /// `mem::swap`
    pub fn changing_call(&mut self, call: &'a Call) -> Option<Lowered<()>> {
        match (callee(&call.function), &call.arguments[..]) {
            (Callee::Standard("swap"), [left, right]) => Some(self.swap(left, right)),
            _ => None,
        }
    }

    /// `mem::replace(&mut place, value)`: what was there before.
    pub fn replaced(&mut self, place: &'a Node, value: &'a Node) -> Lowered<Formula<'a>> {
        let place = self.place(changed(place)?)?;
        let old = self.formula_of(FormulaShape::Read(place.clone()));
        let old = self.spilled(old);
        let value = self.formula(value)?;
        self.steps.push(Step::Set {
            place,
            value,
            is_first: false,
        });
        Ok(self.read_of(old))
    }

    /// `place.push(value)`
    fn push(&mut self, place: &'a Node, value: &'a Node) -> Lowered<()> {
        let content = self.content(value)?;
        let start = self.steps.len();
        let view = self.view(place)?;
        if self.steps.len() > start || !view.offset.is_empty() {
            return unknown(place.span, "a push to a place that is not written out");
        }
        self.steps.push(Step::Push {
            place: view.place,
            content,
        });
        Ok(())
    }

    fn swap_elements(&mut self, sequence: &'a Node, indices: [&'a Node; 2]) -> Lowered<()> {
        let mut places = Vec::new();
        for index in indices {
            let view = self.view(sequence)?;
            let view = self.indexed(view, index)?;
            let view = self.frozen(view);
            places.push(view.place);
        }
        if *sequence.kind.target() == Kind::sequence(Kind::Number) {
            return self.exchange(places);
        }
        self.swap_wholes(places, true)
    }

    fn swap_wholes(&mut self, places: Vec<Place<'a>>, is_within: bool) -> Lowered<()> {
        let places: Result<[Place<'a>; 2], _> = places.try_into();
        if let Ok(places) = places {
            self.steps.push(Step::Swap { places, is_within });
        }
        Ok(())
    }

    fn swap(&mut self, left: &'a Node, right: &'a Node) -> Lowered<()> {
        let mut places = Vec::new();
        for side in [left, right] {
            let side = changed(side)?;
            places.push(self.place(side)?);
        }
        if changed(left)?.kind == Kind::Number {
            return self.exchange(places);
        }
        if places.iter().any(|place| !place.indices.is_empty()) {
            return unknown(left.span, "a swap of parts of arrays");
        }
        match places.iter().any(|place| self.is_parameter(place.variable)) {
            true => unknown(left.span, "a swap with an input"),
            false => self.swap_wholes(places, false),
        }
    }

    fn exchange(&mut self, places: Vec<Place<'a>>) -> Lowered<()> {
        let mut values = Vec::new();
        for place in &places {
            let value = self.formula_of(FormulaShape::Read(place.clone()));
            values.push(self.spilled(value));
        }
        for (place, value) in places.into_iter().zip(values.into_iter().rev()) {
            let value = self.read_of(value);
            self.steps.push(Step::Set {
                place,
                value,
                is_first: false,
            });
        }
        Ok(())
    }
}

/// What a `&mut` refers to.
fn changed(node: &Node) -> Lowered<&Node> {
    match &node.bare().shape {
        Shape::Reference {
            is_mutable: true,
            target,
        } => Ok(target),
        _ => unknown(node.span, "a `&mut` in a variable"),
    }
}
