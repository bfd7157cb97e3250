//! `Jet<T, N>`: a value, its gradient and its whole Hessian in one pass.

use crate::lanes::{lanes, triangle};
use crate::rules::{self, Curvature, Scalar, curvature, or_nan, quotient, slope_by, strong};

/// A second-order number in `N` variables: value, gradient and Hessian.
///
/// Each operation costs `O(N²)`. Only the lower triangle of the Hessian is computed, so the matrix is symmetric to the last bit; each
/// function contributes its own second-derivative formula.
///
/// # Examples
/// ```
/// use chainrule::Jet;
/// let [x, y] = Jet::variables([2.0, 3.0]);
/// let f = x * x * y;
/// assert_eq!(f.gradient, [12.0, 4.0]);
/// assert_eq!(f.hessian(), [[6.0, 4.0], [4.0, 0.0]]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Jet<T, const N: usize> {
    /// The value.
    pub re: T,
    /// The first derivatives.
    pub gradient: [T; N],
    /// Row `i` holds `d²/dx_i dx_j` for `j ≤ i`, zeros behind.
    lower: [[T; N]; N],
}

impl<T: Scalar, const N: usize> Jet<T, N> {
    /// The constant `re`, which no variable moves: every derivative is 0.
    ///
    /// # Examples
    /// ```
    /// use chainrule::Jet;
    /// let [x, y] = Jet::variables([2.0, 3.0]);
    /// assert_eq!((x * y * Jet::constant(10.0)).gradient, [30.0, 20.0]);
    /// ```
    #[inline]
    pub fn constant(re: T) -> Self {
        Self {
            re,
            gradient: [T::zero(); N],
            lower: [[T::zero(); N]; N],
        }
    }

    /// The number with these parts; of the Hessian the lower triangle is taken.
    ///
    /// # Examples
    /// ```
    /// use chainrule::Jet;
    /// // x = t² at t = 3, put into ln x: first derivative 2/t, second -2/t².
    /// let x = Jet::new(9.0, [6.0], [[2.0]]).ln();
    /// assert_eq!((x.gradient, x.hessian()), ([2.0 / 3.0], [[-2.0 / 9.0]]));
    /// ```
    #[inline]
    pub fn new(re: T, gradient: [T; N], hessian: [[T; N]; N]) -> Self {
        Self {
            re,
            gradient,
            lower: triangle(|i, j| hessian[i][j]),
        }
    }

    /// All `N` variables, each with slope 1 along itself.
    #[inline]
    pub fn variables(values: [T; N]) -> [Self; N] {
        let mut variables = [Self::constant(T::zero()); N];
        for (i, variable) in variables.iter_mut().enumerate() {
            variable.re = values[i];
            variable.gradient[i] = T::one();
        }
        variables
    }

    /// The Hessian, row by row; symmetric to the last bit.
    #[inline]
    pub fn hessian(&self) -> [[T; N]; N] {
        core::array::from_fn(|i| {
            core::array::from_fn(|j| {
                if j <= i {
                    self.lower[i][j]
                } else {
                    self.lower[j][i]
                }
            })
        })
    }

    /// Whether every derivative is zero.
    ///
    /// # Examples
    /// ```
    /// use chainrule::Jet;
    /// let [x, y] = Jet::variables([2.0, 3.0]);
    /// assert!((x - x).is_constant() && !(x - y).is_constant());
    /// ```
    #[inline]
    pub fn is_constant(&self) -> bool {
        self.gradient.iter().all(T::is_exact_zero)
            && self.lower.iter().flatten().all(T::is_exact_zero)
    }

    #[inline]
    pub(crate) fn parts_are(&self, test: impl Fn(&T) -> bool) -> bool {
        test(&self.re) && self.gradient.iter().all(&test) && self.lower.iter().flatten().all(&test)
    }

    #[inline]
    pub(crate) fn parts_match(&self, other: &Self, test: impl Fn(&T, &T) -> bool) -> bool {
        test(&self.re, &other.re)
            && self
                .gradient
                .iter()
                .zip(&other.gradient)
                .all(|(a, b)| test(a, b))
            && self
                .lower
                .iter()
                .flatten()
                .zip(other.lower.iter().flatten())
                .all(|(a, b)| test(a, b))
    }

    /// The number whose Hessian has these entries on and below the diagonal.
    #[inline]
    pub(crate) fn from_lower(re: T, gradient: [T; N], entry: impl Fn(usize, usize) -> T) -> Self {
        Self {
            re,
            gradient,
            lower: triangle(entry),
        }
    }

    /// An entry on or below the diagonal.
    #[inline]
    pub(crate) fn lower(&self, row: usize, column: usize) -> T {
        self.lower[row][column]
    }

    /// The same linear map on every part.
    #[inline(always)]
    pub(crate) fn map(self, map: impl Fn(T) -> T) -> Self {
        Self {
            re: map(self.re),
            gradient: lanes(|i| map(self.gradient[i])),
            lower: triangle(|i, j| map(self.lower[i][j])),
        }
    }

    #[inline(always)]
    pub(crate) fn zip(self, other: Self, map: impl Fn(T, T) -> T) -> Self {
        Self {
            re: map(self.re, other.re),
            gradient: lanes(|i| map(self.gradient[i], other.gradient[i])),
            lower: triangle(|i, j| map(self.lower[i][j], other.lower[i][j])),
        }
    }

    /// The same derivatives under another value.
    #[inline]
    pub(crate) fn with_value(self, re: T) -> Self {
        Self { re, ..self }
    }

    #[inline]
    pub(crate) fn multiply(&mut self, other: &Self) {
        *self = self.times(other);
    }

