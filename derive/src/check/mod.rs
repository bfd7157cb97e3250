//! Which values depend on an input, and whether everything that touches them is known.
//!
//! Kinds only grow, so passes over the body are repeated until none changes; the last pass reports.

mod apply;
mod associated;
mod call;
mod function;
mod holder;
mod method;
mod pattern;
mod place;
mod sequence;
mod types;

use std::collections::BTreeSet;

use proc_macro2::Span;
use syn::Member;

use crate::diagnostics::Errors;
use crate::function::Function;
use crate::kind::Kind;
use crate::options::Options;
use crate::tree::*;

/// More passes than any program needs: each adds a level to some variable's kind.
const PASSES: usize = 1000;

/// The kinds of all variables; those of the nodes are in the tree.
pub fn check(function: &Function, body: &mut Body) -> syn::Result<Vec<Kind>> {
    let mut errors = Errors::default();
    let mut check = Check {
        float: function.float.to_string(),
        options: &function.options,
        kinds: body.variables.clone(),
        signatures: body.signatures.clone(),
        called: BTreeSet::new(),
        holders: BTreeSet::new(),
        cells: &body.cells.clone(),
        constant_functions: function::constants(function, &body.parameters),
        errors: None,
    };
    for _ in 0..PASSES {
        let before = (check.kinds.clone(), check.holders.len());
        check.block(&mut body.root);
        if before == (check.kinds.clone(), check.holders.len()) {
            break;
        }
    }
    check.errors = Some(&mut errors);
    check.block(&mut body.root);
    let kinds = check.kinds;
    body.called = check.called;
    body.signatures = check.signatures;
    errors.check(kinds)
}

struct Check<'a> {
    float: String,
    options: &'a Options,
    kinds: Vec<Kind>,
    signatures: Vec<ClosureSignature>,
    called: BTreeSet<String>,
    /// The variables that hold mutable references.
    holders: BTreeSet<Variable>,
    cells: &'a BTreeSet<Variable>,
    /// The parameters that are functions and constants.
    constant_functions: BTreeSet<Variable>,
    /// Present in the last pass.
    errors: Option<&'a mut Errors>,
}

