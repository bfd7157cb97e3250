//! The reverse sweep: each value's adjoint handed on to what it was made of, last step first.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::{Bar, Emitter, Sweep};
use crate::adjoint::form::*;
use crate::adjoint::survey::{Facts, is_active};
use crate::tree::Variable;

/// The adjoint of a value that is not stored: a number, or 1, and its sign.
#[derive(Clone)]
pub struct Seed {
    is_negative: bool,
    /// None for 1.
    value: Option<TokenStream>,
}

impl Seed {
    pub fn one() -> Self {
        Self {
            is_negative: false,
            value: None,
        }
    }

    pub fn of(value: impl ToTokens) -> Self {
        Self {
            is_negative: false,
            value: Some(value.to_token_stream()),
        }
    }

    /// Whether it is anything but 1.
    pub fn is_number(&self) -> bool {
        self.value.is_some()
    }

    pub fn negated(&self) -> Self {
        Self {
            is_negative: !self.is_negative,
            value: self.value.clone(),
        }
    }
}

impl<'a> Emitter<'a> {
    pub fn reverse(&mut self, steps: &[&'a Step<'a>]) -> TokenStream {
        let mut out = TokenStream::new();
        let outer = std::mem::take(&mut self.pending);
        for step in steps.iter().rev() {
            self.reverse_top(step, &mut out);
        }
        self.flush(None, &mut out);
        self.pending = outer;
        out
    }

    /// A step of a block.
    pub fn reverse_top(&mut self, step: &'a Step<'a>, out: &mut TokenStream) {
        if matches!(step, Step::Branch(_) | Step::Loop(_)) {
            self.flush(None, out);
        }
        self.reverse_step(step, out);
    }

