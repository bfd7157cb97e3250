//! Declarations.

use super::Generator;
use super::build::*;
use super::scope::Variable;
use crate::tree::*;

impl Generator {
    /// A float expression where blocks in it may assign.
    pub fn assigning_float(&mut self) -> Expression {
        // Assignments within values are mostly left to dual numbers.
        let may_assign = !self.is_compiled || self.random.chance(20);
        let before = std::mem::replace(&mut self.may_assign, may_assign);
        let value = self.float();
        self.may_assign = before;
        // Loops multiply; now and then something holds them back.
        if self.trips > 1 && self.random.chance(35) {
            let name = *self.random.pick(&["sin", "tanh", "atan"]);
            return unary(name, value);
        }
        value
    }

    fn let_named(&mut self, name: &str) -> Vec<Statement> {
        let value = self.assigning_float();
        let is_annotated = self
            .random
            .chance(if is_anchored(&value) { 15 } else { 50 });
        let variable = Variable::new(name, Type::Float)
            .mutable(self.random.chance(60))
            .anchored(is_annotated || is_anchored(&value));
        let statement = Statement::Let {
            pattern: variable.pattern(),
            annotation: is_annotated.then_some(Type::Float),
            value: Some(value),
        };
        self.declare(variable);
        vec![statement]
    }

    pub fn let_accumulator(&mut self) -> Vec<Statement> {
        let value = if self.random.chance(60) {
            self.literal()
        } else {
            self.leaf()
        };
        let variable = Variable::new(&self.fresh_name(), Type::Float)
            .mutable(true)
            .anchored(is_anchored(&value));
        let statement = Statement::Let {
            pattern: variable.pattern(),
            annotation: None,
            value: Some(value),
        };
        self.declare(variable);
        vec![statement]
    }

    pub fn let_float(&mut self) -> Option<Vec<Statement>> {
        let name = self.fresh_name();
        Some(self.let_named(&name))
    }

    /// A new variable of an old name, perhaps of another type.
    pub fn shadow_float(&mut self) -> Option<Vec<Statement>> {
        // A pattern with a constant's name would compare with it.
        let old =
            self.pick_variable(|variable| variable.name.chars().all(|c| !c.is_uppercase()))?;
        Some(self.let_named(&old.name))
    }

    pub fn deferred_let(&mut self) -> Option<Vec<Statement>> {
        let name = self.fresh_name();
        let condition = self.condition();
        let variable = Variable::new(&name, Type::Float);
        let mut branch = || Block {
            statements: vec![Statement::Assign {
                place: variable.expression(),
                value: self.float(),
            }],
            value: None,
        };
        let (then, otherwise) = (branch(), branch());
        let statement = Statement::Let {
            pattern: variable.pattern(),
            annotation: Some(Type::Float),
            value: None,
        };
        self.declare(variable);
        let choice = Expression::If {
            condition: Box::new(condition),
            then,
            otherwise: Some(otherwise),
        };
        Some(vec![statement, Statement::Effect(choice)])
    }

    pub fn constant_item(&mut self) -> Option<Vec<Statement>> {
        self.fresh += 1;
        let name = format!(
            "{}_{}",
            self.random.pick(&["RATE", "LIMIT", "TABLE"]),
            self.fresh
        );
        let mut literal = || number((self.random.float(-2.0, 2.0) * 64.0).round() / 64.0);
        let (ty, value) = if name.starts_with("TABLE") {
            (
                Type::floats(3),
                Expression::Array(vec![literal(), literal(), literal()]),
            )
        } else {
            (Type::Float, literal())
        };
        // Items are visible in their whole block, also before; unique names make that no matter.
        self.declare(Variable::new(&name, ty.clone()));
        Some(vec![Statement::Constant { name, ty, value }])
    }

    pub fn let_tuple(&mut self) -> Option<Vec<Statement>> {
        let count = 2 + self.random.below(2);
        let (mut types, mut values) = (Vec::new(), Vec::new());
        for index in 0..count {
            if index > 0 && self.random.chance(25) {
                types.push(Type::Integer);
                values.push(self.integer_within(&Type::Integer, 0, 6));
            } else {
                types.push(Type::Float);
                values.push(self.float());
            }
        }
        let value = Expression::Tuple(values);
        let is_annotated = !is_anchored(&value) && self.random.chance(50);
        let variable = Variable::new(&self.fresh_name(), Type::Tuple(types.clone()))
            .mutable(self.random.chance(60))
            .anchored(is_annotated || is_anchored(&value))
            .bounds(0, 6);
        let statement = Statement::Let {
            pattern: variable.pattern(),
            annotation: is_annotated.then_some(Type::Tuple(types)),
            value: Some(value),
        };
        self.declare(variable);
        Some(vec![statement])
    }

