//! What the lanes say of the derivatives of an output.

use super::{Number, Oracle};

/// One estimate of a derivative, and what its tolerance is relative to.
#[derive(Clone, Copy, Debug)]
pub struct Estimate {
    /// Or why there is none.
    pub value: Result<f64, &'static str>,
    pub scale: f64,
    /// What rounding in the long values may have done to it.
    pub noise: f64,
}

/// What became of a displaced program.
#[derive(Clone, Copy, Default)]
pub struct Course {
    /// It went elsewhere at a kink, a jump or a comparison.
    pub crossed: bool,
    /// It was carried so far off that an operation was no longer straight between it and its mirror image.
    pub bent: bool,
}

impl Estimate {
    /// Of an output that depends on no input.
    pub const ZERO: Self = Self {
        value: Ok(0.0),
        scale: 0.0,
        noise: 0.0,
    };

    /// From two step sizes, one twice the other: the error falls with the square, so its leading part cancels.
    pub fn extrapolate(near: f64, far: f64, scale: f64, noise: f64, courses: &[Course]) -> Self {
        let value = near + (near - far) / 3.0;
        let value = if courses.iter().any(|course| course.crossed) {
            Err("kink or jump")
        } else if !(value + scale + noise).is_finite() {
            Err("not finite")
        } else if courses.iter().any(|course| course.bent) {
            Err("displaced too far")
        } else if (near - far).abs() > STRAIGHT * scale + noise {
            Err("no convergence")
        } else {
            Ok(value)
        };
        Self {
            value,
            scale,
            noise,
        }
    }
}

/// How far differences over the two step sizes may be apart, relative to the sum over paths. The square of it is what is
/// left in the extrapolated value.
pub const STRAIGHT: f64 = 1e-7;

impl Oracle {
    pub fn gradient(&self, output: &Number) -> Vec<Estimate> {
        let lanes = |i: usize, factor: usize| {
            let lane = 4 * i + 2 * factor;
            let difference = output.lane(lane) - output.lane(lane + 1);
            difference.high / (2.0 * (factor + 1) as f64 * self.step(i))
        };
        (0..self.point.len())
            .map(|i| {
                let Some(known) = &output.lanes else {
                    return Estimate::ZERO;
                };
                let noise = known.noise / self.step(i);
                Estimate::extrapolate(
                    lanes(i, 0),
                    lanes(i, 1),
                    known.first[i],
                    noise,
                    &self.courses[4 * i..4 * i + 4],
                )
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
            let Some(known) = &output.lanes else {
                return Estimate::ZERO;
            };
            let noise = known.noise / (self.step(i) * self.step(j));
            Estimate::extrapolate(
                quotient(0),
                quotient(1),
                known.second[i * count + j],
                noise,
                &self.courses[start..start + 8],
            )
        };
        (0..count * count)
            .map(|k| entry((k / count).max(k % count), (k / count).min(k % count)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::{ADD, POWER, SINE, find};

    /// The slope of `x += sin(x³)`, a few times over: by the lanes, and by hand along the floats.
    fn slope(start: f64, count: usize) -> (Result<f64, &'static str>, f64) {
        let mut oracle = Oracle::first(&[start]);
        let mut x = oracle.input(0);
        let mut by_hand = 1.0;
        for _ in 0..count {
            by_hand *= 1.0 + 3.0 * x.base * x.base * x.base.powi(3).cos();
            let cube = oracle.apply(&POWER, &[&x, &Number::constant(3.0)]);
            let sine = oracle.apply(&SINE, &[&cube]);
            x = oracle.apply(&ADD, &[&x, &sine]);
        }
        (oracle.gradient(&x)[0].value, by_hand)
    }

    #[test]
    fn tame_orbits_are_followed_and_chaotic_ones_given_up() {
        for start in [-4.2, 2.5, 5.0, 7.3] {
            let (by_lanes, by_hand) = slope(start, 3);
            let error = by_lanes.unwrap() / by_hand - 1.0;
            assert!(error.abs() < 1e-13, "{start}: {error:e}");
        }
        for start in [5.0, 7.3, 11.0] {
            let (by_lanes, by_hand) = slope(start, 30);
            assert_eq!(by_lanes, Err("displaced too far"), "{by_hand:e}");
        }
    }
    #[test]
    fn the_sign_of_a_zero_counts() {
        for (zero, slope) in [(0.0, 1.0), (-0.0, -1.0)] {
            let mut oracle = Oracle::first(&[0.5]);
            let x = oracle.input(0);
            let y = oracle.apply(find("copysign"), &[&x, &Number::constant(zero)]);
            let by_lanes = oracle.gradient(&y)[0].value.unwrap();
            assert!((by_lanes - slope).abs() < 1e-15, "{by_lanes}");
        }
    }
}
