//! The column of `std::autodiff`, with Enzyme: an optimised program, since that is what it is for.

#![feature(autodiff)]

use std::autodiff::{autodiff_forward, autodiff_reverse};
use std::hint::black_box;

#[autodiff_reverse(tanh_slope, Active, Active)]
fn tanh(x: f64) -> f64 {
    x.tanh()
}

#[autodiff_reverse(angle_slopes, Active, Active, Active)]
fn angle(y: f64, x: f64) -> f64 {
    y.atan2(x)
}

#[autodiff_forward(quartic_slope, Dual, Dual)]
fn quartic(x: f64) -> f64 {
    x * x * x * x
}

#[autodiff_forward(quartic_second, Dual, Dual)]
fn quartic_first(x: f64) -> f64 {
    quartic_slope(x, 1.0).1
}

#[autodiff_reverse(two_smallest_slopes, Duplicated, Active)]
fn two_smallest(x: &[f64]) -> f64 {
    let mut sorted = x.to_vec();
    sorted.sort_by(|a, b| a.partial_cmp(b).unwrap());
    sorted[0] * sorted[1]
}

#[autodiff_reverse(mixture_slopes, Active, Active, Active)]
fn mixture(a: f64, b: f64) -> f64 {
    a / b + a.tan() + b.tanh() * a.powf(2.5) + a.powi(7) + a.mul_add(b, a) + a.hypot(b)
}

fn main() {
    let (_, slope) = tanh_slope(black_box(20.0), 1.0);
    println!("tanh'(20) = {slope:e}, 1.7e-17 is right");
    assert_eq!(slope, 0.0);

    let (_, slope, _) = angle_slopes(black_box(1e200), black_box(1e200), 1.0);
    println!("atan2 at 1e200: {slope:e}, 5e-201 is right");
    assert_eq!(slope, 0.0);

    assert_eq!(quartic_second(black_box(2.0), 1.0).1, 48.0);
    println!("a second derivative by hand: right");

    let x: Vec<f64> = (0..64)
        .map(|i| f64::from((i * 37 + 11) % 64) + 1.0)
        .collect();
    let mut slopes = vec![0.0; 64];
    two_smallest_slopes(black_box(&x), &mut slopes, 1.0);
    let of = |value: f64| slopes[x.iter().position(|x| *x == value).unwrap()];
    println!(
        "the product of the two smallest of 64: slopes {} and {}, 2 and 1 are right",
        of(1.0),
        of(2.0)
    );
    assert_ne!([of(1.0), of(2.0)], [2.0, 1.0]);

    for i in 1..=10_000 {
        let a = black_box((f64::from(i) * 0.618_033_988_749_894_9).fract() * 10.0);
        let b = black_box((f64::from(i) * 0.414_213_562_373_095).fract() * 10.0 + 0.01);
        let (value, _, _) = mixture_slopes(a, b, 1.0);
        assert_eq!(value.to_bits(), mixture(a, b).to_bits());
    }
    println!("10,000 values: the float's bits");
}
