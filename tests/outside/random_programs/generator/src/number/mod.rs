//! The oracle's numbers. Derivatives are central differences of the whole program, with no rule of differentiation.
//!
//! A number is a float (what the plain function computes, and what alone decides branches), and beside it the
//! value of the same expression in about 31 digits with the inputs displaced a little: one lane for each
//! displacement. Each operation's rounding error, known from the float and the long value at the same arguments, is
//! added to every lane as a constant. So a lane is the program that runs exactly through the floats that the compiled
//! program runs through, and its differences are what a derivative without rounding errors of its own gives,
//! however badly conditioned the program is.
//!
//! What remains is the rounding of the slopes and of their sums. It is bounded by the unit roundoff times the sum
//! over all paths through the program of the magnitudes of the products of slopes. `first` and `second` hold
//! these sums; the magnitudes of the slopes come from differences of single operations. They only scale tolerances.
//!
//! A chaotic program carries the lanes away from the floats' orbit however small the step is. Their differences then say
//! nothing of a derivative, and still look settled beside a sum over paths that is huge. So each operation must be straight
//! between a lane and its mirror image; where one is not, the estimate is given up.

mod estimate;
mod slopes;

use std::rc::Rc;

use crate::double::Double;
use crate::vocabulary::Function;
pub use estimate::Estimate;
use estimate::{Course, STRAIGHT};
use slopes::Slopes;

#[derive(Clone, Debug)]
pub struct Number {
    pub base: f64,
    /// Nothing if it depends on no input.
    lanes: Option<Rc<Lanes>>,
}

#[derive(Clone, Debug)]
struct Lanes {
    shifted: Vec<Double>,
    first: Vec<f64>,
    second: Vec<f64>,
    /// A bound of the error of the long values themselves.
    noise: f64,
}

/// Double-double has 104 bits or so, functions a little less: relative to the value, and for functions that have zeros
/// away from 0 also in itself.
const LONG_ROUNDOFF: f64 = 1e-30;
const LONG_ROUNDOFF_AT_ZEROS: f64 = 1e-31;

/// Operations whose long value is good relative to itself everywhere.
const WITHOUT_ZEROS: &[&str] = &[
    "+",
    "-",
    "*",
    "/",
    "%",
    "negate",
    "powi",
    "exp",
    "exp2",
    "powf",
    "sqrt",
    "cbrt",
    "recip",
    "sigmoid",
    "abs",
    "max",
    "min",
    "clamp",
    "mul_add",
    "relu",
    "leaky_relu",
    "hypot",
    "midpoint",
    "copysign",
];

impl Number {
    pub fn constant(base: f64) -> Self {
        Self { base, lanes: None }
    }
}

/// How one lane displaces the inputs: pairs of input and multiple of its step.
type Displacement = Vec<(usize, f64)>;

pub struct Oracle {
    point: Vec<f64>,
    displacements: Vec<Displacement>,
    wants_second: bool,
    courses: Vec<Course>,
    /// A NaN's sign was read; it is not defined.
    pub read_sign_of_nan: bool,
    /// Something was infinite or NaN on the way; what depends on it may be NaN, and finite if it is not used.
    pub saw_singular: bool,
}

/// Small, since programs can magnify them a lot; the long values leave room for it.
const FIRST_STEP: f64 = 1e-11;
const SECOND_STEP: f64 = 1e-7;

impl Oracle {
    /// No lanes: the plain program.
    pub fn plain(point: &[f64]) -> Self {
        Self::with_displacements(point, Vec::new(), false)
    }

    pub fn first(point: &[f64]) -> Self {
        let lanes = (0..point.len())
            .flat_map(|i| [1.0, -1.0, 2.0, -2.0].map(|factor| vec![(i, factor)]))
            .collect();
        Self::with_displacements(point, lanes, false)
    }

    pub fn second(point: &[f64]) -> Self {
        let mut lanes = Vec::new();
        for i in 0..point.len() {
            for j in 0..=i {
                for factor in [1.0, 2.0] {
                    for (a, b) in [(1.0, 1.0), (-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0)] {
                        lanes.push(vec![(i, factor * a), (j, factor * b)]);
                    }
                }
            }
        }
        Self::with_displacements(point, lanes, true)
    }

    fn with_displacements(
        point: &[f64],
        displacements: Vec<Displacement>,
        wants_second: bool,
    ) -> Self {
        Self {
            point: point.to_vec(),
            courses: vec![Course::default(); displacements.len()],
            displacements,
            wants_second,
            read_sign_of_nan: false,
            saw_singular: false,
        }
    }

    fn step(&self, input: usize) -> f64 {
        let step = if self.wants_second {
            SECOND_STEP
        } else {
            FIRST_STEP
        };
        step * self.point[input].abs().max(0.125)
    }

    pub fn input(&self, index: usize) -> Number {
        let base = self.point[index];
        if self.displacements.is_empty() {
            return Number::constant(base);
        }
        let shift = |lane: &Displacement| {
            lane.iter()
                .filter(|(input, _)| *input == index)
                .fold(Double::new(base), |sum, (_, factor)| {
                    sum + Double::new(factor * self.step(index))
                })
        };
        let mut first = vec![0.0; self.point.len()];
        first[index] = 1.0;
        let size = if self.wants_second {
            first.len() * first.len()
        } else {
            0
        };
        Number {
            base,
            lanes: Some(Rc::new(Lanes {
                shifted: self.displacements.iter().map(shift).collect(),
                first,
                second: vec![0.0; size],
                noise: 0.0,
            })),
        }
    }

