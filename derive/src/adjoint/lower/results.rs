//! Calls of annotated functions that take arrays of numbers or give several: what the function gives cannot be seen from
//! here, but how the result is used can.

use std::collections::BTreeMap;

use proc_macro2::Span;

use super::shapes::{argument_value, content, fixed_part};
use super::{Lowered, Lowering, unknown};
use crate::adjoint::form::*;
use crate::callee::{Callee, callee};
use crate::kind::Kind;
use crate::tree::*;

/// More directions than these are not carried through a call.
const MOST_LANES: usize = 24;

type Parts = Vec<(Vec<Member>, Variable)>;

impl<'a> Lowering<'a> {
    /// Whether the value of the call goes to a pattern as more than one number, or as one that is made of arrays.
    pub fn gives_compound(&self, pattern: &Pattern, call: &Call) -> bool {
        if call.local.is_some() || !matches!(callee(&call.function), Callee::Annotated) {
            return false;
        }
        match &pattern.shape {
            PatternShape::Bind { variable, .. } => {
                self.kinds[*variable] == Kind::Lifted && !self.scalars.contains(variable)
            }
            PatternShape::Tuple(_) | PatternShape::Slice(_) => true,
            _ => false,
        }
    }

    /// `let pattern = call(..);`
    pub fn bind_call(&mut self, pattern: &'a Pattern, call: &'a Call) -> Lowered<()> {
        if let PatternShape::Bind {
            variable,
            is_reference: false,
            inner: None,
        } = &pattern.shape
        {
            let parts = self.used_parts(*variable)?;
            if self.mutable.contains(variable) {
                self.mutable.extend(parts.iter().map(|(_, part)| *part));
            }
            self.open.insert(*variable, parts.clone());
            return self.called(call, Some(*variable), parts);
        }
        let mut parts = Parts::new();
        self.bound_parts(pattern, &mut Vec::new(), &mut parts)?;
        self.called(call, None, parts)
    }

    /// What a pattern takes out of the result.
    fn bound_parts(
        &mut self,
        pattern: &'a Pattern,
        path: &mut Vec<Member>,
        parts: &mut Parts,
    ) -> Lowered<()> {
        let (inner, member): (_, fn(usize) -> Member) = match &pattern.shape {
            PatternShape::Ignore => return Ok(()),
            PatternShape::Bind {
                variable,
                is_reference: false,
                inner: None,
            } if self.scalars.contains(variable) || self.kinds[*variable] == Kind::Number => {
                parts.push((path.clone(), *variable));
                return Ok(());
            }
            PatternShape::Bind { .. } => {
                return unknown(
                    syn::spanned::Spanned::span(&pattern.original),
                    "a part of a result of which arithmetic does not say that it is a number",
                );
            }
            PatternShape::Tuple(inner) => (inner, Member::Component),
            PatternShape::Slice(inner) => (inner, Member::Element),
            _ => {
                return unknown(
                    syn::spanned::Spanned::span(&pattern.original),
                    "this pattern for the result of a call",
                );
            }
        };
        for (position, inner) in inner.iter().enumerate() {
            if matches!(inner.shape, PatternShape::Rest) {
                return unknown(
                    syn::spanned::Spanned::span(&pattern.original),
                    "`..` in a pattern",
                );
            }
            path.push(member(position));
            self.bound_parts(inner, path, parts)?;
            path.pop();
        }
        Ok(())
    }

    /// The numbers in the variable, as far as it is only used by parts with fixed positions.
    fn used_parts(&mut self, variable: Variable) -> Lowered<Parts> {
        let mut paths: Vec<(Vec<Member>, usize)> = Vec::new();
        let mut other = None;
        self.body.root.walk(&mut |part| {
            let Part::Node(node) = part else { return };
            if matches!(node.shape, Shape::Group(_)) {
                return;
            }
            if let Some((root, path)) = fixed_part(node) {
                if root == variable {
                    match paths.iter_mut().find(|(known, _)| *known == path) {
                        Some((_, count)) => *count += 1,
                        None => paths.push((path, 1)),
                    }
                }
            } else {
                let mut mentioned = Default::default();
                node.mentions(&mut mentioned);
                if mentioned.contains(&variable) {
                    other.get_or_insert(node.span);
                }
            }
        });
        if let Some(span) = other {
            return unknown(span, "a result of a call that is used as a whole");
        }
        // A part that is taken apart everywhere is no number; one that is nowhere is.
        let mut parts = Parts::new();
        let counts: BTreeMap<_, _> = paths
            .iter()
            .map(|(path, count)| (key(path), *count))
            .collect();
        for (path, count) in &paths {
            let deeper: usize = counts
                .iter()
                .filter(|(other, _)| other.len() == path.len() + 1 && other.starts_with(&key(path)))
                .map(|(_, count)| count)
                .sum();
            match deeper {
                0 if self.numbers.contains(&(variable, path.clone())) => {
                    parts.push((path.clone(), self.fresh()));
                }
                deeper if deeper == *count => {}
                _ => {
                    return unknown(
                        Span::call_site(),
                        "a result of a call that is used as a whole",
                    );
                }
            }
        }
        Ok(parts)
    }

    /// The parts of a value that is nothing else, in their order.
    pub fn divided_parts(&self, node: &Node) -> Option<Vec<Variable>> {
        let (root, path) = fixed_part(node)?;
        let parts = self
            .open
            .get(&root)
            .filter(|_| self.divided.contains(&root))?;
        let parts = parts.iter().filter(|(known, _)| known.starts_with(&path));
        Some(parts.map(|(_, variable)| *variable).collect())
    }

    /// The variable that the part of a call's result is.
    pub fn opened(&self, node: &Node) -> Option<Variable> {
        let (root, path) = fixed_part(node)?;
        let parts = self.open.get(&root)?;
        parts
            .iter()
            .find(|(known, _)| *known == path)
            .map(|(_, variable)| *variable)
    }

    /// The call, whose results go to variables.
    pub fn called(
        &mut self,
        call: &'a Call,
        variable: Option<Variable>,
        results: Parts,
    ) -> Lowered<()> {
        let mut leaves = Vec::new();
        let mut shapes = Vec::new();
        for argument in &call.arguments {
            if argument.kind.is_active() {
                let is_reference = matches!(argument.kind, Kind::Reference(_));
                let shape = self.argument_shape(argument)?;
                self.leaves(argument_value(argument), &shape, &mut leaves)?;
                shapes.push((is_reference, shape));
            } else {
                self.evaluated_again(self.passive(argument)?)?;
            }
        }
        let mut values = self.of_leaves(leaves)?.into_iter();
        let arguments: Vec<_> = shapes
            .iter()
            .filter_map(|(is_reference, shape)| {
                Some(Given {
                    is_reference: *is_reference,
                    content: content(shape, &mut values)?,
                })
            })
            .collect();
        let numbers: usize = arguments.iter().map(Given::numbers).sum();
        if numbers > MOST_LANES {
            return unknown(
                syn::spanned::Spanned::span(&call.function),
                "a call that takes too many numbers",
            );
        }
        let id = self.id();
        self.steps.push(Step::Call(Called {
            id,
            call,
            arguments,
            variable,
            results,
        }));
        Ok(())
    }
}

fn key(path: &[Member]) -> Vec<(usize, usize)> {
    let key = |member: &Member| match member {
        Member::Element(position) => (0, *position),
        Member::Component(position) => (1, *position),
    };
    path.iter().map(key).collect()
}
