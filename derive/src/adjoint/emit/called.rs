//! Calls of annotated functions with several numbers: by their compiled sweeps, if they have some, which only the compiler
//! knows; else by numbers with a tangent for each number that goes in.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::Path;

use super::rows::State;
use super::signed::Signed;
use super::{Bar, Emitter, Sweep};
use crate::adjoint::form::*;
use crate::adjoint::parameters;
use crate::adjoint::regularity::is_active;
use crate::names::internal;

impl<'a> Emitter<'a> {
    pub fn forward_call(&mut self, called: &'a Called<'a>, out: &mut TokenStream) {
        let number = self.number.clone();
        let mut values = Vec::new();
        for given in &called.arguments {
            self.values_of(&given.content, &mut values, out);
        }
        let (inputs, count) = (self.call_name(called, "inputs"), values.len());
        out.extend(quote!(let #inputs: [#number; #count] = [#(#values),*];));
        let plain = self.called_with(called, None, |at| quote!(#inputs[#at]));
        let is_asked = self.used.contains(&(called.id, 1));
        let is_read = called
            .variable
            .is_some_and(|variable| self.mentioned.contains(&variable));
        // Plain code reads the values.
        let variable = called.variable.filter(|_| is_read);
        let mut value = match variable {
            Some(variable) => self.name(variable).clone(),
            None => self.temporary(),
        };
        if is_read || !is_asked {
            out.extend(quote!(let #value = #plain;));
        }
        if is_asked {
            value = self.temporary();
            match self.callee(called) {
                Some(callee) => self.by_sweeps(called, &callee, &value, out),
                None => self.by_rows(called, &value, out),
            }
        }
        for (position, (path, variable)) in called.results.iter().enumerate() {
            let (name, mutability) = (self.name(*variable).clone(), self.mutability(*variable));
            let part = match is_asked {
                true => quote!(#value[#position]),
                false => part(&value, path),
            };
            // Of a call of constants, what never becomes anything else stays a float.
            out.extend(match self.program.kinds[*variable].is_active() {
                true => quote!(let #mutability #name: #number = #part;),
                false => {
                    let (runtime, float) = (&self.runtime, &self.emission.function.float);
                    quote!(let #mutability #name: #float = #runtime::Scalar::primal(#part);)
                }
            });
        }
    }

    /// Notes the calls among these steps, of which the reverse sweep is in the same block of code: it can call back.
    pub fn note_calls(&mut self, steps: &[Step]) {
        for step in steps {
            if let Step::Call(called) = step {
                self.calls_back.insert(called.id);
            }
        }
    }

    /// The type beside the function that is called, if all that goes in are numbers, and the reverse sweep can call back.
    fn callee(&self, called: &Called) -> Option<Path> {
        let are_numbers = called.arguments.len() == called.call.arguments.len();
        (are_numbers && self.calls_back.contains(&called.id))
            .then(|| self.emission.type_of_callee(&called.call.function.path))
            .flatten()
    }

    /// The numbers that are used, and a closure that goes back from slopes by them.
    fn by_sweeps(
        &mut self,
        called: &'a Called<'a>,
        callee: &Path,
        value: &Ident,
        out: &mut TokenStream,
    ) {
        let (runtime, number) = (self.runtime.clone(), self.number.clone());
        let [x, all, parts] = ["x", "all", "parts"].map(internal);
        let plain = self.called_with(called, None, |at| quote!(#x[#at]));
        let by_duals = self.value_and_rows(called, &x);
        let (inputs, back) = (
            self.call_name(called, "inputs"),
            self.call_name(called, "back"),
        );
        let places: Vec<_> = called
            .results
            .iter()
            .map(|(path, _)| part(&all, path))
            .collect();
        let taken = called
            .results
            .iter()
            .map(|(path, _)| part(&quote!((*#all)), path));
        let positions = 0..places.len();
        let count = numbers_in(called);
        out.extend(quote! {
            let (#value, #back) = {
                use #runtime::RunAnyBack as _;
                #runtime::CallOf::<#callee, #number, #count>::new().run_back(
                #inputs,
                |#x| #plain,
                |#x| #by_duals,
                |#all| [#(#taken),*],
                |mut #all, #parts| { #(#places = #parts[#positions];)* #all },
            )};
        });
    }

    /// The numbers that are used, and a row of slopes for each of them.
    fn by_rows(&mut self, called: &'a Called<'a>, value: &Ident, out: &mut TokenStream) {
        let (inputs, rows) = (
            self.call_name(called, "inputs"),
            self.call_name(called, "rows"),
        );
        let by_duals = self.value_and_rows(called, &inputs);
        if self.frame.depth == 0 {
            out.extend(quote!(let (#value, #rows) = #by_duals;));
            return;
        }
        let (zero, count, length) = (self.zero(), numbers_in(called), called.results.len());
        self.frame
            .hoisted
            .extend(quote!(let mut #rows = [[#zero; #count]; #length];));
        let own = self.temporary();
        out.extend(quote!(let (#value, #own) = #by_duals; #rows = #own;));
    }

    /// The call over numbers with a tangent for each number that goes in.
    fn value_and_rows(&mut self, called: &'a Called<'a>, inputs: &Ident) -> TokenStream {
        let (runtime, number) = (self.runtime.clone(), self.number.clone());
        let (count, all) = (numbers_in(called), internal("duals"));
        let dual = quote!(#runtime::Dual::<#number, #count>);
        let call = self.called_with(
            called,
            Some(&dual),
            |at| quote!(#runtime::direction::<#number, #count>(#inputs[#at], #at)),
        );
        let parts: Vec<_> = called
            .results
            .iter()
            .map(|(path, _)| part(&all, path))
            .collect();
        quote!({ let #all = #call; ([#(#parts.re),*], [#(#parts.eps),*]) })
    }

    /// The call with these in place of the numbers that go in.
    pub fn called_with(
        &mut self,
        called: &'a Called<'a>,
        number: Option<&TokenStream>,
        mut value: impl FnMut(usize) -> TokenStream,
    ) -> TokenStream {
        let mut next = 0;
        let arguments = called.arguments.iter().map(|given| {
            let argument = rebuilt(&given.content, &mut next, &mut value);
            let reference = given.is_reference.then(|| quote!(&));
            quote!(#reference #argument)
        });
        let arguments = arguments.collect();
        self.emission
            .call_with_numbers(called.call, arguments, number)
    }

    fn values_of(
        &mut self,
        content: &'a Content<'a>,
        values: &mut Vec<TokenStream>,
        out: &mut TokenStream,
    ) {
        match content {
            Content::Element(value) => {
                let value = self.number_value(value, out);
                values.push(value);
            }
            Content::Array(parts) => {
                for part in parts {
                    self.values_of(part, values, out);
                }
            }
            _ => {}
        }
    }

    fn call_name(&self, called: &Called, name: &str) -> Ident {
        internal(&format!("{name}{}", called.id))
    }

    /// The way back from a call: by the sum of its rows, or by its closure for as many results as go back in step.
    pub fn reverse_call(&mut self, called: &'a Called<'a>, out: &mut TokenStream) {
        let bars = self.taken_bars(called);
        if bars.iter().all(Option::is_none) {
            return;
        }
        self.is_lost |= self.loop_depth > 0;
        if self.callee(called).is_none() {
            self.hand_on_by_rows(called, &bars, out);
            return;
        }
        let back = self.call_name(called, "back");
        let slopes = self.temporary();
        let bars = bars.into_iter().map(|bar| bar.unwrap_or(self.no_slope()));
        match self.sweep {
            Sweep::All => {
                let (lane, lanes) = (internal("lane"), parameters::lanes());
                out.extend(quote! {
                    let #slopes = #back(::core::array::from_fn::<_, #lanes, _>(|#lane| [#(#bars.0[#lane]),*]));
                });
                let slope = |at: usize| quote!(#slopes[#at]);
                self.hand_on_arguments(called, &slope, out);
            }
            Sweep::Single | Sweep::Row(_) => {
                out.extend(quote!(let #slopes = #back([[#(#bars),*]]);));
                let slope = |at: usize| quote!(#slopes[#at].0[0]);
                self.hand_on_arguments(called, &slope, out);
            }
        }
    }

    /// The same for all rows of a Jacobian.
    pub fn reverse_call_of_rows(
        &mut self,
        called: &'a Called<'a>,
        states: &mut [State],
        out: &mut TokenStream,
    ) {
        if self.callee(called).is_none() {
            self.each_row(states, |this| this.reverse_call(called, out));
            return;
        }
        let mut live = Vec::new();
        self.each_row(states, |this| {
            let bars = this.taken_bars(called);
            let is_live = bars.iter().any(Option::is_some);
            let bars = bars.into_iter().map(|bar| bar.unwrap_or(this.no_slope()));
            live.push(is_live.then(|| quote!([#(#bars),*])));
        });
        let (back, slopes) = (self.call_name(called, "back"), self.temporary());
        let bars: Vec<_> = live.iter().flatten().collect();
        if bars.is_empty() {
            return;
        }
        out.extend(quote!(let #slopes = #back([#(#bars),*]);));
        let (mut rows, mut lane) = (live.iter(), 0_usize);
        self.each_row(states, |this| {
            if let Some(Some(_)) = rows.next() {
                let slope = |at: usize| quote!(#slopes[#at].0[#lane]);
                this.hand_on_arguments(called, &slope, out);
                lane += 1;
            }
        });
    }

    /// The adjoints of what a call gave, which begin anew before it.
    fn taken_bars(&mut self, called: &Called) -> Vec<Option<TokenStream>> {
        let (mut bars, leads_on) = (Vec::new(), numbers_in(called) > 0);
        for (_, variable) in &called.results {
            let is_live = self.bars.remove(variable) == Some(Bar::Live) && leads_on;
            if is_live {
                self.used.insert((called.id, 1));
            }
            bars.push(is_live.then(|| self.bar_name(*variable).into_token_stream()));
        }
        bars
    }

    fn hand_on_by_rows(
        &mut self,
        called: &'a Called<'a>,
        bars: &[Option<TokenStream>],
        out: &mut TokenStream,
    ) {
        let rows = self.call_name(called, "rows");
        let slope = |at: usize| {
            let products = bars.iter().enumerate().filter_map(|(position, bar)| {
                bar.as_ref().map(|bar| quote!(#bar * #rows[#position][#at]))
            });
            quote!(#(#products)+*)
        };
        self.hand_on_arguments(called, &slope, out);
    }

    fn hand_on_arguments(
        &mut self,
        called: &'a Called<'a>,
        slope: &impl Fn(usize) -> TokenStream,
        out: &mut TokenStream,
    ) {
        let mut next = 0;
        for given in &called.arguments {
            self.hand_on_argument(&given.content, &mut next, slope, out);
        }
    }

    fn hand_on_argument(
        &mut self,
        content: &'a Content<'a>,
        next: &mut usize,
        slope: &impl Fn(usize) -> TokenStream,
        out: &mut TokenStream,
    ) {
        match content {
            Content::Element(value) => {
                let at = *next;
                *next += 1;
                if is_active(value) {
                    let (name, slope) = (self.temporary(), slope(at));
                    out.extend(quote!(let #name = #slope;));
                    self.hand_on(value, &Signed::of(name), out);
                }
            }
            Content::Array(parts) => {
                for part in parts {
                    self.hand_on_argument(part, next, slope, out);
                }
            }
            _ => {}
        }
    }
}

/// How many numbers go into a call.
fn numbers_in(called: &Called) -> usize {
    called.arguments.iter().map(Given::numbers).sum()
}

fn rebuilt(
    content: &Content,
    next: &mut usize,
    value: &mut impl FnMut(usize) -> TokenStream,
) -> TokenStream {
    match content {
        Content::Element(_) => {
            *next += 1;
            value(*next - 1)
        }
        Content::Array(parts) => {
            let parts = parts.iter().map(|part| rebuilt(part, next, value));
            quote!([#(#parts),*])
        }
        _ => TokenStream::new(),
    }
}

pub fn part(value: &impl ToTokens, path: &[Member]) -> TokenStream {
    path.iter()
        .fold(value.to_token_stream(), |part, member| match member {
            Member::Element(position) => quote!(#part[#position]),
            Member::Component(position) => {
                let position = syn::Index::from(*position);
                quote!(#part.#position)
            }
        })
}