    /// Adds what has been gathered to the arrays, or to one of them.
    pub fn flush(&mut self, variable: Option<Variable>, out: &mut TokenStream) {
        let (due, rest) = std::mem::take(&mut self.pending)
            .into_iter()
            .partition(|pending| variable.is_none_or(|variable| pending.variable == variable));
        self.pending = rest;
        let mut due: Vec<Pending> = due;
        if variable.is_none() {
            due = self.pass_on(due, out);
        }
        for Pending {
            place,
            sum,
            is_negative,
            ..
        } in due
        {
            out.extend(match is_negative {
                true => quote!(#place -= #sum;),
                false => quote!(#place += #sum;),
            });
        }
    }

    fn reverse_step(&mut self, step: &'a Step<'a>, out: &mut TokenStream) {
        match step {
            Step::Plain(_)
            | Step::View { .. }
            | Step::Index { .. }
            | Step::Flag(_)
            | Step::Raise(_) => {}
            Step::Declare(variable) => _ = self.bars.remove(variable),
            Step::Let { variable, value } => {
                if self.bars.remove(variable) == Some(Bar::Live) {
                    let bar = self.bar_name(*variable);
                    self.hand_on(value, &Seed::of(bar), out);
                }
            }
            Step::LetArray {
                variable, content, ..
            } => {
                self.flush(Some(*variable), out);
                if self.bars.remove(variable) == Some(Bar::Live) {
                    let bar = self.bar_name(*variable).into_token_stream();
                    self.hand_on_content(content, &bar, out);
                    // What was declared before under this name has its adjoint there as well, from here on.
                    if self.program.repeated.contains(variable) {
                        let zeros = self.zeros_for_next(content);
                        out.extend(quote!(#bar = #zeros;));
                        self.bars.insert(*variable, Bar::Live);
                    }
                }
            }
            Step::Push { place, content } => self.reverse_push(place, content, out),
            Step::Swap { places, is_within } => self.reverse_swap(places, *is_within, out),
            Step::Set {
                place,
                value,
                is_first,
            } => {
                if let Some(bar) = self.taken(place, *is_first, out) {
                    self.hand_on(value, &Seed::of(bar), out);
                }
            }
            Step::Add {
                place,
                value,
                is_negative,
            } => {
                if place.indices.is_empty() && self.bars.get(&place.variable) != Some(&Bar::Live) {
                    return;
                }
                if !place.indices.is_empty() {
                    self.flush(Some(place.variable), out);
                }
                let mut bar = self.bar_of(place);
                // What the variable gives to its own sum goes to the adjoint while that is still being handed on.
                if Facts::of_one(step).read.contains(&place.variable) {
                    let before = self.temporary();
                    out.extend(quote!(let #before = #bar;));
                    bar = before.into_token_stream();
                }
                let seed = match is_negative {
                    true => Seed::of(bar).negated(),
                    false => Seed::of(bar),
                };
                self.hand_on(value, &seed, out);
            }
            Step::Branch(branch) => self.reverse_branch(branch, out),
            Step::Loop(repeated) => self.reverse_loop(repeated, out),
            Step::Result(value) => self.hand_on(value, &Seed::one(), out),
            Step::Outputs(values) => match self.sweep {
                Sweep::Row(output) => self.hand_on(&values[output], &Seed::one(), out),
                Sweep::Single | Sweep::All => {
                    for (output, value) in values.iter().enumerate().rev() {
                        self.hand_on(value, &Seed::of(super::seed(output)), out);
                    }
                }
            },
            Step::Call(called) => self.reverse_call(called, out),
        }
    }

    /// The adjoint of what is overwritten; what was there before begins with none.
    fn taken(
        &mut self,
        place: &'a Place<'a>,
        is_first: bool,
        out: &mut TokenStream,
    ) -> Option<TokenStream> {
        if place.indices.is_empty() {
            if self.bars.get(&place.variable) != Some(&Bar::Live) {
                return None;
            }
            let bar = self.bar_name(place.variable);
            if is_first {
                return Some(bar.into_token_stream());
            }
            let taken = self.temporary();
            out.extend(quote!(let #taken = #bar;));
            self.bars.insert(place.variable, Bar::Spent);
            return Some(taken.into_token_stream());
        }
        self.flush(Some(place.variable), out);
        let (bar, taken, zero) = (self.bar_of(place), self.temporary(), self.no_slope());
        out.extend(quote!(let #taken = #bar; #bar = #zero;));
        Some(taken.into_token_stream())
    }

    /// The adjoint of a place as an expression.
    pub fn bar_of(&mut self, place: &'a Place<'a>) -> TokenStream {
        let root = self.bar_root(place.variable);
        let indices: Vec<_> = place
            .indices
            .iter()
            .map(|index| self.index_again(index))
            .collect();
        self.place_with(root, &indices)
    }

    pub fn bar_root(&self, variable: Variable) -> TokenStream {
        match self.inputs.contains(&variable) && !self.is_scalar(variable) {
            true => self.input_bar(variable).into_token_stream(),
            false => self.bar_name(variable).into_token_stream(),
        }
    }

    pub fn index_again(&mut self, index: &'a Index<'a>) -> TokenStream {
        let is_visible = index.terms.iter().all(|term| match term {
            Term::Fixed(_) => true,
            Term::Counter(counter) => !self.hidden_ids.contains(counter),
            Term::Plain(node) => self.is_stable(node),
        });
        if is_visible {
            for term in &index.terms {
                match term {
                    Term::Plain(node) => self.note_reprint(node),
                    Term::Counter(counter) => _ = self.used.insert((*counter, 0)),
                    Term::Fixed(_) => {}
                }
            }
            return self.terms(index);
        }
        if let [Term::Counter(counter)] = index.terms[..] {
            self.used.insert((counter, 0));
            return self.key_name((counter, 0)).into_token_stream();
        }
        self.used.insert((index.id, 0));
        self.key_name((index.id, 0)).into_token_stream()
    }

    pub fn contribute(&mut self, place: &'a Place<'a>, seed: &Seed, out: &mut TokenStream) {
        let value = seed.value.clone().unwrap_or_else(|| self.one());
        if !place.indices.is_empty() {
            self.gather(place, seed.is_negative, &value, out);
            return;
        }
        let bar = self.bar_name(place.variable);
        let signed = match seed.is_negative {
            true => quote!(-#value),
            false => value.clone(),
        };
        out.extend(match (self.bars.get(&place.variable), seed.is_negative) {
            (Some(Bar::Live), true) => quote!(#bar -= #value;),
            (Some(Bar::Live), false) => quote!(#bar += #value;),
            (Some(Bar::Spent), _) => quote!(#bar = #signed;),
            (None, _) => quote!(let mut #bar = #signed;),
        });
        self.bars.insert(place.variable, Bar::Live);
    }

    /// Contributions to one element are summed before they go to memory.
    fn gather(
        &mut self,
        place: &'a Place<'a>,
        is_negative: bool,
        value: &TokenStream,
        out: &mut TokenStream,
    ) {
        let bar = self.bar_of(place);
        let key = bar.to_string();
        if let Some(Pending {
            sum,
            is_negative: other,
            ..
        }) = self.pending.iter().find(|pending| pending.key == key)
        {
            out.extend(match is_negative == *other {
                true => quote!(#sum += #value;),
                false => quote!(#sum -= #value;),
            });
            return;
        }
        let sum = self.temporary();
        out.extend(quote!(let mut #sum = #value;));
        self.pending.push(Pending {
            variable: place.variable,
            distance: place
                .indices
                .iter()
                .flat_map(|index| &index.terms)
                .map(super::forward::fixed_part)
                .sum(),
            key,
            place: bar,
            sum,
            is_negative,
        });
    }

    /// Hands the adjoint of a value on to what the value was made of.
    pub fn hand_on(&mut self, formula: &'a Formula<'a>, seed: &Seed, out: &mut TokenStream) {
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
            FormulaShape::Operator(Operator::Remainder, left, right) => {
                self.hand_on_slopes(formula, [&**left, &**right], seed, out);
            }
            FormulaShape::Function { arguments, .. } => {
                self.hand_on_slopes(formula, arguments, seed, out);
            }
            FormulaShape::Call { numbers, .. } => {
                self.hand_on_slopes(formula, numbers, seed, out);
            }
            FormulaShape::Power { base, .. } => {
                self.hand_on_slopes(formula, [&**base], seed, out);
            }
        }
    }

    fn hand_on_quotient(
        &mut self,
        whole: &'a Formula<'a>,
        left: &'a Formula<'a>,
        right: &'a Formula<'a>,
        seed: &Seed,
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
        let part = Seed {
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

    fn hand_on_slopes(
        &mut self,
        formula: &'a Formula<'a>,
        arguments: impl IntoIterator<Item = &'a Formula<'a>>,
        seed: &Seed,
        out: &mut TokenStream,
    ) {
        for (position, argument) in arguments.into_iter().enumerate() {
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
            let seed = Seed {
                is_negative: seed.is_negative,
                value: Some(part),
            };
            self.hand_on(argument, &seed, out);
        }
    }

    /// What the rules state of a value.
    pub fn slope_again(&mut self, key: super::Key) -> TokenStream {
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

    pub fn scaled(&mut self, seed: &Seed, factor: Factor, out: &mut TokenStream) -> Seed {
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
        Seed {
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

    /// Declares the adjoints of outer variables that the steps contribute to.
    pub fn materialize(&mut self, steps: &[&'a Step<'a>], out: &mut TokenStream) {
        let facts = Facts::of(steps.iter().copied());
        for variable in facts.outer(&facts.read) {
            if !self.is_scalar(variable) {
                continue;
            }
            let (bar, zero) = (self.bar_name(variable), self.no_slope());
            match self.bars.get(&variable) {
                Some(Bar::Live) => {}
                Some(Bar::Spent) => out.extend(quote!(#bar = #zero;)),
                None => out.extend(quote!(let mut #bar = #zero;)),
            }
            self.bars.insert(variable, Bar::Live);
        }
    }

    /// What outer adjoints that were handed on hold from here on.
    pub fn settle(&mut self, before: &std::collections::BTreeMap<Variable, Bar>) -> TokenStream {
        let mut out = TokenStream::new();
        for variable in before.keys() {
            if self.bars.get(variable) == Some(&Bar::Spent)
                && before.get(variable) != Some(&Bar::Spent)
            {
                let (bar, zero) = (self.bar_name(*variable), self.no_slope());
                out.extend(quote!(#bar = #zero;));
            }
        }
        self.bars = before.clone();
        out
    }

    /// What the ways of a branch bind cannot be seen by its reverse sweep. Gives what was hidden before.
    pub fn hide_ways(&mut self, branch: &'a Branch<'a>) -> (BTreeSet<Variable>, BTreeSet<Id>) {
        let outer = (self.hidden.clone(), self.hidden_ids.clone());
        for way in &branch.ways {
            let facts = Facts::of(way);
            self.hidden.extend(facts.bound);
            self.hidden_ids.extend(facts.ids);
        }
        match &branch.head {
            Head::Match(_, arms, _) => {
                for arm in *arms {
                    arm.pattern
                        .each_variable(&mut |variable, _| _ = self.hidden.insert(variable));
                }
            }
            Head::IfLet(pattern, _) => {
                pattern.each_variable(&mut |variable, _| _ = self.hidden.insert(variable));
            }
            Head::If(condition) => {
                let mut facts = Facts::default();
                facts.condition(condition);
                self.hidden.extend(facts.bound);
            }
            Head::Flag(_) => {}
        }
        outer
    }

    fn reverse_branch(&mut self, branch: &'a Branch<'a>, out: &mut TokenStream) {
        let ways: Vec<Vec<&'a Step<'a>>> =
            branch.ways.iter().map(|way| way.iter().collect()).collect();
        for way in &ways {
            self.materialize(way, out);
        }
        let before = self.bars.clone();
        let outer = self.hide_ways(branch);
        let tokens: Vec<_> = ways
            .iter()
            .map(|way| {
                let way = self.way_reversed(way);
                let end = self.settle(&before);
                quote!(#way #end)
            })
            .collect();
        (self.hidden, self.hidden_ids) = outer;
        if tokens.iter().all(TokenStream::is_empty) {
            return;
        }
        self.used.insert((branch.id, 0));
        let flag = self.key_name((branch.id, 0));
        let arms = tokens.iter().enumerate().map(|(position, way)| {
            let pattern = match position {
                last if last + 1 == tokens.len() => quote!(_),
                position => position.to_token_stream(),
            };
            quote!(#pattern => { #way })
        });
        out.extend(quote!(match #flag { #(#arms)* }));
    }
}

/// What goes to an element of an array.
#[derive(Clone)]
pub struct Pending {
    pub variable: Variable,
    /// The fixed part of its index.
    pub distance: usize,
    /// The place as text: another text may mean the same element, which does no harm.
    pub key: String,
    pub place: TokenStream,
    pub sum: proc_macro2::Ident,
    /// Whether the sum is to be subtracted.
    pub is_negative: bool,
}

/// A factor of an adjoint.
pub enum Factor {
    Number(TokenStream),
    Plain(TokenStream),
}
