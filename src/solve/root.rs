//! Roots of systems, and fixed points.

use alloc::vec::Vec;

use super::error::Error;
use super::levenberg_marquardt::{Solution, minimize_squares};
use super::place::Evaluate;
use super::qr::norm;
use super::solution::{Scale, check_step};
use crate::rules::{Primitive, to_f64};
use crate::{CHUNK, Dual, Workspace, jacobian_into_with, value_and_jacobian};

/// The root of a system of `N` equations: `f(x) = 0`.
///
/// Newton's method within a trust region, with the exact Jacobian: where a full Newton step does not reduce `‖f‖²` as it
/// promises, the step is shortened and turned towards steepest descent (Levenberg, Marquardt, Moré). Where the Jacobian is
/// regular at the root, the last steps are Newton's, until `x` no longer moves.
///
/// A root where the Jacobian is singular, as a double one, is found to the digits that rounding leaves of it: half of them.
///
/// Any closure of `[Dual; N]` is a system, and so is `lift` of an annotated function. For derivatives of the root by parameters see
/// [`implicit_root`](super::implicit_root).
///
/// # Errors
/// [`Error::NotFinite`] at the start, [`Error::NoRoot`] where `‖f‖` has a minimum that is not zero, [`Error::NotConverged`].
///
/// # Examples
/// ```
/// use chainrule::{differentiate, solve::root};
///
/// let [x, y] = root(|[x, y]| [x * x + y * y - 4.0, x - y], [1.0, 2.0])?;
/// assert!((x - 2.0_f64.sqrt()).abs() < 1e-15 && x == y);
///
/// // One equation is an array of one.
/// let [x] = root(|[x]| [x.cos() - x], [0.5_f64])?;
/// assert!((x.cos() - x).abs() < 1e-15);
///
/// #[differentiate]
/// fn system(x: [f64; 2]) -> [f64; 2] {
///     [x[0].exp() - 2.0, x[0] * x[1] - 1.0]
/// }
/// let [x, y] = root(system::lift, [1.0, 1.0])?;
/// assert!((x - 2.0_f64.ln()).abs() < 1e-15 && (x * y - 1.0).abs() < 1e-15);
/// # Ok::<(), chainrule::solve::Error>(())
/// ```
pub fn root<T: Primitive, const N: usize>(
    f: impl Fn([Dual<T, N>; N]) -> [Dual<T, N>; N],
    start: [T; N],
) -> Result<[T; N], Error> {
    root_with_jacobian(|x| value_and_jacobian(&f, x), start)
}

/// As [`root`], of a function that gives `f(x)` together with the Jacobian, row by row: `value_and_jacobian` of an annotated
/// function.
///
/// # Errors
/// As [`root`].
///
/// # Examples
/// ```
/// use chainrule::{differentiate, solve::root_with_jacobian};
///
/// #[differentiate]
/// fn system(x: [f64; 2]) -> [f64; 2] {
///     [x[0] * x[1] - 6.0, x[0] - x[1] - 1.0]
/// }
/// assert_eq!(root_with_jacobian(system::value_and_jacobian, [2.0, 1.0]), Ok([3.0, 2.0]));
/// ```
pub fn root_with_jacobian<T: Primitive, const N: usize>(
    mut f: impl FnMut([T; N]) -> ([T; N], [[T; N]; N]),
    start: [T; N],
) -> Result<[T; N], Error> {
    let root = find(&mut of_array(&mut f), &start)?;
    Ok(to_array(&root))
}

/// As [`root`], of as many equations as `start` is long; `f` writes them to its second argument.
///
/// # Errors
/// As [`root`].
///
/// # Examples
/// ```
/// use chainrule::solve::root_slice;
///
/// // Every number is the mean of its neighbours, which are 0 and 4 at the ends.
/// let means: Vec<f64> = root_slice(
///     |x, y| {
///         let at = |i: usize| if i < x.len() { x[i] } else { x[0] * 0.0 + 4.0 };
///         y[0] = x[0] * 2.0 - at(1);
///         (1..x.len()).for_each(|i| y[i] = x[i] * 2.0 - x[i - 1] - at(i + 1));
///     },
///     &[0.0; 3],
/// )?;
/// assert!(means.iter().zip([1.0, 2.0, 3.0]).all(|(x, mean)| (x - mean).abs() < 1e-14));
/// # Ok::<(), chainrule::solve::Error>(())
/// ```
pub fn root_slice<T: Primitive>(
    mut f: impl FnMut(&[Dual<T, CHUNK>], &mut [Dual<T, CHUNK>]),
    start: &[T],
) -> Result<Vec<T>, Error> {
    let mut workspace = Workspace::new();
    root_slice_with_jacobian(
        |x, value, jacobian| jacobian_into_with(&mut f, x, value, jacobian, &mut workspace),
        start,
    )
}

