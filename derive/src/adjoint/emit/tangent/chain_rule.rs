//! The slopes of a value from those of what it is made of.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::Sweep;
use super::calls::live;
use super::slope::{Slopes, negated};
use crate::adjoint::emit::forward::Operand;
use crate::adjoint::form::*;
use crate::vocabulary::{Signature, signature};

impl<'a> Sweep<'a> {
    /// The value as a number, and its slopes.
    pub fn number(
        &mut self,
        formula: &'a Formula<'a>,
        out: &mut TokenStream,
    ) -> (TokenStream, Slopes) {
        match self.operand(formula, out) {
            (Operand::Number(value), slopes) => (value, slopes),
            (Operand::Plain(value), slopes) => (self.emitter.lifted(value), slopes),
        }
    }

    pub fn operand(
        &mut self,
        formula: &'a Formula<'a>,
        out: &mut TokenStream,
    ) -> (Operand, Slopes) {
        if self.lanes_of(formula).is_empty() {
            return (self.emitter.operand(formula, out), Slopes::new());
        }
        let (value, slopes) = match &formula.shape {
            FormulaShape::Read(place) => {
                let slopes = self.slopes_at(place, out);
                (self.emitter.place(place, out), slopes)
            }
            FormulaShape::Negate(inner) => {
                let (value, slopes) = self.number(inner, out);
                (quote!((-#value)), negated(slopes))
            }
            FormulaShape::Operator(Operator::Remainder, left, right) => {
                let arguments = self.arguments([&**left, &**right], out);
                let [(left, _), (right, _)] = &arguments[..] else {
                    return (self.emitter.operand(formula, out), Slopes::new());
                };
                let value = self.bound(Operand::Number(quote!(#left % #right)), out);
                let slopes = self.by_row("rem", arguments, &value, out);
                (value, slopes)
            }
            FormulaShape::Operator(operator, left, right) => {
                let left = self.operand(left, out);
                let right = self.operand(right, out);
                self.operated(*operator, left, right, out)
            }
            FormulaShape::Power {
                name,
                base,
                exponent,
            } => {
                let arguments = self.arguments([&**base], out);
                let (runtime, power) = (self.emitter.runtime.clone(), self.emitter.temporary());
                let exponent = self.emitter.emission.node(exponent);
                out.extend(quote!(let #power: i32 = #exponent;));
                let (base, _) = &arguments[0];
                let value = quote!(#runtime::functions::#name(#base, #power));
                let value = self.bound(Operand::Number(value), out);
                // The power's own slope does without the value.
                let known = (name != "powi").then_some(&value).into_iter();
                let known = quote!(#power #(, #known)*);
                let slopes = self.by_row(&name.to_string(), arguments, &known, out);
                (value, slopes)
            }
            FormulaShape::Function { name, arguments } => {
                let arguments = self.arguments(arguments, out);
                let runtime = self.emitter.runtime.clone();
                let is_row = matches!(
                    signature(&name.to_string()),
                    Some(Signature::Unary | Signature::Binary)
                );
                let call = |emitter: &super::Emitter, arguments: &[TokenStream]| {
                    let call = quote!(#runtime::functions::#name(#(#arguments),*));
                    emitter.emission.with_one_meaning(name, call)
                };
                if is_row {
                    let values: Vec<_> = arguments.iter().map(|(value, _)| value.clone()).collect();
                    let value = call(&self.emitter, &values);
                    let value = self.bound(Operand::Number(value), out);
                    let slopes = self.by_row(&name.to_string(), arguments, &value, out);
                    (value, slopes)
                } else {
                    let lanes = live(&arguments);
                    let (_, duals) = self.duals(&arguments, &lanes);
                    let call = call(&self.emitter, &duals);
                    self.taken_apart(&call, &lanes, out)
                }
            }
            FormulaShape::Call { callee, numbers } => {
                let arguments = self.arguments(numbers, out);
                self.call(*callee, arguments, out)
            }
            FormulaShape::Constant(_)
            | FormulaShape::EmptySum
            | FormulaShape::Zero
            | FormulaShape::One => return (self.emitter.operand(formula, out), Slopes::new()),
        };
        (Operand::Number(value), slopes)
    }

    fn operated(
        &mut self,
        operator: Operator,
        (left, left_slopes): (Operand, Slopes),
        (right, right_slopes): (Operand, Slopes),
        out: &mut TokenStream,
    ) -> (TokenStream, Slopes) {
        let (left, right) = match operator {
            Operator::Multiply => {
                let left = self.bound_if(!right_slopes.is_empty(), left, out);
                (left, self.bound_if(!left_slopes.is_empty(), right, out))
            }
            Operator::Divide => (left, self.bound_if(true, right, out)),
            _ => (left, right),
        };
        let value = self.emitter.operated(operator, &left, &right);
        match operator {
            Operator::Multiply => {
                let by_left = self.scaled(left_slopes, &right);
                let by_right = self.scaled(right_slopes, &left);
                (value, self.sum(by_left, by_right))
            }
            Operator::Divide => {
                let (runtime, part) = (self.emitter.runtime.clone(), self.emitter.temporary());
                let reciprocal = match &right {
                    Operand::Number(divisor) => quote!(#runtime::recip(#divisor)),
                    Operand::Plain(divisor) => {
                        self.emitter.lifted(quote!(#runtime::recip(#divisor)))
                    }
                };
                let number = &self.emitter.number;
                out.extend(quote!(let #part: #number = #reciprocal;));
                let part = Operand::Number(part.into_token_stream());
                let by_left = self.scaled(left_slopes, &part);
                if right_slopes.is_empty() {
                    return (value, by_left);
                }
                let value = self.bound(Operand::Number(value), out);
                let Operand::Number(factor) = part else {
                    return (value, by_left);
                };
                let slope = self.bound(Operand::Number(quote!(#value * #factor)), out);
                let by_right = self.scaled(right_slopes, &Operand::Number(slope));
                (value, self.sum(by_left, negated(by_right)))
            }
            Operator::Subtract => (value, self.sum(left_slopes, negated(right_slopes))),
            _ => (value, self.sum(left_slopes, right_slopes)),
        }
    }

    /// Values that are used more than once, and their slopes.
    pub fn arguments(
        &mut self,
        formulas: impl IntoIterator<Item = &'a Formula<'a>>,
        out: &mut TokenStream,
    ) -> Vec<(TokenStream, Slopes)> {
        let mut arguments = Vec::new();
        for formula in formulas {
            let (value, slopes) = self.number(formula, out);
            arguments.push((self.bound(Operand::Number(value), out), slopes));
        }
        arguments
    }

    /// The slopes that the row of a function states; it takes these as well, most often the value of the function.
    fn by_row(
        &mut self,
        row: &str,
        arguments: Vec<(TokenStream, Slopes)>,
        known: &TokenStream,
        out: &mut TokenStream,
    ) -> Slopes {
        let (runtime, row) = (self.emitter.runtime.clone(), format_ident!("{row}"));
        let values: Vec<_> = arguments.iter().map(|(value, _)| value.clone()).collect();
        let mut slopes = Slopes::new();
        for ((_, own), part) in arguments.into_iter().zip(["dx", "dy"]) {
            if !own.is_empty() {
                let part = format_ident!("{part}");
                let slope = quote!(#runtime::slopes::#row::#part(#(#values,)* #known));
                let slope = self.bound(Operand::Number(slope), out);
                let own = self.scaled(own, &Operand::Number(slope));
                slopes = self.sum(slopes, own);
            }
        }
        slopes
    }

    /// In a variable, if it is no name already.
    fn bound(&mut self, value: Operand, out: &mut TokenStream) -> TokenStream {
        let (Operand::Number(value) | Operand::Plain(value)) = self.bound_if(true, value, out);
        value
    }

    fn bound_if(&mut self, is_wanted: bool, value: Operand, out: &mut TokenStream) -> Operand {
        let (Operand::Number(tokens) | Operand::Plain(tokens)) = &value;
        if !is_wanted
            || tokens.clone().into_iter().count() == 1 && !tokens.to_string().starts_with('(')
        {
            return value;
        }
        let name = self.emitter.temporary();
        match value {
            Operand::Number(tokens) => {
                let number = &self.emitter.number;
                out.extend(quote!(let #name: #number = #tokens;));
                Operand::Number(name.into_token_stream())
            }
            Operand::Plain(tokens) => {
                let float = &self.emitter.emission.function.float;
                out.extend(quote!(let #name: #float = #tokens;));
                Operand::Plain(name.into_token_stream())
            }
        }
    }
}
