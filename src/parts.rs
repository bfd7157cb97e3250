//! The flat view: a number as the floats that it is made of.

use crate::rules::Scalar;
use crate::{Dual, HyperDual, Jet};

/// A number as a row of floats: its value first, then every derivative.
///
/// | number | order of the parts |
/// |---|---|
/// | `f32`, `f64` | itself |
/// | `Dual<T, N>` | `re`, `eps[0]`, … |
/// | `HyperDual<T>` | `re`, `eps1`, `eps2`, `eps1eps2` |
/// | `Jet<T, N>` | `re`, the gradient, the Hessian's lower triangle row by row |
///
/// Where `T` is a number itself, its own parts stand in the place of each. For a plain view of one level nothing is needed: the
/// tangents of a `Dual` are the array `eps`.
///
/// # Examples
/// ```
/// use chainrule::{Dual, Parts};
/// type Nested = Dual<Dual<f64>, 2>;
/// assert_eq!(Nested::PARTS, 6);
///
/// let x = Nested::from_parts(|i| i as f64);
/// assert_eq!((x.eps[1].eps[0], x.part(4)), (5.0, 4.0));
/// assert!(x.parts().eq([0.0, 1.0, 2.0, 3.0, 4.0, 5.0]));
/// ```
pub trait Parts: Scalar {
    /// How many floats there are.
    const PARTS: usize;

    /// The float at a position.
    ///
    /// # Panics
    /// If there is none: `index >= PARTS`.
    fn part(&self, index: usize) -> Self::Primal;

    /// All floats, in their order.
    #[inline]
    fn parts(&self) -> impl ExactSizeIterator<Item = Self::Primal> + '_ {
        (0..Self::PARTS).map(|index| self.part(index))
    }

    /// The number with these floats, each found by its position.
    #[inline]
    fn from_parts(mut part: impl FnMut(usize) -> Self::Primal) -> Self {
        let mut index = 0;
        Self::gathered(&mut || {
            index += 1;
            part(index - 1)
        })
    }

    /// The number with these floats, asked for in their order.
    #[doc(hidden)]
    fn gathered(next: &mut impl FnMut() -> Self::Primal) -> Self;
}

macro_rules! impl_parts_of_float {
    ($($float:ty)*) => {
        $(
            impl Parts for $float {
                const PARTS: usize = 1;
                #[inline]
                fn part(&self, index: usize) -> Self {
                    [*self][index]
                }
                #[inline]
                fn gathered(next: &mut impl FnMut() -> Self) -> Self {
                    next()
                }
            }
        )*
    };
}
impl_parts_of_float!(f32 f64);

impl<T: Parts, const N: usize> Parts for Dual<T, N> {
    const PARTS: usize = (1 + N) * T::PARTS;
    #[inline]
    fn part(&self, index: usize) -> T::Primal {
        let (place, inner) = (index / T::PARTS, index % T::PARTS);
        match place {
            0 => self.re.part(inner),
            _ => self.eps[place - 1].part(inner),
        }
    }
    #[inline]
    fn gathered(next: &mut impl FnMut() -> T::Primal) -> Self {
        Self {
            re: T::gathered(next),
            eps: core::array::from_fn(|_| T::gathered(next)),
        }
    }
}

impl<T: Parts> Parts for HyperDual<T> {
    const PARTS: usize = 4 * T::PARTS;
    #[inline]
    fn part(&self, index: usize) -> T::Primal {
        let parts = [self.re, self.eps1, self.eps2, self.eps1eps2];
        parts[index / T::PARTS].part(index % T::PARTS)
    }
    #[inline]
    fn gathered(next: &mut impl FnMut() -> T::Primal) -> Self {
        let [re, eps1, eps2, eps1eps2] = core::array::from_fn(|_| T::gathered(next));
        Self::new(re, eps1, eps2, eps1eps2)
    }
}

impl<T: Parts, const N: usize> Parts for Jet<T, N> {
    const PARTS: usize = (1 + N + N * (N + 1) / 2) * T::PARTS;
    #[inline]
    fn part(&self, index: usize) -> T::Primal {
        let (place, inner) = (index / T::PARTS, index % T::PARTS);
        let part = match place {
            0 => self.re,
            _ if place <= N => self.gradient[place - 1],
            _ => {
                let (mut row, mut column) = (0, place - 1 - N);
                while column > row {
                    row += 1;
                    column -= row;
                }
                self.lower(row, column)
            }
        };
        part.part(inner)
    }
    #[inline]
    fn gathered(next: &mut impl FnMut() -> T::Primal) -> Self {
        let re = T::gathered(next);
        let gradient = core::array::from_fn(|_| T::gathered(next));
        let mut lower = [[T::zero(); N]; N];
        for (i, row) in lower.iter_mut().enumerate() {
            for place in &mut row[..=i] {
                *place = T::gathered(next);
            }
        }
        Self::new(re, gradient, lower)
    }
}
