//! Calls and methods that touch a number.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Path;

use super::Emission;
use super::lift::is_float_literal;
use crate::callee::{Callee, callee, starts_upper};
use crate::kind::{Kind, is_float};
use crate::names::internal;
use crate::tree::*;
use crate::vocabulary::{Signature, own_trait, signature};

impl Emission<'_> {
    pub fn call(&mut self, call: &Call, kind: &Kind) -> TokenStream {
        let Call {
            function,
            arguments,
            local,
            is_lifted,
        } = call;
        if local.is_none() && self.function.options.is_constant(&function.path) {
            return self.constant_call(function, arguments);
        }
        if let Some(local) = local {
            let parameters = match self.kinds[*local].target() {
                Kind::Closure(index) => Some(self.signatures[*index].kinds(&self.kinds)),
                Kind::Function { parameters, .. } => Some(parameters.clone()),
                _ => None,
            };
            if let Some(parameters) = parameters {
                let arguments: Vec<_> = arguments
                    .iter()
                    .zip(&parameters)
                    .map(|(argument, wanted)| self.node_as(argument, wanted))
                    .collect();
                return quote!(#function(#(#arguments),*));
            }
        }
        let callee = callee(function);
        if let Callee::Standard(name) = callee
            && kind.is_active()
        {
            let arguments: Vec<_> = arguments
                .iter()
                .enumerate()
                .map(|(position, argument)| match (name, position) {
                    ("successors", 0) => self.node_as(argument, &Kind::wrapped(kind.element())),
                    ("replace", 1) | ("from", 0) => self.node_as(argument, kind),
                    _ => self.node(argument),
                })
                .collect();
            return self.call_of_known(function, &arguments);
        }
        if !is_lifted && !arguments.iter().any(|argument| argument.kind.is_active()) {
            let reads_numbers = arguments
                .iter()
                .any(|argument| self.reads_numbers(argument));
            let arguments: Vec<_> = arguments
                .iter()
                .map(|argument| self.node(argument))
                .collect();
            // What an error says has no derivative, if it is an error.
            if reads_numbers {
                return self.call_of_known(function, &arguments);
            }
            return quote!(#function(#(#arguments),*));
        }
        match callee {
            Callee::Vocabulary(name) => {
                let arguments = self.arguments(name, &arguments.iter().collect::<Vec<_>>());
                let runtime = &self.runtime;
                let known = quote_spanned!(name.span()=> #runtime::functions::#name);
                let known = self.identified(function, &known);
                quote!(#known(#(#arguments),*))
            }
            // Of a field that only the compiler knows: a number or an integer.
            Callee::Identity if !arguments[0].kind.is_number() => {
                let value = self.value(&arguments[0]);
                let value = self.cast_to_number(&value);
                self.identified(function, &value)
            }
            Callee::Identity => {
                let value = self.value(&arguments[0]);
                self.identified(function, &value)
            }
            Callee::Constructor | Callee::Standard("swap") => {
                let arguments: Vec<_> = arguments
                    .iter()
                    .map(|argument| self.node(argument))
                    .collect();
                self.call_of_known(function, &arguments)
            }
            Callee::Standard(_) | Callee::Annotated => {
                let path = self.lifted_path(&function.path, takes_functions(arguments));
                if let [receiver, others @ ..] = &arguments[..]
                    && self.is_own_receiver(&function.path, receiver)
                {
                    return self.own_method(&function.path, receiver, others);
                }
                let told = self.told(arguments);
                self.passing(arguments, |arguments| quote!(#path(#told #(#arguments),*)))
            }
        }
    }

    /// The same of a function that may have been handed over by its name.
    pub fn target_with_numbers(
        &mut self,
        target: Target,
        numbers: Vec<TokenStream>,
        number: Option<&TokenStream>,
    ) -> TokenStream {
        match target {
            Target::Call(call) => self.call_with_numbers(call, numbers, number),
            Target::Named(path) => {
                let path = self.lifted_path(&path.path, false);
                quote!(#path(#(#numbers),*))
            }
        }
    }

    /// A call of an annotated function with these numbers in place of its arguments that are some, over the number type
    /// of theirs.
    pub fn call_with_numbers(
        &mut self,
        call: &Call,
        numbers: Vec<TokenStream>,
        number: Option<&TokenStream>,
    ) -> TokenStream {
        let (active, plain): (Vec<_>, Vec<_>) = call
            .arguments
            .iter()
            .partition(|argument| argument.kind.is_active());
        // What is plain may be made of the caller's own numbers.
        let plain: Vec<_> = plain
            .into_iter()
            .map(|argument| (argument, self.node(argument)))
            .collect();
        self.substitutes = active
            .into_iter()
            .zip(numbers)
            .chain(plain)
            .map(|(argument, tokens)| (argument as *const Node, tokens))
            .collect();
        let own = self.number.clone();
        if let Some(number) = number {
            self.number = number.clone();
        }
        let path = self.lifted_path(&call.function.path, false);
        let tokens = self.passing(&call.arguments, |arguments| quote!(#path(#(#arguments),*)));
        self.number = own;
        self.substitutes.clear();
        tokens
    }

    /// A call of a lifted function. What is plain becomes numbers or stays, as the parameter is an input or a constant;
    /// only the compiler knows that.
    pub fn passing(
        &mut self,
        arguments: &[Node],
        call: impl Fn(&[TokenStream]) -> TokenStream,
    ) -> TokenStream {
        let values: Vec<_> = arguments
            .iter()
            .map(|argument| {
                let runtime = self.runtime_at(argument.span);
                let is_open = is_plain(argument) && !argument.is_integer(self.integers);
                let open = match () {
                    () if is_float_literal(argument) => {
                        let (literal, float) = (self.node(argument), &self.function.float);
                        quote_spanned!(argument.span=> #runtime::Liftable::<#float>(#literal))
                    }
                    () if is_open => {
                        let value = self.node(argument);
                        quote_spanned!(argument.span=> #runtime::Passed(#value).pass())
                    }
                    // All its floats are numbers.
                    () => return self.node_as(argument, &argument.kind.with_lifted_leaves()),
                };
                // What a reference comes to refer to lives as long as the temporary values around the call.
                quote_spanned!(argument.span=> #open.into_parameter(&mut ::core::default::Default::default()))
            })
            .collect();
        call(&values)
    }

    /// The runtime as if the user had written it there: where the compiler is to say that something does not fit, and for what
    /// tracks its caller.
    pub fn runtime_at(&self, span: Span) -> Ident {
        Ident::new(&self.runtime.to_string(), span)
    }

    /// Where functions are handed over, the number type goes first.
    pub fn told(&self, arguments: &[Node]) -> Option<TokenStream> {
        let number = &self.number;
        takes_functions(arguments).then(|| quote!(::core::marker::PhantomData::<#number>,))
    }

    /// `path::lift`, or the sibling `Owner::path_lift` where no type can stand beside the function.
    pub fn lifted_path(&self, path: &Path, takes_functions: bool) -> Path {
        let mut path = path.clone();
        let is_itself = self.function.is_itself(&path);
        let owner = path
            .segments
            .iter()
            .rev()
            .nth(1)
            .map(|owner| owner.ident.to_string());
        let Some(last) = path.segments.last_mut() else {
            return path;
        };
        let span = last.ident.span();
        let lift = lift_name(takes_functions);
        last.ident = self.renamed(&last.ident, is_itself);
        if owner.is_some_and(|owner| starts_upper(&owner)) {
            last.ident = format_ident!("{}_{lift}", last.ident);
        } else {
            path.segments.push(Ident::new(lift, span).into());
        }
        path
    }

    /// The type beside a called function; siblings have none.
    pub fn type_of_callee(&self, path: &Path) -> Option<Path> {
        let mut path = path.clone();
        let is_itself = self.function.is_itself(&path);
        let owner = path.segments.iter().rev().nth(1);
        if owner.is_some_and(|owner| starts_upper(&owner.ident.to_string())) {
            return None;
        }
        let last = path.segments.last_mut()?;
        last.ident = self.renamed(&last.ident, is_itself);
        Some(path)
    }

    /// Under which name the derivatives of a called function are.
    pub fn renamed(&self, name: &Ident, is_itself: bool) -> Ident {
        let renamings = &self.function.options.calls;
        let to = match renamings.iter().find(|renaming| *name == renaming.from) {
            _ if is_itself => self.function.name(),
            Some(renaming) => &renaming.to,
            None => name,
        };
        let mut to = to.clone();
        to.set_span(name.span());
        to
    }

    /// A method of the vocabulary.
    pub fn known_function(&mut self, name: &Ident, arguments: &[&Node]) -> TokenStream {
        let arguments = self.arguments(name, arguments);
        let runtime = self.runtime_at(name.span());
        let call = quote_spanned!(name.span()=> #runtime::functions::#name(#(#arguments),*));
        self.with_one_meaning(name, call)
    }

    fn arguments(&mut self, name: &Ident, arguments: &[&Node]) -> Vec<TokenStream> {
        let signature = signature(&name.to_string());
        arguments
            .iter()
            .enumerate()
            .map(|(position, argument)| match signature {
                Some(Signature::Indexed) if position == 1 => self.node(argument),
                Some(Signature::Comparison) => {
                    let value = self.scalar(argument);
                    quote!(&#value)
                }
                _ => self.scalar(argument),
            })
            .collect()
    }

    /// The call of a method that floats do not have themselves, beside a use that is ambiguous if another trait of the
    /// user's gives it to them: its meaning there need not be ours.
    pub fn with_one_meaning(&self, name: &Ident, call: TokenStream) -> TokenStream {
        let written = name.to_string();
        let (Some(own), Some(signature)) = (own_trait(&written), signature(&written)) else {
            return call;
        };
        let (runtime, float, own) = (&self.runtime, &self.function.float, format_ident!("{own}"));
        let float = quote!(::core::primitive::#float);
        let (value, other) = (internal("value"), internal("other"));
        let (parameter, argument) = match signature {
            Signature::Binary => (quote!(, #other: #float), quote!(#other)),
            Signature::Indexed => (quote!(, #other: ::core::primitive::i32), quote!(#other)),
            _ => Default::default(),
        };
        // The standard library plans some of these names; where the body calls them, the compiler has said so.
        quote_spanned!(name.span()=> ({
            use #runtime::#own as _;
            #[allow(unstable_name_collisions)]
            let _ = |#value: #float #parameter| #value.#name(#argument);
            #call
        }))
    }
}

/// Whether functions are among the arguments.
pub fn takes_functions(arguments: &[Node]) -> bool {
    arguments.iter().any(|argument| argument.kind.is_callable())
}

/// What the lifted function is called.
pub fn lift_name(takes_functions: bool) -> &'static str {
    if takes_functions { "lift_over" } else { "lift" }
}

/// Whether the argument is plain, and may hold floats or refer to some.
fn is_plain(node: &Node) -> bool {
    match &node.bare().shape {
        _ if node.kind.is_active() || node.kind.is_callable() => false,
        Shape::Literal { is_float, .. } => *is_float,
        Shape::Cast { ty, .. } => is_float(ty).is_some(),
        Shape::Reference { is_mutable, .. } => !is_mutable,
        Shape::Closure(_) => false,
        _ => true,
    }
}
