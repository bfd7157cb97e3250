//! `HyperDual<T>`: a value, its derivatives in two directions and the mixed second derivative.

use crate::rules::{self, Curvature, Scalar, curvature, or_nan, quotient, slope_by, strong};

/// A hyper-dual number `re + eps1·ε1 + eps2·ε2 + eps1eps2·ε1ε2`, with `ε1² = ε2² = 0`.
///
/// With both tangents 1, `eps1eps2` of `f` is `f''`, exact to rounding in one pass. Each function contributes its own
/// second-derivative formula, so nothing is lost to differentiating a first one.
///
/// # Examples
/// ```
/// use chainrule::HyperDual;
/// let y = HyperDual::variable(2.0).powi(3);
/// assert_eq!((y.re, y.eps1, y.eps1eps2), (8.0, 12.0, 12.0));
/// ```
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct HyperDual<T> {
    /// The value.
    pub re: T,
    /// The tangent in the first direction.
    pub eps1: T,
    /// The tangent in the second direction.
    pub eps2: T,
    /// The mixed second derivative.
    pub eps1eps2: T,
}

impl<T: Scalar> HyperDual<T> {
    /// The number with these four parts.
    ///
    /// # Examples
    /// ```
    /// use chainrule::HyperDual;
    /// // Of x²y at (3, 2): by x, by y, and by both.
    /// let (x, y) = (HyperDual::new(3.0, 1.0, 0.0, 0.0), HyperDual::new(2.0, 0.0, 1.0, 0.0));
    /// let f = x * x * y;
    /// assert_eq!((f.re, f.eps1, f.eps2, f.eps1eps2), (18.0, 12.0, 9.0, 6.0));
    /// ```
    #[inline]
    pub const fn new(re: T, eps1: T, eps2: T, eps1eps2: T) -> Self {
        Self {
            re,
            eps1,
            eps2,
            eps1eps2,
        }
    }

    /// The constant `re`, which neither direction moves: every derivative is 0.
    ///
    /// # Examples
    /// ```
    /// use chainrule::HyperDual;
    /// let y = HyperDual::variable(2.0) * HyperDual::constant(5.0);
    /// assert_eq!((y.re, y.eps1, y.eps1eps2), (10.0, 5.0, 0.0));
    /// ```
    #[inline]
    pub fn constant(re: T) -> Self {
        Self::new(re, T::zero(), T::zero(), T::zero())
    }

    /// The variable at `re`: tangent 1 in both directions.
    #[inline]
    pub fn variable(re: T) -> Self {
        Self::new(re, T::one(), T::one(), T::zero())
    }

    /// Whether every derivative is zero.
    ///
    /// # Examples
    /// ```
    /// use chainrule::HyperDual;
    /// assert!(HyperDual::constant(2.0).is_constant() && !HyperDual::variable(2.0).is_constant());
    /// ```
    #[inline]
    pub fn is_constant(&self) -> bool {
        self.eps1.is_exact_zero() && self.eps2.is_exact_zero() && self.eps1eps2.is_exact_zero()
    }

    #[inline]
    pub(crate) fn parts_are(&self, test: impl Fn(&T) -> bool) -> bool {
        test(&self.re) && test(&self.eps1) && test(&self.eps2) && test(&self.eps1eps2)
    }

    #[inline]
    pub(crate) fn parts_match(&self, other: &Self, test: impl Fn(&T, &T) -> bool) -> bool {
        test(&self.re, &other.re)
            && test(&self.eps1, &other.eps1)
            && test(&self.eps2, &other.eps2)
            && test(&self.eps1eps2, &other.eps1eps2)
    }

    /// The same linear map on every part.
    #[inline]
    pub(crate) fn map(self, map: impl Fn(T) -> T) -> Self {
        Self::new(
            map(self.re),
            map(self.eps1),
            map(self.eps2),
            map(self.eps1eps2),
        )
    }

