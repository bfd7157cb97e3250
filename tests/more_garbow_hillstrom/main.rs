//! The 35 test problems of J. J. Moré, B. S. Garbow and K. E. Hillstrom, "Testing unconstrained optimization software",
//! ACM Transactions on Mathematical Software 7 (1981), 17-41, as plain functions under the attribute.
//!
//! The published values at the standard starting points and at the minima guard the transcription. The derivatives are held
//! against two oracles that know nothing of the attribute: the gradient `2 Jᵀ F` from a Jacobian of the residuals written by
//! hand, and extrapolated differences.

// Written as the formulas of the paper are, index by index.
#![allow(clippy::needless_range_loop)]
#![allow(clippy::manual_is_multiple_of, clippy::type_complexity)]

mod chains;
mod differences;
mod four_variables;
mod more_variables;
mod problem;
mod residuals;
mod residuals_written;
mod solved;
mod styles;
mod three_variables;
mod two_variables;
mod variable_coupled;
mod variable_linear;
mod variable_separable;
