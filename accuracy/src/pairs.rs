//! Where functions of two arguments are measured.

use crate::points::Dice;
use crate::real::Real;
use crate::reference::Precision;

pub type Maker = fn(&mut Dice) -> (f64, f64);

/// Pairs by kind.
#[derive(Clone, Copy)]
pub struct Pairs {
    makers: &'static [Maker],
    contains: fn(f64, f64) -> bool,
    /// Where the function is defined for whole second arguments alone.
    pub only_x: fn(f64, f64) -> bool,
    /// The bits that a reference needs at least.
    pub bits: usize,
}

impl Pairs {
    const fn new(makers: &'static [Maker], contains: fn(f64, f64) -> bool) -> Self {
        Self {
            makers,
            contains,
            only_x: |_, _| false,
            bits: 0,
        }
    }

    pub fn points<T: Precision>(&self, seed: &str) -> Vec<Vec<(f64, f64)>> {
        let mut dice = Dice::new::<T>(seed);
        let each = 3200 / self.makers.len();
        let mut kinds: Vec<Vec<_>> = self
            .makers
            .iter()
            .map(|maker| crate::points::list(each, || maker(&mut dice)))
            .collect();
        for kind in &mut kinds {
            for (x, y) in kind.iter_mut() {
                (*x, *y) = (T::narrow(*x).wide(), T::narrow(*y).wide());
            }
            kind.retain(|&(x, y)| x.is_finite() && y.is_finite() && (self.contains)(x, y));
        }
        kinds.retain(|kind| !kind.is_empty());
        kinds
    }
}

fn are_not_zero(x: f64, y: f64) -> bool {
    x != 0.0 && y != 0.0
}

fn sides(dice: &mut Dice, x: f64, y: f64) -> (f64, f64) {
    (dice.sign() * x, dice.sign() * y)
}

/// Of any sizes.
fn wide(dice: &mut Dice) -> (f64, f64) {
    let (x, y) = (dice.wide(), dice.wide());
    sides(dice, x, y)
}

/// Of one size, any.
fn alike(dice: &mut Dice) -> (f64, f64) {
    let (x, ratio) = (dice.wide(), dice.size(-3.0, 3.0));
    sides(dice, x, x * ratio)
}

fn ordinary(dice: &mut Dice) -> (f64, f64) {
    (dice.uniform(-10.0, 10.0), dice.uniform(-10.0, 10.0))
}

fn sized(dice: &mut Dice) -> (f64, f64) {
    let (x, y) = (dice.size(-30.0, 30.0), dice.size(-30.0, 30.0));
    sides(dice, x, y)
}

/// One of them subnormal.
fn subnormal(dice: &mut Dice) -> (f64, f64) {
    let (small, other) = (dice.subnormal(), dice.wide());
    let (x, y) = dice.pick(&[(small, other), (other, small)]);
    sides(dice, x, y)
}

fn subnormals(dice: &mut Dice) -> (f64, f64) {
    let (x, y) = (dice.subnormal(), dice.subnormal());
    sides(dice, x, y)
}

/// Nearly equal, nearly opposite.
fn close(dice: &mut Dice) -> (f64, f64) {
    let x = dice.size(-20.0, 20.0);
    let y = x * (1.0 + dice.sign() * dice.size(-50.0, -4.0));
    sides(dice, x, y)
}

