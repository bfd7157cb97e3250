//! Programs: the typed tree that the generator makes, the printer writes as Rust and the interpreter runs.

use crate::vocabulary::Function;

pub type Name = String;
pub type Label = String;

#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    Float,
    /// `i32`
    Integer,
    /// `usize`
    Size,
    Bool,
    Array(Box<Type>, usize),
    /// `Vec<f64>`
    Vector,
    /// `&[f64]`
    Slice,
    Tuple(Vec<Type>),
}

impl Type {
    pub fn floats(count: usize) -> Self {
        Self::Array(Box::new(Self::Float), count)
    }
}

#[derive(Clone)]
pub struct Program {
    pub seed: u64,
    /// How it was made smaller, see `shrink`.
    pub edits: Vec<usize>,
    /// The last is the one under test; it may call those before it.
    pub functions: Vec<FunctionItem>,
}

impl Program {
    /// The module it stands in.
    pub fn module_name(&self) -> String {
        self.edits.iter().fold(format!("seed_{}", self.seed), |name, edit| format!("{name}_{edit}"))
    }
}

#[derive(Clone)]
pub struct FunctionItem {
    pub name: Name,
    pub parameters: Vec<Parameter>,
    /// Whether some float parameters are constants, so that the inputs are listed.
    pub lists_inputs: bool,
    pub result: Type,
    pub body: Block,
}

#[derive(Clone)]
pub struct Parameter {
    pub name: Name,
    pub is_mutable: bool,
    pub kind: ParameterKind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ParameterKind {
    Float,
    Array(usize),
    /// `&[f64; n]`
    ArrayReference(usize),
    /// `&[f64]`, given that many elements.
    Slice(usize),
    /// `[[f64; columns]; rows]`
    Matrix(usize, usize),
    /// `f64`, `i32`, `usize`, `bool` that are no inputs, from a whole number in the range.
    FloatConstant,
    Integer(i128, i128),
    Size(i128, i128),
    Bool,
}

impl ParameterKind {
    /// How many inputs it holds.
    pub fn inputs(&self) -> usize {
        match self {
            Self::Float => 1,
            Self::Array(count) | Self::ArrayReference(count) | Self::Slice(count) => *count,
            Self::Matrix(rows, columns) => rows * columns,
            _ => 0,
        }
    }

