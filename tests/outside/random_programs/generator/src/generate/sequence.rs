//! Arrays, `Vec`s and their elements.

use super::Generator;
use super::build::*;
use super::scope::Variable;
use crate::tree::*;

impl Generator {
    /// An array of floats: a variable, a literal, or a repeated value.
    pub fn array(&mut self, count: usize) -> Expression {
        // Copies of what may change are left to dual numbers.
        let is_compiled = self.is_compiled;
        let known = self.pick_variable(|variable| {
            variable.ty == Type::floats(count)
                && !variable.is_reference
                && !(is_compiled && variable.is_mutable)
        });
        match (self.random.below(10), known) {
            (0..5, Some(variable)) if !is_compiled => variable.expression(),
            (5..7, _) => {
                let value = if is_compiled || self.random.chance(70) {
                    self.literal()
                } else {
                    self.leaf()
                };
                Expression::Repeat {
                    value: Box::new(value),
                    count,
                }
            }
            _ => Expression::Array(
                (0..count)
                    .map(|_| {
                        if self.random.chance(50) {
                            self.leaf()
                        } else {
                            self.formally(Self::float)
                        }
                    })
                    .collect(),
            ),
        }
    }

    fn let_sequence(&mut self, ty: Type, value: Expression, length: usize) -> Vec<Statement> {
        let is_annotated = !is_anchored(&value) && self.random.chance(40);
        let variable = Variable::new(&self.fresh_name(), ty.clone())
            .mutable(self.random.chance(70))
            .anchored(is_annotated || is_anchored(&value))
            .bounds(length as i128, 0);
        let statement = Statement::Let {
            pattern: variable.pattern(),
            annotation: is_annotated.then_some(ty),
            value: Some(value),
        };
        self.declare(variable);
        vec![statement]
    }

    pub fn let_array(&mut self) -> Option<Vec<Statement>> {
        let count = 2 + self.random.below(3);
        let value = self.array(count);
        Some(self.let_sequence(Type::floats(count), value, count))
    }

    pub fn let_matrix(&mut self) -> Option<Vec<Statement>> {
        let (rows, columns) = (2 + self.random.below(2), 2 + self.random.below(2));
        let value = if self.is_compiled || self.random.chance(50) {
            let row = Expression::Repeat {
                value: Box::new(self.literal()),
                count: columns,
            };
            Expression::Repeat {
                value: Box::new(row),
                count: rows,
            }
        } else {
            Expression::Array((0..rows).map(|_| self.array(columns)).collect())
        };
        let ty = Type::Array(Box::new(Type::floats(columns)), rows);
        Some(self.let_sequence(ty, value, rows))
    }

    pub fn let_vector(&mut self) -> Option<Vec<Statement>> {
        let count = 1 + self.random.below(3);
        let value = if self.random.chance(40) {
            Expression::VectorRepeat {
                value: Box::new(self.leaf()),
                count,
            }
        } else {
            Expression::Vector((0..count).map(|_| self.float()).collect())
        };
        Some(self.let_sequence(Type::Vector, value, count))
    }

    pub fn push(&mut self) -> Option<Vec<Statement>> {
        let vector =
            self.pick_variable(|variable| variable.ty == Type::Vector && variable.is_mutable)?;
        let value = self.pure_float();
        Some(vec![Statement::Push {
            place: vector.expression(),
            value,
        }])
    }

    /// `let [a, mut b, ..] = array;`
    pub fn destructure_array(&mut self) -> Option<Vec<Statement>> {
        let array = self.pick_variable(|variable| {
            !variable.is_reference
                && matches!(&variable.ty, Type::Array(element, _) if **element == Type::Float)
        })?;
        let count = array.length()?;
        let taken = match self.is_compiled {
            true => count,
            false => 1 + self.random.below(count),
        };
        let mut parts = Vec::new();
        for _ in 0..taken {
            let variable = Variable::new(&self.fresh_name(), Type::Float)
                .mutable(self.random.chance(40))
                .anchored(array.is_anchored);
            parts.push(variable.pattern());
            self.declare(variable);
        }
        let pattern = Pattern::Array {
            parts,
            has_rest: taken < count,
        };
        Some(vec![Statement::Let {
            pattern,
            annotation: None,
            value: Some(array.expression()),
        }])
    }

    /// An element of a sequence or of a matrix.
    pub fn element(&mut self) -> Option<Expression> {
        let sequence = self.sequence_with_elements(|_| true)?;
        self.element_at(&sequence)
    }

    /// An element to write to. Its index does not read the sequence, which is borrowed by then.
    pub fn element_place(&mut self) -> Option<Expression> {
        let sequence = self.sequence_with_elements(|variable| variable.is_mutable)?;
        self.borrowed(&sequence.name.clone(), true, |generator| {
            match sequence.length() {
                Some(length) => Some(index(sequence.expression(), generator.index_below(length))),
                None => generator.element_at(&sequence),
            }
        })
    }

    fn sequence_with_elements(&mut self, wanted: impl Fn(&Variable) -> bool) -> Option<Variable> {
        let is_sequence = |variable: &Variable| {
            variable.parameters.is_none()
                && matches!(variable.ty, Type::Array(..) | Type::Slice | Type::Vector)
        };
        self.pick_variable(|variable| is_sequence(variable) && wanted(variable))
    }

    fn element_at(&mut self, sequence: &Variable) -> Option<Expression> {
        if let Some(length) = sequence.length() {
            let at = self.sequence_index(sequence, length);
            return Some(index(sequence.expression(), at));
        }
        let Type::Array(row, rows) = &sequence.ty else {
            return None;
        };
        let Type::Array(_, columns) = **row else {
            return None;
        };
        let (i, j) = (self.index_below(*rows), self.index_below(columns));
        Some(index(index(sequence.expression(), i), j))
    }

    /// Below the known length mostly; of slices and `Vec`s also counted from their own.
    fn sequence_index(&mut self, sequence: &Variable, length: usize) -> Expression {
        let is_dynamic = matches!(sequence.ty, Type::Slice | Type::Vector);
        if is_dynamic && self.random.chance(30) {
            let len = Expression::Length(Box::new(sequence.expression()));
            return if self.random.chance(50) {
                whole(Arithmetic::Subtract, len, integer(1, &Type::Size))
            } else {
                let (value, ..) = self.purely(|generator| generator.integer(&Type::Size));
                whole(Arithmetic::Remainder, value, len)
            };
        }
        self.index_below(length)
    }

    /// `[a, b, c][i]`
    pub fn element_of_literal(&mut self) -> Option<Expression> {
        let parts: Vec<Expression> = (0..3).map(|_| self.leaf()).collect();
        let at = self.index_below(3);
        Some(index(Expression::Array(parts), at))
    }

    pub fn swap_elements(&mut self) -> Option<Vec<Statement>> {
        let sequence = self.pick_variable(|variable| {
            variable.is_mutable && !variable.is_reference && variable.length().is_some()
        })?;
        let length = sequence.length()?;
        let (left, right) = self.borrowed(&sequence.name.clone(), true, |generator| {
            (generator.index_below(length), generator.index_below(length))
        });
        Some(vec![Statement::SwapElements {
            place: sequence.expression(),
            left,
            right,
        }])
    }
}
