//! Slopes: the derivatives of what is no sum, product or quotient.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::{Emitter, Key, Store};
use crate::adjoint::form::*;
use crate::adjoint::survey::is_active;
use crate::vocabulary::{Signature, signature};

impl<'a> Emitter<'a> {
    /// The keys of the slopes that come out of the rules: one for each argument with a derivative.
    pub fn slopes(&self, formula: &Formula) -> Vec<Key> {
        let active = |arguments: &[Formula]| {
            arguments
                .iter()
                .enumerate()
                .filter(|(_, argument)| is_active(argument))
                .map(|(position, _)| (formula.id, position + 1))
                .collect()
        };
        match &formula.shape {
            FormulaShape::Function { arguments, .. } => active(arguments),
            FormulaShape::Call { numbers, .. } => active(numbers),
            FormulaShape::Power { .. } | FormulaShape::Operator(Operator::Remainder, ..) => {
                vec![(formula.id, 1), (formula.id, 2)]
            }
            _ => Vec::new(),
        }
    }

    /// The value, and beside it the slopes that the reverse sweep asks for.
    pub fn with_slopes(&mut self, formula: &'a Formula<'a>, out: &mut TokenStream) -> TokenStream {
        let runtime = self.runtime.clone();
        match &formula.shape {
            FormulaShape::Function { name, arguments } => {
                let is_row = matches!(
                    signature(&name.to_string()),
                    Some(Signature::Unary | Signature::Binary)
                );
                if !is_row {
                    return self.by_duals(formula, arguments, out);
                }
                let arguments = self.named(arguments.iter(), out);
                let call = quote!(#runtime::functions::#name(#(#arguments),*));
                let call = self.emission.with_one_meaning(name, call);
                let value = self.named_value(formula, call, out);
                self.by_row(
                    formula,
                    &name.to_string(),
                    &quote!(#(#arguments,)* #value),
                    out,
                );
                value
            }
            FormulaShape::Operator(operator, left, right) => {
                let arguments = self.named([&**left, &**right], out);
                let sign = super::forward::sign(*operator);
                let (left, right) = (&arguments[0], &arguments[1]);
                let value = self.named_value(formula, quote!(#left #sign #right), out);
                self.by_row(formula, "rem", &quote!(#left, #right, #value), out);
                value
            }
            FormulaShape::Power {
                name,
                base,
                exponent,
            } => {
                let base = self.named([&**base], out);
                let exponent_name = self.temporary();
                let exponent = self.emission.node(exponent);
                out.extend(quote!(let #exponent_name: i32 = #exponent;));
                let call = quote!(#runtime::functions::#name(#(#base,)* #exponent_name));
                let value = self.named_value(formula, call, out);
                self.by_row(formula, "powi", &quote!(#(#base,)* #exponent_name), out);
                value
            }
            FormulaShape::Call { numbers, .. } => self.by_duals(formula, numbers, out),
            _ => TokenStream::new(),
        }
    }

    /// The slopes that the row states, of these arguments.
    fn by_row(
        &mut self,
        formula: &Formula,
        row: &str,
        arguments: &TokenStream,
        out: &mut TokenStream,
    ) {
        let (runtime, row) = (self.runtime.clone(), format_ident!("{row}"));
        for key in self.slopes(formula) {
            if !self.used.contains(&key) {
                continue;
            }
            let part = format_ident!("{}", if key.1 == 1 { "dx" } else { "dy" });
            let slope = quote!(#runtime::slopes::#row::#part(#arguments));
            self.set_aside(self.key_name(key), slope, Store::Number, out);
        }
    }

    /// Values that are used more than once.
    fn named(
        &mut self,
        formulas: impl IntoIterator<Item = &'a Formula<'a>>,
        out: &mut TokenStream,
    ) -> Vec<TokenStream> {
        formulas
            .into_iter()
            .map(|formula| {
                let (value, name, number) = (
                    self.number_value(formula, out),
                    self.temporary(),
                    self.number.clone(),
                );
                out.extend(quote!(let #name: #number = #value;));
                name.into_token_stream()
            })
            .collect()
    }

    fn named_value(
        &mut self,
        formula: &Formula,
        value: TokenStream,
        out: &mut TokenStream,
    ) -> TokenStream {
        let (key, number) = ((formula.id, 0), self.number.clone());
        let name = self.key_name(key);
        if self.used.contains(&key) {
            self.set_aside(name.clone(), value, Store::Number, out);
        } else {
            out.extend(quote!(let #name: #number = #value;));
        }
        name.into_token_stream()
    }

    /// Value and slopes at once, by a number with one tangent for each argument that has a derivative.
    fn by_duals(
        &mut self,
        formula: &'a Formula<'a>,
        arguments: &'a [Formula<'a>],
        out: &mut TokenStream,
    ) -> TokenStream {
        let (runtime, number) = (self.runtime.clone(), self.number.clone());
        let (zero, one) = (self.zero(), self.one());
        let active: Vec<usize> = arguments
            .iter()
            .enumerate()
            .filter(|(_, argument)| is_active(argument))
            .map(|(position, _)| position)
            .collect();
        let count = active.len();
        let dual = quote!(#runtime::Dual::<#number, #count>);
        let names = self.named(arguments, out);
        let seeded: Vec<_> = arguments
            .iter()
            .enumerate()
            .zip(&names)
            .map(|((position, _), value)| {
                match active.iter().position(|other| *other == position) {
                    Some(lane) => {
                        let lanes =
                            (0..count).map(|other| if other == lane { &one } else { &zero });
                        quote!(#dual::new(#value, [#(#lanes),*]))
                    }
                    None => quote!(#dual::constant(#value)),
                }
            })
            .collect();
        let call = match &formula.shape {
            FormulaShape::Function { name, .. } => {
                let call = quote!(#runtime::functions::#name(#(#seeded),*));
                self.emission.with_one_meaning(name, call)
            }
            FormulaShape::Call { callee, .. } => {
                self.emission
                    .target_with_numbers(*callee, seeded, Some(&dual))
            }
            _ => TokenStream::new(),
        };
        let by_duals = quote!({ let #runtime::Dual { re, eps } = #call; (re, eps) });
        let call = match &formula.shape {
            FormulaShape::Call { callee, .. } if callee.takes_only(count) => {
                self.compiled_call(*callee, &names, &by_duals)
            }
            _ => by_duals,
        };
        let value = self.key_name((formula.id, 0));
        let lanes: Vec<_> = active
            .iter()
            .map(|position| self.key_name((formula.id, position + 1)))
            .collect();
        let mut ignored = TokenStream::new();
        let is_inner = self.frame.depth > 0;
        for (name, key) in std::iter::once((&value, (formula.id, 0))).chain(
            lanes
                .iter()
                .zip(active.iter().map(|position| (formula.id, position + 1))),
        ) {
            if is_inner {
                self.declare(name.clone(), Store::Number, &mut ignored);
                if !self.used.contains(&key) {
                    self.frame.kept.pop();
                }
            } else if self.used.contains(&key) {
                self.frame.kept.push((name.clone(), Store::Number));
            }
        }
        let binding = (!is_inner).then(|| quote!(let));
        out.extend(quote! {
            #binding (#value, [#(#lanes),*]) = #call;
        });
        value.into_token_stream()
    }

    /// The call by the compiled gradient of the callee, if it has one and is of floats alone, which only the compiler knows.
    pub fn compiled_call(
        &mut self,
        target: Target,
        arguments: &[TokenStream],
        by_duals: &TokenStream,
    ) -> TokenStream {
        let (runtime, number, count) = (&self.runtime, &self.number, arguments.len());
        let Some(callee) = self.emission.type_of_callee(&target.path().path) else {
            return by_duals.clone();
        };
        quote! {
            #runtime::CallOf::<#callee, #number, #count>::new().run([#(#arguments),*], |_| #by_duals)
        }
    }
}
