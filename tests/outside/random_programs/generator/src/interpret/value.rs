//! What expressions are worth, and how statements leave.

use crate::number::Number;
use crate::tree::{Expression, Label, Name, Pattern};

#[derive(Clone)]
pub enum Value {
    Float(Number),
    Integer(i128),
    Bool(bool),
    /// Arrays, `Vec`s and tuples.
    List(Vec<Value>),
    Closure(Box<Closure>),
    Unit,
}

#[derive(Clone)]
pub struct Closure {
    pub parameters: Vec<Pattern>,
    pub body: Expression,
    pub captured: Vec<(Name, Value)>,
}

impl Value {
    pub fn float(&self) -> &Number {
        match self {
            Self::Float(number) => number,
            _ => panic!("a float is wanted here"),
        }
    }

    pub fn integer(&self) -> i128 {
        match self {
            Self::Integer(value) => *value,
            _ => panic!("an integer is wanted here"),
        }
    }

    pub fn bool(&self) -> bool {
        match self {
            Self::Bool(value) => *value,
            _ => panic!("a bool is wanted here"),
        }
    }

    pub fn list(&self) -> &[Value] {
        match self {
            Self::List(values) => values,
            _ => panic!("a sequence is wanted here"),
        }
    }

    pub fn list_mut(&mut self) -> &mut Vec<Value> {
        match self {
            Self::List(values) => values,
            _ => panic!("a sequence is wanted here"),
        }
    }

    /// The floats in it, in their order.
    pub fn floats(&self, into: &mut Vec<Number>) {
        match self {
            Self::Float(number) => into.push(number.clone()),
            Self::List(values) => values.iter().for_each(|value| value.floats(into)),
            _ => {}
        }
    }
}

pub enum Exit {
    Break(Option<Label>, Value),
    Continue(Option<Label>),
    Return(Value),
    /// The program is not well formed, or does not end; shrinking makes such ones.
    Stuck(&'static str),
}

pub type Outcome = Result<Value, Exit>;
