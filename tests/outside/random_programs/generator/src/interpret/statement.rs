//! Statements.

use super::Interpreter;
use super::value::{Closure, Exit, Value};
use crate::tree::*;

type Done = Result<(), Exit>;

/// What a loop does with an exit of its body.
pub enum After {
    Next,
    Stop(Value),
}

/// Loops take the exits that are theirs and pass on the others.
pub fn after_body(result: Result<Value, Exit>, label: Option<&Label>) -> Result<After, Exit> {
    let is_ours = |target: &Option<Label>| target.is_none() || target.as_ref() == label;
    match result {
        Ok(_) => Ok(After::Next),
        Err(Exit::Continue(target)) if is_ours(&target) => Ok(After::Next),
        Err(Exit::Break(target, value)) if is_ours(&target) => Ok(After::Stop(value)),
        Err(exit) => Err(exit),
    }
}

impl Interpreter<'_> {
    pub fn statement(&mut self, statement: &Statement) -> Done {
        match statement {
            Statement::Let { pattern, value, .. } => {
                let value = match value {
                    Some(value) => self.expression(value)?,
                    None => Value::Unit,
                };
                self.bind(pattern, value);
            }
            Statement::Constant { name, value, .. } => {
                let value = self.expression(value)?;
                self.variables.push((name.clone(), value));
            }
            Statement::Assign { place, value } => {
                let value = self.expression(value)?;
                self.assign(place, value)?;
            }
            Statement::Compound {
                place,
                operator,
                value,
            } => {
                // For numbers the right side comes first.
                let right = self.expression(value)?;
                let (root, path) = self.path(place)?;
                let left = self.place_of(&root, &path)?.clone();
                let value = self.arithmetic(*operator, &left, &right)?;
                *self.place_of(&root, &path)? = value;
            }
            Statement::Effect(expression) => {
                self.expression(expression)?;
            }
            Statement::For {
                label,
                pattern,
                over,
                body,
            } => {
                for item in self.items(over)? {
                    self.step()?;
                    let depth = self.variables.len();
                    self.bind(pattern, item);
                    let result = self.block(body);
                    self.variables.truncate(depth);
                    if let After::Stop(_) = after_body(result, label.as_ref())? {
                        break;
                    }
                }
            }
            Statement::Alias { name, place, body } => {
                let (root, path) = self.path(place)?;
                let value = self.place_of(&root, &path)?.clone();
                let depth = self.variables.len();
                self.variables.push((name.clone(), value));
                let result = self.block(body);
                let (_, value) = self.variables[depth].clone();
                self.variables.truncate(depth);
                *self.place_of(&root, &path)? = value;
                result?;
            }
            Statement::ForMutable {
                index,
                name,
                place,
                body,
                ..
            } => {
                self.for_mutable(index.as_ref(), name, place, body)?;
            }
            Statement::While {
                label,
                condition,
                body,
            } => {
                while self.expression(condition)?.bool() {
                    self.step()?;
                    let result = self.block(body);
                    if let After::Stop(_) = after_body(result, label.as_ref())? {
                        break;
                    }
                }
            }
            Statement::Break { label, value } => {
                let value = match value {
                    Some(value) => self.expression(value)?,
                    None => Value::Unit,
                };
                return Err(Exit::Break(label.clone(), value));
            }
            Statement::Continue { label } => return Err(Exit::Continue(label.clone())),
            Statement::Return(value) => return Err(Exit::Return(self.expression(value)?)),
            Statement::LetElse {
                pattern,
                condition,
                value,
                exit,
            } => {
                if self.expression(condition)?.bool() {
                    let value = self.expression(value)?;
                    self.bind(pattern, value);
                } else {
                    for statement in exit {
                        self.statement(statement)?;
                    }
                }
            }
            Statement::SwapElements { place, left, right } => {
                let left = self.expression(left)?.integer() as usize;
                let right = self.expression(right)?.integer() as usize;
                let (root, path) = self.path(place)?;
                self.place_of(&root, &path)?.list_mut().swap(left, right);
            }
            Statement::SwapPlaces { left, right } => {
                let (left, right) = (self.path(left)?, self.path(right)?);
                let first = self.place_of(&left.0, &left.1)?.clone();
                let second = self.place_of(&right.0, &right.1)?.clone();
                *self.place_of(&left.0, &left.1)? = second;
                *self.place_of(&right.0, &right.1)? = first;
            }
            Statement::Push { place, value } => {
                let value = self.expression(value)?;
                let (root, path) = self.path(place)?;
                self.place_of(&root, &path)?.list_mut().push(value);
            }
            Statement::Closure {
                name,
                parameters,
                body,
            } => {
                let closure = Closure {
                    parameters: parameters
                        .iter()
                        .map(|(pattern, _)| pattern.clone())
                        .collect(),
                    body: body.clone(),
                    captured: self.variables.clone(),
                };
                self.variables
                    .push((name.clone(), Value::Closure(Box::new(closure))));
            }
        }
        Ok(())
    }

    fn for_mutable(
        &mut self,
        index: Option<&Name>,
        name: &Name,
        place: &Expression,
        body: &Block,
    ) -> Done {
        let (root, path) = self.path(place)?;
        let count = self.place_of(&root, &path)?.list().len();
        for i in 0..count {
            self.step()?;
            let depth = self.variables.len();
            if let Some(index) = index {
                self.variables
                    .push((index.clone(), Value::Integer(i as i128)));
            }
            let element = self.place_of(&root, &path)?.list()[i].clone();
            self.variables.push((name.clone(), element));
            let result = self.block(body);
            let (_, element) = self.variables.pop().expect("just pushed");
            self.variables.truncate(depth);
            self.place_of(&root, &path)?.list_mut()[i] = element;
            if let After::Stop(_) = after_body(result, None)? {
                break;
            }
        }
        Ok(())
    }

    fn assign(&mut self, place: &Expression, value: Value) -> Done {
        if let Expression::Tuple(parts) = place {
            for (part, value) in parts.iter().zip(value.list().to_vec()) {
                self.assign(part, value)?;
            }
            return Ok(());
        }
        let (root, path) = self.path(place)?;
        *self.place_of(&root, &path)? = value;
        Ok(())
    }

    /// The variable at the root, and the indices from there.
    fn path(&mut self, place: &Expression) -> Result<(Name, Vec<usize>), Exit> {
        match place {
            Expression::Variable { name, .. } => Ok((name.clone(), Vec::new())),
            Expression::Dereference { target, .. } => self.path(target),
            Expression::Component { tuple, index } => {
                let (root, mut path) = self.path(tuple)?;
                path.push(*index);
                Ok((root, path))
            }
            Expression::Index { sequence, index } => {
                let (root, mut path) = self.path(sequence)?;
                path.push(self.expression(index)?.integer() as usize);
                Ok((root, path))
            }
            _ => Err(Exit::Stuck("this is no place")),
        }
    }

    fn place_of(&mut self, root: &Name, path: &[usize]) -> Result<&mut Value, Exit> {
        let mut value = self.lookup(root)?;
        for index in path {
            value = value
                .list_mut()
                .get_mut(*index)
                .ok_or(Exit::Stuck("an index is out of range"))?;
        }
        Ok(value)
    }
}
