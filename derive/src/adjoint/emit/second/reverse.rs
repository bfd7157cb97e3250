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
                self.hand_on(value, taken, state, out)?;
            }
            Step::Set { place, value, .. } => {
                let vertex = self.variable(place)?;
                let taken = state.take(vertex);
                self.hand_on(value, taken, state, out)?;
            }
            Step::Add {
                place,
                value,
                is_negative,
            } => self.reverse_addition(place, value, *is_negative, state, out)?,
            Step::Branch(branch) => self.reverse_branch(branch, state, out)?,
            Step::Result(value) => {
                let taken = Taken {
                    slope: Some(Seed::one()),
                    own: None,
                    others: Vec::new(),
                };
                self.hand_on(value, taken, state, out)?;
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
        let before = Operand {
            vertex: sum,
            is_negative: false,
            factor: None,
            formula: None,
        };
        let added = self.operand(value)?;
        let added = added.map(|added| if is_negative { added.negated() } else { added });
        let formula = added.as_ref().and_then(|added| added.formula);
        let operands = [before].into_iter().chain(added).collect();
        self.spread(taken, operands, Vec::new(), state, out);
        self.hand_on_values(formula, state, out)
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
        let mut bends = Vec::new();
        let operands = match &formula.shape {
            FormulaShape::Constant(_)
            | FormulaShape::EmptySum
            | FormulaShape::Zero
            | FormulaShape::One => return Ok(()),
            FormulaShape::Read(_) => self.operand(formula)?.into_iter().collect(),
            FormulaShape::Negate(inner) => {
                let inner = self.operand(inner)?.map(Operand::negated);
                inner.into_iter().collect()
            }
            FormulaShape::Operator(Operator::Add, left, right) => {
                let (left, right) = (self.operand(left)?, self.operand(right)?);
                left.into_iter().chain(right).collect()
            }
            FormulaShape::Operator(Operator::Subtract, left, right) => {
                let (left, right) = (self.operand(left)?, self.operand(right)?);
                left.into_iter()
                    .chain(right.map(Operand::negated))
                    .collect()
            }
            FormulaShape::Operator(Operator::Multiply, left, right) => {
                let operands = self.of_product(left, right)?;
                if let ([left, right], Some(slope)) = (&operands[..], &taken.slope) {
                    self.bend(left.vertex, right.vertex, slope.clone(), &mut bends, out);
                }
                operands
            }
            FormulaShape::Operator(Operator::Divide, left, right) => {
                self.of_quotient(formula, left, right, &taken, &mut bends, out)?
            }
            FormulaShape::Operator(Operator::Remainder, left, right) => {
                self.by_slopes(formula, [&**left, &**right], &taken, &mut bends, out)?
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

    /// Where a value is: in a place, or nowhere but in the formula. None for constants.
    fn operand(&mut self, formula: &'a Formula<'a>) -> Covered<Option<Operand<'a>>> {
        if !is_active(formula) {
            return Ok(None);
        }
        let of = |vertex, formula| Operand {
            vertex,
            is_negative: false,
            factor: None,
            formula,
        };
        Ok(Some(match &formula.shape {
            FormulaShape::Read(place) => of(self.vertex(place)?, None),
            _ => of(Vertex::Value(formula.id), Some(formula)),
        }))
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
        left: &'a Formula<'a>,
        right: &'a Formula<'a>,
    ) -> Covered<Vec<Operand<'a>>> {
        let mut operands = Vec::new();
        for (side, factor) in [(left, right), (right, left)] {
            if let Some(operand) = self.operand(side)? {
                operands.push(Operand {
                    factor: Some(self.emitter.value_again(factor)),
                    ..operand
                });
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
        bends: &mut Vec<(Vertex, Vertex, Seed)>,
        out: &mut TokenStream,
    ) -> Covered<Vec<Operand<'a>>> {
        let runtime = self.emitter.runtime.clone();
        let (over, under) = (self.operand(left)?, self.operand(right)?);
        let (Factor::Number(divisor) | Factor::Plain(divisor)) = self.emitter.value_again(right);
        let reciprocal = self.emitter.temporary();
        out.extend(quote!(let #reciprocal = #runtime::recip(#divisor);));
        let reciprocal = reciprocal.into_token_stream();
        let Some(under) = under else {
            let by_left = |over| Operand {
                factor: Some(Factor::Plain(reciprocal)),
                ..over
            };
            return Ok(over.map(by_left).into_iter().collect());
        };
        self.emitter.used.insert((whole.id, 0));
        let (quotient, slope) = (
            self.emitter.key_name((whole.id, 0)),
            self.emitter.temporary(),
        );
        out.extend(quote!(let #slope = #quotient * #reciprocal;));
        let mut under = under.negated();
        under.factor = Some(Factor::Number(slope.into_token_stream()));
        let by_left = |over| Operand {
            factor: Some(Factor::Number(reciprocal.clone())),
            ..over
        };
        let over = over.map(by_left);
        let rate = Factor::Number(reciprocal.clone());
        if let Some(slope) = &taken.slope {
            // The slope by the right side falls twice as fast as the reciprocal does.
            let part = self.along(slope, &under, out);
            let fall = self.times(&part, rate.clone(), out);
            let twice = self.doubled(fall, out).negated();
            bends.push((under.vertex, under.vertex, twice));
            if let Some(over) = &over {
                let part = self.along(slope, over, out);
                let fall = self.times(&part, rate, out).negated();
                self.bend(over.vertex, under.vertex, fall, bends, out);
            }
        }
        Ok(over.into_iter().chain([under]).collect())
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
        let mut operands: Vec<(usize, Operand<'a>)> = Vec::new();
        for (position, argument) in arguments.into_iter().enumerate() {
            let Some(operand) = self.operand(argument)? else {
                continue;
            };
            let slope = self.emitter.slope_again((formula.id, position + 1));
            let operand = Operand {
                factor: Some(Factor::Number(slope)),
                ..operand
            };
            operands.push((position, operand));
        }
        if let (Some(slope), false) = (&taken.slope, is_straight(formula)) {
            for (at, (one, left)) in operands.iter().enumerate() {
                for (other, right) in &operands[at..] {
                    let key = curvature_key(formula.id, *one, *other);
                    let second = Factor::Number(self.emitter.slope_again(key));
                    let seed = self.times(slope, second, out);
                    match one == other {
                        true => bends.push((left.vertex, left.vertex, seed)),
                        false => self.bend(left.vertex, right.vertex, seed, bends, out),
                    }
                }
            }
        }
        Ok(operands.into_iter().map(|(_, operand)| operand).collect())
    }
}
