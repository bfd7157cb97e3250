//! From a closure to its derivatives.

pub(crate) mod adjoint;
mod array;
mod output;
#[cfg(feature = "rayon")]
mod parallel;
mod scalar;
pub(crate) mod shape;
#[cfg(feature = "alloc")]
mod slice;
#[cfg(feature = "alloc")]
pub(crate) mod tape;
#[cfg(feature = "alloc")]
mod workspace;
#[cfg(feature = "alloc")]
pub(crate) mod written;

pub use array::{
    gradient, hessian, hvp, jacobian, jvp, value_and_gradient, value_and_jacobian,
    value_gradient_hessian,
};
pub use output::Output;
#[cfg(feature = "rayon")]
pub use parallel::{par_gradient_into, par_hessian_into, par_jacobian_into};
pub use scalar::{derivative, second_derivative, value_and_derivative, value_and_derivatives};
#[cfg(feature = "alloc")]
pub use slice::{
    gradient_into, gradient_into_with, hessian_into, hessian_into_with, hvp_into, hvp_into_with,
    jacobian_into, jacobian_into_with, jvp_slice, jvp_slice_with,
};
#[cfg(feature = "alloc")]
pub use workspace::{CHUNK, Workspace};
