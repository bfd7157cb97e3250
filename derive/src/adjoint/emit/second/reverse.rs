//! The second-order reverse sweep over steps that are passed once: each value handed on, with its second derivatives.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::spread::Operand;
use super::state::{State, Taken, Vertex};
use super::{Covered, Second, not_covered};
use crate::adjoint::emit::curvature_key;
use crate::adjoint::emit::reverse::{Factor, Seed};
use crate::adjoint::form::*;
use crate::adjoint::survey::{is_active, is_straight};

impl<'a> Second<'a> {
    pub fn reverse(
        &mut self,
        steps: &[&'a Step<'a>],
        state: &mut State,
        out: &mut TokenStream,
    ) -> Covered<()> {
        for step in steps.iter().rev() {
            self.reverse_step(step, state, out)?;
        }
        Ok(())
    }

    fn reverse_step(
        &mut self,
        step: &'a Step<'a>,
        state: &mut State,
        out: &mut TokenStream,
    ) -> Covered<()> {
        self.check_size()?;
        match step {
            Step::Plain(_)
            | Step::View { .. }
            | Step::Index { .. }
            | Step::Flag(_)
            | Step::Raise(_) => {}
            Step::Declare(variable) => _ = state.take(Vertex::Variable(*variable)),
            Step::Let { variable, value } => {
                let taken = state.take(Vertex::Variable(*variable));
                self.hand_on_cheaply(value, taken, state, out)?;
            }
            Step::Set { place, value, .. } => {
                let vertex = self.variable(place)?;
                let taken = state.take(vertex);
                self.hand_on_cheaply(value, taken, state, out)?;
            }
            Step::Add {
                place,
                value,
                is_negative,
            } => self.reverse_addition(place, value, *is_negative, state, out)?,
            Step::Branch(branch) => self.reverse_branch(branch, state, out)?,
            Step::Result(value) => {
                self.hand_on(value, Taken::of(Seed::one()), state, out)?;
            }
            Step::Loop(_) => {
                return not_covered("a loop that does more than add to what is outside of it");
            }
            Step::LetArray { .. } => return not_covered("an array that a position goes through"),
            Step::Outputs(_) => return not_covered("several results"),
            Step::Call(_) => return not_covered("a call that takes or gives arrays"),
        }
        Ok(())
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
        out: &mut TokenStream,
    ) -> Covered<()> {
        let sum = self.variable(place)?;
        let taken = state.take(sum);
        if taken.is_empty() {
            return Ok(());
        }
        let before = Operand::of(sum, Seed::one(), None);
        let added = self.operand(value, out)?;
        let added = added.map(|added| if is_negative { added.negated() } else { added });
        let formula = added.as_ref().and_then(|added| added.formula);
        let operands = [before].into_iter().chain(added).collect();
        self.spread(taken, operands, Vec::new(), state, out);
        self.hand_on_values(formula, state, out)
    }

    /// Hands on what was taken from a value: operation by operation, or at once by the derivatives of the whole formula,
    /// whichever takes less.
    fn hand_on_cheaply(
        &mut self,
        formula: &'a Formula<'a>,
        taken: Taken,
        state: &mut State,
        out: &mut TokenStream,
    ) -> Covered<()> {
        if taken.own.is_none() && taken.others.is_empty() {
            return self.hand_on(formula, taken, state, out);
        }
        let before = self.mark();
        let (mut by_steps, mut tokens) = (state.clone(), TokenStream::new());
        self.hand_on(formula, taken.clone(), &mut by_steps, &mut tokens)?;
        let after = self.mark();
        self.back_to(before.clone());
        let mut at_once = TokenStream::new();
        self.hand_on_at_once(formula, taken, state, &mut at_once)?;
        if self.updates < after.updates {
            out.extend(at_once);
        } else {
            self.back_to(after);
            *state = by_steps;
            out.extend(tokens);
        }
        Ok(())
    }

    fn hand_on_at_once(
        &mut self,
        formula: &'a Formula<'a>,
        taken: Taken,
        state: &mut State,
        out: &mut TokenStream,
    ) -> Covered<()> {
        let mut own = State::default();
        let is_bent = std::mem::replace(&mut self.is_bent, taken.slope.is_some());
        self.hand_on(formula, Taken::of(Seed::one()), &mut own, out)?;
        self.is_bent = is_bent;
        let mut bends = Vec::new();
        if let Some(slope) = &taken.slope {
            for ((one, other), bend) in own.edges {
                bends.push((one, other, self.product(slope, &bend, out)));
            }
        }
        let operands = own.slopes.into_iter();
        let operands = operands.map(|(vertex, slope)| Operand::of(vertex, slope, None));
        let operands = operands.collect();
        self.spread(taken, operands, bends, state, out);
        Ok(())
    }

