//! `+ - * / %` with watched numbers, floats and references.

use core::iter::{Product, Sum};
use core::ops::{
    Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Sub, SubAssign,
};

use super::Watched;
use super::trace::Join;
use crate::rules::Primitive;

macro_rules! impl_operators {
    ($($operator:ident $method:ident $join:ident |$x:ident, $y:ident| $value:expr;)*) => {
        $(
            impl<T: Primitive> $operator for Watched<'_, T> {
                type Output = Self;
                fn $method(self, $y: Self) -> Self {
                    let $x = self;
                    $x.joined($y, $value, Join::$join)
                }
            }
        )*
    };
}
impl_operators! {
    Add add Sum |x, y| x.value + y.value;
    Sub sub Sum |x, y| x.value - y.value;
    Mul mul Product |x, y| x.value * y.value;
    Div div Quotient |x, y| x.value / y.value;
}

impl<T: Primitive> Rem for Watched<'_, T> {
    type Output = Self;
    #[track_caller]
    fn rem(self, other: Self) -> Self {
        self.look_with(other, "%");
        self.made_with(other, self.value % other.value)
    }
}

impl<T: Primitive> Neg for Watched<'_, T> {
    type Output = Self;
    fn neg(self) -> Self {
        self.made_linearly(-self.value)
    }
}

/// The other forms of an operator, by that for two numbers.
macro_rules! forward_operators {
    ($($operator:ident $method:ident $assign:ident $assign_method:ident;)*) => {
        $(
            forward_operators! { $operator $method
                [T: Primitive] Watched<'a, T>, &Watched<'a, T> => Watched<'a, T>: |x, y| x, *y;
                [T: Primitive] &Watched<'a, T>, Watched<'a, T> => Watched<'a, T>: |x, y| *x, y;
                [T: Primitive] &Watched<'a, T>, &Watched<'a, T> => Watched<'a, T>: |x, y| *x, *y;
                [T: Primitive] Watched<'a, T>, T => Watched<'a, T>: |x, y| x, Watched::constant(y);
                [T: Primitive] &Watched<'a, T>, T => Watched<'a, T>: |x, y| *x, Watched::constant(y);
                [] Watched<'a, f32>, &f32 => Watched<'a, f32>: |x, y| x, Watched::constant(*y);
                [] &Watched<'a, f32>, &f32 => Watched<'a, f32>: |x, y| *x, Watched::constant(*y);
                [] Watched<'a, f64>, &f64 => Watched<'a, f64>: |x, y| x, Watched::constant(*y);
                [] &Watched<'a, f64>, &f64 => Watched<'a, f64>: |x, y| *x, Watched::constant(*y);
                [] f64, Watched<'a, f64> => Watched<'a, f64>: |x, y| Watched::constant(x), y;
                [] f64, &Watched<'a, f64> => Watched<'a, f64>: |x, y| Watched::constant(x), *y;
                [] &f64, Watched<'a, f64> => Watched<'a, f64>: |x, y| Watched::constant(*x), y;
                [] &f64, &Watched<'a, f64> => Watched<'a, f64>: |x, y| Watched::constant(*x), *y;
            }
            impl<T: Primitive, Y> $assign<Y> for Watched<'_, T>
            where
                Self: $operator<Y, Output = Self>,
            {
                #[track_caller]
                fn $assign_method(&mut self, other: Y) {
                    *self = $operator::$method(*self, other);
                }
            }
        )*
    };
    ($operator:ident $method:ident $([$($parameters:tt)*] $left:ty, $right:ty => $output:ty: |$x:ident, $y:ident| $a:expr, $b:expr;)*) => {
        $(
            impl<'a, $($parameters)*> $operator<$right> for $left {
                type Output = $output;
                #[track_caller]
                fn $method(self, $y: $right) -> $output {
                    let $x = self;
                    $operator::$method($a, $b)
                }
            }
        )*
    };
}
forward_operators! {
    Add add AddAssign add_assign;
    Sub sub SubAssign sub_assign;
    Mul mul MulAssign mul_assign;
    Div div DivAssign div_assign;
    Rem rem RemAssign rem_assign;
}

macro_rules! impl_folds {
    ($($fold:ident $method:ident |$x:ident, $y:ident| $step:expr;)*) => {
        $(
            impl<T: Primitive> $fold for Watched<'_, T> {
                fn $method<I: Iterator<Item = Self>>(numbers: I) -> Self {
                    let start = Self::constant(core::iter::empty::<T>().$method());
                    numbers.fold(start, |$x, $y| $step)
                }
            }
            impl<'a, 'b, T: Primitive> $fold<&'b Watched<'a, T>> for Watched<'a, T> {
                fn $method<I: Iterator<Item = &'b Self>>(numbers: I) -> Self {
                    numbers.copied().$method()
                }
            }
        )*
    };
}
impl_folds! {
    Sum sum |x, y| x + y;
    Product product |x, y| x * y;
}
