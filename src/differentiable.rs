//! Values whose floats can be replaced by numbers: what goes into a differentiated function, and what comes out.

use crate::rules::Scalar;

/// A value whose floats of type `F` can be replaced by numbers that carry derivatives.
///
/// Floats, arrays, tuples, `Vec`, `Option` and `Result` are, and structs with `#[derive(Differentiable)]`. Integers,
/// `bool`, `char` and text hold no floats: they are carried along.
///
/// # Examples
/// ```
/// use chainrule::{Differentiable, Dual};
///
/// let state = (3_usize, [1.0, 2.0]);
/// assert_eq!(<(usize, [f64; 2]) as Differentiable>::count(&state), 2);
/// let lifted = state.lift(&mut |x| Dual::new(x, [10.0 * x]));
/// assert_eq!(lifted.1[1].derivative(), 20.0);
/// assert_eq!(<(usize, [f64; 2])>::lower(&lifted, &mut |x: &Dual<f64>| x.re), state);
/// ```
#[diagnostic::on_unimplemented(
    message = "the floats of `{Self}` cannot be differentiated",
    label = "holds no numbers that carry derivatives",
    note = "put `#[derive(Differentiable)]` on the struct, or `#[differentiable(constant)]` on the field to carry it along"
)]
pub trait Differentiable<F = f64>: Sized {
    /// The same with `S` in place of each float.
    type Lifted<S>;
    /// How many floats there are, if the type alone says so.
    const COUNT: Option<usize>;
    /// How the gradient by a field of this type looks.
    #[doc(hidden)]
    const FORM: Form = Form::FLAT;
    /// How many floats there are.
    fn count(&self) -> usize;
    /// Replaces each float, first to last.
    fn lift<S>(&self, number: &mut impl FnMut(F) -> S) -> Self::Lifted<S>;
    /// The way back: each number becomes a float, first to last.
    fn lower<S>(lifted: &Self::Lifted<S>, number: &mut impl FnMut(&S) -> F) -> Self;
}

/// What the type of a field says of the gradient by it: a float, an array, an array of arrays; all else lies flat.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Form {
    pub depth: usize,
    pub outer: usize,
    pub inner: usize,
    pub count: Option<usize>,
}

impl Form {
    /// An array of all floats.
    const FLAT: Self = Self::of_depth(usize::MAX);

    const fn of_depth(depth: usize) -> Self {
        Self {
            depth,
            outer: 0,
            inner: 0,
            count: None,
        }
    }

    const fn in_array(self, length: usize) -> Self {
        let (depth, inner) = match self.depth {
            0 => (1, 0),
            1 => (2, self.outer),
            _ => return Self::FLAT,
        };
        Self {
            outer: length,
            inner,
            ..Self::of_depth(depth)
        }
    }

    /// The same, where it is known how many floats there are.
    pub(crate) const fn counted(self, count: Option<usize>) -> Self {
        let form = match (self.depth, count) {
            (_, None) => Self::of_depth(3),
            (0..=2, _) => self,
            (_, Some(count)) => Self {
                outer: count,
                ..Self::of_depth(1)
            },
        };
        Self { count, ..form }
    }
}

impl<T: Scalar> Differentiable<T> for T {
    type Lifted<S> = S;
    const COUNT: Option<usize> = Some(1);
    const FORM: Form = Form::of_depth(0);
    #[inline]
    fn count(&self) -> usize {
        1
    }
    #[inline]
    fn lift<S>(&self, number: &mut impl FnMut(T) -> S) -> S {
        number(*self)
    }
    #[inline]
    fn lower<S>(lifted: &S, number: &mut impl FnMut(&S) -> T) -> Self {
        number(lifted)
    }
}

/// Types of the language that hold no float.
macro_rules! for_each_type_without_floats {
    ($implement:ident) => {
        $implement!(
            i8,
            i16,
            i32,
            i64,
            i128,
            isize,
            u8,
            u16,
            u32,
            u64,
            u128,
            usize,
            bool,
            char,
            (),
            &str,
        );
        #[cfg(feature = "alloc")]
        $implement!(alloc::string::String,);
    };
}
pub(crate) use for_each_type_without_floats;

/// Tuples, by their types and positions.
macro_rules! for_each_tuple {
    ($implement:ident) => {
        $implement!(T0 0);
        $implement!(T0 0 T1 1);
        $implement!(T0 0 T1 1 T2 2);
        $implement!(T0 0 T1 1 T2 2 T3 3);
        $implement!(T0 0 T1 1 T2 2 T3 3 T4 4);
        $implement!(T0 0 T1 1 T2 2 T3 3 T4 4 T5 5);
        $implement!(T0 0 T1 1 T2 2 T3 3 T4 4 T5 5 T6 6);
        $implement!(T0 0 T1 1 T2 2 T3 3 T4 4 T5 5 T6 6 T7 7);
    };
}
pub(crate) use for_each_tuple;

