//! The type beside the function, and what it offers.

mod adjoint;
mod hessian;
mod lift;
mod reversed;
mod rows;
mod shapes;
mod slices;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::visit::Visit;
use syn::{Generics, Type, TypeParamBound, WherePredicate, parse_quote};

use crate::adjoint::{Adjoint, Reason};
use crate::layout::Layout;
use crate::parse::{Form, Function, Parameter};
use crate::placement::receiver_binding;

/// `adjoint`: the compiled gradient, where there is one.
pub fn expand(
    function: &Function,
    body: &TokenStream,
    adjoint: Option<&Result<Adjoint, Reason>>,
) -> TokenStream {
    let mut expansion = Expansion::new(function);
    let lift = expansion.lift(body);
    let mut functions = expansion.lift_of_constant().unwrap_or_default();
    functions.extend(expansion.lift_over());
    if function.takes_functions() {
        return function.enclosed(&lift, &functions);
    }
    let is_single = function.outcome.is_single;
    let fits = match is_single {
        true => expansion.fits(),
        false => expansion.fits_rows(),
    };
    let reversed = match adjoint.filter(|_| fits) {
        Some(Ok(adjoint)) if !is_single => expansion.reversed(adjoint),
        _ => TokenStream::new(),
    };
    let adjoint = match adjoint.filter(|_| fits) {
        Some(Ok(adjoint)) if !adjoint.rows.is_empty() => expansion.rows_worth(adjoint),
        Some(Ok(adjoint)) => {
            let is_curve = matches!(expansion.layout.only(), Some(Form::Scalar));
            if !is_curve {
                let way = " Compiled: a forward and a reverse sweep of plain code.";
                expansion.way = way.to_owned();
            }
            expansion.second_way = match &adjoint.hessian {
                Ok(_) => {
                    " Compiled: a forward sweep and a reverse sweep of second order.".to_owned()
                }
                Err(reason) if is_curve => format!(" By dual numbers, because of {reason}."),
                Err(reason) => {
                    format!(" The compiled gradient over dual numbers, because of {reason}.")
                }
            };
            Some(adjoint)
        }
        Some(Err(reason)) => {
            expansion.way = format!(" By dual numbers, because of {}.", reason.text);
            expansion.second_way = expansion.way.clone();
            None
        }
        None => None,
    };
    let layout = &expansion.layout;
    let is_curve = matches!(layout.only(), Some(Form::Scalar));
    functions.extend(match () {
        () if !is_single => [expansion.of_several(adjoint), expansion.writing_outputs()]
            .into_iter()
            .collect(),
        () if !layout.is_flat() => expansion.over_shapes(),
        () if layout.has_slice() => expansion.over_slices(adjoint),
        () => match adjoint {
            Some(adjoint) if !is_curve => {
                let compiled = expansion.adjoint_over_arrays(adjoint);
                expansion.with_tape(adjoint, compiled, || expansion.over_arrays(None))
            }
            // Along one float, one number carries the slope.
            adjoint => expansion.over_arrays(adjoint),
        },
    });
    if let Some(adjoint) = adjoint {
        let compiled = match is_single {
            true => expansion.adjoint_function(adjoint),
            false => expansion.rows_function(adjoint),
        };
        functions.extend(expansion.with_tape(adjoint, compiled, TokenStream::new));
        if let Ok(hessian) = &adjoint.hessian {
            functions.extend(expansion.hessian_function(hessian));
        }
    }
    functions.extend(match () {
        () if is_curve && is_single => expansion.of_one_scalar(adjoint),
        () if is_curve => expansion.curve(),
        () if layout.only_field().is_some() && is_single => expansion.of_one_field(),
        () if layout.only_field().is_some() => expansion.curve(),
        () => TokenStream::new(),
    });
    let mut tokens = function.enclosed(&lift, &functions);
    tokens.extend(reversed);
    if let Some(adjoint) = adjoint.filter(|_| is_single) {
        let mut compiled = expansion.compiled(adjoint);
        compiled.extend(expansion.reversed_gradient(adjoint));
        tokens.extend(expansion.with_tape(adjoint, compiled, TokenStream::new));
    }
    tokens
}