    /// `let (a, mut b) = (.., ..);`, of a tuple at hand or of a new one.
    pub fn destructure(&mut self) -> Option<Vec<Statement>> {
        let known = self.pick_variable(|variable| matches!(variable.ty, Type::Tuple(_)));
        let (value, types, anchors): (Expression, Vec<Type>, Vec<bool>) = match known {
            Some(tuple) if self.random.chance(50) => {
                let Type::Tuple(types) = tuple.ty.clone() else {
                    return None;
                };
                let anchors = vec![tuple.is_anchored; types.len()];
                (tuple.expression(), types, anchors)
            }
            _ if self.random.chance(25) => {
                let argument = self.pure_float();
                if !is_anchored(&argument) {
                    return None;
                }
                let value = Expression::SineCosine(Box::new(receiver(argument)));
                (value, vec![Type::Float; 2], vec![true; 2])
            }
            _ => {
                let values = vec![self.float(), self.float()];
                let anchors = values.iter().map(is_anchored).collect();
                (Expression::Tuple(values), vec![Type::Float; 2], anchors)
            }
        };
        let mut parts = Vec::new();
        for (ty, is_anchored) in types.into_iter().zip(anchors) {
            if self.random.chance(10) {
                parts.push(Pattern::Ignore);
                continue;
            }
            let variable = Variable::new(&self.fresh_name(), ty)
                .mutable(self.random.chance(40))
                .anchored(is_anchored)
                .bounds(0, 6);
            parts.push(variable.pattern());
            self.declare(variable);
        }
        let pattern = Pattern::Tuple(parts);
        Some(vec![Statement::Let {
            pattern,
            annotation: None,
            value: Some(value),
        }])
    }

    /// `let r = &x;`
    pub fn let_reference(&mut self) -> Option<Vec<Statement>> {
        // What is borrowed for long must not be assigned any more.
        let target = self.pick_variable(|variable| {
            variable.ty == Type::Float
                && !variable.is_mutable
                && !variable.is_reference
                && variable.parameters.is_none()
        })?;
        let variable = Variable::new(&self.fresh_name(), Type::Float)
            .reference(true)
            .anchored(target.is_anchored);
        let value = Expression::Reference(Box::new(target.expression()));
        let statement = Statement::Let {
            pattern: variable.pattern(),
            annotation: None,
            value: Some(value),
        };
        self.declare(variable);
        Some(vec![statement])
    }

    /// `let f = |a: f64, b| ..;`
    pub fn let_closure(&mut self) -> Option<Vec<Statement>> {
        let count = 1 + self.random.below(2);
        let name = self.fresh_name();
        // Variables that are still assigned cannot be captured.
        let hidden: Vec<bool> = self
            .variables
            .iter()
            .map(|variable| variable.is_frozen)
            .collect();
        for variable in &mut self.variables {
            variable.is_frozen |= variable.is_mutable;
        }
        let targets = std::mem::take(&mut self.targets);
        let mut parameters = Vec::new();
        let result = std::mem::replace(&mut self.result, Type::Bool);
        let body = self.scoped(|generator| {
            for _ in 0..count {
                // A closure that nobody calls would leave a type unknown.
                let is_annotated = true;
                let parameter =
                    Variable::new(&generator.fresh_name(), Type::Float).anchored(is_annotated);
                parameters.push((parameter.pattern(), is_annotated.then_some(Type::Float)));
                generator.declare(parameter);
            }
            if generator.random.chance(30) {
                Expression::Block {
                    label: None,
                    block: generator.float_block(2),
                }
            } else {
                generator.pure_float()
            }
        });
        self.result = result;
        self.targets = targets;
        for (variable, was_frozen) in self.variables.iter_mut().zip(hidden) {
            variable.is_frozen = was_frozen;
        }
        let mut variable = Variable::new(&name, Type::Float);
        variable.parameters = Some(count);
        self.declare(variable);
        Some(vec![Statement::Closure {
            name,
            parameters,
            body,
        }])
    }

    pub fn call_closure(&mut self) -> Option<Expression> {
        let closure = self.pick_variable(|variable| variable.parameters.is_some())?;
        let count = closure.parameters?;
        let arguments = self.purely(|generator| (0..count).map(|_| generator.float()).collect());
        Some(Expression::CallClosure {
            name: closure.name,
            arguments,
        })
    }
}
