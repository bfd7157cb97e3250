//! Makes a faulty program small, by trying many smaller ones at once.

use std::panic::catch_unwind;

use chainrule_random_generator::check::points;
use chainrule_random_generator::interpret::run;
use chainrule_random_generator::number::Oracle;
use chainrule_random_generator::print::function;
use chainrule_random_generator::shrink::smaller;
use chainrule_random_generator::tree::Program;

use crate::batch::{Batch, Result};

/// How many are compiled at once.
const AT_ONCE: usize = 40;

pub fn shrink(mut program: Program, batch: &Batch) -> std::io::Result<()> {
    let Some(fault) = fault_of(&batch.run(vec![program.clone()])?, &program) else {
        println!("nothing is wrong with seed {}", program.seed);
        return Ok(());
    };
    // The interpreter panics where types do not fit.
    std::panic::set_hook(Box::new(|_| {}));
    'smaller: loop {
        let mut candidates: Vec<Program> = (0..)
            .map_while(|edit| smaller(&program, edit))
            .filter(|candidate| is_valid(candidate, batch.points))
            .collect();
        candidates.sort_by_key(|candidate| text(candidate).len());
        for chunk in candidates.chunks(AT_ONCE) {
            let result = batch.run(chunk.to_vec())?;
            let found = chunk
                .iter()
                .find(|candidate| fault_of(&result, candidate).as_ref() == Some(&fault));
            if let Some(found) = found {
                program = found.clone();
                eprintln!("{} characters", text(&program).len());
                continue 'smaller;
            }
        }
        break;
    }
    println!("{}", text(&program));
    let result = batch.run(vec![program])?;
    for text in result
        .report
        .disagreements
        .iter()
        .chain(result.refused.iter().map(|(_, errors)| errors))
    {
        println!("{text}");
    }
    Ok(())
}

fn text(program: &Program) -> String {
    program
        .functions
        .iter()
        .map(|item| function(item, 0))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Whether every variable is declared where it is used and of its type, at least where the points lead.
fn is_valid(program: &Program, count: usize) -> bool {
    points(program, count).iter().all(|point| {
        let constants: Vec<i128> = point.constants.iter().map(|n| i128::from(*n)).collect();
        catch_unwind(|| run(program, &mut Oracle::plain(&point.inputs), &constants).is_ok())
            .unwrap_or(false)
    })
}

/// What is wrong, without the numbers: the compiler's first message, or which comparison failed.
fn fault_of(result: &Result, program: &Program) -> Option<String> {
    let name = program.module_name();
    let refused = result.refused.iter().find(|(known, _)| *known == name);
    if let Some((_, errors)) = refused {
        let (_, message) = errors.lines().next()?.split_once(" error")?;
        return Some(message.to_owned());
    }
    let start = format!("{name}: ");
    let told = result
        .report
        .disagreements
        .iter()
        .find_map(|text| text.strip_prefix(&start))?;
    Some(
        told.chars()
            .take_while(|c| !matches!(c, '[' | ':'))
            .collect(),
    )
}
