//! The drivers over slices, with the passes on all threads of rayon.

use alloc::vec::Vec;

use rayon::prelude::*;

use super::CHUNK;
use super::slice::{Pair, check_jacobian, check_length, check_lengths, seed};
use crate::rules::Scalar;
use crate::{Dual, Jet};

/// As [`gradient_into`](crate::gradient_into), its passes of [`CHUNK`] directions on all threads: the same bits.
///
/// # Panics
/// If `gradient` is not as long as `x`.
///
/// # Examples
/// ```
/// use chainrule::{Dual, par_gradient_into};
/// let mut gradient = [0.0; 20];
/// let value = par_gradient_into(|x| x.iter().map(|x| x * x).sum::<Dual<f64, 8>>(), &[1.5; 20], &mut gradient);
/// assert_eq!((value, gradient), (45.0, [3.0; 20]));
/// ```
#[track_caller]
pub fn par_gradient_into<T: Scalar + Send + Sync>(
    f: impl Fn(&[Dual<T, CHUNK>]) -> Dual<T, CHUNK> + Sync,
    x: &[T],
    gradient: &mut [T],
) -> T {
    check_length("the gradient", gradient.len(), x.len());
    let passes = passes(f, x);
    for (place, y) in gradient.chunks_mut(CHUNK).zip(&passes) {
        place.copy_from_slice(&y.eps[..place.len()]);
    }
    passes.last().map_or(T::zero(), |y| y.re)
}

/// As [`jacobian_into`](crate::jacobian_into), its passes of [`CHUNK`] directions on all threads: the same bits.
///
/// It holds the outputs of all passes at once.
///
/// # Panics
/// If `jacobian` does not hold `value.len() * x.len()` numbers.
///
/// # Examples
/// ```
/// use chainrule::par_jacobian_into;
/// let (mut value, mut rows) = ([0.0; 2], [0.0; 4]);
/// par_jacobian_into(|x, y| { y[0] = x[0] + x[1]; y[1] = x[0] * x[1]; }, &[2.0, 3.0], &mut value, &mut rows);
/// assert_eq!((value, rows), ([5.0, 6.0], [1.0, 1.0, 3.0, 2.0]));
/// ```
#[track_caller]
pub fn par_jacobian_into<T: Scalar + Send + Sync>(
    f: impl Fn(&[Dual<T, CHUNK>], &mut [Dual<T, CHUNK>]) + Sync,
    x: &[T],
    value: &mut [T],
    jacobian: &mut [T],
) {
    let (inputs, outputs) = (x.len(), value.len());
    check_jacobian(jacobian, inputs, outputs);
    let passes = passes(
        |point: &[Dual<T, CHUNK>]| {
            let mut results = alloc::vec![Dual::constant(T::zero()); outputs];
            f(point, &mut results);
            results
        },
        x,
    );
    for (pass, results) in passes.iter().enumerate() {
        let at = pass * CHUNK;
        let width = CHUNK.min(inputs - at);
        for (i, y) in results.iter().enumerate() {
            value[i] = y.re;
            jacobian[i * inputs + at..][..width].copy_from_slice(&y.eps[..width]);
        }
    }
}

/// As [`hessian_into`](crate::hessian_into), its passes, of two blocks of inputs each, on all threads: the same bits.
///
/// It holds the outcome of all passes at once, which is somewhat more than the Hessian.
///
/// # Panics
/// If `gradient` is not as long as `x`, or `hessian` not as long as its square.
///
/// # Examples
/// ```
/// use chainrule::par_hessian_into;
/// let (mut gradient, mut hessian) = ([0.0; 2], [0.0; 4]);
/// let value = par_hessian_into(|x| x[0] * x[0] * x[1], &[2.0, 3.0], &mut gradient, &mut hessian);
/// assert_eq!((value, gradient, hessian), (12.0, [12.0, 4.0], [6.0, 4.0, 4.0, 0.0]));
/// ```
#[track_caller]
pub fn par_hessian_into<T: Scalar + Send + Sync>(
    f: impl Fn(&[Jet<T, CHUNK>]) -> Jet<T, CHUNK> + Sync,
    x: &[T],
    gradient: &mut [T],
    hessian: &mut [T],
) -> T {
    check_lengths(gradient, hessian, x.len());
    let constants: Vec<_> = x.iter().map(|&x| Jet::constant(x)).collect();
    let pairs: Vec<_> = Pair::all(x.len()).collect();
    let run = |point: &mut Vec<_>, pair: &Pair| pair.pass(&mut |x: &[_]| f(x), point);
    let passes: Vec<_> = pairs
        .par_iter()
        .map_init(|| constants.clone(), run)
        .collect();
    for (pair, y) in pairs.iter().zip(&passes) {
        pair.write(y, gradient, hessian);
    }
    // Without inputs there is still a value.
    passes.last().map_or_else(|| f(&constants).re, |y| y.re)
}

/// What each pass of [`CHUNK`] directions gives, in order; without inputs there is still one.
fn passes<T: Scalar + Send + Sync, R: Send>(
    f: impl Fn(&[Dual<T, CHUNK>]) -> R + Sync,
    x: &[T],
) -> Vec<R> {
    let constants: Vec<_> = x.iter().map(|&x| Dual::constant(x)).collect();
    (0..x.len().div_ceil(CHUNK).max(1))
        .into_par_iter()
        .map_init(
            || constants.clone(),
            |point, pass| {
                let at = pass * CHUNK;
                seed(&mut point[at..], T::one());
                let outcome = f(point);
                seed(&mut point[at..], T::zero());
                outcome
            },
        )
        .collect()
}
