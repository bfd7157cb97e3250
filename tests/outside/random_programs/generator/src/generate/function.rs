//! Whole functions.

use super::Generator;
use super::build::*;
use super::scope::Variable;
use crate::tree::*;

impl Generator {
    fn parameter(&mut self, kind: ParameterKind) -> Parameter {
        let is_value = !matches!(
            kind,
            ParameterKind::ArrayReference(_) | ParameterKind::Slice(_)
        );
        // A constant that becomes a number is left to dual numbers.
        let may_change = !self.is_compiled || kind != ParameterKind::FloatConstant;
        let is_mutable = is_value && may_change && self.random.chance(35);
        let (ty, low, high) = match &kind {
            ParameterKind::Float | ParameterKind::FloatConstant => (Type::Float, 0, 0),
            ParameterKind::Array(count) | ParameterKind::ArrayReference(count) => {
                (Type::floats(*count), 0, 0)
            }
            ParameterKind::Slice(count) => (Type::Slice, *count as i128, 0),
            ParameterKind::Matrix(rows, columns) => {
                (Type::Array(Box::new(Type::floats(*columns)), *rows), 0, 0)
            }
            ParameterKind::Integer(low, high) => (Type::Integer, *low, *high),
            ParameterKind::Size(low, high) => (Type::Size, *low, *high),
            ParameterKind::Bool => (Type::Bool, 0, 0),
        };
        let name = self.fresh_name();
        // `*x` is what a parameter `&[f64; n]` needs nowhere: indexing and loops see through it.
        let is_reference = matches!(kind, ParameterKind::ArrayReference(_));
        self.declare(
            Variable::new(&name, ty)
                .mutable(is_mutable)
                .reference(is_reference)
                .bounds(low, high),
        );
        Parameter {
            name,
            is_mutable,
            kind,
        }
    }

    /// The kind of an input, of at most so many floats.
    fn input(&mut self, most: usize, with_matrices: bool) -> ParameterKind {
        let count = 2 + self.random.below(2);
        let kind = match self.random.below(10) {
            0 => ParameterKind::Array(count),
            1 => ParameterKind::ArrayReference(count),
            // Calls with slices and Jacobians over them are left to dual numbers.
            2 if !self.is_compiled || with_matrices && !self.gives_several => {
                ParameterKind::Slice(count + self.random.below(2))
            }
            3 if with_matrices => ParameterKind::Matrix(2, count),
            _ => ParameterKind::Float,
        };
        if kind.inputs() <= most {
            kind
        } else {
            ParameterKind::Float
        }
    }

    fn constant(&mut self, with_floats: bool) -> ParameterKind {
        match self.random.below(5) {
            0 => ParameterKind::Bool,
            1 if with_floats => ParameterKind::FloatConstant,
            2 => ParameterKind::Integer(-2, 4),
            _ => ParameterKind::Size(0, 5),
        }
    }

    fn parameters(&mut self, most: usize, is_main: bool) -> (Vec<Parameter>, bool) {
        let mut kinds = Vec::new();
        let mut left = most;
        while left > 0 {
            let kind = self.input(left, is_main);
            left -= kind.inputs();
            kinds.push(kind);
        }
        for _ in 0..self.random.weighted([5, 3, 1].into_iter()) {
            let place = self.random.below(kinds.len() + 1);
            let constant = self.constant(is_main);
            kinds.insert(place, constant);
        }
        let lists_inputs = kinds.contains(&ParameterKind::FloatConstant);
        (
            kinds.into_iter().map(|kind| self.parameter(kind)).collect(),
            lists_inputs,
        )
    }

    fn function(&mut self, name: String, most_inputs: usize, statements: usize, is_main: bool) {
        self.variables.clear();
        self.targets.clear();
        self.trips = 1;
        self.depth = 0;
        self.budget = statements * 2;
        self.gives_several = self.result != Type::Float;
        let (parameters, lists_inputs) = self.parameters(most_inputs, is_main);
        let mut body = Vec::new();
        if is_main || self.random.chance(50) {
            // Something to change in branches and loops.
            body.extend(self.let_accumulator());
        }
        for _ in 0..statements {
            body.extend(self.statement());
        }
        let value = self.summary();
        let body = Block {
            statements: body,
            value: Some(Box::new(value)),
        };
        self.functions.push(FunctionItem {
            name,
            parameters,
            lists_inputs,
            result: self.result.clone(),
            body,
        });
    }

    /// A small annotated function for others to call.
    pub fn helper(&mut self) {
        let name = format!(
            "{}_{}",
            self.random.pick(&["distance", "cost", "helper"]),
            self.functions.len()
        );
        let (inputs, statements) = (1 + self.random.below(4), 1 + self.random.below(4));
        self.result = match self.random.chance(50) {
            true => Type::Float,
            false => self.several(),
        };
        self.function(name, inputs, statements, false);
    }

    pub fn main_function(&mut self) {
        let several = self.features.several_outputs && self.random.chance(30);
        self.result = match several {
            true => self.several(),
            false => Type::Float,
        };
        let mut inputs = 1 + self.random.weighted([2, 4, 5, 4, 3, 1, 1].into_iter());
        if self.is_compiled {
            // Along one input nothing is compiled, nor a Jacobian of more outputs than inputs.
            inputs = inputs.max(2).max(self.result.floats_in());
        }
        let statements = 3 + self.random.below(9);
        self.function("program".to_owned(), inputs, statements, true);
    }

    fn several(&mut self) -> Type {
        match self.random.below(6) {
            0 | 1 => Type::floats(2),
            2 => Type::floats(3),
            3 | 4 => Type::Tuple(vec![Type::Float, Type::Float]),
            _ => Type::Tuple(vec![Type::Float, Type::floats(2)]),
        }
    }

    /// The result, out of most of what there is: what reaches no result is not tested.
    fn summary(&mut self) -> Expression {
        let result = self.result.clone();
        self.value_of(&result, &mut Self::final_sum)
    }

    fn final_sum(&mut self) -> Expression {
        let mut sum = self.pure_float();
        let floats =
            self.visible(|variable| variable.ty == Type::Float && variable.parameters.is_none());
        for variable in floats {
            if self.random.chance(75) {
                sum = binary(Arithmetic::Add, sum, variable.value());
            }
        }
        let sequences = self.visible(|variable| variable.length().is_some());
        for sequence in sequences {
            if let Some(length) = sequence.length() {
                let at = integer(self.random.below(length) as i128, &Type::Size);
                let weight = number(*self.random.pick(&[1.0, 0.5, -2.0]));
                sum = binary(
                    Arithmetic::Add,
                    sum,
                    binary(
                        Arithmetic::Multiply,
                        weight,
                        index(sequence.expression(), at),
                    ),
                );
            }
        }
        if self.random.chance(30)
            && let Some(component) = self.component()
        {
            sum = binary(Arithmetic::Add, sum, component);
        }
        sum
    }
}
