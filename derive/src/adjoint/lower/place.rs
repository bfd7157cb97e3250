//! Variables, elements and views of them.

use syn::BinOp;

use super::{Lowered, Lowering, unknown};
use crate::adjoint::form::*;
use crate::kind::Kind;
use crate::tree::*;

/// A part of a place: from `offset` on.
#[derive(Clone)]
pub struct View<'a> {
    pub place: Place<'a>,
    pub offset: Vec<Term<'a>>,
}

impl<'a> Lowering<'a> {
    pub fn view(&mut self, node: &'a Node) -> Lowered<View<'a>> {
        match &node.shape {
            Shape::Group(inner) | Shape::Dereference(inner) => self.view(inner),
            Shape::Reference {
                is_mutable: false,
                target,
            } => self.view(target),
            Shape::Index { .. } | Shape::Field { .. } if self.opened(node).is_some() => {
                let variable = self.opened(node).unwrap_or_default();
                Ok(View {
                    place: Place {
                        variable,
                        indices: Vec::new(),
                    },
                    offset: Vec::new(),
                })
            }
            Shape::Local { variable, .. } => match self.views.get(variable) {
                Some(view) => Ok(view.clone()),
                None if self.is_root(*variable) => Ok(View {
                    place: Place {
                        variable: *variable,
                        indices: Vec::new(),
                    },
                    offset: Vec::new(),
                }),
                None => unknown(
                    node.span,
                    "a reference or a compound value of unknown origin",
                ),
            },
            Shape::Index { base, index } => {
                let mut view = self.view(base)?;
                match &index.bare().shape {
                    Shape::Range { start, .. } => {
                        if let Some(start) = start {
                            self.terms(start, &mut view.offset)?;
                        }
                    }
                    _ => view = self.indexed(view, index)?,
                }
                Ok(view)
            }
            Shape::Method(method)
                if method.arguments.is_empty()
                    && ["as_slice", "as_ref"]
                        .iter()
                        .any(|name| method.name == name) =>
            {
                self.view(&method.receiver)
            }
            _ => unknown(
                node.span,
                "a place that is neither a variable nor an element",
            ),
        }
    }

    /// The element of the view at this index.
    pub fn indexed(&mut self, mut view: View<'a>, index: &'a Node) -> Lowered<View<'a>> {
        let mut terms = std::mem::take(&mut view.offset);
        self.terms(index, &mut terms)?;
        let id = self.id();
        view.place.indices.push(Index { id, terms });
        Ok(view)
    }

    /// What is found without the steps that it takes.
    pub fn tried<T>(&mut self, find: impl FnOnce(&mut Self) -> Lowered<T>) -> Lowered<T> {
        let start = self.steps.len();
        let found = find(self);
        self.steps.truncate(start);
        found
    }

    /// Whether the variable holds its floats itself, or refers to those of a parameter.
    pub fn is_root(&self, variable: Variable) -> bool {
        fn is_solid(kind: &Kind) -> bool {
            match kind {
                Kind::Number => true,
                Kind::Sequence(inner) => is_solid(inner),
                _ => false,
            }
        }
        let is_parameter = self.is_parameter(variable);
        let kind = &self.kinds[variable];
        is_solid(kind)
            || is_parameter && is_solid(kind.target())
            || *kind == Kind::Lifted && self.scalars.contains(&variable)
    }

    pub fn is_parameter(&self, variable: Variable) -> bool {
        let mut is_parameter = false;
        for pattern in &self.body.parameters {
            pattern.each_variable(&mut |parameter, _| is_parameter |= parameter == variable);
        }
        is_parameter
    }

    /// The index as a sum: `i + 1` is one past `i`.
    fn terms(&mut self, node: &'a Node, terms: &mut Vec<Term<'a>>) -> Lowered<()> {
        match &node.bare().shape {
            Shape::Literal { tokens, .. } if fixed(tokens).is_some() => {
                terms.extend(fixed(tokens).map(Term::Fixed));
            }
            Shape::Binary {
                left,
                operator: BinOp::Add(_),
                right,
            } if is_fixed(left) || is_fixed(right) => {
                self.terms(left, terms)?;
                self.terms(right, terms)?;
            }
            _ => {
                let node = self.passive(node)?;
                let term = self.index_term(node);
                terms.push(term);
            }
        }
        Ok(())
    }

    pub fn place(&mut self, node: &'a Node) -> Lowered<Place<'a>> {
        let view = self.view(node)?;
        if view.offset.is_empty() {
            Ok(view.place)
        } else {
            unknown(node.span, "a slice where a number is wanted")
        }
    }

    /// The element at these terms.
    pub fn element(&mut self, view: &View<'a>, term: Term<'a>) -> Place<'a> {
        let mut place = view.place.clone();
        let mut terms = view.offset.clone();
        terms.push(term);
        let id = self.id();
        place.indices.push(Index { id, terms });
        place
    }

    /// A name for a place, or for a copy of what nothing changes.
    pub fn see(
        &mut self,
        variable: Variable,
        view: View<'a>,
        seen: impl FnOnce(Place<'a>) -> Seen<'a>,
    ) {
        let view = self.frozen(view);
        self.views.insert(variable, view.clone());
        let mut place = view.place;
        if !view.offset.is_empty() {
            let id = self.id();
            place.indices.push(Index {
                id,
                terms: view.offset,
            });
        }
        let seen = seen(place);
        self.steps.push(Step::View { variable, seen });
    }

    /// The view with its indices as they are now: what they are made of may change while it lives.
    pub fn frozen(&mut self, mut view: View<'a>) -> View<'a> {
        let terms = view
            .place
            .indices
            .iter_mut()
            .flat_map(|index| &mut index.terms)
            .chain(&mut view.offset);
        for term in terms {
            if let Term::Plain(node) = *term
                && self.changes(node)
            {
                let id = self.ids;
                self.ids += 1;
                self.steps.push(Step::Index { id, node });
                *term = Term::Counter(id);
            }
        }
        view
    }

    /// Whether what the node is made of may change.
    pub fn changes(&self, node: &Node) -> bool {
        node.any(&mut |node| {
            let mut mentioned = Default::default();
            node.mentions(&mut mentioned);
            !mentioned.is_disjoint(&self.mutable) || !mentioned.is_disjoint(&self.growing)
        })
    }
}

fn fixed(tokens: &proc_macro2::TokenStream) -> Option<usize> {
    tokens.to_string().trim_end_matches("usize").parse().ok()
}

fn is_fixed(node: &Node) -> bool {
    matches!(&node.bare().shape, Shape::Literal { tokens, .. } if fixed(tokens).is_some())
}
