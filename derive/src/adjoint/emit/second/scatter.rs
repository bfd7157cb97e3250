//! What is known by elements of inputs goes to memory at the end of each round, and at the end of the function.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::state::{Derivative, State, Vertex};
use super::{Covered, Second, not_covered};
use crate::adjoint::emit::carry::{Carry, with_carried};
use crate::adjoint::emit::reverse::Pending;
use crate::adjoint::form::*;
use crate::function::Form;
use crate::names::internal;
use crate::tree::Variable;

/// An element of an input.
pub struct Element<'a> {
    place: &'a Place<'a>,
    /// Where its slope goes; of two elements with the same text there is one.
    bar: TokenStream,
    key: String,
    /// Its position among all inputs.
    position: TokenStream,
}

impl Element<'_> {
    /// How far past the position of a loop it is, if it is there at all.
    fn distance(&self) -> usize {
        self.place.indices.iter().map(Index::offset).sum()
    }
}

/// What stands around a loop that carries second derivatives from round to round.
#[derive(Default)]
pub struct Waiting {
    pub before: TokenStream,
    pub after: TokenStream,
}

impl<'a> Second<'a> {
    /// A place that is read: a scalar variable, or an element of an input.
    pub fn vertex(&mut self, place: &'a Place<'a>) -> Covered<Vertex> {
        let emitter = &mut self.emitter;
        if place.indices.is_empty() {
            return match emitter.is_scalar(place.variable) {
                true => Ok(Vertex::Variable(place.variable)),
                false => not_covered("a number behind a name of another kind"),
            };
        }
        let is_input = emitter.inputs.contains(&place.variable);
        if !is_input || emitter.program.mutable.contains(&place.variable) {
            return not_covered("an array that a position goes through");
        }
        let bar = emitter.bar_of(place);
        let key = bar.to_string();
        let known = self.elements.iter().position(|element| element.key == key);
        if let Some(known) = known {
            return Ok(Vertex::Element(known));
        }
        let indices: Vec<_> = place
            .indices
            .iter()
            .map(|index| emitter.index_again(index))
            .collect();
        let position = self.position(place.variable, &indices)?;
        self.elements.push(Element {
            place,
            bar,
            key,
            position,
        });
        Ok(Vertex::Element(self.elements.len() - 1))
    }

