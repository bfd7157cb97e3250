//! Arrays and `Vec`s that a body makes, and values of several numbers.

use chainrule::differentiate;

#[differentiate(mode = adjoint)]
fn vectors(x: &[f64], scale: f64) -> f64 {
    let n = x.len();
    let mut work = vec![0.0; n];
    let copy = x.to_vec();
    for i in 1..n {
        work[i] = work[i - 1] * 0.5 + copy[i] * scale;
        work[i] += work[i] * copy[i - 1];
    }
    let tail = x[1..].to_vec();
    let repeated = vec![scale * scale; 3];
    let mut second = work.clone();
    second[0] = 7.0 * scale;
    let sum: f64 = tail.iter().zip(&second).map(|(a, b)| a * b).sum();
    sum + repeated[0] * repeated[2] + work[n - 1]
}

#[differentiate(mode = adjoint)]
fn collected(x: &[f64], shift: f64) -> f64 {
    let powers: Vec<f64> = x.iter().map(|v| (v + shift).exp()).collect();
    let total: f64 = powers.iter().sum();
    let shares = powers.iter().map(|p| p / total).collect::<Vec<_>>();
    shares.iter().map(|p| p * p.ln()).sum::<f64>() + shares[0] * shift
}

#[differentiate(mode = adjoint)]
fn pushed(x: &[f64], limit: f64) -> f64 {
    let mut orbit = Vec::with_capacity(x.len());
    orbit.push(limit);
    for v in x {
        let last = orbit[orbit.len() - 1];
        if *v > 0.5 {
            orbit.push(last * v + limit);
        } else {
            orbit.push(last - v * v);
            orbit.push(1.0);
        }
    }
    let mut sum = 0.0;
    for (i, o) in orbit.iter().enumerate() {
        sum += o * i as f64;
    }
    let mut last = 1.0;
    for i in 0..orbit.len() {
        last = last * 0.5 + orbit[i] * orbit[i];
    }
    sum * last
}

#[differentiate(mode = adjoint)]
fn vectors_of_rounds(x: &[f64], rounds: usize) -> f64 {
    let mut sum = 0.0;
    for round in 0..rounds {
        let mut row = vec![x[0]; round + 1];
        let others: Vec<f64> = x.iter().map(|v| v * round as f64).collect();
        for j in 1..row.len() {
            row[j] = row[j - 1] * others[j % x.len()] + 0.1;
        }
        if round % 2 == 1 {
            let copy = x[1..].to_vec();
            sum += copy[0] * copy[1] * row[0];
        }
        sum = sum * 0.9 + row[round] * others[0];
    }
    sum
}

#[test]
fn vectors_hand_on_what_they_are_made_of() {
    let x = [0.7, 1.3, -0.4, 0.9];
    for scale in [0.3, -1.2] {
        let gradient = vectors::gradient(&x, scale);
        let by_duals = chainrule::gradient(
            |[a, b, c, d, s]| vectors::lift(&[a, b, c, d], s),
            [x[0], x[1], x[2], x[3], scale],
        );
        crate::assert_close(&[&gradient.0[..], &[gradient.1]].concat(), &by_duals);
        let gradient = collected::gradient(&x, scale);
        let by_duals = chainrule::gradient(
            |[a, b, c, d, s]| collected::lift(&[a, b, c, d], s),
            [x[0], x[1], x[2], x[3], scale],
        );
        crate::assert_close(&[&gradient.0[..], &[gradient.1]].concat(), &by_duals);
        let gradient = pushed::gradient(&x, scale);
        let by_duals = chainrule::gradient(
            |[a, b, c, d, s]| pushed::lift(&[a, b, c, d], s),
            [x[0], x[1], x[2], x[3], scale],
        );
        crate::assert_close(&[&gradient.0[..], &[gradient.1]].concat(), &by_duals);
    }
    for rounds in [0, 1, 2, 7] {
        agree_over_slices!(vectors_of_rounds, x, rounds);
    }
}

#[differentiate(mode = adjoint)]
fn copies(p: [f64; 3], q: &[f64; 3], t: f64) -> f64 {
    let mut moved = p;
    let mut other = *q;
    for i in 0..3 {
        moved[i] += t * other[2 - i];
        other[i] *= moved[i];
    }
    moved = [moved[1], moved[2], moved[0]];
    let squares = other.map(|v| v * v);
    let roots = squares.map(f64::sqrt);
    moved.swap(0, 2);
    moved[0] * roots[1] + moved[1] * roots[2] + moved[2] * roots[0]
}

