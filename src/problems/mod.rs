//! Annotated functions as the problems of optimisation, fitting and differential-equation crates.
//!
//! A solver that takes closures needs nothing from here: what `#[differentiate]` generates has their signatures.
//!
//! | a solver that asks for | takes |
//! |---|---|
//! | `Fn(&[f64], &mut [f64]) -> f64` | `f::gradient_into`, where the input is a slice |
//! | `Fn(&[f64], Option<&mut [f64]>, ..) -> f64`, as NLopt does | `f::objective` |
//! | residuals and, if it wants, their Jacobian | `f::residuals` |
//! | `Fn(state, parameters, time, direction, out)`, as diffsol does | `f::jvp_into` |
//! | `f`, `f'`, `f''`, as Halley's method does | `f::value_and_derivatives` |
//! | a Hessian times a direction | `f::hvp`, `f::hvp_into` |
//!
//! Where a crate has traits, one of these macros writes a type and its implementations into the crate that calls it; this one depends on
//! none of them.
//!
//! | crate | macro | traits |
//! |---|---|---|
//! | argmin 0.11 | [`argmin_problem!`](crate::argmin_problem) | `CostFunction`, `Gradient`, `Hessian`; `Operator`, `Jacobian` |
//! | basin 3 | [`basin_problem!`](crate::basin_problem) | `CostFunction`, `Gradient`, `Hessian`; `Residual`, `Jacobian` |
//! | levenberg-marquardt 0.15 | [`levenberg_marquardt_problem!`](crate::levenberg_marquardt_problem) | `LeastSquaresProblem` |
//! | differential-equations 0.7 | [`ode_problem!`](crate::ode_problem) | `ODE` with its Jacobian |
//!
//! They read alike: a struct of the constants, the function with its constants behind the point, and the vectors that the solver
//! works on. The struct gets a `new` that takes its fields in their order.
//!
//! ```ignore
//! chainrule::argmin_problem! {
//!     /// How far a line is from measurements.
//!     struct Misfit { x: Vec<f64>, y: Vec<f64> }
//!     objective: misfit(x, y), vectors: Vec<f64>
//! }
//! Executor::new(Misfit::new(x, y), LBFGS::new(line_search, 7))
//! ```

mod argmin;
mod basin;
mod differential_equations;
#[doc(hidden)]
pub mod evaluate;
mod levenberg_marquardt;
mod memo;
mod vectors;

pub use memo::{Memo, NotANumber};
