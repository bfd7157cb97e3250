//! Random programs in the language of `#[differentiate]`, an interpreter that is their oracle, and the comparison.
//!
//! `generate` makes a program from a seed, `print` writes it as Rust, `interpret` runs it on the numbers of `number`,
//! and `check` compares what the compiled program gives with that.

pub mod check;
pub mod compiled;
mod double;
mod elementary;
pub mod generate;
pub mod interpret;
pub mod number;
pub mod print;
mod random;
pub mod shrink;
pub mod tree;
mod vocabulary;
