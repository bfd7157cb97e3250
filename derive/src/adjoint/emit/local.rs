//! Formulas of one variable that is read more than once: their slope is found from the inside out, where that is less work, and
//! the adjoint is multiplied by it once. `a + t * (b + t * c)` is handed on by two operations for each `t`, after three.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::Emitter;
use super::reverse::Factor;
use super::signed::Signed;
use crate::adjoint::form::*;
use crate::adjoint::regularity::is_active;
use crate::adjoint::walk::each_read;

/// The slope of a formula by its variable, or its negative.
#[derive(Clone)]
struct Slope {
    is_negative: bool,
    value: Value,
}

#[derive(Clone)]
enum Value {
    One,
    Plain(TokenStream),
    Number(TokenStream),
}

impl<'a> Emitter<'a> {
    /// Hands the adjoint on to the one variable of the formula, if there is one, and if that is less work than handing it on
    /// from part to part.
    pub fn hand_on_at_once(
        &mut self,
        formula: &'a Formula<'a>,
        seed: &Signed,
        out: &mut TokenStream,
    ) -> bool {
        let mut leaves = Vec::new();
        each_read(formula, &mut |place| leaves.push(place));
        let Some((first, others)) = leaves.split_first() else {
            return false;
        };
        if others.is_empty()
            || others
                .iter()
                .any(|other| other.variable != first.variable || !self.is_same(first, other))
        {
            return false;
        }
        let by_parts = cost_by_parts(formula, seed.is_number()) + others.len();
        let Some((kind, cost)) = cost_at_once(formula) else {
            return false;
        };
        let scaling = usize::from(seed.is_number() && kind != Kind::One);
        if cost + scaling >= by_parts {
            return false;
        }
        let slope = self.slope_at_once(formula, out);
        let seed = match slope.value {
            Value::One => seed.clone(),
            Value::Plain(value) => self.scaled(seed, Factor::Plain(value), out),
            Value::Number(value) => self.scaled(seed, Factor::Number(value), out),
        };
        let seed = match slope.is_negative {
            true => seed.negated(),
            false => seed,
        };
        self.contribute(first, &seed, out);
        true
    }

    /// Whether two places of one variable are the same element.
    fn is_same(&mut self, place: &'a Place<'a>, other: &'a Place<'a>) -> bool {
        place.indices.len() == other.indices.len()
            && (place.indices.is_empty()
                || self.bar_of(place).to_string() == self.bar_of(other).to_string())
    }

    fn slope_at_once(&mut self, formula: &'a Formula<'a>, out: &mut TokenStream) -> Slope {
        match &formula.shape {
            FormulaShape::Negate(inner) => {
                let slope = self.slope_at_once(inner, out);
                negated(slope)
            }
            FormulaShape::Operator(Operator::Add, left, right) => {
                let parts = self.slopes_of([left, right], out);
                self.sum(parts, out)
            }
            FormulaShape::Operator(Operator::Subtract, left, right) => {
                let mut parts = Vec::new();
                if is_active(left) {
                    parts.push(self.slope_at_once(left, out));
                }
                if is_active(right) {
                    let slope = self.slope_at_once(right, out);
                    parts.push(negated(slope));
                }
                self.sum(parts, out)
            }
            FormulaShape::Operator(Operator::Multiply, left, right) => {
                let mut parts = Vec::new();
                for (side, factor) in [(left, right), (right, left)] {
                    if is_active(side) {
                        let slope = self.slope_at_once(side, out);
                        let factor = self.value_again(factor);
                        parts.push(self.product(slope, factor, out));
                    }
                }
                self.sum(parts, out)
            }
            FormulaShape::Operator(Operator::Divide, left, right) => {
                let mut parts = Vec::new();
                if is_active(left) {
                    parts.push(self.slope_at_once(left, out));
                }
                let reciprocal = self.reciprocal(right);
                if is_active(right) {
                    let slope = self.slope_at_once(right, out);
                    let quotient = self.kept_value(formula);
                    let part = self.product(slope, Factor::Number(quotient), out);
                    parts.push(negated(part));
                }
                let sum = self.sum(parts, out);
                self.product(sum, reciprocal, out)
            }
            FormulaShape::Operator(Operator::Remainder, ..)
            | FormulaShape::Function { .. }
            | FormulaShape::Call { .. }
            | FormulaShape::Power { .. } => self.chained(formula, out),
            FormulaShape::Read(_)
            | FormulaShape::Constant(_)
            | FormulaShape::EmptySum
            | FormulaShape::Zero
            | FormulaShape::One => Slope {
                is_negative: false,
                value: Value::One,
            },
        }
    }

    fn slopes_of(&mut self, formulas: [&'a Formula<'a>; 2], out: &mut TokenStream) -> Vec<Slope> {
        let active = formulas.into_iter().filter(|formula| is_active(formula));
        active
            .map(|formula| self.slope_at_once(formula, out))
            .collect()
    }

    /// The chain rule for a function that has its slopes from the rules.
    fn chained(&mut self, formula: &'a Formula<'a>, out: &mut TokenStream) -> Slope {
        let mut parts = Vec::new();
        for (position, argument) in formula.parts().enumerate() {
            if is_active(argument) {
                let slope = self.slope_at_once(argument, out);
                let key = (formula.id, position + 1);
                self.used.insert(key);
                let outer = Factor::Number(self.key_name(key).into_token_stream());
                parts.push(self.product(slope, outer, out));
            }
        }
        self.sum(parts, out)
    }