    #[inline(always)]
    pub(crate) fn times(self, other: &Self) -> Self {
        let (x, y) = (&self.gradient, &other.gradient);
        Self {
            re: self.re * other.re,
            gradient: lanes(|i| x[i] * other.re + self.re * y[i]),
            lower: triangle(|i, j| {
                self.lower[i][j] * other.re
                    + self.re * other.lower[i][j]
                    + (x[i] * y[j] + x[j] * y[i])
            }),
        }
    }

    /// The quotient of a plain number and this one.
    #[inline(always)]
    pub(crate) fn under(self, numerator: T::Primal) -> Self {
        let (x, y) = (T::from_primal(numerator), self.re);
        let value = y.under(numerator);
        let first = || rules::div::dy(x, y, value);
        self.chain(value, false, first, |_| rules::div::dyy(x, y, value))
    }

    /// The quotient, where none of its parts may leave the range of floats before the others.
    #[inline(always)]
    pub(crate) fn over(&self, other: &Self) -> Option<Self> {
        let (value, rate) = (self.re / other.re, other.re.recip());
        let fall = value * rate;
        let is_tame = quotient::is_moderate(self.re, other.re, value)
            && (T::DEPTH == 0 || (rate.all_finite() && fall.all_finite()));
        if !is_tame {
            return None;
        }
        let along = |a: T, b: T| a * rate - b * fall;
        let y = &other.gradient;
        let gradient: [T; N] = lanes(|i| along(self.gradient[i], y[i]));
        let falling: [T; N] = lanes(|i| gradient[i] * rate);
        Some(Self {
            re: value,
            gradient,
            lower: triangle(|i, j| {
                along(self.lower[i][j], other.lower[i][j]) - (falling[i] * y[j] + falling[j] * y[i])
            }),
        })
    }

    /// All derivatives times a slope, under another value.
    #[inline(always)]
    pub(crate) fn scaled(self, value: T, slope: T) -> Self {
        if slope.all_finite() {
            return self.map(|part| part * slope).with_value(value);
        }
        self.map(|part| strong(part, slope)).with_value(value)
    }

    /// The chain rule for one argument, to second order. The value is `outside` the function's domain if it is NaN and the slope may
    /// not tell.
    #[inline(always)]
    pub(crate) fn chain<C: Curvature<T>>(
        self,
        value: T,
        is_outside: bool,
        first: impl FnOnce() -> T,
        second: impl FnOnce(T) -> C,
    ) -> Self {
        let first = first();
        let second = second(first);
        let x = &self.gradient;
        let is_tame = (C::HAS_SLOPE || first.all_finite()) && !is_outside;
        if let (Some(second), true) = (second.plain(), is_tame) {
            return Self {
                re: value,
                gradient: lanes(|i| x[i] * first),
                lower: triangle(|i, j| self.lower[i][j] * first + x[i] * second * x[j]),
            };
        }
        self.chain_carefully(value, first, second)
    }

    /// Where a derivative leaves the range of floats, or there is none.
    #[cold]
    #[inline(never)]
    fn chain_carefully<C: Curvature<T>>(self, value: T, first: T, second: C) -> Self {
        let (first, second) = (or_nan(first, value), second.or_nan(value));
        let x = &self.gradient;
        Self {
            re: value,
            gradient: lanes(|i| strong(x[i], first)),
            lower: triangle(|i, j| strong(self.lower[i][j], first) + second.between(x[i], x[j])),
        }
    }

    /// The chain rule for two arguments; `second` is `(dxx, dxy, dyy)`. The derivatives by a constant argument are never computed.
    #[inline]
    pub(crate) fn chain2<XX: Curvature<T>, XY: Curvature<T>, YY: Curvature<T>>(
        self,
        other: Self,
        value: T,
        dx: impl FnOnce() -> T,
        dy: impl FnOnce() -> T,
        second: (
            impl FnOnce() -> XX,
            impl FnOnce() -> XY,
            impl FnOnce() -> YY,
        ),
    ) -> Self {
        let (x_moves, y_moves) = (!self.is_constant(), !other.is_constant());
        let (dx, dy) = (slope_by(x_moves, value, dx), slope_by(y_moves, value, dy));
        let (xx, dxx) = curvature(x_moves, second.0);
        let (xy, dxy) = curvature(x_moves && y_moves, second.1);
        let (yy, dyy) = curvature(y_moves, second.2);
        let (x, y) = (&self.gradient, &other.gradient);
        let is_tame = dx.all_finite() && dy.all_finite() && !value.is_nan();
        if let (Some(dxx), Some(dxy), Some(dyy), true) = (dxx, dxy, dyy, is_tame) {
            return Self {
                re: value,
                gradient: lanes(|i| x[i] * dx + y[i] * dy),
                lower: triangle(|i, j| {
                    self.lower[i][j] * dx
                        + other.lower[i][j] * dy
                        + ((x[i] * dxx + y[i] * dxy) * x[j] + (x[i] * dxy + y[i] * dyy) * y[j])
                }),
            };
        }
        let along = |a: T, b: T| strong(a, dx) + strong(b, dy);
        let (xx, xy, yy) = (xx.or_nan(value), xy.or_nan(value), yy.or_nan(value));
        Self {
            re: value,
            gradient: lanes(|i| along(x[i], y[i])),
            lower: triangle(|i, j| {
                along(self.lower[i][j], other.lower[i][j])
                    + xx.between(x[i], x[j])
                    + xy.between(x[i], y[j])
                    + xy.between(y[i], x[j])
                    + yy.between(y[i], y[j])
            }),
        }
    }
}
