//! Methods of sequences and of iterators: what they hand to their closures, and what they give.

use super::Check;
use super::apply::collected;
use crate::kind::Kind;
use crate::tree::*;
use syn::GenericArgument;

impl Check<'_> {
    /// Methods of arrays, slices and vectors.
    pub fn sequence(
        &mut self,
        method: &mut Method,
        receiver: &Kind,
        arguments: &[Kind],
    ) -> Option<Kind> {
        if let Some(kind) = self.store(method, receiver, arguments) {
            return Some(kind);
        }
        let whole = receiver.target().clone();
        let element = match &whole {
            Kind::Sequence(element) => (**element).clone(),
            Kind::Lifted => Kind::Lifted,
            _ => Kind::Untyped,
        };
        let borrowed = Kind::reference(element.clone());
        let slice = || Kind::reference(whole.clone());
        let is_sequence = matches!(whole, Kind::Sequence(_));
        let kind = match (method.name.to_string().as_str(), &mut method.arguments[..]) {
            ("iter" | "iter_mut", []) => Kind::iterator(borrowed),
            (
                "windows" | "chunks" | "chunks_exact" | "chunks_mut" | "chunks_exact_mut"
                | "rchunks" | "rchunks_mut",
                [_],
            ) => Kind::iterator(slice()),
            ("into_iter", []) => Kind::iterator(receiver.element()),
            ("drain", [_]) => Kind::iterator(element),
            ("len" | "is_empty" | "capacity", []) => Kind::Plain,
            ("swap" | "split_off", _) if is_sequence && method.name == "swap" => Kind::Plain,
            (
                "reverse" | "clear" | "truncate" | "rotate_left" | "rotate_right" | "reserve"
                | "dedup" | "copy_within",
                _,
            ) if is_sequence => Kind::Plain,
            ("clone" | "to_vec" | "to_owned" | "into_vec", []) if is_sequence => whole,
            ("as_slice" | "as_mut_slice" | "as_ref", []) if is_sequence => slice(),
            ("first" | "last" | "first_mut" | "last_mut", []) | ("get" | "get_mut", [_])
                if is_sequence =>
            {
                Kind::wrapped(borrowed)
            }
            ("split_first" | "split_last" | "split_first_mut" | "split_last_mut", [])
                if is_sequence =>
            {
                Kind::wrapped(Kind::Tuple(vec![borrowed, slice()]))
            }
            ("split_at" | "split_at_mut", [_]) if is_sequence => {
                Kind::Tuple(vec![slice(), slice()])
            }
            ("pop", []) if is_sequence => Kind::wrapped(element),
            ("remove" | "swap_remove", [_]) if is_sequence => element,
            ("concat", []) if is_sequence => element.target().clone(),
            ("sort_by" | "sort_unstable_by", [order]) => {
                self.apply(order, &[borrowed.clone(), borrowed]);
                Kind::Plain
            }
            ("retain" | "partition_point" | "binary_search_by", [test]) => {
                self.apply(test, &[borrowed]);
                Kind::Plain
            }
            // Of an array; `map` of anything else is an iterator's or an `Option`'s.
            ("map", [f]) if is_sequence => Kind::sequence(self.apply(f, &[element])),
            _ => return None,
        };
        Some(kind)
    }

    /// Methods that put values into the receiver.
    fn store(&mut self, method: &mut Method, receiver: &Kind, arguments: &[Kind]) -> Option<Kind> {
        let name = method.name.to_string();
        let stored = match (name.as_str(), arguments) {
            ("push" | "fill", [element]) | ("resize", [_, element]) | ("insert", [_, element]) => {
                Kind::sequence(element.clone())
            }
            (
                "copy_from_slice" | "clone_from_slice" | "extend_from_slice" | "append",
                [elements],
            ) => elements.target().clone(),
            ("extend", [elements]) => Kind::sequence(match elements.element() {
                Kind::Reference(target) => *target,
                kind => kind,
            }),
            ("swap_with_slice", [_]) => return None,
            _ => return None,
        };
        if !stored.is_active() && !receiver.is_active() {
            return Some(Kind::Plain);
        }
        self.assign(&method.receiver, &stored);
        let element = receiver.indexed().join(&stored.indexed());
        match name.as_str() {
            "push" | "fill" => method.want(1, &element),
            "resize" | "insert" => method.want(2, &element),
            "extend" if stored.is_active() => {}
            "extend" => method.want(1, &Kind::iterator(element)),
            "append" if !stored.is_active() => self.refuse(
                method.arguments[0].span,
                "plain values cannot be moved among differentiated ones at once; write a loop",
            ),
            "append" => {}
            _ => method.want(1, &Kind::reference(Kind::sequence(element))),
        }
        Some(Kind::Plain)
    }

    /// Methods of iterators.
    pub fn iterator(
        &mut self,
        method: &mut Method,
        receiver: &Kind,
        arguments: &[Kind],
    ) -> Option<Kind> {
        let element = receiver.element();
        let same = || match receiver.target() {
            Kind::Iterator(_) => receiver.target().clone(),
            _ => Kind::iterator(element.clone()),
        };
        let is_iterator = matches!(receiver.target(), Kind::Iterator(_));
        let borrowed = || Kind::reference(element.clone());
        let kind = match (method.name.to_string().as_str(), &mut method.arguments[..]) {
            ("enumerate", []) => Kind::iterator(Kind::Tuple(vec![Kind::Plain, element])),
            ("zip", [_]) => Kind::iterator(Kind::Tuple(vec![element, arguments[0].element()])),
            ("chain", [other]) => {
                let plain = match (element.is_active(), arguments[0].element()) {
                    (true, kind) if !kind.is_active() => Some((other.span, kind)),
                    (false, kind) if kind.is_active() => {
                        Some((method.receiver.span, element.clone()))
                    }
                    _ => None,
                };
                if let Some((span, Kind::Reference(_))) = plain {
                    self.refuse(span, "plain values cannot be chained to differentiated ones by reference; add `.copied()` to both");
                }
                let kind = Kind::iterator(element.join(&arguments[0].element()));
                method.want(0, &kind);
                method.want(1, &kind);
                kind
            }
            ("rev" | "by_ref" | "peekable" | "cycle" | "fuse" | "into_iter", [])
            | ("skip" | "take" | "step_by", [_]) => same(),
            ("copied" | "cloned", []) if is_iterator => Kind::iterator(match element {
                Kind::Reference(target) => *target,
                kind if kind.is_active() => kind,
                _ => Kind::Untyped,
            }),
            ("map", [f]) if is_iterator => Kind::iterator(self.apply(f, &[element])),
            // An `Option`, an array or an iterator: only the compiler knows.
            ("map", [f]) => match self.apply(f, &[element]) {
                kind if kind.is_active() => Kind::Lifted,
                _ => Kind::Untyped,
            },
            ("filter_map" | "map_while", [f]) => {
                Kind::iterator(self.apply(f, &[element]).unwrapped())
            }
            ("flat_map", [f]) => Kind::iterator(self.apply(f, &[element]).element()),
            ("flatten", []) => Kind::iterator(element.element()),
            ("filter" | "take_while" | "skip_while" | "inspect", [f]) if is_iterator => {
                self.apply(f, &[borrowed()]);
                same()
            }
            ("scan", [_, f]) => {
                let state = Kind::reference(arguments[0].clone());
                let kind = self.apply(f, &[state, element]);
                if let Some(Kind::Reference(state)) = self.first_parameter(&method.arguments[1]) {
                    method.want(1, &state);
                }
                Kind::iterator(kind.unwrapped())
            }
            ("fold", [_, f]) => {
                let start =
                    self.apply_for(f, &[arguments[0].clone(), element.clone()], &arguments[0]);
                let kind = self.apply_for(f, &[start.clone(), element], &start);
                method.want(1, &kind);
                kind
            }
            ("try_fold", [_, f]) => {
                let kind = self.apply(f, &[arguments[0].clone(), element.clone()]);
                let state = arguments[0].join(&kind.unwrapped());
                let kind = self.apply_for(f, &[state.clone(), element], &kind);
                method.want(1, &state);
                kind
            }
            ("reduce", [f]) => {
                Kind::wrapped(self.apply_for(f, &[element.clone(), element.clone()], &element))
            }
            ("for_each", [f]) => {
                self.apply(f, &[element]);
                Kind::Plain
            }
            ("any" | "all" | "position" | "rposition", [test]) => {
                self.apply(test, &[element]);
                Kind::Plain
            }
            ("peek", []) if is_iterator => Kind::wrapped(borrowed()),
            ("find", [test]) => {
                self.apply(test, &[borrowed()]);
                Kind::wrapped(element)
            }
            ("min_by" | "max_by", [order]) => {
                self.apply(order, &[borrowed(), borrowed()]);
                Kind::wrapped(element)
            }
            ("min_by_key" | "max_by_key", [key]) => {
                self.apply(key, &[borrowed()]);
                Kind::wrapped(element)
            }
            ("last" | "next" | "next_back", []) | ("nth", [_]) if is_iterator => {
                Kind::wrapped(element)
            }
            ("sum" | "product", []) if element.may_be_number() => Kind::Number,
            ("sum" | "product", []) if matches!(element.target(), Kind::Wrapped(inner) if **inner == Kind::Number) => {
                element.target().clone()
            }
            ("count" | "len", []) => Kind::Plain,
            // Of a range between plain bounds.
            ("contains", [_]) if !receiver.is_active() => Kind::Plain,
            ("unzip", []) => Kind::Tuple(vec![
                Kind::sequence(element.component(0)),
                Kind::sequence(element.component(1)),
            ]),
            ("collect", []) if element.is_active() => {
                match method
                    .turbofish
                    .as_ref()
                    .and_then(|turbofish| turbofish.args.first())
                {
                    Some(GenericArgument::Type(ty)) => collected(ty, element),
                    _ => Kind::sequence(element),
                }
            }
            _ => return None,
        };
        if let Some(closure) = method.arguments.last() {
            self.flow_back_from_closure(&method.receiver, closure);
        }
        Some(kind)
    }

    /// What the first parameter of a closure holds by now.
    fn first_parameter(&self, closure: &Node) -> Option<Kind> {
        let Shape::Closure(Closure { index, .. }) = &closure.bare().shape else {
            return None;
        };
        let parameter = self.signatures[*index].parameters.first()?;
        Some(parameter.bound(&self.kinds))
    }
}
