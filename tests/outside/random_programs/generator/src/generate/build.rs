//! Short ways to write trees.

use crate::tree::*;
use crate::vocabulary::{Function, find};

pub fn number(value: f64) -> Expression {
    Expression::Float {
        value,
        has_suffix: false,
    }
}

pub fn integer(value: i128, ty: &Type) -> Expression {
    Expression::Integer {
        value,
        ty: ty.clone(),
        has_suffix: false,
    }
}

pub fn binary(operator: Arithmetic, left: Expression, right: Expression) -> Expression {
    Expression::Arithmetic {
        operator,
        left: Box::new(left),
        right: Box::new(right),
    }
}

pub fn whole(operator: Arithmetic, left: Expression, right: Expression) -> Expression {
    Expression::IntegerArithmetic {
        operator,
        left: Box::new(left),
        right: Box::new(right),
    }
}

pub fn compare(operator: Comparison, left: Expression, right: Expression) -> Expression {
    Expression::Compare {
        operator,
        left: Box::new(left),
        right: Box::new(right),
    }
}

pub fn index(sequence: Expression, index: Expression) -> Expression {
    Expression::Index {
        sequence: Box::new(sequence),
        index: Box::new(index),
    }
}

/// A call as a method where the receiver's type is known, else by path.
pub fn call(function: &'static Function, mut arguments: Vec<Expression>) -> Expression {
    let form = if is_anchored(&arguments[0]) {
        Form::Method
    } else {
        arguments[0] = with_star(arguments[0].clone());
        Form::Path
    };
    Expression::Call {
        function,
        form,
        arguments,
    }
}

pub fn unary(name: &str, argument: Expression) -> Expression {
    call(find(name), vec![argument])
}

pub fn square(mut argument: Expression) -> Expression {
    let form = if is_anchored(&argument) {
        Form::Method
    } else {
        argument = with_star(argument);
        Form::Path
    };
    Expression::Power {
        base: Box::new(argument),
        exponent: Box::new(integer(2, &Type::Integer)),
        form,
    }
}

pub fn block_of(expression: Expression) -> Block {
    Block {
        statements: Vec::new(),
        value: Some(Box::new(expression)),
    }
}

pub fn when(condition: Expression, then: Vec<Statement>) -> Statement {
    Statement::Effect(Expression::If {
        condition: Box::new(condition),
        then: Block {
            statements: then,
            value: None,
        },
        otherwise: None,
    })
}

/// `*r` as an operand of arithmetic, where the star may be left out.
pub fn without_star(expression: Expression) -> Expression {
    match expression {
        Expression::Dereference {
            target,
            is_shared: true,
            ..
        } => Expression::Dereference {
            target,
            is_written: false,
            is_shared: true,
        },
        expression => expression,
    }
}

/// `*r` where nothing sees through the reference.
fn with_star(expression: Expression) -> Expression {
    match expression {
        Expression::Dereference {
            target, is_shared, ..
        } => Expression::Dereference {
            target,
            is_written: true,
            is_shared,
        },
        expression => expression,
    }
}

/// `*r` as the receiver of a method, which needs no star.
pub fn receiver(expression: Expression) -> Expression {
    match expression {
        Expression::Dereference {
            target, is_shared, ..
        } => Expression::Dereference {
            target,
            is_written: false,
            is_shared,
        },
        expression => expression,
    }
}
