//! What steps are made of, one part after another.

use super::form::*;
use crate::tree::Variable;

pub fn each_step<'a, 's>(steps: &'s [Step<'a>], show: &mut impl FnMut(&'s Step<'a>)) {
    for step in steps {
        show(step);
        match step {
            Step::Branch(branch) => branch.ways.iter().for_each(|way| each_step(way, show)),
            Step::Loop(repeated) => each_step(&repeated.body, show),
            _ => {}
        }
    }
}

/// The places that numbers are read from and written to.
pub fn each_place<'a, 's>(steps: &'s [Step<'a>], show: &mut impl FnMut(&'s Place<'a>)) {
    each_step(steps, &mut |step| {
        if let Step::Set { place, .. } | Step::Add { place, .. } | Step::Push { place, .. } = step {
            show(place);
        }
        if let Step::Swap { places, .. } = step {
            places.iter().for_each(&mut *show);
        }
        each_copied(step, show);
        each_formula(step, &mut |formula| {
            if let FormulaShape::Read(place) = &formula.shape {
                show(place);
            }
        });
    });
}

/// The places that a value reads.
pub fn each_read<'a, 's>(formula: &'s Formula<'a>, show: &mut impl FnMut(&'s Place<'a>)) {
    in_formula(formula, &mut |part| {
        if let FormulaShape::Read(place) = &part.shape {
            show(place);
        }
    });
}

/// The places that a step copies whole.
pub fn each_copied<'a, 's>(step: &'s Step<'a>, show: &mut impl FnMut(&'s Place<'a>)) {
    if let Step::LetArray { content, .. } | Step::Push { content, .. } = step {
        copied_in(content, show);
    }
}

fn copied_in<'a, 's>(content: &'s Content<'a>, show: &mut impl FnMut(&'s Place<'a>)) {
    match content {
        Content::Copy(copied) => show(&copied.place),
        Content::Array(parts) => parts.iter().for_each(|part| copied_in(part, show)),
        Content::Repeat(part, _) | Content::Vector(_, part) => copied_in(part, show),
        Content::Element(_) | Content::Empty(_) => {}
    }
}

/// The formulas of a step, but not those of the steps in it.
pub fn each_formula<'a, 's>(step: &'s Step<'a>, show: &mut impl FnMut(&'s Formula<'a>)) {
    match step {
        Step::Let { value, .. }
        | Step::Set { value, .. }
        | Step::Add { value, .. }
        | Step::Result(value) => in_formula(value, show),
        Step::LetArray { content, .. } | Step::Push { content, .. } => in_content(content, show),
        Step::Outputs(values) => values.iter().for_each(|value| in_formula(value, show)),
        Step::Call(called) => {
            for given in &called.arguments {
                in_content(&given.content, show);
            }
        }
        _ => {}
    }
}

/// Whether the value is made of the variable.
pub fn reads(formula: &Formula, variable: Variable) -> bool {
    let mut found = false;
    each_read(formula, &mut |place| found |= place.variable == variable);
    found
}

fn in_content<'a, 's>(content: &'s Content<'a>, show: &mut impl FnMut(&'s Formula<'a>)) {
    match content {
        Content::Element(value) => in_formula(value, show),
        Content::Array(parts) => parts.iter().for_each(|part| in_content(part, show)),
        Content::Repeat(part, _) | Content::Vector(_, part) => in_content(part, show),
        Content::Copy(_) | Content::Empty(_) => {}
    }
}

pub fn in_formula<'a, 's>(formula: &'s Formula<'a>, show: &mut impl FnMut(&'s Formula<'a>)) {
    show(formula);
    formula.parts().for_each(|part| in_formula(part, show));
}

/// The same, to change them.
pub fn each_formula_mut<'a>(step: &mut Step<'a>, change: &mut impl FnMut(&mut Formula<'a>)) {
    match step {
        Step::Let { value, .. }
        | Step::Set { value, .. }
        | Step::Add { value, .. }
        | Step::Result(value) => change_formula(value, change),
        Step::LetArray { content, .. } | Step::Push { content, .. } => {
            change_content(content, change);
        }
        Step::Outputs(values) => values
            .iter_mut()
            .for_each(|value| change_formula(value, change)),
        Step::Call(called) => {
            for given in &mut called.arguments {
                change_content(&mut given.content, change);
            }
        }
        _ => {}
    }
}

fn change_content<'a>(content: &mut Content<'a>, change: &mut impl FnMut(&mut Formula<'a>)) {
    match content {
        Content::Element(value) => change_formula(value, change),
        Content::Array(parts) => parts
            .iter_mut()
            .for_each(|part| change_content(part, change)),
        Content::Repeat(part, _) | Content::Vector(_, part) => change_content(part, change),
        Content::Copy(_) | Content::Empty(_) => {}
    }
}

fn change_formula<'a>(formula: &mut Formula<'a>, change: &mut impl FnMut(&mut Formula<'a>)) {
    change(formula);
    match &mut formula.shape {
        FormulaShape::Negate(inner) | FormulaShape::Power { base: inner, .. } => {
            change_formula(inner, change);
        }
        FormulaShape::Operator(_, left, right) => {
            change_formula(left, change);
            change_formula(right, change);
        }
        FormulaShape::Function { arguments, .. } => {
            arguments
                .iter_mut()
                .for_each(|argument| change_formula(argument, change));
        }
        FormulaShape::Call { numbers, .. } => {
            numbers
                .iter_mut()
                .for_each(|number| change_formula(number, change));
        }
        _ => {}
    }
}
