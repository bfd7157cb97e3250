//! Options: made under a condition, and taken out again at once.

use super::Generator;
use super::build::*;
use super::scope::Variable;
use crate::tree::*;

impl Generator {
    pub fn optional_value(&mut self) -> Option<Expression> {
        use OptionalStyle::*;
        let condition = self.purely(Self::condition);
        let value = self.inside_closure(Vec::new(), Self::pure_float);
        let item = Variable::new(&self.fresh_name(), Type::Float).anchored(is_anchored(&value));
        let pattern = item.pattern();
        let body = self.inside_closure(vec![item], Self::pure_float);
        let otherwise = self.inside_closure(Vec::new(), Self::pure_float);
        let style = *self.random.pick(&[IfLet, Match, Map, MapOr, MapOrElse]);
        Some(Expression::Optional(Box::new(Optional {
            condition,
            value,
            pattern,
            body,
            otherwise,
            style,
        })))
    }

    /// `let Some(x) = .. else { continue };`
    pub fn let_else(&mut self) -> Option<Vec<Statement>> {
        // A closure's result is none of the function's.
        if self.result == Type::Bool {
            return None;
        }
        let bound = number(*self.random.pick(&[-1.5, 2.5, 4.0, -3.0]));
        let condition = compare(Comparison::NotEqual, self.leaf(), bound);
        let value = self.inside_closure(Vec::new(), Self::pure_float);
        let exit = match self.exit_target(false) {
            Some((label, target)) if self.random.chance(70) => {
                let value = target.has_value.then(|| self.pure_float());
                Statement::Break { label, value }
            }
            _ => Statement::Return(self.result_value()),
        };
        let item = Variable::new(&self.fresh_name(), Type::Float)
            .mutable(self.random.chance(40))
            .anchored(is_anchored(&value));
        let pattern = item.pattern();
        self.declare(item);
        Some(vec![Statement::LetElse {
            pattern,
            condition,
            value,
            exit: vec![exit],
        }])
    }
}
