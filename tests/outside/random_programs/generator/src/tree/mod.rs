//! Programs: the typed tree that the generator makes, the printer writes as Rust and the interpreter runs.

mod expression;
mod statement;

pub use expression::*;
pub use statement::*;

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
    /// What a call gave, of which only parts are used.
    Result(Box<Type>),
}

impl Type {
    /// How many floats it holds.
    pub fn floats_in(&self) -> usize {
        match self {
            Self::Float => 1,
            Self::Array(element, count) => count * element.floats_in(),
            Self::Tuple(parts) => parts.iter().map(Self::floats_in).sum(),
            _ => 0,
        }
    }

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
        self.edits
            .iter()
            .fold(format!("seed_{}", self.seed), |name, edit| {
                format!("{name}_{edit}")
            })
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
    Name {
        name: Name,
        is_mutable: bool,
    },
    Tuple(Vec<Pattern>),
    /// The first elements, and `..` if there are more.
    Array {
        parts: Vec<Pattern>,
        has_rest: bool,
    },
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
