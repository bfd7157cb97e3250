//! Float expressions without control flow.

use super::Generator;
use super::build::*;
use crate::tree::*;
use crate::vocabulary::{Domain, FUNCTIONS};

const LITERALS: &[f64] = &[
    0.0, 1.0, 2.0, 0.5, 3.0, -1.0, 0.25, 1.5, 0.1, -0.5, 10.0, 0.75, 1.25, 0.3, -2.0, 4.0, 0.01,
];

impl Generator {
    pub fn literal(&mut self) -> Expression {
        let value = if self.random.chance(80) {
            *self.random.pick(LITERALS)
        } else {
            (self.random.float(-3.0, 3.0) * 1000.0).round() / 1000.0
        };
        let has_suffix = self.random.chance(15);
        Expression::Float { value, has_suffix }
    }

    /// A variable mostly, else a literal.
    pub fn leaf(&mut self) -> Expression {
        if self.random.chance(12) {
            return self.literal();
        }
        if self.random.chance(25)
            && let Some(element) = self.element()
        {
            return element;
        }
        match self
            .pick_variable(|variable| variable.ty == Type::Float && variable.parameters.is_none())
        {
            Some(variable) => variable.value(),
            None => self.literal(),
        }
    }

    pub fn some_leaf(&mut self) -> Option<Expression> {
        Some(self.leaf())
    }

    /// An operand: references mostly without their star.
    fn operand(&mut self) -> Expression {
        let operand = self.float();
        if self.random.chance(60) {
            without_star(operand)
        } else {
            operand
        }
    }

    pub fn arithmetic(&mut self) -> Option<Expression> {
        use Arithmetic::*;
        let operators = [Add, Subtract, Multiply, Divide, Remainder];
        let operator = operators[self.random.weighted([30, 22, 34, 12, 2].into_iter())];
        let left = self.operand();
        let mut right = self.operand();
        if matches!(operator, Divide | Remainder) && self.random.chance(75) {
            right = self.within(Domain::Positive, right);
        }
        Some(binary(operator, left, right))
    }

    pub fn negation(&mut self) -> Option<Expression> {
        let inner = self.operand();
        Some(Expression::Negate(Box::new(inner)))
    }

    /// Mostly brings the expression where a function is defined and small.
    pub fn within(&mut self, domain: Domain, e: Expression) -> Expression {
        use Arithmetic::*;
        let offset = number(*self.random.pick(&[0.5, 1.0, 0.1, 2.0]));
        // Trouble is rare, but it is there.
        if domain == Domain::All || self.random.chance(6) {
            return e;
        }
        let way = self.random.below(4);
        match (domain, way) {
            (Domain::Positive, 0) => binary(Add, unary("abs", e), offset),
            (Domain::Positive, 1) => binary(Add, square(e), offset),
            (Domain::Positive, 2) => {
                binary(Add, binary(Multiply, without_star(e.clone()), e), offset)
            }
            (Domain::Positive, _) => binary(Add, unary("cosh", unary("sin", e)), offset),
            (Domain::Unit, 0) => binary(Multiply, number(0.9), unary("sin", e)),
            (Domain::Unit, 1) => call(
                crate::vocabulary::find("clamp"),
                vec![e, number(-0.9), number(0.75)],
            ),
            (Domain::Unit, _) => unary("tanh", e),
            (Domain::AboveOne, 0) => binary(Add, unary("cosh", unary("sin", e)), offset),
            (Domain::AboveOne, _) => binary(Add, number(1.25), square(e)),
            (Domain::BelowZero, _) => binary(Subtract, number(-0.1), square(e)),
            (Domain::Share, 0) => unary("sigmoid", e),
            (Domain::Share, _) => binary(
                Add,
                number(0.5),
                binary(Multiply, number(0.4), unary("sin", e)),
            ),
            (Domain::Small, 0) => unary("sin", e),
            (Domain::Small, 1) => binary(Multiply, offset, unary("tanh", e)),
            (Domain::Small, 2) => Expression::Negate(Box::new(unary("abs", e))),
            (Domain::Small, _) => call(crate::vocabulary::find("min"), vec![e, number(1.5)]),
            (Domain::All, _) => e,
        }
    }

    pub fn function_call(&mut self) -> Option<Expression> {
        let function = &FUNCTIONS[self.random.weighted(FUNCTIONS.iter().map(|f| f.weight))];
        let argument = self.pure_float();
        let mut arguments = vec![self.within(function.domain, argument)];
        for _ in 1..function.arguments {
            let argument = self.pure_float();
            arguments.push(match function.name {
                "powf" | "xlogy" | "log" | "rem_euclid" | "div_euclid" => {
                    self.within(Domain::Positive, argument)
                }
                _ => argument,
            });
        }
        if function.name == "clamp" {
            // Bounds in the wrong order panic.
            let low = (self.random.float(-2.0, 1.0) * 8.0).round() / 8.0;
            arguments.truncate(1);
            arguments.extend([
                number(low),
                number(low + *self.random.pick(&[0.5, 1.0, 2.0])),
            ]);
        }
        let form = match is_anchored(&arguments[0]) {
            true if self.random.chance(80) => Form::Method,
            _ if function.is_ours && self.random.chance(50) => Form::Free,
            _ => Form::Path,
        };
        if form == Form::Method {
            arguments[0] = receiver(arguments[0].clone());
        }
        Some(Expression::Call {
            function,
            form,
            arguments,
        })
    }

    pub fn power(&mut self) -> Option<Expression> {
        let base = self.pure_float();
        let exponent = match self.random.below(10) {
            0 => integer(-1, &Type::Integer),
            1 => self.integer_within(&Type::Integer, -1, 4),
            2 => integer(0, &Type::Integer),
            n => integer(n as i128 / 2 + 1, &Type::Integer),
        };
        let is_method = is_anchored(&base) && self.random.chance(85);
        let form = if is_method { Form::Method } else { Form::Path };
        let base = if is_method { receiver(base) } else { base };
        Some(Expression::Power {
            base: Box::new(base),
            exponent: Box::new(exponent),
            form,
        })
    }

    pub fn sine_cosine(&mut self) -> Option<Expression> {
        let argument = self.pure_float();
        is_anchored(&argument).then(|| Expression::Component {
            tuple: Box::new(Expression::SineCosine(Box::new(receiver(argument)))),
            index: self.random.below(2),
        })
    }

    pub fn component(&mut self) -> Option<Expression> {
        let tuple = self.pick_variable(|variable| matches!(variable.ty, Type::Tuple(_)))?;
        let Type::Tuple(parts) = &tuple.ty else {
            return None;
        };
        let floats: Vec<usize> = (0..parts.len())
            .filter(|i| parts[*i] == Type::Float)
            .collect();
        let index = *self.random.pick(&floats);
        Some(Expression::Component {
            tuple: Box::new(tuple.expression()),
            index,
        })
    }
}
