//! Iterator chains that end in one number: loops.

use super::source::Binder;
use super::{Lowered, Lowering, unknown};
use crate::adjoint::form::*;
use crate::kind::Kind;
use crate::tree::*;

/// A closure between the source and the end of a chain.
enum Stage<'a> {
    Map(&'a Closure),
    Filter,
}

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
        let mut head = None;
        let body = self.aside(|this| {
            let (base, stages) = this.stages(&method.receiver)?;
            let item = this.item(base, stages, &mut head)?;
            this.accumulate(&name, method, total, item)
        })?;
        self.repeat(head, None, body)?;
        Ok(self.read_of(total))
    }

    fn accumulate(
        &mut self,
        name: &str,
        method: &'a Method,
        total: Variable,
        item: Formula<'a>,
    ) -> Lowered<()> {
        let place = Place {
            variable: total,
            indices: Vec::new(),
        };
        let value = match name {
            "sum" => {
                self.steps.push(Step::Add {
                    place,
                    value: item,
                    is_negative: false,
                });
                return Ok(());
            }
            "product" => {
                let old = self.read_of(total);
                self.formula_of(FormulaShape::Operator(
                    Operator::Multiply,
                    Box::new(old),
                    Box::new(item),
                ))
            }
            _ => {
                let closure = self.closure(&method.arguments[1])?;
                let body = self.body;
                let [first, second] = &body.signatures[closure.index].parameters[..] else {
                    return unknown(method.name.span(), "a closure of other than two arguments");
                };
                let old = self.read_of(total);
                self.bind_formula(first, old)?;
                self.bind_formula(second, item)?;
                let next = self.fresh();
                self.steps.push(Step::Declare(next));
                self.inlined_body(closure, next)?;
                self.read_of(next)
            }
        };
        self.steps.push(Step::Set {
            place,
            value,
            is_first: false,
        });
        Ok(())
    }

    fn closure(&mut self, node: &'a Node) -> Lowered<&'a Closure> {
        match &node.bare().shape {
            Shape::Closure(closure) => Ok(closure),
            Shape::Local { variable, .. } => match *self.kinds[*variable].target() {
                Kind::Closure(index) => self.closure_in_variable(index, node.span),
                _ => unknown(node.span, "a function in a variable"),
            },
            _ => unknown(node.span, "a function in place of a closure"),
        }
    }

    /// The source of a chain, and the closures on the way, first to last.
    fn stages(&mut self, node: &'a Node) -> Lowered<(&'a Node, Vec<Stage<'a>>)> {
        let mut stages = Vec::new();
        let mut base = node;
        while let Shape::Method(method) = &base.bare().shape {
            match (method.name.to_string().as_str(), &method.arguments[..]) {
                ("map", [closure]) => stages.push(Stage::Map(self.closure(closure)?)),
                ("filter", [_]) => stages.push(Stage::Filter),
                _ => break,
            }
            base = &method.receiver;
        }
        stages.reverse();
        Ok((base, stages))
    }

    /// The item that comes out of the chain.
    fn item(
        &mut self,
        base: &'a Node,
        stages: Vec<Stage<'a>>,
        head: &mut Option<(Source<'a>, Vec<Step<'a>>)>,
    ) -> Lowered<Formula<'a>> {
        let mut stages = stages.into_iter();
        let body = self.body;
        let mut item = match stages.next() {
            None => {
                *head = Some(self.head(base, Binder::Capture)?);
                match self.captured.take() {
                    Some(place) => self.formula_of(FormulaShape::Read(place)),
                    None => return unknown(base.span, "items that are no numbers"),
                }
            }
            Some(Stage::Map(closure)) => {
                let [pattern] = &body.signatures[closure.index].parameters[..] else {
                    return unknown(base.span, "a closure of several arguments");
                };
                *head = Some(self.head(base, Binder::Pattern(Some(pattern)))?);
                if let (PatternShape::Bind { variable, .. }, syn::Pat::Ident(_), [Some(ty)]) = (
                    &pattern.shape,
                    &pattern.original,
                    &body.signatures[closure.index].types[..],
                ) && !self.kinds[*variable].is_active()
                {
                    self.steps.push(Step::Plain(Plain::Type(*variable, ty)));
                }
                self.result_of(closure)?
            }
            Some(Stage::Filter) => return unknown(base.span, "items that are filtered first"),
        };
        for stage in stages {
            let Stage::Map(closure) = stage else {
                return unknown(base.span, "items that are filtered");
            };
            let [pattern] = &body.signatures[closure.index].parameters[..] else {
                return unknown(base.span, "a closure of several arguments");
            };
            self.bind_formula(pattern, item)?;
            item = self.result_of(closure)?;
        }
        Ok(item)
    }

    fn result_of(&mut self, closure: &'a Closure) -> Lowered<Formula<'a>> {
        if matches!(
            closure.body.bare().shape,
            Shape::Block { .. } | Shape::If { .. } | Shape::Match(_)
        ) {
            let variable = self.fresh();
            self.steps.push(Step::Declare(variable));
            self.inlined_body(closure, variable)?;
            return Ok(self.read_of(variable));
        }
        // What is summed or multiplied to a number is one, if only the compiler knows its type.
        if !closure.body.kind.may_be_number() {
            return unknown(
                closure.body.span,
                "a closure that gives anything but a number",
            );
        }
        self.formula(&closure.body)
    }
}
