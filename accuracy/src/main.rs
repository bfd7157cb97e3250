//! What each derivative is off, against references of many digits.
//!
//!     accuracy/run              measures every rule, prints a line for each way, fails where a bound is broken
//!     accuracy/run sin powf     these rules
//!     accuracy/run --quick      one point in 20, and the failures alone
//!     accuracy/run --write      everything, and writes docs/accuracy.md, tests/oracle/table.txt and rules.rs
//!
//! A reference is a difference quotient of the function's value, taken with so many digits that twice as many change nothing
//! (differences.rs). What is measured where stands in blocks.rs; the bounds, and the exceptions, in tests/oracle/bounds.rs.

mod blocks;
mod cache;
mod differences;
mod excerpt;
mod hard;
mod measure;
mod num_duals;
mod page;
mod pairs;
mod points;
mod real;
mod report;
mod sample;

#[path = "../../tests/oracle/bounds.rs"]
mod bounds;
#[path = "../../tests/oracle/reference.rs"]
mod reference;
#[path = "../../tests/oracle/table.rs"]
mod table;
#[path = "../../tests/oracle/ways.rs"]
mod ways;

use std::process::ExitCode;

use blocks::{Block, blocks, double, single};
use measure::{Subject, measure};
use ways::Rule;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let words: Vec<_> = arguments
        .iter()
        .filter(|word| !word.starts_with("--"))
        .collect();
    let mut blocks = blocks();
    let mut failures = unmatched(&blocks);
    blocks.retain(|block| words.is_empty() || words.iter().any(|word| *word == block.name()));

    let share = if has("--quick") { 20 } else { 1 };
    if !has("--quick") {
        println!("{}", report::HEAD);
    }
    let mut measured = Vec::new();
    for block in &blocks {
        let both = subjects(block, share);
        for subject in &both {
            if subject.failed() > 0 || !has("--quick") {
                print!("{}", report::lines(subject));
            }
            failures += subject.failed();
        }
        measured.push(both);
    }
    println!("{} rules, {failures} failures", blocks.len());
    if has("--write") && words.is_empty() {
        write("docs/accuracy.md", &page::page(&measured));
        write("tests/oracle/table.txt", &excerpt::excerpt(&measured));
        write("tests/oracle/rules.rs", &blocks::rules());
    }
    if failures > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// Writes a file of the crate.
fn write(name: &str, text: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(name);
    std::fs::write(&path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    println!("wrote {name}");
}

/// A rule in both precisions.
fn subjects(block: &Block, share: usize) -> [Subject; 2] {
    fn find<T>(rules: &'static [Rule<T>], name: &str) -> &'static Rule<T> {
        rules
            .iter()
            .find(|rule| rule.name == name)
            .expect("a block makes its rule")
    }
    let name = block.name();
    let theirs: Vec<_> = num_duals::way(name)
        .map(|way| (num_duals::THEIRS, way))
        .into_iter()
        .collect();
    [
        measure(block, find(double::RULES, name), &theirs, share),
        measure(block, find(single::RULES, name), &[], share),
    ]
}

/// Names that the blocks and the crate's rules do not share.
fn unmatched(blocks: &[Block]) -> usize {
    let mut count = 0;
    for rule in chainrule::RULES {
        if !blocks.iter().any(|block| block.name() == rule.name) {
            eprintln!(
                "the rule `{}` has no block in accuracy/src/blocks.rs",
                rule.name
            );
            count += 1;
        }
    }
    for block in blocks {
        if !chainrule::RULES
            .iter()
            .any(|rule| rule.name == block.name())
        {
            eprintln!(
                "there is no rule `{}`: remove its block from accuracy/src/blocks.rs",
                block.name()
            );
            count += 1;
        }
    }
    count
}
