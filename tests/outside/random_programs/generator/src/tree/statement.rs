//! Statements, and what loops run over.

use super::*;

#[derive(Clone)]
pub enum Statement {
    Let {
        pattern: Pattern,
        annotation: Option<Type>,
        value: Option<Expression>,
    },
    Constant {
        name: Name,
        ty: Type,
        value: Expression,
    },
    Assign {
        place: Expression,
        value: Expression,
    },
    Compound {
        place: Expression,
        operator: Arithmetic,
        value: Expression,
    },
    /// Control flow and blocks, for their effects.
    Effect(Expression),
    For {
        label: Option<Label>,
        pattern: Pattern,
        over: Iterated,
        body: Block,
    },
    /// `place` is borrowed for the block: `{ let name = &mut place; .. }`
    Alias {
        name: Name,
        place: Expression,
        body: Block,
    },
    /// `for name in place.iter_mut()`, perhaps with an index.
    ForMutable {
        index: Option<Name>,
        name: Name,
        place: Expression,
        style: MutableStyle,
        body: Block,
    },
    While {
        label: Option<Label>,
        condition: Expression,
        body: Block,
    },
    Break {
        label: Option<Label>,
        value: Option<Expression>,
    },
    Continue {
        label: Option<Label>,
    },
    Return(Expression),
    /// `let Some(pattern) = condition.then(|| value) else { exit };`
    LetElse {
        pattern: Pattern,
        condition: Expression,
        value: Expression,
        exit: Vec<Statement>,
    },
    /// `place.swap(i, j)`
    SwapElements {
        place: Expression,
        left: Expression,
        right: Expression,
    },
    /// `std::mem::swap(&mut left, &mut right)`
    SwapPlaces {
        left: Expression,
        right: Expression,
    },
    Push {
        place: Expression,
        value: Expression,
    },
    Closure {
        name: Name,
        parameters: Vec<(Pattern, Option<Type>)>,
        body: Expression,
    },
}

#[derive(Clone, Copy, PartialEq)]
pub enum MutableStyle {
    IterMut,
    Reference,
}

#[derive(Clone)]
pub enum Iterated {
    Range {
        from: Expression,
        to: Expression,
        is_inclusive: bool,
        is_reversed: bool,
        step: usize,
    },
    /// References to the elements.
    Elements(Source),
    Enumerated(Source),
    Zipped(Source, Source),
    Windows(Expression, usize),
    Chunks(Expression, usize),
}

/// Elements of a sequence, by the way in which they are reached.
#[derive(Clone)]
pub struct Source {
    pub sequence: Expression,
    pub style: SourceStyle,
    pub is_reversed: bool,
    pub skip: usize,
}

#[derive(Clone, Copy, PartialEq)]
pub enum SourceStyle {
    /// `a.iter()`: references.
    Iter,
    /// `a.iter().copied()`: values.
    Copied,
    /// `&a`: references.
    Reference,
    /// `a`, an array: values.
    Value,
}

impl SourceStyle {
    pub fn gives_references(self) -> bool {
        matches!(self, Self::Iter | Self::Reference)
    }
}
