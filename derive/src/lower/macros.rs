//! The macros of the standard library that numeric code uses.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Lit, Macro, Pat, Token};

use super::Lowering;
use super::scope::captured_names;
use crate::kind::Kind;
use crate::tree::{Message, Node, Shape};

const MESSAGES: &[&str] = &[
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "print",
    "println",
    "eprint",
    "eprintln",
];
const DIVERGING: &[&str] = &["panic", "unreachable", "todo", "unimplemented"];

/// `vec![element; length]` or `vec![a, b]`
enum Elements {
    Repeat(Box<[Expr; 2]>),
    List(Vec<Expr>),
}

impl Parse for Elements {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        if input.is_empty() {
            return Ok(Self::List(Vec::new()));
        }
        let first = input.parse()?;
        if input.parse::<Option<Token![;]>>()?.is_some() {
            return Ok(Self::Repeat(Box::new([first, input.parse()?])));
        }
        let mut list = vec![first];
        while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            list.push(input.parse()?);
        }
        Ok(Self::List(list))
    }
}

/// `value` or `name = value`
struct Argument(Option<Ident>, Expr);

impl Parse for Argument {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let is_named =
            input.peek(syn::Ident::peek_any) && input.peek2(Token![=]) && !input.peek2(Token![==]);
        let mut name = None;
        if is_named {
            name = Some(input.parse()?);
            input.parse::<Token![=]>()?;
        }
        Ok(Self(name, input.parse()?))
    }
}

/// `matches!(value, pattern if guard)`, as the `match` that it stands for
struct Matches(Expr);

impl Parse for Matches {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let value: Expr = input.parse()?;
        input.parse::<Token![,]>()?;
        let pattern = Pat::parse_multi_with_leading_vert(input)?;
        let guard = match input.parse::<Option<Token![if]>>()? {
            Some(word) => {
                let guard: Expr = input.parse()?;
                quote!(#word #guard)
            }
            None => TokenStream::new(),
        };
        input.parse::<Option<Token![,]>>()?;
        syn::parse2(quote!(match #value { #pattern #guard => true, _ => false })).map(Self)
    }
}

impl Lowering<'_> {
    pub fn invocation(&mut self, invocation: &Macro) -> Shape {
        let name = invocation
            .path
            .segments
            .last()
            .map(|last| last.ident.to_string())
            .unwrap_or_default();
        let is_diverging = DIVERGING.contains(&name.as_str());
        let tokens = || invocation.tokens.clone();
        if name == "vec"
            && let Ok(elements) = syn::parse2(tokens())
        {
            return self.vector(invocation, &elements);
        }
        if name == "matches"
            && let Ok(Matches(choice)) = syn::parse2(tokens())
        {
            return Shape::Group(self.boxed(&choice));
        }
        if (is_diverging || MESSAGES.contains(&name.as_str()))
            && let Ok(arguments) =
                Punctuated::<Argument, Token![,]>::parse_terminated.parse2(tokens())
        {
            return self.message(invocation, arguments, is_diverging);
        }
        self.opaque(
            invocation,
            &format!("macro `{name}!` has no derivative; write the code out, or call a function with `#[differentiate]`"),
        )
    }

    fn vector(&mut self, invocation: &Macro, elements: &Elements) -> Shape {
        let shape = match elements {
            Elements::Repeat(pair) => {
                let [element, length] = &**pair;
                Shape::Repeat {
                    element: self.boxed(element),
                    length: self.boxed(length),
                }
            }
            Elements::List(list) => Shape::Array(self.all(list)),
        };
        let content = Node {
            span: invocation.span(),
            kind: Kind::Plain,
            shape,
        };
        Shape::Vector {
            path: invocation.path.clone(),
            content: Box::new(content),
        }
    }

    fn message(
        &mut self,
        invocation: &Macro,
        arguments: Punctuated<Argument, Token![,]>,
        is_diverging: bool,
    ) -> Shape {
        let mut captures = Vec::new();
        for Argument(_, value) in &arguments {
            if let Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) = value
            {
                let text = text.token().to_string();
                for name in captured_names(&text) {
                    let is_given = arguments
                        .iter()
                        .any(|given| given.0.as_ref().is_some_and(|given| given == name));
                    let is_new = !captures.iter().any(|(_, known)| known == name);
                    if let Some(variable) =
                        self.scopes.resolve(name).filter(|_| !is_given && is_new)
                    {
                        captures.push((variable, Ident::new(name, value.span())));
                    }
                }
            }
        }
        let arguments = arguments
            .into_iter()
            .map(|Argument(name, value)| (name, self.expression(&value)))
            .collect();
        Shape::Message(Message {
            path: invocation.path.clone(),
            arguments,
            captures,
            is_diverging,
        })
    }
}
