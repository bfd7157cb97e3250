//! Calls by path.

use proc_macro2::Ident;
use syn::PathArguments;

use super::Check;
use crate::callee::{Callee, callee, is_of_standard_library, starts_upper};
use crate::kind::Kind;
use crate::tree::*;
use crate::vocabulary::{Signature, is_special, signature};

impl Check<'_> {
    pub fn call(&mut self, call: &mut Call) -> Kind {
        let kinds: Vec<Kind> = call
            .arguments
            .iter_mut()
            .map(|argument| self.node(argument))
            .collect();
        if call.local.is_none() && self.options.is_constant(&call.function.path) {
            return self.constant_call(&call.arguments);
        }
        call.is_lifted = false;
        if let Some(local) = call.local {
            match self.kinds[local].target().clone() {
                Kind::Closure(index) => {
                    let kind = self.call_closure(index, &kinds);
                    let parameters = self.signatures[index].parameters.clone();
                    for (argument, parameter) in call.arguments.iter().zip(&parameters) {
                        let bound = parameter.bound(&self.kinds);
                        self.flow_back(argument, &bound);
                    }
                    return kind;
                }
                Kind::Function { parameters, result } => {
                    let name = &call.function.path.segments[0].ident;
                    return self.call_function(name, &call.arguments, &parameters, &result);
                }
                _ => {}
            }
        }
        let callee = callee(&call.function);
        let standard = match callee {
            Callee::Standard(name) => Some(name),
            _ => None,
        };
        if let Some(name) = standard
            && let Some(kind) = self.standard(name, &mut call.arguments, &kinds)
        {
            return kind;
        }
        let local = call.local.map(|local| self.kinds[local].clone());
        let is_active = kinds.iter().any(Kind::is_active);
        let takes_function = kinds.iter().any(|kind| self.is_live_function(kind));
        let can_be_annotated = call.local.is_none()
            && matches!(callee, Callee::Annotated)
            && !is_of_standard_library(&call.function.path);
        let is_lifted = is_active || (takes_function && can_be_annotated);
        if !is_lifted && !local.is_some_and(|kind| kind.is_active()) {
            for (argument, kind) in call.arguments.iter().zip(&kinds) {
                if self.is_live_function(kind) {
                    self.refuse(argument.span, "this function cannot take a closure over differentiated values; write a loop, or call it with plain values");
                }
            }
            return Kind::Plain;
        }
        let Some(last) = call.function.path.segments.last() else {
            return Kind::Plain;
        };
        let (name, span) = (&last.ident, last.ident.span());
        if let Some(local) = call.local {
            let message = if self.constant_functions.contains(&local) {
                format!(
                    "`{name}` is a constant and cannot be called with a differentiated value; name it in `#[differentiate(wrt(..))]`"
                )
            } else {
                format!(
                    "`{name}` is a variable and cannot be called with a differentiated value; make it a function with `#[differentiate]`"
                )
            };
            self.refuse(span, message);
            return Kind::Plain;
        }
        if let Callee::Standard(_) | Callee::Annotated = callee {
            return match self.is_annotated(call) {
                true => Kind::Lifted,
                false => Kind::Plain,
            };
        }
        match callee {
            Callee::Vocabulary(name) => self.known_function(name, &kinds),
            Callee::Constructor => Kind::wrapped(kinds[0].clone()),
            _ => Kind::Number,
        }
    }

    /// Functions of the standard library, where a number or a live closure goes in.
    fn standard(&mut self, name: &str, arguments: &mut [Node], kinds: &[Kind]) -> Option<Kind> {
        let is_live = kinds
            .iter()
            .any(|kind| kind.is_active() || matches!(kind.target(), Kind::Closure(_)));
        if !is_live {
            return None;
        }
        let kind = match (name, &mut *arguments) {
            ("once", [_]) | ("repeat", [_]) | ("repeat_n", [_, _]) => {
                Kind::iterator(kinds[0].clone())
            }
            ("successors", [_, next]) => {
                let element = kinds[0].unwrapped();
                let next = self.apply_for(next, &[Kind::reference(element.clone())], &kinds[0]);
                Kind::iterator(element.join(&next.unwrapped()))
            }
            ("zip", [_, _]) => {
                Kind::iterator(Kind::Tuple(vec![kinds[0].element(), kinds[1].element()]))
            }
            ("from_fn", [element]) => Kind::sequence(self.apply(element, &[Kind::Plain])),
            ("swap", [left, right]) => {
                let both = kinds[0].join(&kinds[1]);
                self.flow_back(left, &both);
                self.flow_back(right, &both);
                Kind::Plain
            }
            ("replace", [place, _]) => {
                let both = kinds[0].join(&Kind::reference(kinds[1].clone()));
                self.flow_back(place, &both);
                both.target().clone()
            }
            ("take", [_]) => kinds[0].target().clone(),
            ("from", [_]) => kinds[0].target().clone(),
            _ => return None,
        };
        Some(if kind.is_active() { kind } else { Kind::Plain })
    }

    /// Whether the path can be that of an annotated function; else it has been refused.
    fn is_annotated(&mut self, call: &mut Call) -> bool {
        let path = &call.function.path;
        self.note_call(path);
        call.is_lifted = true;
        for argument in &mut call.arguments {
            self.hand_over(argument);
            if !argument.kind.is_callable() {
                self.flow_back(argument, &Kind::reference(Kind::Lifted));
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
            self.refuse(
                segment.ident.span(),
                "type arguments cannot stand beside a differentiated value; leave them out",
            );
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
            "Vec", "Box", "Rc", "Arc", "Cell", "RefCell", "Option", "Result", "String",
        ];
        if starts_upper(&last.ident.to_string()) || OWNERS.contains(&owner.as_str()) {
            self.refuse_holder(path);
            return false;
        }
        true
    }

    /// A function inside the function may be one that is called so.
    pub fn note_call(&mut self, path: &syn::Path) {
        self.called
            .extend(path.get_ident().map(ToString::to_string));
    }

    /// A name of the vocabulary, called with all its arguments.
    pub fn known_function(&mut self, name: &Ident, arguments: &[Kind]) -> Kind {
        let Some(signature) = signature(&name.to_string()) else {
            let message = if is_special(&name.to_string()) {
                format!("`{name}` needs chainrule's feature `special`")
            } else {
                format!(
                    "method `{name}` has no derivative; take it of a constant, or register a rule for it"
                )
            };
            self.refuse(name.span(), message);
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
            .any(|kind| kind.is_active() && !kind.may_be_number())
        {
            self.refuse(
                name.span(),
                format!("`{name}` takes single numbers; call it on the elements"),
            );
        }
        if signature == Signature::Indexed && arguments.get(1).is_some_and(Kind::is_number) {
            let message = if name == "powi" {
                "the exponent of `powi` is an integer; use `powf`".to_owned()
            } else {
                format!("the order of `{name}` is an integer")
            };
            self.refuse(name.span(), message);
        }
        match signature {
            Signature::Unary | Signature::Binary | Signature::Indexed | Signature::Ternary => {
                Kind::Number
            }
            Signature::Pair => Kind::Tuple(vec![Kind::Number, Kind::Number]),
            Signature::Predicate | Signature::Comparison => Kind::Plain,
        }
    }
}
