//! What a file of generated programs consists of, and how what they say is told.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::{Arc, Mutex};

use chainrule_random_generator::check::{Report, check};
use chainrule_random_generator::compiled::Case;
use chainrule_random_generator::generate::features::Features;
use chainrule_random_generator::generate::program;
use chainrule_random_generator::print::module;
use chainrule_random_generator::shrink::edited;
use chainrule_random_generator::tree::Program;

/// A source file with the programs and the list `CASES` of them.
pub fn source(programs: &[Program]) -> String {
    let mut text = String::from(HEAD);
    for program in programs {
        text += &module(program);
        text += "\n";
    }
    text += "pub const CASES: &[Case] = &[\n";
    for program in programs {
        let (seed, edits, name) = (program.seed, &program.edits, program.module_name());
        text += &format!(
            "    Case {{ seed: {seed}, edits: &{edits:?}, plain: {name}::plain, ways: {name}::ways, sweeps: {name}::sweeps }},\n"
        );
    }
    text + "];\n"
}

/// How many programs the test has; their seeds are those from 0.
pub const FIXED: u64 = 300;

/// Points of each program where nothing else is asked for.
pub const POINTS: usize = 6;

/// The file of the fixed programs.
pub fn fixed_source() -> String {
    let features = Features::with(&[]);
    let programs: Vec<_> = (0..FIXED).map(|seed| program(seed, &features)).collect();
    source(&programs)
}

/// Random programs are not tidy.
const HEAD: &str = "\
// Written by the generator; do not edit. See the README of the package.
#![allow(warnings, clippy::all)]

use chainrule::{Activation, Dual, Jet, differentiate};

use chainrule_random_generator::compiled::{Case, Derivatives, NotCompiled, Numbers, array, directions, flat, name_of};

";

/// Checks compiled programs; their trees come from their seeds again.
pub fn check_all(cases: &[Case], features: &str, points: usize) -> Report {
    let names: Vec<&str> = features.split(',').collect();
    let features = Features::with(&names);
    let place = Arc::new(Mutex::new(String::new()));
    let before = listen_to_panics(Arc::clone(&place));
    let mut report = Report::default();
    for case in cases {
        let checked = catch_unwind(AssertUnwindSafe(|| {
            let program = edited(program(case.seed, &features), case.edits).expect("as printed");
            check(&program, case, points)
        }));
        match checked {
            Ok(checked) => report.add(checked),
            Err(_) => {
                let place = place.lock().expect("no panic in here");
                report
                    .disagreements
                    .push(format!("seed {}: the check panics: {place}", case.seed));
            }
        }
    }
    drop(std::panic::take_hook());
    std::panic::set_hook(Box::new(move |panic| before(panic)));
    report
}

type Hook = dyn Fn(&PanicHookInfo) + Sync + Send;

/// A panic of a program is told with its seed; where it was is of use only when the generator itself panics. Other
/// threads' panics go to the hook that was, which is given back.
fn listen_to_panics(place: Arc<Mutex<String>>) -> Arc<Hook> {
    let before: Arc<Hook> = std::panic::take_hook().into();
    let (others, checker) = (Arc::clone(&before), std::thread::current().id());
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().id() == checker {
            *place.lock().expect("no panic in here") = panic.to_string();
        } else {
            others(panic);
        }
    }));
    before
}

/// Prints a report so that `report_from_text` can read it.
pub fn print_report(cases: &[Case], features: &str, points: usize) {
    let report = check_all(cases, features, points);
    for (name, count) in &report.counts {
        println!("count\t{count}\t{name}");
    }
    println!("worst\t{}", report.worst);
    for disagreement in &report.disagreements {
        println!("disagreement\t{}", disagreement.replace('\n', "\\n"));
    }
}

pub fn report_from_text(text: &str) -> Report {
    let mut report = Report {
        counts: BTreeMap::new(),
        ..Report::default()
    };
    for line in text.lines() {
        let mut parts = line.splitn(3, '\t');
        match (parts.next(), parts.next(), parts.next()) {
            (Some("count"), Some(count), Some(name)) => {
                report
                    .counts
                    .insert(name.to_owned(), count.parse().unwrap_or(0));
            }
            (Some("worst"), Some(worst), None) => report.worst = worst.parse().unwrap_or(f64::NAN),
            (Some("disagreement"), Some(text), None) => {
                report.disagreements.push(text.replace("\\n", "\n"));
            }
            _ => {}
        }
    }
    report
}
