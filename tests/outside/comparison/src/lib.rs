//! What the tests of each library share; see the table "Beside other libraries" in the README.

use std::marker::PhantomData;

/// tanh'(20) = 4 / (e²⁰ + e⁻²⁰)², to the digits of a float.
pub const TANH_SLOPE_AT_20: f64 = 1.699_341_702_116_635_5e-17;

/// What a test of a first derivative far out may be off by: 4 ulps, which all who are right are within.
pub fn is_right(found: f64, truth: f64) -> bool {
    (found - truth).abs() <= 4.0 * f64::EPSILON * truth.abs()
}

/// How many of 10,000 pairs of floats in (0, 10) have a value that is not the float's own, to the last bit.
pub fn values_that_differ(value: impl Fn(f64, f64) -> f64, own: impl Fn(f64, f64) -> f64) -> usize {
    let golden = 0.618_033_988_749_894_9;
    (1..=10_000)
        .map(|i| f64::from(i) * golden)
        .map(|t| (10.0 * t.fract(), 10.0 * (t * t).fract()))
        .filter(|&(a, b)| value(a, b).to_bits() != own(a, b).to_bits())
        .count()
}

/// Whether a type is a `num_traits::Float`: `Probe::<T>::is_float()`, with the trait [`NoFloat`] in scope.
pub struct Probe<T>(PhantomData<T>);

impl<T: num_traits::Float> Probe<T> {
    /// It is one.
    pub fn is_float() -> bool {
        true
    }
}

/// The answer for every other type; an inherent function goes before it.
pub trait NoFloat {
    /// It is none.
    fn is_float() -> bool {
        false
    }
}

impl<T> NoFloat for Probe<T> {}
