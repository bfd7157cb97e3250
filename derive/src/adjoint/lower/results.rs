//! Calls of annotated functions that take arrays of numbers or give several: what the function gives cannot be seen from
//! here, but how the result is used can.

use std::collections::BTreeMap;

use proc_macro2::Span;

use super::{Lowered, Lowering, unknown};
use crate::adjoint::form::*;
use crate::adjoint::outputs::Outputs;
use crate::adjoint::survey::mentions;
use crate::check::{Callee, callee};
use crate::kind::Kind;
use crate::parse::Function;
use crate::tree::*;
use crate::vocabulary::signature;
use crate::walk::Part;

/// More directions than these are not carried through a call.
const MOST_LANES: usize = 24;

type Parts = Vec<(Vec<Member>, Variable)>;

impl<'a> Lowering<'a> {
    /// The shapes of the parameters.
    pub fn note_shapes(&mut self, function: &Function) {
        let body = self.body;
        for (parameter, pattern) in function.parameters.iter().zip(&body.parameters) {
            let ty = match &parameter.ty {
                syn::Type::Reference(reference) => &*reference.elem,
                ty => ty,
            };
            if let (PatternShape::Bind { variable, .. }, Some(shape)) =
                (&pattern.shape, Outputs::of_type(ty))
            {
                self.shapes.insert(*variable, shape);
            }
        }
    }

    pub fn note_shape(&mut self, variable: Variable, content: &Content) {
        if let Some(shape) = shape_of(content) {
            self.shapes.insert(variable, shape);
        }
    }

    /// The parts of open values that are known to be numbers: what is computed with, and results of the function.
    pub fn note_numbers(&mut self, result: Option<&Outputs>) {
        let mut numbers = Vec::new();
        let body = self.body;
        let mut ends: Vec<&Node> = body.root.tail.as_deref().into_iter().collect();
        body.root.walk(&mut |part| {
            let Part::Node(node) = part else { return };
            match &node.shape {
                Shape::Binary { left, right, .. } => {
                    numbers.extend([left, right].into_iter().filter_map(|side| chain(side)));
                }
                // Its elements are of one type.
                Shape::Array(nodes) if nodes.iter().any(|node| node.kind.is_number()) => {
                    numbers.extend(nodes.iter().filter_map(chain));
                }
                Shape::Return {
                    value: Some(value),
                    target: None,
                } => ends.push(value),
                _ => {}
            }
        });
        if let Some(result) = result {
            for end in ends {
                numbers_at(end, result, &mut numbers);
            }
        }
        for (variable, path) in &numbers {
            if path.is_empty() {
                self.scalars.insert(*variable);
            }
        }
        self.numbers = numbers;
    }

    /// Whether the node is known to be a number, whatever the function gave that it comes from.
    pub fn is_number(&self, node: &Node) -> bool {
        match &node.bare().shape {
            _ if node.kind.is_number() => true,
            // Counters are computed with, too.
            Shape::Local { variable, .. } => {
                self.scalars.contains(variable) && self.kinds[*variable].is_active()
            }
            Shape::Index { .. } | Shape::Field { .. } => self.opened(node).is_some(),
            // The operators of structs do not carry over.
            Shape::Binary { .. } | Shape::Negate(_) => node.kind.is_active(),
            Shape::Method(method) => {
                signature(&method.name.to_string()).is_some() && self.is_number(&method.receiver)
            }
            _ => false,
        }
    }

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
            if let Some((root, path)) = chain(node) {
                if root == variable {
                    match paths.iter_mut().find(|(known, _)| *known == path) {
                        Some((_, count)) => *count += 1,
                        None => paths.push((path, 1)),
                    }
                }
            } else {
                let mut mentioned = Default::default();
                mentions(node, &mut mentioned);
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
        let (root, path) = chain(node)?;
        let parts = self
            .open
            .get(&root)
            .filter(|_| self.divided.contains(&root))?;
        let parts = parts.iter().filter(|(known, _)| known.starts_with(&path));
        Some(parts.map(|(_, variable)| *variable).collect())
    }

