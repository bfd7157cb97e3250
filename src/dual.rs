//! `Dual<T, N>`: a value and its derivatives in `N` directions.

use crate::lanes::lanes;
use crate::rules::{self, Curvature, Scalar, or_nan, slope_by, strong};

/// A dual number: a value `re` and `N` tangents `eps`, with `ε² = 0`.
///
/// `f(re + eps·ε) = f(re) + f'(re)·eps·ε`. `Dual<f64>` is the classic dual number; `Dual<f64, 8>` carries eight
/// directions in one pass, and `Dual<Dual<f64>>` the second order.
///
/// The value is the plain `T` operation, bit for bit, and comparisons look at it alone. A zero tangent stays zero
/// through every function, also where the slope is infinite; `*` by an infinite value is the exception, where a test would cost up to
/// 2.7 times the time.
///
/// # Examples
/// ```
/// use chainrule::Dual;
/// let x = Dual::variable(3.0);
/// let y = x * x + 1.0;
/// assert_eq!((y.re, y.derivative()), (10.0, 6.0));
/// assert_eq!(format!("{y:.1}"), "10.0 + 6.0ε");
/// ```
///
/// A derivative inside a derivative lives one level up, and a number captured from outside is lifted to it by hand:
/// ```
/// use chainrule::{Dual, derivative};
/// assert_eq!(derivative(|x| x * derivative(|y| Dual::constant(x) + y, x), 1.0), 1.0);
/// ```
/// Without the lift the two levels are two types, and the program is refused. (The inner point must be of the outer level
/// too: at a plain float both levels would be `Dual<f64>`, and nothing could tell them apart.)
/// ```compile_fail,E0277
/// use chainrule::derivative;
/// derivative(|x| x * derivative(|y| x + y, x), 1.0);
/// ```
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Dual<T, const N: usize = 1> {
    /// The value.
    pub re: T,
    /// The tangents, one a direction.
    pub eps: [T; N],
}

impl<T: Scalar, const N: usize> Dual<T, N> {
    /// The number with this value and these tangents.
    ///
    /// # Examples
    /// ```
    /// use chainrule::Dual;
    /// // f(x) = x³ at 2, three times as fast as x moves.
    /// assert_eq!(Dual::new(2.0, [3.0]).powi(3).eps, [36.0]);
    /// ```
    #[inline]
    pub const fn new(re: T, eps: [T; N]) -> Self {
        Self { re, eps }
    }

    /// The constant `re`, which no direction moves: every tangent is 0.
    #[inline]
    pub fn constant(re: T) -> Self {
        Self {
            re,
            eps: [T::zero(); N],
        }
    }

    /// All `N` variables, each seeded with 1 in its own direction.
    ///
    /// # Examples
    /// ```
    /// use chainrule::Dual;
    /// let [x, y] = Dual::variables([3.0, 4.0]);
    /// assert_eq!((x * y).eps, [4.0, 3.0]);
    /// ```
    #[inline]
    pub fn variables(values: [T; N]) -> [Self; N] {
        let mut variables = [Self::constant(T::zero()); N];
        for (i, variable) in variables.iter_mut().enumerate() {
            variable.re = values[i];
            variable.eps[i] = T::one();
        }
        variables
    }

    /// Whether every tangent is zero, with all its own derivatives.
    ///
    /// # Examples
    /// ```
    /// use chainrule::Dual;
    /// assert!(Dual::<f64>::constant(2.0).is_constant() && !Dual::variable(2.0).is_constant());
    /// ```
    #[inline]
    pub fn is_constant(&self) -> bool {
        self.eps.iter().all(T::is_exact_zero)
    }

    #[inline]
    pub(crate) fn parts_are(&self, test: impl Fn(&T) -> bool) -> bool {
        test(&self.re) && self.eps.iter().all(test)
    }

    #[inline]
    pub(crate) fn parts_match(&self, other: &Self, test: impl Fn(&T, &T) -> bool) -> bool {
        test(&self.re, &other.re) && self.eps.iter().zip(&other.eps).all(|(a, b)| test(a, b))
    }

    /// The same linear map on every part.
    #[inline]
    pub(crate) fn map(self, map: impl Fn(T) -> T) -> Self {
        Self {
            re: map(self.re),
            eps: lanes(|i| map(self.eps[i])),
        }
    }

    #[inline]
    pub(crate) fn zip(self, other: Self, map: impl Fn(T, T) -> T) -> Self {
        Self {
            re: map(self.re, other.re),
            eps: lanes(|i| map(self.eps[i], other.eps[i])),
        }
    }

