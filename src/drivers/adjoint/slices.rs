//! The same for slices of any length, with the caller's scratch for what the reverse sweep needs.

use super::settled::{Finite, carefully, is_number};
use crate::drivers::slice::{self, check_length, check_lengths};
use crate::drivers::tape::Tape;
use crate::drivers::{CHUNK, Workspace};
use crate::rules::Scalar;
use crate::{Dual, HyperDual, Jet};

/// The gradient at `x`, written to `gradient`; returns the value.
#[inline]
#[track_caller]
pub fn adjoint_gradient_into_with<T: Scalar>(
    f: impl FnOnce(&[T], &mut [T], &mut Tape<T>) -> (T, T::Primal),
    careful: impl FnMut(&[Dual<T, CHUNK>]) -> Dual<T, CHUNK>,
    x: &[T],
    gradient: &mut [T],
    workspace: &mut Workspace<T>,
) -> T {
    check_length("the gradient", gradient.len(), x.len());
    let (value, sum) = f(x, gradient, &mut workspace.tape);
    if is_number(sum) {
        return value;
    }
    carefully(|| slice::gradient_into_with(careful, x, gradient, workspace))
}

/// The value and the derivative along `v`, which is as long as there are inputs; `f` takes it flat.
#[inline]
#[track_caller]
pub fn along_slice_with<T: Scalar>(
    f: impl FnOnce(&[T]) -> (T, T),
    is_singular: bool,
    careful: impl FnOnce(&mut Workspace<T>) -> (T, T),
    count: usize,
    v: &[T],
    workspace: &mut Workspace<T>,
) -> (T, T) {
    check_length("the direction", v.len(), count);
    let found = f(v);
    if is_singular && !found.is_finite() {
        return carefully(|| careful(workspace));
    }
    found
}

/// The Hessian at `x` times `v`.
#[track_caller]
pub fn adjoint_hvp_into_with<T: Scalar>(
    mut f: impl FnMut(&[Dual<T>], &mut [Dual<T>], &mut Tape<Dual<T>>) -> (Dual<T>, T::Primal),
    careful: impl FnMut(&[HyperDual<T>]) -> HyperDual<T>,
    x: &[T],
    v: &[T],
    product: &mut [T],
    workspace: &mut Workspace<T>,
) {
    check_length("the direction", v.len(), x.len());
    check_length("the product", product.len(), x.len());
    let Workspace {
        direction,
        slopes,
        direction_tape,
        ..
    } = workspace;
    direction.clear();
    direction.extend(x.iter().zip(v).map(|(&x, &v)| Dual::new(x, [v])));
    slopes.clear();
    slopes.resize(x.len(), Dual::constant(T::zero()));
    let (_, sum) = f(direction, slopes, direction_tape);
    for (product, slope) in product.iter_mut().zip(&*slopes) {
        *product = slope.derivative();
    }
    if !is_number(sum) {
        carefully(|| slice::hvp_into_with(careful, x, v, product, workspace));
    }
}

/// The value, the gradient and the Hessian.
///
/// A chunk of rows in each pass; what is below the diagonal is what is above.
#[track_caller]
pub fn adjoint_hessian_into_with<T: Scalar>(
    mut f: impl FnMut(
        &[Dual<T, CHUNK>],
        &mut [Dual<T, CHUNK>],
        &mut Tape<Dual<T, CHUNK>>,
    ) -> (Dual<T, CHUNK>, T::Primal),
    careful: impl FnMut(&[Jet<T, CHUNK>]) -> Jet<T, CHUNK>,
    x: &[T],
    gradient: &mut [T],
    hessian: &mut [T],
    workspace: &mut Workspace<T>,
) -> T {
    let n = x.len();
    check_lengths(gradient, hessian, n);
    let Workspace {
        chunk,
        outputs,
        chunk_tape,
        ..
    } = workspace;
    let mut is_finite = true;
    let value = slice::for_each_chunk(x, chunk, |at, width, point| {
        outputs.clear();
        outputs.resize(n, Dual::constant(T::zero()));
        let (value, sum) = f(point, outputs, chunk_tape);
        is_finite &= is_number(sum);
        for (j, slope) in outputs.iter().enumerate() {
            gradient[j] = slope.re;
            let lanes = if j < at { 0 } else { width.min(j - at + 1) };
            for lane in 0..lanes {
                hessian[(at + lane) * n + j] = slope.eps[lane];
                hessian[j * n + at + lane] = slope.eps[lane];
            }
        }
        value.re
    });
    if is_finite {
        return value;
    }
    carefully(|| slice::hessian_into_with(careful, x, gradient, hessian, workspace))
}

/// The value, the gradient and the Hessian by a function that writes both; beside the value it gives a number that is finite
/// only if they are.
#[inline]
#[track_caller]
pub fn compiled_hessian_into_with<T: Scalar>(
    f: impl FnOnce(&[T], &mut [T], &mut [T]) -> (T, T),
    is_singular: bool,
    careful: impl FnMut(&[Jet<T, CHUNK>]) -> Jet<T, CHUNK>,
    x: &[T],
    gradient: &mut [T],
    hessian: &mut [T],
    workspace: &mut Workspace<T>,
) -> T {
    check_lengths(gradient, hessian, x.len());
    hessian.fill(T::zero());
    let (value, seen) = f(x, gradient, hessian);
    if !is_singular || seen.all_finite() {
        return value;
    }
    carefully(|| slice::hessian_into_with(careful, x, gradient, hessian, workspace))
}
