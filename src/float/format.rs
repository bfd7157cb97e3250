//! Display and LowerExp: `2.000 + 1.500ε`, with the formatter's precision, width and sign on every part.

use core::fmt::{self, Display, Formatter, LowerExp};

use crate::rules::Scalar;
use crate::{Dual, HyperDual, Jet};

/// How one part is written: as Display or as LowerExp does it.
type Write<T> = fn(&T, &mut Formatter<'_>) -> fmt::Result;

/// A value that stands in front: numbers inside numbers get parentheses.
fn write_value<T: Scalar>(value: &T, f: &mut Formatter<'_>, write: Write<T>) -> fmt::Result {
    if T::DEPTH == 0 {
        return write(value, f);
    }
    f.write_str("(")?;
    write(value, f)?;
    f.write_str(")")
}

/// A derivative behind the value: its sign becomes the operator.
fn write_term<T: Scalar>(
    part: &T,
    unit: &str,
    f: &mut Formatter<'_>,
    write: Write<T>,
) -> fmt::Result {
    let negative = T::DEPTH == 0 && part.is_sign_negative() && !part.is_nan();
    f.write_str(if negative { " - " } else { " + " })?;
    let size = if negative { -*part } else { *part };
    if T::DEPTH == 0 && f.sign_plus() {
        write_without_plus(&size, f, write)?;
    } else {
        write_value(&size, f, write)?;
    }
    f.write_str(unit)
}

/// The operator has said it: `+2.0 + 1.0ε`. A formatter's flag cannot be taken off, so its other marks go to a new one; fill
/// and alignment have no names there.
fn write_without_plus<T: Scalar>(part: &T, f: &mut Formatter<'_>, write: Write<T>) -> fmt::Result {
    struct Part<'a, T>(&'a T, Write<T>);
    impl<T> Display for Part<'_, T> {
        fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
            (self.1)(self.0, f)
        }
    }
    let part = Part(part, write);
    match (f.width(), f.precision(), f.sign_aware_zero_pad()) {
        (None, None, _) => write!(f, "{part}"),
        (None, Some(digits), _) => write!(f, "{part:.digits$}"),
        (Some(width), None, false) => write!(f, "{part:width$}"),
        (Some(width), None, true) => write!(f, "{part:0width$}"),
        (Some(width), Some(digits), false) => write!(f, "{part:width$.digits$}"),
        (Some(width), Some(digits), true) => write!(f, "{part:0width$.digits$}"),
    }
}

fn write_list<T: Scalar>(parts: &[T], f: &mut Formatter<'_>, write: Write<T>) -> fmt::Result {
    f.write_str("[")?;
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            f.write_str(", ")?;
        }
        write_value(part, f, write)?;
    }
    f.write_str("]")
}

fn write_dual<T: Scalar, const N: usize>(
    x: &Dual<T, N>,
    f: &mut Formatter<'_>,
    write: Write<T>,
) -> fmt::Result {
    write_value(&x.re, f, write)?;
    if let [eps] = &x.eps[..] {
        return write_term(eps, "ε", f, write);
    }
    f.write_str(" + ")?;
    write_list(&x.eps, f, write)?;
    f.write_str("ε")
}

fn write_hyper_dual<T: Scalar>(
    x: &HyperDual<T>,
    f: &mut Formatter<'_>,
    write: Write<T>,
) -> fmt::Result {
    write_value(&x.re, f, write)?;
    write_term(&x.eps1, "ε1", f, write)?;
    write_term(&x.eps2, "ε2", f, write)?;
    write_term(&x.eps1eps2, "ε1ε2", f, write)
}

fn write_jet<T: Scalar, const N: usize>(
    x: &Jet<T, N>,
    f: &mut Formatter<'_>,
    write: Write<T>,
) -> fmt::Result {
    write_value(&x.re, f, write)?;
    f.write_str(" + ")?;
    write_list(&x.gradient, f, write)?;
    f.write_str("ε + [")?;
    for (i, row) in x.hessian().iter().enumerate() {
        if i > 0 {
            f.write_str(", ")?;
        }
        write_list(row, f, write)?;
    }
    f.write_str("]ε²/2")
}

macro_rules! impl_format {
    ($($trait:ident)*) => {
        $(
            impl<T: Scalar, const N: usize> $trait for Dual<T, N> {
                fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                    write_dual(self, f, <T as $trait>::fmt)
                }
            }
            impl<T: Scalar> $trait for HyperDual<T> {
                fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                    write_hyper_dual(self, f, <T as $trait>::fmt)
                }
            }
            impl<T: Scalar, const N: usize> $trait for Jet<T, N> {
                fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                    write_jet(self, f, <T as $trait>::fmt)
                }
            }
        )*
    };
}
impl_format!(Display LowerExp);
