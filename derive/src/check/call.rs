//! Calls by path.

use proc_macro2::Ident;
use syn::{ExprPath, PathArguments};

use super::Check;
use crate::kind::Kind;
use crate::tree::*;
use crate::vocabulary::{Signature, signature};

/// What a call with a differentiated argument means.
pub enum Callee<'a> {
    /// `f64::sin` and its like: a method in path form.
    Vocabulary(&'a Ident),
    /// `f64::from` of a float of the same type.
    Identity,
    /// A function with `#[differentiate]`.
    Annotated,
}

pub fn callee(function: &ExprPath) -> Callee<'_> {
    let segments = &function.path.segments;
    let mut last_two = segments.iter().rev();
    match (last_two.next(), last_two.next()) {
        (Some(name), Some(owner)) if owner.ident == "f64" || owner.ident == "f32" => {
            if name.ident == "from" {
                Callee::Identity
            } else {
                Callee::Vocabulary(&name.ident)
            }
        }
        _ => Callee::Annotated,
    }
}

impl Check<'_> {
    pub fn call(&mut self, call: &mut Call) -> Kind {
        let kinds: Vec<Kind> = call
            .arguments
            .iter_mut()
            .map(|argument| self.node(argument))
            .collect();
        let local = call.local.map(|local| self.kinds[local].clone());
        if !kinds.iter().any(Kind::is_active) && !local.is_some_and(|kind| kind.is_active()) {
            return Kind::Plain;
        }
        let Some(last) = call.function.path.segments.last() else {
            return Kind::Plain;
        };
        let (name, span) = (&last.ident, last.ident.span());
        if call.local.is_some() {
            self.refuse(
                span,
                format!("`{name}` is a variable and cannot be called with a differentiated value; make it a function with `#[differentiate]`"),
            );
            return Kind::Plain;
        }
        match callee(&call.function) {
            Callee::Vocabulary(name) => self.known_function(name, &kinds),
            Callee::Identity => Kind::Number,
            Callee::Annotated if self.is_annotated(call) => Kind::Number,
            Callee::Annotated => Kind::Plain,
        }
    }

    /// Whether the path can be that of an annotated function; else it has been refused.
    fn is_annotated(&mut self, call: &Call) -> bool {
        let path = &call.function.path;
        for argument in &call.arguments {
            if let Shape::Reference {
                is_mutable: true, ..
            } = argument.shape
            {
                self.refuse(argument.span, "a differentiated call cannot write through `&mut` yet; return the result as a float");
            }
        }
        if call.function.qself.is_some() {
            self.refuse(
                call.function.path.segments[0].ident.span(),
                "a qualified path cannot be differentiated; call the function by its plain path",
            );
            return false;
        }
        if let Some(segment) = path
            .segments
            .iter()
            .find(|segment| !matches!(segment.arguments, PathArguments::None))
        {
            self.refuse(segment.ident.span(), "generic functions cannot take a differentiated value yet; write a function of floats with `#[differentiate]`");
        }
        let Some(last) = path.segments.last() else {
            return false;
        };
        let owner = path
            .segments
            .iter()
            .rev()
            .nth(1)
            .map(|owner| owner.ident.to_string())
            .unwrap_or_default();
        const OWNERS: &[&str] = &[
            "Vec", "Box", "Rc", "Arc", "Cell", "RefCell", "Some", "Option", "Result", "String",
        ];
        if starts_upper(&last.ident.to_string()) || OWNERS.contains(&owner.as_str()) {
            self.refuse(last.ident.span(), format!("`{}` cannot hold a differentiated value yet; use local variables, an array or a tuple", quote::quote!(#path)));
            return false;
        }
        true
    }

    /// A name of the vocabulary, called with all its arguments.
    pub fn known_function(&mut self, name: &Ident, arguments: &[Kind]) -> Kind {
        let Some(signature) = signature(&name.to_string()) else {
            self.refuse(
                name.span(),
                format!("method `{name}` has no derivative; take it of a constant, or register a rule for it"),
            );
            return Kind::Number;
        };
        if arguments.len() != signature.arguments() + 1 {
            self.refuse(
                name.span(),
                format!(
                    "`{name}` takes {} arguments beside the number, not {}",
                    signature.arguments(),
                    arguments.len().saturating_sub(1)
                ),
            );
        }
        if arguments
            .iter()
            .any(|kind| kind.is_active() && !kind.is_number())
        {
            self.refuse(
                name.span(),
                format!("`{name}` takes single numbers; call it on the elements"),
            );
        }
        if signature == Signature::IntegerPower && arguments.get(1).is_some_and(Kind::is_active) {
            self.refuse(
                name.span(),
                "the exponent of `powi` is an integer; use `powf`",
            );
        }
        match signature {
            Signature::Unary | Signature::Binary | Signature::IntegerPower | Signature::Ternary => {
                Kind::Number
            }
            Signature::Pair => Kind::Tuple(vec![Kind::Number, Kind::Number]),
            Signature::Predicate | Signature::Comparison => Kind::Plain,
        }
    }
}

pub fn starts_upper(name: &str) -> bool {
    name.starts_with(|first: char| first.is_uppercase())
}
