//! Values.

use proc_macro2::{Ident, Span};
use syn::BinOp;

use super::{Lowered, Lowering, MOST_VALUES, Tail, unknown};
use crate::adjoint::form::*;
use crate::callee::{Callee, callee};
use crate::kind::Kind;
use crate::tree::*;
use crate::vocabulary::{Signature, signature};

impl<'a> Lowering<'a> {
    pub fn formula(&mut self, node: &'a Node) -> Lowered<Formula<'a>> {
        if !node.kind.is_active() {
            let node = self.passive(node)?;
            let value = self.formula_of(FormulaShape::Constant(node));
            if !self.has_effect(node) {
                return Ok(value);
            }
            let variable = self.spilled(value);
            return Ok(self.read_of(variable));
        }
        match &node.shape {
            Shape::Group(inner)
            | Shape::Dereference(inner)
            | Shape::Reference {
                is_mutable: false,
                target: inner,
            } => self.formula(inner),
            Shape::Cast { value, .. } if value.kind.is_number() => self.formula(value),
            Shape::Field { .. } if self.opened(node).is_some() => {
                let place = self.place(node)?;
                Ok(self.formula_of(FormulaShape::Read(place)))
            }
            Shape::Local { .. } | Shape::Index { .. } => {
                if !node.kind.may_be_number() {
                    return unknown(node.span, "an array where a number is wanted");
                }
                let place = self.place(node)?;
                Ok(self.formula_of(FormulaShape::Read(place)))
            }
            Shape::Negate(inner) => {
                let inner = self.formula(inner)?;
                Ok(self.formula_of(FormulaShape::Negate(Box::new(inner))))
            }
            Shape::Binary {
                left,
                operator,
                right,
            } => {
                let operator = match operator {
                    BinOp::Add(_) => Operator::Add,
                    BinOp::Sub(_) => Operator::Subtract,
                    BinOp::Mul(_) => Operator::Multiply,
                    BinOp::Div(_) => Operator::Divide,
                    BinOp::Rem(_) => Operator::Remainder,
                    _ => return unknown(node.span, "this operator"),
                };
                let mut sides = self.all([&**left, &**right])?;
                let (right, left) = (sides.pop(), sides.pop());
                let (Some(left), Some(right)) = (left, right) else {
                    return unknown(node.span, "this operator");
                };
                Ok(self.formula_of(FormulaShape::Operator(
                    operator,
                    Box::new(left),
                    Box::new(right),
                )))
            }
            Shape::Method(method) => self.method(node, method),
            Shape::Call(call) => self.call(node, call),
            Shape::Block { label: None, .. }
            | Shape::If {
                otherwise: Some(_), ..
            }
            | Shape::Match(_)
            | Shape::Loop { .. } => {
                let variable = self.fresh();
                self.steps.push(Step::Declare(variable));
                self.value_into(node, Tail::Into(variable))?;
                Ok(self.read_of(variable))
            }
            _ => unknown(node.span, "this expression of differentiated values"),
        }
    }

    /// Operands, evaluated one after the other. Where one needs steps of its own, those before it are evaluated first.
    pub fn all(&mut self, nodes: impl IntoIterator<Item = &'a Node>) -> Lowered<Vec<Formula<'a>>> {
        self.in_order(nodes, Self::formula)
    }

    pub fn in_order<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        lower: impl Fn(&mut Self, T) -> Lowered<Formula<'a>>,
    ) -> Lowered<Vec<Formula<'a>>> {
        let mut values: Vec<Formula<'a>> = Vec::new();
        for item in items {
            let start = self.steps.len();
            let value = lower(self, item)?;
            if self.steps.len() > start {
                let steps = self.steps.split_off(start);
                for earlier in &mut values {
                    match earlier.shape {
                        // What may have changed by then is not what it was.
                        FormulaShape::Constant(node) if self.changes(node) => {
                            return unknown(node.span, "a plain operand before a branch");
                        }
                        FormulaShape::Constant(_) => {}
                        _ => {
                            let placeholder = self.formula_of(FormulaShape::One);
                            let value = std::mem::replace(earlier, placeholder);
                            let variable = self.spilled(value);
                            *earlier = self.read_of(variable);
                        }
                    }
                }
                self.steps.extend(steps);
            }
            values.push(value);
        }
        Ok(values)
    }

