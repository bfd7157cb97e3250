//! The struct over a number type, and what it can do.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{GenericParam, Member};

use super::{Part, Struct};
use crate::names::number_type;

/// The struct over a number type.
pub struct Mirror<'a> {
    structure: &'a Struct,
    name: Ident,
    /// The parameters with the number among them, and the arguments that give them back.
    parameters: Vec<TokenStream>,
    arguments: Vec<TokenStream>,
}

impl<'a> Mirror<'a> {
    pub fn new(structure: &'a Struct) -> Self {
        let number = number_type();
        let (mut parameters, mut arguments) = (Vec::new(), Vec::new());
        let mut constants = Vec::new();
        for parameter in &structure.item.generics.params {
            match parameter {
                GenericParam::Lifetime(lifetime) => {
                    parameters.push(quote!(#lifetime));
                    arguments.push(lifetime.lifetime.to_token_stream());
                }
                GenericParam::Const(constant) => {
                    let (name, ty) = (&constant.ident, &constant.ty);
                    constants.push((quote!(const #name: #ty), name.to_token_stream()));
                }
                GenericParam::Type(_) => {}
            }
        }
        parameters.push(number.to_token_stream());
        arguments.push(number.to_token_stream());
        for (parameter, argument) in constants {
            parameters.push(parameter);
            arguments.push(argument);
        }
        Self {
            structure,
            name: format_ident!("Lifted{}", structure.item.ident),
            parameters,
            arguments,
        }
    }

    pub fn declaration(&self) -> TokenStream {
        let (item, name, parameters) = (&self.structure.item, &self.name, &self.parameters);
        let (visibility, condition) = (&item.vis, &item.generics.where_clause);
        let doc = format!("[`{}`] with numbers in place of its floats.", item.ident);
        let fields = self.structure.fields.iter().map(|part| {
            let visibility = &part.field.vis;
            let label = part.field.ident.as_ref().map(|name| quote!(#name:));
            let ty = self.structure.lifted_type(part);
            let doc = format!("`{}` of [`{}`].", part.name.to_token_stream(), item.ident);
            quote!(#[doc = #doc] #visibility #label #ty)
        });
        let content = if self.structure.is_tuple() {
            quote!((#(#fields),*) #condition;)
        } else {
            quote!(#condition { #(#fields),* })
        };
        quote! {
            #[doc = #doc]
            #[allow(dead_code, clippy::all, clippy::pedantic)]
            #visibility struct #name<#(#parameters),*> #content
        }
    }

    pub fn differentiable(&self) -> TokenStream {
        let Self {
            structure,
            name,
            arguments,
            ..
        } = self;
        let Struct {
            item,
            fields,
            float,
            runtime,
        } = structure;
        let (generics, own, condition) = item.generics.split_for_impl();
        let (original, number) = (&item.ident, number_type());
        let parts: Vec<_> = structure.lifted_parts().collect();
        let names = parts.iter().map(|part| &part.name);
        let types: Vec<_> = parts.iter().map(|part| &part.field.ty).collect();
        let part_of = |part: &Part, lifted: TokenStream| {
            let name = &part.name;
            if part.is_constant {
                quote!(::core::clone::Clone::clone(&__chainrule_from.#name))
            } else {
                lifted
            }
        };
        let lifted = fields.iter().map(|part| {
            let name = &part.name;
            let value = part_of(part, quote!(#runtime::Differentiable::<#float>::lift(&__chainrule_from.#name, __chainrule_map)));
            quote!(#name: #value)
        });
        let lowered = fields.iter().map(|part| {
            let (name, ty) = (&part.name, &part.field.ty);
            let value = part_of(part, quote!(<#ty as #runtime::Differentiable<#float>>::lower(&__chainrule_from.#name, __chainrule_map)));
            quote!(#name: #value)
        });
        quote! {
            #[allow(warnings, clippy::all, clippy::pedantic, clippy::nursery)]
            impl #generics #runtime::Differentiable<#float> for #original #own #condition {
                type Lifted<#number> = #name<#(#arguments),*>;
                const COUNT: ::core::option::Option<usize> = #runtime::__private::total_count(&[
                    #(<#types as #runtime::Differentiable<#float>>::COUNT),*
                ]);
                #[inline]
                fn count(&self) -> usize {
                    0 #(+ #runtime::Differentiable::<#float>::count(&self.#names))*
                }
                #[inline]
                fn lift<#number>(
                    &self,
                    __chainrule_map: &mut impl ::core::ops::FnMut(#float) -> #number,
                ) -> Self::Lifted<#number> {
                    let __chainrule_from = self;
                    #name { #(#lifted),* }
                }
                #[inline]
                fn lower<#number>(
                    __chainrule_from: &Self::Lifted<#number>,
                    __chainrule_map: &mut impl ::core::ops::FnMut(&#number) -> #float,
                ) -> Self {
                    Self { #(#lowered),* }
                }
            }
        }
    }

    /// A plain struct goes to inputs and to constants of a called function alike.
    pub fn passing(&self) -> TokenStream {
        let Self {
            structure,
            name,
            parameters,
            arguments,
        } = self;
        let Struct {
            item,
            float,
            runtime,
            ..
        } = structure;
        let (generics, own, condition) = item.generics.split_for_impl();
        let (original, number) = (&item.ident, number_type());
        let own_conditions = self.own_conditions();
        let plain = quote! {
            type Plain = #original #own;
            type View = #original #own;
        };
        quote! {
            #[allow(warnings, clippy::all, clippy::pedantic, clippy::nursery)]
            const _: () = {
                impl #generics #runtime::__private::ToPlain for #original #own
                where
                    #(#own_conditions,)*
                    for<'__chainrule> #original #own: ::core::clone::Clone,
                {
                    #plain
                    #[inline]
                    fn to_plain(&self) -> Self {
                        ::core::clone::Clone::clone(self)
                    }
                }
                impl<#(#parameters),*> #runtime::__private::ToPlain for #name<#(#arguments),*>
                where
                    #(#own_conditions,)*
                    #number: #runtime::Scalar<Primal = #float>,
                {
                    #plain
                    #[inline]
                    fn to_plain(&self) -> #original #own {
                        #runtime::Differentiable::<#float>::lower(
                            self,
                            &mut |__chainrule_number| #runtime::Scalar::primal(*__chainrule_number),
                        )
                    }
                }
                impl<#(#parameters),*> #runtime::__private::InParts for #name<#(#arguments),*>
                where
                    #(#own_conditions,)*
                    #number: #runtime::Scalar<Primal = #float>,
                {}
                impl #generics #runtime::__private::Passable for #original #own #condition {
                    type Way = #runtime::__private::ByValue;
                }
                impl #generics #runtime::__private::FromPlain<Self> for #original #own #condition {
                    #[inline]
                    fn from_plain(value: Self) -> Self {
                        value
                    }
                    #[inline]
                    fn copied(value: &Self) -> Self {
                        let same = #runtime::Differentiable::<#float>::lift(value, &mut |x: #float| x);
                        #runtime::Differentiable::<#float>::lower(&same, &mut |x: &#float| *x)
                    }
                    #[inline]
                    fn same<__ChainruleFamily: #runtime::__private::Family>(
                        plain: &__ChainruleFamily::Of<Self>,
                    ) -> ::core::option::Option<&__ChainruleFamily::Of<Self>> {
                        ::core::option::Option::Some(plain)
                    }
                }
                impl #generics #runtime::__private::Lend<Self> for #original #own #condition {
                    type Slot = ();
                    #[inline]
                    fn lend<'__chainrule>(plain: &'__chainrule Self, _: &'__chainrule mut ()) -> &'__chainrule Self {
                        plain
                    }
                }
                impl<#(#parameters),*> #runtime::__private::FromPlain<#original #own> for #name<#(#arguments),*>
                where
                    #(#own_conditions,)*
                    #number: #runtime::Scalar<Primal = #float>,
                {
                    #[inline]
                    fn from_plain(value: #original #own) -> Self {
                        #runtime::__private::FromPlain::copied(&value)
                    }
                    #[inline]
                    fn copied(value: &#original #own) -> Self {
                        #runtime::Differentiable::<#float>::lift(
                            value,
                            &mut <#number as #runtime::Scalar>::from_primal,
                        )
                    }
                }
                impl<#(#parameters),*> #runtime::__private::Lend<#original #own> for #name<#(#arguments),*>
                where
                    #(#own_conditions,)*
                    #number: #runtime::Scalar<Primal = #float>,
                {
                    type Slot = ::core::option::Option<Self>;
                    #[inline]
                    fn lend<'__chainrule>(
                        plain: &'__chainrule #original #own,
                        slot: &'__chainrule mut ::core::option::Option<Self>,
                    ) -> &'__chainrule Self {
                        slot.insert(#runtime::__private::FromPlain::copied(plain))
                    }
                }
            };
        }
    }

    /// What the struct's own `where` asks.
    fn own_conditions(&self) -> Vec<&syn::WherePredicate> {
        let condition = self.structure.item.generics.where_clause.as_ref();
        condition
            .into_iter()
            .flat_map(|condition| &condition.predicates)
            .collect()
    }

    /// What the struct can do and bodies rely on. A derive does not see the others, so each is conditional on the
    /// struct; under `for<'a>` the compiler takes a condition that does not hold.
    pub fn traits(&self) -> TokenStream {
        let Self {
            structure,
            name,
            parameters,
            arguments,
        } = self;
        let (_, own, _) = structure.item.generics.split_for_impl();
        let (original, number) = (&structure.item.ident, number_type());
        let types: Vec<_> = structure
            .fields
            .iter()
            .map(|part| structure.lifted_type(part))
            .collect();
        let names: Vec<_> = structure.fields.iter().map(|part| &part.name).collect();
        let own_conditions = self.own_conditions();
        let label = original.to_string();
        let fields = names.iter().map(|name| match name {
            Member::Named(name) => {
                let label = name.to_string();
                quote!(.field(#label, &self.#name))
            }
            Member::Unnamed(index) => quote!(.field(&self.#index)),
        });
        let begin = format_ident!(
            "{}",
            if structure.is_tuple() {
                "debug_tuple"
            } else {
                "debug_struct"
            }
        );
        let rows = [
            (
                quote!(::core::clone::Clone),
                quote! {
                    #[inline]
                    fn clone(&self) -> Self {
                        Self { #(#names: ::core::clone::Clone::clone(&self.#names)),* }
                    }
                },
            ),
            (quote!(::core::marker::Copy), TokenStream::new()),
            (
                quote!(::core::fmt::Debug),
                quote! {
                    fn fmt(&self, __chainrule_to: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                        __chainrule_to.#begin(#label) #(#fields)* .finish()
                    }
                },
            ),
        ];
        rows.iter()
            .map(|(bound, methods)| {
                quote! {
                    #[allow(warnings, clippy::all, clippy::pedantic, clippy::nursery)]
                    impl<#(#parameters),*> #bound for #name<#(#arguments),*>
                    where
                        #(#own_conditions,)*
                        #number: #bound,
                        for<'__chainrule> #original #own: #bound,
                        #(for<'__chainrule> #types: #bound,)*
                    {
                        #methods
                    }
                }
            })
            .collect()
    }
}
