//! Patterns: what they bind, and what is written through their variables.

use super::Check;
use crate::kind::Kind;
use crate::tree::*;

impl Check<'_> {
    pub fn bind(&mut self, pattern: &Pattern, kind: &Kind) {
        let span = syn::spanned::Spanned::span(&pattern.original);
        match &pattern.shape {
            PatternShape::Ignore | PatternShape::Rest => {}
            PatternShape::Bind {
                variable,
                is_reference,
                inner,
            } => {
                let bound = if *is_reference {
                    Kind::reference(kind.clone())
                } else {
                    kind.clone()
                };
                self.join(*variable, &bound);
                if let Some(inner) = inner {
                    self.bind(inner, kind);
                }
            }
            PatternShape::Tuple(parts) => {
                if kind.is_active() && !matches!(kind.target(), Kind::Tuple(_) | Kind::Lifted) {
                    self.refuse(
                        span,
                        "this differentiated value is not a tuple; bind it to a name",
                    );
                }
                let has_rest = parts
                    .iter()
                    .any(|part| matches!(part.shape, PatternShape::Rest));
                if kind.is_active() && has_rest {
                    self.refuse(
                        span,
                        "`..` cannot skip parts of a differentiated tuple; write `_` for each",
                    );
                }
                for (position, part) in parts.iter().enumerate() {
                    self.bind(part, &kind.rewrap(kind.component(position)));
                }
            }
            PatternShape::Slice(parts) => {
                let element = match kind.target() {
                    Kind::Sequence(element) => (**element).clone(),
                    Kind::Lifted => Kind::Lifted,
                    other if other.is_active() => {
                        self.refuse(
                            span,
                            "this differentiated value is not an array; bind it to a name",
                        );
                        Kind::Plain
                    }
                    _ => Kind::Untyped,
                };
                for part in parts {
                    let is_rest = matches!(&part.shape, PatternShape::Bind { inner: Some(inner), .. }
                        if matches!(inner.shape, PatternShape::Rest));
                    let part_kind = if is_rest {
                        kind.target().clone()
                    } else {
                        element.clone()
                    };
                    self.bind(part, &kind.rewrap(part_kind));
                }
            }
            PatternShape::Reference(inner) => match kind {
                Kind::Reference(target) => self.bind(inner, target),
                kind => self.bind(inner, kind),
            },
            PatternShape::Wrapper {
                is_error: true,
                inner,
            } => self.bind(inner, &Kind::Untyped),
            PatternShape::Wrapper { inner, .. } => {
                if kind.is_active() && !matches!(kind.target(), Kind::Wrapped(_) | Kind::Lifted) {
                    self.refuse(
                        span,
                        "this differentiated value is no `Option` or `Result`; bind it to a name",
                    );
                }
                self.bind(inner, &kind.rewrap(kind.unwrapped()));
            }
            PatternShape::Struct { fields, .. } => {
                if kind.is_active() && *kind.target() != Kind::Lifted {
                    self.refuse(
                        span,
                        "this differentiated value is not a struct; bind it to a name",
                    );
                }
                let part = if kind.is_active() {
                    Kind::Lifted
                } else {
                    Kind::Untyped
                };
                for (_, field) in fields {
                    if kind.is_active() && matches!(field.shape, PatternShape::Rest) {
                        self.refuse(
                            span,
                            "`..` cannot skip fields before others of a differentiated value; write `_` for each",
                        );
                    }
                    self.bind(field, &kind.rewrap(part.clone()));
                }
            }
            PatternShape::Or(cases) => {
                for case in cases {
                    self.bind(case, kind);
                    self.check_errors(case);
                }
            }
            PatternShape::Constant if is_none(&pattern.original) && !kind.is_number() => {}
            PatternShape::Constant if kind.is_active() => {
                self.refuse(span, "this could be a constant or a new variable; compare with `if`, or write the variable in lower case");
            }
            PatternShape::Constant => {}
            PatternShape::Plain { bindings } => {
                if kind.is_active() {
                    self.refuse(span, "this pattern cannot take a differentiated value apart; compare with `if` and `else`");
                }
                for variable in bindings {
                    self.join(*variable, &Kind::Untyped);
                    if self.kinds[*variable].is_active() {
                        self.refuse(span, "a variable of this pattern cannot take a differentiated value; copy it to one of its own");
                    }
                }
            }
        }
    }

    /// What an error holds is plain, so one name cannot stand for that and for a number.
    fn check_errors(&mut self, pattern: &Pattern) {
        if let PatternShape::Wrapper {
            inner,
            is_error: true,
        } = &pattern.shape
            && inner.bound(&self.kinds).is_active()
        {
            self.refuse(
                syn::spanned::Spanned::span(&pattern.original),
                "what an error holds is plain, and what `Ok` holds is differentiated; match them in two arms",
            );
        }
    }

    pub fn choice(&mut self, choice: &mut Match) -> Kind {
        let scrutinee = self.node(&mut choice.scrutinee);
        choice.of_value = scrutinee.may_be_number()
            && choice
                .arms
                .iter()
                .any(|arm| matches!(arm.pattern.shape, PatternShape::Plain { .. }));
        let matched = if choice.of_value {
            Kind::Plain
        } else {
            scrutinee
        };
        choice.arms.iter_mut().fold(Kind::Plain, |kind, arm| {
            if choice.of_value {
                match &arm.pattern.shape {
                    PatternShape::Ignore => {}
                    PatternShape::Plain { bindings } if bindings.is_empty() => {}
                    _ => self.refuse(
                        syn::spanned::Spanned::span(&arm.pattern.original),
                        "a name cannot stand beside float patterns here; use `_` and the value itself, or `if` and `else`",
                    ),
                }
            }
            self.bind(&arm.pattern, &matched);
            self.hold(&arm.pattern, &choice.scrutinee);
            if let Some(guard) = &mut arm.guard {
                self.node(guard);
            }
            let body = self.node(&mut arm.body);
            self.flow_back_from_pattern(&arm.pattern, &choice.scrutinee);
            kind.join(&body)
        })
    }
}

