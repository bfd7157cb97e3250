//! Inputs and outputs of any shape, for what `#[differentiate]` generates: the inputs lie in one flat run of floats, the
//! function rebuilds its arguments from numbers in their place, and the outputs are visited one by one.

#[cfg(feature = "alloc")]
use super::{CHUNK, hessian_into};
use crate::differentiable::Differentiable;
use crate::rules::Scalar;
use crate::{Dual, HyperDual, Jet};
#[cfg(feature = "alloc")]
use alloc::vec::Vec;

/// How many floats there are: `N` as the types say, or any number, known as the program runs.
#[derive(Clone, Copy, Debug)]
pub struct Size<const IS_FIXED: bool, const N: usize>;

/// A row with a place for each float.
pub trait Storage {
    /// An array or a `Vec`.
    type Row<T>: AsRef<[T]> + AsMut<[T]>;
    /// Where the size is fixed, `length` is that.
    fn row<T>(length: usize, element: impl FnMut(usize) -> T) -> Self::Row<T>;
    /// Element `index`; a row of any length grows by it.
    fn place<T>(row: &mut Self::Row<T>, index: usize, new: impl FnOnce() -> T) -> &mut T;
}

/// The passes that carry a direction for each float.
pub trait Directions: Storage {
    /// The number of first order that one pass computes with.
    type First<T: Scalar>: Scalar<Primal = T::Primal>;
    /// The number of second order.
    type Second<T: Scalar>: Scalar<Primal = T::Primal>;
    /// The value, and a slope for each direction of the pass.
    fn value_and_slopes<T: Scalar>(y: &Self::First<T>) -> (T, &[T]);
    /// Runs `f` until every direction was carried; `each` gets the first direction of the pass, and the outputs.
    fn passes<T: Scalar, Y, E>(
        f: impl FnMut(&[Self::First<T>]) -> Result<Y, E>,
        x: &[T],
        each: impl FnMut(usize, &Y),
    ) -> Result<(), E>;
    /// The value, the gradient and the Hessian.
    #[allow(clippy::type_complexity)]
    fn second_order<T: Scalar, E>(
        f: impl FnMut(&[Self::Second<T>]) -> Result<Self::Second<T>, E>,
        x: &[T],
    ) -> Result<(T, Self::Row<T>, Self::Row<Self::Row<T>>), E>;
}

impl<const N: usize> Storage for Size<true, N> {
    type Row<T> = [T; N];
    #[inline]
    fn row<T>(_: usize, element: impl FnMut(usize) -> T) -> [T; N] {
        core::array::from_fn(element)
    }
    #[inline]
    fn place<T>(row: &mut [T; N], index: usize, _: impl FnOnce() -> T) -> &mut T {
        &mut row[index]
    }
}

impl<const N: usize> Directions for Size<true, N> {
    type First<T: Scalar> = Dual<T, N>;
    type Second<T: Scalar> = Jet<T, N>;
    #[inline]
    fn value_and_slopes<T: Scalar>(y: &Dual<T, N>) -> (T, &[T]) {
        (y.re, &y.eps)
    }
    #[inline]
    fn passes<T: Scalar, Y, E>(
        mut f: impl FnMut(&[Dual<T, N>]) -> Result<Y, E>,
        x: &[T],
        mut each: impl FnMut(usize, &Y),
    ) -> Result<(), E> {
        let y = f(&Dual::variables(core::array::from_fn(|i| x[i])))?;
        each(0, &y);
        Ok(())
    }
    #[inline]
    fn second_order<T: Scalar, E>(
        mut f: impl FnMut(&[Jet<T, N>]) -> Result<Jet<T, N>, E>,
        x: &[T],
    ) -> Result<(T, [T; N], [[T; N]; N]), E> {
        let y = f(&Jet::variables(core::array::from_fn(|i| x[i])))?;
        Ok((y.re, y.gradient, y.hessian()))
    }
}

#[cfg(feature = "alloc")]
impl<const N: usize> Storage for Size<false, N> {
    type Row<T> = Vec<T>;
    #[inline]
    fn row<T>(length: usize, element: impl FnMut(usize) -> T) -> Vec<T> {
        (0..length).map(element).collect()
    }
    #[inline]
    fn place<T>(row: &mut Vec<T>, index: usize, new: impl FnOnce() -> T) -> &mut T {
        if index == row.len() {
            row.push(new());
        }
        &mut row[index]
    }
}

