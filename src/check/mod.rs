//! Are these derivatives right? Checks for tests: claims against differences, or against another way to compute them.
//!
//! Hand-written derivatives, given ones (`first(..)`, `second(..)`), and code whose derivatives one doubts are compared with high-order
//! differences of the plain function, which know nothing of rules. A [`Report`] says what is [`Wrong`](Verdict::Wrong), what is
//! [`Right`](Verdict::Right), and what the comparison cannot tell: at a kink, at a jump, in noise. Every number comes with its
//! uncertainty, so that a check of little worth does not look like a good one.
//!
//! | I claim | I call |
//! |---|---|
//! | the derivative by one number | [`derivative`] |
//! | the gradient of one output | [`gradient`] |
//! | the Jacobian of several | [`jacobian`] |
//! | the Hessian of one output | [`hessian`] |
//! | that two ways agree, to rounding | [`agreement`] |
//!
//! All take the function, the claim and the point, and hand the point to both as it is: a float, an array, a tuple, a `Vec`, a derived
//! struct, whatever is [`Differentiable`]. Results may have any such shape; gradients and matrices are read row by row.
//!
//! ```
//! use chainrule::{check, differentiate};
//!
//! #[differentiate]
//! fn rosenbrock(x: f64, y: f64) -> f64 {
//!     (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2)
//! }
//!
//! check::gradient(|[x, y]| rosenbrock(x, y), |[x, y]| rosenbrock::gradient(x, y), [1.2, 0.7]).assert();
//! check::hessian(|[x, y]| rosenbrock(x, y), |[x, y]| rosenbrock::hessian(x, y), [1.2, 0.7]).assert();
//! ```
//!
//! # How it is done
//!
//! Central and one-sided differences at steps from the root of rounding up to the size of the input (1 where that is larger), each four
//! times the one before, are extrapolated to step zero (Richardson, Ridders). The error of the result is estimated from the
//! extrapolation, and from the function's own noise, measured beside the point (Moré and Wild); claims are wrong when they are
//! ten times that off, and no step supports them. A first derivative costs about 60 evaluations for each input, a Hessian as many and 60 more for each pair.
//!
//! The function is called at points around `x`. Where it is not defined (NaN, infinite, `None`), one-sided differences take over; it must
//! not panic there.

mod compare;
mod component;
mod differences;
mod first;
mod function;
mod hint;
mod judgement;
mod ladder;
mod noise;
mod report;
mod second;

pub use component::{Component, Finding, Verdict};
pub use report::Report;

use crate::Differentiable;
use crate::rules::Primitive;
use compare::{first_order, second_order, two_ways};
use function::{Function, Plain, copy, flat};
use report::Subject;

/// Compares a claimed derivative with differences of the function.
///
/// `f'(x)` for one number `x`; of a function with several outputs, one derivative each.
///
/// # Panics
/// If there is not one input, or not a derivative for each output.
///
/// # Examples
/// ```
/// use chainrule::{check, differentiate, sigmoid};
///
/// #[differentiate]
/// fn neuron(x: f64) -> f64 {
///     sigmoid(3.0 * x - 1.0)
/// }
///
/// check::derivative(neuron, neuron::derivative, 0.3).assert();
/// check::derivative(f64::tanh, |x| 1.0 - x.tanh().powi(2), 0.3).assert();
/// ```
#[track_caller]
pub fn derivative<T, A, O, G>(f: impl FnMut(A) -> O, claim: impl FnOnce(A) -> G, x: A) -> Report
where
    T: Primitive,
    A: Differentiable<T>,
    O: Differentiable<T>,
    G: Differentiable<T>,
{
    let function = Function::new(f, &x);
    let inputs = function.inputs();
    assert!(
        inputs == 1,
        "a derivative is by one input, and there are {inputs}"
    );
    first_order(Subject::Derivative, function, &flat(&claim(x)))
}

