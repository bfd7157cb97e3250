//! Methods whose `self` is an input: they are lifted in the struct's mirror, which the derive of `Differentiable` declares.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{
    GenericArgument, GenericParam, ItemFn, ItemImpl, Path, PathArguments, Type, TypeGroup,
    TypeParen,
};

use crate::number::number_type;
use crate::options::Options;
use crate::parse::Function;
use crate::placement::{Owner, inherited};

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
    fn mirror_type(&self) -> TokenStream {
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

impl Function {
    /// `lift` as a method of the mirror.
    pub fn mirror(&self, owner: &Owner, lift: &TokenStream) -> TokenStream {
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