    pub fn apply(&mut self, function: &Function, arguments: &[&Number]) -> Number {
        let bases: Vec<f64> = arguments.iter().map(|argument| argument.base).collect();
        let base = (function.plain)(&bases);
        self.saw_singular |= !base.is_finite();
        if function.name == "copysign" && bases[1].is_nan() {
            self.read_sign_of_nan = true;
        }
        if arguments.iter().all(|argument| argument.lanes.is_none()) {
            return Number::constant(base);
        }
        let center: Vec<Double> = bases.iter().map(|base| Double::new(*base)).collect();
        let piece = (function.piece)(&center);
        let correction = Double::new(base) - (function.precise)(&center, base);
        let mut shifted = Vec::with_capacity(self.displacements.len());
        let mut point = center.clone();
        for lane in 0..self.displacements.len() {
            for (place, argument) in point.iter_mut().zip(arguments) {
                *place = argument.lane(lane);
            }
            if (function.piece)(&point) != piece {
                self.courses[lane].crossed = true;
            }
            shifted.push((function.precise)(&point, base) + correction);
        }
        let at_zeros = if WITHOUT_ZEROS.contains(&function.name) {
            0.0
        } else {
            LONG_ROUNDOFF_AT_ZEROS
        };
        let own_noise = LONG_ROUNDOFF * base.abs() + at_zeros;
        let local = Slopes::measure(function, &center, base, self.wants_second);
        self.follow(&local, &bases, arguments, &shifted, own_noise);
        Number {
            base,
            lanes: Some(Rc::new(
                self.magnitudes(&local, arguments, shifted, own_noise),
            )),
        }
    }

    /// Marks the lanes between which the operation is not straight; each lane stands beside its mirror image.
    fn follow(
        &mut self,
        local: &Slopes,
        bases: &[f64],
        arguments: &[&Number],
        shifted: &[Double],
        noise: f64,
    ) {
        for (pair, results) in shifted.chunks_exact(2).enumerate() {
            let (lane, mirrored) = (2 * pair, 2 * pair + 1);
            let differences: Vec<f64> = arguments
                .iter()
                .map(|argument| (argument.lane(lane) - argument.lane(mirrored)).high)
                .collect();
            let result = (results[0] - results[1]).high;
            if local.bends(&differences, result, bases, noise) {
                self.courses[lane].bent = true;
                self.courses[mirrored].bent = true;
            }
        }
    }

    /// The sums over paths, from those of the arguments.
    fn magnitudes(
        &self,
        local: &Slopes,
        arguments: &[&Number],
        shifted: Vec<Double>,
        own_noise: f64,
    ) -> Lanes {
        let count = self.point.len();
        let mut first = vec![0.0; count];
        let mut second = vec![0.0; if self.wants_second { count * count } else { 0 }];
        let active = || {
            arguments
                .iter()
                .enumerate()
                .filter_map(|(place, argument)| argument.lanes.as_ref().map(|lanes| (place, lanes)))
        };
        let mut noise = own_noise;
        for (a, left) in active() {
            noise += strong_product(local.first[a].abs(), left.noise);
            for (sum, term) in first.iter_mut().zip(&left.first) {
                *sum += strong_product(local.first[a].abs(), *term);
            }
            if !self.wants_second {
                continue;
            }
            for (sum, term) in second.iter_mut().zip(&left.second) {
                *sum += strong_product(local.first[a].abs(), *term);
            }
            for (b, right) in active() {
                let curvature = local.second[a * arguments.len() + b];
                for i in 0..count {
                    for j in 0..count {
                        second[i * count + j] +=
                            strong_product(curvature, left.first[i] * right.first[j]);
                    }
                }
            }
        }
        Lanes {
            shifted,
            first,
            second,
            noise,
        }
    }

    /// A decision that some lanes would take otherwise.
    pub fn decide(&mut self, left: &Number, right: &Number) -> Option<std::cmp::Ordering> {
        for lane in 0..self.displacements.len() {
            let there = left.lane(lane).order(right.lane(lane));
            let here = Double::new(left.base).order(Double::new(right.base));
            self.courses[lane].crossed |= there != here;
        }
        left.base.partial_cmp(&right.base)
    }

    /// A cast to an integer, which jumps at whole numbers.
    pub fn truncate(&mut self, number: &Number) -> f64 {
        for lane in 0..self.displacements.len() {
            let (there, here) = (number.lane(lane), Double::new(number.base));
            let whole = |x: Double| (x.floor().high, (x - x.floor()).sign());
            self.courses[lane].crossed |= whole(there) != whole(here);
        }
        number.base
    }
}

/// A slope times nothing is nothing.
fn strong_product(slope: f64, term: f64) -> f64 {
    if term == 0.0 { 0.0 } else { slope * term }
}

impl Number {
    fn lane(&self, lane: usize) -> Double {
        self.lanes
            .as_ref()
            .map_or(Double::new(self.base), |lanes| lanes.shifted[lane])
    }
}
