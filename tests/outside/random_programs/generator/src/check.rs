//! The comparison: what the compiled program and its derivatives give, against the interpreter's oracle.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::compiled::{Case, Derivatives};
use crate::interpret::run;
use crate::number::{Estimate, Oracle};
use crate::random::Random;
use crate::tree::{ParameterKind, Program, Type};

/// Relative to the sum over all paths of the magnitudes of products of slopes (see `number`): some 500 operations'
/// roundings for the first derivative. Slopes of second order have a few more roundings each.
const FIRST_TOLERANCE: f64 = 1e-12;
const SECOND_TOLERANCE: f64 = 1e-11;
/// Below this, slopes underflow.
const TINY: f64 = 1e-280;
/// A Hessian takes a run over four times the square of the inputs.
const MOST_INPUTS_OF_HESSIAN: usize = 6;
/// Disagreements of one program that are written out.
const MOST_TOLD: usize = 3;

#[derive(Default)]
pub struct Report {
    /// What was compared, and what was skipped and why, by name.
    pub counts: BTreeMap<String, usize>,
    /// The greatest error in units of the tolerance.
    pub worst: f64,
    pub disagreements: Vec<String>,
}

impl Report {
    fn count(&mut self, name: &str) {
        *self.counts.entry(name.to_owned()).or_default() += 1;
    }

    pub fn add(&mut self, other: Report) {
        for (name, count) in other.counts {
            *self.counts.entry(name).or_default() += count;
        }
        self.worst = self.worst.max(other.worst);
        self.disagreements.extend(other.disagreements);
    }
}

/// A point of a program: its inputs and its constants.
#[derive(Clone, Debug)]
pub struct Point {
    pub inputs: Vec<f64>,
    pub constants: Vec<i64>,
}

/// The points of a program are those of its seed.
pub fn points(program: &Program, count: usize) -> Vec<Point> {
    const SPECIAL: &[f64] = &[0.0, 1.0, -1.0, 0.5, 2.0, -0.0, 1e-3, 10.0, -2.5, 0.75];
    let main = program.functions.last().expect("a program has a function");
    let inputs: usize = main
        .parameters
        .iter()
        .map(|parameter| parameter.kind.inputs())
        .sum();
    let mut random = Random::new(!program.seed);
    (0..count)
        .map(|_| {
            let mut point: Vec<f64> = Vec::new();
            for index in 0..inputs {
                point.push(match random.below(20) {
                    0..2 => *random.pick(SPECIAL),
                    2 if index > 0 => point[index - 1],
                    3..6 => random.float(-6.0, 6.0),
                    6..13 => random.float(0.1, 2.0),
                    _ => random.float(-1.5, 1.5),
                });
            }
            let constants = main.parameters.iter().filter_map(|parameter| {
                Some(match parameter.kind {
                    ParameterKind::FloatConstant => random.between(-8, 8),
                    ParameterKind::Bool => random.between(0, 1),
                    ParameterKind::Integer(low, high) | ParameterKind::Size(low, high) => {
                        random.between(low, high)
                    }
                    _ => return None,
                } as i64)
            });
            let constants = constants.collect();
            Point {
                inputs: point,
                constants,
            }
        })
        .collect()
}

pub fn check(program: &Program, case: &Case, points_of_program: usize) -> Report {
    let mut report = Report::default();
    report.count("programs");
    if case.is_compiled() {
        let main = program.functions.last();
        report.count(match main.map(|main| &main.result) {
            Some(Type::Float) => "gradients compiled",
            _ => "Jacobians compiled",
        });
    }
    for (index, point) in points(program, points_of_program).iter().enumerate() {
        report.count("points");
        let before = report.disagreements.len();
        Comparison {
            program,
            case,
            point,
            report: &mut report,
        }
        .run(index == 0);
        for disagreement in &mut report.disagreements[before..] {
            *disagreement = format!(
                "{}: {disagreement}\n    at {point:?}",
                program.module_name()
            );
        }
    }
    // One fault shows in many entries.
    let more = report.disagreements.len().saturating_sub(MOST_TOLD);
    if more > 0 {
        report.disagreements.truncate(MOST_TOLD);
        report
            .disagreements
            .push(format!("{}: and {more} more", program.module_name()));
    }
    report
}

struct Comparison<'a> {
    program: &'a Program,
    case: &'a Case,
    point: &'a Point,
    report: &'a mut Report,
}

/// Equal, where any NaN is any other.
fn same_bits(left: f64, right: f64) -> bool {
    left.to_bits() == right.to_bits() || left.is_nan() && right.is_nan()
}

