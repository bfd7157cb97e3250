//! Where values go: patterns, assignments, and back through mutable references.

use super::Check;
use crate::kind::Kind;
use crate::tree::*;
use syn::Member;

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
                    self.bind(field, &kind.rewrap(part.clone()));
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
                }
            }
        }
    }

    /// The kind that a pattern's variables have by now.
    pub fn bound(&self, pattern: &Pattern) -> Kind {
        match &pattern.shape {
            PatternShape::Bind {
                variable,
                is_reference: false,
                ..
            } => self.kinds[*variable].clone(),
            PatternShape::Bind { variable, .. } => self.kinds[*variable].target().clone(),
            PatternShape::Tuple(parts) => {
                Kind::Tuple(parts.iter().map(|part| self.bound(part)).collect())
            }
            PatternShape::Slice(parts) => Kind::sequence(parts.iter().fold(
                Kind::Plain,
                |kind, part| match &part.shape {
                    PatternShape::Bind { inner: Some(_), .. } => {
                        kind.join(&self.bound(part).indexed())
                    }
                    _ => kind.join(&self.bound(part)),
                },
            )),
            PatternShape::Reference(inner) => Kind::reference(self.bound(inner)),
            PatternShape::Wrapper {
                inner,
                is_error: false,
            } => Kind::wrapped(self.bound(inner)),
            PatternShape::Struct { fields, .. } => {
                let is_lifted = fields
                    .iter()
                    .any(|(_, field)| self.bound(field).is_active());
                if is_lifted { Kind::Lifted } else { Kind::Plain }
            }
            PatternShape::Ignore
            | PatternShape::Rest
            | PatternShape::Constant
            | PatternShape::Wrapper { .. }
            | PatternShape::Plain { .. } => Kind::Plain,
        }
    }

    /// What is written to `place` reaches the variable at its root.
    pub fn assign(&mut self, place: &Node, kind: &Kind) {
        match &place.shape {
            Shape::Local { variable, .. } => self.join(*variable, kind),
            Shape::Group(inner) => self.assign(inner, kind),
            Shape::Index { base, index } => match index.bare().shape {
                Shape::Range { .. } => self.assign(base, kind),
                _ => self.assign(base, &Kind::sequence(kind.clone())),
            },
            Shape::Field {
                base,
                member: Member::Unnamed(index),
            } => {
                self.assign(
                    base,
                    &Kind::with_component(index.index as usize, kind.clone()),
                );
            }
            Shape::Field {
                base,
                member: Member::Named(_),
            } if kind.is_active() => self.assign(base, &Kind::Lifted),
            Shape::Field {
                member: Member::Named(_),
                ..
            } => {}
            Shape::Dereference(target) => self.assign(target, &Kind::reference(kind.clone())),
            Shape::Tuple(parts) => {
                for (position, part) in parts.iter().enumerate() {
                    self.assign(part, &kind.component(position));
                }
            }
            Shape::Array(parts) => parts
                .iter()
                .for_each(|part| self.assign(part, &kind.indexed())),
            Shape::Infer => {}
            _ if kind.is_active() => {
                self.refuse(place.span, "a differentiated value cannot be stored here; assign it to a local variable or an element");
            }
            _ => {}
        }
    }

    /// What is written through a mutable reference reaches the place it was taken from.
    pub fn flow_back(&mut self, source: &Node, kind: &Kind) {
        match &source.shape {
            _ if !kind.is_active() => {}
            Shape::Group(inner) => self.flow_back(inner, kind),
            Shape::Reference {
                is_mutable: true,
                target,
            } => self.assign(target, kind.target()),
            Shape::Tuple(parts) => {
                for (position, part) in parts.iter().enumerate() {
                    self.flow_back(part, &kind.component(position));
                }
            }
            _ => {}
        }
    }

    /// The same for a loop: what is written to the elements reaches the sequence.
    pub fn flow_back_elements(&mut self, source: &Node, element: &Kind) {
        match &source.shape {
            _ if !element.is_active() => {}
            Shape::Group(inner) => self.flow_back_elements(inner, element),
            Shape::Reference {
                is_mutable: true,
                target,
            } => {
                self.assign(target, &Kind::sequence(element.target().clone()));
            }
            Shape::Method(Method {
                receiver,
                name,
                arguments,
                ..
            }) => match name.to_string().as_str() {
                "iter_mut" => self.assign(receiver, &Kind::sequence(element.target().clone())),
                "chunks_mut" | "chunks_exact_mut" => self.assign(receiver, element.target()),
                "enumerate" => self.flow_back_elements(receiver, &element.component(1)),
                "zip" => {
                    self.flow_back_elements(receiver, &element.component(0));
                    for argument in arguments {
                        self.flow_back_elements(argument, &element.component(1));
                    }
                }
                "rev" | "skip" | "take" | "step_by" | "filter" | "skip_while" | "take_while"
                | "inspect" | "peekable" | "by_ref" | "into_iter" => {
                    self.flow_back_elements(receiver, element);
                }
                _ => {}
            },
            _ => {}
        }
    }

    /// A loop in the form of a call: `values.iter_mut().for_each(|value| ..)`.
    pub fn flow_back_from_closure(&mut self, receiver: &Node, closure: &Node) {
        if let Shape::Closure(Closure { index, .. }) = &closure.bare().shape
            && let [parameter] = &self.signatures[*index].parameters[..]
        {
            let bound = self.bound(&parameter.clone());
            self.flow_back_elements(receiver, &bound);
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
            if let Some(guard) = &mut arm.guard {
                self.node(guard);
            }
            kind.join(&self.node(&mut arm.body))
        })
    }
}

fn is_none(pattern: &syn::Pat) -> bool {
    matches!(pattern, syn::Pat::Ident(name) if name.ident == "None")
}
