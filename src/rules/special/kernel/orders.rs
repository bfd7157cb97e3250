//! Bessel functions of any integer order, and spherical ones.

use super::bessel::{
    bessel_i0, bessel_i1, bessel_j0, bessel_j1, bessel_y0, bessel_y1, end, scaled_i0,
};
use super::double_double::{DoubleDouble, two_sum};
use super::elementary::sin_cos;
use super::recurrence::{CYLINDER, MODIFIED, SPHERICAL};
use super::series::{
    growing_series, half_power_over_factorial, is_short, power_over_odd_factorial, power_series,
};

pub fn bessel_jn(x: f64, order: i32) -> f64 {
    let (n, size) = (order.unsigned_abs(), x.abs());
    let of_size = match n {
        0 => bessel_j0(size),
        1 => bessel_j1(size),
        _ if size == 0.0 || size == f64::INFINITY => 0.0,
        _ if is_short(size, f64::from(n)) => {
            let series = power_series(-0.25 * size * size, f64::from(n));
            (half_power_over_factorial(size, n) * series).round()
        }
        _ => {
            let first = [bessel_j0(size), bessel_j1(size)].map(DoubleDouble::new);
            if size > f64::from(n) {
                CYLINDER.up(size, n, first)
            } else {
                CYLINDER.down_to_largest(size, n, first)
            }
        }
    };
    // Odd in both.
    with_sign(of_size, n % 2 == 1 && (order < 0) != (x < 0.0))
}

pub fn bessel_yn(x: f64, order: i32) -> f64 {
    let n = order.unsigned_abs();
    let of_size = match n {
        0 => bessel_y0(x),
        1 => bessel_y1(x),
        _ => match end(x) {
            Some(end) => end,
            None if x < 1e-155 => f64::NEG_INFINITY,
            None if x == f64::INFINITY => 0.0,
            None => CYLINDER.up(x, n, [bessel_y0(x), bessel_y1(x)].map(DoubleDouble::new)),
        },
    };
    with_sign(of_size, n % 2 == 1 && order < 0)
}

pub fn bessel_in(x: f64, order: i32) -> f64 {
    let (n, size) = (order.unsigned_abs(), x.abs());
    let of_size = match n {
        0 => bessel_i0(size),
        1 => bessel_i1(size),
        _ if size == 0.0 || size == f64::INFINITY => size,
        // All terms are positive.
        _ if is_short(0.5 * size, f64::from(n)) => {
            let series = power_series(0.25 * size * size, f64::from(n));
            (half_power_over_factorial(size, n) * series).round()
        }
        _ if size > 30.0 && f64::from(n) * f64::from(n) <= size => {
            DoubleDouble::new(size).exp_times(growing_series(size, n))
        }
        _ => {
            let (i0, _, wanted) = MODIFIED.down(size, n);
            DoubleDouble::new(size).exp_times(wanted.over(i0) * scaled_i0(size))
        }
    };
    with_sign(of_size, n % 2 == 1 && x < 0.0)
}

/// `√(π/(2x)) J(n+½, x)`, DLMF 10.47.3
pub fn spherical_jn(x: f64, order: i32) -> f64 {
    if order < 0 || x.is_nan() {
        return f64::NAN;
    }
    let (n, size) = (order as u32, x.abs());
    let half = f64::from(n) + 0.5;
    let of_size = if size == f64::INFINITY {
        0.0
    } else if is_short(size, half) {
        let series = power_series(-0.25 * size * size, half);
        (power_over_odd_factorial(size, n) * series).round()
    } else {
        let (sine, cosine) = sin_cos(size);
        let j0 = DoubleDouble::new(sine).over(DoubleDouble::new(size));
        let difference = two_sum(j0.high, -cosine) + DoubleDouble::new(j0.low);
        let j1 = difference.over(DoubleDouble::new(size));
        match n {
            0 => j0.round(),
            1 => j1.round(),
            _ if size > f64::from(n) => SPHERICAL.up(size, n, [j0, j1]),
            _ => SPHERICAL.down_to_largest(size, n, [j0, j1]),
        }
    };
    with_sign(of_size, n % 2 == 1 && x < 0.0)
}

pub fn spherical_j0(x: f64) -> f64 {
    spherical_jn(x, 0)
}

pub fn spherical_j1(x: f64) -> f64 {
    spherical_jn(x, 1)
}

pub fn spherical_j2(x: f64) -> f64 {
    spherical_jn(x, 2)
}

fn with_sign(size: f64, is_negative: bool) -> f64 {
    if is_negative { -size } else { size }
}