/// Whether the gradient or the Jacobian is of a form that can be compiled.
pub fn can_be_compiled(function: &Function) -> bool {
    let expansion = Expansion::new(function);
    if !function.outcome.is_single {
        return expansion.fits_rows();
    }
    let is_curve = matches!(expansion.layout.only(), Some(Form::Scalar));
    expansion.fits() && !is_curve
}

struct Expansion<'a> {
    function: &'a Function,
    layout: Layout<'a>,
    runtime: TokenStream,
    float: &'a Ident,
    names: Vec<Ident>,
    point: Ident,
    /// What the documentation says of how the gradient is computed.
    way: String,
    /// And of how the Hessian is.
    second_way: String,
}

/// What a generated function is called and what it says of itself.
struct Head<'a> {
    name: &'a str,
    doc: &'a str,
}

impl<'a> Expansion<'a> {
    fn fits(&self) -> bool {
        self.function.outcome.is_single && self.layout.is_flat() && self.fits_adjoint()
    }

    fn new(function: &'a Function) -> Self {
        let runtime = &function.options.runtime;
        let layout = Layout::new(function);
        let names = layout.names();
        let point = Ident::new("__chainrule_point", Span::mixed_site());
        Self {
            function,
            layout,
            runtime: quote!(#runtime::__private),
            float: &function.float,
            names,
            point,
            way: String::new(),
            second_way: String::new(),
        }
    }

    /// The function's own generics, with what running it over numbers, and more than once, asks of them.
    fn generics(&self) -> Generics {
        let mut generics = self.function.item.sig.generics.clone();
        let runtime = &self.runtime;
        let primal = primitive_in(&self.function.item.sig.generics);
        for parameter in generics.type_params_mut() {
            let is_float = self.function.is_generic && parameter.ident == *self.float;
            let bound: TypeParamBound = match &primal {
                _ if !is_float => parse_quote!(::core::clone::Clone),
                Some(primal) => parse_quote!(#runtime::Scalar<Primal = #primal>),
                None => parse_quote!(#runtime::Scalar),
            };
            parameter.bounds.push(bound);
        }
        generics
    }

    fn function(
        &self,
        head: &Head,
        parameters: &[TokenStream],
        result: &TokenStream,
        body: &TokenStream,
    ) -> TokenStream {
        self.function_if(head, parameters, result, body, None)
    }

    /// The same, where the function is there under a condition.
    fn function_if(
        &self,
        head: &Head,
        parameters: &[TokenStream],
        result: &TokenStream,
        body: &TokenStream,
        condition: Option<WherePredicate>,
    ) -> TokenStream {
        let (name, visibility) = (
            self.function.generated_name(head.name),
            &self.function.item.vis,
        );
        let (attributes, receiver) = (
            self.function.function_attributes(),
            receiver_binding(parameters),
        );
        let mut generics = self.generics();
        if let Some(condition) = condition {
            generics.make_where_clause().predicates.push(condition);
        }
        let condition = &generics.where_clause;
        let way = match head.name {
            "second_derivative" | "value_and_derivatives" => &*self.second_way,
            name if name.contains("hessian") => &*self.second_way,
            name if name.contains("gradient") || name.contains("jacobian") => &*self.way,
            _ => "",
        };
        let doc = format!("{}{way}", head.doc);
        let track = self.layout.has_slice().then(|| quote!(#[track_caller]));
        quote! {
            #attributes
            #[doc = #doc]
            #[inline]
            #track
            #visibility fn #name #generics(#(#parameters),*) -> #result #condition {
                #receiver
                #body
            }
        }
    }

    /// The function's own parameters, in their order.
    fn own(&self) -> Vec<TokenStream> {
        self.function.parameters.iter().map(declared).collect()
    }

    /// The point and the direction, then the constants.
    fn directed(
        &self,
        ty: &TokenStream,
        point: &TokenStream,
        direction: &TokenStream,
    ) -> Vec<TokenStream> {
        let constants = self
            .function
            .parameters
            .iter()
            .filter(|parameter| parameter.is_needed_whole());
        let (receivers, others): (Vec<_>, Vec<_>) =
            constants.partition(|parameter| parameter.is_receiver());
        receivers
            .into_iter()
            .map(declared)
            .chain([quote!(#point: #ty), quote!(#direction: #ty)])
            .chain(others.into_iter().map(declared))
            .collect()
    }

    /// A name for a parameter of ours, beside whatever names the user took.
    fn free_name(&self, name: &str) -> Ident {
        let is_taken = self
            .function
            .parameters
            .iter()
            .any(|parameter| parameter.name == name);
        if is_taken {
            format_ident!("{name}_")
        } else {
            format_ident!("{name}")
        }
    }

    fn closure(&self, names: &[Ident], is_repeated: bool) -> TokenStream {
        let (point, call) = (
            &self.point,
            self.layout.lift_call(&self.point, names, is_repeated),
        );
        quote!(|#point| #call)
    }

    /// By dual numbers; with one float, the second derivative by compiled code if there is some.
    fn over_arrays(&self, curve: Option<&Adjoint>) -> TokenStream {
        let (runtime, float, layout) = (&self.runtime, self.float, &self.layout);
        let (own, names) = (self.own(), &self.names);
        let (closure, flat) = (self.closure(names, false), layout.flat(names, false));
        let shape = layout.bundle_type(false);
        let gradient = format_ident!("__chainrule_gradient");
        let bundle = layout.bundle(&gradient, names);
        let hessian = layout.hessian_type();
        let corner = matches!(layout.only(), Some(Form::Scalar)).then(|| quote!([0][0]));
        let second = match curve.map(|curve| &curve.hessian) {
            Some(Ok(compiled)) => self.second_of_curve(compiled),
            _ => quote!(#runtime::value_gradient_hessian(#closure, #flat)),
        };

        let (point, xs) = layout.bundle_pattern("x");
        let (direction, vs) = layout.bundle_pattern("v");
        let (point_name, direction_name) = (self.free_name("point"), self.free_name("direction"));
        let directed = self.directed(
            &layout.bundle_type(true),
            &point_name.to_token_stream(),
            &direction_name.to_token_stream(),
        );
        let unpack = quote!(let (#point, #direction) = (#point_name, #direction_name););
        let (flat_x, flat_v) = (layout.flat(&xs, true), layout.flat(&vs, true));
        let (once, repeated) = (self.closure(&xs, false), self.closure(&xs, true));

        let mut functions = self.function(
            &Head {
                name: "gradient",
                doc: "The gradient, in the shape of the inputs.",
            },
            &own,
            &shape,
            &quote!(let #gradient = #runtime::gradient(#closure, #flat); #bundle),
        );
        functions.extend(self.function(
            &Head {
                name: "value_and_gradient",
                doc: "The value and the gradient.",
            },
            &own,
            &quote!((#float, #shape)),
            &quote! {
                let (__chainrule_value, #gradient) = #runtime::value_and_gradient(#closure, #flat);
                (__chainrule_value, #bundle)
            },
        ));
        functions.extend(self.function(
            &Head {
                name: "hessian",
                doc: "The Hessian over the inputs in their order, row by row.",
            },
            &own,
            &hessian,
            &quote!(let (_, _, __chainrule_hessian) = #second; __chainrule_hessian #corner),
        ));
        functions.extend(self.function(
            &Head {
                name: "value_gradient_hessian",
                doc: "The value, the gradient and the Hessian in one pass.",
            },
            &own,
            &quote!((#float, #shape, #hessian)),
            &quote! {
                let (__chainrule_value, #gradient, __chainrule_hessian) = #second;
                (__chainrule_value, #bundle, __chainrule_hessian #corner)
            },
        ));
        functions.extend(self.function(
            &Head {
                name: "jvp",
                doc: "The value and the derivative at a point in a direction.",
            },
            &directed,
            &quote!((#float, #float)),
            &quote!(#unpack #runtime::jvp(#once, #flat_x, #flat_v)),
        ));
        let product = layout.bundle(&gradient, &xs);
        functions.extend(self.function(
            &Head {
                name: "hvp",
                doc: "The Hessian at a point times a direction.",
            },
            &directed,
            &shape,
            &quote!(#unpack let #gradient = #runtime::hvp(#repeated, #flat_x, #flat_v); #product),
        ));
        functions
    }

    fn of_one_scalar(&self, adjoint: Option<&Adjoint>) -> TokenStream {
        let (runtime, float, own) = (&self.runtime, self.float, self.own());
        let [name] = &self.names[..] else {
            return TokenStream::new();
        };
        let is_reference = self.function.inputs().any(|(_, input)| input.is_reference);
        let (at, of) = if is_reference {
            (quote!(*#name), quote!(&#name))
        } else {
            (quote!(#name), quote!(#name))
        };
        let arguments = self
            .function
            .parameters
            .iter()
            .map(|parameter| match &parameter.input {
                Some(_) => of.clone(),
                None => parameter.name.to_token_stream(),
            });
        let lift = self.function.lift_path();
        let closure = quote!(|#name| #lift(#(#arguments),*));
        let by = |driver: TokenStream| quote!(#runtime::#driver(#closure, #at));
        let (mut second, mut all) = (
            by(quote!(second_derivative)),
            by(quote!(value_and_derivatives)),
        );
        if let Some(Ok(hessian)) = adjoint.map(|adjoint| &adjoint.hessian) {
            let compiled = self.second_of_curve(hessian);
            second = quote!(let (_, _, [[second]]) = #compiled; second);
            all = quote!(let (value, [first], [[second]]) = #compiled; (value, first, second));
        }
        let rows = [
            (
                "derivative",
                "The derivative.",
                quote!(#float),
                by(quote!(derivative)),
            ),
            (
                "value_and_derivative",
                "The value and the derivative.",
                quote!((#float, #float)),
                by(quote!(value_and_derivative)),
            ),
            (
                "second_derivative",
                "The second derivative.",
                quote!(#float),
                second,
            ),
            (
                "value_and_derivatives",
                "The value, the first and the second derivative.",
                quote!((#float, #float, #float)),
                all,
            ),
        ];
        let functions = rows.iter().map(|(name, doc, result, body)| {
            let result = self.function.outcome.wrap(result);
            self.function(&Head { name, doc }, &own, &result, body)
        });
        functions.collect()
    }
}

/// A constant goes into several runs.
fn declared(parameter: &Parameter) -> TokenStream {
    let (name, ty) = (&parameter.name, &parameter.ty);
    match ty {
        ty if parameter.is_receiver() => quote!(self: #ty),
        Type::ImplTrait(_) => quote!(#name: #ty + ::core::clone::Clone),
        ty => quote!(#name: #ty),
    }
}

/// Bounds such as `T: Mul<f64>` leave one float for the number to stand upon.
fn primitive_in(generics: &Generics) -> Option<Ident> {
    struct Primitives(Option<Ident>);
    impl Visit<'_> for Primitives {
        fn visit_ident(&mut self, ident: &Ident) {
            if ident == "f64" || ident == "f32" {
                self.0.get_or_insert_with(|| ident.clone());
            }
        }
    }
    let mut primitives = Primitives(None);
    primitives.visit_generics(generics);
    primitives.0
}
