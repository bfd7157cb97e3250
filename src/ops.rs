//! `+ - * / %` of all number types: with themselves, with floats on either side, by reference and in place.

use core::iter::{Product, Sum};
use core::ops::{
    Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Sub, SubAssign,
};

use crate::rules::{self, Primitive, Scalar, or_nan};
use crate::{Dual, HyperDual, Jet};

/// Hands the name, the type and its const parameters of every number type to a macro.
macro_rules! for_each_number {
    ($apply:ident) => {
        $apply!(Dual [Dual<T, N>] const N: usize);
        $apply!(HyperDual [HyperDual<T>]);
        $apply!(Jet [Jet<T, N>] const N: usize);
    };
}
pub(crate) use for_each_number;

/// References to floats are spelled out: `&P` might one day be a `Primitive` itself, for all the compiler knows.
macro_rules! forward_reference {
    ($operator:ident $method:ident $assign:ident $assign_method:ident [$float:ty] [$number:ty] $($generics:tt)*) => {
        impl<T: Scalar<Primal = $float>, $($generics)*> $operator<&$float> for $number {
            type Output = Self;
            #[inline]
            fn $method(self, other: &$float) -> Self {
                $operator::$method(self, *other)
            }
        }
        impl<T: Scalar<Primal = $float>, $($generics)*> $operator<&$float> for &$number {
            type Output = $number;
            #[inline]
            fn $method(self, other: &$float) -> $number {
                $operator::$method(*self, *other)
            }
        }
        impl<T: Scalar<Primal = $float>, $($generics)*> $assign<&$float> for $number {
            #[inline]
            fn $assign_method(&mut self, other: &$float) {
                *self = $operator::$method(*self, *other);
            }
        }
    };
}

/// The operator by value is given; the reference and assigning forms follow.
macro_rules! forward_operator {
    ($operator:ident $method:ident $assign:ident $assign_method:ident [$number:ty] $($generics:tt)*) => {
        impl<T: Scalar, $($generics)*> $operator<&$number> for $number {
            type Output = Self;
            #[inline]
            fn $method(self, other: &Self) -> Self {
                $operator::$method(self, *other)
            }
        }
        impl<T: Scalar, $($generics)*> $operator<$number> for &$number {
            type Output = $number;
            #[inline]
            fn $method(self, other: $number) -> $number {
                $operator::$method(*self, other)
            }
        }
        impl<T: Scalar, $($generics)*> $operator<&$number> for &$number {
            type Output = $number;
            #[inline]
            fn $method(self, other: &$number) -> $number {
                $operator::$method(*self, *other)
            }
        }
        impl<T: Scalar, $($generics)*> $assign for $number {
            #[inline]
            fn $assign_method(&mut self, other: Self) {
                *self = $operator::$method(*self, other);
            }
        }
        impl<T: Scalar, $($generics)*> $assign<&$number> for $number {
            #[inline]
            fn $assign_method(&mut self, other: &Self) {
                *self = $operator::$method(*self, *other);
            }
        }

        impl<P: Primitive, T: Scalar<Primal = P>, $($generics)*> $operator<P> for &$number {
            type Output = $number;
            #[inline]
            fn $method(self, other: P) -> $number {
                $operator::$method(*self, other)
            }
        }
        impl<P: Primitive, T: Scalar<Primal = P>, $($generics)*> $assign<P> for $number {
            #[inline]
            fn $assign_method(&mut self, other: P) {
                *self = $operator::$method(*self, other);
            }
        }

        forward_reference!($operator $method $assign $assign_method [f32] [$number] $($generics)*);
        forward_reference!($operator $method $assign $assign_method [f64] [$number] $($generics)*);

        impl<T: Scalar<Primal = f64>, $($generics)*> $operator<$number> for f64 {
            type Output = $number;
            #[inline]
            fn $method(self, other: $number) -> $number {
                $operator::$method(Left(self), other)
            }
        }
        impl<T: Scalar<Primal = f64>, $($generics)*> $operator<$number> for &f64 {
            type Output = $number;
            #[inline]
            fn $method(self, other: $number) -> $number {
                $operator::$method(Left(*self), other)
            }
        }
        impl<T: Scalar<Primal = f64>, $($generics)*> $operator<&$number> for f64 {
            type Output = $number;
            #[inline]
            fn $method(self, other: &$number) -> $number {
                $operator::$method(Left(self), *other)
            }
        }
        impl<T: Scalar<Primal = f64>, $($generics)*> $operator<&$number> for &f64 {
            type Output = $number;
            #[inline]
            fn $method(self, other: &$number) -> $number {
                $operator::$method(Left(*self), *other)
            }
        }
    };
}

