//! Iterator chains that end in a number.

use super::Generator;
use super::build::*;
use super::scope::Variable;
use crate::tree::*;
use crate::vocabulary::find;

impl Generator {
    /// `xs.iter().map(|x| ..).sum::<f64>()`
    pub fn sum_chain(&mut self) -> Option<Expression> {
        let end = if self.random.chance(80) {
            ChainEnd::Sum
        } else {
            ChainEnd::Product
        };
        self.mapped_chain(end, false)
    }

    /// `xs.iter().map(|x| ..).filter(|x| ..).sum::<f64>()`
    pub fn filtered_chain(&mut self) -> Option<Expression> {
        self.mapped_chain(ChainEnd::Sum, true)
    }

    /// `xs.iter().map(|x| ..).fold(0.0, f64::max)`
    pub fn extreme_chain(&mut self) -> Option<Expression> {
        let name = *self.random.pick(&["max", "min", "hypot"]);
        let function = find(name);
        let start = self.pure_float();
        let is_filtered = self.random.chance(25);
        self.mapped_chain(ChainEnd::Extreme { start, function }, is_filtered)
    }

    fn mapped_chain(&mut self, end: ChainEnd, is_filtered: bool) -> Option<Expression> {
        let (over, pattern, bound) = self.chain_source()?;
        let map = self.inside_closure(bound, |generator| (pattern, generator.pure_float()));
        let filter = is_filtered.then(|| self.filter(is_anchored(&map.1)));
        Some(Expression::Chain(Box::new(Chain {
            over,
            map: Some(map),
            filter,
            end,
        })))
    }

    fn filter(&mut self, is_anchored: bool) -> (Pattern, Expression) {
        let item = Variable::new(&self.fresh_name(), Type::Float)
            .reference(true)
            .anchored(is_anchored);
        let (pattern, item) = self.element_pattern(item);
        let operator = *self.random.pick(&[
            Comparison::Less,
            Comparison::GreaterOrEqual,
            Comparison::NotEqual,
        ]);
        let condition = self.inside_closure(vec![item.clone()], |generator| {
            compare(operator, item.value(), generator.leaf())
        });
        (pattern, condition)
    }

    pub fn fold_chain(&mut self) -> Option<Expression> {
        let (over, pattern, mut bound) = match self.is_compiled {
            true => self.copied_source()?,
            false => self.chain_source()?,
        };
        let start = self.pure_float();
        let others: Vec<Name> = bound.iter().map(|variable| variable.name.clone()).collect();
        let others: Vec<&str> = others.iter().map(Name::as_str).collect();
        let accumulator = self.distinct_name(&others);
        let total = Variable::new(&accumulator, Type::Float).anchored(false);
        bound.push(total.clone());
        let body = self.inside_closure(bound, |generator| {
            let term = generator.pure_float();
            binary(Arithmetic::Add, total.expression(), term)
        });
        let end = ChainEnd::Fold {
            start,
            accumulator,
            pattern,
            body,
        };
        Some(Expression::Chain(Box::new(Chain {
            over,
            map: None,
            filter: None,
            end,
        })))
    }

    pub fn inside_closure<T>(
        &mut self,
        bound: Vec<Variable>,
        make: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let targets = std::mem::take(&mut self.targets);
        let result = std::mem::replace(&mut self.result, Type::Bool);
        let made = self.scoped(|generator| {
            for variable in bound {
                generator.declare(variable);
            }
            make(generator)
        });
        self.result = result;
        self.targets = targets;
        made
    }

    /// Elements as they are, of which folds are compiled.
    fn copied_source(&mut self) -> Option<(Iterated, Pattern, Vec<Variable>)> {
        let (mut source, bound, _) = self.source()?;
        source.style = SourceStyle::Copied;
        let bound = bound.reference(false);
        Some((Iterated::Elements(source), bound.pattern(), vec![bound]))
    }

    fn chain_source(&mut self) -> Option<(Iterated, Pattern, Vec<Variable>)> {
        match self.random.below(4) {
            0 => {
                let (over, pattern, bound, ..) = self.zipped()?;
                Some((over, pattern, bound))
            }
            1 => {
                let sequence = self.sequence_variable()?;
                let bound = Variable::new(&self.fresh_name(), Type::Slice)
                    .anchored(sequence.is_anchored)
                    .bounds(2, 0);
                Some((
                    Iterated::Windows(sequence.expression(), 2),
                    bound.pattern(),
                    vec![bound],
                ))
            }
            2 => {
                let bound = Variable::new(&self.fresh_name(), Type::Size).bounds(0, 3);
                let (from, to) = (integer(0, &Type::Size), integer(4, &Type::Size));
                let over = Iterated::Range {
                    from,
                    to,
                    is_inclusive: false,
                    is_reversed: false,
                    step: 1,
                };
                Some((over, bound.pattern(), vec![bound]))
            }
            _ => {
                let (source, bound, _) = self.source()?;
                let (pattern, bound) = self.element_pattern(bound);
                Some((Iterated::Elements(source), pattern, vec![bound]))
            }
        }
    }
}
