//! Values of several numbers whose shape is known here: they are taken apart to a variable for each number.

use std::collections::BTreeMap;

use syn::spanned::Spanned;

use super::several::Leaf;
use super::{Lowered, Lowering, MOST_VALUES, Tail, unknown};
use crate::adjoint::form::*;
use crate::adjoint::outputs::Outputs;
use crate::kind::Kind;
use crate::tree::*;

impl<'a> Lowering<'a> {
    /// How the value is made of numbers, as far as can be seen.
    pub fn known_shape(&self, node: &'a Node) -> Option<Outputs> {
        let node = node.bare();
        match &node.shape {
            Shape::Reference {
                is_mutable: false,
                target: inner,
            }
            | Shape::Dereference(inner) => self.known_shape(inner),
            _ if self.is_number(node) => Some(Outputs::Number),
            Shape::Array(_) | Shape::Repeat { .. } if !node.kind.is_active() => {
                self.written_shape(node)
            }
            _ if !node.kind.is_active() => is_float(node).then_some(Outputs::Number),
            Shape::Local { variable, .. } => {
                let Some(view) = self.views.get(variable) else {
                    return self.shapes.get(variable).cloned();
                };
                let whole = self.shapes.get(&view.place.variable)?.clone();
                let mut indices = view.place.indices.iter();
                let shape = indices.try_fold(whole, |shape, _| element(shape))?;
                view.offset.is_empty().then_some(shape)
            }
            Shape::Index { base, index } => match &index.bare().shape {
                Shape::Range { .. } => None,
                _ => element(self.known_shape(base)?),
            },
            Shape::Field {
                base,
                member: syn::Member::Unnamed(index),
            } => match self.known_shape(base)? {
                Outputs::Tuple(parts) => parts.into_iter().nth(index.index as usize),
                _ => None,
            },
            Shape::Array(_) | Shape::Repeat { .. } => self.written_shape(node),
            Shape::Tuple(nodes) => {
                let parts = nodes.iter().map(|node| self.known_shape(node));
                parts.collect::<Option<_>>().map(Outputs::Tuple)
            }
            Shape::Method(method) => match (&*method.name.to_string(), &method.arguments[..]) {
                ("clone", []) => self.known_shape(&method.receiver),
                ("map", [_]) if node.kind == Kind::sequence(Kind::Number) => {
                    let whole = self.known_shape(&method.receiver)?;
                    (element(whole.clone())? == Outputs::Number).then_some(whole)
                }
                _ => None,
            },
            Shape::Call(call) => {
                let index = self.closure_of(call)?;
                let closure = self.closures.get(&index)?;
                self.known_shape(&closure.body)
            }
            Shape::Block { block, .. } => self.known_shape(block.tail.as_deref()?),
            Shape::If {
                then,
                otherwise: Some(otherwise),
                ..
            } => {
                let then = then.tail.as_deref().and_then(|tail| self.known_shape(tail));
                then.or_else(|| self.known_shape(otherwise))
            }
            Shape::Match(choice) => {
                let mut arms = choice.arms.iter();
                arms.find_map(|arm| self.known_shape(&arm.body))
            }
            _ => None,
        }
    }

    fn written_shape(&self, node: &'a Node) -> Option<Outputs> {
        match &node.shape {
            Shape::Array(nodes) => {
                let shapes: Option<Vec<_>> =
                    nodes.iter().map(|node| self.known_shape(node)).collect();
                let shapes = shapes?;
                let first = shapes.first()?;
                let are_equal = shapes.iter().all(|shape| shape == first);
                are_equal.then(|| Outputs::Array(nodes.len(), Box::new(first.clone())))
            }
            Shape::Repeat { element, length } => {
                let element = self.known_shape(element)?;
                Some(Outputs::Array(fixed_length(length)?, Box::new(element)))
            }
            _ => None,
        }
    }

    /// The closure that is called.
    pub fn closure_of(&self, call: &Call) -> Option<usize> {
        match *self.kinds[call.local?].target() {
            Kind::Closure(index) => Some(index),
            _ => None,
        }
    }

