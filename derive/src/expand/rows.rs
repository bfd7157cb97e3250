//! Jacobians by compiled rows.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::adjoint::is_plainly_copy;
use super::{Expansion, Head};
use crate::adjoint::outputs::{Outputs, length};
use crate::adjoint::{Adjoint, Row};
use crate::layout::Size;
use crate::number::{internal, lifted_type, number_type};
use crate::options::Mode;
use crate::parse::{Form, Parameter};

impl<'a> Expansion<'a> {
    /// Whether compiled rows fit the inputs and the outputs; else they go through dual numbers.
    pub fn fits_rows(&self) -> bool {
        let can_repeat = |parameter: &Parameter| {
            parameter.input.is_some() || parameter.is_output || is_plainly_copy(&parameter.ty)
        };
        let has_shape =
            |(_, input): (_, &crate::parse::Input)| matches!(input.form, Form::Shape | Form::Slice);
        matches!(self.layout.size(), Size::Fixed(_))
            && !self.layout.pieces().any(has_shape)
            && self.function.parameters.iter().all(can_repeat)
            && Outputs::of(self.function).is_some()
    }

    /// The rows, if they cost no more than a direction for each input: up to as many outputs as inputs, as measured.
    pub fn rows_worth<'r>(&mut self, rows: &'r Adjoint) -> Option<&'r Adjoint> {
        let inputs = self.layout.pieces().map(|(_, input)| match &input.form {
            Form::Array(lengths) => lengths.iter().map(length).product(),
            _ => Some(1),
        });
        // What is not known here is a const parameter.
        let inputs: Option<usize> = inputs.sum();
        let is_chosen = matches!(self.function.options.mode, Some((Mode::Adjoint, _)));
        if !is_chosen && inputs.is_some_and(|inputs| inputs < rows.rows.len()) {
            self.way = " By dual numbers: there are more outputs than inputs.".to_owned();
            return None;
        }
        self.way = " Compiled: a forward sweep of plain code, and a reverse sweep for each output."
            .to_owned();
        Some(rows)
    }

    /// The function `adjoint_rows`: the outputs and the Jacobian, both flat.
    pub fn rows_function(&self, rows: &Adjoint) -> TokenStream {
        let number = number_type();
        let Size::Fixed(count) = self.layout.size() else {
            return TokenStream::new();
        };
        let parameters: Vec<_> = self
            .given()
            .map(|parameter| {
                let pattern = &parameter.pattern;
                let ty = match parameter.is_receiver() {
                    true => parameter.ty.to_token_stream(),
                    false => lifted_type(self.function, &parameter.ty, &parameter.kind()),
                };
                quote!(#pattern: #ty)
            })
            .collect();
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
    fn given(&self) -> impl Iterator<Item = &'a Parameter> {
        let function = self.function;
        function
            .parameters
            .iter()
            .filter(|parameter| !parameter.is_output)
    }

    /// `jacobian` and its kin by the rows, or by dual numbers where those are not finite.
    pub fn by_rows(
        &self,
        rows: &Adjoint,
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
        let name = self.function.generated_name("adjoint_rows");
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
    fn are_finite(&self, rows: &Adjoint, outputs: &Ident, jacobian: &Ident) -> TokenStream {
        let runtime = &self.runtime;
        let mut terms: Vec<_> = (0..rows.rows.len())
            .map(|at| (quote!(#outputs[#at]), true))
            .collect();
        let mut others = TokenStream::new();
        for (at, row) in rows.rows.iter().enumerate() {
            for (input, is_live) in row.live.iter().enumerate() {
                terms.push((quote!(#jacobian[#at][#input]), *is_live));
            }
            if row.flat.is_none() {
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
    fn shaped(&self, flat: &Ident) -> TokenStream {
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