    /// The same derivatives under another value.
    #[inline]
    pub(crate) fn with_value(self, re: T) -> Self {
        Self { re, ..self }
    }

    #[inline]
    pub(crate) fn times(self, other: &Self) -> Self {
        Self {
            re: self.re * other.re,
            eps: lanes(|i| self.eps[i] * other.re + self.re * other.eps[i]),
        }
    }

    /// In place: many lanes are not worth copying.
    #[inline]
    pub(crate) fn multiply(&mut self, other: &Self) {
        for (x, &y) in self.eps.iter_mut().zip(&other.eps) {
            *x = *x * other.re + self.re * y;
        }
        self.re *= other.re;
    }

    /// The quotient of a plain number and this one.
    #[inline]
    pub(crate) fn under(self, numerator: T::Primal) -> Self {
        let value = self.re.under(numerator);
        let slope = rules::div::dy(T::from_primal(numerator), self.re, value);
        self.scaled(value, slope)
    }

    /// The quotient; there is always one.
    #[inline(always)]
    pub(crate) fn over(&self, other: &Self) -> Option<Self> {
        let (x, y) = (self.re, other.re);
        let value = x / y;
        let (dx, dy) = (or_nan(y.recip(), value), rules::div::dy(x, y, value));
        Some(Self {
            re: value,
            eps: strong_sums(&self.eps, dx, &other.eps, dy),
        })
    }

    /// All tangents times a slope, under another value.
    #[inline(always)]
    pub(crate) fn scaled(self, value: T, slope: T) -> Self {
        if N <= FEW {
            return Self {
                re: value,
                eps: lanes(|i| strong(self.eps[i], slope)),
            };
        }
        // Before the test, and most of the tangents are needed no more.
        let mut eps = lanes(|i| self.eps[i] * slope);
        if !slope.all_finite() {
            eps = lanes(|i| strong(self.eps[i], slope));
        }
        Self { re: value, eps }
    }

    /// The tangents of two arguments, each times its slope.
    #[inline(always)]
    fn along(self, other: &Self, value: T, dx: T, dy: T) -> Self {
        let mut eps = lanes(|i| self.eps[i] * dx + other.eps[i] * dy);
        if N <= FEW || !(dx.all_finite() && dy.all_finite()) {
            eps = strong_sums(&self.eps, dx, &other.eps, dy);
        }
        Self { re: value, eps }
    }

    /// The chain rule for one argument. Parts come as closures: nobody pays for those that nobody asks for.
    ///
    /// The value is `outside` the function's domain if it is NaN and the slope may not tell.
    #[inline]
    pub(crate) fn chain<C: Curvature<T>>(
        self,
        value: T,
        is_outside: bool,
        first: impl FnOnce() -> T,
        _second: impl FnOnce(T) -> C,
    ) -> Self {
        let slope = if is_outside { T::nan() } else { first() };
        self.scaled(value, slope)
    }

    /// The chain rule for two arguments; the slopes of a constant argument are never computed.
    #[inline]
    pub(crate) fn chain2<XX: Curvature<T>, XY: Curvature<T>, YY: Curvature<T>>(
        self,
        other: Self,
        value: T,
        dx: impl FnOnce() -> T,
        dy: impl FnOnce() -> T,
        _second: (
            impl FnOnce() -> XX,
            impl FnOnce() -> XY,
            impl FnOnce() -> YY,
        ),
    ) -> Self {
        let dx = slope_by(!self.is_constant(), value, dx);
        let dy = slope_by(!other.is_constant(), value, dy);
        self.along(&other, value, dx, dy)
    }
}

/// As few lanes are looked at one by one: a choice between 0 and a product costs less than a test of the slope, and lanes that the
/// compiler knows to be zero vanish.
const FEW: usize = 4;

#[inline(always)]
fn strong_sums<T: Scalar, const N: usize>(x: &[T; N], dx: T, y: &[T; N], dy: T) -> [T; N] {
    lanes(|i| strong(x[i], dx) + strong(y[i], dy))
}

impl<T: Scalar> Dual<T> {
    /// The variable at `re`: its tangent is 1.
    #[inline]
    pub fn variable(re: T) -> Self {
        Self {
            re,
            eps: [T::one()],
        }
    }

    /// The derivative, of a number with one tangent.
    #[inline]
    pub fn derivative(self) -> T {
        self.eps[0]
    }
}
