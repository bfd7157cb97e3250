//! Pages of reference: what is returned where calculus is silent, and how far derivatives are off.

#[doc = include_str!("../docs/edges.md")]
pub mod edges {}

#[doc = include_str!("../docs/accuracy.md")]
pub mod accuracy {}
