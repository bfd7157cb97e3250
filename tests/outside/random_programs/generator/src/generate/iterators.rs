//! Loops over elements.

use super::Generator;
use super::scope::Variable;
use crate::tree::*;

impl Generator {
    pub fn sequence_variable(&mut self) -> Option<Variable> {
        self.pick_variable(|variable| variable.length().is_some() && variable.parameters.is_none())
    }

    /// Elements of a variable, how many at most, and the variable that binds one.
    pub fn source(&mut self) -> Option<(Source, Variable, usize)> {
        let sequence = self.sequence_variable()?;
        let is_array = matches!(sequence.ty, Type::Array(..));
        let is_owned = !sequence.is_reference && sequence.ty != Type::Slice;
        let style = match self.random.below(10) {
            0..4 => SourceStyle::Iter,
            4..6 => SourceStyle::Copied,
            6..8 if is_owned => SourceStyle::Reference,
            _ if is_array && is_owned && !(self.is_compiled && sequence.is_mutable) => {
                SourceStyle::Value
            }
            _ => SourceStyle::Iter,
        };
        let is_iterator = matches!(style, SourceStyle::Iter | SourceStyle::Copied);
        let source = Source {
            sequence: sequence.expression(),
            style,
            is_reversed: is_iterator && self.random.chance(15),
            skip: if is_iterator && self.random.chance(10) {
                1
            } else {
                0
            },
        };
        let length = sequence.length()?;
        let most = if is_array { length } else { length + 4 };
        let bound = Variable::new(&self.fresh_name(), Type::Float)
            .anchored(sequence.is_anchored)
            .reference(style.gives_references());
        Some((source, bound, most))
    }

    /// The pattern for an element, `&x` or `x`, and the variable as it is then.
    pub fn element_pattern(&mut self, bound: Variable) -> (Pattern, Variable) {
        if bound.is_reference && self.random.chance(40) {
            let bound = bound.reference(false);
            (Pattern::Reference(Box::new(bound.pattern())), bound)
        } else {
            (bound.pattern(), bound)
        }
    }

    fn name_of(source: &Source) -> Name {
        match &source.sequence {
            Expression::Variable { name, .. } => name.clone(),
            _ => String::new(),
        }
    }

    /// A loop over elements; the sequences are borrowed meanwhile.
    fn for_over(
        &mut self,
        over: Iterated,
        pattern: Pattern,
        bound: Vec<Variable>,
        most: usize,
        borrowed: Vec<Name>,
    ) -> Option<Vec<Statement>> {
        if !self.can_loop(most) {
            return None;
        }
        let target = self.loop_target(false);
        let label = target.label.clone();
        let first = borrowed[0].clone();
        let second = borrowed[borrowed.len() - 1].clone();
        let body = self.borrowed(&first, false, |generator| {
            generator.borrowed(&second, false, |generator| {
                generator.loop_body(most, target, bound)
            })
        });
        Some(vec![Statement::For {
            label,
            pattern,
            over,
            body,
        }])
    }

    pub fn for_elements(&mut self) -> Option<Vec<Statement>> {
        let (source, bound, most) = self.source()?;
        let name = Self::name_of(&source);
        let (pattern, bound) = self.element_pattern(bound);
        self.for_over(
            Iterated::Elements(source),
            pattern,
            vec![bound],
            most,
            vec![name],
        )
    }

    pub fn for_enumerated(&mut self) -> Option<Vec<Statement>> {
        let (source, bound, most) = self.source()?;
        let name = Self::name_of(&source);
        let (pattern, bound) = self.element_pattern(bound);
        let counter = self.distinct_name(&[&bound.name]);
        let counter = Variable::new(&counter, Type::Size).bounds(0, most as i128 + 200);
        let pattern = Pattern::Tuple(vec![counter.pattern(), pattern]);
        self.for_over(
            Iterated::Enumerated(source),
            pattern,
            vec![counter, bound],
            most,
            vec![name],
        )
    }

    pub fn for_zipped(&mut self) -> Option<Vec<Statement>> {
        let (over, pattern, bound, most, names) = self.zipped()?;
        self.for_over(over, pattern, bound, most, names)
    }

