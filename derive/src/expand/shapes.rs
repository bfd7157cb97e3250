//! What is generated for inputs and outputs that do not lie flat by themselves, and for several outputs.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::parse_quote;

use super::heads::{GRADIENT, HESSIAN, HVP, JVP, VALUE_AND_GRADIENT, VALUE_GRADIENT_HESSIAN};
use super::plan::Plan;
use super::{Directed, Expansion, Head};
use crate::function::{Form, Wrapper};
use crate::layout::Size;

/// A run of the function, and what becomes of it.
pub struct Run {
    /// The driver, and its type arguments before the float.
    pub driver: TokenStream,
    pub arguments: TokenStream,
    /// Takes the driver's result apart.
    pub pattern: TokenStream,
    pub result: TokenStream,
}

impl Expansion<'_> {
    /// The driver's result, inside the function's own `Option` or `Result`.
    pub fn run(&self, run: &Run) -> TokenStream {
        let (runtime, float) = (&self.runtime, self.float);
        let Run {
            driver,
            arguments,
            pattern,
            result,
        } = run;
        let outcome = quote!(#runtime::#driver #float, _>(#arguments));
        match self.function.outcome.wrapper {
            Wrapper::None => quote!(let #pattern = #runtime::certain(#outcome); #result),
            Wrapper::Option(_) => quote!(#outcome.ok().map(|#pattern| #result)),
            Wrapper::Result(_) => quote!(#outcome.map(|#pattern| #result)),
        }
    }

    /// A function of the user's own arguments.
    fn at_own(
        &self,
        head: &Head,
        ty: &TokenStream,
        driver: TokenStream,
        pattern: TokenStream,
        result: TokenStream,
    ) -> TokenStream {
        let (layout, flat) = (&self.layout, internal("flat"));
        let collected = layout.collected(&flat, &self.names, false);
        let closure = layout.shaped_closure(&self.names, false);
        let run = self.run(&Run {
            driver,
            arguments: quote!(#closure, &#flat[..]),
            pattern,
            result,
        });
        let ty = self.function.outcome.wrap(ty);
        self.function(head, &self.own(), &ty, &quote!(#collected #run))
    }

    /// A function of a point and a direction.
    fn along(
        &self,
        head: &Head,
        ty: &TokenStream,
        driver: TokenStream,
        pattern: TokenStream,
        result: &dyn Fn(&[Ident]) -> TokenStream,
    ) -> TokenStream {
        let layout = &self.layout;
        let [flat, flat_direction] = ["flat", "direction"].map(internal);
        let Directed {
            parameters,
            unpack,
            xs,
            vs,
        } = self.directed(&layout.shaped_type(true));
        let lengths = layout.check_shapes(&xs, &vs);
        let collected = [
            layout.collected(&flat, &xs, true),
            layout.collected(&flat_direction, &vs, true),
        ];
        let closure = layout.shaped_closure(&xs, true);
        let run = self.run(&Run {
            driver,
            arguments: quote!(#closure, &#flat[..], &#flat_direction[..]),
            pattern,
            result: result(&xs),
        });
        let checks = (head.name == "jvp").then(|| layout.check_fields());
        self.function(
            head,
            &parameters,
            &self.function.outcome.wrap(ty),
            &quote! {
                #checks
                #unpack
                #lengths
                #(#collected)*
                #run
            },
        )
    }

    /// One float, from inputs of any shape; it may be inside an `Option` or a `Result`.
    pub fn over_shapes(&self) -> TokenStream {
        let (runtime, float, layout) = (&self.runtime, self.float, &self.layout);
        let [value, gradient, hessian] = ["value", "gradient", "hessian"].map(internal);
        let driver = layout.size().driver(runtime);
        let shape = layout.shaped_type(false);
        let (rows, corner) = match layout.only() {
            Some(Form::Scalar) => (float.to_token_stream(), quote!([0][0])),
            _ => (
                self.rows(&layout.size(), &layout.size()),
                TokenStream::new(),
            ),
        };
        let first = quote!(shaped_gradient::<#driver,);
        let second = quote!(shaped_hessian::<#driver,);
        let bundle = layout.reshaped(&gradient, &self.names, false);
        let mut functions = self.at_own(
            &GRADIENT,
            &shape,
            first.clone(),
            quote!((_, #gradient)),
            bundle.clone(),
        );
        functions.extend(self.at_own(
            &VALUE_AND_GRADIENT,
            &quote!((#float, #shape)),
            first,
            quote!((#value, #gradient)),
            quote!((#value, #bundle)),
        ));
        functions.extend(self.at_own(
            &HESSIAN,
            &rows,
            second.clone(),
            quote!((_, _, #hessian)),
            quote!(#hessian #corner),
        ));
        functions.extend(self.at_own(
            &VALUE_GRADIENT_HESSIAN,
            &quote!((#float, #shape, #rows)),
            second,
            quote!((#value, #gradient, #hessian)),
            quote!((#value, #bundle, #hessian #corner)),
        ));
        functions.extend(self.along(
            &JVP,
            &quote!((#float, #float)),
            quote!(shaped_jvp::<#driver, #float,),
            value.to_token_stream(),
            &|_| value.to_token_stream(),
        ));
        functions.extend(self.along(
            &HVP,
            &shape,
            quote!(shaped_hvp::<#driver,),
            gradient.to_token_stream(),
            &|xs| layout.reshaped(&gradient, xs, true),
        ));
        functions
    }

    /// The type of a matrix: arrays where both sizes are fixed.
    fn rows(&self, rows: &Size, columns: &Size) -> TokenStream {
        let row = columns.row(&self.float.to_token_stream(), &self.runtime);
        rows.row(&row, &self.runtime)
    }

    /// Several outputs: a tuple, an array, a struct, or what is written through `&mut`.
    pub fn of_several(&self, plan: Plan) -> TokenStream {
        let (runtime, layout) = (&self.runtime, &self.layout);
        let [value, jacobian, slopes] = ["value", "jacobian", "slopes"].map(internal);
        let directions = layout.size();
        let (columns, row_sizes) = directions.clone().together(layout.output_size());
        let matrix = self.rows(&row_sizes, &columns);
        let all = layout.output_type();
        let [directions, columns, row_count] =
            [directions, columns, row_sizes].map(|size| size.driver(runtime));
        let driver = quote!(shaped_jacobian::<#directions, #columns, #row_count, #all,);
        let write_back = layout.write_back(&value, false);
        let heads = [
            (
                Head {
                    name: "jacobian",
                    doc: "The Jacobian: a row for each output, a column for each input, in their order.",
                },
                matrix.clone(),
                quote!({ #write_back #jacobian }),
            ),
            (
                Head {
                    name: "value_and_jacobian",
                    doc: "The outputs and the Jacobian.",
                },
                quote!((#all, #matrix)),
                quote!({ #write_back (#value, #jacobian) }),
            ),
        ];
        let mut functions = TokenStream::new();
        for (head, ty, result) in heads {
            let pattern = quote!((#value, #jacobian));
            functions.extend(match self.rows_of(plan) {
                Some(rows) => self.by_rows(&rows, &head, &ty, &driver, &pattern, &result),
                None => self.at_own(&head, &ty, driver.clone(), pattern, result),
            });
        }
        let head = Head {
            name: "jvp",
            doc: "The outputs and their derivatives at a point in a direction.",
        };
        let driver = quote!(shaped_jvp::<#directions, #all,);
        let write_back = layout.write_back(&value, true);
        functions.extend(match plan.along {
            Some(along) => self.along_of_several(along, &head, &driver),
            None => self.along(
                &head,
                &quote!((#all, #all)),
                driver,
                quote!((#value, #slopes)),
                &|_| quote!({ #write_back (#value, #slopes) }),
            ),
        });
        functions
    }

    /// Several outputs along one float.
    pub fn curve(&self, plan: Plan) -> TokenStream {
        let (runtime, layout, all) = (&self.runtime, &self.layout, self.layout.output_type());
        let [value, slopes, flat] = ["value", "slopes", "flat"].map(internal);
        let driver = layout.size().driver(runtime);
        let collected = layout.collected(&flat, &self.names, false);
        let closure = layout.shaped_closure(&self.names, false);
        let write_back = layout.write_back(&value, false);
        let rows = [
            (
                Head {
                    name: "derivative",
                    doc: "The derivatives of the outputs.",
                },
                all.clone(),
                quote!(#slopes),
            ),
            (
                Head {
                    name: "value_and_derivative",
                    doc: "The outputs and their derivatives.",
                },
                quote!((#all, #all)),
                quote!((#value, #slopes)),
            ),
        ];
        rows.into_iter()
            .map(|(head, ty, result)| {
                let run = |result: TokenStream| {
                    let run = self.run(&Run {
                        driver: quote!(shaped_jvp::<#driver, #all,),
                        arguments: quote!(#closure, &#flat[..], &[#runtime::one()]),
                        pattern: quote!((#value, #slopes)),
                        result,
                    });
                    quote!(#collected #run)
                };
                let body = match plan.along {
                    Some(along) => {
                        let careful = run(self.both_flat(&value, &slopes));
                        let both = self.directional_by_one(along, &quote!({ #careful }));
                        let both = self.both_shaped(&both);
                        quote!(let (#value, #slopes) = #both; #write_back #result)
                    }
                    None => run(quote!({ #write_back #result })),
                };
                let ty = self.function.outcome.wrap(&ty);
                self.function_if(&head, &self.own(), &ty, &body, self.is_one_float())
            })
            .collect()
    }

    /// Of a field the compiler alone knows whether it is one float; of a parameter it is known here. Under `for<'a>` the
    /// compiler takes a condition that does not hold.
    fn is_one_float(&self) -> Option<syn::WherePredicate> {
        let (runtime, held) = (&self.runtime, self.layout.only_field()?);
        Some(parse_quote!(for<'__chainrule_any> #held: #runtime::OneFloat<'__chainrule_any>))
    }

    /// One float, by one field that may be one as well.
    pub fn of_one_field(&self) -> TokenStream {
        let (runtime, float, layout) = (&self.runtime, self.float, &self.layout);
        let [value, gradient, hessian, flat] =
            ["value", "gradient", "hessian", "flat"].map(internal);
        let driver = layout.size().driver(runtime);
        let collected = layout.collected(&flat, &self.names, false);
        let closure = layout.shaped_closure(&self.names, false);
        let first = (quote!(shaped_gradient), quote!((#value, #gradient)));
        let second = (
            quote!(shaped_hessian),
            quote!((#value, #gradient, #hessian)),
        );
        let (slope, curvature) = (quote!(#gradient[0]), quote!(#hessian[0][0]));
        let rows = [
            (
                "derivative",
                "The derivative.",
                quote!(#float),
                &first,
                slope.clone(),
            ),
            (
                "value_and_derivative",
                "The value and the derivative.",
                quote!((#float, #float)),
                &first,
                quote!((#value, #slope)),
            ),
            (
                "second_derivative",
                "The second derivative.",
                quote!(#float),
                &second,
                curvature.clone(),
            ),
            (
                "value_and_derivatives",
                "The value, the first and the second derivative.",
                quote!((#float, #float, #float)),
                &second,
                quote!((#value, #slope, #curvature)),
            ),
        ];
        rows.into_iter()
            .map(|(name, doc, ty, (way, pattern), result)| {
                let run = self.run(&Run {
                    driver: quote!(#way::<#driver,),
                    arguments: quote!(#closure, &#flat[..]),
                    pattern: pattern.clone(),
                    result,
                });
                let ty = self.function.outcome.wrap(&ty);
                let body = quote!(#collected #run);
                let head = Head { name, doc };
                self.function_if(&head, &self.own(), &ty, &body, self.is_one_float())
            })
            .collect()
    }
}

fn internal(name: &str) -> Ident {
    format_ident!("__chainrule_{name}")
}
