//! The forward sweep: the function's own operations in their order, with what the reverse sweep needs set aside.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::{Emitter, Key, Store};
use crate::adjoint::form::*;
use crate::number::internal;
use crate::tree::Node;

/// An operand: a number, or a plain float beside one.
pub enum Operand {
    Number(TokenStream),
    Plain(TokenStream),
}

impl<'a> Emitter<'a> {
    pub fn forward(&mut self, steps: &'a [Step<'a>]) -> TokenStream {
        let mut out = TokenStream::new();
        for step in steps {
            self.forward_step(step, &mut out);
        }
        self.keep_lengths(steps, &mut out);
        out
    }

    pub fn forward_step(&mut self, step: &'a Step<'a>, out: &mut TokenStream) {
        match step {
            Step::Plain(Plain::Statement(statement)) => {
                out.extend(
                    self.emission
                        .statement(statement, &crate::kind::Kind::Plain),
                );
            }
            Step::Plain(Plain::Expression(node)) => {
                let node = self.emission.node(node);
                out.extend(quote!(#node;));
            }
            Step::Plain(Plain::Binding(pattern, ty, node)) => {
                let (pattern, node) = (self.emission.pattern(pattern), self.emission.node(node));
                let ty = ty.map(|ty| quote!(: #ty));
                out.extend(quote!(let #pattern #ty = #node;));
            }
            Step::Plain(Plain::Type(variable, ty)) => {
                let name = self.name(*variable);
                out.extend(quote!(let _: &#ty = &#name;));
            }
            Step::Declare(variable) => {
                let (name, mutability) = (self.name(*variable).clone(), self.mutability(*variable));
                let number = &self.number;
                out.extend(quote!(let #mutability #name: #number;));
            }
            Step::Let { variable, value } => {
                let value = self.number_value(value, out);
                let (name, mutability) = (self.name(*variable).clone(), self.mutability(*variable));
                let number = &self.number;
                out.extend(quote!(let #mutability #name: #number = #value;));
            }
            Step::LetArray {
                variable, content, ..
            } => {
                let value = self.content(content, out);
                let (name, mutability) = (
                    self.name(*variable).clone(),
                    self.array_mutability(*variable, content),
                );
                out.extend(quote!(let #mutability #name = #value;));
            }
            Step::Push { place, content } => self.forward_push(place, content, out),
            Step::Swap { places, is_within } => {
                let indices = self.both_indices(places, out);
                let roots = places.each_ref().map(|place| self.root(place.variable));
                out.extend(self.swapped(roots, indices, *is_within));
            }
            Step::View { variable, seen } => {
                if self.mentioned.contains(variable) {
                    let view = self.view(seen, out);
                    let name = self.name(*variable).clone();
                    out.extend(quote!(let #name = #view;));
                }
            }
            Step::Set { place, value, .. } => {
                let value = self.number_value(value, out);
                let place = self.place(place, out);
                out.extend(quote!(#place = #value;));
            }
            Step::Add {
                place,
                value,
                is_negative,
            } => {
                let (Operand::Number(mut value) | Operand::Plain(mut value)) =
                    self.operand(value, out);
                // The right side comes first, which a `Vec` does not do by itself.
                if self.program.vectors.contains(&place.variable) {
                    let name = self.temporary();
                    out.extend(quote!(let #name = #value;));
                    value = name.into_token_stream();
                }
                let place = self.place(place, out);
                out.extend(match is_negative {
                    true => quote!(#place -= #value;),
                    false => quote!(#place += #value;),
                });
            }
            Step::Index { id, node } => {
                let (name, node) = (self.key_name((*id, 0)), self.emission.node(node));
                if self.used.contains(&(*id, 0)) {
                    self.set_aside(name, node, Store::Index, out);
                } else {
                    out.extend(quote!(let #name: usize = #node;));
                }
            }
            Step::Flag(id) => {
                let flag = flag_name(*id);
                out.extend(quote!(let mut #flag = false;));
            }
            Step::Raise(id) => {
                let flag = flag_name(*id);
                out.extend(quote!(#flag = true;));
            }
            Step::Branch(branch) => self.forward_branch(branch, out),
            Step::Loop(repeated) => {
                let count = (repeated.id, 0);
                if self.used.contains(&count) {
                    self.declare(self.key_name(count), Store::Index, out);
                }
                if let Some((declared, sized)) = self.arrays.get(&repeated.id).cloned() {
                    match self.frame.depth {
                        0 => out.extend(declared),
                        _ => self.frame.hoisted.extend(declared),
                    }
                    out.extend(sized);
                }
                let tokens = self.loops.get(&repeated.id).cloned().unwrap_or_default();
                out.extend(tokens);
            }
            Step::Result(value) => {
                let value = self.number_value(value, out);
                let result = internal("result");
                out.extend(quote!(#result = #value;));
            }
            Step::Outputs(values) => {
                let values: Vec<_> = values
                    .iter()
                    .map(|value| self.number_value(value, out))
                    .collect();
                let result = internal("result");
                out.extend(quote!(#result = [#(#values),*];));
            }
            Step::Call(called) => self.forward_call(called, out),
        }
    }

    pub fn mutability(&self, variable: usize) -> Option<TokenStream> {
        self.program
            .mutable
            .contains(&variable)
            .then(|| quote!(mut))
    }

    /// The same of an array: one that begins without elements gets some.
    pub fn array_mutability(&self, variable: usize, content: &Content) -> Option<TokenStream> {
        match content {
            Content::Empty(_) => Some(quote!(mut)),
            _ => self.mutability(variable),
        }
    }

    fn forward_branch(&mut self, branch: &'a Branch<'a>, out: &mut TokenStream) {
        if let Some(both) = self.loops.get(&branch.id) {
            out.extend(both.clone());
            return;
        }
        let flag = self
            .used
            .contains(&(branch.id, 0))
            .then(|| self.key_name((branch.id, 0)));
        if let Some(flag) = &flag {
            self.declare(flag.clone(), Store::Index, out);
        }
        self.frame.depth += 1;
        let ways: Vec<_> = branch
            .ways
            .iter()
            .enumerate()
            .map(|(position, way)| {
                let note = flag.as_ref().map(|flag| quote!(#flag = #position;));
                let way = self.forward(way);
                quote!(#note #way)
            })
            .collect();
        self.frame.depth -= 1;
        let tokens = self.ways(&branch.head, &ways);
        out.extend(tokens);
    }

    /// The branch around these ways.
    pub fn ways(&mut self, head: &Head<'a>, ways: &[TokenStream]) -> TokenStream {
        match head {
            Head::Flag(id) => {
                let (flag, then, otherwise) = (flag_name(*id), &ways[0], &ways[1]);
                match then.is_empty() {
                    true => quote!(if !#flag { #otherwise }),
                    false => quote!(if #flag { #then } else { #otherwise }),
                }
            }
            Head::IfLet(pattern, value) => {
                let (pattern, value) = (self.emission.pattern(pattern), self.emission.node(value));
                let (then, otherwise) = (&ways[0], &ways[1]);
                quote!(if let #pattern = #value { #then } else { #otherwise })
            }
            Head::If(condition) => {
                let condition = self.emission.node(condition);
                let (then, otherwise) = (&ways[0], &ways[1]);
                let otherwise = (!otherwise.is_empty()).then(|| quote!(else { #otherwise }));
                quote!(if #condition { #then } #otherwise)
            }
            Head::Match(scrutinee, arms, of_value) => {
                let scrutinee = match of_value {
                    true => self.emission.primal(scrutinee),
                    false => self.emission.node(scrutinee),
                };
                let arms: Vec<_> = arms
                    .iter()
                    .zip(ways)
                    .map(|(arm, way)| {
                        let pattern = self.emission.pattern(&arm.pattern);
                        let guard = arm.guard.as_ref().map(|guard| {
                            let guard = self.emission.node(guard);
                            quote!(if #guard)
                        });
                        quote!(#pattern #guard => { #way })
                    })
                    .collect();
                quote!(match #scrutinee { #(#arms)* })
            }
        }
    }

    /// What a kept value is before it is set.
    pub fn start(&self, store: Store) -> TokenStream {
        match store {
            Store::Number => self.zero(),
            Store::Float => quote!(::core::default::Default::default()),
            Store::Index => quote!(0usize),
        }
    }

    /// A variable of the frame that is set later.
    pub fn declare(&mut self, name: Ident, store: Store, out: &mut TokenStream) {
        let start = self.start(store);
        let declaration = quote!(let mut #name = #start;);
        if self.frame.depth > 0 {
            self.frame.hoisted.extend(declaration);
            // A branch in a loop is passed again.
            if store == Store::Index {
                out.extend(quote!(#name = 0usize;));
            }
        } else {
            out.extend(declaration);
        }
        self.keep(name, store);
    }

    fn keep(&mut self, name: Ident, store: Store) {
        if !self.frame.kept.iter().any(|(other, _)| *other == name) {
            self.frame.kept.push((name, store));
        }
    }

    /// Sets a value aside for the reverse sweep.
    pub fn set_aside(
        &mut self,
        name: Ident,
        value: TokenStream,
        store: Store,
        out: &mut TokenStream,
    ) {
        // An element that a reference names is read in several places, always at the same position.
        if self.frame.depth > 0 && self.frame.settled.contains(&name) {
            return;
        }
        if self.frame.depth > 0 {
            let mut ignored = TokenStream::new();
            self.declare(name.clone(), store, &mut ignored);
            out.extend(quote!(#name = #value;));
        } else {
            let number = &self.number;
            let ty = (store == Store::Number).then(|| quote!(: #number));
            out.extend(quote!(let #name #ty = #value;));
            self.frame.settled.insert(name.clone());
            self.keep(name, store);
        }
    }

    pub fn number_value(&mut self, formula: &'a Formula<'a>, out: &mut TokenStream) -> TokenStream {
        match self.operand(formula, out) {
            Operand::Number(value) => value,
            Operand::Plain(value) => self.lifted(value),
        }
    }

    pub fn lifted(&self, value: TokenStream) -> TokenStream {
        let (runtime, number) = (&self.runtime, &self.number);
        match self.is_plain {
            true => value,
            false => quote!(#runtime::constant::<#number>(#value)),
        }
    }

    pub fn operand(&mut self, formula: &'a Formula<'a>, out: &mut TokenStream) -> Operand {
        let key: Key = (formula.id, 0);
        if let FormulaShape::Constant(node) = &formula.shape {
            let value = self.plain_float(node);
            if !self.used.contains(&key) {
                return Operand::Plain(value);
            }
            let (name, float) = (self.key_name(key), &self.emission.function.float);
            let value = quote!({ let __chainrule_float: #float = #value; __chainrule_float });
            self.set_aside(name.clone(), value, Store::Float, out);
            return Operand::Plain(name.into_token_stream());
        }
        let slopes = self.slopes(formula);
        if slopes.iter().any(|key| self.used.contains(key)) {
            return Operand::Number(self.with_slopes(formula, out));
        }
        let value = self.value(formula, out);
        if !self.used.contains(&key) {
            return Operand::Number(value);
        }
        let name = self.key_name(key);
        self.set_aside(name.clone(), value, Store::Number, out);
        Operand::Number(name.into_token_stream())
    }

    /// The body over any number has asked already.
    pub fn with_one_meaning(&self, name: &Ident, call: TokenStream) -> TokenStream {
        match self.is_plain {
            true => call,
            false => self.emission.with_one_meaning(name, call),
        }
    }

    fn plain_float(&mut self, node: &'a Node) -> TokenStream {
        let value = self.emission.value(node);
        match node.bare().shape {
            crate::tree::Shape::Literal { .. } => value,
            _ => quote!((#value)),
        }
    }

    fn value(&mut self, formula: &'a Formula<'a>, out: &mut TokenStream) -> TokenStream {
        let runtime = self.runtime.clone();
        match &formula.shape {
            FormulaShape::Constant(node) => self.plain_float(node),
            FormulaShape::EmptySum => {
                let number = &self.number;
                quote!(::core::iter::Iterator::sum::<#number>(::core::iter::empty::<#number>()))
            }
            FormulaShape::Zero => self.zero(),
            FormulaShape::One => self.one(),
            FormulaShape::Read(place) => self.place(place, out),
            FormulaShape::Negate(inner) => {
                let inner = self.number_value(inner, out);
                quote!((-#inner))
            }
            FormulaShape::Operator(operator, left, right) => {
                let (left, right) = (self.operand(left, out), self.operand(right, out));
                self.operated(*operator, &left, &right)
            }
            FormulaShape::Function { name, arguments } => {
                let arguments: Vec<_> = arguments
                    .iter()
                    .map(|argument| self.number_value(argument, out))
                    .collect();
                let call = quote!(#runtime::functions::#name(#(#arguments),*));
                self.with_one_meaning(name, call)
            }
            FormulaShape::Power {
                name,
                base,
                exponent,
            } => {
                let (base, exponent) = (self.number_value(base, out), self.emission.node(exponent));
                let call = quote!(#runtime::functions::#name(#base, #exponent));
                self.emission.with_one_meaning(name, call)
            }
            FormulaShape::Call { callee, numbers } => {
                let numbers = numbers
                    .iter()
                    .map(|number| self.number_value(number, out))
                    .collect();
                self.emission.target_with_numbers(*callee, numbers, None)
            }
        }
    }

    pub fn operated(&self, operator: Operator, left: &Operand, right: &Operand) -> TokenStream {
        let runtime = &self.runtime;
        let left = match left {
            Operand::Number(left) => left.clone(),
            Operand::Plain(left) if self.is_plain => left.clone(),
            Operand::Plain(left) => quote!(#runtime::Left(#left)),
        };
        let (Operand::Number(right) | Operand::Plain(right)) = right;
        let sign = sign(operator);
        quote!((#left #sign #right))
    }

    pub fn terms(&mut self, index: &'a Index<'a>) -> TokenStream {
        let offset: usize = index.terms.iter().map(fixed_part).sum();
        let mut terms: Vec<_> = index
            .terms
            .iter()
            .filter(|term| !matches!(term, Term::Fixed(_)))
            .map(|term| match term {
                Term::Fixed(_) => TokenStream::new(),
                Term::Counter(counter) => self.key_name((*counter, 0)).into_token_stream(),
                Term::Plain(node) => {
                    let node = self.emission.node(node);
                    match &index.terms[..] {
                        [_] => node,
                        _ => quote!((#node)),
                    }
                }
            })
            .collect();
        if offset > 0 || terms.is_empty() {
            terms.push(proc_macro2::Literal::usize_unsuffixed(offset).into_token_stream());
        }
        quote!(#(#terms)+*)
    }

    pub fn place(&mut self, place: &'a Place<'a>, out: &mut TokenStream) -> TokenStream {
        let indices = self.indices(place, out);
        self.place_with(self.root(place.variable), &indices)
    }

    pub fn indices(&mut self, place: &'a Place<'a>, out: &mut TokenStream) -> Vec<TokenStream> {
        let indices = place.indices.iter();
        indices.map(|index| self.index(index, out)).collect()
    }

    fn index(&mut self, index: &'a Index<'a>, out: &mut TokenStream) -> TokenStream {
        let terms = self.terms(index);
        if !self.used.contains(&(index.id, 0)) {
            return terms;
        }
        let name = self.key_name((index.id, 0));
        self.set_aside(name.clone(), terms, Store::Index, out);
        name.into_token_stream()
    }

    fn view(&mut self, seen: &'a Seen<'a>, out: &mut TokenStream) -> TokenStream {
        match seen {
            Seen::Value(node) => self.emission.node(node),
            Seen::Elements(elements) => self.gathered(elements),
            Seen::Place(place) => {
                let place = self.place(place, out);
                quote!(&#place)
            }
            Seen::Window(place, size) => {
                let (rest, size) = (self.rest_of(place, out), self.emission.node(size));
                quote!(&#rest[..#size])
            }
            Seen::Chunk(place, size) => {
                let (rest, size) = (self.rest_of(place, out), self.emission.node(size));
                let runtime = &self.runtime;
                quote!(#runtime::at_most(&#rest, #size))
            }
        }
    }

    /// All from the last index on.
    fn rest_of(&mut self, place: &'a Place<'a>, out: &mut TokenStream) -> TokenStream {
        let Some((last, indices)) = place.indices.split_last() else {
            return self.root(place.variable);
        };
        let indices: Vec<_> = indices.iter().map(|index| self.index(index, out)).collect();
        let (whole, start) = (
            self.place_with(self.root(place.variable), &indices),
            self.terms(last),
        );
        quote!(#whole[#start..])
    }

    /// What the loop runs over, and the pattern for its items.
    pub fn source(&mut self, source: &'a Source<'a>) -> (TokenStream, TokenStream) {
        match source {
            Source::Plain { node, pattern } => {
                let pattern = match pattern {
                    Some(pattern) => self.emission.pattern(pattern),
                    None => quote!(_),
                };
                (pattern, self.emission.node(node))
            }
            Source::Elements {
                sequence,
                counter,
                groups,
            } => {
                let place = self.emission.node(sequence);
                let place = match sequence.shape {
                    crate::tree::Shape::Local { .. } => place,
                    _ => quote!((#place)),
                };
                let name = self.key_name((*counter, 0));
                let range = match groups {
                    Groups::One => quote!(0..#place.len()),
                    Groups::Windows(size) => {
                        let size = self.emission.node(size);
                        quote!(0..#place.windows(#size).len())
                    }
                    Groups::Chunks(size) => {
                        let size = self.emission.node(size);
                        quote!((0..#place.chunks(#size).len()).map(|__chainrule_group| __chainrule_group * #size))
                    }
                    Groups::ExactChunks(size) => {
                        let size = self.emission.node(size);
                        quote!((0..#place.chunks_exact(#size).len()).map(|__chainrule_group| __chainrule_group * #size))
                    }
                };
                (name.into_token_stream(), range)
            }
            Source::Zip(left, right) => {
                let ((left_pattern, left), (right_pattern, right)) =
                    (self.source(left), self.source(right));
                (
                    quote!((#left_pattern, #right_pattern)),
                    quote!(::core::iter::Iterator::zip(::core::iter::IntoIterator::into_iter(#left), #right)),
                )
            }
            Source::Enumerate(inner, index) => {
                let (pattern, source) = self.source(inner);
                let index = match index {
                    Some(index) => self.emission.pattern(index),
                    None => quote!(_),
                };
                (
                    quote!((#index, #pattern)),
                    quote!(::core::iter::Iterator::enumerate(::core::iter::IntoIterator::into_iter(#source))),
                )
            }
            Source::Adapted(inner, name, count) => {
                let (pattern, source) = self.source(inner);
                let count = count.map(|count| self.emission.node(count));
                let count = count.map(|count| quote!(, #count));
                (
                    pattern,
                    quote!(::core::iter::Iterator::#name(::core::iter::IntoIterator::into_iter(#source) #count)),
                )
            }
        }
    }

    /// The head of a loop as the user wrote it, over places.
    pub fn head(&mut self, head: &'a LoopHead<'a>) -> TokenStream {
        match head {
            LoopHead::While(condition) => {
                let condition = self.emission.node(condition);
                quote!(while #condition)
            }
            LoopHead::Forever => quote!(loop),
            LoopHead::For(source) => {
                let (pattern, source) = self.source(source);
                quote!(for #pattern in #source)
            }
        }
    }
}

pub fn sign(operator: Operator) -> TokenStream {
    match operator {
        Operator::Add => quote!(+),
        Operator::Subtract => quote!(-),
        Operator::Multiply => quote!(*),
        Operator::Divide => quote!(/),
        Operator::Remainder => quote!(%),
    }
}

pub fn flag_name(id: Id) -> Ident {
    internal(&format!("f{id}"))
}

pub fn fixed_part(term: &Term) -> usize {
    match term {
        Term::Fixed(fixed) => *fixed,
        _ => 0,
    }
}
