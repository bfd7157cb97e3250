//! Contributions that a loop over neighbours carries from round to round, instead of adding them to memory twice.
//!
//! Where a round contributes to `x[i]` and `x[i + 1]`, nothing is added to `x[i]` after it: what it gives to the next element
//! waits in a variable. Where nothing else contributes, what is added to nothing is stored.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::position::{Position, position, reach, whole};
use super::reverse::Pending;
use super::{Emitter, Sweep};
use crate::adjoint::form::*;
use crate::adjoint::parameters;
use crate::adjoint::survey::Facts;
use crate::adjoint::walk::each_read;
use crate::function::Form;
use crate::names::internal;
use crate::tree::Variable;

/// An array of which each round of a loop reads some neighbours, the first at the loop's own position.
#[derive(Clone)]
pub struct Carry {
    pub variable: Variable,
    /// The position of the loop, as an expression.
    pub position: TokenStream,
    /// How far the last neighbour is.
    reach: usize,
    /// Whether nothing else contributes to the array.
    pub is_alone: bool,
    /// Whether what is stored is summed up as well, so that one can see whether it is finite.
    is_summed: bool,
}

impl Carry {
    /// Whether each element is stored once, and nothing is carried.
    pub fn is_store(&self) -> bool {
        self.is_alone && self.reach == 0
    }
}

impl<'a> Emitter<'a> {
    /// The arrays that the loop can carry contributions to.
    pub fn carries(&self, repeated: &'a Loop<'a>) -> Vec<Carry> {
        let LoopHead::For(source) = &repeated.head else {
            return Vec::new();
        };
        let Some(position) = position(source) else {
            return Vec::new();
        };
        if let Position::Variable(variable) = position
            && self.program.mutable.contains(&variable)
        {
            return Vec::new();
        }
        let mut reaches: BTreeMap<Variable, Option<usize>> = BTreeMap::new();
        for step in &repeated.body {
            let mut note = |place: &Place, is_read: bool| {
                let reach = match &place.indices[..] {
                    [index] if is_read => reach(index, &position),
                    _ => None,
                };
                let known = reaches.entry(place.variable).or_insert(Some(0));
                *known = match (*known, reach) {
                    (Some(known), Some(reach)) => Some(known.max(reach)),
                    _ => None,
                };
            };
            match step {
                Step::Plain(_) | Step::View { .. } => {}
                Step::Let { value, .. } => each_read(value, &mut |place| note(place, true)),
                Step::Add { place, value, .. } | Step::Set { place, value, .. } => {
                    note(place, false);
                    each_read(value, &mut |place| note(place, true));
                }
                // What is in other steps is not looked into.
                _ => return Vec::new(),
            }
        }
        let position = match position {
            Position::Counter(counter) => self.key_name((counter, 0)).into_token_stream(),
            Position::Variable(variable) => self.name(variable).into_token_stream(),
        };
        reaches
            .into_iter()
            .filter_map(|(variable, reach)| {
                let (reach, is_alone) = (reach?, self.is_alone(variable, repeated.id));
                (reach > 0 || is_alone).then(|| Carry {
                    variable,
                    position: position.clone(),
                    reach,
                    is_alone,
                    is_summed: false,
                })
            })
            .collect()
    }

    /// Sums up what the loop stores in adjoints of slices. A loop of both sweeps goes round by round, so that this costs little.
    pub fn sum_up(&mut self, carries: &mut [Carry]) {
        let inputs: Vec<_> = self.emission.function.inputs().collect();
        for carry in carries.iter_mut().filter(|carry| carry.is_alone) {
            let name = self.name(carry.variable).clone();
            let is_slice = inputs.iter().any(|(parameter, input)| {
                parameter.name == name && matches!(input.form, Form::Slice)
            });
            if is_slice && self.inputs.contains(&carry.variable) && self.is_singular {
                carry.is_summed = true;
                self.summed.insert(name);
            }
        }
    }

    /// Notes the arrays of which the loop stores every element. Gives the adjoints of one that is an input: before they are
    /// stored, they may hold something else.
    pub fn note_covered(&mut self, repeated: &Loop, carries: &[Carry]) -> Option<Ident> {
        let LoopHead::For(source) = &repeated.head else {
            return None;
        };
        let whole = whole(source).filter(|_| repeated.leave.is_none())?;
        let carry = carries
            .iter()
            .find(|carry| carry.is_store() && carry.variable == whole)?;
        self.covered.insert(whole);
        let is_free = self.inputs.contains(&whole) && self.sweep == Sweep::Single;
        is_free.then(|| self.carrier(carry).0)
    }

