//! The second-order reverse sweep over steps that are passed once: each value handed on, with its second derivatives.

use proc_macro2::TokenStream;

use super::spread::{Bend, Operand};
use super::state::{Derivative, State, Taken, Vertex};
use super::values::Amount;
use super::{Covered, Second, not_covered};
use crate::adjoint::form::*;
use crate::adjoint::regularity::{is_active, is_straight};

impl<'a> Second<'a> {
    pub fn reverse(
        &mut self,
        steps: &[&'a Step<'a>],
        state: &mut State,
        out: &mut TokenStream,
    ) -> Covered<()> {
        for step in steps.iter().rev() {
            self.reverse_step(step, state, out)?;
            self.check_size()?;
        }
        Ok(())
    }

    fn reverse_step(
        &mut self,
        step: &'a Step<'a>,
        state: &mut State,
        out: &mut TokenStream,
    ) -> Covered<()> {
        match step {
            Step::Plain(_)
            | Step::View { .. }
            | Step::Index { .. }
            | Step::Flag(_)
            | Step::Raise(_) => Ok(()),
            Step::Declare(variable) => {
                Taken::from(state, Vertex::Variable(*variable));
                Ok(())
            }
            Step::Let { variable, value } => {
                let taken = Taken::from(state, Vertex::Variable(*variable));
                self.hand_on_cheaply(value, &taken, state)
            }
            Step::Set { place, value, .. } => {
                let taken = Taken::from(state, self.variable(place)?);
                self.hand_on_cheaply(value, &taken, state)
            }
            Step::Add {
                place,
                value,
                is_negative,
            } => self.reverse_addition(place, value, *is_negative, state),
            Step::Branch(branch) => self.reverse_branch(branch, state, out),
            Step::Result(value) => self.hand_on(value, &Taken::of(Amount::ONE), state),
            Step::Loop(_) => not_covered("a loop that does more than add to what is outside of it"),
            Step::LetArray { .. } => not_covered("an array that a position goes through"),
            Step::Swap { .. } => not_covered("arrays that take each other's place"),
            Step::Push { .. } => not_covered("what is pushed"),
            Step::Outputs(_) => not_covered("several results"),
            Step::Call(_) => not_covered("a call that takes or gives arrays"),
        }
    }

    /// A scalar variable.
    fn variable(&self, place: &Place) -> Covered<Vertex> {
        match place.indices.is_empty() && self.emitter.is_scalar(place.variable) {
            true => Ok(Vertex::Variable(place.variable)),
            false => not_covered("an element that is written to"),
        }
    }

    /// The sum is what it was, and the value.
    fn reverse_addition(
        &mut self,
        place: &'a Place<'a>,
        value: &'a Formula<'a>,
        is_negative: bool,
        state: &mut State,
    ) -> Covered<()> {
        let sum = self.variable(place)?;
        let taken = Taken::from(state, sum);
        if taken.is_empty() {
            return Ok(());
        }
        let mut operands = vec![Operand::of(sum, Amount::ONE)];
        if let Some(added) = self.operand(value)? {
            operands.push(if is_negative { added.negated() } else { added });
        }
        self.spread(&taken, &operands, &[], state);
        self.hand_on_values(&operands, state)
    }

    /// Hands on what was taken from a value: operation by operation, or at once by the derivatives of the whole formula,
    /// whichever takes less.
    fn hand_on_cheaply(
        &mut self,
        formula: &'a Formula<'a>,
        taken: &Taken,
        state: &mut State,
    ) -> Covered<()> {
        if !taken.has_edges() {
            return self.hand_on(formula, taken, state);
        }
        let start = self.values.len();
        let (mut at_once, mut by_steps) = (state.clone(), state.clone());
        self.hand_on_at_once(formula, taken, &mut at_once)?;
        let length_at_once = self.values.len();
        self.values.truncate(start);
        self.hand_on(formula, taken, &mut by_steps)?;
        if self.values.len() <= length_at_once {
            *state = by_steps;
            return Ok(());
        }
        self.values.truncate(start);
        self.hand_on_at_once(formula, taken, state)
    }

