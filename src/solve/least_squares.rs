//! Nonlinear least squares, and what it tells of the uncertainty of parameters.

use alloc::vec::Vec;

use super::error::Error;
use super::levenberg_marquardt::minimize_squares;
use super::place::Evaluate;
use super::root::to_array;
use crate::rules::Primitive;
use crate::{CHUNK, Dual, Workspace, jacobian_into_with};

/// What a fit by least squares found.
///
/// `Row` is `[T; N]` or `Vec<T>`, as the parameters were given.
///
/// # Examples
/// ```
/// use chainrule::{differentiate, solve::curve_fit};
///
/// #[differentiate(wrt(line))]
/// fn line(line: [f64; 2], x: f64) -> f64 {
///     line[0] + line[1] * x
/// }
///
/// let data = [(1.0, 1.0), (2.0, 3.0), (3.0, 2.0), (4.0, 6.0)];
/// let fit = curve_fit(line::value_and_gradient, &data, [0.0, 0.0])?;
/// let [intercept, slope] = fit.parameters;
/// assert!((intercept + 0.5).abs() < 1e-14 && (slope - 1.4).abs() < 1e-14);
/// assert!((fit.residual_sum_of_squares - 4.2).abs() < 1e-14);
/// assert!((fit.standard_deviations[1] - (2.1_f64 / 5.0).sqrt()).abs() < 1e-14);
/// # Ok::<(), chainrule::solve::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Fit<T, Row = Vec<T>, Matrix = Vec<Vec<T>>> {
    /// The parameters with the least sum of squares.
    pub parameters: Row,
    /// The sum of the squares of the residuals there.
    pub residual_sum_of_squares: T,
    /// The number of residuals less that of parameters; zero if there are not more.
    pub degrees_of_freedom: usize,
    /// The covariance of the parameters, `s² (JᵀJ)⁻¹` with the residual variance `s²`: the sum of squares over the degrees
    /// of freedom.
    ///
    /// Infinite where the data do not determine it: without degrees of freedom, or where the columns of the Jacobian `J`
    /// depend on each other.
    pub covariance: Matrix,
    /// The standard deviations of the parameters (their standard errors): the roots of the diagonal of the covariance.
    pub standard_deviations: Row,
    /// How many steps it took.
    pub steps: usize,
}

/// The parameters of a model that make the sum of squares `Σ (y - model(parameters, x))²` least.
///
/// Levenberg and Marquardt's method with trust region and scaling (Moré), by QR factorisation, and finished by Gauss-Newton
/// steps until the parameters no longer move. `model` gives value and gradient by the parameters: `value_and_gradient` of an
/// annotated function with `wrt(parameters)`. `data` are pairs `(x, y)`; `x` may be anything.
///
/// # Errors
/// [`Error::NotFinite`] where model or gradient are not finite at the start, [`Error::NoDescent`] with wrong gradients,
/// [`Error::NotConverged`].
///
/// # Examples
/// ```
/// use chainrule::{differentiate, solve::curve_fit};
///
/// #[differentiate(wrt(b))]
/// fn decay(b: [f64; 2], time: f64) -> f64 {
///     b[0] * (-b[1] * time).exp()
/// }
///
/// let data = [0.0, 1.0, 2.0, 3.0].map(|time| (time, decay([5.0, 0.7], time)));
/// let fit = curve_fit(decay::value_and_gradient, &data, [1.0, 0.1])?;
/// assert!((fit.parameters[0] - 5.0).abs() < 1e-14 && (fit.parameters[1] - 0.7).abs() < 1e-14);
/// # Ok::<(), chainrule::solve::Error>(())
/// ```
#[allow(clippy::type_complexity)]
pub fn curve_fit<T: Primitive, X: Copy, const N: usize>(
    mut model: impl FnMut([T; N], X) -> (T, [T; N]),
    data: &[(X, T)],
    start: [T; N],
) -> Result<Fit<T, [T; N], [[T; N]; N]>, Error> {
    let fit = fit(
        &mut |parameters, residuals, jacobian| {
            let rows = residuals
                .iter_mut()
                .zip(jacobian.chunks_exact_mut(N.max(1)));
            for ((residual, row), &(x, y)) in rows.zip(data) {
                let (value, gradient) = model(to_array(parameters), x);
                *residual = value - y;
                row.copy_from_slice(&gradient);
            }
        },
        &start,
        data.len(),
    )?;
    Ok(in_arrays(&fit))
}