/// As [`root_slice`], of a function that writes `f(x)` and the Jacobian, flat, row by row: `jacobian_into` of an annotated
/// function.
///
/// # Errors
/// As [`root`].
///
/// # Examples
/// ```
/// use chainrule::{differentiate, solve::root_slice_with_jacobian};
///
/// #[differentiate]
/// fn squares(x: &[f64], y: &mut [f64]) {
///     for i in 0..x.len() {
///         y[i] = x[i] * x[i] - (i + 1) as f64;
///     }
/// }
/// let roots = root_slice_with_jacobian(squares::jacobian_into, &[1.0; 4])?;
/// assert_eq!((roots[0], roots[3]), (1.0, 2.0));
/// # Ok::<(), chainrule::solve::Error>(())
/// ```
pub fn root_slice_with_jacobian<T: Primitive>(
    mut f: impl FnMut(&[T], &mut [T], &mut [T]),
    start: &[T],
) -> Result<Vec<T>, Error> {
    find(&mut f, start)
}

/// The fixed point `x = f(x)`, found as the root of `x - f(x)`.
///
/// So `f` need not be a contraction, and convergence is quadratic.
///
/// # Errors
/// As [`root`].
///
/// # Examples
/// ```
/// use chainrule::solve::fixed_point;
/// let [x] = fixed_point(|[x]| [x.cos()], [1.0_f64])?;
/// assert!((x - 0.739_085_133_215_160_6).abs() < 1e-15);
/// # Ok::<(), chainrule::solve::Error>(())
/// ```
pub fn fixed_point<T: Primitive, const N: usize>(
    f: impl Fn([Dual<T, N>; N]) -> [Dual<T, N>; N],
    start: [T; N],
) -> Result<[T; N], Error> {
    root(
        |x| {
            let image = f(x);
            core::array::from_fn(|i| x[i] - image[i])
        },
        start,
    )
}

fn find<T: Primitive>(evaluate: &mut Evaluate<'_, T>, start: &[T]) -> Result<Vec<T>, Error> {
    let solution = minimize_squares(evaluate, start, start.len())?;
    if is_root(&solution, start) {
        return Ok(solution.x);
    }
    let residual = to_f64(norm(solution.residuals.iter().copied()));
    Err(Error::NoRoot { residual })
}

/// Whether rounding errors are all that is left, or what Newton's step changes is nothing.
///
/// Where the Jacobian is singular at the root, steps are not short beside the point, which may go to zero, but beside the
/// start, and the residuals are nothing by all digits twice.
fn is_root<T: Primitive>(solution: &Solution<T>, start: &[T]) -> bool {
    let residual = norm(solution.residuals.iter().copied());
    if residual == T::zero() || solution.is_rounding {
        return true;
    }
    let scale = Scale::of(start.iter().chain(&solution.x).copied());
    let (step, _) = solution.qr.step(T::zero(), &[]);
    let is_short = solution.qr.has_full_rank() && check_step(&solution.x, &step, scale).is_ok();
    let nothing = T::round_from(64.0) * T::epsilon() * T::epsilon() * solution.first_length;
    // A function that goes to zero far out has no root there.
    let is_near = T::epsilon() * norm(solution.x.iter().copied()) <= norm(start.iter().copied());
    is_short || (residual <= nothing && is_near && scale.hides(&step))
}

/// Arrays as the methods see them.
pub(super) fn of_array<T: Primitive, const N: usize, const M: usize>(
    f: &mut impl FnMut([T; N]) -> ([T; M], [[T; N]; M]),
) -> impl FnMut(&[T], &mut [T], &mut [T]) {
    |x, value, jacobian| {
        let (values, rows) = f(to_array(x));
        value.copy_from_slice(&values);
        jacobian.copy_from_slice(rows.as_flattened());
    }
}

pub(super) fn to_array<T: Copy, const N: usize>(numbers: &[T]) -> [T; N] {
    core::array::from_fn(|i| numbers[i])
}