    /// The variable that the part of a call's result is.
    pub fn opened(&self, node: &Node) -> Option<Variable> {
        let (root, path) = chain(node)?;
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
                let shape = self.shape(argument)?;
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
        if numbers(&arguments) > MOST_LANES {
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

    /// How an argument is made of numbers.
    fn shape(&mut self, node: &'a Node) -> Lowered<Outputs> {
        let node = argument_value(node);
        if let Some(shape) = self.known_shape(node) {
            return Ok(shape);
        }
        match &node.shape {
            Shape::Array(nodes) if !nodes.is_empty() => {
                let first = self.shape(&nodes[0])?;
                for node in &nodes[1..] {
                    if self.shape(node)? != first {
                        return unknown(node.span, "an array of unequal elements");
                    }
                }
                return Ok(Outputs::Array(nodes.len(), Box::new(first)));
            }
            _ if !node.kind.is_active() || self.is_number(node) => return Ok(Outputs::Number),
            Shape::Local { .. } | Shape::Index { .. } => {}
            _ => return unknown(node.span, "an argument that is not written out"),
        }
        let view = self.tried(|this| this.view(node))?;
        let known = self.shapes.get(&view.place.variable).cloned();
        let shape = known.and_then(|known| {
            let mut indices = view.place.indices.iter();
            indices.try_fold(known, |shape, _| match shape {
                Outputs::Array(_, element) => Some(*element),
                _ => None,
            })
        });
        match shape {
            Some(shape) if view.offset.is_empty() => Ok(shape),
            _ => unknown(node.span, "an argument whose length is not known"),
        }
    }
}

/// The argument without the `&` before it.
fn argument_value(node: &Node) -> &Node {
    match &node.bare().shape {
        Shape::Reference {
            is_mutable: false,
            target,
        } => target.bare(),
        _ => node.bare(),
    }
}

/// A variable, or a part of one with a fixed position.
fn chain(node: &Node) -> Option<(Variable, Vec<Member>)> {
    let (base, member) = match &node.bare().shape {
        Shape::Local { variable, .. } => return Some((*variable, Vec::new())),
        Shape::Index { base, index } => {
            let Shape::Literal { tokens, .. } = &index.bare().shape else {
                return None;
            };
            (base, Member::Element(tokens.to_string().parse().ok()?))
        }
        Shape::Field {
            base,
            member: syn::Member::Unnamed(index),
        } => (base, Member::Component(index.index as usize)),
        _ => return None,
    };
    let (root, mut path) = chain(base)?;
    path.push(member);
    Some((root, path))
}

/// The parts of variables that stand where results are.
fn numbers_at(node: &Node, result: &Outputs, numbers: &mut Vec<(Variable, Vec<Member>)>) {
    match (result, &node.bare().shape) {
        (Outputs::Number, _) => numbers.extend(chain(node)),
        (Outputs::Array(length, element), Shape::Array(nodes)) if nodes.len() == *length => {
            for node in nodes {
                numbers_at(node, element, numbers);
            }
        }
        (Outputs::Tuple(parts), Shape::Tuple(nodes)) if nodes.len() == parts.len() => {
            for (node, part) in nodes.iter().zip(parts) {
                numbers_at(node, part, numbers);
            }
        }
        _ => {}
    }
}

fn key(path: &[Member]) -> Vec<(usize, usize)> {
    let key = |member: &Member| match member {
        Member::Element(position) => (0, *position),
        Member::Component(position) => (1, *position),
    };
    path.iter().map(key).collect()
}

fn shape_of(content: &Content) -> Option<Outputs> {
    match content {
        Content::Element(_) => Some(Outputs::Number),
        Content::Array(parts) => Some(Outputs::Array(
            parts.len(),
            Box::new(shape_of(parts.first()?)?),
        )),
        Content::Repeat(part, length) => {
            let Shape::Literal { tokens, .. } = &length.bare().shape else {
                return None;
            };
            let length = tokens.to_string().trim_end_matches("usize").parse().ok()?;
            Some(Outputs::Array(length, Box::new(shape_of(part)?)))
        }
        Content::Vector(..) | Content::Copy(_) | Content::Empty(_) => None,
    }
}

pub fn content<'a>(
    shape: &Outputs,
    values: &mut impl Iterator<Item = Formula<'a>>,
) -> Option<Content<'a>> {
    match shape {
        Outputs::Number => values.next().map(Content::Element),
        Outputs::Array(length, element) => (0..*length)
            .map(|_| content(element, values))
            .collect::<Option<_>>()
            .map(Content::Array),
        Outputs::Tuple(_) => None,
    }
}

/// How many numbers go into a call.
pub fn numbers(arguments: &[Given]) -> usize {
    fn count(content: &Content) -> usize {
        match content {
            Content::Element(_) => 1,
            Content::Array(parts) => parts.iter().map(count).sum(),
            _ => 0,
        }
    }
    arguments.iter().map(|given| count(&given.content)).sum()
}
