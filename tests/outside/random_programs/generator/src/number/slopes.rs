//! The slopes of one operation. They say how large errors may be, and whether lanes are still near; no derivative is made
//! of them.

use crate::double::Double;
use crate::vocabulary::Function;

use super::STRAIGHT;

/// An operation's slopes, by differences.
pub struct Slopes {
    pub first: Vec<f64>,
    /// Magnitudes.
    pub second: Vec<f64>,
}

/// Relative to the argument.
const FIRST_STEP: f64 = 1e-11;
const SECOND_STEP: f64 = 1e-7;

impl Slopes {
    pub fn measure(function: &Function, center: &[Double], base: f64, wants_second: bool) -> Self {
        let count = center.len();
        match function.name {
            "+" => return Self::known([1.0, 1.0], 0.0),
            "-" => return Self::known([1.0, -1.0], 0.0),
            "*" => return Self::known([center[1].high, center[0].high], 1.0),
            _ => {}
        }
        let size = |a: usize| center[a].high.abs().max(1e-7);
        let at = |shifts: &[(usize, f64)]| {
            let mut point = center.to_vec();
            for (a, factor) in shifts {
                point[*a] = point[*a] + Double::new(factor * size(*a));
            }
            (function.precise)(&point, base)
        };
        let first = (0..count)
            .map(|a| {
                (at(&[(a, FIRST_STEP)]) - at(&[(a, -FIRST_STEP)])).high
                    / (2.0 * FIRST_STEP * size(a))
            })
            .collect();
        let curvature = |a: usize, b: usize| {
            let h = SECOND_STEP;
            let sum = at(&[(a, h), (b, h)]) + at(&[(a, -h), (b, -h)]);
            let difference = sum - at(&[(a, h), (b, -h)]) - at(&[(a, -h), (b, h)]);
            (difference.high / (4.0 * h * h * size(a) * size(b))).abs()
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

    fn known(first: [f64; 2], mixed: f64) -> Self {
        Self {
            first: first.to_vec(),
            second: vec![0.0, mixed, mixed, 0.0],
        }
    }

    /// Whether the operation is not straight between two displaced programs, of whose arguments and results these are the
    /// differences. Where all slopes vanish nothing is straight; what is far smaller than the arguments' own differences
    /// is left to the convergence of the whole.
    pub fn bends(&self, arguments: &[f64], result: f64, sizes: &[f64], noise: f64) -> bool {
        let (mut straight, mut allowed) = (0.0, 4.0 * noise);
        for ((slope, difference), size) in self.first.iter().zip(arguments).zip(sizes) {
            straight += slope * difference;
            let of_slope = noise / (FIRST_STEP * size.abs().max(1e-7));
            allowed += (STRAIGHT * slope.abs() + 1e-12 + of_slope) * difference.abs();
        }
        (result - straight).abs() > allowed
    }
}