impl Check<'_> {
    fn refuse(&mut self, span: Span, message: impl std::fmt::Display) {
        if let Some(errors) = &mut self.errors {
            errors.push(span, message);
        }
    }

    fn join(&mut self, variable: Variable, kind: &Kind) {
        self.kinds[variable] = self.kinds[variable].join(kind);
    }

    fn block(&mut self, block: &mut Block) -> Kind {
        let mut result = Kind::Plain;
        for statement in &mut block.statements {
            match statement {
                Statement::Item(_) => {}
                Statement::Let(binding) => self.binding(binding),
                Statement::Expression { node, is_tail, .. } => {
                    let kind = self.node(node);
                    if *is_tail {
                        result = result.join(&kind);
                    }
                }
            }
        }
        match &mut block.tail {
            Some(tail) => self.node(tail).join(&result),
            None => result,
        }
    }

    fn binding(&mut self, binding: &mut Let) {
        let Let {
            pattern,
            ty,
            value,
            otherwise,
            ..
        } = binding;
        if let Some(otherwise) = otherwise {
            self.block(otherwise);
        }
        if let Some(ty) = ty {
            self.bind(pattern, &Kind::of_type(ty, &Kind::Plain));
        }
        if let Some(value) = value {
            let mut kind = self.node(value);
            if let Some(ty) = ty {
                kind = self.typed_function(value, kind, ty);
            }
            if let (Shape::Method(method), Some(ty)) = (&value.shape, &ty)
                && method.name == "collect"
                && kind.is_active()
            {
                // What is collected into, the type alone says.
                kind = apply::collected(ty, kind.element());
                value.kind = kind.clone();
            }
            self.bind(pattern, &kind);
            self.hold(pattern, value);
            self.flow_back_from_pattern(pattern, value);
            let bound = pattern.bound(&self.kinds);
            // One element of an array pattern makes numbers of all.
            self.bind(pattern, &bound);
        }
        if let Some(ty) = ty {
            let bound = pattern.bound(&self.kinds);
            self.check_type(ty, &bound);
            if self.is_live_function(&bound) && !bound.is_function() {
                self.refuse(
                    syn::spanned::Spanned::span(ty),
                    "a closure that uses differentiated values has no such type; leave the type out",
                );
            }
        }
    }

    fn node(&mut self, node: &mut Node) -> Kind {
        let kind = self.kind(node);
        node.kind = kind.clone();
        kind
    }

    fn kind(&mut self, node: &mut Node) -> Kind {
        let span = node.span;
        match &mut node.shape {
            Shape::Literal { .. } | Shape::Path(_) | Shape::Infer | Shape::Continue(_) => {
                Kind::Plain
            }
            Shape::Local { variable, .. } => self.kinds[*variable].clone(),
            Shape::Opaque {
                mentions, refusal, ..
            } => {
                if mentions.iter().any(|variable| {
                    let kind = &self.kinds[*variable];
                    kind.is_active() || self.holds_live_function(kind)
                }) {
                    self.refuse(span, &*refusal);
                }
                Kind::Plain
            }
            Shape::Group(inner) => self.node(inner),
            Shape::Values { mentions, .. } => {
                for (variable, name) in mentions {
                    let kind = self.kinds[*variable].clone();
                    self.check_printed(name.span(), &kind);
                }
                Kind::Plain
            }
            Shape::Negate(inner) => match self.node(inner) {
                kind if kind.may_be_number() => kind.target().clone(),
                _ => Kind::Plain,
            },
            Shape::Not(inner) => {
                self.node(inner);
                Kind::Plain
            }
            Shape::Dereference(inner) => match self.node(inner) {
                Kind::Reference(target) => *target,
                kind => kind,
            },
            Shape::Reference { target, .. } => Kind::reference(self.node(target)),
            Shape::Binary {
                left,
                operator,
                right,
            } => {
                let kinds = [self.node(left), self.node(right)];
                self.check_operands([left, right], &kinds, operator);
                self.binary(span, &kinds[0], operator, &kinds[1])
            }
            Shape::Assign { place, value } => {
                let kind = self.node(value);
                self.node(place);
                self.assign(place, &kind);
                let placed = self.node(place);
                if let Shape::Local { variable, .. } = place.bare().shape
                    && self.gives_mutable(value)
                {
                    self.holders.insert(variable);
                }
                self.flow_back(value, &placed);
                Kind::Plain
            }
            Shape::AssignBy { place, value, .. } => {
                let kind = self.node(value);
                self.node(place);
                if kind.may_be_number() {
                    self.assign(place, kind.target());
                }
                self.node(place);
                Kind::Plain
            }
            Shape::Cast { value, ty } => {
                let kind = self.node(value);
                match self.typed_function(value, kind, ty) {
                    kind if kind.is_callable() => kind,
                    kind => self.cast(span, &kind, ty),
                }
            }
            Shape::Index { base, index } => {
                let base_kind = self.node(base);
                let index_kind = self.node(index);
                if index_kind.is_active() && index_kind != Kind::Lifted {
                    self.refuse(
                        index.span,
                        "an index cannot be a differentiated value; cast it to `usize`",
                    );
                }
                match index.bare().shape {
                    Shape::Range { .. } => base_kind.target().clone(),
                    _ => base_kind.indexed(),
                }
            }
            Shape::Field { base, member } => {
                let base_kind = self.node(base);
                match member {
                    Member::Unnamed(index) => base_kind.component(index.index as usize),
                    Member::Named(_) if *base_kind.target() == Kind::Lifted => Kind::Lifted,
                    Member::Named(name) => {
                        if base_kind.is_active() {
                            self.refuse(
                                name.span(),
                                "this differentiated value has no fields; use an index",
                            );
                        }
                        Kind::Plain
                    }
                }
            }
            Shape::Range { start, end, .. } => {
                for bound in [start, end].into_iter().flatten() {
                    let kind = self.node(bound);
                    if kind.is_active() && kind != Kind::Lifted {
                        self.refuse(
                            bound.span,
                            "a range cannot end at a differentiated value; cast it to an integer",
                        );
                    }
                }
                Kind::iterator(Kind::Plain)
            }
            Shape::Array(elements) => {
                let element = elements
                    .iter_mut()
                    .fold(Kind::Plain, |kind, element| kind.join(&self.node(element)));
                Kind::sequence(element)
            }
            Shape::Repeat { element, length } => {
                self.node(length);
                Kind::sequence(self.node(element))
            }
            Shape::Tuple(parts) if parts.is_empty() => Kind::Plain,
            Shape::Tuple(parts) => {
                Kind::Tuple(parts.iter_mut().map(|part| self.node(part)).collect())
            }
            Shape::Struct(literal) => self.literal(literal),
            Shape::Closure(closure) => self.closure(closure),
            Shape::Try(inner) => match self.node(inner) {
                kind if kind.is_active() => kind.unwrapped(),
                _ => Kind::Plain,
            },
            Shape::Call(call) => self.call(call),
            Shape::Method(method) => self.method(method),
            Shape::Vector { content, .. } => self.node(content),
            Shape::Message(message) => {
                self.message(message);
                Kind::Plain
            }
            Shape::Block { block, result, .. } => {
                let tail = self.block(block);
                self.join(*result, &tail);
                self.kinds[*result].clone()
            }
            Shape::If {
                condition,
                then,
                otherwise,
            } => {
                self.node(condition);
                let then = self.block(then);
                otherwise
                    .as_mut()
                    .map_or(Kind::Plain, |otherwise| self.node(otherwise))
                    .join(&then)
            }
            Shape::Let { pattern, value } => {
                let kind = self.node(value);
                self.bind(pattern, &kind);
                self.hold(pattern, value);
                self.flow_back_from_pattern(pattern, value);
                Kind::Plain
            }
            Shape::Match(choice) => self.choice(choice),
            Shape::While {
                condition, body, ..
            } => {
                self.node(condition);
                self.block(body);
                Kind::Plain
            }
            Shape::Loop { body, result, .. } => {
                self.block(body);
                self.kinds[*result].clone()
            }
            Shape::For {
                pattern,
                source,
                body,
                ..
            } => {
                let element = self.node(source).element();
                self.bind(pattern, &element);
                self.hold(pattern, source);
                self.block(body);
                let bound = pattern.bound(&self.kinds);
                self.flow_back_elements(source, &bound);
                Kind::Plain
            }
            Shape::Break { value, target, .. } => {
                if let Some(value) = value {
                    let kind = self.node(value);
                    if let Some(target) = target {
                        self.join(*target, &kind);
                    }
                }
                Kind::Plain
            }
            Shape::Return { value, target } => {
                if let Some(value) = value {
                    let kind = self.node(value);
                    if let Some(target) = target {
                        self.join(*target, &kind);
                    }
                }
                Kind::Plain
            }
        }
    }
}
