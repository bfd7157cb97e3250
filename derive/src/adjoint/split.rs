//! Arrays of which every element is named by a fixed position: each element becomes a variable of its own, so that what a
//! row of a Jacobian does not depend on is not there at all.

use std::collections::{BTreeMap, BTreeSet};

use super::form::*;
use super::lower::Program;
use super::outputs::Outputs;
use super::regularity;
use super::survey::Facts;
use super::walk::{each_formula_mut, each_place, each_step};
use crate::function::Function;
use crate::kind::Kind;
use crate::names::internal;
use crate::tree::{Body, PatternShape, Shape, Variable};

/// Splits the inputs and the local arrays, where it can.
pub fn split<'a>(function: &Function, body: &Body, mut program: Program<'a>) -> Program<'a> {
    let facts = Facts::of(&program.steps);
    let mentioned = facts.mentioned();
    let inputs = inputs(function, body, &program);
    let mut others = BTreeSet::new();
    let mut candidates = inputs.clone();
    let mut copies = Vec::new();
    each_step(&program.steps, &mut |step| match step {
        Step::LetArray {
            variable, content, ..
        } => {
            let is_seen = program.mutable.contains(variable) && mentioned.contains(variable);
            let shape = match content {
                Content::Copy(copied) => {
                    copies.push((*variable, &copied.place));
                    shape_of_copy(copied, &candidates)
                }
                content => shape(content),
            };
            match shape {
                Some(shape) if !is_seen && !candidates.contains_key(variable) => {
                    candidates.insert(*variable, shape);
                }
                _ => _ = others.insert(*variable),
            }
        }
        Step::View {
            seen: Seen::Place(place) | Seen::Window(place, _) | Seen::Chunk(place, _),
            ..
        } if !inputs.contains_key(&place.variable) => {
            others.insert(place.variable);
        }
        _ => {}
    });
    each_place(&program.steps, &mut |place| {
        let is_whole = candidates
            .get(&place.variable)
            .is_none_or(|shape| place.fixed_path().is_some_and(|path| reaches(shape, &path)));
        let is_copied = || {
            copies
                .iter()
                .any(|(_, source)| std::ptr::eq(*source, place))
        };
        if !is_whole && !is_copied() {
            others.insert(place.variable);
        }
    });
    // An array is whole where its copy is: a copy that is declared later may have one of its own.
    for (variable, source) in copies.iter().rev() {
        if others.contains(variable) {
            others.insert(source.variable);
        }
    }
    candidates.retain(|variable, _| !others.contains(variable));
    let mut pieces = BTreeMap::new();
    for (variable, shape) in &candidates {
        let is_mutable = program.mutable.contains(variable);
        let elements = elements(&mut program, shape, is_mutable);
        pieces.insert(*variable, elements);
    }
    let mut steps = std::mem::take(&mut program.steps);
    let mut splitting = Splitting {
        pieces: &pieces,
        ids: &mut program.ids,
    };
    splitting.steps(&mut steps);
    let mut prologue = Vec::new();
    for (variable, elements) in pieces {
        if inputs.contains_key(&variable) {
            let place = Place {
                variable,
                indices: Vec::new(),
            };
            read_all(place, &elements, &mut program.ids, &mut prologue);
            program.pieces.insert(variable, elements);
        }
    }
    program.prologue = prologue.len();
    prologue.append(&mut steps);
    program.steps = prologue;
    program
}

/// The inputs that are arrays of known lengths, and do not change.
fn inputs(function: &Function, body: &Body, program: &Program) -> BTreeMap<Variable, Outputs> {
    let mut inputs = BTreeMap::new();
    for (parameter, pattern) in function.parameters.iter().zip(&body.parameters) {
        let (PatternShape::Bind { variable, .. }, Some(_)) = (&pattern.shape, &parameter.input)
        else {
            continue;
        };
        let ty = match &parameter.ty {
            syn::Type::Reference(reference) => &*reference.elem,
            ty => ty,
        };
        if let Some(shape @ Outputs::Array(..)) = Outputs::of_type(ty)
            && !program.mutable.contains(variable)
        {
            inputs.insert(*variable, shape);
        }
    }
    inputs
}

/// The shape of what is copied, if that is an array that may be split, or a fixed part of one.
fn shape_of_copy(copied: &Copied, known: &BTreeMap<Variable, Outputs>) -> Option<Outputs> {
    if copied.node.is_some() || copied.has_start {
        return None;
    }
    let mut shape = known.get(&copied.place.variable)?;
    for position in copied.place.fixed_path()? {
        match shape {
            Outputs::Array(length, element) if position < *length => shape = element,
            _ => return None,
        }
    }
    matches!(shape, Outputs::Array(..)).then(|| shape.clone())
}

/// The shape of an array that is written out.
fn shape(content: &Content) -> Option<Outputs> {
    let (length, first) = match content {
        Content::Element(_) => return Some(Outputs::Number),
        Content::Array(parts) => {
            let first = shape(parts.first()?)?;
            let are_equal = parts[1..]
                .iter()
                .all(|part| shape(part).as_ref() == Some(&first));
            return are_equal.then(|| Outputs::Array(parts.len(), Box::new(first)));
        }
        Content::Repeat(part, length) if !is_active(part) => (length, shape(part)?),
        _ => return None,
    };
    let Shape::Literal { tokens, .. } = &length.bare().shape else {
        return None;
    };
    let length: usize = tokens.to_string().trim_end_matches("usize").parse().ok()?;
    (length <= LONGEST).then(|| Outputs::Array(length, Box::new(first)))
}

