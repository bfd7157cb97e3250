//! Out-parameters are written before they are read: what the caller left in them is no input.
//!
//! Their former content is a constant, so a read that this check does not see gives no wrong derivative.

use std::collections::HashSet;

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, ItemFn, Local, Member, Pat, UnOp};

use super::Parameter;
use crate::diagnostics::Errors;

pub fn check(item: &ItemFn, parameters: &[Parameter], errors: &mut Errors) {
    let outputs = parameters
        .iter()
        .filter(|parameter| parameter.is_output && parameter.input.is_none());
    for parameter in outputs {
        let name = &parameter.name;
        let mut reads = Reads {
            names: HashSet::from([name.to_string()]),
            is_written: false,
            found: None,
        };
        reads.visit_block(&item.block);
        if let Some(span) = reads.found {
            errors.push(
                span,
                format!(
                    "`{name}` is read before it is written; set it first, or name it in `#[differentiate(wrt(..))]` if it is an \
                     input as well"
                ),
            );
        }
    }
}

/// One parameter, followed through the body in the order of evaluation.
struct Reads {
    /// The parameter, and the mutable references taken from it.
    names: HashSet<String>,
    is_written: bool,
    found: Option<Span>,
}

impl Reads {
    fn is_part(&self, place: &Expr) -> bool {
        match place {
            Expr::Path(path) => path
                .path
                .get_ident()
                .is_some_and(|name| self.names.contains(&name.to_string())),
            Expr::Index(index) => self.is_part(&index.expr),
            Expr::Field(field) => self.is_part(&field.base),
            Expr::Paren(paren) => self.is_part(&paren.expr),
            Expr::Unary(unary) => matches!(unary.op, UnOp::Deref(_)) && self.is_part(&unary.expr),
            Expr::Reference(reference) => self.is_part(&reference.expr),
            _ => false,
        }
    }

    fn read(&mut self, span: Span) {
        if !self.is_written {
            self.found.get_or_insert(span);
        }
    }

    /// The indices in a place are ordinary expressions.
    fn visit_indices(&mut self, place: &Expr) {
        match place {
            Expr::Index(index) => {
                self.visit_indices(&index.expr);
                self.visit_expr(&index.index);
            }
            Expr::Field(field) => self.visit_indices(&field.base),
            Expr::Paren(paren) => self.visit_indices(&paren.expr),
            Expr::Unary(unary) => self.visit_indices(&unary.expr),
            Expr::Reference(reference) => self.visit_indices(&reference.expr),
            _ => {}
        }
    }

    fn add_names(&mut self, pattern: &Pat) {
        struct Names<'a>(&'a mut HashSet<String>);
        impl Visit<'_> for Names<'_> {
            fn visit_pat_ident(&mut self, binding: &syn::PatIdent) {
                self.0.insert(binding.ident.to_string());
            }
        }
        Names(&mut self.names).visit_pat(pattern);
    }

    /// The variables of a loop that refer to elements of the parameter.
    fn add_elements(&mut self, source: &Expr, pattern: &Pat) {
        let component = |index: usize| match pattern {
            Pat::Tuple(tuple) => tuple.elems.iter().nth(index),
            _ => None,
        };
        match source {
            Expr::Paren(paren) => self.add_elements(&paren.expr, pattern),
            Expr::MethodCall(call) => match (call.method.to_string().as_str(), call.args.first()) {
                ("enumerate", None) => {
                    if let Some(element) = component(1) {
                        self.add_elements(&call.receiver, element);
                    }
                }
                ("zip", Some(other)) => {
                    for (source, element) in
                        [(&*call.receiver, component(0)), (other, component(1))]
                    {
                        if let Some(element) = element {
                            self.add_elements(source, element);
                        }
                    }
                }
                ("rev" | "skip" | "take" | "step_by" | "by_ref", _) => {
                    self.add_elements(&call.receiver, pattern);
                }
                (name, _) if is_mutable_access(name) && self.is_part(&call.receiver) => {
                    self.add_names(pattern);
                }
                _ => {}
            },
            source if self.is_part(source) => self.add_names(pattern),
            _ => {}
        }
    }

    /// Branches know nothing of each other.
    fn visit_branches(&mut self, branches: impl IntoIterator<Item = impl FnOnce(&mut Self)>) {
        let before = self.is_written;
        let mut after = before;
        for branch in branches {
            self.is_written = before;
            branch(self);
            after |= self.is_written;
        }
        self.is_written = after;
    }
}

