//! Loops that count: `while`, `loop` and `for` over ranges. The counter comes first in the body, so that no exit skips it.

use super::Generator;
use super::build::*;
use super::scope::{Target, Variable};
use crate::tree::*;

impl Generator {
    /// A body that runs `trips` times.
    pub fn loop_body(&mut self, trips: usize, target: Target, bound: Vec<Variable>) -> Block {
        self.trips *= trips;
        self.targets.push(target);
        let body = self.scoped(|generator| {
            for variable in bound {
                generator.declare(variable);
            }
            Block {
                statements: generator.effective_statements(4),
                value: None,
            }
        });
        self.targets.pop();
        self.trips /= trips;
        body
    }

    /// Whether another loop of that many trips is affordable here.
    pub fn can_loop(&self, trips: usize) -> bool {
        self.trips * trips <= 64 && self.budget > 0 && !(self.keeps_in_arrays() && self.trips > 1)
    }

    /// Whether loops may leave for a reverse sweep no more than arrays hold: those of Jacobians have a constant length, and
    /// are not nested.
    fn keeps_in_arrays(&self) -> bool {
        self.is_compiled && self.gives_several
    }

    pub fn loop_target(&mut self, has_value: bool) -> Target {
        let label = self.random.chance(25).then(|| self.fresh_label());
        Target {
            label,
            is_loop: true,
            has_value,
        }
    }

    pub fn for_range(&mut self) -> Option<Vec<Statement>> {
        let count = self.random.between(2, 5);
        if !self.can_loop(count as usize) {
            return None;
        }
        let ty = if self.random.chance(70) {
            Type::Size
        } else {
            Type::Integer
        };
        let start = self.random.between(0, 2);
        let is_inclusive = self.random.chance(20);
        let literal_end = start + count - i128::from(is_inclusive);
        let to = if self.keeps_in_arrays() || self.random.chance(70) {
            Expression::Integer {
                value: literal_end,
                ty: ty.clone(),
                has_suffix: false,
            }
        } else {
            self.integer_within(&ty, start, literal_end)
        };
        let from = Expression::Integer {
            value: start,
            ty: ty.clone(),
            has_suffix: ty == Type::Integer,
        };
        let over = Iterated::Range {
            from,
            to,
            is_inclusive,
            is_reversed: self.random.chance(25),
            step: if self.random.chance(15) { 2 } else { 1 },
        };
        let target = self.loop_target(false);
        let label = target.label.clone();
        let counter = Variable::new(&self.fresh_name(), ty).bounds(start, start + count - 1);
        let pattern = if self.random.chance(5) {
            Pattern::Ignore
        } else {
            counter.pattern()
        };
        let bound = if matches!(pattern, Pattern::Ignore) {
            vec![]
        } else {
            vec![counter]
        };
        let body = self.loop_body(count as usize, target, bound);
        Some(vec![Statement::For {
            label,
            pattern,
            over,
            body,
        }])
    }

    /// The counter's declaration, its step, and the variable in the body.
    fn counter(&mut self, limit: i128) -> (Statement, Statement, Variable) {
        let ty = if self.random.chance(50) {
            Type::Size
        } else {
            Type::Integer
        };
        let name = self.fresh_name();
        let start = Statement::Let {
            pattern: Pattern::Name {
                name: name.clone(),
                is_mutable: true,
            },
            annotation: (ty == Type::Size || self.random.chance(50)).then(|| ty.clone()),
            value: Some(integer(0, &ty)),
        };
        let variable = Variable::new(&name, ty.clone())
            .bounds(0, limit)
            .anchored(ty == Type::Size);
        let place = variable.expression();
        let step = Statement::Compound {
            place,
            operator: Arithmetic::Add,
            value: integer(1, &ty),
        };
        (start, step, variable)
    }

    pub fn while_loop(&mut self) -> Option<Vec<Statement>> {
        let limit = self.random.between(2, 5);
        if !self.can_loop(limit as usize) || self.keeps_in_arrays() {
            return None;
        }
        let (start, step, counter) = self.counter(limit);
        self.declare(counter.clone());
        let bound = integer(limit, &counter.ty);
        let mut condition = compare(Comparison::Less, counter.expression(), bound);
        if self.random.chance(50) {
            let other = self.condition();
            condition = Expression::And(Box::new(condition), Box::new(other));
        }
        let target = self.loop_target(false);
        let label = target.label.clone();
        let mut body = self.loop_body(limit as usize, target, Vec::new());
        body.statements.insert(0, step);
        Some(vec![
            start,
            Statement::While {
                label,
                condition,
                body,
            },
        ])
    }

    fn endless(&mut self, has_value: bool) -> Option<(Statement, Expression, Variable)> {
        let limit = self.random.between(2, 5);
        if !self.can_loop(limit as usize) || self.keeps_in_arrays() {
            return None;
        }
        let (start, step, counter) = self.counter(limit);
        let target = self.loop_target(has_value);
        let label = target.label.clone();
        let mut body = self.loop_body(limit as usize, target, vec![counter.clone()]);
        let value = has_value.then(|| self.pure_float());
        let end = compare(
            Comparison::GreaterOrEqual,
            counter.expression(),
            integer(limit, &counter.ty),
        );
        let stop = when(end, vec![Statement::Break { label: None, value }]);
        body.statements.splice(0..0, [step, stop]);
        Some((start, Expression::Loop { label, body }, counter))
    }

    pub fn endless_loop(&mut self) -> Option<Vec<Statement>> {
        let (start, body, counter) = self.endless(false)?;
        self.declare(counter);
        Some(vec![start, Statement::Effect(body)])
    }

    /// `{ let mut n = 0; loop { .. break x; .. } }`
    pub fn loop_value(&mut self) -> Option<Expression> {
        if !self.may_assign {
            return None;
        }
        let (start, body, _) = self.endless(true)?;
        let block = Block {
            statements: vec![start],
            value: Some(Box::new(body)),
        };
        Some(Expression::Block { label: None, block })
    }
}
