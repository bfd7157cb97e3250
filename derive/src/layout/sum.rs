//! Lengths, and sums of them: what is written as a number is computed here. Written out, the offsets of so many inputs would be
//! of so many terms each.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::Expr;

use crate::kind::literal_length;

#[derive(Clone)]
pub enum Length {
    Known(usize),
    /// What the compiler computes.
    Written(TokenStream),
}

impl Length {
    pub fn of(expression: &Expr) -> Self {
        match literal_length(expression) {
            Some(length) => Self::Known(length),
            None => Self::Written(quote!((#expression))),
        }
    }

    pub fn times(self, other: Self) -> Self {
        match (self, other) {
            (Self::Known(1), other) => other,
            (Self::Known(one), Self::Known(other)) => match one.checked_mul(other) {
                Some(product) => Self::Known(product),
                None => Self::Written(quote!(#one * #other)),
            },
            (one, other) => Self::Written(quote!(#one * #other)),
        }
    }
}

impl ToTokens for Length {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Known(length) => Literal::usize_unsuffixed(*length).to_tokens(tokens),
            Self::Written(written) => written.to_tokens(tokens),
        }
    }
}

/// A sum that grows.
#[derive(Clone, Default)]
pub struct Sum {
    fixed: usize,
    others: Vec<TokenStream>,
}

impl Sum {
    pub fn of(terms: impl IntoIterator<Item = Length>) -> Self {
        let mut sum = Self::default();
        terms.into_iter().for_each(|term| sum.add(term));
        sum
    }

    pub fn add(&mut self, term: Length) {
        match term {
            Length::Known(length) => match self.fixed.checked_add(length) {
                Some(fixed) => self.fixed = fixed,
                None => self.others.push(quote!(#length)),
            },
            Length::Written(written) => self.others.push(written),
        }
    }

    /// The sum as one length.
    pub fn length(self) -> Length {
        match self.others[..] {
            [] => Length::Known(self.fixed),
            _ => Length::Written(quote!((#self))),
        }
    }
}

impl ToTokens for Sum {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let fixed = (self.fixed > 0 || self.others.is_empty()).then_some(Length::Known(self.fixed));
        let (others, fixed) = (&self.others, fixed.as_ref());
        let fixed = fixed.map(ToTokens::to_token_stream);
        let terms = others.iter().chain(&fixed);
        tokens.extend(quote!(#(#terms)+*));
    }
}
