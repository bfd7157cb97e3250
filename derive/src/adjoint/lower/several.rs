//! Functions that give several floats: where on its way each of them is found.

use syn::spanned::Spanned;

use super::chain::Item;
use super::{Lowered, Lowering, Tail, unknown};
use crate::adjoint::form::*;
use crate::adjoint::outputs::Outputs;
use crate::function::Function;
use crate::kind::Kind;
use crate::tree::*;

/// More outputs than these are not worth their code.
const MOST_OUTPUTS: usize = 64;

/// A number of a compound value: an expression, or an element of a variable.
pub enum Leaf<'a> {
    Node(&'a Node),
    Place(Place<'a>),
    /// What a function makes of another.
    Mapped(Box<Leaf<'a>>, &'a Node),
}

impl<'a> Lowering<'a> {
    /// What the function gives, if that is several floats. Output parameters become variables.
    pub fn outputs(&mut self, function: &Function) -> Lowered<Option<Outputs>> {
        if function.outcome.is_single {
            return match function.result {
                Kind::Number => Ok(None),
                _ => unknown(
                    function.item.sig.ident.span(),
                    "a result that may be missing",
                ),
            };
        }
        let span = function.item.sig.ident.span();
        let Some(outputs) = Outputs::of(function) else {
            return unknown(span, "results whose number is not written in their type");
        };
        match outputs.count() {
            0 => return unknown(span, "results that are none"),
            count if count > MOST_OUTPUTS => return unknown(span, "too many results"),
            _ => {}
        }
        self.result = function.outcome.value.as_ref().and_then(Outputs::of_type);
        let body = self.body;
        for (parameter, pattern) in function.parameters.iter().zip(&body.parameters) {
            let Some(Some(written)) = Outputs::written(parameter) else {
                continue;
            };
            let (PatternShape::Bind { variable, .. }, None) = (&pattern.shape, &parameter.input)
            else {
                return unknown(
                    pattern.original.span(),
                    "an output that is an input as well",
                );
            };
            self.kinds[*variable] = self.kinds[*variable].target().clone();
            self.mutable.insert(*variable);
            self.write(*variable, &written);
        }
        Ok(Some(outputs))
    }

    /// A variable for what is written through a parameter.
    fn write(&mut self, variable: Variable, written: &Outputs) {
        let step = match written {
            Outputs::Number => {
                let value = self.formula_of(FormulaShape::Zero);
                Step::Let { variable, value }
            }
            _ => {
                let content = self.zeros(written);
                let id = self.id();
                Step::LetArray {
                    variable,
                    content,
                    id,
                }
            }
        };
        self.steps.push(step);
        self.written.push((variable, written.clone()));
    }

    fn zeros(&mut self, outputs: &Outputs) -> Content<'a> {
        match outputs {
            Outputs::Number => Content::Element(self.formula_of(FormulaShape::Zero)),
            Outputs::Array(length, element) => {
                Content::Array((0..*length).map(|_| self.zeros(element)).collect())
            }
            Outputs::Tuple(parts) => {
                Content::Array(parts.iter().map(|part| self.zeros(part)).collect())
            }
        }
    }

    /// Whether the value of a block is the result of a function with several.
    pub fn is_several(&self, tail: Tail) -> bool {
        tail == Tail::Result && self.outputs.is_some()
    }

    /// The end of the function.
    pub fn finish_several(&mut self, value: Option<&'a Node>) -> Lowered<()> {
        let values = self.results(value)?;
        self.steps.push(Step::Outputs(values));
        Ok(())
    }

    /// All that the function gives where it ends with this value.
    pub fn results(&mut self, value: Option<&'a Node>) -> Lowered<Vec<Formula<'a>>> {
        let mut leaves = Vec::new();
        match (value, self.result.clone()) {
            (Some(value), Some(result)) => self.leaves(value, &result, &mut leaves)?,
            (None, None) => {}
            (Some(value), None) => return unknown(value.span, "a result of no floats"),
            (None, Some(_)) => {
                return unknown(proc_macro2::Span::call_site(), "a return without a value");
            }
        }
        for (variable, written) in self.written.clone() {
            let place = Place {
                variable,
                indices: Vec::new(),
            };
            self.places(place, &written, &mut leaves);
        }
        self.of_leaves(leaves)
    }

    pub fn of_leaves(&mut self, leaves: Vec<Leaf<'a>>) -> Lowered<Vec<Formula<'a>>> {
        self.in_order(leaves, Self::of_leaf)
    }

    fn of_leaf(&mut self, leaf: Leaf<'a>) -> Lowered<Formula<'a>> {
        match leaf {
            Leaf::Node(node) => self.formula(node),
            Leaf::Place(place) => Ok(self.formula_of(FormulaShape::Read(place))),
            Leaf::Mapped(inner, function) => {
                let item = match *inner {
                    Leaf::Node(node) if !node.kind.is_active() => {
                        Item::Plain(self.without_effect(self.passive(node)?)?)
                    }
                    inner => Item::Number(self.of_leaf(inner)?),
                };
                self.applied(function, item)
            }
        }
    }

    /// Values that were to be found later are found now.
    fn settle(&mut self, leaves: &mut Vec<Leaf<'a>>) -> Lowered<()> {
        for value in self.of_leaves(std::mem::take(leaves))? {
            let variable = self.spilled(value);
            leaves.push(Leaf::Place(Place {
                variable,
                indices: Vec::new(),
            }));
        }
        Ok(())
    }

    /// The numbers of a value of this shape, in their order.
    pub fn leaves(
        &mut self,
        node: &'a Node,
        outputs: &Outputs,
        leaves: &mut Vec<Leaf<'a>>,
    ) -> Lowered<()> {
        match (outputs, &node.bare().shape) {
            (Outputs::Number, _) => leaves.push(Leaf::Node(node)),
            (
                _,
                Shape::Reference {
                    is_mutable: false,
                    target: inner,
                }
                | Shape::Dereference(inner),
            ) => self.leaves(inner, outputs, leaves)?,
            (_, Shape::Method(method)) if method.name == "clone" => {
                self.leaves(&method.receiver, outputs, leaves)?;
            }
            (Outputs::Array(..), Shape::Method(method))
                if method.name == "map" && method.arguments.len() == 1 =>
            {
                let mut sources = Vec::new();
                self.leaves(&method.receiver, outputs, &mut sources)?;
                let mapped = sources
                    .into_iter()
                    .map(|source| Leaf::Mapped(Box::new(source), &method.arguments[0]));
                leaves.extend(mapped);
            }
            (_, Shape::Call(call)) if self.closure_of(call).is_none() => {
                return unknown(node.span, "a compound value that is not written out");
            }
            (_, Shape::If { .. } | Shape::Match(_) | Shape::Block { .. } | Shape::Call(_)) => {
                self.settle(leaves)?;
                for variable in self.taken_apart(node, outputs)? {
                    leaves.push(Leaf::Place(Place {
                        variable,
                        indices: Vec::new(),
                    }));
                }
            }
            (_, Shape::Local { .. } | Shape::Index { .. } | Shape::Field { .. })
                if self.divided_parts(node).is_some() =>
            {
                for variable in self.divided_parts(node).unwrap_or_default() {
                    leaves.push(Leaf::Place(Place {
                        variable,
                        indices: Vec::new(),
                    }));
                }
            }
            (Outputs::Array(length, element), Shape::Array(nodes)) if nodes.len() == *length => {
                for node in nodes {
                    self.leaves(node, element, leaves)?;
                }
            }
            (Outputs::Tuple(parts), Shape::Tuple(nodes)) if nodes.len() == parts.len() => {
                for (part, node) in parts.iter().zip(nodes) {
                    self.leaves(node, part, leaves)?;
                }
            }
            (Outputs::Array(length, inner), Shape::Repeat { element, .. })
                if matches!(element.bare().shape, Shape::Literal { .. }) =>
            {
                for _ in 0..*length {
                    self.leaves(element, inner, leaves)?;
                }
            }
            (Outputs::Array(..), Shape::Local { .. } | Shape::Index { .. })
                if node.kind.is_active() =>
            {
                let place = self.place(node)?;
                self.places(place, outputs, leaves);
            }
            _ => return unknown(node.span, "a compound value that is not written out"),
        }
        Ok(())
    }

    /// The numbers at a place of this shape.
    pub fn places(&mut self, place: Place<'a>, outputs: &Outputs, leaves: &mut Vec<Leaf<'a>>) {
        let parts = match outputs {
            Outputs::Number => return leaves.push(Leaf::Place(place)),
            Outputs::Array(length, element) => vec![&**element; *length],
            Outputs::Tuple(parts) => parts.iter().collect(),
        };
        for (position, part) in parts.into_iter().enumerate() {
            let mut place = place.clone();
            let id = self.id();
            place.indices.push(Index {
                id,
                terms: vec![Term::Fixed(position)],
            });
            self.places(place, part, leaves);
        }
    }

    /// An output that may keep what it held before is left to numbers that begin with that.
    pub fn check_written(&self, steps: &[Step<'a>]) -> Lowered<()> {
        for (variable, written) in &self.written {
            let mut positions = Vec::new();
            fixed_positions(written, &mut Vec::new(), &mut positions);
            let is_set = |path: &Vec<usize>| sets(steps, *variable, path);
            if !positions.iter().all(is_set) {
                return unknown(
                    self.names[*variable].span(),
                    "an output that is not written on every way",
                );
            }
        }
        Ok(())
    }
}

fn fixed_positions(outputs: &Outputs, path: &mut Vec<usize>, positions: &mut Vec<Vec<usize>>) {
    let parts = match outputs {
        Outputs::Number => return positions.push(path.clone()),
        Outputs::Array(length, element) => vec![&**element; *length],
        Outputs::Tuple(parts) => parts.iter().collect(),
    };
    for (position, part) in parts.into_iter().enumerate() {
        path.push(position);
        fixed_positions(part, path, positions);
        path.pop();
    }
}

/// Whether every way through the steps sets the element.
fn sets(steps: &[Step], variable: Variable, path: &[usize]) -> bool {
    steps.iter().any(|step| match step {
        Step::Set { place, .. } => {
            place.variable == variable && place.fixed_path().is_some_and(|own| own == path)
        }
        Step::Branch(branch) => branch.ways.iter().all(|way| sets(way, variable, path)),
        _ => false,
    })
}
