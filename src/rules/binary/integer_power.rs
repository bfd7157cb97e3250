//! Powers with an integer exponent.

use crate::rules::{Factors, Scalar};

/// `x^n` for the exponents that the derivatives of `powi` ask for: exact products where they are short, `powf` beyond,
/// since repeated squaring loses half an ulp a step.
#[inline]
fn power<T: Scalar>(x: T, n: i64) -> T {
    match n {
        0 => T::one(),
        1 => x,
        2 => x * x,
        3 => x * x * x,
        -1 => x.recip(),
        -2 => x.recip() / x,
        _ => {
            let exponent = T::literal(n as f64);
            if exponent.to_i64() == Some(n) {
                return x.powf(exponent);
            }
            // `f32` has not every exponent, and a rounded one has lost its parity.
            let low = n % 128;
            x.powf(T::literal((n - low) as f64)) * x.powf(T::literal(low as f64))
        }
    }
}

/// `factor x^n`, where a large factor can lift the product out of the subnormal numbers: there in two halves.
#[inline]
fn multiple<T: Scalar>(factor: f64, x: T, n: i64) -> T {
    let power_of_x = power(x, n);
    // Up to `x` itself there is nothing to halve.
    if n == 0 || n == 1 || power_of_x.is_normal() {
        return T::literal(factor) * power_of_x;
    }
    let half = n / 2;
    T::literal(factor) * power(x, half) * power(x, n - half)
}

/// `n x^(n-1)`, 0 for `n = 0`
#[inline]
pub fn first<T: Scalar>(x: T, n: i32) -> T {
    if n == 0 {
        return T::zero();
    }
    multiple(n as f64, x, n as i64 - 1)
}

/// `n (n-1) x^(n-2)` for `n ≥ 0`: it leaves the range of floats after the first derivative.
#[inline]
pub fn second<T: Scalar>(x: T, n: i32) -> T {
    if n == 0 || n == 1 {
        return T::zero();
    }
    multiple(n as f64 * (n as f64 - 1.0), x, n as i64 - 2)
}

/// The same for `n < 0`: it leaves the range before the first derivative.
#[inline]
pub fn falling<T: Scalar>(x: T, n: i32, first: T) -> Factors<T> {
    let rate = T::literal(n as f64 - 1.0) / x;
    // A subnormal slope has lost digits, which a large exponent would lift; one of 0, all of them.
    if !first.has_digits() && rate.abs() > T::one() {
        return faded(x, n);
    }
    Factors(first, rate)
}

#[cold]
#[inline(never)]
fn faded<T: Scalar>(x: T, n: i32) -> Factors<T> {
    Factors(second(x, n), T::one())
}
