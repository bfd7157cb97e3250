//! Closures: functions whose parameters the calls decide.

use quote::ToTokens;
use syn::{ExprClosure, Pat};

use super::Lowering;
use crate::kind::Kind;
use crate::tree::{Closure, ClosureSignature, Shape};

impl Lowering<'_> {
    pub fn closure(&mut self, closure: &ExprClosure) -> Shape {
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
}
