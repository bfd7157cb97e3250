//! Mistakes in expressions.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Expr, UnOp, parse_quote};

use crate::Mistakes;

/// Plants mistakes into every product, quotient, sum and sign.
pub struct Planter<'a> {
    pub mistakes: &'a mut Mistakes,
    /// The file, or the row.
    pub place: String,
}

impl Planter<'_> {
    fn number(&mut self, whole: &Expr, instead: &str) -> usize {
        let whole = whole.to_token_stream();
        self.mistakes
            .plant(format!("{}: `{whole}` {instead}", self.place))
    }

    /// The expression, or another behind a number.
    fn alternatives(&mut self, whole: &Expr, right: Expr, wrong: Vec<(&str, Expr)>) -> Expr {
        let mut choice = right;
        for (instead, wrong) in wrong {
            let number = self.number(whole, instead);
            choice = parse_quote!(if crate::mistake::is(#number) { #wrong } else { #choice });
        }
        parse_quote!((#choice))
    }
}

impl VisitMut for Planter<'_> {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        let whole = expression.clone();
        visit_mut::visit_expr_mut(self, expression);
        let right = expression.clone();
        match right.clone() {
            Expr::Binary(binary) => {
                let (a, b) = (*binary.left, *binary.right);
                let wrong = match binary.op {
                    BinOp::Mul(_) if is_plain(&a) => vec![("without the left", b)],
                    BinOp::Mul(_) => vec![("without the right", a), ("without the left", b)],
                    BinOp::Div(_) => vec![("without the divisor", a)],
                    BinOp::Add(_) => vec![
                        ("as a difference", parse_quote!(#a - #b)),
                        ("without the right", a),
                    ],
                    BinOp::Sub(_) => vec![
                        ("as a sum", parse_quote!(#a + #b)),
                        ("without the right", a),
                    ],
                    _ => return,
                };
                *expression = self.alternatives(&whole, right, wrong);
            }
            Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
                let Expr::Lit(_) = *unary.expr else {
                    *expression =
                        self.alternatives(&whole, right, vec![("without the sign", *unary.expr)]);
                    return;
                };
            }
            _ => {}
        }
    }

    // Integers, and what is known when the crate is compiled.
    fn visit_expr_cast_mut(&mut self, _: &mut syn::ExprCast) {}
    fn visit_item_const_mut(&mut self, _: &mut syn::ItemConst) {}
    fn visit_expr_index_mut(&mut self, _: &mut syn::ExprIndex) {}
    fn visit_expr_range_mut(&mut self, _: &mut syn::ExprRange) {}
}

fn is_plain(expression: &Expr) -> bool {
    matches!(expression, Expr::Lit(_))
}

/// A whole part of a row: its sign, its last digits, another part in its place, which is named, as it stands and as a number.
pub fn part(
    part: &Expr,
    name: &str,
    others: &[(&str, TokenStream, TokenStream)],
    mistakes: &mut Mistakes,
    row: &str,
) -> TokenStream {
    let mut inner = part.clone();
    let place = format!("{row}, {name}");
    Planter {
        mistakes: &mut *mistakes,
        place: place.clone(),
    }
    .visit_expr_mut(&mut inner);
    let same = |tokens: &TokenStream| tokens.to_string() == part.to_token_stream().to_string();
    if same(&quote!(T::zero())) {
        let number = mistakes.plant(format!("{place}: 1 in its place"));
        return quote!(crate::mistake::replaced(#number, #inner, T::one()));
    }
    let sign = mistakes.plant(format!("{place}: with the other sign"));
    let digits = mistakes.plant(format!("{place}: off by 1e-9 of itself"));
    let mut text = quote!(crate::mistake::scaled(#sign, #digits, #inner));
    for (other, original, tokens) in others {
        if same(original) {
            continue;
        }
        let number = mistakes.plant(format!("{place}: {other} in its place"));
        text = quote!(crate::mistake::replaced(#number, #text, #tokens));
    }
    text
}
