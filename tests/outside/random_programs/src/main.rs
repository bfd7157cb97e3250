//! Random programs under the attribute: `cargo run --release -- 5000`.

mod batch;
mod shrinking;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use batch::Batch;
use chainrule_random_generator::check::Report;
use chainrule_random_generator::generate::features::Features;
use chainrule_random_generator::generate::program;
use chainrule_random_generator::print::function;
use chainrule_random_programs::{POINTS, fixed_source};

const USAGE: &str = "\
cargo run --release -- COUNT [options]     makes, compiles and checks COUNT programs
cargo run --release -- show SEED           prints a program
cargo run --release -- shrink SEED         makes a faulty program smaller, and prints it
cargo run --release -- fixed               writes the fixed programs of the test anew

options:
    --from SEED         the first seed (default 1000000; the fixed programs have the seeds from 0)
    --with a,b          features that are off, see generator/src/generate/features.rs
    --points N          points of each program (default 6)
    --chunk N           programs compiled at once (default 200)
    --optimize N        opt-level of the programs (default 0)";

struct Options {
    from: u64,
    features: String,
    points: usize,
    chunk: usize,
    optimization: String,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut options = Options {
        from: 1_000_000,
        features: String::new(),
        points: POINTS,
        chunk: 200,
        optimization: "0".to_owned(),
    };
    let mut words = Vec::new();
    let mut rest = arguments.iter();
    while let Some(word) = rest.next() {
        if !word.starts_with("--") {
            words.push(word.as_str());
            continue;
        }
        let Some(value) = rest.next() else {
            return usage();
        };
        match (word.as_str(), value.parse::<usize>()) {
            ("--from", Ok(seed)) => options.from = seed as u64,
            ("--points", Ok(points)) => options.points = points,
            ("--chunk", Ok(chunk)) if chunk > 0 => options.chunk = chunk,
            ("--with", _) => options.features = value.clone(),
            ("--optimize", _) => options.optimization = value.clone(),
            _ => return usage(),
        }
    }
    match words[..] {
        ["fixed"] => write_fixed(),
        ["show", seed] => show(seed, &options),
        ["shrink", seed] => shrink(seed, &options),
        [count] => match count.parse() {
            Ok(count) => run(count, &options),
            Err(_) => usage(),
        },
        _ => usage(),
    }
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::FAILURE
}

fn features(options: &Options) -> std::rc::Rc<Features> {
    Features::with(&options.features.split(',').collect::<Vec<_>>())
}

fn show(seed: &str, options: &Options) -> ExitCode {
    let Ok(seed) = seed.parse() else {
        return usage();
    };
    for item in &program(seed, &features(options)).functions {
        println!("{}", function(item, 0));
    }
    ExitCode::SUCCESS
}

fn shrink(seed: &str, options: &Options) -> ExitCode {
    let Ok(seed) = seed.parse() else {
        return usage();
    };
    let batch = Batch::new(options.points, &options.optimization, &options.features)
        .expect("the target folder can be written");
    shrinking::shrink(program(seed, &features(options)), &batch).expect("cargo runs");
    ExitCode::SUCCESS
}

fn write_fixed() -> ExitCode {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixed/programs.rs");
    std::fs::write(file, fixed_source()).expect("the file can be written");
    ExitCode::SUCCESS
}

fn run(count: u64, options: &Options) -> ExitCode {
    let batch = Batch::new(options.points, &options.optimization, &options.features)
        .expect("the target folder can be written");
    let features = features(options);
    let (mut report, mut refused) = (Report::default(), Vec::new());
    let mut seed = options.from;
    let end = seed + count;
    while seed < end {
        let next = end.min(seed + options.chunk as u64);
        let programs = (seed..next).map(|seed| program(seed, &features)).collect();
        let result = batch.run(programs).expect("cargo runs");
        for disagreement in &result.report.disagreements {
            println!("\nDISAGREEMENT {disagreement}");
        }
        for (name, errors) in &result.refused {
            println!("\nREFUSED {name}\n{errors}");
        }
        report.add(result.report);
        refused.extend(result.refused);
        seed = next;
        eprintln!(
            "{} of {count} programs, {} disagreements, {} refused",
            seed - options.from,
            report.disagreements.len(),
            refused.len()
        );
        let _ = std::io::stdout().flush();
    }
    println!();
    for (name, count) in &report.counts {
        println!("{count:>9}  {name}");
    }
    println!(
        "{:>9.3}  of the tolerance is the greatest error",
        report.worst
    );
    println!("{:>9}  programs refused by the compiler", refused.len());
    println!("{:>9}  disagreements", report.disagreements.len());
    if report.disagreements.is_empty() && refused.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
