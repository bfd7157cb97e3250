//! `#[derive(Differentiable)]`: the struct with numbers in place of its floats, and the way there and back.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::{
    Attribute, Data, DeriveInput, Field, Fields, GenericParam, Path, Token, Type, parse_quote,
};

use crate::diagnostics::Errors;
use crate::kind::{is_float, is_float_free};
use crate::number::number_type;

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
    name: Ident,
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
    for field in named_fields(&item, &mut errors) {
        let options = Options::of(&field.attrs, &mut errors);
        if let Some(misplaced) = options
            .float
            .as_ref()
            .map(Ident::span)
            .or(options.runtime.as_ref().map(Spanned::span))
        {
            errors.push(misplaced, "this key belongs on the struct; move it there");
        }
        if let Some(name) = field.ident.clone() {
            fields.push(Part {
                is_constant: options.constant.is_some(),
                field,
                name,
            });
        }
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

fn named_fields(item: &DeriveInput, errors: &mut Errors) -> Vec<Field> {
    let message = match &item.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => return fields.named.iter().cloned().collect(),
            Fields::Unnamed(_) => "a tuple struct cannot be differentiated; give its fields names",
            Fields::Unit => {
                "a struct without fields has no floats; where it is a field, mark it `#[differentiable(constant)]`"
            }
        },
        Data::Enum(_) => {
            "an enum cannot be differentiated; where it is a field, mark it `#[differentiable(constant)]`"
        }
        Data::Union(_) => "a union cannot be differentiated; write a struct with named fields",
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

/// The struct over a number type.
struct Mirror<'a> {
    structure: &'a Struct,
    name: Ident,
    /// The parameters with the number among them, and the arguments that give them back.
    parameters: Vec<TokenStream>,
    arguments: Vec<TokenStream>,
}

impl<'a> Mirror<'a> {
    fn new(structure: &'a Struct) -> Self {
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

    fn declaration(&self) -> TokenStream {
        let (item, name, parameters) = (&self.structure.item, &self.name, &self.parameters);
        let (visibility, condition) = (&item.vis, &item.generics.where_clause);
        let doc = format!("[`{}`] with numbers in place of its floats.", item.ident);
        let fields = self.structure.fields.iter().map(|part| {
            let (visibility, name) = (&part.field.vis, &part.name);
            let ty = self.structure.lifted_type(part);
            let doc = format!("`{name}` of [`{}`].", item.ident);
            quote!(#[doc = #doc] #visibility #name: #ty,)
        });
        quote! {
            #[doc = #doc]
            #[allow(dead_code, clippy::all, clippy::pedantic)]
            #visibility struct #name<#(#parameters),*> #condition {
                #(#fields)*
            }
        }
    }

    fn differentiable(&self) -> TokenStream {
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
    fn passing(&self) -> TokenStream {
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
        quote! {
            #[allow(warnings, clippy::all, clippy::pedantic, clippy::nursery)]
            const _: () = {
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
    fn traits(&self) -> TokenStream {
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
        let labels = names.iter().map(|name| name.to_string());
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
                        __chainrule_to.debug_struct(#label) #(.field(#labels, &self.#names))* .finish()
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
