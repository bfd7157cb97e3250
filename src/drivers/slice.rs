//! Any number of variables, in chunks of [`CHUNK`] directions a pass.

use super::{CHUNK, Workspace, shape::fill};
use crate::rules::Scalar;
use crate::{Dual, HyperDual, Jet};

#[inline]
#[track_caller]
pub(super) fn check_length(what: &str, length: usize, wanted: usize) {
    if length != wanted {
        refuse_length(what, length, wanted);
    }
}

#[cold]
#[track_caller]
fn refuse_length(what: &str, length: usize, wanted: usize) -> ! {
    panic!("{what} has length {length}, but there are {wanted} inputs")
}

/// Half a chunk: the Hessian goes through pairs of blocks, both seeded in one pass.
const BLOCK: usize = CHUNK / 2;

/// The gradient of `f` at `x`, written to `gradient`; returns the value.
///
/// `f` is run once for every [`CHUNK`] inputs (once at least), so it must not have side effects that matter.
///
/// # Panics
/// If `gradient` is not as long as `x`.
///
/// # Examples
/// ```
/// use chainrule::{Dual, gradient_into};
/// let mut gradient = [0.0; 20];
/// let value = gradient_into(|x| x.iter().map(|x| x * x).sum::<Dual<f64, 8>>(), &[1.5; 20], &mut gradient);
/// assert_eq!((value, gradient), (45.0, [3.0; 20]));
/// ```
#[track_caller]
pub fn gradient_into<T: Scalar>(
    f: impl FnMut(&[Dual<T, CHUNK>]) -> Dual<T, CHUNK>,
    x: &[T],
    gradient: &mut [T],
) -> T {
    gradient_into_with(f, x, gradient, &mut Workspace::new())
}

/// As [`gradient_into`], with the caller's scratch: repeated calls allocate nothing after the first.
///
/// # Panics
/// If `gradient` is not as long as `x`.
#[track_caller]
pub fn gradient_into_with<T: Scalar>(
    mut f: impl FnMut(&[Dual<T, CHUNK>]) -> Dual<T, CHUNK>,
    x: &[T],
    gradient: &mut [T],
    workspace: &mut Workspace<T>,
) -> T {
    check_length("the gradient", gradient.len(), x.len());
    for_each_chunk(x, &mut workspace.chunk, |at, _, point| {
        let y = f(point);
        fill(&mut gradient[at..], &y.eps);
        y.re
    })
}

/// Seeds each chunk of directions in turn, and gives the value of the last pass.
#[inline]
pub(super) fn for_each_chunk<T: Scalar>(
    x: &[T],
    point: &mut alloc::vec::Vec<Dual<T, CHUNK>>,
    mut pass: impl FnMut(usize, usize, &[Dual<T, CHUNK>]) -> T,
) -> T {
    point.clear();
    point.extend(x.iter().map(|&x| Dual::constant(x)));
    let mut at = 0;
    loop {
        let width = CHUNK.min(x.len() - at);
        seed(&mut point[at..], T::one());
        let value = pass(at, width, point);
        // Without inputs there is still a value.
        if at + CHUNK >= x.len() {
            return value;
        }
        seed(&mut point[at..], T::zero());
        at += CHUNK;
    }
}

/// Gives each of the next numbers a tangent in its own lane.
#[inline]
fn seed<T: Scalar>(point: &mut [Dual<T, CHUNK>], tangent: T) {
    for (lane, x) in point.iter_mut().take(CHUNK).enumerate() {
        x.eps[lane] = tangent;
    }
}

