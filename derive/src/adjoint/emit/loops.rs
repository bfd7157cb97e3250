//! Loops whose reverse sweep comes later: what it needs is evaluated again, or waits on a stack.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::carry::Carry;
use super::keeping::{Arrays, Keeping, Length};
use super::names::flag_name;
use super::schedule::accumulates;
use super::{Emitter, Store};
use crate::adjoint::form::*;
use crate::adjoint::survey::Facts;

impl<'a> Emitter<'a> {
    /// The reverse sweep of a loop; its forward sweep is left in `loops`.
    pub fn reverse_loop(&mut self, repeated: &'a Loop<'a>, out: &mut TokenStream) {
        let steps: Vec<_> = repeated.body.iter().collect();
        self.materialize(&steps, out);
        match self.replayed(repeated, &steps) {
            Some(tokens) => out.extend(tokens),
            None => self.kept(repeated, &steps, out),
        }
    }

    /// The same loop once more, where the order does not matter and nothing has to be kept.
    fn replayed(&mut self, repeated: &'a Loop<'a>, steps: &[&'a Step<'a>]) -> Option<TokenStream> {
        let facts = Facts::of(&repeated.body);
        let LoopHead::For(source) = &repeated.head else {
            return None;
        };
        if repeated.leave.is_some()
            || !accumulates(&facts)
            || facts.has_arrays
            || !self.can_run_again(source)
        {
            return None;
        }
        let mut trial = self.clone();
        trial.hide(&facts, Some(source));
        trial.used.clear();
        trial.loop_depth += 1;
        let body = trial.body_reversed(steps);
        let needs = trial.used.iter().any(|(id, _)| facts.ids.contains(id));
        if needs {
            return None;
        }
        let head = self.head(&repeated.head);
        self.loops.extend(trial.loops);
        let round = self.round_forward(repeated, &mut Vec::new());
        let forward = self.loop_forward(repeated, &round, &Keeping::Nothing, &[]);
        self.leave_forward(repeated.id, forward, false);
        self.steps = trial.steps;
        self.needs_tape |= trial.needs_tape;
        self.used.extend(&trial.used);
        self.reprinted.extend(&trial.reprinted);
        (!body.is_empty())
            .then(|| quote!(#head { #body }))
            .or(Some(TokenStream::new()))
    }

    fn body_reversed(&mut self, steps: &[&'a Step<'a>]) -> TokenStream {
        let before = self.bars.clone();
        let body = self.reverse(steps);
        let end = self.settle(&before);
        quote!(#body #end)
    }

    /// What a loop binds cannot be seen by its reverse sweep, but for what the head binds again.
    fn hide(&mut self, body: &Facts<'a>, head: Option<&Source<'a>>) {
        self.hidden.extend(&body.bound);
        self.hidden_ids.extend(&body.ids);
        let mut facts = Facts::default();
        if let Some(source) = head {
            facts.source(source);
        }
        self.hidden
            .retain(|variable| !facts.bound.contains(variable));
        self.hidden_ids.retain(|id| !facts.ids.contains(id));
    }

    /// The body of the loop forward, and what it keeps beside what is kept already.
    fn round_forward(
        &mut self,
        repeated: &'a Loop<'a>,
        kept: &mut Vec<(Ident, Store)>,
    ) -> TokenStream {
        let outer = std::mem::take(&mut self.frame);
        let body = self.forward(&repeated.body);
        let frame = std::mem::replace(&mut self.frame, outer);
        for (name, store) in frame.kept {
            if !kept.iter().any(|(other, _)| *other == name) {
                kept.push((name, store));
            }
        }
        let hoisted = frame.hoisted;
        quote!(#hoisted #body)
    }

    /// The forward sweep: the loop itself, with what its rounds leave for the reverse sweep.
    fn loop_forward(
        &mut self,
        repeated: &'a Loop<'a>,
        round: &TokenStream,
        keeping: &Keeping,
        kept: &[(Ident, Store)],
    ) -> TokenStream {
        let head = self.head(&repeated.head);
        let count = match keeping {
            Keeping::Arrays(Arrays {
                round: Some(round), ..
            }) => round.clone(),
            _ => self.key_name((repeated.id, 0)).into_token_stream(),
        };
        let stores = self.store(keeping, kept, &count);
        let counted = self.used.contains(&(repeated.id, 0)).then(|| {
            let rounds = self.key_name((repeated.id, 0));
            quote!(#rounds += 1;)
        });
        let leave = self.leave(repeated);
        quote!(#head { #round #stores #counted #leave })
    }

    /// The end of a round, if the loop may be left there.
    pub fn leave(&self, repeated: &Loop) -> Option<TokenStream> {
        repeated.leave.map(|id| {
            let flag = flag_name(id);
            quote!(if #flag { break; })
        })
    }

    /// The reverse sweep with what the forward sweep has kept: last round first.
    fn kept(&mut self, repeated: &'a Loop<'a>, steps: &[&'a Step<'a>], out: &mut TokenStream) {
        let source = match &repeated.head {
            LoopHead::For(source) => Some(source),
            LoopHead::While(_) | LoopHead::Forever => None,
        };
        let reversible =
            source.filter(|source| repeated.leave.is_none() && self.is_reversible(source));
        let (hidden, hidden_ids) = (self.hidden.clone(), self.hidden_ids.clone());
        let mut facts = Facts::of(&repeated.body);
        match &repeated.head {
            LoopHead::For(source) => facts.source(source),
            LoopHead::While(condition) => facts.condition(condition),
            LoopHead::Forever => {}
        }
        self.hide(&facts, reversible);
        // What nothing else adds to is stored.
        let mut alone = Vec::new();
        let mut free = None;
        if reversible.is_some() && self.loop_depth == 0 {
            alone = self.carries(repeated);
            alone.retain(Carry::is_store);
            free = self.note_covered(repeated, &alone);
        }
        let carries_around = std::mem::replace(&mut self.carries_now, alone);
        self.loop_depth += 1;
        let before = self.bars.clone();
        let body = self.way_reversed(steps);
        let end = self.settle(&before);
        self.loop_depth -= 1;
        self.carries_now = carries_around;
        (self.hidden, self.hidden_ids) = (hidden, hidden_ids);
        let mut kept = Vec::new();
        if let (Some(source), None) = (source, reversible) {
            let mut counters = Vec::new();
            collect_counters(source, &mut counters);
            counters.retain(|counter| self.used.contains(&(*counter, 0)));
            kept.extend(
                counters
                    .iter()
                    .map(|counter| (self.key_name((*counter, 0)), Store::Index)),
            );
        }
        let round = self.round_forward(repeated, &mut kept);
        let keeping = match source.filter(|_| self.loop_depth == 0) {
            _ if kept.is_empty() => Keeping::Nothing,
            Some(source) => self.keeping(repeated, source, reversible.is_some(), free),
            None => Keeping::Tape,
        };
        if body.is_empty() {
            let forward = self.loop_forward(repeated, &round, &Keeping::Nothing, &kept);
            self.leave_forward(repeated.id, forward, false);
            return;
        }
        let is_counted = matches!(keeping, Keeping::Arrays(Arrays { round: None, .. }));
        if reversible.is_none() || is_counted {
            self.used.insert((repeated.id, 0));
        }
        let forward = self.loop_forward(repeated, &round, &keeping, &kept);
        self.leave_forward(repeated.id, forward, true);
        let count = self.key_name((repeated.id, 0));
        let position = crate::names::internal("position");
        let round = match &keeping {
            Keeping::Arrays(Arrays {
                round: Some(round), ..
            }) => round.clone(),
            _ => position.to_token_stream(),
        };
        let loads = self.load(&keeping, &kept, &round);
        let mut returned = TokenStream::new();
        if let Keeping::Arrays(arrays) = &keeping {
            let [declared, sized, back] = self.declared_arrays(arrays, &kept);
            self.needs_tape |= !back.is_empty();
            self.arrays.insert(repeated.id, (declared, sized));
            returned = back;
        }
        self.needs_tape |= matches!(keeping, Keeping::Tape);
        let Some(source) = reversible else {
            out.extend(quote! {
                for #position in ::core::iter::Iterator::rev(0..#count) { #loads #body #end }
                #returned
            });
            return;
        };
        let (pattern, source) = self.source(source);
        let (start, step) = match is_counted {
            true => (quote!(let mut #position = #count;), quote!(#position -= 1;)),
            false => (TokenStream::new(), TokenStream::new()),
        };
        out.extend(quote! {
            #start
            for #pattern in ::core::iter::Iterator::rev(::core::iter::IntoIterator::into_iter(#source)) {
                #step #loads #body #end
            }
            #returned
        });
    }

    /// Where the values of a loop outside of which no other goes back wait.
    fn keeping(
        &mut self,
        repeated: &'a Loop<'a>,
        source: &'a Source<'a>,
        is_reversible: bool,
        free: Option<Ident>,
    ) -> Keeping {
        let length = match self.most_rounds(source) {
            Some(length) => Length::Constant(length),
            None if self.is_reversible(source) => Length::Measured(self.source(source).1),
            None => return Keeping::Tape,
        };
        let round = match is_reversible {
            true => self.round(repeated, source),
            false => None,
        };
        Keeping::Arrays(Arrays {
            length,
            free: free.filter(|_| round.is_some()),
            round,
        })
    }

    /// Steps whose arrays have their adjoints here.
    pub fn way_reversed(&mut self, steps: &[&'a Step<'a>]) -> TokenStream {
        let arrays = self.arrays(steps, false);
        let body = self.reverse(steps);
        quote!(#arrays #body)
    }
}

fn collect_counters(source: &Source, counters: &mut Vec<Id>) {
    match source {
        Source::Plain { .. } => {}
        Source::Elements { counter, .. } => counters.push(*counter),
        Source::Zip(left, right) => {
            collect_counters(left, counters);
            collect_counters(right, counters);
        }
        Source::Enumerate(inner, _) | Source::Adapted(inner, ..) => {
            collect_counters(inner, counters);
        }
    }
}
