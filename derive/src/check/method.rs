//! Methods: of numbers, of `Option` and `Result`, and which table knows the others.

use syn::GenericArgument;

use super::Check;
use super::associated::{is_annotated, is_of_self, may_be_annotated};
use crate::kind::Kind;
use crate::tree::*;
use crate::vocabulary::{Signature, signature};

impl Check<'_> {
    pub fn method(&mut self, method: &mut Method) -> Kind {
        let receiver = self.node(&mut method.receiver);
        let arguments: Vec<Kind> = method
            .arguments
            .iter_mut()
            .map(|argument| self.node(argument))
            .collect();
        method.meaning = Meaning::AsWritten(vec![Kind::Plain; arguments.len() + 1]);
        let name = method.name.to_string();
        let is_active = receiver.is_active() || arguments.iter().any(Kind::is_active);
        if let Shape::Local { variable, .. } = method.receiver.bare().shape
            && self.cells.contains(&variable)
            && is_active
        {
            let message = format!(
                "method `{name}` of a cell cannot take a differentiated value; assign to a variable, or return the value"
            );
            self.refuse(method.name.span(), message);
            return Kind::Plain;
        }
        let takes_function = arguments.iter().any(|kind| self.is_live_function(kind));
        if is_annotated(method) || (takes_function && is_of_self(method)) {
            return self.annotated(method);
        }
        let is_vocabulary = signature(&name).is_some();
        let kind = match receiver.target() {
            Kind::Number if matches!(name.as_str(), "clone" | "to_owned") => {
                method.meaning = Meaning::Itself;
                Some(Kind::Number)
            }
            Kind::Number => return self.number(method, receiver, arguments),
            Kind::Sequence(_) => self
                .sequence(method, &receiver, &arguments)
                .or_else(|| self.iterator(method, &receiver, &arguments)),
            Kind::Iterator(_) => self.iterator(method, &receiver, &arguments),
            Kind::Wrapped(_) => self.wrapper(method, &receiver, &arguments),
            Kind::Tuple(_) if matches!(name.as_str(), "clone" | "to_owned") => {
                Some(receiver.target().clone())
            }
            Kind::Function { .. } if name == "clone" => Some(receiver.target().clone()),
            Kind::Tuple(_) | Kind::Closure(_) | Kind::Function { .. } => None,
            Kind::Plain | Kind::Untyped if is_active && is_vocabulary => {
                return self.number(method, receiver, arguments);
            }
            Kind::Lifted if is_vocabulary || name == "clone" => Some(self.of_lifted(method)),
            Kind::Lifted => self
                .sequence(method, &receiver, &arguments)
                .or_else(|| self.iterator(method, &receiver, &arguments))
                .or_else(|| self.wrapper(method, &receiver, &arguments))
                .or_else(|| Some(self.of_lifted(method))),
            Kind::Plain | Kind::Untyped => self
                .sequence(method, &receiver, &arguments)
                .or_else(|| self.iterator(method, &receiver, &arguments))
                .or_else(|| self.wrapper(method, &receiver, &arguments)),
            Kind::Reference(_) => None,
        };
        // Of other receivers the method's name alone is known, and plain values may be behind references.
        let is_typed = !matches!(receiver.target(), Kind::Plain | Kind::Untyped);
        // Filled in by now: the parameters of closures among the arguments.
        let is_live = is_active
            || receiver.is_function()
            || kind.as_ref().is_some_and(Kind::is_active)
            || arguments.iter().any(|kind| self.is_live_function(kind));
        match kind {
            Some(kind) if is_live => {
                self.type_arguments(method, &kind);
                if kind.is_active() || is_typed {
                    kind
                } else {
                    without_shape(&kind)
                }
            }
            Some(kind) if is_typed => kind,
            None if takes_function && may_be_annotated(method) => self.annotated(method),
            None if is_live => {
                self.refuse_method(method, &receiver);
                Kind::Plain
            }
            // A method that only looks like an iterator's: nothing is known of its result.
            Some(Kind::Iterator(_)) => Kind::iterator(Kind::Untyped),
            _ => Kind::Plain,
        }
    }

    fn annotated(&mut self, method: &mut Method) -> Kind {
        method.meaning = Meaning::Annotated;
        for argument in &mut method.arguments {
            self.hand_over(argument);
        }
        Kind::Lifted
    }

    /// A method of what only the compiler knows: a number, or a struct with methods of its own.
    fn of_lifted(&mut self, method: &mut Method) -> Kind {
        // Methods of floats that no number has.
        const BITS: &[&str] = &[
            "to_bits",
            "to_be_bytes",
            "to_le_bytes",
            "to_ne_bytes",
            "to_int_unchecked",
        ];
        method.meaning = Meaning::Open;
        let name = method.name.to_string();
        if BITS.contains(&name.as_str()) {
            self.known_function(&method.name, &[Kind::Lifted]);
        }
        if signature(&name).is_none() {
            for argument in &mut method.arguments {
                self.hand_over(argument);
            }
        }
        match signature(&name) {
            Some(Signature::Predicate | Signature::Comparison) => Kind::Plain,
            _ => Kind::Lifted,
        }
    }

    fn number(&mut self, method: &mut Method, receiver: Kind, arguments: Vec<Kind>) -> Kind {
        method.meaning = Meaning::Vocabulary;
        let all: Vec<Kind> = std::iter::once(receiver).chain(arguments).collect();
        self.known_function(&method.name, &all)
    }

    fn refuse_method(&mut self, method: &Method, receiver: &Kind) {
        let name = &method.name;
        let message = match receiver.target() {
            Kind::Sequence(_) => format!(
                "method `{name}` of differentiated elements is not known; use `len`, `iter`, indexing or a loop"
            ),
            Kind::Iterator(_) => format!(
                "iterator method `{name}` over differentiated values is not known; write a loop"
            ),
            Kind::Wrapped(_) => format!(
                "method `{name}` of a differentiated `Option` or `Result` is not known; use `match`"
            ),
            Kind::Tuple(_) => {
                format!("method `{name}` of differentiated values is not known; write a loop")
            }
            _ if matches!(name.to_string().as_str(), "push_back" | "push_front") => {
                format!(
                    "method `{name}` cannot take a differentiated value; keep such values in a `Vec`"
                )
            }
            _ => format!(
                "method `{name}` cannot take a differentiated value; make it a function with `#[differentiate]`"
            ),
        };
        self.refuse(name.span(), message);
    }

    /// A turbofish names floats that may have become numbers, and only two kinds of methods are rewritten.
    fn type_arguments(&mut self, method: &Method, kind: &Kind) {
        let Some(turbofish) = &method.turbofish else {
            return;
        };
        match (method.name.to_string().as_str(), turbofish.args.first()) {
            ("sum" | "product", _) => {}
            ("collect", Some(GenericArgument::Type(ty))) => self.check_type(ty, kind),
            _ => self.refuse(
                turbofish
                    .colon2_token
                    .map_or(method.name.span(), |colons| colons.spans[0]),
                "type arguments are not taken beside differentiated values; leave them out",
            ),
        }
    }

    /// Methods of `Option` and `Result`.
    fn wrapper(
        &mut self,
        method: &mut Method,
        receiver: &Kind,
        arguments: &[Kind],
    ) -> Option<Kind> {
        let inner = receiver.unwrapped();
        let is_wrapper = matches!(receiver.target(), Kind::Wrapped(_));
        let mut stored = None;
        let kind = match (method.name.to_string().as_str(), &mut method.arguments[..]) {
            ("unwrap" | "unwrap_or_default", []) | ("expect", [_]) => inner,
            ("unwrap_or", [_]) => {
                let kind = inner.join(&arguments[0]);
                method.want(0, &Kind::wrapped(kind.clone()));
                method.want(1, &kind);
                kind
            }
            ("unwrap_or_else", [default]) => {
                let kind = self.apply_for(default, &[], &inner);
                method.want(0, &Kind::wrapped(kind.clone()));
                kind
            }
            ("then", [f]) if !receiver.is_active() => Kind::wrapped(self.apply(f, &[])),
            ("then_some", [_]) if !receiver.is_active() => Kind::wrapped(arguments[0].clone()),
            ("map", [f]) => Kind::wrapped(self.apply(f, &[inner])),
            ("and_then", [f]) => self.apply(f, &[inner]),
            ("map_or", [_, f]) => {
                let kind = self.apply_for(f, &[inner], &arguments[0]);
                method.want(1, &kind);
                kind
            }
            ("map_or_else", [default, f]) => {
                let otherwise = self.apply(default, &[]);
                let kind = self.apply_for(f, &[inner], &otherwise);
                self.apply_for(default, &[], &kind)
            }
            ("filter", [test]) => {
                self.apply(test, &[Kind::reference(inner)]);
                receiver.target().clone()
            }
            ("or", [_]) => {
                let kind = receiver.target().join(&arguments[0]);
                method.want(0, &kind);
                method.want(1, &kind);
                kind
            }
            // They store as well: what they give is what was there, or the place.
            ("replace" | "insert" | "get_or_insert", [_]) if is_wrapper => {
                let kind = inner.join(&arguments[0]);
                method.want(1, &kind);
                stored = Some(Kind::wrapped(kind.clone()));
                if method.name == "replace" {
                    Kind::wrapped(kind)
                } else {
                    Kind::reference(kind)
                }
            }
            ("or_else", [f]) => self.apply_for(f, &[], receiver.target()),
            ("ok_or" | "ok_or_else" | "map_err", [_]) | ("ok" | "take", []) => Kind::wrapped(inner),
            ("as_ref" | "as_mut", []) => Kind::wrapped(Kind::reference(inner)),
            ("copied" | "cloned", []) => Kind::wrapped(match inner {
                Kind::Reference(target) => *target,
                kind => kind,
            }),
            ("clone", []) => receiver.target().clone(),
            ("is_some" | "is_none" | "is_ok" | "is_err", []) => Kind::Plain,
            ("is_some_and" | "is_none_or" | "is_ok_and", [test]) => {
                self.apply(test, &[inner]);
                Kind::Plain
            }
            _ => return None,
        };
        if let Some(stored) = stored {
            self.assign(&method.receiver, &stored);
        }
        Some(kind)
    }
}

/// The kind of a value that carries no derivative, as far as it can be relied on.
fn without_shape(kind: &Kind) -> Kind {
    match kind {
        Kind::Iterator(_) => Kind::iterator(Kind::Untyped),
        Kind::Sequence(_) => Kind::sequence(Kind::Untyped),
        Kind::Wrapped(_) => Kind::wrapped(Kind::Untyped),
        _ => Kind::Untyped,
    }
}
