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
                    if self.kinds[*variable].is_active() {
                        self.refuse(span, "a variable of this pattern cannot take a differentiated value; copy it to one of its own");
                    }
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
            // The place behind `*values.last_mut().unwrap()`.
            Shape::Method(method) if self.gives_known_place(method) => {
                self.flow_back(place, kind);
            }
            _ if kind.is_active() => {
                self.refuse(place.span, "a differentiated value cannot be stored here; assign it to a local variable or an element");
            }
            _ => {}
        }
    }

    /// What a pattern's variables hold by now reaches the places that they refer to.
    pub fn flow_back_from_pattern(&mut self, pattern: &Pattern, source: &Node) {
        let bound = self.bound(pattern);
        self.flow_back(source, &bound);
        let written = self.written(pattern);
        if written.is_active() {
            self.assign(source, &written);
        }
    }

    /// What `ref mut` in the pattern has written to the value that it takes apart.
    fn written(&self, pattern: &Pattern) -> Kind {
        let all = |parts: &[Pattern]| parts.iter().map(|part| self.written(part)).collect();
        match &pattern.shape {
            PatternShape::Bind { .. } if is_mutable_reference(&pattern.original) => {
                self.bound(pattern)
            }
            PatternShape::Bind {
                inner: Some(inner), ..
            } => self.written(inner),
            PatternShape::Tuple(parts) => Kind::Tuple(all(parts)),
            PatternShape::Slice(parts) => {
                let kinds: Vec<Kind> = all(parts);
                Kind::sequence(
                    parts
                        .iter()
                        .zip(kinds)
                        .fold(Kind::Plain, |whole, (part, kind)| match part.shape {
                            PatternShape::Bind { inner: Some(_), .. } => {
                                whole.join(&kind.indexed())
                            }
                            _ => whole.join(&kind),
                        }),
                )
            }
            PatternShape::Wrapper { inner, .. } => Kind::wrapped(self.written(inner)),
            PatternShape::Struct { fields, .. }
                if fields
                    .iter()
                    .any(|(_, field)| self.written(field).is_active()) =>
            {
                Kind::Lifted
            }
            _ => Kind::Plain,
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
            } => self.assign(target, &kind.without_references()),
            Shape::Local { variable, .. } if self.is_holder(*variable) => {
                self.join(*variable, kind);
            }
            Shape::Tuple(parts) => {
                for (position, part) in parts.iter().enumerate() {
                    self.flow_back(part, &kind.component(position));
                }
            }
            Shape::Block { block, .. } => self.flow_back_tail(block, kind),
            Shape::If {
                then, otherwise, ..
            } => {
                self.flow_back_tail(then, kind);
                if let Some(otherwise) = otherwise {
                    self.flow_back(otherwise, kind);
                }
            }
            Shape::Match(choice) => {
                for arm in &choice.arms {
                    self.flow_back(&arm.body, kind);
                }
            }
            Shape::Method(method) => self.flow_back_method(source, method, kind),
            _ => {}
        }
    }

    fn flow_back_tail(&mut self, block: &Block, kind: &Kind) {
        if let Some(tail) = &block.tail {
            self.flow_back(tail, kind);
        }
    }

    /// The same for methods that give mutable references to their receivers.
    fn flow_back_method(&mut self, source: &Node, method: &Method, kind: &Kind) {
        let Method {
            receiver,
            name,
            arguments,
            ..
        } = method;
        let element = || kind.unwrapped().without_references();
        let part = |index: usize| kind.component(index).without_references();
        let written = match name.to_string().as_str() {
            "get_mut"
                if matches!(
                    arguments[..],
                    [Node {
                        shape: Shape::Range { .. },
                        ..
                    }]
                ) =>
            {
                element()
            }
            "get_mut" | "first_mut" | "last_mut" => Kind::sequence(element()),
            "as_mut" if matches!(kind, Kind::Wrapped(_)) => Kind::wrapped(element()),
            "insert" | "get_or_insert" => Kind::wrapped(kind.without_references()),
            "as_mut" | "as_mut_slice" => kind.without_references(),
            "split_at_mut" => part(0).join(&part(1)),
            "split_first_mut" | "split_last_mut" => {
                let parts = element();
                Kind::sequence(parts.component(0)).join(&parts.component(1))
            }
            "unwrap" | "expect" => return self.flow_back(receiver, &Kind::wrapped(kind.clone())),
            "next" | "next_back" | "nth" | "last" | "find" => {
                return self.flow_back_elements(receiver, &kind.unwrapped());
            }
            _ if matches!(kind, Kind::Iterator(_)) => {
                return self.flow_back_elements(source, &kind.element());
            }
            _ => return,
        };
        self.assign(receiver, &written);
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
                self.assign(target, &Kind::sequence(element.without_references()));
            }
            Shape::Local { variable, .. } if self.is_holder(*variable) => {
                let kind = match self.kinds[*variable] {
                    Kind::Iterator(_) => Kind::iterator(element.clone()),
                    _ => Kind::reference(Kind::sequence(element.without_references())),
                };
                self.join(*variable, &kind);
            }
            Shape::Call(Call {
                function,
                arguments,
                ..
            }) if function
                .path
                .segments
                .last()
                .is_some_and(|last| last.ident == "zip") =>
            {
                for (position, argument) in arguments.iter().enumerate() {
                    self.flow_back_elements(argument, &element.component(position));
                }
            }
            Shape::Method(Method {
                receiver,
                name,
                arguments,
                ..
            }) => match name.to_string().as_str() {
                "iter_mut" => self.assign(receiver, &Kind::sequence(element.without_references())),
                "chunks_mut" | "chunks_exact_mut" | "rchunks_mut" => {
                    self.assign(receiver, &element.without_references());
                }
                "enumerate" => self.flow_back_elements(receiver, &element.component(1)),
                "zip" => {
                    self.flow_back_elements(receiver, &element.component(0));
                    for argument in arguments {
                        self.flow_back_elements(argument, &element.component(1));
                    }
                }
                "chain" => {
                    self.flow_back_elements(receiver, element);
                    for argument in arguments {
                        self.flow_back_elements(argument, element);
                    }
                }
                "flatten" => {
                    let row = Kind::sequence(element.without_references());
                    self.flow_back_elements(receiver, &Kind::reference(row));
                }
                // The closure's parameter has what its body hands out.
                "flat_map" => {
                    if let [
                        Node {
                            shape: Shape::Closure(closure),
                            ..
                        },
                    ] = &arguments[..]
                    {
                        self.flow_back(&closure.body, &Kind::iterator(element.clone()));
                    }
                }
                "rev" | "skip" | "take" | "step_by" | "filter" | "skip_while" | "take_while"
                | "inspect" | "peekable" | "by_ref" | "into_iter" | "fuse" => {
                    self.flow_back_elements(receiver, element);
                }
                _ => {}
            },
            _ => {}
        }
    }

    /// A loop in the form of a call: `values.iter_mut().for_each(|value| ..)`. The element comes last.
    pub fn flow_back_from_closure(&mut self, receiver: &Node, closure: &Node) {
        if let Shape::Closure(Closure { index, .. }) = &closure.bare().shape
            && let Some(parameter) = self.signatures[*index].parameters.last()
        {
            let bound = self.bound(&parameter.clone());
            self.flow_back_elements(receiver, &bound);
        }
    }

    /// Notes which variables hold mutable references.
    pub fn hold(&mut self, pattern: &Pattern, source: &Node) {
        match (&pattern.shape, &source.bare().shape) {
            (PatternShape::Tuple(patterns), Shape::Tuple(parts)) => {
                for (pattern, part) in patterns.iter().zip(parts) {
                    self.hold(pattern, part);
                }
            }
            _ if self.gives_mutable(source) => self.hold_all(pattern),
            _ => {}
        }
    }

    fn hold_all(&mut self, pattern: &Pattern) {
        match &pattern.shape {
            PatternShape::Bind {
                variable, inner, ..
            } => {
                self.holders.insert(*variable);
                if let Some(inner) = inner {
                    self.hold_all(inner);
                }
            }
            PatternShape::Tuple(parts) | PatternShape::Slice(parts) => {
                parts.iter().for_each(|part| self.hold_all(part));
            }
            PatternShape::Reference(inner) | PatternShape::Wrapper { inner, .. } => {
                self.hold_all(inner);
            }
            PatternShape::Struct { fields, .. } => {
                fields.iter().for_each(|(_, field)| self.hold_all(field));
            }
            PatternShape::Ignore
            | PatternShape::Rest
            | PatternShape::Constant
            | PatternShape::Plain { .. } => {}
        }
    }

    /// Whether writing through the value changes the place that it was made of.
    pub fn gives_mutable(&self, source: &Node) -> bool {
        let tail = |block: &Block| {
            block
                .tail
                .as_ref()
                .is_some_and(|tail| self.gives_mutable(tail))
        };
        match &source.bare().shape {
            Shape::Reference { is_mutable, .. } => *is_mutable,
            Shape::Local { variable, .. } => self.is_holder(*variable),
            Shape::Block { block, .. } => tail(block),
            Shape::If { then, .. } => tail(then),
            Shape::Match(choice) => choice.arms.iter().any(|arm| self.gives_mutable(&arm.body)),
            Shape::Method(Method { receiver, name, .. }) => {
                let name = name.to_string();
                name.ends_with("_mut") || name == "get_or_insert" || self.gives_mutable(receiver)
            }
            _ => false,
        }
    }

    /// Whether `flow_back` finds the place that the method gives.
    fn gives_known_place(&self, method: &Method) -> bool {
        match method.name.to_string().as_str() {
            "get_mut" | "first_mut" | "last_mut" | "as_mut" | "as_mut_slice" | "insert"
            | "get_or_insert" => true,
            "next" | "next_back" | "nth" | "last" | "find" => self.gives_mutable(&method.receiver),
            "unwrap" | "expect" => match &method.receiver.bare().shape {
                Shape::Method(method) => self.gives_known_place(method),
                Shape::Local { variable, .. } => self.is_holder(*variable),
                _ => false,
            },
            _ => false,
        }
    }

    fn is_holder(&self, variable: Variable) -> bool {
        self.holders.contains(&variable)
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

/// `ref mut name`
fn is_mutable_reference(pattern: &syn::Pat) -> bool {
    matches!(pattern, syn::Pat::Ident(name) if name.by_ref.is_some() && name.mutability.is_some())
}

fn is_none(pattern: &syn::Pat) -> bool {
    matches!(pattern, syn::Pat::Ident(name) if name.ident == "None")
}