const PLANE_MAKERS: &[Maker] = &[ordinary, sized, alike, wide, subnormal, subnormals, close];
pub const PLANE: Pairs = Pairs::new(PLANE_MAKERS, are_not_zero);
pub const UNEQUAL: Pairs = Pairs::new(PLANE_MAKERS, |x, y| x != y && are_not_zero(x, y));
/// Quotients that are no integers, and whose integer parts are floats.
pub const STEPS: Pairs = Pairs {
    bits: 4096,
    ..Pairs::new(
        &[ordinary, sized, alike, close, subnormals, |dice| {
            let (x, ratio) = (dice.wide(), dice.size(-60.0, 2.0));
            sides(dice, x, x * ratio)
        }],
        |x, y| are_not_zero(x, y) && x % y != 0.0 && (x / y).abs() < 2f64.powi(52),
    )
};
pub const QUOTIENT: Pairs = Pairs::new(
    &[
        ordinary,
        sized,
        alike,
        wide,
        subnormal,
        subnormals,
        // The quotient near the ends of the range.
        |dice| {
            let (y, end) = (
                dice.wide(),
                dice.pick(&[-1022.0, -1074.0, 1023.0, -126.0, -149.0, 127.0]),
            );
            let quotient = dice.size(end - 4.0, end + 4.0);
            sides(dice, y * quotient, y)
        },
        // The slope there.
        |dice| {
            let (y, end) = (
                dice.wide(),
                dice.pick(&[-1022.0, -1074.0, 1023.0, -126.0, -149.0, 127.0]),
            );
            let slope = dice.size(end - 4.0, end + 4.0);
            sides(dice, slope * y * y, y)
        },
    ],
    are_not_zero,
);

pub const LOG: Pairs = Pairs::new(
    &[
        |dice| (dice.uniform(0.0, 20.0), dice.uniform(0.0, 20.0)),
        |dice| (dice.size(-30.0, 30.0), dice.size(-30.0, 30.0)),
        |dice| (dice.wide(), dice.wide()),
        |dice| {
            (
                dice.wide(),
                dice.pick(&[2.0, 10.0, std::f64::consts::E, 0.5]),
            )
        },
        |dice| (dice.wide(), 1.0 + dice.sign() * dice.size(-52.0, -1.0)),
        |dice| (1.0 + dice.sign() * dice.size(-52.0, -1.0), dice.wide()),
        |dice| (dice.subnormal(), dice.wide()),
        |dice| (dice.wide(), dice.subnormal()),
        // Where dyy has its zeros.
        |dice| {
            let y = f64::exp(-2.0) * (1.0 + dice.sign() * dice.size(-50.0, -1.0));
            (dice.size(-30.0, 30.0), y)
        },
    ],
    |x, y| x > 0.0 && y > 0.0 && y != 1.0,
);

pub const XLOGY: Pairs = Pairs::new(
    &[
        |dice| (dice.uniform(-10.0, 10.0), dice.uniform(0.0, 20.0)),
        |dice| (dice.sign() * dice.size(-30.0, 30.0), dice.size(-30.0, 30.0)),
        |dice| (dice.sign() * dice.wide(), dice.wide()),
        |dice| {
            (
                dice.sign() * dice.wide(),
                1.0 + dice.sign() * dice.size(-52.0, -1.0),
            )
        },
        |dice| (dice.sign() * dice.subnormal(), dice.wide()),
        |dice| (dice.sign() * dice.wide(), dice.subnormal()),
    ],
    |x, y| x != 0.0 && y > 0.0,
);

pub const EXPONENTS: Pairs = Pairs::new(
    &[
        ordinary,
        |dice| (dice.uniform(-800.0, 800.0), dice.uniform(-800.0, 800.0)),
        // Their difference of any size, rounded or not.
        |dice| {
            let (x, difference) = (dice.uniform(-100.0, 100.0), dice.size(-60.0, 10.0));
            (x, x + dice.sign() * difference)
        },
        |dice| {
            let (x, difference) = (dice.size(0.0, 60.0), dice.size(-4.0, 9.5));
            let (x, difference) = sides(dice, x, difference);
            (x, x + difference)
        },
        |dice| {
            let small = dice.wide().min(1.0);
            (dice.sign() * small, dice.uniform(-750.0, 750.0))
        },
        |dice| {
            let small = dice.wide().min(1.0);
            (dice.uniform(-110.0, 110.0), dice.sign() * small)
        },
        wide,
        subnormals,
    ],
    |_, _| true,
);

pub fn power(x: &Real, y: &Real) -> Real {
    if x.is_negative() {
        // The exponent is whole.
        let half = y * 0.5;
        let sign = if half.trunc() == half { 1.0 } else { -1.0 };
        return (y * x.abs().ln()).exp() * sign;
    }
    (y * x.ln()).exp()
}

/// An exponent for which the power has about this binary logarithm.
fn exponent_for(x: f64, logarithm: f64) -> f64 {
    logarithm / x.abs().log2()
}

