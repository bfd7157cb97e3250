//! From the value and the gradient that the macro's code computes over any number, to what users ask for.

use crate::rules::{Primitive, Scalar};
use crate::{Dual, Jet};

/// The value, the gradient and the Hessian: the gradient over numbers with a tangent for each input.
#[inline]
#[allow(clippy::type_complexity)]
pub fn adjoint_hessian<T: Scalar, const N: usize>(
    f: impl FnOnce([Dual<T, N>; N]) -> (Dual<T, N>, [Dual<T, N>; N]),
    x: [T; N],
) -> (T, [T; N], [[T; N]; N]) {
    let (value, gradient) = f(Dual::variables(x));
    let mut hessian = gradient.map(|slope| slope.eps);
    for i in 1..N {
        let (above, row) = hessian.split_at_mut(i);
        for j in 0..i {
            row[0][j] = above[j][i];
        }
    }
    (value.re, gradient.map(|slope| slope.re), hessian)
}

/// The Hessian times a direction: the gradient over numbers with one tangent.
#[inline]
pub fn adjoint_hvp<T: Scalar, const N: usize>(
    f: impl FnOnce([Dual<T>; N]) -> (Dual<T>, [Dual<T>; N]),
    x: [T; N],
    v: [T; N],
) -> [T; N] {
    let (_, gradient) = f(core::array::from_fn(|i| Dual::new(x[i], [v[i]])));
    gradient.map(Dual::derivative)
}

/// The function of the argument: the compiler learns the argument's type before it reads the function.
#[inline]
pub fn apply<A, R>(f: impl FnOnce(A) -> R, argument: A) -> R {
    f(argument)
}

/// The result if it is finite, else what `careful` finds: at a singular point, where a slope is infinite, zeros and
/// choices count, and dual numbers look after them.
#[inline]
pub fn settled<R: Finite>(result: R, careful: impl FnOnce() -> R) -> R {
    if result.is_finite() {
        result
    } else {
        carefully(careful)
    }
}

/// What dual numbers find, where that is seldom asked for.
#[cold]
pub fn carefully<R>(careful: impl FnOnce() -> R) -> R {
    careful()
}

/// Results of which one can tell whether they are finite in all parts.
pub trait Finite {
    /// Whether no part is infinite or NaN.
    fn is_finite(&self) -> bool;
}
impl<T: Scalar, const N: usize> Finite for [T; N] {
    #[inline]
    fn is_finite(&self) -> bool {
        is_number(total(self))
    }
}
impl<T: Scalar, const N: usize, const M: usize> Finite for ([T; M], [[T; N]; M]) {
    #[inline]
    fn is_finite(&self) -> bool {
        is_number(total(&self.0) + total(self.1.as_flattened()))
    }
}
impl<T: Scalar> Finite for (T, T) {
    #[inline]
    fn is_finite(&self) -> bool {
        is_number(self.0.total() + self.1.total())
    }
}
impl<T: Scalar, const M: usize> Finite for ([T; M], [T; M]) {
    #[inline]
    fn is_finite(&self) -> bool {
        is_number(total(&self.0) + total(&self.1))
    }
}
impl<T: Scalar, const N: usize> Finite for (T, [T; N]) {
    #[inline]
    fn is_finite(&self) -> bool {
        is_number(self.0.total() + total(&self.1))
    }
}
impl<T: Scalar, const N: usize> Finite for (T, [T; N], [[T; N]; N]) {
    #[inline]
    fn is_finite(&self) -> bool {
        is_number(self.0.total() + total(&self.1) + total(self.2.as_flattened()))
    }
}

/// The sum of all parts: finite only if each of them is. Where it is too large while they are not, dual numbers find the same
/// as compiled code. Several sums, so that the compiler can add many at once.
#[inline]
pub fn total<T: Scalar>(numbers: &[T]) -> T::Primal {
    // What is added to it stays as it is.
    let nothing: T::Primal = num_traits::Float::neg_zero();
    if numbers.len() <= 32 {
        return numbers
            .iter()
            .fold(nothing, |sum, number| sum + number.total());
    }
    let mut sums = [nothing; 4];
    let mut groups = numbers.chunks_exact(4);
    for group in &mut groups {
        for (sum, number) in sums.iter_mut().zip(group) {
            *sum += number.total();
        }
    }
    for (sum, number) in sums.iter_mut().zip(groups.remainder()) {
        *sum += number.total();
    }
    (sums[0] + sums[2]) + (sums[1] + sums[3])
}

/// Neither infinite nor NaN: so asked, it takes no constants.
#[inline]
#[allow(clippy::eq_op)]
fn is_number<T: Primitive>(float: T) -> bool {
    !num_traits::Float::is_nan(float - float)
}

/// A number with a tangent along one of the directions.
#[inline]
pub fn direction<T: Scalar, const N: usize>(value: T, direction: usize) -> Dual<T, N> {
    Dual::new(
        value,
        core::array::from_fn(|lane| match lane == direction {
            true => T::one(),
            false => T::zero(),
        }),
    )
}

/// The same with second derivatives.
#[inline]
pub fn bent_direction<T: Scalar, const N: usize>(value: T, direction: usize) -> Jet<T, N> {
    let mut jet = Jet::constant(value);
    jet.gradient[direction] = T::one();
    jet
}

