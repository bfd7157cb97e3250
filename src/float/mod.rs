//! What makes our types numbers: `f64`'s methods, `num_traits::Float` and its company, all generated from the rules.

mod company;
mod float_trait;
mod foreign;
mod format;
mod methods;
mod scalar;
mod slope;
#[cfg(feature = "special")]
mod special;
