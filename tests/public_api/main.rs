//! The public interface stands in `interface.txt`, an item a line, so that it changes only where somebody wants it to.
//!
//! It is read from the sources under every feature at once, and conditions stand at the end of a line. What macros of ours
//! write is not expanded: the rules of the table are listed by their names, and other invocations in public modules as they are.

mod documentation;
mod lines;
mod modules;
mod names;
mod rows;
mod uses;
mod written;

use std::collections::BTreeSet;

const LIST: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/public_api/interface.txt"
);

#[test]
fn the_public_interface_is_the_one_that_is_listed() {
    let mut real: BTreeSet<String> = names::interface(&modules::read()).lines;
    real.extend(
        chainrule::RULES
            .iter()
            .map(|rule| format!("rule {}", rule.name)),
    );
    if std::env::var_os("CHAINRULE_BLESS").is_some() {
        let text: String = real.iter().map(|line| format!("{line}\n")).collect();
        std::fs::write(LIST, text).unwrap();
        return;
    }
    let text = std::fs::read_to_string(LIST).unwrap();
    let listed: BTreeSet<String> = text.lines().map(str::to_owned).collect();
    let gone = listed.difference(&real).map(|line| format!("- {line}\n"));
    let new = real.difference(&listed).map(|line| format!("+ {line}\n"));
    let changes: String = gone.chain(new).collect();
    assert!(
        changes.is_empty(),
        "the public interface has changed:\n{changes}If that is wanted, `CHAINRULE_BLESS=1 cargo test --test public_api` lists it; \
         tell the users in CHANGELOG.md."
    );
}

#[test]
fn the_reader_finds_what_the_front_page_names() {
    let lines = names::interface(&modules::read()).lines;
    for start in [
        "chainrule::derivative: fn ",
        "chainrule::Dual: ",
        "chainrule::Dual::new: ",
        "chainrule::Dual::eps: ",
        "chainrule::Scalar: trait ",
        "chainrule::differentiate: use ",
        "chainrule::argmin_problem!: ",
        "chainrule::solve: mod ",
    ] {
        let is_found = lines.iter().any(|line| line.starts_with(start));
        assert!(is_found, "{start}");
    }
    assert!(lines.iter().all(|line| !line.contains("__private")));
}
