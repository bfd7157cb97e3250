//! Expressions in the place of others: what is left is still a function, and so reaches the later phases.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use quote::ToTokens;
use syn::visit::{Visit, visit_expr};
use syn::visit_mut::{VisitMut, visit_expr_mut};
use syn::{Expr, ItemFn};

use super::change::WORDS;

/// Where, and by what: one of the words, or an expression of the same function.
#[derive(Clone, Debug)]
pub enum Exchange {
    Word(Index, &'static str),
    Borrow(Index, Index),
}

pub fn exchange() -> impl Strategy<Value = Exchange> {
    let is_expression = |word: &&str| syn::parse_str::<Expr>(word).is_ok();
    let words: Vec<&str> = WORDS.iter().copied().filter(is_expression).collect();
    prop_oneof![
        (any::<Index>(), select(words)).prop_map(|(place, word)| Exchange::Word(place, word)),
        any::<(Index, Index)>().prop_map(|(place, from)| Exchange::Borrow(place, from)),
    ]
}

impl Exchange {
    pub fn apply(&self, function: &mut ItemFn) {
        let mut all = Expressions(Vec::new());
        all.visit_block(&function.block);
        let Expressions(all) = all;
        if all.is_empty() {
            return;
        }
        let (place, by) = match self {
            Self::Word(place, word) => (place, syn::parse_str(word).unwrap()),
            Self::Borrow(place, from) => (place, from.get(&all).clone()),
        };
        let mut replace = Replace(Some((place.index(all.len()), by)));
        replace.visit_block_mut(&mut function.block);
        assert!(replace.0.is_none(), "{}", function.to_token_stream());
    }
}

struct Expressions(Vec<Expr>);

impl Visit<'_> for Expressions {
    fn visit_expr(&mut self, expression: &Expr) {
        self.0.push(expression.clone());
        visit_expr(self, expression);
    }
}

struct Replace(Option<(usize, Expr)>);

impl VisitMut for Replace {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        match self.0.take() {
            None => return,
            Some((0, by)) => {
                *expression = by;
                return;
            }
            Some((left, by)) => self.0 = Some((left - 1, by)),
        }
        visit_expr_mut(self, expression);
    }
}
