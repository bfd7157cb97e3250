//! Heads of loops, over places.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::adjoint::emit::Emitter;
use crate::adjoint::form::*;

impl<'a> Emitter<'a> {
    /// What the loop runs over, and the pattern for its items.
    pub fn source(&mut self, source: &'a Source<'a>) -> (TokenStream, TokenStream) {
        match source {
            Source::Plain { node, pattern } => {
                let pattern = match pattern {
                    Some(pattern) => self.emission.pattern(pattern),
                    None => quote!(_),
                };
                (pattern, self.emission.node(node))
            }
            Source::Elements {
                sequence,
                counter,
                groups,
            } => {
                let place = self.emission.node(sequence);
                let place = match sequence.shape {
                    crate::tree::Shape::Local { .. } => place,
                    _ => quote!((#place)),
                };
                let name = self.key_name((*counter, 0));
                let range = match groups {
                    Groups::One => quote!(0..#place.len()),
                    Groups::Windows(size) => {
                        let size = self.emission.node(size);
                        quote!(0..#place.windows(#size).len())
                    }
                    Groups::Chunks(size) => {
                        let size = self.emission.node(size);
                        quote!((0..#place.chunks(#size).len()).map(|__chainrule_group| __chainrule_group * #size))
                    }
                    Groups::ExactChunks(size) => {
                        let size = self.emission.node(size);
                        quote!((0..#place.chunks_exact(#size).len()).map(|__chainrule_group| __chainrule_group * #size))
                    }
                };
                (name.into_token_stream(), range)
            }
            Source::Zip(left, right) => {
                let ((left_pattern, left), (right_pattern, right)) =
                    (self.source(left), self.source(right));
                (
                    quote!((#left_pattern, #right_pattern)),
                    quote!(::core::iter::Iterator::zip(::core::iter::IntoIterator::into_iter(#left), #right)),
                )
            }
            Source::Enumerate(inner, index) => {
                let (pattern, source) = self.source(inner);
                let index = match index {
                    Some(index) => self.emission.pattern(index),
                    None => quote!(_),
                };
                (
                    quote!((#index, #pattern)),
                    quote!(::core::iter::Iterator::enumerate(::core::iter::IntoIterator::into_iter(#source))),
                )
            }
            Source::Adapted(inner, name, count) => {
                let (pattern, source) = self.source(inner);
                let count = count.map(|count| self.emission.node(count));
                let count = count.map(|count| quote!(, #count));
                (
                    pattern,
                    quote!(::core::iter::Iterator::#name(::core::iter::IntoIterator::into_iter(#source) #count)),
                )
            }
        }
    }

    /// The head of a loop as the user wrote it, over places.
    pub fn head(&mut self, head: &'a LoopHead<'a>) -> TokenStream {
        match head {
            LoopHead::While(condition) => {
                let condition = self.emission.node(condition);
                quote!(while #condition)
            }
            LoopHead::Forever => quote!(loop),
            LoopHead::For(source) => {
                let (pattern, source) = self.source(source);
                quote!(for #pattern in #source)
            }
        }
    }
}
