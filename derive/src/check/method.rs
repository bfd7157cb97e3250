//! Methods: of numbers, of sequences and of iterators.

use super::Check;
use crate::kind::Kind;
use crate::tree::*;

impl Check<'_> {
    pub fn method(&mut self, method: &mut Method) -> Kind {
        let receiver = self.node(&mut method.receiver);
        let arguments: Vec<Kind> = method
            .arguments
            .iter_mut()
            .map(|argument| self.node(argument))
            .collect();
        let is_active = receiver.is_active() || arguments.iter().any(Kind::is_active);
        if is_active && let Some(turbofish) = &method.turbofish {
            let is_sum = matches!(method.name.to_string().as_str(), "sum" | "product");
            if !is_sum {
                self.refuse(
                    turbofish
                        .colon2_token
                        .map_or(method.name.span(), |colons| colons.spans[0]),
                    "type arguments are not taken beside differentiated values; leave them out",
                );
            }
        }
        if let Some(kind) = self.store(method, &receiver, &arguments) {
            return kind;
        }
        if let Some(kind) = self.iterate(method, &receiver, &arguments) {
            return kind;
        }
        if !is_active {
            return Kind::Plain;
        }
        let name = method.name.to_string();
        match receiver.target() {
            Kind::Number
                if matches!(name.as_str(), "clone" | "to_owned") && arguments.is_empty() =>
            {
                Kind::Number
            }
            Kind::Sequence(_) => self.sequence(method, &receiver),
            Kind::Tuple(_) | Kind::Iterator(_) => {
                self.refuse(
                    method.name.span(),
                    format!("method `{name}` of differentiated values is not known; write a loop"),
                );
                Kind::Plain
            }
            Kind::Number => {
                let all: Vec<Kind> = std::iter::once(receiver).chain(arguments).collect();
                self.known_function(&method.name, &all)
            }
            _ if crate::vocabulary::signature(&name).is_some() => {
                let all: Vec<Kind> = std::iter::once(receiver).chain(arguments).collect();
                self.known_function(&method.name, &all)
            }
            _ => {
                self.refuse(
                    method.name.span(),
                    format!("method `{name}` cannot take a differentiated value; make it a function with `#[differentiate]`"),
                );
                Kind::Plain
            }
        }
    }

    /// Methods that put values into the receiver.
    fn store(&mut self, method: &Method, receiver: &Kind, arguments: &[Kind]) -> Option<Kind> {
        if matches!(
            receiver.target(),
            Kind::Number | Kind::Iterator(_) | Kind::Tuple(_)
        ) {
            return None;
        }
        let stored = match (method.name.to_string().as_str(), arguments) {
            ("push" | "fill", [element]) | ("resize", [_, element]) => {
                Kind::sequence(element.clone())
            }
            ("copy_from_slice" | "clone_from_slice" | "extend_from_slice", [elements]) => {
                elements.target().clone()
            }
            _ => return None,
        };
        if !stored.is_active() && !receiver.is_active() {
            return Some(Kind::Plain);
        }
        self.assign(&method.receiver, &stored);
        if method.name.to_string().ends_with("slice") && !stored.is_active() {
            self.refuse(
                method.arguments[0].span,
                "plain values cannot be copied among differentiated ones at once; write a loop",
            );
        }
        Some(Kind::Plain)
    }

    fn iterate(&mut self, method: &Method, receiver: &Kind, arguments: &[Kind]) -> Option<Kind> {
        let element = || match receiver.target() {
            Kind::Sequence(element) => (**element).clone(),
            _ => Kind::Untyped,
        };
        let is_iterator = matches!(
            receiver.target(),
            Kind::Iterator(_) | Kind::Plain | Kind::Untyped
        );
        let is_sequence = matches!(
            receiver.target(),
            Kind::Sequence(_) | Kind::Plain | Kind::Untyped
        );
        let kind = match (method.name.to_string().as_str(), arguments) {
            ("iter" | "iter_mut", []) if is_sequence => Kind::iterator(Kind::reference(element())),
            ("windows" | "chunks" | "chunks_exact" | "chunks_mut" | "chunks_exact_mut", [_])
                if is_sequence =>
            {
                Kind::iterator(Kind::reference(Kind::sequence(element())))
            }
            ("into_iter", []) => Kind::iterator(receiver.element()),
            ("enumerate", []) if is_iterator => {
                Kind::iterator(Kind::Tuple(vec![Kind::Plain, receiver.element()]))
            }
            ("zip", [other]) if is_iterator => {
                Kind::iterator(Kind::Tuple(vec![receiver.element(), other.element()]))
            }
            ("rev" | "by_ref", []) | ("skip" | "take" | "step_by", [_]) if is_iterator => {
                receiver.target().clone()
            }
            ("copied" | "cloned", []) if is_iterator => match receiver.element() {
                Kind::Reference(target) => Kind::iterator(*target),
                _ => Kind::iterator(Kind::Untyped),
            },
            ("sum" | "product", []) if receiver.element().is_number() => Kind::Number,
            ("count" | "len", []) if is_iterator => Kind::Plain,
            _ => return None,
        };
        Some(match (kind, receiver) {
            // A method that only looks like an iterator's: nothing is known of its result.
            (kind, Kind::Plain | Kind::Untyped)
                if !kind.is_active() && !arguments.iter().any(Kind::is_active) =>
            {
                if matches!(kind, Kind::Iterator(_)) {
                    Kind::iterator(Kind::Untyped)
                } else {
                    Kind::Plain
                }
            }
            (kind, _) => kind,
        })
    }

    fn sequence(&mut self, method: &Method, receiver: &Kind) -> Kind {
        match method.name.to_string().as_str() {
            "len" | "is_empty" | "capacity" | "swap" | "reverse" | "clear" | "truncate"
            | "rotate_left" | "rotate_right" | "reserve" => Kind::Plain,
            "clone" | "to_vec" | "to_owned" => receiver.target().clone(),
            "as_slice" | "as_mut_slice" | "as_ref" => Kind::reference(receiver.target().clone()),
            "split_at" => {
                let half = Kind::reference(receiver.target().clone());
                Kind::Tuple(vec![half.clone(), half])
            }
            name => {
                self.refuse(
                    method.name.span(),
                    format!("method `{name}` of differentiated elements is not known; use `len`, `iter`, indexing or a loop"),
                );
                Kind::Plain
            }
        }
    }
}
