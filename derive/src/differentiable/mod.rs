//! `#[derive(Differentiable)]`: the struct with numbers in place of its floats, and the way there and back.

mod mirror;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::{
    Attribute, Data, DeriveInput, Field, Fields, GenericParam, Member, Path, Token, Type,
    parse_quote,
};

use crate::diagnostics::Errors;
use crate::kind::{is_float, is_float_free};
use crate::names::number_type;
use mirror::Mirror;

const KEYS: &str =
    "the keys are `constant` on a field, and `float = f32` and `crate = ..` on the struct";

struct Struct {
    item: DeriveInput,
    fields: Vec<Part>,
    float: Ident,
    runtime: Path,
}

struct Part {
    field: Field,
    name: Member,
    is_constant: bool,
}

pub fn derive(item: TokenStream) -> syn::Result<TokenStream> {
    Ok(expand(&parse(syn::parse2(item)?)?))
}

fn parse(item: DeriveInput) -> syn::Result<Struct> {
    let mut errors = Errors::default();
    for parameter in &item.generics.params {
        if let GenericParam::Type(parameter) = parameter {
            errors.push(
                parameter.span(),
                "a type parameter cannot be differentiated; write the type out",
            );
        }
    }
    let options = Options::of(&item.attrs, &mut errors);
    if let Some(constant) = options.constant {
        errors.push(
            constant,
            "`constant` belongs on a field; a struct without the derive is a constant",
        );
    }
    let mut fields = Vec::new();
    for (position, field) in fields_of(&item, &mut errors).into_iter().enumerate() {
        let options = Options::of(&field.attrs, &mut errors);
        if let Some(misplaced) = options
            .float
            .as_ref()
            .map(Ident::span)
            .or(options.runtime.as_ref().map(Spanned::span))
        {
            errors.push(misplaced, "this key belongs on the struct; move it there");
        }
        fields.push(Part {
            is_constant: options.constant.is_some(),
            name: match &field.ident {
                Some(name) => Member::Named(name.clone()),
                None => Member::Unnamed(position.into()),
            },
            field,
        });
    }
    let float = options
        .float
        .unwrap_or_else(|| float_of(&fields, &mut errors));
    errors.check(Struct {
        item,
        fields,
        float,
        runtime: options.runtime.unwrap_or_else(|| parse_quote!(::chainrule)),
    })
}

fn fields_of(item: &DeriveInput, errors: &mut Errors) -> Vec<Field> {
    let message = match &item.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => return fields.named.iter().cloned().collect(),
            Fields::Unnamed(fields) if !fields.unnamed.is_empty() => {
                return fields.unnamed.iter().cloned().collect();
            }
            Fields::Unnamed(_) => {
                "a struct without fields has no floats; where it is a field, mark it `#[differentiable(constant)]`"
            }
            Fields::Unit => {
                "a struct without fields has no floats; where it is a field, mark it `#[differentiable(constant)]`"
            }
        },
        Data::Enum(_) => {
            "an enum cannot be differentiated; write a struct for each variant that holds floats, or, where it is a field, mark it \
             `#[differentiable(constant)]`"
        }
        Data::Union(_) => "a union cannot be differentiated; write a struct",
    };
    errors.push(item.ident.span(), message);
    Vec::new()
}

/// The keys of `#[differentiable(..)]`, on the struct and on its fields.
#[derive(Default)]
struct Options {
    constant: Option<Span>,
    float: Option<Ident>,
    runtime: Option<Path>,
}

impl Options {
    fn of(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut options = Self::default();
        for attribute in attributes {
            if !attribute.path().is_ident("differentiable") {
                continue;
            }
            if !matches!(attribute.meta, syn::Meta::List(_)) {
                errors.push(
                    attribute.path().span(),
                    format!("`#[differentiable(..)]` takes keys in parentheses; {KEYS}"),
                );
                continue;
            }
            let parsed = attribute.parse_args_with(|input: syn::parse::ParseStream| {
                while !input.is_empty() {
                    options.parse_key(input)?;
                    if !input.is_empty() {
                        input.parse::<Token![,]>()?;
                    }
                }
                Ok(())
            });
            if let Err(error) = parsed {
                errors.add(error);
            }
        }
        options
    }

    fn parse_key(&mut self, input: syn::parse::ParseStream) -> syn::Result<()> {
        let key = input.call(<Ident as syn::ext::IdentExt>::parse_any)?;
        match key.to_string().as_str() {
            "constant" => self.constant = Some(key.span()),
            "float" => {
                input.parse::<Token![=]>()?;
                let float: Ident = input.parse()?;
                if float != "f32" && float != "f64" {
                    return Err(syn::Error::new(
                        float.span(),
                        format!("`{float}` is not a float; write `float = f32` or `float = f64`"),
                    ));
                }
                self.float = Some(float);
            }
            "crate" => {
                input.parse::<Token![=]>()?;
                self.runtime = Some(input.call(Path::parse_mod_style)?);
            }
            other => {
                return Err(syn::Error::new(
                    key.span(),
                    format!("unknown key `{other}`; {KEYS}"),
                ));
            }
        }
        Ok(())
    }
}

/// The float of the fields; structs that only hold others say nothing, so it is `f64` then.
fn float_of(fields: &[Part], errors: &mut Errors) -> Ident {
    let mut floats = Vec::new();
    for part in fields.iter().filter(|part| !part.is_constant) {
        collect_floats(part.field.ty.to_token_stream(), &mut floats);
    }
    let first = floats
        .first()
        .cloned()
        .unwrap_or_else(|| Ident::new("f64", Span::call_site()));
    if let Some(other) = floats.iter().find(|float| **float != first) {
        errors.push(
            other.span(),
            format!("fields of `{first}` and `{other}` cannot be mixed; mark those of one float `#[differentiable(constant)]`"),
        );
    }
    first
}

fn collect_floats(tokens: TokenStream, floats: &mut Vec<Ident>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => collect_floats(group.stream(), floats),
            TokenTree::Ident(name) if name == "f32" || name == "f64" => floats.push(name),
            _ => {}
        }
    }
}

impl Struct {
    /// The field's type in the mirror.
    fn lifted_type(&self, part: &Part) -> TokenStream {
        if part.is_constant {
            part.field.ty.to_token_stream()
        } else {
            self.lifted(&part.field.ty)
        }
    }

    fn lifted(&self, ty: &Type) -> TokenStream {
        match ty {
            ty if is_float(ty).is_some() => number_type().to_token_stream(),
            Type::Path(path) if is_float_free(&path.path) => ty.to_token_stream(),
            Type::Array(array) => {
                let (element, length) = (self.lifted(&array.elem), &array.len);
                quote!([#element; #length])
            }
            ty => {
                let (runtime, float, number) = (&self.runtime, &self.float, number_type());
                quote!(<#ty as #runtime::Differentiable<#float>>::Lifted<#number>)
            }
        }
    }

    fn is_tuple(&self) -> bool {
        self.fields
            .iter()
            .any(|part| matches!(part.name, Member::Unnamed(_)))
    }

    fn lifted_parts(&self) -> impl Iterator<Item = &Part> {
        self.fields.iter().filter(|part| !part.is_constant)
    }
}

fn expand(structure: &Struct) -> TokenStream {
    let mirror = Mirror::new(structure);
    let (declaration, differentiable) = (mirror.declaration(), mirror.differentiable());
    let (passing, traits) = (mirror.passing(), mirror.traits());
    quote! {
        #declaration
        #differentiable
        #passing
        #traits
    }
}
