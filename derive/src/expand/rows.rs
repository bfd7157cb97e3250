//! Jacobians by compiled rows.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::plan::Plan;
use super::{Expansion, Head};
use crate::adjoint::outputs::Outputs;
use crate::adjoint::{Adjoint, Row};
use crate::function::{Form, Parameter};
use crate::layout::Size;
use crate::names::{internal, number_type};

/// The hidden function of the outputs and the Jacobian, both flat.
pub struct Rows<'r> {
    name: &'static str,
    is_singular: bool,
    /// Of each row, which of its slopes may be anything but zero, if that is known.
    live: Vec<Option<&'r [bool]>>,
}

impl<'a> Expansion<'a> {
    /// Whether compiled rows fit the inputs and the outputs; else they go through dual numbers.
    pub fn fits_rows(&self) -> bool {
        let has_shape = |(_, input): (_, &crate::function::Input)| {
            matches!(input.form, Form::Shape | Form::Slice)
        };
        matches!(self.layout.size(), Size::Fixed(_))
            && !self.layout.pieces().any(has_shape)
            && self.can_repeat()
            && Outputs::of(self.function).is_some()
    }

    /// The rows, by whichever sweeps they are computed.
    pub fn rows_of<'r>(&self, plan: Plan<'r>) -> Option<Rows<'r>> {
        if let Some(forward) = plan.forward {
            let live = forward.live.iter().map(|live| Some(&live[..]));
            return Some(Rows {
                name: "forward_rows",
                is_singular: forward.is_singular,
                live: live.collect(),
            });
        }
        let adjoint = plan.reverse()?;
        let live = adjoint.rows.iter();
        Some(Rows {
            name: "adjoint_rows",
            is_singular: adjoint.is_singular,
            live: live
                .map(|row| row.flat.as_ref().map(|_| &row.live[..]))
                .collect(),
        })
    }

    /// The function `adjoint_rows`: the outputs and the Jacobian, both flat.
    pub fn rows_function(&self, rows: &Adjoint) -> TokenStream {
        let number = number_type();
        let Size::Fixed(count) = self.layout.size() else {
            return TokenStream::new();
        };
        let parameters = self.given_parameters();
        let (name, length) = (
            self.function.generated_name("adjoint_rows"),
            rows.rows.len(),
        );
        let runtime = &self.runtime;
        let (body, used, result) = (&rows.body, self.function.used(), internal("result"));
        let sweep = &rows.sweep;
        let zero = quote!(#runtime::zero::<#number>());
        let rows = rows.rows.iter().map(|row| self.row(row, &zero));
        let head = self.head_of(
            &name,
            &parameters,
            true,
            &quote!(-> ([#number; #length], [[#number; #count]; #length])),
        );
        quote! {
            #[doc(hidden)]
            #head {
                #used
                #body
                #sweep
                (#result, [#(#rows),*])
            }
        }
    }

    pub fn row(&self, row: &Row, zero: &TokenStream) -> TokenStream {
        match &row.flat {
            Some(flat) => flat.clone(),
            None => self.layout.flat_with(&row.bars, true, zero),
        }
    }

    /// The parameters that the rows take: an output parameter is a variable there.
    pub fn given(&self) -> impl Iterator<Item = &'a Parameter> {
        let function = self.function;
        function
            .parameters
            .iter()
            .filter(|parameter| !parameter.is_output)
    }

    /// `jacobian` and its kin by the rows, or by dual numbers where those are not finite.
    pub fn by_rows(
        &self,
        rows: &Rows,
        head: &Head,
        ty: &TokenStream,
        driver: &TokenStream,
        pattern: &TokenStream,
        result: &TokenStream,
    ) -> TokenStream {
        let (runtime, float, layout) = (&self.runtime, self.float, &self.layout);
        let [flat, outputs, jacobian] = ["flat", "outputs", "jacobian"].map(internal);
        let collected = layout.collected(&flat, &self.names, false);
        let closure = layout.shaped_closure(&self.names, false);
        let arguments = self
            .given()
            .map(|parameter| parameter.name.to_token_stream());
        let name = self.function.generated_name(rows.name);
        let shaped = self.shaped(&outputs);
        let careful = quote! {{
            #collected
            let (#outputs, #jacobian) = #runtime::certain(#runtime::#driver #float, _>(#closure, &#flat[..]));
            (#outputs, #jacobian)
        }};
        let compiled = quote!(Self::#name(#(#arguments),*));
        let run = quote!(let (#outputs, #jacobian) = #compiled;);
        let result_of = |found: TokenStream| quote!(let #pattern = #found; #result);
        let by_rows = result_of(quote!((#shaped, #jacobian)));
        let body = match rows.is_singular {
            true => {
                // Copies, of what else could not stay in registers.
                let has_outputs = self.function.parameters.iter().any(|other| other.is_output);
                let capture = (!has_outputs).then(|| quote!(move));
                let are_finite = self.are_finite(rows, &outputs, &jacobian);
                let by_duals = result_of(quote!(#runtime::carefully(#capture || #careful)));
                quote!(#run if #are_finite { #by_rows } else { #by_duals })
            }
            false => quote!(#run #by_rows),
        };
        self.function(head, &self.own(), ty, &body)
    }

    /// Whether the outputs and the slopes are finite. A sum of them is finite only then, and costs less than a look at
    /// each; where it is too large while they are not, dual numbers find the same.
    fn are_finite(&self, rows: &Rows, outputs: &Ident, jacobian: &Ident) -> TokenStream {
        let runtime = &self.runtime;
        let mut terms: Vec<_> = (0..rows.live.len())
            .map(|at| (quote!(#outputs[#at]), true))
            .collect();
        let mut others = TokenStream::new();
        for (at, live) in rows.live.iter().enumerate() {
            for (input, is_live) in live.unwrap_or_default().iter().enumerate() {
                terms.push((quote!(#jacobian[#at][#input]), *is_live));
            }
            if live.is_none() {
                others.extend(quote!(&& #runtime::Finite::is_finite(&#jacobian[#at])));
            }
        }
        // Two sums of neighbours, so that the compiler can add two at once, as it stores them.
        let (mut even, mut odd) = (Vec::new(), Vec::new());
        for pair in terms.chunks(2) {
            if let [(left, true), (right, _)] | [(left, _), (right, true)] = pair {
                even.push(left.clone());
                odd.push(right.clone());
            } else if let [(alone, true)] = pair {
                even.push(alone.clone());
            }
        }
        let sums = [even, odd].map(|terms| balanced(&terms));
        let sums: Vec<_> = sums.into_iter().filter(|sum| !sum.is_empty()).collect();
        let sum = balanced(&sums);
        quote!(#runtime::Scalar::all_finite(&(#sum)) #others)
    }

    /// The outputs as the function gives them.
    pub fn shaped(&self, flat: &Ident) -> TokenStream {
        match Outputs::of(self.function) {
            Some(outputs) => outputs.rebuilt(flat),
            None => TokenStream::new(),
        }
    }
}

/// A sum whose terms wait for one another as little as can be.
fn balanced(terms: &[TokenStream]) -> TokenStream {
    match terms {
        [] => TokenStream::new(),
        [term] => term.clone(),
        _ => {
            let (left, right) = terms.split_at(terms.len() / 2);
            let (left, right) = (balanced(left), balanced(right));
            quote!((#left + #right))
        }
    }
}
