//! Blocks and statements.

use proc_macro2::Span;
use syn::spanned::Spanned;

use super::exit::{self, Rest};
use super::{Lowered, Lowering, MOST_VALUES, Tail, unknown};
use crate::adjoint::form::*;
use crate::kind::Kind;
use crate::tree::*;

impl<'a> Lowering<'a> {
    /// The items of the function, which are seen from its start. Those of inner blocks would be seen outside of them.
    pub fn items(&mut self, root: &'a Block) -> Lowered<()> {
        for statement in &root.statements {
            match statement {
                Statement::Item(item) if !matches!(**item, syn::Item::Macro(_)) => {
                    self.steps.push(Step::Plain(Plain::Statement(statement)));
                }
                Statement::Item(item) => return unknown(item.span(), "a macro of its own"),
                Statement::Let(_) | Statement::Expression { .. } => {}
            }
        }
        Ok(())
    }

    fn is_of_root(&self, statement: &Statement) -> bool {
        let mut all = self.body.root.statements.iter();
        all.any(|other| std::ptr::eq(other, statement))
    }

    pub fn block(&mut self, block: &'a Block, tail: Tail) -> Lowered<()> {
        self.statements(&block.statements, block.tail.as_deref(), tail)
    }

    pub fn statements(
        &mut self,
        statements: &'a [Statement],
        last: Option<&'a Node>,
        tail: Tail,
    ) -> Lowered<()> {
        for (position, statement) in statements.iter().enumerate() {
            match statement {
                Statement::Item(_) => {}
                Statement::Let(binding) => without_conditions(&binding.conditions)?,
                Statement::Expression { conditions, .. } => without_conditions(conditions)?,
            }
            let mut leaves = false;
            statement.each_part(&mut |part| leaves |= exit::may_leave(part));
            if leaves {
                let rest = Rest {
                    statements: &statements[position + 1..],
                    last,
                    tail,
                };
                return self.leaving(statement, rest);
            }
            match statement {
                Statement::Item(_) if self.is_of_root(statement) => {}
                Statement::Item(item) => return unknown(item.span(), "an item of an inner block"),
                Statement::Let(binding) => self.binding(statement, binding)?,
                Statement::Expression { node, .. } => match &node.bare().shape {
                    Shape::Return { .. } => return self.exit(node, tail),
                    _ => self.effect(node)?,
                },
            }
        }
        match (last, tail) {
            (None, Tail::Nothing) => Ok(()),
            (Some(node), Tail::Nothing) => self.effect(node),
            (Some(node), tail) => self.value_into(node, tail),
            // The last statement was one that never ends, as `panic!();`.
            (None, _) => match self.steps.last() {
                Some(Step::Plain(Plain::Expression(node))) if node.is_diverging() => Ok(()),
                _ => unknown(Span::call_site(), "a block that ends without a value"),
            },
        }
    }

    pub fn branch(&mut self, head: Head<'a>, ways: Vec<Vec<Step<'a>>>) -> Lowered<()> {
        let id = self.id();
        self.steps.push(Step::Branch(Branch { id, head, ways }));
        if self.ids > MOST_VALUES {
            return unknown(Span::call_site(), "a body that is too large");
        }
        Ok(())
    }

    fn binding(&mut self, statement: &'a Statement, binding: &'a Let) -> Lowered<()> {
        let kind = binding.pattern.bound(&self.kinds);
        let Some(value) = &binding.value else {
            if kind.is_active() {
                return match &binding.pattern.shape {
                    PatternShape::Bind { variable, .. } if kind == Kind::Number => {
                        self.steps.push(Step::Declare(*variable));
                        Ok(())
                    }
                    _ => unknown(binding.pattern.original.span(), "a late array or tuple"),
                };
            }
            self.steps.push(Step::Plain(Plain::Statement(statement)));
            return Ok(());
        };
        if let (PatternShape::Bind { .. }, Shape::Closure(closure)) =
            (&binding.pattern.shape, &value.bare().shape)
        {
            self.closures.insert(closure.index, closure);
            if self.is_live(closure.index) {
                return Ok(());
            }
        }
        if !kind.is_active() {
            self.passive(value)?;
            self.steps.push(Step::Plain(Plain::Statement(statement)));
            return Ok(());
        }
        if binding.otherwise.is_some() {
            return unknown(value.span, "`let` with `else` of a differentiated value");
        }
        self.bind(&binding.pattern, value)
    }

    /// A statement that gives nothing.
    pub fn effect(&mut self, node: &'a Node) -> Lowered<()> {
        match &node.shape {
            Shape::Group(inner) => self.effect(inner),
            Shape::Assign { place, value } if place.kind.is_active() => self.assign(place, value),
            Shape::AssignBy {
                place,
                operator,
                value,
            } if place.kind.is_active() => self.assign_by(place, operator, value),
            _ if !node.kind.is_active() && self.passive(node).is_ok() => {
                self.steps.push(Step::Plain(Plain::Expression(node)));
                Ok(())
            }
            Shape::Block {
                block, label: None, ..
            } => self.block(block, Tail::Nothing),
            Shape::If {
                condition,
                then,
                otherwise,
            } => {
                let ways = vec![
                    self.aside(|this| this.block(then, Tail::Nothing))?,
                    self.aside(|this| match otherwise {
                        Some(otherwise) => this.effect(otherwise),
                        None => Ok(()),
                    })?,
                ];
                let condition = self.condition(condition)?;
                self.branch(Head::If(condition), ways)
            }
            Shape::Match(choice) => {
                let ways = choice
                    .arms
                    .iter()
                    .map(|arm| self.aside(|this| this.effect(&arm.body)))
                    .collect::<Lowered<_>>()?;
                self.matched(choice, ways)
            }
            Shape::For {
                label,
                pattern,
                source,
                body,
            } => self.each(label.as_ref(), pattern, source, body),
            Shape::While {
                label,
                condition,
                body,
            } => {
                let condition = self.passive(condition)?;
                self.repeat_block(LoopHead::While(condition), label.as_ref(), None, body)
            }
            Shape::Loop { label, body, .. } => {
                self.repeat_block(LoopHead::Forever, label.as_ref(), None, body)
            }
            Shape::Return { .. } | Shape::Break { .. } | Shape::Continue(_) => {
                self.exit(node, Tail::Nothing)
            }
            Shape::Tuple(parts) if parts.is_empty() => Ok(()),
            Shape::Method(method) => self.changing_method(method).unwrap_or_else(|| {
                let name = &method.name;
                unknown(node.span, &format!("`{name}` over differentiated values"))
            }),
            Shape::Call(call) if self.closure_of(call).is_some() => {
                let index = self.closure_of(call).unwrap_or_default();
                let closure = self.bind_arguments(node, index, &call.arguments)?;
                self.inlined_body(closure, Tail::Nothing)
            }
            Shape::Call(call) => self
                .changing_call(call)
                .unwrap_or_else(|| unknown(node.span, "this statement over differentiated values")),
            _ => unknown(node.span, "this statement over differentiated values"),
        }
    }
}

pub fn without_conditions(conditions: &proc_macro2::TokenStream) -> Lowered<()> {
    match conditions.is_empty() {
        true => Ok(()),
        false => unknown(
            conditions.span(),
            "code that stands under a condition of the build",
        ),
    }
}
