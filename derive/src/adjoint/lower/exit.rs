//! Ways out of loops and of the function: what follows them goes to the ways that go on, or stands behind a flag.

use syn::{Label, Lifetime};

use super::{Lowered, Lowering, Tail, unknown};
use crate::adjoint::form::*;
use crate::adjoint::outputs::Outputs;
use crate::tree::*;

/// A loop around the current place.
pub struct Around {
    label: Option<String>,
    /// Raised where the loop is left, and seen at the end of a round.
    leave: Id,
    /// Raised where the rest of a round is left out.
    skip: Id,
    has_leave: bool,
    has_skip: bool,
    /// What `break` with a value gives.
    value: Option<Variable>,
}

/// What follows a statement in its block.
#[derive(Clone, Copy)]
pub struct Rest<'a> {
    pub statements: &'a [Statement],
    pub last: Option<&'a Node>,
    pub tail: Tail,
}

impl<'a> Lowering<'a> {
    /// The body of a loop, and the flag that ends it.
    pub fn looped(
        &mut self,
        label: Option<&Label>,
        value: Option<Variable>,
        lower: impl FnOnce(&mut Self) -> Lowered<()>,
    ) -> Lowered<(Vec<Step<'a>>, Option<Id>)> {
        let around = Around {
            label: label.map(|label| label.name.ident.to_string()),
            leave: self.id(),
            skip: self.id(),
            has_leave: false,
            has_skip: false,
            value,
        };
        self.loops.push(around);
        let body = self.aside(lower);
        let around = self.loops.pop();
        let mut body = body?;
        let Some(around) = around else {
            return Ok((body, None));
        };
        if around.has_skip {
            body.insert(0, Step::Flag(around.skip));
        }
        if around.has_leave {
            body.insert(0, Step::Flag(around.leave));
        }
        Ok((body, around.has_leave.then_some(around.leave)))
    }

    /// A loop with this head. `value`: what `break` gives.
    pub fn repeat_block(
        &mut self,
        head: LoopHead<'a>,
        label: Option<&Label>,
        value: Option<Variable>,
        body: &'a Block,
    ) -> Lowered<()> {
        let (body, leave) = self.looped(label, value, |this| this.block(body, Tail::Nothing))?;
        let id = self.id();
        self.steps.push(Step::Loop(Loop {
            id,
            head,
            leave,
            body,
        }));
        Ok(())
    }

    /// A statement that may leave the loop or the function, and what follows it.
    pub fn leaving(&mut self, statement: &'a Statement, rest: Rest<'a>) -> Lowered<()> {
        let node = match statement {
            Statement::Let(binding) => return self.leaving_let(binding, rest),
            Statement::Expression { node, .. } => node.bare(),
            Statement::Item(_) => return Ok(()),
        };
        match &node.shape {
            Shape::Return { .. } | Shape::Break { .. } | Shape::Continue(_) => {
                self.exit(node, rest.tail)
            }
            Shape::If {
                condition,
                then,
                otherwise,
            } => {
                let otherwise = match otherwise.as_deref().map(Node::bare) {
                    None => None,
                    Some(Node {
                        shape: Shape::Block { block, .. },
                        ..
                    }) => Some(block),
                    Some(_) => return self.guarded(node, rest),
                };
                let leaves = [fate(then), otherwise.map_or(Fate::GoesOn, fate)];
                if !may_be_parted(&leaves) {
                    return self.guarded(node, rest);
                }
                let ways = vec![
                    self.aside(|this| this.way(then, leaves[0], rest))?,
                    self.aside(|this| match otherwise {
                        Some(block) => this.way(block, leaves[1], rest),
                        None => this.statements(rest.statements, rest.last, rest.tail),
                    })?,
                ];
                let condition = self.condition(condition)?;
                self.branch(Head::If(condition), ways)
            }
            Shape::Match(choice) => {
                let leaves: Vec<_> = choice.arms.iter().map(|arm| fate_of(&arm.body)).collect();
                if !may_be_parted(&leaves) {
                    return self.guarded(node, rest);
                }
                let mut ways = Vec::new();
                for (arm, fate) in choice.arms.iter().zip(leaves) {
                    ways.push(self.aside(|this| match (fate, &arm.body.bare().shape) {
                        (_, Shape::Block { block, .. }) => this.way(block, fate, rest),
                        (Fate::Leaves, _) => this.exit(&arm.body, rest.tail),
                        (_, _) => {
                            this.effect(&arm.body)?;
                            this.statements(rest.statements, rest.last, rest.tail)
                        }
                    })?);
                }
                self.matched(choice, ways)
            }
            _ => self.guarded(node, rest),
        }
    }

