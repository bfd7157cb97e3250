//! What the rounds of a loop leave for the reverse sweep, and where it waits.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Emitter, Store};
use crate::adjoint::form::*;
use crate::adjoint::parameters;
use crate::function::Form;
use crate::names::internal;
use crate::tree::{Node, Shape};

pub enum Keeping {
    Nothing,
    Arrays(Arrays),
    /// On stacks that grow.
    Tape,
}

/// An element a round.
pub struct Arrays {
    pub length: Length,
    /// The round, if it is an index of the loop; else rounds are counted.
    pub round: Option<TokenStream>,
    /// The adjoints of an array of which each round stores one: until then they have no meaning, and one number waits there.
    pub free: Option<Ident>,
}

/// How many rounds there are at most.
pub enum Length {
    /// The arrays are variables.
    Constant(TokenStream),
    /// The tape lends them, for what the loop runs over.
    Measured(TokenStream),
}

/// Beyond it what is kept goes to the heap.
const LONGEST_ARRAY: usize = 1024;

impl<'a> Emitter<'a> {
    /// The end of a round of the forward sweep.
    pub fn store(
        &self,
        keeping: &Keeping,
        kept: &[(Ident, Store)],
        round: &TokenStream,
    ) -> TokenStream {
        let (runtime, number, stack) = (&self.runtime, &self.number, parameters::tape());
        let value = |(name, store): &(Ident, Store)| match (keeping.is_on_heap(), store) {
            (true, Store::Float) => quote!(#runtime::constant::<#number>(#name)),
            _ => quote!(#name),
        };
        match keeping {
            Keeping::Nothing => TokenStream::new(),
            Keeping::Arrays(arrays) => {
                let stores = kept.iter().map(|one| {
                    let (array, value) = (arrays.holder(&one.0, kept), value(one));
                    quote!(#array[#round] = #value;)
                });
                stores.collect()
            }
            Keeping::Tape => {
                let [numbers, indices] = by_stack(kept);
                let numbers: Vec<_> = numbers.iter().copied().map(value).collect();
                let indices = indices.iter().copied().map(value);
                let all = (!numbers.is_empty()).then(|| quote!(#stack.push([#(#numbers),*]);));
                quote!(#all #(#stack.push_index(#indices);)*)
            }
        }
    }

    /// The start of a round of the reverse sweep.
    pub fn load(
        &self,
        keeping: &Keeping,
        kept: &[(Ident, Store)],
        round: &TokenStream,
    ) -> TokenStream {
        let (runtime, stack) = (&self.runtime, parameters::tape());
        let float = |value: TokenStream| quote!(#runtime::Scalar::primal(#value));
        match keeping {
            Keeping::Nothing => TokenStream::new(),
            Keeping::Arrays(arrays) => {
                let loads = kept.iter().map(|(name, store)| {
                    let array = arrays.holder(name, kept);
                    let value = quote!(#array[#round]);
                    let value = match (keeping.is_on_heap(), store) {
                        (true, Store::Float) => float(value),
                        _ => value,
                    };
                    quote!(let #name = #value;)
                });
                loads.collect()
            }
            Keeping::Tape => {
                let [numbers, indices] = by_stack(kept);
                let names: Vec<_> = numbers.iter().map(|(name, _)| name).collect();
                let all = (!names.is_empty()).then(|| quote!(let [#(#names),*] = #stack.pop();));
                let is_float = |kept: &&&(Ident, Store)| kept.1 == Store::Float;
                let floats = numbers.iter().filter(is_float).map(|(name, _)| {
                    let value = float(quote!(#name));
                    quote!(let #name = #value;)
                });
                let indices = indices.iter().rev().map(|(name, _)| name);
                quote!(#all #(#floats)* #(let #indices = #stack.pop_index();)*)
            }
        }
    }

    /// The arrays: what declares them, what makes them as long as there are rounds, and what gives back those that are lent.
    pub fn declared_arrays(&self, arrays: &Arrays, kept: &[(Ident, Store)]) -> [TokenStream; 3] {
        let (runtime, stack, number) = (&self.runtime, parameters::tape(), &self.number);
        let [mut declared, mut sized, mut returned] = [(); 3].map(|()| TokenStream::new());
        let rounds = internal("rounds");
        if let Length::Measured(source) = &arrays.length {
            sized.extend(quote! {
                let #rounds = #runtime::rounds(&::core::iter::IntoIterator::into_iter(#source));
            });
        }
        let own = kept
            .iter()
            .filter(|(name, _)| !arrays.is_free_for(name, kept));
        for (name, store) in own {
            let (array, lent, start) = (array_name(name), lent_name(name), self.start(*store));
            match &arrays.length {
                Length::Constant(length) => {
                    declared.extend(quote!(let mut #array = [#start; #length];))
                }
                Length::Measured(_) => {
                    let (ty, lend, take_back) = match store {
                        Store::Number | Store::Float => {
                            (quote!(#number), quote!(lend), quote!(take_back))
                        }
                        Store::Index => (
                            quote!(usize),
                            quote!(lend_indices),
                            quote!(take_indices_back),
                        ),
                    };
                    declared.extend(quote! {
                        let mut #lent = #runtime::Vec::<#ty>::new();
                        let mut #array: &mut [#ty] = &mut [];
                    });
                    sized.extend(quote! {
                        #lent = #stack.#lend(#rounds);
                        #array = &mut #lent;
                    });
                    returned = quote!(#stack.#take_back(#lent); #returned);
                }
            }
        }
        [declared, sized, returned]
    }

    /// How many rounds there are at most, if that is a constant.
    pub fn most_rounds(&self, source: &Source) -> Option<TokenStream> {
        match source {
            Source::Plain { node, .. } => match &node.bare().shape {
                Shape::Range {
                    start: Some(start),
                    end: Some(end),
                    limits,
                } => {
                    let end = self.constant_length(end)?;
                    match limits {
                        _ if matches!(start.bare().shape, Shape::Literal { .. }) && end.1 => {
                            let (end, extra) = (
                                end.0,
                                matches!(limits, syn::RangeLimits::Closed(_)) as usize,
                            );
                            Some(quote!(#end + #extra))
                        }
                        syn::RangeLimits::HalfOpen(_) if start.is_zero() => Some(end.0),
                        _ => None,
                    }
                }
                _ => None,
            },
            Source::Elements { sequence, .. } => self.array_length(sequence),
            Source::Zip(left, right) => self.most_rounds(left).or_else(|| self.most_rounds(right)),
            Source::Enumerate(inner, _) | Source::Adapted(inner, ..) => self.most_rounds(inner),
        }
    }

    /// A literal, or a const parameter of the function; whether it is a literal.
    fn constant_length(&self, node: &Node) -> Option<(TokenStream, bool)> {
        match &node.bare().shape {
            Shape::Literal {
                tokens,
                is_float: false,
            } => {
                let text = tokens.to_string();
                let length: usize = text.trim_end_matches("usize").parse().ok()?;
                (length <= LONGEST_ARRAY).then(|| (tokens.clone(), text.parse::<usize>().is_ok()))
            }
            Shape::Path(path) => {
                let generics = &self.emission.function.item.sig.generics;
                let mut constants = generics.const_params();
                let is_constant = constants.any(|constant| {
                    let ty = &constant.ty;
                    path.path.is_ident(&constant.ident) && quote!(#ty).to_string() == "usize"
                });
                is_constant.then(|| (quote!(#path), false))
            }
            _ => None,
        }
    }

    fn array_length(&self, sequence: &Node) -> Option<TokenStream> {
        match &sequence.bare().shape {
            Shape::Reference { target, .. } => self.array_length(target),
            Shape::Local { variable, .. } if self.inputs.contains(variable) => {
                let name = self.name(*variable);
                let mut inputs = self.emission.function.inputs();
                let (_, input) = inputs.find(|(parameter, _)| parameter.name == *name)?;
                match &input.form {
                    Form::Array(lengths) => {
                        let length = lengths.first()?;
                        let is_long = |length: &str| {
                            length
                                .parse::<usize>()
                                .is_ok_and(|length| length > LONGEST_ARRAY)
                        };
                        (!is_long(&quote!(#length).to_string())).then(|| quote!(#length))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

impl Keeping {
    /// Whether plain floats wait as numbers.
    fn is_on_heap(&self) -> bool {
        match self {
            Self::Nothing => false,
            Self::Arrays(arrays) => matches!(arrays.length, Length::Measured(_)),
            Self::Tape => true,
        }
    }
}

impl Arrays {
    /// The array in which a value waits.
    fn holder(&self, name: &Ident, kept: &[(Ident, Store)]) -> Ident {
        match &self.free {
            Some(free) if self.is_free_for(name, kept) => free.clone(),
            _ => array_name(name),
        }
    }

    /// Whether the value is the number that waits where there is room.
    fn is_free_for(&self, name: &Ident, kept: &[(Ident, Store)]) -> bool {
        let first = kept.iter().find(|(_, store)| *store == Store::Number);
        self.free.is_some() && first.is_some_and(|(first, _)| first == name)
    }
}

/// What waits on the stack of numbers, and on that of indices.
fn by_stack(kept: &[(Ident, Store)]) -> [Vec<&(Ident, Store)>; 2] {
    let (indices, numbers) = kept.iter().partition(|(_, store)| *store == Store::Index);
    [numbers, indices]
}

fn array_name(kept: &Ident) -> Ident {
    quote::format_ident!("{kept}_kept", span = kept.span())
}

fn lent_name(kept: &Ident) -> Ident {
    quote::format_ident!("{kept}_lent", span = kept.span())
}