macro_rules! impl_operators {
    ($name:ident [$number:ty] $($generics:tt)*) => {
        impl<T: Scalar, $($generics)*> $number {
            /// Where a part of the quotient may leave the range of floats.
            #[cold]
            #[inline(never)]
            fn over_carefully(self, other: Self) -> Self {
                let (x, y, u) = (self.re, other.re, self.re / other.re);
                chain_rule!(self, other, div(x, y, u))
            }
        }
        impl<T: Scalar, $($generics)*> Neg for $number {
            type Output = Self;
            #[inline]
            fn neg(self) -> Self {
                self.map(|part| -part)
            }
        }
        impl<T: Scalar, $($generics)*> Neg for &$number {
            type Output = $number;
            #[inline]
            fn neg(self) -> $number {
                -*self
            }
        }

        impl<T: Scalar, $($generics)*> Add for $number {
            type Output = Self;
            #[inline]
            fn add(self, other: Self) -> Self {
                self.zip(other, |a, b| a + b)
            }
        }
        impl<T: Scalar, $($generics)*> Sub for $number {
            type Output = Self;
            #[inline]
            fn sub(self, other: Self) -> Self {
                self.zip(other, |a, b| a - b)
            }
        }
        impl<T: Scalar, $($generics)*> Mul for $number {
            type Output = Self;
            #[inline]
            fn mul(self, other: Self) -> Self {
                self.times(&other)
            }
        }
        impl<T: Scalar, $($generics)*> Div for $number {
            type Output = Self;
            #[inline]
            fn div(self, other: Self) -> Self {
                self.over(&other).unwrap_or_else(|| self.over_carefully(other))
            }
        }
        impl<T: Scalar, $($generics)*> Rem for $number {
            type Output = Self;
            #[inline]
            fn rem(self, other: Self) -> Self {
                let (x, y, u) = (self.re, other.re, self.re % other.re);
                chain_rule!(self, other, rem(x, y, u))
            }
        }

        impl<P: Primitive, T: Scalar<Primal = P>, $($generics)*> Add<P> for $number {
            type Output = Self;
            #[inline]
            fn add(self, other: P) -> Self {
                self.with_value(self.re + other)
            }
        }
        impl<P: Primitive, T: Scalar<Primal = P>, $($generics)*> Sub<P> for $number {
            type Output = Self;
            #[inline]
            fn sub(self, other: P) -> Self {
                self.with_value(self.re - other)
            }
        }
        impl<P: Primitive, T: Scalar<Primal = P>, $($generics)*> Mul<P> for $number {
            type Output = Self;
            #[inline]
            fn mul(self, other: P) -> Self {
                self.map(|part| part * other)
            }
        }
        impl<P: Primitive, T: Scalar<Primal = P>, $($generics)*> Div<P> for $number {
            type Output = Self;
            #[inline]
            fn div(self, other: P) -> Self {
                let value = self.re / other;
                self.scaled(value, or_nan(T::from_primal(other.recip()), value))
            }
        }
        impl<P: Primitive, T: Scalar<Primal = P>, $($generics)*> Rem<P> for $number {
            type Output = Self;
            #[inline]
            fn rem(self, other: P) -> Self {
                self % Self::constant(T::from_primal(other))
            }
        }

        forward_operator!(Add add AddAssign add_assign [$number] $($generics)*);
        forward_operator!(Sub sub SubAssign sub_assign [$number] $($generics)*);
        forward_operator!(Mul mul MulAssign mul_assign [$number] $($generics)*);
        forward_operator!(Div div DivAssign div_assign [$number] $($generics)*);
        forward_operator!(Rem rem RemAssign rem_assign [$number] $($generics)*);

        impl<T: Scalar, $($generics)*> Sum for $number {
            #[inline]
            fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
                let mut sum = Self::constant(core::iter::empty::<T>().sum());
                for number in numbers {
                    sum += number;
                }
                sum
            }
        }
        impl<'a, T: Scalar, $($generics)*> Sum<&'a $number> for $number {
            #[inline]
            fn sum<I: Iterator<Item = &'a Self>>(numbers: I) -> Self {
                let mut sum = Self::constant(core::iter::empty::<T>().sum());
                for number in numbers {
                    sum += *number;
                }
                sum
            }
        }
        impl<T: Scalar, $($generics)*> Product for $number {
            #[inline]
            fn product<I: Iterator<Item = Self>>(numbers: I) -> Self {
                let mut product = Self::constant(T::one());
                for number in numbers {
                    product.multiply(&number);
                }
                product
            }
        }
        impl<'a, T: Scalar, $($generics)*> Product<&'a $number> for $number {
            #[inline]
            fn product<I: Iterator<Item = &'a Self>>(numbers: I) -> Self {
                let mut product = Self::constant(T::one());
                for number in numbers {
                    product.multiply(number);
                }
                product
            }
        }
    };
}

