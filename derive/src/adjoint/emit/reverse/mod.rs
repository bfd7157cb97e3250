//! The reverse sweep: each value's adjoint handed on to what it was made of, last step first.

mod contribution;
mod hand_on;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::signed::Signed;
use super::{Bar, Emitter, Sweep};
use crate::adjoint::form::*;
use crate::adjoint::parameters;
use crate::adjoint::survey::Facts;
use crate::tree::Variable;
pub use contribution::Pending;
pub use hand_on::Factor;

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
                    self.hand_on(value, &Signed::of(bar), out);
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
                    self.hand_on(value, &Signed::of(bar), out);
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
                    true => Signed::of(bar).negated(),
                    false => Signed::of(bar),
                };
                self.hand_on(value, &seed, out);
            }
            Step::Branch(branch) => self.reverse_branch(branch, out),
            Step::Loop(repeated) => self.reverse_loop(repeated, out),
            Step::Result(value) => self.hand_on(value, &Signed::one(), out),
            Step::Outputs(values) => match self.sweep {
                Sweep::Row(output) => self.hand_on(&values[output], &Signed::one(), out),
                Sweep::Single | Sweep::All => {
                    for (output, value) in values.iter().enumerate().rev() {
                        self.hand_on(value, &Signed::of(parameters::seed(output)), out);
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
    pub fn settle(&mut self, before: &BTreeMap<Variable, Bar>) -> TokenStream {
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
