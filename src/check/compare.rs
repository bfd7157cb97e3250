//! From claims to reports.

use alloc::vec::Vec;

use super::component::{Component, Finding, Verdict};
use super::first::first_differences;
use super::function::{Function, Plain, ulps};
use super::hint::hint;
use super::judgement::{Judgement, SAFETY, Scale};
use super::ladder::Estimate;
use super::report::{Oracle, Report, Subject};
use super::second::second_differences;
use crate::Differentiable;
use crate::rules::Primitive;

/// Claimed first derivatives, row by row.
#[track_caller]
pub fn first_order<T, A, O, F>(
    subject: Subject,
    mut function: Function<T, A, F>,
    claimed: &[f64],
) -> Report
where
    T: Primitive,
    A: Differentiable<T>,
    O: Differentiable<T>,
    F: FnMut(A) -> O,
{
    let (outputs, inputs) = (function.value().len(), function.inputs());
    check_count(subject, claimed.len(), outputs, inputs);
    let columns: Vec<_> = (0..inputs)
        .map(|input| first_differences(&mut function, input))
        .collect();
    let entry = |output: usize, input: usize| {
        let claimed = claimed[output * inputs + input];
        let scale = Scale {
            epsilon: function.epsilon(),
            value: function.value()[output],
            typical: function.value()[output].abs() / function.size(input).max(1.0),
        };
        let judgement = Judgement::of(claimed, &columns[input][output], scale);
        component::<T>(output, input, claimed, judgement)
    };
    let components = entries(outputs, inputs, entry);
    report(subject, Oracle::Differences, function.point(), components)
}

/// Claimed second derivatives, row by row.
#[track_caller]
pub fn second_order<T, A, O, F>(mut function: Function<T, A, F>, claimed: &[f64]) -> Report
where
    T: Primitive,
    A: Differentiable<T>,
    O: Differentiable<T>,
    F: FnMut(A) -> O,
{
    let inputs = function.inputs();
    check_count(Subject::Hessian, claimed.len(), inputs, inputs);
    let triangle = second_differences(&mut function);
    let entry = |i: usize, j: usize| {
        let claimed = claimed[i * inputs + j];
        let (row, column) = (i.max(j), i.min(j));
        let judgement = match &triangle[row * (row + 1) / 2 + column] {
            Err(singularity) => Judgement::unclear(*singularity),
            Ok(differences) => {
                let size = function.size(i).max(1.0) * function.size(j).max(1.0);
                let scale = Scale {
                    epsilon: function.epsilon(),
                    value: function.value()[0],
                    typical: function.value()[0].abs() / size,
                };
                Judgement::of(claimed, differences, scale)
            }
        };
        component::<T>(i, j, claimed, judgement)
    };
    let components = entries(inputs, inputs, entry);
    report(
        Subject::Hessian,
        Oracle::Differences,
        function.point(),
        components,
    )
}

/// Two ways to compute the same derivatives.
#[track_caller]
pub fn two_ways<T: Primitive>(point: Vec<f64>, claimed: &[f64], reference: &[f64]) -> Report {
    let (count, inputs) = (claimed.len(), point.len());
    assert!(
        count == reference.len(),
        "there are {count} derivatives, and {} to compare them with",
        reference.len()
    );
    let subject = match (count, inputs) {
        (1, 1) => Subject::Derivative,
        _ if count == inputs => Subject::Gradient,
        _ => Subject::Matrix,
    };
    let width = if inputs > 0 && count % inputs == 0 {
        inputs
    } else {
        count.max(1)
    };
    let entry = |row: usize, column: usize| {
        let at = row * width + column;
        let sizes = reference[row * width..][..width].iter().map(|x| x.abs());
        let largest = sizes.filter(|x| x.is_finite()).fold(0.0, f64::max);
        let judgement = same::<T>(claimed[at], reference[at], largest);
        component::<T>(row, column, claimed[at], judgement)
    };
    let components = entries(count / width, width, entry);
    report(subject, Oracle::Reference, point, components)
}

/// Whether two derivatives are the same but for rounding. Claims are wrong when they are `SAFETY` uncertainties off.
fn same<T: Primitive>(claimed: f64, reference: f64, largest_in_row: f64) -> Judgement {
    let epsilon = super::function::to_f64(T::epsilon());
    let margin = epsilon * (1000.0 * reference.abs()).max(16.0 * largest_in_row);
    let expected = Estimate {
        value: reference,
        error: margin / SAFETY,
    };
    let is_same = claimed == reference
        || claimed.is_nan() && reference.is_nan()
        || reference.is_finite() && (claimed - reference).abs() <= margin;
    let (verdict, finding) = if is_same {
        (Verdict::Right, None)
    } else if claimed.is_finite() && reference.is_finite() {
        (Verdict::Wrong, None)
    } else {
        (Verdict::Unclear, Some(Finding::Outside))
    };
    Judgement {
        expected,
        verdict,
        finding,
    }
}

fn entries(
    rows: usize,
    columns: usize,
    entry: impl Fn(usize, usize) -> Component,
) -> Vec<Component> {
    let places = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    places.map(|(row, column)| entry(row, column)).collect()
}

fn component<T: Primitive>(
    output: usize,
    input: usize,
    claimed: f64,
    judgement: Judgement,
) -> Component {
    let Estimate { value, error } = judgement.expected;
    Component {
        output,
        input,
        claimed,
        expected: value,
        uncertainty: error,
        ulps: ulps::<T>(claimed, value),
        verdict: judgement.verdict,
        finding: judgement.finding,
    }
}

fn report(subject: Subject, oracle: Oracle, point: Vec<f64>, components: Vec<Component>) -> Report {
    let hints: Vec<_> = components
        .iter()
        .map(|component| match component {
            Component {
                verdict: Verdict::Wrong,
                finding: None,
                ..
            } => hint(component, &components),
            Component { finding, .. } => *finding,
        })
        .collect();
    let components = components.into_iter().zip(hints);
    Report {
        subject,
        oracle,
        point,
        components: components
            .map(|(component, finding)| Component {
                finding,
                ..component
            })
            .collect(),
    }
}

#[track_caller]
fn check_count(subject: Subject, claimed: usize, outputs: usize, inputs: usize) {
    let wanted = outputs * inputs;
    assert!(
        claimed == wanted,
        "the {} has {claimed} numbers, but {outputs} rows of {inputs} make {wanted}",
        subject.name()
    );
}
