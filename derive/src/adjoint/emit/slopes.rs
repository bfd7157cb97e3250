//! Slopes: the derivatives of what is no sum, product or quotient.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::names::{Key, curvature_key, is_curvature};
use super::{Emitter, Store};
use crate::adjoint::form::*;
use crate::adjoint::regularity::is_active;
use crate::tree::Target;
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
                let call = self.with_one_meaning(name, call);
                let value = self.named_value(formula, call, out);
                self.by_row(
                    formula,
                    &name.to_string(),
                    &quote!(#(#arguments,)* #value),
                    out,
                );
                self.bends_by_row(formula, &name.to_string(), &arguments, &value, out);
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
                let call = self.emission.with_one_meaning(name, call);
                let value = self.named_value(formula, call, out);
                // The power's own slope does without the value.
                let known = (name != "powi").then_some(&value).into_iter();
                let arguments = quote!(#(#base,)* #exponent_name #(, #known)*);
                self.by_row(formula, &name.to_string(), &arguments, out);
                let exponent = exponent_name.into_token_stream();
                self.bends_by_row(formula, &name.to_string(), &base, &exponent, out);
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

    /// The second derivatives that the row states, of these arguments and the value.
    fn bends_by_row(
        &mut self,
        formula: &Formula,
        row: &str,
        arguments: &[TokenStream],
        value: &TokenStream,
        out: &mut TokenStream,
    ) {
        let (runtime, row) = (self.runtime.clone(), format_ident!("{row}"));
        for (part, one, other) in [("dxx", 0, 0), ("dxy", 0, 1), ("dyy", 1, 1)] {
            let key = curvature_key(formula.id, one, other);
            if !self.used.contains(&key) {
                continue;
            }
            // One argument: the second derivative is most often made of the first.
            let slope = (arguments.len() == 1).then(|| self.key_name((formula.id, 1)));
            let (part, slope) = (format_ident!("{part}"), slope.into_iter());
            let bend = quote!(#runtime::slopes::#row::#part(#(#arguments,)* #value #(, #slope)*));
            self.set_aside(self.key_name(key), bend, Store::Number, out);
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

    /// Value and slopes at once, and second derivatives if they are asked for, by a number with a direction for each argument
    /// that has a derivative.
    fn by_duals(
        &mut self,
        formula: &'a Formula<'a>,
        arguments: &'a [Formula<'a>],
        out: &mut TokenStream,
    ) -> TokenStream {
        let (runtime, number) = (self.runtime.clone(), self.number.clone());
        let active: Vec<usize> = arguments
            .iter()
            .enumerate()
            .filter(|(_, argument)| is_active(argument))
            .map(|(position, _)| position)
            .collect();
        let count = active.len();
        let bends: Vec<Vec<Key>> = active
            .iter()
            .map(|one| {
                let key = |other: &usize| curvature_key(formula.id, *one, *other);
                active.iter().map(key).collect()
            })
            .collect();
        let is_bent = bends.iter().flatten().any(|key| self.used.contains(key));
        let (dual, direction) = match is_bent {
            true => (quote!(Jet), quote!(bent_direction)),
            false => (quote!(Dual), quote!(direction)),
        };
        let dual = quote!(#runtime::#dual::<#number, #count>);
        let names = self.named(arguments, out);
        let seeded: Vec<_> = names
            .iter()
            .enumerate()
            .map(
                |(position, value)| match active.iter().position(|other| *other == position) {
                    Some(lane) => {
                        quote!(#runtime::#direction::<#number, #count>(#value, #lane))
                    }
                    None => quote!(#dual::constant(#value)),
                },
            )
            .collect();
        let call = match &formula.shape {
            FormulaShape::Function { name, .. } => {
                let call = quote!(#runtime::functions::#name(#(#seeded),*));
                self.with_one_meaning(name, call)
            }
            FormulaShape::Call { callee, .. } => {
                self.emission
                    .target_with_numbers(*callee, seeded, Some(&dual))
            }
            _ => TokenStream::new(),
        };
        let by_duals = match is_bent {
            true => quote!({ let jet = #call; (jet.re, jet.gradient, jet.hessian()) }),
            false => quote!({ let #runtime::Dual { re, eps } = #call; (re, eps) }),
        };
        let call = match &formula.shape {
            FormulaShape::Call { callee, .. } if callee.takes_only(count) => {
                self.compiled_call(*callee, &names, &by_duals, is_bent)
            }
            _ => by_duals,
        };
        let value = (formula.id, 0);
        let lanes: Vec<_> = active
            .iter()
            .map(|position| (formula.id, position + 1))
            .collect();
        let is_inner = self.frame.depth > 0;
        let kept = [value].into_iter().chain(lanes.iter().copied());
        for key in kept.chain(bends.iter().flatten().copied()) {
            let (name, is_used) = (self.key_name(key), self.used.contains(&key));
            if is_inner && (is_used || !is_curvature(key)) {
                self.declare(name, Store::Number, &mut TokenStream::new());
                if !is_used {
                    self.frame.kept.pop();
                }
            } else if is_used {
                self.frame.kept.push((name, Store::Number));
            }
        }
        let name = |key: &Key| self.key_name(*key).into_token_stream();
        let rows = bends.iter().map(|row| {
            let row = row.iter().map(|key| match self.used.contains(key) {
                true => name(key),
                false => quote!(_),
            });
            quote!([#(#row),*])
        });
        let rows = is_bent.then(|| quote!(, [#(#rows),*]));
        let (value, lanes) = (name(&value), lanes.iter().map(name));
        let binding = (!is_inner).then(|| quote!(let));
        out.extend(quote! {
            #binding (#value, [#(#lanes),*] #rows) = #call;
        });
        value
    }

    /// The call by the compiled gradient of the callee, if it has one and is of floats alone, which only the compiler knows.
    pub fn compiled_call(
        &mut self,
        target: Target,
        arguments: &[TokenStream],
        by_duals: &TokenStream,
        is_bent: bool,
    ) -> TokenStream {
        let (runtime, number, count) = (&self.runtime, &self.number, arguments.len());
        let Some(callee) = self.emission.type_of_callee(&target.path().path) else {
            return by_duals.clone();
        };
        let run = format_ident!("{}", if is_bent { "run_twice" } else { "run" });
        quote! {
            #runtime::CallOf::<#callee, #number, #count>::new().#run([#(#arguments),*], |_| #by_duals)
        }
    }
}
