//! Calls of other annotated functions, and parts of what they give.

use super::Generator;
use super::build::*;
use super::scope::Variable;
use crate::tree::*;

impl Generator {
    /// A call of a function whose result is of the wanted kind, and what it gives.
    fn call_of(&mut self, wanted: impl Fn(&Type) -> bool) -> Option<(Expression, Type)> {
        if self.depth > 2 || self.trips > 40 {
            return None;
        }
        let all = 0..self.functions.len();
        let fitting: Vec<usize> = all
            .filter(|index| wanted(&self.functions[*index].result))
            .collect();
        if fitting.is_empty() {
            return None;
        }
        let index = *self.random.pick(&fitting);
        let function = self.functions[index].clone();
        let arguments = self.purely(|generator| {
            let parameters = function.parameters.iter();
            parameters
                .map(|parameter| generator.argument(&parameter.kind))
                .collect()
        });
        let call = Expression::CallFunction {
            index,
            name: function.name,
            arguments,
        };
        Some((call, function.result))
    }

    pub fn call_function(&mut self) -> Option<Expression> {
        self.call_of(|result| *result == Type::Float)
            .map(|(call, _)| call)
    }

    /// `let (a, b) = helper(x);` or `let r = helper(x);`
    pub fn let_call(&mut self) -> Option<Vec<Statement>> {
        let (value, result) = self.call_of(|result| *result != Type::Float)?;
        let pattern = if self.random.chance(50) {
            let variable = Variable::new(&self.fresh_name(), Type::Result(Box::new(result)))
                .mutable(self.random.chance(50));
            let pattern = variable.pattern();
            self.declare(variable);
            pattern
        } else {
            self.pattern_of(&result)
        };
        Some(vec![Statement::Let {
            pattern,
            annotation: None,
            value: Some(value),
        }])
    }

    /// A pattern with a name for each float, but for some.
    fn pattern_of(&mut self, ty: &Type) -> Pattern {
        match ty {
            Type::Array(element, count) => Pattern::Array {
                parts: (0..*count).map(|_| self.pattern_of(element)).collect(),
                has_rest: false,
            },
            Type::Tuple(parts) => {
                Pattern::Tuple(parts.iter().map(|part| self.pattern_of(part)).collect())
            }
            _ if self.random.chance(10) => Pattern::Ignore,
            _ => {
                let variable =
                    Variable::new(&self.fresh_name(), Type::Float).mutable(self.random.chance(40));
                let pattern = variable.pattern();
                self.declare(variable);
                pattern
            }
        }
    }

    fn part(&mut self, whole: Expression, ty: &Type) -> Expression {
        match ty {
            Type::Result(whole_type) => self.part(whole, whole_type),
            Type::Array(element, count) => {
                let at = integer(self.random.below(*count) as i128, &Type::Size);
                self.part(index(whole, at), element)
            }
            Type::Tuple(parts) => {
                let at = self.random.below(parts.len());
                let component = Expression::Component {
                    tuple: Box::new(whole),
                    index: at,
                };
                self.part(component, &parts[at])
            }
            _ => whole,
        }
    }

    /// A part of a result, in a sum or product: what it is, arithmetic says.
    pub fn part_of_result(&mut self) -> Option<Expression> {
        let result = self.pick_variable(|variable| matches!(variable.ty, Type::Result(_)))?;
        let part = self.part(result.expression(), &result.ty);
        let operator = *self.random.pick(&[Arithmetic::Add, Arithmetic::Multiply]);
        let other = self.float();
        Some(match self.random.chance(50) {
            true => binary(operator, part, other),
            false => binary(operator, other, part),
        })
    }

    pub fn update_part(&mut self) -> Option<Vec<Statement>> {
        let result = self.pick_variable(|variable| {
            matches!(variable.ty, Type::Result(_)) && variable.is_mutable
        })?;
        let place = self.part(result.expression(), &result.ty);
        Some(vec![if self.random.chance(40) {
            let value = self.assigning_float();
            Statement::Assign { place, value }
        } else {
            self.compound(place)
        }])
    }

    fn argument(&mut self, kind: &ParameterKind) -> Expression {
        match kind {
            ParameterKind::Float | ParameterKind::FloatConstant => self.float(),
            ParameterKind::Array(count) => self.array_argument(*count),
            ParameterKind::ArrayReference(count) => {
                Expression::Reference(Box::new(self.array_argument(*count)))
            }
            ParameterKind::Slice(count) => {
                let count = *count;
                match self.pick_variable(|variable| {
                    variable.length().is_some_and(|length| length >= count)
                }) {
                    Some(variable) if variable.ty == Type::Slice || variable.is_reference => {
                        variable.expression()
                    }
                    Some(variable) => Expression::Reference(Box::new(variable.expression())),
                    None => Expression::Reference(Box::new(self.array(count))),
                }
            }
            ParameterKind::Matrix(rows, columns) => {
                let rows = (0..*rows).map(|_| self.array(*columns)).collect();
                Expression::Array(rows)
            }
            ParameterKind::Integer(low, high) => self.integer_within(&Type::Integer, *low, *high),
            ParameterKind::Size(low, high) => self.integer_within(&Type::Size, *low, *high),
            ParameterKind::Bool => self.condition(),
        }
    }

    /// A variable mostly, whole.
    pub fn array_argument(&mut self, count: usize) -> Expression {
        let known = self
            .pick_variable(|variable| variable.ty == Type::floats(count) && !variable.is_reference);
        match known {
            Some(variable) if self.random.chance(60) => variable.expression(),
            _ => self.array(count),
        }
    }
}
