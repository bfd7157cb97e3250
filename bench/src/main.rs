//! What a derivative costs beside the one an expert writes by hand.
//!
//! Each cell is the median over 101 rounds of the column's time over the reference's in the same round, in brackets its
//! quartiles, and after `i` the same ratio in instructions as callgrind counts them. All columns are in one program, for
//! the default CPU; inputs and results pass through `black_box`. Every column is compared with the one by hand before
//! anything is timed; `--quick` does only that.
//!
//! A bar is met where the ratio of times is at most 0.05 above it, or the ratio of instructions not above it.

mod count;
mod measure;
mod num_duals;
mod numbers;
mod table;
mod workloads;

use std::process::{Command, ExitCode};

use measure::{Kind, Row};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let words: Vec<_> = arguments
        .iter()
        .filter(|word| !word.starts_with("--") && !["release", "fat"].contains(&word.as_str()))
        .collect();
    let mut rows = workloads::rows();
    rows.retain(|row| words.is_empty() || words.iter().any(|word| row.name.contains(*word)));

    let errors: Vec<_> = rows.iter().filter_map(|row| row.check().err()).collect();
    for error in &errors {
        eprintln!("{error}");
    }
    if !errors.is_empty() {
        return ExitCode::FAILURE;
    }
    if has("--quick") {
        println!("{} rows: all columns agree", rows.len());
    } else if has("--counted") {
        count::run_counted(&mut rows);
    } else {
        print_tables(&mut rows, &arguments);
    }
    ExitCode::SUCCESS
}

fn print_tables(rows: &mut [Row], arguments: &[String]) {
    let profile = arguments.first().map_or("", String::as_str);
    println!("\nprofile {profile}, {}, {}", rustc(), cpu());
    let counts = if count::is_installed() {
        count::count(arguments)
            .inspect_err(|error| println!("callgrind did not count: {error}"))
            .ok()
    } else {
        println!("valgrind is not installed: no instructions");
        None
    };
    for reference in [Kind::ByHand, Kind::Primal] {
        if rows.iter().all(|row| row.reference != reference) {
            continue;
        }
        println!("\n{}", table::head(reference));
        for (i, row) in rows.iter_mut().enumerate() {
            if row.reference != reference {
                continue;
            }
            let (nanoseconds, times) = measure::time(row);
            let measured = table::Measured {
                nanoseconds,
                times,
                instructions: counts.as_ref().and_then(|counts| counts.get(i).cloned()),
            };
            println!("{}", table::line(row, &measured));
        }
    }
}

fn rustc() -> String {
    let output = Command::new("rustc").arg("--version").output();
    output.map_or("rustc unknown".into(), |output| {
        String::from_utf8_lossy(&output.stdout).trim().into()
    })
}

fn cpu() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    text.lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or(std::env::consts::ARCH.into(), |(_, name)| {
            name.trim().into()
        })
}