    fn hand_on_at_once(
        &mut self,
        formula: &'a Formula<'a>,
        taken: &Taken,
        state: &mut State,
    ) -> Covered<()> {
        let mut own = State::new();
        let is_bent = std::mem::replace(&mut self.is_bent, taken.slope.is_some());
        self.hand_on(formula, &Taken::of(Amount::ONE), &mut own)?;
        self.is_bent = is_bent;
        let (mut operands, mut bends) = (Vec::new(), Vec::new());
        for (derivative, amount) in own {
            match (derivative, taken.slope) {
                (Derivative::Slope(vertex), _) => {
                    operands.push(Operand::of(vertex, amount));
                }
                (Derivative::Edge(one, other), Some(slope)) => {
                    let amount = self.values.product(slope, amount);
                    bends.push(Bend { one, other, amount });
                }
                _ => {}
            }
        }
        self.spread(taken, &operands, &bends, state);
        Ok(())
    }

    /// Hands on to what the value of a formula is made of: places, and other formulas.
    fn hand_on(
        &mut self,
        formula: &'a Formula<'a>,
        taken: &Taken,
        state: &mut State,
    ) -> Covered<()> {
        if taken.is_empty() || !is_active(formula) {
            return Ok(());
        }
        if let Some(vertex) = self.only_vertex(formula)? {
            let curve = self.curve(formula)?;
            let bend = self
                .bent(taken)
                .zip(curve.second)
                .map(|(slope, second)| Bend {
                    one: vertex,
                    other: vertex,
                    amount: self.values.product(slope, second),
                });
            let operand = curve.first.map(|slope| Operand::of(vertex, slope));
            self.spread(taken, operand.as_slice(), bend.as_slice(), state);
            return Ok(());
        }
        let mut bends = Vec::new();
        let operands = match &formula.shape {
            FormulaShape::Constant(_)
            | FormulaShape::EmptySum
            | FormulaShape::Zero
            | FormulaShape::One
            | FormulaShape::Read(_) => Vec::new(),
            FormulaShape::Negate(inner) => {
                let inner = self.operand(inner)?.map(Operand::negated);
                inner.into_iter().collect()
            }
            FormulaShape::Operator(
                operator @ (Operator::Add | Operator::Subtract),
                left,
                right,
            ) => {
                let (left, mut right) = (self.operand(left)?, self.operand(right)?);
                if let Operator::Subtract = operator {
                    right = right.map(Operand::negated);
                }
                left.into_iter().chain(right).collect()
            }
            FormulaShape::Operator(Operator::Multiply, left, right) => {
                self.of_product(left, right, taken, &mut bends)?
            }
            FormulaShape::Operator(Operator::Divide, left, right) => {
                self.of_quotient(formula, left, right, taken, &mut bends)?
            }
            FormulaShape::Operator(Operator::Remainder, ..)
            | FormulaShape::Function { .. }
            | FormulaShape::Call { .. }
            | FormulaShape::Power { .. } => self.by_slopes(formula, taken, &mut bends)?,
        };
        self.spread(taken, &operands, &bends, state);
        self.check_size()?;
        self.hand_on_values(&operands, state)
    }

    /// The values inside of a formula.
    fn hand_on_values(&mut self, operands: &[Operand<'a>], state: &mut State) -> Covered<()> {
        for formula in operands.iter().filter_map(|operand| operand.formula) {
            let taken = Taken::from(state, Vertex::Value(formula.id));
            self.hand_on(formula, &taken, state)?;
        }
        Ok(())
    }

    /// Where a value is: in a place, perhaps times a number and with another one added, or nowhere but in the formula. None for
    /// constants.
    fn operand(&mut self, formula: &'a Formula<'a>) -> Covered<Option<Operand<'a>>> {
        if !is_active(formula) {
            return Ok(None);
        }
        if is_linear(formula)
            && let Some(vertex) = self.only_vertex(formula)?
            && let Some(slope) = self.curve(formula)?.first
        {
            return Ok(Some(Operand::of(vertex, slope)));
        }
        Ok(Some(Operand {
            vertex: Vertex::Value(formula.id),
            slope: Amount::ONE,
            formula: Some(formula),
        }))
    }

    /// The slope that second derivatives of a value go with.
    fn bent(&self, taken: &Taken) -> Option<Amount> {
        taken.slope.filter(|_| self.is_bent)
    }

    /// A second derivative by two operands, by each and then by the other.
    fn bend_by(&mut self, one: Vertex, other: Vertex, amount: Amount) -> Bend {
        let amount = match one == other {
            true => self.values.double(amount),
            false => amount,
        };
        Bend { one, other, amount }
    }

