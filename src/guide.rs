//! Pages of reference: what is returned where calculus is silent, how far derivatives are off, and what solvers are handed.

#[doc = include_str!("../docs/edges.md")]
pub mod edges {}

#[doc = include_str!("../docs/accuracy.md")]
pub mod accuracy {}

#[cfg_attr(all(feature = "macros", feature = "alloc"), doc = include_str!("../docs/solvers.md"))]
#[cfg_attr(
    not(all(feature = "macros", feature = "alloc")),
    doc = "What solvers are handed; with the features `macros` and `alloc`."
)]
pub mod solvers {}
