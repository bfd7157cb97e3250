//! Exact derivatives of ordinary Rust functions, on stable Rust.
//!
//! It is for you if you write a function of floats in Rust (a fit, a cost, a model, an equation to solve) and need its gradient, Jacobian
//! or Hessian, right to the last digits and at about the cost of derivatives by hand. It is not for tensors on a GPU, nor for functions
//! that you only have compiled. The [tour](guide::tour) shows all of it, the [guide] has a page for each question.
//!
//! A dual number is a value and a slope, `a + bε` with `ε² = 0`. Put `3 + 1ε` into `x² + 1` and multiply it out:
//! `(3 + 1ε)² + 1 = 9 + 6ε + ε² + 1 = 10 + 6ε`. The value is 10; the slope, 6, is the derivative at 3. No step was chosen and
//! nothing was approximated: every function carries its own rule for the slope.
//!
//! ```
//! use chainrule::{Dual, differentiate, hessian};
//!
//! let x = Dual::new(3.0, [1.0]);
//! assert_eq!(x * x + 1.0, 10.0);
//! assert_eq!((x * x + 1.0).eps, [6.0]);
//! assert_eq!(hessian(|[x, y]| x * x * y, [2.0, 3.0]), [[6.0, 4.0], [4.0, 0.0]]);
//!
//! #[differentiate]
//! fn energy(x: f64, y: f64) -> f64 {
//!     0.5 * x * x * y.ln()
//! }
//! assert_eq!(energy::gradient(2.0, 1.0), [0.0, 2.0]);
//! ```
//!
//! # Where to go
//!
//! | I have | I take |
//! |---|---|
//! | a closure of one number | [`derivative`], [`value_and_derivative`], [`second_derivative`], [`value_and_derivatives`] |
//! | a closure of an array | [`gradient`], [`jacobian`], [`hessian`], [`jvp`], [`hvp`], [`value_and_gradient`], [`value_and_jacobian`], [`value_gradient_hessian`] |
//! | a plain function | the attribute [`#[differentiate]`](macro@differentiate), which lists what it puts beside the function |
//! | a slice of any length | [`gradient_into`], [`jacobian_into`], [`hessian_into`], [`jvp_slice`], [`hvp_into`], and a [`Workspace`] |
//! | a generic function over `Float` | a number: [`Dual`], [`HyperDual`], [`Jet`] |
//! | a struct of floats | [`#[derive(Differentiable)]`](derive@Differentiable) |
//! | a system, a minimum, data to fit | [`solve`]: solutions, and their derivatives by parameters |
//! | a matrix that is mostly zeros | [`sparse`]: patterns, colours, and the entries |
//! | a solver of another crate | `f::objective` and its kin of the attribute; [`problems`]; the page on [solvers](guide::solvers) |
//! | derivatives that may be wrong | [`check`]: against differences, or against another way |
//! | decisions that may fall on a kink | [`watch`](mod@watch): a list of them, with their places |
//! | matrices, arrays, ODE solvers, text | a Cargo feature of that crate's name, such as `nalgebra_v0_35`; [`Parts`] for all floats of a number |
//! | a closure that may fail | the same drivers: `Option`, `Result`, tuples and arrays keep their shape, see [`Output`] |
//! | a message of the compiler | the page on [errors](guide::errors) |
//!
//! # Conventions
//!
//! The value of every operation is the plain one, bit for bit, and comparisons look at values only. A zero tangent stays zero,
//! also where the slope is infinite; where the value is NaN, live tangents are NaN. At kinks: `abs'(0) = relu'(0) = 0`, a tie of `max` is
//! shared half and half, `clamp` has the inner slope at its ends. Every such case stands in [`guide::edges`]; how far derivatives
//! are off, in [`guide::accuracy`].
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `std` | yes | the elementary functions of the standard library, [`problems`]; implies `alloc` |
//! | `alloc` | by `std` | slices of any length, [`Workspace`], [`check`], [`watch`](mod@watch), [`sparse`] and [`solve`] |
//! | `libm` | no | the elementary functions without the standard library: the page on [`no_std`](guide::no_std) |
//! | `macros` | yes | [`#[differentiate]`](macro@differentiate) and its derive |
//! | `special` | no | error, gamma, beta, Bessel functions and their company, as functions and methods |
//! | `nalgebra_v0_34`, `..35` | no | the numbers in nalgebra's matrices, and the closed forms of the page on [matrices](guide::matrices) |
//! | `simba_v0_9`, `simba_v0_10` | no | simba's `RealField` and `ComplexField` alone |
//! | `ndarray_v0_17` | no | numbers at the right of an array's operators |
//! | `approx` | no | approximate comparison of values, and with `AllParts` of every derivative |
//! | `serde` | no | numbers as structs of their parts |
//! | `rayon` | no | `par_gradient_into` and its kin, with the bits of one thread |
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