#[cfg(feature = "alloc")]
impl<const N: usize> Directions for Size<false, N> {
    type First<T: Scalar> = Dual<T, CHUNK>;
    type Second<T: Scalar> = Jet<T, CHUNK>;
    #[inline]
    fn value_and_slopes<T: Scalar>(y: &Dual<T, CHUNK>) -> (T, &[T]) {
        (y.re, &y.eps)
    }
    #[inline]
    fn passes<T: Scalar, Y, E>(
        mut f: impl FnMut(&[Dual<T, CHUNK>]) -> Result<Y, E>,
        x: &[T],
        mut each: impl FnMut(usize, &Y),
    ) -> Result<(), E> {
        let mut point: Vec<Dual<T, CHUNK>> = x.iter().map(|&x| Dual::constant(x)).collect();
        // Without inputs there is still a value.
        for at in (0..x.len().max(1)).step_by(CHUNK) {
            for (lane, x) in point.iter_mut().skip(at).take(CHUNK).enumerate() {
                x.eps[lane] = T::one();
            }
            each(at, &f(&point)?);
            for x in point.iter_mut().skip(at).take(CHUNK) {
                x.eps = [T::zero(); CHUNK];
            }
        }
        Ok(())
    }
    fn second_order<T: Scalar, E>(
        mut f: impl FnMut(&[Jet<T, CHUNK>]) -> Result<Jet<T, CHUNK>, E>,
        x: &[T],
    ) -> Result<(T, Vec<T>, Vec<Vec<T>>), E> {
        let count = x.len();
        let (mut gradient, mut hessian) = (
            alloc::vec![T::zero(); count],
            alloc::vec![T::zero(); count * count],
        );
        let mut error = None;
        let total = |x: &[Jet<T, CHUNK>]| {
            f(x).unwrap_or_else(|e| {
                error = Some(e);
                Jet::constant(T::nan())
            })
        };
        let value = hessian_into(total, x, &mut gradient, &mut hessian);
        let rows = hessian.chunks(count.max(1)).map(<[T]>::to_vec).collect();
        error.map_or(Ok((value, gradient, rows)), Err)
    }
}

/// The value and the gradient of one output.
#[inline]
pub fn shaped_gradient<Z: Directions, T: Scalar, E>(
    f: impl FnMut(&[Z::First<T>]) -> Result<Z::First<T>, E>,
    x: &[T],
) -> Result<(T, Z::Row<T>), E> {
    let (mut value, mut gradient) = (T::nan(), Z::row(x.len(), |_| T::zero()));
    Z::passes(f, x, |at, y| {
        let (re, slopes) = Z::value_and_slopes(y);
        value = re;
        fill(&mut gradient.as_mut()[at..], slopes);
    })?;
    Ok((value, gradient))
}

/// The value, the gradient and the Hessian of one output.
#[inline]
#[allow(clippy::type_complexity)]
pub fn shaped_hessian<Z: Directions, T: Scalar, E>(
    f: impl FnMut(&[Z::Second<T>]) -> Result<Z::Second<T>, E>,
    x: &[T],
) -> Result<(T, Z::Row<T>, Z::Row<Z::Row<T>>), E> {
    Z::second_order(f, x)
}

/// The last pass may have more directions than are left.
#[inline]
pub(super) fn fill<T: Scalar>(row: &mut [T], slopes: &[T]) {
    // Of a length that the compiler knows, most often; so it copies in place.
    match row.get_mut(..slopes.len()) {
        Some(row) => row.copy_from_slice(slopes),
        None => row.copy_from_slice(&slopes[..row.len()]),
    }
}

/// The outputs and their Jacobian: `Z` directions a pass, rows with `C` columns, `M` of them.
#[inline]
#[allow(clippy::type_complexity)]
pub fn shaped_jacobian<
    Z: Directions,
    C: Storage,
    M: Storage,
    R: Differentiable<T>,
    T: Scalar,
    E,
>(
    f: impl FnMut(&[Z::First<T>]) -> Result<R::Lifted<Z::First<T>>, E>,
    x: &[T],
) -> Result<(R, M::Row<C::Row<T>>), E> {
    let new = || C::row(x.len(), |_| T::zero());
    let (mut value, mut rows) = (None, M::row(0, |_| new()));
    Z::passes(f, x, |at, outputs| {
        let mut output = 0;
        value = Some(R::lower(outputs, &mut |y| {
            let (re, slopes) = Z::value_and_slopes(y);
            fill(&mut M::place(&mut rows, output, new).as_mut()[at..], slopes);
            output += 1;
            re
        }));
    })?;
    Ok((value.expect("there is at least one pass"), rows))
}

/// The outputs and their derivatives at `x` in the direction `v`.
#[inline]
pub fn shaped_jvp<Z: Storage, R: Differentiable<T>, T: Scalar, E>(
    mut f: impl FnMut(&[Dual<T>]) -> Result<R::Lifted<Dual<T>>, E>,
    x: &[T],
    v: &[T],
) -> Result<(R, R), E> {
    let outputs = f(Z::row(x.len(), |i| Dual::new(x[i], [v[i]])).as_ref())?;
    Ok((
        R::lower(&outputs, &mut |y| y.re),
        R::lower(&outputs, &mut |y| y.eps[0]),
    ))
}

