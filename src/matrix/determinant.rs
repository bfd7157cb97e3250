//! `ln |det A|` beyond its value.

use super::{rest, sum};
use crate::rules::{Primitive, Scalar};

/// `ln det (1 + M) = tr M - tr M²/2 + tr M³/3 - …` with `M = A₀⁻¹ E`; `inverse` is `A₀⁻¹`, and `power` and `other` are scratch of the size of the matrix.
pub(crate) fn log_of_rest<S: Scalar>(
    matrix: &[S],
    inverse: &[S::Primal],
    size: usize,
    [first, power, other]: [&mut [S]; 3],
) -> S {
    let n = size;
    if S::ORDER == 0 {
        return S::zero();
    }
    let mut log = sum(n, |j| {
        sum(n, |i| rest(matrix[i + j * n]) * inverse[j + i * n])
    });
    if S::ORDER > 1 {
        for at in 0..n * n {
            let (i, j) = (at % n, at / n);
            first[at] = sum(n, |k| rest(matrix[k + j * n]) * inverse[i + k * n]);
        }
        power.copy_from_slice(first);
    }
    for exponent in 2..=S::ORDER {
        let trace = sum(n, |j| sum(n, |i| power[i + j * n] * first[j + i * n]));
        let sign = if exponent % 2 == 0 { -1.0 } else { 1.0 };
        log += trace * S::Primal::round_from(sign / exponent as f64);
        if exponent < S::ORDER {
            for (at, place) in other.iter_mut().enumerate() {
                let (i, j) = (at % n, at / n);
                *place = sum(n, |k| power[i + k * n] * first[k + j * n]);
            }
            power.copy_from_slice(other);
        }
    }
    log
}
