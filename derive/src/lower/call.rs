//! Calls by path, of closures where they stand, and of what only looks like a method.

use syn::{Expr, Member};

use super::{Lowering, pattern};
use crate::names::internal;
use crate::tree::{Call, Literal, Shape};

impl Lowering<'_> {
    fn is_local(&self, path: &syn::Path) -> bool {
        let name = path.get_ident().map(ToString::to_string);
        name.is_some_and(|name| self.scopes.resolve(&name).is_some())
    }

    pub(super) fn call(&mut self, call: &syn::ExprCall) -> Shape {
        let mut callee = &*call.func;
        while let Expr::Group(syn::ExprGroup { expr, .. })
        | Expr::Paren(syn::ExprParen { expr, .. }) = callee
        {
            callee = expr;
        }
        match callee {
            Expr::Path(function)
                if function.qself.is_none()
                    && pattern::is_struct(&function.path)
                    && !self.is_local(&function.path)
                    && !self.options.is_constant(&function.path) =>
            {
                Shape::Struct(Literal {
                    path: function.path.clone(),
                    fields: self
                        .all(&call.args)
                        .into_iter()
                        .enumerate()
                        .map(|(position, value)| (Member::Unnamed(position.into()), value))
                        .collect(),
                    rest: None,
                    is_call: true,
                })
            }
            Expr::Path(function) => Shape::Call(Call {
                local: function
                    .path
                    .get_ident()
                    .and_then(|name| self.scopes.resolve(&name.to_string())),
                arguments: if function
                    .path
                    .segments
                    .last()
                    .is_some_and(|last| last.ident == "Err")
                {
                    self.values(&call.args)
                } else {
                    self.all(&call.args)
                },
                function: function.clone(),
                is_lifted: false,
            }),
            // Called where it stands, so that `?` leaves only the closure.
            Expr::Closure(closure) => {
                let (name, arguments) = (internal("closure"), &call.args);
                let block = syn::parse_quote!({ let mut #name = #closure; #name(#arguments) });
                // In parentheses, as it was: a statement that begins with a block ends with it.
                Shape::Group(self.boxed(&block))
            }
            _ => self.opaque(
                call,
                "only functions called by name can take a differentiated value; write the name",
            ),
        }
    }
}

/// `(start..end).contains(&value)` as the comparisons that it stands for: the ends may be numbers.
pub(super) fn in_range(call: &syn::ExprMethodCall) -> Option<Expr> {
    let mut receiver = &*call.receiver;
    while let Expr::Paren(syn::ExprParen { expr, .. }) | Expr::Group(syn::ExprGroup { expr, .. }) =
        receiver
    {
        receiver = expr;
    }
    let (Expr::Range(range), Some(value), 1) = (receiver, call.args.first(), call.args.len())
    else {
        return None;
    };
    if call.method != "contains" {
        return None;
    }
    let [low, high, inner] = ["start", "end", "value"].map(internal);
    Some(match (&range.start, range.limits, &range.end) {
        (Some(start), syn::RangeLimits::HalfOpen(_), Some(end)) => syn::parse_quote!({
            let (#low, #high, #inner) = (#start, #end, #value);
            #low <= *#inner && *#inner < #high
        }),
        (Some(start), syn::RangeLimits::Closed(_), Some(end)) => syn::parse_quote!({
            let (#low, #high, #inner) = (#start, #end, #value);
            #low <= *#inner && *#inner <= #high
        }),
        _ => return None,
    })
}