    /// The value in a variable of its own.
    pub fn spilled(&mut self, value: Formula<'a>) -> Variable {
        let variable = self.fresh();
        self.steps.push(Step::Let { variable, value });
        variable
    }

    pub fn read_of(&mut self, variable: Variable) -> Formula<'a> {
        self.formula_of(FormulaShape::Read(Place {
            variable,
            indices: Vec::new(),
        }))
    }

    pub fn function(&mut self, name: Ident, argument: Formula<'a>) -> Formula<'a> {
        self.formula_of(FormulaShape::Function {
            name,
            arguments: vec![argument],
        })
    }

    fn method(&mut self, node: &'a Node, method: &'a Method) -> Lowered<Formula<'a>> {
        match &method.meaning {
            Meaning::Itself => self.formula(&method.receiver),
            Meaning::Vocabulary => {
                let nodes = std::iter::once(&*method.receiver).chain(&method.arguments);
                self.known(node, &method.name, nodes.collect())
            }
            Meaning::AsWritten(_) => self.reduction(node, method),
            Meaning::Open if self.is_number(node) => {
                let nodes = std::iter::once(&*method.receiver).chain(&method.arguments);
                self.known(node, &method.name, nodes.collect())
            }
            Meaning::Annotated | Meaning::Open => {
                unknown(method.name.span(), "a method of a struct")
            }
        }
    }

    fn known(
        &mut self,
        node: &'a Node,
        name: &Ident,
        nodes: Vec<&'a Node>,
    ) -> Lowered<Formula<'a>> {
        match signature(&name.to_string()) {
            Some(Signature::Indexed) => {
                let (base, exponent) = (self.formula(nodes[0])?, self.passive(nodes[1])?);
                self.without_effect(exponent)?;
                Ok(self.formula_of(FormulaShape::Power {
                    name: name.clone(),
                    base: Box::new(base),
                    exponent,
                }))
            }
            Some(Signature::Unary | Signature::Binary | Signature::Ternary) => {
                let arguments = self.all(nodes)?;
                Ok(self.formula_of(FormulaShape::Function {
                    name: name.clone(),
                    arguments,
                }))
            }
            _ => unknown(node.span, "a function with several results"),
        }
    }

    fn call(&mut self, node: &'a Node, call: &'a Call) -> Lowered<Formula<'a>> {
        if let Some(local) = call.local {
            return match *self.kinds[local].target() {
                Kind::Closure(index) => self.inlined(node, index, &call.arguments),
                _ => unknown(node.span, "a call of a variable"),
            };
        }
        match callee(&call.function) {
            Callee::Vocabulary(name) => self.known(node, name, call.arguments.iter().collect()),
            Callee::Identity => self.formula(&call.arguments[0]),
            Callee::Annotated => {
                let are_numbers = call.arguments.iter().all(|argument| {
                    !argument.kind.is_active()
                        || (self.is_number(argument)
                            && !matches!(argument.kind, Kind::Reference(_)))
                });
                if !are_numbers {
                    let variable = self.fresh();
                    self.called(call, None, vec![(Vec::new(), variable)])?;
                    return Ok(self.read_of(variable));
                }
                for argument in &call.arguments {
                    if !argument.kind.is_active() {
                        self.without_effect(self.passive(argument)?)?;
                    }
                }
                let active = call
                    .arguments
                    .iter()
                    .filter(|argument| argument.kind.is_active());
                let numbers = self.all(active)?;
                Ok(self.formula_of(FormulaShape::Call {
                    callee: Target::Call(call),
                    numbers,
                }))
            }
            Callee::Standard("replace") => match &call.arguments[..] {
                [place, value] => self.replaced(place, value),
                _ => unknown(node.span, "a function that moves values about"),
            },
            Callee::Constructor | Callee::Standard(_) => {
                unknown(node.span, "a function that moves values about")
            }
        }
    }

    /// The closure's body in place of its call.
    fn inlined(
        &mut self,
        node: &'a Node,
        index: usize,
        arguments: &'a [Node],
    ) -> Lowered<Formula<'a>> {
        let closure = self.bind_arguments(node, index, arguments)?;
        let variable = self.fresh();
        self.steps.push(Step::Declare(variable));
        self.inlined_body(closure, Tail::Into(variable))?;
        Ok(self.read_of(variable))
    }

    /// The closure that is called, its parameters bound.
    pub fn bind_arguments(
        &mut self,
        node: &'a Node,
        index: usize,
        arguments: &'a [Node],
    ) -> Lowered<&'a Closure> {
        let closure = self.closure_in_variable(index, node.span)?;
        let body = self.body;
        let signature = &body.signatures[index];
        let parameters = signature.parameters.iter().zip(&signature.types);
        // An argument may call the closure itself, and so bind the parameters to something else meanwhile.
        let calls = |argument: &&Node| argument.any(&mut |node| self.names_closure(node));
        let first = usize::from(!arguments.is_empty());
        let careful = arguments[first..]
            .iter()
            .rev()
            .position(|node| calls(&node));
        let careful = careful.map_or(0, |from_end| arguments.len() - from_end);
        let mut values = Vec::new();
        for ((pattern, _), argument) in parameters.clone().zip(&arguments[..careful]) {
            let is_active = pattern.bound(&self.kinds).is_active();
            let Some(shape) = self.known_shape(argument).filter(|_| is_active) else {
                return unknown(
                    argument.span,
                    "a closure's argument before one that calls a closure",
                );
            };
            let numbers = self.taken_apart(argument, &shape)?;
            values.push((pattern, shape, numbers));
        }
        for (pattern, shape, numbers) in values {
            self.bind_shape(pattern, &shape, &mut numbers.into_iter())?;
        }
        for ((pattern, ty), argument) in parameters.zip(arguments).skip(careful) {
            self.bind_part(pattern, ty.as_ref(), argument)?;
        }
        Ok(closure)
    }

    /// The closure of this number, which has been bound to a variable.
    pub fn closure_in_variable(&self, index: usize, span: Span) -> Lowered<&'a Closure> {
        let Some(closure) = self.closures.get(&index).copied() else {
            return unknown(span, "a call of a closure that is not in a variable");
        };
        let captures_change = self.body.signatures[index]
            .mentions
            .iter()
            .any(|variable| self.mutable.contains(variable));
        match closure.is_move && captures_change {
            true => unknown(span, "a `move` closure with a copy of what may change"),
            false => Ok(closure),
        }
    }

    /// Whether the node calls a closure, or hands it on.
    fn names_closure(&self, node: &Node) -> bool {
        let mut mentioned = Default::default();
        node.mentions(&mut mentioned);
        mentioned
            .iter()
            .any(|variable| matches!(self.kinds[*variable].target(), Kind::Closure(_)))
    }

    /// The body of a closure; its own loops are none of those around it.
    pub fn inlined_body(&mut self, closure: &'a Closure, tail: Tail) -> Lowered<()> {
        // Closures that call closures twice each grow fast.
        if self.ids > MOST_VALUES {
            return unknown(closure.body.span, "a body that is too large");
        }
        let loops = std::mem::take(&mut self.loops);
        let outer = self.closure_tail.replace(tail);
        let result = match tail {
            Tail::Nothing => self.effect(&closure.body),
            tail => self.value_into(&closure.body, tail),
        };
        self.closure_tail = outer;
        self.loops = loops;
        result
    }
}
