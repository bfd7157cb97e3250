//! Statements, loops and matches.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Item, ItemMacro, Label, Local, Pat, Stmt, StmtMacro, Type};

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
                Stmt::Expr(expression, semicolon) => {
                    let (conditions, expression) = self.without_conditions(expression);
                    let node = self.boxed(&expression);
                    if is_last && semicolon.is_none() && conditions.is_empty() {
                        lowered.tail = Some(node);
                        continue;
                    }
                    lowered.statements.push(Statement::Expression {
                        node,
                        has_semicolon: semicolon.is_some(),
                        is_tail: semicolon.is_none() && !conditions.is_empty(),
                        conditions,
                    });
                }
                Stmt::Macro(StmtMacro {
                    attrs,
                    mac,
                    semi_token,
                }) => {
                    let conditions = self.conditions(attrs);
                    let shape = self.invocation(mac);
                    let node = Box::new(Node {
                        span: mac.span(),
                        kind: Kind::Plain,
                        shape,
                    });
                    if is_last && semi_token.is_none() && conditions.is_empty() {
                        lowered.tail = Some(node);
                    } else {
                        let is_tail = is_last && semi_token.is_none();
                        lowered.statements.push(Statement::Expression {
                            node,
                            has_semicolon: !is_tail,
                            conditions,
                            is_tail,
                        });
                    }
                }
            }
        }
        self.scopes.leave();
        lowered.settle_tails();
        lowered
    }

    /// The statement without the conditions before it. They stand before the first of its parts, to the parser.
    fn without_conditions(&mut self, expression: &Expr) -> (TokenStream, Expr) {
        let tokens = expression.to_token_stream();
        let begins_with_attribute = matches!(tokens.clone().into_iter().next(), Some(TokenTree::Punct(punct)) if punct.as_char() == '#');
        if !begins_with_attribute {
            return (TokenStream::new(), expression.clone());
        }
        let split = |input: ParseStream| {
            let attributes = input.call(Attribute::parse_outer)?;
            Ok((attributes, input.parse::<Expr>()?))
        };
        match split.parse2(tokens) {
            Ok((attributes, rest)) => (self.conditions(&attributes), rest),
            Err(_) => (TokenStream::new(), expression.clone()),
        }
    }

    /// `#[cfg(..)]` keeps its meaning: what it stands before is there in both versions of the body or in neither.
    fn conditions(&mut self, attributes: &[Attribute]) -> TokenStream {
        let (conditions, others): (Vec<_>, Vec<Attribute>) = attributes
            .iter()
            .cloned()
            .partition(|attribute| attribute.path().is_ident("cfg"));
        self.check_attributes(&others);
        quote!(#(#conditions)*)
    }

    fn local(&mut self, local: &Local) -> Statement {
        let conditions = self.conditions(&local.attrs);
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
        // Without it the name means what it meant before.
        self.scopes.is_redeclared = !conditions.is_empty();
        let pattern = if otherwise.is_some() {
            self.refutable(pattern)
        } else {
            self.irrefutable(pattern)
        };
        self.scopes.is_redeclared = false;
        if let (PatternShape::Bind { variable, .. }, Some(value)) = (&pattern.shape, &value)
            && value.is_integer(&self.scopes.integers)
            && conditions.is_empty()
        {
            self.scopes.integers.insert(*variable);
        }
        let is_cell = match (&ty, &value) {
            (Some(ty), _) => is_cell(ty),
            (None, Some(value)) => makes_cell(value),
            _ => false,
        };
        if let PatternShape::Bind { variable, .. } = pattern.shape
            && is_cell
        {
            self.scopes.cells.insert(variable);
        }
        Statement::Let(Box::new(Let {
            conditions,
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
        let arms: Vec<_> = choice
            .arms
            .iter()
            .map(|arm| {
                let conditions = self.conditions(&arm.attrs);
                self.scopes.enter();
                let pattern = self.refutable(&arm.pat);
                if let PatternShape::Bind { variable, .. } = pattern.shape
                    && scrutinee.is_integer(&self.scopes.integers)
                {
                    self.scopes.integers.insert(variable);
                }
                let guard = arm.guard.as_ref().map(|(_, guard)| self.expression(guard));
                let body = self.expression(&arm.body);
                self.scopes.leave();
                Arm {
                    conditions,
                    pattern,
                    guard,
                    body,
                }
            })
            .collect();
        Match {
            scrutinee,
            arms,
            of_value: false,
        }
    }
}

const CELLS: &[&str] = &["Cell", "RefCell", "OnceCell", "Mutex", "RwLock"];

/// `Cell<f64>`, also behind references.
pub fn is_cell(ty: &Type) -> bool {
    match ty {
        Type::Reference(reference) => is_cell(&reference.elem),
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| CELLS.iter().any(|name| last.ident == name)),
        _ => false,
    }
}

/// `Cell::new(..)`
fn makes_cell(value: &Node) -> bool {
    match &value.bare().shape {
        Shape::Call(call) => call
            .function
            .path
            .segments
            .iter()
            .rev()
            .nth(1)
            .is_some_and(|owner| CELLS.iter().any(|name| owner.ident == name)),
        _ => false,
    }
}

impl Block {
    /// An expression with a condition can be the tail if all that follow have one.
    fn settle_tails(&mut self) {
        let mut is_last = self.tail.is_none();
        for statement in self.statements.iter_mut().rev() {
            match statement {
                Statement::Expression { is_tail, .. } => {
                    *is_tail &= is_last;
                    is_last = *is_tail;
                }
                _ => is_last = false,
            }
        }
    }
}
