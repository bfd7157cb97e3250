//! Words at random, and changes of what was right.

use std::fmt;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use quote::{ToTokens, quote};

/// What a soup is made of, each parsed for itself.
#[rustfmt::skip]
pub const WORDS: &[&str] = &[
    // What the attributes know.
    "wrt", "first", "second", "constant", "calls", "mode", "name", "crate", "adjoint", "forward", "dual", "float",
    "wrt(x)", "mode = adjoint", "mode = forward", "#[differentiate]", "#[differentiate(wrt(x))]", "#[differentiable(constant)]",
    // Names and types.
    "x", "y", "self", "Self", "super", "_", "f64", "f32", "usize", "i32", "bool", "str", "f64::consts::PI", "r#type",
    "[f64; 3]", "[f64; 0]", "[f64; N]", "[f64; 4294967296]", "[[f64; 2]; 2]", "&[f64]", "&mut [f64]", "&mut f64", "Vec<f64>", "Option<f64>",
    "(f64, f64)", "()", "!", "impl Fn(f64) -> f64", "dyn Fn(f64)", "<T>", "<const N: usize>", "<'a>", "<T as U>::V", "'a", "&'a",
    // Literals.
    "0", "1", "0.0", "1.5", "1e400", "2f32", "3usize", "18446744073709551616", "340282366920938463463374607431768211456",
    "0xff", "1_000", "-1", "true", "'c'", "\"text\"", "b\"text\"", "c\"text\"",
    // Punctuation.
    "+", "-", "*", "/", "%", "=", "+=", "-=", "*=", "/=", "%=", "==", "<", "<=", ">", "&&", "||", "!", "&", "&mut", "|", "^", "<<", ">>",
    ".", ",", ";", ":", "::", "..", "..=", "...", "?", "@", "#", "$", "->", "=>", "|x|", "~",
    // Words of the language.
    "fn", "pub", "const", "static", "let", "mut", "ref", "if", "else", "match", "for", "in", "while", "loop", "break", "continue", "return",
    "move", "async", "await", "unsafe", "extern", "dyn", "impl", "trait", "struct", "enum", "union", "use", "mod", "type", "where", "as", "as f64", "as usize",
    "yield", "try", "box", "macro_rules", "let x = y;", "let (x, y);", "let else",
    // Whole expressions.
    "x.sin()", "x.0", "x[0]", "x[..]", "x[1..]", "x[99]", "[0.0; 3]", "[x; 0]", "[x; n]", "(x, y)", "(x,)", "x as usize", "x?", "f(x)", "a::f(x)", "A::f(x)", "<A>::f(x)",
    "|x| x", "move |x: f64| -> f64 { x }", "x.iter().map(|x| x * x).sum()", ".map(|(x, y)| x)", ".fold(0.0, |s, x| s + x)", ".zip()", ".powi()", ".powi(2)", ".mul_add(x)",
    ".clamp(0.0, 1.0)", ".collect::<Vec<_>>()", ".windows(0)", ".chunks(2)", ".enumerate()", ".rev()", ".len()", ".unwrap()", ".swap(0, 1)", ".push(x)",
    "if let Some(x) = y { x } else { return x }", "match x { _ if x > 0.0 => y, 0 | 1 => x, a @ 2..=3 => a }", "'a: loop { break 'a x }", "while let Some(x) = y {}",
    "for (i, x) in x.iter().enumerate() {}", "for i in 0..1000000 {}", "A { x, ..y }", "A { 0: x }", "A {}", "matches!(x, 0 | 1)", "assert!(x > 0.0)", "assert!()", "vec![x; 3]", "vec![]", "println!(\"{x}\")",
    "panic!(\"{}\")", "unsafe { x }", "async { x }", "const { 1 }", "return", "return x", "break x", "continue 'a", "*x = y;", "(x, y) = (y, x);", "x += y += x", "fn f(x: f64) -> f64 { x }",
];

fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap()
}

