//! How regular a formula is: whether it has a first and a second derivative at all, and whether its slopes are finite where the
//! values are.

use super::form::*;
use crate::tree::{Node, Shape, Variable};

/// Whether a value has a derivative at all.
pub fn is_active(formula: &Formula) -> bool {
    match &formula.shape {
        FormulaShape::Read(_) | FormulaShape::Call { .. } => true,
        _ => formula.parts().any(is_active),
    }
}

/// Whether the value has no second derivative by what it is computed of.
pub fn is_straight(formula: &Formula) -> bool {
    match &formula.shape {
        FormulaShape::Operator(Operator::Remainder, ..) => true,
        FormulaShape::Function { name, .. } => STRAIGHT.iter().any(|straight| name == straight),
        _ => false,
    }
}

/// Functions whose second derivatives are zero wherever they have any.
const STRAIGHT: &[&str] = &[
    "abs",
    "signum",
    "floor",
    "ceil",
    "round",
    "round_ties_even",
    "trunc",
    "fract",
    "to_degrees",
    "to_radians",
    "next_up",
    "next_down",
    "relu",
    "max",
    "min",
    "copysign",
    "abs_sub",
    "midpoint",
    "rem_euclid",
    "div_euclid",
];

/// Whether a slope of the operation itself may be infinite or NaN where the values are not.
pub fn is_singular(formula: &Formula) -> bool {
    match &formula.shape {
        FormulaShape::Operator(operator, _, right) => match operator {
            Operator::Divide => !is_moderate_literal(right),
            Operator::Remainder => true,
            Operator::Add | Operator::Subtract | Operator::Multiply => false,
        },
        FormulaShape::Function { name, .. } => !SHOWING.iter().any(|showing| name == showing),
        FormulaShape::Power { name, exponent, .. } => {
            !(name == "powi" && is_natural_literal(exponent))
        }
        FormulaShape::Call { .. } => true,
        FormulaShape::Constant(_)
        | FormulaShape::EmptySum
        | FormulaShape::Zero
        | FormulaShape::One
        | FormulaShape::Read(_)
        | FormulaShape::Negate(_) => false,
    }
}

/// Functions whose slopes and second derivatives are finite at every number, and whose values are NaN where the argument has
/// overflowed. What is flat far out, as `tanh` is, gives a finite value even then: of what it is multiplied by, more may
/// overflow on the way back than on the way there.
const SHOWING: &[&str] = &["sin", "cos"];

/// Whether both the divisor and its reciprocal are far from the ends of the range.
fn is_moderate_literal(formula: &Formula) -> bool {
    let FormulaShape::Constant(node) = &formula.shape else {
        return false;
    };
    let Shape::Literal { tokens, .. } = &node.bare().shape else {
        return false;
    };
    let text = tokens.to_string().replace('_', "");
    let digits = text.trim_end_matches("f64").trim_end_matches("f32");
    digits
        .parse()
        .is_ok_and(|value: f64| (1e-30..1e30).contains(&value))
}

fn is_natural_literal(node: &Node) -> bool {
    matches!(
        &node.bare().shape,
        Shape::Literal {
            is_float: false,
            ..
        }
    )
}

/// Whether a value is a sum or product with the variable in it, and so infinite or NaN if the variable is.
pub fn shows_in(variable: Variable, formula: &Formula) -> bool {
    match &formula.shape {
        FormulaShape::Read(place) => place.variable == variable && place.indices.is_empty(),
        FormulaShape::Negate(inner) => shows_in(variable, inner),
        FormulaShape::Operator(
            Operator::Add | Operator::Subtract | Operator::Multiply,
            left,
            right,
        ) => shows_in(variable, left) || shows_in(variable, right),
        _ => false,
    }
}
