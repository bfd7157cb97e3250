//! Loops whose reverse sweep comes later: what it needs is evaluated again, or waits on a stack.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::schedule::accumulates;
use super::{Emitter, Frame, Store};
use crate::adjoint::form::*;
use crate::adjoint::survey::Facts;
use crate::tree::{Node, Shape};

impl<'a> Emitter<'a> {
    /// The reverse sweep of a loop; its forward sweep is left in `loops`.
    pub fn reverse_loop(&mut self, repeated: &'a Loop<'a>, out: &mut TokenStream) {
        let steps: Vec<_> = repeated.body.iter().collect();
        let facts = Facts::of(&repeated.body);
        let mut everything = Facts::of(&repeated.body);
        if let LoopHead::For(source) = &repeated.head {
            everything.source(source);
        }
        self.materialize(&steps, out);
        if let Some(tokens) = self.replayed(repeated, &steps, &facts) {
            out.extend(tokens);
            return;
        }
        self.taped(repeated, &steps, &everything, out);
    }

    /// The same loop once more, where the order does not matter and nothing has to be kept.
    fn replayed(
        &mut self,
        repeated: &'a Loop<'a>,
        steps: &[&'a Step<'a>],
        facts: &Facts<'a>,
    ) -> Option<TokenStream> {
        let LoopHead::For(source) = &repeated.head else {
            return None;
        };
        if !accumulates(facts) || facts.has_arrays || !self.can_run_again(source) {
            return None;
        }
        let mut trial = self.clone();
        trial.hidden.extend(&facts.bound);
        trial.used.clear();
        let body = trial.body_reversed(steps);
        let needs = trial.used.iter().any(|(id, _)| facts.ids.contains(id));
        if needs {
            return None;
        }
        let head = self.head(&repeated.head);
        self.loops.extend(trial.loops);
        let forward = self.loop_forward(repeated, None);
        self.loops.insert(repeated.id, forward);
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

    /// Whether the loop's head can be evaluated again, with the same items.
    fn can_run_again(&self, source: &Source) -> bool {
        match source {
            Source::Plain { node, .. } => self.is_stable_source(node),
            Source::Elements {
                sequence, groups, ..
            } => {
                let size = match groups {
                    Groups::One => true,
                    Groups::Windows(size) | Groups::Chunks(size) | Groups::ExactChunks(size) => {
                        self.is_stable(size)
                    }
                };
                size && self.is_length_stable(sequence)
            }
            Source::Zip(left, right) => self.can_run_again(left) && self.can_run_again(right),
            Source::Enumerate(inner, _) => self.can_run_again(inner),
            Source::Adapted(inner, _, count) => {
                self.can_run_again(inner) && count.is_none_or(|count| self.is_stable(count))
            }
        }
    }

    /// Whether the sequence is as long as before: one that is not a `Vec` stays so.
    fn is_length_stable(&self, node: &Node) -> bool {
        match &node.bare().shape {
            Shape::Local { variable, .. } => !self.hidden.contains(variable),
            Shape::Index { base, index } => {
                let is_stable = match &index.bare().shape {
                    Shape::Range { .. } => self.is_stable_source(index),
                    _ => self.is_stable(index),
                };
                is_stable && self.is_length_stable(base)
            }
            Shape::Reference { target, .. } | Shape::Dereference(target) => {
                self.is_length_stable(target)
            }
            _ => false,
        }
    }

    fn is_stable_source(&self, node: &Node) -> bool {
        match &node.bare().shape {
            Shape::Range { start, end, .. } => [start, end]
                .into_iter()
                .flatten()
                .all(|bound| self.is_stable(bound)),
            Shape::Reference {
                is_mutable: false,
                target,
            } => self.is_stable(target),
            Shape::Method(method) => {
                let arguments = method
                    .arguments
                    .iter()
                    .all(|argument| self.is_stable(argument) || self.is_stable_source(argument));
                let name = method.name.to_string();
                match name.as_str() {
                    "iter" | "windows" | "chunks" | "chunks_exact" => {
                        arguments && self.is_stable(&method.receiver)
                    }
                    "enumerate" | "zip" | "rev" | "skip" | "take" | "step_by" | "copied"
                    | "cloned" => arguments && self.is_stable_source(&method.receiver),
                    _ => false,
                }
            }
            _ => false,
        }
    }

    /// The forward sweep: the loop itself, with what its iterations leave for the reverse sweep.
    fn loop_forward(
        &mut self,
        repeated: &'a Loop<'a>,
        tape: Option<&mut Vec<(Ident, Store)>>,
    ) -> TokenStream {
        let outer = std::mem::take(&mut self.frame);
        let body = self.forward(&repeated.body);
        let Frame { hoisted, kept, .. } = std::mem::replace(&mut self.frame, outer);
        let head = self.head(&repeated.head);
        let mut pushes = TokenStream::new();
        if let Some(tape) = tape {
            if let LoopHead::For(source) = &repeated.head {
                let mut counters = Vec::new();
                collect_counters(source, &mut counters);
                for counter in counters {
                    if self.used.contains(&(counter, 0)) {
                        tape.push((self.key_name((counter, 0)), Store::Index));
                    }
                }
            }
            for (name, store) in kept {
                if !tape.iter().any(|(other, _)| *other == name) {
                    tape.push((name, store));
                }
            }
            let runtime = &self.runtime;
            let stack = tape_name();
            let count = self.key_name((repeated.id, 0));
            pushes.extend(quote!(#count += 1;));
            for (name, store) in tape {
                pushes.extend(match store {
                    Store::Number => quote!(#stack.push(#name);),
                    Store::Float => {
                        let number = &self.number;
                        quote!(#stack.push(#runtime::constant::<#number>(#name));)
                    }
                    Store::Index => quote!(#stack.push_index(#name);),
                });
            }
        }
        quote!(#head { #hoisted #body #pushes })
    }

    fn taped(
        &mut self,
        repeated: &'a Loop<'a>,
        steps: &[&'a Step<'a>],
        everything: &Facts<'a>,
        out: &mut TokenStream,
    ) {
        let (hidden, hidden_ids) = (self.hidden.clone(), self.hidden_ids.clone());
        self.hidden.extend(&everything.bound);
        self.hidden_ids.extend(&everything.ids);
        let before_arrays = self.bars.clone();
        let body = self.way_reversed(steps);
        let end = self.settle(&before_arrays);
        self.hidden = hidden;
        self.hidden_ids = hidden_ids;
        let mut tape = Vec::new();
        let forward = self.loop_forward(repeated, Some(&mut tape));
        if body.is_empty() && tape.is_empty() {
            self.loops.insert(repeated.id, forward);
            return;
        }
        self.needs_tape = true;
        self.used.insert((repeated.id, 0));
        let count = self.key_name((repeated.id, 0));
        let stack = tape_name();
        let pops = tape.iter().rev().map(|(name, store)| match store {
            Store::Number => quote!(let #name = #stack.pop();),
            Store::Float => {
                let runtime = &self.runtime;
                quote!(let #name = #runtime::Scalar::primal(#stack.pop());)
            }
            Store::Index => quote!(let #name = #stack.pop_index();),
        });
        out.extend(quote!(for _ in 0..#count { #(#pops)* #body #end }));
        self.loops.insert(repeated.id, forward);
    }

    /// Steps whose arrays have their adjoints here.
    pub fn way_reversed(&mut self, steps: &[&'a Step<'a>]) -> TokenStream {
        let mut out = TokenStream::new();
        for step in steps {
            if let Step::LetArray { variable, content } = step {
                let (bar, zeros) = (self.bar_name(*variable), self.zeros(content));
                out.extend(quote!(let mut #bar = #zeros;));
                self.bars.insert(*variable, super::Bar::Live);
            }
        }
        let body = self.reverse(steps);
        quote!(#out #body)
    }
}

pub fn tape_name() -> Ident {
    crate::number::internal("tape")
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
