//! Loops that only add to what is outside of them.

use chainrule::{Workspace, differentiate};

use super::{agree_over_arrays, agree_over_slices, assert_left};

#[differentiate]
fn rosenbrock(x: [f64; 6]) -> f64 {
    x.windows(2)
        .map(|pair| (1.0 - pair[0]).powi(2) + 100.0 * (pair[1] - pair[0] * pair[0]).powi(2))
        .sum()
}

#[differentiate]
fn of_any_length<const N: usize>(x: [f64; N]) -> f64 {
    let mut sum = 0.0;
    for i in 2..N {
        sum += x[i] * x[i - 1] * x[i - 2].sin();
    }
    sum
}

#[differentiate]
fn windows(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for w in x.windows(3) {
        sum += w[0] * w[2] * w[1].exp() - w[1] / (2.0 + w[0]);
    }
    sum * 0.5
}

#[differentiate]
fn neighbours_beside_others(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len().saturating_sub(1) {
        sum += x[i] * x[i] * x[i + 1];
    }
    let mut other = 0.0;
    for (i, v) in x.iter().enumerate() {
        other += v.sin() * i as f64;
    }
    sum - 2.0 * other + x[0] * x[1]
}

#[differentiate]
fn all_pairs(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() {
        for j in 0..x.len() {
            sum += x[i] * (x[j] * x[i]).sin();
        }
    }
    sum
}

#[differentiate]
fn left_early(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for v in x {
        sum += v * v * v;
        if *v > 1.0 {
            break;
        }
    }
    sum
}

#[test]
fn sums_are_differentiated_round_by_round() {
    let _ = rosenbrock::adjoint_hessian;
    agree_over_arrays!(rosenbrock, [[0.3, -1.2, 0.8, 1.1, 0.5, -0.6], [1.0; 6]]);
    let _ = of_any_length::adjoint_hessian::<3>;
    agree_over_arrays!(of_any_length, [[0.3, -1.2, 0.8, 1.1, 0.5]]);
    agree_over_arrays!(of_any_length, [[0.3, -1.2, 0.8]]);
    agree_over_arrays!(of_any_length, [[0.3]]);
    agree_over_slices!(windows, [0.3, -1.2, 0.8, 1.1, 0.5]);
    agree_over_slices!(windows, [0.3, -1.2, 0.8]);
    agree_over_slices!(windows, [0.3, -1.2]);
    agree_over_slices!(windows, [0.0; 0]);
    agree_over_slices!(neighbours_beside_others, [0.3, -1.2, 0.8, 1.1]);
    agree_over_slices!(neighbours_beside_others, [0.3, -1.2]);
    // An element with itself, where both positions are the same.
    agree_over_slices!(all_pairs, [0.3, -1.2, 0.8]);
    agree_over_slices!(left_early, [0.3, -1.2, 1.8, 4.0]);
    agree_over_slices!(left_early, [0.3, -1.2]);
}

#[test]
fn a_band_is_all_there_is() {
    let hessian = rosenbrock::hessian([0.3, -1.2, 0.8, 1.1, 0.5, -0.6]);
    for i in 0..6_usize {
        for j in 0..6 {
            let is_band = i.abs_diff(j) < 2;
            assert_eq!(hessian[i][j] != 0.0, is_band, "{i}, {j}");
        }
    }
}

#[differentiate]
fn beside_scalars(x: [f64; 3], scale: f64, y: [f64; 3]) -> f64 {
    let mut sum = scale * scale;
    for i in 0..3 {
        let t = 1.0 / (1.0 + (-scale * x[i]).exp());
        sum += t * y[i] + y[0] * x[2];
    }
    sum - scale
}

#[test]
fn arrays_and_scalars_lie_one_after_another() {
    let _ = beside_scalars::adjoint_hessian;
    let flat = [0.3, -1.2, 0.8, 0.6, 1.1, 0.5, -0.6];
    let by_duals = chainrule::value_gradient_hessian(
        |v| beside_scalars::lift([v[0], v[1], v[2]], v[3], [v[4], v[5], v[6]]),
        flat,
    );
    let (value, (x, scale, y), hessian) =
        beside_scalars::value_gradient_hessian([0.3, -1.2, 0.8], 0.6, [1.1, 0.5, -0.6]);
    let gradient = [x[0], x[1], x[2], scale, y[0], y[1], y[2]];
    super::assert_same((value, gradient, hessian), by_duals);
}

#[differentiate]
fn slices_and_scalars(x: &[f64], scale: f64, y: &[f64]) -> f64 {
    x.iter()
        .zip(y)
        .map(|(a, b)| (a * scale - b) * (a * scale - b) / scale)
        .sum()
}

#[test]
fn slices_lie_one_after_another() {
    let _ = slices_and_scalars::adjoint_hessian;
    let flat = [0.3, -1.2, 0.6, 1.1, 0.5, -0.6];
    let by_duals = chainrule::value_gradient_hessian(
        |v| slices_and_scalars::lift(&v[..2], v[2], &v[3..]),
        flat,
    );
    let (mut gradient, mut hessian, mut workspace) = ([0.0; 6], [0.0; 36], Workspace::new());
    for _ in 0..2 {
        let value = slices_and_scalars::hessian_into_with(
            &flat[..2],
            flat[2],
            &flat[3..],
            &mut gradient,
            &mut hessian,
            &mut workspace,
        );
        let rows = std::array::from_fn(|i| hessian[6 * i..][..6].try_into().unwrap());
        super::assert_same((value, gradient, rows), by_duals);
    }
}

#[differentiate(wrt(x))]
fn plain_values_beside(x: &[f64], weights: &[f64], bias: f64) -> f64 {
    let mut loss = 0.0;
    for (v, w) in x.iter().zip(weights) {
        let margin = v * w + bias;
        let term = if margin > 0.0 {
            margin.ln_1p()
        } else {
            margin * margin
        };
        loss += term * w;
    }
    loss / weights.len() as f64
}

#[test]
fn constants_are_read_where_they_are() {
    agree_over_slices!(
        plain_values_beside,
        [0.3, -1.2, 0.8, 2.0],
        &[1.0, 2.0, -0.5, 3.0],
        0.2
    );
}

#[differentiate]
fn norm(x: &[f64]) -> f64 {
    let squares: f64 = x.iter().map(|v| v * v).sum();
    squares.sqrt()
}

#[differentiate]
fn shared(x: &[f64]) -> f64 {
    let scale = x[0] * x[0];
    let mut sum = 0.0;
    for v in x {
        sum += scale * v;
    }
    sum
}

#[differentiate]
fn recurrence(x: f64, y: f64) -> f64 {
    let mut t = x;
    for _ in 0..4 {
        t = t * y + x;
    }
    t
}

#[test]
fn other_loops_are_left_to_dual_numbers() {
    assert_left!(norm);
    assert_left!(shared);
    assert_left!(recurrence);
    let x = [0.3, -1.2, 0.8];
    for (found, by_duals) in [
        (norm::hessian(&x), chainrule::hessian(|x| norm::lift(&x), x)),
        (
            shared::hessian(&x),
            chainrule::hessian(|x| shared::lift(&x), x),
        ),
    ] {
        for (row, same) in found.iter().zip(by_duals) {
            crate::assert_close(row, &same);
        }
    }
    let by_duals = chainrule::hessian(|[x, y]| recurrence::lift(x, y), [0.3, 0.7]);
    for (row, same) in recurrence::hessian(0.3, 0.7).iter().zip(by_duals) {
        crate::assert_close(row, &same);
    }
}
