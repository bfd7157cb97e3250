//! The numbers of the reverse sweep, as a graph. Equal ones are there once; code is written for those that are asked for.

use std::collections::{BTreeMap, HashMap};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::names::internal;

/// A number of the graph, and its sign.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    is_negative: bool,
    node: Node,
}

type Node = usize;

/// The first number of all.
const ONE: Node = 0;

#[derive(Clone, PartialEq, Eq, Hash)]
enum Shape {
    /// An expression that costs nothing.
    Leaf(String),
    Product(Node, Node),
    Sum(Node, Node),
    Difference(Node, Node),
    Double(Node),
    Reciprocal(Node),
}

impl Shape {
    fn parts(&self) -> impl Iterator<Item = Node> + use<> {
        let (one, other) = match *self {
            Self::Leaf(_) => (None, None),
            Self::Double(one) | Self::Reciprocal(one) => (Some(one), None),
            Self::Product(one, other) | Self::Sum(one, other) | Self::Difference(one, other) => {
                (Some(one), Some(other))
            }
        };
        one.into_iter().chain(other)
    }
}

impl Amount {
    pub const ONE: Self = Self {
        is_negative: false,
        node: ONE,
    };

    pub fn negated(self) -> Self {
        Self {
            is_negative: !self.is_negative,
            ..self
        }
    }

    pub fn with_sign_of(self, other: Self) -> Self {
        Self {
            is_negative: self.is_negative != other.is_negative,
            ..self
        }
    }
}

pub struct Values {
    shapes: Vec<Shape>,
    known: HashMap<Shape, Node>,
    /// How a number is written here: a leaf, or the name of a variable.
    written: Vec<Option<TokenStream>>,
    /// The numbers that have names here.
    scope: Vec<Node>,
    names: usize,
    /// How many operations have been written.
    pub size: usize,
}

/// Operations of an expression that gets a name even if it is used once.
const LONGEST: usize = 8;

impl Values {
    pub fn new() -> Self {
        let mut values = Self {
            shapes: Vec::new(),
            known: HashMap::new(),
            written: Vec::new(),
            scope: Vec::new(),
            names: 0,
            size: 0,
        };
        values.leaf(quote!(1.0));
        values
    }

    pub fn leaf(&mut self, tokens: impl ToTokens) -> Amount {
        let tokens = tokens.into_token_stream();
        let node = self.node(Shape::Leaf(tokens.to_string()));
        self.written[node].get_or_insert(tokens);
        Amount {
            is_negative: false,
            node,
        }
    }

    fn node(&mut self, shape: Shape) -> Node {
        if let Some(known) = self.known.get(&shape) {
            return *known;
        }
        let node = self.shapes.len();
        self.known.insert(shape.clone(), node);
        self.shapes.push(shape);
        self.written.push(None);
        node
    }

    fn amount(&mut self, shape: Shape, is_negative: bool) -> Amount {
        let node = self.node(shape);
        Amount { is_negative, node }
    }

    pub fn product(&mut self, one: Amount, other: Amount) -> Amount {
        if one.node == ONE {
            return other.with_sign_of(one);
        }
        if other.node == ONE {
            return one.with_sign_of(other);
        }
        let (less, more) = (one.node.min(other.node), one.node.max(other.node));
        let is_negative = one.is_negative != other.is_negative;
        self.amount(Shape::Product(less, more), is_negative)
    }

    pub fn sum(&mut self, one: Amount, other: Amount) -> Amount {
        let shape = match () {
            () if one.is_negative != other.is_negative => Shape::Difference(one.node, other.node),
            () if one.node == other.node => Shape::Double(one.node),
            () => Shape::Sum(one.node, other.node),
        };
        self.amount(shape, one.is_negative)
    }

    /// The sum of those that are there.
    pub fn sum_of(&mut self, parts: impl IntoIterator<Item = Option<Amount>>) -> Option<Amount> {
        let parts = parts.into_iter().flatten();
        parts.reduce(|left, right| self.sum(left, right))
    }

    pub fn double(&mut self, amount: Amount) -> Amount {
        self.sum(amount, amount)
    }

    pub fn reciprocal(&mut self, amount: Amount) -> Amount {
        self.amount(Shape::Reciprocal(amount.node), amount.is_negative)
    }

    /// How many numbers there are.
    pub fn len(&self) -> usize {
        self.shapes.len()
    }

    /// Forgets all after the first so many.
    pub fn truncate(&mut self, length: usize) {
        for shape in self.shapes.drain(length..) {
            self.known.remove(&shape);
        }
        self.written.truncate(length);
    }

    /// What is named from here on has no name behind the scope.
    pub fn open(&mut self) -> Scope {
        Scope(self.scope.len())
    }

    pub fn close(&mut self, scope: Scope) {
        for node in self.scope.drain(scope.0..) {
            self.written[node] = None;
        }
    }

    /// Names for these numbers.
    pub fn named(&mut self, amounts: &[Amount], out: &mut TokenStream) -> Vec<TokenStream> {
        // Each once more than it is used.
        let twice: Vec<_> = amounts.iter().chain(amounts).copied().collect();
        let mut names = self.written(&twice, out);
        names.truncate(amounts.len());
        names
    }

    /// These numbers as expressions. Variables for what they share are declared before.
    pub fn written(&mut self, amounts: &[Amount], out: &mut TokenStream) -> Vec<TokenStream> {
        let mut uses: BTreeMap<Node, usize> = BTreeMap::new();
        let mut open: Vec<Node> = amounts.iter().map(|amount| amount.node).collect();
        while let Some(node) = open.pop() {
            if self.written[node].is_some() {
                continue;
            }
            let count = uses.entry(node).or_insert(0);
            *count += 1;
            if *count == 1 {
                open.extend(self.shapes[node].parts());
            }
        }
        // A number is made of earlier ones.
        let mut inline: BTreeMap<Node, (TokenStream, usize)> = BTreeMap::new();
        for (node, count) in uses {
            let mut length = 1;
            let parts: Vec<_> = self.shapes[node]
                .parts()
                .map(|part| match (&self.written[part], inline.get(&part)) {
                    (Some(tokens), _) => tokens.clone(),
                    (None, Some((tokens, inner))) => {
                        length += inner;
                        tokens.clone()
                    }
                    (None, None) => TokenStream::new(),
                })
                .collect();
            self.size += 1;
            let tokens = match (&self.shapes[node], &parts[..]) {
                (Shape::Product(..), [one, other]) => quote!(#one * #other),
                (Shape::Sum(..), [one, other]) => quote!(#one + #other),
                (Shape::Difference(..), [one, other]) => quote!(#one - #other),
                (Shape::Double(_), [one]) => quote!(2.0 * #one),
                (Shape::Reciprocal(_), [one]) => quote!(1.0 / #one),
                _ => TokenStream::new(),
            };
            if count > 1 || length > LONGEST {
                let name = internal(&format!("w{}", self.names));
                self.names += 1;
                out.extend(quote!(let #name = #tokens;));
                self.written[node] = Some(name.into_token_stream());
                self.scope.push(node);
            } else {
                inline.insert(node, (quote!((#tokens)), length));
            }
        }
        let expression = |amount: &Amount| {
            let tokens = match (&self.written[amount.node], inline.get(&amount.node)) {
                (Some(tokens), _) | (None, Some((tokens, _))) => tokens.clone(),
                (None, None) => TokenStream::new(),
            };
            match amount.is_negative {
                true => quote!(-#tokens),
                false => tokens,
            }
        };
        amounts.iter().map(expression).collect()
    }
}

/// A block of generated code.
pub struct Scope(usize);
