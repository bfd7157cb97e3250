//! Proofs that a name means what the macro takes it for.

/// A function of this very type: every function has one of its own.
#[diagnostic::on_unimplemented(
    message = "this name is not the standard library's here, and so has no known derivative",
    label = "something else has this name",
    note = "rename the function, type or module of that name, or import it under another one"
)]
pub trait Is<F> {}
impl<F> Is<F> for F {}

/// Compiles where both are the same function.
pub fn is_known<F, G: Is<F>>(_: F, _: G) {}

/// An `Option` or a `Result`, whose methods describe an error with plain values.
#[diagnostic::on_unimplemented(
    message = "this method takes a differentiated value, and is not the one of `Option` or `Result`",
    label = "no `Option` or `Result`",
    note = "rename the method, or make it a function with `#[differentiate]`"
)]
pub trait Fallible {}
impl<T> Fallible for Option<T> {}
impl<T, E> Fallible for Result<T, E> {}
impl<T: Fallible> Fallible for &T {}
impl<T: Fallible> Fallible for &mut T {}

/// The value itself.
#[inline]
pub fn fallible<T: Fallible>(value: T) -> T {
    value
}
