//! Formulas with one variable in them: first and second derivative by it, forward.

use super::reverse::pairs;
use super::state::Vertex;
use super::values::Amount;
use super::{Covered, Second};
use crate::adjoint::form::*;
use crate::adjoint::regularity::{is_active, is_straight};

/// The derivatives of a value by the one vertex that it depends on. What is not there is zero.
#[derive(Clone, Copy, Default)]
pub struct Curve {
    pub first: Option<Amount>,
    pub second: Option<Amount>,
}

impl Curve {
    fn map(self, mut map: impl FnMut(Amount) -> Amount) -> Self {
        Self {
            first: self.first.map(&mut map),
            second: self.second.map(&mut map),
        }
    }
}

impl<'a> Second<'a> {
    /// The vertex that a value depends on, if there is only one.
    pub fn only_vertex(&mut self, formula: &'a Formula<'a>) -> Covered<Option<Vertex>> {
        let mut only = None;
        let is_one = self.is_of(formula, &mut only)?;
        Ok(only.filter(|_| is_one))
    }

    fn is_of(&mut self, formula: &'a Formula<'a>, only: &mut Option<Vertex>) -> Covered<bool> {
        if let FormulaShape::Read(place) = &formula.shape {
            let vertex = self.vertex(place)?;
            return Ok(*only.get_or_insert(vertex) == vertex);
        }
        for part in formula.parts() {
            if !self.is_of(part, only)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The derivatives of a value by the one vertex in it.
    pub fn curve(&mut self, formula: &'a Formula<'a>) -> Covered<Curve> {
        if !is_active(formula) {
            return Ok(Curve::default());
        }
        Ok(match &formula.shape {
            FormulaShape::Constant(_)
            | FormulaShape::EmptySum
            | FormulaShape::Zero
            | FormulaShape::One => Curve::default(),
            FormulaShape::Read(_) => Curve {
                first: Some(Amount::ONE),
                second: None,
            },
            FormulaShape::Negate(inner) => self.curve(inner)?.map(Amount::negated),
            FormulaShape::Operator(Operator::Add, left, right) => {
                let (left, right) = (self.curve(left)?, self.curve(right)?);
                self.sum(left, right)
            }
            FormulaShape::Operator(Operator::Subtract, left, right) => {
                let (left, right) = (self.curve(left)?, self.curve(right)?);
                self.sum(left, right.map(Amount::negated))
            }
            FormulaShape::Operator(Operator::Multiply, left, right) => {
                self.curve_of_product(left, right)?
            }
            FormulaShape::Operator(Operator::Divide, left, right) => {
                self.curve_of_quotient(formula, left, right)?
            }
            FormulaShape::Operator(Operator::Remainder, ..)
            | FormulaShape::Function { .. }
            | FormulaShape::Call { .. }
            | FormulaShape::Power { .. } => self.curve_by_slopes(formula)?,
        })
    }

    fn sum(&mut self, left: Curve, right: Curve) -> Curve {
        Curve {
            first: self.values.sum_of([left.first, right.first]),
            second: self.values.sum_of([left.second, right.second]),
        }
    }

    /// Twice the product of two slopes.
    fn cross(&mut self, left: Option<Amount>, right: Option<Amount>) -> Option<Amount> {
        let (left, right) = left.zip(right).filter(|_| self.is_bent)?;
        let product = self.values.product(left, right);
        Some(self.values.double(product))
    }

    fn curve_of_product(
        &mut self,
        left: &'a Formula<'a>,
        right: &'a Formula<'a>,
    ) -> Covered<Curve> {
        let (by_left, by_right) = (self.curve(left)?, self.curve(right)?);
        let mut sum = Curve::default();
        for (own, factor) in [(by_left, right), (by_right, left)] {
            if own.first.is_some() {
                let factor = self.value(factor);
                let part = own.map(|part| self.values.product(part, factor));
                sum = self.sum(sum, part);
            }
        }
        let cross = self.cross(by_left.first, by_right.first);
        Ok(Curve {
            second: self.values.sum_of([sum.second, cross]),
            ..sum
        })
    }

    /// With `u = x/y`: `u' = (x' - u y')/y` and `u'' = (x'' - u y'' - 2 u' y')/y`.
    fn curve_of_quotient(
        &mut self,
        whole: &'a Formula<'a>,
        left: &'a Formula<'a>,
        right: &'a Formula<'a>,
    ) -> Covered<Curve> {
        let (over, under) = (self.curve(left)?, self.curve(right)?);
        let divisor = self.value(right);
        let rate = self.values.reciprocal(divisor);
        let mut sum = over;
        if under.first.is_some() {
            let value = self.known((whole.id, 0));
            let fall = under.map(|part| self.values.product(part, value).negated());
            sum = self.sum(over, fall);
        }
        let first = sum.first.map(|first| self.values.product(first, rate));
        let cross = self.cross(first, under.first).map(Amount::negated);
        let second = self.values.sum_of([sum.second, cross]);
        Ok(Curve {
            first,
            second: second.map(|second| self.values.product(second, rate)),
        })
    }

    /// By the slopes that the rules state, and by their second derivatives.
    fn curve_by_slopes(&mut self, formula: &'a Formula<'a>) -> Covered<Curve> {
        let (mut sum, mut moving) = (Curve::default(), Vec::new());
        for (position, argument) in formula.parts().enumerate() {
            let own = self.curve(argument)?;
            if let Some(first) = own.first {
                let slope = self.slope(formula.id, position);
                let part = own.map(|part| self.values.product(part, slope));
                sum = self.sum(sum, part);
                moving.push((position, first));
            }
        }
        if self.is_bent && !is_straight(formula) {
            for (&(one, left), &(other, right)) in pairs(&moving) {
                let bend = self.bend(formula.id, one, other);
                let part = self.values.product(left, bend);
                let mut part = self.values.product(part, right);
                if one != other {
                    part = self.values.double(part);
                }
                sum.second = self.values.sum_of([sum.second, Some(part)]);
            }
        }
        Ok(sum)
    }
}
