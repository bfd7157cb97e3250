//! Makes programs: well-typed by construction, ending, and of the kind that people write.
//!
//! What can be made stands in `features`: statements and expressions with their weights. Everything else in here serves
//! one of these rows.

mod build;
mod calls;
mod chains;
mod choice;
mod exits;
pub mod features;
mod float;
mod function;
mod integer;
mod iterators;
mod lets;
mod loops;
mod options;
mod scope;
mod sequence;
mod update;

use std::rc::Rc;

use crate::random::Random;
use crate::tree::*;
use features::{Features, Rows};
use scope::{Target, Variable};

pub struct Generator {
    random: Random,
    features: Rc<Features>,
    /// Whether the program keeps to what the derivative compiler takes.
    is_compiled: bool,
    /// Whether it takes no more than formulas here.
    is_formula: bool,
    functions: Vec<FunctionItem>,
    /// Innermost last; later ones shadow earlier ones of the same name.
    variables: Vec<Variable>,
    /// Loops and labelled blocks around the current place.
    targets: Vec<Target>,
    /// How many statements may still be made.
    budget: usize,
    /// How often the current place runs at most.
    trips: usize,
    /// How deep the current expression is.
    depth: usize,
    /// Whether an expression may assign to variables here.
    may_assign: bool,
    result: Type,
    /// Whether the function has several results.
    gives_several: bool,
    fresh: usize,
}

/// The program of a seed. With the same features it is the same forever.
pub fn program(seed: u64, features: &Rc<Features>) -> Program {
    let mut generator = Generator {
        random: Random::new(seed),
        features: Rc::clone(features),
        is_compiled: seed % 2 == 1,
        is_formula: false,
        functions: Vec::new(),
        variables: Vec::new(),
        targets: Vec::new(),
        budget: 0,
        trips: 1,
        depth: 0,
        may_assign: false,
        result: Type::Float,
        gives_several: false,
        fresh: 0,
    };
    for _ in 0..generator.random.weighted([3, 3, 1].into_iter()) {
        generator.helper();
    }
    generator.main_function();
    Program {
        seed,
        edits: Vec::new(),
        functions: generator.functions,
    }
}

impl Generator {
    /// A few statements and nothing else; what they declare ends with them.
    fn statements(&mut self, most: usize) -> Vec<Statement> {
        let mut statements = Vec::new();
        for _ in 0..1 + self.random.below(most) {
            if self.budget == 0 {
                break;
            }
            self.budget -= 1;
            statements.extend(self.statement());
        }
        statements
    }

    fn statement(&mut self) -> Vec<Statement> {
        let features = Rc::clone(&self.features);
        loop {
            let rows = &self.rows(&features).statements;
            let row = &rows[self.random.weighted(rows.iter().map(|row| row.weight))];
            let depth = std::mem::replace(&mut self.depth, 0);
            let made = (row.make)(self);
            self.depth = depth;
            if let Some(statements) = made {
                return statements;
            }
        }
    }

    fn rows<'f>(&self, features: &'f Features) -> &'f Rows {
        match (self.is_compiled, self.is_formula) {
            (false, _) => &features.all,
            (true, false) => &features.compiled,
            (true, true) => &features.formulas,
        }
    }

    /// Keeps to formulas in programs that are to be compiled.
    fn formally<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.is_formula, true);
        let made = make(self);
        self.is_formula = before;
        made
    }

    /// Runs `make` with its declarations dropped afterwards.
    fn scoped<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> T {
        let count = self.variables.len();
        let made = make(self);
        self.variables.truncate(count);
        made
    }

    /// A block of statements without a value.
    fn unit_block(&mut self, most: usize) -> Block {
        self.scoped(|generator| Block {
            statements: generator.effective_statements(most),
            value: None,
        })
    }

    /// Statements that mostly change something outside, for else they are dead.
    fn effective_statements(&mut self, most: usize) -> Vec<Statement> {
        let visible = self.variables.len();
        let mut statements = self.statements(most);
        if self.random.chance(75) {
            let depth = std::mem::replace(&mut self.depth, 0);
            let hidden = self.variables.split_off(visible);
            // A name that was declared here since hides the one outside.
            let is_hidden =
                |variable: &scope::Variable| hidden.iter().any(|inner| inner.name == variable.name);
            let update = match self.random.below(3) {
                0 => self.update_outside(&is_hidden, Self::assign_float),
                1 => self.update_outside(&is_hidden, Self::update_element),
                _ => self.update_outside(&is_hidden, Self::compound_float),
            };
            self.depth = depth;
            statements.extend(update.unwrap_or_default());
            self.variables.extend(hidden);
        }
        statements
    }

    fn update_outside(
        &mut self,
        is_hidden: &dyn Fn(&scope::Variable) -> bool,
        make: fn(&mut Self) -> Option<Vec<Statement>>,
    ) -> Option<Vec<Statement>> {
        let before: Vec<bool> = self
            .variables
            .iter()
            .map(|variable| variable.is_frozen)
            .collect();
        for variable in &mut self.variables {
            variable.is_frozen |= is_hidden(variable);
        }
        let made = make(self);
        for (variable, was_frozen) in self.variables.iter_mut().zip(before) {
            variable.is_frozen = was_frozen;
        }
        made
    }

    /// A block with a float as value.
    fn float_block(&mut self, most: usize) -> Block {
        self.scoped(|generator| {
            let statements = if most > 0 && generator.may_assign && generator.random.chance(50) {
                generator.statements(most)
            } else {
                Vec::new()
            };
            Block {
                statements,
                value: Some(Box::new(generator.float())),
            }
        })
    }

    fn float(&mut self) -> Expression {
        let features = Rc::clone(&self.features);
        if self.depth >= 3 {
            return self.leaf();
        }
        // A branch within an expression asks for much of what stands before it.
        if self.is_compiled && !self.is_formula && self.depth >= 1 && self.random.chance(80) {
            return self.formally(Self::float);
        }
        loop {
            let rows = &self.rows(&features).floats;
            let row = &rows[self.random.weighted(rows.iter().map(|row| row.weight))];
            self.depth += 1;
            let made = (row.make)(self);
            self.depth -= 1;
            if let Some(expression) = made {
                return expression;
            }
        }
    }

    /// A float expression with nothing that assigns.
    fn pure_float(&mut self) -> Expression {
        self.purely(Self::float)
    }

    fn purely<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.may_assign, false);
        let made = make(self);
        self.may_assign = before;
        made
    }
}