    /// One way of a branch: it leaves, or goes on with the rest.
    fn way(&mut self, block: &'a Block, fate: Fate, rest: Rest<'a>) -> Lowered<()> {
        if fate == Fate::Leaves {
            return self.block(block, rest.tail);
        }
        self.block(block, Tail::Nothing)?;
        self.statements(rest.statements, rest.last, rest.tail)
    }

    fn leaving_let(&mut self, binding: &'a Let, rest: Rest<'a>) -> Lowered<()> {
        let (Some(value), Some(otherwise)) = (&binding.value, &binding.otherwise) else {
            let span = syn::spanned::Spanned::span(&binding.pattern.original);
            return unknown(span, "a value that may leave the loop or the function");
        };
        if binding.pattern.bound(&self.kinds).is_active() || value.kind.is_active() {
            return unknown(value.span, "`let` with `else` of a differentiated value");
        }
        let value = self.passive(value)?;
        let ways = vec![
            self.aside(|this| this.statements(rest.statements, rest.last, rest.tail))?,
            self.aside(|this| this.block(otherwise, rest.tail))?,
        ];
        self.branch(Head::IfLet(&binding.pattern, value), ways)
    }

    /// The statement on all its ways, and the rest where none of them has left.
    fn guarded(&mut self, node: &'a Node, rest: Rest<'a>) -> Lowered<()> {
        self.effect(node)?;
        let is_in_function = self.is_in_function();
        let (flag, left) = match self.loops.last_mut() {
            Some(around) if rest.tail == Tail::Nothing => {
                around.has_skip = true;
                (around.skip, Vec::new())
            }
            None if rest.tail == Tail::Result => {
                let (flag, result) = self.returned();
                (flag, vec![self.given(&result)])
            }
            None if rest.tail == Tail::Nothing && is_in_function => (self.returned().0, Vec::new()),
            _ => return unknown(node.span, "a value on some ways, and a way out on others"),
        };
        let on = self.aside(|this| this.statements(rest.statements, rest.last, rest.tail))?;
        self.branch(Head::Flag(flag), vec![left, on])
    }

    fn is_in_function(&self) -> bool {
        self.closure_tail.is_none()
    }

    /// The flag that says that the function has its result, and where that is.
    pub fn returned(&mut self) -> (Id, Vec<Variable>) {
        if let Some(returned) = &self.returned {
            return returned.clone();
        }
        let count = self.outputs.as_ref().map_or(1, Outputs::count);
        let (flag, result) = (
            self.id(),
            (0..count).map(|_| self.fresh()).collect::<Vec<_>>(),
        );
        self.mutable.extend(&result);
        self.returned = Some((flag, result.clone()));
        (flag, result)
    }

