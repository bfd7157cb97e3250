//! From the tree to the intermediate form. What has no place in it yet is named, and the function is left to `lift`.

mod chain;
mod effect;
mod exit;
mod formula;
mod names;
mod place;
mod repeated;
mod results;
mod several;
mod source;
mod unsteady;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span};
use syn::BinOp;
use syn::spanned::Spanned;

use super::form::*;
use super::outputs::Outputs;
use crate::kind::Kind;
use crate::number::internal;
use crate::parse::Function;
use crate::tree::*;
use crate::walk::Part;
use exit::{Around, Rest};
use place::View;
pub use results::numbers;
pub use several::fixed_path;
pub use unsteady::root;

/// Why a function is not compiled.
#[derive(Debug)]
pub struct Reason {
    /// Where it lies.
    pub span: Span,
    pub text: String,
}

pub type Lowered<T> = Result<T, Reason>;

pub fn unknown<T>(span: Span, text: &str) -> Lowered<T> {
    Err(Reason {
        span,
        text: text.to_owned(),
    })
}

/// Beyond it the code would be larger than it is worth.
const MOST_VALUES: usize = 3000;

pub struct Program<'a> {
    pub steps: Vec<Step<'a>>,
    pub kinds: Vec<Kind>,
    pub names: Vec<Ident>,
    /// The variables whose names other variables have as well.
    pub renamed: BTreeSet<Variable>,
    /// The variables that may change after they are bound.
    pub mutable: BTreeSet<Variable>,
    /// The variables whose contents the reverse sweep may find changed, moved or borrowed.
    pub unsteady: BTreeSet<Variable>,
    pub ids: usize,
    /// How many floats the function gives, if several.
    pub outputs: Option<usize>,
    /// The inputs whose elements are variables; the first steps, so many, set those.
    pub pieces: BTreeMap<Variable, Elements>,
    pub prologue: usize,
}

pub fn lower<'a>(function: &Function, body: &'a Body, kinds: &[Kind]) -> Lowered<Program<'a>> {
    let mut lowering = Lowering {
        body,
        kinds: kinds.to_vec(),
        steps: Vec::new(),
        views: BTreeMap::new(),
        closures: BTreeMap::new(),
        names: vec![internal("unnamed"); kinds.len()],
        mutable: BTreeSet::new(),
        scalars: BTreeSet::new(),
        ids: 0,
        captured: None,
        before: Vec::new(),
        loops: Vec::new(),
        returned: None,
        closure_tail: None,
        outputs: None,
        result: None,
        written: Vec::new(),
        shapes: BTreeMap::new(),
        open: BTreeMap::new(),
        numbers: Vec::new(),
    };
    lowering.survey();
    for (parameter, pattern) in function.parameters.iter().zip(&body.parameters) {
        let is_bound = matches!(
            pattern.shape,
            PatternShape::Bind {
                is_reference: false,
                inner: None,
                ..
            }
        );
        if parameter.is_constant() && pattern.bound(kinds).is_active() {
            return unknown(pattern.original.span(), "a constant that becomes a number");
        }
        if parameter.function.is_some() {
            return unknown(pattern.original.span(), "a function of functions");
        }
        if parameter.input.is_some() && !is_bound {
            return unknown(pattern.original.span(), "an input that is taken apart");
        }
    }
    lowering.distinct_names()?;
    lowering.items(&body.root)?;
    lowering.note_shapes(function);
    lowering.note_numbers(
        function
            .outcome
            .value
            .as_ref()
            .and_then(Outputs::of_type)
            .as_ref(),
    );
    lowering.outputs = lowering.outputs(function)?;
    match lowering.result.is_none() && lowering.outputs.is_some() {
        true => {
            lowering.block(&body.root, Tail::Nothing)?;
            lowering.finish_several(None)?;
        }
        false => lowering.block(&body.root, Tail::Result)?,
    }
    lowering.check_written(&lowering.steps)?;
    if let Some((flag, variables)) = lowering.returned.take() {
        for variable in variables {
            let value = lowering.formula_of(FormulaShape::Zero);
            lowering.steps.insert(0, Step::Let { variable, value });
        }
        lowering.steps.insert(0, Step::Flag(flag));
    }
    let renamed = lowering.ambiguous_names();
    for variable in &renamed {
        let name = format!("{}_{variable}", lowering.names[*variable]);
        lowering.names[*variable] = internal(&name);
    }
    Ok(Program {
        steps: lowering.steps,
        kinds: lowering.kinds,
        names: lowering.names,
        renamed,
        unsteady: unsteady::unsteady(body, &lowering.mutable),
        mutable: lowering.mutable,
        ids: lowering.ids,
        outputs: lowering.outputs.as_ref().map(Outputs::count),
        pieces: BTreeMap::new(),
        prologue: 0,
    })
}

