//! Compiles programs in a package of their own and runs them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chainrule_random_generator::check::Report;
use chainrule_random_generator::tree::Program;
use chainrule_random_programs::{report_from_text, source};

pub struct Batch {
    folder: PathBuf,
    pub points: usize,
    pub optimization: String,
    /// The features that are on beside the usual ones.
    pub features: String,
}

/// What came of a batch.
pub struct Result {
    pub report: Report,
    /// Modules of programs that did not compile, with the compiler's words.
    pub refused: Vec<(String, String)>,
}

impl Batch {
    pub fn new(points: usize, optimization: &str, features: &str) -> std::io::Result<Self> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or(here.join("target"), PathBuf::from);
        let folder = std::path::absolute(target)?.join("random_programs");
        fs::create_dir_all(folder.join("src"))?;
        fs::copy(here.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        Ok(Self {
            folder,
            points,
            optimization: optimization.to_owned(),
            features: features.to_owned(),
        })
    }

    /// Programs that do not compile are taken out and told.
    pub fn run(&self, mut programs: Vec<Program>) -> std::io::Result<Result> {
        let mut refused = Vec::new();
        loop {
            let text = source(&programs);
            self.write(&text)?;
            let output = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()))
                .args([
                    "run",
                    "--quiet",
                    "--message-format=short",
                    "--manifest-path",
                ])
                .arg(self.folder.join("Cargo.toml"))
                .arg("--target-dir")
                .arg(self.folder.join("target"))
                .output()?;
            let errors = String::from_utf8_lossy(&output.stderr);
            let found = refused_modules(&text, &errors);
            if found.is_empty() {
                let text = String::from_utf8_lossy(&output.stdout);
                let mut report = report_from_text(&text);
                if !output.status.success() {
                    report
                        .disagreements
                        .push(format!("the batch fails: {errors}"));
                }
                return Ok(Result { report, refused });
            }
            programs.retain(|program| found.iter().all(|(name, _)| *name != program.module_name()));
            refused.extend(found);
            if programs.is_empty() {
                return Ok(Result {
                    report: Report::default(),
                    refused,
                });
            }
        }
    }

    fn write(&self, programs: &str) -> std::io::Result<()> {
        let here = env!("CARGO_MANIFEST_DIR");
        let manifest = format!(
            "[workspace]\n\n[package]\nname = \"batch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             chainrule = {{ path = \"{here}/../../..\" }}\n\
             chainrule-random-programs = {{ path = \"{here}\" }}\n\
             chainrule-random-generator = {{ path = \"{here}/generator\" }}\n\n\
             [profile.dev]\ndebug = false\nincremental = false\nopt-level = {}\n\n\
             [profile.dev.package.chainrule-random-generator]\nopt-level = 2\n\n\
             [profile.dev.build-override]\nopt-level = 1\n",
            self.optimization
        );
        let main = format!(
            "mod programs;\n\nfn main() {{\n    chainrule_random_programs::print_report(programs::CASES, {:?}, {});\n}}\n",
            self.features, self.points
        );
        fs::write(self.folder.join("Cargo.toml"), manifest)?;
        fs::write(self.folder.join("src/main.rs"), main)?;
        fs::write(self.folder.join("src/programs.rs"), programs)
    }
}

/// The program of each error, by its line.
fn refused_modules(source: &str, errors: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = source.lines().collect();
    let mut found: Vec<(String, String)> = Vec::new();
    for error in errors.lines().filter(|line| line.contains(": error")) {
        let Some((_, place)) = error.split_once("programs.rs:") else {
            continue;
        };
        let Some(line) = place
            .split(':')
            .next()
            .and_then(|line| line.parse::<usize>().ok())
        else {
            continue;
        };
        let name = lines[..line]
            .iter()
            .rev()
            .find_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(" {"));
        let Some(name) = name else { continue };
        let told = format!("{error}\n    {}", lines[line - 1].trim());
        match found.iter_mut().find(|(known, _)| known == name) {
            Some((_, text)) => *text += &format!("\n{told}"),
            None => found.push((name.to_owned(), told)),
        }
    }
    found
}
