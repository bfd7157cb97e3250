//! Arrays of which every element is named by a fixed position: each element becomes a variable of its own, so that what a
//! row of a Jacobian does not depend on is not there at all.

use std::collections::{BTreeMap, BTreeSet};

use super::form::*;
use super::lower::{Program, fixed_path};
use super::outputs::Outputs;
use super::places::{each_formula_mut, each_place, each_step};
use super::survey::{self, Facts};
use crate::kind::Kind;
use crate::number::internal;
use crate::parse::Function;
use crate::tree::{Body, PatternShape, Shape, Variable};

/// Splits the inputs and the local arrays, where it can.
pub fn split<'a>(function: &Function, body: &Body, mut program: Program<'a>) -> Program<'a> {
    let facts = Facts::of(&program.steps);
    let mentioned = facts.mentioned();
    let mut others = BTreeSet::new();
    let mut candidates = BTreeMap::new();
    each_step(&program.steps, &mut |step| match step {
        Step::LetArray {
            variable, content, ..
        } => {
            let is_seen = program.mutable.contains(variable) && mentioned.contains(variable);
            match shape(content) {
                Some(shape) if !is_seen && !candidates.contains_key(variable) => {
                    candidates.insert(*variable, shape);
                }
                _ => _ = others.insert(*variable),
            }
        }
        Step::View {
            seen: Seen::Place(place) | Seen::Window(place, _) | Seen::Chunk(place, _),
            ..
        } => {
            others.insert(place.variable);
        }
        _ => {}
    });
    let locals: BTreeSet<Variable> = candidates.keys().copied().collect();
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
            others.remove(variable);
            candidates.insert(*variable, shape);
        }
    }
    each_place(&program.steps, &mut |place| {
        let is_whole = candidates
            .get(&place.variable)
            .is_none_or(|shape| fixed_path(place).is_some_and(|path| reaches(shape, &path)));
        if !is_whole {
            others.insert(place.variable);
        }
    });
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
        if !locals.contains(&variable) {
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
        Content::Element(value) => survey::is_active(value),
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
            if let Step::Set { place, .. } | Step::Add { place, .. } = &mut step {
                self.place(place);
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
        let path = fixed_path(place).unwrap_or_default();
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
