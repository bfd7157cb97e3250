//! Derivatives of solutions by parameters, from the equations alone: the implicit function theorem.
//!
//! `F(x(p), p) = 0` gives `x' = -F_x⁻¹ F_p p'`. Over numbers that carry derivatives it is one Newton step from the solution,
//! which has the derivatives of first order exact, as the next step has those of the first three, and so on: every step
//! doubles what is exact.

use alloc::vec::Vec;

use super::error::{Error, all_finite};
use super::linear::{Lu, factors};
use super::lu::{solve_without_value, substitute};
use super::solution::{Scale, check_step};
use crate::rules::Scalar;
use crate::{CHUNK, Dual, Jet, Workspace, hessian_into_with, jacobian_into_with};

/// The root `x` of `f(x, p) = 0` as a function of the parameters: with the derivatives that `parameters` carry, to any order.
///
/// `x' = -f_x⁻¹ f_p p'` (implicit function theorem). `root` is the solution in plain floats, from [`root`](super::root) or
/// any other solver, at the values of the parameters; it stays the value of the result to the last bit, and how it was found
/// does not matter. What `f` leaves there of zero counts as rounding.
///
/// `f` is run once for first derivatives, twice for second and third ones, over a number with `N` more directions; `lift` of
/// an annotated function of `x` and `p` will do.
///
/// # Errors
/// [`Error::NotASolution`] where a Newton step would change a variable by more than half of its digits; [`Error::Singular`]
/// where `f_x` is, so that `x(p)` has no derivative; [`Error::NotFinite`].
///
/// # Examples
/// ```
/// use chainrule::{derivative, differentiate, second_derivative, solve::{implicit_root, root}};
///
/// #[differentiate]
/// fn square(x: [f64; 1], p: [f64; 1]) -> [f64; 1] {
///     [x[0] * x[0] - p[0]]
/// }
/// let x = root(|x| square::lift(x, [2.0.into()]), [1.0])?;
///
/// // The derivatives of √p at 2.
/// let [first] = derivative(|p| implicit_root(square::lift, x, [p]), 2.0)?;
/// let [second] = second_derivative(|p| implicit_root(square::lift, x, [p]), 2.0)?;
/// assert!((first - 0.5 / 2.0_f64.sqrt()).abs() < 1e-16);
/// assert!((second + 0.25 / 8.0_f64.sqrt()).abs() < 1e-16);
/// # Ok::<(), chainrule::solve::Error>(())
/// ```
pub fn implicit_root<S: Scalar, const N: usize, const P: usize>(
    f: impl Fn([Dual<S, N>; N], [Dual<S, N>; P]) -> [Dual<S, N>; N],
    root: [S::Primal; N],
    parameters: [S; P],
) -> Result<[S; N], Error> {
    refine(root, &parameters, |x| {
        let conditions = f(Dual::variables(x), parameters.map(Dual::constant));
        (conditions.map(|c| c.re), conditions.map(|c| c.eps))
    })
}

/// The fixed point `x = f(x, p)` as a function of the parameters.
///
/// `x' = (1 - f_x)⁻¹ f_p p'`; all else as for [`implicit_root`].
///
/// # Errors
/// As [`implicit_root`].
///
/// # Examples
/// ```
/// use chainrule::{derivative, solve::{fixed_point, implicit_fixed_point}};
///
/// // Kepler's equation, x = mean + e sin x: dx/de = sin x / (1 - e cos x).
/// let x = fixed_point(|[x]| [x.sin() * 0.5 + 1.0], [1.0_f64])?;
/// let [slope] = derivative(|e| implicit_fixed_point(|[x], [e]| [x.sin() * e + 1.0], x, [e]), 0.5)?;
/// assert!((slope - x[0].sin() / (1.0 - 0.5 * x[0].cos())).abs() < 1e-15);
/// # Ok::<(), chainrule::solve::Error>(())
/// ```
pub fn implicit_fixed_point<S: Scalar, const N: usize, const P: usize>(
    f: impl Fn([Dual<S, N>; N], [Dual<S, N>; P]) -> [Dual<S, N>; N],
    fixed_point: [S::Primal; N],
    parameters: [S; P],
) -> Result<[S; N], Error> {
    implicit_root(
        |x, p| {
            let image = f(x, p);
            core::array::from_fn(|i| x[i] - image[i])
        },
        fixed_point,
        parameters,
    )
}