macro_rules! impl_differentiable_without_floats {
    ($($type:ty,)*) => {
        $(
            impl<F> Differentiable<F> for $type {
                type Lifted<S> = Self;
                const COUNT: Option<usize> = Some(0);
                #[inline]
                fn count(&self) -> usize {
                    0
                }
                #[inline]
                fn lift<S>(&self, _: &mut impl FnMut(F) -> S) -> Self {
                    self.clone()
                }
                #[inline]
                fn lower<S>(lifted: &Self, _: &mut impl FnMut(&S) -> F) -> Self {
                    lifted.clone()
                }
            }
        )*
    };
}
for_each_type_without_floats!(impl_differentiable_without_floats);

impl<F, T: Differentiable<F>, const N: usize> Differentiable<F> for [T; N] {
    type Lifted<S> = [T::Lifted<S>; N];
    const COUNT: Option<usize> = match T::COUNT {
        Some(count) => Some(count * N),
        None => None,
    };
    const FORM: Form = T::FORM.in_array(N);
    #[inline]
    fn count(&self) -> usize {
        self.iter().map(T::count).sum()
    }
    #[inline]
    fn lift<S>(&self, number: &mut impl FnMut(F) -> S) -> Self::Lifted<S> {
        self.each_ref().map(|part| part.lift(number))
    }
    #[inline]
    fn lower<S>(lifted: &Self::Lifted<S>, number: &mut impl FnMut(&S) -> F) -> Self {
        lifted.each_ref().map(|part| T::lower(part, number))
    }
}

#[cfg(feature = "alloc")]
impl<F, T: Differentiable<F>> Differentiable<F> for alloc::vec::Vec<T> {
    type Lifted<S> = alloc::vec::Vec<T::Lifted<S>>;
    const COUNT: Option<usize> = None;
    #[inline]
    fn count(&self) -> usize {
        self.iter().map(T::count).sum()
    }
    #[inline]
    fn lift<S>(&self, number: &mut impl FnMut(F) -> S) -> Self::Lifted<S> {
        self.iter().map(|part| part.lift(number)).collect()
    }
    #[inline]
    fn lower<S>(lifted: &Self::Lifted<S>, number: &mut impl FnMut(&S) -> F) -> Self {
        lifted.iter().map(|part| T::lower(part, number)).collect()
    }
}

impl<F, T: Differentiable<F>> Differentiable<F> for Option<T> {
    type Lifted<S> = Option<T::Lifted<S>>;
    const COUNT: Option<usize> = None;
    #[inline]
    fn count(&self) -> usize {
        self.as_ref().map_or(0, T::count)
    }
    #[inline]
    fn lift<S>(&self, number: &mut impl FnMut(F) -> S) -> Self::Lifted<S> {
        self.as_ref().map(|part| part.lift(number))
    }
    #[inline]
    fn lower<S>(lifted: &Self::Lifted<S>, number: &mut impl FnMut(&S) -> F) -> Self {
        lifted.as_ref().map(|part| T::lower(part, number))
    }
}

/// The error is carried along.
impl<F, T: Differentiable<F>, E: Clone> Differentiable<F> for Result<T, E> {
    type Lifted<S> = Result<T::Lifted<S>, E>;
    const COUNT: Option<usize> = None;
    #[inline]
    fn count(&self) -> usize {
        self.as_ref().map_or(0, T::count)
    }
    #[inline]
    fn lift<S>(&self, number: &mut impl FnMut(F) -> S) -> Self::Lifted<S> {
        self.as_ref()
            .map(|part| part.lift(number))
            .map_err(E::clone)
    }
    #[inline]
    fn lower<S>(lifted: &Self::Lifted<S>, number: &mut impl FnMut(&S) -> F) -> Self {
        lifted
            .as_ref()
            .map(|part| T::lower(part, number))
            .map_err(E::clone)
    }
}

/// The number of floats in several parts.
#[doc(hidden)]
#[must_use]
pub const fn total_count(parts: &[Option<usize>]) -> Option<usize> {
    let (mut total, mut at) = (0, 0);
    while at < parts.len() {
        match parts[at] {
            Some(count) => total += count,
            None => return None,
        }
        at += 1;
    }
    Some(total)
}

macro_rules! impl_differentiable_for_tuple {
    ($($name:ident $index:tt)*) => {
        impl<F, $($name: Differentiable<F>),*> Differentiable<F> for ($($name,)*) {
            type Lifted<S> = ($($name::Lifted<S>,)*);
            const COUNT: Option<usize> = total_count(&[$($name::COUNT),*]);
            #[inline]
            fn count(&self) -> usize {
                0 $(+ self.$index.count())*
            }
            #[inline]
            fn lift<S>(&self, number: &mut impl FnMut(F) -> S) -> Self::Lifted<S> {
                ($(self.$index.lift(number),)*)
            }
            #[inline]
            fn lower<S>(lifted: &Self::Lifted<S>, number: &mut impl FnMut(&S) -> F) -> Self {
                ($($name::lower(&lifted.$index, number),)*)
            }
        }
    };
}
for_each_tuple!(impl_differentiable_for_tuple);
