//! The factor that an adjoint or a slope is so far: a number, or 1, and its sign.

use proc_macro2::TokenStream;
use quote::ToTokens;

#[derive(Clone)]
pub struct Signed {
    pub is_negative: bool,
    /// None for 1.
    pub value: Option<TokenStream>,
}

impl Signed {
    pub fn one() -> Self {
        Self {
            is_negative: false,
            value: None,
        }
    }

    pub fn of(value: impl ToTokens) -> Self {
        Self {
            is_negative: false,
            value: Some(value.to_token_stream()),
        }
    }

    /// Whether it is anything but 1.
    pub fn is_number(&self) -> bool {
        self.value.is_some()
    }

    pub fn negated(&self) -> Self {
        Self {
            is_negative: !self.is_negative,
            value: self.value.clone(),
        }
    }
}