    /// The position of an element, or of a scalar, among all inputs.
    fn position(&self, input: Variable, indices: &[TokenStream]) -> Covered<TokenStream> {
        let Some((_, offset)) = self.offsets.iter().find(|(other, _)| *other == input) else {
            return not_covered("a value that is found before a loop and meets elements in it");
        };
        let form = self.inputs.iter().find(|(other, _)| *other == input);
        let (lengths, depth) = match form {
            Some((_, Form::Array(lengths))) => (&lengths[..], lengths.len()),
            Some((_, Form::Slice)) => (&[][..], 1),
            _ => (&[][..], 0),
        };
        if indices.len() != depth {
            return not_covered("an array that a position goes through");
        }
        let mut within = TokenStream::new();
        for (at, index) in indices.iter().enumerate() {
            within = match at {
                0 => quote!(#index),
                _ => {
                    let length = &lengths[at];
                    quote!((#within) * (#length) + #index)
                }
            };
        }
        Ok(match (offset.is_empty(), within.is_empty()) {
            (true, true) => quote!(0),
            (true, false) => within,
            (false, true) => offset.clone(),
            (false, false) => quote!(#offset + #within),
        })
    }

    /// The position of a vertex that is an input, and not changed before it is read.
    fn position_of(&self, vertex: Vertex) -> Option<TokenStream> {
        match vertex {
            Vertex::Element(element) => Some(self.elements[element].position.clone()),
            Vertex::Variable(variable) => {
                let is_mutable = self.emitter.program.mutable.contains(&variable);
                let position = self.position(variable, &[]).ok()?;
                (self.is_at_end || !is_mutable).then_some(position)
            }
            Vertex::Value(_) => None,
        }
    }

    /// The end of a round, or of the function: nothing by elements is left.
    pub fn scatter_round(&mut self, own: &mut State, out: &mut TokenStream) -> Covered<Waiting> {
        self.scatter_elements(own, &|_| true, out)
    }

    /// The end of a way: nothing is left by elements that are not known before it. Their positions may be none elsewhere.
    pub fn scatter_way(
        &mut self,
        own: &mut State,
        before: &State,
        out: &mut TokenStream,
    ) -> Covered<()> {
        let known: BTreeSet<Vertex> = before
            .keys()
            .flat_map(|derivative| derivative.ends())
            .collect();
        let is_new = |vertex: Vertex| !known.contains(&vertex);
        self.scatter_elements(own, &is_new, out)?;
        Ok(())
    }

    fn scatter_elements(
        &mut self,
        own: &mut State,
        is_due: &dyn Fn(Vertex) -> bool,
        out: &mut TokenStream,
    ) -> Covered<Waiting> {
        let is_due = |vertex| matches!(vertex, Vertex::Element(_)) && is_due(vertex);
        let (due, rest): (State, State) =
            std::mem::take(own)
                .into_iter()
                .partition(|(derivative, _)| {
                    let [one, other] = derivative.ends();
                    is_due(one) || is_due(other)
                });
        *own = rest;
        let (mut slopes, mut edges) = (Vec::new(), Vec::new());
        for (derivative, part) in self.seen_parts(&due, out) {
            match derivative {
                Derivative::Slope(vertex) => slopes.push((vertex, part)),
                Derivative::Edge(one, other) => edges.push((one, other, part)),
            }
        }
        for (vertex, sum) in slopes {
            self.pend(vertex, sum);
        }
        self.emitter.flush(None, out);
        let mut waiting = Waiting::default();
        for carry in self.emitter.carries_now.clone() {
            edges = self.pass_on(&carry, edges, &mut waiting, out);
        }
        for (one, other, part) in edges {
            self.scatter(one, other, &part, out)?;
        }
        Ok(waiting)
    }

    /// Names for what goes to memory, which is looked at.
    fn seen_parts(&mut self, state: &State, out: &mut TokenStream) -> Vec<(Derivative, Ident)> {
        let amounts: Vec<_> = state.values().copied().collect();
        let written = self.values.written(&amounts, out);
        let number = self.emitter.number.clone();
        let mut parts = Vec::new();
        for (derivative, part) in state.keys().zip(written) {
            let name = self.emitter.temporary();
            out.extend(quote!(let #name: #number = #part;));
            parts.push((*derivative, name));
        }
        if self.is_singular {
            let (seen, names) = (seen(), parts.iter().map(|(_, name)| name));
            out.extend(quote!(#(#seen += #names;)*));
        }
        parts
    }

    /// The slope by an element waits until it is added, or passed on.
    fn pend(&mut self, vertex: Vertex, sum: Ident) {
        let Vertex::Element(element) = vertex else {
            return;
        };
        let element = &self.elements[element];
        self.emitter.pending.push(Pending {
            variable: element.place.variable,
            distance: element.distance(),
            key: element.key.clone(),
            place: element.bar.clone(),
            sum,
            is_negative: false,
        });
    }

    /// Adds second derivatives by inputs to their places.
    pub fn scatter_all(&mut self, state: &State, out: &mut TokenStream) -> Covered<()> {
        for (derivative, part) in self.seen_parts(state, out) {
            if let Derivative::Edge(one, other) = derivative {
                self.scatter(one, other, &part, out)?;
            }
        }
        Ok(())
    }

    /// Adds a second derivative by two inputs to both of its places.
    fn scatter(
        &self,
        one: Vertex,
        other: Vertex,
        part: &Ident,
        out: &mut TokenStream,
    ) -> Covered<()> {
        let (Some(row), Some(column)) = (self.position_of(one), self.position_of(other)) else {
            return not_covered("a value that is found before a loop and meets elements in it");
        };
        let place = self.entry(&row, &column);
        out.extend(quote!(#place += #part;));
        if one != other {
            let mirrored = self.entry(&column, &row);
            out.extend(quote!(#mirrored += #part;));
        }
        Ok(())
    }

    fn entry(&self, row: &TokenStream, column: &TokenStream) -> TokenStream {
        let hessian = hessian();
        match self.is_slice {
            true => {
                let count = count();
                quote!(#hessian[(#row) * #count + #column])
            }
            false => quote!(#hessian[#row][#column]),
        }
    }

    /// The second derivatives by neighbours in an array. Nothing is added after this round to those by its first element;
    /// the others wait for the next round, where their elements are nearer by one. Gives back those by others.
    fn pass_on(
        &self,
        carry: &Carry,
        edges: Vec<(Vertex, Vertex, Ident)>,
        waiting: &mut Waiting,
        out: &mut TokenStream,
    ) -> Vec<(Vertex, Vertex, Ident)> {
        let distance = |vertex| match vertex {
            Vertex::Element(element) => {
                let element = &self.elements[element];
                (element.place.variable == carry.variable).then(|| element.distance())
            }
            _ => None,
        };
        let mut sums: BTreeMap<(usize, usize), Vec<TokenStream>> = BTreeMap::new();
        let mut others = Vec::new();
        for (one, other, sum) in edges {
            let (Some(near), Some(far)) = (distance(one), distance(other)) else {
                others.push((one, other, sum));
                continue;
            };
            // The same element may have been named in several ways: `x[i]` and `x[i + 0]`.
            let sum = match near == far && one != other {
                true => quote!((#sum + #sum)),
                false => sum.into_token_stream(),
            };
            let pair = (near.min(far), near.max(far));
            sums.entry(pair).or_default().push(sum);
        }
        // Each pair that is not at the start will be nearer to it in the rounds to come.
        let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
        for (near, far) in sums.keys() {
            pairs.extend((0..=*near).map(|step| (near - step, far - step)));
        }
        let name = |near: usize, far: usize| internal(&format!("h{}_{near}_{far}", carry.variable));
        let (_, at) = self.emitter.carrier(carry);
        let (position, zero) = (&carry.position, self.emitter.zero());
        let mut rest = TokenStream::new();
        for &(near, far) in &pairs {
            let carried = pairs
                .contains(&(near + 1, far + 1))
                .then(|| name(near + 1, far + 1).into_token_stream());
            let own = sums.remove(&(near, far)).unwrap_or_default();
            let own = own.into_iter().map(|part| (part, false));
            let value = with_carried(carried, own).unwrap_or_else(|| zero.clone());
            if near > 0 {
                let (own, number) = (name(near, far), &self.emitter.number);
                waiting
                    .before
                    .extend(quote!(let mut #own: #number = #zero;));
                rest.extend(self.stored(carry, &quote!(#at), (near, far), &quote!(#own)));
                out.extend(quote!(#own = #value;));
                continue;
            }
            let stored = self.stored(carry, position, (0, far), &value);
            out.extend(stored);
        }
        if !rest.is_empty() {
            waiting
                .after
                .extend(quote!(if #at != ::core::primitive::usize::MAX { #rest }));
        }
        others
    }

    /// Stores or adds a second derivative by two elements at these distances from a position.
    fn stored(
        &self,
        carry: &Carry,
        position: &TokenStream,
        (near, far): (usize, usize),
        value: &TokenStream,
    ) -> TokenStream {
        let place = |distance: usize| {
            let past = (distance > 0).then(|| quote!(+ #distance));
            let index = quote!(#position #past);
            self.position(carry.variable, &[index]).unwrap_or_default()
        };
        let (row, column) = (place(near), place(far));
        let sign = if carry.is_alone {
            quote!(=)
        } else {
            quote!(+=)
        };
        let entry = self.entry(&row, &column);
        if near == far {
            return quote!(#entry #sign #value;);
        }
        let mirrored = self.entry(&column, &row);
        quote!({ let both = #value; #entry #sign both; #mirrored #sign both; })
    }
}

/// The sum of all that is to be looked at.
pub fn seen() -> Ident {
    internal("seen")
}

/// The Hessian in memory.
pub fn hessian() -> Ident {
    internal("hessian")
}

/// How many inputs there are.
pub fn count() -> Ident {
    internal("count")
}
