//! Patterns, and the variables that they bind.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::{Member, Pat, PatIdent, Token};

use super::Lowering;
use super::block::is_cell;
use crate::callee::starts_upper;
use crate::function::Parameter;
use crate::kind::Kind;
use crate::tree::{Pattern, PatternShape};

impl Lowering<'_> {
    pub fn parameter(&mut self, parameter: &Parameter) -> Pattern {
        let pattern = self.irrefutable(&parameter.pattern);
        self.bind_parameter(&pattern, &parameter.kind());
        if let PatternShape::Bind { variable, .. } = pattern.shape
            && is_cell(&parameter.ty)
        {
            self.scopes.cells.insert(variable);
        }
        pattern
    }

    fn bind_parameter(&mut self, pattern: &Pattern, kind: &Kind) {
        match &pattern.shape {
            PatternShape::Bind { variable, .. } => self.scopes.variables[*variable] = kind.clone(),
            PatternShape::Slice(parts) => {
                let element = kind.rewrap(kind.indexed());
                parts
                    .iter()
                    .for_each(|part| self.bind_parameter(part, &element));
            }
            PatternShape::Reference(inner) => self.bind_parameter(inner, kind.target()),
            PatternShape::Tuple(parts) => {
                for (position, part) in parts.iter().enumerate() {
                    self.bind_parameter(part, &kind.component(position));
                }
            }
            PatternShape::Struct { fields, .. } => {
                for (_, field) in fields {
                    self.bind_parameter(field, kind);
                }
            }
            PatternShape::Wrapper { .. }
            | PatternShape::Ignore
            | PatternShape::Rest
            | PatternShape::Constant
            | PatternShape::Or(_)
            | PatternShape::Plain { .. } => {}
        }
    }

    /// A pattern that always matches, so that every name in it is a variable.
    pub fn irrefutable(&mut self, pattern: &Pat) -> Pattern {
        self.pattern_in(pattern, |_| false)
    }

    pub fn refutable(&mut self, pattern: &Pat) -> Pattern {
        self.pattern_in(pattern, is_constant)
    }

    fn pattern_in(&mut self, pattern: &Pat, is_constant: fn(&PatIdent) -> bool) -> Pattern {
        let mut all = |parts: &Punctuated<Pat, Token![,]>| {
            parts
                .iter()
                .map(|part| self.pattern_in(part, is_constant))
                .collect()
        };
        let shape = match pattern {
            Pat::Wild(_) => PatternShape::Ignore,
            Pat::Rest(_) => PatternShape::Rest,
            Pat::Ident(name) if is_constant(name) => PatternShape::Constant,
            Pat::Or(choice)
                if choice
                    .cases
                    .iter()
                    .any(|case| matches!(case, Pat::Ident(name) if is_constant(name))) =>
            {
                PatternShape::Constant
            }
            Pat::Ident(binding) => {
                let inner = binding
                    .subpat
                    .as_ref()
                    .map(|(_, inner)| Box::new(self.pattern_in(inner, is_constant)));
                PatternShape::Bind {
                    variable: self.scopes.declare(&binding.ident, Kind::Plain),
                    is_reference: binding.by_ref.is_some(),
                    inner,
                }
            }
            Pat::Or(choice) if !names(pattern, is_constant).is_empty() => {
                let before = self.scopes.is_redeclared;
                let cases = choice.cases.iter().map(|case| {
                    let case = self.pattern_in(case, is_constant);
                    self.scopes.is_redeclared = true;
                    case
                });
                let cases = cases.collect();
                self.scopes.is_redeclared = before;
                PatternShape::Or(cases)
            }
            Pat::Tuple(tuple) => PatternShape::Tuple(all(&tuple.elems)),
            Pat::Slice(slice) => PatternShape::Slice(all(&slice.elems)),
            Pat::Reference(reference) => {
                PatternShape::Reference(Box::new(self.pattern_in(&reference.pat, is_constant)))
            }
            Pat::TupleStruct(wrapper) if wrapper.elems.len() == 1 && is_wrapper(&wrapper.path) => {
                PatternShape::Wrapper {
                    is_error: wrapper.path.is_ident("Err"),
                    inner: Box::new(self.pattern_in(&wrapper.elems[0], is_constant)),
                }
            }
            Pat::Struct(literal) if literal.qself.is_none() => PatternShape::Struct {
                path: literal.path.clone(),
                fields: literal
                    .fields
                    .iter()
                    .map(|field| {
                        let shape = self.pattern_in(&field.pat, is_constant);
                        (field.member.clone(), shape)
                    })
                    .collect(),
                has_rest: literal.rest.is_some(),
            },
            Pat::TupleStruct(literal) if literal.qself.is_none() && is_struct(&literal.path) => {
                let mut parts: Vec<_> = all(&literal.elems);
                let has_rest =
                    matches!(parts.last(), Some(last) if matches!(last.shape, PatternShape::Rest));
                if has_rest {
                    parts.pop();
                }
                PatternShape::Struct {
                    path: literal.path.clone(),
                    fields: parts
                        .into_iter()
                        .enumerate()
                        .map(|(position, part)| (Member::Unnamed(position.into()), part))
                        .collect(),
                    has_rest,
                }
            }
            Pat::Paren(paren) => {
                return Pattern {
                    original: pattern.clone(),
                    ..self.pattern_in(&paren.pat, is_constant)
                };
            }
            // Refused by the check where they meet a number.
            _ => PatternShape::Plain {
                bindings: self.all_bindings(pattern, is_constant),
            },
        };
        Pattern {
            original: pattern.clone(),
            shape,
        }
    }

    fn all_bindings(&mut self, pattern: &Pat, is_constant: fn(&PatIdent) -> bool) -> Vec<usize> {
        names(pattern, is_constant)
            .values()
            .map(|name| self.scopes.declare(name, Kind::Untyped))
            .collect()
    }
}

fn names(pattern: &Pat, is_constant: fn(&PatIdent) -> bool) -> BTreeMap<String, Ident> {
    struct Names(BTreeMap<String, Ident>, fn(&PatIdent) -> bool);
    impl Visit<'_> for Names {
        fn visit_pat_ident(&mut self, binding: &PatIdent) {
            if !(self.1)(binding) {
                self.0
                    .insert(binding.ident.to_string(), binding.ident.clone());
            }
            syn::visit::visit_pat_ident(self, binding);
        }
    }
    let mut names = Names(BTreeMap::new(), is_constant);
    names.visit_pat(pattern);
    names.0
}

/// Whether the path can be a tuple struct's; a variant is named after its enum.
pub fn is_struct(path: &syn::Path) -> bool {
    let mut segments = path
        .segments
        .iter()
        .rev()
        .map(|segment| segment.ident.to_string());
    let is_known = ["Some", "Ok", "Err"].iter().any(|name| path.is_ident(name));
    segments.next().is_some_and(|name| starts_upper(&name))
        && !is_known
        && !segments.next().is_some_and(|owner| starts_upper(&owner))
}

fn is_wrapper(path: &syn::Path) -> bool {
    ["Some", "Ok", "Err"].iter().any(|name| path.is_ident(name))
}

/// Rust itself tells a constant from a new variable by what is in scope; its naming lint makes the case decide here.
fn is_constant(name: &PatIdent) -> bool {
    let is_bare = name.subpat.is_none() && name.by_ref.is_none() && name.mutability.is_none();
    is_bare
        && name
            .ident
            .to_string()
            .starts_with(|first: char| first.is_uppercase())
}
