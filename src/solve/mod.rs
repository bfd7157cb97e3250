//! Solved problems from plain functions, and derivatives of their solutions.
//!
//! Roots, minima and fits by Newton's method and its kin, with exact derivatives, in one line:
//!
//! | I want | I call | with compiled derivatives of the attribute |
//! |---|---|---|
//! | `x` with `A x = b` | [`linear_solve`], [`linear_solve_slice`], [`Lu`], [`inverse`] | |
//! | `x` with `f(x) = 0` | [`root`], [`root_slice`] | [`root_with_jacobian`], [`root_slice_with_jacobian`] |
//! | `x` with `f(x) = x` | [`fixed_point`] | |
//! | the least `f(x)` | [`minimize`], [`minimize_slice`] | [`minimize_with_hessian`], [`minimize_slice_with_hessian`] |
//! | a curve through data | | [`curve_fit`] |
//! | the least sum of squares | [`least_squares`], [`least_squares_slice`] | [`least_squares_slice_with_jacobian`] |
//! | derivatives of a solution by parameters | [`implicit_root`], [`implicit_fixed_point`], [`implicit_minimizer`], [`implicit_root_slice`], [`implicit_minimizer_slice`]; [`linear_solve`] | |
//!
//! ```
//! use chainrule::{derivative, differentiate, solve};
//!
//! #[differentiate]
//! fn kepler(x: [f64; 1], p: [f64; 2]) -> [f64; 1] {
//!     [x[0] - p[0] * x[0].sin() - p[1]]
//! }
//!
//! // The eccentric anomaly at eccentricity 0.5 and mean anomaly 1, and how it moves with the eccentricity.
//! let x = solve::root(|x| kepler::lift(x, [0.5.into(), 1.0.into()]), [1.0])?;
//! let slope = derivative(|e| solve::implicit_root(kepler::lift, x, [e, 1.0.into()]), 0.5)?;
//! assert!((slope[0] - x[0].sin() / (1.0 - 0.5 * x[0].cos())).abs() < 1e-15);
//! # Ok::<(), solve::Error>(())
//! ```
//!
//! # Derivatives of solutions
//!
//! Numbers that carry derivatives must not go through the iterations of a solver: it stops when the *value* has converged,
//! and the derivative lags behind. So solutions are found in plain floats, by these solvers or any other, and get their
//! derivatives from the equations that they satisfy (the implicit function theorem; `custom_root` in JAX, `ImplicitFunction`
//! in Julia): numbers in, numbers out, to any order that they carry, at the cost of one or two evaluations and as many
//! factorisations of floats.
//!
//! # What can go wrong
//!
//! Everything here gives a [`Result`], and an [`Error`] tells cause and remedy: a singular matrix, a NaN at the start, no
//! convergence, slices that do not fit. Points outside the domain of a function (NaN, infinity) are no errors on the way;
//! steps there are shortened.

mod error;
mod finish;
mod implicit;
mod least_squares;
mod levenberg_marquardt;
mod linear;
mod lu;
mod minimize;
mod place;
mod qr;
mod root;
mod solution;
mod symmetric;
mod trust_region;

pub use error::Error;
pub use implicit::{
    implicit_fixed_point, implicit_minimizer, implicit_minimizer_slice, implicit_root,
    implicit_root_slice,
};
pub use least_squares::{
    Fit, curve_fit, least_squares, least_squares_slice, least_squares_slice_with_jacobian,
};
pub use linear::{Lu, inverse, linear_solve, linear_solve_slice};
pub use minimize::{
    Minimum, minimize, minimize_slice, minimize_slice_with_hessian, minimize_with_hessian,
};
pub use root::{fixed_point, root, root_slice, root_slice_with_jacobian, root_with_jacobian};
