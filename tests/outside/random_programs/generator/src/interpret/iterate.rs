//! What loops and iterator chains run over.

use super::Interpreter;
use super::value::{Exit, Outcome, Value};
use crate::number::Number;
use crate::tree::*;
use crate::vocabulary as v;

impl Interpreter<'_> {
    pub fn items(&mut self, over: &Iterated) -> Result<Vec<Value>, Exit> {
        Ok(match over {
            Iterated::Range {
                from,
                to,
                is_inclusive,
                is_reversed,
                step,
            } => {
                let from = self.expression(from)?.integer();
                let to = self.expression(to)?.integer() + i128::from(*is_inclusive);
                let mut items: Vec<i128> = (from..to).collect();
                if *is_reversed {
                    items.reverse();
                }
                items
                    .into_iter()
                    .step_by(*step)
                    .map(Value::Integer)
                    .collect()
            }
            Iterated::Elements(source) => self.elements(source)?,
            Iterated::Enumerated(source) => {
                let pair = |(i, value)| Value::List(vec![Value::Integer(i as i128), value]);
                self.elements(source)?
                    .into_iter()
                    .enumerate()
                    .map(pair)
                    .collect()
            }
            Iterated::Zipped(left, right) => {
                let left = self.elements(left)?;
                let right = self.elements(right)?;
                let pair = |(left, right)| Value::List(vec![left, right]);
                left.into_iter().zip(right).map(pair).collect()
            }
            Iterated::Windows(sequence, size) => {
                let sequence = self.expression(sequence)?;
                let windows = sequence.list().windows(*size);
                windows.map(|window| Value::List(window.to_vec())).collect()
            }
            Iterated::Chunks(sequence, size) => {
                let sequence = self.expression(sequence)?;
                let chunks = sequence.list().chunks(*size);
                chunks.map(|chunk| Value::List(chunk.to_vec())).collect()
            }
        })
    }

    fn elements(&mut self, source: &Source) -> Result<Vec<Value>, Exit> {
        let mut items = self.expression(&source.sequence)?.list().to_vec();
        if source.is_reversed {
            items.reverse();
        }
        items.drain(..source.skip.min(items.len()));
        Ok(items)
    }

    pub fn chain(&mut self, chain: &Chain) -> Outcome {
        let items = self.items(&chain.over)?;
        let mut total = match &chain.end {
            // The sum of nothing is minus zero, as in the standard library.
            ChainEnd::Sum => Value::Float(Number::constant(-0.0)),
            ChainEnd::Product => Value::Float(Number::constant(1.0)),
            ChainEnd::Fold { start, .. } | ChainEnd::Extreme { start, .. } => {
                self.expression(start)?
            }
        };
        for mut item in items {
            self.step()?;
            let depth = self.variables.len();
            if let Some((pattern, body)) = &chain.map {
                self.bind(pattern, item);
                item = self.expression(body)?;
                self.variables.truncate(depth);
            }
            if let Some((pattern, condition)) = &chain.filter {
                self.bind(pattern, item.clone());
                let passes = self.expression(condition)?.bool();
                self.variables.truncate(depth);
                if !passes {
                    continue;
                }
            }
            total = match &chain.end {
                ChainEnd::Extreme { function, .. } => {
                    Value::Float(self.oracle.apply(function, &[total.float(), item.float()]))
                }
                ChainEnd::Sum => {
                    Value::Float(self.oracle.apply(&v::ADD, &[total.float(), item.float()]))
                }
                ChainEnd::Product => Value::Float(
                    self.oracle
                        .apply(&v::MULTIPLY, &[total.float(), item.float()]),
                ),
                ChainEnd::Fold {
                    accumulator,
                    pattern,
                    body,
                    ..
                } => {
                    self.variables.push((accumulator.clone(), total));
                    self.bind(pattern, item);
                    let next = self.expression(body)?;
                    self.variables.truncate(depth);
                    next
                }
            };
        }
        Ok(total)
    }
}
