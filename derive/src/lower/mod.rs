//! From syntax to our tree: names resolved, and what lies beyond the language set apart.

mod block;
mod call;
mod closure;
mod macros;
mod pattern;
mod scope;

use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Attribute, BinOp, Expr, Lit, UnOp};

use crate::diagnostics::Errors;
use crate::function::Function;
use crate::kind::Kind;
use crate::options::Options;
use crate::tree::*;
use scope::Scopes;

pub fn lower(function: &Function) -> syn::Result<Body> {
    let mut errors = Errors::default();
    let mut lowering = Lowering {
        scopes: Scopes::default(),
        signatures: Vec::new(),
        options: &function.options,
        errors: &mut errors,
    };
    lowering.scopes.enter();
    let parameters = function
        .parameters
        .iter()
        .map(|parameter| lowering.parameter(parameter))
        .collect();
    let root = lowering.block(&function.item.block);
    let (scopes, signatures) = (lowering.scopes, lowering.signatures);
    errors.check(Body {
        parameters,
        root,
        variables: scopes.variables,
        integers: scopes.integers,
        cells: scopes.cells,
        signatures,
        called: Default::default(),
    })
}

struct Lowering<'a> {
    scopes: Scopes,
    signatures: Vec<ClosureSignature>,
    options: &'a Options,
    errors: &'a mut Errors,
}

