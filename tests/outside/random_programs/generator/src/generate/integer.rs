//! Integers, kept within known bounds so that nothing overflows and every index is good; and conditions.

use super::Generator;
use super::build::*;
use super::scope::Variable;
use crate::tree::*;

const MOST: i128 = 5000;

impl Generator {
    /// An integer expression and its bounds.
    pub fn integer(&mut self, ty: &Type) -> (Expression, i128, i128) {
        self.formally(|generator| generator.integer_at(ty, 0))
    }

    fn integer_at(&mut self, ty: &Type, depth: usize) -> (Expression, i128, i128) {
        let choice = if depth >= 2 {
            self.random.below(60)
        } else {
            self.random.below(100)
        };
        let variable =
            self.pick_variable(|variable| variable.ty == *ty && variable.parameters.is_none());
        match (choice, variable) {
            (0..50, Some(variable)) => (variable.value(), variable.low, variable.high),
            (50..70, _) => self.integer_from_float(ty),
            (70..90, _) => {
                let (left, left_low, left_high) = self.integer_at(ty, depth + 1);
                let (right, right_low, right_high) = self.integer_at(ty, depth + 1);
                let is_product = self.random.chance(40);
                let (operator, low, high) = if is_product {
                    let corners = [
                        left_low * right_low,
                        left_low * right_high,
                        left_high * right_low,
                        left_high * right_high,
                    ];
                    (
                        Arithmetic::Multiply,
                        *corners.iter().min().expect("four"),
                        *corners.iter().max().expect("four"),
                    )
                } else if *ty == Type::Size && left_low < right_high || self.random.chance(60) {
                    (
                        Arithmetic::Add,
                        left_low + right_low,
                        left_high + right_high,
                    )
                } else {
                    (
                        Arithmetic::Subtract,
                        left_low - right_high,
                        left_high - right_low,
                    )
                };
                if low.abs().max(high.abs()) > MOST {
                    return (left, left_low, left_high);
                }
                (whole(operator, left, right), low, high)
            }
            (90..95, _) => match self.pick_variable(|variable| variable.length().is_some()) {
                Some(variable) if *ty == Type::Size => {
                    let high = variable.length().map_or(0, |length| length as i128) + 200;
                    (Expression::Length(Box::new(variable.expression())), 1, high)
                }
                _ => self.integer_literal(ty),
            },
            (95..100, _) => {
                let other = if *ty == Type::Size {
                    Type::Integer
                } else {
                    Type::Size
                };
                let (value, low, high) = self.integer_at(&other, depth + 1);
                if low < 0 {
                    return self.integer_literal(ty);
                }
                (
                    Expression::ToInteger {
                        value: Box::new(value),
                        ty: ty.clone(),
                    },
                    low,
                    high,
                )
            }
            _ => self.integer_literal(ty),
        }
    }

    fn integer_literal(&mut self, ty: &Type) -> (Expression, i128, i128) {
        let low = if *ty == Type::Size { 0 } else { -3 };
        let value = self.random.between(low, 6);
        (integer(value, ty), value, value)
    }

    /// A cast of a float, which may be anything at all, brought into bounds.
    fn integer_from_float(&mut self, ty: &Type) -> (Expression, i128, i128) {
        let float = self.pure_float();
        let modulus = self.random.between(2, 7);
        let cast = Expression::ToInteger {
            value: Box::new(float),
            ty: ty.clone(),
        };
        if *ty == Type::Integer && self.random.chance(50) {
            let value = Expression::Modulo {
                left: Box::new(cast),
                right: modulus,
            };
            (value, 0, modulus - 1)
        } else {
            let low = if *ty == Type::Size { 0 } else { 1 - modulus };
            (
                whole(Arithmetic::Remainder, cast, integer(modulus, ty)),
                low,
                modulus - 1,
            )
        }
    }

    pub fn integer_within(&mut self, ty: &Type, low: i128, high: i128) -> Expression {
        if self.random.chance(30) {
            return integer(self.random.between(low, high), ty);
        }
        let (value, value_low, value_high) = self.integer(ty);
        if value_low >= low && value_high <= high {
            return value;
        }
        let count = high - low + 1;
        let reduced = if *ty == Type::Size {
            whole(Arithmetic::Remainder, value, integer(count, ty))
        } else if is_anchored(&value) {
            Expression::Modulo {
                left: Box::new(value),
                right: count,
            }
        } else {
            return integer(self.random.between(low, high), ty);
        };
        match low {
            0 => reduced,
            low if low < 0 => whole(Arithmetic::Subtract, reduced, integer(-low, ty)),
            low => whole(Arithmetic::Add, reduced, integer(low, ty)),
        }
    }

