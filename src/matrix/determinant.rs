//! `ln |det A|` beyond its value.

use super::{fill, rest, sum};
use crate::rules::{Primitive, Scalar};

/// `tr M`, with `M = A₀⁻¹ E` and `inverse` for `A₀⁻¹`: all that there is of first order.
pub(crate) fn trace_of_rest<S: Scalar>(matrix: &[S], inverse: &[S::Primal], size: usize) -> S {
    let column = |j: usize| sum(size, |i| matrix[i + j * size] * inverse[j + i * size]);
    rest(sum(size, column))
}

/// `ln det (1 + M) - tr M = -tr M²/2 + tr M³/3 - …`; the last three are scratch of the size of the matrix.
pub(crate) fn log_of_higher_orders<S: Scalar>(
    matrix: &[S],
    inverse: &[S::Primal],
    size: usize,
    [first, power, other]: [&mut [S]; 3],
) -> S {
    let n = size;
    fill(first, n, |i, j| {
        sum(n, |k| rest(matrix[k + j * n]) * inverse[i + k * n])
    });
    power.copy_from_slice(first);
    let mut log = S::zero();
    for exponent in 2..=S::ORDER {
        let trace = sum(n, |j| sum(n, |i| power[i + j * n] * first[j + i * n]));
        let sign = if exponent % 2 == 0 { -1.0 } else { 1.0 };
        log += trace * S::Primal::round_from(sign / exponent as f64);
        if exponent < S::ORDER {
            fill(other, n, |i, j| {
                sum(n, |k| power[i + k * n] * first[k + j * n])
            });
            power.copy_from_slice(other);
        }
    }
    log
}
