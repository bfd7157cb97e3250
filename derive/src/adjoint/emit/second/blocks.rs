//! Blocks, branches and loops: in what order both sweeps of the steps run, and where different ways meet again.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::state::{State, Vertex};
use super::{Covered, Second, not_covered};
use crate::adjoint::emit::Bar;
use crate::adjoint::emit::reverse::Seed;
use crate::adjoint::emit::schedule::{accumulates, early, opened};
use crate::adjoint::form::*;
use crate::adjoint::survey::Facts;

impl<'a> Second<'a> {
    /// Both sweeps of steps, after which `state` holds.
    pub fn block(&mut self, steps: &'a [Step<'a>], state: &mut State) -> Covered<TokenStream> {
        self.emitter.bars = live(state);
        let fused = self.emitter.fused(steps);
        let mut late = TokenStream::new();
        let Some(&first) = fused.first() else {
            let all: Vec<_> = steps.iter().collect();
            self.reverse(&all, state, &mut late)?;
            let forward = self.emitter.forward(steps);
            return Ok(quote!(#forward #late));
        };
        let later = Facts::of(fused[1..].iter().map(|position| &steps[*position]));
        let open = opened(&steps[first..], &later);
        let after = early(steps, &fused, &open);
        let mut reversed = TokenStream::new();
        self.reverse_early(&after, &steps[first..], state, &mut reversed)?;
        for position in &fused {
            match &steps[*position] {
                Step::Loop(repeated) => self.fused_loop(repeated, state)?,
                Step::Branch(branch) => self.fused_branch(branch, state)?,
                _ => {}
            }
        }
        for variable in open {
            state.take(Vertex::Variable(variable));
        }
        let before: Vec<_> = steps[..first].iter().collect();
        self.reverse(&before, state, &mut late)?;
        let head = self.emitter.forward(&steps[..first]);
        let rest = self.emitter.forward(&steps[first..]);
        Ok(quote!(#head #reversed #rest #late))
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
        let asks = self.emitter.used.iter().any(|(id, _)| defined.ids.contains(id))
            || !self.emitter.reprinted.is_disjoint(&defined.bound)
            || !self.emitter.reprinted.is_disjoint(&defined.set);
        self.emitter.used.extend(used);
        self.emitter.reprinted.extend(reprinted);
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
        // What the rounds add to is outside of them: its slope is known, and it is the same in all of them.
        let mut own = State::default();
        for variable in facts.outer(&facts.added) {
            let sum = Vertex::Variable(variable);
            if state.has_edge(sum) {
                return not_covered("a loop whose result goes on to more than a sum");
            }
            if let Some(slope) = state.slopes.get(&sum) {
                own.slopes.insert(sum, slope.clone());
            }
        }
        let sums: Vec<Vertex> = own.slopes.keys().copied().collect();
        let frame = std::mem::take(&mut self.emitter.frame);
        let carries = self.emitter.carries(repeated);
        self.emitter.note_covered(repeated, &carries);
        let (before, after) = self.emitter.around(&carries);
        let outer = std::mem::replace(&mut self.emitter.carries_now, carries);
        let body = self.block(&repeated.body, &mut own)?;
        for sum in sums {
            own.slopes.remove(&sum);
        }
        let mut end = TokenStream::new();
        let waiting = self.scatter_round(&mut own, &mut end)?;
        self.emitter.carries_now = outer;
        let hoisted = std::mem::replace(&mut self.emitter.frame, frame).hoisted;
        let mut starts = TokenStream::new();
        self.accumulate(own, state, &mut starts, &mut end)?;
        let (head, leave) = (self.emitter.head(&repeated.head), self.emitter.leave(repeated));
        let (first, last) = (waiting.before, waiting.after);
        self.emitter.loops.insert(
            repeated.id,
            quote!(#starts #before #first #head { #hoisted #body #end #leave } #after #last),
        );
        Ok(())
    }

    /// What a round adds to what is known of variables outside of the loop.
    fn accumulate(
        &mut self,
        own: State,
        state: &mut State,
        starts: &mut TokenStream,
        end: &mut TokenStream,
    ) -> Covered<()> {
        let slopes = own.slopes.into_iter().map(|(vertex, seed)| (Key::Slope(vertex), seed));
        let edges = own.edges.into_iter().map(|(edge, seed)| (Key::Edge(edge), seed));
        for (key, seed) in slopes.chain(edges) {
            let sum = self.emitter.temporary();
            let start = self.signed_or_zero(key.of(state));
            let number = &self.emitter.number;
            starts.extend(quote!(let mut #sum: #number = #start;));
            let value = self.number_of(&seed);
            end.extend(match seed.is_negative {
                true => quote!(#sum -= #value;),
                false => quote!(#sum += #value;),
            });
            key.set(state, Seed::of(sum));
        }
        Ok(())
    }

    /// A branch that is passed once: both sweeps in the way that is taken.
    fn fused_branch(&mut self, branch: &'a Branch<'a>, state: &mut State) -> Covered<()> {
        let mut ways = Vec::new();
        for way in &branch.ways {
            let frame = std::mem::take(&mut self.emitter.frame);
            let mut own = state.clone();
            let body = self.block(way, &mut own)?;
            self.leave_way(&Facts::of(way), &own)?;
            let hoisted = std::mem::replace(&mut self.emitter.frame, frame).hoisted;
            ways.push((quote!(#hoisted #body), own));
        }
        let (names, ways) = self.met(ways, state);
        let ways = self.emitter.ways(&branch.head, &ways);
        let tokens = self.bound(&names, ways);
        self.emitter.loops.insert(branch.id, tokens);
        Ok(())
    }

    /// A branch that was passed before, by the way that was noted.
    pub fn reverse_branch(
        &mut self,
        branch: &'a Branch<'a>,
        state: &mut State,
        out: &mut TokenStream,
    ) -> Covered<()> {
        let outer = self.emitter.hide_ways(branch);
        let mut ways = Vec::new();
        for way in &branch.ways {
            let (mut own, mut tokens) = (state.clone(), TokenStream::new());
            let steps: Vec<_> = way.iter().collect();
            self.reverse(&steps, &mut own, &mut tokens)?;
            ways.push((tokens, own));
        }
        (self.emitter.hidden, self.emitter.hidden_ids) = outer;
        let (names, ways) = self.met(ways, state);
        if names.is_empty() {
            return Ok(());
        }
        self.emitter.used.insert((branch.id, 0));
        let flag = self.emitter.key_name((branch.id, 0));
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

    /// An element whose place is known inside of a way alone must not be in use after it.
    fn leave_way(&self, way: &Facts, own: &State) -> Covered<()> {
        let is_inner = |vertex: &Vertex| match vertex {
            Vertex::Element(element) => self.elements[*element].is_placed_by(way),
            _ => false,
        };
        match own.vertices().iter().any(is_inner) {
            true => not_covered("an element whose position is found in a branch"),
            false => Ok(()),
        }
    }

    /// The ways, each ending with what is not the same after all of them, and the names of that in `state`.
    fn met(
        &mut self,
        ways: Vec<(TokenStream, State)>,
        state: &mut State,
    ) -> (Vec<Ident>, Vec<TokenStream>) {
        let keys: BTreeSet<Key> = ways.iter().flat_map(|(_, own)| Key::all(own)).collect();
        let old = std::mem::take(state);
        let (mut names, mut ends) = (Vec::new(), vec![Vec::new(); ways.len()]);
        let mut next = State::default();
        for key in keys {
            let seeds: Vec<_> = ways.iter().map(|(_, own)| key.of(own)).collect();
            if let (Some(seed), true) = (seeds[0], seeds.windows(2).all(|pair| are_same(pair)))
                && key.of(&old).is_some_and(|old| old.is_same(seed))
            {
                key.set(&mut next, seed.clone());
                continue;
            }
            let name = self.emitter.temporary();
            for (end, seed) in ends.iter_mut().zip(seeds) {
                end.push(self.signed_or_zero(seed));
            }
            key.set(&mut next, Seed::of(&name));
            names.push(name);
        }
        *state = next;
        let ways = ways.into_iter().zip(ends).map(|((way, _), end)| match &end[..] {
            [] => way,
            [end] => quote!(#way #end),
            _ => quote!(#way (#(#end),*)),
        });
        (names, ways.collect())
    }

    fn bound(&self, names: &[Ident], tokens: TokenStream) -> TokenStream {
        let number = &self.emitter.number;
        match names {
            [] => tokens,
            [name] => quote!(let #name: #number = #tokens;),
            _ => {
                let types = names.iter().map(|_| number);
                quote!(let (#(#names),*): (#(#types),*) = #tokens;)
            }
        }
    }
}

/// The variables of which the rest of the function has a slope.
fn live(state: &State) -> BTreeMap<usize, Bar> {
    let variables = state.slopes.keys().filter_map(|vertex| match vertex {
        Vertex::Variable(variable) => Some((*variable, Bar::Live)),
        _ => None,
    });
    variables.collect()
}

fn are_same(pair: &[Option<&Seed>]) -> bool {
    match pair {
        [Some(left), Some(right)] => left.is_same(right),
        _ => false,
    }
}

/// A derivative in a state.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Slope(Vertex),
    Edge((Vertex, Vertex)),
}

impl Key {
    fn all(state: &State) -> impl Iterator<Item = Self> + '_ {
        let slopes = state.slopes.keys().copied().map(Self::Slope);
        slopes.chain(state.edges.keys().copied().map(Self::Edge))
    }

    fn of(self, state: &State) -> Option<&Seed> {
        match self {
            Self::Slope(vertex) => state.slopes.get(&vertex),
            Self::Edge(edge) => state.edges.get(&edge),
        }
    }

    fn set(self, state: &mut State, seed: Seed) {
        match self {
            Self::Slope(vertex) => _ = state.slopes.insert(vertex, seed),
            Self::Edge(edge) => _ = state.edges.insert(edge, seed),
        }
    }
}