    #[inline]
    pub(crate) fn zip(self, other: Self, map: impl Fn(T, T) -> T) -> Self {
        Self::new(
            map(self.re, other.re),
            map(self.eps1, other.eps1),
            map(self.eps2, other.eps2),
            map(self.eps1eps2, other.eps1eps2),
        )
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

    #[inline]
    pub(crate) fn times(self, other: &Self) -> Self {
        Self {
            re: self.re * other.re,
            eps1: self.eps1 * other.re + self.re * other.eps1,
            eps2: self.eps2 * other.re + self.re * other.eps2,
            eps1eps2: self.eps1eps2 * other.re
                + self.re * other.eps1eps2
                + (self.eps1 * other.eps2 + self.eps2 * other.eps1),
        }
    }

    /// The quotient of a plain number and this one.
    #[inline]
    pub(crate) fn under(self, numerator: T::Primal) -> Self {
        let (x, y) = (T::from_primal(numerator), self.re);
        let value = y.under(numerator);
        let first = || rules::div::dy(x, y, value);
        self.chain(value, false, first, |_| rules::div::dyy(x, y, value))
    }

    /// The quotient, where none of its parts may leave the range of floats before the others.
    #[inline]
    pub(crate) fn over(&self, other: &Self) -> Option<Self> {
        let (x, y) = (self, other);
        let (value, rate) = (x.re / y.re, y.re.recip());
        let fall = value * rate;
        let is_tame = quotient::is_moderate(x.re, y.re, value)
            && (T::DEPTH == 0 || (rate.all_finite() && fall.all_finite()));
        if !is_tame {
            return None;
        }
        let along = |a: T, b: T| a * rate - b * fall;
        let (eps1, eps2) = (along(x.eps1, y.eps1), along(x.eps2, y.eps2));
        Some(Self {
            re: value,
            eps1,
            eps2,
            eps1eps2: along(x.eps1eps2, y.eps1eps2) - (eps1 * rate * y.eps2 + eps2 * rate * y.eps1),
        })
    }

    /// All derivatives times a slope, under another value.
    #[inline]
    pub(crate) fn scaled(self, value: T, slope: T) -> Self {
        Self {
            re: value,
            eps1: strong(self.eps1, slope),
            eps2: strong(self.eps2, slope),
            eps1eps2: strong(self.eps1eps2, slope),
        }
    }

    /// The chain rule for one argument, to second order. The value is `outside` the function's domain if it is NaN and the slope may
    /// not tell.
    #[inline]
    pub(crate) fn chain<C: Curvature<T>>(
        self,
        value: T,
        is_outside: bool,
        first: impl FnOnce() -> T,
        second: impl FnOnce(T) -> C,
    ) -> Self {
        let first = first();
        let second = second(first);
        let is_tame = (C::HAS_SLOPE || first.all_finite()) && !is_outside;
        if let (Some(second), true) = (second.plain(), is_tame) {
            return Self {
                re: value,
                eps1: self.eps1 * first,
                eps2: self.eps2 * first,
                eps1eps2: self.eps1eps2 * first + self.eps1 * second * self.eps2,
            };
        }
        let (first, second) = (or_nan(first, value), second.or_nan(value));
        Self {
            re: value,
            eps1: strong(self.eps1, first),
            eps2: strong(self.eps2, first),
            eps1eps2: strong(self.eps1eps2, first) + second.between(self.eps1, self.eps2),
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
        let (x, y) = (self, other);
        let is_tame = dx.all_finite() && dy.all_finite() && !value.is_nan();
        if let (Some(dxx), Some(dxy), Some(dyy), true) = (dxx, dxy, dyy, is_tame) {
            return Self {
                re: value,
                eps1: x.eps1 * dx + y.eps1 * dy,
                eps2: x.eps2 * dx + y.eps2 * dy,
                eps1eps2: x.eps1eps2 * dx
                    + y.eps1eps2 * dy
                    + ((x.eps1 * dxx + y.eps1 * dxy) * x.eps2
                        + (x.eps1 * dxy + y.eps1 * dyy) * y.eps2),
            };
        }
        let along = |a: T, b: T| strong(a, dx) + strong(b, dy);
        let (xx, xy, yy) = (xx.or_nan(value), xy.or_nan(value), yy.or_nan(value));
        Self {
            re: value,
            eps1: along(x.eps1, y.eps1),
            eps2: along(x.eps2, y.eps2),
            eps1eps2: along(x.eps1eps2, y.eps1eps2)
                + xx.between(x.eps1, x.eps2)
                + xy.between(x.eps1, y.eps2)
                + xy.between(y.eps1, x.eps2)
                + yy.between(y.eps1, y.eps2),
        }
    }
}
