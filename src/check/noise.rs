//! How far a function's values are off: rounding, and whatever else makes two neighbours differ.
//!
//! Source: J. Moré and S. Wild, *Estimating computational noise*, SIAM J. Sci. Comput. 33 (2011): differences of a smooth function
//! shrink from order to order; those of noise, divided by what they magnify it, stay. Their points are equally spaced. Rounding is then
//! often as regular as the points, and unseen: at 3000 points of `sin(1e6 x)`, 14 in a hundred were given less than a thousandth of their noise,
//! and none with irregular points.

use alloc::vec::Vec;

use super::function::Plain;

/// So many points are looked at,
const POINTS: usize = 7;
/// and here they are, in units of their distance.
const OFFSETS: [f64; POINTS] = [-3.13, -1.87, -1.21, 0.0, 0.71, 2.09, 3.37];
/// Takes them all to one side.
const SHIFT: f64 = 3.5;

/// By how much each output may be off, as one input moves by little steps: three deviations, or rounding.
pub fn noise_along(function: &mut impl Plain, input: usize) -> Vec<f64> {
    // Near ones for functions that change fast, several for rounding that is regular by chance, and wide
    // ones, if those tell nothing, for staircases.
    const SPACINGS: [f64; 6] = [0.25, 1.3, 6.8, 270.0, 1e4, 4e5];
    let mut all: Vec<Seen> = function.value().iter().map(|_| Seen::default()).collect();
    for spacing in SPACINGS {
        // At the end of a domain the points lie on one side.
        for side in [0.0, 1.0, -1.0] {
            if all.iter().all(|seen| seen.is_enough(spacing)) {
                break;
            }
            let shift = side * SHIFT;
            let unit = spacing * function.first_step(input);
            let rows = OFFSETS.map(|offset| function.moved([(input, (offset + shift) * unit)]));
            let points = core::array::from_fn(|i| rows[i].0[0] / unit);
            for (output, seen) in all.iter_mut().enumerate() {
                let values: [f64; POINTS] = core::array::from_fn(|i| rows[i].1[output]);
                if !seen.is_enough(spacing) && values.iter().all(|y| y.is_finite()) {
                    seen.add(spacing, noise(points, values));
                }
            }
        }
    }
    let rounding = function
        .value()
        .iter()
        .map(|y| function.epsilon() * y.abs());
    rounding
        .zip(all)
        .map(|(rounding, seen)| rounding.max(3.0 * seen.level()))
        .collect()
}

/// What is known of the noise in an output.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// How many spacings have told something.
    count: usize,
    last_spacing: f64,
    level: Option<f64>,
    /// At the first of them.
    at_most: f64,
}

impl Seen {
    fn is_enough(&self, spacing: f64) -> bool {
        const ENOUGH: usize = 3;
        self.count >= ENOUGH || self.last_spacing == spacing
    }

    fn add(&mut self, spacing: f64, noise: Noise) {
        self.last_spacing = spacing;
        match noise {
            Noise::TooClose => return,
            Noise::Level(level) => self.level = Some(self.level.unwrap_or(0.0).max(level)),
            Noise::AtMost(level) if self.count == 0 => self.at_most = level,
            Noise::AtMost(_) => {}
        }
        self.count += 1;
    }

    fn level(&self) -> f64 {
        self.level.unwrap_or(self.at_most)
    }
}

/// What the values at some points say.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Noise {
    /// Its standard deviation.
    Level(f64),
    /// Half the values are equal: the points lie too close to tell.
    TooClose,
    /// The function changes too fast for these points; about this much at most is noise.
    AtMost(f64),
}

/// The noise in the values at some points, given in units of their distance.
fn noise(points: [f64; POINTS], values: [f64; POINTS]) -> Noise {
    // Squares of what is very large or small leave the range of floats.
    let largest = values
        .iter()
        .fold(f64::MIN_POSITIVE, |largest, y| y.abs().max(largest));
    match scaled_noise(points, values.map(|y| y / largest)) {
        Noise::Level(level) => Noise::Level(level * largest),
        Noise::AtMost(level) => Noise::AtMost(level * largest),
        Noise::TooClose => Noise::TooClose,
    }
}

