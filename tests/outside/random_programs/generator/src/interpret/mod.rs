//! Runs programs on the oracle's numbers, in Rust's order of evaluation.

mod expression;
mod iterate;
mod statement;
mod value;

pub use value::Value;

use crate::number::{Number, Oracle};
use crate::tree::*;
use value::{Exit, Outcome};

/// No generated program takes that many; one that does would not end.
const MOST_STEPS: usize = 2_000_000;

pub struct Interpreter<'a> {
    pub oracle: &'a mut Oracle,
    functions: &'a [FunctionItem],
    /// Innermost last; shadowed names stay.
    variables: Vec<(Name, Value)>,
    steps: usize,
}

/// The outputs of the last function at the oracle's point.
pub fn run(
    program: &Program,
    oracle: &mut Oracle,
    constants: &[i128],
) -> Result<Vec<Number>, &'static str> {
    let mut interpreter = Interpreter {
        oracle,
        functions: &program.functions,
        variables: Vec::new(),
        steps: 0,
    };
    let main = program.functions.last().expect("a program has a function");
    let arguments = interpreter.arguments(main, constants);
    match interpreter.call(program.functions.len() - 1, arguments) {
        Ok(value) => {
            let mut outputs = Vec::new();
            value.floats(&mut outputs);
            Ok(outputs)
        }
        Err(Exit::Stuck(reason)) => Err(reason),
        Err(_) => Err("an exit leaves the function"),
    }
}

impl Interpreter<'_> {
    fn arguments(&self, function: &FunctionItem, constants: &[i128]) -> Vec<Value> {
        let mut inputs = 0..;
        let mut constants = constants.iter();
        let mut float = || Value::Float(self.oracle.input(inputs.next().expect("endless")));
        let mut value = |kind: &ParameterKind| match kind {
            ParameterKind::Float => float(),
            ParameterKind::Array(count)
            | ParameterKind::ArrayReference(count)
            | ParameterKind::Slice(count) => Value::List((0..*count).map(|_| float()).collect()),
            ParameterKind::Matrix(rows, columns) => Value::List(
                (0..*rows)
                    .map(|_| Value::List((0..*columns).map(|_| float()).collect()))
                    .collect(),
            ),
            kind => {
                let constant = *constants.next().expect("a constant for each parameter");
                match kind {
                    ParameterKind::FloatConstant => {
                        Value::Float(Number::constant(constant as f64 * 0.25))
                    }
                    ParameterKind::Bool => Value::Bool(constant != 0),
                    _ => Value::Integer(constant),
                }
            }
        };
        function
            .parameters
            .iter()
            .map(|parameter| value(&parameter.kind))
            .collect()
    }

    fn call(&mut self, index: usize, arguments: Vec<Value>) -> Outcome {
        let function = &self.functions[index];
        let names = function
            .parameters
            .iter()
            .map(|parameter| parameter.name.clone());
        let outside = std::mem::replace(&mut self.variables, names.zip(arguments).collect());
        let result = match self.block(&function.body) {
            Err(Exit::Return(value)) => Ok(value),
            result => result,
        };
        self.variables = outside;
        result
    }

    fn block(&mut self, block: &Block) -> Outcome {
        let depth = self.variables.len();
        let result = self.open_block(block);
        self.variables.truncate(depth);
        result
    }

    fn open_block(&mut self, block: &Block) -> Outcome {
        for statement in &block.statements {
            self.step()?;
            self.statement(statement)?;
        }
        match &block.value {
            Some(value) => self.expression(value),
            None => Ok(Value::Unit),
        }
    }

    fn step(&mut self) -> Result<(), Exit> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return Err(Exit::Stuck("the program does not end"));
        }
        Ok(())
    }

    fn lookup(&mut self, name: &str) -> Result<&mut Value, Exit> {
        self.variables
            .iter_mut()
            .rev()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
            .ok_or(Exit::Stuck("a variable is not declared"))
    }

    fn bind(&mut self, pattern: &Pattern, value: Value) {
        match pattern {
            Pattern::Ignore => {}
            Pattern::Name { name, .. } => self.variables.push((name.clone(), value)),
            Pattern::Tuple(parts) | Pattern::Array { parts, .. } => {
                for (part, value) in parts.iter().zip(value.list()) {
                    self.bind(part, value.clone());
                }
            }
            Pattern::Reference(inner) => self.bind(inner, value),
        }
    }
}
