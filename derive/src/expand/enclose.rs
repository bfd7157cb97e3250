//! What holds the generated functions: a type beside the function, or the `impl` block of its own type, and of the mirror that
//! the derive of `Differentiable` declares.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{GenericParam, Visibility};

use crate::function::Function;
use crate::names::number_type;
use crate::placement::{Owner, Placement, inherited};

impl Function {
    /// All generated functions, in what holds them.
    pub fn enclosed(&self, lift: &TokenStream, functions: &TokenStream) -> TokenStream {
        let conditions = self.inherited_attributes();
        match &self.placement {
            Placement::Beside => {
                let (name, visibility) = (self.name(), &self.item.vis);
                let doc = format!("The derivatives of {}.", self.original_link());
                quote! {
                    #(#conditions)*
                    #[doc = #doc]
                    #[allow(non_camel_case_types, dead_code)]
                    #visibility enum #name {}

                    #(#conditions)*
                    #[allow(warnings, unused, clippy::all, clippy::pedantic, clippy::nursery)]
                    impl #name {
                        #lift
                        #functions
                    }
                }
            }
            Placement::Sibling => {
                let place = self.needed_place();
                quote!(#place #lift #functions)
            }
            Placement::Block(owner) => {
                let Owner { generics, ty } = &**owner;
                let (parameters, _, condition) = generics.split_for_impl();
                let (lift, mirrored) = match self.lifted_owner() {
                    Some(owner) => (None, Some(self.mirror(owner, lift))),
                    None => (Some(lift), None),
                };
                quote! {
                    #(#conditions)*
                    #[allow(warnings, unused, clippy::all, clippy::pedantic, clippy::nursery)]
                    impl #parameters #ty #condition {
                        #lift
                        #functions
                    }
                    #mirrored
                }
            }
        }
    }

    /// In the `impl` of a trait the compiler refuses one generated function after the other. The first thing that it refuses
    /// says by its name what to do. Functions of such a block have no visibility of their own.
    fn needed_place(&self) -> Option<TokenStream> {
        let is_private = matches!(self.item.vis, Visibility::Inherited);
        let name = format_ident!("move_{}_to_an_impl_block_of_the_type", self.name().unraw());
        let conditions = self.inherited_attributes();
        is_private.then(|| {
            quote! {
                #(#conditions)*
                #[doc(hidden)]
                #[allow(non_upper_case_globals, dead_code)]
                const #name: () = ();
            }
        })
    }

    /// `lift` as a method of the mirror.
    fn mirror(&self, owner: &Owner, lift: &TokenStream) -> TokenStream {
        let (runtime, float, number) = (&self.options.runtime, &self.float, number_type());
        let conditions = inherited(&self.item.attrs);
        let parameters = || owner.generics.params.iter();
        let is_lifetime =
            |parameter: &&GenericParam| matches!(parameter, GenericParam::Lifetime(_));
        let lifetimes = parameters().filter(is_lifetime);
        let others = parameters().filter(|parameter| !is_lifetime(parameter));
        let (mirror, condition) = (owner.mirror_type(), &owner.generics.where_clause);
        quote! {
            #(#conditions)*
            #[allow(warnings, unused, clippy::all, clippy::pedantic, clippy::nursery)]
            impl<#(#lifetimes,)* #number: #runtime::__private::Scalar<Primal = #float>, #(#others),*> #mirror #condition {
                #lift
            }
        }
    }
}
