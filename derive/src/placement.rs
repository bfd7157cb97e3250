//! Where the generated functions stand: beside the function, or in the `impl` block of a type.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::visit::Visit;
use syn::{
    Attribute, FnArg, GenericArgument, Generics, ItemFn, ItemImpl, Path, PathArguments, Receiver,
    Type, TypeGroup, TypeParen,
};

use crate::names::{internal, number_type};
use crate::options::Options;

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

impl Owner {
    pub fn of(block: &ItemImpl) -> Self {
        let mut ty = &*block.self_ty;
        while let Type::Paren(TypeParen { elem, .. }) | Type::Group(TypeGroup { elem, .. }) = ty {
            ty = elem;
        }
        Self {
            generics: block.generics.clone(),
            ty: ty.clone(),
        }
    }

    fn path(&self) -> Option<&Path> {
        match &self.ty {
            Type::Path(path) if path.qself.is_none() => Some(&path.path),
            _ => None,
        }
    }

    pub fn name(&self) -> Option<&Ident> {
        Some(&self.path()?.segments.last()?.ident)
    }

    /// The path without arguments, which expressions leave to the compiler.
    fn bare_path(&self) -> Option<Path> {
        let mut path = self.path()?.clone();
        if let Some(last) = path.segments.last_mut() {
            last.arguments = PathArguments::None;
        }
        Some(path)
    }

    /// The mirror's path, without arguments.
    pub fn mirror_path(&self) -> Option<Path> {
        let mut path = self.bare_path()?;
        let last = path.segments.last_mut()?;
        last.ident = format_ident!("Lifted{}", last.ident);
        Some(path)
    }

    /// The mirror over the number type, which stands between lifetimes and constants.
    pub fn mirror_type(&self) -> TokenStream {
        let (path, number) = (self.mirror_path(), number_type());
        let arguments = match self.path().and_then(|path| path.segments.last()) {
            Some(last) => match &last.arguments {
                PathArguments::AngleBracketed(arguments) => arguments.args.iter().collect(),
                _ => Vec::new(),
            },
            None => Vec::new(),
        };
        let (lifetimes, others): (Vec<_>, Vec<&GenericArgument>) = arguments
            .into_iter()
            .partition(|argument| matches!(argument, GenericArgument::Lifetime(_)));
        quote!(#path<#(#lifetimes,)* #number, #(#others),*>)
    }

    /// Writes the type's name for `Self`: in the mirror that would be another type, and an alias cannot name it at all.
    pub fn name_self(&self, item: &mut ItemFn, options: &mut Options) {
        let takes_self = options
            .wrt
            .iter()
            .flatten()
            .any(|wanted| wanted.parameter == "self");
        let last = self.path().and_then(|path| path.segments.last());
        let has_arguments = last.is_some_and(|last| !last.arguments.is_none());
        if has_arguments && !takes_self {
            return;
        }
        let Some(bare) = self.bare_path() else {
            return;
        };
        let mut named = ItemFn::clone(item);
        let inputs = substituted(item.sig.inputs.to_token_stream(), &self.ty);
        if let Ok(inputs) =
            syn::parse::Parser::parse2(syn::punctuated::Punctuated::parse_terminated, inputs)
        {
            named.sig.inputs = inputs;
        }
        let output = substituted(item.sig.output.to_token_stream(), &self.ty);
        if let Ok(output) = syn::parse2(output) {
            named.sig.output = output;
        }
        let block = substituted(item.block.to_token_stream(), &bare);
        if let Ok(block) = syn::parse2(block) {
            named.block = block;
        }
        *item = named;
        for constant in &mut options.constant {
            if let Ok(path) = syn::parse2(substituted(constant.to_token_stream(), &bare)) {
                *constant = path;
            }
        }
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

fn substituted(tokens: TokenStream, replacement: &impl ToTokens) -> TokenStream {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Ident(name) if name == "Self" => {
                // Where the user wrote it is where mistakes are shown.
                let respanned = replacement.to_token_stream().into_iter().map(|mut token| {
                    token.set_span(name.span());
                    token
                });
                respanned.collect()
            }
            TokenTree::Group(group) => {
                let mut inner =
                    Group::new(group.delimiter(), substituted(group.stream(), replacement));
                inner.set_span(group.span());
                TokenStream::from(TokenTree::Group(inner))
            }
            token => token.into(),
        })
        .collect()
}