    /// What the value of a formula is made of: of places, and of other formulas.
    pub fn hand_on(
        &mut self,
        formula: &'a Formula<'a>,
        taken: Taken,
        state: &mut State,
        out: &mut TokenStream,
    ) -> Covered<()> {
        if taken.is_empty() || !is_active(formula) {
            return Ok(());
        }
        if let Some(vertex) = self.only_vertex(formula)? {
            let curve = self.curve(formula, out)?;
            let slope = taken.slope.as_ref().zip(curve.second);
            let bend = slope.map(|(slope, second)| self.product(slope, &second, out));
            let bends = bend.map(|bend| (vertex, vertex, bend)).into_iter().collect();
            let first = curve.first.into_iter();
            let operands = first.map(|slope| Operand::of(vertex, slope, None)).collect();
            self.spread(taken, operands, bends, state, out);
            return self.check_size();
        }
        let mut bends = Vec::new();
        let operands = match &formula.shape {
            FormulaShape::Constant(_)
            | FormulaShape::EmptySum
            | FormulaShape::Zero
            | FormulaShape::One
            | FormulaShape::Read(_) => return Ok(()),
            FormulaShape::Negate(inner) => {
                let inner = self.operand(inner, out)?.map(Operand::negated);
                inner.into_iter().collect()
            }
            FormulaShape::Operator(operator, left, right) => {
                let (over, under) = (self.operand(left, out)?, self.operand(right, out)?);
                match operator {
                    Operator::Add => over.into_iter().chain(under).collect(),
                    Operator::Subtract => over
                        .into_iter()
                        .chain(under.map(Operand::negated))
                        .collect(),
                    Operator::Multiply => {
                        let sides = [(over, &**right), (under, &**left)];
                        self.of_product(sides, &taken, &mut bends, out)
                    }
                    Operator::Divide => {
                        self.of_quotient(formula, right, (over, under), &taken, &mut bends, out)
                    }
                    Operator::Remainder => {
                        self.by_slopes(formula, [&**left, &**right], &taken, &mut bends, out)?
                    }
                }
            }
            FormulaShape::Function { arguments, .. } => {
                self.by_slopes(formula, arguments, &taken, &mut bends, out)?
            }
            FormulaShape::Call { numbers, .. } => {
                self.by_slopes(formula, numbers, &taken, &mut bends, out)?
            }
            FormulaShape::Power { base, .. } => {
                self.by_slopes(formula, [&**base], &taken, &mut bends, out)?
            }
        };
        let formulas: Vec<_> = operands.iter().map(|operand| operand.formula).collect();
        self.spread(taken, operands, bends, state, out);
        self.check_size()?;
        self.hand_on_values(formulas.into_iter().flatten(), state, out)
    }

    /// The values inside of a formula.
    fn hand_on_values(
        &mut self,
        formulas: impl IntoIterator<Item = &'a Formula<'a>>,
        state: &mut State,
        out: &mut TokenStream,
    ) -> Covered<()> {
        for formula in formulas {
            let taken = state.take(Vertex::Value(formula.id));
            self.hand_on(formula, taken, state, out)?;
        }
        Ok(())
    }

