//! The keys of the attribute.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Path, Token, parenthesized, parse_quote};

use crate::diagnostics::Errors;

const KEYS: &str = "the keys are `wrt(..)`, `calls(.. = ..)`, `name = ..` and `crate = ..`";

pub struct Options {
    /// The inputs, where not all floats are.
    pub wrt: Option<Vec<Ident>>,
    /// Called functions whose derivatives bear another name.
    pub calls: Vec<Renaming>,
    pub name: Option<Ident>,
    /// The path of the runtime crate.
    pub runtime: Path,
}

pub struct Renaming {
    pub from: Ident,
    pub to: Ident,
}

impl Parse for Renaming {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let from = input.parse()?;
        input.parse::<Token![=]>()?;
        Ok(Self {
            from,
            to: input.parse()?,
        })
    }
}

impl Options {
    pub fn parse(arguments: TokenStream, errors: &mut Errors) -> Self {
        let mut options = Self {
            wrt: None,
            calls: Vec::new(),
            name: None,
            runtime: parse_quote!(::chainrule),
        };
        let mut seen = Vec::new();
        let keys = |input: ParseStream| {
            while !input.is_empty() {
                options.parse_key(input, &mut seen)?;
                if !input.is_empty() {
                    input.parse::<Token![,]>()?;
                }
            }
            Ok(())
        };
        if let Err(error) = keys.parse2(arguments) {
            errors.add(error);
        }
        options
    }

    fn parse_key(&mut self, input: ParseStream, seen: &mut Vec<String>) -> syn::Result<()> {
        let Ok(key) = input.call(Ident::parse_any) else {
            return Err(input.error(format!("expected a key of `#[differentiate]`; {KEYS}")));
        };
        match key.to_string().as_str() {
            "wrt" => self.wrt = Some(list(input, &key, "wrt(x, y)")?),
            "calls" => self.calls = list(input, &key, "calls(gamma = gamma_ad)")?,
            "name" => self.name = Some(value(input, &key, "name = other", Ident::parse)?),
            "crate" => {
                self.runtime = value(
                    input,
                    &key,
                    "crate = path::to::chainrule",
                    Path::parse_mod_style,
                )?
            }
            other => {
                return Err(syn::Error::new(
                    key.span(),
                    format!("unknown key `{other}`; {KEYS}"),
                ));
            }
        }
        if seen.contains(&key.to_string()) {
            return Err(syn::Error::new(
                key.span(),
                format!("key `{key}` is given twice; keep one"),
            ));
        }
        seen.push(key.to_string());
        Ok(())
    }
}

fn list<T: Parse>(input: ParseStream, key: &Ident, form: &str) -> syn::Result<Vec<T>> {
    let wrong = |_| {
        syn::Error::new(
            key.span(),
            format!("key `{key}` takes a list of names; write `{form}`"),
        )
    };
    let parse = || {
        let content;
        parenthesized!(content in input);
        Punctuated::<T, Token![,]>::parse_terminated(&content)
    };
    let values = parse().map_err(wrong)?;
    if values.is_empty() {
        return Err(wrong(syn::Error::new(key.span(), "")));
    }
    Ok(values.into_iter().collect())
}

fn value<T>(
    input: ParseStream,
    key: &Ident,
    form: &str,
    parse: fn(ParseStream) -> syn::Result<T>,
) -> syn::Result<T> {
    let wrong = |_| {
        syn::Error::new(
            key.span(),
            format!("key `{key}` takes one value; write `{form}`"),
        )
    };
    input.parse::<Token![=]>().map_err(wrong)?;
    parse(input).map_err(wrong)
}
