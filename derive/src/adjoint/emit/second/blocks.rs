//! Blocks, branches and loops: in what order both sweeps of the steps run, and where different ways meet again.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::state::{Derivative, State, Taken, Vertex};
use super::values::{Amount, Scope};
use super::{Covered, Second, not_covered};
use crate::adjoint::emit::Bar;
use crate::adjoint::emit::schedule::{accumulates, early, opened};
use crate::adjoint::form::*;
use crate::adjoint::survey::Facts;
use crate::tree::Variable;

impl<'a> Second<'a> {
    /// Both sweeps of steps after which `state` holds.
    pub fn block(&mut self, steps: &'a [Step<'a>], state: &mut State) -> Covered<TokenStream> {
        self.emitter.bars = live(state);
        let fused = self.emitter.fused(steps);
        let (mut first_reversed, mut late) = (TokenStream::new(), TokenStream::new());
        let Some(&first) = fused.first() else {
            let all: Vec<_> = steps.iter().collect();
            self.reverse(&all, state, &mut late)?;
            let forward = self.emitter.forward(steps);
            return Ok(quote!(#forward #late));
        };
        let later = Facts::of(fused[1..].iter().map(|position| &steps[*position]));
        let open = opened(&steps[first..], &later);
        let after = early(steps, &fused, &open);
        self.reverse_early(&after, &steps[first..], state, &mut first_reversed)?;
        for position in &fused {
            match &steps[*position] {
                Step::Loop(repeated) => self.fused_loop(repeated, state)?,
                Step::Branch(branch) => self.fused_branch(branch, state)?,
                _ => {}
            }
        }
        for variable in open {
            Taken::from(state, Vertex::Variable(variable));
        }
        let before: Vec<_> = steps[..first].iter().collect();
        self.reverse(&before, state, &mut late)?;
        let head = self.emitter.forward(&steps[..first]);
        let rest = self.emitter.forward(&steps[first..]);
        Ok(quote!(#head #first_reversed #rest #late))
    }

    /// The steps that are reversed before `run` runs. They must not ask for what is computed there.
    fn reverse_early(
        &mut self,
        steps: &[&'a Step<'a>],
        run: &'a [Step<'a>],
        state: &mut State,
        out: &mut TokenStream,
    ) -> Covered<()> {
        let used = std::mem::take(&mut self.emitter.used);
        let reprinted = std::mem::take(&mut self.emitter.reprinted);
        self.reverse(steps, state, out)?;
        let defined = Facts::of(run);
        let emitter = &mut self.emitter;
        let asks = emitter.used.iter().any(|(id, _)| defined.ids.contains(id))
            || !emitter.reprinted.is_disjoint(&defined.bound)
            || !emitter.reprinted.is_disjoint(&defined.set);
        emitter.used.extend(used);
        emitter.reprinted.extend(reprinted);
        match asks {
            true => not_covered("a loop whose result goes on to more than a sum"),
            false => Ok(()),
        }
    }

    /// Both sweeps of each round at once.
    fn fused_loop(&mut self, repeated: &'a Loop<'a>, state: &mut State) -> Covered<()> {
        let facts = Facts::of(&repeated.body);
        if !accumulates(&facts) {
            return not_covered("a loop that does more than add to what is outside of it");
        }
        let mut starts = TokenStream::new();
        self.name_all(state, &mut starts);
        // What the rounds add to is outside of them: its slope is known, and the same in all of them.
        let sums: Vec<Vertex> = facts
            .outer(&facts.added)
            .into_iter()
            .map(Vertex::Variable)
            .collect();
        let is_edge_of = |derivative: &Derivative, sum: &Vertex| match *derivative {
            Derivative::Slope(_) => false,
            Derivative::Edge(one, other) => one == *sum || other == *sum,
        };
        if state
            .keys()
            .any(|derivative| sums.iter().any(|sum| is_edge_of(derivative, sum)))
        {
            return not_covered("a loop whose result goes on to more than a sum");
        }
        let slopes = sums.into_iter().map(Derivative::Slope);
        let slopes: Vec<_> = slopes
            .filter_map(|slope| state.get_key_value(&slope))
            .collect();
        let mut own: State = slopes
            .into_iter()
            .map(|(slope, amount)| (*slope, *amount))
            .collect();
        let known = own.clone();

        let frame = std::mem::take(&mut self.emitter.frame);
        let carries = self.emitter.carries(repeated);
        self.emitter.note_covered(repeated, &carries);
        let (before, after) = self.emitter.around(&carries);
        let outer = std::mem::replace(&mut self.emitter.carries_now, carries);
        let scope = self.values.open();
        let body = self.block(&repeated.body, &mut own)?;
        own.retain(|derivative, _| !known.contains_key(derivative));
        let mut end = TokenStream::new();
        let waiting = self.scatter_round(&mut own, &mut end)?;
        let sums = self.accumulate(own, state, &mut starts, &mut end);
        self.values.close(scope);
        state.extend(
            sums.into_iter()
                .map(|(derivative, sum)| (derivative, self.values.leaf(sum))),
        );
        self.emitter.carries_now = outer;
        let hoisted = std::mem::replace(&mut self.emitter.frame, frame).hoisted;
        let (head, leave) = (
            self.emitter.head(&repeated.head),
            self.emitter.leave(repeated),
        );
        let (first, last) = (waiting.before, waiting.after);
        self.emitter.loops.insert(
            repeated.id,
            quote!(#starts #before #first #head { #hoisted #body #end #leave } #after #last),
        );
        Ok(())
    }

    /// What a round adds to what is known by variables outside of the loop: in variables, which are declared before it.
    fn accumulate(
        &mut self,
        own: State,
        state: &State,
        starts: &mut TokenStream,
        end: &mut TokenStream,
    ) -> Vec<(Derivative, TokenStream)> {
        let number = self.emitter.number.clone();
        let amounts: Vec<_> = own.values().copied().collect();
        let parts = self.values.written(&amounts, end);
        let mut sums = Vec::new();
        for (derivative, part) in own.into_keys().zip(parts) {
            let sum = self.emitter.temporary();
            let start = self.written_or_zero(state.get(&derivative));
            starts.extend(quote!(let mut #sum: #number = #start;));
            end.extend(quote!(#sum += #part;));
            sums.push((derivative, sum.into_token_stream()));
        }
        sums
    }

    /// Names for all that is known here.
    fn name_all(&mut self, state: &State, out: &mut TokenStream) {
        let amounts: Vec<_> = state.values().copied().collect();
        self.values.named(&amounts, out);
    }

    /// A number that is named, or zero.
    fn written_or_zero(&mut self, amount: Option<&Amount>) -> TokenStream {
        match amount {
            Some(amount) => self
                .values
                .written(&[*amount], &mut TokenStream::new())
                .remove(0),
            None => self.emitter.zero(),
        }
    }

    /// A branch that is passed once: both sweeps in the way that is taken.
    fn fused_branch(&mut self, branch: &'a Branch<'a>, state: &mut State) -> Covered<()> {
        let mut before = TokenStream::new();
        self.name_all(state, &mut before);
        let mut ways = Vec::new();
        for way in &branch.ways {
            let frame = std::mem::take(&mut self.emitter.frame);
            let (scope, mut own) = (self.values.open(), state.clone());
            let mut body = self.block(way, &mut own)?;
            self.scatter_way(&mut own, state, &mut body)?;
            let hoisted = std::mem::replace(&mut self.emitter.frame, frame).hoisted;
            ways.push(self.left(quote!(#hoisted #body), own, scope));
        }
        let (ways, names) = self.met(ways, state);
        let ways = self.emitter.ways(&branch.head, &ways);
        let tokens = self.bound(&names, ways);
        self.emitter
            .loops
            .insert(branch.id, quote!(#before #tokens));
        Ok(())
    }

    /// A branch that was passed before, by the way that was noted.
    pub fn reverse_branch(
        &mut self,
        branch: &'a Branch<'a>,
        state: &mut State,
        out: &mut TokenStream,
    ) -> Covered<()> {
        self.name_all(state, out);
        let outer = self.emitter.hide_ways(branch);
        let mut ways = Vec::new();
        for way in &branch.ways {
            let (scope, mut own) = (self.values.open(), state.clone());
            let (steps, mut tokens): (Vec<_>, _) = (way.iter().collect(), TokenStream::new());
            self.reverse(&steps, &mut own, &mut tokens)?;
            self.scatter_way(&mut own, state, &mut tokens)?;
            ways.push(self.left(tokens, own, scope));
        }
        (self.emitter.hidden, self.emitter.hidden_ids) = outer;
        let (ways, names) = self.met(ways, state);
        if ways.iter().all(TokenStream::is_empty) {
            return Ok(());
        }
        let flag = self.emitter.slope_again((branch.id, 0));
        let arms = ways.iter().enumerate().map(|(position, way)| {
            let pattern = match position {
                last if last + 1 == ways.len() => quote!(_),
                position => position.to_token_stream(),
            };
            quote!(#pattern => { #way })
        });
        let tokens = self.bound(&names, quote!(match #flag { #(#arms)* }));
        out.extend(tokens);
        Ok(())
    }

    /// The end of a way.
    fn left(&mut self, mut tokens: TokenStream, state: State, scope: Scope) -> Way {
        let amounts: Vec<_> = state.values().copied().collect();
        let written = self.values.written(&amounts, &mut tokens);
        self.values.close(scope);
        let written = state.keys().copied().zip(written).collect();
        Way {
            tokens,
            state,
            written,
        }
    }

    /// The ways, each ending with what is not the same after all of them, and the names of that in `state`.
    fn met(&mut self, ways: Vec<Way>, state: &mut State) -> (Vec<TokenStream>, Vec<Ident>) {
        let all: BTreeSet<Derivative> = ways
            .iter()
            .flat_map(|way| way.state.keys().copied())
            .collect();
        let (old, zero) = (std::mem::take(state), self.emitter.zero());
        let (mut names, mut ends) = (Vec::new(), vec![Vec::new(); ways.len()]);
        for derivative in all {
            let before = old.get(&derivative);
            let is_kept = |way: &Way| before.is_some() && way.state.get(&derivative) == before;
            if let (Some(before), true) = (before, ways.iter().all(is_kept)) {
                state.insert(derivative, *before);
                continue;
            }
            for (end, way) in ends.iter_mut().zip(&ways) {
                end.push(way.written.get(&derivative).unwrap_or(&zero).clone());
            }
            let name = self.emitter.temporary();
            state.insert(derivative, self.values.leaf(&name));
            names.push(name);
        }
        let ways = ways.into_iter().zip(ends).map(|(way, end)| {
            let tokens = way.tokens;
            match &end[..] {
                [] => tokens,
                [end] => quote!(#tokens #end),
                _ => quote!(#tokens (#(#end),*)),
            }
        });
        (ways.collect(), names)
    }

    /// What a branch leaves, by its names.
    fn bound(&self, names: &[Ident], branch: TokenStream) -> TokenStream {
        let number = &self.emitter.number;
        match names {
            [] => branch,
            [name] => quote!(let #name: #number = #branch;),
            _ => {
                let types = names.iter().map(|_| number);
                quote!(let (#(#names),*): (#(#types),*) = #branch;)
            }
        }
    }
}

/// One of the ways of a branch, with what is known before it.
struct Way {
    tokens: TokenStream,
    state: State,
    written: BTreeMap<Derivative, TokenStream>,
}

/// The variables of which the rest of the function has a slope.
fn live(state: &State) -> BTreeMap<Variable, Bar> {
    let variables = state.keys().filter_map(|derivative| match derivative {
        Derivative::Slope(Vertex::Variable(variable)) => Some((*variable, Bar::Live)),
        _ => None,
    });
    variables.collect()
}
