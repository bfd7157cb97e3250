//! Expressions.

use super::Interpreter;
use super::statement::{After, after_body};
use super::value::{Exit, Outcome, Value};
use crate::number::Number;
use crate::tree::*;
use crate::vocabulary as v;
use std::cmp::Ordering;

impl Interpreter<'_> {
    pub fn expression(&mut self, expression: &Expression) -> Outcome {
        use Expression as E;
        Ok(match expression {
            E::Float { value, .. } => Value::Float(Number::constant(*value)),
            E::Integer { value, .. } => Value::Integer(*value),
            E::Bool(value) => Value::Bool(*value),
            E::Variable { name, .. } => self.lookup(name)?.clone(),
            E::Dereference { target, .. } | E::Reference(target) => self.expression(target)?,
            E::Negate(inner) => match self.expression(inner)? {
                Value::Integer(value) => Value::Integer(-value),
                value => Value::Float(self.oracle.apply(&v::NEGATE, &[value.float()])),
            },
            E::Not(inner) => Value::Bool(!self.expression(inner)?.bool()),
            E::Arithmetic {
                operator,
                left,
                right,
            }
            | E::IntegerArithmetic {
                operator,
                left,
                right,
            } => {
                let left = self.expression(left)?;
                let right = self.expression(right)?;
                self.arithmetic(*operator, &left, &right)?
            }
            E::Modulo { left, right } => {
                Value::Integer(self.expression(left)?.integer().rem_euclid(*right))
            }
            E::Compare {
                operator,
                left,
                right,
            } => {
                let left = self.expression(left)?;
                let right = self.expression(right)?;
                Value::Bool(self.compare(*operator, &left, &right))
            }
            E::And(left, right) => {
                Value::Bool(self.expression(left)?.bool() && self.expression(right)?.bool())
            }
            E::Or(left, right) => {
                Value::Bool(self.expression(left)?.bool() || self.expression(right)?.bool())
            }
            E::Call {
                function,
                arguments,
                ..
            } => {
                let values = self.expressions(arguments)?;
                let numbers: Vec<&Number> = values.iter().map(Value::float).collect();
                Value::Float(self.oracle.apply(function, &numbers))
            }
            E::Power { base, exponent, .. } => {
                let base = self.expression(base)?;
                let exponent = Number::constant(self.expression(exponent)?.integer() as f64);
                Value::Float(self.oracle.apply(&v::POWER, &[base.float(), &exponent]))
            }
            E::SineCosine(argument) => {
                let argument = self.expression(argument)?;
                let mut part =
                    |function| Value::Float(self.oracle.apply(function, &[argument.float()]));
                Value::List(vec![part(&v::SINE), part(&v::COSINE)])
            }
            E::Predicate { name, argument } => {
                let base = self.expression(argument)?.float().base;
                Value::Bool(match *name {
                    "is_nan" => base.is_nan(),
                    "is_finite" => base.is_finite(),
                    name => panic!("there is no predicate {name}"),
                })
            }
            E::If {
                condition,
                then,
                otherwise,
            } => {
                if self.expression(condition)?.bool() {
                    self.block(then)?
                } else if let Some(otherwise) = otherwise {
                    self.block(otherwise)?
                } else {
                    Value::Unit
                }
            }
            E::Match { scrutinee, arms } => return self.choose(scrutinee, arms),
            E::Block { label, block } => match self.block(block) {
                Err(Exit::Break(Some(target), value)) if Some(&target) == label.as_ref() => value,
                result => return result,
            },
            E::Loop { label, body } => loop {
                self.step()?;
                let result = self.block(body);
                if let After::Stop(value) = after_body(result, label.as_ref())? {
                    break value;
                }
            },
            E::Tuple(parts) | E::Array(parts) | E::Vector(parts) => {
                Value::List(self.expressions(parts)?)
            }
            E::Component { tuple, index } => self.expression(tuple)?.list()[*index].clone(),
            E::Repeat { value, count } | E::VectorRepeat { value, count } => {
                Value::List(vec![self.expression(value)?; *count])
            }
            E::Index { sequence, index } => {
                let sequence = self.expression(sequence)?;
                let index = self.expression(index)?.integer() as usize;
                sequence
                    .list()
                    .get(index)
                    .cloned()
                    .ok_or(Exit::Stuck("an index is out of range"))?
            }
            E::Length(sequence) => Value::Integer(self.expression(sequence)?.list().len() as i128),
            E::ToFloat(value) => {
                Value::Float(Number::constant(self.expression(value)?.integer() as f64))
            }
            E::ToInteger { value, ty } => {
                let value = self.expression(value)?;
                self.cast(&value, ty)
            }
            E::CallFunction {
                index, arguments, ..
            } => {
                let values = self.expressions(arguments)?;
                return self.call(*index, values);
            }
            E::CallClosure { name, arguments } => {
                let values = self.expressions(arguments)?;
                let Value::Closure(closure) = self.lookup(name)?.clone() else {
                    return Err(Exit::Stuck("this is no closure"));
                };
                let outside = std::mem::replace(&mut self.variables, closure.captured);
                for (pattern, value) in closure.parameters.iter().zip(values) {
                    self.bind(pattern, value);
                }
                let result = self.expression(&closure.body);
                self.variables = outside;
                return result;
            }
            E::Chain(chain) => return self.chain(chain),
            E::Optional(optional) => return self.optional(optional),
            E::Return(value) => return Err(Exit::Return(self.expression(value)?)),
        })
    }

    fn optional(&mut self, optional: &Optional) -> Outcome {
        if !self.expression(&optional.condition)?.bool() {
            return self.expression(&optional.otherwise);
        }
        let value = self.expression(&optional.value)?;
        let depth = self.variables.len();
        self.bind(&optional.pattern, value);
        let result = self.expression(&optional.body);
        self.variables.truncate(depth);
        result
    }

    fn expressions(&mut self, expressions: &[Expression]) -> Result<Vec<Value>, Exit> {
        expressions
            .iter()
            .map(|expression| self.expression(expression))
            .collect()
    }

    pub fn arithmetic(&mut self, operator: Arithmetic, left: &Value, right: &Value) -> Outcome {
        if let (Value::Integer(left), Value::Integer(right)) = (left, right) {
            return Ok(Value::Integer(match operator {
                Arithmetic::Add => left + right,
                Arithmetic::Subtract => left - right,
                Arithmetic::Multiply => left * right,
                Arithmetic::Divide => left / right,
                Arithmetic::Remainder => left % right,
            }));
        }
        let function = match operator {
            Arithmetic::Add => &v::ADD,
            Arithmetic::Subtract => &v::SUBTRACT,
            Arithmetic::Multiply => &v::MULTIPLY,
            Arithmetic::Divide => &v::DIVIDE,
            Arithmetic::Remainder => &v::REMAINDER,
        };
        Ok(Value::Float(
            self.oracle.apply(function, &[left.float(), right.float()]),
        ))
    }

    fn compare(&mut self, operator: Comparison, left: &Value, right: &Value) -> bool {
        let ordering = match (left, right) {
            (Value::Float(left), Value::Float(right)) => self.oracle.decide(left, right),
            (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
            _ => Some(left.integer().cmp(&right.integer())),
        };
        match operator {
            Comparison::Less => ordering == Some(Ordering::Less),
            Comparison::LessOrEqual => matches!(ordering, Some(Ordering::Less | Ordering::Equal)),
            Comparison::Greater => ordering == Some(Ordering::Greater),
            Comparison::GreaterOrEqual => {
                matches!(ordering, Some(Ordering::Greater | Ordering::Equal))
            }
            Comparison::Equal => ordering == Some(Ordering::Equal),
            Comparison::NotEqual => ordering != Some(Ordering::Equal),
        }
    }

    fn choose(&mut self, scrutinee: &Expression, arms: &[Arm]) -> Outcome {
        let value = self.expression(scrutinee)?;
        let depth = self.variables.len();
        for arm in arms {
            let number = value.integer();
            let fits = match &arm.pattern {
                ArmPattern::Values(values) => values.contains(&number),
                ArmPattern::Range(from, to) => (*from..=*to).contains(&number),
                ArmPattern::Bind(name) => {
                    self.variables.push((name.clone(), value.clone()));
                    true
                }
                ArmPattern::Wild => true,
            };
            let passes = fits
                && match &arm.guard {
                    Some(guard) => self.expression(guard)?.bool(),
                    None => true,
                };
            let result = passes.then(|| self.expression(&arm.body));
            self.variables.truncate(depth);
            if let Some(result) = result {
                return result;
            }
        }
        Err(Exit::Stuck("no arm fits"))
    }

    fn cast(&mut self, value: &Value, ty: &Type) -> Value {
        let is_size = *ty == Type::Size;
        match value {
            Value::Float(number) => {
                let base = self.oracle.truncate(number);
                Value::Integer(if is_size {
                    i128::from(base as u64)
                } else {
                    i128::from(base as i32)
                })
            }
            value => Value::Integer(value.integer()),
        }
    }
}
