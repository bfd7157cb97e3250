//! `if`, `match` and blocks, as statements and as values.

use super::Generator;
use super::build::*;
use super::scope::{Target, Variable};
use crate::tree::*;

impl Generator {
    pub fn if_statement(&mut self) -> Option<Vec<Statement>> {
        let condition = self.condition();
        let then = self.unit_block(3);
        let otherwise = match self.random.below(10) {
            0..4 => None,
            4..7 => Some(self.unit_block(2)),
            _ => {
                let condition = self.condition();
                let then = self.unit_block(2);
                let last = self.random.chance(60).then(|| self.unit_block(2));
                let inner = Expression::If {
                    condition: Box::new(condition),
                    then,
                    otherwise: last,
                };
                Some(Block {
                    statements: vec![Statement::Effect(inner)],
                    value: None,
                })
            }
        };
        let condition = Box::new(condition);
        Some(vec![Statement::Effect(Expression::If {
            condition,
            then,
            otherwise,
        })])
    }

    pub fn if_value(&mut self) -> Option<Expression> {
        let condition = self.condition();
        let then = self.float_block(2);
        let otherwise = if self.random.chance(30) {
            let inner = self.if_value()?;
            block_of(inner)
        } else {
            self.float_block(1)
        };
        Some(Expression::If {
            condition: Box::new(condition),
            then,
            otherwise: Some(otherwise),
        })
    }

    /// Arms over an integer whose values lie near 0 to 6; the last takes all.
    fn arms(&mut self, ty: &Type, mut body: impl FnMut(&mut Self) -> Expression) -> Vec<Arm> {
        let mut arms = Vec::new();
        for _ in 0..1 + self.random.below(3) {
            let pattern = match self.random.below(4) {
                0 => {
                    let first = self.random.between(0, 2);
                    ArmPattern::Values(vec![first, first + 2])
                }
                1 => {
                    let from = self.random.between(0, 3);
                    ArmPattern::Range(from, from + 1)
                }
                _ => ArmPattern::Values(vec![self.random.between(0, 5)]),
            };
            let guard = self.random.chance(25).then(|| self.condition());
            let body = self.scoped(&mut body);
            arms.push(Arm {
                pattern,
                guard,
                body,
            });
        }
        if self.random.chance(30) {
            let name = self.fresh_name();
            let bound = self.scoped(|generator| {
                generator.declare(
                    Variable::new(&name, ty.clone())
                        .bounds(0, 6)
                        .anchored(false),
                );
                let guard = Some(generator.condition());
                let body = body(generator);
                Arm {
                    pattern: ArmPattern::Bind(name.clone()),
                    guard,
                    body,
                }
            });
            arms.push(bound);
        }
        let body = self.scoped(&mut body);
        arms.push(Arm {
            pattern: ArmPattern::Wild,
            guard: None,
            body,
        });
        arms
    }

    fn scrutinee(&mut self) -> (Expression, Type) {
        let ty = if self.random.chance(50) {
            Type::Size
        } else {
            Type::Integer
        };
        let mut scrutinee = self.integer_within(&ty, 0, 6);
        for _ in 0..3 {
            if matches!(scrutinee, Expression::Integer { .. }) {
                scrutinee = self.integer_within(&ty, 0, 6);
            }
        }
        (scrutinee, ty)
    }

    pub fn match_statement(&mut self) -> Option<Vec<Statement>> {
        let (scrutinee, ty) = self.scrutinee();
        let arms = self.arms(&ty, |generator| Expression::Block {
            label: None,
            block: generator.unit_block(2),
        });
        Some(vec![Statement::Effect(Expression::Match {
            scrutinee: Box::new(scrutinee),
            arms,
        })])
    }

    pub fn match_value(&mut self) -> Option<Expression> {
        let (scrutinee, ty) = self.scrutinee();
        let arms = self.arms(&ty, |generator| {
            if generator.random.chance(25) {
                Expression::Block {
                    label: None,
                    block: generator.float_block(2),
                }
            } else {
                generator.float()
            }
        });
        Some(Expression::Match {
            scrutinee: Box::new(scrutinee),
            arms,
        })
    }

    pub fn block_value(&mut self) -> Option<Expression> {
        Some(Expression::Block {
            label: None,
            block: self.float_block(2),
        })
    }

    pub fn block_statement(&mut self) -> Option<Vec<Statement>> {
        let block = self.unit_block(3);
        Some(vec![Statement::Effect(Expression::Block {
            label: None,
            block,
        })])
    }

    /// `'block: { if .. { break 'block 1.0; } x }`
    pub fn labelled_value(&mut self) -> Option<Expression> {
        let label = self.fresh_label();
        self.targets.push(Target {
            label: Some(label.clone()),
            is_loop: false,
            has_value: true,
        });
        let condition = self.condition();
        let value = Some(self.pure_float());
        let exit = when(
            condition,
            vec![Statement::Break {
                label: Some(label.clone()),
                value,
            }],
        );
        let mut block = self.float_block(1);
        self.targets.pop();
        block.statements.insert(0, exit);
        Some(Expression::Block {
            label: Some(label),
            block,
        })
    }

    /// `if .. { return 1.0 } else { x }`
    pub fn value_or_return(&mut self) -> Option<Expression> {
        if self.result != Type::Float || !self.may_assign {
            return None;
        }
        let condition = self.condition();
        let exit = Expression::Return(Box::new(self.pure_float()));
        let value = self.pure_float();
        Some(Expression::If {
            condition: Box::new(condition),
            then: block_of(exit),
            otherwise: Some(block_of(value)),
        })
    }
}