    /// Whether this loop, passed once, is the only step that contributes to the array.
    fn is_alone(&self, variable: Variable, loop_id: Id) -> bool {
        self.program.steps.iter().all(|step| match step {
            Step::Loop(other) if other.id == loop_id => true,
            other => !Facts::of_one(other).read.contains(&variable),
        })
    }

    fn carried(&self, carry: &Carry, distance: usize) -> Ident {
        internal(&format!("c{}_{distance}", carry.variable))
    }

    pub fn carrier(&self, carry: &Carry) -> (Ident, Ident) {
        let bar = match self.inputs.contains(&carry.variable) {
            true => self.input_bar(carry.variable),
            false => self.bar_name(carry.variable),
        };
        (bar, internal(&format!("c{}_at", carry.variable)))
    }

    /// What stands before and after the loop.
    pub fn around(&self, carries: &[Carry]) -> (TokenStream, TokenStream) {
        let (mut before, mut after) = (TokenStream::new(), TokenStream::new());
        for carry in carries.iter().filter(|carry| carry.reach > 0) {
            let (bar, at) = self.carrier(carry);
            let (zero, number) = (self.zero(), &self.number);
            before.extend(quote!(let mut #at = ::core::primitive::usize::MAX;));
            let mut rest = TokenStream::new();
            for distance in 1..=carry.reach {
                let name = self.carried(carry, distance);
                before.extend(quote!(let mut #name: #number = #zero;));
                rest.extend(quote!(#bar[#at + #distance] += #name;));
                if carry.is_summed {
                    let total = parameters::total();
                    rest.extend(quote!(*#total += #name;));
                }
            }
            after.extend(quote!(if #at != ::core::primitive::usize::MAX { #rest }));
        }
        (before, after)
    }

    /// The end of a round: the first element has all, the others wait.
    pub fn pass_on(&mut self, sums: Vec<Pending>, out: &mut TokenStream) -> Vec<Pending> {
        let mut rest = sums;
        for carry in self.carries_now.clone() {
            let (bar, at) = self.carrier(&carry);
            let position = carry.position.clone();
            let (own, others): (Vec<_>, Vec<_>) = rest
                .into_iter()
                .partition(|pending| pending.variable == carry.variable);
            rest = others;
            // The same element may have been named in several ways: `x[i]` and `x[i + 0]`.
            let with_own = |distance: usize, carried: Option<TokenStream>| {
                let own = own.iter().filter(|pending| pending.distance == distance);
                let own = own.map(|pending| (pending.sum.to_token_stream(), pending.is_negative));
                let total = with_carried(carried, own);
                total.unwrap_or_else(|| self.no_slope())
            };
            let first = (carry.reach > 0).then(|| self.carried(&carry, 1).into_token_stream());
            let (value, whole) = (with_own(0, first), internal("whole"));
            // Stored before it is summed up, for then its register may hold the sum.
            out.extend(match (carry.is_alone, carry.is_summed) {
                (true, true) => {
                    let total = parameters::total();
                    quote!(let #whole = #value; #bar[#position] = #whole; *#total += #whole;)
                }
                (true, false) => quote!(#bar[#position] = #value;),
                (false, _) => quote!(#bar[#position] += #value;),
            });
            for distance in 1..=carry.reach {
                let name = self.carried(&carry, distance);
                let next = (distance < carry.reach)
                    .then(|| self.carried(&carry, distance + 1).into_token_stream());
                let value = with_own(distance, next);
                out.extend(quote!(#name = #value;));
            }
            if carry.reach > 0 {
                out.extend(quote!(#at = #position;));
            }
        }
        rest
    }
}

/// What was carried here and the round's own parts, some of them negative.
pub fn with_carried(
    carried: Option<TokenStream>,
    own: impl IntoIterator<Item = (TokenStream, bool)>,
) -> Option<TokenStream> {
    own.into_iter().fold(carried, |total, (part, is_negative)| {
        Some(match (total, is_negative) {
            (Some(total), true) => quote!(#total - #part),
            (Some(total), false) => quote!(#total + #part),
            (None, true) => quote!(-#part),
            (None, false) => part,
        })
    })
}