/// The point where the sum of the squares of `outputs` residuals is least.
///
/// The method is that of [`curve_fit`]. `f` writes the residuals to its second argument. There may be fewer residuals than
/// parameters: then the solution is one of many.
///
/// # Errors
/// As [`curve_fit`].
///
/// # Examples
/// ```
/// use chainrule::solve::least_squares;
///
/// // Rosenbrock's function is a sum of two squares.
/// let fit = least_squares(
///     |[x, y], r| {
///         r[0] = 1.0 - x;
///         r[1] = 10.0 * (y - x * x);
///     },
///     [-1.2, 1.0],
///     2,
/// )?;
/// assert_eq!(fit.parameters, [1.0, 1.0]);
/// # Ok::<(), chainrule::solve::Error>(())
/// ```
#[allow(clippy::type_complexity)]
pub fn least_squares<T: Primitive, const N: usize>(
    mut f: impl FnMut([Dual<T, N>; N], &mut [Dual<T, N>]),
    start: [T; N],
    outputs: usize,
) -> Result<Fit<T, [T; N], [[T; N]; N]>, Error> {
    let mut results = alloc::vec![Dual::constant(T::zero()); outputs];
    let fit = fit(
        &mut |x, residuals, jacobian| {
            f(Dual::variables(to_array(x)), &mut results);
            for (i, result) in results.iter().enumerate() {
                residuals[i] = result.re;
                jacobian[i * N..][..N].copy_from_slice(&result.eps);
            }
        },
        &start,
        outputs,
    )?;
    Ok(in_arrays(&fit))
}

/// As [`least_squares`], of as many parameters as `start` is long.
///
/// # Errors
/// As [`curve_fit`].
///
/// # Examples
/// ```
/// use chainrule::solve::least_squares_slice;
///
/// // A line through three points, of which none is on it.
/// let (x, y) = ([0.0, 1.0, 2.0], [1.0, 2.0, 4.0]);
/// let fit = least_squares_slice(
///     |line, residuals| {
///         for i in 0..3 {
///             residuals[i] = line[0] + line[1] * x[i] - y[i];
///         }
///     },
///     &[0.0, 0.0],
///     3,
/// )?;
/// assert!((fit.parameters[0] - 5.0_f64 / 6.0).abs() < 1e-14 && (fit.parameters[1] - 1.5).abs() < 1e-14);
/// # Ok::<(), chainrule::solve::Error>(())
/// ```
pub fn least_squares_slice<T: Primitive>(
    mut f: impl FnMut(&[Dual<T, CHUNK>], &mut [Dual<T, CHUNK>]),
    start: &[T],
    outputs: usize,
) -> Result<Fit<T>, Error> {
    let mut workspace = Workspace::new();
    least_squares_slice_with_jacobian(
        |x, value, jacobian| jacobian_into_with(&mut f, x, value, jacobian, &mut workspace),
        start,
        outputs,
    )
}

/// As [`least_squares_slice`], of a function that writes residuals and Jacobian, flat, row by row: `jacobian_into` of an
/// annotated function.
///
/// # Errors
/// As [`curve_fit`].
///
/// # Examples
/// ```
/// use chainrule::{differentiate, solve::least_squares_slice_with_jacobian};
///
/// #[differentiate]
/// fn residuals(x: &[f64], r: &mut [f64]) {
///     for i in 0..r.len() {
///         r[i] = x[0] + x[1] * i as f64 - (i * i) as f64;
///     }
/// }
/// let fit = least_squares_slice_with_jacobian(residuals::jacobian_into, &[0.0, 0.0], 3)?;
/// assert!((fit.parameters[0] + 1.0 / 3.0).abs() < 1e-14 && (fit.parameters[1] - 2.0).abs() < 1e-14);
/// # Ok::<(), chainrule::solve::Error>(())
/// ```
pub fn least_squares_slice_with_jacobian<T: Primitive>(
    mut f: impl FnMut(&[T], &mut [T], &mut [T]),
    start: &[T],
    outputs: usize,
) -> Result<Fit<T>, Error> {
    fit(&mut f, start, outputs)
}

fn fit<T: Primitive>(
    evaluate: &mut Evaluate<'_, T>,
    start: &[T],
    outputs: usize,
) -> Result<Fit<T>, Error> {
    let solution = minimize_squares(evaluate, start, outputs)?;
    if !solution.is_stationary {
        return Err(Error::NoDescent {
            steps: solution.steps,
        });
    }
    let n = start.len();
    let residual_sum_of_squares = solution
        .residuals
        .iter()
        .map(|&residual| residual * residual)
        .sum();
    let degrees_of_freedom = outputs.saturating_sub(n);
    let mut covariance = alloc::vec![alloc::vec![T::infinity(); n]; n];
    if degrees_of_freedom > 0
        && let Some(information) = solution.qr.inverse_information()
    {
        let variance = residual_sum_of_squares / T::round_from(degrees_of_freedom as f64);
        for (i, row) in covariance.iter_mut().enumerate() {
            for (j, entry) in row.iter_mut().enumerate() {
                *entry = variance * information[i * n + j];
            }
        }
    }
    Ok(Fit {
        standard_deviations: (0..n)
            .map(|i| num_traits::Float::sqrt(covariance[i][i]))
            .collect(),
        parameters: solution.x,
        residual_sum_of_squares,
        degrees_of_freedom,
        covariance,
        steps: solution.steps,
    })
}

fn in_arrays<T: Primitive, const N: usize>(fit: &Fit<T>) -> Fit<T, [T; N], [[T; N]; N]> {
    Fit {
        parameters: to_array(&fit.parameters),
        residual_sum_of_squares: fit.residual_sum_of_squares,
        degrees_of_freedom: fit.degrees_of_freedom,
        covariance: core::array::from_fn(|i| to_array(&fit.covariance[i])),
        standard_deviations: to_array(&fit.standard_deviations),
        steps: fit.steps,
    }
}