fn is_mutable_access(method: &str) -> bool {
    method.ends_with("_mut")
}

fn is_assignment(operator: &BinOp) -> bool {
    matches!(
        operator,
        BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
    )
}

impl Visit<'_> for Reads {
    fn visit_local(&mut self, local: &Local) {
        visit::visit_local(self, local);
        let Some(init) = &local.init else { return };
        let is_access = match &*init.expr {
            Expr::Reference(reference) => {
                reference.mutability.is_some() && self.is_part(&reference.expr)
            }
            Expr::MethodCall(call) => {
                is_mutable_access(&call.method.to_string()) && self.is_part(&call.receiver)
            }
            Expr::Path(_) => self.is_part(&init.expr),
            _ => false,
        };
        if is_access {
            self.add_names(&local.pat);
        }
    }

    fn visit_expr(&mut self, expression: &Expr) {
        match expression {
            Expr::Assign(assign) => {
                self.visit_expr(&assign.right);
                if self.is_part(&assign.left) {
                    self.visit_indices(&assign.left);
                    self.is_written = true;
                } else {
                    self.visit_expr(&assign.left);
                }
            }
            Expr::Binary(binary) if is_assignment(&binary.op) && self.is_part(&binary.left) => {
                self.visit_expr(&binary.right);
                self.visit_indices(&binary.left);
                self.read(binary.left.span());
            }
            Expr::MethodCall(call) if self.is_part(&call.receiver) => {
                self.visit_indices(&call.receiver);
                for argument in &call.args {
                    self.visit_expr(argument);
                }
                match call.method.to_string().as_str() {
                    "fill" | "fill_with" | "copy_from_slice" | "clone_from_slice" => {
                        self.is_written = true;
                    }
                    "len" | "is_empty" => {}
                    name if is_mutable_access(name) => {}
                    _ => self.read(call.receiver.span()),
                }
            }
            // Whoever gets it may write.
            Expr::Reference(reference)
                if reference.mutability.is_some() && self.is_part(&reference.expr) =>
            {
                self.visit_indices(&reference.expr);
                self.is_written = true;
            }
            Expr::Path(_) if self.is_part(expression) => self.is_written = true,
            Expr::Index(_)
            | Expr::Field(syn::ExprField {
                member: Member::Unnamed(_),
                ..
            }) if self.is_part(expression) => {
                self.visit_indices(expression);
                self.read(expression.span());
            }
            Expr::Unary(_) if self.is_part(expression) => {
                self.visit_indices(expression);
                self.read(expression.span());
            }
            Expr::ForLoop(repetition) => {
                let source = &repetition.expr;
                if !self.is_part(source) {
                    self.visit_expr(source);
                }
                self.add_elements(source, &repetition.pat);
                self.visit_block(&repetition.body);
            }
            Expr::If(choice) => {
                self.visit_expr(&choice.cond);
                let otherwise = choice.else_branch.as_ref().map(|(_, otherwise)| otherwise);
                let branches = [
                    Branch::Block(&choice.then_branch),
                    otherwise.map_or(Branch::Nothing, |otherwise| Branch::Expression(otherwise)),
                ];
                self.visit_branches(
                    branches.map(|branch| move |reads: &mut Self| branch.visit(reads)),
                );
            }
            Expr::Match(choice) => {
                self.visit_expr(&choice.expr);
                self.visit_branches(choice.arms.iter().map(|arm| {
                    move |reads: &mut Self| {
                        if let Some((_, guard)) = &arm.guard {
                            reads.visit_expr(guard);
                        }
                        reads.visit_expr(&arm.body);
                    }
                }));
            }
            _ => visit::visit_expr(self, expression),
        }
    }
}

enum Branch<'a> {
    Block(&'a syn::Block),
    Expression(&'a Expr),
    Nothing,
}

impl Branch<'_> {
    fn visit(&self, reads: &mut Reads) {
        match self {
            Self::Block(block) => reads.visit_block(block),
            Self::Expression(expression) => reads.visit_expr(expression),
            Self::Nothing => {}
        }
    }
}