    /// Where a value is: in a place, perhaps times a number and with another one added, or nowhere but in the formula. None for
    /// constants.
    fn operand(
        &mut self,
        formula: &'a Formula<'a>,
        out: &mut TokenStream,
    ) -> Covered<Option<Operand<'a>>> {
        if !is_active(formula) {
            return Ok(None);
        }
        if is_linear(formula)
            && let Some(vertex) = self.only_vertex(formula)?
            && let Some(slope) = self.curve(formula, out)?.first
        {
            return Ok(Some(Operand::of(vertex, slope, None)));
        }
        let vertex = Vertex::Value(formula.id);
        Ok(Some(Operand::of(vertex, Seed::one(), Some(formula))))
    }

    /// The slope that second derivatives of a value go with.
    fn bent<'t>(&self, taken: &'t Taken) -> Option<&'t Seed> {
        taken.slope.as_ref().filter(|_| self.is_bent)
    }

    /// A second derivative of a value by two of its operands.
    fn bend(
        &mut self,
        one: Vertex,
        other: Vertex,
        seed: Seed,
        bends: &mut Vec<(Vertex, Vertex, Seed)>,
        out: &mut TokenStream,
    ) {
        // By each and then by the other.
        let seed = match one == other {
            true => self.doubled(seed, out),
            false => seed,
        };
        bends.push((one, other, seed));
    }

    fn of_product(
        &mut self,
        sides: [(Option<Operand<'a>>, &'a Formula<'a>); 2],
        taken: &Taken,
        bends: &mut Vec<(Vertex, Vertex, Seed)>,
        out: &mut TokenStream,
    ) -> Vec<Operand<'a>> {
        if let ([(Some(left), _), (Some(right), _)], Some(slope)) = (&sides, self.bent(taken)) {
            let part = self.product(slope, &left.slope, out);
            let part = self.product(&part, &right.slope, out);
            self.bend(left.vertex, right.vertex, part, bends, out);
        }
        let mut operands = Vec::new();
        for (operand, factor) in sides {
            if let Some(operand) = operand {
                let factor = self.emitter.value_again(factor);
                let slope = self.times(&operand.slope, factor, out);
                operands.push(Operand { slope, ..operand });
            }
        }
        operands
    }

    /// By the left side the reciprocal of the right, by the right the quotient times that.
    fn of_quotient(
        &mut self,
        whole: &'a Formula<'a>,
        divisor: &'a Formula<'a>,
        (over, under): (Option<Operand<'a>>, Option<Operand<'a>>),
        taken: &Taken,
        bends: &mut Vec<(Vertex, Vertex, Seed)>,
        out: &mut TokenStream,
    ) -> Vec<Operand<'a>> {
        let (Factor::Number(value) | Factor::Plain(value)) = self.emitter.value_again(divisor);
        let name = self.emitter.temporary();
        let (ty, reciprocal) = (self.emitter.ty(), self.emitter.recip(value));
        out.extend(quote!(let #name #ty = #reciprocal;));
        let name = name.into_token_stream();
        let Some(mut under) = under else {
            let by_left = |over: Operand<'a>| Operand {
                slope: self.times(&over.slope, Factor::Plain(name), out),
                ..over
            };
            return over.map(by_left).into_iter().collect();
        };
        let reciprocal = Factor::Number(name);
        let quotient = Factor::Number(self.emitter.slope_again((whole.id, 0)));
        // How fast the divisor moves, as a part of itself.
        let rate = self.times(&under.slope, reciprocal.clone(), out);
        under.slope = self.times(&rate, quotient, out).negated();
        let over = over.map(|over| Operand {
            slope: self.times(&over.slope, reciprocal, out),
            ..over
        });
        if let Some(slope) = self.bent(taken) {
            // The slope by the right side falls twice as fast as the reciprocal does.
            let part = self.product(slope, &under.slope, out);
            let fall = self.product(&part, &rate, out);
            let twice = self.doubled(fall, out).negated();
            bends.push((under.vertex, under.vertex, twice));
            if let Some(over) = &over {
                let part = self.product(slope, &over.slope, out);
                let fall = self.product(&part, &rate, out).negated();
                self.bend(over.vertex, under.vertex, fall, bends, out);
            }
        }
        over.into_iter().chain([under]).collect()
    }

    /// By the slopes that the rules state, and by their second derivatives.
    fn by_slopes(
        &mut self,
        formula: &'a Formula<'a>,
        arguments: impl IntoIterator<Item = &'a Formula<'a>>,
        taken: &Taken,
        bends: &mut Vec<(Vertex, Vertex, Seed)>,
        out: &mut TokenStream,
    ) -> Covered<Vec<Operand<'a>>> {
        let (mut operands, mut moving) = (Vec::new(), Vec::new());
        for (position, argument) in arguments.into_iter().enumerate() {
            if let Some(operand) = self.operand(argument, out)? {
                moving.push((position, operand.vertex, operand.slope.clone()));
                let slope = self.emitter.slope_again((formula.id, position + 1));
                let slope = self.times(&operand.slope, Factor::Number(slope), out);
                operands.push(Operand { slope, ..operand });
            }
        }
        if let (Some(slope), false) = (self.bent(taken), is_straight(formula)) {
            for ((one, left, by_left), (other, right, by_right)) in pairs(&moving) {
                let key = curvature_key(formula.id, *one, *other);
                let second = Factor::Number(self.emitter.slope_again(key));
                let part = self.times(slope, second, out);
                let part = self.product(&part, by_left, out);
                let part = self.product(&part, by_right, out);
                match one == other {
                    true => bends.push((*left, *left, part)),
                    false => self.bend(*left, *right, part, bends, out),
                }
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