/// Where the value of a block goes.
#[derive(Clone, Copy, PartialEq)]
enum Tail {
    Nothing,
    Into(Variable),
    Result,
}

struct Lowering<'a> {
    body: &'a Body,
    kinds: Vec<Kind>,
    steps: Vec<Step<'a>>,
    views: BTreeMap<Variable, View<'a>>,
    closures: BTreeMap<usize, &'a Closure>,
    names: Vec<Ident>,
    mutable: BTreeSet<Variable>,
    /// The variables of an open kind that arithmetic shows to be numbers.
    scalars: BTreeSet<Variable>,
    ids: usize,
    captured: Option<Place<'a>>,
    /// What is evaluated before the loop whose head is being lowered.
    before: Vec<Step<'a>>,
    /// The loops around the current place, outermost first.
    loops: Vec<Around>,
    /// Where the function's result is, if it is found inside of a loop.
    returned: Option<(Id, Vec<Variable>)>,
    /// Where the value of the closure goes that is being inlined.
    closure_tail: Option<Variable>,
    /// All that the function gives, if several floats; its result, and what it writes through parameters.
    outputs: Option<Outputs>,
    result: Option<Outputs>,
    written: Vec<(Variable, Outputs)>,
    /// The variables of a known compound shape.
    shapes: BTreeMap<Variable, Outputs>,
    /// Results of calls, of which the used parts are variables.
    open: BTreeMap<Variable, Vec<(Vec<Member>, Variable)>>,
    /// The parts of them, and of others, that are known to be numbers.
    numbers: Vec<(Variable, Vec<Member>)>,
}

impl<'a> Lowering<'a> {
    fn id(&mut self) -> Id {
        self.ids += 1;
        self.ids - 1
    }

    fn formula_of(&mut self, shape: FormulaShape<'a>) -> Formula<'a> {
        Formula {
            id: self.id(),
            shape,
        }
    }

    /// A float variable of ours.
    fn fresh(&mut self) -> Variable {
        self.kinds.push(Kind::Number);
        self.names
            .push(internal(&format!("t{}", self.kinds.len() - 1)));
        self.kinds.len() - 1
    }

    /// The names of all variables, which of them change, and which are numbers.
    fn survey(&mut self) {
        let body = self.body;
        let mut bound: Vec<(Variable, &'a syn::Pat)> = Vec::new();
        for pattern in body.parameters.iter().chain(
            body.signatures
                .iter()
                .flat_map(|signature| &signature.parameters),
        ) {
            pattern.each_variable(&mut |variable, original| bound.push((variable, original)));
        }
        let (mut scalars, mut late) = (BTreeSet::new(), BTreeSet::new());
        let repeated = repeated::repeated(body);
        body.root.walk(&mut |part| match part {
            Part::Pattern(pattern) => {
                pattern.each_variable(&mut |variable, original| bound.push((variable, original)));
            }
            Part::Block(block) => {
                for statement in &block.statements {
                    if let Statement::Let(binding) = statement
                        && binding.value.is_none()
                    {
                        binding
                            .pattern
                            .each_variable(&mut |variable, _| _ = late.insert(variable));
                    }
                }
            }
            Part::Node(node) => match &node.shape {
                Shape::Binary {
                    left,
                    operator:
                        BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_) | BinOp::Rem(_),
                    right,
                } => {
                    for side in [left, right] {
                        if let Shape::Local { variable, .. } = &side.bare().shape {
                            scalars.insert(*variable);
                        }
                    }
                }
                Shape::AssignBy {
                    place,
                    operator:
                        BinOp::AddAssign(_)
                        | BinOp::SubAssign(_)
                        | BinOp::MulAssign(_)
                        | BinOp::DivAssign(_)
                        | BinOp::RemAssign(_),
                    value,
                } => {
                    for side in [place, value] {
                        if let Shape::Local { variable, .. } = &side.bare().shape {
                            scalars.insert(*variable);
                        }
                    }
                }
                // What is bound in a closure is bound again by every call.
                Shape::Closure(closure) if repeated.contains(&closure.index) => {
                    closure.body.walk(&mut |part| {
                        if let Part::Pattern(pattern) = part {
                            pattern.each_variable(&mut |variable, _| _ = late.insert(variable));
                        }
                    });
                }
                _ => {}
            },
        });
        for index in repeated {
            for pattern in &body.signatures[index].parameters {
                pattern.each_variable(&mut |variable, _| _ = late.insert(variable));
            }
        }
        for (variable, original) in bound {
            if let syn::Pat::Ident(name) = original {
                self.names[variable] = name.ident.clone();
                if name.mutability.is_some() {
                    self.mutable.insert(variable);
                }
            } else {
                self.mutable.insert(variable);
            }
        }
        self.mutable.extend(late);
        self.scalars = scalars;
    }

    /// What `lower` pushes, apart.
    fn aside(&mut self, lower: impl FnOnce(&mut Self) -> Lowered<()>) -> Lowered<Vec<Step<'a>>> {
        let outer = std::mem::take(&mut self.steps);
        let result = lower(self);
        let steps = std::mem::replace(&mut self.steps, outer);
        result.map(|()| steps)
    }

