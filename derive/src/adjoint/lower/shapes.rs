//! How values are made of numbers, as far as types, arithmetic and the way they are written say.

use super::{Lowered, Lowering, unknown};
use crate::adjoint::form::*;
use crate::adjoint::outputs::Outputs;
use crate::function::Function;
use crate::tree::*;
use crate::vocabulary::signature;

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
                    numbers.extend(
                        [left, right]
                            .into_iter()
                            .filter_map(|side| fixed_part(side)),
                    );
                }
                // Its elements are of one type.
                Shape::Array(nodes) if nodes.iter().any(|node| node.kind.is_number()) => {
                    numbers.extend(nodes.iter().filter_map(fixed_part));
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

    /// How an argument is made of numbers.
    pub fn argument_shape(&mut self, node: &'a Node) -> Lowered<Outputs> {
        let node = argument_value(node);
        if let Some(shape) = self.known_shape(node) {
            return Ok(shape);
        }
        match &node.shape {
            Shape::Array(nodes) if !nodes.is_empty() => {
                let first = self.argument_shape(&nodes[0])?;
                for node in &nodes[1..] {
                    if self.argument_shape(node)? != first {
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
pub fn argument_value(node: &Node) -> &Node {
    match &node.bare().shape {
        Shape::Reference {
            is_mutable: false,
            target,
        } => target.bare(),
        _ => node.bare(),
    }
}

/// A variable, or a part of one with a fixed position.
pub fn fixed_part(node: &Node) -> Option<(Variable, Vec<Member>)> {
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
    let (root, mut path) = fixed_part(base)?;
    path.push(member);
    Some((root, path))
}

/// The parts of variables that stand where results are.
fn numbers_at(node: &Node, result: &Outputs, numbers: &mut Vec<(Variable, Vec<Member>)>) {
    match (result, &node.bare().shape) {
        (Outputs::Number, _) => numbers.extend(fixed_part(node)),
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
