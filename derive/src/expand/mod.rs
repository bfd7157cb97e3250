//! The type beside the function, and what it offers.

mod adjoint;
mod arrays;
mod curve;
mod enclose;
mod forward;
mod heads;
mod hessian;
mod lift;
mod plan;
mod reversed;
mod rows;
mod shapes;
mod slices;
mod solver;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::visit::Visit;
use syn::{Generics, Type, TypeParamBound, WherePredicate, parse_quote};

use crate::adjoint::{Compiled, Reason};
use crate::function::{Function, Parameter};
use crate::layout::Layout;
use crate::options::Mode;
use crate::placement::receiver_binding;
use heads::Head;
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

/// A function of a point and a direction.
struct Directed {
    parameters: Vec<TokenStream>,
    /// Takes both apart, into these.
    unpack: TokenStream,
    xs: Vec<Ident>,
    vs: Vec<Ident>,
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
                let without = Plan {
                    is_reverse: false,
                    ..plan
                };
                self.with_tape(adjoint, self.over_arrays(plan), || {
                    self.over_arrays(without)
                })
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
        functions.extend(self.for_solvers());
        functions
    }

    /// What lets others call the function by its compiled derivatives.
    fn for_callers(&self, plan: Plan) -> TokenStream {
        match plan.adjoint {
            Some(adjoint) if self.function.outcome.is_single => {
                let mut compiled = self.compiled(adjoint, plan);
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
            if let Some(Ok(hessian)) = plan.hessian {
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
        let is_checked = self.layout.has_slice() || solver::FORMS.contains(&head.name);
        let track = is_checked.then(|| quote!(#[track_caller]));
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
    fn directed(&self, ty: &TokenStream) -> Directed {
        let [point, direction] = ["point", "direction"].map(|name| self.free_name(name));
        let constants = self
            .function
            .parameters
            .iter()
            .filter(|parameter| parameter.is_needed_whole());
        let (receivers, others): (Vec<_>, Vec<_>) =
            constants.partition(|parameter| parameter.is_receiver());
        let parameters = receivers
            .into_iter()
            .map(declared)
            .chain([quote!(#point: #ty), quote!(#direction: #ty)])
            .chain(others.into_iter().map(declared))
            .collect();
        let (x, xs) = self.layout.bundle_pattern("x");
        let (v, vs) = self.layout.bundle_pattern("v");
        Directed {
            parameters,
            unpack: quote!(let (#x, #v) = (#point, #direction);),
            xs,
            vs,
        }
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
