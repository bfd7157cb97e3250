//! What steps read, write and define: the facts that the schedule rests on.

use std::collections::BTreeSet;

use super::form::*;
use super::regularity::{is_singular, shows_in};
use crate::tree::{Call, Node, Part, Pattern, Statement, Target, Variable};

#[derive(Default)]
pub struct Facts<'a> {
    /// The variables that steps contribute to in reverse: those that they read.
    pub read: BTreeSet<Variable>,
    /// Overwritten, so that what comes before has another adjoint.
    pub set: BTreeSet<Variable>,
    pub added: BTreeSet<Variable>,
    /// Bound here, plain ones among them.
    pub bound: BTreeSet<Variable>,
    pub ids: BTreeSet<Id>,
    /// The plain nodes, in no order that matters.
    pub nodes: Vec<&'a Node>,
    pub has_loop: bool,
    pub has_result: bool,
    pub has_arrays: bool,
    /// Whether a slope may be infinite or NaN where the values are not.
    pub is_singular: bool,
}

impl<'a> Facts<'a> {
    pub fn of<'s>(steps: impl IntoIterator<Item = &'s Step<'a>>) -> Self
    where
        'a: 's,
    {
        let mut facts = Self::default();
        steps.into_iter().for_each(|step| facts.step(step));
        facts
    }

    pub fn of_one(step: &Step<'a>) -> Self {
        let mut facts = Self::default();
        facts.step(step);
        facts
    }

    /// The variables of outside.
    pub fn outer(&self, variables: &BTreeSet<Variable>) -> BTreeSet<Variable> {
        variables.difference(&self.bound).copied().collect()
    }

    /// All variables in plain nodes.
    pub fn mentioned(&self) -> BTreeSet<Variable> {
        let mut mentioned = BTreeSet::new();
        for node in &self.nodes {
            node.walk(&mut |part| {
                if let Part::Node(node) = part {
                    node.mentions(&mut mentioned);
                }
            });
        }
        mentioned
    }

