//! Ways out: `return`, `break`, `continue`, each under a condition.

use super::Generator;
use super::build::*;
use super::scope::Target;
use crate::tree::*;

impl Generator {
    /// What the function returns.
    pub fn result_value(&mut self) -> Expression {
        let result = self.result.clone();
        self.value_of(&result, &mut Self::pure_float)
    }

    /// A value of a type, of these floats; arrays of floats may also be variables.
    pub fn value_of(
        &mut self,
        ty: &Type,
        float: &mut dyn FnMut(&mut Self) -> Expression,
    ) -> Expression {
        match ty {
            Type::Array(element, count) if **element == Type::Float && self.random.chance(30) => {
                self.array_argument(*count)
            }
            Type::Array(element, count) => {
                Expression::Array((0..*count).map(|_| self.value_of(element, float)).collect())
            }
            Type::Tuple(parts) => Expression::Tuple(
                parts
                    .iter()
                    .map(|part| self.value_of(part, float))
                    .collect(),
            ),
            _ => float(self),
        }
    }

    pub fn early_return(&mut self) -> Option<Vec<Statement>> {
        // A closure's result is none of the function's.
        if self.result == Type::Bool {
            return None;
        }
        let condition = self.rare_condition();
        let value = self.result_value();
        Some(vec![when(condition, vec![Statement::Return(value)])])
    }

    /// Exits that are taken at once hide what follows.
    fn rare_condition(&mut self) -> Expression {
        let condition = self.condition();
        if self.random.chance(50) {
            return condition;
        }
        let bound = number(*self.random.pick(&[-1.5, 2.5, 4.0, -3.0]));
        let float = self.leaf();
        let second = compare(
            if self.random.chance(50) {
                Comparison::Greater
            } else {
                Comparison::Less
            },
            float,
            bound,
        );
        Expression::And(Box::new(condition), Box::new(second))
    }

    /// The innermost loop without its label, or any label around.
    pub fn exit_target(&mut self, for_continue: bool) -> Option<(Option<Label>, Target)> {
        let mut choices = Vec::new();
        // Inside a labelled block an exit must have a label.
        if let Some(innermost) = self.targets.last().filter(|target| target.is_loop) {
            choices.push((None, innermost.clone()));
        }
        for target in &self.targets {
            if target.label.is_some() && (target.is_loop || !for_continue) {
                choices.push((target.label.clone(), target.clone()));
            }
        }
        (!choices.is_empty()).then(|| self.random.pick(&choices).clone())
    }

    pub fn break_out(&mut self) -> Option<Vec<Statement>> {
        let (label, target) = self.exit_target(false)?;
        let condition = self.rare_condition();
        let value = target.has_value.then(|| self.pure_float());
        let mut then = if self.budget > 0 && self.random.chance(30) {
            self.scoped(|generator| generator.statements(1))
        } else {
            Vec::new()
        };
        then.push(Statement::Break { label, value });
        Some(vec![when(condition, then)])
    }

    pub fn continue_on(&mut self) -> Option<Vec<Statement>> {
        let (label, _) = self.exit_target(true)?;
        let condition = self.rare_condition();
        let mut then = if self.budget > 0 && self.random.chance(30) {
            self.scoped(|generator| generator.statements(1))
        } else {
            Vec::new()
        };
        then.push(Statement::Continue { label });
        Some(vec![when(condition, then)])
    }
}