impl Comparison<'_> {
    fn disagree(&mut self, text: String) {
        self.report.disagreements.push(text);
    }

    fn run(&mut self, with_hessian: bool) {
        let constants: Vec<i128> = self
            .point
            .constants
            .iter()
            .map(|n| i128::from(*n))
            .collect();
        let inputs = &self.point.inputs;
        let mut oracle = Oracle::plain(inputs);
        let values = match run(self.program, &mut oracle, &constants) {
            Ok(outputs) => outputs.iter().map(|output| output.base).collect::<Vec<_>>(),
            Err(reason) => return self.disagree(format!("the interpreter is stuck: {reason}")),
        };
        if oracle.read_sign_of_nan {
            return self
                .report
                .count("points skipped: the sign of a NaN matters");
        }
        let (case, point) = (self.case, self.point);
        let compiled = catch_unwind(AssertUnwindSafe(|| {
            let plain = (case.plain)(&point.inputs, &point.constants);
            (plain, (case.ways)(&point.inputs, &point.constants))
        }));
        let Ok((plain, ways)) = compiled else {
            return self.disagree("the compiled program panics".to_owned());
        };
        if !plain.iter().zip(&values).all(|(a, b)| same_bits(*a, *b)) {
            return self.disagree(format!(
                "the oracle itself: the compiled function gives {plain:?}, the interpreter {values:?}"
            ));
        }
        self.report.count("values equal to the interpreter's");
        for way in &ways {
            let Some(value) = &way.value else { continue };
            if plain.iter().zip(value).all(|(a, b)| same_bits(*a, *b)) && plain.len() == value.len()
            {
                self.report.count("values of ways equal in bits");
            } else {
                self.disagree(format!(
                    "value of {}: {value:?}, plainly {plain:?}",
                    way.way
                ));
            }
        }
        if plain.iter().any(|value| !value.is_finite()) {
            self.report.count("points whose value is not finite");
        }
        self.first(&ways, &constants);
        if with_hessian && inputs.len() <= MOST_INPUTS_OF_HESSIAN {
            self.second(&ways, &constants);
        }
    }

    fn first(&mut self, ways: &[Derivatives], constants: &[i128]) {
        let mut oracle = Oracle::first(&self.point.inputs);
        let outputs = run(self.program, &mut oracle, constants).unwrap_or_default();
        let estimates: Vec<Estimate> = outputs
            .iter()
            .flat_map(|output| oracle.gradient(output))
            .collect();
        let given = |way: &Derivatives| way.gradient.clone();
        self.compare(
            "gradient",
            ways,
            given,
            &estimates,
            FIRST_TOLERANCE,
            oracle.saw_singular,
        );
    }

    fn second(&mut self, ways: &[Derivatives], constants: &[i128]) {
        if ways.iter().all(|way| way.hessian.is_none()) {
            return;
        }
        let mut oracle = Oracle::second(&self.point.inputs);
        let outputs = run(self.program, &mut oracle, constants).unwrap_or_default();
        let estimates: Vec<Estimate> = outputs
            .iter()
            .flat_map(|output| oracle.hessian(output))
            .collect();
        let given = |way: &Derivatives| way.hessian.clone();
        self.compare(
            "Hessian",
            ways,
            given,
            &estimates,
            SECOND_TOLERANCE,
            oracle.saw_singular,
        );
        let count = self.point.inputs.len();
        for way in ways {
            let Some(hessian) = &way.hessian else {
                continue;
            };
            let is_symmetric = (0..count * count)
                .all(|k| same_bits(hessian[k], hessian[k % count * count + k / count]));
            if !is_symmetric {
                self.disagree(format!(
                    "the Hessian of {} is not symmetric: {hessian:?}",
                    way.way
                ));
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    /// Every way against the oracle, and against the first way that gives this derivative.
    fn compare(
        &mut self,
        what: &str,
        ways: &[Derivatives],
        given: impl Fn(&Derivatives) -> Option<Vec<f64>>,
        estimates: &[Estimate],
        tolerance: f64,
        is_singular: bool,
    ) {
        let all: Vec<(&str, Vec<f64>)> = ways
            .iter()
            .filter_map(|way| Some((way.way, given(way)?)))
            .collect();
        for (name, derivatives) in &all {
            if derivatives.len() != estimates.len() {
                self.disagree(format!("{what} of {name} has length {}", derivatives.len()));
                return;
            }
        }
        for (index, estimate) in estimates.iter().enumerate() {
            let limit = tolerance * estimate.scale + estimate.noise + TINY;
            for (name, derivatives) in &all {
                let (first_name, first) = (&all[0].0, all[0].1[index]);
                let got = derivatives[index];
                // At a singular point one way may be finite where another is not, never two different finite numbers.
                if got.is_finite() && first.is_finite() && name != first_name {
                    let scale_is_known = estimate.scale.is_finite();
                    let limit = if scale_is_known {
                        limit
                    } else {
                        1e-9 * first.abs()
                    };
                    if (got - first).abs() <= limit || got == first {
                        self.report
                            .count(&format!("{what} entries equal among ways"));
                    } else {
                        self.disagree(format!(
                            "{what}[{index}] of {name}: {got:e}, of {first_name}: {first:e}"
                        ));
                    }
                }
                let wanted = match estimate.value {
                    Ok(wanted) => wanted,
                    Err(reason) => {
                        self.report
                            .count(&format!("{what} entries skipped: {reason}"));
                        continue;
                    }
                };
                // An infinite value times a zero tangent is NaN, by convention.
                if is_singular && !got.is_finite() {
                    self.report.count(&format!(
                        "{what} entries skipped: not finite at a singular point"
                    ));
                    continue;
                }
                let error = (got - wanted).abs();
                if error <= limit {
                    self.report
                        .count(&format!("{what} entries equal to the oracle's"));
                    self.report.worst = self.report.worst.max(error / limit);
                } else {
                    self.disagree(format!(
                        "{what}[{index}] of {name}: {got:e}, by the oracle {wanted:e}, scale {:e}",
                        estimate.scale
                    ));
                }
            }
        }
    }
}
