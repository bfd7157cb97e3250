//! Rows as types, so that a number can say how it takes the slope of any.

use super::{Curvature, Scalar};

/// A row of one argument.
pub trait UnaryRow {
    fn value<T: Scalar>(x: T) -> T;
    fn first<T: Scalar>(x: T, value: T) -> T;
    fn second<T: Scalar>(x: T, value: T, first: T) -> impl Curvature<T>;
}

/// A row of one argument and an integer.
pub trait IndexedRow {
    fn value<T: Scalar>(x: T, n: i32) -> T;
    fn first<T: Scalar>(x: T, n: i32, value: T) -> T;
    fn second<T: Scalar>(x: T, n: i32, value: T, first: T) -> impl Curvature<T>;
}

/// A row of two arguments. Each part takes the arguments and the value.
pub trait BinaryRow {
    fn value<T: Scalar>(x: T, y: T) -> T;
    fn dx<T: Scalar>(x: T, y: T, value: T) -> T;
    fn dy<T: Scalar>(x: T, y: T, value: T) -> T;
    fn dxx<T: Scalar>(x: T, y: T, value: T) -> impl Curvature<T>;
    fn dxy<T: Scalar>(x: T, y: T, value: T) -> impl Curvature<T>;
    fn dyy<T: Scalar>(x: T, y: T, value: T) -> impl Curvature<T>;
}
