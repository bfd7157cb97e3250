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

/// Those of a gradient and a Hessian by `n` inputs.
#[track_caller]
pub(super) fn check_lengths<T>(gradient: &[T], hessian: &[T], n: usize) {
    check_length("the gradient", gradient.len(), n);
    assert!(
        hessian.len() == n * n,
        "the Hessian has length {}, but {n} inputs need {}",
        hessian.len(),
        n * n
    );
}

#[track_caller]
pub(super) fn check_jacobian<T>(jacobian: &[T], inputs: usize, outputs: usize) {
    assert!(
        jacobian.len() == inputs * outputs,
        "the Jacobian has length {}, but {outputs} outputs of {inputs} inputs need {}",
        jacobian.len(),
        inputs * outputs
    );
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
///
/// # Examples
/// ```
/// use chainrule::{Workspace, gradient_into_with};
/// let (mut gradient, mut workspace) = ([0.0; 2], Workspace::new());
/// for x in [1.0, 2.0] {
///     let value = gradient_into_with(|x| x[0] * x[1], &[x, 3.0], &mut gradient, &mut workspace);
///     assert_eq!((value, gradient), (3.0 * x, [3.0, x]));
/// }
/// ```
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
pub(super) fn seed<T: Scalar>(point: &mut [Dual<T, CHUNK>], tangent: T) {
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
///
/// # Examples
/// ```
/// use chainrule::{Workspace, jacobian_into_with};
/// let (mut value, mut rows, mut workspace) = ([0.0; 1], [0.0; 2], Workspace::new());
/// jacobian_into_with(|x, y| y[0] = x[0] * x[1], &[2.0, 3.0], &mut value, &mut rows, &mut workspace);
/// assert_eq!((value, rows), ([6.0], [3.0, 2.0]));
/// ```
#[track_caller]
pub fn jacobian_into_with<T: Scalar>(
    mut f: impl FnMut(&[Dual<T, CHUNK>], &mut [Dual<T, CHUNK>]),
    x: &[T],
    value: &mut [T],
    jacobian: &mut [T],
    workspace: &mut Workspace<T>,
) {
    let (inputs, outputs) = (x.len(), value.len());
    check_jacobian(jacobian, inputs, outputs);
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
///
/// # Examples
/// ```
/// use chainrule::{Workspace, jvp_slice_with};
/// let mut workspace = Workspace::new();
/// assert_eq!(jvp_slice_with(|x| x[0] * x[1], &[2.0, 3.0], &[1.0, 10.0], &mut workspace), (6.0, 23.0));
/// ```
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
///
/// # Examples
/// ```
/// use chainrule::{Workspace, hvp_into_with};
/// let (mut product, mut workspace) = ([0.0; 2], Workspace::new());
/// hvp_into_with(|x| x[0] * x[0] * x[1], &[2.0, 3.0], &[1.0, 0.0], &mut product, &mut workspace);
/// assert_eq!(product, [6.0, 4.0]);
/// ```
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
///
/// # Examples
/// ```
/// use chainrule::{Workspace, hessian_into_with};
/// let (mut gradient, mut hessian, mut workspace) = ([0.0; 2], [0.0; 4], Workspace::new());
/// let value = hessian_into_with(|x| x[0] * x[1], &[2.0, 3.0], &mut gradient, &mut hessian, &mut workspace);
/// assert_eq!((value, gradient, hessian), (6.0, [3.0, 2.0], [0.0, 1.0, 1.0, 0.0]));
/// ```
#[track_caller]
pub fn hessian_into_with<T: Scalar>(
    mut f: impl FnMut(&[Jet<T, CHUNK>]) -> Jet<T, CHUNK>,
    x: &[T],
    gradient: &mut [T],
    hessian: &mut [T],
    workspace: &mut Workspace<T>,
) -> T {
    let n = x.len();
    check_lengths(gradient, hessian, n);
    let point = &mut workspace.jets;
    point.clear();
    point.extend(x.iter().map(|&x| Jet::constant(x)));
    let mut value = None;
    for pair in Pair::all(n) {
        let y = pair.pass(&mut f, point);
        pair.write(&y, gradient, hessian);
        value = Some(y.re);
    }
    value.unwrap_or_else(|| f(point).re)
}

/// Two blocks of inputs that are seeded in one pass, of `n` inputs.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    left: usize,
    right: usize,
    n: usize,
}

impl Pair {
    /// Every two blocks once. A block alone is seeded only where there is no other to pair it with.
    pub fn all(n: usize) -> impl Iterator<Item = Self> {
        let blocks = n.div_ceil(BLOCK);
        (0..blocks).flat_map(move |left| {
            let rights = (left + 1).min(blocks - 1)..blocks;
            rights.map(move |right| Self { left, right, n })
        })
    }

    /// The inputs of both blocks.
    fn inputs(self) -> impl Iterator<Item = usize> {
        let of = |block: usize| block * BLOCK..self.n.min((block + 1) * BLOCK);
        let second = match self.left == self.right {
            true => 0..0,
            false => of(self.right),
        };
        of(self.left).chain(second)
    }

    fn lane_of(self, input: usize) -> usize {
        match input / BLOCK == self.left {
            true => input % BLOCK,
            false => BLOCK + input % BLOCK,
        }
    }

    /// Runs `f` with these inputs seeded, and leaves the point as it was.
    pub fn pass<T: Scalar>(
        self,
        f: &mut impl FnMut(&[Jet<T, CHUNK>]) -> Jet<T, CHUNK>,
        point: &mut [Jet<T, CHUNK>],
    ) -> Jet<T, CHUNK> {
        for i in self.inputs() {
            point[i].gradient[self.lane_of(i)] = T::one();
        }
        let y = f(point);
        for i in self.inputs() {
            point[i].gradient[self.lane_of(i)] = T::zero();
        }
        y
    }

    /// What the pass found, at its places.
    pub fn write<T: Scalar>(self, y: &Jet<T, CHUNK>, gradient: &mut [T], hessian: &mut [T]) {
        let rows = y.hessian();
        for i in self.inputs() {
            let lane = self.lane_of(i);
            gradient[i] = y.gradient[lane];
            for j in self.inputs() {
                hessian[i * self.n + j] = rows[lane][self.lane_of(j)];
            }
        }
    }
}
