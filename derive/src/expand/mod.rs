//! The type beside the function, and what it offers.

mod adjoint;
mod forward;
mod hessian;
mod lift;
mod plan;
mod reversed;
mod rows;
mod shapes;
mod slices;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::visit::Visit;
use syn::{Generics, Type, TypeParamBound, WherePredicate, parse_quote};

use crate::adjoint::{Compiled, Reason, Tangents};
use crate::layout::Layout;
use crate::options::Mode;
use crate::parse::{Form, Function, Parameter};
use crate::placement::receiver_binding;
use plan::Plan;

/// `compiled`: the function as plain code, or why there is none.
pub fn expand(
    function: &Function,
    body: &TokenStream,
    compiled: Option<&Result<Compiled, Reason>>,
) -> TokenStream {
    let mut expansion = Expansion::new(function);
    let lift = expansion.lift(body);
    let mut functions = expansion.lift_of_constant().unwrap_or_default();
    functions.extend(expansion.lift_over());
    if function.takes_functions() {
        return function.enclosed(&lift, &functions);
    }
    let (plan, way) = expansion.plan(compiled);
    expansion.way = way;
    expansion.second_way = expansion.second_way(plan);
    functions.extend(expansion.derivatives(plan));
    functions.extend(expansion.compiled_functions(plan));
    let mut tokens = function.enclosed(&lift, &functions);
    tokens.extend(expansion.for_callers(plan));
    match compiled {
        // Without an allocator the runtime has no functions for `Vec`s.
        Some(Ok(Compiled { has_heap: true, .. }))
            if plan.along.is_some() && !expansion.layout.has_slice() =>
        {
            let (runtime, without) = (&expansion.runtime, expand(function, body, None));
            quote!(#runtime::with_alloc! { { #tokens } { #without } })
        }
        _ => tokens,
    }
}

/// Whether the gradient or the Jacobian is of a form that can be compiled in this way.
pub fn can_be_compiled(function: &Function, mode: Mode) -> bool {
    let expansion = Expansion::new(function);
    match function.outcome.is_single {
        true => expansion.fits() && !(mode == Mode::Adjoint && expansion.is_curve()),
        false => expansion.fits_rows(),
    }
}

/// Whether a tangent for each input is to be compiled.
pub fn prefers_forward(function: &Function) -> bool {
    let expansion = Expansion::new(function);
    match function.options.mode {
        Some((mode, _)) => mode == Mode::Forward,
        None => !function.outcome.is_single && expansion.is_tall(),
    }
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
    fn derivatives(&self, plan: Plan) -> TokenStream {
        let layout = &self.layout;
        let is_single = self.function.outcome.is_single;
        let mut functions: TokenStream = match plan.reverse() {
            _ if !is_single => [self.of_several(plan), self.writing_outputs()]
                .into_iter()
                .collect(),
            _ if !layout.is_flat() => self.over_shapes(),
            _ if layout.has_slice() => self.over_slices(plan),
            Some(adjoint) => {
                let compiled = self.adjoint_over_arrays(adjoint, plan);
                self.with_tape(adjoint, compiled, || self.over_arrays(plan))
            }
            None => self.over_arrays(plan),
        };
        let has_field = layout.only_field().is_some();
        functions.extend(match self.is_curve() {
            true if is_single => self.of_one_scalar(plan),
            true => self.curve(plan),
            false if has_field && is_single => self.of_one_field(),
            false if has_field => self.curve(plan),
            false => TokenStream::new(),
        });
        functions
    }

    /// What lets others call the function by its compiled derivatives.
    fn for_callers(&self, plan: Plan) -> TokenStream {
        match plan.adjoint {
            Some(adjoint) if self.function.outcome.is_single => {
                let mut compiled = self.compiled(adjoint);
                compiled.extend(self.reversed_gradient(adjoint));
                self.with_tape(adjoint, compiled, TokenStream::new)
            }
            Some(adjoint) => self.reversed(adjoint),
            None => TokenStream::new(),
        }
    }

    /// The hidden functions of plain code.
    fn compiled_functions(&self, plan: Plan) -> TokenStream {
        let mut functions = TokenStream::new();
        let is_single = self.function.outcome.is_single;
        if let Some(adjoint) = plan.adjoint.filter(|_| is_single || plan.is_reverse) {
            let compiled = match is_single {
                true => self.adjoint_function(adjoint),
                false => self.rows_function(adjoint),
            };
            functions.extend(self.with_tape(adjoint, compiled, TokenStream::new));
            if let Ok(hessian) = &adjoint.hessian {
                functions.extend(self.hessian_function(hessian));
            }
        }
        functions.extend(plan.forward.map(|forward| self.forward_function(forward)));
        functions.extend(plan.along.map(|along| self.along_function(along)));
        functions
    }

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

    /// By tangents or dual numbers; with one float, the second derivative by compiled code if there is some.
    fn over_arrays(&self, plan: Plan) -> TokenStream {
        let (runtime, float, layout) = (&self.runtime, self.float, &self.layout);
        let (own, names) = (self.own(), &self.names);
        let (closure, flat) = (self.closure(names, false), layout.flat(names, false));
        let shape = layout.bundle_type(false);
        let gradient = format_ident!("__chainrule_gradient");
        let bundle = layout.bundle(&gradient, names);
        let hessian = layout.hessian_type();
        let corner = matches!(layout.only(), Some(Form::Scalar)).then(|| quote!([0][0]));
        let curve = plan.adjoint.filter(|_| self.is_curve());
        let second = match curve.map(|curve| &curve.hessian) {
            Some(Ok(compiled)) => self.second_of_curve(compiled),
            _ => quote!(#runtime::value_gradient_hessian(#closure, #flat)),
        };

        let by_duals = quote!(#runtime::value_and_gradient(#closure, #flat));
        let first = match (plan.forward, plan.along) {
            (Some(forward), _) => self.gradient_by_inputs(forward, &by_duals),
            (None, Some(along)) if self.is_curve() => {
                let by_one = self.along_own(along);
                quote!({ let (__chainrule_value, __chainrule_slope) = #by_one; (__chainrule_value, [__chainrule_slope]) })
            }
            _ => by_duals,
        };
        let first = quote!(let (__chainrule_value, #gradient) = #first;);
        let mut functions = self.function(
            &Head {
                name: "gradient",
                doc: "The gradient, in the shape of the inputs.",
            },
            &own,
            &shape,
            &quote!(#first #bundle),
        );
        functions.extend(self.function(
            &Head {
                name: "value_and_gradient",
                doc: "The value and the gradient.",
            },
            &own,
            &quote!((#float, #shape)),
            &quote!(#first (__chainrule_value, #bundle)),
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
        functions.extend(self.jvp(plan));
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
        let repeated = self.closure(&xs, true);
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

    /// The derivative in a direction, of inputs of fixed sizes.
    fn jvp(&self, plan: Plan) -> TokenStream {
        let (runtime, float, layout) = (&self.runtime, self.float, &self.layout);
        let (point, xs) = layout.bundle_pattern("x");
        let (direction, vs) = layout.bundle_pattern("v");
        let (point_name, direction_name) = (self.free_name("point"), self.free_name("direction"));
        let directed = self.directed(
            &layout.bundle_type(true),
            &point_name.to_token_stream(),
            &direction_name.to_token_stream(),
        );
        let (flat_x, flat_v) = (layout.flat(&xs, true), layout.flat(&vs, true));
        let closure = self.closure(&xs, false);
        let by_duals = quote!(#runtime::jvp(#closure, #flat_x, #flat_v));
        let both = match plan.along {
            Some(along) => self.directional(along, &xs, &vs, &by_duals),
            None => by_duals,
        };
        self.function(
            &Head {
                name: "jvp",
                doc: "The value and the derivative at a point in a direction.",
            },
            &directed,
            &quote!((#float, #float)),
            &quote!(let (#point, #direction) = (#point_name, #direction_name); #both),
        )
    }

    /// The function of its one float, over any number type, and that float.
    fn of_own_float(&self) -> (TokenStream, TokenStream) {
        let [name] = &self.names[..] else {
            return (TokenStream::new(), TokenStream::new());
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
        (quote!(|#name| #lift(#(#arguments),*)), at)
    }

    /// The value and the derivative by the one float.
    fn along_own(&self, along: &Tangents) -> TokenStream {
        let (runtime, (closure, at)) = (&self.runtime, self.of_own_float());
        let by_duals = quote!(#runtime::value_and_derivative(#closure, #at));
        self.directional_by_one(along, &by_duals)
    }

    fn of_one_scalar(&self, plan: Plan) -> TokenStream {
        let (runtime, float, own) = (&self.runtime, self.float, self.own());
        let (closure, at) = self.of_own_float();
        let by = |driver: TokenStream| quote!(#runtime::#driver(#closure, #at));
        let (mut value_and_first, mut first) =
            (by(quote!(value_and_derivative)), by(quote!(derivative)));
        if let Some(along) = plan.along {
            value_and_first = self.along_own(along);
            first = quote!(#value_and_first.1);
        }
        let (mut second, mut all) = (
            by(quote!(second_derivative)),
            by(quote!(value_and_derivatives)),
        );
        if let Some(Ok(hessian)) = plan.adjoint.map(|adjoint| &adjoint.hessian) {
            let compiled = self.second_of_curve(hessian);
            second = quote!(let (_, _, [[second]]) = #compiled; second);
            all = quote!(let (value, [first], [[second]]) = #compiled; (value, first, second));
        }
        let rows = [
            ("derivative", "The derivative.", quote!(#float), first),
            (
                "value_and_derivative",
                "The value and the derivative.",
                quote!((#float, #float)),
                value_and_first,
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
