//! Arrays and `Vec`s that the body makes: written out, copied, collected, mapped, or begun empty.

use super::parts::is_float;
use super::{Lowered, Lowering, unknown};
use crate::adjoint::form::*;
use crate::adjoint::outputs::Outputs;
use crate::callee::is_empty_container;
use crate::kind::Kind;
use crate::tree::*;

/// Up to so many elements an array of known shape is made element by element.
const LONGEST_WRITTEN: usize = 32;

impl<'a> Lowering<'a> {
    /// `let variable = node;` of a sequence of numbers.
    pub fn bind_array(&mut self, variable: Variable, node: &'a Node) -> Lowered<()> {
        if let Shape::Method(method) = &node.bare().shape
            && method.name == "collect"
        {
            return self.collected(variable, node, method);
        }
        let content = self.content(node)?;
        self.let_array(variable, content);
        Ok(())
    }

    pub fn let_array(&mut self, variable: Variable, content: Content<'a>) {
        self.note_shape(variable, &content);
        let id = self.id();
        self.steps.push(Step::LetArray {
            variable,
            content,
            id,
        });
    }

    /// The items of a chain, one after another.
    fn collected(&mut self, variable: Variable, node: &'a Node, method: &'a Method) -> Lowered<()> {
        if node.kind != Kind::sequence(Kind::Number) {
            return unknown(node.span, "a collection of anything but numbers");
        }
        self.let_array(variable, Content::Empty(None));
        self.each_item(&method.receiver, &mut |this, item| {
            this.steps.push(Step::Push {
                place: Place {
                    variable,
                    indices: Vec::new(),
                },
                content: Content::Element(item),
            });
            Ok(())
        })
    }

    pub fn content(&mut self, node: &'a Node) -> Lowered<Content<'a>> {
        if let Some(content) = self.written(node)? {
            return Ok(content);
        }
        match &node.bare().shape {
            Shape::Array(elements) => {
                let start = self.steps.len();
                // They are of one type: a plain element beside a number is a float.
                let are_floats = elements.iter().any(|element| self.is_number(element));
                let elements = elements
                    .iter()
                    .map(|element| match are_floats {
                        true => Ok(Content::Element(self.formula(element)?)),
                        false => self.content(element),
                    })
                    .collect::<Lowered<_>>()?;
                if self.steps.len() > start {
                    return unknown(node.span, "elements that need steps of their own");
                }
                Ok(Content::Array(elements))
            }
            Shape::Repeat { element, length } => {
                if element.kind.is_active() && !self.is_number(element) {
                    return unknown(node.span, "an array of several differentiated values");
                }
                let element = self.content(element)?;
                Ok(Content::Repeat(Box::new(element), self.passive(length)?))
            }
            Shape::Vector { path, content } => {
                let content = self.content(content)?;
                Ok(Content::Vector(path, Box::new(content)))
            }
            Shape::Call(call) if is_empty_container(&call.function) => Ok(Content::Empty(Some(
                self.without_effect(self.passive(node)?)?,
            ))),
            Shape::Method(method) if method.arguments.is_empty() => {
                let name = method.name.to_string();
                match name.as_str() {
                    "clone" => self.copied(&method.receiver, None),
                    "to_vec" | "to_owned" => self.copied(&method.receiver, Some(node)),
                    _ => unknown(node.span, "an array that is not written out"),
                }
            }
            Shape::Local { .. } | Shape::Index { .. } | Shape::Dereference(_)
                if matches!(node.kind.target(), Kind::Sequence(_)) =>
            {
                self.copied(node, None)
            }
            _ if self.is_number(node) || !node.kind.is_active() && is_float(node) => {
                Ok(Content::Element(self.formula(node)?))
            }
            _ => unknown(node.span, "an array that is not written out"),
        }
    }

    /// The elements one by one, if their number is known and not large.
    fn written(&mut self, node: &'a Node) -> Lowered<Option<Content<'a>>> {
        if !node.kind.is_active() || matches!(node.bare().shape, Shape::Repeat { .. }) {
            return Ok(None);
        }
        let Some(shape) = self.known_shape(node) else {
            return Ok(None);
        };
        if matches!(shape, Outputs::Number) || shape.count() > LONGEST_WRITTEN {
            return Ok(None);
        }
        let mut leaves = Vec::new();
        self.leaves(node, &shape, &mut leaves)?;
        let mut values = self.of_leaves(leaves)?.into_iter();
        Ok(super::shapes::content(&shape, &mut values))
    }

    /// A copy of what is there now. `node`: what the user wrote, where that makes a `Vec`.
    fn copied(&mut self, source: &'a Node, node: Option<&'a Node>) -> Lowered<Content<'a>> {
        let view = self.view(self.evaluated_again(source)?)?;
        let view = self.frozen(view);
        let (mut place, has_start) = (view.place, !view.offset.is_empty());
        if has_start {
            if node.is_none() {
                return unknown(source.span, "a copy of a part");
            }
            let id = self.id();
            let terms = view.offset;
            place.indices.push(Index { id, terms });
        }
        Ok(Content::Copy(Copied {
            node,
            place,
            has_start,
        }))
    }
}
