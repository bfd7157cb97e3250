//! What `wrt(..)` names: parameters, and fields of them.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Index, LitFloat, Member, Token, Type};

use super::Function;
use crate::diagnostics::Errors;
use crate::kind::container;
use crate::layout::is_generic;

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
    fn overlaps(&self, other: &[Member]) -> bool {
        self.field
            .iter()
            .zip(other)
            .all(|(one, other)| one == other)
    }
}

/// Takes the parameter out of what is wanted: the fields of it that are, or none where the whole is. What names the same
/// thing again is left.
pub fn take(wanted: &mut Vec<Wanted>, parameter: &str) -> Option<Vec<Vec<Member>>> {
    let mut taken: Vec<Vec<Member>> = Vec::new();
    wanted.retain(|wanted| {
        let is_new =
            wanted.parameter == parameter && !taken.iter().any(|field| wanted.overlaps(field));
        if is_new {
            taken.push(wanted.field.clone());
        }
        !is_new
    });
    match &taken[..] {
        [] => None,
        [whole] if whole.is_empty() => Some(Vec::new()),
        _ => Some(taken),
    }
}

/// Fields are read by name from a value of a type that is known where constants are. Whether all are right.
pub fn check(function: &Function, errors: &mut Errors) -> bool {
    let mut is_right = true;
    for wanted in function.options.wrt.iter().flatten() {
        let parameter = function
            .parameters
            .iter()
            .find(|parameter| wanted.parameter == parameter.written_name());
        let Some(parameter) = parameter.filter(|_| !wanted.field.is_empty()) else {
            continue;
        };
        let name = &wanted.parameter;
        let value = match &parameter.ty {
            Type::Reference(reference) => &*reference.elem,
            ty => ty,
        };
        let has_no_fields = matches!(value, Type::Array(_) | Type::Slice(_))
            || container(value).is_some()
            || crate::kind::is_float(value).is_some();
        let is_generic = is_generic(function, &value.to_token_stream());
        is_right &= !has_no_fields && !is_generic;
        if has_no_fields {
            errors.push(
                wanted.span(),
                format!("`{name}` has no fields to differentiate by; write `wrt({name})`"),
            );
        } else if is_generic {
            errors.push(
                wanted.span(),
                format!("a field of a type with parameters cannot be an input by itself; write `wrt({name})`"),
            );
        }
    }
    is_right
}
