//! Values of several ways, and where they go.

use syn::BinOp;

use super::block::without_conditions;
use super::exit;
use super::{Lowered, Lowering, Tail, unknown};
use crate::adjoint::form::*;
use crate::kind::Kind;
use crate::tree::*;

impl<'a> Lowering<'a> {
    /// The value of a node, wherever it goes.
    pub fn value_into(&mut self, node: &'a Node, tail: Tail) -> Lowered<()> {
        match &node.shape {
            Shape::Group(inner) => return self.value_into(inner, tail),
            Shape::Block {
                block, label: None, ..
            } => return self.block(block, tail),
            Shape::If {
                condition,
                then,
                otherwise: Some(otherwise),
            } => {
                let ways = vec![
                    self.aside(|this| this.block(then, tail))?,
                    self.aside(|this| this.value_into(otherwise, tail))?,
                ];
                let condition = self.condition(condition)?;
                return self.branch(Head::If(condition), ways);
            }
            Shape::Match(choice) => {
                let ways = choice
                    .arms
                    .iter()
                    .map(|arm| self.aside(|this| this.value_into(&arm.body, tail)))
                    .collect::<Lowered<_>>()?;
                return self.matched(choice, ways);
            }
            Shape::Return { .. } | Shape::Break { .. } | Shape::Continue(_) => {
                return self.exit(node, tail);
            }
            _ if node.is_diverging() => {
                self.steps.push(Step::Plain(Plain::Expression(node)));
                return Ok(());
            }
            _ if self.is_several(tail) => return self.finish_several(Some(node)),
            Shape::Loop { .. } if !matches!(tail, Tail::Parts(_)) => {
                let variable = self.fresh();
                let may_leave = exit::may_leave(Part::Node(node));
                let has_result = may_leave && self.loops.is_empty() && tail == Tail::Result;
                if may_leave && !has_result {
                    return unknown(node.span, "a value that may leave a loop or the function");
                }
                self.looped_value(node, variable)?;
                let value = self.read_of(variable);
                if has_result {
                    let on = self.aside(|this| {
                        this.finish(value, tail);
                        Ok(())
                    })?;
                    let (flag, result) = self.returned();
                    let result = self.given(&result);
                    return self.branch(Head::Flag(flag), vec![vec![result], on]);
                }
                self.finish(value, tail);
                return Ok(());
            }
            _ => {}
        }
        if let Tail::Parts(target) = tail {
            return self.finish_parts(node, target);
        }
        let value = self.formula(node)?;
        self.finish(value, tail);
        Ok(())
    }

    pub fn finish(&mut self, value: Formula<'a>, tail: Tail) {
        self.steps.push(match tail {
            Tail::Into(variable) => Step::Set {
                place: Place {
                    variable,
                    indices: Vec::new(),
                },
                value,
                is_first: true,
            },
            _ => Step::Result(value),
        });
    }

    /// A loop that gives a value.
    pub fn looped_value(&mut self, node: &'a Node, variable: Variable) -> Lowered<()> {
        let Shape::Loop { label, body, .. } = &node.bare().shape else {
            return unknown(node.span, "a loop of another kind");
        };
        self.mutable.insert(variable);
        let zero = self.formula_of(FormulaShape::Zero);
        self.steps.push(Step::Let {
            variable,
            value: zero,
        });
        self.repeat_block(LoopHead::Forever, label.as_ref(), Some(variable), body)
    }

    pub fn matched(&mut self, choice: &'a Match, mut ways: Vec<Vec<Step<'a>>>) -> Lowered<()> {
        for arm in &choice.arms {
            without_conditions(&arm.conditions)?;
        }
        let is_plain = choice.arms.iter().all(|arm| {
            let mut is_plain = true;
            arm.pattern.each_variable(&mut |variable, _| {
                is_plain &= !self.kinds[variable].is_active();
            });
            is_plain
                && arm
                    .guard
                    .as_ref()
                    .is_none_or(|guard| self.passive(guard).is_ok())
        });
        let scrutinee = &*choice.scrutinee;
        if !is_plain && self.takes_number(choice) {
            let value = self.formula(scrutinee)?;
            let number = self.spelled(scrutinee, value);
            for (arm, way) in choice.arms.iter().zip(&mut ways) {
                if let PatternShape::Bind { variable, .. } = arm.pattern.shape {
                    let value = self.read_of(number);
                    way.insert(0, Step::Let { variable, value });
                }
            }
            return self.branch(Head::Match(scrutinee, &choice.arms, false), ways);
        }
        if !is_plain || scrutinee.kind.is_active() && !choice.of_value {
            return unknown(scrutinee.span, "a match that takes numbers apart");
        }
        self.passive(scrutinee)?;
        self.branch(Head::Match(scrutinee, &choice.arms, choice.of_value), ways)
    }
}

impl<'a> Lowering<'a> {
    /// Whether all arms take one number as it is.
    fn takes_number(&self, choice: &'a Match) -> bool {
        let takes_number = |arm: &'a Arm| {
            let is_plain = match &arm.pattern.shape {
                PatternShape::Ignore => true,
                PatternShape::Bind {
                    variable,
                    is_reference: false,
                    inner: None,
                } => self.kinds[*variable] == Kind::Number,
                _ => false,
            };
            let guard = arm.guard.as_ref();
            is_plain && guard.is_none_or(|guard| self.passive(guard).is_ok())
        };
        choice.scrutinee.kind == Kind::Number
            && !choice.of_value
            && choice.arms.iter().all(takes_number)
    }

    /// The value in a variable that stands for the node in text. In a closure that is called again it is the same one.
    fn spelled(&mut self, node: &'a Node, value: Formula<'a>) -> Variable {
        let address = std::ptr::from_ref(node);
        let known = self.spelled.get(&address).copied();
        let variable = known.unwrap_or_else(|| self.fresh());
        self.mutable.insert(variable);
        self.steps.push(Step::Let { variable, value });
        self.spelled.insert(address, variable);
        variable
    }

    /// A condition that is evaluated once: closures in it that give numbers are evaluated before.
    pub fn condition(&mut self, node: &'a Node) -> Lowered<&'a Node> {
        if self.passive(node).is_err() {
            self.spell_calls(node)?;
        }
        self.passive(node)
    }

    fn spell_calls(&mut self, node: &'a Node) -> Lowered<()> {
        match &node.shape {
            Shape::Group(inner) | Shape::Not(inner) | Shape::Negate(inner) => {
                self.spell_calls(inner)
            }
            // The right side may not be wanted.
            Shape::Binary {
                left,
                operator: BinOp::And(_) | BinOp::Or(_),
                ..
            } => self.spell_calls(left),
            Shape::Binary { left, right, .. } => {
                self.spell_calls(left)?;
                self.spell_calls(right)
            }
            Shape::Method(method) if matches!(method.meaning, Meaning::Vocabulary) => {
                self.spell_calls(&method.receiver)
            }
            Shape::Call(call) if node.kind == Kind::Number && self.closure_of(call).is_some() => {
                let value = self.formula(node)?;
                self.spelled(node, value);
                Ok(())
            }
            _ => Ok(()),
        }
    }
}
