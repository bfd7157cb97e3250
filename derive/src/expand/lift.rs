//! `lift`: the function over any number type.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{GenericParam, Generics, ReturnType, Type, WherePredicate};

use super::Expansion;
use crate::function::{Parameter, function_type, type_parameter};
use crate::lifted::{lift_bounds, lifted_type};
use crate::names::{internal, number_type};

impl Expansion<'_> {
    pub fn lift(&self, body: &TokenStream) -> TokenStream {
        if self.function.is_generic {
            return self.own_lift();
        }
        let parameters: Vec<_> = self
            .function
            .parameters
            .iter()
            .map(|parameter| {
                let (pattern, ty) = (&parameter.pattern, self.lifted(parameter));
                quote!(#pattern: #ty)
            })
            .collect();
        // A method of the mirror has the number from its type.
        let has_number = self.function.lifted_owner().is_none();
        let name = if has_number {
            self.function.generated_name("lift")
        } else {
            self.function.item.sig.ident.clone()
        };
        let (head, used) = (
            self.head(&name, &parameters, has_number),
            self.function.used(),
        );
        quote!(#head { #used #body })
    }

    /// The lifted method for a `self` that is a constant, beside the one of the mirror.
    pub fn lift_of_constant(&self) -> Option<TokenStream> {
        let mirror = self.function.lifted_owner()?.mirror_path();
        let (runtime, float, number) = (&self.function.options.runtime, self.float, number_type());
        let (name, lifted) = (&self.function.item.sig.ident, internal("lifted"));
        let (mut parameters, mut arguments) = (Vec::new(), Vec::new());
        let mut subject = quote!(self);
        for parameter in &self.function.parameters {
            let (own, ty) = (&parameter.name, self.lifted(parameter));
            if parameter.is_receiver() {
                parameters.push(quote!(self: #ty));
                let is_reference = matches!(parameter.ty, Type::Reference(_));
                if !is_reference {
                    subject = quote!(&self);
                }
                let reference = is_reference.then(|| quote!(&));
                arguments.push(quote!(#reference #lifted));
            } else {
                parameters.push(quote!(#own: #ty));
                arguments.push(own.to_token_stream());
            }
        }
        let head = self.head(&self.function.generated_name("lift"), &parameters, true);
        Some(quote! {
            #head {
                let #lifted = #runtime::Differentiable::<#float>::lift(#subject, &mut #runtime::__private::constant::<#number>);
                #mirror::#name(#(#arguments),*)
            }
        })
    }

    /// The type of a parameter of `lift`.
    fn lifted(&self, parameter: &Parameter) -> TokenStream {
        if parameter.is_receiver() {
            // Of the type that holds the function, which is the struct or its mirror.
            parameter.ty.to_token_stream()
        } else {
            lifted_type(self.function, &parameter.ty, &parameter.kind())
        }
    }

    pub fn head(&self, name: &Ident, parameters: &[TokenStream], has_number: bool) -> TokenStream {
        let result = match &self.function.item.sig.output {
            ReturnType::Default => TokenStream::new(),
            ReturnType::Type(_, ty) => {
                let ty = lifted_type(self.function, ty, &self.function.result);
                quote!(-> #ty)
            }
        };
        self.head_of(name, parameters, has_number, &result)
    }

    /// The same of a function that gives something else.
    pub fn head_of(
        &self,
        name: &Ident,
        parameters: &[TokenStream],
        has_number: bool,
        result: &TokenStream,
    ) -> TokenStream {
        let (runtime, float, number) = (&self.runtime, self.float, number_type());
        let visibility = &self.function.item.vis;
        let generics = &self.lifted_generics();
        let condition = &generics.where_clause;
        let is_lifetime =
            |parameter: &&GenericParam| matches!(parameter, GenericParam::Lifetime(_));
        let lifetimes = generics.params.iter().filter(is_lifetime);
        let others = generics
            .params
            .iter()
            .filter(|parameter| !is_lifetime(parameter));
        let doc = format!("{} over any number type.", self.function.original_link());
        let attributes = self.function.function_attributes();
        let number = has_number.then(|| quote!(#number: #runtime::Scalar<Primal = #float>,));
        quote! {
            #attributes
            #[doc = #doc]
            #[inline]
            #visibility fn #name<#(#lifetimes,)* #number #(#others,)*>(
                #(#parameters),*
            ) #result #condition
        }
    }

    /// The function's own generics, with the functions among them over numbers.
    fn lifted_generics(&self) -> Generics {
        let mut generics = self.function.item.sig.generics.clone();
        let functions: Vec<_> = self
            .function
            .parameters
            .iter()
            .filter_map(|parameter| {
                Some((type_parameter(&parameter.ty)?, parameter.function.as_ref()?))
            })
            .collect();
        let kind_of = |name: Option<&Ident>| {
            let found = functions.iter().find(|(known, _)| Some(*known) == name);
            found.map(|(_, kind)| *kind)
        };
        for parameter in generics.type_params_mut() {
            if let Some(kind) = kind_of(Some(&parameter.ident)) {
                lift_bounds(self.function, &mut parameter.bounds, kind);
            }
        }
        let conditions = generics.where_clause.iter_mut();
        for condition in conditions.flat_map(|condition| &mut condition.predicates) {
            if let WherePredicate::Type(condition) = condition
                && let Some(kind) = kind_of(type_parameter(&condition.bounded_ty))
            {
                lift_bounds(self.function, &mut condition.bounds, kind);
            }
        }
        generics
    }

    /// `lift` with the number type told first: only then does the compiler know what a closure takes before it reads the
    /// closure.
    pub fn lift_over(&self) -> Option<TokenStream> {
        let function = self.function;
        let generics = &function.item.sig.generics;
        let takes_any = function
            .parameters
            .iter()
            .any(|parameter| function_type(generics, &parameter.ty).is_some());
        if !takes_any {
            return None;
        }
        let number = match function.is_generic {
            true => self.float.clone(),
            false => number_type(),
        };
        let told = internal("number");
        let (mut parameters, mut arguments) = (Vec::new(), Vec::new());
        for (position, parameter) in function.parameters.iter().enumerate() {
            let ty = match function.is_generic {
                true => parameter.ty.to_token_stream(),
                false => self.lifted(parameter),
            };
            let name = match parameter.is_receiver() {
                true => parameter.pattern.to_token_stream(),
                false => internal(&position.to_string()).into_token_stream(),
            };
            parameters.push(quote!(#name: #ty));
            arguments.push(name);
        }
        let at = usize::from(
            function
                .parameters
                .first()
                .is_some_and(Parameter::is_receiver),
        );
        parameters.insert(at, quote!(#told: ::core::marker::PhantomData<#number>));
        let name = function.generated_name("lift_over");
        let head = match function.is_generic {
            true => self.own_head(&name, &parameters),
            false => self.head(&name, &parameters, true),
        };
        let lift = function.generated_name("lift");
        Some(quote! {
            #[doc(hidden)]
            #head {
                Self::#lift(#(#arguments),*)
            }
        })
    }

    /// A function that is generic over its float is its own `lift`.
    fn own_lift(&self) -> TokenStream {
        let (original, name) = (
            self.function.original(),
            self.function.generated_name("lift"),
        );
        let parameters = self.function.parameters.iter();
        let arguments: Vec<_> = parameters
            .clone()
            .enumerate()
            .map(|(position, parameter)| match parameter.is_receiver() {
                true => parameter.pattern.to_token_stream(),
                false => format_ident!("__chainrule_{position}").into_token_stream(),
            })
            .collect();
        let declared: Vec<_> = parameters
            .zip(&arguments)
            .map(|(Parameter { ty, .. }, argument)| quote!(#argument: #ty))
            .collect();
        let head = self.own_head(&name, &declared);
        quote! {
            #head {
                #original(#(#arguments),*)
            }
        }
    }

    fn own_head(&self, name: &Ident, parameters: &[TokenStream]) -> TokenStream {
        let signature = &self.function.item.sig;
        let (visibility, generics) = (&self.function.item.vis, &signature.generics);
        let attributes = self.function.function_attributes();
        let (condition, result) = (&generics.where_clause, &signature.output);
        let doc = format!("{} itself.", self.function.original_link());
        quote! {
            #attributes
            #[doc = #doc]
            #[inline]
            #visibility fn #name #generics(#(#parameters),*) #result #condition
        }
    }
}