#[differentiate(mode = adjoint)]
fn tuples(x: f64, y: f64, z: f64) -> f64 {
    let (a, b) = if x > y { (x, y * 2.0) } else { (y, x + z) };
    let pair = (a * b, [z, a]);
    let mut state = (pair.0, x);
    for i in 0..3 {
        if state.0 > 1.0 {
            state.1 += state.0 * pair.1[1];
        }
        state = (state.1 * 0.3, state.0 - state.1 * i as f64);
    }
    let spread = |t: f64| (t.sin(), t.cos() * x);
    let (s, c) = spread(y);
    let (u, v) = match (x * 3.0) as i32 {
        0 => (s, c),
        1 => spread(s),
        _ => (state.0, s * state.1),
    };
    let (mut low, mut high) = (u, v);
    if low > high {
        std::mem::swap(&mut low, &mut high);
    }
    let before = std::mem::replace(&mut low, high * z);
    (high - low) * before
}

#[differentiate(mode = adjoint)]
fn runge_kutta(x: f64, v: f64, k: f64) -> f64 {
    let slope = |[x, v]: [f64; 2]| [v, -k * x.sin()];
    let along = |y: [f64; 2], h: f64, d: [f64; 2]| [y[0] + h * d[0], y[1] + h * d[1]];
    let mut y = [x, v];
    for _ in 0..4 {
        let k1 = slope(y);
        let k2 = slope(along(y, 0.05, k1));
        let k3 = slope(along(y, 0.05, k2));
        let k4 = slope(along(y, 0.1, k3));
        for i in 0..2 {
            y[i] += 0.1 / 6.0 * (k1[i] + 2.0 * (k2[i] + k3[i]) + k4[i]);
        }
    }
    y[0] * y[1]
}

#[test]
fn values_of_several_numbers_are_followed() {
    agree!(
        copies_of,
        [a, b, c, d, e, f, t] = [0.7, 1.3, -0.4, 2.2, 0.1, 1.1, 0.6]
    );
    for (x, y, z) in [(0.3, 0.5, 1.2), (0.5, -0.3, 0.4), (1.7, 0.2, -0.6)] {
        agree!(tuples, [x, y, z] = [x, y, z]);
        agree!(runge_kutta, [x, y, z] = [x, y, z]);
    }
}

#[differentiate(mode = adjoint)]
fn copies_of(a: f64, b: f64, c: f64, d: f64, e: f64, f: f64, t: f64) -> f64 {
    copies([a, b, c], &[d, e, f], t)
}

const WEIGHTS: [f64; 4] = [0.3, -1.0, 2.5, 0.25];

#[differentiate]
fn square(x: f64) -> f64 {
    x * x
}

#[differentiate(mode = adjoint)]
fn chains(x: &[f64], t: f64) -> f64 {
    let polynomial = WEIGHTS.iter().rev().fold(0.0, |sum, &w| sum * t + w);
    let largest = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let positive: f64 = x.iter().copied().filter(|&v| v > 0.0).map(square).sum();
    let angles: f64 = (0..5)
        .map(|i| i as f64 * 0.3)
        .map(|a| (a * t).sin())
        .product();
    let weighted = WEIGHTS
        .iter()
        .enumerate()
        .filter(|&(i, _)| i != 1)
        .map(|(i, w)| w * x[i])
        .sum::<f64>();
    polynomial * largest + positive * weighted + angles
}

#[test]
fn chains_of_any_stages_are_loops() {
    let x = [0.7, 1.3, -0.4, 0.9];
    for t in [0.3, -1.2] {
        let gradient = chains::gradient(&x, t);
        let by_duals = chainrule::gradient(
            |[a, b, c, d, t]| chains::lift(&[a, b, c, d], t),
            [x[0], x[1], x[2], x[3], t],
        );
        crate::assert_close(&[&gradient.0[..], &[gradient.1]].concat(), &by_duals);
    }
}

#[differentiate(mode = adjoint)]
fn swapped(x: &[f64], rate: f64, steps: usize) -> f64 {
    let mut rod = x.to_vec();
    let mut next = vec![0.0; rod.len()];
    for _ in 0..steps {
        next[0] = rod[0];
        for i in 1..rod.len() {
            next[i] = rod[i] + rate * (rod[i - 1] - rod[i]) * rod[i];
        }
        std::mem::swap(&mut rod, &mut next);
    }
    rod.iter().map(|v| v * v).sum::<f64>() + next[1] * rod[0]
}