    /// The end of the function with what has been found before.
    pub fn given(&mut self, result: &[Variable]) -> Step<'a> {
        match (&self.outputs, result) {
            (None, [result]) => Step::Result(self.read_of(*result)),
            _ => Step::Outputs(result.iter().map(|result| self.read_of(*result)).collect()),
        }
    }

    /// `return`, `break` and `continue`.
    pub fn exit(&mut self, node: &'a Node, tail: Tail) -> Lowered<()> {
        match &node.bare().shape {
            Shape::Return { value, target } => {
                let Some(value) = value else {
                    return unknown(node.span, "a return without a value");
                };
                let is_direct = match target {
                    None => tail == Tail::Result && self.is_in_function(),
                    Some(_) => self.closure_tail == Some(tail),
                };
                if is_direct && self.loops.is_empty() {
                    return self.value_into(value, tail);
                }
                if target.is_some() || !self.is_in_function() || tail.is_value() {
                    return unknown(node.span, "a return inside of a value");
                }
                let values = match self.outputs {
                    Some(_) => self.results(Some(value))?,
                    None => vec![self.formula(value)?],
                };
                let (flag, result) = self.returned();
                for (result, value) in result.into_iter().zip(values) {
                    self.set(result, value);
                }
                self.steps.push(Step::Raise(flag));
                self.leave(0, true);
                Ok(())
            }
            Shape::Break { .. } | Shape::Continue(_) if tail.is_value() => {
                unknown(node.span, "a way out inside of a value")
            }
            Shape::Break { label, value, .. } => {
                let target = self.target(node, label.as_ref())?;
                if let Some(value) = value {
                    let Some(variable) = self.loops[target].value else {
                        return unknown(node.span, "a break with a value");
                    };
                    let value = self.formula(value)?;
                    self.set(variable, value);
                }
                self.leave(target, true);
                Ok(())
            }
            Shape::Continue(label) => {
                let target = self.target(node, label.as_ref())?;
                self.leave(target, false);
                Ok(())
            }
            _ => unknown(node.span, "a way out of this kind"),
        }
    }

    pub fn set(&mut self, variable: Variable, value: Formula<'a>) {
        self.steps.push(Step::Set {
            place: Place {
                variable,
                indices: Vec::new(),
            },
            value,
            is_first: false,
        });
    }

    fn target(&self, node: &Node, label: Option<&Lifetime>) -> Lowered<usize> {
        let found = match label {
            None => self.loops.len().checked_sub(1),
            Some(label) => self.loops.iter().rposition(|around| {
                around
                    .label
                    .as_ref()
                    .is_some_and(|name| label.ident == name)
            }),
        };
        match found {
            Some(target) => Ok(target),
            None => unknown(node.span, "a break out of a block"),
        }
    }

    /// Leaves the loops within `target`, and that one too, or only the rest of its round.
    fn leave(&mut self, target: usize, for_good: bool) {
        for position in (target..self.loops.len()).rev() {
            let around = &mut self.loops[position];
            around.has_skip = true;
            self.steps.push(Step::Raise(around.skip));
            if position > target || for_good {
                around.has_leave = true;
                self.steps.push(Step::Raise(around.leave));
            }
        }
    }
}

/// What a block does to what follows it.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    GoesOn,
    Leaves,
    MayLeave,
}

/// Whether the rest can be given to the one way that goes on.
fn may_be_parted(fates: &[Fate]) -> bool {
    let going = fates.iter().filter(|fate| **fate == Fate::GoesOn).count();
    going <= 1 && !fates.contains(&Fate::MayLeave)
}

fn fate(block: &Block) -> Fate {
    let last = block.tail.as_deref().or(match block.statements.last() {
        Some(Statement::Expression { node, .. }) => Some(node),
        _ => None,
    });
    let leaves = last.is_some_and(|node| {
        matches!(
            node.bare().shape,
            Shape::Return { .. } | Shape::Break { .. } | Shape::Continue(_)
        ) || node.is_diverging()
    });
    match leaves {
        true => Fate::Leaves,
        false if may_leave(Part::Block(block)) => Fate::MayLeave,
        false => Fate::GoesOn,
    }
}

fn fate_of(node: &Node) -> Fate {
    match &node.bare().shape {
        Shape::Block { block, .. } => fate(block),
        Shape::Return { .. } | Shape::Break { .. } | Shape::Continue(_) => Fate::Leaves,
        _ if node.is_diverging() => Fate::Leaves,
        _ if may_leave(Part::Node(node)) => Fate::MayLeave,
        _ => Fate::GoesOn,
    }
}

/// Whether there is a way out of it: out of the function, or of a loop around it.
pub fn may_leave(part: Part) -> bool {
    leaves(part, &mut Vec::new())
}

fn leaves(part: Part, inside: &mut Vec<Option<String>>) -> bool {
    let mut found = false;
    if let Part::Node(node) = part {
        let is_outside = |label: &Option<Lifetime>, inside: &[Option<String>]| match label {
            None => inside.is_empty(),
            Some(label) => !inside
                .iter()
                .flatten()
                .any(|name| label.ident == name.as_str()),
        };
        match &node.shape {
            Shape::Return { target: None, .. } | Shape::Try(_) => return true,
            Shape::Break { label, .. } | Shape::Continue(label) if is_outside(label, inside) => {
                return true;
            }
            Shape::Closure(_) => return false,
            Shape::For { label, .. } | Shape::While { label, .. } | Shape::Loop { label, .. } => {
                inside.push(label.as_ref().map(|label| label.name.ident.to_string()));
                node.each_part(&mut |part| found |= leaves(part, inside));
                inside.pop();
                return found;
            }
            _ => {}
        }
    }
    part.each_part(&mut |part| found |= leaves(part, inside));
    found
}
