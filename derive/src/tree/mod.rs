//! The body of a function as the later phases see it: names resolved, every node with its span and its kind.

mod node;
mod walk;

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use syn::{
    AngleBracketedGenericArguments, BinOp, ExprPath, Item, Label, Lifetime, Member, Pat, Path,
    RangeLimits, ReturnType, Type,
};

use crate::kind::Kind;
pub use walk::Part;

/// A local variable, or the result of a block that `break` can leave; an index into [`Body::variables`].
pub type Variable = usize;

pub struct Body {
    pub parameters: Vec<Pattern>,
    pub root: Block,
    /// The kinds before any assignment has been seen.
    pub variables: Vec<Kind>,
    /// The variables that are known to hold integers.
    pub integers: BTreeSet<Variable>,
    /// The variables that hold a `Cell` or its like, whose type cannot change with what is stored.
    pub cells: BTreeSet<Variable>,
    pub signatures: Vec<ClosureSignature>,
    /// The functions that are called with a differentiated value by their bare names; set by the check.
    pub called: BTreeSet<String>,
}

/// What a call of a closure must know of it; [`Kind::Closure`] is an index into [`Body::signatures`].
#[derive(Clone)]
pub struct ClosureSignature {
    pub parameters: Vec<Pattern>,
    /// The types that the user wrote.
    pub types: Vec<Option<Type>>,
    pub output: ReturnType,
    /// What the calls hand over, whatever the patterns bind of it.
    pub given: Vec<Kind>,
    pub result: Variable,
    /// The variables of the function that its body may use.
    pub mentions: Vec<Variable>,
}

impl ClosureSignature {
    /// The kinds of the parameters by now.
    pub fn kinds(&self, kinds: &[Kind]) -> Vec<Kind> {
        let parameters = self.parameters.iter().zip(&self.given);
        parameters
            .map(|(pattern, given)| match pattern.bound(kinds) {
                bound if given.is_active() => given.join(&bound),
                bound => bound,
            })
            .collect()
    }
}

pub struct Node {
    pub span: Span,
    /// Plain until the check has run.
    pub kind: Kind,
    pub shape: Shape,
}

pub enum Shape {
    Literal {
        tokens: TokenStream,
        is_float: bool,
    },
    Local {
        variable: Variable,
        name: Ident,
    },
    /// The path of a constant, a static or a function.
    Path(ExprPath),
    /// `_`
    Infer,
    /// Read as plain values, whatever the variables in it carry: what an error says has no derivative.
    Values {
        tokens: TokenStream,
        mentions: Vec<(Variable, Ident)>,
    },
    /// Beyond the language, and taken as it is where it mentions nothing that depends on an input.
    Opaque {
        tokens: TokenStream,
        mentions: Vec<Variable>,
        refusal: String,
    },
    Group(Box<Node>),
    Negate(Box<Node>),
    Not(Box<Node>),
    Dereference(Box<Node>),
    Reference {
        is_mutable: bool,
        target: Box<Node>,
    },
    Binary {
        left: Box<Node>,
        operator: BinOp,
        right: Box<Node>,
    },
    Assign {
        place: Box<Node>,
        value: Box<Node>,
    },
    AssignBy {
        place: Box<Node>,
        operator: BinOp,
        value: Box<Node>,
    },
    Cast {
        value: Box<Node>,
        ty: Type,
    },
    Index {
        base: Box<Node>,
        index: Box<Node>,
    },
    Field {
        base: Box<Node>,
        member: Member,
    },
    Range {
        start: Option<Box<Node>>,
        limits: RangeLimits,
        end: Option<Box<Node>>,
    },
    Array(Vec<Node>),
    Repeat {
        element: Box<Node>,
        length: Box<Node>,
    },
    Tuple(Vec<Node>),
    Struct(Literal),
    Closure(Closure),
    Call(Call),
    Method(Method),
    /// `value?`
    Try(Box<Node>),
    /// `vec![..]`
    Vector {
        path: Path,
        content: Box<Node>,
    },
    Message(Message),
    Block {
        label: Option<Label>,
        block: Block,
        result: Variable,
    },
    If {
        condition: Box<Node>,
        then: Block,
        otherwise: Option<Box<Node>>,
    },
    Let {
        pattern: Pattern,
        value: Box<Node>,
    },
    Match(Match),
    While {
        label: Option<Label>,
        condition: Box<Node>,
        body: Block,
    },
    Loop {
        label: Option<Label>,
        body: Block,
        result: Variable,
    },
    For {
        label: Option<Label>,
        pattern: Pattern,
        source: Box<Node>,
        body: Block,
    },
    Break {
        label: Option<Lifetime>,
        value: Option<Box<Node>>,
        target: Option<Variable>,
    },
    Continue(Option<Lifetime>),
    Return {
        value: Option<Box<Node>>,
        /// The result of the closure that is left; none for the function.
        target: Option<Variable>,
    },
}

