//! The slopes of a value from those of what it is made of.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::called::part;
use super::forward::Operand;
use super::tangent::Sweep;
use crate::adjoint::form::*;
use crate::vocabulary::{Signature, signature};

/// A slope.
#[derive(Clone)]
pub struct Slope {
    pub is_negative: bool,
    /// None for 1.
    pub value: Option<TokenStream>,
}

/// By the lane; what is not there is zero.
pub type Slopes = BTreeMap<usize, Slope>;

impl Slope {
    pub fn one() -> Self {
        Self {
            is_negative: false,
            value: None,
        }
    }

    pub fn of(value: TokenStream) -> Self {
        Self {
            is_negative: false,
            value: Some(value),
        }
    }

    fn negated(self) -> Self {
        Self {
            is_negative: !self.is_negative,
            ..self
        }
    }
}

fn negated(slopes: Slopes) -> Slopes {
    let lanes = slopes.into_iter();
    lanes.map(|(lane, slope)| (lane, slope.negated())).collect()
}

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
    fn arguments(
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

    /// A call of an annotated function of numbers: over numbers with a tangent for each lane, or by its slopes if they
    /// are no more than the lanes.
    fn call(
        &mut self,
        target: Target<'a>,
        arguments: Vec<(TokenStream, Slopes)>,
        out: &mut TokenStream,
    ) -> (TokenStream, Slopes) {
        let lanes = live(&arguments);
        let active = arguments.iter().filter(|(_, slopes)| !slopes.is_empty());
        let count = active.count();
        if count > lanes.len() {
            let (dual, duals) = self.duals(&arguments, &lanes);
            let emission = &mut self.emitter.emission;
            let call = emission.target_with_numbers(target, duals, Some(&dual));
            return self.taken_apart(&call, &lanes, out);
        }
        let mut seeded = arguments.clone();
        let positions = seeded.iter_mut().filter(|(_, slopes)| !slopes.is_empty());
        for (position, (_, slopes)) in positions.enumerate() {
            *slopes = Slopes::from([(position, Slope::one())]);
        }
        let (dual, duals) = self.duals(&seeded, &(0..count).collect());
        let emission = &mut self.emitter.emission;
        let by_duals = emission.target_with_numbers(target, duals, Some(&dual));
        let runtime = self.emitter.runtime.clone();
        let by_duals = quote!({ let #runtime::Dual { re, eps } = #by_duals; (re, eps) });
        let names: Vec<_> = arguments.iter().map(|(value, _)| value.clone()).collect();
        let found = match target.takes_only(count) {
            true => self.emitter.compiled_call(target, &names, &by_duals, false),
            false => by_duals,
        };
        let (value, factors) = (self.emitter.temporary(), self.emitter.temporary());
        out.extend(quote!(let (#value, #factors) = #found;));
        let mut slopes = Slopes::new();
        let active = arguments.into_iter().map(|(_, slopes)| slopes);
        for (position, own) in active.filter(|slopes| !slopes.is_empty()).enumerate() {
            let own = self.scaled(own, &Operand::Number(quote!(#factors[#position])));
            slopes = self.sum(slopes, own);
        }
        (value.into_token_stream(), slopes)
    }

    /// A call that takes arrays of numbers, or gives several.
    pub fn called(&mut self, called: &'a Called<'a>, out: &mut TokenStream) {
        let mut formulas = Vec::new();
        for given in &called.arguments {
            elements(&given.content, &mut formulas);
        }
        let arguments = self.arguments(formulas, out);
        let lanes = live(&arguments);
        if lanes.is_empty() {
            self.emitter.forward_call(called, out);
            // What the results become later may depend on inputs.
            for (_, variable) in &called.results {
                self.declare(*variable, &Slopes::new(), out);
            }
            return;
        }
        let (dual, duals) = self.duals(&arguments, &lanes);
        let values = |at: usize| arguments[at].0.clone();
        if let Some(variable) = called.variable
            && self.emitter.mentioned.contains(&variable)
        {
            let name = self.emitter.name(variable).clone();
            let plain = self.emitter.called_with(called, None, values);
            out.extend(quote!(let #name = #plain;));
        }
        let all = self.emitter.temporary();
        let call = self
            .emitter
            .called_with(called, Some(&dual), |at| duals[at].clone());
        out.extend(quote!(let #all = #call;));
        for (path, variable) in &called.results {
            let (number, place) = (self.emitter.number.clone(), part(&all, path));
            let (name, mutability) = (
                self.emitter.name(*variable).clone(),
                self.emitter.mutability(*variable),
            );
            out.extend(quote!(let #mutability #name: #number = #place.re;));
            let slopes = lanes.iter().enumerate();
            let slopes = slopes.map(|(at, lane)| (*lane, Slope::of(quote!(#place.eps[#at]))));
            self.declare(*variable, &slopes.collect(), out);
        }
    }

    /// Numbers with these lanes, and their type.
    fn duals(
        &self,
        arguments: &[(TokenStream, Slopes)],
        lanes: &BTreeSet<usize>,
    ) -> (TokenStream, Vec<TokenStream>) {
        let (runtime, number, count) = (&self.emitter.runtime, &self.emitter.number, lanes.len());
        let dual = quote!(#runtime::Dual::<#number, #count>);
        let duals = arguments.iter().map(|(value, slopes)| {
            if slopes.is_empty() {
                return quote!(#dual::constant(#value));
            }
            let slopes = lanes
                .iter()
                .map(|lane| self.tokens(slopes.get(lane).cloned()));
            quote!(#dual::new(#value, [#(#slopes),*]))
        });
        let duals = duals.collect();
        (dual, duals)
    }

    fn taken_apart(
        &mut self,
        dual: &TokenStream,
        lanes: &BTreeSet<usize>,
        out: &mut TokenStream,
    ) -> (TokenStream, Slopes) {
        let whole = self.emitter.temporary();
        out.extend(quote!(let #whole = #dual;));
        let slopes = lanes.iter().enumerate();
        let slopes = slopes.map(|(at, lane)| (*lane, Slope::of(quote!(#whole.eps[#at]))));
        (quote!(#whole.re), slopes.collect())
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

    fn scaled(&self, slopes: Slopes, factor: &Operand) -> Slopes {
        let lanes = slopes.into_iter().map(|(lane, slope)| {
            let value = match (&slope.value, factor) {
                (Some(value), Operand::Number(factor) | Operand::Plain(factor)) => {
                    quote!((#value * #factor))
                }
                (None, Operand::Number(factor)) => factor.clone(),
                (None, Operand::Plain(factor)) => self.emitter.lifted(factor.clone()),
            };
            let slope = Slope {
                value: Some(value),
                ..slope
            };
            (lane, slope)
        });
        lanes.collect()
    }

    fn sum(&self, left: Slopes, right: Slopes) -> Slopes {
        let mut sum = left;
        for (lane, slope) in right {
            let total = match sum.remove(&lane) {
                None => slope,
                Some(other) => {
                    let [left, right] = [&other, &slope].map(|slope| {
                        let value = slope.value.clone();
                        value.unwrap_or_else(|| self.emitter.one())
                    });
                    match (other.is_negative, slope.is_negative) {
                        (true, false) => Slope::of(quote!((#right - #left))),
                        (false, true) => Slope::of(quote!((#left - #right))),
                        (is_negative, _) => Slope {
                            is_negative,
                            value: Some(quote!((#left + #right))),
                        },
                    }
                }
            };
            sum.insert(lane, total);
        }
        sum
    }
}

/// The lanes that some argument depends on.
fn live(arguments: &[(TokenStream, Slopes)]) -> BTreeSet<usize> {
    let slopes = arguments.iter().flat_map(|(_, slopes)| slopes.keys());
    slopes.copied().collect()
}

fn elements<'a>(content: &'a Content<'a>, formulas: &mut Vec<&'a Formula<'a>>) {
    match content {
        Content::Element(value) => formulas.push(value),
        Content::Array(parts) => parts.iter().for_each(|part| elements(part, formulas)),
        Content::Repeat(part, _) | Content::Vector(_, part) => elements(part, formulas),
        Content::Copy(_) | Content::Empty(_) => {}
    }
}