#[differentiate(mode = adjoint)]
fn determinant(mut a: [[f64; 3]; 3]) -> f64 {
    let mut det = 1.0;
    for k in 0..3 {
        let pivot = (k..3)
            .max_by(|&i, &j| a[i][k].abs().total_cmp(&a[j][k].abs()))
            .unwrap();
        if pivot != k {
            a.swap(pivot, k);
            det = -det;
        }
        det *= a[k][k];
        for i in k + 1..3 {
            let factor = a[i][k] / a[k][k];
            for j in k..3 {
                a[i][j] -= factor * a[k][j];
            }
        }
    }
    det
}

#[differentiate(mode = adjoint)]
fn of_rows(a: f64, b: f64, c: f64, d: f64, e: f64) -> f64 {
    determinant([[a, b, c], [d, e, a * b], [1.0, c, 2.0 * d]])
}

#[differentiate(mode = adjoint)]
fn median(mut v: [f64; 5]) -> f64 {
    let mut order = |i: usize, j: usize| {
        if v[i] > v[j] {
            v.swap(i, j);
        }
    };
    order(0, 1);
    order(3, 4);
    order(0, 3);
    order(1, 4);
    order(1, 2);
    order(2, 3);
    order(1, 2);
    v[2] * v[0]
}

#[differentiate(mode = adjoint)]
fn bracket(x: f64, y: f64) -> f64 {
    let excess = |t: f64| t * t * x - y;
    let tax = |income: f64| match income * 0.5 {
        z if z <= 0.1 => 0.0,
        z if z <= 0.6 => z * z * x,
        z => z - 0.2,
    };
    let mut low = 0.1;
    for i in 0..4 {
        if excess(low + 0.1) > 0.0 || i > 7 {
            low *= 0.5 + y;
        } else if !(excess(low) < -0.5) {
            low += x * 0.1;
        }
    }
    let first = xs_above(&[0.1, 0.4, 0.9], low);
    low + tax(x) * tax(y) + tax(3.0 * y) * first
}

#[differentiate(mode = adjoint)]
fn xs_above(xs: &[f64], limit: f64) -> f64 {
    let position = xs.iter().position(|&x| x > limit).unwrap_or(0);
    xs[position] * limit
}

#[test]
fn what_is_swapped_takes_its_adjoint_along() {
    let x = [0.7, 1.3, -0.4, 0.9];
    for steps in [0, 1, 2, 5] {
        let gradient = swapped::gradient(&x, 0.3, steps);
        let by_duals = chainrule::gradient(
            |[a, b, c, d, s]| swapped::lift(&[a, b, c, d], s, steps),
            [x[0], x[1], x[2], x[3], 0.3],
        );
        crate::assert_close(&[&gradient.0[..], &[gradient.1]].concat(), &by_duals);
    }
    agree!(of_rows, [a, b, c, d, e] = [0.7, 1.3, -0.4, 0.9, 2.1]);
    agree!(of_rows, [a, b, c, d, e] = [3.7, 1.3, -0.4, 0.9, 2.1]);
    for v in [
        [3.0, 1.0, 4.0, 1.5, 9.0],
        [0.1, 0.2, 0.3, 0.4, 0.5],
        [5.0, 4.0, 3.0, 2.0, 1.0],
    ] {
        assert_eq!(
            median::gradient(v),
            chainrule::gradient(|v| median::lift(v), v)
        );
    }
    for (x, y) in [(0.3, 0.5), (1.2, 0.3), (2.5, 1.7)] {
        agree!(bracket, [x, y] = [x, y]);
    }
}

/// What the attribute cannot see to be a float is one where it stands beside a number.
#[differentiate(mode = adjoint)]
fn plain_beside_numbers(x: &[f64], weights: &[f64; 2]) -> f64 {
    let mut right = 1.5;
    let rows = [
        [x[0], right, weights[3 % 2]],
        [right * 2.0, x[1] * x[0], right],
    ];
    right += 1.0;
    let mut sum = rows[0][1] * x[2];
    for row in 0..2 {
        sum += rows[row][0] * rows[row][2] * x[row] + rows[row][1] * right;
    }
    sum
}

#[test]
fn plain_elements_beside_numbers_are_constants() {
    let (x, weights) = ([0.7, 1.3, -0.4], [0.6, 2.0]);
    let value = 1.5 * x[2]
        + (x[0] * weights[1] * x[0] + 1.5 * 2.5)
        + (3.0 * 1.5 * x[1] + x[1] * x[0] * 2.5);
    let (found, (by_x, by_weights)) = plain_beside_numbers::value_and_gradient(&x, &weights);
    assert!((found - value).abs() < 1e-14);
    let expected = [2.0 * x[0] * weights[1] + 2.5 * x[1], 4.5 + 2.5 * x[0], 1.5];
    crate::assert_close(&by_x, &expected);
    crate::assert_close(&by_weights, &[0.0, x[0] * x[0]]);
}
