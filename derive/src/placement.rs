//! Where the generated functions stand, and what they are called there.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::visit::Visit;
use syn::{Attribute, FnArg, GenericParam, Generics, ItemFn, Path, Receiver, Type};

use crate::number::internal;
use crate::parse::{Function, Parameter};

pub enum Placement {
    /// In a type of the function's name, beside it: functions and types have separate namespaces.
    Beside,
    /// In the `impl` block of an associated function, where no type can stand: the function's name goes before theirs.
    Sibling,
    /// The same in another block of that type, which is known.
    Block(Box<Owner>),
}

/// The type that an annotated `impl` block is of.
#[derive(Clone)]
pub struct Owner {
    pub generics: Generics,
    pub ty: Type,
}

impl Placement {
    /// `owner` is there if the function stands in an annotated block.
    pub fn of(item: &ItemFn, owner: Option<&Owner>) -> Self {
        match owner {
            Some(owner) => Self::Block(Box::new(owner.clone())),
            None if receiver(item).is_some() || mentions_self(item) => Self::Sibling,
            None => Self::Beside,
        }
    }

    /// Whether the name is that of the type that the function is associated with.
    pub fn is_owner(&self, name: &Ident) -> bool {
        let known = match self {
            Self::Block(owner) => owner.name(),
            _ => None,
        };
        name == "Self" || known == Some(name)
    }

    pub fn is_beside(&self) -> bool {
        matches!(self, Self::Beside)
    }
}

impl Function {
    /// `gradient`, or `energy_gradient`.
    pub fn generated_name(&self, name: &str) -> Ident {
        if self.placement.is_beside() {
            format_ident!("{name}")
        } else {
            format_ident!("{}_{name}", self.name())
        }
    }

