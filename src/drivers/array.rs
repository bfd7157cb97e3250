//! A fixed number of variables: everything in one pass, on the stack.

use super::Output;
use crate::rules::Scalar;
use crate::{Dual, HyperDual, Jet};

/// The gradient `[df/dx_0, ..]` at `x`, all directions in one pass.
///
/// Arrays of outputs give one gradient each; `Option` and `Result` pass through.
///
/// # Examples
/// ```
/// use chainrule::gradient;
/// assert_eq!(gradient(|[x, y]| (2.0 * x).sin() * y, [0.0, 3.0]), [6.0, 0.0]);
/// ```
#[inline]
pub fn gradient<T: Scalar, O: Output<Dual<T, N>>, const N: usize>(
    f: impl FnOnce([Dual<T, N>; N]) -> O,
    x: [T; N],
) -> O::Shape<[T; N]> {
    f(Dual::variables(x)).map_numbers(&mut |y| y.eps)
}

/// The value and the gradient at `x`, a pair for each number of the output.
///
/// # Examples
/// ```
/// use chainrule::value_and_gradient;
/// assert_eq!(value_and_gradient(|[x, y]| x * y, [2.0, 3.0]), (6.0, [3.0, 2.0]));
/// ```
#[inline]
pub fn value_and_gradient<T: Scalar, O: Output<Dual<T, N>>, const N: usize>(
    f: impl FnOnce([Dual<T, N>; N]) -> O,
    x: [T; N],
) -> O::Shape<(T, [T; N])> {
    f(Dual::variables(x)).map_numbers(&mut |y| (y.re, y.eps))
}

/// The Jacobian of an array of `M` outputs: row `i` is the gradient of output `i`.
///
/// Entry `[i][j]` is `dy_i/dx_j`. One pass, in which every number carries `N` slopes, however many outputs there are.
///
/// # Examples
/// ```
/// use chainrule::jacobian;
/// let polar = |[r, a]: [chainrule::Dual<f64, 2>; 2]| [r * a.cos(), r * a.sin()];
/// assert_eq!(jacobian(polar, [2.0, 0.0]), [[1.0, 0.0], [0.0, 2.0]]);
/// ```
#[inline]
pub fn jacobian<T: Scalar, const N: usize, const M: usize>(
    f: impl FnOnce([Dual<T, N>; N]) -> [Dual<T, N>; M],
    x: [T; N],
) -> [[T; N]; M] {
    f(Dual::variables(x)).map(|y| y.eps)
}

/// The `M` outputs and their Jacobian, row by row.
///
/// # Examples
/// ```
/// use chainrule::value_and_jacobian;
/// let (value, rows) = value_and_jacobian(|[x, y]| [x + y, x * y], [2.0, 3.0]);
/// assert_eq!((value, rows), ([5.0, 6.0], [[1.0, 1.0], [3.0, 2.0]]));
/// ```
#[inline]
pub fn value_and_jacobian<T: Scalar, const N: usize, const M: usize>(
    f: impl FnOnce([Dual<T, N>; N]) -> [Dual<T, N>; M],
    x: [T; N],
) -> ([T; M], [[T; N]; M]) {
    let outputs = f(Dual::variables(x));
    (outputs.map(|y| y.re), outputs.map(|y| y.eps))
}

/// The Hessian at `x`, row by row, in one pass; symmetric to the last bit.
///
/// Entry `[i][j]` is `d²f/dx_i dx_j`. Every number carries `N` slopes and a triangle of `N (N+1)/2` second derivatives: for many inputs
/// take `hessian_into`, which goes in blocks, or the attribute.
///
/// # Examples
/// ```
/// use chainrule::hessian;
/// assert_eq!(hessian(|[x, y]| x * x * y, [2.0, 3.0]), [[6.0, 4.0], [4.0, 0.0]]);
/// ```
#[inline]
pub fn hessian<T: Scalar, O: Output<Jet<T, N>>, const N: usize>(
    f: impl FnOnce([Jet<T, N>; N]) -> O,
    x: [T; N],
) -> O::Shape<[[T; N]; N]> {
    f(Jet::variables(x)).map_numbers(&mut |y| y.hessian())
}

/// The value, the gradient and the Hessian at `x`, in one pass.
///
/// # Examples
/// ```
/// use chainrule::value_gradient_hessian;
/// let (value, gradient, hessian) = value_gradient_hessian(|[x, y]| x * x * y, [2.0, 3.0]);
/// assert_eq!((value, gradient, hessian), (12.0, [12.0, 4.0], [[6.0, 4.0], [4.0, 0.0]]));
/// ```
#[inline]
#[allow(clippy::type_complexity)]
pub fn value_gradient_hessian<T: Scalar, O: Output<Jet<T, N>>, const N: usize>(
    f: impl FnOnce([Jet<T, N>; N]) -> O,
    x: [T; N],
) -> O::Shape<(T, [T; N], [[T; N]; N])> {
    f(Jet::variables(x)).map_numbers(&mut |y| (y.re, y.gradient, y.hessian()))
}

/// The value and the Jacobian-vector product: the derivative of `f` at `x` in the direction `v`.
///
/// `J(x)·v`, in one pass that carries one slope; an array of outputs gives a pair for each.
///
/// # Examples
/// ```
/// use chainrule::jvp;
/// assert_eq!(jvp(|[x, y]| x * y, [2.0, 3.0], [1.0, 10.0]), (6.0, 23.0));
/// ```
#[inline]
pub fn jvp<T: Scalar, O: Output<Dual<T>>, const N: usize>(
    f: impl FnOnce([Dual<T>; N]) -> O,
    x: [T; N],
    v: [T; N],
) -> O::Shape<(T, T)> {
    f(core::array::from_fn(|i| Dual::new(x[i], [v[i]])))
        .map_numbers(&mut |y| (y.re, y.derivative()))
}

/// The Hessian-vector product `H(x)·v`, one pass per component; `f` is run `N` times.
///
/// # Examples
/// ```
/// use chainrule::hvp;
/// assert_eq!(hvp(|[x, y]| x * x * y, [2.0, 3.0], [1.0, 0.0]), [6.0, 4.0]);
/// ```
#[inline]
pub fn hvp<T: Scalar, const N: usize>(
    f: impl Fn([HyperDual<T>; N]) -> HyperDual<T>,
    x: [T; N],
    v: [T; N],
) -> [T; N] {
    core::array::from_fn(|i| {
        f(core::array::from_fn(|j| {
            HyperDual::new(
                x[j],
                v[j],
                if i == j { T::one() } else { T::zero() },
                T::zero(),
            )
        }))
        .eps1eps2
    })
}
