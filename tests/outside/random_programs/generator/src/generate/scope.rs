//! What is visible, and new names.

use super::Generator;
use crate::tree::*;

#[derive(Clone)]
pub struct Variable {
    pub name: Name,
    pub ty: Type,
    pub is_mutable: bool,
    pub is_anchored: bool,
    /// Behind a reference: its value is `*name`.
    pub is_reference: bool,
    /// Mutably borrowed, so that it cannot even be read.
    pub is_frozen: bool,
    /// Bounds of an integer; the least length of a sequence is `low`.
    pub low: i128,
    pub high: i128,
    /// Number of parameters of a closure.
    pub parameters: Option<usize>,
}

impl Variable {
    pub fn new(name: &str, ty: Type) -> Self {
        Self {
            name: name.to_owned(),
            ty,
            is_mutable: false,
            is_anchored: true,
            is_reference: false,
            is_frozen: false,
            low: 0,
            high: 0,
            parameters: None,
        }
    }

    pub fn mutable(self, is_mutable: bool) -> Self {
        Self { is_mutable, ..self }
    }

    pub fn anchored(self, is_anchored: bool) -> Self {
        Self {
            is_anchored,
            ..self
        }
    }

    pub fn reference(self, is_reference: bool) -> Self {
        Self {
            is_reference,
            ..self
        }
    }

    pub fn bounds(self, low: i128, high: i128) -> Self {
        Self { low, high, ..self }
    }

    pub fn pattern(&self) -> Pattern {
        Pattern::Name {
            name: self.name.clone(),
            is_mutable: self.is_mutable && !self.is_reference,
        }
    }

    pub fn expression(&self) -> Expression {
        Expression::Variable {
            name: self.name.clone(),
            is_anchored: self.is_anchored,
        }
    }

    /// The value, through the reference if it is one.
    pub fn value(&self) -> Expression {
        let expression = self.expression();
        if self.is_reference {
            Expression::Dereference {
                target: Box::new(expression),
                is_written: true,
                is_shared: !self.is_mutable,
            }
        } else {
            expression
        }
    }

    /// The least length, for arrays, slices and `Vec`s of floats.
    pub fn length(&self) -> Option<usize> {
        match &self.ty {
            Type::Array(element, count) if **element == Type::Float => Some(*count),
            Type::Slice | Type::Vector => Some(self.low as usize),
            _ => None,
        }
    }
}

/// A loop or a labelled block that an exit can aim at.
#[derive(Clone)]
pub struct Target {
    pub label: Option<Label>,
    pub is_loop: bool,
    /// Whether leaving it takes a float.
    pub has_value: bool,
}

/// Names that people give, and names that generated code might use itself.
const NAMES: &[&str] = &[
    "x",
    "y",
    "z",
    "a",
    "b",
    "c",
    "t",
    "u",
    "v",
    "w",
    "sum",
    "total",
    "rate",
    "scale",
    "energy",
    "state",
    "left",
    "right",
    "mass",
    "value",
    "gradient",
    "point",
    "re",
    "eps",
    "lift",
    "direction",
    "index",
    "result",
    "s",
];

impl Generator {
    /// A name that is not visible.
    pub fn fresh_name(&mut self) -> Name {
        let name = *self.random.pick(NAMES);
        if self.variables.iter().all(|variable| variable.name != name) {
            return name.to_owned();
        }
        self.fresh += 1;
        format!("{name}{}", self.fresh)
    }

    pub fn fresh_label(&mut self) -> Label {
        self.fresh += 1;
        format!(
            "{}{}",
            self.random.pick(&["outer", "search", "steps", "block"]),
            self.fresh
        )
    }

    pub fn declare(&mut self, variable: Variable) {
        self.variables.push(variable);
    }

    /// The variables that can be read here and fulfil `wanted`.
    pub fn visible(&self, wanted: impl Fn(&Variable) -> bool) -> Vec<Variable> {
        let mut seen: Vec<&str> = Vec::new();
        let mut found = Vec::new();
        for variable in self.variables.iter().rev() {
            if seen.contains(&variable.name.as_str()) {
                continue;
            }
            seen.push(&variable.name);
            if !variable.is_frozen && wanted(variable) {
                found.push(variable.clone());
            }
        }
        found
    }

    pub fn pick_variable(&mut self, wanted: impl Fn(&Variable) -> bool) -> Option<Variable> {
        let found = self.visible(wanted);
        // Recent ones are more interesting.
        let reach = if self.random.chance(50) {
            found.len().min(4)
        } else {
            found.len()
        };
        (reach > 0).then(|| found[self.random.below(reach)].clone())
    }

    /// The variable that the name means here.
    pub fn named(&mut self, name: &str) -> &mut Variable {
        self.variables
            .iter_mut()
            .rev()
            .find(|variable| variable.name == name)
            .expect("a visible variable")
    }

    /// Runs `make` while the variable is borrowed: shared, or for writing.
    pub fn borrowed<T>(
        &mut self,
        name: &str,
        for_writing: bool,
        make: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let index = self
            .variables
            .iter()
            .rposition(|variable| variable.name == name)
            .expect("a visible variable");
        let before = self.variables[index].clone();
        self.variables[index].is_mutable = false;
        self.variables[index].is_frozen = for_writing;
        let made = make(self);
        self.variables[index].is_mutable = before.is_mutable;
        self.variables[index].is_frozen = before.is_frozen;
        made
    }
}
