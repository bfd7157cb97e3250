//! Plants mistakes into the rules, one at a time, and counts those that the crate's tests find.
//!
//!     accuracy/mutate              all mistakes
//!     accuracy/mutate WORD ...     those whose description contains a word
//!
//! A copy of the crate is compiled once with every mistake in it, each behind a number; the tests run once for each number, which
//! they are told in the environment. A mistake that no test finds survives, and is listed: it is a missing test, or no mistake.
//!
//! In the rows: a wrong sign, a relative error of 1e-9, one part in place of another. In the rows, the formulas and the chain rule of
//! the number types: a factor or a divisor dropped (a missing inner derivative among them), a term dropped, a sum for a difference, a
//! sign dropped.

mod copy;
mod expressions;
mod rows;

use std::process::{Command, ExitCode, Stdio};

/// What was planted, by number: 1 is the first.
#[derive(Default)]
pub struct Mistakes {
    descriptions: Vec<String>,
}

impl Mistakes {
    /// The number of the next mistake.
    pub fn plant(&mut self, description: String) -> usize {
        self.descriptions.push(description);
        self.descriptions.len()
    }
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let mut mistakes = Mistakes::default();
    let tests = copy::build(&mut mistakes);
    if let Some(test) = tests.iter().find(|test| !passes(&test.program, 0)) {
        eprintln!("the test `{}` fails without any mistake", test.name);
        return ExitCode::FAILURE;
    }
    println!("{} mistakes are planted", mistakes.descriptions.len());
    let (mut count, mut survivors) = (0, Vec::new());
    for (i, description) in mistakes.descriptions.iter().enumerate() {
        if !words.is_empty() && !words.iter().any(|word| description.contains(word)) {
            continue;
        }
        count += 1;
        let killer = tests.iter().find(|test| !passes(&test.program, i + 1));
        let by = killer.map_or("SURVIVES", |test| test.name);
        println!("{by:10} {description}");
        if killer.is_none() {
            survivors.push(description);
        }
    }
    println!(
        "\n{count} mistakes, {} found, {} survive",
        count - survivors.len(),
        survivors.len()
    );
    for survivor in survivors {
        println!("  {survivor}");
    }
    ExitCode::SUCCESS
}

fn passes(program: &std::path::Path, mistake: usize) -> bool {
    let status = Command::new(program)
        .env("MISTAKE", mistake.to_string())
        .env("RUST_BACKTRACE", "0")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.expect("a test that runs").success()
}
