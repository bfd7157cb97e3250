//! Where functions are measured: everywhere, and most closely where formulas break.

use crate::reference::Precision;

/// A generator of random numbers (SplitMix64), the same on every machine, with the range of a float.
pub struct Dice {
    state: u64,
    single: bool,
}

impl Dice {
    pub fn new<T: Precision>(seed: &str) -> Self {
        // FNV-1a, so that a block's points do not depend on other blocks.
        let state = seed.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        });
        Self {
            state,
            single: T::DIGITS < 52,
        }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 * 2f64.powi(-53)
    }

    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    pub fn below(&mut self, count: u64) -> u64 {
        self.next() % count
    }

    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u64) as usize]
    }

    pub fn sign(&mut self) -> f64 {
        self.pick(&[1.0, -1.0])
    }

    /// A positive float of any size, subnormal ones among them: every exponent is as likely.
    pub fn wide(&mut self) -> f64 {
        if self.single {
            f32::from_bits(1 + self.below(u64::from(f32::MAX.to_bits())) as u32).into()
        } else {
            f64::from_bits(1 + self.below(f64::MAX.to_bits()))
        }
    }

    pub fn subnormal(&mut self) -> f64 {
        if self.single {
            let digits = 1 + self.below(23);
            f32::from_bits(1 + self.below((1 << digits) - 1) as u32).into()
        } else {
            let digits = 1 + self.below(52);
            f64::from_bits(1 + self.below((1 << digits) - 1))
        }
    }

    /// A power of two with random digits behind, its exponent between these.
    pub fn size(&mut self, low: f64, high: f64) -> f64 {
        self.uniform(low, high).exp2()
    }

    /// A float a few units, or a small distance, beside `x`.
    pub fn beside<T: Precision>(&mut self, x: f64) -> f64 {
        let distance = match self.below(3) {
            0 => {
                let (mut at, up) = (T::narrow(x), self.below(2) == 0);
                for _ in 0..self.below(6) {
                    at = if up { at.next_up() } else { at.next_down() };
                }
                return at.wide();
            }
            1 => x.abs() * self.size(-f64::from(T::DIGITS), -2.0),
            _ => self.size(-f64::from(T::DIGITS) - 4.0, -3.0),
        };
        x + self.sign() * distance
    }
}

/// Where a function of one argument is measured.
#[derive(Clone, Copy, Debug)]
pub struct Domain {
    pub low: f64,
    pub high: f64,
    /// The ordinary range reaches from minus this to this.
    pub span: f64,
    /// Zeros, poles, ends, ranges' ends, and where a formula may change.
    pub near: &'static [f64],
    /// Whether multiples of π/2 count among those.
    pub turns: bool,
    /// Where there is no derivative.
    pub is_kink: fn(f64) -> bool,
}

impl Domain {
    pub const REAL: Self = Self::between(f64::NEG_INFINITY, f64::INFINITY);
    pub const POSITIVE: Self = Self::between(0.0, f64::INFINITY);

    pub const fn between(low: f64, high: f64) -> Self {
        Self {
            low,
            high,
            span: 20.0,
            near: &[],
            turns: false,
            is_kink: |_| false,
        }
    }

    pub const fn span(self, span: f64) -> Self {
        Self { span, ..self }
    }

    pub const fn near(self, near: &'static [f64]) -> Self {
        Self { near, ..self }
    }

    pub const fn turning(self) -> Self {
        Self {
            turns: true,
            ..self
        }
    }

    pub const fn but(self, is_kink: fn(f64) -> bool) -> Self {
        Self { is_kink, ..self }
    }

    /// The points by kind, the kinds that decide first.
    pub fn points<T: Precision>(&self, seed: &str) -> Vec<Vec<f64>> {
        let mut dice = Dice::new::<T>(seed);
        let mut kinds = vec![self.special::<T>()];
        for &near in self.near {
            kinds.push(list(60, || dice.beside::<T>(near)));
        }
        for end in [self.low, self.high] {
            if end.is_finite() && end != 0.0 {
                kinds.push(list(300, || {
                    end + dice.sign() * dice.size(-f64::from(T::DIGITS) - 2.0, 0.0)
                }));
            }
        }
        if self.turns {
            kinds.push(list(300, || {
                let turns = dice.size(0.0, 50.0).floor() * dice.sign();
                dice.beside::<T>(turns * std::f64::consts::FRAC_PI_2)
            }));
        }
        kinds.push(list(100, || dice.sign() * dice.subnormal()));
        let (low, high) = (self.low.max(-self.span), self.high.min(self.span));
        kinds.push(list(800, || dice.uniform(low, high)));
        kinds.push(list(600, || dice.sign() * dice.size(-12.0, 5.0)));
        kinds.push(list(900, || dice.sign() * dice.wide()));
        for kind in &mut kinds {
            for x in kind.iter_mut() {
                *x = T::narrow(*x).wide();
            }
            kind.retain(|&x| self.contains(x));
        }
        kinds.retain(|kind| !kind.is_empty());
        kinds
    }

    fn contains(&self, x: f64) -> bool {
        x.is_finite() && self.low < x && x < self.high && !(self.is_kink)(x)
    }

    fn special<T: Precision>(&self) -> Vec<f64> {
        let largest = T::max_value().wide();
        let smallest = T::min_positive_value().wide();
        let mut points = vec![0.0, -0.0, 1.0, 0.5, 2.0, 3.0, 10.0];
        for size in [
            largest,
            largest / 2.0,
            T::max_value().sqrt().wide(),
            smallest,
            smallest * 2.0,
            T::min_positive_value().next_down().wide(),
            T::zero().next_up().wide(),
            T::min_positive_value().sqrt().wide(),
            T::epsilon().wide(),
            T::epsilon().sqrt().wide(),
        ] {
            points.extend([size, -size]);
        }
        points.extend([-1.0, -0.5, -2.0, -10.0]);
        for end in [self.low, self.high] {
            points.extend([
                T::narrow(end).next_up().wide(),
                T::narrow(end).next_down().wide(),
            ]);
        }
        points.extend(self.near);
        points
    }
}

pub fn list<P>(count: usize, mut point: impl FnMut() -> P) -> Vec<P> {
    (0..count).map(|_| point()).collect()
}
