//! The recurrences of Bessel functions in their order, in the direction that is stable (DLMF 3.6, 10.6.1, 10.29.1, 10.51.1), in twice
//! the digits.

use super::double_double::DoubleDouble;

/// Functions of which the neighbours of order `k` add up to `(2k + shift)/x` times the one in the middle: `f(k-1) + sign f(k+1)`.
pub struct Recurrence {
    shift: f64,
    sign: f64,
}
pub const CYLINDER: Recurrence = Recurrence {
    shift: 0.0,
    sign: 1.0,
};
pub const MODIFIED: Recurrence = Recurrence {
    shift: 0.0,
    sign: -1.0,
};
pub const SPHERICAL: Recurrence = Recurrence {
    shift: 1.0,
    sign: 1.0,
};

/// Numbers are kept below it: a power of two, 2^600.
const HIGH: f64 = f64::from_bits((1023 + 600) << 52);

impl Recurrence {
    fn factor(&self, k: u32) -> f64 {
        2.0 * f64::from(k) + self.shift
    }

    /// From the first two orders up, for those that oscillate or grow.
    pub fn up(&self, x: f64, n: u32, [mut below, mut here]: [DoubleDouble; 2]) -> f64 {
        let inverse = DoubleDouble::ONE.over(DoubleDouble::new(x));
        let mut unit = 1.0;
        for k in 1..n {
            if here.high.abs() > HIGH {
                (below, here) = (below.scale(1.0 / HIGH), here.scale(1.0 / HIGH));
                unit *= HIGH;
            }
            (below, here) = (here, inverse * self.factor(k) * here - below);
        }
        here.round() * unit
    }

    /// From far above down to the first two orders, for those that fade; the larger of the two has the digits.
    pub fn down_to_largest(&self, x: f64, n: u32, [f0, f1]: [DoubleDouble; 2]) -> f64 {
        let (a, b, wanted) = self.down(x, n);
        let of_wanted = if f0.high.abs() > f1.high.abs() {
            wanted.over(a) * f0
        } else {
            wanted.over(b) * f1
        };
        of_wanted.round()
    }

    /// Numbers in the ratio of the orders 0, 1 and `n ≥ 2` (Miller's algorithm).
    pub fn down(&self, x: f64, n: u32) -> (DoubleDouble, DoubleDouble, DoubleDouble) {
        let inverse = DoubleDouble::ONE.over(DoubleDouble::new(x));
        // A solution that grows tells how far up the wanted one has faded.
        let (mut below, mut here, mut k) = (0.0, 1.0, n);
        while here < 1e11 {
            (below, here) = (here, self.factor(k) / x * here - self.sign * below);
            k += 1;
        }
        let (mut above, mut here) = (DoubleDouble::ZERO, DoubleDouble::ONE);
        let mut wanted = here;
        while k > 0 {
            if k == n {
                wanted = here;
            }
            if here.high.abs() > HIGH {
                (above, here) = (above.scale(1.0 / HIGH), here.scale(1.0 / HIGH));
                wanted = wanted.scale(1.0 / HIGH);
            }
            (above, here) = (
                here,
                inverse * self.factor(k) * here - above.scale(self.sign),
            );
            k -= 1;
        }
        (here, above, wanted)
    }
}
