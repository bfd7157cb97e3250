//! Solved problems from plain functions: linear systems, roots, minima, fits; and derivatives of all of these.
mod error;
mod least_squares;
mod levenberg_marquardt;
mod linear;
mod lu;
mod qr;
mod root;
mod solution;

pub use error::Error;
pub use least_squares::{
    Fit, curve_fit, least_squares, least_squares_slice, least_squares_slice_with_jacobian,
};
pub use linear::{Lu, inverse, linear_solve, linear_solve_slice};
pub use root::{fixed_point, root, root_slice, root_slice_with_jacobian, root_with_jacobian};