fn scaled_noise(points: [f64; POINTS], values: [f64; POINTS]) -> Noise {
    let still = values.windows(2).filter(|two| two[0] == two[1]).count();
    if 2 * still >= POINTS - 1 {
        return Noise::TooClose;
    }
    let levels: [Level; POINTS - 1] =
        core::array::from_fn(|i| Level::of_order(i + 1, points, values));
    let settled = levels.windows(3).find(|three| {
        let (low, high) = extremes(three.iter().map(|level| level.size));
        high <= 4.0 * low && three[0].changes_sign
    });
    match settled {
        Some(three) => Noise::Level(three[0].size),
        None => Noise::AtMost(extremes(levels.iter().map(|level| level.size)).0),
    }
}

fn extremes(sizes: impl Iterator<Item = f64>) -> (f64, f64) {
    sizes.fold((f64::INFINITY, 0.0), |(low, high), size| {
        (low.min(size), high.max(size))
    })
}

/// What the differences of one order would be if they were noise.
#[derive(Clone, Copy, Debug)]
struct Level {
    size: f64,
    changes_sign: bool,
}

impl Level {
    fn of_order(order: usize, points: [f64; POINTS], values: [f64; POINTS]) -> Self {
        let (mut squares, mut is_positive, mut is_negative) = (0.0, false, false);
        let count = POINTS - order;
        for at in 0..count {
            let window = at..=at + order;
            let (mut difference, mut magnified) = (0.0, 0.0);
            for i in window.clone() {
                // A divided difference, but for a factor that does not matter.
                let others = window.clone().filter(|j| *j != i);
                let weight = others
                    .map(|j| (points[i] - points[j]).recip())
                    .product::<f64>();
                difference += weight * (values[i] - values[at]);
                magnified += weight * weight;
            }
            let size = difference / num_traits::Float::sqrt(magnified);
            squares += size * size;
            is_positive |= size > 0.0;
            is_negative |= size < 0.0;
        }
        Self {
            size: num_traits::Float::sqrt(squares / count as f64),
            changes_sign: is_positive && is_negative,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::function::Function;
    use super::*;

    fn of(f: impl Fn(f64) -> f64) -> Noise {
        noise(OFFSETS, OFFSETS.map(f))
    }

    /// Between -1 and 1, and as good as random.
    fn scatter(x: f64) -> f64 {
        let bits = (x + 10.0).to_bits().wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (bits ^ (bits >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) as i64 as f64 / i64::MAX as f64
    }

    #[test]
    fn noise_is_seen_upon_a_smooth_function() {
        for (i, size) in [1.0, 1e-3, 1e-9].into_iter().enumerate() {
            let noisy = |x: f64| 3.0 + 1e-6 * x + size * scatter(x + i as f64);
            let Noise::Level(level) = of(noisy) else {
                panic!("{size}: no noise seen");
            };
            // Equally distributed on [-a, a], its deviation is a/√3.
            let ratio = level / (size * 0.577);
            assert!((0.2..5.0).contains(&ratio), "{size}: {level}");
        }
    }

    #[test]
    fn what_is_smooth_has_the_noise_of_its_rounding() {
        assert!(matches!(of(|x| (0.3 * x).sin()), Noise::AtMost(level) if level < 1e-3));
        for i in 0..100 {
            let at = 1.0 + 0.01 * f64::from(i);
            let Noise::Level(level) = of(|x| (1e-7 * x + at).exp()) else {
                panic!("{at}: no noise seen");
            };
            assert!((1e-17..1e-14).contains(&level), "{at}: {level}");
        }
    }

    /// At the end of a domain the points lie on the side where the function is.
    #[test]
    fn noise_is_seen_on_one_side() {
        for side in [-1.0, 1.0] {
            let half_line = |x: f64| 0.0 * (side * (x - 2.0)).sqrt() + x + 1e-6 * scatter(x);
            let mut function = Function::new(half_line, &2.0);
            let level = noise_along(&mut function, 0)[0];
            assert!((1e-7..1e-5).contains(&level), "{side}: {level}");
        }
    }

    #[test]
    fn points_may_be_too_close() {
        assert_eq!(of(|x| (x / 5.0).floor()), Noise::TooClose);
        assert_eq!(of(|_| 1.0), Noise::TooClose);
    }
}
