//! Closures: functions whose parameters the calls decide.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, ExprClosure, Pat};

use super::Lowering;
use crate::kind::Kind;
use crate::tree::{Closure, ClosureSignature, Node, Pattern, PatternShape, Shape};

impl Lowering<'_> {
    /// `integer`: the parameter that is one, if one is known to be.
    pub fn closure(&mut self, closure: &ExprClosure, integer: Option<usize>) -> Shape {
        self.check_attributes(&closure.attrs);
        let refusal = if closure.asyncness.is_some() {
            Some("an `async` closure cannot use a differentiated value; write a plain one")
        } else if closure.lifetimes.is_some() {
            Some("a closure with `for<..>` cannot use a differentiated value; leave it out")
        } else {
            None
        };
        if let Some(refusal) = refusal {
            return self.opaque(closure, refusal);
        }
        let original = closure.to_token_stream();
        let mentions = self.scopes.mentioned(original.clone());
        let result = self.scopes.fresh(Kind::Plain);
        self.scopes.enter();
        self.scopes.enter_closure(result);
        let (patterns, types): (Vec<_>, Vec<_>) = closure
            .inputs
            .iter()
            .map(|parameter| match parameter {
                Pat::Type(typed) => (&*typed.pat, Some((*typed.ty).clone())),
                pattern => (pattern, None),
            })
            .unzip();
        let parameters: Vec<_> = patterns
            .into_iter()
            .map(|pattern| self.irrefutable(pattern))
            .collect();
        if let Some(Pattern {
            shape: PatternShape::Bind { variable, .. },
            ..
        }) = integer.and_then(|position| parameters.get(position))
        {
            self.scopes.integers.insert(*variable);
        }
        let body = self.boxed(&closure.body);
        self.scopes.leave_closure();
        self.scopes.leave();
        self.signatures.push(ClosureSignature {
            given: vec![Kind::Plain; parameters.len()],
            parameters,
            types,
            output: closure.output.clone(),
            result,
            mentions: mentions.into_iter().map(|(variable, _)| variable).collect(),
        });
        Shape::Closure(Closure {
            original,
            is_move: closure.capture.is_some(),
            index: self.signatures.len() - 1,
            body,
        })
    }

    /// An argument of a method; a closure's parameter of this position is an integer.
    pub fn argument(&mut self, argument: &Expr, integer: Option<usize>) -> Node {
        match argument {
            Expr::Closure(closure) => Node {
                span: argument.span(),
                kind: Kind::Plain,
                shape: self.closure(closure, integer),
            },
            _ => self.expression(argument),
        }
    }
}

/// Where the closures that the method of an iterator takes have the item, if they take it by value.
pub fn item_parameter(method: &Ident) -> Option<usize> {
    const FIRST: &[&str] = &[
        "map",
        "for_each",
        "flat_map",
        "filter_map",
        "map_while",
        "find_map",
        "any",
        "all",
        "position",
    ];
    match method.to_string().as_str() {
        "fold" | "try_fold" | "scan" => Some(1),
        name => FIRST.contains(&name).then_some(0),
    }
}
