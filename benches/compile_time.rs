//! What the attribute costs at compile time: a debug `cargo build` of a crate with 20 annotated functions of 50 lines,
//! minus the same crate without the attribute, divided by 20.
//!
//! `cargo bench --bench compile_time` prints it; with `-- --test` both crates are built once and nothing is timed.

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const FUNCTIONS: usize = 20;
const ROUNDS: usize = 7;

/// Fifty lines of ordinary numeric code; `seed` makes each function another.
const FUNCTION: &str = r#"
pub fn model_SEED(x: f64, y: f64, rates: [f64; 3], steps: usize) -> f64 {
    let shift = SEED as f64 * 0.25;
    let mut position = x + shift;
    let mut velocity = y;
    let mut energy = 0.0;
    for step in 0..steps {
        let time = step as f64 * 0.01;
        let force = -rates[0] * position - rates[1] * velocity + (rates[2] * time).sin();
        velocity += force * 0.01;
        position += velocity * 0.01;
        if position.abs() > 100.0 {
            return energy;
        }
        energy += 0.5 * velocity * velocity + 0.5 * rates[0] * position * position;
    }
    let table = [1.0, 0.5, 0.25, 0.125];
    let mut sum = 0.0;
    for (i, weight) in table.iter().enumerate() {
        let term = match i {
            0 => position,
            1 => velocity.tanh(),
            2 => (position * velocity).exp().ln_1p(),
            _ => position.hypot(velocity),
        };
        sum += weight * term;
    }
    let smooth = if sum > 0.0 {
        sum.sqrt()
    } else {
        -(-sum).sqrt()
    };
    let mut root = 1.0;
    let mut count = 0;
    while count < 5 {
        let residual = root * root - (1.0 + sum * sum);
        root -= residual / (2.0 * root);
        count += 1;
    }
    let ratio = smooth / (1.0 + root);
    let scaled = [ratio, root, energy / (1.0 + energy)];
    let mut largest = scaled[0];
    for value in scaled {
        largest = largest.max(value);
    }
    let blend = 0.3 * largest + 0.7 * scaled[1];
    let clipped = blend.clamp(-10.0, 10.0);
    let wave = (clipped * 2.0).cos() * (1.0 / (1.0 + (-clipped).exp()));
    wave + 0.1 * ratio.powi(3) + y.atan2(1.0 + x * x)
}
"#;

struct Package {
    name: &'static str,
    directory: PathBuf,
}

impl Package {
    fn write(scratch: &Path, name: &'static str, attribute: &str) -> Result<Self, Box<dyn Error>> {
        let directory = scratch.join(name);
        std::fs::create_dir_all(directory.join("src"))?;
        let root = env!("CARGO_MANIFEST_DIR");
        std::fs::write(
            directory.join("Cargo.toml"),
            format!(
                "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
                 [dependencies]\nchainrule = {{ path = {root:?} }}\n\n[workspace]\n"
            ),
        )?;
        let mut source = String::from("#![allow(unused_imports)]\nuse chainrule::differentiate;\n");
        for seed in 0..FUNCTIONS {
            write!(
                source,
                "\n{attribute}{}",
                FUNCTION.trim_start().replace("SEED", &seed.to_string())
            )?;
        }
        std::fs::write(directory.join("src/lib.rs"), source)?;
        Ok(Self { name, directory })
    }

    /// Builds the package anew, its dependencies being built.
    fn build(&self, scratch: &Path) -> Result<Duration, Box<dyn Error>> {
        let cargo = |command: &str| {
            let mut cargo = Command::new(env!("CARGO"));
            cargo
                .args([command, "--quiet", "--package", self.name])
                .current_dir(&self.directory)
                .env("CARGO_TARGET_DIR", scratch.join("target"));
            cargo
        };
        cargo("clean").status()?;
        let start = Instant::now();
        let status = cargo("build").status()?;
        let time = start.elapsed();
        if status.success() {
            Ok(time)
        } else {
            Err(format!("the package `{}` does not build", self.name).into())
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let is_test = std::env::args().any(|argument| argument == "--test");
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile_time");
    let plain = Package::write(&scratch, "plain", "")?;
    let annotated = Package::write(&scratch, "annotated", "#[differentiate]\n")?;
    // The first builds compile the dependencies.
    plain.build(&scratch)?;
    annotated.build(&scratch)?;
    if is_test {
        return Ok(());
    }
    let mut extra = Vec::new();
    for round in 1..=ROUNDS {
        let (without, with) = (plain.build(&scratch)?, annotated.build(&scratch)?);
        let each = 1e3 * (with.as_secs_f64() - without.as_secs_f64()) / FUNCTIONS as f64;
        println!(
            "round {round} of {ROUNDS}: {with:.2?} with the attribute, {without:.2?} without, {each:.1} ms a function"
        );
        extra.push(each);
    }
    extra.sort_by(f64::total_cmp);
    println!(
        "median {:.1} ms a function of 50 lines ({:.1} to {:.1}); the bar is 50 ms",
        extra[ROUNDS / 2],
        extra[0],
        extra[ROUNDS - 1]
    );
    Ok(())
}
