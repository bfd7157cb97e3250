//! Formulas forward: the values of their parts, and what the reverse sweep needs of them set aside.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use crate::adjoint::emit::names::Key;
use crate::adjoint::emit::{Emitter, Store};
use crate::adjoint::form::*;
use crate::tree::Node;

/// An operand: a number, or a plain float beside one.
pub enum Operand {
    Number(TokenStream),
    Plain(TokenStream),
}

impl<'a> Emitter<'a> {
    /// What a kept value is before it is set.
    pub fn start(&self, store: Store) -> TokenStream {
        match store {
            Store::Number => self.zero(),
            Store::Float => quote!(::core::default::Default::default()),
            Store::Index => quote!(0usize),
        }
    }

    /// A variable of the frame that is set later.
    pub fn declare(&mut self, name: Ident, store: Store, out: &mut TokenStream) {
        let start = self.start(store);
        let declaration = quote!(let mut #name = #start;);
        if self.frame.depth > 0 {
            self.frame.hoisted.extend(declaration);
            // A branch in a loop is passed again.
            if store == Store::Index {
                out.extend(quote!(#name = 0usize;));
            }
        } else {
            out.extend(declaration);
        }
        self.keep(name, store);
    }

    fn keep(&mut self, name: Ident, store: Store) {
        if !self.frame.kept.iter().any(|(other, _)| *other == name) {
            self.frame.kept.push((name, store));
        }
    }

    /// Sets a value aside for the reverse sweep.
    pub fn set_aside(
        &mut self,
        name: Ident,
        value: TokenStream,
        store: Store,
        out: &mut TokenStream,
    ) {
        // An element that a reference names is read in several places, always at the same position.
        if self.frame.depth > 0 && self.frame.settled.contains(&name) {
            return;
        }
        if self.frame.depth > 0 {
            let mut ignored = TokenStream::new();
            self.declare(name.clone(), store, &mut ignored);
            out.extend(quote!(#name = #value;));
        } else {
            let number = &self.number;
            let ty = (store == Store::Number).then(|| quote!(: #number));
            out.extend(quote!(let #name #ty = #value;));
            self.frame.settled.insert(name.clone());
            self.keep(name, store);
        }
    }

    pub fn number_value(&mut self, formula: &'a Formula<'a>, out: &mut TokenStream) -> TokenStream {
        match self.operand(formula, out) {
            Operand::Number(value) => value,
            Operand::Plain(value) => self.lifted(value),
        }
    }

    pub fn lifted(&self, value: TokenStream) -> TokenStream {
        let (runtime, number) = (&self.runtime, &self.number);
        match self.is_plain {
            true => value,
            false => quote!(#runtime::constant::<#number>(#value)),
        }
    }

    pub fn operand(&mut self, formula: &'a Formula<'a>, out: &mut TokenStream) -> Operand {
        let key: Key = (formula.id, 0);
        if let FormulaShape::Constant(node) = &formula.shape {
            let value = self.plain_float(node);
            if !self.used.contains(&key) {
                return Operand::Plain(value);
            }
            let (name, float) = (self.key_name(key), &self.emission.function.float);
            let value = quote!({ let __chainrule_float: #float = #value; __chainrule_float });
            self.set_aside(name.clone(), value, Store::Float, out);
            return Operand::Plain(name.into_token_stream());
        }
        let slopes = self.slopes(formula);
        if slopes.iter().any(|key| self.used.contains(key)) {
            return Operand::Number(self.with_slopes(formula, out));
        }
        let value = self.value(formula, out);
        if !self.used.contains(&key) {
            return Operand::Number(value);
        }
        let name = self.key_name(key);
        self.set_aside(name.clone(), value, Store::Number, out);
        Operand::Number(name.into_token_stream())
    }

    /// The body over any number has asked already.
    pub fn with_one_meaning(&self, name: &Ident, call: TokenStream) -> TokenStream {
        match self.is_plain {
            true => call,
            false => self.emission.with_one_meaning(name, call),
        }
    }

    fn plain_float(&mut self, node: &'a Node) -> TokenStream {
        let value = self.emission.value(node);
        match node.bare().shape {
            crate::tree::Shape::Literal { .. } => value,
            _ => quote!((#value)),
        }
    }

    fn value(&mut self, formula: &'a Formula<'a>, out: &mut TokenStream) -> TokenStream {
        let runtime = self.runtime.clone();
        match &formula.shape {
            FormulaShape::Constant(node) => self.plain_float(node),
            FormulaShape::EmptySum => {
                let number = &self.number;
                quote!(::core::iter::Iterator::sum::<#number>(::core::iter::empty::<#number>()))
            }
            FormulaShape::Zero => self.zero(),
            FormulaShape::One => self.one(),
            FormulaShape::Read(place) => self.place(place, out),
            FormulaShape::Negate(inner) => {
                let inner = self.number_value(inner, out);
                quote!((-#inner))
            }
            FormulaShape::Operator(operator, left, right) => {
                let (left, right) = (self.operand(left, out), self.operand(right, out));
                self.operated(*operator, &left, &right)
            }
            FormulaShape::Function { name, arguments } => {
                let arguments: Vec<_> = arguments
                    .iter()
                    .map(|argument| self.number_value(argument, out))
                    .collect();
                let call = quote!(#runtime::functions::#name(#(#arguments),*));
                self.with_one_meaning(name, call)
            }
            FormulaShape::Power {
                name,
                base,
                exponent,
            } => {
                let (base, exponent) = (self.number_value(base, out), self.emission.node(exponent));
                let call = quote!(#runtime::functions::#name(#base, #exponent));
                self.emission.with_one_meaning(name, call)
            }
            FormulaShape::Call { callee, numbers } => {
                let numbers = numbers
                    .iter()
                    .map(|number| self.number_value(number, out))
                    .collect();
                self.emission.target_with_numbers(*callee, numbers, None)
            }
        }
    }

    pub fn operated(&self, operator: Operator, left: &Operand, right: &Operand) -> TokenStream {
        let runtime = &self.runtime;
        let left = match left {
            Operand::Number(left) => left.clone(),
            Operand::Plain(left) if self.is_plain => left.clone(),
            Operand::Plain(left) => quote!(#runtime::Left(#left)),
        };
        let (Operand::Number(right) | Operand::Plain(right)) = right;
        let sign = sign(operator);
        quote!((#left #sign #right))
    }
}

pub fn sign(operator: Operator) -> TokenStream {
    match operator {
        Operator::Add => quote!(+),
        Operator::Subtract => quote!(-),
        Operator::Multiply => quote!(*),
        Operator::Divide => quote!(/),
        Operator::Remainder => quote!(%),
    }
}
