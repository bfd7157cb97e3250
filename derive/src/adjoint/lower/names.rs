//! Names that several variables have: blocks and closures lose their bounds here.

use std::collections::{BTreeMap, BTreeSet};

use syn::Pat;
use syn::spanned::Spanned;
use syn::visit::Visit;

use super::{Lowered, Lowering, unknown};
use crate::tree::*;

impl<'a> Lowering<'a> {
    /// The variables whose names others have as well, which are renamed.
    pub fn ambiguous_names(&self) -> BTreeSet<Variable> {
        let mut by_name: BTreeMap<String, Vec<Variable>> = BTreeMap::new();
        for (variable, name) in self
            .names
            .iter()
            .enumerate()
            .take(self.body.variables.len())
        {
            if *name != "__chainrule_unnamed" {
                by_name.entry(name.to_string()).or_default().push(variable);
            }
        }
        // A parameter keeps its name, which the signature of the function has.
        let mut parameters = BTreeSet::new();
        for pattern in &self.body.parameters {
            pattern.each_variable(&mut |variable, _| _ = parameters.insert(variable));
        }
        by_name
            .into_values()
            .filter(|variables| variables.len() > 1)
            .flatten()
            .filter(|variable| !parameters.contains(variable))
            .collect()
    }

    /// Refuses patterns beyond the language that give a name which another variable has as well: they stay as they are.
    pub fn distinct_names(&self) -> Lowered<()> {
        let names = self.names.iter().take(self.body.variables.len());
        let mut taken: BTreeSet<String> = names.map(ToString::to_string).collect();
        let (mut all, mut of_arms) = (Vec::new(), Vec::new());
        for pattern in self
            .body
            .signatures
            .iter()
            .flat_map(|each| &each.parameters)
        {
            all.extend(whole(pattern));
        }
        self.body.root.walk(&mut |part| match part {
            Part::Pattern(pattern) => all.extend(whole(pattern)),
            Part::Node(Node {
                shape: Shape::Match(choice),
                ..
            }) => of_arms.extend(choice.arms.iter().flat_map(|arm| whole(&arm.pattern))),
            _ => {}
        });
        let is_arm = |pattern: &Pat| of_arms.iter().any(|arm| std::ptr::eq(*arm, pattern));
        let (arms, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| is_arm(one));
        // What an arm binds is seen in that arm alone, unless closures bring other names there.
        let has_closures = !self.body.signatures.is_empty();
        for (patterns, are_arms) in [(others, false), (arms, !has_closures)] {
            for pattern in patterns {
                for name in bound(pattern) {
                    let is_new = match are_arms {
                        true => !taken.contains(&name),
                        false => taken.insert(name),
                    };
                    if !is_new {
                        return unknown(pattern.span(), "a name that is used twice, in a pattern");
                    }
                }
            }
        }
        Ok(())
    }
}

/// The patterns in it whose variables have no names of their own.
fn whole(pattern: &Pattern) -> Vec<&Pat> {
    let mut patterns: Vec<&Pat> = Vec::new();
    pattern.each_variable(&mut |_, original| {
        let is_known = patterns.iter().any(|other| std::ptr::eq(*other, original));
        if !is_known && !matches!(original, Pat::Ident(_)) {
            patterns.push(original);
        }
    });
    patterns
}

fn bound(pattern: &Pat) -> BTreeSet<String> {
    struct Names(BTreeSet<String>);
    impl Visit<'_> for Names {
        fn visit_pat_ident(&mut self, binding: &syn::PatIdent) {
            self.0.insert(binding.ident.to_string());
            syn::visit::visit_pat_ident(self, binding);
        }
    }
    let mut names = Names(BTreeSet::new());
    names.visit_pat(pattern);
    names.0
}