impl Lowering<'_> {
    fn boxed(&mut self, expression: &Expr) -> Box<Node> {
        Box::new(self.expression(expression))
    }

    fn all<'e>(&mut self, expressions: impl IntoIterator<Item = &'e Expr>) -> Vec<Node> {
        expressions
            .into_iter()
            .map(|expression| self.expression(expression))
            .collect()
    }

    fn optional(&mut self, expression: Option<&Expr>) -> Option<Box<Node>> {
        expression.map(|expression| self.boxed(expression))
    }

    fn opaque(&self, expression: &impl ToTokens, refusal: &str) -> Shape {
        let tokens = expression.to_token_stream();
        let mentions = self.scopes.mentioned(tokens.clone());
        Shape::Opaque {
            mentions: mentions.into_iter().map(|(variable, _)| variable).collect(),
            tokens,
            refusal: refusal.to_owned(),
        }
    }

    /// Arguments that only describe what went wrong.
    fn values<'e>(&self, expressions: impl IntoIterator<Item = &'e Expr>) -> Vec<Node> {
        expressions
            .into_iter()
            .map(|expression| {
                let tokens = expression.to_token_stream();
                Node {
                    span: expression.span(),
                    kind: Kind::Plain,
                    shape: Shape::Values {
                        mentions: self.scopes.mentioned(tokens.clone()),
                        tokens,
                    },
                }
            })
            .collect()
    }

    fn expression(&mut self, expression: &Expr) -> Node {
        if let Expr::MethodCall(call) = expression
            && let Some(comparison) = call::in_range(call)
        {
            self.check_attributes(&call.attrs);
            return self.expression(&comparison);
        }
        let shape = match expression {
            Expr::Array(array) => {
                self.check_attributes(&array.attrs);
                Shape::Array(self.all(&array.elems))
            }
            Expr::Assign(assign) => {
                self.check_attributes(&assign.attrs);
                let value = self.boxed(&assign.right);
                Shape::Assign { place: self.boxed(&assign.left), value }
            }
            Expr::Binary(binary) => {
                self.check_attributes(&binary.attrs);
                self.binary(binary)
            }
            Expr::Block(block) => {
                self.check_attributes(&block.attrs);
                let result = self.scopes.fresh(Kind::Plain);
                self.scopes.enter_exit(block.label.as_ref(), true, Some(result));
                let lowered = self.block(&block.block);
                self.scopes.leave_exit();
                Shape::Block { label: block.label.clone(), block: lowered, result }
            }
            Expr::Break(exit) => {
                self.check_attributes(&exit.attrs);
                let value = self.optional(exit.expr.as_deref());
                Shape::Break { target: self.scopes.exit(exit.label.as_ref()), label: exit.label.clone(), value }
            }
            Expr::Call(call) => {
                self.check_attributes(&call.attrs);
                self.call(call)
            }
            Expr::Cast(cast) => {
                self.check_attributes(&cast.attrs);
                Shape::Cast { value: self.boxed(&cast.expr), ty: (*cast.ty).clone() }
            }
            Expr::Continue(next) => {
                self.check_attributes(&next.attrs);
                Shape::Continue(next.label.clone())
            }
            Expr::Field(field) => {
                self.check_attributes(&field.attrs);
                Shape::Field { base: self.boxed(&field.base), member: field.member.clone() }
            }
            Expr::ForLoop(each) => {
                self.check_attributes(&each.attrs);
                let source = self.boxed(&each.expr);
                self.scopes.enter();
                let pattern = self.irrefutable(&each.pat);
                if let PatternShape::Bind { variable, .. } = pattern.shape
                    && is_range(&source)
                {
                    self.scopes.integers.insert(variable);
                }
                let body = self.loop_body(each.label.as_ref(), &each.body, None);
                self.scopes.leave();
                Shape::For { label: each.label.clone(), pattern, source, body }
            }
            // An argument of the macro that wrote the function: one operand, whatever is in it.
            Expr::Group(group) => match self.expression(&group.expr) {
                node if matches!(node.shape, Shape::Literal { .. } | Shape::Local { .. } | Shape::Path(_)) => return node,
                node => Shape::Group(Box::new(node)),
            },
            Expr::If(branch) => {
                self.check_attributes(&branch.attrs);
                self.scopes.enter();
                let condition = self.boxed(&branch.cond);
                let then = self.block(&branch.then_branch);
                self.scopes.leave();
                let otherwise = self.optional(branch.else_branch.as_ref().map(|(_, otherwise)| &**otherwise));
                Shape::If { condition, then, otherwise }
            }
            Expr::Index(index) => {
                self.check_attributes(&index.attrs);
                Shape::Index { base: self.boxed(&index.expr), index: self.boxed(&index.index) }
            }
            Expr::Infer(_) => Shape::Infer,
            Expr::Let(binding) => {
                self.check_attributes(&binding.attrs);
                let value = self.boxed(&binding.expr);
                Shape::Let { pattern: self.refutable(&binding.pat), value }
            }
            Expr::Lit(literal) => {
                self.check_attributes(&literal.attrs);
                Shape::Literal {
                    tokens: literal.lit.to_token_stream(),
                    is_float: matches!(literal.lit, Lit::Float(_)),
                }
            }
            Expr::Loop(endless) => {
                self.check_attributes(&endless.attrs);
                let result = self.scopes.fresh(Kind::Plain);
                let body = self.loop_body(endless.label.as_ref(), &endless.body, Some(result));
                Shape::Loop { label: endless.label.clone(), body, result }
            }
            Expr::Macro(invocation) => {
                self.check_attributes(&invocation.attrs);
                self.invocation(&invocation.mac)
            }
            Expr::Match(choice) => {
                self.check_attributes(&choice.attrs);
                Shape::Match(self.choice(choice))
            }
            Expr::MethodCall(call) => {
                self.check_attributes(&call.attrs);
                let describes = ["ok_or", "ok_or_else", "map_err", "expect"].iter().any(|name| call.method == name);
                let receiver = self.boxed(&call.receiver);
                let item = closure::item_parameter(&call.method).filter(|_| is_range(&receiver));
                let arguments = match describes {
                    true => self.values(&call.args),
                    false => call.args.iter().map(|argument| self.argument(argument, item)).collect(),
                };
                Shape::Method(Method {
                    receiver,
                    name: call.method.clone(),
                    turbofish: call.turbofish.clone(),
                    arguments,
                    meaning: Meaning::AsWritten(Vec::new()),
                })
            }
            Expr::Paren(paren) => {
                self.check_attributes(&paren.attrs);
                Shape::Group(self.boxed(&paren.expr))
            }
            Expr::Path(path) => {
                self.check_attributes(&path.attrs);
                let local = path.path.get_ident().and_then(|name| Some((self.scopes.resolve(&name.to_string())?, name)));
                match local {
                    Some((variable, name)) => Shape::Local { variable, name: name.clone() },
                    None => Shape::Path(path.clone()),
                }
            }
            Expr::Range(range) => {
                self.check_attributes(&range.attrs);
                Shape::Range {
                    start: self.optional(range.start.as_deref()),
                    limits: range.limits,
                    end: self.optional(range.end.as_deref()),
                }
            }
            Expr::Reference(reference) => {
                self.check_attributes(&reference.attrs);
                Shape::Reference {
                    is_mutable: reference.mutability.is_some(),
                    target: self.boxed(&reference.expr),
                }
            }
            Expr::Repeat(repeat) => {
                self.check_attributes(&repeat.attrs);
                Shape::Repeat { element: self.boxed(&repeat.expr), length: self.boxed(&repeat.len) }
            }
            Expr::Return(exit) => {
                self.check_attributes(&exit.attrs);
                Shape::Return { value: self.optional(exit.expr.as_deref()), target: self.scopes.return_target() }
            }
            Expr::Tuple(tuple) => {
                self.check_attributes(&tuple.attrs);
                Shape::Tuple(self.all(&tuple.elems))
            }
            Expr::Unary(unary) => {
                self.check_attributes(&unary.attrs);
                let operand = self.boxed(&unary.expr);
                match unary.op {
                    UnOp::Neg(_) => Shape::Negate(operand),
                    UnOp::Not(_) => Shape::Not(operand),
                    UnOp::Deref(_) => Shape::Dereference(operand),
                    _ => self.opaque(expression, "this operator has no derivative; use `+ - * / %`"),
                }
            }
            Expr::While(repetition) => {
                self.check_attributes(&repetition.attrs);
                self.scopes.enter();
                let condition = self.boxed(&repetition.cond);
                let body = self.loop_body(repetition.label.as_ref(), &repetition.body, None);
                self.scopes.leave();
                Shape::While { label: repetition.label.clone(), condition, body }
            }
            Expr::Closure(closure) => self.closure(closure, None),
            Expr::Struct(literal) if literal.qself.is_none() => {
                self.check_attributes(&literal.attrs);
                let fields = literal.fields.iter().map(|field| {
                    self.check_attributes(&field.attrs);
                    (field.member.clone(), self.expression(&field.expr))
                });
                Shape::Struct(Literal {
                    path: literal.path.clone(),
                    fields: fields.collect(),
                    rest: self.optional(literal.rest.as_deref()),
                    is_call: false,
                })
            }
            Expr::Struct(_) => self.opaque(
                expression,
                "a qualified path cannot name a struct of differentiated values; write the struct's own path",
            ),
            Expr::Try(attempt) => {
                self.check_attributes(&attempt.attrs);
                Shape::Try(self.boxed(&attempt.expr))
            }
            Expr::Unsafe(_) => self.opaque(
                expression,
                "an `unsafe` block cannot use a differentiated value; move it into a function of plain values",
            ),
            Expr::Const(_) => self.opaque(expression, "a `const` block cannot use a differentiated value; use a constant"),
            Expr::Async(_) | Expr::Await(_) => {
                self.opaque(expression, "asynchronous code cannot be differentiated; take the value as a parameter")
            }
            Expr::RawAddr(_) => {
                self.opaque(expression, "a raw pointer to a differentiated value cannot be taken; use the value itself")
            }
            Expr::TryBlock(_) | Expr::Yield(_) | Expr::Verbatim(_) => {
                self.opaque(expression, "this syntax cannot be differentiated; write it with stable, ordinary Rust")
            }
            _ => self.opaque(expression, "this syntax is not known; write it with stable, ordinary Rust"),
        };
        Node {
            span: expression.span(),
            kind: Kind::Plain,
            shape,
        }
    }

    fn binary(&mut self, binary: &syn::ExprBinary) -> Shape {
        let (left, right) = (self.boxed(&binary.left), self.boxed(&binary.right));
        match binary.op {
            BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_) => Shape::AssignBy {
                place: left,
                operator: binary.op,
                value: right,
            },
            _ => Shape::Binary {
                left,
                operator: binary.op,
                right,
            },
        }
    }

    /// Lints are settled for the whole of the generated code; anything else could change what the code means.
    fn check_attributes(&mut self, attributes: &[Attribute]) {
        let is_lint = |attribute: &Attribute| {
            ["allow", "expect", "warn", "deny", "rustfmt", "doc"]
                .iter()
                .any(|name| {
                    attribute
                        .path()
                        .segments
                        .first()
                        .is_some_and(|first| first.ident == name)
                })
        };
        for attribute in attributes.iter().filter(|attribute| !is_lint(attribute)) {
            let name = attribute.path().to_token_stream();
            self.refuse(
                attribute.span(),
                format!("attribute `#[{name}]` is not taken here; put `#[cfg(..)]` before a statement or an arm, others on an item or the whole function"),
            );
        }
    }

    fn refuse(&mut self, span: Span, message: impl std::fmt::Display) {
        self.errors.push(span, message);
    }
}

/// `a..b`, also backwards or in steps: never of floats.
fn is_range(source: &Node) -> bool {
    match &source.bare().shape {
        Shape::Range { .. } => true,
        Shape::Method(method) => {
            ["rev", "step_by", "skip", "take"]
                .iter()
                .any(|name| method.name == name)
                && is_range(&method.receiver)
        }
        _ => false,
    }
}
