//! Exact derivatives of ordinary Rust functions, on stable Rust.
//!
//! A dual number is a value and a slope, `a + bε` with `ε² = 0`. Put `3 + 1ε` into `x² + 1` and multiply it out:
//! `(3 + 1ε)² + 1 = 9 + 6ε + ε² + 1 = 10 + 6ε`. The value is 10; the slope, 6, is the derivative at 3. No step was chosen and
//! nothing was approximated: every function carries its own rule for the slope.
//!
//! ```
//! use chainrule::{derivative, gradient, hessian};
//!
//! assert_eq!(derivative(|x| x * x + 1.0, 3.0), 6.0);
//! assert_eq!(gradient(|[x, y]| x * x * y, [2.0, 3.0]), [12.0, 4.0]);
//! assert_eq!(hessian(|[x, y]| x * x * y, [2.0, 3.0]), [[6.0, 4.0], [4.0, 0.0]]);
//! ```
//!
//! # Where to go
//!
//! | I have | I take |
//! |---|---|
//! | a closure of one number | [`derivative`], [`value_and_derivative`], [`second_derivative`], [`value_and_derivatives`] |
//! | a closure of an array | [`gradient`], [`jacobian`], [`hessian`], [`jvp`], [`hvp`] and their `value_and_` forms |
//! | a slice of any length | `gradient_into`, `jacobian_into`, `hessian_into`, `jvp_slice`, `hvp_into`, and a `Workspace` |
//! | a plain function | the attribute `#[differentiate]` |
//! | a generic function over `Float` | a number: [`Dual`], [`HyperDual`], [`Jet`] |
//! | a system, a minimum, data to fit | [`solve`]: solutions, and their derivatives by parameters |
//! | a matrix that is mostly zeros | [`sparse`]: patterns, colours, and the entries |
//! | a solver of another crate | `f::objective` and its kin of the attribute; [`problems`] |
//! | derivatives that may be wrong | [`check`]: against differences, or against another way |
//! | decisions that may fall on a kink | [`watch`](mod@watch): a list of them, with their places |
//! | matrices, arrays, ODE solvers, text | a Cargo feature of that crate's name, such as `nalgebra_v0_35`; [`Parts`] for all floats of a number |
//! | a closure that may fail | the same drivers: `Option`, `Result`, tuples and arrays keep their shape, see [`Output`] |
//!
//! # Conventions
//!
//! The value of every operation is the plain one, bit for bit, and comparisons look at values only. A zero tangent stays zero,
//! also where the slope is infinite; where the value is NaN, live tangents are NaN. At kinks: `abs'(0) = relu'(0) = 0`, a tie of `max` is
//! shared half and half, `clamp` has the inner slope at its ends. Every such case stands in [`guide::edges`]; how far derivatives
//! are off, in [`guide::accuracy`].
// simba's traits have methods that are unsafe to call: there it is denied, and allowed in one place.
#![cfg_attr(
    not(any(feature = "simba_v0_9", feature = "simba_v0_10")),
    forbid(unsafe_code)
)]
#![cfg_attr(
    any(feature = "simba_v0_9", feature = "simba_v0_10"),
    deny(unsafe_code)
)]
#![cfg_attr(not(any(feature = "std", test)), no_std)]
// docs.rs builds with this flag, and shows at each item the feature that it needs.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(not(any(feature = "std", feature = "libm")))]
compile_error!(
    "chainrule needs the elementary functions; enable the feature `std` (default) or, for `no_std`, `libm`"
);

#[cfg(feature = "alloc")]
extern crate alloc;

mod rules;

mod lanes;

mod differentiable;
mod dual;
mod hyper_dual;
mod jet;

mod ops;

mod float;
mod parts;

mod drivers;
mod functions;

#[cfg(any(feature = "nalgebra_v0_34", feature = "nalgebra_v0_35"))]
mod matrix;

mod foreign;

#[cfg(feature = "alloc")]
pub mod check;
#[cfg(feature = "std")]
pub mod problems;
#[cfg(feature = "alloc")]
pub mod solve;
#[cfg(feature = "alloc")]
pub mod sparse;
#[cfg(feature = "alloc")]
pub mod watch;

pub mod guide;

pub use differentiable::Differentiable;
pub use drivers::*;
pub use dual::Dual;
#[allow(unused_imports)]
pub use foreign::*;
pub use functions::*;
pub use hyper_dual::HyperDual;
pub use jet::Jet;
#[cfg(any(feature = "nalgebra_v0_34", feature = "nalgebra_v0_35"))]
pub use matrix::MatrixError;
pub use parts::Parts;
#[cfg(feature = "special")]
pub use rules::Special;
pub use rules::{Activation, Primitive, RULES, RuleInfo, Scalar};

#[cfg(feature = "macros")]
pub use chainrule_derive::{Differentiable, differentiate};

#[doc(hidden)]
#[path = "private/mod.rs"]
pub mod __private;

/// The README's examples are tests.
#[cfg(all(doctest, feature = "macros"))]
#[doc = include_str!("../README.md")]
struct Readme;
