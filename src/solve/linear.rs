//! Linear systems over any number.

use alloc::{vec, vec::Vec};

use super::error::{Error, length_is};
use super::lu;
use crate::rules::{Primitive, Scalar};

/// The solution `x` of `A x = b`, with its derivatives.
///
/// `x' = A⁻¹ (b' - A' x)`, and so on to any order that the numbers carry. The matrix is factorised once, in floats, by
/// Gaussian elimination with partial pivoting; derivatives are substituted into the factors.
///
/// `matrix` is row by row.
///
/// # Errors
/// [`Error::Singular`] if a pivot is zero, or is what rounding errors leave of zero; [`Error::NotFinite`] if a number or the
/// solution is not finite.
///
/// # Examples
/// ```
/// use chainrule::{Dual, derivative, solve::linear_solve};
///
/// assert_eq!(linear_solve([[2.0, 1.0], [1.0, 3.0]], [3.0, 4.0]), Ok([1.0, 1.0]));
///
/// // How the solution moves with a coefficient.
/// let one = Dual::constant(1.0);
/// let slope = derivative(|a| linear_solve([[a, one], [one, one * 3.0]], [one * 3.0, one * 4.0]), 2.0);
/// assert!(slope.is_ok_and(|[x, y]: [f64; 2]| (x + 0.6).abs() < 1e-15 && (y - 0.2).abs() < 1e-15));
/// ```
#[inline]
pub fn linear_solve<S: Scalar, const N: usize>(
    matrix: [[S; N]; N],
    right: [S; N],
) -> Result<[S; N], Error> {
    let (factors, order) = factors(&matrix)?;
    let [mut x, mut residual, mut change] = [[S::zero(); N]; 3];
    let (matrix, factors) = (matrix.as_flattened(), factors.as_flattened());
    let scratch = [&mut residual[..], &mut change];
    lu::solve(matrix, (factors, &order), &right, &mut x, scratch)?;
    Ok(x)
}

/// Those of the values of a matrix, and the order of their rows.
#[inline]
#[allow(clippy::type_complexity)]
pub(super) fn factors<S: Scalar, const N: usize>(
    matrix: &[[S; N]; N],
) -> Result<([[S::Primal; N]; N], [usize; N]), Error> {
    let nothing = [[num_traits::zero(); N]; N];
    let (mut primal, mut factors, mut order) = (nothing, nothing, [0; N]);
    let primal = primal.as_flattened_mut();
    lu::factorize_primal(
        matrix.as_flattened(),
        primal,
        factors.as_flattened_mut(),
        &mut order,
    )?;
    Ok((factors, order))
}

/// As [`linear_solve`], of any size; the matrix is flat, row by row.
///
/// # Errors
/// As [`linear_solve`]; and [`Error::WrongLength`] if the matrix has not as many elements as the square of the length of `right`.
///
/// # Examples
/// ```
/// use chainrule::solve::linear_solve_slice;
/// assert_eq!(linear_solve_slice(&[2.0, 1.0, 1.0, 3.0], &[3.0, 4.0]), Ok(vec![1.0, 1.0]));
/// ```
pub fn linear_solve_slice<S: Scalar>(matrix: &[S], right: &[S]) -> Result<Vec<S>, Error> {
    Lu::new(matrix, right.len())?.solve(right)
}

/// The inverse matrix, with its derivatives: `(A⁻¹)' = -A⁻¹ A' A⁻¹`.
///
/// The covariance of maximum likelihood is the inverse of the Hessian. Where `A⁻¹ b` is wanted, [`linear_solve`] is more
/// accurate and does less.
///
/// # Errors
/// As [`linear_solve`].
///
/// # Examples
/// ```
/// use chainrule::solve::inverse;
/// assert_eq!(inverse([[0.0, 2.0], [4.0, 0.0]]), Ok([[0.0, 0.25], [0.5, 0.0]]));
/// ```
pub fn inverse<S: Scalar, const N: usize>(matrix: [[S; N]; N]) -> Result<[[S; N]; N], Error> {
    let lu = Lu::new(matrix.as_flattened(), N)?;
    let mut inverse = [[S::zero(); N]; N];
    for j in 0..N {
        let mut unit = [S::zero(); N];
        unit[j] = S::one();
        for (row, x) in inverse.iter_mut().zip(lu.solve(&unit)?) {
            row[j] = x;
        }
    }
    Ok(inverse)
}

/// A matrix with the factors `L U` of its values: for several right-hand sides, and for determinants.
///
/// # Examples
/// ```
/// use chainrule::solve::Lu;
///
/// let lu = Lu::new(&[2.0, 1.0, 1.0, 3.0], 2)?;
/// assert_eq!(lu.solve(&[3.0, 4.0])?, [1.0, 1.0]);
/// assert_eq!(lu.determinant(), 5.0);
/// # Ok::<(), chainrule::solve::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Lu<S: Scalar> {
    matrix: Vec<S>,
    factors: Vec<S::Primal>,
    order: Vec<usize>,
}

impl<S: Scalar> Lu<S> {
    /// Factorises a matrix of `size` rows and columns, flat, row by row.
    ///
    /// # Errors
    /// [`Error::Singular`], [`Error::NotFinite`], and [`Error::WrongLength`] if there are not `size * size` elements.
    pub fn new(matrix: &[S], size: usize) -> Result<Self, Error> {
        length_is("the matrix", matrix.len(), size.saturating_mul(size))?;
        let nothing = vec![num_traits::zero(); matrix.len()];
        let (mut primal, mut factors, mut order) = (nothing.clone(), nothing, vec![0; size]);
        lu::factorize_primal(matrix, &mut primal, &mut factors, &mut order)?;
        Ok(Self {
            matrix: matrix.to_vec(),
            factors,
            order,
        })
    }

