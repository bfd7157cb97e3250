//! Mistakes in the rows of the rules table, which are tokens of a macro.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Expr;

use crate::{Mistakes, expressions};

/// Rewrites the lists of rows in a file: the macros `for_each_..`.
pub fn rewrite(file: &mut syn::File, mistakes: &mut Mistakes) {
    for item in &mut file.items {
        if let syn::Item::Macro(list) = item
            && list
                .ident
                .as_ref()
                .is_some_and(|name| name.to_string().starts_with("for_each"))
        {
            list.mac.tokens = lists(list.mac.tokens.clone(), mistakes);
        }
    }
}

/// Descends to the group in which the rows stand.
fn lists(tokens: TokenStream, mistakes: &mut Mistakes) -> TokenStream {
    let mut result = TokenStream::new();
    for token in tokens {
        let TokenTree::Group(group) = token else {
            result.extend([token]);
            continue;
        };
        let inner: Vec<TokenTree> = group.stream().into_iter().collect();
        let start = inner
            .windows(2)
            .position(|pair| matches!(pair, [TokenTree::Ident(_), TokenTree::Literal(_)]));
        let stream = match start {
            Some(start) if group.delimiter() == Delimiter::Brace => {
                let head: TokenStream = inner[..start].iter().cloned().collect();
                let rows = rows(&inner[start..], mistakes);
                quote!(#head #rows)
            }
            _ => lists(group.stream(), mistakes),
        };
        result.extend([TokenTree::Group(Group::new(group.delimiter(), stream))]);
    }
    result
}

fn is(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// `name "text" ... : |x, u, d| part, part, mark;` and so on: a row ends before a name that a literal follows.
fn rows(tokens: &[TokenTree], mistakes: &mut Mistakes) -> TokenStream {
    let starts: Vec<usize> = (0..tokens.len())
        .filter(|&i| {
            matches!(&tokens[i..], [TokenTree::Ident(name), TokenTree::Literal(_), ..] if name != "on" && name != "from")
        })
        .collect();
    let ends = starts.iter().skip(1).copied().chain([tokens.len()]);
    let rows = starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| row(&tokens[start..end], mistakes));
    rows.collect()
}

fn row(tokens: &[TokenTree], mistakes: &mut Mistakes) -> TokenStream {
    let name = tokens[0].to_string();
    let bars: Vec<usize> = (0..tokens.len()).filter(|&i| is(&tokens[i], '|')).collect();
    let head: TokenStream = tokens[..=bars[1]].iter().cloned().collect();
    let body = &tokens[bars[1] + 1..];
    let body = &body[..body.len() - 1];
    let parameters = tokens[bars[0]..bars[1]]
        .iter()
        .filter(|token| is(token, ','))
        .count()
        + 1;
    // Rows of one argument are told from those of two by the separator.
    let separator = if body.iter().any(|token| is(token, ';')) {
        ';'
    } else {
        ','
    };
    let mut parts: Vec<Vec<TokenTree>> = vec![Vec::new()];
    for token in body {
        if is(token, separator) {
            parts.push(Vec::new());
        } else {
            parts.last_mut().expect("a part").push(token.clone());
        }
    }
    let last = parts.last_mut().expect("a part");
    let mut mark = TokenStream::new();
    if separator == ';' {
        if let Some(comma) = last.iter().position(|token| is(token, ',')) {
            mark = last.drain(comma..).collect();
        }
    } else if matches!(last.as_slice(), [TokenTree::Ident(mark)] if ["choice", "told"].contains(&mark.to_string().as_str()))
    {
        let word: TokenStream = parts.pop().expect("a mark").into_iter().collect();
        mark = quote!(, #word);
    }
    // An order is one more.
    assert!(matches!(parameters, 3 | 4), "the row `{name}`");
    let parts: Vec<Expr> = parts
        .into_iter()
        .map(|part| syn::parse2(part.into_iter().collect()).expect("an expression in a row"))
        .collect();
    let parts = if separator == ',' {
        one(&name, &parts, mistakes)
    } else {
        two(&name, &parts, mistakes)
    };
    if separator == ',' {
        quote!(#head #(#parts),* #mark ;)
    } else {
        quote!(#head #(#parts);* #mark ;)
    }
}

fn one(row: &str, parts: &[Expr], mistakes: &mut Mistakes) -> Vec<TokenStream> {
    let (value, [first, second]) = match parts {
        [first, second] => (None, [first, second]),
        [value, first, second] => (Some(value), [first, second]),
        _ => panic!("the row `{row}` has {} parts", parts.len()),
    };
    let for_first = quote!({ let d = #first; crate::mistake::plain(#second) });
    // A second that is `d` is the first.
    let (second_tokens, d) = (second.to_token_stream(), quote!(d));
    let is_first = |tokens: &TokenStream| tokens.to_string() == d.to_string();
    let of_first = if is_first(&second_tokens) {
        first.to_token_stream()
    } else {
        second_tokens
    };
    let changed = [
        expressions::part(
            first,
            "first",
            &[("the second", of_first, for_first)],
            mistakes,
            row,
        ),
        expressions::part(
            second,
            "second",
            &[("the first", d, quote!(d))],
            mistakes,
            row,
        ),
    ];
    value
        .map(ToTokens::to_token_stream)
        .into_iter()
        .chain(changed)
        .collect()
}

fn two(row: &str, parts: &[Expr], mistakes: &mut Mistakes) -> Vec<TokenStream> {
    let value = (parts.len() == 6).then(|| parts[0].to_token_stream());
    let parts = &parts[parts.len() - 5..];
    let plain = |i: usize| {
        let part: &Expr = &parts[i];
        quote!(crate::mistake::plain(#part))
    };
    let names = ["dx", "dy", "dxx", "dxy", "dyy"];
    let other = [1, 0, 4, 0, 2];
    let changed = (0..5).map(|i| {
        let tokens = parts[other[i]].to_token_stream();
        let others = [(names[other[i]], tokens, plain(other[i]))];
        expressions::part(&parts[i], names[i], &others, mistakes, row)
    });
    value.into_iter().chain(changed).collect()
}