/// `Path { field: value, ..rest }`, or `Path(value)`
pub struct Literal {
    pub path: Path,
    pub fields: Vec<(Member, Node)>,
    pub rest: Option<Box<Node>>,
    /// Whether it has the form of a call: of a tuple struct, or of a variant or a function that is named like one.
    pub is_call: bool,
}

pub struct Closure {
    pub original: TokenStream,
    pub is_move: bool,
    pub index: usize,
    pub body: Box<Node>,
}

pub struct Call {
    pub function: ExprPath,
    /// The variable that is called, a closure or a function pointer.
    pub local: Option<Variable>,
    pub arguments: Vec<Node>,
    /// Whether it is a call of a lifted function; set by the check.
    pub is_lifted: bool,
}

/// What is called with numbers.
#[derive(Clone, Copy)]
pub enum Target<'a> {
    Call(&'a Call),
    /// A function by its name, which takes numbers alone.
    Named(&'a ExprPath),
}

impl<'a> Target<'a> {
    pub fn path(&self) -> &'a ExprPath {
        match self {
            Self::Call(call) => &call.function,
            Self::Named(path) => path,
        }
    }

    /// Whether nothing else than so many numbers goes in.
    pub fn takes_only(&self, count: usize) -> bool {
        match self {
            Self::Call(call) => call.arguments.len() == count,
            Self::Named(_) => true,
        }
    }
}

pub struct Method {
    pub receiver: Box<Node>,
    pub name: Ident,
    pub turbofish: Option<AngleBracketedGenericArguments>,
    pub arguments: Vec<Node>,
    /// Set by the check.
    pub meaning: Meaning,
}

impl Method {
    /// Argument `position` must become of this kind; the receiver is at 0.
    pub fn want(&mut self, position: usize, kind: &Kind) {
        if let Meaning::AsWritten(wanted) = &mut self.meaning {
            wanted[position] = kind.clone();
        }
    }
}

/// Which method a call of a method is over numbers.
pub enum Meaning {
    /// The same, with receiver and arguments of these kinds.
    AsWritten(Vec<Kind>),
    /// A function of numbers that the vocabulary has.
    Vocabulary,
    /// `clone` and its like of a number, which is one itself.
    Itself,
    /// An annotated one: `receiver.energy(x)` is `receiver.energy_lift(x)`.
    Annotated,
    /// One of a receiver that only the compiler knows.
    Open,
}

/// A macro that checks or prints: `assert!`, `println!`, `panic!` and their like.
pub struct Message {
    pub path: Path,
    pub arguments: Vec<(Option<Ident>, Node)>,
    /// The variables named in braces inside the format string.
    pub captures: Vec<(Variable, Ident)>,
    pub is_diverging: bool,
}

pub struct Match {
    pub scrutinee: Box<Node>,
    pub arms: Vec<Arm>,
    /// Float patterns compare the value; set by the check.
    pub of_value: bool,
}

pub struct Arm {
    /// `#[cfg(..)]`
    pub conditions: TokenStream,
    pub pattern: Pattern,
    pub guard: Option<Node>,
    pub body: Node,
}

pub struct Block {
    pub statements: Vec<Statement>,
    pub tail: Option<Box<Node>>,
}

pub enum Statement {
    Item(Box<Item>),
    Let(Box<Let>),
    Expression {
        node: Box<Node>,
        has_semicolon: bool,
        /// `#[cfg(..)]`
        conditions: TokenStream,
        /// Whether it is the tail of its block if the conditions of the rest do not hold.
        is_tail: bool,
    },
}

pub struct Let {
    /// `#[cfg(..)]`
    pub conditions: TokenStream,
    pub pattern: Pattern,
    pub ty: Option<Type>,
    pub value: Option<Node>,
    pub otherwise: Option<Block>,
}

#[derive(Clone)]
pub struct Pattern {
    pub original: Pat,
    pub shape: PatternShape,
}

#[derive(Clone)]
pub enum PatternShape {
    Ignore,
    Bind {
        variable: Variable,
        is_reference: bool,
        inner: Option<Box<Pattern>>,
    },
    Rest,
    Tuple(Vec<Pattern>),
    Slice(Vec<Pattern>),
    Reference(Box<Pattern>),
    /// Alternatives that bind the same variables.
    Or(Vec<Pattern>),
    /// `Some(..)`, `Ok(..)` and, with nothing that carries a derivative, `Err(..)`.
    Wrapper {
        inner: Box<Pattern>,
        is_error: bool,
    },
    Struct {
        path: Path,
        fields: Vec<(Member, Pattern)>,
        has_rest: bool,
    },
    /// A bare name that looks like a constant's.
    Constant,
    /// Anything else: it can only be matched with plain values.
    Plain {
        bindings: Vec<Variable>,
    },
}
