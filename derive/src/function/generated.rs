//! What the generated functions are called, and how they call the function itself.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, GenericParam, Path, Type};

use super::{Function, Parameter};
use crate::placement::{Owner, Placement, inherited};

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
