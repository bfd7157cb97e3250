//! Exact derivatives of ordinary Rust functions, on stable Rust.
#![cfg_attr(not(any(feature = "std", test)), no_std)]

#[cfg(not(any(feature = "std", feature = "libm")))]
compile_error!("chainrule needs the elementary functions; enable the feature `std` (default) or, for `no_std`, `libm`");

#[cfg(feature = "alloc")]
extern crate alloc;

mod rules;

mod dual;
mod hyper_dual;
mod jet;

mod ops;

mod float;

mod drivers;
mod functions;

pub use dual::Dual;
pub use drivers::*;
pub use functions::*;
pub use hyper_dual::HyperDual;
pub use jet::Jet;
pub use rules::{Activation, Primitive, RULES, RuleInfo, Scalar};

#[cfg(feature = "macros")]
pub use chainrule_derive::differentiate;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