/// The minimiser of `f(x, p)` over `x` as a function of the parameters; likewise a maximum or a saddle.
///
/// `x' = -f_xx⁻¹ f_xp p'`: the root of the gradient. All else as for [`implicit_root`].
///
/// # Errors
/// As [`implicit_root`].
///
/// # Examples
/// ```
/// use chainrule::{Jet, derivative, solve::{implicit_minimizer, minimize}};
///
/// // Ridge regression of one number: the minimum of (x - 3)² + p x² is at 3 / (1 + p).
/// let x = minimize(|[x]| (x - 3.0).powi(2) + x * x * 0.5, [0.0])?.point;
/// let [slope]: [f64; 1] = derivative(
///     |p| implicit_minimizer(|[x], [p]| (x - 3.0).powi(2) + p * x * x, x, [p]),
///     0.5,
/// )?;
/// assert!((slope + 3.0 / 2.25).abs() < 1e-15);
/// # Ok::<(), chainrule::solve::Error>(())
/// ```
pub fn implicit_minimizer<S: Scalar, const N: usize, const P: usize>(
    f: impl Fn([Jet<S, N>; N], [Jet<S, N>; P]) -> Jet<S, N>,
    minimizer: [S::Primal; N],
    parameters: [S; P],
) -> Result<[S; N], Error> {
    refine(minimizer, &parameters, |x| {
        let value = f(Jet::variables(x), parameters.map(Jet::constant));
        (value.gradient, value.hessian())
    })
}

/// As [`implicit_root`], of as many equations as `root` is long; `f` writes them to its last argument.
///
/// # Errors
/// As [`implicit_root`].
///
/// # Examples
/// ```
/// use chainrule::{Dual, solve::implicit_root_slice};
///
/// let p = [Dual::variable(4.0)];
/// let x = implicit_root_slice(
///     |x, p, y| {
///         y[0] = x[0] * x[0] - p[0];
///         y[1] = x[0] * x[1] - 6.0;
///     },
///     &[2.0, 3.0],
///     &p,
/// )?;
/// assert_eq!((x[0].derivative(), x[1].derivative()), (0.25, -0.375));
/// # Ok::<(), chainrule::solve::Error>(())
/// ```
pub fn implicit_root_slice<S: Scalar>(
    mut f: impl FnMut(&[Dual<S, CHUNK>], &[Dual<S, CHUNK>], &mut [Dual<S, CHUNK>]),
    root: &[S::Primal],
    parameters: &[S],
) -> Result<Vec<S>, Error> {
    let constants: Vec<_> = parameters.iter().copied().map(Dual::constant).collect();
    let mut workspace = Workspace::new();
    refine_slice(root, parameters, &mut |x, values, jacobian| {
        jacobian_into_with(
            |x, y| f(x, &constants, y),
            x,
            values,
            jacobian,
            &mut workspace,
        );
    })
}

/// As [`implicit_minimizer`], of as many variables as `minimizer` is long.
///
/// # Errors
/// As [`implicit_root`].
///
/// # Examples
/// ```
/// use chainrule::{Dual, solve::implicit_minimizer_slice};
///
/// // The minimum of Σ (x_i - i)² + p x_i² is at x_i = i / (1 + p).
/// let x = implicit_minimizer_slice(
///     |x, p| (0..x.len()).map(|i| (x[i] - i as f64).powi(2) + p[0] * x[i] * x[i]).sum(),
///     &[0.0, 0.5, 1.0],
///     &[Dual::variable(1.0)],
/// )?;
/// assert_eq!(x[2].derivative(), -0.5);
/// # Ok::<(), chainrule::solve::Error>(())
/// ```
pub fn implicit_minimizer_slice<S: Scalar>(
    mut f: impl FnMut(&[Jet<S, CHUNK>], &[Jet<S, CHUNK>]) -> Jet<S, CHUNK>,
    minimizer: &[S::Primal],
    parameters: &[S],
) -> Result<Vec<S>, Error> {
    let constants: Vec<_> = parameters.iter().copied().map(Jet::constant).collect();
    let mut workspace = Workspace::new();
    refine_slice(minimizer, parameters, &mut |x, gradient, hessian| {
        hessian_into_with(|x| f(x, &constants), x, gradient, hessian, &mut workspace);
    })
}