    fn of_product(
        &mut self,
        left: &'a Formula<'a>,
        right: &'a Formula<'a>,
        taken: &Taken,
        bends: &mut Vec<Bend>,
    ) -> Covered<Vec<Operand<'a>>> {
        let (one, other) = (self.operand(left)?, self.operand(right)?);
        if let (Some(one), Some(other), Some(slope)) = (&one, &other, self.bent(taken)) {
            let part = self.values.product(slope, one.slope);
            let part = self.values.product(part, other.slope);
            bends.push(self.bend_by(one.vertex, other.vertex, part));
        }
        let mut operands = Vec::new();
        for (operand, factor) in [(one, right), (other, left)] {
            if let Some(operand) = operand {
                let factor = self.value(factor);
                let slope = self.values.product(operand.slope, factor);
                operands.push(Operand { slope, ..operand });
            }
        }
        Ok(operands)
    }

    /// By the left side the reciprocal of the right, by the right the quotient times that.
    fn of_quotient(
        &mut self,
        whole: &'a Formula<'a>,
        left: &'a Formula<'a>,
        right: &'a Formula<'a>,
        taken: &Taken,
        bends: &mut Vec<Bend>,
    ) -> Covered<Vec<Operand<'a>>> {
        let (over, under) = (self.operand(left)?, self.operand(right)?);
        let divisor = self.value(right);
        let reciprocal = self.values.reciprocal(divisor);
        let over = over.map(|over| Operand {
            slope: self.values.product(over.slope, reciprocal),
            ..over
        });
        let Some(mut under) = under else {
            return Ok(over.into_iter().collect());
        };
        let quotient = self.known((whole.id, 0));
        // How fast the divisor moves, as a part of itself.
        let rate = self.values.product(under.slope, reciprocal);
        under.slope = self.values.product(rate, quotient).negated();
        if let Some(slope) = self.bent(taken) {
            // The slope by the right side falls twice as fast as the reciprocal does.
            let part = self.values.product(slope, under.slope);
            let fall = self.values.product(part, rate).negated();
            bends.push(self.bend_by(under.vertex, under.vertex, fall));
            if let Some(over) = &over {
                let part = self.values.product(slope, over.slope);
                let fall = self.values.product(part, rate).negated();
                bends.push(self.bend_by(over.vertex, under.vertex, fall));
            }
        }
        Ok(over.into_iter().chain([under]).collect())
    }

    /// By the slopes that the rules state, and by their second derivatives.
    fn by_slopes(
        &mut self,
        formula: &'a Formula<'a>,
        taken: &Taken,
        bends: &mut Vec<Bend>,
    ) -> Covered<Vec<Operand<'a>>> {
        let (mut operands, mut moving) = (Vec::new(), Vec::new());
        for (position, argument) in formula.parts().enumerate() {
            if let Some(operand) = self.operand(argument)? {
                moving.push((position, operand.vertex, operand.slope));
                let slope = self.slope(formula.id, position);
                let slope = self.values.product(operand.slope, slope);
                operands.push(Operand { slope, ..operand });
            }
        }
        if let (Some(slope), false) = (self.bent(taken), is_straight(formula)) {
            for (&(one, left, by_left), &(other, right, by_right)) in pairs(&moving) {
                let second = self.bend(formula.id, one, other);
                let part = self.values.product(slope, second);
                let part = self.values.product(part, by_left);
                let amount = self.values.product(part, by_right);
                bends.push(match one == other {
                    true => Bend {
                        one: left,
                        other: left,
                        amount,
                    },
                    false => self.bend_by(left, right, amount),
                });
            }
        }
        Ok(operands)
    }
}

/// Each with itself and with all after it.
pub fn pairs<T>(all: &[T]) -> impl Iterator<Item = (&T, &T)> {
    let rest = |(at, one)| all[at..].iter().map(move |other| (one, other));
    all.iter().enumerate().flat_map(rest)
}

/// Whether it is a multiple of what is in it, and a number added.
fn is_linear(formula: &Formula) -> bool {
    match &formula.shape {
        FormulaShape::Constant(_)
        | FormulaShape::EmptySum
        | FormulaShape::Zero
        | FormulaShape::One
        | FormulaShape::Read(_) => true,
        FormulaShape::Negate(inner) => is_linear(inner),
        FormulaShape::Operator(Operator::Add | Operator::Subtract, left, right) => {
            is_linear(left) && is_linear(right)
        }
        FormulaShape::Operator(Operator::Multiply, left, right) => {
            (!is_active(left) && is_linear(right)) || (!is_active(right) && is_linear(left))
        }
        FormulaShape::Operator(Operator::Divide, left, right) => {
            !is_active(right) && is_linear(left)
        }
        _ => false,
    }
}
