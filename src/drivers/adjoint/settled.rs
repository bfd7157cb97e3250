//! Nothing is tested while compiled code runs: its result is looked at once, and dual numbers are asked where it is not finite.

use crate::rules::{Primitive, Scalar};

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

/// The result, if a sum over all of it is finite, else what `careful` finds.
#[inline]
pub fn settled_by_sum<T: Scalar, R>((result, sum): (R, T), careful: impl FnOnce() -> R) -> R {
    if sum.all_finite() {
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
pub(super) fn is_number<T: Primitive>(float: T) -> bool {
    !num_traits::Float::is_nan(float - float)
}
