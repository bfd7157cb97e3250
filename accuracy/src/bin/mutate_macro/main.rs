//! Plants mistakes into the macro, one at a time, and counts those that nothing in the project would notice.
//!
//!     accuracy/mutate-macro              all mistakes: about an hour
//!     accuracy/mutate-macro 10           every tenth
//!
//! A copy of the macro is compiled once with every mistake in it, each behind a number. Then all that the project hands to the attribute
//! and to the derive (in tests, examples and documentation) is expanded once for each mistake, in one program, and compared with what it
//! was before. A mistake is
//! - unreached, if no item goes through its place, and same, if all that do come out to the token as before: only a test with input of its own
//!   (spoilt items, random programs) could notice it;
//! - noticed, if the macro panics, refuses what it took, writes what is no Rust, or changes a message in tests/ui or a listing, which a test
//!   compares;
//! - changed, if some item comes out otherwise: whether its tests then fail, which takes to compile them, is not asked.
//!
//! The mistakes: a comparison, a test or a truth value the other way round, a part of `&&` and `||` dropped, a condition or a guard
//! that always or never holds, an arm never matched, a step left out, `Some` as `None`, an integer as one more, a sum for a
//! difference, a function that gives nothing.

mod copy;
mod planter;
#[path = "../mutate/project_copy.rs"]
mod project_copy;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const UNNOTICED: [&str; 2] = ["unreached", "same"];

fn main() {
    let every = std::env::args().nth(1);
    let every = every.map_or(1, |every| every.parse().expect("a number"));
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let project = project.canonicalize().expect("the project");
    let (copy, planted) = copy::write();
    let program = copy::compile_harness(&copy);
    let answers = answers(&program, &project, planted.len(), every);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, answer) in &answers {
        let kind = answer.split([' ', ',', ':']).next().expect("a word");
        *counts.entry(kind).or_default() += 1;
        println!("{answer}\t{}", planted[number - 1]);
    }
    println!(
        "\n{} mistakes are planted, {} asked for: {counts:?}",
        planted.len(),
        answers.len()
    );
    for (number, answer) in &answers {
        if UNNOTICED.iter().any(|kind| answer.starts_with(kind)) {
            println!("  {answer}: {}", planted[number - 1]);
        }
    }
}

/// What becomes of each mistake, by number. A program that ends before its time is started again behind the mistake that ended it.
fn answers(program: &Path, project: &Path, count: usize, every: usize) -> BTreeMap<usize, String> {
    // The program asks for the standard library as procedural macros do.
    let libraries = Command::new("rustc")
        .arg("--print=target-libdir")
        .output()
        .expect("rustc");
    let libraries = String::from_utf8_lossy(&libraries.stdout).trim().to_owned();
    let out: PathBuf = program.with_extension("answers");
    let _ = fs::remove_file(&out);
    let mut answers = BTreeMap::new();
    let mut first = 1;
    while first <= count / every * every {
        let status = Command::new("bash")
            .args(["-c", "ulimit -v 12000000; exec \"$0\" \"$@\""])
            .arg(program)
            .args(["harness::run", "--exact"])
            .env("LD_LIBRARY_PATH", &libraries)
            .env("MUTATE_FROM", first.to_string())
            .env("MUTATE_TO", (count + 1).to_string())
            .env("MUTATE_EVERY", every.to_string())
            .env("MUTATE_ROOT", project)
            .env("MUTATE_OUT", &out)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        let text = fs::read_to_string(&out).unwrap_or_default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (number, answer) = line.split_once(' ').expect("a number");
            let answer = match answer {
                "begun" => "noticed: ends the program",
                "hangs" => "noticed: hangs",
                other => other,
            };
            answers.insert(number.parse().expect("a number"), answer.into());
        }
        let last = answers.keys().next_back().copied().unwrap_or_default();
        assert!(
            last >= first,
            "the harness fails without any mistake: {status:?}"
        );
        first = last + 1;
    }
    answers
}
