//! The page and the tests have the same cases and the same rows.

use crate::{apart, rows};

const PAGE: &str = include_str!("../../docs/edges.md");
const TABLE: &str = "# Row by row\n";

fn number(x: f64) -> String {
    match x {
        f64::INFINITY => "∞".into(),
        f64::NEG_INFINITY => "-∞".into(),
        _ => format!("{x}"),
    }
}

/// A function as a user writes it: `{ x.max(c(1.0)) }` is `x.max(1.0)`.
fn function(body: &str) -> String {
    let mut text = body.trim_matches(['{', '}', ' ']).to_string();
    while let Some(start) = text
        .match_indices("c(")
        .map(|(i, _)| i)
        .find(|&i| !text[..i].ends_with(|before: char| before.is_alphanumeric() || before == '_'))
    {
        let end = start + text[start..].find(')').expect("a closing parenthesis");
        text = format!(
            "{}{}{}",
            &text[..start],
            &text[start + 2..end],
            &text[end + 1..]
        );
    }
    text.replace("NAN", "NaN").replace("INF", "∞")
}

fn table() -> String {
    let mut text = String::from(TABLE);
    for (case, rows) in rows::cases() {
        text += &format!(
            "\n## {case}\n\n| function | x | value | first | second |\n|---|---|---|---|---|\n"
        );
        for row in rows {
            let [value, first, second] = row.wanted.map(number);
            let (function, at) = (function(row.function), number(row.at));
            text += &format!("| `{function}` | {at} | {value} | {first} | {second} |\n");
        }
    }
    text
}

#[test]
fn the_page_has_the_rows_of_these_tests() {
    let start = PAGE.find(TABLE).expect("the page has a table");
    let wanted = table();
    if std::env::var_os("CHAINRULE_BLESS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/edges.md");
        std::fs::write(path, PAGE[..start].to_string() + &wanted).expect("the page can be written");
    } else {
        assert!(
            PAGE[start..] == wanted,
            "docs/edges.md and tests/edges/rows.rs differ: run `CHAINRULE_BLESS=1 cargo test --test edges`"
        );
    }
}

#[test]
fn the_page_has_the_cases_of_these_tests() {
    let start = PAGE.find(TABLE).expect("the page has a table");
    let of_page: Vec<_> = PAGE[..start]
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split_once(" | "))
        .map(|(case, _)| case)
        .filter(|case| *case != "case")
        .collect();
    let of_rows = rows::cases();
    let of_tests: Vec<_> = apart::CASES
        .iter()
        .copied()
        .chain(of_rows.iter().map(|(case, _)| *case))
        .collect();
    assert_eq!(of_page, of_tests);
}
