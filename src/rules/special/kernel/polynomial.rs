//! Polynomials about a centre.

use super::double_double::DoubleDouble;

pub struct Polynomial<const N: usize> {
    pub centre: f64,
    /// Of the powers of the distance from the centre, from the 0th up.
    pub coefficients: [f64; N],
}

/// The piece on which `x` is: each reaches to its end.
#[inline]
pub fn piece<const N: usize, const M: usize>(
    pieces: &[Polynomial<N>; M],
    ends: [f64; M],
    x: f64,
) -> Option<&Polynomial<N>> {
    pieces
        .iter()
        .zip(ends)
        .find_map(|(piece, end)| (x < end).then_some(piece))
}

impl<const N: usize> Polynomial<N> {
    /// Even and odd powers side by side. The 0th comes last: its rounding is the only large one.
    #[inline]
    pub fn at(&self, x: f64) -> f64 {
        self.coefficients[0] + self.beyond_centre(x)
    }

    /// With the rounding error of that last sum.
    #[inline]
    pub fn precisely_at(&self, x: f64) -> DoubleDouble {
        DoubleDouble::sum(self.coefficients[0], self.beyond_centre(x))
    }

    /// Without the 0th.
    #[inline]
    pub fn beyond_centre(&self, x: f64) -> f64 {
        let x = x - self.centre;
        let square = x * x;
        let (mut even, mut odd) = (0.0, 0.0);
        let mut k = N;
        while k > 1 {
            k -= 1;
            if k.is_multiple_of(2) {
                even = even * square + self.coefficients[k];
            } else {
                odd = odd * square + self.coefficients[k];
            }
        }
        odd * x + even * square
    }
}
