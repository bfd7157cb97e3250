//! What generated code calls. Not part of the public interface: it changes with the macro, which is pinned to this version.

mod argument;
mod compiled;
mod field;
pub mod functions;
mod known;
mod lanes;
mod lent;
mod nested;
mod open;
mod passed;
mod plain;
mod reversed;
mod shorthand;
pub mod slopes;
mod solver;
#[cfg(feature = "special")]
mod special;

#[cfg(feature = "alloc")]
pub use alloc::vec::Vec;

pub use self::argument::*;
pub use self::compiled::*;
pub use self::field::*;
pub use self::known::*;
pub use self::lanes::*;
pub use self::lent::*;
pub use self::nested::*;
pub use self::open::*;
pub use self::passed::*;
pub use self::plain::*;
pub use self::reversed::*;
pub use self::shorthand::*;
pub use self::solver::*;
pub use crate::differentiable::{Differentiable, Form, total_count};
pub use crate::drivers::adjoint::*;
pub use crate::drivers::shape::*;
#[cfg(feature = "alloc")]
pub use crate::drivers::tape::Tape;
#[cfg(feature = "alloc")]
pub use crate::drivers::written::*;
pub use crate::drivers::*;
pub use crate::ops::Left;
#[cfg(feature = "special")]
pub use crate::rules::Special;
pub use crate::rules::{Activation, Family, Partial, Primitive, Scalar};
pub use crate::{Dual, HyperDual, Jet};

#[cfg(feature = "macros")]
pub use chainrule_derive::__vocabulary as vocabulary;

/// The first tokens with an allocator, the second without.
#[doc(hidden)]
#[cfg(feature = "alloc")]
#[macro_export]
macro_rules! __with_alloc {
    ({ $($yes:tt)* } { $($no:tt)* }) => { $($yes)* };
}
#[doc(hidden)]
#[cfg(not(feature = "alloc"))]
#[macro_export]
macro_rules! __with_alloc {
    ({ $($yes:tt)* } { $($no:tt)* }) => { $($no)* };
}
pub use crate::__with_alloc as with_alloc;
