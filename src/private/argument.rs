//! Plain arguments on their way into lifted code whose parameters the macro has seen.

use core::marker::PhantomData;

use crate::differentiable::Differentiable;
use crate::drivers::shape::Shape;
use crate::rules::Scalar;

macro_rules! define_argument {
    ($($name:ident $borrowed:ident $float:ty;)*) => {
        $(
            /// A plain argument on its way into lifted code: its floats become numbers, anything else stays.
            #[derive(Clone, Copy, Debug)]
            pub struct $name<A, S>(A, PhantomData<S>);

            impl<A, S> $name<A, S> {
                #[inline]
                pub fn new(value: A) -> Self {
                    Self(value, PhantomData)
                }
            }
            impl<S: Scalar<Primal = $float>, A: Differentiable<$float>> $name<A, S> {
                #[inline]
                pub fn lift(self) -> A::Lifted<S> {
                    self.0.lift(&mut S::from_primal)
                }
            }
            impl<A, S> KeepArgument for $name<A, S> {
                type Kept = A;
                #[inline]
                fn lift(self) -> A {
                    self.0
                }
            }

            /// The same behind a reference; what is lifted is a copy.
            #[derive(Clone, Copy, Debug)]
            pub struct $borrowed<'a, A: ?Sized, S>(&'a A, PhantomData<S>);

            impl<'a, A: ?Sized, S> $borrowed<'a, A, S> {
                #[inline]
                pub fn new(value: &'a A) -> Self {
                    Self(value, PhantomData)
                }
            }
            impl<S: Scalar<Primal = $float>, A: Shape<$float> + ?Sized> $borrowed<'_, A, S> {
                #[inline]
                pub fn lift(self) -> <A::Owned as Differentiable<$float>>::Lifted<S> {
                    self.0.replace(&mut S::from_primal)
                }
            }
            impl<'a, A: ?Sized, S> KeepArgument for $borrowed<'a, A, S> {
                type Kept = &'a A;
                #[inline]
                fn lift(self) -> &'a A {
                    self.0
                }
            }
        )*
    };
}
define_argument! {
    Argument Borrowed f64;
    ArgumentF32 BorrowedF32 f32;
}

/// The way of an argument that is no float.
pub trait KeepArgument {
    type Kept;
    fn lift(self) -> Self::Kept;
}
