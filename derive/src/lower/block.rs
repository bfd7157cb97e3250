//! Statements, loops and matches.

use syn::spanned::Spanned;
use syn::{Item, ItemMacro, Label, Local, Pat, Stmt, StmtMacro};

use super::Lowering;
use crate::kind::Kind;
use crate::tree::*;

impl Lowering<'_> {
    pub fn block(&mut self, block: &syn::Block) -> Block {
        self.scopes.enter();
        let mut lowered = Block {
            statements: Vec::new(),
            tail: None,
        };
        for (position, statement) in block.stmts.iter().enumerate() {
            let is_last = position + 1 == block.stmts.len();
            match statement {
                Stmt::Local(local) => lowered.statements.push(self.local(local)),
                Stmt::Item(item) => {
                    if let Item::Macro(ItemMacro {
                        ident: Some(name),
                        mac,
                        ..
                    }) = item
                    {
                        self.scopes.define_macro(name, mac.tokens.clone());
                    }
                    lowered
                        .statements
                        .push(Statement::Item(Box::new(item.clone())));
                }
                Stmt::Expr(tail, None) if is_last => lowered.tail = Some(self.boxed(tail)),
                Stmt::Expr(expression, semicolon) => {
                    let node = self.boxed(expression);
                    lowered.statements.push(Statement::Expression {
                        node,
                        has_semicolon: semicolon.is_some(),
                    });
                }
                Stmt::Macro(StmtMacro {
                    attrs,
                    mac,
                    semi_token,
                }) => {
                    self.check_attributes(attrs);
                    let shape = self.invocation(mac);
                    let node = Box::new(Node {
                        span: mac.span(),
                        kind: Kind::Plain,
                        shape,
                    });
                    if is_last && semi_token.is_none() {
                        lowered.tail = Some(node);
                    } else {
                        lowered.statements.push(Statement::Expression {
                            node,
                            has_semicolon: true,
                        });
                    }
                }
            }
        }
        self.scopes.leave();
        lowered
    }

    fn local(&mut self, local: &Local) -> Statement {
        self.check_attributes(&local.attrs);
        let (value, otherwise) = match &local.init {
            None => (None, None),
            Some(init) => {
                let value = self.expression(&init.expr);
                let otherwise = init
                    .diverge
                    .as_ref()
                    .map(|(_, otherwise)| match &**otherwise {
                        syn::Expr::Block(block) => self.block(&block.block),
                        other => Block {
                            statements: Vec::new(),
                            tail: Some(self.boxed(other)),
                        },
                    });
                (Some(value), otherwise)
            }
        };
        let (pattern, ty) = match &local.pat {
            Pat::Type(typed) => (&*typed.pat, Some((*typed.ty).clone())),
            pattern => (pattern, None),
        };
        let pattern = if otherwise.is_some() {
            self.refutable(pattern)
        } else {
            self.irrefutable(pattern)
        };
        if let (PatternShape::Bind { variable, .. }, Some(value)) = (&pattern.shape, &value)
            && value.is_integer(&self.scopes.integers)
        {
            self.scopes.integers.insert(*variable);
        }
        Statement::Let(Box::new(Let {
            pattern,
            ty,
            value,
            otherwise,
        }))
    }

    pub fn loop_body(
        &mut self,
        label: Option<&Label>,
        body: &syn::Block,
        result: Option<Variable>,
    ) -> Block {
        self.scopes.enter_exit(label, false, result);
        let lowered = self.block(body);
        self.scopes.leave_exit();
        lowered
    }

    pub fn choice(&mut self, choice: &syn::ExprMatch) -> Match {
        let scrutinee = self.boxed(&choice.expr);
        let arms = choice.arms.iter().map(|arm| {
            self.check_attributes(&arm.attrs);
            self.scopes.enter();
            let pattern = self.refutable(&arm.pat);
            let guard = arm.guard.as_ref().map(|(_, guard)| self.expression(guard));
            let body = self.expression(&arm.body);
            self.scopes.leave();
            Arm {
                pattern,
                guard,
                body,
            }
        });
        Match {
            scrutinee,
            arms: arms.collect(),
            of_value: false,
        }
    }
}
