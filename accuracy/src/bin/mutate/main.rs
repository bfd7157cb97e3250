//! Plants mistakes into the rules, one at a time, and counts those that the crate's tests find.
//!
//!     accuracy/mutate              all mistakes
//!     accuracy/mutate WORD ...     those whose description contains a word
//!
//! A copy of the crate is compiled once with every mistake in it, each behind a number; the tests run once for each number, which
//! they are told in the environment. A mistake that no test finds survives, and is listed: it is a missing test, or no mistake. Those that
//! are none stand in equivalent.txt, each with the reason.
//!
//! In the rows: a wrong sign, a relative error of 1e-9, one part in place of another. In the rows, the formulas and the chain rule of
//! the number types: a factor or a divisor dropped (a missing inner derivative among them), a term dropped, a sum for a difference, a
//! sign dropped.

mod copy;
mod expressions;
mod project_copy;
mod rows;

use std::process::{Command, ExitCode, Stdio};

/// What was planted, by number: 1 is the first.
#[derive(Default)]
pub struct Mistakes {
    planted: Vec<Mistake>,
    /// That can notice those which are planted next.
    tests: &'static [&'static str],
}

struct Mistake {
    description: String,
    tests: &'static [&'static str],
}

impl Mistakes {
    /// The number of the next mistake.
    pub fn plant(&mut self, mut description: String) -> usize {
        let is_same = |one: &&Mistake| one.description.starts_with(&description);
        let times = self.planted.iter().filter(is_same).count();
        if times > 0 {
            description += &format!(", again {times}");
        }
        self.planted.push(Mistake {
            description,
            tests: self.tests,
        });
        self.planted.len()
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
    println!("{} mistakes are planted", mistakes.planted.len());
    let equivalent = equivalent();
    let (mut count, mut harmless, mut survivors, mut stale) = (0, 0, Vec::new(), Vec::new());
    for (
        i,
        Mistake {
            description,
            tests: able,
        },
    ) in mistakes.planted.iter().enumerate()
    {
        if !words.is_empty() && !words.iter().any(|word| description.contains(word)) {
            continue;
        }
        count += 1;
        let mut able = tests.iter().filter(|test| able.contains(&test.name));
        let killer = able.find(|test| !passes(&test.program, i + 1));
        let is_listed = equivalent.contains(&description.as_str());
        let by = match killer {
            Some(test) => test.name,
            None if is_listed => "harmless",
            None => "SURVIVES",
        };
        println!("{by:10} {description}");
        match (killer, is_listed) {
            (Some(_), true) => stale.push(description.as_str()),
            (None, true) => harmless += 1,
            (None, false) => survivors.push(description),
            (Some(_), false) => {}
        }
    }
    let is_planted = |line: &&str| mistakes.planted.iter().any(|one| one.description == **line);
    stale.extend(equivalent.iter().copied().filter(|line| !is_planted(line)));
    println!(
        "\n{count} mistakes, {} found, {harmless} harmless, {} survive",
        count - harmless - survivors.len(),
        survivors.len()
    );
    for survivor in &survivors {
        println!("  {survivor}");
    }
    for line in &stale {
        println!("not harmless, or not planted; take it off equivalent.txt: {line}");
    }
    if survivors.is_empty() && stale.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Mistakes that are none: the lines of equivalent.txt that are not indented. The reason follows each.
fn equivalent() -> Vec<&'static str> {
    let lines = include_str!("equivalent.txt").lines();
    lines
        .filter(|line| !line.starts_with(' ') && !line.is_empty())
        .collect()
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