fn is_active(content: &Content) -> bool {
    match content {
        Content::Element(value) => regularity::is_active(value),
        Content::Array(parts) => parts.iter().any(is_active),
        _ => false,
    }
}

/// Beyond it a repeated element stays in its array.
const LONGEST: usize = 32;

fn reaches(shape: &Outputs, path: &[usize]) -> bool {
    match (shape, path) {
        (Outputs::Number, []) => true,
        (Outputs::Array(length, element), [first, rest @ ..]) => {
            first < length && reaches(element, rest)
        }
        _ => false,
    }
}

fn elements(program: &mut Program, shape: &Outputs, is_mutable: bool) -> Elements {
    match shape {
        Outputs::Array(length, element) => Elements::Array(
            (0..*length)
                .map(|_| elements(program, element, is_mutable))
                .collect(),
        ),
        _ => {
            let variable = program.names.len();
            program.names.push(internal(&format!("t{variable}")));
            program.kinds.push(Kind::Number);
            if is_mutable {
                program.mutable.insert(variable);
            }
            Elements::Variable(variable)
        }
    }
}

/// Steps that take the elements out of an array.
fn read_all<'a>(place: Place<'a>, elements: &Elements, ids: &mut usize, steps: &mut Vec<Step<'a>>) {
    match elements {
        Elements::Variable(variable) => steps.push(Step::Let {
            variable: *variable,
            value: Formula {
                id: next(ids),
                shape: FormulaShape::Read(place),
            },
        }),
        Elements::Array(parts) => {
            for (position, part) in parts.iter().enumerate() {
                let mut place = place.clone();
                place.indices.push(Index {
                    id: next(ids),
                    terms: vec![Term::Fixed(position)],
                });
                read_all(place, part, ids, steps);
            }
        }
    }
}

fn next(ids: &mut usize) -> Id {
    *ids += 1;
    *ids - 1
}

struct Splitting<'p> {
    pieces: &'p BTreeMap<Variable, Elements>,
    ids: &'p mut usize,
}

impl Splitting<'_> {
    fn steps<'a>(&mut self, steps: &mut Vec<Step<'a>>) {
        for mut step in std::mem::take(steps) {
            match &mut step {
                Step::Branch(branch) => branch.ways.iter_mut().for_each(|way| self.steps(way)),
                Step::Loop(repeated) => self.steps(&mut repeated.body),
                _ => {}
            }
            each_formula_mut(&mut step, &mut |formula| {
                if let FormulaShape::Read(place) = &mut formula.shape {
                    self.place(place);
                }
            });
            match &mut step {
                Step::Set { place, .. } | Step::Add { place, .. } => self.place(place),
                Step::Swap { places, .. } => {
                    places.iter_mut().for_each(|place| self.place(place));
                }
                _ => {}
            }
            match step {
                Step::LetArray {
                    variable, content, ..
                } if self.pieces.contains_key(&variable) => {
                    let elements = self.pieces[&variable].clone();
                    self.declare(&elements, content, steps);
                    steps.push(Step::View {
                        variable,
                        seen: Seen::Elements(elements),
                    });
                }
                step => steps.push(step),
            }
        }
    }

    fn place(&self, place: &mut Place) {
        let Some(elements) = self.pieces.get(&place.variable) else {
            return;
        };
        let path = place.fixed_path().unwrap_or_default();
        let piece = path.iter().fold(elements, |elements, at| match elements {
            Elements::Array(parts) => &parts[*at],
            whole => whole,
        });
        if let Elements::Variable(variable) = piece {
            place.variable = *variable;
            place.indices.clear();
        }
    }

    fn declare<'a>(
        &mut self,
        elements: &Elements,
        content: Content<'a>,
        steps: &mut Vec<Step<'a>>,
    ) {
        match (elements, content) {
            (Elements::Variable(variable), Content::Element(value)) => steps.push(Step::Let {
                variable: *variable,
                value,
            }),
            (Elements::Array(parts), Content::Array(contents)) => {
                for (part, content) in parts.iter().zip(contents) {
                    self.declare(part, content, steps);
                }
            }
            (elements, Content::Copy(copied)) => {
                let start = steps.len();
                read_all(copied.place, elements, self.ids, steps);
                for step in &mut steps[start..] {
                    if let Step::Let { value, .. } = step
                        && let FormulaShape::Read(place) = &mut value.shape
                    {
                        self.place(place);
                    }
                }
            }
            (Elements::Array(parts), Content::Repeat(content, _)) => {
                for part in parts {
                    let copy = self.copy(&content);
                    self.declare(part, copy, steps);
                }
            }
            _ => {}
        }
    }

    /// What is repeated is plain.
    fn copy<'a>(&mut self, content: &Content<'a>) -> Content<'a> {
        match content {
            Content::Element(value) => Content::Element(Formula {
                id: next(self.ids),
                shape: match value.shape {
                    FormulaShape::Constant(node) => FormulaShape::Constant(node),
                    _ => FormulaShape::Zero,
                },
            }),
            Content::Array(parts) => {
                Content::Array(parts.iter().map(|part| self.copy(part)).collect())
            }
            Content::Repeat(part, length) => Content::Repeat(Box::new(self.copy(part)), length),
            // What has no written length is not split.
            Content::Vector(..) | Content::Copy(_) | Content::Empty(_) => Content::Empty(None),
        }
    }
}
