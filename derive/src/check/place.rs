//! Where values go: assignments, and back through mutable references.

use syn::Member;

use super::Check;
use crate::kind::Kind;
use crate::tree::*;

impl Check<'_> {
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
                // Of a value of unknown type, it may be a tuple struct's.
                let whole = match base.kind.target() {
                    Kind::Tuple(_) => Kind::with_component(index.index as usize, kind.clone()),
                    _ if kind.is_active() => Kind::Lifted,
                    _ => Kind::Plain,
                };
                self.assign(base, &whole);
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
        let bound = pattern.bound(&self.kinds);
        self.flow_back(source, &bound);
        let written = pattern.written(&self.kinds);
        if written.is_active() {
            self.assign(source, &written);
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
            let bound = parameter.bound(&self.kinds);
            self.flow_back_elements(receiver, &bound);
        }
    }
}
