//! Flat points and places, for the forms that solvers ask for.

use crate::rules::Scalar;

/// A point of so many inputs.
#[inline]
#[track_caller]
pub fn fixed_point<T: Scalar, const N: usize>(point: &[T]) -> [T; N] {
    match point.try_into() {
        Ok(point) => point,
        Err(_) => refuse("point", point.len(), "there are", N, "inputs"),
    }
}

/// Copies the gradient.
#[inline]
#[track_caller]
pub fn write_gradient<T: Scalar>(place: &mut [T], gradient: &[T]) {
    write("gradient", place, gradient, "there are", "inputs");
}

/// Copies the Hessian, row by row.
#[inline]
#[track_caller]
pub fn write_hessian<T: Scalar>(place: &mut [T], hessian: &[T]) {
    write("Hessian", place, hessian, "it has", "entries");
}

/// Copies the outputs.
#[inline]
#[track_caller]
pub fn write_residuals<T: Scalar>(place: &mut [T], outputs: &[T]) {
    write(
        "place for the residuals",
        place,
        outputs,
        "there are",
        "outputs",
    );
}

/// Copies the Jacobian, row by row.
#[inline]
#[track_caller]
pub fn write_jacobian<T: Scalar, R: AsRef<[T]>>(place: &mut [T], rows: impl AsRef<[R]>) {
    let rows = rows.as_ref();
    let width = rows.first().map_or(0, |row| row.as_ref().len());
    let wanted = rows.len() * width;
    if place.len() != wanted {
        refuse("Jacobian", place.len(), "it has", wanted, "entries");
    }
    for (place, row) in place.chunks_mut(width.max(1)).zip(rows) {
        place.copy_from_slice(row.as_ref());
    }
}

#[inline]
#[track_caller]
fn write<T: Scalar>(what: &str, place: &mut [T], found: &[T], there: &str, items: &str) {
    if place.len() != found.len() {
        refuse(what, place.len(), there, found.len(), items);
    }
    place.copy_from_slice(found);
}

#[cold]
#[track_caller]
fn refuse(what: &str, length: usize, there: &str, wanted: usize, items: &str) -> ! {
    panic!("the {what} has length {length}, but {there} {wanted} {items}")
}
