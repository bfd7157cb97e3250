//! The numbers inside other people's types and algorithms: their traits, each behind a feature of its own.

#[cfg(feature = "approx")]
mod approx;
#[cfg(any(feature = "nalgebra_v0_34", feature = "nalgebra_v0_35"))]
mod nalgebra;
#[cfg(feature = "ndarray_v0_17")]
mod ndarray;
#[cfg(feature = "rayon")]
mod rayon;
#[cfg(feature = "serde")]
mod serde;
#[cfg(any(feature = "simba_v0_9", feature = "simba_v0_10"))]
mod simba;

#[cfg(feature = "approx")]
pub use self::approx::AllParts;
#[cfg(feature = "nalgebra_v0_34")]
pub use self::nalgebra::nalgebra_v0_34;
#[cfg(feature = "nalgebra_v0_35")]
pub use self::nalgebra::nalgebra_v0_35;
#[cfg(feature = "rayon")]
pub use self::rayon::sum_in_order;
