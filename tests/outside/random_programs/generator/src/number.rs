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

use std::rc::Rc;

use crate::double::Double;
use crate::vocabulary::Function;

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

/// One estimate of a derivative, and what its tolerance is relative to.
#[derive(Clone, Copy, Debug)]
pub struct Estimate {
    /// Nothing where the differences straddle a kink or do not converge.
    pub value: Option<f64>,
    pub scale: f64,
    /// What rounding in the long values may have done to it.
    pub noise: f64,
}

impl Estimate {
    /// Of an output that depends on no input.
    const ZERO: Self = Self {
        value: Some(0.0),
        scale: 0.0,
        noise: 0.0,
    };
}

/// How one lane displaces the inputs: pairs of input and multiple of its step.
type Displacement = Vec<(usize, f64)>;

pub struct Oracle {
    point: Vec<f64>,
    displacements: Vec<Displacement>,
    wants_second: bool,
    /// Lanes that went elsewhere at a kink, a jump or a comparison.
    pub crossed: Vec<bool>,
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
            crossed: vec![false; displacements.len()],
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
                self.crossed[lane] = true;
            }
            shifted.push((function.precise)(&point, base) + correction);
        }
        let at_zeros = if WITHOUT_ZEROS.contains(&function.name) {
            0.0
        } else {
            LONG_ROUNDOFF_AT_ZEROS
        };
        let own_noise = LONG_ROUNDOFF * base.abs() + at_zeros;
        let local = Local::measure(function, &center, base, self.wants_second);
        Number {
            base,
            lanes: Some(Rc::new(
                self.magnitudes(&local, arguments, shifted, own_noise),
            )),
        }
    }

    /// The sums over paths, from those of the arguments.
    fn magnitudes(
        &self,
        local: &Local,
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
            noise += strong_product(local.first[a], left.noise);
            for (sum, term) in first.iter_mut().zip(&left.first) {
                *sum += strong_product(local.first[a], *term);
            }
            if !self.wants_second {
                continue;
            }
            for (sum, term) in second.iter_mut().zip(&left.second) {
                *sum += strong_product(local.first[a], *term);
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
            self.crossed[lane] |= there != here;
        }
        left.base.partial_cmp(&right.base)
    }

    /// A cast to an integer, which jumps at whole numbers.
    pub fn truncate(&mut self, number: &Number) -> f64 {
        for lane in 0..self.displacements.len() {
            let (there, here) = (number.lane(lane), Double::new(number.base));
            let whole = |x: Double| (x.floor().high, (x - x.floor()).sign());
            self.crossed[lane] |= whole(there) != whole(here);
        }
        number.base
    }

    pub fn gradient(&self, output: &Number) -> Vec<Estimate> {
        let lanes = |i: usize, factor: usize| {
            let lane = 4 * i + 2 * factor;
            let difference = output.lane(lane) - output.lane(lane + 1);
            difference.high / (2.0 * (factor + 1) as f64 * self.step(i))
        };
        (0..self.point.len())
            .map(|i| {
                let crossed = self.crossed[4 * i..4 * i + 4].contains(&true);
                let Some(known) = &output.lanes else {
                    return Estimate::ZERO;
                };
                let noise = known.noise / self.step(i);
                extrapolate(lanes(i, 0), lanes(i, 1), known.first[i], noise, crossed)
            })
            .collect()
    }

    /// Row by row.
    pub fn hessian(&self, output: &Number) -> Vec<Estimate> {
        let count = self.point.len();
        let entry = |i: usize, j: usize| {
            let start = 8 * (i * (i + 1) / 2 + j);
            let quotient = |factor: usize| {
                let lane = |k: usize| output.lane(start + 4 * factor + k);
                let difference = (lane(0) - lane(2)) + (lane(1) - lane(3));
                let size = (factor + 1) as f64;
                difference.high / (4.0 * size * size * self.step(i) * self.step(j))
            };
            let crossed = self.crossed[start..start + 8].contains(&true);
            let Some(known) = &output.lanes else {
                return Estimate::ZERO;
            };
            let noise = known.noise / (self.step(i) * self.step(j));
            extrapolate(
                quotient(0),
                quotient(1),
                known.second[i * count + j],
                noise,
                crossed,
            )
        };
        (0..count * count)
            .map(|k| entry((k / count).max(k % count), (k / count).min(k % count)))
            .collect()
    }
}

/// From two step sizes, one twice the other: the error falls with the square, so its leading part cancels.
fn extrapolate(near: f64, far: f64, scale: f64, noise: f64, crossed: bool) -> Estimate {
    let value = near + (near - far) / 3.0;
    let converges = (near - far).abs() <= 1e-7 * scale + noise;
    let usable = !crossed && value.is_finite() && scale.is_finite() && converges;
    Estimate {
        value: usable.then_some(value),
        scale,
        noise,
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

/// Magnitudes of an operation's slopes, by differences.
struct Local {
    first: Vec<f64>,
    second: Vec<f64>,
}

impl Local {
    fn measure(function: &Function, center: &[Double], base: f64, wants_second: bool) -> Self {
        let count = center.len();
        match function.name {
            "+" | "-" => {
                return Self {
                    first: vec![1.0; count],
                    second: vec![0.0; count * count],
                };
            }
            "*" => {
                let first = vec![center[1].high.abs(), center[0].high.abs()];
                return Self {
                    first,
                    second: vec![0.0, 1.0, 1.0, 0.0],
                };
            }
            _ => {}
        }
        let step = |a: usize| 1e-7 * center[a].high.abs().max(1e-7);
        let at = |shifts: &[(usize, f64)]| {
            let mut point = center.to_vec();
            for (a, factor) in shifts {
                point[*a] = point[*a] + Double::new(factor * step(*a));
            }
            (function.precise)(&point, base)
        };
        let first = (0..count)
            .map(|a| ((at(&[(a, 1.0)]) - at(&[(a, -1.0)])).high / (2.0 * step(a))).abs())
            .collect();
        let curvature = |a: usize, b: usize| {
            let sum = at(&[(a, 1.0), (b, 1.0)]) + at(&[(a, -1.0), (b, -1.0)]);
            let difference = sum - at(&[(a, 1.0), (b, -1.0)]) - at(&[(a, -1.0), (b, 1.0)]);
            (difference.high / (4.0 * step(a) * step(b))).abs()
        };
        let second = if wants_second {
            (0..count * count)
                .map(|k| curvature(k / count, k % count))
                .collect()
        } else {
            Vec::new()
        };
        Self { first, second }
    }
}
