//! The chain rule in reverse: the adjoint of a value handed on to what the value was made of.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::adjoint::emit::names::Key;
use crate::adjoint::emit::signed::Signed;
use crate::adjoint::emit::{Emitter, Sweep};
use crate::adjoint::form::*;
use crate::adjoint::regularity::is_active;

/// A factor of an adjoint.
pub enum Factor {
    Number(TokenStream),
    Plain(TokenStream),
}

impl<'a> Emitter<'a> {
    /// Hands the adjoint of a value on to what the value was made of.
    pub fn hand_on(&mut self, formula: &'a Formula<'a>, seed: &Signed, out: &mut TokenStream) {
        if !is_active(formula) || self.hand_on_at_once(formula, seed, out) {
            return;
        }
        match &formula.shape {
            FormulaShape::Constant(_)
            | FormulaShape::EmptySum
            | FormulaShape::Zero
            | FormulaShape::One => {}
            FormulaShape::Read(place) => self.contribute(place, seed, out),
            FormulaShape::Negate(inner) => self.hand_on(inner, &seed.negated(), out),
            FormulaShape::Operator(Operator::Add, left, right) => {
                self.hand_on(right, seed, out);
                self.hand_on(left, seed, out);
            }
            FormulaShape::Operator(Operator::Subtract, left, right) => {
                self.hand_on(right, &seed.negated(), out);
                self.hand_on(left, seed, out);
            }
            FormulaShape::Operator(Operator::Multiply, left, right) => {
                for (factor, side) in [(left, right), (right, left)] {
                    if is_active(side) {
                        let factor = self.value_again(factor);
                        let seed = self.scaled(seed, factor, out);
                        self.hand_on(side, &seed, out);
                    }
                }
            }
            FormulaShape::Operator(Operator::Divide, left, right) => {
                self.hand_on_quotient(formula, left, right, seed, out);
            }
            FormulaShape::Operator(Operator::Remainder, ..)
            | FormulaShape::Function { .. }
            | FormulaShape::Call { .. }
            | FormulaShape::Power { .. } => self.hand_on_slopes(formula, seed, out),
        }
    }

    fn hand_on_quotient(
        &mut self,
        whole: &'a Formula<'a>,
        left: &'a Formula<'a>,
        right: &'a Formula<'a>,
        seed: &Signed,
        out: &mut TokenStream,
    ) {
        let runtime = self.runtime.clone();
        let part = self.temporary();
        // The reciprocal waits for nothing that comes from behind, as a quotient would.
        let reciprocal = self.reciprocal(right);
        out.extend(match (&seed.value, reciprocal) {
            (Some(value), Factor::Number(reciprocal)) => quote!(let #part = #value * #reciprocal;),
            (Some(value), Factor::Plain(reciprocal)) => {
                let factor = self.plain_factor(reciprocal);
                quote!(let #part = #value * #factor;)
            }
            (None, Factor::Number(reciprocal)) => quote!(let #part = #reciprocal;),
            (None, Factor::Plain(reciprocal)) => {
                let number = &self.number;
                quote!(let #part = #runtime::constant::<#number>(#reciprocal);)
            }
        });
        let part = Signed {
            is_negative: seed.is_negative,
            value: Some(part.into_token_stream()),
        };
        if is_active(right) {
            let quotient = self.kept_value(whole);
            let seed = self.scaled(&part.negated(), Factor::Number(quotient), out);
            self.hand_on(right, &seed, out);
        }
        self.hand_on(left, &part, out);
    }

    fn hand_on_slopes(&mut self, formula: &'a Formula<'a>, seed: &Signed, out: &mut TokenStream) {
        for (position, argument) in formula.parts().enumerate() {
            if !is_active(argument) {
                continue;
            }
            let slope = self.slope_again((formula.id, position + 1));
            let part = match &seed.value {
                None => slope,
                Some(value) => {
                    let part = self.temporary();
                    out.extend(quote!(let #part = #value * #slope;));
                    part.into_token_stream()
                }
            };
            let seed = Signed {
                is_negative: seed.is_negative,
                value: Some(part),
            };
            self.hand_on(argument, &seed, out);
        }
    }

    /// What the rules state of a value.
    pub fn slope_again(&mut self, key: Key) -> TokenStream {
        self.used.insert(key);
        self.key_name(key).into_token_stream()
    }

    /// A float that an adjoint is multiplied by: several at once take numbers alone.
    fn plain_factor(&self, factor: TokenStream) -> TokenStream {
        let (runtime, number) = (&self.runtime, &self.number);
        match self.sweep {
            Sweep::Single | Sweep::Row(_) => factor,
            Sweep::All => quote!(#runtime::constant::<#number>(#factor)),
        }
    }

    pub fn scaled(&mut self, seed: &Signed, factor: Factor, out: &mut TokenStream) -> Signed {
        let value = match (&seed.value, factor) {
            (None, Factor::Number(factor)) => factor,
            (None, Factor::Plain(factor)) => self.lifted(factor),
            (Some(value), factor) => {
                let factor = match factor {
                    Factor::Number(factor) => factor,
                    Factor::Plain(factor) => self.plain_factor(factor),
                };
                let part = self.temporary();
                out.extend(quote!(let #part = #value * #factor;));
                part.into_token_stream()
            }
        };
        Signed {
            is_negative: seed.is_negative,
            value: Some(value),
        }
    }

    /// The reciprocal of a divisor.
    pub fn reciprocal(&mut self, divisor: &'a Formula<'a>) -> Factor {
        let runtime = self.runtime.clone();
        let is_number = is_active(divisor);
        let (Factor::Number(divisor) | Factor::Plain(divisor)) = self.value_again(divisor);
        let reciprocal = quote!(#runtime::recip(#divisor));
        match is_number {
            true => Factor::Number(reciprocal),
            false => Factor::Plain(reciprocal),
        }
    }

    /// A value of the forward sweep, as it was kept.
    pub fn kept_value(&mut self, formula: &Formula) -> TokenStream {
        self.used.insert((formula.id, 0));
        self.key_name((formula.id, 0)).into_token_stream()
    }

    /// A value of the forward sweep, evaluated again where that is free, else as it was kept.
    pub fn value_again(&mut self, formula: &'a Formula<'a>) -> Factor {
        match &formula.shape {
            FormulaShape::Constant(node) if self.is_stable(node) => {
                self.note_reprint(node);
                let value = self.emission.value(node);
                return Factor::Plain(quote!((#value)));
            }
            FormulaShape::Constant(_) => {
                self.used.insert((formula.id, 0));
                return Factor::Plain(self.key_name((formula.id, 0)).into_token_stream());
            }
            FormulaShape::Read(place) if self.is_unchanged(place) => {
                self.reprinted.insert(place.variable);
                let indices: Vec<_> = place
                    .indices
                    .iter()
                    .map(|index| self.index_again(index))
                    .collect();
                return Factor::Number(self.place_with(self.root(place.variable), &indices));
            }
            _ => {}
        }
        self.used.insert((formula.id, 0));
        Factor::Number(self.key_name((formula.id, 0)).into_token_stream())
    }

    fn is_unchanged(&self, place: &Place) -> bool {
        !self.program.mutable.contains(&place.variable) && !self.hidden.contains(&place.variable)
    }
}
