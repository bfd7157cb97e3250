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

/// Zero, as what is in the array.
#[inline]
pub fn zero_of<S: Scalar, const N: usize>(_: &[S; N]) -> S {
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
mod slices;
#[cfg(feature = "alloc")]
pub use slices::*;
