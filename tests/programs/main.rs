//! Programs as an ordinary numeric Rust programmer writes them, with no thought of the attribute. Each is checked for
//! the bits of its value, for its gradient against differences of the plain function and, where it is smooth, for its
//! Hessian against differences of the gradient. A few values from textbooks say that the programs themselves are right.

// Formulas have short names and long numbers, and these programs keep their authors' habits; a closure in a check shows
// which arguments are the point, also where it is the function itself.
#![allow(
    clippy::many_single_char_names,
    clippy::excessive_precision,
    clippy::needless_range_loop,
    clippy::redundant_closure,
    clippy::too_many_arguments
)]

mod check;
mod colour;
mod economy;
mod finance;
mod geometry;
mod interpolation;
mod life;
mod likelihoods;
mod linear_algebra;
mod maps;
mod networks;
mod ode;
mod physics;
mod quadrature;
mod recurrences;
mod robotics;
mod roots;
mod signal;
mod special;
mod states;
mod statistics;
