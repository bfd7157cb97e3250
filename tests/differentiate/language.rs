//! The language the attribute takes. Each function is checked against a closed formula, and its lifted value against
//! itself, bit for bit.

/// One input: value bits, then the first derivative.
macro_rules! assert_derivative {
    ($name:ident($x:expr $(, $constant:expr)*), $expected:expr) => {
        let (value, first) = $name::value_and_derivative($x $(, $constant)*);
        assert_eq!(value.to_bits(), $name($x $(, $constant)*).to_bits());
        crate::assert_close(&[first], &[$expected]);
    };
}

mod adapters;
mod collections;
mod control;
mod items;
mod values;

const RATE: f64 = 0.25;