impl Pattern {
    /// The kind that a pattern's variables have by now.
    pub fn bound(&self, kinds: &[Kind]) -> Kind {
        match &self.shape {
            PatternShape::Bind {
                variable,
                is_reference,
                ..
            } => match &kinds[*variable] {
                Kind::Reference(target) if *is_reference => (**target).clone(),
                kind => kind.clone(),
            },
            PatternShape::Tuple(parts) => {
                Kind::Tuple(parts.iter().map(|part| part.bound(kinds)).collect())
            }
            PatternShape::Slice(parts) => Kind::sequence(parts.iter().fold(
                Kind::Plain,
                |kind, part| match &part.shape {
                    PatternShape::Bind { inner: Some(_), .. } => {
                        kind.join(&part.bound(kinds).indexed())
                    }
                    _ => kind.join(&part.bound(kinds)),
                },
            )),
            PatternShape::Reference(inner) => Kind::reference(inner.bound(kinds)),
            PatternShape::Or(cases) => cases
                .iter()
                .fold(Kind::Plain, |kind, case| kind.join(&case.bound(kinds))),
            PatternShape::Wrapper {
                inner,
                is_error: false,
            } => Kind::wrapped(inner.bound(kinds)),
            PatternShape::Struct { fields, .. } => {
                let is_lifted = fields
                    .iter()
                    .any(|(_, field)| field.bound(kinds).is_active());
                if is_lifted { Kind::Lifted } else { Kind::Plain }
            }
            PatternShape::Ignore
            | PatternShape::Rest
            | PatternShape::Constant
            | PatternShape::Wrapper { .. }
            | PatternShape::Plain { .. } => Kind::Plain,
        }
    }

    /// What `ref mut` in the pattern has written to the value that it takes apart.
    pub fn written(&self, kinds: &[Kind]) -> Kind {
        let all = |parts: &[Pattern]| parts.iter().map(|part| part.written(kinds)).collect();
        match &self.shape {
            PatternShape::Bind { .. } if is_mutable_reference(&self.original) => self.bound(kinds),
            PatternShape::Bind {
                inner: Some(inner), ..
            } => inner.written(kinds),
            PatternShape::Tuple(parts) => Kind::Tuple(all(parts)),
            PatternShape::Slice(parts) => {
                let written: Vec<Kind> = all(parts);
                Kind::sequence(parts.iter().zip(written).fold(
                    Kind::Plain,
                    |whole, (part, kind)| match part.shape {
                        PatternShape::Bind { inner: Some(_), .. } => whole.join(&kind.indexed()),
                        _ => whole.join(&kind),
                    },
                ))
            }
            PatternShape::Wrapper { inner, .. } => Kind::wrapped(inner.written(kinds)),
            PatternShape::Or(cases) => cases
                .iter()
                .fold(Kind::Plain, |kind, case| kind.join(&case.written(kinds))),
            PatternShape::Struct { fields, .. }
                if fields
                    .iter()
                    .any(|(_, field)| field.written(kinds).is_active()) =>
            {
                Kind::Lifted
            }
            _ => Kind::Plain,
        }
    }
}

/// `ref mut name`
fn is_mutable_reference(pattern: &syn::Pat) -> bool {
    matches!(pattern, syn::Pat::Ident(name) if name.by_ref.is_some() && name.mutability.is_some())
}

fn is_none(pattern: &syn::Pat) -> bool {
    matches!(pattern, syn::Pat::Ident(name) if name.ident == "None")
}
