//! A copy of the crate with the mistakes in it, and its tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use quote::ToTokens;
use syn::visit_mut::VisitMut;

use crate::Mistakes;
use crate::expressions::Planter;
use crate::project_copy::{self, ProjectCopy};
use crate::rows;

/// A test's program.
pub struct Test {
    pub name: &'static str,
    pub program: PathBuf,
}

/// The tests that are asked, the quickest first.
const TESTS: &[&str] = &[
    "oracle",
    "edges",
    "range",
    "nested",
    "operators",
    "float_contract",
    "properties",
    "differentiate",
];
/// Those of the special functions.
const SPECIAL_TESTS: &[&str] = &["special"];
const LISTS: [&str; 3] = ["rules/unary.rs", "rules/activation.rs", "rules/binary.rs"];
const FORMULAS: [&str; 11] = [
    "rules/formula.rs",
    "rules/formula/activation.rs",
    "rules/binary/extremum.rs",
    "rules/binary/integer_power.rs",
    "rules/binary/logarithm.rs",
    "rules/binary/polar.rs",
    "rules/binary/power.rs",
    "rules/binary/quotient.rs",
    "rules/binary/remainder.rs",
    "rules/curvature.rs",
    "float/slope.rs",
];
/// The same of the special functions; the last is both.
const SPECIAL_FORMULAS: [&str; 2] = ["rules/special/formula.rs", SPECIAL_LISTS];
const SPECIAL_LISTS: &str = "rules/special/mod.rs";
const NUMBERS: [&str; 3] = ["dual.rs", "hyper_dual.rs", "jet.rs"];

/// Chooses among the mistakes at run time.
const CHOICE: &str = r#"
//! Which mistake is made.
use crate::rules::{Curvature, Factors, Scalar, Steep};

#[inline]
pub fn is(number: usize) -> bool {
    use std::sync::OnceLock;
    static CHOSEN: OnceLock<usize> = OnceLock::new();
    *CHOSEN.get_or_init(|| std::env::var("MISTAKE").map_or(0, |number| number.parse().unwrap())) == number
}

pub trait Part<T>: Curvature<T> {
    fn times_number(self, factor: f64) -> Self;
    fn from_plain(plain: T) -> Self;
}
impl<T: Scalar> Part<T> for T {
    fn times_number(self, factor: f64) -> Self {
        self * T::literal(factor)
    }
    fn from_plain(plain: T) -> Self {
        plain
    }
}
impl<T: Scalar> Part<T> for Factors<T> {
    fn times_number(self, factor: f64) -> Self {
        Self(self.0 * T::literal(factor), self.1)
    }
    fn from_plain(plain: T) -> Self {
        Self(plain, T::one())
    }
}
impl<T: Scalar> Part<T> for Steep<T> {
    fn times_number(self, factor: f64) -> Self {
        match self {
            Self::Plain(plain) => Self::Plain(plain.times_number(factor)),
            Self::Factors(factors) => Self::Factors(factors.times_number(factor)),
        }
    }
    fn from_plain(plain: T) -> Self {
        Self::Plain(plain)
    }
}

pub fn scaled<T: Scalar, C: Part<T>>(sign: usize, digits: usize, part: C) -> C {
    if is(sign) {
        part.times_number(-1.0)
    } else if is(digits) {
        part.times_number(1.0 + 1e-9)
    } else {
        part
    }
}

pub fn replaced<T: Scalar, C: Part<T>>(number: usize, part: C, other: T) -> C {
    if is(number) { C::from_plain(other) } else { part }
}

pub fn plain<T: Scalar>(part: impl Curvature<T>) -> T {
    part.between(T::one(), T::one())
}
"#;

pub fn build(mistakes: &mut Mistakes) -> Vec<Test> {
    let ProjectCopy { root: copy, target } = project_copy::write("mutants", "");
    plant(&copy.join("src"), mistakes);
    TESTS
        .iter()
        .chain(SPECIAL_TESTS)
        .map(|name| Test {
            name,
            program: compile(&copy, &target, name),
        })
        .collect()
}

fn plant(source: &Path, mistakes: &mut Mistakes) {
    let change = |name: &str, change: &mut dyn FnMut(&mut syn::File)| {
        let path = source.join(name);
        let text = fs::read_to_string(&path).expect("a source file");
        let mut file = syn::parse_file(&text).expect("Rust");
        change(&mut file);
        fs::write(&path, file.into_token_stream().to_string()).expect("a copy to change");
    };
    mistakes.tests = TESTS;
    for name in LISTS {
        change(name, &mut |file| rows::rewrite(file, mistakes));
    }
    for name in FORMULAS.into_iter().chain(NUMBERS) {
        change(name, &mut |file| plant_in_formulas(file, name, mistakes));
    }
    mistakes.tests = SPECIAL_TESTS;
    change(SPECIAL_LISTS, &mut |file| rows::rewrite(file, mistakes));
    for name in SPECIAL_FORMULAS {
        change(name, &mut |file| plant_in_formulas(file, name, mistakes));
    }
    fs::write(source.join("mistake.rs"), CHOICE).expect("a module more");
    let library = source.join("lib.rs");
    let text = fs::read_to_string(&library).expect("the library");
    // In the copy lints do not matter.
    let text = text.replace(
        "mod rules;\n",
        "mod rules;\n#[allow(missing_docs, unreachable_pub)]\nmod mistake;\n",
    );
    let lints = "#![allow(unused_parens, unused_braces, dead_code, clippy::all)]\n";
    let at = text.find("\n#![").expect("the first attribute") + 1;
    fs::write(&library, format!("{}{lints}{}", &text[..at], &text[at..])).expect("the library");
}

fn plant_in_formulas(file: &mut syn::File, name: &str, mistakes: &mut Mistakes) {
    for item in &mut file.items {
        let mut planter = Planter {
            mistakes: &mut *mistakes,
            place: name.into(),
        };
        visit_functions(item, name, &mut planter);
    }
}

/// Plants in functions, and names them.
fn visit_functions(item: &mut syn::Item, place: &str, planter: &mut Planter) {
    match item {
        syn::Item::Fn(function) => {
            planter.place = format!("{place}, {}", function.sig.ident);
            planter.visit_block_mut(&mut function.block);
        }
        syn::Item::Mod(module) => {
            for item in module.content.iter_mut().flat_map(|(_, items)| items) {
                visit_functions(item, &format!("{place}, {}", module.ident), planter);
            }
        }
        syn::Item::Impl(block) => {
            for item in &mut block.items {
                if let syn::ImplItem::Fn(function) = item {
                    planter.place = format!("{place}, {}", function.sig.ident);
                    planter.visit_block_mut(&mut function.block);
                }
            }
        }
        _ => {}
    }
}

fn compile(copy: &Path, target: &Path, test: &str) -> PathBuf {
    let output = Command::new("cargo")
        .args([
            "test",
            "--no-run",
            "--message-format=json",
            "-j1",
            "--test",
            test,
        ])
        .current_dir(copy)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo");
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        let messages = text
            .lines()
            .filter(|line| line.contains("\"level\":\"error\""));
        let messages: Vec<_> = messages.take(5).collect();
        panic!("the copy does not compile:\n{}", messages.join("\n"));
    }
    let wanted = format!("\"name\":\"{test}\"");
    let line = text
        .lines()
        .find(|line| line.contains(&wanted) && line.contains("\"executable\":\""));
    let (_, rest) = line
        .expect("a test program")
        .split_once("\"executable\":\"")
        .expect("its path");
    rest.split('"').next().expect("its path").into()
}