    /// Whether the node is a place already.
    pub fn is_place(&self, node: &'a Node) -> bool {
        match &node.shape {
            Shape::Group(inner)
            | Shape::Dereference(inner)
            | Shape::Reference {
                is_mutable: false,
                target: inner,
            } => self.is_place(inner),
            Shape::Index { .. } | Shape::Field { .. } if self.opened(node).is_some() => true,
            Shape::Local { variable, .. } => {
                self.views.contains_key(variable) || self.is_root(*variable)
            }
            Shape::Index { base, .. } => self.is_place(base),
            Shape::Method(method) => {
                let is_view = ["as_slice", "as_ref"]
                    .iter()
                    .any(|name| method.name == name);
                is_view && method.arguments.is_empty() && self.is_place(&method.receiver)
            }
            _ => false,
        }
    }

    /// The numbers of the value, each in a variable of its own.
    pub fn taken_apart(&mut self, node: &'a Node, shape: &Outputs) -> Lowered<Vec<Variable>> {
        let bare = node.bare();
        let call = match &bare.shape {
            Shape::Call(call) => self.closure_of(call).map(|index| (call, index)),
            _ => None,
        };
        let has_ways = matches!(
            bare.shape,
            Shape::If { .. } | Shape::Match(_) | Shape::Block { label: None, .. }
        );
        if call.is_none() && !has_ways {
            let mut leaves = Vec::new();
            self.leaves(bare, shape, &mut leaves)?;
            let values = self.of_leaves(leaves)?;
            return Ok(values
                .into_iter()
                .map(|value| self.spilled(value))
                .collect());
        }
        let closure = match call {
            Some((call, index)) => Some(self.bind_arguments(bare, index, &call.arguments)?),
            None => None,
        };
        let variables: Vec<_> = (0..shape.count()).map(|_| self.fresh()).collect();
        for variable in &variables {
            self.steps.push(Step::Declare(*variable));
        }
        let tail = Tail::Parts(self.targets.len());
        self.targets.push((shape.clone(), variables.clone()));
        match closure {
            Some(closure) => self.inlined_body(closure, tail)?,
            None => self.value_into(bare, tail)?,
        }
        Ok(variables)
    }

    /// The end of one way to a value of several numbers.
    pub fn finish_parts(&mut self, node: &'a Node, target: usize) -> Lowered<()> {
        let (shape, variables) = self.targets[target].clone();
        let mut leaves = Vec::new();
        self.leaves(node, &shape, &mut leaves)?;
        let values = self.of_leaves(leaves)?;
        for (variable, value) in variables.into_iter().zip(values) {
            self.steps.push(Step::Set {
                place: Place {
                    variable,
                    indices: Vec::new(),
                },
                value,
                is_first: true,
            });
        }
        Ok(())
    }

    /// What a pattern takes out of numbers of this shape.
    pub fn bind_shape(
        &mut self,
        pattern: &'a Pattern,
        shape: &Outputs,
        numbers: &mut impl Iterator<Item = Variable>,
    ) -> Lowered<()> {
        let parts: Vec<&Outputs> = match shape {
            Outputs::Number => Vec::new(),
            Outputs::Array(length, element) => vec![&**element; *length],
            Outputs::Tuple(parts) => parts.iter().collect(),
        };
        match (&pattern.shape, shape) {
            (PatternShape::Ignore, _) => {
                numbers.take(shape.count()).for_each(drop);
                Ok(())
            }
            (PatternShape::Reference(inner), _) => self.bind_shape(inner, shape, numbers),
            (PatternShape::Bind { .. }, Outputs::Number) => {
                let Some(number) = numbers.next() else {
                    return unknown(pattern.original.span(), "a pattern of more parts");
                };
                let value = self.read_of(number);
                self.bind_formula(pattern, value)
            }
            (
                PatternShape::Bind {
                    variable,
                    is_reference: false,
                    inner: None,
                },
                Outputs::Array(..),
            ) => {
                let values: Vec<_> = numbers.take(shape.count()).collect();
                let mut values = values
                    .into_iter()
                    .map(|number| self.read_of(number))
                    .collect::<Vec<_>>()
                    .into_iter();
                if let Some(content) = super::shapes::content(shape, &mut values) {
                    self.let_array(*variable, content);
                }
                Ok(())
            }
            (
                PatternShape::Bind {
                    variable,
                    is_reference: false,
                    inner: None,
                },
                Outputs::Tuple(_),
            ) => {
                let parts: Vec<_> = numbers.take(shape.count()).collect();
                self.divide(*variable, shape, parts);
                Ok(())
            }
            (PatternShape::Tuple(patterns), Outputs::Tuple(_))
            | (PatternShape::Slice(patterns), Outputs::Array(..))
                if patterns.len() == parts.len() =>
            {
                for (pattern, part) in patterns.iter().zip(parts) {
                    self.bind_shape(pattern, part, numbers)?;
                }
                Ok(())
            }
            _ => unknown(pattern.original.span(), "this pattern for several numbers"),
        }
    }

