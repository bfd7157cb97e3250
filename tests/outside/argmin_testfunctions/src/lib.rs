//! Every function of `argmin_testfunctions`, written anew as plain Rust under the attribute; and the functions of that package
//! themselves, which are generic, over our numbers. Its derivatives, worked out by hand, are the oracle of both.
#![cfg(test)]
// Written as the formulas are, index by index.
#![allow(clippy::needless_range_loop)]

mod oracle;
mod planar;
mod planar_functions;
mod sums;
mod sums_functions;