/// The Hessian of one output times a direction; `f` is run once for each input.
#[inline]
pub fn shaped_hvp<Z: Storage, T: Scalar, E>(
    mut f: impl FnMut(&[HyperDual<T>]) -> Result<HyperDual<T>, E>,
    x: &[T],
    v: &[T],
) -> Result<Z::Row<T>, E> {
    let seed = |i: usize| HyperDual::new(x[i], v[i], T::zero(), T::zero());
    let (mut point, mut product) = (Z::row(x.len(), seed), Z::row(x.len(), |_| T::zero()));
    for i in 0..x.len() {
        point.as_mut()[i].eps2 = T::one();
        product.as_mut()[i] = f(point.as_ref())?.eps1eps2;
        point.as_mut()[i].eps2 = T::zero();
    }
    Ok(product)
}

/// What an argument holds, also behind the reference of a slice.
pub trait Shape<F> {
    /// The same as a value.
    type Owned: Differentiable<F>;
    /// How many floats there are.
    fn floats(&self) -> usize;
    /// Replaces each float, first to last.
    fn replace<S>(
        &self,
        number: &mut impl FnMut(F) -> S,
    ) -> <Self::Owned as Differentiable<F>>::Lifted<S>;
}

impl<F, T: Differentiable<F>> Shape<F> for T {
    type Owned = T;
    #[inline]
    fn floats(&self) -> usize {
        self.count()
    }
    #[inline]
    fn replace<S>(&self, number: &mut impl FnMut(F) -> S) -> T::Lifted<S> {
        self.lift(number)
    }
}

#[cfg(feature = "alloc")]
impl<F, T: Differentiable<F>> Shape<F> for [T] {
    type Owned = Vec<T>;
    #[inline]
    fn floats(&self) -> usize {
        self.iter().map(T::count).sum()
    }
    #[inline]
    fn replace<S>(&self, number: &mut impl FnMut(F) -> S) -> Vec<T::Lifted<S>> {
        self.iter().map(|part| part.lift(number)).collect()
    }
}

/// Writes the floats of `value` to the next places.
#[inline]
pub fn write<'a, T: Scalar + 'a>(
    value: &(impl Shape<T> + ?Sized),
    places: &mut impl Iterator<Item = &'a mut T>,
) {
    value.replace(&mut |x| {
        if let Some(place) = places.next() {
            *place = x;
        }
    });
}

/// The value with the next numbers in place of its floats.
#[inline]
pub fn read<'a, T: Scalar, S: Copy + 'a, V: Shape<T> + ?Sized>(
    value: &V,
    numbers: &mut impl Iterator<Item = &'a S>,
) -> <V::Owned as Differentiable<T>>::Lifted<S> {
    value.replace(&mut |_| *numbers.next().expect("a number for each float"))
}

/// The value with the next floats in place of its own.
#[inline]
pub fn reshape<'a, T: Scalar + 'a, V: Shape<T> + ?Sized>(
    value: &V,
    floats: &mut impl Iterator<Item = &'a T>,
) -> V::Owned {
    V::Owned::lower(&read(value, floats), &mut |x| *x)
}

/// A number that has floats of type `T` for constants.
pub trait Over<T> {
    /// The number with this value and no derivative.
    fn constant(value: T) -> Self;
}

macro_rules! impl_over {
    ($([$($generics:tt)*] $number:ty;)*) => {
        $(
            impl<T: Scalar, $($generics)*> Over<T> for $number {
                #[inline]
                fn constant(value: T) -> Self {
                    Self::constant(value)
                }
            }
        )*
    };
}
impl_over! {
    [const N: usize] Dual<T, N>;
    [const N: usize] Jet<T, N>;
    [] HyperDual<T>;
}

/// The value with constants in place of its floats.
#[inline]
pub fn constants<T: Scalar, S: Over<T>, V: Shape<T> + ?Sized>(
    value: &V,
) -> <V::Owned as Differentiable<T>>::Lifted<S> {
    value.replace(&mut S::constant)
}

/// The count that [`total_count`](crate::differentiable::total_count) found, or none.
pub const fn fixed_count(parts: &[Option<usize>]) -> usize {
    match crate::differentiable::total_count(parts) {
        Some(count) => count,
        None => 0,
    }
}

/// An outcome that cannot fail.
#[inline]
pub fn certain<T>(outcome: Result<T, core::convert::Infallible>) -> T {
    let Ok(value) = outcome;
    value
}