    /// A variable that stands for its parts alone.
    fn divide(&mut self, variable: Variable, shape: &Outputs, parts: Vec<Variable>) {
        let mut paths = Vec::new();
        each_path(shape, &mut Vec::new(), &mut paths);
        self.shapes.insert(variable, shape.clone());
        self.divided.insert(variable);
        if !self.mutable.contains(&variable) {
            let parts = paths.into_iter().zip(parts).collect();
            self.open.insert(variable, parts);
            return;
        }
        // In a closure that is called again, text means the same variables again.
        let own = match self.open.get(&variable) {
            Some(parts) => parts.iter().map(|(_, part)| *part).collect(),
            None => parts.iter().map(|_| self.fresh()).collect::<Vec<_>>(),
        };
        for (own, part) in own.iter().zip(parts) {
            self.mutable.insert(*own);
            let value = self.read_of(part);
            self.steps.push(Step::Let {
                variable: *own,
                value,
            });
        }
        let parts = paths.into_iter().zip(own).collect();
        self.open.insert(variable, parts);
    }

    /// The parts of values that text may mention, each with its variable.
    pub fn texts(&self) -> BTreeMap<*const Node, Variable> {
        let mut texts = self.spelled.clone();
        self.body.root.walk(&mut |part| {
            if let Part::Node(node) = part
                && let Some(variable) = self.opened(node)
            {
                texts.insert(std::ptr::from_ref(node), variable);
            }
        });
        texts
    }

    /// `place = value` of several numbers: all are there before the first is overwritten.
    pub fn assign_whole(&mut self, place: &'a Node, value: &'a Node) -> Lowered<()> {
        let shape = match self.known_shape(place) {
            Some(shape) => shape,
            None => return unknown(place.span, "a whole array that is assigned"),
        };
        if self.ids > MOST_VALUES {
            return unknown(place.span, "a body that is too large");
        }
        let values = self.taken_apart(value, &shape)?;
        let mut leaves = Vec::new();
        self.leaves(place, &shape, &mut leaves)?;
        for (leaf, value) in leaves.into_iter().zip(values) {
            let place = match leaf {
                Leaf::Place(place) => place,
                Leaf::Node(node) => self.place(node)?,
                Leaf::Mapped(..) => return unknown(place.span, "an assignment to a value"),
            };
            let value = self.read_of(value);
            self.steps.push(Step::Set {
                place,
                value,
                is_first: false,
            });
        }
        Ok(())
    }
}

fn element(shape: Outputs) -> Option<Outputs> {
    match shape {
        Outputs::Array(_, element) => Some(*element),
        _ => None,
    }
}

pub fn fixed_length(length: &Node) -> Option<usize> {
    match &length.bare().shape {
        Shape::Literal { tokens, .. } => {
            let text = tokens.to_string();
            text.trim_end_matches("usize").parse().ok()
        }
        _ => None,
    }
}

fn each_path(shape: &Outputs, path: &mut Vec<Member>, paths: &mut Vec<Vec<Member>>) {
    let parts: Vec<(Member, &Outputs)> = match shape {
        Outputs::Number => return paths.push(path.clone()),
        Outputs::Array(length, element) => (0..*length)
            .map(|at| (Member::Element(at), &**element))
            .collect(),
        Outputs::Tuple(parts) => parts
            .iter()
            .enumerate()
            .map(|(at, part)| (Member::Component(at), part))
            .collect(),
    };
    for (member, part) in parts {
        path.push(member);
        each_path(part, path, paths);
        path.pop();
    }
}

/// A plain float, as far as can be seen.
pub fn is_float(node: &Node) -> bool {
    match &node.bare().shape {
        Shape::Literal { is_float, .. } => *is_float,
        Shape::Negate(inner) => is_float(inner),
        Shape::Binary { left, right, .. } => is_float(left) || is_float(right),
        Shape::Cast { ty, .. } => crate::kind::is_float(ty).is_some(),
        Shape::Method(method) => is_float(&method.receiver),
        _ => false,
    }
}
