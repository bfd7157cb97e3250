//! Calls of annotated functions over dual numbers, or by their own slopes.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::Sweep;
use super::slope::Slopes;
use crate::adjoint::emit::called::part;
use crate::adjoint::emit::forward::Operand;
use crate::adjoint::emit::signed::Signed;
use crate::adjoint::form::*;
use crate::tree::Target;

impl<'a> Sweep<'a> {
    /// A call of an annotated function of numbers: over numbers with a tangent for each lane, or by its slopes if they
    /// are no more than the lanes.
    pub fn call(
        &mut self,
        target: Target<'a>,
        arguments: Vec<(TokenStream, Slopes)>,
        out: &mut TokenStream,
    ) -> (TokenStream, Slopes) {
        let lanes = live(&arguments);
        let active = arguments.iter().filter(|(_, slopes)| !slopes.is_empty());
        let count = active.count();
        if count > lanes.len() {
            let (dual, duals) = self.duals(&arguments, &lanes);
            let emission = &mut self.emitter.emission;
            let call = emission.target_with_numbers(target, duals, Some(&dual));
            return self.taken_apart(&call, &lanes, out);
        }
        let mut seeded = arguments.clone();
        let positions = seeded.iter_mut().filter(|(_, slopes)| !slopes.is_empty());
        for (position, (_, slopes)) in positions.enumerate() {
            *slopes = Slopes::from([(position, Signed::one())]);
        }
        let (dual, duals) = self.duals(&seeded, &(0..count).collect());
        let emission = &mut self.emitter.emission;
        let by_duals = emission.target_with_numbers(target, duals, Some(&dual));
        let runtime = self.emitter.runtime.clone();
        let by_duals = quote!({ let #runtime::Dual { re, eps } = #by_duals; (re, eps) });
        let names: Vec<_> = arguments.iter().map(|(value, _)| value.clone()).collect();
        let found = match target.takes_only(count) {
            true => self.emitter.compiled_call(target, &names, &by_duals, false),
            false => by_duals,
        };
        let (value, factors) = (self.emitter.temporary(), self.emitter.temporary());
        out.extend(quote!(let (#value, #factors) = #found;));
        let mut slopes = Slopes::new();
        let active = arguments.into_iter().map(|(_, slopes)| slopes);
        for (position, own) in active.filter(|slopes| !slopes.is_empty()).enumerate() {
            let own = self.scaled(own, &Operand::Number(quote!(#factors[#position])));
            slopes = self.sum(slopes, own);
        }
        (value.into_token_stream(), slopes)
    }

    /// A call that takes arrays of numbers, or gives several.
    pub fn called(&mut self, called: &'a Called<'a>, out: &mut TokenStream) {
        let mut formulas = Vec::new();
        for given in &called.arguments {
            elements(&given.content, &mut formulas);
        }
        let arguments = self.arguments(formulas, out);
        let lanes = live(&arguments);
        if lanes.is_empty() {
            self.emitter.forward_call(called, out);
            // What the results become later may depend on inputs.
            for (_, variable) in &called.results {
                self.declare(*variable, &Slopes::new(), out);
            }
            return;
        }
        let (dual, duals) = self.duals(&arguments, &lanes);
        let values = |at: usize| arguments[at].0.clone();
        if let Some(variable) = called.variable
            && self.emitter.mentioned.contains(&variable)
        {
            let name = self.emitter.name(variable).clone();
            let plain = self.emitter.called_with(called, None, values);
            out.extend(quote!(let #name = #plain;));
        }
        let all = self.emitter.temporary();
        let call = self
            .emitter
            .called_with(called, Some(&dual), |at| duals[at].clone());
        out.extend(quote!(let #all = #call;));
        for (path, variable) in &called.results {
            let (number, place) = (self.emitter.number.clone(), part(&all, path));
            let (name, mutability) = (
                self.emitter.name(*variable).clone(),
                self.emitter.mutability(*variable),
            );
            out.extend(quote!(let #mutability #name: #number = #place.re;));
            let slopes = lanes.iter().enumerate();
            let slopes = slopes.map(|(at, lane)| (*lane, Signed::of(quote!(#place.eps[#at]))));
            self.declare(*variable, &slopes.collect(), out);
        }
    }

    /// Numbers with these lanes, and their type.
    pub fn duals(
        &self,
        arguments: &[(TokenStream, Slopes)],
        lanes: &BTreeSet<usize>,
    ) -> (TokenStream, Vec<TokenStream>) {
        let (runtime, number, count) = (&self.emitter.runtime, &self.emitter.number, lanes.len());
        let dual = quote!(#runtime::Dual::<#number, #count>);
        let duals = arguments.iter().map(|(value, slopes)| {
            if slopes.is_empty() {
                return quote!(#dual::constant(#value));
            }
            let slopes = lanes
                .iter()
                .map(|lane| self.tokens(slopes.get(lane).cloned()));
            quote!(#dual::new(#value, [#(#slopes),*]))
        });
        let duals = duals.collect();
        (dual, duals)
    }

    pub fn taken_apart(
        &mut self,
        dual: &TokenStream,
        lanes: &BTreeSet<usize>,
        out: &mut TokenStream,
    ) -> (TokenStream, Slopes) {
        let whole = self.emitter.temporary();
        out.extend(quote!(let #whole = #dual;));
        let slopes = lanes.iter().enumerate();
        let slopes = slopes.map(|(at, lane)| (*lane, Signed::of(quote!(#whole.eps[#at]))));
        (quote!(#whole.re), slopes.collect())
    }
}

/// The lanes that some argument depends on.
pub fn live(arguments: &[(TokenStream, Slopes)]) -> BTreeSet<usize> {
    let slopes = arguments.iter().flat_map(|(_, slopes)| slopes.keys());
    slopes.copied().collect()
}

fn elements<'a>(content: &'a Content<'a>, formulas: &mut Vec<&'a Formula<'a>>) {
    match content {
        Content::Element(value) => formulas.push(value),
        Content::Array(parts) => parts.iter().for_each(|part| elements(part, formulas)),
        Content::Repeat(part, _) | Content::Vector(_, part) => elements(part, formulas),
        Content::Copy(_) | Content::Empty(_) => {}
    }
}
