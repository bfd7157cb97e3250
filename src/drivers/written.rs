//! Functions of slices that write their outputs to a slice, for what `#[differentiate]` generates; with the caller's scratch.

use super::slice::{check_jacobian, check_length, for_each_chunk};
use super::{CHUNK, Workspace};
use crate::Dual;
use crate::rules::Scalar;

/// The outputs and their Jacobian, flat and row by row. What `f` does not write stays as it was in `value`.
#[track_caller]
pub fn written_jacobian_with<T: Scalar>(
    mut f: impl FnMut(&[Dual<T, CHUNK>], &mut [Dual<T, CHUNK>]),
    x: &[T],
    value: &mut [T],
    jacobian: &mut [T],
    workspace: &mut Workspace<T>,
) {
    let inputs = x.len();
    check_jacobian(jacobian, inputs, value.len());
    let Workspace { chunk, outputs, .. } = workspace;
    for_each_chunk(x, chunk, |at, width, point| {
        outputs.clear();
        outputs.extend(value.iter().map(|&y| Dual::constant(y)));
        f(point, outputs);
        for (i, y) in outputs.iter().enumerate() {
            jacobian[i * inputs + at..][..width].copy_from_slice(&y.eps[..width]);
        }
        T::zero()
    });
    for (value, y) in value.iter_mut().zip(outputs) {
        *value = y.re;
    }
}

/// The derivatives of the outputs in the direction `v`.
#[track_caller]
pub fn written_jvp_with<T: Scalar>(
    f: impl FnOnce(&[Dual<T>], &mut [Dual<T>]),
    x: &[T],
    v: &[T],
    slopes: &mut [T],
    workspace: &mut Workspace<T>,
) {
    check_length("the direction", v.len(), x.len());
    let point = &mut workspace.direction;
    point.clear();
    point.extend(x.iter().zip(v).map(|(&x, &v)| Dual::new(x, [v])));
    // The outputs stand behind the inputs, in the same scratch.
    point.resize(x.len() + slopes.len(), Dual::constant(T::zero()));
    let (point, outputs) = point.split_at_mut(x.len());
    f(point, outputs);
    for (slope, y) in slopes.iter_mut().zip(outputs) {
        *slope = y.derivative();
    }
}