pub const POWF: Pairs = Pairs {
    only_x: |x, _| x < 0.0,
    ..Pairs::new(
        &[
            |dice| (dice.uniform(0.0, 10.0), dice.uniform(-8.0, 8.0)),
            |dice| (dice.size(-30.0, 30.0), dice.sign() * dice.size(-30.0, 5.0)),
            |dice| {
                let exponent = dice.pick(&[
                    0.5,
                    1.5,
                    2.5,
                    1.0,
                    2.0,
                    3.0,
                    4.0,
                    5.0,
                    -0.5,
                    -1.0,
                    -2.0,
                    -3.0,
                    1.0 / 3.0,
                ]);
                (dice.wide(), exponent)
            },
            // The power anywhere in the range of either float.
            |dice| {
                let x = dice.wide();
                let logarithm = dice.uniform(-1100.0, 1030.0);
                (x, exponent_for(x, logarithm))
            },
            |dice| {
                let x = dice.wide();
                let logarithm = dice.uniform(-160.0, 130.0);
                (x, exponent_for(x, logarithm))
            },
            // The power or its slopes at the ends.
            |dice| {
                let x = dice.size(-40.0, 40.0);
                let end = dice.pick(&[-1022.0, -1074.0, 1024.0, -126.0, -149.0, 128.0]);
                let logarithm = end + dice.uniform(-60.0, 60.0);
                (x, exponent_for(x, logarithm))
            },
            |dice| {
                let x = 1.0 + dice.sign() * dice.size(-50.0, -1.0);
                let logarithm = dice.uniform(-1100.0, 1030.0);
                (x, exponent_for(x, logarithm))
            },
            |dice| (dice.wide(), dice.sign() * dice.wide().min(4.0)),
            |dice| (-dice.size(-40.0, 40.0), dice.uniform(-12.0, 12.0).round()),
            |dice| {
                let x = dice.wide();
                let logarithm = dice.uniform(-1100.0, 1030.0);
                (-x, exponent_for(x, logarithm).round())
            },
            |dice| (dice.subnormal(), dice.uniform(-2.0, 3.0)),
            // Where dxy has its zeros.
            |dice| {
                let x = dice.size(-10.0, 10.0);
                (x, -(1.0 + dice.sign() * dice.size(-50.0, -1.0)) / x.ln())
            },
        ],
        |x, y| {
            // Beyond it every derivative is 0 or infinite by far.
            let logarithm = y * x.abs().log2();
            x != 0.0
                && y != 0.0
                && x != 1.0
                && logarithm.abs() < 3000.0
                && (x > 0.0 || y.fract() == 0.0)
        },
    )
};

/// Integer powers, by kind.
pub const POWERS: &[Maker] = &[
    |dice| {
        (
            dice.sign() * dice.size(-4.0, 4.0),
            dice.uniform(-12.0, 12.0).round(),
        )
    },
    |dice| (dice.sign() * dice.wide(), dice.uniform(-5.0, 5.0).round()),
    // The power anywhere in the range of either float.
    |dice| {
        let (x, logarithm) = (dice.sign() * dice.wide(), dice.uniform(-1100.0, 1030.0));
        (x, exponent_for(x, logarithm).round())
    },
    |dice| {
        let (x, logarithm) = (dice.sign() * dice.wide(), dice.uniform(-160.0, 130.0));
        (x, exponent_for(x, logarithm).round())
    },
    // Large exponents, in single precision too, where few floats are as near to 1.
    |dice| {
        let x = f64::from((1.0 + dice.sign() * dice.size(-23.0, -4.0)) as f32);
        let (sign, logarithm) = (dice.sign(), dice.uniform(-1100.0, 1030.0));
        (sign * x, exponent_for(x, logarithm).round())
    },
    |dice| {
        let x = f64::from((1.0 + dice.sign() * dice.size(-23.0, -4.0)) as f32);
        let (sign, logarithm) = (dice.sign(), dice.uniform(-160.0, 130.0));
        (sign * x, exponent_for(x, logarithm).round())
    },
    |dice| {
        (
            dice.sign() * dice.subnormal(),
            dice.uniform(-3.0, 4.0).round(),
        )
    },
];
