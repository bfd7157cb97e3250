//! The keys of the attribute.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Index, LitFloat, Member, Path, Token, parenthesized, parse_quote};

use crate::diagnostics::Errors;

const KEYS: &str = "the keys are `wrt(..)`, `first(..)`, `second(..)`, `constant(..)`, `calls(.. = ..)`, `mode = ..`, \
                    `name = ..` and `crate = ..`";

const CRATE: &str = "crate = path::to::chainrule";

/// `differentiate` by any path: the crate may have been renamed.
pub fn is_ours(attribute: &Attribute) -> bool {
    attribute
        .path()
        .segments
        .last()
        .is_some_and(|last| last.ident == "differentiate")
}

pub struct Options {
    /// The inputs, where not all floats are.
    pub wrt: Option<Vec<Wanted>>,
    /// Whether it cannot be read what the inputs are.
    pub is_malformed: bool,
    /// Called functions whose derivatives bear another name.
    pub calls: Vec<Renaming>,
    /// Called functions whose results are constants.
    pub constant: Vec<Path>,
    /// The derivatives, where they are not to be taken from the body.
    pub first: Option<Derivatives>,
    pub second: Option<Derivatives>,
    pub name: Option<Ident>,
    /// How gradients are to be computed, and where that is said.
    pub mode: Option<(Mode, Span)>,
    /// The path of the runtime crate.
    pub runtime: Path,
}

/// How gradients are computed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// By a forward and a reverse sweep, compiled from the body.
    Adjoint,
    /// By a compiled forward sweep.
    Forward,
    Dual,
}

/// `x`, or `state.pose.angle`
#[derive(Clone)]
pub struct Wanted {
    pub parameter: Ident,
    pub field: Vec<Member>,
}

impl Parse for Wanted {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let parameter = input.call(Ident::parse_any)?;
        let mut field = Vec::new();
        while input.parse::<Option<Token![.]>>()?.is_some() {
            // `pair.0.1`, to Rust's lexer, ends in a float.
            if input.peek(LitFloat) {
                let pair: LitFloat = input.parse()?;
                for digits in pair.to_string().split('.') {
                    let index = digits
                        .parse()
                        .map_err(|_| syn::Error::new(pair.span(), "this is no field"))?;
                    let span = pair.span();
                    field.push(Member::Unnamed(Index { index, span }));
                }
            } else {
                field.push(input.parse()?);
            }
        }
        Ok(Self { parameter, field })
    }
}

impl Wanted {
    pub fn written(&self) -> String {
        let fields = self
            .field
            .iter()
            .map(|member| format!(".{}", member.to_token_stream()));
        std::iter::once(self.parameter.to_string())
            .chain(fields)
            .collect()
    }

    /// The last part: what is before it may well be right.
    pub fn span(&self) -> Span {
        self.field
            .last()
            .map_or(self.parameter.span(), syn::spanned::Spanned::span)
    }

    /// Whether one of the two holds the other.
    pub fn overlaps(&self, other: &[Member]) -> bool {
        self.field
            .iter()
            .zip(other)
            .all(|(one, other)| one == other)
    }
}

/// A list of functions, and the key that it belongs to.
pub struct Derivatives {
    pub span: Span,
    pub paths: Vec<Path>,
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
            is_malformed: false,
            calls: Vec::new(),
            constant: Vec::new(),
            first: None,
            second: None,
            name: None,
            mode: None,
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

    /// The keys of an `impl` block: where the crate is found, and nothing else.
    pub fn of_block(arguments: TokenStream, errors: &mut Errors) -> Option<Path> {
        let keys = |input: ParseStream| {
            if input.is_empty() {
                return Ok(None);
            }
            let key = input.call(Ident::parse_any)?;
            if key != "crate" {
                let message =
                    format!("key `{key}` is a function's; put it on the function inside the block");
                return Err(syn::Error::new(key.span(), message));
            }
            let runtime = value(input, &key, CRATE, Path::parse_mod_style)?;
            input.parse::<Option<Token![,]>>()?;
            Ok(Some(runtime))
        };
        keys.parse2(arguments).unwrap_or_else(|error| {
            errors.add(error);
            None
        })
    }

    /// Whether calls of this path are constants.
    pub fn is_constant(&self, path: &Path) -> bool {
        self.constant.iter().any(|constant| {
            constant.segments.len() == path.segments.len()
                && constant
                    .segments
                    .iter()
                    .zip(&path.segments)
                    .all(|(constant, segment)| constant.ident == segment.ident)
        })
    }

    fn parse_key(&mut self, input: ParseStream, seen: &mut Vec<String>) -> syn::Result<()> {
        let Ok(key) = input.call(Ident::parse_any) else {
            return Err(input.error(format!("expected a key of `#[differentiate]`; {KEYS}")));
        };
        match key.to_string().as_str() {
            "wrt" => {
                self.is_malformed = true;
                self.wrt = Some(list(input, &key, "wrt(x, state.y)", Wanted::parse)?);
                self.is_malformed = false;
            }
            "calls" => {
                self.calls = list(input, &key, "calls(gamma = gamma_ad)", Renaming::parse)?;
            }
            "constant" => {
                self.constant = list(
                    input,
                    &key,
                    "constant(lookup, table::index)",
                    Path::parse_mod_style,
                )?;
            }
            "first" => self.first = Some(derivatives(input, &key, "first(dx, dy)")?),
            "second" => self.second = Some(derivatives(input, &key, "second(dxx, dxy, dyy)")?),
            "name" => self.name = Some(value(input, &key, "name = other", Ident::parse)?),
            "mode" => {
                let form = "mode = adjoint";
                let mode = value(input, &key, form, Ident::parse)?;
                let chosen = match mode.to_string().as_str() {
                    "adjoint" => Mode::Adjoint,
                    "forward" => Mode::Forward,
                    "dual" => Mode::Dual,
                    other => {
                        return Err(syn::Error::new(
                            mode.span(),
                            format!(
                                "unknown mode `{other}`; the modes are `adjoint`, `forward` and `dual`"
                            ),
                        ));
                    }
                };
                self.mode = Some((chosen, mode.span()));
            }
            "crate" => self.runtime = value(input, &key, CRATE, Path::parse_mod_style)?,
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

fn derivatives(input: ParseStream, key: &Ident, form: &str) -> syn::Result<Derivatives> {
    Ok(Derivatives {
        span: key.span(),
        paths: list(input, key, form, Path::parse_mod_style)?,
    })
}

fn list<T>(
    input: ParseStream,
    key: &Ident,
    form: &str,
    parse_one: fn(ParseStream) -> syn::Result<T>,
) -> syn::Result<Vec<T>> {
    let wrong = |_| {
        syn::Error::new(
            key.span(),
            format!("key `{key}` takes a list of names; write `{form}`"),
        )
    };
    let parse = || {
        let content;
        parenthesized!(content in input);
        Punctuated::<T, Token![,]>::parse_terminated_with(&content, parse_one)
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