    /// What the other generated functions call `lift`.
    pub fn lift_path(&self) -> TokenStream {
        match self.lifted_owner() {
            Some(owner) => {
                let (mirror, name) = (owner.mirror_path(), &self.item.sig.ident);
                quote!(#mirror::#name)
            }
            None => {
                let lift = self.generated_name("lift");
                quote!(Self::#lift)
            }
        }
    }

    /// Whether a type of its own stands beside the function.
    pub fn is_beside(&self) -> bool {
        matches!(self.placement, Placement::Beside)
    }

    /// The compiled gradient.
    pub fn adjoint_path(&self) -> TokenStream {
        let adjoint = self.generated_name("adjoint");
        quote!(Self::#adjoint)
    }

    /// The type of `self`, where that is an input.
    pub fn lifted_owner(&self) -> Option<&Owner> {
        let is_input = |parameter: &Parameter| parameter.is_receiver() && parameter.input.is_some();
        match &self.placement {
            Placement::Block(owner) if self.parameters.iter().any(is_input) => Some(owner),
            _ => None,
        }
    }

    /// Whether the name is that of a parameter, of the function or of its block, which the compiler does not compute with.
    pub fn is_generic_name(&self, name: &Ident) -> bool {
        let of_block = match &self.placement {
            Placement::Block(owner) => Some(&owner.generics),
            _ => None,
        };
        let is_generic_self =
            name == "Self" && of_block.is_some_and(|generics| !generics.params.is_empty());
        let all = of_block.into_iter().chain([&self.item.sig.generics]);
        is_generic_self
            || all
                .flat_map(|generics| &generics.params)
                .any(|parameter| match parameter {
                    GenericParam::Type(parameter) => parameter.ident == *name,
                    GenericParam::Const(parameter) => parameter.ident == *name,
                    GenericParam::Lifetime(_) => false,
                })
    }

    /// The function itself, as generated code calls it.
    pub fn original(&self) -> TokenStream {
        let name = &self.item.sig.ident;
        match (&self.placement, self.lifted_owner()) {
            (Placement::Beside, _) => name.to_token_stream(),
            (_, Some(Owner { ty, .. })) => quote!(<#ty>::#name),
            _ => quote!(Self::#name),
        }
    }

    /// Whoever needs only the derivatives has still used the function.
    pub fn used(&self) -> Option<TokenStream> {
        let is_anonymous = |parameter: &Parameter| matches!(parameter.ty, Type::ImplTrait(_));
        if self.takes_functions() || self.parameters.iter().any(is_anonymous) {
            return None;
        }
        let original = self.original();
        let parameters = self.item.sig.generics.params.iter();
        let mut names = parameters
            .filter_map(|parameter| match parameter {
                GenericParam::Lifetime(_) => None,
                GenericParam::Type(parameter) => Some(&parameter.ident),
                GenericParam::Const(parameter) => Some(&parameter.ident),
            })
            .peekable();
        let arguments = names.peek().is_some().then(|| quote!(::<#(#names),*>));
        Some(quote!(let _ = #original #arguments;))
    }

    /// The function itself, as documentation links to it.
    pub fn original_link(&self) -> String {
        let name = &self.item.sig.ident;
        if self.placement.is_beside() {
            format!("[`{name}`](fn@{name})")
        } else {
            let owner = match self.lifted_owner().and_then(Owner::name) {
                Some(owner) => owner.to_string(),
                None => "Self".to_owned(),
            };
            format!("[`{name}`]({owner}::{name})")
        }
    }

    /// Whether the path, in the body, is that of the function itself.
    pub fn is_itself(&self, path: &Path) -> bool {
        let name = &self.item.sig.ident;
        if self.placement.is_beside() {
            return path.get_ident() == Some(name);
        }
        let mut segments = path.segments.iter();
        matches!((segments.next(), segments.next(), segments.next()), (Some(owner), Some(last), None)
            if self.placement.is_owner(&owner.ident) && last.ident == *name)
    }

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
            Placement::Sibling => quote!(#lift #functions),
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

    /// What stands before each generated function: in the user's own block nothing else can keep it quiet.
    pub fn function_attributes(&self) -> TokenStream {
        if !matches!(self.placement, Placement::Sibling) {
            return TokenStream::new();
        }
        let conditions = self.inherited_attributes();
        quote! {
            #(#conditions)*
            #[allow(warnings, unused, clippy::all, clippy::pedantic, clippy::nursery)]
        }
    }

    pub fn inherited_attributes(&self) -> Vec<&Attribute> {
        inherited(&self.item.attrs).collect()
    }
}

/// What holds for the function holds for its derivatives.
pub fn inherited(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes.iter().filter(|attribute| {
        ["cfg", "allow"]
            .iter()
            .any(|name| attribute.path().is_ident(name))
    })
}

pub fn receiver(item: &ItemFn) -> Option<&Receiver> {
    match item.sig.inputs.first() {
        Some(FnArg::Receiver(receiver)) => Some(receiver),
        _ => None,
    }
}

/// What generated code calls the receiver: closures and patterns cannot bind `self`.
pub fn receiver_name() -> Ident {
    internal("self")
}

/// Declares the receiver's name where the parameters begin with the receiver.
pub fn receiver_binding(parameters: &[TokenStream]) -> Option<TokenStream> {
    let first = parameters.first()?.clone().into_iter().next()?;
    let is_receiver = matches!(first, TokenTree::Ident(name) if name == "self");
    let name = receiver_name();
    is_receiver.then(|| quote!(let #name = self;))
}

/// Only inside an `impl` block does `Self` mean anything.
fn mentions_self(item: &ItemFn) -> bool {
    struct Search(bool);
    impl Visit<'_> for Search {
        fn visit_ident(&mut self, ident: &Ident) {
            self.0 |= ident == "Self";
        }
        /// Items inside have a `Self` of their own.
        fn visit_item_impl(&mut self, _: &syn::ItemImpl) {}
        fn visit_item_trait(&mut self, _: &syn::ItemTrait) {}
        fn visit_item_struct(&mut self, _: &syn::ItemStruct) {}
        fn visit_item_enum(&mut self, _: &syn::ItemEnum) {}
        fn visit_macro(&mut self, invocation: &syn::Macro) {
            self.0 |= holds_self(invocation.tokens.clone());
        }
    }
    let mut search = Search(false);
    search.visit_signature(&item.sig);
    search.visit_block(&item.block);
    search.0
}

fn holds_self(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(name) => name == "Self",
        TokenTree::Group(group) => holds_self(group.stream()),
        _ => false,
    })
}
