//! What a second-order reverse sweep knows at a point: the derivatives of the rest of the function, first and second, by
//! the values that are there.

use std::collections::{BTreeMap, BTreeSet};

use crate::adjoint::emit::reverse::Seed;
use crate::adjoint::form::Id;
use crate::tree::Variable;

/// A value that the rest of the function is differentiated by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vertex {
    Variable(Variable),
    /// An element of an input, by its place in the list of them.
    Element(usize),
    /// A value inside of a formula.
    Value(Id),
}

/// What is not there is zero.
#[derive(Clone, Default)]
pub struct State {
    pub slopes: BTreeMap<Vertex, Seed>,
    /// The second derivatives, each once: the lesser vertex first.
    pub edges: BTreeMap<(Vertex, Vertex), Seed>,
}

/// What a vertex had before it was handed on.
#[derive(Clone)]
pub struct Taken {
    pub slope: Option<Seed>,
    /// By it and itself.
    pub own: Option<Seed>,
    pub others: Vec<(Vertex, Seed)>,
}

impl Taken {
    /// The slope alone.
    pub fn of(slope: Seed) -> Self {
        Self {
            slope: Some(slope),
            own: None,
            others: Vec::new(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.slope.is_none() && self.own.is_none() && self.others.is_empty()
    }
}

pub fn edge(one: Vertex, other: Vertex) -> (Vertex, Vertex) {
    (one.min(other), one.max(other))
}

impl State {
    /// All that there is of a vertex, which is not there any more then.
    pub fn take(&mut self, vertex: Vertex) -> Taken {
        let mut taken = Taken {
            slope: self.slopes.remove(&vertex),
            own: self.edges.remove(&(vertex, vertex)),
            others: Vec::new(),
        };
        let touching = |&(one, other): &(Vertex, Vertex)| one == vertex || other == vertex;
        let edges: Vec<_> = self.edges.keys().copied().filter(touching).collect();
        for (one, other) in edges {
            if let Some(seed) = self.edges.remove(&(one, other)) {
                let end = if one == vertex { other } else { one };
                taken.others.push((end, seed));
            }
        }
        taken
    }

    pub fn has_edge(&self, vertex: Vertex) -> bool {
        self.edges
            .keys()
            .any(|(one, other)| *one == vertex || *other == vertex)
    }

    /// The vertices that the rest of the function depends on.
    pub fn vertices(&self) -> BTreeSet<Vertex> {
        let edges = self.edges.keys().flat_map(|(one, other)| [*one, *other]);
        self.slopes.keys().copied().chain(edges).collect()
    }
}
