//! Where in an array a loop is: the index that counts its rounds, and what others are from there.

use proc_macro2::TokenStream;
use quote::ToTokens;

use super::Emitter;
use crate::adjoint::form::*;
use crate::adjoint::walk::each_read;
use crate::tree::{Node, Pattern, PatternShape, Shape, Variable};

/// The position of a loop that counts up by one.
#[derive(PartialEq)]
pub enum Position {
    Counter(Id),
    Variable(Variable),
}

impl<'a> Emitter<'a> {
    /// The round of a loop that counts from zero, as an index.
    pub fn round(&self, repeated: &'a Loop<'a>, source: &Source) -> Option<TokenStream> {
        match position(source)? {
            Position::Counter(counter) => Some(self.key_name((counter, 0)).into_token_stream()),
            Position::Variable(variable) => {
                let Source::Plain { node, .. } = source else {
                    return None;
                };
                let from_zero = matches!(&node.bare().shape, Shape::Range { start: Some(start), .. } if start.is_zero());
                // What is an index elsewhere has the type of one.
                let mut is_index = false;
                for step in &repeated.body {
                    if let Step::Let { value, .. }
                    | Step::Add { value, .. }
                    | Step::Set { value, .. } = step
                    {
                        each_read(value, &mut |place| {
                            is_index |= place.indices.iter().any(|index| {
                                matches!(&index.terms[..], [Term::Plain(node)]
                                    if matches!(&node.bare().shape, Shape::Local { variable: other, .. } if *other == variable))
                            });
                        });
                    }
                }
                (from_zero && is_index && !self.program.mutable.contains(&variable))
                    .then(|| self.name(variable).into_token_stream())
            }
        }
    }
}

/// The position of a loop that counts up by one.
pub fn position(source: &Source) -> Option<Position> {
    match source {
        Source::Elements {
            counter,
            groups: Groups::One | Groups::Windows(_),
            ..
        } => Some(Position::Counter(*counter)),
        Source::Plain {
            node,
            pattern:
                Some(Pattern {
                    shape:
                        PatternShape::Bind {
                            variable,
                            is_reference: false,
                            inner: None,
                        },
                    ..
                }),
        } => match &node.bare().shape {
            Shape::Range {
                start: Some(_),
                end: Some(_),
                ..
            } => Some(Position::Variable(*variable)),
            _ => None,
        },
        Source::Enumerate(inner, _) => position(inner),
        _ => None,
    }
}

/// The array that the loop visits from the first element to the last: by itself, or as `0..x.len()`.
pub fn whole(source: &Source) -> Option<Variable> {
    match source {
        Source::Elements {
            sequence,
            groups: Groups::One,
            ..
        } => named(sequence),
        Source::Plain { node, .. } => match &node.bare().shape {
            Shape::Range {
                start: Some(start),
                limits: syn::RangeLimits::HalfOpen(_),
                end: Some(end),
            } if start.is_zero() => match &end.bare().shape {
                Shape::Method(method) if method.name == "len" => named(&method.receiver),
                _ => None,
            },
            _ => None,
        },
        Source::Enumerate(inner, _) => whole(inner),
        _ => None,
    }
}

/// The variable that holds what is run over.
fn named(sequence: &Node) -> Option<Variable> {
    match &sequence.bare().shape {
        Shape::Local { variable, .. } => Some(*variable),
        Shape::Reference { target, .. } => named(target),
        _ => None,
    }
}

/// How far past the position of the loop the index is.
pub fn reach(index: &Index, position: &Position) -> Option<usize> {
    let mut moving = index
        .terms
        .iter()
        .filter(|term| !matches!(term, Term::Fixed(_)));
    let (only, other) = (moving.next()?, moving.next());
    let is_position = match only {
        Term::Counter(counter) => Position::Counter(*counter) == *position,
        Term::Plain(node) => match &node.bare().shape {
            Shape::Local { variable, .. } => Position::Variable(*variable) == *position,
            _ => false,
        },
        Term::Fixed(_) => false,
    };
    (is_position && other.is_none()).then(|| index.offset())
}