/// A row of two arguments, applied to two numbers.
macro_rules! chain_rule {
    ($left:expr, $right:expr, $rule:ident($x:expr, $y:expr, $u:expr)) => {
        $left.chain2(
            $right,
            $u,
            || rules::$rule::dx($x, $y, $u),
            || rules::$rule::dy($x, $y, $u),
            (
                || rules::$rule::dxx($x, $y, $u),
                || rules::$rule::dxy($x, $y, $u),
                || rules::$rule::dyy($x, $y, $u),
            ),
        )
    };
}
pub(crate) use chain_rule;

for_each_number!(impl_operators);

/// A plain float at the left of an operator, for generic code: `Left(2.0) * x`.
///
/// A bound `f64: Mul<S>` would hijack the plain arithmetic of the code around it; this one does not.
#[derive(Clone, Copy, Debug)]
pub struct Left<P>(pub P);

impl<S: Scalar> Add<S> for Left<S::Primal> {
    type Output = S;
    #[inline]
    fn add(self, other: S) -> S {
        other + self.0
    }
}
impl<S: Scalar> Sub<S> for Left<S::Primal> {
    type Output = S;
    #[inline]
    fn sub(self, other: S) -> S {
        -other + self.0
    }
}
impl<S: Scalar> Mul<S> for Left<S::Primal> {
    type Output = S;
    #[inline]
    fn mul(self, other: S) -> S {
        other * self.0
    }
}
impl<S: Scalar> Div<S> for Left<S::Primal> {
    type Output = S;
    #[inline]
    fn div(self, other: S) -> S {
        other.under(self.0)
    }
}
impl<S: Scalar> Rem<S> for Left<S::Primal> {
    type Output = S;
    #[inline]
    fn rem(self, other: S) -> S {
        S::from_primal(self.0) % other
    }
}

/// An integer at the left of what may have been a number, but is an integer too.
macro_rules! impl_left_integer {
    ($($integer:ident)*) => {
        $(
            impl_left_integer! { $integer Add add, Sub sub, Mul mul, Div div, Rem rem }
        )*
    };
    ($integer:ident $($operator:ident $method:ident),*) => {
        $(
            impl $operator<$integer> for Left<$integer> {
                type Output = $integer;
                #[inline]
                fn $method(self, other: $integer) -> $integer {
                    $operator::$method(self.0, other)
                }
            }
        )*
    };
}
impl_left_integer!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);