/// The result, if a sum over all of it is finite, else what `careful` finds.
#[inline]
pub fn settled_by_sum<T: Scalar, R>((result, sum): (R, T), careful: impl FnOnce() -> R) -> R {
    if sum.all_finite() {
        result
    } else {
        carefully(careful)
    }
}

/// Zero.
#[inline]
pub fn zero<S: Scalar>() -> S {
    S::zero()
}

/// The reciprocal.
#[inline]
pub fn recip<T: num_traits::Float>(x: T) -> T {
    x.recip()
}

/// How many items there are: of ranges and of what runs over slices it is known.
#[inline]
pub fn rounds(items: &impl Iterator) -> usize {
    items.size_hint().0
}

/// The first elements, as many as there are of so many.
#[inline]
pub fn at_most<T>(elements: &[T], count: usize) -> &[T] {
    &elements[..count.min(elements.len())]
}

#[cfg(feature = "alloc")]
mod slices {
    use super::{Dual, Scalar, carefully, is_number};
    use crate::drivers::slice::{self, check_length};
    use crate::drivers::tape::Tape;
    use crate::drivers::{CHUNK, Workspace};
    use crate::{HyperDual, Jet};

    /// The gradient at `x`, written to `gradient`; returns the value.
    #[inline]
    #[track_caller]
    pub fn adjoint_gradient_into<T: Scalar>(
        f: impl FnOnce(&[T], &mut [T], &mut Tape<T>) -> (T, T::Primal),
        careful: impl FnMut(&[Dual<T, CHUNK>]) -> Dual<T, CHUNK>,
        x: &[T],
        gradient: &mut [T],
    ) -> T {
        adjoint_gradient_into_with(f, careful, x, gradient, &mut Workspace::new())
    }

    /// The same with the caller's scratch.
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
    pub fn along_slice<T: Scalar>(
        f: impl FnOnce(&[T]) -> (T, T),
        is_singular: bool,
        careful: impl FnOnce(&mut Workspace<T>) -> (T, T),
        count: usize,
        v: &[T],
    ) -> (T, T) {
        along_slice_with(f, is_singular, careful, count, v, &mut Workspace::new())
    }

    /// The same with the caller's scratch.
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
        if is_singular && !super::Finite::is_finite(&found) {
            return carefully(|| careful(workspace));
        }
        found
    }

    /// The Hessian at `x` times `v`.
    #[track_caller]
    pub fn adjoint_hvp_into<T: Scalar>(
        f: impl FnMut(&[Dual<T>], &mut [Dual<T>], &mut Tape<Dual<T>>) -> (Dual<T>, T::Primal),
        careful: impl FnMut(&[HyperDual<T>]) -> HyperDual<T>,
        x: &[T],
        v: &[T],
        product: &mut [T],
    ) {
        adjoint_hvp_into_with(f, careful, x, v, product, &mut Workspace::new());
    }

    /// The same with the caller's scratch.
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
    #[track_caller]
    pub fn adjoint_hessian_into<T: Scalar>(
        f: impl FnMut(
            &[Dual<T, CHUNK>],
            &mut [Dual<T, CHUNK>],
            &mut Tape<Dual<T, CHUNK>>,
        ) -> (Dual<T, CHUNK>, T::Primal),
        careful: impl FnMut(&[Jet<T, CHUNK>]) -> Jet<T, CHUNK>,
        x: &[T],
        gradient: &mut [T],
        hessian: &mut [T],
    ) -> T {
        adjoint_hessian_into_with(f, careful, x, gradient, hessian, &mut Workspace::new())
    }

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

    /// The run of numbers as an array, to read.
    #[inline]
    pub fn array_at<S: Scalar, const N: usize>(run: &[S]) -> &[S; N] {
        let length = run.len();
        run.try_into()
            .unwrap_or_else(|_| panic!("a run of {length} numbers for an array of {N}"))
    }

    /// The value, the gradient and the Hessian by a function that writes both; beside the value it gives a number that is finite
    /// only if they are.
    #[inline]
    #[track_caller]
    pub fn compiled_hessian_into<T: Scalar>(
        f: impl FnOnce(&[T], &mut [T], &mut [T]) -> (T, T),
        is_singular: bool,
        careful: impl FnMut(&[Jet<T, CHUNK>]) -> Jet<T, CHUNK>,
        x: &[T],
        gradient: &mut [T],
        hessian: &mut [T],
    ) -> T {
        compiled_hessian_into_with(
            f,
            is_singular,
            careful,
            x,
            gradient,
            hessian,
            &mut Workspace::new(),
        )
    }

    /// The same with the caller's scratch, for dual numbers.
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

    #[track_caller]
    fn check_lengths<T>(gradient: &[T], hessian: &[T], n: usize) {
        check_length("the gradient", gradient.len(), n);
        assert!(
            hessian.len() == n * n,
            "the Hessian has length {}, but {n} inputs need {}",
            hessian.len(),
            n * n
        );
    }

    /// The run of numbers as an array.
    #[inline]
    pub fn array_of<S: Scalar, const N: usize>(run: &mut [S]) -> &mut [S; N] {
        let length = run.len();
        run.try_into()
            .unwrap_or_else(|_| panic!("a run of {length} numbers for an array of {N}"))
    }
}
#[cfg(feature = "alloc")]
pub use slices::*;
