//! Minima of functions.

use alloc::vec::Vec;

use super::error::Error;
use super::root::to_array;
use super::trust_region::{Evaluate, Place, minimize as find};
use crate::rules::Primitive;
use crate::{CHUNK, Jet, Workspace, hessian_into_with, value_gradient_hessian};

/// A minimum, and what the function is there.
///
/// `Row` is `[T; N]` or `Vec<T>`, as the start was given. The inverse of the Hessian of a negative log-likelihood is the
/// covariance of its parameters: see [`inverse`](super::inverse).
///
/// # Examples
/// ```
/// use chainrule::solve::minimize;
///
/// let bowl = minimize(|[x, y]| (x - 1.0).powi(2) + 3.0 * y * y + 2.0, [0.0, 5.0_f64])?;
/// assert_eq!((bowl.point[0], bowl.value), (1.0, 2.0));
/// assert!(bowl.point[1].abs() < 1e-100 && bowl.gradient[1].abs() < 1e-100);
/// assert_eq!(bowl.hessian, [[2.0, 0.0], [0.0, 6.0]]);
/// # Ok::<(), chainrule::solve::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Minimum<T, Row = Vec<T>, Matrix = Vec<Vec<T>>> {
    /// Where it is.
    pub point: Row,
    /// The value there.
    pub value: T,
    /// The gradient there: zero to rounding.
    pub gradient: Row,
    /// The Hessian there.
    pub hessian: Matrix,
    /// How many steps it took.
    pub steps: usize,
}

/// A local minimum of a function of `N` variables, by Newton's method within a trust region, with the exact Hessian.
///
/// It falls from step to step, leaves saddles, and ends with Newton steps until the point no longer moves. Any closure of
/// `[Jet; N]` will do, and so will `lift` of an annotated function. For derivatives of the minimiser by parameters see
/// [`implicit_minimizer`](super::implicit_minimizer).
///
/// A plateau counts as a minimum: where the derivatives promise no more than rounding errors of the value within reach. At a kink
/// derivatives do not lead to the minimum, and there is an error.
///
/// # Errors
/// [`Error::NotFinite`] at the start, [`Error::NoDescent`] at a kink or with wrong derivatives, [`Error::Unbounded`] where the function falls to minus infinity, [`Error::NotConverged`].
///
/// # Examples
/// ```
/// use chainrule::{differentiate, solve::minimize};
///
/// let minimum = minimize(|[x, y]| (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2), [-1.2, 1.0])?;
/// assert_eq!((minimum.point, minimum.value), ([1.0, 1.0], 0.0));
///
/// #[differentiate]
/// fn well(x: [f64; 1]) -> f64 {
///     x[0].powi(4) - x[0].powi(2)
/// }
/// // From the maximum at 0 it goes down to one of the minima.
/// assert!((minimize(well::lift, [0.0_f64])?.point[0].abs() - 0.5_f64.sqrt()).abs() < 1e-15);
/// # Ok::<(), chainrule::solve::Error>(())
/// ```
#[allow(clippy::type_complexity)]
pub fn minimize<T: Primitive, const N: usize>(
    f: impl Fn([Jet<T, N>; N]) -> Jet<T, N>,
    start: [T; N],
) -> Result<Minimum<T, [T; N], [[T; N]; N]>, Error> {
    minimize_with_hessian(|x| value_gradient_hessian(&f, x), start)
}

/// As [`minimize`], of a function that gives value, gradient and Hessian: `value_gradient_hessian` of an annotated function.
///
/// # Errors
/// As [`minimize`].
///
/// # Examples
/// ```
/// use chainrule::{differentiate, solve::minimize_with_hessian};
///
/// #[differentiate]
/// fn bowl(x: [f64; 2]) -> f64 {
///     (x[0] - 1.0).cosh() + (x[1] + 2.0).powi(2)
/// }
/// assert_eq!(minimize_with_hessian(bowl::value_gradient_hessian, [5.0, 5.0])?.point, [1.0, -2.0]);
/// # Ok::<(), chainrule::solve::Error>(())
/// ```
#[allow(clippy::type_complexity)]
pub fn minimize_with_hessian<T: Primitive, const N: usize>(
    mut f: impl FnMut([T; N]) -> (T, [T; N], [[T; N]; N]),
    start: [T; N],
) -> Result<Minimum<T, [T; N], [[T; N]; N]>, Error> {
    let (place, steps) = find(
        &mut |x, gradient, hessian| {
            let (value, slopes, rows) = f(to_array(x));
            gradient.copy_from_slice(&slopes);
            hessian.copy_from_slice(rows.as_flattened());
            value
        },
        &start,
    )?;
    Ok(Minimum {
        point: to_array(&place.x),
        value: place.value,
        gradient: to_array(&place.gradient),
        hessian: core::array::from_fn(|i| to_array(&place.hessian[i * N..])),
        steps,
    })
}

/// As [`minimize`], of as many variables as `start` is long.
///
/// # Errors
/// As [`minimize`].
///
/// # Examples
/// ```
/// use chainrule::{Jet, solve::minimize_slice};
/// let minimum = minimize_slice(
///     |x| x.iter().map(|x| (*x - 3.0).powi(4) + *x * *x).sum::<Jet<f64, 8>>(),
///     &[0.0; 20],
/// )?;
/// let x = minimum.point[19];
/// assert!((4.0 * (x - 3.0).powi(3) + 2.0 * x).abs() < 1e-14);
/// # Ok::<(), chainrule::solve::Error>(())
/// ```
pub fn minimize_slice<T: Primitive>(
    mut f: impl FnMut(&[Jet<T, CHUNK>]) -> Jet<T, CHUNK>,
    start: &[T],
) -> Result<Minimum<T>, Error> {
    let mut workspace = Workspace::new();
    minimize_slice_with_hessian(
        |x, gradient, hessian| hessian_into_with(&mut f, x, gradient, hessian, &mut workspace),
        start,
    )
}

/// As [`minimize_slice`], of a function that writes gradient and Hessian, flat, row by row, and gives the value:
/// `hessian_into` of an annotated function.
///
/// # Errors
/// As [`minimize`].
///
/// # Examples
/// ```
/// use chainrule::{differentiate, solve::minimize_slice_with_hessian};
///
/// #[differentiate]
/// fn squares(x: &[f64]) -> f64 {
///     let mut sum = 0.0;
///     for i in 0..x.len() {
///         sum += (x[i] - i as f64).powi(2);
///     }
///     sum
/// }
/// let minimum = minimize_slice_with_hessian(squares::hessian_into, &[9.0; 3])?;
/// assert_eq!(minimum.point, [0.0, 1.0, 2.0]);
/// # Ok::<(), chainrule::solve::Error>(())
/// ```
pub fn minimize_slice_with_hessian<T: Primitive>(
    mut f: impl FnMut(&[T], &mut [T], &mut [T]) -> T,
    start: &[T],
) -> Result<Minimum<T>, Error> {
    let (place, steps) = find(&mut f as &mut Evaluate<'_, T>, start)?;
    let Place {
        x,
        value,
        gradient,
        hessian,
    } = place;
    Ok(Minimum {
        hessian: hessian.chunks(x.len().max(1)).map(<[T]>::to_vec).collect(),
        point: x,
        value,
        gradient,
        steps,
    })
}
