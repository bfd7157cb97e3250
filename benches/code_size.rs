//! How much code the attribute writes, and how long that takes to compile: functions of straight code by as many floats as
//! the table says, of three operations for each input.
//!
//! `cargo bench --bench code_size` prints the table; with `-- --test` the smallest packages are built and nothing is timed.

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const COUNTS: [usize; 4] = [10, 30, 100, 300];
const OUTPUTS: usize = 8;

/// What is asked of the function: a call, and the function's results.
#[derive(Clone, Copy)]
struct Kind {
    name: &'static str,
    call: &'static str,
    is_several: bool,
}

const KINDS: [Kind; 4] = [
    Kind {
        name: "function alone",
        call: "f(ARGUMENTS)",
        is_several: false,
    },
    Kind {
        name: "gradient",
        call: "f::gradient(ARGUMENTS)[0]",
        is_several: false,
    },
    Kind {
        name: "Hessian",
        call: "f::hessian(ARGUMENTS)[0][0]",
        is_several: false,
    },
    Kind {
        name: "Jacobian, 8 outputs",
        call: "f::jacobian(ARGUMENTS)[0][0]",
        is_several: true,
    },
];

fn source(kind: Kind, count: usize) -> Result<String, std::fmt::Error> {
    let names = |form: &dyn Fn(usize) -> String| {
        let all: Vec<_> = (0..count).map(form).collect();
        all.join(", ")
    };
    let mut source = String::new();
    if kind.name != "function alone" {
        source += "#[chainrule::differentiate]\n";
    }
    let result = match kind.is_several {
        true => format!("[f64; {OUTPUTS}]"),
        false => "f64".to_owned(),
    };
    writeln!(
        source,
        "#[allow(clippy::too_many_arguments)]\nfn f({}) -> {result} {{",
        names(&|i| format!("x{i}: f64"))
    )?;
    writeln!(source, "    let y0 = x0 * 0.5;")?;
    for i in 1..count {
        writeln!(
            source,
            "    let y{i} = (x{i} * y{} + x{}).sin();",
            i - 1,
            i - 1
        )?;
    }
    if kind.is_several {
        let outputs: Vec<_> = (1..=OUTPUTS)
            .map(|i| format!("y{}", i * (count - 1) / OUTPUTS))
            .collect();
        writeln!(source, "    [{}]\n}}", outputs.join(", "))?;
    } else {
        let terms: Vec<_> = (0..count).map(|i| format!("y{i}")).collect();
        writeln!(source, "    {}\n}}", terms.join(" + "))?;
    }
    let call = kind
        .call
        .replace("ARGUMENTS", &names(&|i| format!("x[{i}]")));
    writeln!(
        source,
        "pub fn run(x: &[f64; {count}]) -> f64 {{\n    {call}\n}}"
    )?;
    Ok(source)
}

struct Package {
    name: String,
    directory: PathBuf,
    scratch: PathBuf,
}

impl Package {
    fn write(scratch: &Path, kind: Kind, count: usize) -> Result<Self, Box<dyn Error>> {
        let name: String = kind
            .name
            .split(',')
            .next()
            .unwrap_or_default()
            .to_lowercase();
        let name = format!("{}_{count}", name.replace(' ', "_"));
        let directory = scratch.join(&name);
        std::fs::create_dir_all(directory.join("src"))?;
        let root = env!("CARGO_MANIFEST_DIR");
        std::fs::write(
            directory.join("Cargo.toml"),
            format!(
                "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
                 [dependencies]\nchainrule = {{ path = {root:?} }}\n\n[workspace]\n"
            ),
        )?;
        std::fs::write(directory.join("src/lib.rs"), source(kind, count)?)?;
        Ok(Self {
            name,
            directory,
            scratch: scratch.to_owned(),
        })
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args(arguments)
            .args(["--quiet", "--package", &self.name])
            .current_dir(&self.directory)
            .env("CARGO_TARGET_DIR", self.scratch.join("target"))
            // Nothing of the last build may serve again.
            .env("CARGO_INCREMENTAL", "0");
        cargo
    }

    /// The best of a few: what disturbs a build makes it longer.
    fn time(&self, arguments: &[&str], rounds: usize) -> Result<Duration, Box<dyn Error>> {
        let mut best = Duration::MAX;
        // The first builds the dependencies.
        for round in 0..=rounds {
            let lib = self.directory.join("src/lib.rs");
            let text = std::fs::read_to_string(&lib)?;
            let text = text
                .split("\n// round")
                .next()
                .unwrap_or_default()
                .to_owned();
            std::fs::write(
                &lib,
                format!("{text}\n// round {round} {:?}\n", Instant::now()),
            )?;
            let start = Instant::now();
            let status = self.cargo(arguments).status()?;
            if !status.success() {
                return Err(format!("the package `{}` does not build", self.name).into());
            }
            if round > 0 {
                best = best.min(start.elapsed());
            }
        }
        Ok(best)
    }

    /// The lines after all macros, as the compiler prints them.
    fn lines(&self) -> Result<usize, Box<dyn Error>> {
        let mut cargo = self.cargo(&["rustc", "--lib"]);
        let output = cargo
            .args(["--", "-Zunpretty=expanded"])
            .env("RUSTC_BOOTSTRAP", "1")
            .output()?;
        Ok(String::from_utf8_lossy(&output.stdout).lines().count())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let is_test = std::env::args().any(|argument| argument == "--test");
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("code_size");
    if is_test {
        for kind in KINDS {
            Package::write(&scratch, kind, COUNTS[0])?.time(&["check"], 0)?;
        }
        return Ok(());
    }
    println!("| | inputs | lines | check | build | release build |");
    println!("|---|---|---|---|---|---|");
    for kind in KINDS {
        for count in COUNTS {
            let package = Package::write(&scratch, kind, count)?;
            let check = package.time(&["check"], 3)?;
            let build = package.time(&["build"], 3)?;
            let release = package.time(&["build", "--release"], 2)?;
            println!(
                "| {} | {count} | {} | {:.2} s | {:.2} s | {:.2} s |",
                kind.name,
                package.lines()?,
                check.as_secs_f64(),
                build.as_secs_f64(),
                release.as_secs_f64()
            );
        }
    }
    Ok(())
}