/// Compares a claimed gradient with differences of the function.
///
/// `[df/dx_0, ..]`, in any shape with as many numbers as the point has.
///
/// # Panics
/// If there is not one output, or not a derivative for each input.
///
/// # Examples
/// ```
/// use chainrule::check;
///
/// let f = |[x, y]: [f64; 2]| x * x * y;
/// check::gradient(f, |[x, y]| [2.0 * x * y, x * x], [2.0, 3.0]).assert();
///
/// let mistaken = check::gradient(f, |[x, y]| [x * x, 2.0 * x * y], [2.0, 3.0]);
/// assert!(mistaken.to_string().contains("gradient[0]: claimed 4.0, differences say 12.000"));
/// assert!(mistaken.to_string().contains("expected at gradient[1]; exchanged?"));
/// ```
#[track_caller]
pub fn gradient<T, A, O, G>(f: impl FnMut(A) -> O, claim: impl FnOnce(A) -> G, x: A) -> Report
where
    T: Primitive,
    A: Differentiable<T>,
    O: Differentiable<T>,
    G: Differentiable<T>,
{
    let function = Function::new(f, &x);
    let outputs = function.value().len();
    assert!(
        outputs == 1,
        "a gradient is of one output, and there are {outputs}"
    );
    first_order(Subject::Gradient, function, &flat(&claim(x)))
}

/// Compares a claimed Jacobian with differences of the function.
///
/// One row for each output, one column for each input, in any shape that holds these numbers row by row.
///
/// # Panics
/// If the claim has another number of entries.
///
/// # Examples
/// ```
/// use chainrule::check;
///
/// let polar = |[r, a]: [f64; 2]| [r * a.cos(), r * a.sin()];
/// check::jacobian(polar, |[r, a]| [[a.cos(), -r * a.sin()], [a.sin(), r * a.cos()]], [2.0, 0.5]).assert();
/// ```
#[track_caller]
pub fn jacobian<T, A, O, G>(f: impl FnMut(A) -> O, claim: impl FnOnce(A) -> G, x: A) -> Report
where
    T: Primitive,
    A: Differentiable<T>,
    O: Differentiable<T>,
    G: Differentiable<T>,
{
    first_order(Subject::Jacobian, Function::new(f, &x), &flat(&claim(x)))
}

/// Compares a claimed Hessian with second differences of the function.
///
/// Second differences lose twice as many digits as first ones. Where the gradient is known to be right, its Jacobian is a sharper check:
/// `check::jacobian(f::gradient, f::hessian, x)`.
///
/// # Panics
/// If there is not one output, or the claim has not a row and a column for each input.
///
/// # Examples
/// ```
/// use chainrule::check;
///
/// check::hessian(|[x, y]: [f64; 2]| x * x * y, |[x, y]| [[2.0 * y, 2.0 * x], [2.0 * x, 0.0]], [2.0, 3.0]).assert();
/// ```
#[track_caller]
pub fn hessian<T, A, O, G>(f: impl FnMut(A) -> O, claim: impl FnOnce(A) -> G, x: A) -> Report
where
    T: Primitive,
    A: Differentiable<T>,
    O: Differentiable<T>,
    G: Differentiable<T>,
{
    let function = Function::new(f, &x);
    let outputs = function.value().len();
    assert!(
        outputs == 1,
        "a Hessian is of one output, and there are {outputs}"
    );
    second_order(function, &flat(&claim(x)))
}

/// Compares two ways to compute the same derivatives, say compiled code with dual numbers.
///
/// They must agree to rounding: within 1000 ulp of each, or 16 ulp of the largest in the same row, in which terms may have cancelled. Where one has a number
/// and the other has not, as may be at a singular point, the verdict is [`Verdict::Unclear`].
///
/// # Panics
/// If the two have not as many numbers.
///
/// # Examples
/// ```
/// use chainrule::{check, differentiate, gradient};
///
/// #[differentiate]
/// fn rosenbrock(x: f64, y: f64) -> f64 {
///     (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2)
/// }
///
/// let compiled = |[x, y]: [f64; 2]| rosenbrock::gradient(x, y);
/// check::agreement(compiled, |x| gradient(|[x, y]| rosenbrock::lift(x, y), x), [1.2, 0.7]).assert();
/// ```
#[track_caller]
pub fn agreement<T, A, G, H>(
    claim: impl FnOnce(A) -> G,
    reference: impl FnOnce(A) -> H,
    x: A,
) -> Report
where
    T: Primitive,
    A: Differentiable<T>,
    G: Differentiable<T>,
    H: Differentiable<T>,
{
    let point = flat(&x);
    let claimed = flat(&claim(copy(&x)));
    two_ways::<T>(point, &claimed, &flat(&reference(x)))
}
