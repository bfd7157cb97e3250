//! Derivatives as difference quotients of values, with precision doubled until they are stable.
//!
//! No derivative formula, ours or anybody's, stands behind a reference.

use crate::real::{Real, set_precision};
use crate::reference::Reference;

const LEAST: usize = 256;
const MOST: usize = 1 << 14;
/// Two precisions agree if this many bits do.
const AGREEMENT: i32 = 90;

/// What a step is a small part of.
#[derive(Clone, Copy, Debug)]
pub enum Length {
    /// Of 1.
    One,
    /// Of the smaller of the argument and 1.
    Unit,
    /// Of the argument.
    Argument,
    /// Of the larger of the argument and 1.
    Large,
}

impl Length {
    /// The length's binary exponent.
    fn exponent(self, x: f64) -> i32 {
        if x == 0.0 {
            return 0;
        }
        let exponent = Real::from(x).exponent() - 1;
        match self {
            Self::One => 0,
            Self::Unit => exponent.min(0),
            Self::Argument => exponent,
            Self::Large => exponent.max(0),
        }
    }
}

/// The binary logarithm of a length over a step: what the step leaves out is less than the agreement, and most bits are left
/// to the difference.
fn fineness(bits: usize) -> i32 {
    32 + bits as i32 * 7 / 64
}

/// A difference quotient with what its rounding may have cost.
#[derive(Clone)]
struct Quotient {
    value: Real,
    noise: Real,
}

impl Quotient {
    /// `difference/step`, where the values that were subtracted are of this `size`.
    fn new(difference: Real, step: &Real, size: &Real, bits: usize) -> Self {
        // Eight bits for what the functions themselves lose.
        let noise = size * Real::power_of_two(8 - bits as i32);
        Self {
            value: difference / step,
            noise: noise / step,
        }
    }

    /// As where a function is 0 all around.
    fn is_exactly_zero(&self) -> bool {
        self.value.is_zero() && self.noise.is_zero()
    }

    fn is_noise(&self) -> bool {
        self.value.abs() <= self.noise
    }

    /// Whether it is the same to the bits that count, or both are below `floor`.
    fn agrees(&self, other: &Self, floor: i32) -> bool {
        let below = Real::power_of_two(floor);
        let is_below = |q: &Self| !q.noise.is_zero() && q.value.abs() + &q.noise < below;
        if is_below(self) && is_below(other) {
            return true;
        }
        let agreement = Real::power_of_two(-AGREEMENT);
        let close = |a: &Real, b: &Real| (a - b).abs() <= b.abs() * &agreement;
        !self.is_noise()
            && !other.is_noise()
            && other.noise <= other.value.abs() * &agreement
            && close(&self.value, &other.value)
    }

    fn reference(&self) -> Reference {
        if self.is_noise() {
            return Reference::ZERO;
        }
        self.value.rounded()
    }
}

fn size(values: &[&Real]) -> Real {
    values
        .iter()
        .fold(Real::from(0.0), |sum, value| sum + value.abs())
}

/// Finds references, starting at the precision that was needed last.
pub struct Differences {
    start: usize,
    least: usize,
    /// Below this power of two a reference is 0.
    pub floor: i32,
}

impl Differences {
    pub fn new(least: usize, floor: i32) -> Self {
        let least = least.max(LEAST);
        Self {
            start: least,
            least,
            floor,
        }
    }

    /// Doubles the precision until the quotients are stable.
    fn refine(&mut self, quotients: impl Fn(usize) -> Vec<Quotient>) -> Vec<Reference> {
        let at = |bits: usize| {
            set_precision(bits);
            quotients(bits)
        };
        let mut bits = self.start;
        let mut last = at(bits);
        let mut stable = vec![false; last.len()];
        while bits < MOST {
            let next = at(2 * bits);
            for i in 0..next.len() {
                if !stable[i] {
                    stable[i] = last[i].agrees(&next[i], self.floor);
                    last[i] = next[i].clone();
                }
            }
            if stable.iter().all(|&stable| stable) {
                self.start = (bits / 2).max(self.least);
                break;
            }
            bits *= 2;
        }
        for (quotient, stable) in last.iter().zip(&stable) {
            assert!(
                *stable || quotient.is_exactly_zero(),
                "a reference that does not settle"
            );
        }
        last.iter().map(Quotient::reference).collect()
    }

    /// The value, first and second derivative.
    ///
    /// None where the value leaves the range of even these numbers.
    pub fn one(
        &mut self,
        f: &dyn Fn(&Real) -> Real,
        x: f64,
        length: Length,
    ) -> Vec<Option<Reference>> {
        let (x, scale) = (Real::from(x), length.exponent(x));
        set_precision(LEAST);
        if !f(&x).is_finite() {
            return vec![None; 3];
        }
        let references = self.refine(|bits| {
            let step = Real::power_of_two(scale - fineness(bits));
            let here = f(&x);
            let (below, above) = (f(&x.plus_exactly(&-&step)), f(&x.plus_exactly(&step)));
            let (value, first, second) = along(&below, &here, &above, &step, bits);
            vec![value, first, second]
        });
        references.into_iter().map(Some).collect()
    }

    /// The value, `dx`, `dy`, `dxx`, `dxy` and `dyy`; or those by `x` alone.
    pub fn two(
        &mut self,
        f: &dyn Fn(&Real, &Real) -> Real,
        (x, y): (f64, f64),
        (x_length, y_length): (Length, Length),
        only_x: bool,
    ) -> Vec<Option<Reference>> {
        let (x_scale, y_scale) = (x_length.exponent(x), y_length.exponent(y));
        let (x, y) = (Real::from(x), Real::from(y));
        let references = self.refine(|bits| {
            let steps = [x_scale, y_scale].map(|n| Real::power_of_two(n - fineness(bits)));
            let place = |x: &Real, step: &Real, sign: i32| match sign {
                -1 => x.plus_exactly(&-step),
                0 => x.clone(),
                _ => x.plus_exactly(step),
            };
            let at = |i: i32, j: i32| f(&place(&x, &steps[0], i), &place(&y, &steps[1], j));
            let here = at(0, 0);
            let (value, dx, dxx) = along(&at(-1, 0), &here, &at(1, 0), &steps[0], bits);
            if only_x {
                return vec![value, dx, dxx];
            }
            let (_, dy, dyy) = along(&at(0, -1), &here, &at(0, 1), &steps[1], bits);
            let corners = [at(1, 1), at(-1, -1), at(1, -1), at(-1, 1)];
            let [a, b, c, d] = &corners;
            let area = &steps[0] * &steps[1] * 4.0;
            let dxy = Quotient::new((a - c) - (d - b), &area, &size(&[a, b, c, d]), bits);
            vec![value, dx, dy, dxx, dxy, dyy]
        });
        let mut references: Vec<_> = references.into_iter().map(Some).collect();
        if only_x {
            references.insert(2, None);
            references.extend([None, None]);
        }
        references
    }
}

fn along(
    below: &Real,
    here: &Real,
    above: &Real,
    step: &Real,
    bits: usize,
) -> (Quotient, Quotient, Quotient) {
    let size = size(&[below, here, above]);
    let value = Quotient::new(here.clone(), &Real::from(1.0), &size, bits);
    let first = Quotient::new(above - below, &(step * 2.0), &size, bits);
    let bend = (above - here) - (here - below);
    let second = Quotient::new(bend, &(step * step), &size, bits);
    (value, first, second)
}