    /// The items of the function, which are seen from its start. Those of inner blocks would be seen outside of them.
    fn items(&mut self, root: &'a Block) -> Lowered<()> {
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

    fn block(&mut self, block: &'a Block, tail: Tail) -> Lowered<()> {
        self.statements(&block.statements, block.tail.as_deref(), tail)
    }

    fn statements(
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
                Some(Step::Plain(Plain::Expression(node))) if is_diverging(node) => Ok(()),
                _ => unknown(Span::call_site(), "a block that ends without a value"),
            },
        }
    }

    fn branch(&mut self, head: Head<'a>, ways: Vec<Vec<Step<'a>>>) -> Lowered<()> {
        let id = self.id();
        self.steps.push(Step::Branch(Branch { id, head, ways }));
        if self.ids > MOST_VALUES {
            return unknown(Span::call_site(), "it is too large");
        }
        Ok(())
    }

    /// The value of a node, wherever it goes.
    fn value_into(&mut self, node: &'a Node, tail: Tail) -> Lowered<()> {
        match &node.shape {
            Shape::Group(inner) => return self.value_into(inner, tail),
            Shape::Block {
                block, label: None, ..
            } => return self.block(block, tail),
            Shape::If {
                condition,
                then,
                otherwise: Some(otherwise),
            } => {
                let ways = vec![
                    self.aside(|this| this.block(then, tail))?,
                    self.aside(|this| this.value_into(otherwise, tail))?,
                ];
                return self.branch(Head::If(self.passive(condition)?), ways);
            }
            Shape::Match(choice) => {
                let ways = choice
                    .arms
                    .iter()
                    .map(|arm| self.aside(|this| this.value_into(&arm.body, tail)))
                    .collect::<Lowered<_>>()?;
                return self.matched(choice, ways);
            }
            Shape::Return { .. } | Shape::Break { .. } | Shape::Continue(_) => {
                return self.exit(node, tail);
            }
            _ if self.is_several(tail) && !is_diverging(node) => {
                return self.finish_several(Some(node));
            }
            Shape::Loop { .. } => {
                let variable = self.fresh();
                let may_leave = exit::may_leave(Part::Node(node));
                let has_result = may_leave && self.loops.is_empty() && tail == Tail::Result;
                if may_leave && !has_result {
                    return unknown(node.span, "a value that may leave a loop or the function");
                }
                self.looped_value(node, variable)?;
                let value = self.read_of(variable);
                if has_result {
                    let on = self.aside(|this| {
                        this.finish(value, tail);
                        Ok(())
                    })?;
                    let (flag, result) = self.returned();
                    let result = self.given(&result);
                    return self.branch(Head::Flag(flag), vec![vec![result], on]);
                }
                self.finish(value, tail);
                return Ok(());
            }
            _ if is_diverging(node) => {
                self.steps.push(Step::Plain(Plain::Expression(node)));
                return Ok(());
            }
            _ => {}
        }
        let value = self.formula(node)?;
        self.finish(value, tail);
        Ok(())
    }

    fn finish(&mut self, value: Formula<'a>, tail: Tail) {
        self.steps.push(match tail {
            Tail::Into(variable) => Step::Set {
                place: Place {
                    variable,
                    indices: Vec::new(),
                },
                value,
                is_first: true,
            },
            _ => Step::Result(value),
        });
    }

    /// A loop that gives a value.
    fn looped_value(&mut self, node: &'a Node, variable: Variable) -> Lowered<()> {
        let Shape::Loop { label, body, .. } = &node.bare().shape else {
            return unknown(node.span, "a loop of another kind");
        };
        self.mutable.insert(variable);
        let zero = self.formula_of(FormulaShape::Zero);
        self.steps.push(Step::Let {
            variable,
            value: zero,
        });
        let (body, leave) = self.looped(label.as_ref(), Some(variable), |this| {
            this.block(body, Tail::Nothing)
        })?;
        let id = self.id();
        self.steps.push(Step::Loop(Loop {
            id,
            head: LoopHead::Forever,
            leave,
            body,
        }));
        Ok(())
    }

    fn matched(&mut self, choice: &'a Match, ways: Vec<Vec<Step<'a>>>) -> Lowered<()> {
        for arm in &choice.arms {
            without_conditions(&arm.conditions)?;
        }
        let is_plain = choice.arms.iter().all(|arm| {
            let mut is_plain = true;
            arm.pattern.each_variable(&mut |variable, _| {
                is_plain &= !self.kinds[variable].is_active();
            });
            is_plain
                && arm
                    .guard
                    .as_ref()
                    .is_none_or(|guard| self.passive(guard).is_ok())
        });
        let scrutinee = &choice.scrutinee;
        if !is_plain || scrutinee.kind.is_active() && !choice.of_value {
            return unknown(scrutinee.span, "a match that takes numbers apart");
        }
        self.passive(scrutinee)?;
        self.branch(Head::Match(scrutinee, &choice.arms, choice.of_value), ways)
    }

    /// The node, which changes nothing that carries derivatives and does not leave the function.
    fn passive(&self, node: &'a Node) -> Lowered<&'a Node> {
        let mut culprit = None;
        node.walk(&mut |part| {
            if let Part::Node(node) = part
                && self.is_active_effect(node)
            {
                culprit.get_or_insert(node.span);
            }
        });
        match culprit {
            None => Ok(node),
            Some(span) => unknown(span, "a differentiated value changed inside an expression"),
        }
    }

    fn is_active_effect(&self, node: &Node) -> bool {
        match &node.shape {
            Shape::Assign { place, .. } | Shape::AssignBy { place, .. } => place.kind.is_active(),
            Shape::Return { .. } | Shape::Break { .. } | Shape::Continue(_) | Shape::Try(_) => true,
            Shape::Reference { is_mutable, target } => *is_mutable && target.kind.is_active(),
            // It may only be read where nothing is known to change it.
            Shape::Method(method) => {
                method.receiver.kind.is_active()
                    && !matches!(method.meaning, Meaning::Vocabulary | Meaning::Itself)
                    && !matches!(
                        method.name.to_string().as_str(),
                        "len" | "is_empty" | "iter" | "first" | "last" | "get"
                    )
            }
            Shape::Closure(closure) => self.is_live(closure.index),
            // A function over numbers, handed on.
            Shape::Local { variable, .. } => match self.kinds[*variable].target() {
                Kind::Closure(index) => self.is_live(*index),
                kind => matches!(kind, Kind::Function { .. }),
            },
            Shape::Call(call) => call.local.is_some_and(|local| {
                matches!(self.kinds[local].target(), Kind::Closure(index) if self.is_live(*index))
            }),
            _ => false,
        }
    }

    fn is_live(&self, index: usize) -> bool {
        let signature = &self.body.signatures[index];
        let is_active = |variable: &Variable| {
            self.kinds[*variable].is_active()
                || matches!(self.kinds[*variable].target(), Kind::Closure(_))
        };
        let mut is_live = is_active(&signature.result) || signature.mentions.iter().any(is_active);
        for pattern in &signature.parameters {
            pattern.each_variable(&mut |variable, _| is_live |= is_active(&variable));
        }
        is_live
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
    fn effect(&mut self, node: &'a Node) -> Lowered<()> {
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
                let condition = self.passive(condition)?;
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
                let (body, leave) =
                    self.looped(label.as_ref(), None, |this| this.block(body, Tail::Nothing))?;
                let id = self.id();
                self.steps.push(Step::Loop(Loop {
                    id,
                    head: LoopHead::While(condition),
                    leave,
                    body,
                }));
                Ok(())
            }
            Shape::Loop { label, body, .. } => {
                let (body, leave) =
                    self.looped(label.as_ref(), None, |this| this.block(body, Tail::Nothing))?;
                let id = self.id();
                self.steps.push(Step::Loop(Loop {
                    id,
                    head: LoopHead::Forever,
                    leave,
                    body,
                }));
                Ok(())
            }
            Shape::Return { .. } | Shape::Break { .. } | Shape::Continue(_) => {
                self.exit(node, Tail::Nothing)
            }
            Shape::Tuple(parts) if parts.is_empty() => Ok(()),
            _ => unknown(node.span, "this statement over differentiated values"),
        }
    }
}

fn is_diverging(node: &Node) -> bool {
    matches!(&node.bare().shape, Shape::Message(message) if message.is_diverging)
}

fn without_conditions(conditions: &proc_macro2::TokenStream) -> Lowered<()> {
    match conditions.is_empty() {
        true => Ok(()),
        false => unknown(
            conditions.span(),
            "code that stands under a condition of the build",
        ),
    }
}