/// The outputs of `f` at `x` and their Jacobian, written row by row to `jacobian`.
///
/// `f` writes its outputs to its second argument, which is as long as `value`.
///
/// # Panics
/// If `jacobian` does not hold `value.len() * x.len()` numbers.
///
/// # Examples
/// ```
/// use chainrule::jacobian_into;
/// let (mut value, mut rows) = ([0.0; 2], [0.0; 4]);
/// jacobian_into(|x, y| { y[0] = x[0] + x[1]; y[1] = x[0] * x[1]; }, &[2.0, 3.0], &mut value, &mut rows);
/// assert_eq!((value, rows), ([5.0, 6.0], [1.0, 1.0, 3.0, 2.0]));
/// ```
#[track_caller]
pub fn jacobian_into<T: Scalar>(
    f: impl FnMut(&[Dual<T, CHUNK>], &mut [Dual<T, CHUNK>]),
    x: &[T],
    value: &mut [T],
    jacobian: &mut [T],
) {
    jacobian_into_with(f, x, value, jacobian, &mut Workspace::new());
}

/// As [`jacobian_into`], with the caller's scratch.
///
/// # Panics
/// If `jacobian` does not hold `value.len() * x.len()` numbers.
#[track_caller]
pub fn jacobian_into_with<T: Scalar>(
    mut f: impl FnMut(&[Dual<T, CHUNK>], &mut [Dual<T, CHUNK>]),
    x: &[T],
    value: &mut [T],
    jacobian: &mut [T],
    workspace: &mut Workspace<T>,
) {
    let (inputs, outputs) = (x.len(), value.len());
    assert!(
        jacobian.len() == inputs * outputs,
        "the Jacobian has length {}, but {outputs} outputs of {inputs} inputs need {}",
        jacobian.len(),
        inputs * outputs
    );
    let Workspace {
        chunk,
        outputs: results,
        ..
    } = workspace;
    results.clear();
    results.resize(outputs, Dual::constant(T::zero()));
    for_each_chunk(x, chunk, |at, width, point| {
        results.fill(Dual::constant(T::zero()));
        f(point, results);
        for (i, y) in results.iter().enumerate() {
            value[i] = y.re;
            jacobian[i * inputs + at..][..width].copy_from_slice(&y.eps[..width]);
        }
        T::zero()
    });
}

/// The value and the derivative of `f` at `x` in the direction `v`, in one pass.
///
/// # Panics
/// If `v` is not as long as `x`.
///
/// # Examples
/// ```
/// assert_eq!(chainrule::jvp_slice(|x| x[0] * x[1], &[2.0, 3.0], &[1.0, 10.0]), (6.0, 23.0));
/// ```
#[track_caller]
pub fn jvp_slice<T: Scalar>(f: impl FnOnce(&[Dual<T>]) -> Dual<T>, x: &[T], v: &[T]) -> (T, T) {
    jvp_slice_with(f, x, v, &mut Workspace::new())
}

/// As [`jvp_slice`], with the caller's scratch.
///
/// # Panics
/// If `v` is not as long as `x`.
#[track_caller]
pub fn jvp_slice_with<T: Scalar>(
    f: impl FnOnce(&[Dual<T>]) -> Dual<T>,
    x: &[T],
    v: &[T],
    workspace: &mut Workspace<T>,
) -> (T, T) {
    check_length("the direction", v.len(), x.len());
    let point = &mut workspace.direction;
    point.clear();
    point.extend(x.iter().zip(v).map(|(&x, &v)| Dual::new(x, [v])));
    let y = f(point);
    (y.re, y.derivative())
}

/// The Hessian-vector product `H(x)·v`, written to `product`; `f` is run once for each input.
///
/// # Panics
/// If `v` or `product` is not as long as `x`.
///
/// # Examples
/// ```
/// let mut product = [0.0; 2];
/// chainrule::hvp_into(|x| x[0] * x[0] * x[1], &[2.0, 3.0], &[1.0, 0.0], &mut product);
/// assert_eq!(product, [6.0, 4.0]);
/// ```
#[track_caller]
pub fn hvp_into<T: Scalar>(
    f: impl FnMut(&[HyperDual<T>]) -> HyperDual<T>,
    x: &[T],
    v: &[T],
    product: &mut [T],
) {
    hvp_into_with(f, x, v, product, &mut Workspace::new());
}

