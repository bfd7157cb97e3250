//! Expressions.

use super::*;
use crate::vocabulary::Function;

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
    Float {
        value: f64,
        has_suffix: bool,
    },
    Integer {
        value: i128,
        ty: Type,
        has_suffix: bool,
    },
    Bool(bool),
    /// `is_anchored`: its type is known where it is declared, so that methods can be called on it.
    Variable {
        name: Name,
        is_anchored: bool,
    },
    /// `*r`; arithmetic takes shared references, so the star may be left out there.
    Dereference {
        target: Box<Expression>,
        is_written: bool,
        is_shared: bool,
    },
    /// `&x`
    Reference(Box<Expression>),
    Negate(Box<Expression>),
    Not(Box<Expression>),
    Arithmetic {
        operator: Arithmetic,
        left: Box<Expression>,
        right: Box<Expression>,
    },
    IntegerArithmetic {
        operator: Arithmetic,
        left: Box<Expression>,
        right: Box<Expression>,
    },
    /// `left.rem_euclid(right)` of integers.
    Modulo {
        left: Box<Expression>,
        right: i128,
    },
    Compare {
        operator: Comparison,
        left: Box<Expression>,
        right: Box<Expression>,
    },
    And(Box<Expression>, Box<Expression>),
    Or(Box<Expression>, Box<Expression>),
    Call {
        function: &'static Function,
        form: Form,
        arguments: Vec<Expression>,
    },
    /// The exponent is an `i32`.
    Power {
        base: Box<Expression>,
        exponent: Box<Expression>,
        form: Form,
    },
    SineCosine(Box<Expression>),
    /// `x.is_nan()` and `x.is_finite()`
    Predicate {
        name: &'static str,
        argument: Box<Expression>,
    },
    If {
        condition: Box<Expression>,
        then: Block,
        otherwise: Option<Block>,
    },
    Match {
        scrutinee: Box<Expression>,
        arms: Vec<Arm>,
    },
    Block {
        label: Option<Label>,
        block: Block,
    },
    Loop {
        label: Option<Label>,
        body: Block,
    },
    Tuple(Vec<Expression>),
    Component {
        tuple: Box<Expression>,
        index: usize,
    },
    Array(Vec<Expression>),
    Repeat {
        value: Box<Expression>,
        count: usize,
    },
    /// `vec![..]`
    Vector(Vec<Expression>),
    VectorRepeat {
        value: Box<Expression>,
        count: usize,
    },
    Index {
        sequence: Box<Expression>,
        index: Box<Expression>,
    },
    Length(Box<Expression>),
    /// `n as f64`
    ToFloat(Box<Expression>),
    /// `x as i32`, `x as usize`, of floats and of integers.
    ToInteger {
        value: Box<Expression>,
        ty: Type,
    },
    CallFunction {
        index: usize,
        name: Name,
        arguments: Vec<Expression>,
    },
    CallClosure {
        name: Name,
        arguments: Vec<Expression>,
    },
    Chain(Box<Chain>),
    Optional(Box<Optional>),
    Return(Box<Expression>),
}

/// An iterator chain that ends in a number.
#[derive(Clone)]
pub struct Chain {
    pub over: Iterated,
    /// `.map(|pattern| body)`
    pub map: Option<(Pattern, Expression)>,
    /// `.filter(|pattern| condition)`, of references to what is mapped.
    pub filter: Option<(Pattern, Expression)>,
    pub end: ChainEnd,
}

// A chain is boxed as a whole.
#[allow(clippy::large_enum_variant)]
#[derive(Clone)]
pub enum ChainEnd {
    Sum,
    Product,
    /// `.fold(start, f64::max)`
    Extreme {
        start: Expression,
        function: &'static Function,
    },
    /// `.fold(start, |accumulator, pattern| body)`
    Fold {
        start: Expression,
        accumulator: Name,
        pattern: Pattern,
        body: Expression,
    },
}

/// A value under a condition, taken out again: `body` with the name bound to the value, or what stands for it.
#[derive(Clone)]
pub struct Optional {
    pub condition: Expression,
    pub value: Expression,
    pub pattern: Pattern,
    pub body: Expression,
    pub otherwise: Expression,
    pub style: OptionalStyle,
}

#[derive(Clone, Copy, PartialEq)]
pub enum OptionalStyle {
    /// `if let Some(x) = .. { body } else { otherwise }`
    IfLet,
    /// `match .. { Some(x) => body, None => otherwise }`
    Match,
    /// `.map(|x| body).unwrap_or(otherwise)`
    Map,
    /// `.map_or(otherwise, |x| body)`
    MapOr,
    /// `.map_or_else(|| otherwise, |x| body)`
    MapOrElse,
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
        Call {
            form: Form::Free,
            arguments,
            ..
        } => arguments.iter().all(is_anchored),
        Call { .. } | Power { .. } | SineCosine(_) => true,
        If {
            then, otherwise, ..
        } => {
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
        CallClosure { .. } | Loop { .. } | Chain(_) | Optional(_) | Return(_) => false,
    }
}

/// A reference that arithmetic takes as it is.
pub fn is_bare(expression: &Expression) -> bool {
    matches!(
        expression,
        Expression::Dereference {
            is_written: false,
            ..
        }
    )
}
