//! Every mistake of the user, reported at once.

use std::fmt::Display;

use proc_macro2::Span;

/// The mistakes found so far; each phase adds to them, and the pipeline asks once between phases.
#[derive(Default)]
pub struct Errors(Vec<syn::Error>);

impl Errors {
    pub fn push(&mut self, span: Span, message: impl Display) {
        self.0.push(syn::Error::new(span, message));
    }

    pub fn add(&mut self, error: syn::Error) {
        self.0.push(error);
    }

    /// The phase's result, or everything that is wrong so far.
    pub fn check<T>(&mut self, result: T) -> syn::Result<T> {
        let mut errors = std::mem::take(&mut self.0).into_iter();
        match errors.next() {
            None => Ok(result),
            Some(first) => Err(errors.fold(first, |mut all, error| {
                all.combine(error);
                all
            })),
        }
    }
}
