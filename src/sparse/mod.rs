//! Jacobians and Hessians that are mostly zeros, at a cost that follows their structure.
//!
//! Three steps, of which the first two are done once: the *pattern*, where entries can be other than zero, is read off one run over
//! tracing numbers; *colours* are given to inputs such that those of one colour do not meet, so that one direction carries all of them
//! (Curtis, Powell and Reid, 1974); and at each point one product for each colour gives every entry.
//!
//! | shape, `n` inputs | colours |
//! |---|---|
//! | Jacobian or Hessian with `b` diagonals | at most `b` |
//! | Hessian of arrow shape: a full row and column, and the diagonal | 2 |
//! | Jacobian with a full column | 1 for that column, and those of the rest |
//! | Jacobian with a full row | `n`: forward products do not help there; take that row's gradient by itself |
//!
//! ```
//! use chainrule::sparse::{SparseHessian, SparseJacobian, hessian_pattern, jacobian_pattern};
//! use chainrule::differentiate;
//!
//! /// A chain in which each link feels its neighbours.
//! #[differentiate]
//! fn forces(x: &[f64], out: &mut [f64]) {
//!     for i in 0..x.len() {
//!         let left = if i == 0 { 0.0 } else { x[i - 1] };
//!         let right = if i + 1 == x.len() { 0.0 } else { x[i + 1] };
//!         out[i] = left + right - 2.0 * x[i] + 0.1 * x[i].powi(3);
//!     }
//! }
//!
//! let x = vec![0.5; 1000];
//! let pattern = jacobian_pattern(|x, out| forces::lift(x, out), &x, 1000);
//! let sparse = SparseJacobian::new(pattern);
//! assert_eq!((sparse.pattern().len(), sparse.colors()), (2998, 3));
//!
//! let mut forces_there = vec![0.0; 1000];
//! let entries = sparse.jacobian(|x, out| forces::lift(x, out), &x, &mut forces_there);
//! assert_eq!(&entries[..2], &[-2.0 + 0.3 * 0.25, 1.0]);
//!
//! /// An energy of the same chain; its gradient goes by a reverse sweep, so a product with its Hessian costs a few runs.
//! #[differentiate]
//! fn energy(x: &[f64]) -> f64 {
//!     let mut sum = 0.0;
//!     for i in 1..x.len() {
//!         sum += (x[i] - x[i - 1]).powi(4);
//!     }
//!     sum
//! }
//!
//! let sparse = SparseHessian::new(hessian_pattern(|x| energy::lift(x), &x));
//! assert_eq!((sparse.pattern().len(), sparse.colors()), (2998, 3));
//! let entries = sparse.hessian(|v, out| energy::hvp_into(&x, v, out));
//! assert_eq!(entries[0], 0.0); // (x[1] - x[0])² is 0 here, and the entry is in the pattern.
//! ```
//!
//! # What a pattern holds for
//!
//! For every point at which the function takes the same branches: entries that are zero at the traced point by chance are in it, and `max`, `abs`,
//! `clamp` and the like count for all they may pick. Where other branches read other inputs, trace at such a point and take the
//! [union](Pattern::union). `T::from(x.primal())` and the like hide a dependence from every derivative, and so from the pattern.

mod coloring;
mod hessian;
mod jacobian;
mod pattern;
mod trace;

pub use hessian::SparseHessian;
pub use jacobian::SparseJacobian;
pub use pattern::Pattern;
pub use trace::{hessian_pattern, jacobian_pattern};
