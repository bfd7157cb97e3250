//! Which steps run both sweeps at once: what comes after them has been reversed before they begin.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, Frame};
use crate::adjoint::form::*;
use crate::adjoint::regularity::is_active;
use crate::adjoint::survey::Facts;
use crate::tree::Variable;

impl<'a> Emitter<'a> {
    /// Both sweeps of steps whose outer adjoints are known when they begin.
    pub fn seeded(&mut self, steps: &'a [Step<'a>]) -> TokenStream {
        self.note_calls(steps);
        let fused = self.fused(steps);
        let Some(&first) = fused.first() else {
            let all: Vec<_> = steps.iter().collect();
            let declared = self.arrays(&all, true);
            let reverse = self.reverse(&all);
            let forward = self.forward(steps);
            return quote!(#forward #declared #reverse);
        };
        let later = Facts::of(fused[1..].iter().map(|position| &steps[*position]));
        let open = opened(&steps[first..], &later);
        let after = early(steps, &fused, &open);
        let all: Vec<_> = steps.iter().collect();
        let declared = self.arrays(&all, true);
        let mut early = self.reverse(&after);
        let fused_steps: Vec<_> = fused.iter().map(|position| &steps[*position]).collect();
        self.materialize(&fused_steps, &mut early);
        for step in &fused_steps {
            self.both_sweeps(step);
        }
        self.bars.retain(|variable, _| !open.contains(variable));
        let before: Vec<_> = steps[..first].iter().collect();
        let late = self.reverse(&before);
        let head = self.forward(&steps[..first]);
        let rest = self.forward(&steps[first..]);
        quote!(#head #declared #early #rest #late)
    }

    /// The positions of the steps that can be fused.
    pub fn fused(&self, steps: &'a [Step<'a>]) -> Vec<usize> {
        let mut fused: Vec<usize> = Vec::new();
        for position in (0..steps.len()).rev() {
            let facts = Facts::of_one(&steps[position]);
            let is_candidate = match &steps[position] {
                Step::Loop(_) => !facts.has_result && accumulates(&facts),
                Step::Branch(_) => facts.has_loop || facts.has_result,
                _ => false,
            };
            if is_candidate && self.can_be_fused(steps, position, &fused) {
                fused.insert(0, position);
            }
        }
        fused
    }

    fn can_be_fused(&self, steps: &'a [Step<'a>], position: usize, fused: &[usize]) -> bool {
        for later in fused {
            let late = Facts::of_one(&steps[*later]);
            let open = opened(&steps[position..*later], &late);
            for (between, step) in steps[..*later].iter().enumerate().skip(position) {
                let is_open = declared(step).is_some_and(|variable| open.contains(&variable));
                if !fused.contains(&between) && !is_open && !may_swap(&Facts::of_one(step), &late) {
                    return false;
                }
            }
        }
        let after: Vec<_> = (position + 1..steps.len())
            .filter(|other| !fused.contains(other))
            .map(|other| &steps[other])
            .collect();
        let mut trial = self.clone();
        trial.used.clear();
        trial.reprinted.clear();
        // An array that is declared later has no adjoint yet.
        if after
            .iter()
            .any(|step| matches!(step, Step::LetArray { .. }))
        {
            return false;
        }
        for step in &steps[..position] {
            if let Step::LetArray { variable, .. } = step {
                trial.bars.insert(*variable, super::Bar::Live);
            }
        }
        trial.frame = Frame::default();
        trial.reverse(&after);
        let defined = Facts::of(&steps[position..]);
        trial.used.iter().all(|(id, _)| !defined.ids.contains(id))
            && trial.reprinted.is_disjoint(&defined.bound)
            && trial.reprinted.is_disjoint(&defined.set)
    }

    fn both_sweeps(&mut self, step: &'a Step<'a>) {
        let outer = self.bars.clone();
        match step {
            Step::Loop(repeated) => {
                let frame = std::mem::take(&mut self.frame);
                let mut carries = self.carries(repeated);
                self.sum_up(&mut carries);
                self.note_covered(repeated, &carries);
                let (before, after) = self.around(&carries);
                let carries_around = std::mem::replace(&mut self.carries_now, carries);
                let body = self.seeded(&repeated.body);
                self.carries_now = carries_around;
                let end = self.settle(&outer);
                let hoisted = std::mem::replace(&mut self.frame, frame).hoisted;
                let (head, leave) = (self.head(&repeated.head), self.leave(repeated));
                self.loops.insert(
                    repeated.id,
                    quote!(#before #head { #hoisted #body #end #leave } #after),
                );
            }
            Step::Branch(branch) => {
                let ways: Vec<_> = branch
                    .ways
                    .iter()
                    .map(|way| {
                        let frame = std::mem::take(&mut self.frame);
                        let body = self.seeded(way);
                        let end = self.settle(&outer);
                        let hoisted = std::mem::replace(&mut self.frame, frame).hoisted;
                        quote!(#hoisted #body #end)
                    })
                    .collect();
                let tokens = self.ways(&branch.head, &ways);
                self.loops.insert(branch.id, tokens);
            }
            _ => {}
        }
    }
}

/// The steps beside those that are fused, from the first of these on, whose reverse sweep comes before they run. Of what is
/// `open` it waits until they have.
pub fn early<'s, 'a>(
    steps: &'s [Step<'a>],
    fused: &[usize],
    open: &BTreeSet<Variable>,
) -> Vec<&'s Step<'a>> {
    let comes_early = |position: &usize| {
        let declared = declared(&steps[*position]);
        !fused.contains(position) && declared.is_none_or(|variable| !open.contains(&variable))
    };
    let positions = fused.first().map_or(0, |first| first + 1)..steps.len();
    positions
        .filter(comes_early)
        .map(|position| &steps[position])
        .collect()
}

/// The variable that the step declares with nothing that has an adjoint.
fn declared(step: &Step) -> Option<Variable> {
    match step {
        Step::Declare(variable) => Some(*variable),
        Step::Let { variable, value } if !is_active(value) => Some(*variable),
        _ => None,
    }
}

/// What the steps declare for a later one that is fused: its adjoint must wait until that one has run.
pub fn opened(steps: &[Step], late: &Facts) -> BTreeSet<Variable> {
    let touched = [&late.read, &late.set, &late.added];
    let is_touched = |variable: &Variable| touched.iter().any(|set| set.contains(variable));
    let declared = steps.iter().filter_map(declared);
    declared
        .filter(|variable| is_touched(variable) && !late.bound.contains(variable))
        .collect()
}

/// Whether the reverse sweep of a step may come before that of a later one: neither contributes to an adjoint that the
/// other hands on.
fn may_swap(early: &Facts, late: &Facts) -> bool {
    let [read, set, added] = [&late.read, &late.set, &late.added].map(|set| late.outer(set));
    let is_apart = |variables: &BTreeSet<Variable>, others: [&BTreeSet<Variable>; 3]| {
        others.iter().all(|others| variables.is_disjoint(others))
    };
    is_apart(&read, [&early.bound, &early.set, &early.added])
        && is_apart(&added, [&early.bound, &early.set, &early.read])
        && is_apart(&set, [&early.bound, &early.set, &early.added])
        && set.is_disjoint(&early.read)
}

/// Whether steps only add to what is outside of them, and do not read it.
pub fn accumulates(facts: &Facts) -> bool {
    let (set, added) = (facts.outer(&facts.set), facts.outer(&facts.added));
    set.is_empty() && added.is_disjoint(&facts.read)
}
