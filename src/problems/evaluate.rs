//! What the macros' problems are asked for, at a point: computed, and looked at for NaN.

use alloc::vec::Vec;

use super::NotANumber;
use crate::rules::Scalar;

fn zeros<T: Scalar>(count: usize) -> Vec<T> {
    alloc::vec![T::zero(); count]
}

/// The value and the gradient that `objective` writes.
pub fn value_and_gradient<T: Scalar>(
    x: &[T],
    objective: impl FnOnce(&mut [T]) -> T,
) -> Result<(T, Vec<T>), NotANumber> {
    let mut gradient = zeros(x.len());
    let value = NotANumber::check("the objective", objective(&mut gradient), x)?;
    NotANumber::check_all("a slope of the objective", &gradient, x)?;
    Ok((value, gradient))
}

/// The Hessian that `objective` writes behind the gradient, row by row.
pub fn hessian<T: Scalar>(
    x: &[T],
    objective: impl FnOnce(&mut [T], &mut [T]) -> T,
) -> Result<Vec<T>, NotANumber> {
    let (mut gradient, mut hessian) = (zeros(x.len()), zeros(x.len() * x.len()));
    objective(&mut gradient, &mut hessian);
    NotANumber::check_all("an entry of the Hessian", &hessian, x)?;
    Ok(hessian)
}

/// So many residuals, as `residuals` writes them.
pub fn residuals<T: Scalar>(
    x: &[T],
    count: usize,
    residuals: impl FnOnce(&mut [T], Option<&mut [T]>),
) -> Result<Vec<T>, NotANumber> {
    let mut found = zeros(count);
    residuals(&mut found, None);
    NotANumber::check_all("a residual", &found, x)?;
    Ok(found)
}

/// The residuals and their Jacobian, row by row.
pub fn residuals_and_jacobian<T: Scalar>(
    x: &[T],
    count: usize,
    residuals: impl FnOnce(&mut [T], Option<&mut [T]>),
) -> Result<(Vec<T>, Vec<T>), NotANumber> {
    let (mut found, mut jacobian) = (zeros(count), zeros(count * x.len()));
    residuals(&mut found, Some(&mut jacobian));
    NotANumber::check_all("a residual", &found, x)?;
    NotANumber::check_all("an entry of the Jacobian", &jacobian, x)?;
    Ok((found, jacobian))
}
