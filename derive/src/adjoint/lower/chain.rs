//! Iterator chains that end in one number, or in a `Vec` of them: loops.

use super::place::View;
use super::source::Binder;
use super::{Lowered, Lowering, Tail, unknown};
use crate::adjoint::form::*;
use crate::callee::{Callee, callee};
use crate::kind::Kind;
use crate::tree::*;
use crate::vocabulary::{Signature, signature};

/// A function between the source and the end of a chain.
enum Stage<'a> {
    Map(&'a Node),
    Filter(&'a Node),
}

/// What comes out of a stage.
pub enum Item<'a> {
    Number(Formula<'a>),
    Plain(&'a Node),
}

/// What becomes of an item at the end of a chain.
type End<'e, 'a> = &'e mut dyn FnMut(&mut Lowering<'a>, Formula<'a>) -> Lowered<()>;

impl<'a> Lowering<'a> {
    pub fn reduction(&mut self, node: &'a Node, method: &'a Method) -> Lowered<Formula<'a>> {
        let name = method.name.to_string();
        let start = match (name.as_str(), &method.arguments[..]) {
            ("sum", []) => self.formula_of(FormulaShape::EmptySum),
            ("product", []) => self.formula_of(FormulaShape::One),
            ("fold", [start, _]) => self.formula(start)?,
            _ => return unknown(method.name.span(), "a method of this kind"),
        };
        if node.kind != Kind::Number && name != "fold" {
            return unknown(node.span, "a sum of anything but numbers");
        }
        let total = self.spilled(start);
        self.mutable.insert(total);
        match (name.as_str(), &method.arguments[..]) {
            ("fold", [_, function]) => self.fold(&method.receiver, function, total)?,
            _ => self.each_item(&method.receiver, &mut |this, item| {
                this.accumulate(&name, total, item);
                Ok(())
            })?,
        }
        Ok(self.read_of(total))
    }

    fn accumulate(&mut self, name: &str, total: Variable, item: Formula<'a>) {
        let place = Place {
            variable: total,
            indices: Vec::new(),
        };
        if name == "sum" {
            self.steps.push(Step::Add {
                place,
                value: item,
                is_negative: false,
            });
            return;
        }
        let old = self.read_of(total);
        let value = self.formula_of(FormulaShape::Operator(
            Operator::Multiply,
            Box::new(old),
            Box::new(item),
        ));
        self.set(total, value);
    }

    fn fold(&mut self, source: &'a Node, function: &'a Node, total: Variable) -> Lowered<()> {
        let body = self.body;
        let Ok(closure) = self.closure(function) else {
            return self.each_item(source, &mut |this, item| {
                let old = this.read_of(total);
                let value = this.applied_to(function, vec![old, item])?;
                this.set(total, value);
                Ok(())
            });
        };
        let [first, second] = &body.signatures[closure.index].parameters[..] else {
            return unknown(function.span, "a closure of other than two arguments");
        };
        let next = |this: &mut Self| {
            let old = this.read_of(total);
            this.bind_formula(first, old)?;
            let next = this.fresh();
            this.steps.push(Step::Declare(next));
            this.inlined_body(closure, Tail::Into(next))?;
            let value = this.read_of(next);
            this.set(total, value);
            Ok(())
        };
        let has_stages = source.kind.is_active() && !self.stages(source)?.1.is_empty();
        if has_stages {
            return self.each_item(source, &mut |this, item| {
                this.bind_formula(second, item)?;
                next(this)
            });
        }
        let mut head = None;
        let body = self.aside(|this| {
            head = Some(this.head(source, Binder::Pattern(Some(second)))?);
            next(this)
        })?;
        self.repeat(head, None, body)
    }

    /// The closure that the node is, or that is in a variable.
    fn closure(&self, node: &'a Node) -> Lowered<&'a Closure> {
        match &node.bare().shape {
            Shape::Closure(closure) => Ok(closure),
            Shape::Local { variable, .. } => match *self.kinds[*variable].target() {
                Kind::Closure(index) => self.closure_in_variable(index, node.span),
                _ => unknown(node.span, "a function in a variable"),
            },
            _ => unknown(node.span, "a function in place of a closure"),
        }
    }

    /// What a closure, or a function by its name, makes of an item.
    pub fn applied(&mut self, function: &'a Node, item: Item<'a>) -> Lowered<Formula<'a>> {
        let Ok(closure) = self.closure(function) else {
            let value = match item {
                Item::Number(value) => value,
                Item::Plain(node) => self.formula(node)?,
            };
            return self.applied_to(function, vec![value]);
        };
        let body = self.body;
        let [pattern] = &body.signatures[closure.index].parameters[..] else {
            return unknown(function.span, "a closure of several arguments");
        };
        self.bind_item(pattern, item)?;
        match self.result_of(closure)? {
            Item::Number(value) => Ok(value),
            Item::Plain(node) => self.formula(node),
        }
    }

    /// The same of a function by its name.
    fn applied_to(
        &mut self,
        function: &'a Node,
        arguments: Vec<Formula<'a>>,
    ) -> Lowered<Formula<'a>> {
        let Shape::Path(path) = &function.bare().shape else {
            return unknown(function.span, "a function in a variable");
        };
        match callee(path) {
            Callee::Vocabulary(name) => {
                let count = match signature(&name.to_string()) {
                    Some(Signature::Unary) => 1,
                    Some(Signature::Binary) => 2,
                    _ => 0,
                };
                if count != arguments.len() {
                    return unknown(function.span, "a function of this kind by its name");
                }
                Ok(self.formula_of(FormulaShape::Function {
                    name: name.clone(),
                    arguments,
                }))
            }
            Callee::Annotated => Ok(self.formula_of(FormulaShape::Call {
                callee: Target::Named(path),
                numbers: arguments,
            })),
            _ => unknown(function.span, "a function of this kind by its name"),
        }
    }

    /// The source of a chain, and the functions on the way, first to last. What is plain is a source.
    fn stages(&self, node: &'a Node) -> Lowered<(&'a Node, Vec<Stage<'a>>)> {
        let mut stages = Vec::new();
        let mut base = node;
        while let Shape::Method(method) = &base.bare().shape
            && base.kind.is_active()
        {
            match (method.name.to_string().as_str(), &method.arguments[..]) {
                ("map", [function])
                    if !matches!(method.receiver.kind.target(), Kind::Sequence(_)) =>
                {
                    stages.push(Stage::Map(function));
                }
                ("filter", [function]) => stages.push(Stage::Filter(function)),
                _ => break,
            }
            base = &method.receiver;
        }
        stages.reverse();
        Ok((base, stages))
    }

    /// A loop over the items of a chain.
    pub fn each_item(&mut self, node: &'a Node, end: End<'_, 'a>) -> Lowered<()> {
        let (base, stages) = self.stages(node)?;
        let mut head = None;
        let body = self.aside(|this| {
            let mut stages = &stages[..];
            let first = match stages {
                [Stage::Map(function), rest @ ..] if this.closure(function).is_ok() => {
                    stages = rest;
                    this.closure(function).ok()
                }
                _ => None,
            };
            let item = match first {
                None => {
                    head = Some(this.head(base, Binder::Capture)?);
                    match this.captured.take() {
                        Some(place) => Item::Number(this.formula_of(FormulaShape::Read(place))),
                        None => return unknown(base.span, "items that are no numbers"),
                    }
                }
                Some(closure) => {
                    head = Some(this.head_for(base, closure)?);
                    this.result_of(closure)?
                }
            };
            this.through(item, stages, end)
        })?;
        self.repeat(head, None, body)
    }

    /// The source of items that go to a closure.
    fn head_for(
        &mut self,
        base: &'a Node,
        closure: &'a Closure,
    ) -> Lowered<(Source<'a>, Vec<Step<'a>>)> {
        let signature = &self.body.signatures[closure.index];
        let [pattern] = &signature.parameters[..] else {
            return unknown(base.span, "a closure of several arguments");
        };
        let head = self.head(base, Binder::Pattern(Some(pattern)))?;
        if let (PatternShape::Bind { variable, .. }, syn::Pat::Ident(_), [Some(ty)]) =
            (&pattern.shape, &pattern.original, &signature.types[..])
            && !self.kinds[*variable].is_active()
        {
            self.steps.push(Step::Plain(Plain::Type(*variable, ty)));
        }
        Ok(head)
    }

    /// An item on its way through the stages that are left.
    fn through(&mut self, item: Item<'a>, stages: &[Stage<'a>], end: End<'_, 'a>) -> Lowered<()> {
        let body = self.body;
        match (stages, item) {
            ([], Item::Number(value)) => end(self, value),
            ([], Item::Plain(node)) => {
                let value = self.formula(node)?;
                end(self, value)
            }
            ([Stage::Map(function), rest @ ..], item) => {
                let Ok(closure) = self.closure(function) else {
                    let value = match item {
                        Item::Number(value) => value,
                        Item::Plain(node) => self.formula(node)?,
                    };
                    let value = self.applied_to(function, vec![value])?;
                    return self.through(Item::Number(value), rest, end);
                };
                let [pattern] = &body.signatures[closure.index].parameters[..] else {
                    return unknown(function.span, "a closure of several arguments");
                };
                self.bind_item(pattern, item)?;
                let item = self.result_of(closure)?;
                self.through(item, rest, end)
            }
            ([Stage::Filter(function), rest @ ..], Item::Number(value)) => {
                let closure = self.closure(function)?;
                let [pattern] = &body.signatures[closure.index].parameters[..] else {
                    return unknown(function.span, "a closure of several arguments");
                };
                let variable = self.spilled(value);
                let view = View {
                    place: Place {
                        variable,
                        indices: Vec::new(),
                    },
                    offset: Vec::new(),
                };
                self.bind_view(pattern, &view)?;
                let test = self.without_effect(self.passive(&closure.body)?)?;
                let kept = self.aside(|this| {
                    let value = this.read_of(variable);
                    this.through(Item::Number(value), rest, end)
                })?;
                self.branch(Head::If(test), vec![kept, Vec::new()])
            }
            ([Stage::Filter(function), ..], Item::Plain(_)) => {
                unknown(function.span, "plain items that are filtered")
            }
        }
    }

    fn bind_item(&mut self, pattern: &'a Pattern, item: Item<'a>) -> Lowered<()> {
        let is_active = pattern.bound(&self.kinds).is_active();
        match item {
            Item::Number(value) => self.bind_formula(pattern, value),
            Item::Plain(node) if is_active => {
                let value = self.formula(node)?;
                self.bind_formula(pattern, value)
            }
            Item::Plain(node) => {
                self.steps
                    .push(Step::Plain(Plain::Binding(pattern, None, node)));
                Ok(())
            }
        }
    }

    fn result_of(&mut self, closure: &'a Closure) -> Lowered<Item<'a>> {
        let body = &*closure.body;
        let has_ways = matches!(
            body.bare().shape,
            Shape::Block { .. } | Shape::If { .. } | Shape::Match(_)
        );
        if !body.kind.is_active() && !has_ways {
            return Ok(Item::Plain(self.without_effect(self.passive(body)?)?));
        }
        if has_ways {
            let variable = self.fresh();
            self.steps.push(Step::Declare(variable));
            self.inlined_body(closure, Tail::Into(variable))?;
            return Ok(Item::Number(self.read_of(variable)));
        }
        // What is summed or multiplied to a number is one, if only the compiler knows its type.
        if !body.kind.may_be_number() {
            return unknown(body.span, "a closure that gives anything but a number");
        }
        Ok(Item::Number(self.formula(body)?))
    }
}