    /// An index below `count`.
    pub fn index_below(&mut self, count: usize) -> Expression {
        self.purely(|generator| generator.integer_within(&Type::Size, 0, count as i128 - 1))
    }

    pub fn integer_as_float(&mut self) -> Option<Expression> {
        let ty = if self.random.chance(50) {
            Type::Size
        } else {
            Type::Integer
        };
        let (value, ..) = self.integer(&ty);
        Some(Expression::ToFloat(Box::new(value)))
    }

    pub fn let_integer(&mut self) -> Option<Vec<Statement>> {
        let ty = if self.random.chance(50) {
            Type::Size
        } else {
            Type::Integer
        };
        let value = self.integer_within(&ty, 0, 6);
        let variable = Variable::new(&self.fresh_name(), ty.clone())
            .mutable(self.random.chance(40))
            .bounds(0, 6);
        let statement = Statement::Let {
            pattern: variable.pattern(),
            annotation: Some(ty),
            value: Some(value),
        };
        self.declare(variable);
        Some(vec![statement])
    }

    pub fn update_integer(&mut self) -> Option<Vec<Statement>> {
        let is_integer = |variable: &Variable| matches!(variable.ty, Type::Integer | Type::Size);
        let variable =
            self.pick_variable(|variable| variable.is_mutable && is_integer(variable))?;
        let value = self.integer_within(&variable.ty, variable.low, variable.high);
        Some(vec![Statement::Assign {
            place: variable.value(),
            value,
        }])
    }

    pub fn let_bool(&mut self) -> Option<Vec<Statement>> {
        let value = self.condition();
        let variable = Variable::new(&self.fresh_name(), Type::Bool);
        let statement = Statement::Let {
            pattern: variable.pattern(),
            annotation: None,
            value: Some(value),
        };
        self.declare(variable);
        Some(vec![statement])
    }

    pub fn condition(&mut self) -> Expression {
        self.purely(|generator| generator.formally(|generator| generator.condition_at(0)))
    }

    fn condition_at(&mut self, depth: usize) -> Expression {
        use Comparison::*;
        let operator = *self.random.pick(&[
            Less,
            LessOrEqual,
            Greater,
            GreaterOrEqual,
            Less,
            Greater,
            Equal,
            NotEqual,
        ]);
        match self.random.below(if depth >= 2 { 70 } else { 100 }) {
            0..50 => {
                let operator = match operator {
                    Equal | NotEqual if self.random.chance(70) => Less,
                    operator => operator,
                };
                let left = self.leaf_or_float();
                let right = if self.random.chance(60) {
                    self.literal()
                } else {
                    self.leaf_or_float()
                };
                if self.random.chance(80) {
                    compare(operator, left, right)
                } else {
                    compare(operator, right, left)
                }
            }
            50..60 => {
                let ty = if self.random.chance(50) {
                    Type::Size
                } else {
                    Type::Integer
                };
                let (left, low, high) = self.integer(&ty);
                let right = integer(self.random.between(low, high), &ty);
                compare(operator, left, right)
            }
            60..70 => match self.pick_variable(|variable| variable.ty == Type::Bool) {
                Some(variable) => variable.value(),
                None => compare(Greater, self.leaf_or_float(), number(0.0)),
            },
            70..82 => {
                let left = self.condition_at(depth + 1);
                Expression::And(Box::new(left), Box::new(self.condition_at(depth + 1)))
            }
            82..93 => {
                let left = self.condition_at(depth + 1);
                Expression::Or(Box::new(left), Box::new(self.condition_at(depth + 1)))
            }
            93..97 => Expression::Not(Box::new(self.condition_at(depth + 1))),
            _ => {
                let argument = self.leaf();
                if !is_anchored(&argument) {
                    return Expression::Bool(self.random.chance(50));
                }
                let name = if self.random.chance(50) {
                    "is_nan"
                } else {
                    "is_finite"
                };
                Expression::Predicate {
                    name,
                    argument: Box::new(receiver(argument)),
                }
            }
        }
    }

    fn leaf_or_float(&mut self) -> Expression {
        if self.random.chance(70) {
            self.leaf()
        } else {
            self.float()
        }
    }
}