    #[allow(clippy::type_complexity)]
    pub fn zipped(&mut self) -> Option<(Iterated, Pattern, Vec<Variable>, usize, Vec<Name>)> {
        let (left, first, left_most) = self.source()?;
        let (right, mut second, right_most) = self.source()?;
        second.name = self.distinct_name(&[&first.name]);
        let names = vec![Self::name_of(&left), Self::name_of(&right)];
        // As a receiver, `&a` is written `a.iter()`.
        let (left_pattern, first) = self.element_pattern(first);
        let (right_pattern, second) = self.element_pattern(second);
        let pattern = Pattern::Tuple(vec![left_pattern, right_pattern]);
        Some((
            Iterated::Zipped(left, right),
            pattern,
            vec![first, second],
            left_most.min(right_most),
            names,
        ))
    }

    pub fn distinct_name(&mut self, others: &[&str]) -> Name {
        loop {
            let name = self.fresh_name();
            if !others.contains(&name.as_str()) {
                return name;
            }
        }
    }

    /// Windows or chunks.
    fn for_parts(&mut self, is_windows: bool) -> Option<Vec<Statement>> {
        let sequence = self.sequence_variable()?;
        let (length, name) = (sequence.length()?, sequence.name.clone());
        let size = 1 + self.random.below(2) + usize::from(is_windows);
        let least = if is_windows { size } else { 1 };
        let bound = Variable::new(&self.fresh_name(), Type::Slice)
            .anchored(sequence.is_anchored)
            .bounds(least as i128, 0);
        let sequence = sequence.expression();
        let over = if is_windows {
            Iterated::Windows(sequence, size)
        } else {
            Iterated::Chunks(sequence, size)
        };
        let pattern = bound.pattern();
        self.for_over(over, pattern, vec![bound], length + 2, vec![name])
    }

    pub fn for_windows(&mut self) -> Option<Vec<Statement>> {
        self.for_parts(true)
    }

    pub fn for_chunks(&mut self) -> Option<Vec<Statement>> {
        self.for_parts(false)
    }

    /// `for row in &matrix { .. }`
    pub fn loop_over_matrix(&mut self) -> Option<Vec<Statement>> {
        let is_matrix = |variable: &Variable| matches!(&variable.ty, Type::Array(row, _) if matches!(**row, Type::Array(..)));
        let matrix = self.pick_variable(is_matrix)?;
        let Type::Array(row, rows) = matrix.ty.clone() else {
            return None;
        };
        let style = match self.random.below(3) {
            0 => SourceStyle::Iter,
            _ if self.is_compiled && matrix.is_mutable => SourceStyle::Iter,
            1 => SourceStyle::Reference,
            _ => SourceStyle::Value,
        };
        let bound = Variable::new(&self.fresh_name(), *row)
            .anchored(matrix.is_anchored)
            .reference(style.gives_references());
        let source = Source {
            sequence: matrix.expression(),
            style,
            is_reversed: false,
            skip: 0,
        };
        self.for_over(
            Iterated::Elements(source),
            bound.pattern(),
            vec![bound],
            rows,
            vec![matrix.name],
        )
    }

    pub fn for_mutable(&mut self) -> Option<Vec<Statement>> {
        let sequence = self.pick_variable(|variable| {
            variable.length().is_some()
                && variable.is_mutable
                && !variable.is_reference
                && variable.parameters.is_none()
        })?;
        let most = sequence.length()? + if sequence.ty == Type::Vector { 4 } else { 0 };
        if !self.can_loop(most) {
            return None;
        }
        let name = self.fresh_name();
        let counter = self.random.chance(40).then(|| self.distinct_name(&[&name]));
        let style = if self.random.chance(50) {
            MutableStyle::IterMut
        } else {
            MutableStyle::Reference
        };
        let mut bound = vec![
            Variable::new(&name, Type::Float)
                .mutable(true)
                .reference(true)
                .anchored(sequence.is_anchored),
        ];
        if let Some(counter) = &counter {
            bound.push(Variable::new(counter, Type::Size).bounds(0, most as i128 + 200));
        }
        let target = super::scope::Target {
            label: None,
            is_loop: true,
            has_value: false,
        };
        let body = self.borrowed(&sequence.name.clone(), true, |generator| {
            generator.loop_body(most, target, bound)
        });
        Some(vec![Statement::ForMutable {
            index: counter,
            name,
            place: sequence.expression(),
            style,
            body,
        }])
    }
}