/// Writes the values of the conditions at a point, and their Jacobian row by row.
type Conditions<'c, S> = dyn FnMut(&[S], &mut [S], &mut [S]) + 'c;

fn refine_slice<S: Scalar>(
    solution: &[S::Primal],
    parameters: &[S],
    conditions: &mut Conditions<'_, S>,
) -> Result<Vec<S>, Error> {
    let n = solution.len();
    all_finite("the solution", solution)?;
    all_finite("the parameters", parameters)?;
    let mut x: Vec<S> = solution.iter().copied().map(S::from_primal).collect();
    let (mut values, mut jacobian) = (x.clone(), alloc::vec![S::zero(); n * n]);
    for pass in 0..passes::<S>() {
        conditions(&x, &mut values, &mut jacobian);
        all_finite("the residual at the solution", &values)?;
        let lu = Lu::new(&jacobian, n)?;
        if pass == 0 {
            let plain: Vec<_> = values.iter().map(|value| value.primal()).collect();
            check_step(
                solution,
                &lu.substitute(&plain),
                scale(solution, parameters),
            )?;
        }
        let level: Vec<S> = values.iter().copied().map(without_value).collect();
        for (x, step) in x.iter_mut().zip(lu.solve_without_value(&level)?) {
            *x = (*x - step).with_primal(x.primal());
        }
    }
    Ok(x)
}

/// Newton's steps over numbers, by conditions and their Jacobian.
fn refine<S: Scalar, const N: usize>(
    solution: [S::Primal; N],
    parameters: &[S],
    conditions: impl Fn([S; N]) -> ([S; N], [[S; N]; N]),
) -> Result<[S; N], Error> {
    all_finite("the solution", &solution)?;
    all_finite("the parameters", parameters)?;
    let mut x = solution.map(S::from_primal);
    for pass in 0..passes::<S>() {
        let (values, jacobian) = conditions(x);
        all_finite("the residual at the solution", &values)?;
        let (factors, order) = factors(&jacobian)?;
        let factors = (factors.as_flattened(), &order[..]);
        if pass == 0 {
            let mut step = solution;
            substitute(factors.0, factors.1, &values.map(S::primal), &mut step);
            check_step(&solution, &step, scale(&solution, parameters))?;
        }
        let level = values.map(without_value);
        let [mut step, mut residual, mut change] = [level; 3];
        let scratch = [&mut residual[..], &mut change];
        solve_without_value(jacobian.as_flattened(), factors, &level, &mut step, scratch)?;
        x = core::array::from_fn(|i| (x[i] - step[i]).with_primal(solution[i]));
    }
    Ok(x)
}

/// So many that the last makes the highest order exact: after `k` of them `2ᵏ - 1` orders are. One of them checks the solution.
const fn passes<S: Scalar>() -> usize {
    let doublings = usize::BITS - S::ORDER.leading_zeros();
    if doublings > 0 { doublings as usize } else { 1 }
}

/// The distance from the level that the solution is on: there it is zero.
fn without_value<S: Scalar>(residual: S) -> S {
    residual.with_primal(num_traits::zero())
}

fn scale<S: Scalar>(solution: &[S::Primal], parameters: &[S]) -> Scale<S::Primal> {
    let parameters = parameters.iter().map(|parameter| parameter.primal());
    Scale::of(parameters.chain(solution.iter().copied()))
}