    fn steps(&mut self, steps: &[Step<'a>]) {
        steps.iter().for_each(|step| self.step(step));
    }

    fn step(&mut self, step: &Step<'a>) {
        match step {
            Step::Plain(plain) => self.plain(plain),
            Step::Declare(variable) => _ = self.bound.insert(*variable),
            Step::Let { variable, value } => {
                self.bound.insert(*variable);
                self.formula(value);
            }
            Step::LetArray {
                variable,
                content,
                id,
            } => {
                self.ids.insert(*id);
                self.bound.insert(*variable);
                self.has_arrays = true;
                self.content(content);
            }
            Step::Push { place, content } => {
                self.set.insert(place.variable);
                self.indices(place);
                self.content(content);
            }
            Step::Swap { places, .. } => {
                for place in places {
                    self.set.insert(place.variable);
                    self.indices(place);
                }
            }
            Step::View { variable, seen } => {
                self.bound.insert(*variable);
                match seen {
                    Seen::Value(node) => self.nodes.push(node),
                    Seen::Place(place) => self.indices(place),
                    Seen::Elements(_) => {}
                    Seen::Window(place, size) | Seen::Chunk(place, size) => {
                        self.indices(place);
                        self.nodes.push(size);
                    }
                }
            }
            Step::Set {
                place,
                value,
                is_first,
            } => {
                // What overflowed may have been overwritten: then no slope of it counts. In a product of itself it still shows.
                let shows = place.indices.is_empty() && shows_in(place.variable, value);
                self.is_singular |= !is_first && !shows;
                self.set.insert(place.variable);
                self.indices(place);
                self.formula(value);
            }
            Step::Add { place, value, .. } => {
                self.added.insert(place.variable);
                self.indices(place);
                self.formula(value);
            }
            Step::Index { id, node } => {
                self.ids.insert(*id);
                self.nodes.push(node);
            }
            Step::Flag(id) => _ = self.ids.insert(*id),
            Step::Raise(_) => {}
            Step::Branch(branch) => {
                self.ids.insert(branch.id);
                self.is_singular = true;
                match &branch.head {
                    Head::Flag(_) => {}
                    Head::IfLet(pattern, node) => {
                        self.pattern(pattern);
                        self.nodes.push(node);
                    }
                    Head::If(node) => self.condition(node),
                    Head::Match(node, arms, _) => {
                        self.nodes.push(node);
                        for arm in *arms {
                            self.pattern(&arm.pattern);
                            self.nodes.extend(&arm.guard);
                        }
                    }
                }
                branch.ways.iter().for_each(|way| self.steps(way));
            }
            Step::Loop(repeated) => {
                self.ids.insert(repeated.id);
                self.has_loop = true;
                match &repeated.head {
                    LoopHead::While(node) => self.condition(node),
                    LoopHead::Forever => {}
                    LoopHead::For(source) => self.source(source),
                }
                self.steps(&repeated.body);
            }
            Step::Result(value) => {
                self.has_result = true;
                self.formula(value);
            }
            Step::Outputs(values) => {
                self.has_result = true;
                values.iter().for_each(|value| self.formula(value));
            }
            Step::Call(called) => self.called(called),
        }
    }

    fn called(&mut self, called: &Called<'a>) {
        self.is_singular = true;
        self.ids.insert(called.id);
        self.bound.extend(called.variable);
        self.bound
            .extend(called.results.iter().map(|(_, variable)| *variable));
        for given in &called.arguments {
            self.content(&given.content);
        }
        self.nodes.extend(plain_arguments(called.call));
    }

    fn plain(&mut self, plain: &Plain<'a>) {
        match plain {
            Plain::Statement(Statement::Item(_)) => {}
            Plain::Statement(statement) => statement.each_part(&mut |part| match part {
                Part::Node(node) => self.nodes.push(node),
                Part::Pattern(pattern) => self.pattern(pattern),
                Part::Block(block) => block.walk(&mut |part| {
                    if let Part::Node(node) = part {
                        self.nodes.push(node);
                    }
                }),
            }),
            Plain::Expression(node) => self.nodes.push(node),
            Plain::Type(..) => {}
            Plain::Binding(pattern, _, node) => {
                self.pattern(pattern);
                self.nodes.push(node);
            }
        }
    }

    /// It may bind variables: `if let Some(k) = next`.
    pub fn condition(&mut self, node: &'a Node) {
        self.nodes.push(node);
        node.walk(&mut |part| {
            if let Part::Pattern(pattern) = part {
                self.pattern(pattern);
            }
        });
    }

    fn pattern(&mut self, pattern: &'a Pattern) {
        pattern.each_variable(&mut |variable, _| _ = self.bound.insert(variable));
    }

    pub fn source(&mut self, source: &Source<'a>) {
        match source {
            Source::Plain { node, pattern } => {
                self.nodes.push(node);
                pattern.iter().for_each(|pattern| self.pattern(pattern));
            }
            Source::Elements {
                sequence,
                counter,
                groups,
            } => {
                self.ids.insert(*counter);
                self.nodes.push(sequence);
                if let Groups::Windows(node) | Groups::Chunks(node) | Groups::ExactChunks(node) =
                    groups
                {
                    self.nodes.push(node);
                }
            }
            Source::Zip(left, right) => {
                self.source(left);
                self.source(right);
            }
            Source::Enumerate(inner, pattern) => {
                self.source(inner);
                pattern.iter().for_each(|pattern| self.pattern(pattern));
            }
            Source::Adapted(inner, _, count) => {
                self.source(inner);
                self.nodes.extend(count);
            }
        }
    }

    fn indices(&mut self, place: &Place<'a>) {
        for index in &place.indices {
            self.ids.insert(index.id);
            for term in &index.terms {
                if let Term::Plain(node) = term {
                    self.nodes.push(node);
                }
            }
        }
    }

    fn content(&mut self, content: &Content<'a>) {
        match content {
            Content::Element(value) => self.formula(value),
            Content::Array(parts) => parts.iter().for_each(|part| self.content(part)),
            Content::Repeat(part, length) => {
                self.content(part);
                self.nodes.push(length);
            }
            Content::Vector(_, part) => self.content(part),
            Content::Copy(copied) => {
                self.read.insert(copied.place.variable);
                self.indices(&copied.place);
                self.nodes.extend(copied.node);
            }
            Content::Empty(node) => self.nodes.extend(node),
        }
    }

    fn formula(&mut self, formula: &Formula<'a>) {
        self.ids.insert(formula.id);
        self.is_singular |= is_singular(formula);
        match &formula.shape {
            FormulaShape::Constant(node) => self.nodes.push(node),
            FormulaShape::EmptySum | FormulaShape::Zero | FormulaShape::One => {}
            FormulaShape::Read(place) => {
                self.read.insert(place.variable);
                self.indices(place);
            }
            FormulaShape::Negate(inner) => self.formula(inner),
            FormulaShape::Operator(_, left, right) => {
                self.formula(left);
                self.formula(right);
            }
            FormulaShape::Function { arguments, .. } => {
                arguments.iter().for_each(|argument| self.formula(argument));
            }
            FormulaShape::Power { base, exponent, .. } => {
                self.formula(base);
                self.nodes.push(exponent);
            }
            FormulaShape::Call { callee, numbers } => {
                numbers.iter().for_each(|number| self.formula(number));
                if let Target::Call(call) = callee {
                    self.nodes.extend(plain_arguments(call));
                }
            }
        }
    }
}

fn plain_arguments(call: &Call) -> impl Iterator<Item = &Node> {
    let arguments = call.arguments.iter();
    arguments.filter(|argument| !argument.kind.is_active())
}
