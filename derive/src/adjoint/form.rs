//! The intermediate form: what a body does to numbers, step by step, with plain parts as the tree has them.

use proc_macro2::Ident;
use syn::{Path, Type};

use crate::tree::{Arm, Call, Node, Pattern, Statement, Target, Variable};

/// A value of the forward sweep that the reverse sweep may ask for.
pub type Id = usize;

pub enum Step<'a> {
    /// Carries no derivative: as the user wrote it.
    Plain(Plain<'a>),
    /// A float variable without a value yet.
    Declare(Variable),
    Let {
        variable: Variable,
        value: Formula<'a>,
    },
    /// A new array or `Vec`, element by element or a copy.
    LetArray {
        variable: Variable,
        content: Content<'a>,
        /// How long it has become in the end.
        id: Id,
    },
    /// `place.push(content)`
    Push {
        place: Place<'a>,
        content: Content<'a>,
    },
    /// A name for a place.
    View {
        variable: Variable,
        seen: Seen<'a>,
    },
    /// `place = value`. `is_first`: of a declared variable, which holds nothing yet.
    Set {
        place: Place<'a>,
        value: Formula<'a>,
        is_first: bool,
    },
    /// Two places exchange what they hold. `is_within`: two elements of one sequence.
    Swap {
        places: [Place<'a>; 2],
        is_within: bool,
    },
    /// `place += value`, or `-=`.
    Add {
        place: Place<'a>,
        value: Formula<'a>,
        is_negative: bool,
    },
    /// An index that may change later, as it is now.
    Index {
        id: Id,
        node: &'a Node,
    },
    /// A flag that is down.
    Flag(Id),
    Raise(Id),
    Branch(Branch<'a>),
    Loop(Loop<'a>),
    /// What the function gives: the last step on its way.
    Result(Formula<'a>),
    /// The same, if it is several numbers.
    Outputs(Vec<Formula<'a>>),
    /// A call of an annotated function that takes arrays of numbers, or gives several.
    Call(Called<'a>),
}

pub struct Called<'a> {
    pub id: Id,
    pub call: &'a Call,
    /// Those of its arguments that hold numbers, each as far as it is written out.
    pub arguments: Vec<Given<'a>>,
    /// The variable that the result is in, for plain code that mentions it.
    pub variable: Option<Variable>,
    /// The numbers of the result that are used, and where in it they are.
    pub results: Vec<(Vec<Member>, Variable)>,
}

/// An argument of a call.
pub struct Given<'a> {
    pub is_reference: bool,
    pub content: Content<'a>,
}

impl Given<'_> {
    /// How many numbers go in.
    pub fn numbers(&self) -> usize {
        self.content.numbers()
    }
}

/// A part of a compound value.
#[derive(Clone, Copy, PartialEq)]
pub enum Member {
    Element(usize),
    Component(usize),
}

pub enum Plain<'a> {
    Statement(&'a Statement),
    Expression(&'a Node),
    /// `let pattern: type = value;`, with a parameter of an inlined closure.
    Binding(&'a Pattern, Option<&'a Type>, &'a Node),
    /// The type of a variable that a loop binds, with a parameter of a closure in a chain.
    Type(Variable, &'a Type),
}

/// What a view shows.
#[derive(Clone)]
pub enum Seen<'a> {
    /// What the user wrote.
    Value(&'a Node),
    Place(Place<'a>),
    /// So many elements, from the last index of the place on.
    Window(Place<'a>, &'a Node),
    /// An array whose elements are variables.
    Elements(Elements),
    /// The same, and fewer at the end.
    Chunk(Place<'a>, &'a Node),
}

#[derive(Clone)]
pub enum Elements {
    Variable(Variable),
    Array(Vec<Elements>),
}

impl Elements {
    /// All of them, first to last.
    pub fn variables(&self) -> Vec<Variable> {
        match self {
            Self::Variable(variable) => vec![*variable],
            Self::Array(parts) => parts.iter().flat_map(Self::variables).collect(),
        }
    }
}

pub struct Formula<'a> {
    pub id: Id,
    pub shape: FormulaShape<'a>,
}

impl<'a> Formula<'a> {
    /// The formulas that it is computed of.
    pub fn parts(&self) -> impl Iterator<Item = &Formula<'a>> {
        let (pair, list): ([Option<&Self>; 2], &[Self]) = match &self.shape {
            FormulaShape::Negate(inner) | FormulaShape::Power { base: inner, .. } => {
                ([Some(inner), None], &[])
            }
            FormulaShape::Operator(_, left, right) => ([Some(left), Some(right)], &[]),
            FormulaShape::Function {
                arguments: list, ..
            }
            | FormulaShape::Call { numbers: list, .. } => ([None; 2], list),
            FormulaShape::Constant(_)
            | FormulaShape::EmptySum
            | FormulaShape::Zero
            | FormulaShape::One
            | FormulaShape::Read(_) => ([None; 2], &[]),
        };
        pair.into_iter().flatten().chain(list)
    }
}

pub enum FormulaShape<'a> {
    Constant(&'a Node),
    /// What a sum of nothing is.
    EmptySum,
    Zero,
    One,
    Read(Place<'a>),
    Negate(Box<Formula<'a>>),
    Operator(Operator, Box<Formula<'a>>, Box<Formula<'a>>),
    /// A function of the vocabulary.
    Function {
        name: Ident,
        arguments: Vec<Formula<'a>>,
    },
    /// `powi`, or another function of a number and an integer.
    Power {
        name: Ident,
        base: Box<Formula<'a>>,
        exponent: &'a Node,
    },
    /// An annotated function of numbers and plain values.
    Call {
        callee: Target<'a>,
        numbers: Vec<Formula<'a>>,
    },
}

#[derive(Clone, Copy, PartialEq)]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// A variable, or an element of one.
#[derive(Clone)]
pub struct Place<'a> {
    pub variable: Variable,
    pub indices: Vec<Index<'a>>,
}

impl Place<'_> {
    /// The indices, if all of them are known.
    pub fn fixed_path(&self) -> Option<Vec<usize>> {
        let fixed = |index: &Index| {
            let is_fixed = index
                .terms
                .iter()
                .all(|term| matches!(term, Term::Fixed(_)));
            is_fixed.then(|| index.offset())
        };
        self.indices.iter().map(fixed).collect()
    }
}

/// A sum of terms.
#[derive(Clone)]
pub struct Index<'a> {
    pub id: Id,
    pub terms: Vec<Term<'a>>,
}

impl Index<'_> {
    /// The sum of the fixed terms.
    pub fn offset(&self) -> usize {
        let fixed = |term: &Term| match term {
            Term::Fixed(fixed) => *fixed,
            Term::Counter(_) | Term::Plain(_) => 0,
        };
        self.terms.iter().map(fixed).sum()
    }
}

#[derive(Clone)]
pub enum Term<'a> {
    Fixed(usize),
    Counter(Id),
    Plain(&'a Node),
}

pub enum Content<'a> {
    Element(Formula<'a>),
    Array(Vec<Content<'a>>),
    /// Plain values, which become numbers, or one number.
    Repeat(Box<Content<'a>>, &'a Node),
    /// `vec!` of an array.
    Vector(&'a Path, Box<Content<'a>>),
    /// What a place holds.
    Copy(Copied<'a>),
    /// A `Vec` without elements, as the user wrote it.
    Empty(Option<&'a Node>),
}

impl Content<'_> {
    /// Whether it is not written how many elements there are.
    pub fn is_open(&self) -> bool {
        match self {
            Self::Element(_) => false,
            Self::Array(parts) => parts.iter().any(Self::is_open),
            Self::Repeat(part, _) => part.is_open(),
            Self::Vector(..) | Self::Copy(_) | Self::Empty(_) => true,
        }
    }

    /// How many numbers are written out.
    pub fn numbers(&self) -> usize {
        match self {
            Self::Element(_) => 1,
            Self::Array(parts) => parts.iter().map(Self::numbers).sum(),
            _ => 0,
        }
    }
}

pub struct Copied<'a> {
    /// What the user wrote, if that is no plain copy.
    pub node: Option<&'a Node>,
    pub place: Place<'a>,
    /// Whether the last index of the place is that of the first element.
    pub has_start: bool,
}

pub struct Branch<'a> {
    /// Which way was taken.
    pub id: Id,
    pub head: Head<'a>,
    pub ways: Vec<Vec<Step<'a>>>,
}

pub enum Head<'a> {
    /// Two ways: the flag is up, or down.
    Flag(Id),
    /// Two ways: the plain value is so, or not.
    IfLet(&'a Pattern, &'a Node),
    /// Two ways.
    If(&'a Node),
    /// As many ways as arms.
    Match(&'a Node, &'a [Arm], bool),
}

pub struct Loop<'a> {
    /// How many times it ran.
    pub id: Id,
    pub head: LoopHead<'a>,
    /// The flag at whose sight the loop is left after a round.
    pub leave: Option<Id>,
    pub body: Vec<Step<'a>>,
}

pub enum LoopHead<'a> {
    For(Source<'a>),
    While(&'a Node),
    Forever,
}

/// What a loop runs over; places become ranges of indices.
pub enum Source<'a> {
    /// With the pattern that takes its items.
    Plain {
        node: &'a Node,
        pattern: Option<&'a Pattern>,
    },
    /// Of a sequence of numbers, by their positions in it.
    Elements {
        sequence: &'a Node,
        counter: Id,
        groups: Groups<'a>,
    },
    Zip(Box<Source<'a>>, Box<Source<'a>>),
    Enumerate(Box<Source<'a>>, Option<&'a Pattern>),
    /// `rev`, `skip(n)`, `take(n)`, `step_by(n)`
    Adapted(Box<Source<'a>>, Ident, Option<&'a Node>),
}

#[derive(Clone)]
pub enum Groups<'a> {
    One,
    Windows(&'a Node),
    Chunks(&'a Node),
    ExactChunks(&'a Node),
}
