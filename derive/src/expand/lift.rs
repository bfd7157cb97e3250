//! `lift`: the function over any number type.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{GenericParam, ReturnType, Type};

use super::Expansion;
use crate::number::{internal, lifted_type, number_type};
use crate::parse::Parameter;

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
        let (runtime, float, number) = (&self.runtime, self.float, number_type());
        let visibility = &self.function.item.vis;
        let generics = &self.function.item.sig.generics;
        let condition = &generics.where_clause;
        let is_lifetime =
            |parameter: &&GenericParam| matches!(parameter, GenericParam::Lifetime(_));
        let lifetimes = generics.params.iter().filter(is_lifetime);
        let others = generics
            .params
            .iter()
            .filter(|parameter| !is_lifetime(parameter));
        let result = match &self.function.item.sig.output {
            ReturnType::Default => TokenStream::new(),
            ReturnType::Type(_, ty) => {
                let ty = lifted_type(self.function, ty, &self.function.result);
                quote!(-> #ty)
            }
        };
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

    /// A function that is generic over its float is its own `lift`.
    fn own_lift(&self) -> TokenStream {
        let signature = &self.function.item.sig;
        let (visibility, generics) = (&self.function.item.vis, &signature.generics);
        let (original, name) = (
            self.function.original(),
            self.function.generated_name("lift"),
        );
        let attributes = self.function.function_attributes();
        let (condition, result) = (&generics.where_clause, &signature.output);
        let parameters = self.function.parameters.iter();
        let arguments: Vec<_> = parameters
            .clone()
            .enumerate()
            .map(|(position, parameter)| match parameter.is_receiver() {
                true => parameter.pattern.to_token_stream(),
                false => format_ident!("__chainrule_{position}").into_token_stream(),
            })
            .collect();
        let types = parameters.map(|parameter| &parameter.ty);
        let doc = format!("{} itself.", self.function.original_link());
        quote! {
            #attributes
            #[doc = #doc]
            #[inline]
            #visibility fn #name #generics(#(#arguments: #types),*) #result #condition {
                #original(#(#arguments),*)
            }
        }
    }
}