    pub fn is_constant(&self) -> bool {
        matches!(
            self,
            Self::FloatConstant | Self::Integer(..) | Self::Size(..) | Self::Bool
        )
    }
}

#[derive(Clone, Default)]
pub struct Block {
    pub statements: Vec<Statement>,
    pub value: Option<Box<Expression>>,
}

#[derive(Clone)]
pub enum Pattern {
    Ignore,
    Name { name: Name, is_mutable: bool },
    Tuple(Vec<Pattern>),
    /// The first elements, and `..` if there are more.
    Array { parts: Vec<Pattern>, has_rest: bool },
    Reference(Box<Pattern>),
}

impl Pattern {
    pub fn name(name: &str) -> Self {
        Self::Name {
            name: name.to_owned(),
            is_mutable: false,
        }
    }
}

#[derive(Clone)]
pub enum Statement {
    Let { pattern: Pattern, annotation: Option<Type>, value: Option<Expression> },
    Constant { name: Name, ty: Type, value: Expression },
    Assign { place: Expression, value: Expression },
    Compound { place: Expression, operator: Arithmetic, value: Expression },
    /// Control flow and blocks, for their effects.
    Effect(Expression),
    For { label: Option<Label>, pattern: Pattern, over: Iterated, body: Block },
    /// `place` is borrowed for the block: `{ let name = &mut place; .. }`
    Alias { name: Name, place: Expression, body: Block },
    /// `for name in place.iter_mut()`, perhaps with an index.
    ForMutable { index: Option<Name>, name: Name, place: Expression, style: MutableStyle, body: Block },
    While { label: Option<Label>, condition: Expression, body: Block },
    Break { label: Option<Label>, value: Option<Expression> },
    Continue { label: Option<Label> },
    Return(Expression),
    /// `place.swap(i, j)`
    SwapElements { place: Expression, left: Expression, right: Expression },
    /// `std::mem::swap(&mut left, &mut right)`
    SwapPlaces { left: Expression, right: Expression },
    Push { place: Expression, value: Expression },
    Closure { name: Name, parameters: Vec<(Pattern, Option<Type>)>, body: Expression },
}

#[derive(Clone, Copy, PartialEq)]
pub enum MutableStyle {
    IterMut,
    Reference,
}

#[derive(Clone)]
pub enum Iterated {
    Range { from: Expression, to: Expression, is_inclusive: bool, is_reversed: bool, step: usize },
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

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Form {
    /// `x.max(y)`
    Method,
    /// `f64::max(x, y)`
    Path,
    /// `chainrule::sigmoid(x)`
    Free,
}

#[derive(Clone)]
pub struct Arm {
    pub pattern: ArmPattern,
    pub guard: Option<Expression>,
    pub body: Expression,
}

#[derive(Clone)]
pub enum ArmPattern {
    Values(Vec<i128>),
    Range(i128, i128),
    Bind(Name),
    Wild,
}

#[derive(Clone)]
pub enum Expression {
    Float { value: f64, has_suffix: bool },
    Integer { value: i128, ty: Type, has_suffix: bool },
    Bool(bool),
    /// `is_anchored`: its type is known where it is declared, so that methods can be called on it.
    Variable { name: Name, is_anchored: bool },
    /// `*r`; arithmetic takes shared references, so the star may be left out there.
    Dereference { target: Box<Expression>, is_written: bool, is_shared: bool },
    /// `&x`
    Reference(Box<Expression>),
    Negate(Box<Expression>),
    Not(Box<Expression>),
    Arithmetic { operator: Arithmetic, left: Box<Expression>, right: Box<Expression> },
    IntegerArithmetic { operator: Arithmetic, left: Box<Expression>, right: Box<Expression> },
    /// `left.rem_euclid(right)` of integers.
    Modulo { left: Box<Expression>, right: i128 },
    Compare { operator: Comparison, left: Box<Expression>, right: Box<Expression> },
    And(Box<Expression>, Box<Expression>),
    Or(Box<Expression>, Box<Expression>),
    Call { function: &'static Function, form: Form, arguments: Vec<Expression> },
    /// The exponent is an `i32`.
    Power { base: Box<Expression>, exponent: Box<Expression>, form: Form },
    SineCosine(Box<Expression>),
    /// `x.is_nan()` and `x.is_finite()`
    Predicate { name: &'static str, argument: Box<Expression> },
    If { condition: Box<Expression>, then: Block, otherwise: Option<Block> },
    Match { scrutinee: Box<Expression>, arms: Vec<Arm> },
    Block { label: Option<Label>, block: Block },
    Loop { label: Option<Label>, body: Block },
    Tuple(Vec<Expression>),
    Component { tuple: Box<Expression>, index: usize },
    Array(Vec<Expression>),
    Repeat { value: Box<Expression>, count: usize },
    /// `vec![..]`
    Vector(Vec<Expression>),
    VectorRepeat { value: Box<Expression>, count: usize },
    Index { sequence: Box<Expression>, index: Box<Expression> },
    Length(Box<Expression>),
    /// `n as f64`
    ToFloat(Box<Expression>),
    /// `x as i32`, `x as usize`, of floats and of integers.
    ToInteger { value: Box<Expression>, ty: Type },
    CallFunction { index: usize, name: Name, arguments: Vec<Expression> },
    CallClosure { name: Name, arguments: Vec<Expression> },
    Chain(Box<Chain>),
    Return(Box<Expression>),
}

/// An iterator chain that ends in a number.
#[derive(Clone)]
pub struct Chain {
    pub over: Iterated,
    /// `.map(|pattern| body)`
    pub map: Option<(Pattern, Expression)>,
    pub end: ChainEnd,
}

#[derive(Clone)]
pub enum ChainEnd {
    Sum,
    Product,
    /// `.fold(start, |accumulator, pattern| body)`
    Fold { start: Expression, accumulator: Name, pattern: Pattern, body: Expression },
}

/// Whether the compiler knows the type of a float expression from the expression alone.
pub fn is_anchored(expression: &Expression) -> bool {
    use Expression::*;
    match expression {
        Float { has_suffix, .. } | Integer { has_suffix, .. } => *has_suffix,
        Variable { is_anchored, .. } => *is_anchored,
        Dereference { target, .. } => is_anchored(target),
        Negate(inner) | Reference(inner) => is_anchored(inner),
        Arithmetic { left, right, .. } | IntegerArithmetic { left, right, .. } => {
            if is_bare(left) || is_bare(right) {
                is_anchored(left) && is_anchored(right)
            } else {
                is_anchored(left) || is_anchored(right)
            }
        }
        Call { form: Form::Free, arguments, .. } => arguments.iter().all(is_anchored),
        Call { .. } | Power { .. } | SineCosine(_) => true,
        If { then, otherwise, .. } => {
            let block = |block: &self::Block| block.value.as_deref().is_some_and(is_anchored);
            block(then) || otherwise.as_ref().is_some_and(block)
        }
        Match { arms, .. } => arms.iter().any(|arm| is_anchored(&arm.body)),
        Block { block, .. } => block.value.as_deref().is_some_and(is_anchored),
        Index { sequence, .. } => is_anchored(sequence),
        Component { tuple, .. } => is_anchored(tuple),
        Tuple(parts) => parts.iter().all(is_anchored),
        Array(parts) | Vector(parts) => parts.iter().any(is_anchored),
        Repeat { value, .. } | VectorRepeat { value, .. } => is_anchored(value),
        Modulo { left, .. } => is_anchored(left),
        ToFloat(_) | ToInteger { .. } | CallFunction { .. } | Length(_) => true,
        Bool(_) | Not(_) | Compare { .. } | And(..) | Or(..) | Predicate { .. } => true,
        CallClosure { .. } | Loop { .. } | Chain(_) | Return(_) => false,
    }
}

/// A reference that arithmetic takes as it is.
pub fn is_bare(expression: &Expression) -> bool {
    matches!(expression, Expression::Dereference { is_written: false, .. })
}