    /// The solution `x` of `A x = right`, as [`linear_solve`].
    ///
    /// # Errors
    /// [`Error::NotFinite`], and [`Error::WrongLength`] if `right` has not as many elements as the matrix has rows.
    pub fn solve(&self, right: &[S]) -> Result<Vec<S>, Error> {
        length_is("the right-hand side", right.len(), self.order.len())?;
        let mut x = vec![S::zero(); right.len()];
        let (mut residual, mut change) = (x.clone(), x.clone());
        let factors = (&self.factors[..], &self.order[..]);
        lu::solve(
            &self.matrix,
            factors,
            right,
            &mut x,
            [&mut residual, &mut change],
        )?;
        Ok(x)
    }

    /// `A₀⁻¹ right`, with the values `A₀` of the matrix.
    pub(super) fn substitute(&self, right: &[S::Primal]) -> Vec<S::Primal> {
        let mut x = right.to_vec();
        lu::substitute(&self.factors, &self.order, right, &mut x);
        x
    }

    /// The solution where `right` has derivatives and no value.
    pub(super) fn solve_without_value(&self, right: &[S]) -> Result<Vec<S>, Error> {
        let mut x = right.to_vec();
        let (mut residual, mut change) = (x.clone(), x.clone());
        let factors = (&self.factors[..], &self.order[..]);
        let scratch = [&mut residual[..], &mut change];
        lu::solve_without_value(&self.matrix, factors, right, &mut x, scratch)?;
        Ok(x)
    }

    /// The sign of the determinant and the logarithm of its absolute value, with its derivatives.
    ///
    /// `(ln |det A|)' = tr (A⁻¹ A')`. It does not overflow where the determinant does.
    ///
    /// To any order by `ln det (A₀ (1 + E)) = ln det A₀ + tr E - tr E²/2 + tr E³/3 - ..`, with `A₀` the values and `E`
    /// without value, so that the series ends with the highest order that the numbers carry.
    ///
    /// # Examples
    /// ```
    /// use chainrule::{Dual, derivative, solve::Lu};
    ///
    /// let one = Dual::constant(1.0);
    /// let slope = derivative(|a| Lu::new(&[a, one, one, one * 3.0], 2).map(|lu| lu.log_determinant().1), 2.0);
    /// assert!(slope.is_ok_and(|slope: f64| (slope - 0.6).abs() < 1e-15)); // of ln (3 a - 1)
    /// ```
    #[must_use]
    pub fn log_determinant(&self) -> (S::Primal, S) {
        let n = self.order.len();
        let (mut sign, mut sum) = (self.sign(), num_traits::zero::<S::Primal>());
        for i in 0..n {
            let pivot = self.factors[i * n + i];
            sign *= num_traits::Float::signum(pivot);
            sum += num_traits::Float::ln(num_traits::Float::abs(pivot));
        }
        let value = S::from_primal(sum);
        (sign, (value + self.log_of_rest()).with_primal(sum))
    }

    /// The determinant, with its derivatives: `(det A)' = det A · tr (A⁻¹ A')`.
    ///
    /// That of a singular matrix is zero, but there are no factors of such a one.
    #[must_use]
    pub fn determinant(&self) -> S {
        let n = self.order.len();
        let value = (0..n).fold(self.sign(), |product, i| product * self.factors[i * n + i]);
        self.log_of_rest().exp() * value
    }

    /// `ln det (1 + E)`, whose value is zero.
    fn log_of_rest(&self) -> S {
        let n = self.order.len();
        if S::ORDER == 0 {
            return S::zero();
        }
        let zero = num_traits::zero();
        let rest: Vec<S> = self
            .matrix
            .iter()
            .map(|number| number.with_primal(zero))
            .collect();
        let inverse = self.inverse_of_values();
        let pairs = (0..n).flat_map(|i| (0..n).map(move |j| (i * n + j, j * n + i)));
        let mut log = pairs.fold(S::zero(), |sum, (ij, ji)| sum + rest[ij] * inverse[ji]);
        if S::ORDER > 1 {
            let inverse: Vec<S> = inverse.into_iter().map(S::from_primal).collect();
            let first = product(&inverse, &rest, n);
            let mut power = first.clone();
            for exponent in 2..=S::ORDER {
                power = product(&power, &first, n);
                let trace = (0..n).fold(S::zero(), |sum, i| sum + power[i * n + i]);
                let sign = if exponent % 2 == 0 { -1.0 } else { 1.0 };
                log += trace * S::Primal::round_from(sign / exponent as f64);
            }
        }
        log
    }

    fn inverse_of_values(&self) -> Vec<S::Primal> {
        let n = self.order.len();
        let zero = num_traits::zero();
        let (mut inverse, mut unit) = (vec![zero; n * n], vec![zero; n]);
        for j in 0..n {
            unit[j] = num_traits::one();
            for (i, x) in self.substitute(&unit).into_iter().enumerate() {
                inverse[i * n + j] = x;
            }
            unit[j] = zero;
        }
        inverse
    }

    /// -1 if the rows were exchanged an odd number of times.
    fn sign(&self) -> S::Primal {
        let mut order = self.order.clone();
        let mut is_odd = false;
        for i in 0..order.len() {
            while order[i] != i {
                let target = order[i];
                order.swap(i, target);
                is_odd = !is_odd;
            }
        }
        S::Primal::round_from(if is_odd { -1.0 } else { 1.0 })
    }
}

/// Of two square matrices.
fn product<S: Scalar>(left: &[S], right: &[S], n: usize) -> Vec<S> {
    let mut product = vec![S::zero(); n * n];
    for i in 0..n {
        for k in 0..n {
            for j in 0..n {
                product[i * n + j] += left[i * n + k] * right[k * n + j];
            }
        }
    }
    product
}