/// A word or a group of some.
pub fn soup(depth: u32) -> impl Strategy<Value = Shown> {
    let word = select(WORDS).prop_map(|word| Shown(tokens(word)));
    word.prop_recursive(depth, 24, 6, |inner| {
        let stream = prop::collection::vec(inner, 0..6);
        (delimiter(), stream).prop_map(|(delimiter, stream)| {
            let stream = stream.into_iter().map(|one| one.0).collect();
            Shown(TokenTree::from(Group::new(delimiter, stream)).into())
        })
    })
}

/// Also the group without delimiters, in which macros pass on what they were given.
fn delimiter() -> impl Strategy<Value = Delimiter> {
    select(vec![
        Delimiter::Parenthesis,
        Delimiter::Brace,
        Delimiter::Bracket,
        Delimiter::None,
    ])
}

/// Shown as its text where a test fails.
#[derive(Clone)]
pub struct Shown(pub TokenStream);

impl fmt::Debug for Shown {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

/// What is done to one token, or one group, of a stream.
#[derive(Clone, Debug)]
pub enum Change {
    Delete,
    Double,
    SwapWithNext,
    Replace(Shown),
    InsertBefore(Shown),
    /// By a token of the same stream.
    Borrow(Index),
    Wrap(Delimiter),
    Unwrap,
    Empty,
}

pub fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        Just(Change::Delete),
        Just(Change::Double),
        Just(Change::SwapWithNext),
        soup(1).prop_map(Change::Replace),
        soup(1).prop_map(Change::InsertBefore),
        any::<Index>().prop_map(Change::Borrow),
        delimiter().prop_map(Change::Wrap),
        Just(Change::Unwrap),
        Just(Change::Empty),
    ]
}

/// All tokens at all depths, a group before what is in it.
fn all(stream: &TokenStream) -> Vec<TokenTree> {
    let each = stream.clone().into_iter().flat_map(|tree| {
        let inner = match &tree {
            TokenTree::Group(group) => all(&group.stream()),
            _ => Vec::new(),
        };
        std::iter::once(tree).chain(inner)
    });
    each.collect()
}

impl Change {
    /// The stream with the change at a place counted as in [`all`].
    pub fn at(&self, place: Index, stream: TokenStream) -> TokenStream {
        let trees = all(&stream);
        if trees.is_empty() {
            return stream;
        }
        let change = match self {
            Self::Borrow(from) => Self::Replace(Shown(from.get(&trees).to_token_stream())),
            change => change.clone(),
        };
        change.walk(&mut Some(place.index(trees.len())), stream)
    }

    fn walk(&self, left: &mut Option<usize>, stream: TokenStream) -> TokenStream {
        let mut output = TokenStream::new();
        let mut trees = stream.into_iter();
        while let Some(tree) = trees.next() {
            match left {
                Some(0) => {
                    *left = None;
                    output.extend(self.apply(tree, &mut trees));
                }
                Some(count) => {
                    *count -= 1;
                    output.extend([match tree {
                        TokenTree::Group(group) => {
                            let inner = self.walk(left, group.stream());
                            Group::new(group.delimiter(), inner).into()
                        }
                        tree => tree,
                    }]);
                }
                None => output.extend([tree]),
            }
        }
        output
    }

    fn apply(&self, tree: TokenTree, rest: &mut impl Iterator<Item = TokenTree>) -> TokenStream {
        match (self, tree) {
            (Self::Delete, _) => TokenStream::new(),
            (Self::Double, tree) => quote!(#tree #tree),
            (Self::SwapWithNext, tree) => {
                let next = rest.next();
                quote!(#next #tree)
            }
            (Self::Replace(Shown(by)), _) => by.clone(),
            (Self::InsertBefore(Shown(new)), tree) => quote!(#new #tree),
            (Self::Wrap(delimiter), tree) => {
                TokenTree::from(Group::new(*delimiter, tree.into())).into()
            }
            (Self::Unwrap, TokenTree::Group(group)) => group.stream(),
            (Self::Empty, TokenTree::Group(group)) => {
                TokenTree::from(Group::new(group.delimiter(), TokenStream::new())).into()
            }
            (_, tree) => tree.into(),
        }
    }
}
