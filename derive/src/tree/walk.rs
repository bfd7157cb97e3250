//! The parts of a node, all of them.

use super::*;

/// A part of a node.
#[derive(Clone, Copy)]
pub enum Part<'a> {
    Node(&'a Node),
    Block(&'a Block),
    Pattern(&'a Pattern),
}

impl Node {
    /// Shows the parts of which the node is made directly.
    pub fn each_part<'a>(&'a self, show: &mut dyn FnMut(Part<'a>)) {
        match &self.shape {
            Shape::Literal { .. }
            | Shape::Local { .. }
            | Shape::Path(_)
            | Shape::Infer
            | Shape::Values { .. }
            | Shape::Opaque { .. }
            | Shape::Continue(_) => {}
            Shape::Group(inner)
            | Shape::Negate(inner)
            | Shape::Not(inner)
            | Shape::Dereference(inner)
            | Shape::Reference { target: inner, .. }
            | Shape::Cast { value: inner, .. }
            | Shape::Field { base: inner, .. }
            | Shape::Try(inner)
            | Shape::Vector { content: inner, .. } => show(Part::Node(inner)),
            Shape::Binary { left, right, .. } => {
                show(Part::Node(left));
                show(Part::Node(right));
            }
            Shape::Assign { place, value } | Shape::AssignBy { place, value, .. } => {
                show(Part::Node(place));
                show(Part::Node(value));
            }
            Shape::Index { base, index } => {
                show(Part::Node(base));
                show(Part::Node(index));
            }
            Shape::Range { start, end, .. } => {
                for bound in [start, end].into_iter().flatten() {
                    show(Part::Node(bound));
                }
            }
            Shape::Array(nodes) | Shape::Tuple(nodes) => {
                nodes.iter().for_each(|node| show(Part::Node(node)));
            }
            Shape::Repeat { element, length } => {
                show(Part::Node(element));
                show(Part::Node(length));
            }
            Shape::Struct(literal) => {
                for (_, value) in &literal.fields {
                    show(Part::Node(value));
                }
                if let Some(rest) = &literal.rest {
                    show(Part::Node(rest));
                }
            }
            Shape::Closure(closure) => show(Part::Node(&closure.body)),
            Shape::Call(call) => {
                call.arguments
                    .iter()
                    .for_each(|argument| show(Part::Node(argument)));
            }
            Shape::Method(method) => {
                show(Part::Node(&method.receiver));
                method
                    .arguments
                    .iter()
                    .for_each(|argument| show(Part::Node(argument)));
            }
            Shape::Message(message) => {
                for (_, argument) in &message.arguments {
                    show(Part::Node(argument));
                }
            }
            Shape::Block { block, .. } => show(Part::Block(block)),
            Shape::If {
                condition,
                then,
                otherwise,
            } => {
                show(Part::Node(condition));
                show(Part::Block(then));
                if let Some(otherwise) = otherwise {
                    show(Part::Node(otherwise));
                }
            }
            Shape::Let { pattern, value } => {
                show(Part::Pattern(pattern));
                show(Part::Node(value));
            }
            Shape::Match(choice) => {
                show(Part::Node(&choice.scrutinee));
                for arm in &choice.arms {
                    show(Part::Pattern(&arm.pattern));
                    if let Some(guard) = &arm.guard {
                        show(Part::Node(guard));
                    }
                    show(Part::Node(&arm.body));
                }
            }
            Shape::While {
                condition, body, ..
            } => {
                show(Part::Node(condition));
                show(Part::Block(body));
            }
            Shape::Loop { body, .. } => show(Part::Block(body)),
            Shape::For {
                pattern,
                source,
                body,
                ..
            } => {
                show(Part::Pattern(pattern));
                show(Part::Node(source));
                show(Part::Block(body));
            }
            Shape::Break { value, .. } | Shape::Return { value, .. } => {
                if let Some(value) = value {
                    show(Part::Node(value));
                }
            }
        }
    }

    /// Shows the node and all that is in it, outermost first.
    pub fn walk<'a>(&'a self, show: &mut dyn FnMut(Part<'a>)) {
        Part::Node(self).walk(show);
    }

    /// Whether the node or something in it is so.
    pub fn any(&self, test: &mut dyn FnMut(&Node) -> bool) -> bool {
        let mut found = false;
        self.walk(&mut |part| {
            if let Part::Node(node) = part {
                found |= test(node);
            }
        });
        found
    }
}

impl Block {
    pub fn walk<'a>(&'a self, show: &mut dyn FnMut(Part<'a>)) {
        Part::Block(self).walk(show);
    }

    fn each_part<'a>(&'a self, show: &mut dyn FnMut(Part<'a>)) {
        for statement in &self.statements {
            statement.each_part(show);
        }
        if let Some(tail) = &self.tail {
            show(Part::Node(tail));
        }
    }
}

impl Statement {
    pub fn each_part<'a>(&'a self, show: &mut dyn FnMut(Part<'a>)) {
        match self {
            Statement::Item(_) => {}
            Statement::Expression { node, .. } => show(Part::Node(node)),
            Statement::Let(binding) => {
                show(Part::Pattern(&binding.pattern));
                if let Some(value) = &binding.value {
                    show(Part::Node(value));
                }
                if let Some(otherwise) = &binding.otherwise {
                    show(Part::Block(otherwise));
                }
            }
        }
    }
}

impl Pattern {
    /// Shows each variable that the pattern binds, with the pattern of its name.
    pub fn each_variable<'a>(&'a self, show: &mut dyn FnMut(Variable, &'a syn::Pat)) {
        match &self.shape {
            PatternShape::Bind {
                variable, inner, ..
            } => {
                show(*variable, &self.original);
                if let Some(inner) = inner {
                    inner.each_variable(show);
                }
            }
            PatternShape::Tuple(parts) | PatternShape::Slice(parts) | PatternShape::Or(parts) => {
                parts.iter().for_each(|part| part.each_variable(show));
            }
            PatternShape::Reference(inner) | PatternShape::Wrapper { inner, .. } => {
                inner.each_variable(show);
            }
            PatternShape::Struct { fields, .. } => {
                fields
                    .iter()
                    .for_each(|(_, field)| field.each_variable(show));
            }
            PatternShape::Plain { bindings } => {
                bindings
                    .iter()
                    .for_each(|variable| show(*variable, &self.original));
            }
            PatternShape::Ignore | PatternShape::Rest | PatternShape::Constant => {}
        }
    }
}

impl<'a> Part<'a> {
    pub fn walk(self, show: &mut dyn FnMut(Part<'a>)) {
        show(self);
        self.each_part(&mut |part| part.walk(show));
    }

    pub fn each_part(self, show: &mut dyn FnMut(Part<'a>)) {
        match self {
            Part::Node(node) => node.each_part(show),
            Part::Block(block) => block.each_part(show),
            Part::Pattern(_) => {}
        }
    }
}