/// As [`hvp_into`], with the caller's scratch.
///
/// # Panics
/// If `v` or `product` is not as long as `x`.
#[track_caller]
pub fn hvp_into_with<T: Scalar>(
    mut f: impl FnMut(&[HyperDual<T>]) -> HyperDual<T>,
    x: &[T],
    v: &[T],
    product: &mut [T],
    workspace: &mut Workspace<T>,
) {
    check_length("the direction", v.len(), x.len());
    check_length("the product", product.len(), x.len());
    let point = &mut workspace.hyper;
    point.clear();
    point.extend(
        x.iter()
            .zip(v)
            .map(|(&x, &v)| HyperDual::new(x, v, T::zero(), T::zero())),
    );
    for i in 0..x.len() {
        point[i].eps2 = T::one();
        product[i] = f(point).eps1eps2;
        point[i].eps2 = T::zero();
    }
}

/// The value, the gradient and the Hessian of `f` at `x`; the Hessian flat, row by row, symmetric to the last bit.
///
/// # Panics
/// If `gradient` is not as long as `x`, or `hessian` not as long as its square.
///
/// # Examples
/// ```
/// let (mut gradient, mut hessian) = ([0.0; 2], [0.0; 4]);
/// let value = chainrule::hessian_into(|x| x[0] * x[0] * x[1], &[2.0, 3.0], &mut gradient, &mut hessian);
/// assert_eq!((value, gradient, hessian), (12.0, [12.0, 4.0], [6.0, 4.0, 4.0, 0.0]));
/// ```
#[track_caller]
pub fn hessian_into<T: Scalar>(
    f: impl FnMut(&[Jet<T, CHUNK>]) -> Jet<T, CHUNK>,
    x: &[T],
    gradient: &mut [T],
    hessian: &mut [T],
) -> T {
    hessian_into_with(f, x, gradient, hessian, &mut Workspace::new())
}

/// As [`hessian_into`], with the caller's scratch.
///
/// # Panics
/// If `gradient` is not as long as `x`, or `hessian` not as long as its square.
#[track_caller]
pub fn hessian_into_with<T: Scalar>(
    mut f: impl FnMut(&[Jet<T, CHUNK>]) -> Jet<T, CHUNK>,
    x: &[T],
    gradient: &mut [T],
    hessian: &mut [T],
    workspace: &mut Workspace<T>,
) -> T {
    let n = x.len();
    check_length("the gradient", gradient.len(), n);
    assert!(
        hessian.len() == n * n,
        "the Hessian has length {}, but {n} inputs need {}",
        hessian.len(),
        n * n
    );
    let point = &mut workspace.jets;
    point.clear();
    point.extend(x.iter().map(|&x| Jet::constant(x)));
    let mut value = None;
    let blocks = n.div_ceil(BLOCK);
    for left in 0..blocks {
        // A block alone is seeded only where there is no other to pair it with.
        for right in (left + 1).min(blocks - 1)..blocks {
            let lane_of = |i: usize| match i / BLOCK {
                block if block == left => Some(i % BLOCK),
                block if block == right => Some(BLOCK + i % BLOCK),
                _ => None,
            };
            let seeded = || {
                let (first, second) = (
                    left * BLOCK..n.min((left + 1) * BLOCK),
                    right * BLOCK..n.min((right + 1) * BLOCK),
                );
                first.chain(if left == right { 0..0 } else { second })
            };
            for i in seeded() {
                point[i].gradient[lane_of(i).unwrap_or(0)] = T::one();
            }
            let y = f(point);
            let rows = y.hessian();
            for i in seeded() {
                let lane = lane_of(i).unwrap_or(0);
                point[i].gradient[lane] = T::zero();
                gradient[i] = y.gradient[lane];
                for j in seeded() {
                    hessian[i * n + j] = rows[lane][lane_of(j).unwrap_or(0)];
                }
            }
            value = Some(y.re);
        }
    }
    value.unwrap_or_else(|| f(point).re)
}
