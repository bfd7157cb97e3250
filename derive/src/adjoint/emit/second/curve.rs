//! Formulas with one variable in them: first and second derivative by it, forward.

use proc_macro2::TokenStream;
use quote::quote;

use super::reverse::pairs;
use super::state::Vertex;
use super::{Covered, Second};
use crate::adjoint::emit::curvature_key;
use crate::adjoint::emit::reverse::{Factor, Seed};
use crate::adjoint::form::*;
use crate::adjoint::survey::{is_active, is_straight};

/// The derivatives of a value by the one vertex that it depends on. What is not there is zero.
#[derive(Clone, Default)]
pub struct Curve {
    pub first: Option<Seed>,
    pub second: Option<Seed>,
}

impl Curve {
    fn map(self, mut map: impl FnMut(Seed) -> Seed) -> Self {
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
        Ok(match &formula.shape {
            FormulaShape::Constant(_)
            | FormulaShape::EmptySum
            | FormulaShape::Zero
            | FormulaShape::One => true,
            FormulaShape::Read(place) => {
                let vertex = self.vertex(place)?;
                *only.get_or_insert(vertex) == vertex
            }
            FormulaShape::Negate(inner) | FormulaShape::Power { base: inner, .. } => {
                self.is_of(inner, only)?
            }
            FormulaShape::Operator(_, left, right) => {
                self.is_of(left, only)? && self.is_of(right, only)?
            }
            FormulaShape::Function { arguments, .. } => {
                for argument in arguments {
                    if !self.is_of(argument, only)? {
                        return Ok(false);
                    }
                }
                true
            }
            FormulaShape::Call { numbers, .. } => {
                for number in numbers {
                    if !self.is_of(number, only)? {
                        return Ok(false);
                    }
                }
                true
            }
        })
    }

    /// The derivatives of a value by the one vertex in it.
    pub fn curve(&mut self, formula: &'a Formula<'a>, out: &mut TokenStream) -> Covered<Curve> {
        if !is_active(formula) {
            return Ok(Curve::default());
        }
        Ok(match &formula.shape {
            FormulaShape::Constant(_)
            | FormulaShape::EmptySum
            | FormulaShape::Zero
            | FormulaShape::One => Curve::default(),
            FormulaShape::Read(_) => Curve {
                first: Some(Seed::one()),
                second: None,
            },
            FormulaShape::Negate(inner) => self.curve(inner, out)?.map(|part| part.negated()),
            FormulaShape::Operator(operator, left, right) => match operator {
                Operator::Add | Operator::Subtract => {
                    let (left, mut right) = (self.curve(left, out)?, self.curve(right, out)?);
                    if let Operator::Subtract = operator {
                        right = right.map(|part| part.negated());
                    }
                    Curve {
                        first: self.sum_of([left.first, right.first], out),
                        second: self.sum_of([left.second, right.second], out),
                    }
                }
                Operator::Multiply => self.curve_of_product(left, right, out)?,
                Operator::Divide => self.curve_of_quotient(formula, left, right, out)?,
                Operator::Remainder => self.curve_by_slopes(formula, [&**left, &**right], out)?,
            },
            FormulaShape::Function { arguments, .. } => {
                self.curve_by_slopes(formula, arguments, out)?
            }
            FormulaShape::Call { numbers, .. } => self.curve_by_slopes(formula, numbers, out)?,
            FormulaShape::Power { base, .. } => self.curve_by_slopes(formula, [&**base], out)?,
        })
    }

    fn curve_of_product(
        &mut self,
        left: &'a Formula<'a>,
        right: &'a Formula<'a>,
        out: &mut TokenStream,
    ) -> Covered<Curve> {
        let mut firsts = [None, None];
        let mut parts = [Curve::default(), Curve::default()];
        for (side, factor, at) in [(left, right, 0), (right, left, 1)] {
            if is_active(side) {
                let own = self.curve(side, out)?;
                let factor = self.emitter.value_again(factor);
                firsts[at] = own.first.clone();
                parts[at] = Curve {
                    first: own.first.map(|part| self.times(&part, factor.clone(), out)),
                    second: own.second.map(|part| self.times(&part, factor, out)),
                };
            }
        }
        let [left, right] = parts;
        let cross = match firsts {
            [Some(left), Some(right)] if self.is_bent => {
                let cross = self.product(&left, &right, out);
                Some(self.doubled(cross, out))
            }
            _ => None,
        };
        Ok(Curve {
            first: self.sum_of([left.first, right.first], out),
            second: self.sum_of([left.second, right.second, cross], out),
        })
    }

    /// With `u = x/y`: `u' = (x' - u y')/y` and `u'' = (x'' - u y'' - 2 u' y')/y`.
    fn curve_of_quotient(
        &mut self,
        whole: &'a Formula<'a>,
        left: &'a Formula<'a>,
        right: &'a Formula<'a>,
        out: &mut TokenStream,
    ) -> Covered<Curve> {
        let (over, under) = (self.curve(left, out)?, self.curve(right, out)?);
        let (Factor::Number(divisor) | Factor::Plain(divisor)) = self.emitter.value_again(right);
        let rate = self.emitter.temporary();
        let (ty, reciprocal) = (self.emitter.ty(), self.emitter.recip(divisor));
        out.extend(quote!(let #rate #ty = #reciprocal;));
        if !is_active(right) {
            let rate = Factor::Plain(quote!(#rate));
            return Ok(over.map(|part| self.times(&part, rate.clone(), out)));
        }
        let rate = Factor::Number(quote!(#rate));
        let value = Factor::Number(self.emitter.slope_again((whole.id, 0)));
        let fall = under.clone();
        let fall = fall.map(|part| self.times(&part, value.clone(), out).negated());
        let first = self.sum_of([over.first, fall.first], out);
        let first = first.map(|part| self.times(&part, rate.clone(), out));
        let cross = match (&first, &under.first) {
            (Some(first), Some(under)) if self.is_bent => {
                let cross = self.product(first, under, out);
                Some(self.doubled(cross, out).negated())
            }
            _ => None,
        };
        let second = self.sum_of([over.second, fall.second, cross], out);
        let second = second.map(|part| self.times(&part, rate, out));
        Ok(Curve { first, second })
    }

    /// By the slopes that the rules state, and by their second derivatives.
    fn curve_by_slopes(
        &mut self,
        formula: &'a Formula<'a>,
        arguments: impl IntoIterator<Item = &'a Formula<'a>>,
        out: &mut TokenStream,
    ) -> Covered<Curve> {
        let mut moving = Vec::new();
        let (mut firsts, mut seconds) = (Vec::new(), Vec::new());
        for (position, argument) in arguments.into_iter().enumerate() {
            if !is_active(argument) {
                continue;
            }
            let own = self.curve(argument, out)?;
            let slope = self.emitter.slope_again((formula.id, position + 1));
            let slope = Factor::Number(slope);
            if let Some(first) = own.first {
                firsts.push(Some(self.times(&first, slope.clone(), out)));
                moving.push((position, first));
            }
            seconds.push(own.second.map(|part| self.times(&part, slope, out)));
        }
        if self.is_bent && !is_straight(formula) {
            for ((one, left), (other, right)) in pairs(&moving) {
                let key = curvature_key(formula.id, *one, *other);
                let bend = Factor::Number(self.emitter.slope_again(key));
                let part = self.times(left, bend, out);
                let part = self.product(&part, right, out);
                seconds.push(Some(match one == other {
                    true => part,
                    false => self.doubled(part, out),
                }));
            }
        }
        Ok(Curve {
            first: self.sum_of(firsts, out),
            second: self.sum_of(seconds, out),
        })
    }
}