    fn product(&mut self, slope: Slope, factor: Factor, out: &mut TokenStream) -> Slope {
        let value = match (slope.value, factor) {
            (Value::One, Factor::Plain(factor)) => Value::Plain(factor),
            (Value::One, Factor::Number(factor)) => Value::Number(factor),
            (Value::Plain(value), Factor::Plain(factor)) => {
                Value::Plain(quote!((#value * #factor)))
            }
            (Value::Plain(value), Factor::Number(factor))
            | (Value::Number(factor), Factor::Plain(value)) => {
                self.named_number(quote!(#factor * #value), out)
            }
            (Value::Number(value), Factor::Number(factor)) => {
                self.named_number(quote!(#value * #factor), out)
            }
        };
        Slope { value, ..slope }
    }

    fn sum(&mut self, parts: Vec<Slope>, out: &mut TokenStream) -> Slope {
        let mut parts = parts.into_iter();
        let first = parts.next().unwrap_or(Slope {
            is_negative: false,
            value: Value::One,
        });
        parts.fold(first, |sum, part| {
            let sign = match sum.is_negative == part.is_negative {
                true => quote!(+),
                false => quote!(-),
            };
            let (one, is_negative) = (self.one(), sum.is_negative);
            let value = match (sum.value, part.value) {
                (Value::Plain(left), Value::Plain(right)) => {
                    Value::Plain(quote!((#left #sign #right)))
                }
                (left, right) => {
                    let tokens = |value| match value {
                        Value::One => one.clone(),
                        Value::Plain(value) | Value::Number(value) => value,
                    };
                    let left = match left {
                        Value::Plain(value) => self.lifted(value),
                        left => tokens(left),
                    };
                    let right = tokens(right);
                    self.named_number(quote!(#left #sign #right), out)
                }
            };
            Slope { is_negative, value }
        })
    }

    fn named_number(&mut self, value: TokenStream, out: &mut TokenStream) -> Value {
        let name = self.temporary();
        out.extend(quote!(let #name = #value;));
        Value::Number(name.into_token_stream())
    }
}

fn negated(slope: Slope) -> Slope {
    Slope {
        is_negative: !slope.is_negative,
        ..slope
    }
}

fn active_arguments<'f, 'a>(formula: &'f Formula<'a>) -> Vec<&'f Formula<'a>> {
    formula.parts().filter(|part| is_active(part)).collect()
}

/// How many multiplications it takes to hand an adjoint on from part to part.
fn cost_by_parts(formula: &Formula, is_scaled: bool) -> usize {
    let parts = active_arguments(formula);
    let multiplications = match &formula.shape {
        FormulaShape::Negate(_)
        | FormulaShape::Operator(Operator::Add | Operator::Subtract, ..) => {
            let parts = parts.iter().map(|part| cost_by_parts(part, is_scaled));
            return parts.sum();
        }
        FormulaShape::Operator(Operator::Divide, _, right) => {
            usize::from(is_scaled) + usize::from(is_active(right))
        }
        _ => parts.len() * usize::from(is_scaled),
    };
    let parts = parts.iter().map(|part| cost_by_parts(part, true));
    multiplications + parts.sum::<usize>()
}

/// What a slope is, as far as it matters for the cost of what is done to it.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    One,
    Plain,
    Number,
}

/// How many multiplications and additions it takes to find the slope. None where constants would have to be added.
fn cost_at_once(formula: &Formula) -> Option<(Kind, usize)> {
    let times = |(kind, cost): (Kind, usize), is_plain: bool| match (kind, is_plain) {
        (Kind::One, true) | (Kind::Plain, true) => (Kind::Plain, cost),
        (Kind::One, false) => (Kind::Number, cost),
        _ => (Kind::Number, cost + 1),
    };
    let is_plain = |formula: &Formula| matches!(formula.shape, FormulaShape::Constant(_));
    let parts = match &formula.shape {
        FormulaShape::Read(_) => return Some((Kind::One, 0)),
        FormulaShape::Operator(Operator::Multiply, left, right) => {
            let mut parts = Vec::new();
            for (side, factor) in [(left, right), (right, left)] {
                if is_active(side) {
                    parts.push(times(cost_at_once(side)?, is_plain(factor)));
                }
            }
            parts
        }
        FormulaShape::Operator(Operator::Divide, left, right) => {
            let mut parts = Vec::new();
            if is_active(left) {
                parts.push(cost_at_once(left)?);
            }
            if is_active(right) {
                parts.push(times(cost_at_once(right)?, false));
            }
            let sum = cost_of_sum(&parts)?;
            return Some(times(sum, is_plain(right)));
        }
        FormulaShape::Negate(_)
        | FormulaShape::Operator(Operator::Add | Operator::Subtract, ..) => {
            let parts = active_arguments(formula);
            parts
                .into_iter()
                .map(cost_at_once)
                .collect::<Option<Vec<_>>>()?
        }
        _ => {
            let mut parts = Vec::new();
            for part in active_arguments(formula) {
                parts.push(times(cost_at_once(part)?, false));
            }
            parts
        }
    };
    cost_of_sum(&parts)
}

fn cost_of_sum(parts: &[(Kind, usize)]) -> Option<(Kind, usize)> {
    let cost: usize = parts.iter().map(|(_, cost)| cost).sum();
    match parts {
        [] => None,
        [part] => Some(*part),
        _ if parts.iter().all(|(kind, _)| *kind == Kind::Plain) => Some((Kind::Plain, cost)),
        _ if parts.iter().all(|(kind, _)| *kind != Kind::Number) => None,
        _ => Some((Kind::Number, cost + parts.len() - 1)),
    }
}
